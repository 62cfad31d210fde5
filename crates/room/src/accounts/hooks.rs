//! Addresses that are told of new findings, what waits to be delivered to them, and what became of it.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row};

use super::{Accounts, AccountsError, Result};

/// Deliveries that wait for one address, at most; what is more is dropped and counted.
const WAITING: i64 = 1_000;
/// Deliveries that are remembered of one address once they are done, at most.
const REMEMBERED: i64 = 200;
/// Addresses, at most.
const HOOKS: i64 = 20;
/// Seconds until it is tried again, after each failure; then it is given up.
const PAUSES: [i64; 7] = [10, 60, 300, 1_800, 7_200, 28_800, 86_400];

/// An address that is told of new findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Its number.
    pub id: i64,
    /// Where it is told.
    pub address: String,
    /// Who asked for it.
    pub made_by: String,
    /// Deliveries that were dropped because too many waited.
    pub dropped: u64,
}

/// Something that is or was to be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id, the same at every try.
    pub id: String,
    /// To which address.
    pub hook: i64,
    /// What is told.
    pub body: String,
    /// When it was made, in seconds.
    pub made: i64,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next; not at all where it was delivered or given up.
    pub due: Option<i64>,
    /// What came of the last try.
    pub said: String,
}

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Delivered,
    /// It was answered, and not taken; others may be.
    Refused,
    /// Nobody answered, or who did is busy: others would fare no better.
    Unreached,
}

/// The key by which deliveries are signed. It does not show in debug output.
#[derive(Clone)]
pub struct SigningKey(String);

impl SigningKey {
    /// As receivers are given it: `whsec_` and the bytes in base64.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The key of some words.
    #[cfg(test)]
    pub(crate) fn known(words: &str) -> SigningKey {
        SigningKey(words.to_owned())
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        STANDARD.decode(self.0.trim_start_matches("whsec_")).unwrap_or_default()
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl Accounts {
    /// Has an address told from now on: of what is not among `known`. Its signing key is given here and nowhere else.
    ///
    /// # Errors
    /// Where there are too many, or the database cannot be written to.
    pub fn make_hook(&self, address: &str, by: &str, known: &BTreeSet<&str>, now: Timestamp) -> Result<SigningKey> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| AccountsError::Random)?;
        let key = SigningKey(format!("whsec_{}", STANDARD.encode(bytes)));
        let mut db = self.database();
        let tx = db.transaction()?;
        let there: i64 = tx.query_row("SELECT count(*) FROM hook", [], |row| row.get(0))?;
        if there >= HOOKS {
            return Err(AccountsError::Refused(format!("there are {HOOKS} webhooks already")));
        }
        if tx.query_row("SELECT NOT EXISTS (SELECT 1 FROM hook)", [], |row| row.get(0))? {
            tx.execute("DELETE FROM told", [])?;
            known.iter().try_for_each(|id| tx.execute("INSERT INTO told VALUES (?1)", [id]).map(drop))?;
        }
        let made = "INSERT INTO hook (address, secret, made, made_by) VALUES (?1, ?2, ?3, ?4)";
        tx.execute(made, (address, key.reveal(), now.as_second(), by))?;
        tx.commit()?;
        Ok(key)
    }

    /// All of them.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn hooks(&self) -> Result<Vec<Hook>> {
        let db = self.database();
        let mut find = db.prepare_cached("SELECT id, address, made_by, dropped FROM hook ORDER BY id")?;
        let read = |row: &Row<'_>| {
            let (id, address, made_by) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Hook { id, address, made_by, dropped: row.get(3)? })
        };
        let found = find.query_map([], read)?.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(found)
    }

    /// Ends one, and forgets what waited for it.
    ///
    /// # Errors
    /// Where there is none.
    pub fn end_hook(&self, id: i64) -> Result<()> {
        match self.database().execute("DELETE FROM hook WHERE id = ?1", [id])? {
            0 => Err(AccountsError::Missing(format!("webhook {id}"))),
            _ => Ok(()),
        }
    }

    /// Which of some findings nobody was told of yet.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn not_told<'a>(&self, findings: impl Iterator<Item = &'a str>) -> Result<BTreeSet<&'a str>> {
        let db = self.database();
        let mut find = db.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM told WHERE finding = ?1)")?;
        let mut new = BTreeSet::new();
        for id in findings {
            if find.query_row([id], |row| row.get(0))? {
                new.insert(id);
            }
        }
        Ok(new)
    }

    /// Notes that findings were told of.
    ///
    /// # Errors
    /// Where the database cannot be written to.
    pub fn note_told(&self, findings: &BTreeSet<&str>) -> Result<()> {
        let mut db = self.database();
        let tx = db.transaction()?;
        findings.iter().try_for_each(|id| tx.execute("INSERT OR IGNORE INTO told VALUES (?1)", [id]).map(drop))?;
        Ok(tx.commit()?)
    }

    /// Has something delivered: to one address, or to all that are told.
    ///
    /// # Errors
    /// Where the database cannot be written to.
    pub fn deliver(&self, hook: Option<i64>, body: &str, now: Timestamp) -> Result<()> {
        let wanted: Vec<i64> = match hook {
            Some(id) => vec![id],
            None => self.hooks()?.iter().map(|h| h.id).collect(),
        };
        let mut db = self.database();
        let tx = db.transaction()?;
        for hook in wanted {
            let waiting = "SELECT count(*) FROM delivery WHERE hook = ?1 AND due IS NOT NULL";
            if tx.query_row(waiting, [hook], |row| row.get::<_, i64>(0))? >= WAITING {
                tx.execute("UPDATE hook SET dropped = dropped + 1 WHERE id = ?1", [hook])?;
                continue;
            }
            let mut bytes = [0u8; 12];
            getrandom::fill(&mut bytes).map_err(|_| AccountsError::Random)?;
            let id: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
            let made = "INSERT INTO delivery (id, hook, body, made, due) VALUES (?1, ?2, ?3, ?4, ?4)";
            tx.execute(made, (format!("msg_{id}"), hook, body, now.as_second()))?;
        }
        Ok(tx.commit()?)
    }

    /// What is due for an address, the first first, and the key by which to sign it; no key while it is not to be tried.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn due(&self, hook: i64, now: Timestamp, most: usize) -> Result<(Option<SigningKey>, Vec<Delivery>)> {
        let key = {
            let db = self.database();
            let query = "SELECT secret FROM hook WHERE id = ?1 AND paused <= ?2";
            db.query_row(query, (hook, now.as_second()), |row| row.get(0)).optional()?.map(SigningKey)
        };
        let condition = "hook = ?1 AND due <= ?2 ORDER BY made, rowid LIMIT ?3";
        Ok((key, self.deliveries_where(condition, (hook, now.as_second(), most))?))
    }

    /// The last deliveries to an address, the newest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn deliveries(&self, hook: i64, most: usize) -> Result<Vec<Delivery>> {
        self.deliveries_where("hook = ?1 ORDER BY made DESC, rowid DESC LIMIT ?2", (hook, most))
    }

    fn deliveries_where(&self, condition: &str, values: impl rusqlite::Params) -> Result<Vec<Delivery>> {
        let db = self.database();
        let query = format!("SELECT id, hook, body, made, tries, due, said FROM delivery WHERE {condition}");
        let mut find = db.prepare_cached(&query)?;
        let read = |row: &Row<'_>| {
            let (id, hook, body, made) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(Delivery { id, hook, body, made, tries: row.get(4)?, due: row.get(5)?, said: row.get(6)? })
        };
        let found = find.query_map(values, read)?.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(found)
    }

    /// Notes what came of a try: delivered, or to be tried again after a pause that grows, or given up. Nothing else is
    /// tried meanwhile where nobody answered.
    ///
    /// # Errors
    /// Where the database cannot be written to.
    pub fn tried(&self, delivery: &Delivery, outcome: Outcome, said: &str, now: Timestamp) -> Result<()> {
        let pause = PAUSES.get(usize::try_from(delivery.tries).unwrap_or(usize::MAX));
        let due = pause.filter(|_| outcome != Outcome::Delivered).map(|pause| now.as_second() + pause);
        let said = match (outcome, due) {
            (Outcome::Refused | Outcome::Unreached, None) => format!("given up: {said}"),
            _ => said.to_owned(),
        };
        let db = self.database();
        let note = "UPDATE delivery SET tries = tries + 1, due = ?2, said = ?3 WHERE id = ?1";
        db.execute(note, (&delivery.id, due, said.chars().take(300).collect::<String>()))?;
        let paused = due.filter(|_| outcome == Outcome::Unreached).unwrap_or_default();
        db.execute("UPDATE hook SET paused = ?2 WHERE id = ?1", (delivery.hook, paused))?;
        let forget = "DELETE FROM delivery WHERE hook = ?1 AND due IS NULL AND rowid NOT IN
             (SELECT rowid FROM delivery WHERE hook = ?1 AND due IS NULL ORDER BY made DESC, rowid DESC LIMIT ?2)";
        db.execute(forget, (delivery.hook, REMEMBERED))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2031-03-08T12:00Z".parse().unwrap()
    }

    #[test]
    fn what_was_there_before_is_not_told_and_nothing_is_told_twice() {
        let accounts = Accounts::in_memory().unwrap();
        accounts.make_hook("https://a.example/", "Orn", &BTreeSet::from(["old"]), now()).unwrap();
        let new = accounts.not_told(["old", "new"].into_iter()).unwrap();
        assert_eq!(new, BTreeSet::from(["new"]));
        accounts.note_told(&new).unwrap();
        assert!(accounts.not_told(["old", "new"].into_iter()).unwrap().is_empty());
    }

    #[test]
    fn a_failure_is_tried_again_later_and_later_and_given_up() {
        let accounts = Accounts::in_memory().unwrap();
        let key = accounts.make_hook("https://a.example/", "Orn", &BTreeSet::new(), now()).unwrap();
        assert!(key.reveal().starts_with("whsec_") && key.bytes().len() == 32);
        assert!(!format!("{key:?}").contains("whsec_"));
        accounts.deliver(None, "{}", now()).unwrap();
        let (mut at, mut tries) = (now(), 0);
        while let Some(delivery) = accounts.deliveries(1, 1).unwrap().pop().filter(|d| d.due.is_some()) {
            at = Timestamp::from_second(delivery.due.unwrap()).unwrap();
            assert_eq!(accounts.due(1, at, 9).unwrap().1, std::slice::from_ref(&delivery));
            accounts.tried(&delivery, Outcome::Refused, "status 500", at).unwrap();
            tries += 1;
        }
        assert_eq!(tries, PAUSES.len() + 1);
        assert!(accounts.deliveries(1, 1).unwrap()[0].said.starts_with("given up: "));
        assert_eq!(at.as_second() - now().as_second(), PAUSES.iter().sum::<i64>());
    }

    #[test]
    fn where_nobody_answers_nothing_else_is_tried_meanwhile() {
        let accounts = Accounts::in_memory().unwrap();
        accounts.make_hook("https://a.example/", "Orn", &BTreeSet::new(), now()).unwrap();
        for _ in 0..2 {
            accounts.deliver(None, "{}", now()).unwrap();
        }
        let first = accounts.due(1, now(), 9).unwrap().1.remove(0);
        accounts.tried(&first, Outcome::Unreached, "timeout", now()).unwrap();
        let at = |second: i64| Timestamp::from_second(now().as_second() + second).unwrap();
        assert!(accounts.due(1, at(PAUSES[0] - 1), 9).unwrap().0.is_none());
        assert_eq!(accounts.due(1, at(PAUSES[0]), 9).unwrap().1.len(), 2);
        accounts.tried(&first, Outcome::Refused, "status 413", now()).unwrap();
        assert!(accounts.due(1, at(0), 9).unwrap().0.is_some());
    }

    #[test]
    fn what_waits_is_bounded_and_what_is_dropped_is_counted() {
        let accounts = Accounts::in_memory().unwrap();
        accounts.make_hook("https://a.example/", "Orn", &BTreeSet::new(), now()).unwrap();
        for _ in 0..WAITING + 3 {
            accounts.deliver(Some(1), "{}", now()).unwrap();
        }
        assert_eq!(accounts.hooks().unwrap()[0].dropped, 3);
        accounts.end_hook(1).unwrap();
        assert!(accounts.deliveries(1, 1).unwrap().is_empty());
        assert!(accounts.end_hook(1).is_err());
    }
}
