//! Lines of the brief and what each rests on. A line that rests on nothing cannot be made.

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::document::Span;
use crate::incident::Record;

use super::quotation;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The brief's own words.
    Text(String),
    /// Words of a document, verbatim but for line breaks, inner quotation marks and an ellipsis where they are cut.
    Quote(String),
    /// A footnote by number.
    Note(usize),
}

/// What a line rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// Ids of claims; never empty.
    Claims(Vec<String>),
    /// The record of an agreement in a pack, by id.
    Agreement(String),
    /// That something is absent.
    Nil(Nil),
}

/// Kinds of absence. They are four different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nil {
    /// Documents were read and none says anything of it.
    NothingReported,
    /// No document was read for it.
    NotCovered,
    /// Documents were read, and their words do not tell.
    Unknown,
}

/// One line: a sentence or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// What it rests on.
    pub basis: Basis,
}

/// Where words of the brief stand in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// Its number, the first being 1.
    pub number: usize,
    /// Id of the document.
    pub document: String,
    /// The document's name.
    pub name: String,
    /// Number of the sentence (or line, where sentences are not known), the first being 1.
    pub sentence: usize,
    /// The whole sentence, shortened where it is long.
    pub words: String,
    /// Ids of the claims that stand there and are used.
    pub claims: Vec<String>,
}

impl Line {
    /// Several lines as one, with a space between; none where there are none.
    #[must_use]
    pub fn joined(lines: Vec<Line>) -> Option<Line> {
        lines.into_iter().reduce(|mut all, next| {
            all.pieces.push(Piece::Text(" ".to_owned()));
            all.pieces.extend(next.pieces);
            if let (Basis::Claims(ids), Basis::Claims(more)) = (&mut all.basis, next.basis) {
                ids.extend(more);
                ids.sort();
                ids.dedup();
            }
            all
        })
    }
}

/// Error for a line that rests on no claim, no record and no nil entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a line of the brief needs a claim, a record of an agreement or a nil entry")]
pub struct NoBasis;

/// A line in the making.
#[derive(Debug, Clone, Default)]
pub struct LineBuilder {
    pieces: Vec<Piece>,
    claims: Vec<String>,
    other: Option<Basis>,
}

impl LineBuilder {
    /// A line that begins with some words.
    #[must_use]
    pub fn new(words: impl Into<String>) -> LineBuilder {
        LineBuilder::default().say(words)
    }

    /// Adds words of the brief's own.
    #[must_use]
    pub fn say(mut self, words: impl Into<String>) -> LineBuilder {
        self.pieces.push(Piece::Text(words.into()));
        self
    }

    /// Adds a claim's words in quotation marks, with their footnote.
    #[must_use]
    pub fn quote(self, page: &mut Page<'_>, claim: &Claim) -> LineBuilder {
        let words = quotation::of_claim(page.record, claim);
        self.quote_once(page, words, &[claim])
    }

    /// Adds words in which several claims stand, in quotation marks, with their footnote.
    pub(super) fn quote_once(mut self, page: &mut Page<'_>, words: String, claims: &[&Claim]) -> LineBuilder {
        self.pieces.push(Piece::Quote(words));
        claims.iter().fold(self, |line, claim| line.cite(page, claim))
    }

    /// Adds a claim's footnote only.
    #[must_use]
    pub fn cite(mut self, page: &mut Page<'_>, claim: &Claim) -> LineBuilder {
        let note = Piece::Note(page.footnote(claim));
        let cited = self.pieces.iter().rev().take_while(|p| matches!(p, Piece::Note(_))).any(|p| *p == note);
        if !cited {
            self.pieces.push(note);
        }
        self.claims.push(claim.id.clone());
        self
    }

    /// Rests the line on claims that it does not cite.
    #[must_use]
    pub fn resting_on(mut self, claims: impl IntoIterator<Item = String>) -> LineBuilder {
        self.claims.extend(claims);
        self
    }

    /// Rests the line on an agreement's record, or on an absence.
    #[must_use]
    pub fn by(mut self, basis: Basis) -> LineBuilder {
        self.other = Some(basis);
        self
    }

    /// The line.
    ///
    /// # Errors
    /// [`NoBasis`] where it rests on nothing.
    pub fn build(mut self) -> Result<Line, NoBasis> {
        self.claims.sort();
        self.claims.dedup();
        let claims = (!self.claims.is_empty()).then_some(Basis::Claims(self.claims));
        claims.or(self.other).map(|basis| Line { pieces: self.pieces, basis }).ok_or(NoBasis)
    }
}

/// Characters of a sentence in a footnote, at most.
const SENTENCE: usize = 320;

/// The brief as far as it is written: hands out footnotes in the order of their first use.
#[derive(Debug)]
pub struct Page<'a> {
    /// What is written of.
    pub record: &'a Record<'a>,
    notes: Vec<Footnote>,
    numbers: BTreeMap<(String, Span), usize>,
}

impl<'a> Page<'a> {
    /// An empty page.
    #[must_use]
    pub fn new(record: &'a Record<'a>) -> Page<'a> {
        Page { record, notes: Vec::new(), numbers: BTreeMap::new() }
    }

    /// All footnotes.
    #[must_use]
    pub fn into_footnotes(self) -> Vec<Footnote> {
        self.notes
    }

    /// The number of the footnote to a claim's sentence; one sentence, one number.
    fn footnote(&mut self, claim: &Claim) -> usize {
        let Some(source) = self.record.source(claim) else { return 0 };
        let (sentence, span) = source.sentence(claim.span);
        let next = self.notes.len() + 1;
        let number = *self.numbers.entry((claim.document.clone(), span)).or_insert(next);
        if number == next {
            self.notes.push(Footnote {
                number,
                document: source.id.clone(),
                name: source.name.clone(),
                sentence,
                words: quotation::shortened(source.words(span), SENTENCE),
                claims: Vec::new(),
            });
        }
        if let Some(note) = self.notes.get_mut(number - 1)
            && !note.claims.contains(&claim.id)
        {
            note.claims.push(claim.id.clone());
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::{Tale, Told};

    #[test]
    fn a_line_that_rests_on_nothing_is_refused() {
        assert_eq!(LineBuilder::new("All was quiet.").build(), Err(NoBasis));
        assert!(LineBuilder::new("No report.").by(Basis::Nil(Nil::NotCovered)).build().is_ok());
    }

    #[test]
    fn one_sentence_has_one_footnote() {
        let mut tale = Tale::new();
        tale.tell(Told::new("a", "2031-03-08", "Vesk shelled Hollin").by("orlava").shelling(
            "vesk",
            "orlava",
            "2031-03-07",
        ));
        let record = tale.record();
        let mut page = Page::new(&record);
        let claim = record.claims()[0];
        let line = LineBuilder::new("Orlava: ").quote(&mut page, claim).cite(&mut page, claim).build().unwrap();
        assert_eq!(line.pieces.len(), 3);
        assert_eq!(page.into_footnotes().len(), 1);
    }
}
