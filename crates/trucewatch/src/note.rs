//! What a stage could not read, or read with doubt.

use crate::document::Span;

/// A value together with the doubts that arose on the way.
#[derive(Debug, Clone, Default)]
pub struct Noted<T> {
    /// The value.
    pub value: T,
    /// What to know about it, in the order of the text.
    pub notes: Vec<Note>,
}

/// One doubt: where, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Words that it is about; `None` where it is about the whole document.
    pub span: Option<Span>,
    /// Which check raised it, e.g. `date-header`.
    pub code: &'static str,
    /// What, in lower case and without a full stop.
    pub message: String,
}

impl Note {
    /// A note on the whole document.
    pub fn on_document(code: &'static str, message: impl Into<String>) -> Note {
        Note { span: None, code, message: message.into() }
    }

    /// A note on some words.
    pub fn at(span: Span, code: &'static str, message: impl Into<String>) -> Note {
        Note { span: Some(span), code, message: message.into() }
    }
}
