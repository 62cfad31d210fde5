//! One person whom no number counts: a pronoun, a name, a noun with "the" or "his".

use syntax::{Dep, EntityKind, Parse, Pos, Tag};

use super::lexicon::{Lexicon, Sort};
use super::{Counted, Who, fate, noun, who};

/// What befell the one whom a token names, and who that is.
pub(super) fn befallen(parse: &Parse, at: usize) -> Option<(Counted, Who)> {
    if let Some(what) = whose(parse, at) {
        return Some((what, Who::Any));
    }
    let who = one(parse, at)?;
    let harmed = |what: &Counted| matches!(what, Counted::Killed | Counted::Wounded | Counted::Captured);
    fate::of(parse, at).filter(harmed).map(|what| (what, who))
}

/// "her death", "his abduction".
fn whose(parse: &Parse, at: usize) -> Option<Counted> {
    let token = parse.tokens().get(at)?;
    let one = token.dep == Dep::Poss && matches!(&*token.lower, "his" | "her");
    let noun = Some(token.head).filter(|&n| one && parse.tokens()[n].tag == Tag::Nn)?;
    fate::meant(parse, noun).filter(|what| matches!(what, Counted::Killed | Counted::Captured))
}

/// Who a token names, if it names one person.
pub(super) fn one(parse: &Parse, at: usize) -> Option<Who> {
    let token = parse.tokens().get(at)?;
    if matches!(token.dep, Dep::Compound | Dep::Poss | Dep::Appos)
        || parse.child_by(at, Dep::Conj).is_some_and(|next| !are_named(parse, at, next))
        || is_nobody(parse, at)
    {
        return None;
    }
    match token.pos {
        Pos::Pron => matches!(&*token.lower, "he" | "she" | "him" | "her").then_some(Who::Any),
        _ => named(parse, at),
    }
}

/// Who one person is whom a noun or a name stands for, "the mayor", "Corporal Riis"; no plural, thing or pronoun.
pub(super) fn named(parse: &Parse, at: usize) -> Option<Who> {
    let token = &parse.tokens()[at];
    match token.pos {
        Pos::Propn => is_person(parse, at).then(|| title(parse, at)),
        Pos::Noun if token.tag == Tag::Nn => match noun::sort(parse, at)? {
            Sort::People(who) => Some(who),
            _ => None,
        },
        _ => None,
    }
}

/// "no one", "no Veskan guard", "not a single guard"; and life as such is nobody.
fn is_nobody(parse: &Parse, at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map_or("", |i| &*parse.tokens()[i].lower);
    // "members of the militia killed there": the body that they belong to is none of them
    let token = &parse.tokens()[at];
    let over = &parse.tokens()[parse.tokens()[token.head].head];
    let body =
        token.dep == Dep::Pobj && &*parse.tokens()[token.head].lower == "of" && Lexicon::get().belongs(&over.lemma);
    let none = || parse.children(at).any(|c| c < at && matches!(&*parse.tokens()[c].lower, "no" | "not"));
    body || matches!(before(1), "no" | "not")
        || before(2) == "not"
        || none()
        || matches!(&*parse.tokens()[at].lemma, "life" | "nobody")
}

/// "Private Lesk and Sergeant Marr": two who are told by name, each for himself.
fn are_named(parse: &Parse, at: usize, next: usize) -> bool {
    let others = parse.children_by(next, &[Dep::Poss, Dep::Nummod, Dep::Det]).next().is_some();
    is_person(parse, at) && is_person(parse, next) && !others
}

/// Those who are told by name together with the one whom a token names: "Lesk, Marr and *Torv*".
pub(super) fn named_with(parse: &Parse, at: usize) -> Vec<usize> {
    let mut first = at;
    while parse.tokens()[first].dep == Dep::Conj && are_named(parse, parse.tokens()[first].head, first) {
        first = parse.tokens()[first].head;
    }
    let next = |&at: &usize| parse.child_by(at, Dep::Conj).filter(|&next| are_named(parse, at, next));
    std::iter::successors(Some(first), next).collect()
}

fn is_person(parse: &Parse, at: usize) -> bool {
    parse.entity_at(at).is_some_and(|e| e.kind == EntityKind::Person && e.tokens.end == at + 1)
}

/// Who a named person is by the title before the name or the noun beside it: "Corporal Riis", "Nizar, a surgeon", "Reza, a
/// military leader", "Dov, head of the Torv Force".
fn title(parse: &Parse, at: usize) -> Who {
    let beside = parse.children_by(at, &[Dep::Compound, Dep::Appos, Dep::Nmod, Dep::Amod]);
    let who = |i: usize| match Lexicon::get().sort(&parse.tokens()[i].lower) {
        Some(Sort::People(who)) if who != Who::Any => Some(who),
        _ => who::of_office(parse, i),
    };
    beside.filter_map(who).next().unwrap_or_default()
}
