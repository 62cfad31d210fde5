//! `trucewatch line`: who watches which stretch, what a post sees, where posts should stand.

mod coverage;
mod plan;
mod sight;
pub(super) mod watched;

use std::io::Write;
use std::path::Path;

use crate::args::line::Line;
use crate::failure::{Exit, Failure};

/// Does what was asked.
pub(super) fn run(args: &Line, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    match args {
        Line::Coverage(args) => coverage::run(args, ledger, out),
        Line::Sight(args) => sight::run(args, ledger, out),
        Line::Plan(args) => plan::run(args, ledger, out),
    }
}
