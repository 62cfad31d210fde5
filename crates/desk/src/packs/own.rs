//! Own packs: a folder beside the ledger with a numbered folder for each version of all of them, and a file that says
//! which version holds. Nothing in a version is changed once it was made; another one is made in its place.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use trucewatch::pack::{Pack, PackFile};

use super::{Files, Proposal};
use crate::beside::beside;
use crate::failure::Failure;

/// The file that says which version holds.
const CURRENT: &str = "current";
/// The file of a version that says how it came about.
const CHANGE: &str = "change.json";

/// A version of the own packs, and how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its number, the first being 1.
    pub number: u64,
    /// When it was made.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What was changed, in words.
    pub what: String,
    /// Fingerprints of its packs, by their ids.
    pub packs: BTreeMap<String, String>,
}

/// The own packs of a ledger.
#[derive(Debug, Clone)]
pub struct OwnPacks {
    folder: PathBuf,
}

impl OwnPacks {
    /// Those of a ledger, in `LEDGER.packs` beside it.
    #[must_use]
    pub fn of(ledger: &Path) -> OwnPacks {
        OwnPacks { folder: beside(ledger, "packs") }
    }

    /// Those in a folder.
    #[must_use]
    pub fn at(folder: &Path) -> OwnPacks {
        OwnPacks { folder: folder.to_path_buf() }
    }

    /// The folder of all versions.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The number of the version that holds; none where there is none yet.
    ///
    /// # Errors
    /// Where the file that says so cannot be read, or says something else.
    pub fn current(&self) -> Result<Option<u64>, Failure> {
        let path = self.folder.join(CURRENT);
        let content = match fs::read_to_string(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(|e| self.failed(&e))?,
        };
        let wrong = |_| {
            let message = format!("{}: `{}` is no number of a version", path.display(), content.trim());
            Failure::new(message, "write the number of the folder into it that holds the packs to use")
        };
        content.trim().parse().map(Some).map_err(wrong)
    }

    /// The folder of the packs that hold.
    ///
    /// # Errors
    /// As for [`OwnPacks::current`].
    pub fn place(&self) -> Result<Option<PathBuf>, Failure> {
        Ok(self.current()?.map(|number| self.version(number)))
    }

    fn version(&self, number: u64) -> PathBuf {
        self.folder.join(number.to_string())
    }

    /// The packs of the version that holds, by their ids.
    ///
    /// # Errors
    /// Where one of their files cannot be read.
    pub fn packs(&self) -> Result<BTreeMap<String, Files>, Failure> {
        self.current()?.map_or_else(|| Ok(BTreeMap::new()), |number| self.packs_of(number))
    }

    /// The packs of a version, by their ids.
    ///
    /// # Errors
    /// Where there is no such version, or one of its files cannot be read.
    pub fn packs_of(&self, number: u64) -> Result<BTreeMap<String, Files>, Failure> {
        let read = || -> io::Result<BTreeMap<String, Files>> {
            let mut packs = BTreeMap::new();
            for entry in fs::read_dir(self.version(number))? {
                let path = entry?.path();
                if path.is_dir() {
                    let id = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    let mut files = Files::new();
                    walk(&path, "", &mut files)?;
                    packs.insert(id, files);
                }
            }
            Ok(packs)
        };
        read().map_err(|e| self.failed(&e))
    }

    /// How the last versions came about, the last first.
    ///
    /// # Errors
    /// As for [`OwnPacks::current`].
    pub fn history(&self, most: usize) -> Result<Vec<Change>, Failure> {
        let last = self.current()?.unwrap_or(0);
        let change = |number: u64| serde_json::from_slice(&fs::read(self.version(number).join(CHANGE)).ok()?).ok();
        Ok((1..=last).rev().take(most).filter_map(change).collect())
    }

    /// A pack as it was when it had a fingerprint.
    ///
    /// # Errors
    /// As for [`OwnPacks::current`].
    pub fn as_it_was(&self, id: &str, fingerprint: &str) -> Result<Option<Pack>, Failure> {
        let had = |c: &Change| c.packs.get(id).is_some_and(|f| f == fingerprint);
        let Some(change) = self.history(usize::MAX)?.into_iter().find(had) else { return Ok(None) };
        Ok(self.packs_of(change.number)?.get(id).and_then(|files| read(files).ok()))
    }

    /// Keeps a proposal as the next version: its folder is written whole, and then the file that says which version
    /// holds is replaced. A stop at any moment leaves the version before or this one.
    ///
    /// # Errors
    /// Where another change was kept since the proposal was looked at, a pack is not in order, or nothing can be written.
    pub fn keep(&self, proposal: &Proposal, by: &str, now: Timestamp) -> Result<Change, Failure> {
        let current = self.current()?;
        if current != proposal.base {
            let hint = "make the change once more, on what is there now";
            return Err(Failure::new("the own packs were changed by somebody else meanwhile", hint));
        }
        let number = current.unwrap_or(0) + 1;
        let mut packs = BTreeMap::new();
        for (id, files) in &proposal.packs {
            let wrong = |e: trucewatch::pack::PackError| Failure::pack(Path::new(id), e);
            packs.insert(id.clone(), read(files).map_err(wrong)?.fingerprint);
        }
        let change = Change { number, at: now, by: by.to_owned(), what: proposal.what.clone(), packs };
        self.write(&change, &proposal.packs).map_err(|e| self.failed(&e))?;
        Ok(change)
    }

    fn write(&self, change: &Change, packs: &BTreeMap<String, Files>) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let made = tempfile::tempdir_in(&self.folder)?;
        for (id, files) in packs {
            for (path, content) in files {
                let path = made.path().join(id).join(path);
                fs::create_dir_all(path.parent().unwrap_or(made.path()))?;
                fs::write(path, content)?;
            }
        }
        fs::write(made.path().join(CHANGE), serde_json::to_vec_pretty(change).map_err(io::Error::other)?)?;
        let version = self.version(change.number);
        // What a stop left behind between the two steps was never in use.
        if version.exists() {
            fs::remove_dir_all(&version)?;
        }
        fs::rename(made.keep(), version)?;
        let mut current = tempfile::NamedTempFile::new_in(&self.folder)?;
        writeln!(current, "{}", change.number)?;
        current.as_file().sync_all()?;
        current.persist(self.folder.join(CURRENT)).map(drop).map_err(|e| e.error)
    }

    fn failed(&self, e: &io::Error) -> Failure {
        Failure::new(format!("{}: {e}", self.folder.display()), "check that the folder can be read and written")
    }
}

/// A pack of its files.
pub(super) fn read(files: &Files) -> Result<Pack, trucewatch::pack::PackError> {
    Pack::read(&listed(files))
}

/// Files as a list, but for those that no reading uses.
pub(super) fn listed(files: &Files) -> Vec<PackFile> {
    let is_read = |path: &str| {
        let place = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        matches!(place, "" | "agreements")
            && ["toml", "csv", "geojson"].iter().any(|e| path.ends_with(&format!(".{e}")))
    };
    let read = files.iter().filter(|(path, _)| is_read(path));
    read.map(|(path, content)| PackFile { path: path.clone(), content: content.clone() }).collect()
}

fn walk(folder: &Path, prefix: &str, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() && prefix.is_empty() {
            walk(&path, &format!("{name}/"), files)?;
        } else if path.is_file() {
            files.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
