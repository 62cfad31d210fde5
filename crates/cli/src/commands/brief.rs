//! `trucewatch brief`: files or the ledger in, one brief out.

use std::io::Write;
use std::path::Path;

use desk::{Asked, Evidence, Extent};
use publish::{markdown, v1};

use super::books;
use crate::args::{self, BriefFormat};
use crate::failure::{Exit, Failure};
use crate::output::json;
use crate::progress::Progress;

/// Gathers what was named, judges it and writes the brief.
pub(super) fn run(args: &args::Brief, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (from, to) = match args.paths.is_empty() {
        true => books::days(ledger, args.as_of, args.from, args.to)?,
        false => (args.from, args.to),
    };
    let args::Brief { paths, intake, world, as_of, .. } = args;
    let (intake, world, as_of, observer) = (&intake.options(), &world.options(), as_of.as_of, &Progress::new());
    let evidence = Evidence::gather(&Asked { paths, intake, world, ledger, from, to, as_of, observer })?;
    if evidence.extent == Extent::Nothing {
        return Ok(Exit::Error);
    }
    let brief = evidence.brief();
    let printed = match args.format {
        BriefFormat::Md => markdown(&brief),
        BriefFormat::Json => json::pretty(&v1::Brief::new(&brief)),
    };
    out.write_all(printed.as_bytes())?;
    Ok(evidence.extent.into())
}
