//! `trucewatch read`: reports in, claims out.

use std::io::Write;
use std::time::Instant;

use crate::args::{self, ReadFormat};
use crate::documents::Documents;
use crate::failure::{Exit, Failure};
use crate::output::{Paint, json, text};
use crate::timings::Timings;
use crate::world::{Read, SystemWorld};

/// Reads what was named and prints each document as soon as its turn comes.
pub(super) fn run(args: &args::Read, out: &mut dyn Write) -> Result<Exit, Failure> {
    let documents = Documents::named(&args.paths, &args.intake)?;
    let begun = Instant::now();
    let world = SystemWorld::open(&args.world)?;
    let timings = args.timings.then(|| Timings::new(begun.elapsed()));
    let paint = Paint::of_stdout();
    let mut first = true;
    let print = |read: Read| match args.format {
        ReadFormat::Text => text::document(&read, paint),
        ReadFormat::Json => json::pretty(&json::document(&read, args.layers)),
        ReadFormat::Jsonl => json::line(&json::document(&read, args.layers)),
    };
    let read = |received| match &timings {
        Some(timings) => timings.read(&world, received),
        None => world.read(received),
    };
    let exit = documents.each(
        |received| read(received).map(print),
        |printed| {
            if args.format == ReadFormat::Text && !std::mem::take(&mut first) {
                writeln!(out)?;
            }
            Ok(out.write_all(printed?.as_bytes())?)
        },
    )?;
    timings.map_or(Ok(()), |t| t.tell())?;
    Ok(exit)
}
