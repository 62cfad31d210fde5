//! Documents one after another, and what holds for one of them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::OptionalExtension;
use trucewatch::claim::Claim;

use crate::as_of::Moment;
use crate::decision::{Settled, settle};
use crate::error::Result;
use crate::ledger::Ledger;

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its entry.
    pub entry: u64,
    /// Its id.
    pub id: String,
    /// The name that it came under; empty where what it held was removed.
    pub name: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// First day on which it may have been published; empty where it is undated.
    pub day: String,
    /// Claims in its newest reading.
    pub claims: u64,
}

impl Ledger {
    /// Claims that were recalled of a document as people decided them, with the decisions of then.
    ///
    /// # Errors
    /// Where the database cannot be read or an entry is damaged.
    pub fn settled(&self, document: &str, claims: Vec<Claim>, moment: Moment) -> Result<Settled> {
        Ok(settle(claims, &self.decisions_on(&BTreeSet::from([document.to_owned()]), moment)?))
    }

    /// Ids of the documents that came in just before and just after an entry.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn neighbours(&self, entry: u64, moment: Moment) -> Result<(Option<String>, Option<String>)> {
        let one = |query: &str| {
            self.connection.prepare_cached(query)?.query_row((entry, moment.0), |row| row.get(0)).optional()
        };
        let before = one("SELECT id FROM document WHERE entry < ?1 AND entry < ?2 ORDER BY entry DESC LIMIT 1")?;
        let after = one("SELECT id FROM document WHERE entry > ?1 AND entry < ?2 ORDER BY entry LIMIT 1")?;
        Ok((before, after))
    }

    /// How many documents were published on some days, or came in at all; counted up to `most`.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn counted(&self, days: Option<(Date, Date)>, most: usize, moment: Moment) -> Result<usize> {
        let query = "SELECT count(*) FROM (SELECT 1 FROM reading WHERE first_day BETWEEN ?1 AND ?2
             AND entry < ?3 AND coalesce(until, ?3) >= ?3 LIMIT ?4)";
        let (from, to) = days.map_or((String::new(), "~".to_owned()), |(a, b)| (a.to_string(), b.to_string()));
        let mut find = self.connection.prepare_cached(query)?;
        Ok(find.query_row((from, to, moment.0, most), |row| row.get(0))?)
    }

    /// Documents by their entries, the newest first, from before an entry on.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn listed(&self, before: Option<u64>, limit: usize, moment: Moment) -> Result<Vec<Listed>> {
        let query = "SELECT d.entry, d.id, d.name, d.outlet, r.first_day, r.claims FROM document d
             JOIN reading r ON r.document = d.id AND r.entry < ?1 AND coalesce(r.until, ?1) >= ?1
             WHERE d.entry < ?2 ORDER BY d.entry DESC LIMIT ?3";
        let before = before.unwrap_or(moment.0).min(moment.0);
        self.rows(query, (moment.0, before, limit), |row| {
            let (entry, id, name) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Listed { entry, id, name, outlet: row.get(3)?, day: row.get(4)?, claims: row.get(5)? })
        })
    }
}
