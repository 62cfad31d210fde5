//! What was seen on the ground: the form as it was filled in, the document that tells it, and the claims in its words.

use jiff::Timestamp;

use crate::append::{Added, add_one};
use crate::as_of::Moment;
use crate::entry::{DocumentDraft, Draft, FieldReport, ReadingRecord};
use crate::error::{LedgerError, Result};
use crate::header::Kind;
use crate::ledger::Ledger;

/// A field report to add: what the form says, and what tells it in words.
#[derive(Debug, Clone)]
pub struct FieldDraft {
    /// The form.
    pub report: FieldReport,
    /// The document that tells it.
    pub document: DocumentDraft,
    /// The claims in the document's words.
    pub reading: ReadingRecord,
}

/// A field report with its entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    /// Its entry.
    pub entry: u64,
    /// When it was taken in.
    pub at: Timestamp,
    /// Id of the document that tells it.
    pub document: String,
    /// The form; none where it was removed.
    pub report: Option<FieldReport>,
}

impl Ledger {
    /// Adds field reports, each with its document and its claims. One that is told in the same words as an earlier one is
    /// not added again.
    ///
    /// # Errors
    /// Where nothing could be written; then none of them is kept.
    pub fn add_field_reports(&mut self, now: Timestamp, drafts: Vec<FieldDraft>) -> Result<Vec<Added>> {
        self.step(now, |step| {
            let mut done = Vec::new();
            for FieldDraft { report, document, reading } in drafts {
                let id = document.record.id.clone();
                let added = add_one(step, document, &reading)?;
                if let Added::New(_) = added {
                    step.push(Draft::new(Kind::FieldReport, &id, &report))?;
                }
                done.push(added);
            }
            Ok(done)
        })
    }

    /// All field reports by a moment, the first first.
    ///
    /// # Errors
    /// Where the database cannot be read or an entry is damaged.
    pub fn field_reports(&self, moment: Moment) -> Result<Vec<Reported>> {
        let query = "SELECT entry, document FROM field WHERE entry < ?1 ORDER BY entry";
        let found: Vec<(u64, String)> = self.rows(query, [moment.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        found.into_iter().map(|(entry, document)| self.reported(entry, document)).collect()
    }

    /// Whether a document tells a field report.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn is_field_report(&self, document: &str) -> Result<bool> {
        let found = self.rows("SELECT 1 FROM field WHERE document = ?1 LIMIT 1", [document], |_| Ok(()))?;
        Ok(!found.is_empty())
    }

    fn reported(&self, entry: u64, document: String) -> Result<Reported> {
        let at = self.header(entry)?.at;
        let form = |e: serde_json::Error| LedgerError::damaged(entry, format!("its record: {e}"));
        let record = self.part(entry, "record")?;
        let report = record.map(|bytes| serde_json::from_slice(&bytes)).transpose().map_err(form)?;
        Ok(Reported { entry, at, document, report })
    }
}
