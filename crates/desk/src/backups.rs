//! Backups of a ledger in use: copies in a folder beside it, each checked when it was made and with what was found in a
//! file beside the copy.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ledger::{Ledger, hex};
use serde::{Deserialize, Serialize};

use crate::beside::beside;
use crate::failure::{Failure, Trouble};

/// How the names of copies end.
const COPY: &str = ".ledger";
/// How the names of the files end that say what was found in a copy.
const FOUND: &str = ".json";

/// A copy of the ledger, and what was found when it was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Name of its file.
    pub name: String,
    /// When it was made.
    pub at: Timestamp,
    /// Who had it made.
    pub by: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// Entries that are in order.
    pub entries: u64,
    /// Root hash over them, in hex.
    pub root: String,
    /// The first thing that is not in order, if anything is.
    pub fault: Option<String>,
}

/// The folder of a ledger's backups.
#[derive(Debug, Clone)]
pub struct Backups {
    ledger: PathBuf,
    folder: PathBuf,
}

impl Backups {
    /// Those of a ledger, in `LEDGER.backups` beside it.
    #[must_use]
    pub fn of(ledger: &Path) -> Backups {
        Backups { ledger: ledger.to_path_buf(), folder: beside(ledger, "backups") }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Copies the ledger as it stands and checks the copy, which costs what `trucewatch verify` does. Others may go on
    /// writing. The signing key is not copied.
    ///
    /// # Errors
    /// Where the copy cannot be written or read.
    pub fn make(&self, by: &str, now: Timestamp) -> Result<Backup, Failure> {
        self.own_folder().map_err(|e| self.unwritten(&e))?;
        let name = format!("{}{COPY}", now.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%S%3fZ"));
        let path = self.folder.join(&name);
        Ledger::open(&self.ledger)?.backup(&path)?;
        let made = checked(&path, name, by, now).inspect_err(|_| _ = fs::remove_file(&path))?;
        self.note(&made).map_err(|e| self.unwritten(&e))?;
        Ok(made)
    }

    /// All that are there, the last first. A copy without a word of what was found in it is none of ours.
    ///
    /// # Errors
    /// Where the folder is there and cannot be read.
    pub fn all(&self) -> Result<Vec<Backup>, Failure> {
        let entries = match fs::read_dir(&self.folder) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|e| self.unread(&e))?,
        };
        let names = entries.flatten().map(|e| e.path()).filter(|p| p.to_string_lossy().ends_with(FOUND));
        let mut all: Vec<Backup> = names.filter_map(|p| serde_json::from_slice(&fs::read(p).ok()?).ok()).collect();
        all.retain(|b: &Backup| is_name(&b.name) && self.folder.join(&b.name).is_file());
        all.sort_by(|a, b| b.name.cmp(&a.name));
        Ok(all)
    }

    /// The file of one, to be read.
    ///
    /// # Errors
    /// Where there is none of this name.
    pub fn open(&self, name: &str) -> Result<(Backup, File), Failure> {
        let found = self.found(name)?;
        let file = File::open(self.folder.join(&found.name)).map_err(|e| self.unread(&e))?;
        Ok((found, file))
    }

    /// Removes one.
    ///
    /// # Errors
    /// Where there is none of this name, or it cannot be removed.
    pub fn remove(&self, name: &str) -> Result<(), Failure> {
        let path = self.folder.join(self.found(name)?.name);
        fs::remove_file(&path).and_then(|()| fs::remove_file(beside_copy(&path))).map_err(|e| self.unwritten(&e))
    }

    fn found(&self, name: &str) -> Result<Backup, Failure> {
        let none = || Failure {
            trouble: Trouble::Missing,
            ..Failure::new(format!("there is no backup `{name}`"), "the page lists those that there are")
        };
        self.all()?.into_iter().find(|b| b.name == name).ok_or_else(none)
    }

    /// Makes the folder so that only its owner looks into it: a backup holds what the ledger holds.
    fn own_folder(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        #[cfg(unix)]
        fs::set_permissions(&self.folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        Ok(())
    }

    fn note(&self, backup: &Backup) -> io::Result<()> {
        let words = serde_json::to_vec_pretty(backup).map_err(io::Error::other)?;
        fs::write(beside_copy(&self.folder.join(&backup.name)), words)
    }

    fn unwritten(&self, e: &io::Error) -> Failure {
        Failure::new(format!("{}: {e}", self.folder.display()), "check that the folder can be written to")
    }

    fn unread(&self, e: &io::Error) -> Failure {
        Failure::new(format!("{}: {e}", self.folder.display()), "check that the folder can be read")
    }
}

/// Whether a name is one that a copy is given.
fn is_name(name: &str) -> bool {
    name.strip_suffix(COPY).is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_alphanumeric()))
}

fn beside_copy(path: &Path) -> PathBuf {
    path.with_extension(FOUND.trim_start_matches('.'))
}

fn checked(path: &Path, name: String, by: &str, at: Timestamp) -> Result<Backup, Failure> {
    let verdict = Ledger::open(path)?.verify(None, None, |_| {})?;
    // Whoever only reads leaves these behind; they hold nothing.
    for rest in ["-wal", "-shm"] {
        fs::remove_file(path.with_file_name(format!("{name}{rest}"))).ok();
    }
    let bytes = fs::metadata(path).map_or(0, |m| m.len());
    Ok(Backup {
        name,
        at,
        by: by.to_owned(),
        bytes,
        entries: verdict.sound,
        root: hex(&verdict.root.hash),
        fault: verdict.fault.map(|f| f.to_string()),
    })
}
