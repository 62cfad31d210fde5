//! Why the ledger could not do something, and what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the ledger could not do something.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// Nothing is there.
    #[error("{}: no ledger is there", .0.display())]
    Missing(PathBuf),
    /// Something is there already.
    #[error("{}: is there already", .0.display())]
    Exists(PathBuf),
    /// The file is something else.
    #[error("{}: is no ledger", .0.display())]
    Foreign(PathBuf),
    /// A later version of the program wrote it.
    #[error("{}: has format {found}, this version knows formats up to {known}", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// The format it has.
        found: i64,
        /// The last format that is known.
        known: i64,
    },
    /// Another process writes to it and did not finish in time.
    #[error("the ledger is locked: another process is writing to it")]
    Locked,
    /// No room is left.
    #[error("no room is left on the disk: nothing of this step was kept")]
    Full,
    /// It may not be written to.
    #[error("the ledger cannot be written to: {0}")]
    ReadOnly(String),
    /// What it holds does not fit together.
    #[error("entry {number} is damaged: {problem}")]
    Damaged {
        /// The entry.
        number: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// There is no such thing in it.
    #[error("there is no {0} in the ledger")]
    Unknown(String),
    /// What was asked makes no sense.
    #[error("{0}")]
    Refused(String),
    /// A note, key or proof is not in its form.
    #[error("{0}")]
    Form(String),
    /// The signing key is not there, or not the ledger's.
    #[error("{}: {problem}", path.display())]
    Key {
        /// The key's file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Something else in the database.
    #[error("the ledger's database: {0}")]
    Database(rusqlite::Error),
}

/// What comes of asking the ledger something.
pub type Result<T> = std::result::Result<T, LedgerError>;

impl LedgerError {
    /// A damaged entry.
    pub(crate) fn damaged(number: u64, problem: impl Into<String>) -> LedgerError {
        LedgerError::Damaged { number, problem: problem.into() }
    }

    /// A file that could not be read or written.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> LedgerError + '_ {
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull => LedgerError::Full,
            _ => LedgerError::Io { path: path.to_path_buf(), source },
        }
    }

    /// Whether the file is the ledger's and not as it was written.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        use rusqlite::Error::{FromSqlConversionFailure, InvalidColumnType, Utf8Error};
        match self {
            LedgerError::Damaged { .. } => true,
            LedgerError::Database(error) => {
                matches!(error, FromSqlConversionFailure(..) | InvalidColumnType(..) | Utf8Error(..))
                    || error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt)
            }
            _ => false,
        }
    }

    /// What to do about it, where that can be said.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            LedgerError::Missing(_) => "`trucewatch add` makes one; another is named with --ledger",
            LedgerError::Exists(_) => "name a file that is not there yet",
            LedgerError::Foreign(_) => "name the ledger's file with --ledger",
            LedgerError::Newer { .. } => "use the version of the program that wrote it, or a later one",
            LedgerError::Locked => "wait until it is done, and try again",
            LedgerError::Full => "make room and try again; what was told as done before is kept",
            LedgerError::ReadOnly(_) => "check that you may write to the file and to its folder",
            LedgerError::Damaged { .. } => "`trucewatch verify` checks every entry; a backup can be restored",
            LedgerError::Key { .. } => "put the key that belongs to this ledger there",
            LedgerError::Io { .. } => "check that it is there and that you may use it",
            _ if self.is_damage() => {
                "`trucewatch verify` says whether the entries are whole: then `trucewatch rebuild` mends the rest; \
                 else restore a backup, and keep this file as evidence"
            }
            LedgerError::Unknown(_) | LedgerError::Refused(_) | LedgerError::Form(_) | LedgerError::Database(_) => {
                return None;
            }
        };
        Some(hint.to_owned())
    }
}

/// SQLite's extended codes of writes that found no room.
const NO_ROOM: &[i32] = &[rusqlite::ffi::SQLITE_IOERR_WRITE, rusqlite::ffi::SQLITE_IOERR_SHMSIZE];

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> LedgerError {
        let extended = error.sqlite_error().map_or(0, |e| e.extended_code);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Locked,
            Some(ErrorCode::DiskFull) => LedgerError::Full,
            Some(ErrorCode::SystemIoFailure) if NO_ROOM.contains(&extended) => LedgerError::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => LedgerError::ReadOnly(error.to_string()),
            _ => LedgerError::Database(error),
        }
    }
}
