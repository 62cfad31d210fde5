//! What is known of each feed from one visit, and one run, to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::fetch::Validators;

/// Entries of a feed that are remembered, at most; the oldest are forgotten first.
const REMEMBERED: usize = 20_000;

/// Where each feed stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// By the feed's address.
    #[serde(default)]
    pub feeds: BTreeMap<String, FeedState>,
}

/// Where one feed stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedState {
    /// What its server said of the last answer that was taken in whole.
    #[serde(default, flatten)]
    pub validators: Validators,
    /// Second (Unix time) from which on it may be visited again.
    #[serde(default)]
    pub next: i64,
    /// Visits in a row that failed.
    #[serde(default)]
    pub failures: u32,
    /// What became of the last visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastVisit>,
    /// Entries that were taken in, as hashes of their ids, in the order of taking.
    #[serde(default)]
    seen: Vec<String>,
}

/// What became of a visit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastVisit {
    /// Second (Unix time) at which it began.
    pub at: i64,
    /// Documents that were handed on.
    pub new: usize,
    /// Whether the server said that nothing has changed.
    #[serde(default)]
    pub unchanged: bool,
    /// Entries whose page could not be fetched or read.
    #[serde(default)]
    pub wrong: usize,
    /// Why it broke off, where it did.
    #[serde(default)]
    pub error: Option<String>,
}

impl FeedState {
    /// Whether an entry was taken in before.
    #[must_use]
    pub fn has_seen(&self, id: &str) -> bool {
        self.seen.contains(&hash(id))
    }

    /// The ids of some entries that were not taken in before.
    pub(super) fn unseen(&self) -> impl Fn(&str) -> bool + use<> {
        let seen: BTreeSet<String> = self.seen.iter().cloned().collect();
        move |id| !seen.contains(&hash(id))
    }

    /// Remembers an entry.
    pub(super) fn see(&mut self, id: &str) {
        self.seen.push(hash(id));
        let over = self.seen.len().saturating_sub(REMEMBERED);
        self.seen.drain(..over);
    }
}

/// Ids are chosen by others: hashes have a known size and hold nothing but digits and letters.
fn hash(id: &str) -> String {
    Sha256::digest(id.as_bytes()).iter().take(10).map(|b| format!("{b:02x}")).collect()
}

impl State {
    /// Reads what an earlier run has kept; nothing where there is no file yet.
    ///
    /// # Errors
    /// Where the file cannot be read or is none of ours.
    pub fn load(path: &Path) -> io::Result<State> {
        match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::other),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(State::default()),
            Err(e) => Err(e),
        }
    }

    /// Keeps it for a later run. The file is replaced as a whole: a stop at any moment leaves the old or the new one.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer(&mut file, self).map_err(io::Error::other)?;
        file.flush()?;
        file.as_file().sync_all()?;
        file.persist(path).map(|_| ()).map_err(|e| e.error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_it_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sub/watch.json");
        assert_eq!(State::load(&path).unwrap(), State::default());
        let mut state = State::default();
        let feed = state.feeds.entry("https://a.example/../x".to_owned()).or_default();
        feed.see("../../etc/passwd");
        feed.validators.etag = Some("\"1\"".to_owned());
        state.save(&path).unwrap();
        let read = State::load(&path).unwrap();
        assert_eq!(read, state);
        assert!(read.feeds["https://a.example/../x"].has_seen("../../etc/passwd"));
        assert_eq!(std::fs::read_dir(folder.path().join("sub")).unwrap().count(), 1);
    }

    #[test]
    fn a_damaged_state_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.json");
        std::fs::write(&path, "{").unwrap();
        assert!(State::load(&path).is_err());
    }

    #[test]
    fn the_oldest_entries_are_forgotten() {
        let mut feed = FeedState::default();
        (0..REMEMBERED + 2).for_each(|i| feed.see(&i.to_string()));
        assert!(!feed.has_seen("0") && !feed.has_seen("1") && feed.has_seen("2"));
    }
}
