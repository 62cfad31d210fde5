//! Runs of tokens that can be a name, and how far it reaches.

use std::ops::Range;

use syntax::{EntityKind, Parse, Pos, Tag};

use super::is_proper;
use crate::pack::FeatureKind;
use crate::place::fold::fold;
use crate::place::words::Words;

/// Tokens that a name of a building or a site has at most.
const LONGEST_SITE: usize = 6;

/// An entity without the article before it and the possessive after it.
pub(super) fn trimmed(parse: &Parse, mut run: Range<usize>) -> Range<usize> {
    let before = |t: usize| matches!(parse.tokens()[t].tag, Tag::Dt | Tag::Space | Tag::Hyph | Tag::OpenQuote);
    let after = |t: usize| matches!(parse.tokens()[t].tag, Tag::Pos | Tag::Space | Tag::Comma | Tag::CloseQuote);
    while !run.is_empty() && (before(run.start) || is_small(parse.word(run.start)) && !is_article(parse, run.start)) {
        run.start += 1;
    }
    while !run.is_empty() && (after(run.end - 1) || parse.tokens()[run.end - 1].pos == Pos::Punct) {
        run.end -= 1;
    }
    run
}

fn is_small(word: &str) -> bool {
    !word.contains(char::is_uppercase) && word.contains(char::is_lowercase)
}

/// Whether a listed name can begin here: with a capital, a letter that knows no case, or an Arabic article; not with the
/// "At" that opens a sentence, which such an article looks like.
pub(super) fn can_start(parse: &Parse, at: usize) -> bool {
    if matches!(parse.tokens()[at].pos, Pos::Adp | Pos::Sconj) && matches!(parse.word(at), "At" | "As") {
        return false;
    }
    match parse.word(at).chars().next() {
        Some(c) if c.is_uppercase() => true,
        Some(c) if c.is_alphabetic() && !c.is_lowercase() => true,
        Some(_) => is_article(parse, at),
        None => false,
    }
}

/// "al-Vesk": a small article tied to a capital by a hyphen, in one token or three.
pub(super) fn is_article(parse: &Parse, at: usize) -> bool {
    let word = parse.word(at);
    let small = matches!(word, "al" | "el" | "ad" | "ash" | "as" | "at" | "an" | "ar" | "az" | "ed" | "ez");
    let tied = small && at + 2 < parse.len() && is_hyphen(parse.word(at + 1));
    tied && parse.word(at + 2).starts_with(char::is_uppercase)
        || word.split_once('-').is_some_and(|(a, b)| a.len() <= 3 && b.starts_with(char::is_uppercase))
}

fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "–" | "‑")
}

/// Whether a listed name can go on with this token.
pub(super) fn continues(parse: &Parse, at: usize) -> bool {
    let token = &parse.tokens()[at];
    let mark = matches!(parse.word(at), "-" | "–" | "." | "'" | "’" | "&" | "'s" | "’s");
    mark || (token.pos != Pos::Punct && token.tag != Tag::Space)
}

/// Whether a name can end with this token.
pub(super) fn can_end(parse: &Parse, at: usize) -> bool {
    let token = &parse.tokens()[at];
    !matches!(token.pos, Pos::Punct | Pos::Space | Pos::Adp | Pos::Cconj) && token.tag != Tag::Pos
}

/// Whether the words have capitals and no small letters.
pub(super) fn is_upper(words: &str) -> bool {
    words.contains(char::is_uppercase) && !words.contains(char::is_lowercase)
}

/// Whether a comma and a proper noun stand before: "Springfield, Ill."
pub(super) fn follows_place(parse: &Parse, at: usize) -> bool {
    at >= 2 && parse.word(at - 1) == "," && parse.tokens()[at - 2].pos == Pos::Propn
}

/// Whether a word for a people stands as a modifier; "the Armenians" and "a Russian" are people.
pub(super) fn is_modifier(parse: &Parse, core: &Range<usize>) -> bool {
    let last = &parse.tokens()[core.end - 1];
    let tags = core.clone().map(|t| parse.tokens()[t].tag);
    let fits = tags.into_iter().all(|t| matches!(t, Tag::Jj | Tag::Nnp | Tag::Afx | Tag::Hyph | Tag::Nn));
    fits && (last.tag == Tag::Jj || last.head >= core.end)
}

/// A capitalised run from here on: "Tal Rifaat", "al-Vesk", "Saif al-Moor", "Maan-Vesk". A title-cased common word
/// at the start of a sentence begins none.
pub(super) fn capitalised(parse: &Parse, start: usize) -> Option<Range<usize>> {
    let begins = |t: usize| {
        let proper = is_proper(parse.tokens()[t].tag) && parse.word(t).starts_with(char::is_uppercase);
        proper || is_article(parse, t)
    };
    if !begins(start) {
        return None;
    }
    let end = parse.sentence_of(start).end;
    let mut at = start + 1;
    while at < end {
        let tied = is_hyphen(parse.word(at)) && at + 1 < end && parse.word(at + 1).starts_with(char::is_uppercase);
        if begins(at) || tied {
            at += 1;
        } else {
            break;
        }
    }
    Some(start..at)
}

/// The name with what belongs to it before and after when written with capitals: "Lake Vesk", "Vesk Street",
/// "Vesk International Airport". Nouns of administration ("Vesk District") stay outside the name.
pub(super) fn with_class_nouns(parse: &Parse, core: &Range<usize>) -> Range<usize> {
    let sentence = parse.sentence_of(core.start);
    let mut whole = core.clone();
    if whole.start > sentence.start && is_capital(parse, whole.start - 1) {
        let before = fold(parse.word(whole.start - 1));
        if Words::get().is_head(&before) {
            whole.start -= 1;
        }
    }
    let ceiling = sentence.end.min(whole.end + LONGEST_SITE);
    let reach = (whole.end..ceiling).find(|&t| !is_capital(parse, t)).unwrap_or(ceiling);
    if let Some(end) = (whole.end + 1..=reach).rev().find(|&end| is_own_class(parse, end - 1)) {
        whole.end = end;
    }
    whole
}

fn is_capital(parse: &Parse, at: usize) -> bool {
    parse.word(at).starts_with(char::is_uppercase) && parse.tokens()[at].pos != Pos::Punct
}

/// Whether a token is a noun that makes a name of its own: a street, a river, an airport.
fn is_own_class(parse: &Parse, at: usize) -> bool {
    use FeatureKind::{Height, Road, Site, Water};
    matches!(Words::get().class(&fold(parse.word(at))), Some(Height | Road | Site | Water))
}

/// Whether a body's name is that of a building or a site.
pub(super) fn ends_in_site(parse: &Parse, core: &Range<usize>) -> bool {
    core.len() > 1 && Words::get().class(&fold(parse.word(core.end - 1))) == Some(FeatureKind::Site)
}

/// The kind of entity that covers a token.
pub(super) fn entity_kind(parse: &Parse, core: &Range<usize>) -> Option<(EntityKind, Range<usize>)> {
    let entity = core.clone().find_map(|t| parse.entity_at(t))?;
    Some((entity.kind, trimmed(parse, entity.tokens.clone())))
}
