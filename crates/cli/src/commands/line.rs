//! `trucewatch line`: who watches which stretch, what a post sees, where posts should stand.

mod coverage;
mod highs;
mod plan;
mod sight;
mod watched;

use std::io::Write;

use crate::args::line::Line;
use crate::failure::{Exit, Failure};

/// Does what was asked.
pub(super) fn run(args: &Line, out: &mut dyn Write) -> Result<Exit, Failure> {
    match args {
        Line::Coverage(args) => coverage::run(args, out),
        Line::Sight(args) => sight::run(args, out),
        Line::Plan(args) => plan::run(args, out),
    }
}
