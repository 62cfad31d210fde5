//! What a number counts, by the tree: "three *soldiers*", "dozens of *people*", "two of the *tanks*".

use std::ops::Range;

use syntax::{Dep, EntityKind, Parse, Pos, Tag, Token};

use super::lexicon::{Lexicon, Saying, Sort};
use super::{Counted, Who, together, who};

/// The token of a number's run that the rest hangs on.
pub(super) fn top(parse: &Parse, run: &Range<usize>) -> usize {
    run.clone().find(|&i| parse.tokens()[i].head == i || !run.contains(&parse.tokens()[i].head)).unwrap_or(run.start)
}

/// The noun that a number with these tokens counts.
pub(super) fn counted(parse: &Parse, core: &Range<usize>) -> Option<usize> {
    let top = top(parse, core);
    let token = &parse.tokens()[top];
    let modifies = matches!(
        token.dep,
        Dep::Nummod | Dep::Quantmod | Dep::Amod | Dep::Compound | Dep::Det | Dep::Nmod | Dep::Predet
    );
    // "six of eight prisoners": the tree may hang one number on the other
    let over = &parse.tokens()[token.head];
    let head = if over.dep == Dep::Nummod && token.dep == Dep::Quantmod { over.head } else { token.head };
    // "nineteen People's Guard gunmen": the tree may hang the number on the first word of a name
    let of_name = parse.tokens()[head].dep == Dep::Poss && parse.tokens()[head].pos == Pos::Propn;
    let head = if of_name { parse.tokens()[head].head } else { head };
    if modifies && head >= core.end && is_noun(parse, head) && !is_another_name(parse, core.end, head) {
        return Some(whole_noun(parse, head));
    }
    of_which(parse, top)
        .filter(|n| !core.contains(n))
        .or_else(|| out_of(parse, core))
        .or_else(|| next_noun(parse, core.end))
}

/// "four dead, *Orlava* nine": a name beyond a comma is not counted by the number before it.
fn is_another_name(parse: &Parse, from: usize, noun: usize) -> bool {
    parse.tokens()[noun].pos == Pos::Propn && parse.tokens()[from..noun].iter().any(|t| t.tag == Tag::Comma)
}

/// "eighteen out of nineteen *positions*": what the greater number counts.
fn out_of(parse: &Parse, core: &Range<usize>) -> Option<usize> {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let whole = core.end + 2 + usize::from(word(core.end + 2) == "the");
    let number = (word(core.end) == "out" && word(core.end + 1) == "of").then(|| parse.tokens().get(whole))??;
    (number.dep == Dep::Nummod && number.head > whole).then_some(number.head)
}

/// The head of a compound whose first noun the tree hangs the number on: "three force *posts*".
fn whole_noun(parse: &Parse, noun: usize) -> usize {
    let head = parse.tokens()[noun].head;
    let singular = matches!(parse.tokens()[noun].tag, Tag::Nn | Tag::Nnp) && compound(parse, noun);
    if singular && parse.tokens()[head].tag == Tag::Nns { head } else { noun }
}

fn is_noun(parse: &Parse, at: usize) -> bool {
    matches!(parse.tokens()[at].pos, Pos::Noun | Pos::Propn | Pos::Pron | Pos::Adj)
        || parse.tokens()[at].tag == Tag::Vbn
}

/// "dozens of people", "two of the tanks"; pronouns count nothing by themselves.
fn of_which(parse: &Parse, top: usize) -> Option<usize> {
    behind(parse, top, "of").filter(|&noun| !matches!(parse.tokens()[noun].pos, Pos::Pron | Pos::Num))
}

/// The bodies that those whom a noun names are: "the *bodies* of a clerk and two drivers".
pub(super) fn bodies_over(parse: &Parse, noun: usize) -> Option<usize> {
    let token = &parse.tokens()[noun];
    let preposition = &parse.tokens()[token.head];
    let of = token.dep == Dep::Pobj && &*preposition.lower == "of";
    Some(preposition.head).filter(|&n| of && matches!(sort(parse, n), Some(Sort::Fate(Counted::Bodies))))
}

/// The object of a preposition below `at`: what stands behind "of", "with", "among".
pub(super) fn behind(parse: &Parse, at: usize, preposition: &str) -> Option<usize> {
    let found = parse.children_by(at, &[Dep::Prep]).find(|&c| &*parse.tokens()[c].lower == preposition)?;
    parse.child_by(found, Dep::Pobj)
}

/// The noun right after a number where the tree goes another way: over adjectives only.
fn next_noun(parse: &Parse, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(token) = parse.tokens().get(at) {
        let more = matches!(&*token.lower, "more" | "other" | "others" | "further");
        match token.pos {
            Pos::Noun | Pos::Propn if token.dep == Dep::Npadvmod => return None,
            Pos::Noun | Pos::Propn if !compound(parse, at) => return Some(at),
            Pos::Noun | Pos::Propn | Pos::Adj => at += 1,
            Pos::Verb if token.dep == Dep::Amod && token.head > at && is_state(token) => at += 1,
            _ if more => at += 1,
            _ => return None,
        }
        if at > from + 4 {
            return None;
        }
    }
    None
}

/// The first noun of the list that a noun stands in, else itself.
pub(super) fn first_of_list(parse: &Parse, noun: usize) -> usize {
    let mut at = noun;
    let listed = |i: usize| parse.tokens()[i].dep == Dep::Conj || together::is_listed_by_comma(parse, i);
    while listed(at) && parse.tokens()[at].head != at {
        at = parse.tokens()[at].head;
    }
    at
}

/// Whether a noun counts people who live together, of whom one is several.
pub(super) fn is_household(parse: &Parse, noun: usize) -> bool {
    matches!(&*parse.tokens()[noun].lemma, "family" | "household")
}

/// "80 wounded soldiers": a participle that says what befell them.
fn is_state(token: &Token) -> bool {
    Lexicon::get().state(&token.lower, Saying::Adjective).is_some()
}

fn compound(parse: &Parse, at: usize) -> bool {
    matches!(parse.tokens()[at].dep, Dep::Compound | Dep::Nmod) && parse.tokens()[at].head > at
}

/// What kind of people or thing a noun names, with who they are by the words beside it.
pub(super) fn sort(parse: &Parse, noun: usize) -> Option<Sort> {
    let lexicon = Lexicon::get();
    let token = parse.tokens().get(noun)?;
    let lemma = token.lemma.to_lowercase();
    let named = pair(parse, noun, &lemma).or_else(|| lexicon.sort(&lemma)).or_else(|| lexicon.sort(&token.lower));
    let sort = named.or_else(|| is_nationality(parse, noun).then_some(Sort::People(Who::Any)))?;
    if matches!(sort, Sort::Thing(..)) && modifiers(parse, noun).any(|word| lexicon.misleads(word)) {
        return None;
    }
    let square = modifiers(parse, noun).any(|w| matches!(w, "square" | "sq" | "sq."));
    Some(match sort {
        Sort::Length(km) if square => Sort::Area(km * km),
        Sort::People(who) => Sort::People(who::of_people(parse, noun, who)),
        Sort::Thing(what, own) => Sort::Thing(what, who::of_thing(parse, noun, own)),
        other => other,
    })
}

/// A noun of two words: "aerial vehicle", "nautical miles".
fn pair(parse: &Parse, noun: usize, lemma: &str) -> Option<Sort> {
    let before = &parse.tokens()[noun.checked_sub(1)?];
    let joined = before.head == noun && matches!(before.dep, Dep::Compound | Dep::Amod | Dep::Nmod);
    if joined { Lexicon::get().sort(&format!("{} {lemma}", before.lower)) } else { None }
}

/// "two Georgians", "166 Palestinians": a people's name in the plural.
fn is_nationality(parse: &Parse, noun: usize) -> bool {
    let token = &parse.tokens()[noun];
    let named = parse.entity_at(noun).is_some_and(|e| e.kind == EntityKind::Norp && e.tokens.end == noun + 1);
    named && matches!(token.tag, Tag::Nnps | Tag::Nns | Tag::Nnp | Tag::Nn)
}

pub(super) fn modifiers(parse: &Parse, noun: usize) -> impl Iterator<Item = &str> {
    let deps = &[Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Unclassified];
    parse.children_by(noun, deps).filter(move |&c| c < noun).map(|c| &*parse.tokens()[c].lower)
}
