//! Keys of people and parties, and texts signed by them, away from any ledger: signed notes after C2SP signed-note, the
//! form of the ledger's own checkpoints.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::error::{LedgerError, Result};
use crate::key::{PREFIX, read_secret};
use crate::note::{Signer, Verifier, text_of};

/// Makes a key under a name, in a file that only its owner may read; its public half. A file that is there stays as it is.
///
/// # Errors
/// Where the name cannot stand in a signature, the file is there already or cannot be written.
pub fn make_key(path: &Path, name: &str) -> Result<Verifier> {
    check_name(name)?;
    let mut secret = [0; 32];
    let none = |e: getrandom::Error| LedgerError::Refused(format!("the system gives no random numbers: {e}"));
    getrandom::fill(&mut secret).map_err(none)?;
    let verifier = Signer::named(name, &secret).verifier();
    let bytes: Vec<u8> = [1].into_iter().chain(secret).collect();
    write_new(path, format!("{PREFIX}{}+{}\n", verifier.label(), BASE64.encode(bytes)).as_bytes())?;
    Ok(verifier)
}

/// The public half of the key in a file.
///
/// # Errors
/// Where no key is there.
pub fn public_half(path: &Path) -> Result<Verifier> {
    Ok(signer(path)?.verifier())
}

/// A text as a note signed by the key in a file. A line break is put behind a text without one.
///
/// # Errors
/// Where no key is there, or the text holds characters that no signed note may hold.
pub fn sign(path: &Path, text: &str) -> Result<String> {
    if let Some(wrong) = text.chars().find(|c| c.is_control() && *c != '\n') {
        let problem = format!(
            "a text that is signed holds no control characters but line breaks, this one U+{:04X}",
            u32::from(wrong)
        );
        return Err(LedgerError::Form(problem));
    }
    if text.trim().is_empty() {
        return Err(LedgerError::Form("there is nothing to sign".to_owned()));
    }
    let text = if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
    Ok(signer(path)?.sign_text(&text))
}

/// What a note says, without the signatures below it; the whole where it is not signed.
#[must_use]
pub fn said(note: &str) -> (&str, bool) {
    text_of(note).map_or((note, false), |text| (text, true))
}

fn check_name(name: &str) -> Result<()> {
    let fits = !name.is_empty() && name.chars().all(|c| !c.is_whitespace() && !c.is_control() && c != '+');
    let problem = || LedgerError::Form(format!("`{name}` is no name for a key: it holds a blank or `+`, or nothing"));
    fits.then_some(()).ok_or_else(problem)
}

fn signer(path: &Path) -> Result<Signer> {
    let wrong = |problem: &str| LedgerError::Key { path: path.to_path_buf(), problem: problem.to_owned() };
    let (name, secret) = read_secret(path, "the key is not there")?.ok_or_else(|| wrong("this is no signing key"))?;
    Ok(Signer::named(&name, &secret))
}

/// Writes a file that is not there yet, for its owner alone.
///
/// # Errors
/// Where it is there already or cannot be written.
pub fn write_new(path: &Path, content: &[u8]) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => LedgerError::Exists(path.to_path_buf()),
        _ => LedgerError::io(path)(e),
    })?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    written.map_err(|e| {
        fs::remove_file(path).ok();
        LedgerError::io(path)(e)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_cannot_stand_in_a_signature_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["", "a b", "a+b", "a\nb"] {
            assert!(make_key(&folder.path().join("k"), name).is_err(), "{name:?}");
        }
        assert!(!folder.path().join("k").exists());
    }

    #[test]
    fn a_key_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vesk.key");
        make_key(&path, "vesk").unwrap();
        let before = fs::read(&path).unwrap();
        assert!(matches!(make_key(&path, "vesk"), Err(LedgerError::Exists(_))));
        assert_eq!(fs::read(&path).unwrap(), before);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn what_was_signed_is_told_from_what_was_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vesk.key");
        let key = make_key(&path, "vesk").unwrap();
        assert!(sign(&path, " \n").is_err() && sign(&path, "a\rb").is_err());
        let note = sign(&path, "We agree.\n\nThe liaison").unwrap();
        assert_eq!(said(&note), ("We agree.\n\nThe liaison\n", true));
        assert!(key.signed(&note));
        assert!(!key.signed(&note.replace("agree", "refuse")));
        assert!(!make_key(&folder.path().join("other.key"), "vesk").unwrap().signed(&note));
        assert_eq!(said("not signed\n\nat all\n"), ("not signed\n\nat all\n", false));
    }
}
