//! `trucewatch border import` and `export`: versions of segments in and out.

use std::io::Write;
use std::path::Path;

use mission::border::register::{Act, Entry};

use super::register::{self, Kept};
use crate::args::border::{Export, Import};
use crate::failure::{Exit, Failure};

/// Prints the entry that proposes a line.
pub(super) fn import(args: &Import, out: &mut dyn Write) -> Result<Exit, Failure> {
    let drawn = register::proposed(&args.file, args.map.as_ref())?;
    let Import { segment, by, at, words, .. } = args;
    let (segment, by, words) = (segment.clone(), by.clone(), words.clone());
    let entry = Entry { at: *at, by, segment, words, act: Act::Propose(drawn) };
    let line = serde_json::to_string(&entry).map_err(|e| Failure::from(std::io::Error::other(e)))?;
    writeln!(out, "{line}")?;
    Ok(Exit::Done)
}

/// Writes all versions into a file.
pub(super) fn export(args: &Export, ledger: Option<&Path>) -> Result<Exit, Failure> {
    let kept = Kept::read(args.register.as_deref(), &args.books, ledger)?;
    if args.to.exists() {
        let hint = "name a file that is not there yet";
        return Err(Failure::new(format!("{} is there already", args.to.display()), hint));
    }
    let wrong = |e: std::io::Error| {
        Failure::new(format!("{}: {e}", args.to.display()), "give a file in a folder that can be written to")
    };
    match args.to.extension().and_then(|e| e.to_str()) {
        Some("gpkg") => {
            let bytes = exports::border::geopackage(&kept.mission)
                .map_err(|e| Failure::new(e.to_string(), "write it as .geojson instead"))?;
            std::fs::write(&args.to, bytes).map_err(wrong)?;
        }
        Some("geojson" | "json") => std::fs::write(&args.to, exports::border::geojson(&kept.mission)).map_err(wrong)?,
        _ => {
            let message = format!("{} is neither .geojson nor .gpkg", args.to.display());
            return Err(Failure::new(message, "name a file with one of these endings"));
        }
    }
    kept.tell_refused();
    Ok(if kept.refused.is_empty() { Exit::Done } else { Exit::NotInOrder })
}
