//! What lies on the table: the claims, the documents they come from, and the packs in use.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Ruling;
use super::origin::Copied;
use crate::claim::Claim;
use crate::document::Span;
use crate::note::Note;
use crate::pack::Knowledge;
use crate::when::Interval;

/// A document as far as later stages need it.
#[derive(Debug, Clone)]
pub struct Source {
    /// Id of the document, as its claims give it.
    pub id: String,
    /// The name that the user knows it by.
    pub name: String,
    /// Who published it, where that is known.
    pub outlet: Option<String>,
    /// Day or interval of publication.
    pub published: Option<Interval>,
    /// The whole text.
    pub text: Arc<str>,
    /// Its sentences in order; may be empty, then lines stand in for them.
    pub sentences: Vec<Span>,
    /// What could not be read in it, or was read with doubt.
    pub notes: Vec<Note>,
    /// The text that it is a copy of, where whoever took it in has found one.
    pub copy_of: Option<Copied>,
}

impl Source {
    /// Number (the first being 1) and span of the sentence, or else the line, in which a span begins.
    #[must_use]
    pub fn sentence(&self, span: Span) -> (usize, Span) {
        let after = self.sentences.partition_point(|s| s.start <= span.start);
        match after.checked_sub(1).and_then(|i| self.sentences.get(i)) {
            Some(sentence) => (after, *sentence),
            None => self.line(span),
        }
    }

    /// The words of a span; empty where it does not fit the text.
    #[must_use]
    pub fn words(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    /// Number and span of the line in which a span begins.
    #[must_use]
    pub fn line(&self, span: Span) -> (usize, Span) {
        let before = self.text.get(..span.start).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        let rest = self.text.get(span.start..).unwrap_or("");
        let end = rest.find('\n').map_or(self.text.len(), |i| span.start + i);
        (before.matches('\n').count() + 1, Span::new(start, end))
    }
}

/// Everything that judging looks things up in. Claims are sorted by document day, document and span, whatever the
/// order in which they came; a claim given twice is kept once.
#[derive(Debug)]
pub struct Record<'a> {
    claims: Vec<&'a Claim>,
    by_id: BTreeMap<&'a str, &'a Claim>,
    sources: BTreeMap<&'a str, &'a Source>,
    knowledge: &'a Knowledge,
    rulings: &'a [Ruling],
}

impl<'a> Record<'a> {
    /// Lays claims and their documents side by side. Documents without claims count too: they were read.
    #[must_use]
    pub fn new(claims: &'a [Claim], sources: &'a [Source], knowledge: &'a Knowledge) -> Record<'a> {
        let sources: BTreeMap<&str, &Source> = sources.iter().map(|s| (s.id.as_str(), s)).collect();
        let by_id: BTreeMap<&str, &Claim> = claims.iter().map(|c| (c.id.as_str(), c)).collect();
        let mut claims: Vec<&Claim> = by_id.values().copied().collect();
        let published = |c: &Claim| sources.get(c.document.as_str()).and_then(|s| s.published?.first_day());
        claims.sort_by_cached_key(|c| (published(c), c.document.as_str(), c.span, c.id.as_str()));
        Record { claims, by_id, sources, knowledge, rulings: &[] }
    }

    /// The same with what people decided on the grouping.
    #[must_use]
    pub fn with_rulings(self, rulings: &'a [Ruling]) -> Record<'a> {
        Record { rulings, ..self }
    }

    /// All claims in order.
    #[must_use]
    pub fn claims(&self) -> &[&'a Claim] {
        &self.claims
    }

    /// The claims of each document in turn.
    pub(super) fn by_document(&self) -> impl Iterator<Item = &[&'a Claim]> {
        self.claims.chunk_by(|a, b| a.document == b.document)
    }

    /// The claim of an id.
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<&'a Claim> {
        self.by_id.get(id).copied()
    }

    /// The document of a claim.
    #[must_use]
    pub fn source(&self, claim: &Claim) -> Option<&'a Source> {
        self.sources.get(claim.document.as_str()).copied()
    }

    /// The document of an id.
    pub(crate) fn source_of(&self, document: &str) -> Option<&'a Source> {
        self.sources.get(document).copied()
    }

    /// All documents, by id.
    pub fn sources(&self) -> impl Iterator<Item = &'a Source> + '_ {
        self.sources.values().copied()
    }

    /// The words of a claim.
    #[must_use]
    pub fn quote(&self, claim: &Claim) -> &'a str {
        self.source(claim).map_or("", |s| s.words(claim.span))
    }

    /// The words by which a claim names an agreement.
    #[must_use]
    pub fn agreement_words(&self, claim: &Claim) -> Option<&'a str> {
        self.source(claim).zip(claim.agreement).map(|(s, span)| s.words(span))
    }

    /// What people decided on the grouping, in order.
    #[must_use]
    pub fn rulings(&self) -> &'a [Ruling] {
        self.rulings
    }

    /// The packs in use.
    #[must_use]
    pub fn knowledge(&self) -> &'a Knowledge {
        self.knowledge
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str, sentences: Vec<Span>) -> Source {
        Source {
            id: "d".into(),
            name: "d.txt".into(),
            outlet: None,
            published: None,
            text: text.into(),
            sentences,
            notes: Vec::new(),
            copy_of: None,
        }
    }

    #[test]
    fn a_span_outside_the_text_has_no_words() {
        assert_eq!(source("ab", Vec::new()).words(Span::new(1, 9)), "");
    }

    #[test]
    fn sentences_are_numbered_from_one_and_lines_stand_in() {
        let text = "One.\nTwo.";
        assert_eq!(
            source(text, vec![Span::new(0, 4), Span::new(5, 9)]).sentence(Span::new(6, 8)),
            (2, Span::new(5, 9))
        );
        assert_eq!(source(text, Vec::new()).sentence(Span::new(6, 8)), (2, Span::new(5, 9)));
    }
}
