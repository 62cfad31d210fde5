//! An entry's header: the bytes that are a leaf of the log. It holds the hashes of the entry's parts, so that a part
//! can be removed by policy and the log still be checked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::tree::sha256;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A report as it came in.
    Document,
    /// What a reader found in it.
    Reading,
    /// What a person decided.
    Decision,
    /// What somebody saw on the ground.
    FieldReport,
    /// That somebody signs by a key of their own, or no longer does.
    Key,
    /// What somebody who has to do with a mission stated, signed or not.
    Statement,
    /// A signed checkpoint of all entries before it.
    Checkpoint,
    /// That the parts of entries were removed, and why.
    Tombstone,
}

impl Kind {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Document => "document",
            Kind::Reading => "reading",
            Kind::Decision => "decision",
            Kind::FieldReport => "field-report",
            Kind::Key => "key",
            Kind::Statement => "statement",
            Kind::Checkpoint => "checkpoint",
            Kind::Tombstone => "tombstone",
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An entry's header. Its canonical bytes are JSON after RFC 8785: no white space, keys in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// When it was appended, in microseconds of universal time; never earlier than the entry before it.
    #[serde(with = "instant")]
    pub at: Timestamp,
    /// What it is.
    pub kind: Kind,
    /// Its number, the first being 0.
    pub number: u64,
    /// What belongs to it, by hash.
    pub parts: Vec<Part>,
    /// Leaf hash of the entry before it, in hex; empty in the first.
    pub prev: String,
    /// Id of the document that it is about; empty where it is about none, or about several.
    pub subject: String,
    /// Version of this form: 1.
    pub version: u8,
}

/// A part of an entry, by hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Number of its bytes.
    pub bytes: u64,
    /// Its name: `record` for what the program knows of it, `text` for what was read, `original` for the bytes as
    /// they came where they are not the text's, `note` for a checkpoint or a statement, `sealed` for what is encrypted.
    pub name: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
}

impl Part {
    /// The part of a name with some content.
    pub(crate) fn of(name: &str, content: &[u8]) -> Part {
        Part { bytes: content.len() as u64, name: name.to_owned(), sha256: hex(&sha256(content)) }
    }
}

impl Header {
    /// Its canonical bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The header of some bytes; none where they are not the canonical bytes of any.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Header> {
        let header: Header = serde_json::from_slice(bytes).ok()?;
        (header.to_bytes() == bytes).then_some(header)
    }

    /// Its part of a name.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|p| p.name == name)
    }
}

/// Hex digits of bytes, such as a hash.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// A time as it is written everywhere in the ledger: universal, with six digits after the second, so that texts sort
/// as times do.
#[must_use]
pub fn written(time: Timestamp) -> String {
    format!("{time:.6}")
}

/// Times in their one form.
mod instant {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::written(*time))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            at: "2031-03-13T10:00:00.25Z".parse().unwrap(),
            kind: Kind::FieldReport,
            number: 3,
            parts: vec![Part::of("record", b"{}")],
            prev: hex(&[1; 32]),
            subject: String::new(),
            version: 1,
        }
    }

    #[test]
    fn other_bytes_of_the_same_meaning_are_no_header() {
        let bytes = String::from_utf8(header().to_bytes()).unwrap();
        assert!(Header::from_bytes(format!("{bytes} ").as_bytes()).is_none());
        assert!(Header::from_bytes(bytes.replace(",\"kind\"", ", \"kind\"").as_bytes()).is_none());
        assert!(Header::from_bytes(bytes.replace("00.250000Z", "00.25Z").as_bytes()).is_none());
        assert!(Header::from_bytes(bytes.replace("field-report", "rumour").as_bytes()).is_none());
        assert!(Header::from_bytes(bytes.replace("\"version\":1", "\"version\":1,\"x\":0").as_bytes()).is_none());
    }

    #[test]
    fn bytes_are_canonical() {
        let bytes = header().to_bytes();
        assert_eq!(Header::from_bytes(&bytes), Some(header()));
        let keys: Vec<String> =
            serde_json::from_slice::<serde_json::Value>(&bytes).unwrap().as_object().unwrap().keys().cloned().collect();
        assert!(keys.is_sorted());
        assert!(String::from_utf8(bytes).unwrap().contains("\"2031-03-13T10:00:00.250000Z\""));
    }
}
