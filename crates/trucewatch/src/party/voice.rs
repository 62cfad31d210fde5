//! Whose voice the narrator of a document is: an outlet's, or that of the party that issued it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use syntax::{Dep, Pos};

use super::mention::Mentions;
use super::names::{Kind, Names};
use super::phrase::Speaking;
use super::{heading, issuer, own_words};
use crate::document::{is_quoted, quotations};
use crate::pack::PartyId;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Voice {
    party: PartyId,
    #[serde(default = "one")]
    least: usize,
    signs: Vec<String>,
}

fn one() -> usize {
    1
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Voices {
    pub(super) performing: BTreeSet<String>,
    pub(super) moved: BTreeSet<String>,
    pub(super) judging: BTreeSet<String>,
    pub(super) observing: BTreeSet<String>,
    pub(super) saying: BTreeSet<String>,
    pub(super) own: BTreeSet<String>,
    pub(super) harming: BTreeSet<String>,
    pub(super) urging: BTreeSet<String>,
    pub(super) thanking: BTreeSet<String>,
    grateful: BTreeSet<String>,
    pub(super) standing: BTreeSet<String>,
    pub(super) homes: BTreeSet<String>,
    lands: BTreeSet<String>,
    pub(super) hall: BTreeSet<String>,
    pub(super) neighbouring: BTreeSet<String>,
    pub(super) author: String,
    pub(super) salutation: String,
    pub(super) heading: super::heading::Words,
    voice: Vec<Voice>,
}

struct Compiled {
    party: PartyId,
    least: usize,
    signs: Vec<Regex>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
pub(super) static TABLE: LazyLock<Voices> = LazyLock::new(|| toml::from_str(include_str!("voices.toml")).unwrap());

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
static VOICES: LazyLock<Vec<Compiled>> = LazyLock::new(|| {
    let sign = |s: &String| RegexBuilder::new(s).case_insensitive(true).multi_line(true).build().unwrap();
    let compile =
        |v: &Voice| Compiled { party: v.party.clone(), least: v.least, signs: v.signs.iter().map(sign).collect() };
    TABLE.voice.iter().map(compile).collect()
});

/// Rules that name a document's voice; their place here is an input of trained trees, so that a new one goes to the end and
/// asks for training anew.
pub(crate) const RULES: &[&str] = &[
    "voice/outlet",
    "voice/letterhead",
    "voice/signs",
    "voice/heading",
    "voice/channel",
    "voice/source-line",
    "voice/first-person",
    "voice/readout",
    "voice/weights",
    "voice/acts",
    "voice/sightings",
];

/// How much of a text's beginning is searched for signs, in bytes.
const SEARCHED: usize = 20_000;
/// A readout has at most this many paragraphs.
const READOUT: usize = 4;
/// Sentences in the first person that make a text a statement of the one who speaks.
const FIRST_PERSON: usize = 2;

/// The party whose own voice the document is in, and the rule that says so; `None` for an outlet's.
pub(super) fn voice_of(mentions: &Mentions<'_>, names: &Names) -> Option<(PartyId, &'static str)> {
    let with = |rule| move |p| (p, rule);
    let heading = heading::heading(mentions, names);
    let (letterhead, paper) = if heading.is_named { (heading.issuer, None) } else { (None, heading.issuer) };
    let is_somebody = |p: &PartyId| !p.is_bystander();
    by_outlet(mentions, names)
        .map(with("voice/outlet"))
        .or_else(|| letterhead.map(with("voice/letterhead")))
        .or_else(|| by_signs(mentions).map(with("voice/signs")))
        .or_else(|| paper.clone().filter(is_somebody).map(with("voice/heading")))
        .or_else(|| heading::channel(mentions, names).map(with("voice/channel")))
        .or_else(|| paper.as_ref().and_then(|_| own_words::whose(mentions, heading.byline.clone())))
        .or_else(|| paper.map(with("voice/heading")))
        .or_else(|| by_source_line(mentions).map(with("voice/source-line")))
        .or_else(|| by_first_person(mentions, heading.byline.clone()).map(with("voice/first-person")))
        .or_else(|| own_words::whose(mentions, heading.byline))
        .or_else(|| by_readout(mentions).map(with("voice/readout")))
}

/// The outlet that is given with the document, where it is a party or a party's own agency.
fn by_outlet(mentions: &Mentions<'_>, names: &Names) -> Option<PartyId> {
    let outlet = mentions.parsed.document.meta().outlet.as_deref()?;
    names.exactly(outlet).filter(|p| !p.is_bystander())
}

/// A party's own kind of document, which names the party.
fn by_signs(mentions: &Mentions<'_>) -> Option<PartyId> {
    let text = mentions.parsed.document.text();
    let end = (0..=SEARCHED.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let head = text.get(..end).unwrap_or("");
    let named = mentions.counts();
    let found = |v: &&Compiled| {
        let signs = v.signs.iter().filter(|s| s.is_match(head)).count();
        signs >= v.least && (named.contains_key(&v.party) || signs > v.least)
    };
    VOICES.iter().find(found).map(|v| v.party.clone())
}

/// "(Source: the movement's media office)": a release of the party named there.
fn by_source_line(mentions: &Mentions<'_>) -> Option<PartyId> {
    for (index, paragraph) in mentions.parsed.paragraphs.iter().enumerate() {
        let parse = &paragraph.parse;
        for i in (0..parse.len()).filter(|&i| &*parse.tokens()[i].lower == "source") {
            let colon = parse.tokens().get(i + 1).is_some_and(|t| &*t.lower == ":");
            let named = (i + 2..(i + 5).min(parse.len())).find(|&k| mentions.at(index, k).is_some());
            let party = named.and_then(|k| whole_name(mentions, index, k));
            if let Some(party) = party.filter(|p| colon && !p.is_bystander()) {
                return Some(party);
            }
        }
    }
    None
}

/// The party of the name that a token begins, with the noun that it modifies.
fn whole_name(mentions: &Mentions<'_>, index: usize, at: usize) -> Option<PartyId> {
    let parse = &mentions.parsed.paragraphs[index].parse;
    let inside = |i: usize| matches!(parse.tokens()[i].dep, Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod);
    let head = std::iter::successors(Some(at), |&i| inside(i).then(|| parse.tokens()[i].head)).take(4).last()?;
    let found = mentions.parties(index, head, Speaking::NOBODY).into_iter().next();
    found.or_else(|| mentions.at(index, at).map(|m| m.party.clone()))
}

/// "I welcome …", outside quotations and in a text that reports nobody else's words: the party that acts most and is
/// no side of the conflict, else acts most. A reporter's "I" sees and asks; an office's welcomes, thanks and urges. Whoever
/// is thanked does not speak, and a body does not speak of its country.
fn by_first_person(mentions: &Mentions<'_>, byline: Option<PartyId>) -> Option<PartyId> {
    let mut total = FirstPerson::default();
    mentions.parsed.paragraphs.iter().for_each(|p| total.read(&p.parse));
    if total.subjects < FIRST_PERSON || total.reported >= total.subjects {
        return None;
    }
    let named = byline.or_else(|| introduced(mentions)).filter(|p| !p.is_bystander());
    if named.is_some() || total.performed == 0 {
        return named;
    }
    let is_side = |p: &PartyId| mentions.conflict.is_some_and(|c| c.sides.contains(p));
    let (acting, thanked) = (acting(mentions), thanked(mentions));
    let of_country = mentions.parsed.paragraphs.iter().any(|p| has_home(&p.parse));
    let is_addressed = |p: &PartyId| p.is_bystander() || thanked.contains(p) || of_country && mentions.is_body(p);
    let ranked = acting.iter().filter(|(p, _)| !is_addressed(p)).max_by_key(|(p, n)| (!is_side(p), **n));
    ranked.map(|(p, _)| p.clone())
}

/// Words between a word of thanks and the one who is thanked.
const THANKED: usize = 4;

/// Who is thanked: "our gratitude to the government of Vesk".
fn thanked(mentions: &Mentions<'_>) -> BTreeSet<PartyId> {
    let mut found = BTreeSet::new();
    for (index, paragraph) in mentions.parsed.paragraphs.iter().enumerate() {
        let parse = &paragraph.parse;
        let thanks = |a: usize| TABLE.grateful.contains(&*parse.tokens()[a].lemma);
        let is_verb = |a: usize| matches!(parse.tokens()[a].pos, Pos::Verb | Pos::Aux);
        let subject = |i: usize| matches!(parse.tokens()[i].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Poss);
        for mention in mentions.of_paragraph(index) {
            let last = mention.tokens.end - 1;
            let path = || parse.ancestors(last).take(THANKED).take_while(|&a| thanks(a) || !is_verb(a));
            if path().any(thanks) && !subject(last) {
                found.insert(mention.party.clone());
            }
        }
    }
    found
}

/// "My country", "our people": whether somebody speaks of a country of their own.
fn has_home(parse: &syntax::Parse) -> bool {
    let quotes = quotations(parse.text());
    let is_open = |i: usize| !is_quoted(&quotes, parse.tokens()[i].span.start);
    (0..parse.len()).any(|i| issuer::is_before(parse, i, &TABLE.lands) && is_open(i))
}

/// "I am the spokesman for Vesk", outside quotations.
fn introduced(mentions: &Mentions<'_>) -> Option<PartyId> {
    for (index, paragraph) in mentions.parsed.paragraphs.iter().enumerate() {
        let parse = &paragraph.parse;
        let is_i = |i: &usize| &*parse.tokens()[*i].lower == "i" && parse.tokens()[*i].dep == Dep::Nsubj;
        for i in (0..parse.len()).filter(is_i) {
            let office = parse.child_by(parse.tokens()[i].head, Dep::Attr);
            let quoted = parse.tokens().iter().take(i).any(|t| matches!(&*t.lower, "\"" | "“" | "``"));
            let party = office
                .filter(|_| !quoted)
                .and_then(|o| mentions.parties(index, o, Speaking::NOBODY).into_iter().next());
            if party.is_some() {
                return party;
            }
        }
    }
    None
}

/// How often each party is named as a subject.
fn acting(mentions: &Mentions<'_>) -> BTreeMap<PartyId, usize> {
    let mut counts = BTreeMap::new();
    for (index, paragraph) in mentions.parsed.paragraphs.iter().enumerate() {
        for mention in mentions.of_paragraph(index) {
            let subject = |i: usize| matches!(paragraph.parse.tokens()[i].dep, Dep::Nsubj | Dep::Nsubjpass);
            *counts.entry(mention.party.clone()).or_default() += usize::from(mention.tokens.clone().any(subject));
        }
    }
    counts
}

/// What stands outside quotation marks: how often "I" is a subject, how often of a verb by which an office acts in
/// words, and how often somebody else is said to have said something.
#[derive(Debug, Default)]
struct FirstPerson {
    subjects: usize,
    performed: usize,
    reported: usize,
}

impl FirstPerson {
    fn read(&mut self, parse: &syntax::Parse) {
        let quotes = quotations(parse.text());
        for token in parse.tokens() {
            match &*token.lower {
                _ if token.dep != Dep::Nsubj || is_quoted(&quotes, token.span.start) => {}
                "i" if token.pos == Pos::Pron => {
                    self.subjects += 1;
                    let verb = &*parse.tokens()[token.head].lemma;
                    self.performed += usize::from(TABLE.performing.contains(verb));
                }
                _ => self.reported += usize::from(&*parse.tokens()[token.head].lemma == "say"),
            }
        }
    }
}

/// "Adviser X of A met today with Y of B", in a short text that names no outlet: a readout by A.
fn by_readout(mentions: &Mentions<'_>) -> Option<PartyId> {
    let paragraphs = &mentions.parsed.paragraphs;
    let named_outlet = (0..paragraphs.len()).flat_map(|i| mentions.of_paragraph(i)).any(|m| m.kind == Kind::Outlet);
    if paragraphs.is_empty() || paragraphs.len() > READOUT || named_outlet {
        return None;
    }
    let parse = &paragraphs[0].parse;
    let first = parse.sentences().first()?.clone();
    let today = first.clone().any(|i| matches!(&*parse.tokens()[i].lower, "today" | "yesterday"));
    let root = first.clone().find(|&i| parse.tokens()[i].dep == Dep::Root)?;
    let met = matches!(&*parse.tokens()[root].lemma, "meet" | "speak" | "talk" | "call" | "host" | "welcome");
    let subject = parse.child_by(root, Dep::Nsubj)?;
    let party = mentions.parties(0, subject, Speaking::NOBODY).into_iter().next()?;
    (today && met).then_some(party)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_signs_are_read() {
        assert!(super::VOICES.iter().all(|v| v.least <= v.signs.len()));
    }
}
