//! Bytes from outside to documents. Everything untrusted enters here, under limits.
//!
//! [`text`](fn@text) turns the bytes of one report into a [`Received`]; [`meta`](fn@meta) reads the file beside it, [`line`](fn@line) one line of
//! JSON. These are pure. Files are opened in one place, [`Shelf`](files::Shelf).

mod decode;
mod error;
pub mod files;
mod jsonl;
mod language;
mod meta;

pub use decode::{Refusal, decode};
pub use error::IntakeError;
pub use jsonl::{LineError, line};
pub use language::{Language, language};
pub use meta::{MetaError, meta};

use trucewatch::document::{Document, Meta};
use trucewatch::note::{Note, Noted};

/// Bytes of one report, at most, unless the caller says otherwise.
pub const MAX_BYTES: u64 = 4 << 20;

/// A document as it came in, with what is to be known before it is read.
#[derive(Debug, Clone)]
pub struct Received {
    /// The document.
    pub document: Document,
    /// The caller's own id, where the input gave one.
    pub id: Option<String>,
    /// What was odd about its bytes or its language.
    pub notes: Vec<Note>,
    /// Whether it is to be read; a text that is not English is kept and not read.
    pub is_english: bool,
}

/// A document of some text: looks at its language, and notes what keeps it from being read.
#[must_use]
pub fn receive(name: &str, text: Noted<String>, meta: Meta) -> Received {
    let Noted { value: text, mut notes } = text;
    let language = language(&text);
    let is_english = matches!(language, Language::English | Language::Unclear);
    if let Language::Other(found) = language {
        notes.push(Note::on_document("language", format!("the text is in {found}; only English is read")));
    }
    if text.trim().is_empty() {
        notes.push(Note::on_document("empty", "the document holds no text"));
    }
    Received { document: Document::new(name, text, meta), id: None, notes, is_english }
}

/// A document of some bytes.
///
/// # Errors
/// [`Refusal`] for what is no plain text.
pub fn text(name: &str, bytes: &[u8], meta: Meta) -> Result<Received, Refusal> {
    Ok(receive(name, decode(bytes)?, meta))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_another_language_is_named_and_not_read() {
        let german = "Das Ministerium teilte mit, dass in der Nacht mehrere Granaten auf das Dorf gefallen seien.";
        let received = text("a.txt", german.as_bytes(), Meta::default()).unwrap();
        assert!(!received.is_english);
        assert_eq!(received.notes[0].message, "the text is in German; only English is read");
    }

    #[test]
    fn an_empty_file_is_a_document_with_a_note() {
        let received = text("a.txt", b" \n", Meta::default()).unwrap();
        assert!(received.is_english);
        assert_eq!(received.notes[0].code, "empty");
    }

    #[test]
    fn plain_english_comes_without_a_note() {
        let received = text("a.txt", "Both sides kept quiet.\r\n".as_bytes(), Meta::default()).unwrap();
        assert!(received.notes.is_empty() && received.is_english);
        assert_eq!(received.document.text(), "Both sides kept quiet.\r\n");
    }
}
