//! `trucewatch brief`: files or the ledger in, one brief out.

use std::io::Write;
use std::path::Path;

use publish::{markdown, v1};
use trucewatch::brief::{self, Brief};
use trucewatch::finding::check;

use super::books;
use crate::args::{self, BriefFormat};
use crate::evidence::{Asked, Evidence};
use crate::failure::{Exit, Failure};
use crate::output::json;

/// Gathers what was named, judges it and writes the brief.
pub(super) fn run(args: &args::Brief, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (from, to) = match args.paths.is_empty() {
        true => books::days(ledger, args.as_of, args.from, args.to)?,
        false => (args.from, args.to),
    };
    let args::Brief { paths, intake, world, as_of, .. } = args;
    let evidence = Evidence::gather(&Asked { paths, intake, world, ledger, from, to, as_of: *as_of })?;
    if evidence.exit == Exit::Error {
        return Ok(evidence.exit);
    }
    let brief = draw(&evidence);
    let printed = match args.format {
        BriefFormat::Md => markdown(&brief),
        BriefFormat::Json => json::pretty(&v1::Brief::new(&brief)),
    };
    out.write_all(printed.as_bytes())?;
    Ok(evidence.exit)
}

/// The brief of what was gathered.
pub(super) fn draw(evidence: &Evidence) -> Brief {
    let record = evidence.record();
    let incidents = evidence.incidents(&record);
    let findings = check(&record, &incidents, evidence.period.map(|p| p.to));
    brief::brief(&record, &incidents, &findings, evidence.period)
}
