//! The front door of reading: one document in, everything that was found in it out.

use std::sync::Arc;

use crate::World;
use crate::claim::{self, Claim};
use crate::document::{Document, ParsedDocument, Span};
use crate::incident::Source;
use crate::note::{Note, Noted};
use crate::party::Mentions;
use crate::when::Interval;

/// Everything that was read in one document.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Id of the document.
    pub document: String,
    /// Its name.
    pub name: String,
    /// Outlet, where it is known from outside the text.
    pub outlet: Option<String>,
    /// The whole text.
    pub text: Arc<str>,
    /// When it was published.
    pub published: Option<Interval>,
    /// How that is known.
    pub dated_by: Option<String>,
    /// Sentences of the paragraphs that are read, in order.
    pub sentences: Vec<Span>,
    /// Claims, in text order.
    pub claims: Vec<Claim>,
}

impl Reading {
    /// The document as the later stages cite it.
    #[must_use]
    pub fn source(&self) -> Source {
        Source {
            id: self.document.clone(),
            name: self.name.clone(),
            outlet: self.outlet.clone(),
            published: self.published,
            text: Arc::clone(&self.text),
            sentences: self.sentences.clone(),
        }
    }
}

/// Reads one document. Never fails: what cannot be read is fewer claims and more notes.
#[must_use]
pub fn read(document: &Document, world: &dyn World) -> Noted<Reading> {
    let parsed = ParsedDocument::new(document, world.model());
    let notes: Vec<Note> = Vec::new();
    let published = document.meta().published;
    let day = published.and_then(Interval::first_day);
    let mentions = Mentions::new(&parsed, world.names(), world.knowledge(), day);
    let claims = claim::code(&parsed, &mentions);
    let reading = Reading {
        document: document.id().to_owned(),
        name: document.name().to_owned(),
        outlet: document.meta().outlet.clone(),
        text: document.text().into(),
        published,
        dated_by: published.map(|_| "given".to_owned()),
        sentences: sentences(&parsed),
        claims,
    };
    Noted { value: reading, notes }
}

fn sentences(parsed: &ParsedDocument<'_>) -> Vec<Span> {
    let of = |p: &crate::document::ParsedParagraph| -> Vec<Span> {
        p.parse.sentences().iter().map(|s| p.span_of(s.clone())).collect()
    };
    parsed.paragraphs.iter().flat_map(of).collect()
}
