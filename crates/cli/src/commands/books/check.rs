//! `trucewatch verify`, `prove`, `verify-proof`, `checkpoint` and `key`: the log as others check it.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use desk::Observer;
use jiff::Timestamp;
use ledger::{Fault, Ledger, LedgerError, Verdict, Verifier, hex};
use sha2::{Digest, Sha256};

use crate::args::books::{Prove, Verify, VerifyProof};
use crate::failure::{Exit, Failure};
use crate::progress::Progress;

/// Checks the whole ledger.
pub(super) fn verify(args: &Verify, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let ledger = Ledger::open(path).map_err(unsound)?;
    let kept = args.checkpoint.as_deref().map(text).transpose()?;
    let key = args.key.as_deref().map(verifier).transpose()?;
    let progress = Progress::new();
    progress.begins(usize::try_from(ledger.size().map_err(unsound)?).ok());
    let verdict = ledger.verify(kept.as_deref(), key.as_ref(), |_| progress.step()).map_err(unsound)?;
    progress.ends();
    let Verdict { sound, root, checkpoints, removed, fault } = verdict;
    if let Some(fault) = fault {
        let hint = match fault {
            Fault::Entry { .. } => {
                "the entries before it are in order; restore a backup, and keep this file as evidence"
            }
            Fault::Head(_) => "compare with a checkpoint that was kept elsewhere, and keep this file as evidence",
        };
        return Err(Failure::not_in_order(fault.to_string(), hint));
    }
    writeln!(out, "in order: {sound} entries, {checkpoints} checkpoints among them, {removed} removed by policy")?;
    writeln!(out, "root {}", hex(&root.hash))?;
    Ok(Exit::Done)
}

/// A file that is damaged to where its entries cannot be read is not in order either.
fn unsound(error: LedgerError) -> Failure {
    match error.is_damage() {
        true => Failure::not_in_order(error.to_string(), "restore a backup, and keep this file as evidence"),
        false => error.into(),
    }
}

/// Writes a proof of an entry.
pub(super) fn prove(args: &Prove, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let ledger = super::open(path)?;
    let entry = match args.entry.parse() {
        Ok(number) => number,
        Err(_) => ledger.document_entry(&args.entry)?,
    };
    let kept = args.checkpoint.as_deref().map(text).transpose()?;
    out.write_all(ledger.prove(entry, kept.as_deref())?.as_bytes())?;
    Ok(Exit::Done)
}

/// Checks a proof.
pub(super) fn verify_proof(args: &VerifyProof, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (proof, key) = (text(&args.proof)?, verifier(&args.key)?);
    let hint = "it was changed, or is of another log";
    let proven = ledger::verify_proof(&proof, &key).map_err(|e| Failure::not_in_order(e.to_string(), hint))?;
    let header = &proven.header;
    writeln!(out, "entry {}, a {} of {}", header.number, header.kind, ledger::written(header.at))?;
    writeln!(out, "is one of the {} entries under the checkpoint of {}", proven.root.size, key.name())?;
    for part in &header.parts {
        writeln!(out, "{}  {}, {} bytes", part.sha256, part.name, part.bytes)?;
    }
    let Some(file) = &args.part else { return Ok(Exit::Done) };
    let hash: [u8; 32] = Sha256::digest(fs::read(file).map_err(|e| unread(file, &e))?).into();
    let found = header.parts.iter().find(|p| p.sha256 == hex(&hash));
    let other = || Failure::not_in_order(format!("{}: is no part of the entry", file.display()), "its bytes differ");
    writeln!(out, "{} is its {}", file.display(), found.ok_or_else(other)?.name)?;
    Ok(Exit::Done)
}

/// Records a checkpoint and prints it.
pub(super) fn checkpoint(path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (_, note) = Ledger::open_to_write(path)?.add_checkpoint(Timestamp::now())?;
    out.write_all(note.as_bytes())?;
    Ok(Exit::Done)
}

/// Prints the key by which others check signatures.
pub(super) fn key(path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let keys = super::open(path)?.verifiers()?;
    let none = || Failure::new("an empty ledger has no key yet", "the first entry makes it");
    writeln!(out, "{}", keys.last().ok_or_else(none)?)?;
    Ok(Exit::Done)
}

/// The key in some words, or in the file that they name.
fn verifier(key: &str) -> Result<Verifier, Failure> {
    let content = if Path::new(key).is_file() { text(Path::new(key))? } else { key.to_owned() };
    let hint = "`trucewatch key` prints the ledger's key";
    content.parse::<Verifier>().map_err(|e| Failure::new(e.to_string(), hint))
}

/// The text of a file, or of standard input.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    let read = if path == Path::new("-") {
        let mut all = String::new();
        io::stdin().read_to_string(&mut all).map(|_| all)
    } else {
        fs::read_to_string(path)
    };
    read.map_err(|e| unread(path, &e))
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        format!("{}: cannot be read: {error}", path.display()),
        "check that it is there and that you may read it",
    )
}
