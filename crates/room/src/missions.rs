//! What missions did, replayed once and kept until an entry of a mission is added; and what each who looks may see of it
//! ([`sight`]).

mod sight;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use desk::field::FieldDesk;
use jiff::Timestamp;
use ledger::field::Reported;
use ledger::statement::PartyKey;
use ledger::{Kind, Ledger, Moment};
use mission::book::Mission;
use mission::field::Report;
use mission::{Book, Heard};

use crate::accounts::Part;
use crate::error::Refusal;
use crate::room::Room;
pub(crate) use sight::Sight;

/// A field report as it was kept.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// Its entry.
    pub(crate) entry: u64,
    /// When it was taken in.
    pub(crate) at: Timestamp,
    /// Id of the document that tells it.
    pub(crate) document: String,
    /// Who handed it in.
    pub(crate) by: String,
    /// What it says.
    pub(crate) report: Report,
}

/// What is kept from somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The mission whose field reports they see, where they see one's.
    pub(crate) sees: Option<String>,
    /// Documents that tell field reports of others, and are not published.
    pub(crate) documents: BTreeSet<String>,
}

/// What missions did, as a ledger of some size has it.
#[derive(Default)]
pub(crate) struct Missions {
    /// The state of all missions.
    pub(crate) book: Book,
    /// What was stated, by its entry.
    pub(crate) heard: BTreeMap<u64, Heard>,
    /// Keys that are good, or were.
    pub(crate) keys: Vec<PartyKey>,
    /// Field reports by the mission that they are of.
    reports: BTreeMap<String, Vec<Told>>,
    /// Documents that tell field reports, with the mission that they are of.
    documents: BTreeMap<String, String>,
    /// Documents that are kept from somebody, by the mission whose field reports they see.
    kept: Mutex<BTreeMap<Option<String>, Arc<Kept>>>,
}

impl Missions {
    /// Replays what a ledger holds.
    fn read(ledger: &Ledger, moment: Moment) -> Result<Missions, Refusal> {
        let heard: BTreeMap<u64, Heard> =
            ledger.statements(moment)?.iter().filter_map(|s| Some((s.entry, desk::mission::heard(s).ok()?))).collect();
        let mut missions = Missions {
            book: Book::replay(heard.values()),
            heard,
            keys: ledger.party_keys(moment)?,
            ..Missions::default()
        };
        for reported in ledger.field_reports(moment)? {
            missions.take(reported);
        }
        Ok(missions)
    }

    fn take(&mut self, reported: Reported) {
        let Reported { entry, at, document, report } = reported;
        let Some(kept) = report else {
            self.documents.insert(document, String::new());
            return;
        };
        let mission = kept.form.get("mission").and_then(|m| m.as_str()).unwrap_or_default().to_owned();
        self.documents.insert(document.clone(), mission.clone());
        let report = serde_json::from_value::<Report>(serde_json::Value::Object(kept.form));
        if let Ok(report) = report {
            self.reports.entry(mission).or_default().push(Told { entry, at, document, by: kept.by, report });
        }
    }

    /// The field reports of a mission, the first first.
    pub(crate) fn reports(&self, mission: &str) -> &[Told] {
        self.reports.get(mission).map(Vec::as_slice).unwrap_or_default()
    }

    /// The mission of an id or, where none is named, that of the part of whoever asks, or the first.
    ///
    /// # Errors
    /// Where there is none.
    pub(crate) fn chosen(&self, id: Option<&str>, part: Option<&Part>) -> Result<(&str, &Mission), Refusal> {
        let usual = || part.map(|p| p.mission.as_str()).filter(|id| self.book.missions.contains_key(*id));
        let first = || self.book.missions.keys().next().map(String::as_str);
        let none = || Refusal::missing("there is no mission yet").hint("`trucewatch mission mandate FILE` begins one");
        let id = id.or_else(usual).or_else(first).ok_or_else(none)?;
        let found = self.book.missions.get_key_value(id);
        found.map(|(id, m)| (id.as_str(), m)).ok_or_else(|| Refusal::missing(format!("there is no mission `{id}`")))
    }
}

/// What missions did, kept until an entry of a mission is added, and who takes their field reports.
#[derive(Default)]
pub(crate) struct Held {
    /// With the size of the ledger up to which it is known to hold.
    last: Mutex<(u64, Arc<Missions>)>,
    desks: Mutex<BTreeMap<String, Arc<FieldDesk>>>,
}

impl Held {
    /// What was replayed last.
    fn last(&self) -> (u64, Arc<Missions>) {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, size: u64, missions: &Arc<Missions>) {
        let mut held = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if held.0 <= size {
            *held = (size, Arc::clone(missions));
        }
    }
}

/// Whether a ledger has an entry from a number on, up to another, that changes what missions did.
fn goes_on(ledger: &Ledger, from: u64, to: u64) -> Result<bool, Refusal> {
    for number in from..to {
        if matches!(ledger.header(number)?.kind, Kind::Statement | Kind::Key | Kind::FieldReport | Kind::Tombstone) {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Room {
    /// What missions did, as a ledger has it now.
    pub(crate) fn missions_in(&self, ledger: &Ledger) -> Result<Arc<Missions>, Refusal> {
        let (moment, (size, last)) = (ledger.moment(None)?, self.missions.last());
        if size == moment.0 {
            return Ok(last);
        }
        let same = size > 0 && size < moment.0 && !goes_on(ledger, size, moment.0)?;
        let known = if same { last } else { Arc::new(Missions::read(ledger, moment)?) };
        self.missions.keep(moment.0, &known);
        Ok(known)
    }

    /// Who takes the field reports of a mission, with what its pack knows: loaded once for each mandate.
    pub(crate) fn field_desk(&self, id: &str, mission: &Mission) -> Result<Arc<FieldDesk>, Refusal> {
        let held = || self.missions.desks.lock().unwrap_or_else(PoisonError::into_inner);
        let known = held().get(id).cloned();
        if let Some(desk) = known.filter(|d| mission.is_mandated() && mission.mandate() == Some(&d.mandate)) {
            return Ok(desk);
        }
        let desk = Arc::new(FieldDesk::of(id, mission, &self.options.world)?);
        held().insert(id.to_owned(), Arc::clone(&desk));
        Ok(desk)
    }

    /// What missions did, as the ledger has it now.
    pub(crate) async fn missions(self: &Arc<Room>) -> Result<Arc<Missions>, Refusal> {
        let room = Arc::clone(self);
        self.read(move |ledger| room.missions_in(ledger)).await
    }

    /// Whether the ledger had a mission when it was last looked at.
    pub(crate) fn has_mission(&self) -> bool {
        !self.missions.last().1.book.missions.is_empty()
    }
}
