//! The walk over all entries, in their order.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Statement;

use super::Fault;
use crate::entry::{DocumentRecord, Tombstone};
use crate::header::{Header, Kind, hex, written};
use crate::ledger::Ledger;
use crate::note::{Checkpoint, Verifier};
use crate::signing::said;
use crate::statement::{KeyRecord, StatementRecord};
use crate::tree::{Edge, Hash, Root, leaf_hash, sha256};

type Checked<T> = Result<T, Fault>;

/// How far the walk has come, and what it keeps of the way.
pub(super) struct Walk<'a> {
    ledger: &'a Ledger,
    verifiers: &'a [Verifier],
    pub(super) edge: Edge,
    /// The edge before the last entry.
    before: Edge,
    pub(super) checkpoints: u64,
    last: Option<(Hash, String)>,
    /// Roots at the sizes that will be asked for.
    roots: BTreeMap<u64, Option<Root>>,
    /// Entries with a part that is not there.
    bare: BTreeSet<u64>,
    /// Entries that tombstones name.
    buried: BTreeSet<u64>,
    /// Keys that were registered, by their entries, and whether they are good so far.
    keys: BTreeMap<u64, (String, bool)>,
}

/// An entry's row.
struct Row {
    number: u64,
    at: String,
    kind: String,
    subject: String,
    leaf: Vec<u8>,
    header: Vec<u8>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(ledger: &'a Ledger, verifiers: &'a [Verifier], sizes: impl Iterator<Item = u64>) -> Walk<'a> {
        let roots = sizes.map(|size| (size, (size == 0).then(|| Edge::default().root()))).collect();
        let (bare, buried, before, keys) = Default::default();
        Walk { ledger, verifiers, edge: Edge::default(), before, checkpoints: 0, last: None, roots, bare, buried, keys }
    }

    /// Entries whose parts were removed.
    pub(super) fn removed(&self) -> u64 {
        self.bare.len() as u64
    }

    /// Walks to the end, or to the first entry that is wrong.
    pub(super) fn all(&mut self, mut step: impl FnMut(u64)) -> Checked<()> {
        let ledger = self.ledger;
        let unread = |size: u64| move |e: rusqlite::Error| Fault::entry(size, format!("it cannot be read: {e}"));
        let all = "SELECT number, at, kind, subject, leaf, header FROM entry ORDER BY number";
        let mut all = ledger.connection.prepare(all).map_err(unread(0))?;
        let parts = "SELECT name, content FROM part WHERE entry = ?1";
        let mut parts = ledger.connection.prepare(parts).map_err(unread(0))?;
        let mut rows = all.query([]).map_err(unread(0))?;
        loop {
            let size = self.edge.size();
            let Some(row) = rows.next().map_err(unread(size))? else { break };
            let row = row_of(row).map_err(unread(size))?;
            self.one(&row, &mut parts)?;
            step(self.edge.size());
        }
        self.no_strays()?;
        match self.bare.difference(&self.buried).next() {
            Some(&number) => Err(Fault::entry(number, "a part of it is missing, and no tombstone says why")),
            None => Ok(()),
        }
    }

    /// Parts of entries that are not there.
    fn no_strays(&self) -> Checked<()> {
        let size = self.edge.size();
        let query = "SELECT entry FROM part WHERE entry < 0 OR entry >= ?1 LIMIT 1";
        let stray = self.ledger.rows(query, [size], |r| r.get::<_, i64>(0));
        match stray.map_err(|e| Fault::entry(size, e.to_string()))?.first() {
            Some(entry) => Err(Fault::Head(format!("a part belongs to entry {entry}, which is not there"))),
            None => Ok(()),
        }
    }

    fn one(&mut self, row: &Row, parts: &mut Statement<'_>) -> Checked<()> {
        let number = self.edge.size();
        let wrong = |problem: String| Fault::entry(number, problem);
        if row.number != number {
            return Err(wrong(format!("it is missing: entry {} stands in its place", row.number)));
        }
        let leaf = leaf_hash(&row.header);
        if row.leaf != leaf {
            return Err(wrong("its header does not have the hash that was kept of it".to_owned()));
        }
        let header =
            Header::from_bytes(&row.header).ok_or_else(|| wrong("its header is not in its form".to_owned()))?;
        self.in_place(row, &header)?;
        let content = self.parts(&header, parts)?;
        self.by_kind(&header, &content)?;
        self.last = Some((leaf, row.at.clone()));
        self.before.clone_from(&self.edge);
        self.edge.push(leaf);
        let root = self.edge.root();
        self.roots.entry(root.size).and_modify(|kept| *kept = Some(root));
        Ok(())
    }

    /// Whether a header stands where it says, after the entry that it says, and its row says the same.
    fn in_place(&self, row: &Row, header: &Header) -> Checked<()> {
        let prev = self.last.as_ref().map(|(leaf, _)| hex(leaf)).unwrap_or_default();
        let late = self.last.as_ref().is_none_or(|(_, at)| *at <= row.at);
        let checks = [
            (header.number == row.number, "its header has another number"),
            (written(header.at) == row.at, "its time is not its header's"),
            (header.kind.as_str() == row.kind, "its kind is not its header's"),
            (header.subject == row.subject, "its subject is not its header's"),
            (late, "it is older than the entry before it"),
        ];
        if let Some((_, problem)) = checks.iter().find(|(holds, _)| !holds) {
            return Err(Fault::entry(row.number, *problem));
        }
        if header.prev == prev {
            return Ok(());
        }
        // One of the two was changed together with its hash: this one, unless the next still stands on it.
        if self.next_stands_on(row) || self.is_signed_after(&header.prev, row) {
            return Err(Fault::entry(row.number.saturating_sub(1), "the entry after it was written after another one"));
        }
        Err(Fault::entry(row.number, "it says that it was written after another entry than the one before it"))
    }

    /// Whether the entry after one was written after it as it is now.
    fn next_stands_on(&self, row: &Row) -> bool {
        let next = self.ledger.header(row.number + 1).map(|next| next.prev);
        next.is_ok_and(|prev| prev == hex(&leaf_hash(&row.header)))
    }

    /// Whether the signed head covers the entry as it is now, standing last and after one of another hash.
    fn is_signed_after(&self, prev: &str, row: &Row) -> bool {
        let digits = |at: usize| prev.get(at * 2..at * 2 + 2).and_then(|d| u8::from_str_radix(d, 16).ok());
        let prev: Option<Vec<u8>> = (0..32).map(digits).collect();
        let Some(prev) = prev.and_then(|p| Hash::try_from(p).ok()) else { return false };
        let mut edge = self.before.clone();
        edge.push(prev);
        edge.push(leaf_hash(&row.header));
        let signed = self.ledger.checkpoint().ok().flatten().and_then(|note| self.open("", &note).ok());
        signed == Some(edge.root())
    }

    /// The parts of an entry, each with the hash that its header has.
    fn parts(&mut self, header: &Header, find: &mut Statement<'_>) -> Checked<BTreeMap<String, Vec<u8>>> {
        let number = header.number;
        let read = find.query_map([number], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Vec<u8>>(1)?)));
        let read = read.and_then(Iterator::collect::<rusqlite::Result<BTreeMap<_, _>>>);
        let content = read.map_err(|e| Fault::entry(number, format!("a part of it cannot be read: {e}")))?;
        for (name, bytes) in &content {
            let same = header.part(name).is_some_and(|p| p.sha256 == hex(&sha256(bytes)));
            if !same {
                return Err(Fault::entry(number, format!("its {name} is not what was kept")));
            }
        }
        if header.parts.iter().any(|p| !content.contains_key(&p.name)) {
            self.bare.insert(number);
        }
        Ok(content)
    }

    fn by_kind(&mut self, header: &Header, content: &BTreeMap<String, Vec<u8>>) -> Checked<()> {
        let number = header.number;
        match (header.kind, content.get("record"), content.get("note")) {
            (Kind::Document, Some(record), _) => {
                let record: Option<DocumentRecord> = serde_json::from_slice(record).ok();
                let text = header.part("text").map(|p| p.sha256.as_str());
                let same = record.is_some_and(|r| r.id == header.subject) && text == Some(&header.subject);
                same.then_some(()).ok_or_else(|| Fault::entry(number, "its id is not the hash of its text"))
            }
            (Kind::Tombstone, Some(record), _) => {
                let tombstone: Option<Tombstone> = serde_json::from_slice(record).ok();
                self.buried.extend(tombstone.into_iter().flat_map(|t| t.entries).filter(|e| *e < number));
                Ok(())
            }
            (Kind::Key, Some(record), _) => {
                self.key(number, record);
                Ok(())
            }
            (Kind::Statement, Some(record), Some(note)) => self.statement(number, record, note),
            (Kind::Checkpoint, _, Some(note)) => {
                let note = String::from_utf8_lossy(note);
                self.roots.insert(number, Some(self.edge.root()));
                self.check_note("its checkpoint", &note).map_err(|e| Fault::entry(number, e.to_string()))?;
                self.checkpoints += 1;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Takes in that a key is good from here on, or no longer is.
    fn key(&mut self, number: u64, record: &[u8]) {
        let Ok(KeyRecord { key, holds, .. }) = serde_json::from_slice(record) else { return };
        for (known, good) in self.keys.values_mut() {
            *good &= *known != key;
        }
        self.keys.insert(number, (key, holds));
    }

    /// Whether a statement is what was handed in, signed by a key that was good then.
    fn statement(&self, number: u64, record: &[u8], note: &[u8]) -> Checked<()> {
        let wrong = |problem: &str| Fault::entry(number, problem);
        let note = String::from_utf8_lossy(note);
        let record: Option<StatementRecord> = serde_json::from_slice(record).ok();
        let record = record.filter(|r| r.id == hex(&sha256(said(&note).0.as_bytes())));
        let record = record.ok_or_else(|| wrong("its id is not the hash of what it says"))?;
        let Some(entry) = record.key else { return Ok(()) };
        let key = self.keys.get(&entry).filter(|(_, good)| *good).and_then(|(key, _)| key.parse::<Verifier>().ok());
        let signed = key.is_some_and(|key| key.signed(&note));
        signed.then_some(()).ok_or_else(|| wrong("it is not signed by a key that was registered and good"))
    }

    /// Whether a signed checkpoint agrees with the entries; names the first one that it misses.
    pub(super) fn check_note(&self, what: &str, note: &str) -> Checked<()> {
        let wrong = |problem: String| Fault::Head(format!("{what}: {problem}"));
        let signed = self.open(what, note)?;
        let size = self.edge.size();
        if signed.size > size {
            return Err(Fault::entry(size, format!("it is missing: {what} holds {} entries", signed.size)));
        }
        let root = self.roots.get(&signed.size).copied().flatten().unwrap_or_else(|| self.edge.root());
        let changed = || wrong(format!("one of the first {} entries is not what was signed", signed.size));
        (root == signed).then_some(()).ok_or_else(changed)
    }

    /// The root that a checkpoint states, signed by one of the keys.
    pub(super) fn open(&self, what: &str, note: &str) -> Checked<Root> {
        let wrong = |problem: String| Fault::Head(format!("{what}: {problem}"));
        let origin = Checkpoint::parse(note).map_err(|e| wrong(e.to_string()))?.origin;
        let verifier = self.verifiers.iter().find(|v| v.name() == origin);
        let verifier = verifier.ok_or_else(|| wrong(format!("it is of `{origin}`, which is another log")))?;
        verifier.open(note).map_err(|e| wrong(e.to_string()))
    }
}

fn row_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        number: row.get(0)?,
        at: row.get(1)?,
        kind: row.get(2)?,
        subject: row.get(3)?,
        leaf: row.get(4)?,
        header: row.get(5)?,
    })
}
