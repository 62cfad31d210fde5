//! What later stages judge: claims, their documents and what is known beyond them, read from files or recalled from the
//! ledger. Whoever judges need not know which.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use ledger::{Ledger, Moment};
use trucewatch::brief::Period;
use trucewatch::claim::Claim;
use trucewatch::incident::{Incident, Record, Ruling, Source, gather_with};
use trucewatch::pack::Knowledge;
use trucewatch::when::Interval;

use crate::args;
use crate::args::books::AsOf;
use crate::commands::books;
use crate::documents::Documents;
use crate::failure::{Exit, Failure};
use crate::world::{self, Read, SystemWorld};

/// From where, of which days, and as of when.
pub(crate) struct Asked<'a> {
    /// Files and folders; the ledger if none is named.
    pub(crate) paths: &'a [PathBuf],
    pub(crate) intake: &'a args::Intake,
    pub(crate) world: &'a args::World,
    /// The ledger that was named, if one was.
    pub(crate) ledger: Option<&'a Path>,
    /// First and last day; without either, files give all that they hold, and the ledger too.
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    pub(crate) as_of: AsOf,
}

/// Claims side by side with their documents, as people decided them.
pub(crate) struct Evidence {
    /// Claims with corrections, without those that were rejected.
    pub(crate) claims: Vec<Claim>,
    /// Documents, copies among them marked.
    pub(crate) sources: Vec<Source>,
    /// Which claims tell of one incident and which do not, by decision.
    pub(crate) rulings: Vec<Ruling>,
    /// The packs that the documents were read with.
    pub(crate) knowledge: Knowledge,
    /// The days that it covers, where any is known.
    pub(crate) period: Option<Period>,
    /// Whether all that was named could be read; [`Exit::Error`] where nothing could.
    pub(crate) exit: Exit,
}

impl Evidence {
    /// Reads the files that were named, or recalls what the ledger holds.
    pub(crate) fn gather(asked: &Asked<'_>) -> Result<Evidence, Failure> {
        let range = (asked.from, asked.to);
        if !asked.paths.is_empty() {
            return Evidence::read(asked, range);
        }
        let ledger = Ledger::open(&books::place(asked.ledger)?)?;
        let moment = ledger.moment(asked.as_of.as_of)?;
        let last = || Ok::<_, Failure>(asked.to.or(ledger.last_day(moment)?).unwrap_or(Date::MAX));
        let period = match range {
            (None, None) => None,
            (from, _) => Some(ordered(from.unwrap_or(Date::MIN), last()?)?),
        };
        Evidence::recall(&ledger, asked.world, period, moment)
    }

    /// What the ledger knew at a moment of some days, or of all.
    pub(crate) fn recall(
        ledger: &Ledger,
        args: &args::World,
        period: Option<Period>,
        moment: Moment,
    ) -> Result<Evidence, Failure> {
        let table = match period {
            Some(Period { from, to }) => ledger.table(from, to, moment)?,
            None => ledger.whole_table(moment)?,
        };
        let ids: BTreeSet<&str> = table.packs.iter().map(|p| p.id.as_str()).collect();
        let knowledge = world::knowledge(args, &ids)?;
        let is_missing = |id: &&&str| knowledge.packs().iter().all(|p| p.manifest.id != **id);
        if let Some(missing) = ids.iter().find(is_missing).filter(|_| args.packs.is_empty()) {
            let hint = "name the folder that holds it with --packs-dir, or the packs to use with --pack";
            return Err(Failure::new(format!("pack `{missing}`, with which reports were read, is not at hand"), hint));
        }
        let period = match period {
            None => bounds(table.sources.iter().filter_map(|s| s.published), (None, None))?,
            some => some,
        };
        let settled = table.settled;
        let (claims, rulings) = (settled.claims, settled.rulings);
        Ok(Evidence { claims, sources: table.sources, rulings, knowledge, period, exit: Exit::Done })
    }

    /// What files hold.
    fn read(asked: &Asked<'_>, range: (Option<Date>, Option<Date>)) -> Result<Evidence, Failure> {
        if asked.as_of.as_of.is_some() {
            let hint = "leave the files out to look at the ledger, or leave --as-of out";
            return Err(Failure::new("--as-of looks back in the ledger, and files were named", hint));
        }
        let documents = Documents::named(asked.paths, asked.intake)?;
        let world = SystemWorld::open(asked.world)?;
        let mut reads: Vec<Read> = Vec::new();
        let exit = documents.each(
            |received| world.read(received),
            |read| {
                reads.push(read?);
                Ok(())
            },
        )?;
        let lore = world.union(reads.iter().map(|r| &r.received.document))?;
        let mut sources: Vec<Source> =
            reads.iter().map(|r| Source { notes: r.notes.clone(), ..r.reading.source() }).collect();
        intake::copies::mark(&mut sources);
        let period = period(&reads, range)?;
        let claims = reads.into_iter().flat_map(|r| r.reading.claims).collect();
        let knowledge = lore.knowledge.clone();
        Ok(Evidence { claims, sources, rulings: Vec::new(), knowledge, period, exit })
    }

    /// The claims and the documents side by side.
    pub(crate) fn record(&self) -> Record<'_> {
        Record::new(&self.claims, &self.sources, &self.knowledge)
    }

    /// The incidents that the claims make, with what people decided on the grouping.
    pub(crate) fn incidents(&self, record: &Record<'_>) -> Vec<Incident> {
        gather_with(record, &self.rulings)
    }
}

/// The days to cover: as given, else from the day before the first report, of which it tells, to the last report. Of
/// reports that come with a day those count alone, for one wrong guess would stretch the period by years.
fn period(reads: &[Read], range: (Option<Date>, Option<Date>)) -> Result<Option<Period>, Failure> {
    let dated = |given: bool| {
        let wanted = move |r: &&Read| !given || r.reading.dated_by.as_deref() == Some("given");
        reads.iter().filter(wanted).filter_map(|r| r.reading.published)
    };
    let given = dated(true).next().is_some();
    bounds(dated(given), range)
}

/// The days to cover: as given, else from the day before the first of some days to the last.
fn bounds(
    days: impl Iterator<Item = Interval>,
    (from, to): (Option<Date>, Option<Date>),
) -> Result<Option<Period>, Failure> {
    let days: Vec<Interval> = days.collect();
    let first = || days.iter().filter_map(|d| d.first_day()).min();
    let from = from.or_else(|| first().map(|day| day.yesterday().unwrap_or(day)));
    let to = to.or_else(|| days.iter().filter_map(|d| d.last_day()).max());
    match (from, to) {
        (Some(from), Some(to)) => ordered(from, to).map(Some),
        _ => Ok(None),
    }
}

/// A period of at least one day.
pub(crate) fn ordered(from: Date, to: Date) -> Result<Period, Failure> {
    if from <= to {
        return Ok(Period { from, to });
    }
    let hint = "the first day is no later than the last; without --from and --to the reports' own days are taken";
    Err(Failure::new(format!("the period from {from} to {to} has no day"), hint))
}
