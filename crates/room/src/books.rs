//! What is judged: claims and documents as the ledger has them at a moment, with incidents and findings, recalled once
//! and kept on a shelf until an entry is added; then what it changes is judged, and the rest taken over.

mod answers;
mod facts;
mod public;
mod recall;
mod shelf;
mod waiting;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use desk::Evidence;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use ledger::{Ledger, Moment};
use publish::v1;
use self_cell::self_cell;
use trucewatch::brief::{self, Brief, Period};
use trucewatch::finding::Finding;
use trucewatch::incident::{Incident, Record};
use trucewatch::toll::{self, Toll};

use crate::accounts::Settings;
use crate::error::Refusal;
use crate::missions::Kept;
use crate::pages::incidents::Choices;
pub(crate) use answers::{Answer, Answers, tag};
pub use facts::Reviewed;
pub(crate) use facts::spaced;
use recall::Legacy;
pub(crate) use shelf::Shelf;
use waiting::waiting;
pub(crate) use waiting::{DOUBTFUL, Waiting};

/// Days that are looked at where nobody says which: the last so many of which there are reports, fewer where these
/// hold more than [`USUAL_MOST`] documents.
const USUAL_DAYS: [i32; 5] = [30, 14, 7, 3, 1];
/// Documents that are judged where nobody says of which days.
const USUAL_MOST: usize = 5_000;

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
    /// Documents that are kept from whoever looks.
    kept: Arc<Kept>,
}

impl Wanted {
    /// What it comes to in a ledger as it stands, for somebody from whom some documents are kept.
    pub(crate) fn key(&self, ledger: &Ledger, kept: Arc<Kept>) -> Result<Key, Refusal> {
        let lag =
            self.hidden.as_ref().filter(|s| s.lag_hours > 0).map(|s| Timestamp::now() - i64::from(s.lag_hours).hours());
        let as_of = [self.as_of, lag].into_iter().flatten().min();
        let moment = ledger.moment(as_of)?;
        let last = ledger.last_day(moment)?;
        let period = match self.days {
            Days::All => None,
            Days::Usual => last.map(|to| usual(ledger, to, moment)).transpose()?,
            Days::Brief => last.map(|to| Period { from: before(to, 1), to }),
            Days::Given(from, to) => Some(given(from, to, last)?),
        };
        Ok(Key { moment, period, hidden: self.hidden.clone(), kept })
    }
}

/// The longest of the usual stretches of time up to a day that does not hold too much.
fn usual(ledger: &Ledger, to: Date, moment: Moment) -> Result<Period, Refusal> {
    let mut period = Period { from: to, to };
    for days in USUAL_DAYS {
        period = Period { from: before(to, days - 1), to };
        if ledger.counted(Some((period.from, to)), USUAL_MOST + 1, moment)? <= USUAL_MOST {
            break;
        }
    }
    Ok(period)
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
    /// The findings on them, in the order of the incidents.
    pub findings: Vec<Finding>,
    /// The days that it covers, where it does not cover all.
    pub period: Option<Period>,
    /// The day at which things are looked at: the last of the period, else the last on which a document was published.
    pub today: Option<Date>,
    /// The entries that it rests on.
    pub moment: Moment,
    /// When the last of them was made.
    pub cut_off: Option<Timestamp>,
    pub(crate) key: Key,
    by_claim: BTreeMap<String, usize>,
    by_id: BTreeMap<String, usize>,
    /// Where the findings of each incident stand, beside `incidents`.
    found: Vec<Range<usize>>,
    /// What those take over who recall the same days with more entries; there once.
    legacy: Mutex<Option<Legacy>>,
    brief: OnceLock<Brief>,
    tolls: OnceLock<Vec<Toll>>,
    told: OnceLock<Vec<v1::Toll>>,
    choices: OnceLock<Choices>,
    waiting: Mutex<Option<Waiting>>,
    pub(crate) answers: Answers,
}

impl Books {
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
    pub fn findings_on(&self, incident: &str) -> impl Iterator<Item = &Finding> {
        let range = self.by_id.get(incident).and_then(|at| self.found.get(*at));
        range.and_then(|r| self.findings.get(r.clone())).unwrap_or_default().iter()
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
        let mut held = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = held.as_ref() {
            return Ok(known.clone());
        }
        let found = waiting(ledger, self.period, self.moment)?;
        *held = Some(found.clone());
        Ok(found)
    }

    /// What the fields of a filter offer.
    pub(crate) fn choices(&self) -> &Choices {
        self.choices.get_or_init(|| Choices::of(self))
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
