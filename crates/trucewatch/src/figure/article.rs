//! One person or thing under an article: "a soldier was killed", "shot down a drone", "and another wounded"; both of two, none,
//! as many as are named.

use syntax::{Dep, Parse, Pos, Tag};

use super::count::Reading;
use super::lexicon::{Lexicon, Sort};
use super::{Amount, Counted, Quantity, Who, elliptic, fate, noun, together, who};
use crate::when::number;

/// Kinds of things that count as one under an article; a weapon or a village by itself is seldom a figure.
const COUNTED: [Counted; 4] = [Counted::Vehicles, Counted::Aircraft, Counted::Munitions, Counted::Posts];

/// Reads the person or thing whose article is token `at`.
pub(super) fn read(parse: &Parse, at: usize) -> Option<Reading> {
    let token = parse.tokens().get(at)?;
    match &*token.lower {
        "a" | "an" | "another" => {}
        "no" => return none(parse, at),
        "both" => return both(parse, at),
        "the" => return named(parse, at),
        _ => return None,
    }
    // The tree may hang a bare "another" on what befell it.
    let alone = &*token.lower == "another" && (token.dep != Dep::Det || parse.tokens()[token.head].pos == Pos::Verb);
    let found = if alone { alone_befallen(parse, at) } else { single(parse, at) };
    match found {
        Some((noun, what, who)) => counted(at, noun.map_or(1, |n| members(parse, n)), noun, what, who),
        None => one_more(parse, at),
    }
}

/// "an elderly couple": so many as the word means; anybody else is one.
fn members(parse: &Parse, noun: usize) -> u64 {
    Lexicon::get().members(&parse.tokens()[noun].lemma).unwrap_or(1)
}

/// "one was killed by a shell, *another* by a mine", "*a third* on the way": one more of those counted before.
fn one_more(parse: &Parse, at: usize) -> Option<Reading> {
    let ordinal = parse.tokens().get(at + 1).is_some_and(|t| number::ordinal(&t.lower).is_some());
    let another = &*parse.tokens()[at].lower == "another";
    let end = if ordinal && !another { at + 2 } else { at + 1 };
    let one = (ordinal || another) && elliptic::may_lead_elsewhere(parse, at, end);
    let quantity = Quantity { min: Some(Amount::ONE), max: Some(Amount::ONE), ..Quantity::bare(at..end) };
    one.then_some(Reading { end, quantity: Some(quantity) })
}

/// "killed both guards", "both of them were killed", "both died".
fn both(parse: &Parse, at: usize) -> Option<Reading> {
    let token = &parse.tokens()[at];
    if matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj) {
        return counted(at, 2, None, fate::of(parse, at)?, Who::Any);
    }
    let noun = Some(token.head).filter(|&n| n > at && matches!(token.dep, Dep::Det | Dep::Predet | Dep::Preconj))?;
    let Some(Sort::People(who)) = noun::sort(parse, noun) else { return None };
    let what = fate::of(parse, noun)?;
    counted(at, 2, Some(noun), what, who)
}

/// "the towns of Vesk, Marn and Orl": as many as are named.
fn named(parse: &Parse, at: usize) -> Option<Reading> {
    let noun = parse.tokens()[at].head;
    let plural = noun > at && parse.tokens()[noun].tag == Tag::Nns;
    let Some(Sort::Thing(what @ Counted::Settlements, who)) = noun::sort(parse, noun).filter(|_| plural) else {
        return None;
    };
    let mut last = noun::behind(parse, noun, "of").filter(|&n| parse.tokens()[n].pos == Pos::Propn)?;
    let mut names = 1;
    while let Some(next) = parse.child_by(last, Dep::Conj).filter(|&n| parse.tokens()[n].pos == Pos::Propn) {
        (last, names) = (next, names + 1);
    }
    if names > 1 { counted(at, names, Some(noun), what, who) } else { None }
}

/// "no casualties", "no deaths": a count of none.
fn none(parse: &Parse, at: usize) -> Option<Reading> {
    let token = &parse.tokens()[at];
    let noun = Some(token.head).filter(|&n| n > at && token.dep == Dep::Det)?;
    let Some(Sort::Fate(what)) = noun::sort(parse, noun) else { return None };
    counted(at, 0, Some(noun), what, Who::Any)
}

/// So many of what a noun names, said by the word `at`.
fn counted(at: usize, n: u64, noun: Option<usize>, what: Counted, who: Who) -> Option<Reading> {
    let n = Some(n.into());
    let quantity = Quantity { noun, min: n, max: n, what: Some(what), who, ..Quantity::bare(at..at + 1) };
    Some(Reading { end: at + 1, quantity: Some(quantity) })
}

type Single = (Option<usize>, Counted, Who);

/// "and another seriously injured".
fn alone_befallen(parse: &Parse, at: usize) -> Option<Single> {
    fate::of(parse, at).map(|what| (None, what, Who::Any))
}

fn single(parse: &Parse, at: usize) -> Option<Single> {
    let noun = parse.tokens()[at].head;
    let singular = matches!(parse.tokens()[noun].tag, Tag::Nn | Tag::Nnp | Tag::Jj);
    let nobody = parse.children(noun).any(|c| c < at && &*parse.tokens()[c].lower == "not");
    if noun <= at
        || !singular
        || nobody
        || noun::is_household(parse, noun)
        || is_label(parse, noun)
        || is_heard(parse, noun)
    {
        return None;
    }
    let Some(sort) = noun::sort(parse, noun) else {
        if Lexicon::get().measures(&parse.tokens()[noun].lemma) {
            return None;
        }
        let again = &*parse.tokens()[at].lower == "another";
        let harm = fate::suffered(parse, noun).filter(|_| !again && noun::behind(parse, noun, "of").is_none());
        return harm.map(|what| (Some(noun), what, Who::Any));
    };
    match sort {
        Sort::People(who) => {
            let part = || is_included(parse, noun).then_some(Counted::Personnel);
            fate::of(parse, noun).or_else(part).map(|what| (Some(noun), what, who))
        }
        Sort::Thing(what, who) => {
            let single = COUNTED.contains(&what) && counts_single(parse, noun, what);
            let counts = single || Lexicon::get().counts_alone(&parse.tokens()[noun].lemma);
            counts.then_some((Some(noun), what, who))
        }
        Sort::Fate(Counted::Bodies) => Some((Some(noun), Counted::Bodies, who::of_fate(parse, noun))),
        _ => None,
    }
}

/// "including a guard": a part of those counted before, whatever befell them.
fn is_included(parse: &Parse, noun: usize) -> bool {
    let token = &parse.tokens()[noun];
    token.dep == Dep::Pobj && &*parse.tokens()[token.head].lower == "including"
}

/// "a monitor said": whoever says it is not whom it befell, wherever the tree hangs them.
fn is_heard(parse: &Parse, noun: usize) -> bool {
    parse.tokens().get(noun + 1).is_some_and(|t| matches!(&*t.lower, "said" | "says" | "told" | "reported"))
}

/// A single vehicle or aircraft counts where something befalls it; shots and posts count anyway.
fn counts_single(parse: &Parse, noun: usize, what: Counted) -> bool {
    if Lexicon::get().never_alone(&parse.tokens()[noun].lemma) {
        return false;
    }
    let first = noun::first_of_list(parse, noun);
    let verb = &parse.tokens()[parse.tokens()[first].head];
    let befalls = Lexicon::get().counts_single(&verb.lemma, parse.tokens()[first].dep == Dep::Nsubj);
    befalls || !matches!(what, Counted::Vehicles | Counted::Aircraft)
}

/// A noun that says what somebody is, or only qualifies: "he is a soldier", "as a civilian".
fn is_label(parse: &Parse, noun: usize) -> bool {
    let token = &parse.tokens()[noun];
    let preposition = &parse.tokens()[token.head];
    let named_again = token.dep == Dep::Appos && !together::is_listed_by_comma(parse, noun);
    named_again || token.dep == Dep::Compound || (token.dep == Dep::Pobj && &*preposition.lower == "as")
}
