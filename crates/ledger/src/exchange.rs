//! The whole ledger as lines of JSON, and a ledger made of them whose log has the same root.
//!
//! The first line says which form it is, by which keys its checkpoints were signed, and has the signed checkpoint of the
//! whole; every other line is an entry with its header, byte for byte, and its parts.

use std::io;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::append::Step;
use crate::entry::Entry;
use crate::error::{LedgerError, Result};
use crate::header::{Header, Kind, hex};
use crate::ledger::Ledger;
use crate::note::Verifier;
use crate::tree::{Root, sha256};

/// Version of the lines.
const FORM: u32 = 1;

#[derive(Serialize, Deserialize)]
struct First {
    ledger: u32,
    keys: Vec<String>,
    checkpoint: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    header: String,
    parts: Vec<Content>,
}

/// The content of a part, in the order of the header's.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Content {
    Text(String),
    Base64(String),
    Removed,
}

impl Content {
    fn of(bytes: Option<Vec<u8>>) -> Content {
        match bytes.map(String::from_utf8) {
            None => Content::Removed,
            Some(Ok(text)) => Content::Text(text),
            Some(Err(other)) => Content::Base64(BASE64.encode(other.into_bytes())),
        }
    }

    /// The bytes; an error where they are not in their form.
    fn bytes(self) -> std::result::Result<Option<Vec<u8>>, base64::DecodeError> {
        match self {
            Content::Text(text) => Ok(Some(text.into_bytes())),
            Content::Base64(text) => BASE64.decode(text).map(Some),
            Content::Removed => Ok(None),
        }
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl Ledger {
    /// Hands over every line, first to last, as the ledger stands when it begins.
    ///
    /// # Errors
    /// The outer one where the ledger cannot be read, the inner one where `write` fails.
    pub fn export<E>(
        &self,
        mut write: impl FnMut(&str) -> std::result::Result<(), E>,
    ) -> Result<std::result::Result<(), E>> {
        let snapshot = self.connection.unchecked_transaction()?;
        let keys = self.verifiers()?.iter().map(ToString::to_string).collect();
        if let Err(e) = write(&json(&First { ledger: FORM, keys, checkpoint: self.checkpoint()? })) {
            return Ok(Err(e));
        }
        for number in 0..self.size()? {
            let Entry { header, parts } = self.entry(number)?;
            let header = String::from_utf8_lossy(&header.to_bytes()).into_owned();
            if let Err(e) = write(&json(&Line { header, parts: parts.into_iter().map(Content::of).collect() })) {
                return Ok(Err(e));
            }
        }
        snapshot.finish()?;
        Ok(Ok(()))
    }

    /// Makes a ledger of exported lines; the root of its log, which is that of the one that was exported. It signs by
    /// its own key from then on.
    ///
    /// # Errors
    /// Where a ledger with entries is there already, or a line is not what was exported.
    pub fn import(path: &Path, mut lines: impl Iterator<Item = io::Result<String>>) -> Result<Root> {
        let first = First::of(lines.next())?;
        let mut ledger = Ledger::open_or_make(path)?;
        if ledger.size()? > 0 {
            return Err(LedgerError::Exists(path.to_path_buf()));
        }
        ledger.step(Timestamp::UNIX_EPOCH, |step| {
            for key in &first.keys {
                step.database().execute("INSERT OR IGNORE INTO signer (key) VALUES (?1)", [key])?;
            }
            for (number, line) in (2..).zip(lines) {
                let line = line.map_err(|e| unread(number, &e))?;
                step.keep(&entry(number, &line, step)?)?;
            }
            first.holds(step.root())
        })
    }
}

impl First {
    /// What the first line says.
    fn of(line: Option<io::Result<String>>) -> Result<First> {
        let line = line.transpose().map_err(|e| unread(1, &e))?.unwrap_or_default();
        let first: First = serde_json::from_str(&line).map_err(|_| wrong(1, "is not the first of an export"))?;
        if first.ledger != FORM {
            return Err(wrong(1, &format!("has form {}, this version knows form {FORM}", first.ledger)));
        }
        Ok(first)
    }

    /// The root of what was taken in, if it is the one that was signed.
    fn holds(&self, root: Root) -> Result<Root> {
        let keys = self.keys.iter().filter_map(|key| key.parse::<Verifier>().ok());
        let note = self.checkpoint.as_deref().unwrap_or("");
        let signed = keys.filter_map(|key| key.open(note).ok()).any(|signed| signed == root);
        let other = || LedgerError::Form("the lines do not lead to the root that was signed".to_owned());
        (signed || root.size == 0).then_some(root).ok_or_else(other)
    }
}

fn unread(line: u64, why: &io::Error) -> LedgerError {
    wrong(line, &format!("cannot be read: {why}"))
}

fn wrong(line: u64, problem: &str) -> LedgerError {
    LedgerError::Form(format!("line {line} {problem}"))
}

/// The entry of a line, checked against its hashes and its place.
fn entry(number: u64, line: &str, step: &Step<'_>) -> Result<Entry> {
    let Line { header, parts } = serde_json::from_str(line).map_err(|e| wrong(number, &format!("is no entry: {e}")))?;
    let bytes = header.into_bytes();
    let header = Header::from_bytes(&bytes).ok_or_else(|| wrong(number, "has a header that is not in its form"))?;
    let parts = parts.into_iter().map(Content::bytes).collect::<std::result::Result<Vec<_>, _>>();
    let parts = parts.map_err(|_| wrong(number, "has a part that is no base64"))?;
    if header.number != step.size() || header.prev != step.last() || header.parts.len() != parts.len() {
        return Err(wrong(number, "does not follow the one before it"));
    }
    let is_kept = |(part, content): (&crate::Part, &Option<Vec<u8>>)| {
        content.as_ref().is_none_or(|bytes| hex(&sha256(bytes)) == part.sha256)
    };
    if !header.parts.iter().zip(&parts).all(is_kept) {
        return Err(wrong(number, "has a part that is not what was kept"));
    }
    let gone = parts.iter().any(Option::is_none) && matches!(header.kind, Kind::Tombstone | Kind::Checkpoint);
    if gone {
        return Err(wrong(number, "lacks a part that is never removed"));
    }
    Ok(Entry { header, parts })
}
