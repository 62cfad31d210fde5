//! The file of accounts: opening it, making accounts, passwords.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use super::part::{Part, liaisons_read, with_part};
use super::secret::{Secret, hash};
use super::{AccountsError, Result, Role, password};

/// Hours for which a link to set a password is good.
const LINK_HOURS: i64 = 48;

/// The accounts of a room.
#[derive(Debug)]
pub struct Accounts {
    connection: Mutex<Connection>,
}

/// Somebody who may log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// The name under which decisions are recorded.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Whether it may log in.
    pub active: bool,
    /// Whether its password was set.
    pub ready: bool,
    /// Its part in a mission.
    pub part: Option<Part>,
}

impl Accounts {
    /// Opens the file; makes it where it is not there, readable by its owner only.
    ///
    /// # Errors
    /// Where it cannot be opened, or is something else.
    pub fn open(path: &Path) -> Result<Accounts> {
        own(path);
        Accounts::over(Connection::open(path)?)
    }

    /// Accounts that are gone when the program ends.
    ///
    /// # Errors
    /// Where there is no memory for them.
    pub fn in_memory() -> Result<Accounts> {
        Accounts::over(Connection::open_in_memory()?)
    }

    fn over(connection: Connection) -> Result<Accounts> {
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.execute_batch(include_str!("schema.sql"))?;
        Ok(Accounts { connection: Mutex::new(connection) })
    }

    pub(super) fn database(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All accounts, by name.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn all(&self) -> Result<Vec<Account>> {
        let db = self.database();
        let mut find =
            db.prepare_cached("SELECT id, name, role, active, password IS NOT NULL FROM account ORDER BY name")?;
        let found = find.query_map([], account)?.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(found.into_iter().map(|a| with_part(&db, a)).collect::<rusqlite::Result<_>>()?)
    }

    /// The account of a number.
    ///
    /// # Errors
    /// Where there is none.
    pub fn account(&self, id: i64) -> Result<Account> {
        let db = self.database();
        let query = "SELECT id, name, role, active, password IS NOT NULL FROM account WHERE id = ?1";
        let found = db.prepare_cached(query)?.query_row([id], account).optional()?;
        let found = found.ok_or_else(|| AccountsError::Missing(format!("account {id}")))?;
        Ok(with_part(&db, found)?)
    }

    /// Whether somebody can log in.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn is_ready(&self) -> Result<bool> {
        let query = "SELECT EXISTS (SELECT 1 FROM account WHERE active AND password IS NOT NULL)";
        Ok(self.database().query_row(query, [], |row| row.get(0))?)
    }

    /// The link of the first administrator. Links that were made for it before are good no longer.
    ///
    /// # Errors
    /// Where the database cannot be written to.
    pub fn first_link(&self, now: Timestamp) -> Result<Secret> {
        self.database().execute("DELETE FROM invite WHERE account IS NULL", [])?;
        self.link(None, now)
    }

    /// Makes an account; the link by which its password is set.
    ///
    /// # Errors
    /// Where the name is none, or taken.
    pub fn make(&self, name: &str, role: Role, now: Timestamp) -> Result<Secret> {
        let id = insert(&self.database(), name, role, None, now)?;
        self.link(Some(id), now)
    }

    /// A new link by which the password of an account is set, and the end of its sessions.
    ///
    /// # Errors
    /// Where there is no such account.
    pub fn reset(&self, id: i64, now: Timestamp) -> Result<Secret> {
        self.account(id)?;
        self.database().execute("DELETE FROM session WHERE account = ?1", [id])?;
        self.link(Some(id), now)
    }

    fn link(&self, account: Option<i64>, now: Timestamp) -> Result<Secret> {
        let secret = Secret::new()?;
        let expires = now.as_second() + LINK_HOURS * 3600;
        let made = "INSERT INTO invite (hash, account, expires) VALUES (?1, ?2, ?3)";
        self.database().execute(made, (hash(secret.reveal()), account, expires))?;
        Ok(secret)
    }

    /// For whom a link is good: the name of an account, or none for the first administrator.
    ///
    /// # Errors
    /// Where it is good for nobody.
    pub fn invited(&self, link: &str, now: Timestamp) -> Result<Option<Account>> {
        let id = invited(&self.database(), link, now)?;
        id.map(|id| self.account(id)).transpose()
    }

    /// Sets the password of whom a link is for, once; `name` names the first administrator.
    ///
    /// # Errors
    /// Where the link is good for nobody, or the name or the password is none.
    pub fn accept(&self, link: &str, name: &str, password: &str, now: Timestamp) -> Result<Account> {
        password::check(password)?;
        let hashed = password::hash(password)?;
        let id = self.settle(link, name, &hashed, now)?;
        self.account(id)
    }

    fn settle(&self, link: &str, name: &str, hashed: &str, now: Timestamp) -> Result<i64> {
        let mut db = self.database();
        let tx = db.transaction()?;
        let id = match invited(&tx, link, now)? {
            Some(id) => {
                tx.execute("UPDATE account SET password = ?1 WHERE id = ?2", (hashed, id))?;
                id
            }
            None => insert(&tx, name, Role::Administrator, Some(hashed), now)?,
        };
        tx.execute("DELETE FROM invite WHERE hash = ?1 OR account = ?2", (hash(link), id))?;
        tx.commit()?;
        Ok(id)
    }

    /// The account of a name and a password; none where they do not fit.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn log_in(&self, name: &str, given: &str) -> Result<Option<Account>> {
        let query = "SELECT id, password FROM account WHERE name = ?1 AND active";
        let read = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?));
        let found = self.database().query_row(query, [name.trim()], read).optional()?;
        let (id, hashed) = found.map_or((None, None), |(id, hashed)| (Some(id), hashed));
        if !password::fits(given, hashed.as_deref()) {
            return Ok(None);
        }
        id.map(|id| self.account(id)).transpose()
    }

    /// Sets the password of an account, and ends its sessions but one.
    ///
    /// # Errors
    /// Where the password is none, or the database cannot be written to.
    pub fn set_password(&self, id: i64, new: &str, session: Option<&str>) -> Result<()> {
        password::check(new)?;
        let hashed = password::hash(new)?;
        let db = self.database();
        db.execute("UPDATE account SET password = ?1 WHERE id = ?2", (hashed, id))?;
        let kept = session.map(hash).unwrap_or_default();
        db.execute("DELETE FROM session WHERE account = ?1 AND hash <> ?2", (id, kept))?;
        Ok(())
    }

    /// Gives an account another role.
    ///
    /// # Errors
    /// Where there is none, it is the last administrator, or a liaison would be more than a reader.
    pub fn set_role(&self, id: i64, role: Role) -> Result<()> {
        let account = self.account(id)?;
        let is_liaison = account.part.is_some_and(|p| p.role == mission::Role::Liaison);
        if is_liaison && role != Role::Reader {
            return Err(liaisons_read(&account.name));
        }
        self.change(id, "UPDATE account SET role = ?2 WHERE id = ?1", role.as_str())
    }

    /// Lets an account log in, or not.
    ///
    /// # Errors
    /// Where there is none, or it is the last administrator.
    pub fn set_active(&self, id: i64, active: bool) -> Result<()> {
        self.change(id, "UPDATE account SET active = ?2 WHERE id = ?1", active)?;
        if !active {
            self.database().execute("DELETE FROM session WHERE account = ?1", [id])?;
        }
        Ok(())
    }

    /// Changes an account, unless nobody would be left who can administer.
    fn change(&self, id: i64, query: &str, value: impl rusqlite::ToSql) -> Result<()> {
        self.account(id)?;
        let mut db = self.database();
        let tx = db.transaction()?;
        tx.execute(query, rusqlite::params![id, value])?;
        let left =
            "SELECT EXISTS (SELECT 1 FROM account WHERE active AND role = 'administrator' AND password IS NOT NULL)";
        if !tx.query_row(left, [], |row| row.get::<_, bool>(0))? {
            return Err(AccountsError::Refused("nobody would be left who can administer".to_owned()));
        }
        Ok(tx.commit()?)
    }
}

pub(super) fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let role: String = row.get(2)?;
    let role = Role::parse(&role).unwrap_or(Role::Reader);
    Ok(Account { id: row.get(0)?, name: row.get(1)?, role, active: row.get(3)?, ready: row.get(4)?, part: None })
}

fn insert(db: &Connection, name: &str, role: Role, password: Option<&str>, now: Timestamp) -> Result<i64> {
    let name = name.trim();
    let is_named = !name.is_empty() && name.chars().count() <= 60 && !name.chars().any(char::is_control);
    if !is_named {
        return Err(AccountsError::Refused("a name has 1 to 60 characters on one line".to_owned()));
    }
    let there = "SELECT EXISTS (SELECT 1 FROM account WHERE name = ?1)";
    if db.query_row(there, [name], |row| row.get::<_, bool>(0))? {
        return Err(AccountsError::Refused(format!("there is an account `{name}` already")));
    }
    let made = "INSERT INTO account (name, role, password, made) VALUES (?1, ?2, ?3, ?4)";
    db.execute(made, (name, role.as_str(), password, now.as_second()))?;
    Ok(db.last_insert_rowid())
}

/// The account that a link is for; none for the first administrator's.
fn invited(db: &Connection, link: &str, now: Timestamp) -> Result<Option<i64>> {
    let query = "SELECT account FROM invite WHERE hash = ?1 AND expires > ?2";
    let found = db.query_row(query, (hash(link), now.as_second()), |row| row.get(0)).optional()?;
    found.ok_or_else(|| AccountsError::Missing("link like this; it was used, or its time is over".to_owned()))
}

/// Makes the file so that only its owner reads it.
fn own(path: &Path) {
    if path.exists() {
        return;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "a password of some length";

    fn now() -> Timestamp {
        "2031-03-08T12:00Z".parse().unwrap()
    }

    #[test]
    fn a_link_is_good_once_and_for_a_time() {
        let accounts = Accounts::in_memory().unwrap();
        let link = accounts.first_link(now()).unwrap();
        assert!(accounts.accept("another", "Orn", WORDS, now()).is_err());
        let late = "2031-03-11T12:00Z".parse().unwrap();
        assert!(accounts.accept(link.reveal(), "Orn", WORDS, late).is_err());
        assert!(accounts.accept(link.reveal(), "Orn", "short", now()).is_err());
        assert!(!accounts.is_ready().unwrap());
        let made = accounts.accept(link.reveal(), "Orn", WORDS, now()).unwrap();
        assert_eq!((made.name.as_str(), made.role), ("Orn", Role::Administrator));
        assert!(accounts.accept(link.reveal(), "Second", WORDS, now()).is_err());
    }

    #[test]
    fn only_name_and_password_together_log_in() {
        let accounts = Accounts::in_memory().unwrap();
        let link = accounts.first_link(now()).unwrap();
        accounts.accept(link.reveal(), "Orn", WORDS, now()).unwrap();
        assert_eq!(accounts.log_in("Orn", "another of some length").unwrap(), None);
        assert_eq!(accounts.log_in("Vik", WORDS).unwrap(), None);
        assert!(accounts.log_in("orn ", WORDS).unwrap().is_some());
    }

    #[test]
    fn the_last_administrator_stays() {
        let accounts = Accounts::in_memory().unwrap();
        let link = accounts.first_link(now()).unwrap();
        let orn = accounts.accept(link.reveal(), "Orn", WORDS, now()).unwrap();
        assert!(accounts.set_role(orn.id, Role::Reader).is_err());
        assert!(accounts.set_active(orn.id, false).is_err());
        let link = accounts.make("Vik", Role::Administrator, now()).unwrap();
        accounts.accept(link.reveal(), "", WORDS, now()).unwrap();
        accounts.set_role(orn.id, Role::Reader).unwrap();
    }
}
