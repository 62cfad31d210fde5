//! Whose own words a document is that bears no letterhead: by what its narrator does in them. An office that issues a
//! statement acts in the present tense ("Vesk welcomes", "we call on both sides"), where news tells that it acted; a
//! mission tells what it saw and heard itself, sentence by sentence, where news says that the mission said so.

use std::collections::BTreeMap;

use syntax::{Dep, Pos, Tag, Token};

use super::mention::Mentions;
use super::phrase::Speaking;
use super::voice::TABLE;
use crate::document::{ParagraphKind, ParsedParagraph, is_quoted, quotations};
use crate::pack::PartyId;

/// Acts in words that make a text the statement of who acts.
const ACTS: usize = 2;
/// Sentences in which a mission sees or hears that make a text its report, and their least share of all.
const SIGHTINGS: usize = 3;
const SHARE: f64 = 0.2;

/// Whose own words a document is, and the rule that says so; `byline` is the party of the person or body named above it.
pub(super) fn whose(mentions: &Mentions<'_>, byline: Option<PartyId>) -> Option<(PartyId, &'static str)> {
    let told = Told::of(mentions);
    let acts = by_acts(&told, byline).map(|p| (p, "voice/acts"));
    acts.or_else(|| by_sightings(&told).map(|p| (p, "voice/sightings")))
}

/// The party that acts in the words of a statement.
fn by_acts(told: &Told, byline: Option<PartyId>) -> Option<PartyId> {
    let byline = byline.filter(|p| !p.is_bystander());
    let acts: usize = told.acts.values().map(|a| a.count).sum();
    let most = told.acts.iter().max_by_key(|(_, a)| a.count).filter(|(_, a)| a.count * 2 > acts);
    // Whoever speaks as "we" is named first, by what it does.
    let most = most.filter(|(_, a)| told.ours.count <= 2 * a.count || a.first < told.ours.first);
    let done = most.map_or(0, |(_, a)| a.count) + told.ours.count;
    let least = if byline.is_some() { 1 } else { ACTS };
    let is_statement = done >= least && done > told.reported;
    most.map(|(p, _)| p.clone()).or(byline).filter(|_| is_statement)
}

/// The body whose observers see and hear what is told.
fn by_sightings(told: &Told) -> Option<PartyId> {
    let (party, seen) = told.sightings.iter().max_by_key(|(_, n)| **n)?;
    let enough = *seen >= SIGHTINGS && *seen as f64 >= SHARE * told.sentences as f64;
    (enough && told.reported * 2 <= *seen).then(|| party.clone())
}

/// How often somebody acts in words, and the place of the first time.
#[derive(Debug, Default, Clone, Copy)]
struct Acts {
    count: usize,
    first: (usize, usize),
}

impl Acts {
    fn add(&mut self, at: (usize, usize)) {
        if self.count == 0 {
            self.first = at;
        }
        self.count += 1;
    }
}

/// What stands outside headings and quotation marks.
#[derive(Debug, Default)]
struct Told {
    sentences: usize,
    /// How often each party acts in words, and how often "we" do.
    acts: BTreeMap<PartyId, Acts>,
    ours: Acts,
    /// How often each body sees or hears something.
    sightings: BTreeMap<PartyId, usize>,
    /// How often somebody is said to have said something.
    reported: usize,
}

impl Told {
    fn of(mentions: &Mentions<'_>) -> Told {
        let mut told = Told::default();
        for (index, paragraph) in mentions.parsed.paragraphs.iter().enumerate() {
            if paragraph.kind != ParagraphKind::Headline {
                told.read(mentions, index, paragraph);
            }
        }
        told
    }

    fn read(&mut self, mentions: &Mentions<'_>, index: usize, paragraph: &ParsedParagraph) {
        self.sentences += paragraph.parse.sentences().len();
        let quotes = quotations(paragraph.parse.text());
        for (i, token) in paragraph.parse.tokens().iter().enumerate() {
            if token.dep == Dep::Nsubj && !is_quoted(&quotes, token.span.start) {
                self.subject(mentions, index, i, paragraph);
            }
        }
    }

    fn subject(&mut self, mentions: &Mentions<'_>, index: usize, i: usize, paragraph: &ParsedParagraph) {
        let token = &paragraph.parse.tokens()[i];
        let verb = &paragraph.parse.tokens()[token.head];
        let ours = token.pos == Pos::Pron && &*token.lower == "we";
        let parties = || mentions.parties(index, i, Speaking::NOBODY);
        if acts(verb, token.head, paragraph) {
            if ours {
                self.ours.add((index, i));
            }
            acting(&parties()).into_iter().for_each(|p| self.acts.entry(p).or_default().add((index, i)));
        } else if verb.tag == Tag::Vbd && TABLE.observing.contains(&*verb.lemma) {
            let body = parties().into_iter().find(|p| mentions.bodies.contains(p));
            body.into_iter().for_each(|p| *self.sightings.entry(p).or_default() += 1);
        }
        let finite = matches!(verb.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp);
        self.reported += usize::from(finite && !ours && TABLE.saying.contains(&*verb.lemma));
    }
}

/// Who acts: several together are nobody's own voice.
fn acting(parties: &[PartyId]) -> Option<PartyId> {
    match parties {
        [] => None,
        [one] => Some(one.clone()).filter(|p| !p.is_bystander()),
        _ => Some(PartyId::new(PartyId::OTHER)),
    }
}

/// "welcomes", "call on", "is gravely concerned": in the present, and not under "will" or "would".
fn acts(verb: &Token, at: usize, paragraph: &ParsedParagraph) -> bool {
    let parse = &paragraph.parse;
    let helped = parse.children_by(at, &[Dep::Aux, Dep::Auxpass]).next();
    let present = |t: &Token| matches!(t.tag, Tag::Vbz | Tag::Vbp);
    let is_moved = |t: &Token| TABLE.moved.contains(&*t.lower);
    let complement = || parse.children_by(at, &[Dep::Acomp, Dep::Attr]).next().map(|c| &parse.tokens()[c]);
    match helped {
        None if &*verb.lemma == "be" => present(verb) && complement().is_some_and(is_moved),
        None => present(verb) && TABLE.performing.contains(&*verb.lemma),
        Some(aux) => present(&parse.tokens()[aux]) && is_moved(verb),
    }
}
