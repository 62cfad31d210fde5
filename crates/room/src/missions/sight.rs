//! What somebody may see of missions, in the log and among the documents. Every answer is the mission's own
//! ([`mission::Sight`]); here is only whose part whoever looks has, and which document tells what.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use ledger::decision::{Act as Decided, Decision};
use ledger::entry::Entry;
use ledger::{Header, Kind};
use mission::{Heard, Object, Viewer, may_see};

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
        let mission = self.missions.book.missions.get(&heard.statement.mission);
        mission.is_some_and(|m| m.sight(&viewer).hears(heard))
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
        let public = |mission: &str, document: &str| {
            self.book.missions.get(mission).is_some_and(|m| m.sight(&Viewer::Public).published(document))
        };
        let is_kept = |(document, mission): &(&String, &String)| seen != Some(mission) && !public(mission, document);
        self.documents.iter().filter(is_kept).map(|(document, _)| document.clone()).collect()
    }
}
