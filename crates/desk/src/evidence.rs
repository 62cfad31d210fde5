//! What later stages judge: claims, their documents and what is known beyond them, read from files or recalled from the
//! ledger. Whoever judges need not know which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use ledger::decision::{Mark, Reliability, Settled};
use ledger::{Ledger, Memory, Moment, Table};
use trucewatch::brief::{self, Brief, Period};
use trucewatch::claim::Claim;
use trucewatch::finding::check;
use trucewatch::incident::{Incident, Record, Ruling, Source, gather_with};
use trucewatch::pack::Knowledge;
use trucewatch::when::Interval;

use crate::documents::{Documents, Extent, Intake, Observer};
use crate::failure::Failure;
use crate::world::{self, Read, SystemWorld, WorldOptions};

/// From where, of which days, and as of when.
pub struct Asked<'a> {
    /// Files and folders; the ledger if none is named.
    pub paths: &'a [PathBuf],
    /// How files come in.
    pub intake: &'a Intake,
    /// What is known beyond them.
    pub world: &'a WorldOptions,
    /// The ledger that was named, if one was.
    pub ledger: Option<&'a Path>,
    /// First day; without it and the last one, files give all that they hold, and the ledger too.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// What was known at this time; now, where none is given.
    pub as_of: Option<Timestamp>,
    /// Who is told how reading goes on.
    pub observer: &'a dyn Observer,
}

/// Claims side by side with their documents, as people decided them.
pub struct Evidence {
    /// Claims with corrections, without those that were rejected.
    pub claims: Vec<Claim>,
    /// Documents, copies among them marked.
    pub sources: Vec<Source>,
    /// Which claims tell of one incident and which do not, by decision.
    pub rulings: Vec<Ruling>,
    /// What was decided about single claims, by their id.
    pub marks: BTreeMap<String, Mark>,
    /// How reliable sources are, by name, as people graded them.
    pub grades: BTreeMap<String, Reliability>,
    /// The packs that the documents were read with.
    pub knowledge: Arc<Knowledge>,
    /// The days that it covers, where any is known.
    pub period: Option<Period>,
    /// How much of what was named could be read.
    pub extent: Extent,
}

impl Evidence {
    /// Claims and documents that are at hand, on which nobody decided anything.
    #[must_use]
    pub fn ready(claims: Vec<Claim>, sources: Vec<Source>, knowledge: Knowledge) -> Evidence {
        let (rulings, marks, grades, knowledge) = (Vec::new(), BTreeMap::new(), BTreeMap::new(), Arc::new(knowledge));
        Evidence { claims, sources, rulings, marks, grades, knowledge, period: None, extent: Extent::All }
    }

    /// Reads the files that were named, or recalls what the ledger holds.
    ///
    /// # Errors
    /// Where the ledger, a pack or the model is not there or not in order, or nothing that was named can be read.
    pub fn gather(asked: &Asked<'_>) -> Result<Evidence, Failure> {
        let range = (asked.from, asked.to);
        if !asked.paths.is_empty() {
            return Evidence::read(asked, range);
        }
        let path = crate::ledger_path(asked.ledger)?;
        let ledger = Ledger::open(&path)?;
        let moment = ledger.moment(asked.as_of)?;
        let last = || Ok::<_, Failure>(asked.to.or(ledger.last_day(moment)?).unwrap_or(Date::MAX));
        let period = match range {
            (None, None) => None,
            (from, _) => Some(ordered(from.unwrap_or(Date::MIN), last()?)?),
        };
        Evidence::recall(&ledger, &asked.world.clone().over(&path), period, moment)
    }

    /// What the ledger knew at a moment of some days, or of all.
    ///
    /// # Errors
    /// Where it cannot be read, or a pack with which reports were read is not at hand.
    pub fn recall(
        ledger: &Ledger,
        options: &WorldOptions,
        period: Option<Period>,
        moment: Moment,
    ) -> Result<Evidence, Failure> {
        let table = match period {
            Some(Period { from, to }) => ledger.table(from, to, moment)?,
            None => ledger.whole_table(moment)?,
        };
        Evidence::of_table(table, options, period, |ids| Ok(Arc::new(world::knowledge(options, ids)?)))
    }

    /// As [`Evidence::recall`], for whoever recalls again and again: what `memory` holds is not read again, and `packs`
    /// gives packs by their ids.
    ///
    /// # Errors
    /// As for [`Evidence::recall`].
    pub fn recall_again(
        ledger: &Ledger,
        options: &WorldOptions,
        period: Option<Period>,
        moment: Moment,
        memory: &mut Memory,
        packs: impl FnOnce(&BTreeSet<&str>) -> Result<Arc<Knowledge>, Failure>,
    ) -> Result<Evidence, Failure> {
        let table = ledger.table_again(period.map(|p| (p.from, p.to)), moment, memory)?;
        Evidence::of_table(table, options, period, packs)
    }

    fn of_table(
        table: Table,
        options: &WorldOptions,
        period: Option<Period>,
        packs: impl FnOnce(&BTreeSet<&str>) -> Result<Arc<Knowledge>, Failure>,
    ) -> Result<Evidence, Failure> {
        let ids: BTreeSet<&str> = table.packs.iter().map(|p| p.id.as_str()).collect();
        let knowledge = packs(&ids)?;
        let is_missing = |id: &&&str| knowledge.packs().iter().all(|p| p.manifest.id != **id);
        if let Some(missing) = ids.iter().find(is_missing).filter(|_| options.packs.is_empty()) {
            let hint = "name the folder that holds it with --packs-dir, or the packs to use with --pack";
            return Err(Failure::new(format!("pack `{missing}`, with which reports were read, is not at hand"), hint));
        }
        let period = match period {
            None => bounds(table.sources.iter().filter_map(|s| s.published), (None, None))?,
            some => some,
        };
        let Settled { claims, marks, rulings, sources: grades, conflicts: _ } = table.settled;
        let sources = table.sources;
        Ok(Evidence { claims, sources, rulings, marks, grades, knowledge, period, extent: Extent::All })
    }

    /// What files hold.
    fn read(asked: &Asked<'_>, range: (Option<Date>, Option<Date>)) -> Result<Evidence, Failure> {
        if asked.as_of.is_some() {
            let hint = "leave the files out to look at the ledger, or leave --as-of out";
            return Err(Failure::new("--as-of looks back in the ledger, and files were named", hint));
        }
        let documents = Documents::named(asked.paths, asked.intake)?;
        let world = SystemWorld::open(asked.world)?;
        let mut reads: Vec<Read> = Vec::new();
        let extent = documents.each(
            asked.observer,
            |received| world.read(received),
            |read| {
                reads.push(read?);
                Ok::<(), Failure>(())
            },
        )?;
        let lore = world.union(reads.iter().map(|r| &r.received.document))?;
        let mut sources: Vec<Source> =
            reads.iter().map(|r| Source { notes: r.notes.clone(), ..r.reading.source() }).collect();
        intake::copies::mark(&mut sources);
        let period = period(&reads, range)?;
        let claims = reads.into_iter().flat_map(|r| r.reading.claims).collect();
        let knowledge = lore.knowledge.clone();
        Ok(Evidence { period, extent, ..Evidence::ready(claims, sources, knowledge) })
    }

    /// The claims and the documents side by side, with what people decided on their grouping.
    #[must_use]
    pub fn record(&self) -> Record<'_> {
        Record::new(&self.claims, &self.sources, &self.knowledge).with_rulings(&self.rulings)
    }

    /// The brief of what was gathered.
    #[must_use]
    pub fn brief(&self) -> Brief {
        let record = self.record();
        let incidents = self.incidents(&record);
        let findings = check(&record, &incidents, self.period.map(|p| p.to));
        brief::brief(&record, &incidents, &findings, self.period)
    }

    /// The incidents that the claims make, with what people decided on the grouping.
    #[must_use]
    pub fn incidents(&self, record: &Record<'_>) -> Vec<Incident> {
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

/// The days that a brief of the ledger covers: as given, else the last day on which a report was published and the day
/// before, of which it tells.
///
/// # Errors
/// Where the ledger holds no report with a day, or the days are none.
pub fn period_of(ledger: &Ledger, moment: Moment, from: Option<Date>, to: Option<Date>) -> Result<Period, Failure> {
    let none = || {
        let hint = "`trucewatch add` puts reports into the ledger; --from and --to name days";
        Failure::nothing_to_read("the ledger holds no report with a day", hint)
    };
    let to = match (from, to) {
        (_, Some(to)) => to,
        (from, None) => ledger.last_day(moment)?.into_iter().chain(from).max().ok_or_else(none)?,
    };
    ordered(from.unwrap_or_else(|| to.checked_sub(1.day()).unwrap_or(to)), to)
}

/// A period of at least one day.
pub(crate) fn ordered(from: Date, to: Date) -> Result<Period, Failure> {
    if from <= to {
        return Ok(Period { from, to });
    }
    let hint = "the first day is no later than the last; without --from and --to the reports' own days are taken";
    Err(Failure::new(format!("the period from {from} to {to} has no day"), hint))
}
