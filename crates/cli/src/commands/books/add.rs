//! `trucewatch add` and `reread`: reports in, entries out. What is told as done is on the disk.

use std::io::Write;
use std::path::Path;

use desk::keep::{self, Keeper, Laid, STEP};
use desk::{Documents, Extent, SystemWorld};
use jiff::Timestamp;
use ledger::Ledger;

use crate::args::books;
use crate::failure::{Exit, Failure};
use crate::output::text::flat;
use crate::progress::Progress;

/// Reads what was named and keeps it.
pub(in crate::commands) fn run(args: &books::Add, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let documents = Documents::named(&args.paths, &args.intake.options())?;
    let world = SystemWorld::open(&args.world.options().over(path))?;
    if !args.paths.is_empty() && args.paths.iter().all(|p| is_missing(p)) {
        documents.each(&Progress::new(), |_| (), |()| Ok::<(), Failure>(()))?;
        return Ok(Exit::Error);
    }
    let mut ledger = Ledger::open_or_make(path)?;
    let known = ledger.document_ids()?;
    let mut keeper = Keeper::new(&mut ledger);
    let extent = documents.each(
        &Progress::new(),
        |received| keep::one(&world, &known, received),
        |item| tell(&keeper.take(item?)?, args.quiet, out),
    )?;
    tell(&keeper.flush()?, args.quiet, out)?;
    let Keeper { added, known, claims, .. } = keeper;
    if extent == Extent::Nothing {
        return Ok(Exit::Error);
    }
    let size = ledger.size()?;
    writeln!(out, "{added} added with {claims} claims, {known} there already; the ledger has {size} entries")?;
    Ok(extent.into())
}

/// Whether nothing is where a path leads, so that no ledger is made for it.
fn is_missing(path: &Path) -> bool {
    path != Path::new("-") && path.symlink_metadata().is_err()
}

/// Tells what became of documents, which are on the disk by now. Where nobody listens any more, the rest is kept all
/// the same: `add folder | head` adds the folder.
pub(super) fn tell(laid: &[Laid], quiet: bool, out: &mut dyn Write) -> Result<(), Failure> {
    match told(laid, quiet, out) {
        Err(failure) if failure.is_broken_pipe() => Ok(()),
        done => done,
    }
}

fn told(laid: &[Laid], quiet: bool, out: &mut dyn Write) -> Result<(), Failure> {
    for one in laid.iter().filter(|_| !quiet) {
        match one.entry {
            Some(entry) => writeln!(out, "added  {entry}  {}", in_words(one))?,
            None => writeln!(out, "known  {}", in_words(one))?,
        }
    }
    Ok(out.flush()?)
}

/// A document's name, and whose copy it is.
fn in_words(laid: &Laid) -> String {
    let name = if laid.document.is_some() { flat(&laid.name) } else { laid.name.clone() };
    match &laid.copy_of {
        Some((first, why)) => format!("{name}  (a copy of {}: {why})", flat(first)),
        None => name,
    }
}

/// Reads documents of the ledger again.
pub(super) fn reread(args: &books::Reread, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut ledger = Ledger::open_to_write(path)?;
    let world = SystemWorld::open(&args.world.options().over(path))?;
    let ids = chosen(args, &ledger, &world)?;
    let mut claims = 0;
    for step in ids.chunks(STEP) {
        let received = step.iter().map(|id| Ok(keep::received(&ledger, id)?)).collect::<Result<Vec<_>, Failure>>()?;
        let mut readings = Vec::new();
        Documents::held(received, args.threads).each(
            &Progress::new(),
            |received| world.read(received).map(|read| (read.reading.document.clone(), keep::reading(&world, &read))),
            |reading| {
                readings.push(reading?);
                Ok::<(), Failure>(())
            },
        )?;
        claims += readings.iter().map(|(_, r)| r.claims.len()).sum::<usize>();
        ledger.add_readings(Timestamp::now(), &readings)?;
    }
    let size = ledger.size()?;
    writeln!(out, "{} read again with {claims} claims; the ledger has {size} entries", ids.len())?;
    Ok(Exit::Done)
}

/// Ids of the documents to read: those that were named, or all that were last read otherwise.
fn chosen(args: &books::Reread, ledger: &Ledger, world: &SystemWorld) -> Result<Vec<String>, Failure> {
    if !args.documents.is_empty() {
        return args.documents.iter().map(|d| Ok(ledger.document_id(d)?)).collect();
    }
    let all = ledger.last_read()?;
    Ok(all.into_iter().filter(|(_, reader)| !world.is_current(reader)).map(|(id, _)| id).collect())
}
