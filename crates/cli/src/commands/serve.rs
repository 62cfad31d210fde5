//! `trucewatch serve`: the room over the ledger.

use std::io::Write;
use std::path::Path;

use room::{Listening, Options, Room, log_to, serve};

use super::books::add;
use crate::args::books::Add;
use crate::args::serve::Serve;
use crate::failure::{Exit, Failure};

/// Adds the reports that were named, and listens until it is told to stop.
pub(super) fn run(args: Serve, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let path = desk::ledger_path(ledger)?;
    let Serve { listen, require_login, reports, log, allow_local, tiles, feeds, intake, world } = args;
    let options = world.options();
    if !reports.is_empty() {
        let added = add::run(&Add { paths: reports, quiet: true, intake, world }, &path, out)?;
        if added == Exit::Error {
            return Ok(added);
        }
    }
    log_to(log.as_deref())?;
    let room = Room::open(Options { listen, require_login, ledger: path, world: options, allow_local, tiles, feeds })?;
    let mut told = Ok(());
    serve(&room, |listening| told = tell(listening, out))?;
    told?;
    Ok(Exit::Done)
}

fn tell(listening: &Listening, out: &mut dyn Write) -> Result<(), Failure> {
    let Listening { address, first } = listening;
    if let Some(link) = first {
        writeln!(out, "first account  {link}")?;
    }
    writeln!(out, "room           {address}")?;
    Ok(out.flush()?)
}
