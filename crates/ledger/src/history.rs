//! What was recorded about a claim or a document, and what waits for somebody.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::as_of::Moment;
use crate::decision::{Conflict, Decided, settle};
use crate::entry::{Reader, ReadingRecord};
use crate::error::Result;
use crate::header::Kind;
use crate::ledger::Ledger;

/// Something that was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The entry.
    pub entry: u64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What was recorded.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The document came in.
    Document,
    /// It was read, and the claim was in it.
    Read(Reader),
    /// It was read, and the claim was not in it.
    ReadWithout(Reader),
    /// Somebody decided on it.
    Decided(Box<Decided>),
    /// What it held was removed.
    Removed,
}

/// A claim that waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Its id.
    pub claim: String,
    /// Its document.
    pub document: String,
    /// Why, in words.
    pub why: String,
}

impl Ledger {
    /// Everything that was recorded about a claim by a moment, the first first.
    ///
    /// # Errors
    /// Where there is no such claim, or the database cannot be read.
    pub fn history(&self, claim: &str, moment: Moment) -> Result<Vec<Event>> {
        let (claim, document) = self.claim_id(claim)?;
        let query = "SELECT number FROM entry WHERE subject = ?1 AND number < ?2 ORDER BY number";
        let entries: Vec<u64> = self.rows(query, (&document, moment.0), |row| row.get(0))?;
        let decisions = self.decisions_on(&BTreeSet::from([document.clone()]), moment)?;
        let about = decisions.into_iter().filter(|d| self.is_about(d, &claim, moment));
        let mut events: Vec<Event> =
            about.map(|d| Event { entry: d.entry, at: d.at, what: What::Decided(Box::new(d)) }).collect();
        for number in entries {
            let entry = self.entry(number)?;
            let read = || entry.record::<ReadingRecord>();
            let what = match entry.header.kind {
                Kind::Document => Some(What::Document),
                Kind::Reading => read().map(|r| match r.claims.iter().any(|c| c.id == claim) {
                    true => What::Read(r.reader),
                    false => What::ReadWithout(r.reader),
                }),
                Kind::Tombstone => Some(What::Removed),
                Kind::Decision | Kind::FieldReport | Kind::Key | Kind::Statement | Kind::Checkpoint => None,
            };
            events.extend(what.map(|what| Event { entry: number, at: entry.header.at, what }));
        }
        events.sort_by_key(|e| e.entry);
        Ok(events)
    }

    /// Whether a decision was made on a claim, or on what is now that claim.
    fn is_about(&self, decided: &Decided, claim: &str, moment: Moment) -> bool {
        if decided.decision.act.added().is_some_and(|added| added.id == claim) {
            return true;
        }
        let anchors = decided.decision.act.claims();
        anchors.iter().any(|a| {
            let now = || self.recall(&a.document, moment).ok().flatten().map(|r| r.claims).unwrap_or_default();
            a.claim == claim || a.find_id(&now()).is_some_and(|id| id == claim)
        })
    }

    /// Decisions on claims that no longer fit what is read.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn conflicts(&self, moment: Moment) -> Result<Vec<Conflict>> {
        let query = "SELECT DISTINCT about FROM decided WHERE entry < ?1 ORDER BY about";
        let documents: BTreeSet<String> = self.rows(query, [moment.0], |row| row.get(0))?.into_iter().collect();
        let mut claims = Vec::new();
        for document in &documents {
            claims.extend(self.recall(document, moment)?.into_iter().flat_map(|r| r.claims));
        }
        Ok(settle(claims, &self.decisions_on(&documents, moment)?).conflicts)
    }

    /// Claims that are doubtful and that nobody decided on, the newest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn waiting(&self, below: f64, limit: usize, moment: Moment) -> Result<Vec<Waiting>> {
        let query =
            "SELECT c.id, c.document, c.confidence, c.garbled FROM claim c JOIN reading r ON r.entry = c.reading
             WHERE (c.confidence < ?1 OR c.garbled) AND r.entry < ?2 AND coalesce(r.until, ?2) >= ?2
             AND c.id NOT IN (SELECT value FROM json_each(?3)) ORDER BY c.number DESC LIMIT ?4";
        let decisions = self.decisions(moment)?;
        let holding = decisions.iter().filter(|d| d.undone.is_none());
        let anchors = holding.flat_map(|d| d.decision.act.claims());
        let decided: BTreeSet<&str> = anchors.map(|a| a.claim.as_str()).collect();
        let decided = serde_json::to_string(&decided).unwrap_or_default();
        let read = |row: &rusqlite::Row<'_>| {
            let (confidence, garbled): (f64, bool) = (row.get(2)?, row.get(3)?);
            let why = if garbled { "the words seem garbled".to_owned() } else { format!("confidence {confidence:.2}") };
            Ok(Waiting { claim: row.get(0)?, document: row.get(1)?, why })
        };
        self.rows(query, (below, moment.0, decided, limit), read)
    }

    /// With what documents were last read, and how many with each.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn readers(&self, moment: Moment) -> Result<Vec<(Reader, u64)>> {
        let query = "SELECT x.record, count(*) FROM reading r JOIN reader x ON x.number = r.reader
             WHERE r.entry < ?1 AND coalesce(r.until, ?1) >= ?1 GROUP BY x.record ORDER BY x.record";
        let found = self.rows(query, [moment.0], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        Ok(found.into_iter().filter_map(|(record, n)| Some((serde_json::from_str(&record).ok()?, n))).collect())
    }

    /// Documents with what they were last read with, in the order in which they came in. Field reports are not among
    /// them: what they hold was never read off words.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn last_read(&self) -> Result<Vec<(String, Reader)>> {
        let query = "SELECT d.id, x.record FROM document d JOIN reading r ON r.document = d.id
             JOIN reader x ON x.number = r.reader
             WHERE r.until IS NULL AND d.id NOT IN (SELECT document FROM field) ORDER BY d.entry";
        let found = self.rows(query, [], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        Ok(found.into_iter().filter_map(|(id, record)| Some((id, serde_json::from_str(&record).ok()?))).collect())
    }

    /// Ids of all documents, removed ones included.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn document_ids(&self) -> Result<BTreeSet<String>> {
        Ok(self.rows("SELECT id FROM document", [], |row| row.get(0))?.into_iter().collect())
    }

    /// The last day on which a document was published that came with its day or, where none did, any.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn last_day(&self, moment: Moment) -> Result<Option<jiff::civil::Date>> {
        let query = "SELECT last_day FROM reading WHERE given >= ?1 AND last_day < '9999' AND last_day <> ''
             AND entry < ?2 AND coalesce(until, ?2) >= ?2 ORDER BY last_day DESC LIMIT 1";
        let newest = |given: i64| self.rows(query, (given, moment.0), |row| row.get::<_, String>(0));
        let found = newest(1)?.pop().map_or_else(|| newest(0).map(|mut all| all.pop()), |day| Ok(Some(day)))?;
        Ok(found.and_then(|day| day.parse().ok()))
    }
}
