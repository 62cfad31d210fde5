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

/// Whether a character turns the order in which others are shown, up to the end of their line (Unicode's embeddings,
/// overrides and isolates). A report keeps them; a name of a report or outlet with one in it makes what stands beside it
/// read otherwise.
#[must_use]
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Words that stand beside others on one line.
fn label(words: &str) -> String {
    words.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// What is known of a document, as labels; an outlet or title without words is none.
fn labelled(meta: Meta) -> Meta {
    let clean = |words: Option<String>| words.map(|w| label(&w).trim().to_owned()).filter(|w| !w.is_empty());
    Meta { outlet: clean(meta.outlet), title: clean(meta.title), ..meta }
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
        let document = Document::new(label(&name), content.text, labelled(complete(content.meta)));
        let encoding = content.encoding;
        Received { document, id: content.id, notes, is_english, language, encoding, format, original }
    }
}

#[cfg(test)]
mod tests {
    use crate::files::Shelf;
    use trucewatch::document::Meta;

    #[test]
    fn names_outlets_and_titles_are_labels_and_the_text_is_as_it_was() {
        let given = Meta {
            outlet: Some(" Tern\u{202E}wire\n".to_owned()),
            title: Some("\u{2066} ".to_owned()),
            ..Meta::default()
        };
        let text = "Quiet on \u{202E}the line\u{202C}.";
        let read = Shelf::default().bytes("a\n\u{1B}[2Jb.txt", text.into(), given).next().unwrap().unwrap();
        assert_eq!(read.document.name(), "a  [2Jb.txt");
        assert_eq!(read.document.meta().outlet.as_deref(), Some("Ternwire"));
        assert_eq!(read.document.meta().title, None);
        assert_eq!(read.document.text(), text);
    }
}
