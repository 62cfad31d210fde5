//! What entries hold, one type a kind. They are written as JSON, apart from the library's types, and fields are only
//! ever added, with a default.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::header::{Header, Kind};
use crate::stored;

/// A report as it came in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// SHA-256 of its text, in hex.
    pub id: String,
    /// The name that it came under.
    pub name: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Where it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its title, where that is no part of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Day or interval of publication (EDTF), where it came with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Whether it was read; a text in another language is kept and not read.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub readable: bool,
    /// What was odd on the way in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<stored::Note>,
    /// What else the way in knows of it: encoding, language, archive, feed, origin and why.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub intake: serde_json::Map<String, serde_json::Value>,
}

impl DocumentRecord {
    /// Id of the first document with this text, and what shows it, where the way in found this one to be a copy.
    #[must_use]
    pub fn origin(&self) -> Option<(&str, &str)> {
        let word = |key: &str| self.intake.get(key).and_then(serde_json::Value::as_str);
        Some((word("origin")?, word("why").unwrap_or_default()))
    }

    /// Notes that this document is a copy of an earlier one.
    pub fn set_origin(&mut self, first: &str, why: &str) {
        self.intake.insert("origin".to_owned(), first.into());
        self.intake.insert("why".to_owned(), why.into());
    }
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_yes(value: &bool) -> bool {
    *value
}

/// A report to append: its record, its text, and its bytes where they are not the text's own.
#[derive(Debug, Clone, Default)]
pub struct DocumentDraft {
    /// What is known of it.
    pub record: DocumentRecord,
    /// The text that was read.
    pub text: String,
    /// The bytes as they came.
    pub original: Option<Vec<u8>>,
}

/// With what a document was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reader {
    /// Version of the program.
    pub version: String,
    /// Hash of the English model, in hex.
    pub model: String,
    /// Packs in use, by id.
    pub packs: Vec<PackUsed>,
    /// Hash of the world gazetteer, in hex, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gazetteer: Option<String>,
}

/// A pack that a document was read with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackUsed {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over its files, in hex.
    pub fingerprint: String,
}

/// What a reader found in a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadingRecord {
    /// With what it was read.
    pub reader: Reader,
    /// Day or interval of publication (EDTF), as far as it is known.
    pub published: Option<String>,
    /// How that is known.
    pub dated_by: Option<String>,
    /// First and last byte of every sentence.
    pub sentences: Vec<[usize; 2]>,
    /// Doubts, those of the way in included.
    pub notes: Vec<stored::Note>,
    /// Claims in text order.
    pub claims: Vec<stored::Claim>,
}

/// What somebody saw on the ground. The document that its entry names as its subject tells it in words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FieldReport {
    /// Who reports.
    pub by: String,
    /// When it was seen (EDTF).
    pub seen: String,
    /// What was seen, in the reporter's words.
    pub words: String,
    /// Where, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Degrees north and east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<[f64; 2]>,
    /// The form as it was filled in, in the mission's own terms.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub form: serde_json::Map<String, serde_json::Value>,
}

/// That the parts of entries were removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// Numbers of the entries.
    pub entries: Vec<u64>,
    /// By which policy, and why.
    pub why: String,
    /// Who decided it.
    pub by: String,
}

/// An entry to append.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: Kind,
    pub(crate) subject: String,
    pub(crate) parts: Vec<(&'static str, Vec<u8>)>,
}

impl Draft {
    /// An entry with a record.
    pub(crate) fn new(kind: Kind, subject: &str, record: &impl Serialize) -> Draft {
        let bytes = serde_json::to_vec(record).unwrap_or_default();
        Draft { kind, subject: subject.to_owned(), parts: vec![("record", bytes)] }
    }

    /// A document with its text and, where they differ from it, its bytes.
    pub(crate) fn document(document: DocumentDraft) -> Draft {
        let DocumentDraft { record, text, original } = document;
        let mut draft = Draft::new(Kind::Document, &record.id, &record);
        let original = original.filter(|bytes| *bytes != text.as_bytes());
        draft.parts.push(("text", text.into_bytes()));
        draft.parts.extend(original.map(|bytes| ("original", bytes)));
        draft
    }
}

/// An entry as it stands in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its header.
    pub header: Header,
    /// Its parts in the header's order; none where the part was removed by policy.
    pub parts: Vec<Option<Vec<u8>>>,
}

impl Entry {
    /// The content of a part; none where there is none or it was removed.
    #[must_use]
    pub fn content(&self, name: &str) -> Option<&[u8]> {
        let both = self.header.parts.iter().zip(&self.parts);
        both.into_iter().find(|(part, _)| part.name == name).and_then(|(_, content)| content.as_deref())
    }

    /// Its record; none where it was removed, or is of another form.
    #[must_use]
    pub fn record<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.content("record")?).ok()
    }
}

/// The time of an entry, not before that of the last one.
pub(crate) fn time_after(last: Option<Timestamp>, now: Timestamp) -> Timestamp {
    let now = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
    last.map_or(now, |last| now.max(last))
}
