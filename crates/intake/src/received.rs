//! A document as it came in.

use trucewatch::document::{Document, Meta};
use trucewatch::note::Note;

use crate::content::Taken;
use crate::{Format, Language, Original, language};

/// A document as it came in, with what is to be known before it is read.
#[derive(Debug, Clone)]
pub struct Received {
    /// The document: its text, and what its file says of it.
    pub document: Document,
    /// The caller's or the sender's own id, where the input gave one: of a line or a row, an entry, a message.
    pub id: Option<String>,
    /// What was odd about its bytes or its language.
    pub notes: Vec<Note>,
    /// Whether it is to be read; a text that is not English is kept and not read.
    pub is_english: bool,
    /// What it is in.
    pub language: Language,
    /// Encoding of its text, as the WHATWG standard names it.
    pub encoding: &'static str,
    /// What kind of file it came in.
    pub format: Format,
    /// The bytes that the text was read from.
    pub original: Original,
}

impl Received {
    /// Names a document that was taken from `file`, looks at its language, and notes what keeps it from being read.
    /// `complete` has the last word on what is known of it.
    pub(crate) fn new(file: &str, taken: Taken, complete: impl FnOnce(Meta) -> Meta) -> Received {
        let Taken { content, original, format, suffix } = taken;
        let named = content.id.clone().filter(|_| format == Format::Jsonl);
        let name = named.unwrap_or_else(|| format!("{file}{suffix}"));
        let mut notes = content.notes;
        let language = language(&content.text);
        let is_english = matches!(language, Language::English | Language::Unclear);
        if let Language::Other(found) = language {
            notes.push(Note::on_document("language", format!("the text is in {found}; only English is read")));
        }
        if content.text.trim().is_empty() {
            notes.push(Note::on_document("empty", "the document holds no text"));
        }
        let document = Document::new(name, content.text, complete(content.meta));
        let encoding = content.encoding;
        Received { document, id: content.id, notes, is_english, language, encoding, format, original }
    }
}
