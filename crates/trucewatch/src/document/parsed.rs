//! A document with the syntax of each paragraph that is read.

use std::ops::Range;

use syntax::{Model, Parse};

use super::{Document, ParagraphKind, Span};

/// Paragraphs that are handed to the model at once.
const BATCH: usize = 16;

/// A document and the parse of its paragraphs.
#[derive(Debug)]
pub struct ParsedDocument<'a> {
    /// The document.
    pub document: &'a Document,
    /// The paragraphs that are read, in text order; furniture is left out.
    pub paragraphs: Vec<ParsedParagraph>,
}

/// One paragraph with its parse.
#[derive(Debug)]
pub struct ParsedParagraph {
    /// Where it stands in the document.
    pub span: Span,
    /// Headline or body.
    pub kind: ParagraphKind,
    /// Its syntax; token offsets count from the paragraph's start.
    pub parse: Parse,
}

impl ParsedParagraph {
    /// Document span of a run of tokens.
    #[must_use]
    pub fn span_of(&self, run: Range<usize>) -> Span {
        let bytes = self.parse.bytes(run);
        Span::new(self.span.start + bytes.start, self.span.start + bytes.end)
    }

    /// Document span of token `i`.
    #[must_use]
    pub fn span_at(&self, i: usize) -> Span {
        self.span_of(i..i + 1)
    }

    /// The run of tokens that lie wholly within a document span.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let from = span.start.saturating_sub(self.span.start);
        let to = span.end.saturating_sub(self.span.start);
        let tokens = self.parse.tokens();
        let first = tokens.partition_point(|t| t.span.start < from);
        let last = tokens.partition_point(|t| t.span.end <= to);
        first..last.max(first)
    }
}

impl<'a> ParsedDocument<'a> {
    /// Parses every paragraph that is read.
    #[must_use]
    pub fn new(document: &'a Document, model: &Model) -> ParsedDocument<'a> {
        let read: Vec<_> = document.paragraphs().iter().filter(|p| p.kind != ParagraphKind::Furniture).collect();
        let mut paragraphs = Vec::with_capacity(read.len());
        for batch in read.chunks(BATCH) {
            let texts: Vec<String> = batch.iter().map(|p| unwrapped(document.slice(p.span))).collect();
            let parses = model.parse(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            paragraphs.extend(batch.iter().zip(parses).map(|(p, parse)| ParsedParagraph {
                span: p.span,
                kind: p.kind,
                parse,
            }));
        }
        ParsedDocument { document, paragraphs }
    }
}

/// A paragraph with its line breaks as spaces: of the same length, and the model takes a break for a token.
fn unwrapped(paragraph: &str) -> String {
    paragraph.replace(['\n', '\r', '\t'], " ")
}
