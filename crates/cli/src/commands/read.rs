//! `trucewatch read`: reports in, claims out.

use std::io::Write;

use crate::args::{self, ReadFormat};
use crate::documents::Documents;
use crate::failure::{Exit, Failure};
use crate::output::{Paint, json, text};
use crate::world::{Read, SystemWorld};

/// Reads what was named and prints each document as soon as its turn comes.
pub(super) fn run(args: &args::Read, out: &mut dyn Write) -> Result<Exit, Failure> {
    let documents = Documents::named(&args.paths, &args.intake)?;
    let world = SystemWorld::open(&args.world)?;
    let paint = Paint::of_stdout();
    let mut first = true;
    let print = |read: Read| match args.format {
        ReadFormat::Text => text::document(&read, paint),
        ReadFormat::Json => json::pretty(&json::document(&read, args.layers)),
        ReadFormat::Jsonl => json::line(&json::document(&read, args.layers)),
    };
    let work = |received| world.read(received).map(print);
    documents.each(work, |printed| {
        if args.format == ReadFormat::Text && !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        Ok(out.write_all(printed?.as_bytes())?)
    })
}
