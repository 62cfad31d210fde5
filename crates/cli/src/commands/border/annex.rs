//! `trucewatch border annex`: the coordinates of a line, as a table.

use std::fs;
use std::io::Write;
use std::path::Path;

use exports::border::Annex;
use serde_json::json;

use super::register::Kept;
use crate::args::border::{self, TableFormat};
use crate::failure::{Exit, Failure, note};

/// Writes the coordinates of a version.
pub(super) fn run(args: &border::Annex, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let kept = Kept::read(args.register.as_deref(), &args.books, ledger)?;
    let mission = &kept.mission;
    let known: Vec<&str> = mission.segments.keys().map(String::as_str).collect();
    let no_segment = || {
        let message = format!("{}: no segment `{}`", kept.name, args.segment);
        Failure::new(message, format!("segments are {}", known.join(", ")))
    };
    let segment = mission.segments.get(&args.segment).ok_or_else(no_segment)?;
    let wrong = |e: String| {
        let hint = format!("it has {} versions; name one with --version-number", segment.versions.len());
        Failure::new(e, hint)
    };
    let annex = Annex::of(mission, segment, args.version_number).map_err(wrong)?;
    if !annex.is_agreed() {
        note(&format!("version {} is not agreed", annex.version().number));
    }
    let bytes = written(&annex, args.format)?;
    match &args.to {
        Some(path) => fs::write(path, bytes).map_err(|e| {
            Failure::new(format!("{}: {e}", path.display()), "give a file in a folder that can be written to")
        })?,
        None => out.write_all(&bytes)?,
    }
    Ok(Exit::Done)
}

fn written(annex: &Annex<'_>, format: TableFormat) -> Result<Vec<u8>, Failure> {
    let wrong = |e: exports::ExportError| Failure::new(e.to_string(), "write it in another form");
    match format {
        TableFormat::Md => {
            let lines = annex.cells().into_iter().map(|cells| format!("| {} |\n", cells.join(" | ")));
            let heads = Annex::HEADS;
            let head = format!("| {} |\n|{}\n", heads.join(" | "), " ---: |".repeat(heads.len()));
            Ok(std::iter::once(head).chain(lines).collect::<String>().into_bytes())
        }
        TableFormat::Csv => annex.csv().map_err(wrong),
        TableFormat::Json => Ok(format!("{:#}\n", json!(annex.rows())).into_bytes()),
        TableFormat::Docx => annex.docx().map_err(wrong),
    }
}
