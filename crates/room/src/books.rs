//! What is judged: claims and documents as the ledger has them at a moment, with incidents and findings, recalled once
//! and kept on a shelf until an entry is added.

mod facts;
mod public;
mod waiting;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use desk::{Evidence, WorldOptions};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use ledger::{Ledger, Moment};
use publish::v1;
use self_cell::self_cell;
use tokio::sync::OnceCell;
use trucewatch::brief::{self, Brief, Period};
use trucewatch::finding::{self, Finding};
use trucewatch::incident::{Incident, Record};
use trucewatch::toll::{self, Toll};

use crate::accounts::Settings;
use crate::error::Refusal;
pub use facts::Reviewed;
pub(crate) use facts::spaced;
use waiting::waiting;
pub(crate) use waiting::{DOUBTFUL, Waiting};

/// What is kept on the shelf, at most.
const KEPT: usize = 8;
/// Days that are looked at where nobody says which: the last so many of which there are reports.
const USUAL_DAYS: i32 = 30;

/// Of which days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Days {
    /// The last 30 of which there are reports.
    #[default]
    Usual,
    /// The last one of which there are reports and the one before, of which it tells: those of a brief.
    Brief,
    /// From one to another; where one is open, as far as there are reports.
    Given(Option<Date>, Option<Date>),
    /// All.
    All,
}

/// What somebody wants to look at.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of which days.
    pub days: Days,
    /// As it was known at this time.
    pub as_of: Option<Timestamp>,
    /// Hidden from the public as this says; nothing is hidden without it.
    pub hidden: Option<Settings>,
}

/// What it comes to, by which it is found on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    moment: Moment,
    period: Option<Period>,
    hidden: Option<Settings>,
}

impl Wanted {
    /// What it comes to in a ledger as it stands.
    pub(crate) fn key(&self, ledger: &Ledger) -> Result<Key, Refusal> {
        let lag =
            self.hidden.as_ref().filter(|s| s.lag_hours > 0).map(|s| Timestamp::now() - i64::from(s.lag_hours).hours());
        let as_of = [self.as_of, lag].into_iter().flatten().min();
        let moment = ledger.moment(as_of)?;
        let last = ledger.last_day(moment)?;
        let period = match self.days {
            Days::All => None,
            Days::Usual => last.map(|to| Period { from: before(to, USUAL_DAYS - 1), to }),
            Days::Brief => last.map(|to| Period { from: before(to, 1), to }),
            Days::Given(from, to) => Some(given(from, to, last)?),
        };
        Ok(Key { moment, period, hidden: self.hidden.clone() })
    }
}

fn before(day: Date, days: i32) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

fn given(from: Option<Date>, to: Option<Date>, last: Option<Date>) -> Result<Period, Refusal> {
    let to = to.or(last.max(from)).unwrap_or(Date::MAX);
    let from = from.unwrap_or(Date::MIN);
    if from > to {
        return Err(Refusal::wrong(format!("the period from {from} to {to} has no day"))
            .hint("the first day is no later than the last"));
    }
    Ok(Period { from, to })
}

type Laid<'a> = Record<'a>;

self_cell!(
    /// Evidence with its claims and documents side by side.
    struct Table {
        owner: Evidence,
        #[covariant]
        dependent: Laid,
    }
);

/// What was recalled and judged.
pub struct Books {
    table: Table,
    /// The incidents, in their order.
    pub incidents: Vec<Incident>,
    /// The findings on them.
    pub findings: Vec<Finding>,
    /// The days that it covers, where it does not cover all.
    pub period: Option<Period>,
    /// The day at which things are looked at: the last of the period, else the last on which a document was published.
    pub today: Option<Date>,
    /// The entries that it rests on.
    pub moment: Moment,
    /// When the last of them was made.
    pub cut_off: Option<Timestamp>,
    by_claim: BTreeMap<String, usize>,
    by_id: BTreeMap<String, usize>,
    brief: OnceLock<Brief>,
    tolls: OnceLock<Vec<Toll>>,
    told: OnceLock<Vec<v1::Toll>>,
    waiting: OnceLock<Waiting>,
}

impl Books {
    /// Recalls and judges.
    pub(crate) fn recall(ledger: &Ledger, world: &WorldOptions, key: Key) -> Result<Books, Refusal> {
        let Key { moment, period, hidden } = key;
        let mut evidence = Evidence::recall(ledger, world, period, moment)?;
        if let Some(settings) = &hidden {
            public::hide(&mut evidence, settings);
        }
        let cut_off = moment.0.checked_sub(1).map(|last| ledger.header(last)).transpose()?.map(|h| h.at);
        let published = evidence.sources.iter().filter_map(|s| s.published?.last_day()).max();
        let today = period.map(|p| p.to).or(published);
        let rulings = evidence.rulings.clone();
        let table = Table::new(evidence, Evidence::record);
        let record = table.borrow_dependent();
        let incidents = trucewatch::incident::gather_with(record, &rulings);
        let findings = finding::check(record, &incidents, today);
        let claims = |(i, incident): (usize, &Incident)| {
            incident.members.iter().map(move |m| (m.claim.clone(), i)).collect::<Vec<_>>()
        };
        let by_claim = incidents.iter().enumerate().flat_map(claims).collect();
        let by_id = incidents.iter().enumerate().map(|(i, incident)| (incident.id.clone(), i)).collect();
        let (brief, tolls, told, waiting) = Default::default();
        Ok(Books {
            table,
            incidents,
            findings,
            period,
            today,
            moment,
            cut_off,
            by_claim,
            by_id,
            brief,
            tolls,
            told,
            waiting,
        })
    }

    /// Claims and documents side by side.
    #[must_use]
    pub fn record(&self) -> &Record<'_> {
        self.table.borrow_dependent()
    }

    /// What they rest on.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        self.table.borrow_owner()
    }

    /// The incident of an id, or that holds the claim of this id.
    #[must_use]
    pub fn incident(&self, id: &str) -> Option<&Incident> {
        let at = self.by_id.get(id).or_else(|| self.by_claim.get(id))?;
        self.incidents.get(*at)
    }

    /// The findings on an incident.
    pub fn findings_on<'a>(&'a self, incident: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |f| f.incident == incident)
    }

    /// The brief of its days.
    pub fn brief(&self) -> &Brief {
        let period = self.period;
        self.brief.get_or_init(|| brief::brief(self.record(), &self.incidents, &self.findings, period))
    }

    /// The figures that voices give.
    pub fn tolls(&self) -> &[Toll] {
        self.tolls.get_or_init(|| toll::tolls(self.record(), &self.incidents))
    }

    /// The figures that voices give, in their wire form.
    pub fn told_tolls(&self) -> &[v1::Toll] {
        self.told.get_or_init(|| v1::Toll::all(self.record(), self.tolls()))
    }

    /// What waits for somebody, looked up in the ledger once.
    pub(crate) fn waiting(&self, ledger: &Ledger) -> Result<Waiting, Refusal> {
        if let Some(known) = self.waiting.get() {
            return Ok(known.clone());
        }
        let found = waiting(ledger, self.period, self.moment)?;
        Ok(self.waiting.get_or_init(|| found).clone())
    }

    /// When its last entry was made, in words.
    #[must_use]
    pub fn cut_off_in_words(&self) -> String {
        self.cut_off.map_or_else(|| "nothing was added yet".to_owned(), in_words)
    }
}

/// A time in words, in universal time to the minute.
pub(crate) fn in_words(time: Timestamp) -> String {
    let at = time.to_zoned(TimeZone::UTC).datetime();
    format!("{} {:02}:{:02} UTC", at.date(), at.hour(), at.minute())
}

type Place = Arc<OnceCell<Arc<Books>>>;

/// What was recalled lately. Two who want the same wait for one recall.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<Vec<(Key, Place)>>);

impl Shelf {
    /// The place of what a key is of; what was not looked at for longest makes room.
    pub(crate) fn place(&self, key: &Key) -> Place {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().position(|(k, _)| k == key).map(|at| kept.remove(at));
        let (key, place) = found.unwrap_or_else(|| (key.clone(), Place::default()));
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((key, Arc::clone(&place)));
        place
    }
}
