//! Appending: the one way by which anything gets into the ledger. Entries of one step are there together or not at
//! all, and nobody is told of them before they are on the disk.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use crate::entry::{DocumentDraft, Draft, Entry, ReadingRecord, time_after};
use crate::error::{LedgerError, Result};
use crate::header::{Header, Kind, Part, hex};
use crate::key;
use crate::ledger::Ledger;
use crate::note::Signer;
use crate::projection;
use crate::tree::{Edge, Hash, Root, leaf_hash};

/// What became of a document that was to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was added, as the entry of this number.
    New(u64),
    /// A document of the same text is there already.
    Known(u64),
}

/// A step under way: entries that are appended together.
pub(crate) struct Step<'a> {
    tx: Transaction<'a>,
    edge: Edge,
    now: Timestamp,
    last: Hash,
}

impl<'a> Step<'a> {
    fn begin(connection: &'a mut Connection, now: Timestamp) -> Result<Step<'a>> {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let head = tx
            .query_row("SELECT size, edge FROM head", [], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?)));
        let Some((size, bytes)) = head.optional()? else {
            return Ok(Step { tx, edge: Edge::default(), now: time_after(None, now), last: [0; 32] });
        };
        let edge = Edge::from_bytes(size, &bytes);
        let edge = edge.ok_or_else(|| LedgerError::damaged(size, "the head of the log is not in its form"))?;
        let newest = "SELECT at, leaf FROM entry WHERE number = ?1";
        let row = tx.query_row(newest, [size - 1], |row| Ok((row.get::<_, String>(0)?, row.get(1)?))).optional()?;
        let (at, last) = row.ok_or_else(|| LedgerError::damaged(size - 1, "it is missing"))?;
        Ok(Step { tx, edge, now: time_after(at.parse().ok(), now), last })
    }

    /// The database as this step sees it.
    pub(crate) fn database(&self) -> &Connection {
        &self.tx
    }

    /// Number of entries so far.
    pub(crate) fn size(&self) -> u64 {
        self.edge.size()
    }

    /// The root over all entries so far.
    pub(crate) fn root(&self) -> Root {
        self.edge.root()
    }

    /// What the next entry says that it was written after.
    pub(crate) fn last(&self) -> String {
        if self.size() == 0 { String::new() } else { hex(&self.last) }
    }

    /// Appends an entry.
    pub(crate) fn push(&mut self, draft: Draft) -> Result<u64> {
        let Draft { kind, subject, parts } = draft;
        let number = self.edge.size();
        let header = Header {
            at: self.now,
            kind,
            number,
            parts: parts.iter().map(|(name, content)| Part::of(name, content)).collect(),
            prev: self.last(),
            subject,
            version: 1,
        };
        let parts: Vec<Option<Vec<u8>>> = parts.into_iter().map(|(_, content)| Some(content)).collect();
        self.keep(&Entry { header, parts })?;
        Ok(number)
    }

    /// Writes an entry down as it is.
    pub(crate) fn keep(&mut self, entry: &Entry) -> Result<()> {
        let Header { at, kind, number, subject, .. } = &entry.header;
        let bytes = entry.header.to_bytes();
        let leaf = leaf_hash(&bytes);
        let mut insert = self.tx.prepare_cached("INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        insert.execute((number, crate::written(*at), kind.as_str(), subject, leaf, bytes))?;
        let mut insert = self.tx.prepare_cached("INSERT INTO part VALUES (?1, ?2, ?3)")?;
        for (part, content) in entry.header.parts.iter().zip(&entry.parts) {
            if let Some(content) = content {
                insert.execute((number, &part.name, content))?;
            }
        }
        self.edge.push(leaf);
        self.last = leaf;
        projection::project(&self.tx, entry)
    }

    /// Signs and writes to the disk; the new checkpoint.
    fn finish(self, signer: &Signer) -> Result<String> {
        let note = signer.sign(self.edge.root());
        let head = "INSERT OR REPLACE INTO head VALUES (1, ?1, ?2, ?3)";
        self.tx.execute(head, (self.edge.size(), self.edge.to_bytes(), &note))?;
        self.tx.commit()?;
        Ok(note)
    }
}

/// The signer of a ledger: that of the key beside it, which is made with the first entry and must stay the same.
fn signer(ledger: &Path, tx: &Connection) -> Result<Signer> {
    let path = key::key_path(ledger);
    let last = tx.query_row("SELECT key FROM signer ORDER BY number DESC LIMIT 1", [], |row| row.get::<_, String>(0));
    let Some(last) = last.optional()? else { return key::load_or_make(&path) };
    let signer = key::load(&path)?;
    let problem = || format!("this is the key of `{}`, the ledger's is `{last}`", signer.verifier());
    if signer.verifier().to_string() == last {
        return Ok(signer);
    }
    Err(LedgerError::Key { problem: problem(), path })
}

/// Notes by which key is signed from here on.
fn put_last(tx: &Connection, key: &str) -> Result<()> {
    let last = "DELETE FROM signer WHERE key = ?1 AND number < (SELECT max(number) FROM signer)";
    tx.execute(last, [key])?;
    tx.execute("INSERT OR IGNORE INTO signer (key) VALUES (?1)", [key])?;
    Ok(())
}

impl Ledger {
    /// Does some work as one step: all of its entries are kept, or none. A step without entries changes nothing.
    pub(crate) fn step<T>(&mut self, now: Timestamp, work: impl FnOnce(&mut Step<'_>) -> Result<T>) -> Result<T> {
        let path = self.path.clone();
        let mut step = Step::begin(&mut self.connection, now)?;
        let before = step.size();
        let signer = signer(&path, &step.tx)?;
        let done = work(&mut step)?;
        if step.size() == before {
            return Ok(done);
        }
        put_last(&step.tx, &signer.verifier().to_string())?;
        let note = step.finish(&signer)?;
        key::write_whole(&key::checkpoint_path(&path), note.as_bytes()).ok();
        Ok(done)
    }

    /// Adds documents with what was read in them. One whose text is there already is not added again.
    ///
    /// # Errors
    /// Where nothing could be written; then none of them is kept.
    pub fn add(&mut self, now: Timestamp, documents: Vec<(DocumentDraft, ReadingRecord)>) -> Result<Vec<Added>> {
        self.step(now, |step| documents.into_iter().map(|(d, reading)| add_one(step, d, &reading)).collect())
    }

    /// Adds newer readings of documents that are there.
    ///
    /// # Errors
    /// Where one of the documents is not there or tells a field report, or nothing could be written.
    pub fn add_readings(&mut self, now: Timestamp, readings: &[(String, ReadingRecord)]) -> Result<Vec<u64>> {
        if let Some((id, _)) = readings.iter().find(|(id, _)| self.is_field_report(id).unwrap_or_default()) {
            let problem = format!("document `{id}` tells a field report, whose form says what it claims");
            return Err(LedgerError::Refused(problem));
        }
        self.step(now, |step| {
            let known = |id: &String| document(step.database(), id)?.ok_or_else(|| unknown(id));
            readings.iter().try_for_each(|(id, _)| known(id).map(drop))?;
            readings.iter().map(|(id, reading)| step.push(Draft::new(Kind::Reading, id, reading))).collect()
        })
    }

    /// Appends a signed checkpoint of all entries so far; its number and its text.
    ///
    /// # Errors
    /// Where there is nothing to sign, or it could not be written.
    pub fn add_checkpoint(&mut self, now: Timestamp) -> Result<(u64, String)> {
        let empty = || LedgerError::Refused("an empty ledger has no checkpoint".to_owned());
        self.step(now, |step| {
            let head = step.database().query_row("SELECT note FROM head", [], |row| row.get::<_, String>(0));
            let note = head.optional()?.ok_or_else(empty)?;
            let parts = vec![("note", note.clone().into_bytes())];
            Ok((step.push(Draft { kind: Kind::Checkpoint, subject: String::new(), parts })?, note))
        })
    }
}

fn unknown(document: &str) -> LedgerError {
    LedgerError::Unknown(format!("document `{document}`"))
}

pub(crate) fn add_one(step: &mut Step<'_>, draft: DocumentDraft, reading: &ReadingRecord) -> Result<Added> {
    let id = draft.record.id.clone();
    if let Some(entry) = document(step.database(), &id)? {
        return Ok(Added::Known(entry));
    }
    let number = step.push(Draft::document(draft))?;
    step.push(Draft::new(Kind::Reading, &id, reading))?;
    Ok(Added::New(number))
}

/// The entry of a document.
pub(crate) fn document(connection: &Connection, id: &str) -> Result<Option<u64>> {
    let mut find = connection.prepare_cached("SELECT entry FROM document WHERE id = ?1")?;
    Ok(find.query_row([id], |row| row.get(0)).optional()?)
}
