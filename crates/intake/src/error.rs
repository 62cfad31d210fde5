//! Why something that was named could not be taken in, and what to do about it.

use std::path::PathBuf;

use crate::{LineError, MetaError, Refusal};

/// Why a file or a line of it could not be taken in.
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
    /// It is larger than the limit.
    #[error("{}: is larger than {limit} bytes", path.display())]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// Most bytes that are read.
        limit: u64,
    },
    /// It is no plain text.
    #[error("{}: {source}", path.display())]
    Refused {
        /// Which file.
        path: PathBuf,
        /// What it is.
        source: Refusal,
    },
    /// The file beside it is wrong.
    #[error("{}{}", path.display(), place(source))]
    Meta {
        /// The `.meta.toml` file.
        path: PathBuf,
        /// What is wrong in it.
        source: MetaError,
    },
    /// A line of JSON is no document.
    #[error("{}:{number}: {source}", path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, the first being 1.
        number: usize,
        /// What is wrong in it.
        source: LineError,
    },
}

fn place(error: &MetaError) -> String {
    match error.line {
        Some(line) => format!(":{line}: {}", error.message),
        None => format!(": {}", error.message),
    }
}

impl IntakeError {
    /// What to do about it, where that can be said.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            IntakeError::Io { .. } => Some("check that you may read it".to_owned()),
            IntakeError::Missing { .. } => Some("check the spelling; paths count from the current folder".to_owned()),
            IntakeError::TooLarge { .. } => {
                Some("cut it into its reports, or raise the limit with --max-bytes".to_owned())
            }
            IntakeError::Refused { source, .. } => Some(source.hint.clone()),
            IntakeError::Meta { .. } => Some(MetaError::HINT.to_owned()),
            IntakeError::Line { .. } => Some(LineError::HINT.to_owned()),
        }
    }
}
