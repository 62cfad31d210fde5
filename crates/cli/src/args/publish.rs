//! Arguments of `publish`: what form, over what, under which filter, where to.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use exports::Format;

use super::judge::{Filter, Over};

/// Writes incidents, claims or the brief in a form that others can open: spreadsheets, maps, databases, word processors.
/// The filter, the cut-off time, the version and the packs stand inside every file, and that it was read by machine where
/// nobody reviewed it (docs/exports.md).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch publish csv --from 2031-03-07 > incidents.csv
  trucewatch publish gpkg --party vesk --out vesk.gpkg
  trucewatch publish jsonl reports/ --out claims.jsonl
  trucewatch incidents --claims claims.jsonl")]
pub(crate) struct Publish {
    /// Which form
    #[arg(value_name = "FORMAT", value_parser = formats())]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) over: Over,
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// File to write; `-` for standard output, which takes text only [default: -]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write over the file if it is there
    #[arg(long)]
    pub(crate) force: bool,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let value = |f: &Format| clap::builder::PossibleValue::new(f.as_str()).help(f.says());
    PossibleValuesParser::new(Format::ALL.iter().map(value)).try_map(|word| {
        // The parser before this one lets nothing else through.
        Format::parse(&word).ok_or("no such form")
    })
}
