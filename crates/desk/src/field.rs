//! Field reports over a ledger: told with what the mission's pack knows, and kept with their claims.

use jiff::Timestamp;
use ledger::entry::{DocumentDraft, DocumentRecord, FieldReport, ReadingRecord};
use ledger::field::{FieldDraft, Reported};
use ledger::{Added, Ledger, stored};
use mission::Mandate;
use mission::book::Mission;
use mission::field::tell::{Lore, Told, tell};
use mission::field::{Content, Report};
use trucewatch::pack::{Knowledge, PartyId};
use trucewatch::place::Resolved;

use crate::failure::Failure;
use crate::world::{self, WorldOptions};

/// How readings of field reports came about: by the form, not by reading.
const FORM: &str = "field-form-1";

/// A mission that takes field reports.
pub struct FieldDesk {
    /// Its mandate.
    pub mandate: Mandate,
    knowledge: Knowledge,
}

impl FieldDesk {
    /// The mission of an id, or the only one of the ledger, with what its pack knows.
    ///
    /// # Errors
    /// Where there is no such mission, its mandate is not agreed, or its pack is not at hand.
    pub fn open(ledger: &Ledger, mission: Option<&str>, options: &WorldOptions) -> Result<FieldDesk, Failure> {
        let (id, found) = crate::mission::chosen(crate::mission::book(ledger, ledger.moment(None)?)?, mission)?;
        FieldDesk::of(&id, &found, options)
    }

    /// A mission that is at hand, with what its pack knows.
    ///
    /// # Errors
    /// Where its mandate is not agreed, or its pack is not at hand.
    pub fn of(id: &str, found: &Mission, options: &WorldOptions) -> Result<FieldDesk, Failure> {
        let none = || Failure::new(format!("there is no mission `{id}`"), "`trucewatch mission status` lists them");
        let mandate = found.mandate().cloned().ok_or_else(none)?;
        if !found.is_mandated() {
            let hint = "`trucewatch mission status` shows whose consent is missing";
            return Err(Failure::new(format!("the mandate of `{id}` is not agreed"), hint));
        }
        Ok(FieldDesk { knowledge: known(&mandate, options)?, mandate })
    }

    /// When the agreement that the mission serves came into force, where the pack knows it.
    #[must_use]
    pub fn in_force(&self) -> Option<Timestamp> {
        let id = self.mandate.agreement.as_deref()?;
        let force = &self.knowledge.agreements().find(|a| a.id == id)?.in_force;
        let minute = force.from.parse::<jiff::civil::DateTime>().ok();
        let first = minute.or_else(|| Some(force.from.parse::<jiff::civil::Date>().ok()?.at(0, 0, 0, 0)))?;
        mission::mandate::offset(&force.zone)?.to_timestamp(first).ok()
    }

    /// What is to be kept of a report.
    ///
    /// # Errors
    /// Where it cannot be written down.
    pub fn draft(&self, report: &Report, by: &str) -> Result<FieldDraft, Failure> {
        let told = tell(report, &self.mandate, self);
        let wrong = |e: serde_json::Error| Failure::new(format!("the report cannot be kept: {e}"), "check its numbers");
        let form = serde_json::to_value(report).map_err(wrong)?;
        let mut form = form.as_object().cloned().unwrap_or_default();
        form.insert("mission".to_owned(), self.mandate.id.clone().into());
        let place = told.claims.iter().find_map(|c| c.place.as_ref()).map(|p| p.value.name.clone());
        let by = if by.is_empty() { &report.observer } else { by };
        let seen = report.local(report.from).date().to_string();
        let point = report.position.point;
        let words = told.document.text().to_owned();
        let kept = FieldReport { by: by.to_owned(), seen, words, place, point, form };
        Ok(FieldDraft { report: kept, document: self.document(&told), reading: self.reading(&told) })
    }

    fn document(&self, told: &Told) -> DocumentDraft {
        let document = &told.document;
        let record = DocumentRecord {
            id: document.id().to_owned(),
            name: document.name().to_owned(),
            outlet: document.meta().outlet.clone(),
            published: document.meta().published.map(|p| p.to_string()),
            readable: true,
            ..DocumentRecord::default()
        };
        DocumentDraft { record, text: document.text().to_owned(), original: None }
    }

    fn reading(&self, told: &Told) -> ReadingRecord {
        ReadingRecord {
            reader: ledger::entry::Reader {
                version: FORM.to_owned(),
                packs: world::used(&self.knowledge),
                ..Default::default()
            },
            published: told.document.meta().published.map(|p| p.to_string()),
            dated_by: Some("given".to_owned()),
            sentences: told.sentences.iter().map(|s| [s.start, s.end]).collect(),
            notes: Vec::new(),
            claims: told.claims.iter().map(stored::Claim::keep).collect(),
        }
    }
}

/// The pack of a mandate with those that every reading uses.
fn known(mandate: &Mandate, options: &WorldOptions) -> Result<Knowledge, Failure> {
    let all = world::all(options)?;
    let is_used = |p: &&trucewatch::pack::Pack| p.manifest.always || p.manifest.id == mandate.pack;
    let used: Vec<_> = all.packs().iter().filter(is_used).cloned().collect();
    if used.iter().any(|p| p.manifest.id == mandate.pack) {
        return Ok(Knowledge::new(used));
    }
    let hint = "name the folder that holds it with --packs-dir";
    Err(Failure::new(format!("pack `{}` of the mandate is not at hand", mandate.pack), hint))
}

impl Lore for FieldDesk {
    fn title(&self, party: &str) -> String {
        self.knowledge.title(&PartyId::new(party)).to_owned()
    }

    fn place(&self, name: &str) -> Option<Resolved> {
        let place =
            self.knowledge.places().find(|p| p.id == name || p.name == name || p.also.iter().any(|n| n == name))?;
        Some(Resolved {
            id: place.id.clone(),
            lat: place.lat,
            lon: place.lon,
            country: place.country.clone(),
            precision: place.precision,
            why: "named by the observers".to_owned(),
        })
    }
}

/// Keeps reports, each with its document and its claims.
///
/// # Errors
/// Where the ledger cannot be written to; then none is kept.
pub fn keep(ledger: &mut Ledger, desk: &FieldDesk, reports: &[Report], by: &str) -> Result<Vec<Added>, Failure> {
    let drafts = reports.iter().map(|r| desk.draft(r, by)).collect::<Result<Vec<_>, _>>()?;
    Ok(ledger.add_field_reports(Timestamp::now(), drafts)?)
}

/// The reports of a mission with the ids of the documents that tell them.
#[must_use]
pub fn of_mission(reported: &[Reported], mission: &str) -> Vec<(u64, String, Report)> {
    let of = |r: &Reported| -> Option<(u64, String, Report)> {
        let form = r.report.as_ref()?.form.clone();
        let is_its = form.get("mission").and_then(|m| m.as_str()) == Some(mission);
        let report = serde_json::from_value(serde_json::Value::Object(form)).ok()?;
        is_its.then_some((r.entry, r.document.clone(), report))
    };
    reported.iter().filter_map(of).collect()
}

/// A report's kind, in a word.
#[must_use]
pub fn kind(report: &Report) -> &'static str {
    match report.content {
        Content::Observation(_) => "observation",
        Content::Nil => "nil",
        Content::Access(_) => "access",
    }
}
