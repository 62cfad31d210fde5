//! A segment of border: its versions, its preconditions, and how far it has come.

use std::collections::{BTreeMap, BTreeSet};

use geo::Coord;
use jiff::Timestamp;

use super::entry::{Act, Drawn, Entry, Precondition};
use super::{PILLAR_M, Refusal};
use crate::border::State;
use crate::consent::{Answer, Consents};
use crate::course::{self, Course};
use crate::earth::{self, Track};
use crate::nearest::nearest;

/// A pillar on the ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pillar {
    /// Where it stands.
    pub position: Coord,
    /// When it was recorded.
    pub at: Timestamp,
}

/// A line as somebody proposed it, with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Who proposed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// As it was drawn.
    pub drawn: Drawn,
    /// The line.
    pub course: Course,
    /// Who consents.
    pub consents: Consents,
    /// Where in the order of entries the last answer stands.
    answered: usize,
    /// When it was laid down in coordinates.
    pub delimited: Option<Timestamp>,
    /// When it was declared marked.
    pub demarcated: Option<Timestamp>,
    /// Its pillars by number.
    pub pillars: BTreeMap<u32, Pillar>,
}

/// A segment of border.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// What it is called.
    pub title: String,
    /// Whose consents it needs.
    pub parties: Vec<String>,
    /// What has to be done first.
    pub preconditions: Vec<Precondition>,
    /// Who confirmed what.
    confirmed: BTreeSet<(String, String)>,
    /// Metres of the line that progress is measured by where none is agreed.
    pub reference_m: Option<f64>,
    /// Versions from the first; version 1 is at 0.
    pub versions: Vec<Version>,
    entries: usize,
}

/// What a segment waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waits {
    /// A party's plain consent.
    Consent(String),
    /// Somebody's confirmation of a precondition.
    Confirmation {
        /// Who.
        by: String,
        /// What of.
        what: String,
    },
    /// A line that somebody proposes.
    Proposal,
    /// The coordinates.
    Delimitation,
    /// The pillars.
    Pillars,
}

impl std::fmt::Display for Waits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Waits::Consent(party) => write!(f, "the consent of {party}"),
            Waits::Confirmation { by, what } => write!(f, "{by} to confirm {what}"),
            Waits::Proposal => f.write_str("a proposal"),
            Waits::Delimitation => f.write_str("its coordinates to be laid down"),
            Waits::Pillars => f.write_str("its pillars"),
        }
    }
}

/// How far a segment has come, with which version, and what it waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How far.
    pub state: State,
    /// The version that is agreed, or the only one that is proposed; counted from 1.
    pub version: Option<u32>,
    /// What for.
    pub waits: Vec<Waits>,
}

impl Segment {
    pub(super) fn open(
        title: &str,
        parties: &[String],
        preconditions: &[Precondition],
        reference: Option<&[Coord]>,
    ) -> Result<Segment, Refusal> {
        let different: BTreeSet<&String> = parties.iter().filter(|p| !p.trim().is_empty()).collect();
        if different.len() < 2 || different.len() != parties.len() {
            return Err(Refusal::Parties(parties.len()));
        }
        let mut ids = BTreeSet::new();
        for p in preconditions {
            if !ids.insert(&p.id) || p.confirmed_by.is_empty() || p.before < State::Agreed {
                return Err(Refusal::Precondition(p.id.clone()));
            }
        }
        let reference = reference.map(Course::new).transpose()?;
        Ok(Segment {
            title: title.to_owned(),
            parties: parties.to_vec(),
            preconditions: preconditions.to_vec(),
            confirmed: BTreeSet::new(),
            reference_m: reference.map(|course| course.length()),
            versions: Vec::new(),
            entries: 0,
        })
    }

    pub(super) fn apply(&mut self, entry: &Entry) -> Result<(), Refusal> {
        match &entry.act {
            Act::Open { .. } => return Err(Refusal::SegmentOpened(entry.segment.clone())),
            Act::Propose(drawn) => self.propose(entry, drawn)?,
            Act::Answer { version, answer } => self.answer(entry, *version, *answer)?,
            Act::Confirm(id) => self.confirm(&entry.by, id)?,
            Act::Retract(id) => self.retract(&entry.by, id)?,
            Act::Delimit(version) => self.delimit(*version, entry.at)?,
            Act::Pillar { version, number, position } => {
                self.pillar(*version, *number, Pillar { position: *position, at: entry.at })?;
            }
            Act::Demarcate(version) => self.demarcate(*version, entry.at)?,
        }
        self.entries += 1;
        Ok(())
    }

    /// One version, counted from 1.
    #[must_use]
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions.get((number as usize).checked_sub(1)?)
    }

    fn version_mut(&mut self, number: u32) -> Result<&mut Version, Refusal> {
        let count = self.versions.len();
        let found = (number as usize).checked_sub(1).and_then(|i| self.versions.get_mut(i));
        found.ok_or(Refusal::NoVersion(number, count))
    }

    fn propose(&mut self, entry: &Entry, drawn: &Drawn) -> Result<(), Refusal> {
        if !crate::shapes::is_wgs84(&drawn.crs) {
            return Err(Refusal::Coordinates(drawn.crs.clone()));
        }
        let course = Course::new(&drawn.line)?;
        for enclave in &drawn.enclaves {
            course::ring(&enclave.ring)?;
            let holder = Some(&enclave.holder);
            if drawn.left.as_ref() != holder && drawn.right.as_ref() != holder {
                return Err(Refusal::Holder(enclave.holder.clone()));
            }
        }
        self.versions.push(Version {
            by: entry.by.clone(),
            at: entry.at,
            drawn: drawn.clone(),
            course,
            consents: Consents::default(),
            answered: 0,
            delimited: None,
            demarcated: None,
            pillars: BTreeMap::new(),
        });
        Ok(())
    }

    fn answer(&mut self, entry: &Entry, version: u32, answer: Answer) -> Result<(), Refusal> {
        let order = self.entries + 1;
        if !self.parties.contains(&entry.by) {
            return Err(Refusal::NotAsked(entry.by.clone(), self.parties.clone()));
        }
        if entry.words.trim().is_empty() {
            return Err(Refusal::NoWords);
        }
        let version = self.version_mut(version)?;
        version.consents.answer(&entry.by, answer);
        version.answered = order;
        Ok(())
    }

    fn confirm(&mut self, by: &str, id: &str) -> Result<(), Refusal> {
        let has_say = |p: &Precondition| p.id == id && p.confirmed_by.iter().any(|c| c == by);
        if !self.preconditions.iter().any(has_say) {
            let known = self.preconditions.iter().map(|p| format!("{} by {}", p.id, p.confirmed_by.join(" and ")));
            return Err(Refusal::NotConfirmer { by: by.to_owned(), id: id.to_owned(), known: known.collect() });
        }
        self.confirmed.insert((id.to_owned(), by.to_owned()));
        Ok(())
    }

    fn retract(&mut self, by: &str, id: &str) -> Result<(), Refusal> {
        let was = self.confirmed.remove(&(id.to_owned(), by.to_owned()));
        if was { Ok(()) } else { Err(Refusal::NotConfirmed(by.to_owned(), id.to_owned())) }
    }

    fn delimit(&mut self, number: u32, at: Timestamp) -> Result<(), Refusal> {
        let mut waits = self.version_mut(number).map(|v| v.consents.clone()).map(|c| self.lacking(&c))?;
        waits.extend(self.unconfirmed(State::Agreed));
        waits.extend(self.unconfirmed(State::Delimited));
        refuse_if(number, "agreed with all that comes before its coordinates", &waits)?;
        self.version_mut(number)?.delimited = Some(at);
        Ok(())
    }

    fn pillar(&mut self, version: u32, number: u32, pillar: Pillar) -> Result<(), Refusal> {
        self.must_be_delimited(version)?;
        let found = self.version_mut(version)?;
        if number == 0 || found.pillars.contains_key(&number) {
            return Err(Refusal::PillarNumber(number));
        }
        let track = Track::new(found.course.vertices());
        let metres = nearest(&track, pillar.position).map_or(f64::INFINITY, |n| n.metres);
        if metres.is_nan() || metres > PILLAR_M {
            return Err(Refusal::PillarFar { number, metres });
        }
        found.pillars.insert(number, pillar);
        Ok(())
    }

    fn demarcate(&mut self, number: u32, at: Timestamp) -> Result<(), Refusal> {
        self.must_be_delimited(number)?;
        refuse_if(number, "ready to be marked", &self.unconfirmed(State::Demarcated))?;
        let version = self.version_mut(number)?;
        let missing = version.missing_pillars();
        if version.pillars.is_empty() || !missing.is_empty() {
            return Err(Refusal::Pillars(missing));
        }
        version.demarcated = Some(at);
        Ok(())
    }

    fn must_be_delimited(&mut self, number: u32) -> Result<(), Refusal> {
        let version = self.version_mut(number)?.clone();
        if self.reached(&version) >= State::Delimited {
            return Ok(());
        }
        let waits = self.waits_of(&version);
        refuse_if(number, "delimited", &waits)
    }

    fn lacking(&self, consents: &Consents) -> Vec<Waits> {
        consents.lacking(&self.parties).into_iter().map(|p| Waits::Consent(p.to_owned())).collect()
    }

    /// What nobody confirmed that comes before a step.
    fn unconfirmed(&self, before: State) -> Vec<Waits> {
        let open = |p: &Precondition| {
            let missing = p.confirmed_by.iter().filter(|by| !self.confirmed.contains(&(p.id.clone(), (*by).clone())));
            missing.map(|by| Waits::Confirmation { by: by.clone(), what: p.what.clone() }).collect::<Vec<_>>()
        };
        self.preconditions.iter().filter(|p| p.before == before).flat_map(open).collect()
    }

    /// How far a version has come by what stands now: a consent or confirmation taken back takes it back too.
    fn reached(&self, version: &Version) -> State {
        let agreed = self.lacking(&version.consents).is_empty() && self.unconfirmed(State::Agreed).is_empty();
        let delimited = agreed && version.delimited.is_some() && self.unconfirmed(State::Delimited).is_empty();
        let demarcated = delimited && version.demarcated.is_some() && self.unconfirmed(State::Demarcated).is_empty();
        match (agreed, delimited, demarcated) {
            (_, _, true) => State::Demarcated,
            (_, true, _) => State::Delimited,
            (true, ..) => State::Agreed,
            _ => State::Proposed,
        }
    }

    fn waits_of(&self, version: &Version) -> Vec<Waits> {
        let mut waits = self.lacking(&version.consents);
        waits.extend(self.unconfirmed(State::Agreed));
        waits.extend(self.unconfirmed(State::Delimited));
        match self.reached(version) {
            State::Demarcated => {}
            State::Delimited => {
                waits.extend(self.unconfirmed(State::Demarcated));
                waits.push(Waits::Pillars);
            }
            _ if version.delimited.is_none() => waits.push(Waits::Delimitation),
            _ => {}
        }
        waits
    }

    /// How far the segment has come. Of several agreed versions the one answered last stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let numbered = || (1u32..).zip(&self.versions);
        let agreed = numbered().filter(|(_, v)| self.reached(v) >= State::Agreed).max_by_key(|(_, v)| v.answered);
        if let Some((number, version)) = agreed {
            let (state, waits) = (self.reached(version), self.waits_of(version));
            return Standing { state, version: Some(number), waits };
        }
        let open: Vec<(u32, &Version)> = self.open_versions();
        match open.as_slice() {
            [] => Standing { state: State::Undefined, version: None, waits: vec![Waits::Proposal] },
            [(number, version)] => {
                let state = if version.consents.is_opposed() { State::Disputed } else { State::Proposed };
                Standing { state, version: Some(*number), waits: self.waits_of(version) }
            }
            _ => Standing { state: State::Disputed, version: None, waits: self.lacking(&Consents::default()) },
        }
    }

    /// The last proposal of each proposer, unless that one took it back.
    #[must_use]
    pub fn open_versions(&self) -> Vec<(u32, &Version)> {
        let last: BTreeMap<&str, (u32, &Version)> =
            (1u32..).zip(&self.versions).map(|(n, v)| (v.by.as_str(), (n, v))).collect();
        let mut open: Vec<(u32, &Version)> =
            last.into_values().filter(|(_, v)| v.consents.of(&v.by) != Some(Answer::Withdrawn)).collect();
        open.sort_by_key(|(number, _)| *number);
        open
    }

    /// Metres of the segment, at least and at most: of the agreed line; else of the line for reference, if one was given;
    /// else of the lines that are proposed.
    #[must_use]
    pub fn metres(&self) -> (f64, f64) {
        let standing = self.standing();
        let agreed = standing.version.filter(|_| standing.state >= State::Agreed).and_then(|n| self.version(n));
        if let Some(metres) = agreed.map(|v| v.course.length()).or(self.reference_m) {
            return (metres, metres);
        }
        let lengths = || self.open_versions().into_iter().map(|(_, v)| earth::length(v.course.vertices()));
        let shortest = lengths().reduce(f64::min).unwrap_or(0.0);
        (shortest, lengths().fold(0.0, f64::max))
    }
}

impl Version {
    /// Numbers below the highest that no pillar bears.
    #[must_use]
    pub fn missing_pillars(&self) -> Vec<u32> {
        let highest = self.pillars.keys().last().copied().unwrap_or(0);
        (1..highest).filter(|n| !self.pillars.contains_key(n)).take(100).collect()
    }
}

fn refuse_if(version: u32, needed: &'static str, waits: &[Waits]) -> Result<(), Refusal> {
    if waits.is_empty() {
        return Ok(());
    }
    Err(Refusal::NotYet { version, needed, waits: waits.iter().map(Waits::to_string).collect() })
}
