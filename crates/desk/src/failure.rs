//! What keeps work from going on, and what to do about it.

use std::fmt;
use std::path::Path;

use intake::IntakeError;
use ledger::LedgerError;
use trucewatch::pack::PackError;

/// Something that keeps work from going on, with its remedy where one is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong: lower case, with value and place.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Of which sort it is.
    pub trouble: Trouble,
}

/// Sorts of failures, as far as callers treat them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It could not be done.
    Error,
    /// What was asked for is not there.
    Missing,
    /// What was named holds nothing to read.
    NothingToRead,
}

impl Failure {
    /// A failure with its remedy.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure { message: message.into(), hint: Some(hint.into()), trouble: Trouble::Error }
    }

    /// Nothing to read in what was named.
    pub fn nothing_to_read(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure { trouble: Trouble::NothingToRead, ..Failure::new(message, hint) }
    }

    /// What is wrong with the pack in a folder.
    pub(crate) fn pack(folder: &Path, error: PackError) -> Failure {
        Failure::new(folder.join(error.to_string()).display().to_string(), error.hint)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<IntakeError> for Failure {
    fn from(error: IntakeError) -> Failure {
        Failure { message: error.to_string(), hint: error.hint(), trouble: Trouble::Error }
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Failure {
        let trouble = match error {
            LedgerError::Unknown(_) | LedgerError::Missing(_) => Trouble::Missing,
            _ => Trouble::Error,
        };
        Failure { message: error.to_string(), hint: error.hint(), trouble }
    }
}
