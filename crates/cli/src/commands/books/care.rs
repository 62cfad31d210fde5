//! `trucewatch rebuild`, `backup`, `restore`, `export`, `import` and `remove`: care of the ledger's file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use jiff::Timestamp;
use ledger::{Ledger, LedgerError, hex};

use crate::args::books::Remove;
use crate::failure::{Exit, Failure};

/// What can be imported.
const EXPORTS: &str = "give what `trucewatch export` or `trucewatch publish zip` wrote";

/// Builds what is derived again.
pub(super) fn rebuild(path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut ledger = Ledger::open_to_write(path)?;
    let (before, after) = ledger.rebuild()?;
    let same = if before == after { "the same as before" } else { "not what it was before" };
    writeln!(out, "built again from {} entries: {after}, {same}", ledger.size()?)?;
    Ok(Exit::Done)
}

/// Copies the ledger.
pub(super) fn backup(path: &Path, to: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    super::open(path)?.backup(to)?;
    let copied = Ledger::open(to)?.size()?;
    writeln!(out, "{}: {copied} entries; the signing key is not among them", to.display())?;
    Ok(Exit::Done)
}

/// Makes the ledger of a backup.
pub(super) fn restore(from: &Path, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let restored = Ledger::restore(from, path)?;
    writeln!(out, "{}: {} entries, in order", path.display(), restored.size()?)?;
    Ok(Exit::Done)
}

/// Prints the whole ledger.
pub(super) fn export(path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    super::open(path)?.export(|line| writeln!(out, "{line}"))??;
    Ok(Exit::Done)
}

/// Makes the ledger of an export, or of the history in a bundle.
pub(super) fn import(from: &Path, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let unread = |e: io::Error| {
        Failure::new(
            format!("{}: cannot be read: {e}", from.display()),
            "check that it is there and that you may read it",
        )
    };
    let reader: Box<dyn BufRead> = match from == Path::new("-") {
        true => Box::new(BufReader::new(io::stdin())),
        false => lines_in(from, BufReader::new(File::open(from).map_err(unread)?), unread)?,
    };
    let named = |e| match e {
        LedgerError::Form(problem) => Failure::new(format!("{}: {problem}", from.display()), EXPORTS),
        other => other.into(),
    };
    let root = Ledger::import(path, reader.lines()).map_err(named)?;
    writeln!(out, "{}: {} entries, root {}", path.display(), root.size, hex(&root.hash))?;
    Ok(Exit::Done)
}

/// The lines of an export, whether they lie open or in a bundle.
fn lines_in(
    from: &Path,
    mut file: BufReader<File>,
    unread: impl Fn(io::Error) -> Failure,
) -> Result<Box<dyn BufRead>, Failure> {
    if !exports::is_bundle(file.fill_buf().map_err(unread)?) {
        return Ok(Box::new(file));
    }
    let other = |e| Failure::new(format!("{}: {e}", from.display()), EXPORTS);
    Ok(Box::new(exports::history_in(file).map_err(other)?))
}

/// Removes what a document held.
pub(super) fn remove(args: &Remove, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let entry = Ledger::open_to_write(path)?.remove(Timestamp::now(), &args.document, &args.why, &args.by)?;
    writeln!(out, "removed, as entry {entry} says; backups and exports made before still hold it")?;
    Ok(Exit::Done)
}
