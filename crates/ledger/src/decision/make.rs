//! Making decisions: each is checked against the ledger as it stands, then appended.

use jiff::Timestamp;

use super::correct::correct;
use super::{Act, Anchor, Decided, Decision, Field, value_of};
use crate::entry::Draft;
use crate::error::{LedgerError, Result};
use crate::header::Kind;
use crate::ledger::Ledger;

impl Ledger {
    /// Appends a decision; the number of its entry.
    ///
    /// # Errors
    /// Where what it is about is not there, its value is none, or it could not be written.
    pub fn decide(&mut self, now: Timestamp, decision: &Decision) -> Result<u64> {
        if decision.by.trim().is_empty() {
            return Err(LedgerError::Refused("a decision says who makes it".to_owned()));
        }
        self.check(&decision.act)?;
        let subject = subject(&decision.act);
        self.step(now, |step| {
            if let Act::Undo { entry } = &decision.act {
                crate::projection::is_open(step.database(), *entry)?;
            }
            step.push(Draft::new(Kind::Decision, &subject, decision))
        })
    }

    /// A correction of a field of a claim from what the reader has to a value in words.
    ///
    /// # Errors
    /// Where there is no such claim, or the value is none of that field.
    pub fn correction(&self, claim: &str, field: Field, new: &str) -> Result<Act> {
        let read = self.claim_as_read(claim)?;
        let mut changed = read.clone();
        correct(&mut changed, field, new).map_err(LedgerError::Refused)?;
        let old = value_of(&read, field);
        Ok(Act::Correct { claim: Anchor::of(&read), field, old, new: value_of(&changed, field) })
    }

    fn check(&self, act: &Act) -> Result<()> {
        match act {
            Act::Merge { claims } if claims.len() < 2 => {
                Err(LedgerError::Refused("two incidents or more are merged".to_owned()))
            }
            Act::Split { claims } if claims.is_empty() => {
                Err(LedgerError::Refused("a claim or more is split off".to_owned()))
            }
            Act::GradeClaim { grade: Some(grade), .. } if !(1..=6).contains(grade) => {
                Err(LedgerError::Refused(format!("{grade} is no grade of credibility, which is 1 to 6")))
            }
            Act::Note { words, .. } if words.trim().is_empty() => {
                Err(LedgerError::Refused("a note has words".to_owned()))
            }
            _ => Ok(()),
        }
    }

    /// The decisions that were made by a moment, the first first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn decisions(&self, moment: crate::Moment) -> Result<Vec<Decided>> {
        self.decisions_where("1", [], moment)
    }

    /// The decisions that a condition on their rows picks, as they stood at a moment.
    pub(crate) fn decisions_where(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
        moment: crate::Moment,
    ) -> Result<Vec<Decided>> {
        let query = format!("SELECT d.entry FROM decision d WHERE {condition} ORDER BY d.entry");
        let found: Vec<u64> = self.rows(&query, values, |row| row.get(0))?;
        let known = found.into_iter().filter(|entry| moment.holds(*entry));
        let read = |entry: u64| {
            let kept = self.entry(entry)?;
            let undone = crate::projection::undone(&self.connection, entry, moment)?;
            let decision = kept.record::<Decision>();
            Ok(decision.map(|decision| Decided { entry, at: kept.header.at, decision, undone }))
        };
        known.filter_map(|found| read(found).transpose()).collect()
    }
}

/// The one document that a decision is about, where it is one.
fn subject(act: &Act) -> String {
    let mut documents: Vec<&str> = act.claims().into_iter().map(|a| a.document.as_str()).collect();
    if let Act::Note { document: Some(document), .. } = act {
        documents.push(document);
    }
    documents.sort_unstable();
    documents.dedup();
    match documents.as_slice() {
        [one] => (*one).to_owned(),
        _ => String::new(),
    }
}
