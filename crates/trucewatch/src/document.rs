//! A report as it was received: immutable text, where it comes from, its paragraphs, and offsets in every unit.
//!
//! The only module that cuts text by offset. It knows nothing of meaning.

mod furniture;
mod paragraph;
mod parsed;
mod position;
mod quote;
mod spelling;
#[cfg(test)]
pub(crate) mod testing;

use sha2::{Digest, Sha256};

pub use paragraph::{Paragraph, ParagraphKind};
pub use parsed::{ParsedDocument, ParsedParagraph};
pub use position::Positions;
pub(crate) use quote::{Ends, Quote, ends as quote_ends, is_quoted, pair as quotations};
pub use spelling::spellings;

use crate::when::Interval;

/// Whether what stands in a text from `start` to `end`, in bytes, is no part of a longer word.
#[must_use]
pub fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    ![before, after].iter().flatten().any(|c| c.is_alphanumeric())
}

/// Where the paragraphs of a text begin, in bytes.
#[must_use]
pub fn paragraph_starts(text: &str) -> Vec<usize> {
    paragraph::split(text).iter().map(|p| p.span.start).collect()
}

/// A range of bytes in one document's text, both ends on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; empty at `start` if they are in the wrong order.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn meets(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly within.
    #[must_use]
    pub fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span over both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// What is known of a document from outside its text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meta {
    /// Day or interval of publication, where the user or the file beside the text gives it.
    pub published: Option<Interval>,
    /// Outlet that published it.
    pub outlet: Option<String>,
    /// Where it stood.
    pub url: Option<String>,
    /// Title, where it is not part of the text.
    pub title: Option<String>,
}

/// A report: immutable text with its name and what is known of it.
#[derive(Debug, Clone)]
pub struct Document {
    id: String,
    name: String,
    text: String,
    meta: Meta,
    paragraphs: Vec<Paragraph>,
}

impl Document {
    /// Makes a document and finds its paragraphs. The id is the SHA-256 of the text, in hex.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>, meta: Meta) -> Document {
        let text = text.into();
        let id = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        let paragraphs = paragraph::split(&text);
        Document { id, name: name.into(), text, meta, paragraphs }
    }

    /// SHA-256 of the text, in hex: one text, one id, wherever it came from.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name that the user knows it by, such as its file name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is known of it from outside.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Its paragraphs in order; what lies between them is white space.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The characters of a span; empty where the span does not fit this text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }
}
