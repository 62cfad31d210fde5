//! Tokens by which programs use the API in somebody's name, with less than that person may do.

use jiff::Timestamp;
use rusqlite::OptionalExtension;

use super::part::with_part;
use super::secret::{Secret, hash};
use super::store::account;
use super::{Account, Accounts, AccountsError, Result};

/// What a token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Reading.
    Read,
    /// Deciding, and adding reports.
    Write,
}

impl Scope {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
        }
    }

    /// The scope of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Scope> {
        [Scope::Read, Scope::Write].into_iter().find(|s| s.as_str() == word)
    }
}

/// A token as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// What it is good for.
    pub scopes: String,
    /// When it was made.
    pub made: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

impl Accounts {
    /// Makes a token for an account; its word is shown once.
    ///
    /// # Errors
    /// Where the name is none.
    pub fn make_token(&self, account: i64, name: &str, scopes: &[Scope], now: Timestamp) -> Result<Secret> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 60 || scopes.is_empty() {
            return Err(AccountsError::Refused("a token has a name of 1 to 60 characters and a scope".to_owned()));
        }
        let secret = Secret::new()?;
        let scopes = scopes.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" ");
        let made = "INSERT INTO token (hash, account, name, scopes, made) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.database().execute(made, (hash(secret.reveal()), account, name, scopes, now.as_second()))?;
        Ok(secret)
    }

    /// The tokens of an account.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn tokens(&self, account: i64) -> Result<Vec<Token>> {
        let db = self.database();
        let mut find =
            db.prepare_cached("SELECT id, name, scopes, made, used FROM token WHERE account = ?1 ORDER BY id")?;
        let second = |s: i64| Timestamp::from_second(s).unwrap_or_default();
        let read = |row: &rusqlite::Row<'_>| {
            let used: Option<i64> = row.get(4)?;
            let (id, name, scopes) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Token { id, name, scopes, made: second(row.get(3)?), used: used.map(second) })
        };
        Ok(find.query_map([account], read)?.collect::<rusqlite::Result<Vec<_>>>()?)
    }

    /// Ends a token of an account.
    ///
    /// # Errors
    /// Where it has none of that number.
    pub fn end_token(&self, account: i64, id: i64) -> Result<()> {
        let gone = self.database().execute("DELETE FROM token WHERE id = ?1 AND account = ?2", (id, account))?;
        if gone == 0 { Err(AccountsError::Missing(format!("token {id}"))) } else { Ok(()) }
    }

    /// Whose a token is, and what it is good for.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn token(&self, word: &str, now: Timestamp) -> Result<Option<(Account, Vec<Scope>)>> {
        let key = hash(word);
        let query = "SELECT a.id, a.name, a.role, a.active, 1, t.scopes FROM token t
             JOIN account a ON a.id = t.account WHERE t.hash = ?1 AND a.active";
        let db = self.database();
        let read = |row: &rusqlite::Row<'_>| Ok((account(row)?, row.get::<_, String>(5)?));
        let found = db.prepare_cached(query)?.query_row([&key], read).optional()?;
        if found.is_some() {
            let used = "UPDATE token SET used = ?1 WHERE hash = ?2 AND coalesce(used, 0) < ?1 - 60";
            db.execute(used, (now.as_second(), &key))?;
        }
        let Some((account, scopes)) = found else { return Ok(None) };
        Ok(Some((with_part(&db, account)?, scopes.split(' ').filter_map(Scope::parse).collect())))
    }
}
