//! What somebody may see of a mission: of which object of the table of roles ([`may_see`]) each thing in it is. The room,
//! its API and the command line ask here, and none of them decides for itself.

use crate::book::{Heard, Mission, Word};
use crate::border::{Confirmed, Segment, Version};
use crate::consent::{Stage, Subject};
use crate::role::{Object, Viewer, may_see};
use crate::statement::Act;
use crate::verification::{Case, Taken};
use crate::watch::Planned;

/// A mission as somebody looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    mission: &'a Mission,
    viewer: &'a Viewer,
}

impl Mission {
    /// The mission as somebody looks at it.
    #[must_use]
    pub fn sight<'a>(&'a self, viewer: &'a Viewer) -> Sight<'a> {
        Sight { mission: self, viewer }
    }
}

impl<'a> Sight<'a> {
    /// Whether somebody may see an object.
    #[must_use]
    pub fn of(&self, object: &Object) -> bool {
        may_see(self.viewer, object)
    }

    /// Whether something was published, and published things may be seen.
    #[must_use]
    pub fn published(&self, id: &str) -> bool {
        self.mission.published.contains(id) && self.of(&Object::Published)
    }

    /// Whether the mandate that holds may be seen: once it is agreed by everybody, before by whoever has a part.
    #[must_use]
    pub fn mandate(&self) -> bool {
        *self.viewer != Viewer::Public || self.mission.is_mandated()
    }

    /// Whether what was proposed may be seen: by those to whom it was put, and by all where it was published. A mandate is
    /// public once it is agreed.
    #[must_use]
    pub fn subject(&self, subject: &Subject) -> bool {
        if subject.proposal.subject == "mission" {
            let agreed = matches!(subject.stage(), Stage::Agreed | Stage::Executed);
            return *self.viewer != Viewer::Public || (agreed && self.of(&Object::Published));
        }
        self.of(&Object::Proposal(subject.put_to())) || self.published(&subject.id)
    }

    /// What was proposed, the first first.
    pub fn subjects(self) -> impl Iterator<Item = &'a Subject> {
        self.mission.subjects.iter().filter(move |s| self.subject(s))
    }

    /// Whether a party's answer may be seen.
    fn answer(&self, by: &str, subject: &Subject) -> bool {
        let object = Object::Answer { by: by.to_owned(), to: subject.put_to() };
        self.of(&object) || self.published(&subject.id)
    }

    /// Plans of where posts should stand, the first first.
    pub fn plans(self) -> impl Iterator<Item = &'a Planned> {
        self.mission.plans.iter().filter(move |_| self.of(&Object::MissionDraft))
    }

    /// Whether all of a segment may be seen: by those whose consent its lines need.
    #[must_use]
    pub fn whole_segment(&self, segment: &Segment) -> bool {
        self.of(&Object::Proposal(segment.parties.clone()))
    }

    fn version(&self, version: &Version) -> bool {
        self.mission.proposed(version).is_some_and(|s| self.subject(s))
    }

    /// Whether something of a segment may be seen: all of it, or a line of it that was published.
    fn segment(&self, segment: &Segment) -> bool {
        self.whole_segment(segment) || segment.versions.iter().any(|v| self.version(v))
    }

    /// Whether an allegation may be seen: one's own, what is put to one, what is published.
    #[must_use]
    pub fn case(&self, case: &Case) -> bool {
        let own = matches!(self.viewer, Viewer::Liaison(party) if case.party.as_deref() == Some(party));
        own || self.of(&Object::OpenVerification) || self.finding(case)
    }

    /// Allegations, the first first.
    pub fn cases(self) -> impl DoubleEndedIterator<Item = &'a Case> {
        self.mission.cases.iter().filter(move |c| self.case(c))
    }

    /// Whether there is a finding on an allegation that may be seen: put to whoever looks, or published.
    #[must_use]
    pub fn finding(&self, case: &Case) -> bool {
        let put = self.published(&case.id) || self.of(&Object::Finding(self.mission.parties()));
        case.finding().is_some() && put
    }

    /// Whether how far an allegation has come may be known: where its finding is, and where the mission is seen at work.
    #[must_use]
    pub fn progress(&self, case: &Case) -> bool {
        self.finding(case) || (self.of(&Object::OpenVerification) && case.finding().is_none())
    }

    /// Steps of an allegation: only those at work see the mission at work.
    #[must_use]
    pub fn steps(&self, case: &'a Case) -> Vec<&'a Taken> {
        let (open, put) = (self.of(&Object::OpenVerification), self.finding(case));
        case.steps.iter().filter(|t| if t.step.is_put() { put } else { open }).collect()
    }

    /// Whether the field report that a document tells may be seen.
    #[must_use]
    pub fn report(&self, document: &str) -> bool {
        self.of(&Object::FieldReport) || self.published(document)
    }

    /// Words that parties put on record, and the mission's own notes.
    pub fn words(self) -> impl Iterator<Item = &'a Word> {
        let own = |w: &Word| Object::PartyStatement { by: w.party.clone().unwrap_or_default(), to: w.to.clone() };
        let notes = self.mission.notes.iter().filter(move |_| self.of(&Object::MissionNote));
        self.mission.words.iter().filter(move |w| self.of(&own(w))).chain(notes)
    }

    /// Whether what was stated may be read.
    #[must_use]
    pub fn hears(&self, heard: &Heard) -> bool {
        let found = |id: &str| self.mission.find(id).ok();
        let proposed = |id: &str| found(id).is_some_and(|s| self.subject(s));
        let by = heard.statement.party.clone().unwrap_or_default();
        match &heard.statement.act {
            Act::Mandate { .. } | Act::Propose(_) => proposed(&heard.id),
            Act::Answer { proposal, .. } => found(proposal).is_some_and(|s| self.answer(&by, s)),
            Act::Execute { proposal, .. }
            | Act::End { proposal, .. }
            | Act::Drop { proposal, .. }
            | Act::Delimit { proposal, .. }
            | Act::Pillar { proposal, .. }
            | Act::Demarcate { proposal, .. } => proposed(proposal),
            Act::Segment(opening) => self.mission.segment(&opening.segment).is_ok_and(|s| self.segment(s)),
            Act::Confirm { segment, .. } => self.mission.segment(segment).is_ok_and(|s| self.whole_segment(s)),
            Act::Plan(_) => self.of(&Object::MissionDraft),
            Act::Allege(_) => self.mission.case(&heard.id).is_ok_and(|c| self.case(c)),
            Act::Verify { allegation, step, .. } => {
                let put = self.mission.case(allegation).is_ok_and(|c| self.finding(c));
                if step.is_put() { put } else { self.of(&Object::OpenVerification) }
            }
            Act::List(_) => self.of(&Object::PersonList(by)) || self.of(&Object::PersonNumbers),
            Act::Open { .. } => self.of(&Object::PersonNumbers),
            Act::HandOver(_) => self.of(&Object::ExchangeCounts),
            Act::Note { .. } => self.of(&Object::MissionNote),
            Act::Say { to, .. } => self.of(&Object::PartyStatement { by, to: to.clone() }),
            Act::Publish { .. } => self.of(&Object::Published),
        }
    }

    /// The posts, plans and border as far as they may be seen: a mission in which nothing else is, so that what is worked
    /// out from it (states, progress, coverage) rests on nothing that is kept from whoever looks.
    #[must_use]
    pub fn ground(&self) -> Mission {
        let of = self.mission;
        Mission {
            mandates: if self.mandate() { of.mandates.clone() } else { Vec::new() },
            subjects: self.subjects().cloned().collect(),
            plans: self.plans().cloned().collect(),
            segments: of.segments.values().filter(|s| self.segment(s)).map(|s| (s.id.clone(), self.cut(s))).collect(),
            published: of.published.clone(),
            ..Mission::default()
        }
    }

    /// A segment with the versions that may be seen; who confirmed what, without words, where that is all that may be.
    fn cut(&self, segment: &Segment) -> Segment {
        let mut cut = segment.clone();
        cut.versions.retain(|v| self.version(v));
        if !self.whole_segment(segment) {
            let bare = |c: &mut Confirmed| {
                c.reports.clear();
                c.done.words.clear();
            };
            cut.confirmations.iter_mut().for_each(bare);
        }
        cut
    }
}
