//! `trucewatch border`: proposals side by side, segments on their way to their pillars.

mod annex;
mod compare;
pub(crate) mod files;
mod geopackage;
pub(crate) mod register;
mod stated;
mod status;
mod versions;

use std::io::Write;
use std::path::Path;

use crate::args::border::Border;
use crate::failure::{Exit, Failure};

/// Does what was asked.
pub(super) fn run(args: Border, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    match args {
        Border::Compare(args) => compare::run(&args, ledger, out),
        Border::Status(args) => status::run(&args, ledger, out),
        Border::Annex(args) => annex::run(&args, ledger, out),
        Border::Import(args) => versions::import(&args, out),
        Border::Export(args) => versions::export(&args, ledger),
        stated => stated::run(stated, ledger, out),
    }
}

/// Kilometres to the hundred metres.
pub(crate) fn km(metres: f64) -> String {
    format!("{:.1} km", metres / 1000.0)
}

/// "44.30000 S 124.99000 W".
pub(crate) fn degrees(at: geo::Coord) -> String {
    let hand = |value: f64, plus, minus| if value < 0.0 { minus } else { plus };
    format!("{:.5} {} {:.5} {}", at.y.abs(), hand(at.y, 'N', 'S'), at.x.abs(), hand(at.x, 'E', 'W'))
}
