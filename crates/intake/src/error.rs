//! Why something that was named could not be taken in, and what to do about it.

use std::path::PathBuf;

use crate::content::{Bad, Part};
use crate::{MetaError, Refusal};

/// Why a file or a part of it could not be taken in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// The system did not let it be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Nothing is there.
    #[error("{}: no such file or folder", path.display())]
    Missing {
        /// What was named.
        path: PathBuf,
    },
    /// It is no document that can be read, or over a limit.
    #[error("{}{} {source}", path.display(), place_of(part.as_ref()))]
    Refused {
        /// Which file.
        path: PathBuf,
        /// Which part of it, where it has parts.
        part: Option<Part>,
        /// What is wrong with it.
        source: Refusal,
    },
    /// The file beside it is wrong.
    #[error("{}{}", path.display(), line_of(source))]
    Meta {
        /// The `.meta.toml` file.
        path: PathBuf,
        /// What is wrong in it.
        source: MetaError,
    },
}

fn line_of(error: &MetaError) -> String {
    match error.line {
        Some(line) => format!(":{line}: {}", error.message),
        None => format!(": {}", error.message),
    }
}

/// `:17:` for lines and rows, as editors read it; `, record 17:` for other parts.
fn place_of(part: Option<&Part>) -> String {
    match part {
        Some(Part { kind: "line" | "row", number }) => format!(":{number}:"),
        Some(part) => format!(", {part}:"),
        None => ":".to_owned(),
    }
}

impl IntakeError {
    pub(crate) fn refused(path: PathBuf, bad: Bad) -> IntakeError {
        IntakeError::Refused { path, part: bad.part, source: bad.refusal }
    }

    /// What to do about it, where that can be said.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            IntakeError::Io { .. } => Some("check that you may read it".to_owned()),
            IntakeError::Missing { .. } => Some("check the spelling; paths count from the current folder".to_owned()),
            IntakeError::Refused { source, .. } => Some(source.hint.clone()),
            IntakeError::Meta { .. } => Some(MetaError::HINT.to_owned()),
        }
    }
}
