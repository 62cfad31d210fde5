//! `trucewatch brief`: reports in, one brief out.

use std::io::Write;

use publish::{markdown, v1};
use trucewatch::brief::{self, Period};
use trucewatch::finding::check;
use trucewatch::incident::{Record, Source, gather};
use trucewatch::pack::Knowledge;
use trucewatch::when::Interval;

use crate::args::{self, BriefFormat};
use crate::documents::Documents;
use crate::failure::{Exit, Failure};
use crate::output::json;
use crate::world::{Read, SystemWorld};

/// Reads everything that was named, then gathers, checks and writes.
pub(super) fn run(args: &args::Brief, out: &mut dyn Write) -> Result<Exit, Failure> {
    let documents = Documents::named(&args.paths, &args.intake)?;
    let world = SystemWorld::open(&args.world)?;
    let mut reads: Vec<Read> = Vec::new();
    let exit = documents.each(
        |received| world.read(received),
        |read| {
            reads.push(read?);
            Ok(())
        },
    )?;
    if reads.is_empty() {
        return Ok(exit);
    }
    let lore = world.union(reads.iter().map(|r| &r.received.document))?;
    let mut sources: Vec<Source> = reads.iter().map(source).collect();
    intake::copies::mark(&mut sources);
    let period = period(args, &reads)?;
    let brief = write(reads, &sources, &lore.knowledge, period);
    let printed = match args.format {
        BriefFormat::Md => markdown(&brief),
        BriefFormat::Json => json::pretty(&v1::Brief::new(&brief)),
    };
    out.write_all(printed.as_bytes())?;
    Ok(exit)
}

fn write(reads: Vec<Read>, sources: &[Source], knowledge: &Knowledge, period: Option<Period>) -> brief::Brief {
    let claims: Vec<_> = reads.into_iter().flat_map(|r| r.reading.claims).collect();
    let record = Record::new(&claims, sources, knowledge);
    let incidents = gather(&record);
    let findings = check(&record, &incidents, period.map(|p| p.to));
    brief::brief(&record, &incidents, &findings, period)
}

fn source(read: &Read) -> Source {
    Source { notes: read.notes.clone(), ..read.reading.source() }
}

/// The days to cover: as given, else from the day before the first report, of which it tells, to the last report. Of
/// reports that come with a day those count alone, for one wrong guess would stretch the period by years.
fn period(args: &args::Brief, reads: &[Read]) -> Result<Option<Period>, Failure> {
    let dated = |given: bool| {
        let wanted = move |r: &&Read| !given || r.reading.dated_by.as_deref() == Some("given");
        reads.iter().filter(wanted).filter_map(|r| r.reading.published)
    };
    let given = dated(true).next().is_some();
    let first = || dated(given).filter_map(Interval::first_day).min();
    let from = args.from.or_else(|| first().map(|day| day.yesterday().unwrap_or(day)));
    let to = args.to.or_else(|| dated(given).filter_map(Interval::last_day).max());
    match (from, to) {
        (Some(from), Some(to)) if from > to => {
            let hint =
                "the first day is no later than the last; without --from and --to the reports' own days are taken";
            Err(Failure::new(format!("the period from {from} to {to} has no day"), hint))
        }
        (Some(from), Some(to)) => Ok(Some(Period { from, to })),
        _ => Ok(None),
    }
}
