//! The signing key: a file beside the ledger that only its owner may read. It is never printed.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::error::{LedgerError, Result};
use crate::note::Signer;

/// What the file begins with.
pub(crate) const PREFIX: &str = "PRIVATE+KEY+";

/// Where the key of a ledger lies.
#[must_use]
pub fn key_path(ledger: &Path) -> PathBuf {
    beside(ledger, "key")
}

/// Where the last checkpoint of a ledger lies.
#[must_use]
pub fn checkpoint_path(ledger: &Path) -> PathBuf {
    beside(ledger, "checkpoint")
}

fn beside(ledger: &Path, ending: &str) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// The signer of the key in a file.
pub(crate) fn load(path: &Path) -> Result<Signer> {
    let wrong = || LedgerError::Key { path: path.to_path_buf(), problem: "this is no signing key".to_owned() };
    let (_, secret) = read_secret(path, "the ledger's signing key is not there")?.ok_or_else(wrong)?;
    Ok(Signer::new(&secret))
}

/// Name and secret of the key in a file; none where it holds no key.
pub(crate) fn read_secret(path: &Path, missing: &str) -> Result<Option<(String, [u8; 32])>> {
    let text = fs::read_to_string(path).map_err(|e| {
        let problem = match e.kind() {
            std::io::ErrorKind::NotFound => missing.to_owned(),
            _ => format!("the signing key cannot be read: {e}"),
        };
        LedgerError::Key { path: path.to_path_buf(), problem }
    })?;
    Ok(secret_in(&text))
}

fn secret_in(text: &str) -> Option<(String, [u8; 32])> {
    let mut parts = text.trim().strip_prefix(PREFIX)?.splitn(3, '+');
    let (name, _id, secret) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = BASE64.decode(secret).ok()?;
    Some((name.to_owned(), bytes.strip_prefix(&[1])?.try_into().ok()?))
}

/// The signer of the key in a file, which is made where none is there.
pub(crate) fn load_or_make(path: &Path) -> Result<Signer> {
    if !path.exists() {
        let mut secret = [0; 32];
        let none = |e: getrandom::Error| LedgerError::Refused(format!("the system gives no random numbers: {e}"));
        getrandom::fill(&mut secret).map_err(none)?;
        let public = Signer::new(&secret).verifier().label();
        let bytes: Vec<u8> = [1].into_iter().chain(secret).collect();
        write_private(path, format!("{PREFIX}{public}+{}\n", BASE64.encode(bytes)).as_bytes())?;
    }
    load(path)
}

/// Writes a file that only its owner may read; it is there whole or not at all.
pub(crate) fn write_private(path: &Path, content: &[u8]) -> Result<()> {
    let draft = beside(path, "draft");
    fs::remove_file(&draft).ok();
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft).map_err(LedgerError::io(&draft))?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(LedgerError::io(&draft))?;
    settle(&draft, path)
}

/// Writes a file that is there whole or not at all.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<()> {
    let draft = beside(path, &format!("draft-{}", std::process::id()));
    File::create(&draft).and_then(|mut f| f.write_all(content)).map_err(LedgerError::io(&draft))?;
    settle(&draft, path)
}

fn settle(draft: &Path, path: &Path) -> Result<()> {
    fs::rename(draft, path).map_err(LedgerError::io(path))?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        folder.sync_all().ok();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.key");
        assert!(load(&path).is_err());
        fs::write(&path, "PRIVATE+KEY+a+b+AAAA").unwrap();
        assert!(load(&path).is_err());
    }

    #[test]
    fn a_key_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.key");
        let made = load_or_make(&path).unwrap().verifier();
        assert_eq!(load_or_make(&path).unwrap().verifier(), made);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
