//! Reading a model package: a folder of msgpack, npy and JSON files.

pub(crate) mod msgpack;
pub(crate) mod network;
pub(crate) mod npy;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file is missing or unreadable.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is there but is not what an English spaCy 3 package has.
    #[error("{}: {reason}", path.display())]
    Invalid {
        /// Which file.
        path: PathBuf,
        /// What is wrong in it.
        reason: String,
    },
}

/// What is wrong in the bytes of one file; [`Package`] adds the file's path.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Malformed(String);

impl Malformed {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Malformed(reason.into())
    }
}

/// The folder of a package, and the hashes of the files read from it so far.
pub(crate) struct Package {
    dir: PathBuf,
    digests: RefCell<Vec<(String, String)>>,
}

impl Package {
    pub(crate) fn new(dir: &Path) -> Self {
        Package { dir: dir.to_path_buf(), digests: RefCell::default() }
    }

    /// Reads a file and hands its bytes to `parse`.
    pub(crate) fn read<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&[u8]) -> Result<T, Malformed>,
    ) -> Result<T, LoadError> {
        let path = self.dir.join(name);
        let bytes = std::fs::read(&path).map_err(|source| LoadError::Io { path: path.clone(), source })?;
        self.digests.borrow_mut().push((name.to_owned(), hex(&Sha256::digest(&bytes))));
        parse(&bytes).map_err(|why| LoadError::Invalid { path, reason: why.0 })
    }

    /// Reads a JSON file.
    pub(crate) fn read_json(&self, name: &str) -> Result<serde_json::Value, LoadError> {
        self.read(name, |bytes| serde_json::from_slice(bytes).map_err(|e| Malformed::new(format!("not JSON: {e}"))))
    }

    /// Sha-256 (hex) over the names and hashes of all files read, whatever the order they were read in.
    pub(crate) fn fingerprint(&self) -> String {
        let mut digests = self.digests.borrow().clone();
        digests.sort();
        let mut all = Sha256::new();
        for (name, digest) in digests {
            all.update(format!("{digest}  {name}\n"));
        }
        hex(&all.finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("syntax-load-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        dir
    }

    #[test]
    fn a_missing_file_is_named() {
        let package = Package::new(Path::new("no-such-folder"));
        let error = package.read("tokenizer", |_| Ok(())).unwrap_err();
        assert!(error.to_string().starts_with("cannot read no-such-folder/tokenizer: "), "{error}");
    }

    #[test]
    fn a_broken_file_is_named_with_the_reason() {
        let dir = folder("broken");
        std::fs::write(dir.join("meta.json"), "{").unwrap();
        let error = Package::new(&dir).read_json("meta.json").unwrap_err().to_string();
        assert!(error.contains("meta.json: not JSON"), "{error}");
    }

    #[test]
    fn the_fingerprint_depends_on_content_and_not_on_order() {
        let dir = folder("print");
        std::fs::write(dir.join("a"), "1").unwrap();
        std::fs::write(dir.join("b"), "2").unwrap();
        let read = |names: &[&str]| {
            let package = Package::new(&dir);
            names.iter().for_each(|n| package.read(n, |_| Ok(())).unwrap());
            package.fingerprint()
        };
        assert_eq!(read(&["a", "b"]), read(&["b", "a"]));
        assert_ne!(read(&["a", "b"]), read(&["a"]));
        assert_eq!(read(&["a"]).len(), 64);
    }
}
