//! Reading as of a time: what was known then is the first so many entries of the log.

use jiff::Timestamp;

use crate::error::Result;
use crate::header::written;
use crate::ledger::Ledger;

/// A moment of the ledger: the number of entries that were there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub u64);

impl Moment {
    /// Whether an entry was there.
    #[must_use]
    pub fn holds(self, entry: u64) -> bool {
        entry < self.0
    }
}

impl Ledger {
    /// The moment of a time, or now. An entry of exactly that time was there.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn moment(&self, as_of: Option<Timestamp>) -> Result<Moment> {
        let size = self.size()?;
        let Some(time) = as_of else { return Ok(Moment(size)) };
        let query = "SELECT coalesce(max(number) + 1, 0) FROM entry WHERE at <= ?1";
        let known: u64 = self.connection.query_row(query, [written(time)], |row| row.get(0))?;
        Ok(Moment(known.min(size)))
    }
}
