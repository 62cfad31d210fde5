//! Commands that set reports against each other and against what was agreed: over the ledger, over reports, or over
//! claims that are ready.

mod agreements;
mod coverage;
mod filter;
mod findings;
mod incident;
mod incidents;
mod print;
mod promises;
mod publish;
mod table;
mod timeline;
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
        Command::Findings(args) => findings::run(&args, ledger, out),
        Command::Agreements(args) => agreements::run(&args, ledger, out),
        Command::Coverage(args) => coverage::run(&args, ledger, out),
        Command::Timeline(args) => timeline::run(&args, ledger, out),
        Command::Tolls(args) => tolls::run(&args, ledger, out),
        Command::Promises(args) => promises::run(&args, ledger, out),
        Command::Publish(args) => publish::run(&args, ledger, out),
        _ => Ok(Exit::Done),
    }
}
