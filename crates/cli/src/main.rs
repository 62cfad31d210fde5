//! The program `trucewatch`: reads reports, prints who claims what, and briefs that lead back to their sources.

mod args;
mod commands;
mod failure;
mod output;
mod progress;
mod timings;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Parser;

use args::Args;

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let done = commands::run(args, &mut out).and_then(|exit| Ok(out.flush().map(|()| exit)?));
    match done {
        Ok(exit) => exit.into(),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            failure.exit().into()
        }
    }
}
