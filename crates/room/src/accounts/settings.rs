//! What administrators set.

use rusqlite::OptionalExtension;

use super::{Accounts, Result};

/// What administrators set about the public view and about reviewing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether there is a public view at all.
    pub is_public: bool,
    /// Hours by which the public view lags.
    pub lag_hours: u32,
    /// Names of outlets whose documents the public view leaves out.
    pub hidden_sources: Vec<String>,
    /// Names that the public view hides beside those of private persons who are on record.
    pub hidden_names: Vec<String>,
    /// Whether a claim waits until two people have decided on it.
    pub two_readers: bool,
}

impl Accounts {
    /// What is set.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn settings(&self) -> Result<Settings> {
        let db = self.database();
        let word = |name: &str| -> Result<String> {
            let found = db.prepare_cached("SELECT value FROM setting WHERE name = ?1")?.query_row([name], |r| r.get(0));
            Ok(found.optional()?.unwrap_or_default())
        };
        let lines = |words: String| words.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
        Ok(Settings {
            is_public: word("public")? == "yes",
            lag_hours: word("lag-hours")?.parse().unwrap_or(0),
            hidden_sources: lines(word("hidden-sources")?),
            hidden_names: lines(word("hidden-names")?),
            two_readers: word("two-readers")? == "yes",
        })
    }

    /// Whether the room visits feeds by itself.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn visits_feeds(&self) -> Result<bool> {
        let query = "SELECT value FROM setting WHERE name = 'visits-feeds'";
        let found: Option<String> = self.database().query_row(query, [], |r| r.get(0)).optional()?;
        Ok(found.as_deref() == Some("yes"))
    }

    /// Sets whether it does.
    ///
    /// # Errors
    /// Where the database cannot be written to.
    pub fn set_visits_feeds(&self, on: bool) -> Result<()> {
        let set = "INSERT OR REPLACE INTO setting VALUES ('visits-feeds', ?1)";
        self.database().execute(set, [if on { "yes" } else { "no" }])?;
        Ok(())
    }

    /// Sets it.
    ///
    /// # Errors
    /// Where the database cannot be written to.
    pub fn set(&self, settings: &Settings) -> Result<()> {
        let Settings { is_public, lag_hours, hidden_sources, hidden_names, two_readers } = settings;
        let yes = |on: bool| if on { "yes".to_owned() } else { "no".to_owned() };
        let all = [
            ("public", yes(*is_public)),
            ("lag-hours", lag_hours.to_string()),
            ("hidden-sources", hidden_sources.join("\n")),
            ("hidden-names", hidden_names.join("\n")),
            ("two-readers", yes(*two_readers)),
        ];
        let mut db = self.database();
        let tx = db.transaction()?;
        for (name, value) in all {
            tx.execute("INSERT OR REPLACE INTO setting VALUES (?1, ?2)", (name, value))?;
        }
        Ok(tx.commit()?)
    }
}
