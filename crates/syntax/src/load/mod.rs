//! Reading a model package: a folder of msgpack, npy and JSON files.

pub(crate) mod msgpack;
pub(crate) mod network;
pub(crate) mod npy;

use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use filebuffer::FileBuffer;

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

/// The bytes of a file, read or mapped.
pub type Opened = Box<dyn Deref<Target = [u8]>>;

/// Opens a file of a package by its path.
pub type Open<'a> = dyn Fn(&Path) -> io::Result<Opened> + 'a;

/// Maps a file.
pub(crate) fn mapped(path: &Path) -> io::Result<Opened> {
    Ok(Box::new(FileBuffer::open(path)?))
}

/// The folder of a package, and how its files are opened.
pub(crate) struct Package<'a> {
    dir: PathBuf,
    open: &'a Open<'a>,
}

impl<'a> Package<'a> {
    pub(crate) fn new(dir: &Path, open: &'a Open<'a>) -> Self {
        Package { dir: dir.to_path_buf(), open }
    }

    /// Opens a file and hands its bytes to `parse`, mapped as a rule: copying 50 MB first would be a tenth of a start.
    pub(crate) fn read<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&[u8]) -> Result<T, Malformed>,
    ) -> Result<T, LoadError> {
        let path = self.dir.join(name);
        let bytes = (self.open)(&path).map_err(|source| LoadError::Io { path: path.clone(), source })?;
        parse(&bytes).map_err(|why| LoadError::Invalid { path, reason: why.0 })
    }

    /// Reads a JSON file.
    pub(crate) fn read_json(&self, name: &str) -> Result<serde_json::Value, LoadError> {
        self.read(name, |bytes| serde_json::from_slice(bytes).map_err(|e| Malformed::new(format!("not JSON: {e}"))))
    }
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
        let package = Package::new(Path::new("no-such-folder"), &mapped);
        let error = package.read("tokenizer", |_| Ok(())).unwrap_err();
        assert!(error.to_string().starts_with("cannot read no-such-folder/tokenizer: "), "{error}");
    }

    #[test]
    fn a_broken_file_is_named_with_the_reason() {
        let dir = folder("broken");
        std::fs::write(dir.join("meta.json"), "{").unwrap();
        let error = Package::new(&dir, &mapped).read_json("meta.json").unwrap_err().to_string();
        assert!(error.contains("meta.json: not JSON"), "{error}");
    }
}
