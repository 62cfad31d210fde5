//! Sessions: who is logged in.

use jiff::Timestamp;
use rusqlite::OptionalExtension;

use super::part::with_part;
use super::secret::{Secret, hash};
use super::store::account;
use super::{Account, Accounts, Result};

/// Hours after which a session ends that is not used.
const IDLE_HOURS: i64 = 12;
/// Days after which it ends in any case.
const LONGEST_DAYS: i64 = 7;
/// Seconds within which its use is not written down again.
const NOTED: i64 = 60;

/// Somebody's session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub account: Account,
    /// The word that its forms carry.
    pub csrf: String,
}

impl Accounts {
    /// Begins a session; the word for its cookie.
    ///
    /// # Errors
    /// Where the database cannot be written to.
    pub fn begin(&self, account: i64, now: Timestamp) -> Result<Secret> {
        let (secret, csrf, second) = (Secret::new()?, Secret::new()?, now.as_second());
        let db = self.database();
        db.execute("DELETE FROM session WHERE expires <= ?1 OR used <= ?2", (second, second - IDLE_HOURS * 3600))?;
        let made = "INSERT INTO session VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = (hash(secret.reveal()), account, csrf.reveal(), second, second + LONGEST_DAYS * 86_400);
        db.execute(made, values)?;
        Ok(secret)
    }

    /// The session of a cookie, where it is one.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn session(&self, word: &str, now: Timestamp) -> Result<Option<Session>> {
        let (key, second) = (hash(word), now.as_second());
        let query = "SELECT a.id, a.name, a.role, a.active, 1, s.csrf, s.used FROM session s
             JOIN account a ON a.id = s.account
             WHERE s.hash = ?1 AND s.expires > ?2 AND s.used > ?3 AND a.active";
        let db = self.database();
        let found = db
            .prepare_cached(query)?
            .query_row((&key, second, second - IDLE_HOURS * 3600), |row| {
                Ok((Session { account: account(row)?, csrf: row.get(5)? }, row.get::<_, i64>(6)?))
            })
            .optional()?;
        if found.as_ref().is_some_and(|(_, used)| second - used > NOTED) {
            db.execute("UPDATE session SET used = ?1 WHERE hash = ?2", (second, &key))?;
        }
        let Some((session, _)) = found else { return Ok(None) };
        Ok(Some(Session { account: with_part(&db, session.account)?, ..session }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Where the database cannot be written to.
    pub fn end(&self, word: &str) -> Result<()> {
        self.database().execute("DELETE FROM session WHERE hash = ?1", [hash(word)])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_it_is_left_and_when_it_is_ended() {
        let accounts = Accounts::in_memory().unwrap();
        let now: Timestamp = "2031-03-08T12:00Z".parse().unwrap();
        let link = accounts.first_link(now).unwrap();
        let orn = accounts.accept(link.reveal(), "Orn", "a password of some length", now).unwrap();
        let word = accounts.begin(orn.id, now).unwrap();
        assert_eq!(accounts.session("another", now).unwrap(), None);
        let late = "2031-03-09T12:00Z".parse().unwrap();
        assert_eq!(accounts.session(word.reveal(), late).unwrap(), None);
        assert_eq!(accounts.session(word.reveal(), now).unwrap().unwrap().account, orn);
        accounts.end(word.reveal()).unwrap();
        assert_eq!(accounts.session(word.reveal(), now).unwrap(), None);
    }
}
