//! The door to the ledger, and reading single entries.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row};

use crate::entry::Entry;
use crate::error::{LedgerError, Result};
use crate::header::Header;
use crate::note::Verifier;
use crate::open;

/// A ledger's file. One process may hold several; many processes may read while one writes.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Ledger {
    /// Opens a ledger for reading.
    ///
    /// # Errors
    /// Where none is there, it is none, or a later version wrote it.
    pub fn open(path: &Path) -> Result<Ledger> {
        Ok(Ledger { connection: open::for_reading(path)?, path: path.to_path_buf() })
    }

    /// Opens a ledger for writing; makes it where none is there.
    ///
    /// # Errors
    /// Where it may not be written to, is none, or a later version wrote it.
    pub fn open_or_make(path: &Path) -> Result<Ledger> {
        Ok(Ledger { connection: open::for_writing(path)?, path: path.to_path_buf() })
    }

    /// Opens a ledger for writing that must be there.
    ///
    /// # Errors
    /// As for [`Ledger::open_or_make`], and where none is there.
    pub fn open_to_write(path: &Path) -> Result<Ledger> {
        if path.is_file() { Ledger::open_or_make(path) } else { Err(LedgerError::Missing(path.to_path_buf())) }
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Number of entries.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn size(&self) -> Result<u64> {
        let size = self.connection.query_row("SELECT size FROM head", [], |row| row.get(0)).optional()?;
        Ok(size.unwrap_or(0))
    }

    /// The signed checkpoint of all entries; none in an empty ledger.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn checkpoint(&self) -> Result<Option<String>> {
        Ok(self.connection.query_row("SELECT note FROM head", [], |row| row.get(0)).optional()?)
    }

    /// The keys that signed its checkpoints, the one in use last.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn verifiers(&self) -> Result<Vec<Verifier>> {
        let mut found = self.connection.prepare("SELECT key FROM signer ORDER BY number")?;
        let keys = found.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        keys.iter().map(|key| key.parse()).collect()
    }

    /// An entry with its parts.
    ///
    /// # Errors
    /// Where there is none of that number, or it cannot be read.
    pub fn entry(&self, number: u64) -> Result<Entry> {
        let header = self.header(number)?;
        let parts = header.parts.iter().map(|p| self.part(number, &p.name)).collect::<Result<Vec<_>>>()?;
        Ok(Entry { header, parts })
    }

    /// An entry's header.
    ///
    /// # Errors
    /// As for [`Ledger::entry`].
    pub fn header(&self, number: u64) -> Result<Header> {
        let bytes = self.header_bytes(number)?;
        Header::from_bytes(&bytes).ok_or_else(|| LedgerError::damaged(number, "its header is not in its form"))
    }

    /// The bytes of an entry's header: its leaf.
    pub(crate) fn header_bytes(&self, number: u64) -> Result<Vec<u8>> {
        let mut find = self.connection.prepare_cached("SELECT header FROM entry WHERE number = ?1")?;
        let found = find.query_row([number], |row| row.get(0)).optional()?;
        found.ok_or_else(|| LedgerError::Unknown(format!("entry {number}")))
    }

    /// The content of a part; none where it was removed.
    pub(crate) fn part(&self, entry: u64, name: &str) -> Result<Option<Vec<u8>>> {
        part(&self.connection, entry, name)
    }

    /// All rows of a query.
    pub(crate) fn rows<T>(
        &self,
        query: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = self.connection.prepare_cached(query)?;
        Ok(found.query_map(values, read)?.collect::<rusqlite::Result<Vec<T>>>()?)
    }
}

/// The content of a part; none where it was removed.
pub(crate) fn part(connection: &Connection, entry: u64, name: &str) -> Result<Option<Vec<u8>>> {
    let mut find = connection.prepare_cached("SELECT content FROM part WHERE entry = ?1 AND name = ?2")?;
    Ok(find.query_row((entry, name), |row| row.get(0)).optional()?)
}
