//! Everything in one ZIP: the files of all forms, and the whole ledger with its history and proofs, from which a ledger
//! with the same root can be made again.
//!
//! `manifest.json` names every member with its SHA-256. The filter is applied to the files of forms; the history is
//! always the whole one, for a part of a log proves nothing.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};

use ledger::{Ledger, hex};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::about::About;
use crate::error::ExportError;
use crate::format::Format;
use crate::matter::Matter;
use crate::pack;

/// The member that holds the ledger's entries.
const HISTORY: &str = "history/ledger.jsonl";
const README: &str = include_str!("bundle_readme.txt");

#[derive(Serialize)]
struct Manifest<'a> {
    about: &'a About,
    /// Root hash of the ledger's log, in hex.
    root: Option<String>,
    members: Vec<Member>,
}

#[derive(Serialize)]
struct Member {
    name: String,
    bytes: usize,
    sha256: String,
}

/// Everything that is shown, and the history.
///
/// # Errors
/// Where there is no ledger, it cannot be read, or a form cannot be written.
pub(crate) fn write(matter: &Matter<'_>) -> Result<Vec<u8>, ExportError> {
    let ledger = matter.ledger.ok_or(ExportError::NoLedger("a bundle"))?;
    let mut members = vec![("README.txt".to_owned(), README.as_bytes().to_vec())];
    for format in Format::ALL.iter().filter(|f| **f != Format::Zip) {
        members.push((format.file_name().to_owned(), format.write(matter)?));
    }
    members.extend(history(ledger)?);
    members.extend(proofs(ledger, matter)?);
    let manifest = manifest(&matter.about, ledger, &members)?;
    members.push(("manifest.json".to_owned(), manifest));
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    pack::write(&members)
}

/// Every entry, the checkpoint of the whole, and the keys that signed.
fn history(ledger: &Ledger) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    let mut lines = Vec::new();
    let written = ledger.export(|line| {
        lines.extend_from_slice(line.as_bytes());
        lines.push(b'\n');
        Ok::<(), ExportError>(())
    })?;
    written?;
    let keys: String = ledger.verifiers()?.iter().map(|key| format!("{key}\n")).collect();
    let checkpoint = ledger.checkpoint()?.unwrap_or_default();
    Ok(vec![
        (HISTORY.to_owned(), lines),
        ("history/checkpoint.txt".to_owned(), checkpoint.into_bytes()),
        ("history/keys.txt".to_owned(), keys.into_bytes()),
    ])
}

/// The proof of each document's entry that the shown incidents rest on. They go by numbers: a document's name is of
/// whoever sent it, and no name for a file.
fn proofs(ledger: &Ledger, matter: &Matter<'_>) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    let mut entries: BTreeMap<u64, &str> = BTreeMap::new();
    for source in matter.documents() {
        entries.insert(ledger.document_entry(&source.id)?, &source.id);
    }
    let numbers: Vec<u64> = entries.keys().copied().collect();
    let proofs = ledger.proofs(&numbers)?;
    let mut index = String::from("entry\tdocument\n");
    entries.iter().for_each(|(entry, id)| index.push_str(&format!("{entry}\t{id}\n")));
    let named = numbers.iter().zip(proofs).map(|(n, proof)| (format!("proofs/{n}.tlog-proof"), proof.into_bytes()));
    Ok(named.chain([("proofs/index.tsv".to_owned(), index.into_bytes())]).collect())
}

fn manifest(about: &About, ledger: &Ledger, members: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ExportError> {
    let member = |(name, bytes): &'_ (String, Vec<u8>)| Member {
        name: name.clone(),
        bytes: bytes.len(),
        sha256: hex(&Sha256::digest(bytes)),
    };
    let members = members.iter().map(member).collect();
    let manifest = Manifest { about, root: ledger.root()?.map(|root| hex(&root.hash)), members };
    Ok(serde_json::to_string_pretty(&manifest).unwrap_or_default().into_bytes())
}

/// Whether bytes begin as a ZIP does.
#[must_use]
pub fn is_bundle(beginning: &[u8]) -> bool {
    beginning.starts_with(b"PK\x03\x04")
}

/// The lines of the ledger in a bundle, as `Ledger::import` takes them.
///
/// # Errors
/// Where it is no ZIP, or holds no history.
pub fn history_in(bundle: impl Read + Seek) -> Result<impl BufRead, ExportError> {
    let mut zip = ZipArchive::new(bundle)?;
    let mut lines = Vec::new();
    zip.by_name(HISTORY)?.read_to_end(&mut lines)?;
    Ok(BufReader::new(Cursor::new(lines)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn without_a_ledger_there_is_no_bundle() {
        assert!(matches!(write(&Sample::new().matter()), Err(ExportError::NoLedger(_))));
    }

    #[test]
    fn what_is_no_bundle_is_refused() {
        assert!(history_in(Cursor::new(b"PK\x03\x04 no".to_vec())).is_err());
        let other = pack::write(&[("../../evil", b"x")]).unwrap();
        assert!(history_in(Cursor::new(other)).is_err());
    }
}
