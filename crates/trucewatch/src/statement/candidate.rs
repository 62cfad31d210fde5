//! What a finder proposes, before the best for each cue is chosen.

use std::ops::Range;

use syntax::Dep;

use super::cue::{self, Entry, Verdict};
use super::scene::Scene;
use super::{Manner, Statement};

/// How much a construction is to be trusted against another one for the same cue; higher wins. The order is that of
/// the precision the constructions had on the tuning half of the bench.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Hearsay,
    Loose,
    Relative,
    Noun,
    Passive,
    Preposition,
    Object,
    LightVerb,
    Adjective,
    Infinitive,
    Clause,
    Aside,
    LedQuote,
    Headline,
    Quote,
    According,
    Transcript,
}

/// Who is named: a run of tokens and its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) run: Range<usize>,
    pub(super) head: usize,
}

/// One proposed statement; offsets are bytes of the paragraph.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) rank: Rank,
    pub(super) source: Option<Named>,
    pub(super) cue: Range<usize>,
    pub(super) cue_head: usize,
    pub(super) content: Vec<Range<usize>>,
    /// Heads of the content where the finder knows them; else they are looked up.
    pub(super) heads: Vec<usize>,
    pub(super) addressee: Option<usize>,
    pub(super) verdict: Verdict,
    pub(super) rule: &'static str,
    pub(super) manner: Manner,
    pub(super) negated: bool,
}

impl Candidate {
    /// A candidate that a table entry stands behind; nobody named, nothing in it yet.
    pub(super) fn new(scene: &Scene, rank: Rank, cue_head: usize, cue: Range<usize>, entry: Entry) -> Candidate {
        Candidate {
            rank,
            source: None,
            cue,
            cue_head,
            content: Vec::new(),
            heads: Vec::new(),
            addressee: None,
            verdict: entry.verdict,
            rule: entry.rule,
            manner: Manner::Reported,
            negated: scene.is_negated(cue_head),
        }
    }

    pub(super) fn with_source(mut self, source: Option<Named>) -> Candidate {
        self.source = source;
        self
    }

    /// Adds a stretch of content, trimmed of what never belongs to it.
    pub(super) fn with_content(mut self, scene: &Scene, bytes: Range<usize>) -> Candidate {
        let trimmed = super::cut::trim(scene, bytes);
        if !trimmed.is_empty() {
            self.content.push(trimmed);
        }
        self
    }

    pub(super) fn with_head(mut self, head: usize) -> Candidate {
        self.heads.push(head);
        self
    }

    pub(super) fn with_addressee(mut self, addressee: Option<usize>) -> Candidate {
        self.addressee = addressee;
        self
    }

    pub(super) fn with_manner(mut self, manner: Manner) -> Candidate {
        self.manner = manner;
        self
    }

    /// The statement, in offsets of the document.
    pub(super) fn settle(self, scene: &Scene) -> Statement {
        let heads = if self.heads.is_empty() { heads_of(scene, &self.content) } else { self.heads };
        let quoted = self.content.iter().any(|c| scene.quotes.iter().any(|q| q.outer == *c));
        let manner = if quoted && self.manner == Manner::Reported { Manner::Quoted } else { self.manner };
        Statement {
            paragraph: scene.index,
            source: self.source.iter().map(|s| scene.span(&scene.parse.bytes(s.run.clone()))).collect(),
            cue: vec![scene.span(&self.cue)],
            content: self.content.iter().map(|c| scene.span(c)).collect(),
            source_head: self.source.map(|s| s.head),
            cue_head: Some(self.cue_head),
            content_heads: heads,
            addressee: self.addressee,
            verdict: self.verdict,
            negated: self.negated,
            spoken: !cue::words().deeds.contains(scene.lemma(self.cue_head)) && !is_wanted(scene, self.cue_head),
            manner,
            rule: self.rule,
            within: None,
            continues: None,
        }
    }
}

/// "Torv should have demanded", "they could say": what somebody is wished to say or might have said is not said.
fn is_wanted(scene: &Scene, cue: usize) -> bool {
    let wished = |a: usize| matches!(scene.lower(a), "should" | "ought" | "could" | "might");
    scene.parse.children_by(cue, &[Dep::Aux]).any(wished)
}

/// Tokens of a content whose head lies outside of it; punctuation apart.
pub(super) fn heads_of(scene: &Scene, content: &[Range<usize>]) -> Vec<usize> {
    let mut out = Vec::new();
    for bytes in content {
        let run = scene.tokens_in(bytes);
        let tokens = scene.parse.tokens();
        let tops = |&i: &usize| (tokens[i].head == i || !run.contains(&tokens[i].head)) && tokens[i].dep != Dep::Punct;
        out.extend(run.clone().filter(tops));
    }
    out
}
