//! `trucewatch coverage`: what was read of which days and areas, and what rests on one side's outlets alone.

use std::io::Write;
use std::path::Path;

use publish::v1;
use trucewatch::finding::coverage::coverage;

use super::table::Table;
use super::{filter, print};
use crate::args::judge;
use crate::failure::{Exit, Failure};
use crate::output::Paint;

/// Counts what was read and prints it.
pub(super) fn run(args: &judge::Coverage, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let table = Table::lay(&args.over, ledger)?;
    let record = table.record();
    let (incidents, _) = filter::judged(&args.filter, &table, &record)?;
    let published = || record.sources().filter_map(|s| s.published?.last_day());
    let (from, to) = (args.filter.from.or_else(|| published().min()), args.filter.to.or_else(|| published().max()));
    let Some((from, to)) = from.zip(to) else {
        return Err(Failure::nothing_to_read("no document has a day", "--from and --to name the days to look at"));
    };
    let items = v1::Covered::all(&coverage(&record, &incidents, from, to));
    let page = print::page(items, |c| c.id.as_str(), &args.paging)?;
    print::list(&page, args.format, |c| text(c, Paint::of_stdout()), out)?;
    Ok(table.exit)
}

fn text(covered: &v1::Covered, paint: Paint) -> String {
    let v1::Covered { id, what, name, state, documents, by_side, incidents } = covered;
    let state = paint.key(match state.as_deref() {
        Some("covered") => "covered",
        Some(_) => "not covered",
        None => return format!("incident {} rests on outlets of {name} alone\n", paint.faint(id)),
    });
    let sides: Vec<String> = by_side.iter().map(|(side, n)| format!("{side} {n}")).collect();
    let sides = if sides.is_empty() { String::new() } else { format!(" ({})", sides.join(", ")) };
    format!("{what}  {}  {state}  documents {documents}{sides}, incidents {incidents}\n", paint.name(name))
}
