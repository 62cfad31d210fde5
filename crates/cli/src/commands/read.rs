//! `trucewatch read`: reports in, claims out.

use std::io::Write;
use std::time::Instant;

use desk::{Documents, Read, SystemWorld};

use crate::args::{self, ReadFormat};
use crate::failure::{Exit, Failure};
use crate::output::{Paint, json, text};
use crate::progress::Progress;
use crate::timings::Timings;

/// Reads what was named and prints each document as soon as its turn comes.
pub(super) fn run(args: &args::Read, out: &mut dyn Write) -> Result<Exit, Failure> {
    let documents = Documents::named(&args.paths, &args.intake.options())?;
    let begun = Instant::now();
    let world = SystemWorld::open(&args.world.options())?;
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
    let extent = documents.each(
        &Progress::new(),
        |received| read(received).map(print),
        |printed| {
            if args.format == ReadFormat::Text && !std::mem::take(&mut first) {
                writeln!(out)?;
            }
            Ok::<(), Failure>(out.write_all(printed?.as_bytes())?)
        },
    )?;
    timings.map_or(Ok(()), |t| t.tell())?;
    Ok(extent.into())
}
