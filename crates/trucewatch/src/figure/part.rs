//! Numbers that belong to others: parts of a whole, wholes said twice.

use std::ops::Range;

use syntax::{Dep, Parse, Pos, Tag};

use super::lexicon::Sort;
use super::{Amount, Counted, Quantity, Who, elliptic, fate, noun, together, who};

/// Longest distance in tokens over which a number is taken as part of the one before.
const REACH: usize = 14;

/// Marks parts, and hands on what and who.
pub(super) fn relate(parse: &Parse, quantities: &mut Vec<Quantity>) {
    for quantity in quantities.iter_mut() {
        from_whole_before(parse, quantity);
    }
    for at in 1..quantities.len() {
        let (before, rest) = quantities.split_at_mut(at);
        let Some(this) = rest.first_mut() else { break };
        if !same_sentence(parse, before.last(), this) {
            go_on(parse, before, this);
            continue;
        }
        match whole_of(parse, before, this) {
            Some(whole) => as_part(parse, this, whole, &before[whole]),
            None => elliptic::take_over(parse, before, this),
        }
    }
    elliptic::drop_open(parse, quantities);
    hand_back(parse, quantities);
    together::join(parse, quantities);
    drop_families(parse, quantities);
    drop_wholes(parse, quantities);
    let whole = |q: &Quantity| q.part_of.and_then(|at| quantities.get(at));
    let idle: Vec<bool> = quantities
        .iter()
        .map(|q| whole(q).map_or_else(|| is_loose_part(parse, q), |w| is_idle_part(parse, q, w)))
        .collect();
    let mut idle = idle.into_iter();
    quantities.retain(|_| !idle.next().unwrap_or(false));
}

/// "including a guard" where nobody was counted before.
fn is_loose_part(parse: &Parse, this: &Quantity) -> bool {
    let article = matches!(&*parse.tokens()[this.tokens.start].lower, "a" | "an" | "another");
    article && this.what == Some(Counted::Personnel) && this.max == Some(Amount::ONE)
}

/// "150 soldiers, 95 farmers and hundreds of fighters killed": what stands behind the last of a list befell them all.
fn hand_back(parse: &Parse, quantities: &mut [Quantity]) {
    let mut handed = false;
    for at in (1..quantities.len()).rev() {
        let (before, rest) = quantities.split_at_mut(at);
        let (Some(this), Some(next)) = (before.last_mut(), rest.first()) else { continue };
        let said = next.what.is_some() && next.noun.and_then(|n| fate::said_of(parse, n + 1)) == next.what;
        if shares_noun(parse, this, next) {
            this.who = next.who;
        }
        handed = (said || handed) && is_listed(parse, this, next) && this.what == Some(Counted::Personnel);
        if handed {
            this.what = next.what;
        }
    }
}

/// "killing 40 and wounding 27 guards", "40 dead and 80 wounded soldiers": the noun stands with the last number only.
fn shares_noun(parse: &Parse, first: &Quantity, next: &Quantity) -> bool {
    let bare =
        first.noun.is_none_or(|n| matches!(&*parse.tokens()[n].lower, "dead" | "killed" | "wounded" | "injured"));
    let between = parse.tokens().get(first.tokens.end..next.tokens.start).unwrap_or(&[]);
    let joined = between.len() <= 4 && between.iter().any(|t| &*t.lower == "and");
    let fates = first.what.is_some_and(Counted::is_fate) && next.what.is_some_and(Counted::is_fate);
    let noun = next.noun.is_some_and(|n| matches!(noun::sort(parse, n), Some(Sort::People(_))));
    bare && joined && fates && noun && first.who == Who::Any && next.part_of.is_none()
}

/// Whether one counted noun is hung on the other by "and" or a comma.
pub(super) fn is_listed(parse: &Parse, first: &Quantity, next: &Quantity) -> bool {
    let listed = |n: usize| parse.tokens()[n].dep == Dep::Conj || together::is_listed_by_comma(parse, n);
    let above = next.noun.filter(|&n| listed(n)).map(|n| parse.tokens()[n].head);
    let beside = above == first.noun || above == Some(first.tokens.end - 1);
    above.is_some() && (beside || above == first.noun.and_then(|n| noun::bodies_over(parse, n)))
}

/// "8,100 families or 41,700 people": the same people, counted more closely.
fn drop_families(parse: &Parse, quantities: &mut Vec<Quantity>) {
    let is_family = |q: &Quantity| q.noun.is_some_and(|n| noun::is_household(parse, n));
    let again = |first: &Quantity, next: &Quantity| {
        let or = parse.tokens().get(first.head() + 1).is_some_and(|t| matches!(&*t.lower, "or" | "("));
        or && is_family(first)
            && next.tokens.start <= first.head() + 3
            && next.what.is_some_and(|w| w.is_fate() || w == Counted::Personnel)
    };
    for at in (1..quantities.len()).rev() {
        if again(&quantities[at - 1], &quantities[at]) {
            take_out(quantities, at - 1, at);
        }
    }
}

/// "14 of the 19 positions": what is told are fourteen.
fn drop_wholes(parse: &Parse, quantities: &mut Vec<Quantity>) {
    let whole = |part: &Quantity, this: &Quantity| {
        let between = parse.tokens().get(part.tokens.end..this.tokens.start).unwrap_or(&[]);
        let of = between.iter().take_while(|t| matches!(&*t.lower, "out" | "of")).count();
        let led =
            between.iter().skip(of).all(|t| matches!(&*t.lower, "the" | "its" | "their" | "his" | "our" | "some"));
        of > 0 && led && part.max <= this.max.or(this.min)
    };
    let wholes: Vec<bool> = quantities.windows(2).map(|pair| whole(&pair[0], &pair[1])).collect();
    for at in (1..quantities.len()).rev() {
        if wholes[at - 1] {
            take_out(quantities, at, at - 1);
        }
    }
}

/// Takes out one quantity; parts of it are parts of another from now on, and all others of what they were.
pub(super) fn take_out(quantities: &mut Vec<Quantity>, at: usize, heir: usize) {
    quantities.remove(at);
    let moved = |whole: usize| if whole > at { whole - 1 } else { whole };
    for (own, quantity) in quantities.iter_mut().enumerate() {
        let whole = quantity.part_of.map(|whole| moved(if whole == at { heir } else { whole }));
        quantity.part_of = whole.filter(|&whole| whole != own);
    }
}

fn same_sentence(parse: &Parse, before: Option<&Quantity>, this: &Quantity) -> bool {
    before.is_some_and(|b| parse.sentence_of(b.tokens.start).contains(&this.tokens.start))
}

/// "There were 30 violations. Twelve involved aircraft.": a bare number at the head of the next sentence counts the things
/// of the one before.
fn go_on(parse: &Parse, before: &[Quantity], this: &mut Quantity) {
    let head = parse.tokens()[this.tokens.end - 1].dep;
    let bare = this.what.is_none() && this.noun.is_none() && matches!(head, Dep::Nsubj | Dep::Nsubjpass);
    let near = parse.sentence_of(parse.sentence_of(this.tokens.start).start.saturating_sub(1));
    let thing = |q: &&Quantity| q.noun.is_some() && q.part_of.is_none() && q.what.is_some_and(is_thing);
    let last = before.iter().rfind(thing).filter(|q| bare && near.contains(&q.tokens.start));
    if let Some(last) = last {
        (this.what, this.who) = (last.what, last.who);
    }
}

/// "Of the violations, 18 involved aircraft": a bare number counts the things that its clause opens with.
fn from_whole_before(parse: &Parse, this: &mut Quantity) {
    let number = this.tokens.end - 1;
    let token = &parse.tokens()[number];
    if this.what.is_some() || this.noun.is_some() || !matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass) {
        return;
    }
    let above = &parse.tokens()[token.head];
    let verbs = std::iter::once(token.head).chain((above.dep == Dep::Conj).then_some(above.head));
    let opening = |verb: usize| noun::behind(parse, verb, "of").filter(|&n| n < number);
    let Some(whole) = { verbs }.find_map(opening) else { return };
    let counted = noun::behind(parse, whole, "of").unwrap_or(whole);
    if let Some(Sort::Thing(what, who)) = noun::sort(parse, counted) {
        (this.what, this.who) = (Some(what), who);
    }
}

/// Whether it counts things one by one.
fn is_thing(what: Counted) -> bool {
    counts_people_or_things(what) && !what.is_fate() && what != Counted::Personnel
}

/// The whole that words such as "including" or "of whom" tie a number to.
fn whole_of(parse: &Parse, before: &[Quantity], this: &Quantity) -> Option<usize> {
    let whole = before.iter().rposition(|q| q.part_of.is_none() && q.what.is_some_and(counts_people_or_things))?;
    let between = before[whole].tokens.end..this.tokens.start;
    let opened = || is_of_opening(parse, &before[whole], this) || goes_on_with_parts(parse, before, whole, this);
    let tied = is_included(parse, between, this.tokens.start) || is_of_them(parse, this) || opened();
    tied.then_some(whole)
}

/// "13,000 people, among them 3,400 civilians and 210 children": what is listed with a part is one too.
fn goes_on_with_parts(parse: &Parse, before: &[Quantity], whole: usize, this: &Quantity) -> bool {
    let part = before.last().filter(|q| q.part_of == Some(whole) && q.noun.is_some());
    let open = |q: &Quantity| this.what == Some(Counted::Personnel) || this.what == q.what;
    part.is_some_and(|q| open(q) && is_listed(parse, q, this))
}

/// Whether the tree, or nearness, puts a number under "including".
fn is_included(parse: &Parse, between: Range<usize>, at: usize) -> bool {
    let word = |i: &usize| {
        matches!(
            &*parse.tokens()[*i].lower,
            "including" | "incl" | "incl." | "among" | "includes" | "included" | "comprising"
        )
    };
    let near = between.end.saturating_sub(between.start) <= REACH;
    let found = between.rev().find(word).filter(|_| near);
    found.is_some_and(|i| at - i <= 3 || parse.is_under(at, i))
}

/// "one of them", "19 of which", "of whom three".
fn is_of_them(parse: &Parse, this: &Quantity) -> bool {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let end = this.tokens.end;
    let before = this.tokens.start.checked_sub(2).is_some_and(|i| word(i) == "of" && means_a_whole(word(i + 1)));
    before || (word(end) == "of" && means_a_whole(word(end + 1)))
}

/// "Of the 14 wounded, three are children": a bare number does or suffers something out of those that its clause opens with.
fn is_of_opening(parse: &Parse, whole: &Quantity, this: &Quantity) -> bool {
    let number = this.tokens.end - 1;
    let token = &parse.tokens()[number];
    let bare = this.noun.is_none() && matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass);
    let opens = |p: usize| &*parse.tokens()[p].lower == "of" && p < number && parse.is_under(whole.tokens.end - 1, p);
    let people = whole.what.is_some_and(Counted::is_fate);
    let mut leading = parse.children_by(token.head, &[Dep::Prep]).chain(parse.children_by(number, &[Dep::Prep]));
    bare && people && whole.tokens.end <= number && leading.any(opens)
}

/// Whether a pronoun behind "of" means the whole that was counted before.
fn means_a_whole(pronoun: &str) -> bool {
    matches!(pronoun, "them" | "whom" | "which" | "these" | "those")
}

fn counts_people_or_things(what: Counted) -> bool {
    !matches!(what, Counted::AreaKm2 | Counted::DistanceKm)
}

/// A part shares what befell the whole, unless its own words say otherwise.
fn as_part(parse: &Parse, this: &mut Quantity, index: usize, whole: &Quantity) {
    this.part_of = Some(index);
    let of_them = of_them_are(parse, this);
    if let Some(what) = of_them.and_then(|n| fate::said_of(parse, n)) {
        this.what = Some(what);
    } else if this.what.is_none() || (this.what == Some(Counted::Personnel) && whole.what.is_some_and(Counted::is_fate))
    {
        this.what = whole.what;
    }
    if let Some(Sort::People(who)) = of_them.and_then(|n| noun::sort(parse, n)) {
        this.who = who;
    } else if this.noun.is_none() && this.who == Who::Any {
        this.who = who::said_to_be(parse, this.tokens.end - 1).unwrap_or(whole.who);
    }
}

/// "18 of them children", "seven of whom were fatal": the word that says what the part is.
fn of_them_are(parse: &Parse, this: &Quantity) -> Option<usize> {
    let end = this.tokens.end;
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let skipped = |i: &usize| matches!(word(*i), "were" | "was" | "are" | "is" | "being" | "as" | "a");
    (word(end) == "of" && means_a_whole(word(end + 1)))
        .then(|| (end + 2..end + 5).find(|i| !skipped(i)))?
        .filter(|&i| i < parse.len())
}

/// "including nine from Orlava", "including 42 killed in Marn": a share that a name tells apart.
fn is_placed(parse: &Parse, part: &Quantity) -> bool {
    let token = |i: usize| parse.tokens().get(i);
    let at = part.tokens.end + usize::from(token(part.tokens.end).is_some_and(|t| t.tag == Tag::Vbn));
    let preposition = token(at).is_some_and(|t| matches!(&*t.lower, "from" | "in" | "near" | "at"));
    let named = || parse.child_by(at, Dep::Pobj).and_then(token).is_some_and(|t| t.pos == Pos::Propn);
    preposition && named()
}

/// A part that says nothing new of who they are: a single one like all others ("20 soldiers, including a colonel"), or a
/// bare number ("144 injured, including 82 in hospital"; not "19 of which").
fn is_idle_part(parse: &Parse, part: &Quantity, whole: &Quantity) -> bool {
    let alike = part.what == whole.what && part.who == whole.who;
    let single =
        part.tokens.len() == 1 && part.max == Some(Amount::ONE) && part.noun.is_some_and(|n| n >= part.tokens.end);
    let plain = single && part.what == whole.what && part.who == Who::Any;
    // "three bodies, one of them under a blanket", "rockets fired beside one of them"
    let told = || is_of_them(parse, part) || is_placed(parse, part) || is_of_opening(parse, whole, part);
    let one = || part.noun.is_none() && part.max == Some(Amount::ONE) && !whole.what.is_some_and(Counted::is_harm);
    plain || alike && one() || alike && (single || (part.noun.is_none() && !told()))
}
