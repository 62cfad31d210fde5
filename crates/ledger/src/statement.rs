//! Statements of those who have to do with a mission, and the keys by which they sign them. The ledger keeps what was
//! stated byte for byte, with its signature, and whose key made it; what it means is for others to say.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use crate::append::Step;
use crate::as_of::Moment;
use crate::entry::Draft;
use crate::error::{LedgerError, Result};
use crate::header::{Kind, hex};
use crate::ledger::{Ledger, part};
use crate::note::Verifier;
use crate::signing::said;
use crate::tree::sha256;

/// That a key is good from here on, or no longer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRecord {
    /// The key, in the form in which keys are handed round.
    pub key: String,
    /// In which part its holder signs, such as `liaison` or `observer`.
    pub role: String,
    /// For which party, where it is one's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Whether it is good.
    pub holds: bool,
    /// Who says so.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What is known of a statement beside its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRecord {
    /// SHA-256 of what it says, without signatures, in hex.
    pub id: String,
    /// Entry of the key that signed it; none where it is not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<u64>,
    /// Who handed it in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
}

/// A key with its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyKey {
    /// The entry by which it was registered.
    pub entry: u64,
    /// The entry from which on it is no longer good.
    pub until: Option<u64>,
    /// The key, in the form in which keys are handed round.
    pub key: String,
    /// In which part its holder signs.
    pub role: String,
    /// For which party.
    pub party: Option<String>,
}

/// A statement with its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Its entry.
    pub entry: u64,
    /// When it was taken in.
    pub at: Timestamp,
    /// SHA-256 of what it says, in hex.
    pub id: String,
    /// What it says, without signatures; none where it was removed.
    pub text: Option<String>,
    /// The key that signed it.
    pub key: Option<PartyKey>,
}

/// A statement to take in.
#[derive(Debug, Clone, Copy)]
pub struct Handed<'a> {
    /// What is stated, signed or not.
    pub note: &'a str,
    /// What is encrypted and goes with it.
    pub sealed: Option<&'a [u8]>,
    /// Who hands it in.
    pub by: &'a str,
}

/// What became of a statement that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It was taken in, as the entry of this number.
    New(u64),
    /// The same was stated before.
    Known(u64),
}

impl Ledger {
    /// Registers a key, or notes that it is no longer good.
    ///
    /// # Errors
    /// Where nobody says so, the key is none, is registered or not registered already, or nothing could be written.
    pub fn record_key(&mut self, now: Timestamp, record: &KeyRecord) -> Result<u64> {
        if record.by.trim().is_empty() {
            return Err(LedgerError::Refused("a key is registered by somebody".to_owned()));
        }
        let verifier: Verifier = record.key.parse()?;
        self.step(now, |step| {
            let held = key_of(step.database(), "key = ?1", &record.key)?;
            let name = verifier.name();
            match (held, record.holds) {
                (Some(known), true) => {
                    Err(refused(format!("the key of `{name}` is registered, by entry {}", known.entry)))
                }
                (None, false) => Err(LedgerError::Unknown(format!("key of `{name}` that is good"))),
                _ => step.push(Draft::new(Kind::Key, "", record)),
            }
        })
    }

    /// The keys that are good, or were, by a moment.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn party_keys(&self, moment: Moment) -> Result<Vec<PartyKey>> {
        let query = "SELECT entry, CASE WHEN until < ?1 THEN until END, key, role, party FROM party_key
             WHERE entry < ?1 ORDER BY entry";
        self.rows(query, [moment.0], key_row)
    }

    /// Takes a statement in, if `check` has nothing against it, which is given what was stated before and this one.
    /// One that says the same as an earlier one is not taken in again. A signature must be by a key that is good.
    ///
    /// # Errors
    /// Where its signature is not in order, `check` refuses it, or nothing could be written.
    pub fn take_statement(
        &mut self,
        now: Timestamp,
        handed: Handed<'_>,
        check: impl FnOnce(&[Stated], &Stated) -> std::result::Result<(), String>,
    ) -> Result<Taken> {
        let (text, signed) = said(handed.note);
        let id = hex(&sha256(text.as_bytes()));
        self.step(now, |step| {
            if let Some(entry) = known(step.database(), &id)? {
                return Ok(Taken::Known(entry));
            }
            let key = if signed { Some(signer_of(step.database(), handed.note)?) } else { None };
            let before = stated(step.database(), Moment(step.size()))?;
            let number = key.as_ref().map(|k| k.entry);
            let one = Stated { entry: step.size(), at: now, id: id.clone(), text: Some(text.to_owned()), key };
            check(&before, &one).map_err(refused)?;
            keep(step, handed, StatementRecord { id, key: number, by: handed.by.to_owned() }).map(Taken::New)
        })
    }

    /// Everything that was stated by a moment, the first first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn statements(&self, moment: Moment) -> Result<Vec<Stated>> {
        stated(&self.connection, moment)
    }

    /// What is encrypted and came with a statement; none where nothing did, or it was removed.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn sealed(&self, entry: u64) -> Result<Option<Vec<u8>>> {
        self.part(entry, "sealed")
    }
}

fn refused(problem: String) -> LedgerError {
    LedgerError::Refused(problem)
}

fn keep(step: &mut Step<'_>, handed: Handed<'_>, record: StatementRecord) -> Result<u64> {
    let mut draft = Draft::new(Kind::Statement, "", &record);
    draft.parts.push(("note", handed.note.as_bytes().to_vec()));
    draft.parts.extend(handed.sealed.map(|bytes| ("sealed", bytes.to_vec())));
    step.push(draft)
}

/// The entry of a statement that says the same.
fn known(db: &Connection, id: &str) -> Result<Option<u64>> {
    Ok(db.query_row("SELECT entry FROM statement WHERE id = ?1", [id], |row| row.get(0)).optional()?)
}

/// The good key that signed a note.
fn signer_of(db: &Connection, note: &str) -> Result<PartyKey> {
    let mut find =
        db.prepare("SELECT entry, until, key, role, party FROM party_key WHERE until IS NULL ORDER BY entry")?;
    let keys = find.query_map([], key_row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    let signed = |k: &PartyKey| k.key.parse::<Verifier>().is_ok_and(|verifier| verifier.signed(note));
    let found = keys.into_iter().find(signed);
    found.ok_or_else(|| LedgerError::Form("the statement is signed by no key that is registered and good".to_owned()))
}

fn key_of(db: &Connection, which: &str, value: &str) -> Result<Option<PartyKey>> {
    let query = format!("SELECT entry, until, key, role, party FROM party_key WHERE {which} AND until IS NULL");
    Ok(db.query_row(&query, [value], key_row).optional()?)
}

fn key_row(row: &Row<'_>) -> rusqlite::Result<PartyKey> {
    Ok(PartyKey { entry: row.get(0)?, until: row.get(1)?, key: row.get(2)?, role: row.get(3)?, party: row.get(4)? })
}

fn stated(db: &Connection, moment: Moment) -> Result<Vec<Stated>> {
    let query = "SELECT s.entry, e.at, s.id, k.entry, k.until, k.key, k.role, k.party FROM statement s
         JOIN entry e ON e.number = s.entry LEFT JOIN party_key k ON k.entry = s.key
         WHERE s.entry < ?1 ORDER BY s.entry";
    let mut find = db.prepare_cached(query)?;
    let mut rows = find.query([moment.0])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(one(db, row)?);
    }
    Ok(all)
}

fn one(db: &Connection, row: &Row<'_>) -> Result<Stated> {
    let entry = row.get(0)?;
    let at: String = row.get(1)?;
    let at = at.parse().map_err(|_| LedgerError::damaged(entry, "its time is none"))?;
    let key = match row.get::<_, Option<u64>>(3)? {
        Some(entry) => {
            Some(PartyKey { entry, until: row.get(4)?, key: row.get(5)?, role: row.get(6)?, party: row.get(7)? })
        }
        None => None,
    };
    let note = part(db, entry, "note")?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Ok(Stated { entry, at, id: row.get(2)?, text: note.map(|note| said(&note).0.to_owned()), key })
}
