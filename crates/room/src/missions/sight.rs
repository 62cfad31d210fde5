//! What somebody may see of missions, in the log and among the documents. Every answer is the mission's table of roles
//! ([`mission::may_see`]); here is only what each thing is an object of.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use ledger::decision::{Act as Decided, Decision};
use ledger::entry::Entry;
use ledger::{Header, Kind};
use mission::book::Mission;
use mission::verification::{Case, Taken};
use mission::{Act, Heard, Object, Subject, Viewer, may_see};

use super::{Kept, Missions};
use crate::accounts::Part;

/// What somebody may see.
#[derive(Clone)]
pub(crate) struct Sight {
    missions: Arc<Missions>,
    part: Option<Part>,
    kept: Arc<Kept>,
}

impl Sight {
    /// What whoever has a part, or none, may see.
    pub(crate) fn new(missions: Arc<Missions>, part: Option<&Part>) -> Sight {
        let kept = missions.kept_from(part);
        Sight { missions, part: part.cloned(), kept }
    }

    /// Whoever looks, as a mission's table of roles knows them.
    pub(crate) fn viewer(&self, mission: &str) -> Viewer {
        self.part.as_ref().filter(|p| p.mission == mission).map_or(Viewer::Public, Part::viewer)
    }

    /// Whether a document may be seen.
    pub(crate) fn shows(&self, document: &str) -> bool {
        !self.kept.documents.contains(document)
    }

    /// Whether what an entry is about may be named.
    pub(crate) fn names(&self, header: &Header) -> bool {
        header.subject.is_empty() || self.shows(&header.subject)
    }

    /// Whether what an entry records may be read. Its header is the log's and open to all who read the log.
    pub(crate) fn reads(&self, entry: &Entry) -> bool {
        match entry.header.kind {
            Kind::Document | Kind::Reading | Kind::FieldReport => self.shows(&entry.header.subject),
            Kind::Decision => entry.record::<Decision>().is_none_or(|d| self.tells(&d)),
            Kind::Statement => self.missions.heard.get(&entry.header.number).is_some_and(|h| self.hears(h)),
            Kind::Key | Kind::Checkpoint | Kind::Tombstone => true,
        }
    }

    /// Whether a decision may be told: none on what is kept, and to liaisons no remark of the room for itself.
    pub(crate) fn tells(&self, decision: &Decision) -> bool {
        let is_note = matches!(decision.act, Decided::Note { .. });
        !(is_note && self.is_liaison()) && self.is_about_seen(decision)
    }

    /// Whether a decision is about what may be seen.
    fn is_about_seen(&self, decision: &Decision) -> bool {
        let about = match &decision.act {
            Decided::Note { document: Some(document), .. } | Decided::Add { document, .. } => Some(document),
            _ => None,
        };
        let anchors = decision.act.claims();
        anchors.iter().map(|a| &a.document).chain(about).all(|document| self.shows(document))
    }

    fn is_liaison(&self) -> bool {
        self.part.as_ref().is_some_and(|p| p.role == mission::Role::Liaison)
    }

    /// Whether no document is kept from whoever looks.
    pub(crate) fn is_whole_of_documents(&self) -> bool {
        self.kept.documents.is_empty()
    }

    /// How many documents tell field reports, whoever looks.
    pub(crate) fn reports(&self) -> usize {
        self.missions.documents.len()
    }

    /// Whether everything in the ledger may be seen, sealed lists aside, which nobody sees here.
    pub(crate) fn is_whole(&self) -> bool {
        let chief = |mission: &String| self.viewer(mission) == Viewer::Staff(mission::Role::Chief);
        self.is_whole_of_documents() && self.missions.book.missions.keys().all(chief)
    }

    /// Whether what was stated may be read.
    fn hears(&self, heard: &Heard) -> bool {
        let viewer = self.viewer(&heard.statement.mission);
        let Some(mission) = self.missions.book.missions.get(&heard.statement.mission) else { return false };
        hears(&viewer, mission, heard)
    }
}

impl Missions {
    /// Documents that are kept from whoever has a part, or none.
    pub(crate) fn kept_from(&self, part: Option<&Part>) -> Arc<Kept> {
        let sees = part.filter(|p| may_see(&p.viewer(), &Object::FieldReport)).map(|p| p.mission.clone());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || Arc::new(Kept { documents: self.kept_but(sees.as_deref()), sees: sees.clone() });
        let found = kept.entry(sees.clone()).or_insert_with(made);
        Arc::clone(found)
    }

    /// Documents that tell field reports which are not published, but for those of a mission.
    fn kept_but(&self, seen: Option<&str>) -> BTreeSet<String> {
        let published = |mission: &str, document: &String| {
            self.book.missions.get(mission).is_some_and(|m| m.published.contains(document))
        };
        let is_kept = |(document, mission): &(&String, &String)| seen != Some(mission) && !published(mission, document);
        self.documents.iter().filter(is_kept).map(|(document, _)| document.clone()).collect()
    }
}

fn hears(viewer: &Viewer, mission: &Mission, heard: &Heard) -> bool {
    let proposed = |id: &str| mission.find(id).is_ok_and(|s| sees_subject(viewer, mission, s));
    let to_parties = |parties: &[String]| may_see(viewer, &Object::Proposal(parties.to_vec()));
    let opened = |id: &str| mission.segment(id).is_ok_and(|s| to_parties(&s.parties));
    match &heard.statement.act {
        Act::Mandate { .. } | Act::Propose(_) => proposed(&heard.id),
        Act::Answer { proposal, .. } => {
            let by = heard.statement.party.clone().unwrap_or_default();
            let to = mission.find(proposal).map(Subject::put_to).unwrap_or_default();
            may_see(viewer, &Object::Answer { by, to })
        }
        Act::Execute { proposal, .. } | Act::End { proposal, .. } | Act::Drop { proposal, .. } => proposed(proposal),
        Act::Delimit { proposal, .. } | Act::Pillar { proposal, .. } | Act::Demarcate { proposal, .. } => {
            proposed(proposal)
        }
        Act::Segment(opening) => opened(&opening.segment),
        Act::Confirm { segment, .. } => opened(segment),
        Act::Plan(_) => may_see(viewer, &Object::MissionDraft),
        Act::Allege(_) => mission.case(&heard.id).is_ok_and(|c| case_seen(viewer, mission, c)),
        Act::Verify { allegation, step, .. } => {
            let put = mission.case(allegation).is_ok_and(|c| finding_seen(viewer, mission, c));
            if step.is_put() { put } else { may_see(viewer, &Object::OpenVerification) }
        }
        Act::List(_) => {
            let side = heard.statement.party.clone().unwrap_or_default();
            may_see(viewer, &Object::PersonList(side)) || may_see(viewer, &Object::PersonNumbers)
        }
        Act::Open { .. } => may_see(viewer, &Object::PersonNumbers),
        Act::HandOver(_) => may_see(viewer, &Object::ExchangeCounts),
        Act::Note { .. } => may_see(viewer, &Object::MissionNote),
        Act::Say { to, .. } => {
            let by = heard.statement.party.clone().unwrap_or_default();
            may_see(viewer, &Object::PartyStatement { by, to: to.clone() })
        }
        Act::Publish { .. } => may_see(viewer, &Object::Published),
    }
}

/// Whether somebody may see what was proposed. A mandate is public once it is agreed, and open before to whoever has a
/// part.
fn sees_subject(viewer: &Viewer, mission: &Mission, subject: &Subject) -> bool {
    if subject.proposal.subject == "mission" {
        let agreed = matches!(subject.stage(), mission::Stage::Agreed | mission::Stage::Executed);
        return *viewer != Viewer::Public || (agreed && may_see(viewer, &Object::Published));
    }
    may_see(viewer, &Object::Proposal(mission.subject(&subject.id).unwrap_or(subject).put_to()))
}

/// What was proposed, as far as somebody may see it.
pub(crate) fn subjects_seen<'a>(viewer: &'a Viewer, mission: &'a Mission) -> impl Iterator<Item = &'a Subject> {
    mission.subjects.iter().filter(move |s| sees_subject(viewer, mission, s))
}

/// Whether somebody may see an allegation: its own, what is put to it, what is published.
pub(crate) fn case_seen(viewer: &Viewer, mission: &Mission, case: &Case) -> bool {
    let own = matches!(viewer, Viewer::Liaison(party) if case.party.as_deref() == Some(party));
    own || may_see(viewer, &Object::OpenVerification) || finding_seen(viewer, mission, case)
}

/// Whether there is a finding on an allegation that somebody may see: put to them, or published.
pub(crate) fn finding_seen(viewer: &Viewer, mission: &Mission, case: &Case) -> bool {
    let parties = mission.parties();
    let published = mission.published.contains(&case.id) && may_see(viewer, &Object::Published);
    case.finding().is_some() && (published || may_see(viewer, &Object::Finding(parties)))
}

/// The steps that somebody may see: only those at work see the mission at work.
pub(crate) fn steps_seen<'a>(viewer: &Viewer, mission: &Mission, case: &'a Case) -> Vec<&'a Taken> {
    let (open, put) = (may_see(viewer, &Object::OpenVerification), finding_seen(viewer, mission, case));
    case.steps.iter().filter(|t| if t.step.is_put() { put } else { open }).collect()
}
