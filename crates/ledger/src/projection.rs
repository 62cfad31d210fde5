//! What is derived from the entries: tables by which documents, claims, places and words are found. They are filled
//! as entries are appended, and can be dropped and built again from the entries alone.

use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use trucewatch::incident::id_led_by;
use trucewatch::when::Interval;

use crate::as_of::Moment;
use crate::decision::{Act, Decision, Field};
use crate::entry::{DocumentRecord, Entry, ReadingRecord, Tombstone};
use crate::error::{LedgerError, Result};
use crate::header::{Header, Kind};
use crate::ledger::part;
use crate::statement::{KeyRecord, StatementRecord};
use crate::stored;
use crate::tree::Hash;

/// Version of the tables; with another one they are built again.
const VERSION: i64 = 3;

const TABLES: &str = include_str!("projection.sql");

/// The tables and views, in the order in which they are dropped.
const NAMES: &[(&str, &str)] = &[
    ("table", "statement"),
    ("table", "party_key"),
    ("table", "field"),
    ("table", "search"),
    ("view", "searched"),
    ("table", "decided"),
    ("table", "decision"),
    ("table", "place"),
    ("table", "claim"),
    ("table", "reader"),
    ("table", "reading"),
    ("table", "document"),
    ("table", "projection"),
];

/// First and last day of what has no bound.
const FIRST: &str = "0000-01-01";
const LAST: &str = "9999-12-31";

/// Whether the tables are there in this version.
pub(crate) fn is_current(connection: &Connection) -> bool {
    let version = connection.query_row("SELECT version FROM projection", [], |row| row.get::<_, i64>(0));
    version.is_ok_and(|v| v == VERSION)
}

/// Drops the tables and fills them again from the entries. The caller holds a transaction.
pub(crate) fn rebuild(connection: &Connection) -> Result<()> {
    for (what, name) in NAMES {
        connection.execute_batch(&format!("DROP {what} IF EXISTS {name}"))?;
    }
    connection.execute_batch(TABLES)?;
    connection.execute("INSERT INTO projection VALUES (?1)", [VERSION])?;
    let mut all = connection.prepare("SELECT number, header FROM entry ORDER BY number")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let (number, bytes): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let form = || LedgerError::damaged(number, "its header is not in its form");
        let header = Header::from_bytes(&bytes).ok_or_else(form)?;
        let parts = header.parts.iter().map(|p| part(connection, number, &p.name)).collect::<Result<Vec<_>>>()?;
        project(connection, &Entry { header, parts })?;
    }
    Ok(())
}

/// Takes an entry in. One whose parts were removed leaves what can still be told.
pub(crate) fn project(db: &Connection, entry: &Entry) -> Result<()> {
    let Header { number, kind, subject, .. } = &entry.header;
    match kind {
        Kind::Document => document(db, *number, subject, entry),
        Kind::Reading => entry.record().map_or(Ok(()), |r: ReadingRecord| reading(db, *number, subject, &r)),
        Kind::Decision => entry.record().map_or(Ok(()), |d: Decision| decision(db, *number, subject, &d)),
        Kind::Tombstone => entry.record().map_or(Ok(()), |t: Tombstone| tombstone(db, *number, &t)),
        Kind::FieldReport => field(db, *number, subject),
        Kind::Key => entry.record().map_or(Ok(()), |k: KeyRecord| party_key(db, *number, &k)),
        Kind::Statement => entry.record().map_or(Ok(()), |s: StatementRecord| statement(db, *number, &s)),
        Kind::Checkpoint => Ok(()),
    }
}

fn field(db: &Connection, number: u64, document: &str) -> Result<()> {
    db.prepare_cached("INSERT INTO field VALUES (?1, ?2)")?.execute((number, document))?;
    Ok(())
}

/// Takes in that a key is good from here on, or no longer is.
fn party_key(db: &Connection, number: u64, record: &KeyRecord) -> Result<()> {
    let KeyRecord { key, role, party, holds, .. } = record;
    let end = "UPDATE party_key SET until = ?1 WHERE key = ?2 AND until IS NULL";
    db.execute(end, (number, key))?;
    if *holds {
        let insert = "INSERT INTO party_key VALUES (?1, NULL, ?2, ?3, ?4)";
        db.execute(insert, (number, key, role, party))?;
    }
    Ok(())
}

fn statement(db: &Connection, number: u64, record: &StatementRecord) -> Result<()> {
    let insert = "INSERT OR IGNORE INTO statement VALUES (?1, ?2, ?3)";
    db.prepare_cached(insert)?.execute((&record.id, number, record.key))?;
    Ok(())
}

fn document(db: &Connection, number: u64, id: &str, entry: &Entry) -> Result<()> {
    let record: DocumentRecord = entry.record().unwrap_or_default();
    let origin = record.origin().map_or(id, |(first, _)| first);
    let mut insert = db.prepare_cached("INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5)")?;
    insert.execute((id, number, &record.name, &record.outlet, origin))?;
    if let Some(text) = entry.content("text") {
        let mut insert = db.prepare_cached("INSERT INTO search (rowid, name, text) VALUES (?1, ?2, ?3)")?;
        insert.execute((number, &record.name, String::from_utf8_lossy(text)))?;
    }
    Ok(())
}

fn reading(db: &Connection, number: u64, document: &str, reading: &ReadingRecord) -> Result<()> {
    let mut end = db.prepare_cached("UPDATE reading SET until = ?1 WHERE document = ?2 AND until IS NULL")?;
    end.execute((number, document))?;
    let (first, last) = reading.published.as_deref().map_or((String::new(), String::new()), days);
    let given = reading.dated_by.as_deref() == Some("given");
    let mut insert = db.prepare_cached("INSERT INTO reading VALUES (?1, ?2, NULL, ?3, ?4, ?5, ?6, ?7)")?;
    insert.execute((number, document, first, last, given, reader(db, reading)?, reading.claims.len()))?;
    reading.claims.iter().try_for_each(|c| claim(db, number, document, c))
}

/// First and last day of an interval; two empty words where it is none.
fn days(edtf: &str) -> (String, String) {
    let Ok(interval) = edtf.parse::<Interval>() else { return Default::default() };
    let words = |day: Option<jiff::civil::Date>, open: &str| day.map_or_else(|| open.to_owned(), |d| d.to_string());
    (words(interval.first_day(), FIRST), words(interval.last_day(), LAST))
}

/// The number of what a document was read with.
fn reader(db: &Connection, reading: &ReadingRecord) -> Result<i64> {
    let record = serde_json::to_string(&reading.reader).unwrap_or_default();
    let mut find = db.prepare_cached("SELECT number FROM reader WHERE record = ?1")?;
    if let Some(number) = find.query_row([&record], |row| row.get(0)).optional()? {
        return Ok(number);
    }
    db.execute("INSERT INTO reader (record) VALUES (?1)", [&record])?;
    Ok(db.last_insert_rowid())
}

fn claim(db: &Connection, reading: u64, document: &str, claim: &stored::Claim) -> Result<()> {
    let days = claim.date.as_ref().map(|d| days(&d.value));
    let (first, last) = days.map_or((None, None), |(first, last)| (Some(first), Some(last)));
    let mut insert = db.prepare_cached("INSERT INTO claim VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    let incident = id_led_by(&claim.id);
    let garbled = claim.garbled.is_some();
    let kind = &claim.kind.value;
    insert.execute((&claim.id, incident, reading, document, kind, first, last, claim.confidence, garbled))?;
    let spot = claim.place.as_ref().and_then(|p| p.value.resolved.as_ref());
    if let Some(spot) = spot {
        let number = db.last_insert_rowid();
        let mut insert = db.prepare_cached("INSERT INTO place VALUES (?1, ?2, ?2, ?3, ?3)")?;
        insert.execute((number, spot.lat, spot.lon))?;
    }
    Ok(())
}

fn decision(db: &Connection, number: u64, subject: &str, decision: &Decision) -> Result<()> {
    let undoes = match &decision.act {
        Act::Undo { entry } => Some(*entry),
        _ => None,
    };
    db.execute("INSERT INTO decision VALUES (?1, ?2, ?3)", (number, decision.act.as_str(), undoes))?;
    let date = match &decision.act {
        Act::Correct { field: Field::Date, new, .. } => Some(days(new)).filter(|(first, _)| !first.is_empty()),
        _ => None,
    };
    let (first, last) = date.map_or((None, None), |(first, last)| (Some(first), Some(last)));
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO decided VALUES (?1, ?2, ?3, ?4)")?;
    for anchor in decision.act.claims() {
        insert.execute((number, &anchor.document, &first, &last))?;
    }
    if !subject.is_empty() {
        insert.execute((number, subject, &first, &last))?;
    }
    if let Act::Add { document, added } = &decision.act {
        claim(db, number, document, added)?;
    }
    Ok(())
}

/// Whether an entry is a decision that still holds.
///
/// # Errors
/// Where it is none, or was undone.
pub(crate) fn is_open(db: &Connection, entry: u64) -> Result<()> {
    let there = "SELECT 1 FROM decision WHERE entry = ?1";
    db.query_row(there, [entry], |_| Ok(()))
        .optional()?
        .ok_or_else(|| LedgerError::Unknown(format!("decision {entry}")))?;
    match undone(db, entry, Moment(i64::MAX.unsigned_abs()))? {
        Some(by) => Err(LedgerError::Refused(format!("decision {entry} was undone by entry {by}"))),
        None => Ok(()),
    }
}

/// The decision that undid one by a moment, unless it was undone itself.
pub(crate) fn undone(db: &Connection, entry: u64, moment: Moment) -> Result<Option<u64>> {
    // Whatever undoes comes later, so that this ends.
    let mut find = db.prepare_cached("SELECT entry FROM decision WHERE undoes = ?1 AND entry > ?1 AND entry < ?2")?;
    let by = find.query_map((entry, moment.0), |row| row.get(0))?.collect::<rusqlite::Result<Vec<u64>>>()?;
    for by in by {
        if undone(db, by, moment)?.is_none() {
            return Ok(Some(by));
        }
    }
    Ok(None)
}

fn tombstone(db: &Connection, number: u64, tombstone: &Tombstone) -> Result<()> {
    for entry in &tombstone.entries {
        db.execute("INSERT OR IGNORE INTO removed VALUES (?1, ?2)", (entry, number))?;
    }
    Ok(())
}

/// Takes entries out whose parts are about to be removed, as building again would leave them out.
pub(crate) fn forget(db: &Connection, entries: &[u64]) -> Result<()> {
    for entry in entries {
        forget_one(db, *entry)?;
    }
    Ok(())
}

fn forget_one(db: &Connection, entry: u64) -> Result<()> {
    let words = "INSERT INTO search (search, rowid, name, text) SELECT 'delete', entry, name, text FROM searched
         WHERE entry = ?1";
    db.execute(words, [entry])?;
    db.execute("DELETE FROM place WHERE claim IN (SELECT number FROM claim WHERE reading = ?1)", [entry])?;
    db.execute("DELETE FROM claim WHERE reading = ?1", [entry])?;
    db.execute("DELETE FROM reading WHERE entry = ?1", [entry])?;
    db.execute("DELETE FROM decided WHERE entry = ?1", [entry])?;
    db.execute("DELETE FROM decision WHERE entry = ?1", [entry])?;
    db.execute("DELETE FROM statement WHERE entry = ?1", [entry])?;
    db.execute("UPDATE document SET name = '', outlet = NULL, origin = id WHERE entry = ?1", [entry])?;
    Ok(())
}

/// What the tables say, in their order, as bytes that are the same whenever they say the same.
const SAID: &[&str] = &[
    "SELECT * FROM document ORDER BY id",
    "SELECT entry, document, until, first_day, last_day, given, r.record, claims FROM reading
     JOIN reader r ON r.number = reading.reader ORDER BY entry",
    "SELECT c.id, incident, reading, document, kind, first_day, last_day, confidence, garbled, p.south, p.west
     FROM claim c LEFT JOIN place p ON p.claim = c.number ORDER BY reading, c.number",
    "SELECT * FROM decision ORDER BY entry",
    "SELECT * FROM decided ORDER BY entry, about",
    "SELECT * FROM removed ORDER BY entry",
    "SELECT * FROM field ORDER BY entry",
    "SELECT * FROM party_key ORDER BY entry",
    "SELECT * FROM statement ORDER BY entry",
    "SELECT term, doc, col, offset FROM said ORDER BY term, doc, col, offset",
];

/// SHA-256 over everything that is derived.
pub(crate) fn digest(db: &Connection) -> Result<Hash> {
    db.execute_batch("CREATE VIRTUAL TABLE IF NOT EXISTS temp.said USING fts5vocab('main', 'search', 'instance')")?;
    let mut digest = Sha256::new();
    for query in SAID {
        let mut all = db.prepare(query)?;
        let columns = all.column_count();
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                take(&mut digest, row.get_ref(column)?);
            }
        }
    }
    Ok(digest.finalize().into())
}

/// Takes a value into a digest, with its type and its length.
fn take(digest: &mut Sha256, value: rusqlite::types::ValueRef<'_>) {
    use rusqlite::types::ValueRef::{Blob, Integer, Null, Real, Text};
    let number;
    let (kind, bytes): (u8, &[u8]) = match value {
        Null => (0, &[]),
        Integer(value) => {
            number = value.to_be_bytes();
            (1, &number)
        }
        Real(value) => {
            number = value.to_be_bytes();
            (2, &number)
        }
        Text(bytes) | Blob(bytes) => (3, bytes),
    };
    digest.update([kind]);
    digest.update((bytes.len() as u64).to_be_bytes());
    digest.update(bytes);
}
