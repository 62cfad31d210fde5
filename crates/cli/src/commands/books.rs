//! Commands over a ledger, and where the ledger lies.

pub(super) mod add;
mod care;
mod check;
mod decide;
mod diff;
mod history;
mod issued;
mod review;
mod search;
mod watch;

use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use ledger::Ledger;
use trucewatch::brief::Period;

use crate::args::Command;
use crate::args::books::AsOf;
use crate::failure::{Exit, Failure};

/// Does what was asked of the ledger.
pub(super) fn run(command: Command, named: Option<PathBuf>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let path = || desk::ledger_path(named.as_deref());
    match command {
        Command::Add(args) => add::run(&args, &path()?, out),
        Command::Watch(args) => watch::run(&args, &path()?, out),
        Command::Reread(args) => add::reread(&args, &path()?, out),
        Command::Search(args) => search::run(&args, &path()?, out),
        Command::Review(args) => review::run(&args, &path()?, out),
        Command::Decide(args) => decide::run(&args, &path()?, out),
        Command::History(args) => history::run(&args, &path()?, out),
        Command::Issued(args) => issued::run(&args, &path()?, out),
        Command::Diff(args) => diff::run(&args, &path()?, out),
        Command::Verify(args) => check::verify(&args, &path()?, out),
        Command::Prove(args) => check::prove(&args, &path()?, out),
        Command::VerifyProof(args) => check::verify_proof(&args, out),
        Command::Checkpoint => check::checkpoint(&path()?, out),
        Command::Key => check::key(&path()?, out),
        Command::Rebuild => care::rebuild(&path()?, out),
        Command::Backup { to } => care::backup(&path()?, &to, out),
        Command::Restore { from } => care::restore(&from, &path()?, out),
        Command::Export => care::export(&path()?, out),
        Command::Import { from } => care::import(&from, &path()?, out),
        Command::Remove(args) => care::remove(&args, &path()?, out),
        _ => Ok(Exit::Done),
    }
}

/// The days that a brief of the ledger covers: as given, else the last on which a report was published and the one before.
pub(super) fn days(
    named: Option<&Path>,
    as_of: AsOf,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<(Option<Date>, Option<Date>), Failure> {
    let ledger = open(&desk::ledger_path(named)?)?;
    let Period { from, to } = desk::evidence::period_of(&ledger, ledger.moment(as_of.as_of)?, from, to)?;
    Ok((Some(from), Some(to)))
}

/// Opens the ledger for reading.
fn open(path: &Path) -> Result<Ledger, Failure> {
    Ok(Ledger::open(path)?)
}
