//! One person or thing under an article: "a soldier was killed", "shot down a drone", "and another wounded".

use syntax::{Dep, Parse, Pos, Tag};

use super::count::Reading;
use super::lexicon::{Lexicon, Sort};
use super::{Counted, Quantity, Who, fate, noun, who};
use crate::document::Span;

/// Kinds of things that count as one under an article; a weapon or a village by itself is seldom a figure.
const COUNTED: [Counted; 4] = [Counted::Vehicles, Counted::Aircraft, Counted::Munitions, Counted::Posts];

/// Reads the person or thing whose article is token `at`.
pub(super) fn read(parse: &Parse, at: usize) -> Option<Reading> {
    let token = parse.tokens().get(at)?;
    match &*token.lower {
        "a" | "an" | "another" => {}
        "no" => return none(parse, at),
        "both" => return both(parse, at),
        _ => return None,
    }
    // The tree may hang a bare "another" on what befell it.
    let alone = &*token.lower == "another" && (token.dep != Dep::Det || parse.tokens()[token.head].pos == Pos::Verb);
    let (noun, what, who) = if alone { alone_befallen(parse, at)? } else { single(parse, at)? };
    counted(at, 1, noun, what, who)
}

/// "killed both guards".
fn both(parse: &Parse, at: usize) -> Option<Reading> {
    let token = &parse.tokens()[at];
    let noun = Some(token.head).filter(|&n| n > at && matches!(token.dep, Dep::Det | Dep::Predet | Dep::Preconj))?;
    let Some(Sort::People(who)) = noun::sort(parse, noun) else { return None };
    let what = fate::of(parse, noun)?;
    counted(at, 2, Some(noun), what, who)
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
    let quantity = Quantity {
        tokens: at..at + 1,
        span: Span::new(0, 0),
        noun,
        min: Some(n.into()),
        max: Some(n.into()),
        approx: false,
        what: Some(what),
        who,
        part_of: None,
    };
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
    // a family is more than one
    let several = matches!(&*parse.tokens()[noun].lower, "family" | "household");
    if noun <= at || !singular || several || is_label(parse, noun) {
        return None;
    }
    let Some(sort) = noun::sort(parse, noun) else {
        let harm = fate::suffered(parse, noun).filter(|_| noun::behind(parse, noun, "of").is_none());
        return harm.map(|what| (Some(noun), what, Who::Any));
    };
    match sort {
        Sort::People(who) => fate::of(parse, noun).map(|what| (Some(noun), what, who)),
        Sort::Thing(what, who) if COUNTED.contains(&what) && counts_single(parse, noun, what) => {
            Some((Some(noun), what, who))
        }
        Sort::Fate(Counted::Bodies) => Some((Some(noun), Counted::Bodies, who::of_fate(parse, noun))),
        _ => None,
    }
}

/// A single vehicle or aircraft counts where something befalls it; shots and posts count anyway.
fn counts_single(parse: &Parse, noun: usize, what: Counted) -> bool {
    let verb = &parse.tokens()[parse.tokens()[noun].head];
    let does = parse.tokens()[noun].dep == Dep::Nsubj
        && !matches!(&*verb.lemma, "crash" | "explode" | "burn" | "sink" | "detonate");
    let befalls = Lexicon::get().counts_single(&verb.lemma) && !does;
    befalls || !matches!(what, Counted::Vehicles | Counted::Aircraft)
}

/// A noun that says what somebody is, or only qualifies: "he is a soldier", "as a civilian".
fn is_label(parse: &Parse, noun: usize) -> bool {
    let token = &parse.tokens()[noun];
    let preposition = &parse.tokens()[token.head];
    matches!(token.dep, Dep::Appos | Dep::Compound) || (token.dep == Dep::Pobj && &*preposition.lower == "as")
}
