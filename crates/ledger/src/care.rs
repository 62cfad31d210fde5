//! Care of the file: copies of it while it is in use, building what is derived again, removal by policy.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use crate::entry::{Draft, Tombstone};
use crate::error::{LedgerError, Result};
use crate::header::{Kind, hex};
use crate::key::{checkpoint_path, key_path, write_private, write_whole};
use crate::ledger::Ledger;
use crate::{open, projection};

/// Pages that a backup copies at a time.
const PAGES: i32 = 1024;

impl Ledger {
    /// Sets how long a step waits for another process that writes; 20 seconds at first.
    ///
    /// # Errors
    /// Where the database refuses.
    pub fn wait_at_most(&self, patience: Duration) -> Result<()> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// Sets how many pages of 4 KiB the file may have; steps that need more fail as on a full disk.
    ///
    /// # Errors
    /// Where the database refuses.
    pub fn grow_at_most(&self, pages: u32) -> Result<()> {
        Ok(self.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
    }

    /// Copies the ledger to a file that is not there yet, as it stands when the copy ends; others may go on writing.
    /// The signing key is not copied.
    ///
    /// # Errors
    /// Where the file is there already or cannot be written.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(LedgerError::Exists(to.to_path_buf()));
        }
        let copied = copy(&self.connection, to);
        if copied.is_err() {
            std::fs::remove_file(to).ok();
        }
        copied
    }

    /// Makes a ledger of a backup, where no ledger is yet. A key that lies there stays; else the one beside the backup,
    /// if there is one, is taken.
    ///
    /// # Errors
    /// Where the backup is no ledger or does not verify, or something is there already.
    pub fn restore(from: &Path, to: &Path) -> Result<Ledger> {
        let backup = Ledger::open(from)?;
        if let Some(fault) = backup.verify(None, None, |_| {})?.fault {
            return Err(LedgerError::Refused(format!("{}: {fault}", from.display())));
        }
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).map_err(LedgerError::io(folder))?;
        }
        backup.backup(to)?;
        let (old, new) = (key_path(from), key_path(to));
        if !new.exists() && old.exists() {
            write_private(&new, &std::fs::read(&old).map_err(LedgerError::io(&old))?)?;
        }
        if let Some(note) = backup.checkpoint()? {
            write_whole(&checkpoint_path(to), note.as_bytes())?;
        }
        Ledger::open_or_make(to)
    }

    /// Drops what is derived and builds it again; its digest before and after.
    ///
    /// # Errors
    /// Where an entry is damaged or the database cannot be written.
    pub fn rebuild(&mut self) -> Result<(String, String)> {
        let before = self.digest()?;
        let step = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        projection::rebuild(&step)?;
        step.commit()?;
        self.connection.execute_batch("PRAGMA optimize")?;
        Ok((before, self.digest()?))
    }

    /// SHA-256 over everything that is derived, in its order, in hex.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn digest(&self) -> Result<String> {
        Ok(hex(&projection::digest(&self.connection)?))
    }

    /// Removes what a document held, with its readings and the decisions on it: the bytes go, their hashes and the
    /// reason stay.
    ///
    /// # Errors
    /// Where there is no such document, it was removed before, or nothing could be written.
    pub fn remove(&mut self, now: Timestamp, document: &str, why: &str, by: &str) -> Result<u64> {
        if why.trim().is_empty() || by.trim().is_empty() {
            return Err(LedgerError::Refused("a removal says why, and who decided it".to_owned()));
        }
        let document = self.document_id(document)?;
        let query = "SELECT number FROM entry WHERE subject = ?1 AND kind <> 'tombstone'
             AND number NOT IN (SELECT entry FROM removed) ORDER BY number";
        let entries: Vec<u64> = self.rows(query, [&document], |row| row.get(0))?;
        if entries.is_empty() {
            return Err(LedgerError::Refused(format!("document `{document}` was removed before")));
        }
        let record = Tombstone { entries: entries.clone(), why: why.to_owned(), by: by.to_owned() };
        let number = self.step(now, |step| {
            projection::forget(step.database(), &entries)?;
            let number = step.push(Draft::new(Kind::Tombstone, &document, &record))?;
            let mut remove = step.database().prepare("DELETE FROM part WHERE entry = ?1")?;
            entries.iter().try_for_each(|e| remove.execute([e]).map(drop))?;
            Ok(number)
        })?;
        // What was removed is to leave the file on the disk too, not wait in the log of what was written.
        self.connection.pragma_update_and_check(None, "wal_checkpoint", "truncate", |_| Ok(())).ok();
        Ok(number)
    }
}

fn copy(from: &Connection, to: &Path) -> Result<()> {
    let mut file = Connection::open(to).map_err(|e| open::refused(to, e))?;
    let backup = rusqlite::backup::Backup::new(from, &mut file)?;
    backup.run_to_completion(PAGES, std::time::Duration::from_millis(1), None)?;
    drop(backup);
    file.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    file.close().map_err(|(_, e)| e.into())
}
