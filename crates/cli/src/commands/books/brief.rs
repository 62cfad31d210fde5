//! `trucewatch brief` over a ledger: some days as they stood at a time, from the claims that matter to them.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use ledger::{Ledger, Moment, Table};
use publish::{markdown, v1};
use trucewatch::brief::{Brief, Period};
use trucewatch::finding::check;
use trucewatch::incident::{Incident, Record, gather_with};
use trucewatch::pack::Knowledge;

use crate::args::{self, BriefFormat};
use crate::failure::{Exit, Failure};
use crate::output::json;
use crate::world;

/// Draws the brief and writes it.
pub(in crate::commands) fn run(args: &args::Brief, named: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let ledger = super::open(&super::place(named)?)?;
    let moment = ledger.moment(args.as_of.as_of)?;
    let period = period(&ledger, moment, args.from, args.to)?;
    let brief = draw(&ledger, &args.world, period, moment)?;
    let printed = match args.format {
        BriefFormat::Md => markdown(&brief),
        BriefFormat::Json => json::pretty(&v1::Brief::new(&brief)),
    };
    out.write_all(printed.as_bytes())?;
    Ok(Exit::Done)
}

/// The brief of some days as they stood at a moment.
pub(super) fn draw(ledger: &Ledger, args: &args::World, period: Period, moment: Moment) -> Result<Brief, Failure> {
    let mut table = ledger.table(period.from, period.to, moment)?;
    intake::copies::mark(&mut table.sources);
    let knowledge = knowledge(args, &table)?;
    let record = Record::new(table.claims(), &table.sources, &knowledge);
    let incidents = gather_with(&record, table.rulings());
    let findings = check(&record, &incidents, Some(period.to));
    Ok(trucewatch::brief::brief(&record, &incidents, &findings, Some(period)))
}

/// What is known beyond the reports: the packs with which they were read.
pub(super) fn knowledge(args: &args::World, table: &Table) -> Result<Knowledge, Failure> {
    let ids: BTreeSet<&str> = table.packs.iter().map(|p| p.id.as_str()).collect();
    world::knowledge(args, &ids)
}

/// The incidents of some days, with the claims that they are made of.
pub(super) fn incidents(
    args: &args::World,
    ledger: &Ledger,
    period: Period,
    moment: Moment,
) -> Result<(Table, Vec<Incident>), Failure> {
    let mut table = ledger.table(period.from, period.to, moment)?;
    intake::copies::mark(&mut table.sources);
    let knowledge = knowledge(args, &table)?;
    let incidents = gather_with(&Record::new(table.claims(), &table.sources, &knowledge), table.rulings());
    Ok((table, incidents))
}

/// The days to cover: as given, else the last day on which a report was published and the day before, of which it
/// tells.
pub(super) fn period(ledger: &Ledger, moment: Moment, from: Option<Date>, to: Option<Date>) -> Result<Period, Failure> {
    let none = || {
        let hint = "`trucewatch add` puts reports into the ledger; --from and --to name days";
        Failure::nothing_to_read("the ledger holds no report with a day", hint)
    };
    let to = match (from, to) {
        (_, Some(to)) => to,
        (from, None) => ledger.last_day(moment)?.into_iter().chain(from).max().ok_or_else(none)?,
    };
    let from = from.unwrap_or_else(|| to.checked_sub(1.day()).unwrap_or(to));
    if from > to {
        let hint = "the first day is no later than the last";
        return Err(Failure::new(format!("the period from {from} to {to} has no day"), hint));
    }
    Ok(Period { from, to })
}
