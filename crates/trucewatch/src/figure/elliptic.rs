//! What a number leaves unsaid and takes over from the one before: "five soldiers died in Kolvar and three in Rostan".

use syntax::{Dep, Parse, Pos};

use super::{Amount, Counted, Quantity, Who, fate};

/// Longest distance in tokens over which a number takes over from one that it is coordinated with.
const FURTHEST: usize = 20;

/// What an elliptic number takes over from the one before it.
pub(super) fn take_over(parse: &Parse, before: &[Quantity], this: &mut Quantity) {
    if let Some(last) = given_elsewhere(parse, before, this) {
        (this.what, this.who) = (last.what, last.who);
        return;
    }
    let Some(last) = before.iter().rfind(|q| q.part_of.is_none()) else { return };
    if !coordinated(parse, last, this) {
        return;
    }
    let people = last.what.is_some_and(|w| w.is_fate() || w == Counted::Personnel);
    if this.who == Who::Any
        && people
        && this.what.is_some_and(Counted::is_fate)
        && means_more(parse, this)
        && !is_toll(parse, this)
    {
        // "Two men and a child died and 11 were injured": they need not be children.
        let here = parse.sentence_of(this.tokens.start);
        let other = before.iter().rev().nth(1).filter(|q| here.contains(&q.tokens.start));
        let mixed = other.is_some_and(|q| q.what == last.what && q.who != last.who);
        this.who = if mixed { Who::Any } else { last.who };
    }
    let open = this.what.is_none() && this.noun.is_none();
    if open && (is_anothers_share(parse, this) || (!people && is_argument(parse, this))) {
        (this.what, this.who) = (last.what, last.who);
    }
}

/// "Two pilots were killed and another injured": the second number means the same kind of people.
fn means_more(parse: &Parse, this: &Quantity) -> bool {
    const SAME: [&str; 8] = ["others", "other", "another", "dead", "wounded", "injured", "killed", "missing"];
    let behind = parse.tokens().get(this.tokens.end).is_some_and(|t| matches!(&*t.lower, "more" | "others" | "other"));
    let word = |n: usize| &*parse.tokens()[n].lower;
    behind || this.noun.is_none_or(|n| SAME.contains(&word(n)) || crate::when::number::ordinal(word(n)).is_some())
}

/// "four of the shells hit the town, the other ten fell short": a bare number that does something itself, or that is set
/// against another: "27 violations, compared with 11".
fn is_argument(parse: &Parse, this: &Quantity) -> bool {
    let token = &parse.tokens()[this.tokens.end - 1];
    let (dep, preposition) = (token.dep, &parse.tokens()[token.head]);
    let against = &*preposition.lower == "against" || &*parse.tokens()[preposition.head].lower == "compared";
    (dep == Dep::Pobj && against) || matches!(dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Conj | Dep::Appos)
}

/// "Vesk sends 400 troops, followed by Orlava with 200": a bare number that another's name is given.
fn is_anothers_share(parse: &Parse, this: &Quantity) -> bool {
    let number = &parse.tokens()[this.tokens.end - 1];
    let with =
        this.tokens.start.checked_sub(1).filter(|&i| &*parse.tokens()[i].lower == "with" && number.dep == Dep::Pobj);
    with.and_then(|i| i.checked_sub(1)).is_some_and(|i| parse.tokens()[i].pos == Pos::Propn)
}

fn coordinated(parse: &Parse, last: &Quantity, this: &Quantity) -> bool {
    let between = parse.tokens().get(last.tokens.end..this.tokens.start).unwrap_or(&[]);
    let turned = between.iter().any(|t| matches!(&*t.lower, "while" | "but" | "whereas" | ";" | "addition"));
    between.len() <= FURTHEST && !turned && between.iter().any(|t| matches!(&*t.lower, "and" | "," | "with"))
}

/// "killed two farmers, bringing the toll to 14": a toll counts all, whoever the last were.
fn is_toll(parse: &Parse, this: &Quantity) -> bool {
    fate::counting(parse, this.tokens.end - 1).is_some_and(|n| &*parse.tokens()[n].lemma == "toll")
}

/// The number before a bare one that counts the same in another place or for another name: "three soldiers in Kolvar and
/// *four in Rostan*", "one by a shell, *another by a mine*", "Vesk lost 40 men, *Orlava 60*".
fn given_elsewhere<'q>(parse: &Parse, before: &'q [Quantity], this: &Quantity) -> Option<&'q Quantity> {
    let open = this.what.is_none() && this.noun.is_none() && (leads_elsewhere(parse, this) || is_of_name(parse, this));
    let counted = |q: &&Quantity| q.part_of.is_none() && q.what.is_some_and(|w| w != Counted::DistanceKm);
    let numbered =
        |q: &&Quantity| parse.tokens()[q.tokens.start].pos == Pos::Num || q.what.is_some_and(Counted::is_fate);
    let last = before.iter().rfind(|q| counted(q) && numbered(q)).filter(|_| open)?;
    let between = parse.tokens().get(last.tokens.end..this.tokens.start)?;
    let verb = |w: &str| matches!(w, "while" | "but" | "whereas");
    (between.len() <= FURTHEST && !between.iter().any(|t| verb(&t.lower))).then_some(last)
}

/// Whether a mark or an "and" stands before a token.
fn follows_mark(parse: &Parse, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|i| matches!(&*parse.tokens()[i].lower, "and" | "," | ";" | "–" | "-"))
}

/// "*, three in Rostan*", "*and a fourth on the way*".
fn leads_elsewhere(parse: &Parse, this: &Quantity) -> bool {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let end = this.tokens.end + usize::from(matches!(word(this.tokens.end), "more" | "others"));
    let place = matches!(word(end), "in" | "near" | "at" | "from" | "on" | "over" | "outside" | "around" | "by");
    place && parse.tokens()[end].pos == Pos::Adp && follows_mark(parse, this.tokens.start)
}

/// "*, Orlava nine.*": a name alone before a number that ends its part of the sentence.
fn is_of_name(parse: &Parse, this: &Quantity) -> bool {
    let ends = parse.tokens().get(this.tokens.end).is_none_or(|t| matches!(&*t.lower, "," | "." | ";" | "and"));
    let names = (0..this.tokens.start).rev().take_while(|&i| parse.tokens()[i].pos == Pos::Propn).count();
    (1..=2).contains(&names) && ends && follows_mark(parse, this.tokens.start - names)
}

/// Whether "one", "another" or "a third" at `at` may mean one more of those counted before, elsewhere.
pub(super) fn may_lead_elsewhere(parse: &Parse, at: usize, end: usize) -> bool {
    leads_elsewhere(parse, &Quantity::bare(at..end))
}

/// Drops who may be one more of others where no others are counted.
pub(super) fn drop_open(parse: &Parse, quantities: &mut Vec<Quantity>) {
    let word = |q: &Quantity| &*parse.tokens()[q.tokens.start].lower;
    let single = |q: &Quantity| q.max == Some(Amount::ONE) && matches!(word(q), "one" | "a" | "another");
    quantities.retain(|q| q.what.is_some() || q.noun.is_some() || !single(q) || !leads_elsewhere(parse, q));
}
