//! What is wrong with a pack, where, and what to do.

/// Error in a pack's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}", line.map(|l| format!(":{l}")).unwrap_or_default())]
pub struct PackError {
    /// File, relative to the pack's folder.
    pub file: String,
    /// Line in it, the first being 1, where one is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}
