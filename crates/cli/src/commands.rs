//! The commands, one file each.

pub(crate) mod books;
mod border;
mod brief;
mod exchange;
mod explain;
mod field;
mod generate;
mod judge;
mod line;
mod mission;
mod packs;
mod read;
mod serve;
mod verification;

use std::io::Write;

use crate::args::{Args, Command};
use crate::failure::{Exit, Failure};

/// Does what was asked.
pub(crate) fn run(args: Args, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Args { command, ledger } = args;
    match command {
        Command::Read(args) => read::run(&args, out),
        Command::Brief(args) => brief::run(&args, ledger.as_deref(), out),
        Command::Explain(args) => explain::run(&args, out),
        command @ (Command::Incidents(_)
        | Command::Incident(_)
        | Command::Findings(_)
        | Command::Agreements(_)
        | Command::Coverage(_)
        | Command::Timeline(_)
        | Command::Tolls(_)
        | Command::Promises(_)
        | Command::Publish(_)) => judge::run(command, ledger.as_deref(), out),
        Command::Border(args) => border::run(args, ledger.as_deref(), out),
        Command::Line(args) => line::run(&args, ledger.as_deref(), out),
        Command::Mission(args) => mission::run(args.command, ledger.as_deref(), out),
        Command::Field(args) => field::run(args, ledger.as_deref(), out),
        Command::Verification(args) => verification::run(args.command, ledger.as_deref(), out),
        Command::Exchange(args) => exchange::run(args.command, ledger.as_deref(), out),
        Command::Keys(args) => mission::keys::run(args.command, ledger.as_deref(), out),
        Command::Sign(args) => mission::keys::sign(&args, out),
        Command::Submit(args) => mission::keys::submit(&args, ledger.as_deref(), out),
        Command::Packs(args) => packs::run(&args, ledger.as_deref(), out),
        Command::Completions { shell } => generate::completions(shell, out),
        Command::Man { folder } => generate::man(&folder),
        Command::Serve(args) => serve::run(args, ledger.as_deref(), out),
        command => books::run(command, ledger, out),
    }
}
