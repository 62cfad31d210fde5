//! Commands that set reports against each other and against what was agreed: over the ledger, over reports, or over
//! claims that are ready.

mod filter;
mod incident;
mod incidents;
mod print;
mod promises;
mod table;
mod tolls;

use std::io::Write;
use std::path::Path;

use crate::args::Command;
use crate::failure::{Exit, Failure};

/// Does what was asked.
pub(super) fn run(command: Command, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    match command {
        Command::Incidents(args) => incidents::run(&args, ledger, out),
        Command::Incident(args) => incident::run(&args, ledger, out),
        Command::Tolls(args) => tolls::run(&args, ledger, out),
        Command::Promises(args) => promises::run(&args, ledger, out),
        _ => Ok(Exit::Done),
    }
}
