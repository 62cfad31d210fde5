//! What lies beside a ledger, under its name: `books.ledger.packs` and the like.

use std::path::{Path, PathBuf};

/// The path of something that lies beside a ledger.
pub(crate) fn beside(ledger: &Path, what: &str) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".");
    name.push(what);
    PathBuf::from(name)
}
