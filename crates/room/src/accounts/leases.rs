//! Documents that somebody has taken for review, so that others are given other ones.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Accounts, Result};

/// Minutes after which what was taken and not reviewed is given to others.
pub const LEASE_MINUTES: i64 = 45;

/// What somebody has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Ids of the documents.
    pub documents: Vec<String>,
    /// Until when.
    pub until: Option<Timestamp>,
}

impl Accounts {
    /// What an account has taken.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn leased(&self, account: i64, now: Timestamp) -> Result<Lease> {
        let db = self.database();
        let query = "SELECT document, until FROM lease WHERE account = ?1 AND until > ?2 ORDER BY rowid";
        let mut find = db.prepare_cached(query)?;
        let rows = find.query_map((account, now.as_second()), |r| Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?)))?;
        let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let until = rows.iter().map(|(_, until)| *until).min().and_then(|s| Timestamp::from_second(s).ok());
        Ok(Lease { documents: rows.into_iter().map(|(d, _)| d).collect(), until })
    }

    /// Gives an account so many of some documents, in their order, that nobody else has taken, beside what it has.
    ///
    /// # Errors
    /// Where the database cannot be written to.
    pub fn lease(&self, account: i64, wanted: &[String], most: usize, now: Timestamp) -> Result<()> {
        let (second, until) = (now.as_second(), now.as_second() + LEASE_MINUTES * 60);
        let mut db = self.database();
        let tx = db.transaction()?;
        tx.execute("DELETE FROM lease WHERE until <= ?1", [second])?;
        let taken: BTreeSet<String> = {
            let mut find = tx.prepare("SELECT document FROM lease")?;
            find.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
        };
        for document in wanted.iter().filter(|d| !taken.contains(*d)).take(most) {
            tx.execute("INSERT OR IGNORE INTO lease VALUES (?1, ?2, ?3)", (document, account, until))?;
        }
        Ok(tx.commit()?)
    }

    /// Gives back what an account has taken: one document, or all.
    ///
    /// # Errors
    /// Where the database cannot be written to.
    pub fn give_back(&self, account: i64, document: Option<&str>) -> Result<()> {
        let query = "DELETE FROM lease WHERE account = ?1 AND (?2 IS NULL OR document = ?2)";
        self.database().execute(query, (account, document))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Role;

    #[test]
    fn two_people_are_not_given_the_same_documents() {
        let accounts = Accounts::in_memory().unwrap();
        let now: Timestamp = "2031-03-08T12:00Z".parse().unwrap();
        accounts.make("Orn", Role::Analyst, now).unwrap();
        accounts.make("Vik", Role::Analyst, now).unwrap();
        let wanted: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        accounts.lease(1, &wanted, 2, now).unwrap();
        accounts.lease(2, &wanted, 2, now).unwrap();
        assert_eq!(accounts.leased(1, now).unwrap().documents, ["a", "b"]);
        assert_eq!(accounts.leased(2, now).unwrap().documents, ["c"]);
        let later = "2031-03-08T13:00Z".parse().unwrap();
        assert!(accounts.leased(1, later).unwrap().documents.is_empty());
        accounts.lease(2, &wanted, 2, later).unwrap();
        assert_eq!(accounts.leased(2, later).unwrap().documents, ["a", "b"]);
    }
}
