//! People whom a list tells together, so that one number counts them: "a woman and a child", "the mayor and two other
//! officials", "a driver and two passengers", "a clerk and his wife".

use syntax::{Dep, EntityKind, Parse, Pos};

use super::lexicon::Lexicon;
use super::part::{is_listed, take_out};
use super::{Amount, Counted, Quantity, Who, fate, noun, single};

/// Joins the lists of a paragraph.
pub(super) fn join(parse: &Parse, quantities: &mut Vec<Quantity>) {
    let mut at = 0;
    while let Some(this) = quantities.get(at) {
        let named = named_before(parse, quantities, this);
        at = 1 + named.map_or(at, |named| join_named(parse, quantities, at, &named));
    }
    for at in (1..quantities.len()).rev() {
        if is_one_list(parse, quantities, at) {
            join_pair(quantities, at);
        }
    }
    for at in 0..parse.len() {
        if let Some(who) = with_kin(parse, quantities, at) {
            join_kin(parse, quantities, at, who);
        }
    }
}

/// "a", "an", "another": one person whom no number counts.
fn under_article(parse: &Parse, q: &Quantity) -> bool {
    matches!(&*parse.tokens()[q.tokens.start].lower, "a" | "an" | "another")
        && q.min == Some(Amount::ONE)
        && q.max == q.min
}

/// "a woman and a child", "two drivers and a nurse": people of one kind, the last of them alone; "a couple and their three
/// children".
fn is_one_list(parse: &Parse, quantities: &[Quantity], at: usize) -> bool {
    let (first, next) = (&quantities[at - 1], &quantities[at]);
    let alike = first.what == next.what && first.who == next.who && next.what.is_some_and(Counted::is_fate);
    let whole = first.part_of.is_none() && next.part_of.is_none();
    let parted = quantities.iter().any(|q| q.part_of.is_some_and(|whole| whole == at || whole == at - 1));
    let several = || next.who != Who::Any && !is_one(first) && next.noun.is_some_and(|n| !is_of_a_side(parse, n));
    let single = under_article(parse, next) && (under_article(parse, first) || several());
    let theirs = || next.noun.is_some_and(|n| has_owner(parse, n, &["their"]));
    alike && whole && !parted && (single || theirs()) && is_listed(parse, first, next)
}

fn is_one(q: &Quantity) -> bool {
    q.max == Some(Amount::ONE)
}

/// "a Veskan soldier": one whom a name beside the noun tells from others.
fn is_of_a_side(parse: &Parse, noun: usize) -> bool {
    let side = |i: usize| {
        parse.entity_at(i).is_some_and(|e| matches!(e.kind, EntityKind::Norp | EntityKind::Gpe | EntityKind::Org))
    };
    parse.children_by(noun, &[Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Poss]).any(side)
}

/// Whether a noun is somebody's by one of these words: "his sons".
fn has_owner(parse: &Parse, noun: usize, words: &[&str]) -> bool {
    parse.child_by(noun, Dep::Poss).is_some_and(|p| words.contains(&&*parse.tokens()[p].lower))
}

fn sum(amount: Option<Amount>, other: Option<Amount>) -> Option<Amount> {
    Some(Amount::from(amount?.ceil() + other?.ceil()))
}

fn join_pair(quantities: &mut Vec<Quantity>, at: usize) {
    let (min, max) = (quantities[at].min, quantities[at].max);
    let first = &mut quantities[at - 1];
    (first.min, first.max) = (sum(first.min, min), sum(first.max, max));
    take_out(quantities, at, at - 1);
}

/// The single persons of a list that ends in so many others, in so many of their own ("a father and his two sons"), or in
/// so many of their kind ("the driver and two passengers").
fn named_before(parse: &Parse, quantities: &[Quantity], this: &Quantity) -> Option<Vec<usize>> {
    let people = this.what.is_some_and(Counted::is_fate) && this.min.is_some() && this.part_of.is_none();
    let noun = this.noun.filter(|_| people)?;
    let last = if parse.tokens()[noun].dep == Dep::Pobj { this.tokens.end - 1 } else { noun };
    let named = list_before(parse, last)?;
    let own = |q: &&Quantity| named.iter().any(|n| q.noun == Some(*n) || q.tokens.contains(n));
    let single = quantities.iter().filter(own).all(|q| is_one(q) && q.part_of.is_none());
    let fits =
        || is_others(parse, noun) || are_companions(parse, noun, &named) || is_of_kind(parse, quantities, this, &named);
    (single && fits()).then_some(named)
}

/// The single persons that a list names before its last noun.
fn list_before(parse: &Parse, last: usize) -> Option<Vec<usize>> {
    let mut named = Vec::new();
    let mut at = last;
    while parse.tokens()[at].dep == Dep::Conj || (at != last && is_listed_by_comma(parse, at)) {
        let over = parse.tokens()[at].head;
        // "the bodies of a clerk and two drivers": the tree may hang the drivers on the bodies
        at = noun::behind(parse, over, "of").filter(|&n| noun::bodies_over(parse, n) == Some(over)).unwrap_or(over);
        single::named(parse, at)?;
        named.push(at);
    }
    Some(named).filter(|n| !n.is_empty())
}

/// "a nurse, *a driver* and two passengers": what the tree takes for another word for the noun before it.
pub(super) fn is_listed_by_comma(parse: &Parse, noun: usize) -> bool {
    let token = &parse.tokens()[noun];
    let counted = |c: usize| parse.children_by(c, &[Dep::Det, Dep::Nummod]).next().is_some();
    let named = parse.tokens()[token.head].pos == Pos::Propn;
    token.dep == Dep::Appos && !named && parse.child_by(noun, Dep::Conj).is_some_and(counted)
}

const OWN: [&str; 2] = ["his", "her"];

/// "five others", "three other people", "his two sons".
fn is_others(parse: &Parse, noun: usize) -> bool {
    let word = |i: usize| &*parse.tokens()[i].lower;
    word(noun) == "others" || noun::modifiers(parse, noun).any(|m| m == "other") || has_owner(parse, noun, &OWN)
}

/// "Tomar Ellisk and five aides": a word for people who are somebody's, behind a name.
fn are_companions(parse: &Parse, noun: usize, named: &[usize]) -> bool {
    Lexicon::get().is_companion(&parse.tokens()[noun].lemma)
        && named.iter().all(|&n| parse.tokens()[n].pos == Pos::Propn)
}

/// Whether all of a list are soldiers, or all civilians, none counted by "one" and none of a side of its own.
fn is_of_kind(parse: &Parse, quantities: &[Quantity], this: &Quantity, named: &[usize]) -> bool {
    let alike = |&n: &usize| single::named(parse, n) == Some(this.who) && !is_by_number(parse, quantities, n);
    let side = || this.noun.into_iter().chain(named.iter().copied()).any(|n| is_of_a_side(parse, n));
    this.who != Who::Any && named.iter().all(alike) && !side()
}

fn is_by_number(parse: &Parse, quantities: &[Quantity], noun: usize) -> bool {
    quantities.iter().any(|q| q.noun == Some(noun) && !under_article(parse, q))
}

/// Who somebody and others are; a civilian's own are civilians too where nothing else is said.
fn both(one: Who, others: Who, are_own: bool) -> Who {
    let civilians = are_own && one == Who::Civilian && others == Who::Any;
    if civilians || one == others { one } else { Who::Any }
}

/// Adds those named to the number that ends their list; returns where it stands then.
fn join_named(parse: &Parse, quantities: &mut Vec<Quantity>, at: usize, named: &[usize]) -> usize {
    let whos = named.iter().map(|&n| single::named(parse, n).unwrap_or_default());
    let this = &mut quantities[at];
    let are_own = this.noun.is_some_and(|n| has_owner(parse, n, &OWN));
    this.who = whos.fold(this.who, |all, who| both(who, all, are_own));
    let by = Some(Amount::from(named.len() as u64));
    (this.min, this.max) = (sum(this.min, by), sum(this.max, by));
    let mut heir = at;
    for own in (0..quantities.len()).rev() {
        if own != heir && quantities[own].noun.is_some_and(|n| named.contains(&n)) {
            take_out(quantities, own, heir);
            heir -= usize::from(own < heir);
        }
    }
    heir
}

/// Who somebody and his own are, "a clerk and his wife", where no number counts them.
fn with_kin(parse: &Parse, quantities: &[Quantity], at: usize) -> Option<Who> {
    let second = parse
        .child_by(at, Dep::Conj)
        .filter(|&c| has_owner(parse, c, &OWN) && parse.child_by(c, Dep::Conj).is_none())?;
    let first = single::named(parse, at).filter(|_| parse.tokens()[at].dep != Dep::Conj)?;
    let other = single::named(parse, second)?;
    let counted = quantities.iter().any(|q| q.noun == Some(second) || (q.noun == Some(at) && !under_article(parse, q)));
    (!counted).then_some(both(first, other, true))
}

fn join_kin(parse: &Parse, quantities: &mut Vec<Quantity>, at: usize, who: Who) {
    let two = Some(Amount::from(2));
    if let Some(first) = quantities.iter_mut().find(|q| q.noun == Some(at)) {
        (first.min, first.max, first.who) = (two, two, who);
        return;
    }
    let Some(what) = fate::of(parse, at).filter(|what| what.is_fate()) else { return };
    let both = Quantity { noun: Some(at), min: two, max: two, what: Some(what), who, ..Quantity::bare(at..at + 1) };
    put_in(quantities, both);
}

/// Puts one quantity in its place; all others stay parts of what they were.
fn put_in(quantities: &mut Vec<Quantity>, new: Quantity) {
    let at = quantities.partition_point(|q| q.tokens.start < new.tokens.start);
    for whole in quantities.iter_mut().filter_map(|q| q.part_of.as_mut()) {
        *whole += usize::from(*whole >= at);
    }
    quantities.insert(at, new);
}
