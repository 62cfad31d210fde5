//! Segments of a border: the lines that are proposed for them, what has to be done first, and how far each has come.
//!
//! A version of a segment is something proposed ([`Subject`]): who consents to it is told there and by the same rules as
//! of everything else. Here is what only a border has: coordinates, preconditions, pillars.

pub mod progress;
pub mod register;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use geo::Coord;
use line::Course;
use line::border::{Drawn, Named};
use line::earth;
use serde::{Deserialize, Serialize};

use crate::book::{Fits, Mission, in_words};
use crate::consent::{Done, Missing, Stage, Subject};
use crate::statement::StatementError;

/// How far a pillar may stand from the line that it marks, in metres.
pub const PILLAR_M: f64 = 100.0;

/// How far a segment has come, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody proposes a line.
    Undefined,
    /// One line is proposed, and nobody said no.
    Proposed,
    /// Lines of several are proposed, or somebody said no or took a consent back.
    Disputed,
    /// All whose consent is needed consent to one line.
    Agreed,
    /// The agreed line is laid down in coordinates.
    Delimited,
    /// It is marked on the ground with numbered pillars.
    Demarcated,
}

impl State {
    /// All, in order.
    pub const ALL: [State; 6] =
        [State::Undefined, State::Proposed, State::Disputed, State::Agreed, State::Delimited, State::Demarcated];

    /// As written in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Undefined => "undefined",
            State::Proposed => "proposed",
            State::Disputed => "disputed",
            State::Agreed => "agreed",
            State::Delimited => "delimited",
            State::Demarcated => "demarcated",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something that has to be done before a segment can go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Precondition {
    /// Id, unique in the segment.
    pub id: String,
    /// What has to be done ("the withdrawal from the ridge").
    pub what: String,
    /// Who has to confirm it, all of them: parties, or the body that speaks in the mission's reports.
    pub confirmed_by: Vec<String>,
    /// Before what: agreed, delimited (the default) or demarcated.
    #[serde(default = "delimited")]
    pub before: State,
}

fn delimited() -> State {
    State::Delimited
}

/// A segment that is opened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Opening {
    /// Its id, such as `north`.
    pub segment: String,
    /// What it is called.
    pub title: String,
    /// Parties that are asked beside those that the mandate names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<String>,
    /// A line to measure progress by where none is agreed, nobody's claim: degrees east, degrees north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Vec<[f64; 2]>>,
    /// What has to be done first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preconditions: Vec<Precondition>,
}

/// A list of segments, as packs keep them in `borders/*.toml`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    segments: Vec<Opening>,
}

/// The segments of a list.
///
/// # Errors
/// Where it is no TOML, a segment could not be opened, one is named twice, or a field is there that none has.
pub fn list(text: &str) -> Result<Vec<Opening>, StatementError> {
    let List { segments } = toml::from_str(text).map_err(|e| StatementError::form(text, &e))?;
    let mut ids = BTreeSet::new();
    for opening in &segments {
        let id = &opening.segment;
        let parties =
            if opening.asks.len() < 2 { vec!["one".to_owned(), "other".to_owned()] } else { opening.asks.clone() };
        Segment::open(opening, parties).map_err(|e| StatementError::value(format!("`{id}`: {e}")))?;
        if !ids.insert(id) {
            return Err(StatementError::value(format!("`{id}` is named twice")));
        }
    }
    Ok(segments)
}

/// That somebody confirmed something, or took that back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Party, or the body that speaks in the mission's reports.
    pub who: String,
    /// Id of the precondition.
    pub precondition: String,
    /// Whether it is done.
    pub met: bool,
    /// Numbers of field reports that show it.
    pub reports: Vec<String>,
    /// When, stated by whom, in which words.
    pub done: Done,
}

/// A pillar on the ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Pillar {
    /// Where it stands.
    pub position: Coord,
    /// When it was set, stated by whom.
    pub done: Done,
}

/// A line as it was proposed, with what became of it on the ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its number in its segment, from 1.
    pub number: u32,
    /// Id of what was proposed; answers stand there.
    pub proposal: String,
    /// As it was drawn.
    pub drawn: Drawn,
    /// The line.
    pub course: Course,
    /// That it was laid down in coordinates.
    pub delimited: Option<Done>,
    /// Its pillars by number.
    pub pillars: BTreeMap<u32, Pillar>,
}

/// A segment of border. Nothing in it is ever taken off.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Whose consents every line of it needs.
    pub parties: Vec<String>,
    /// What has to be done first.
    pub preconditions: Vec<Precondition>,
    /// Every confirmation and every one taken back, the first first.
    pub confirmations: Vec<Confirmed>,
    /// Metres of the line that progress is measured by where none is agreed.
    pub reference_m: Option<f64>,
    /// Versions, the first first.
    pub versions: Vec<Version>,
}

/// How far a segment has come, with which version, and what it waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How far.
    pub state: State,
    /// The version that is agreed, or the only one that is proposed; counted from 1.
    pub version: Option<u32>,
    /// Whether it is demarcated although a consent was withdrawn since.
    pub without_consent: bool,
    /// What for, in words.
    pub waits: Vec<String>,
}

impl Segment {
    /// A segment that lines can be proposed for.
    ///
    /// # Errors
    /// Where its id, its parties or its preconditions are none.
    pub(crate) fn open(opening: &Opening, parties: Vec<String>) -> Fits<Segment> {
        let Opening { segment: id, title, reference, preconditions, .. } = opening;
        let is_plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        if id.is_empty() || !id.chars().all(is_plain) {
            return Err(format!("`{id}` is no id of a segment: letters, digits, - and _"));
        }
        let different: BTreeSet<&String> = parties.iter().filter(|p| !p.trim().is_empty()).collect();
        if different.len() < 2 || different.len() != parties.len() {
            let named = parties.join(" and ");
            return Err(format!(
                "a segment of border needs the consents of two parties at least, each named once: {named}"
            ));
        }
        let mut ids = BTreeSet::new();
        for p in preconditions {
            if !ids.insert(&p.id) || p.confirmed_by.is_empty() || p.before < State::Agreed {
                let id = &p.id;
                return Err(format!(
                    "the precondition `{id}` is named twice, has nobody to confirm it, or comes before nothing"
                ));
            }
        }
        let reference: Option<Vec<Coord>> = reference.as_ref().map(|line| line.iter().map(|&c| c.into()).collect());
        let reference = reference.map(|line| Course::new(&line)).transpose().map_err(|e| e.to_string())?;
        Ok(Segment {
            id: id.clone(),
            title: title.clone(),
            parties,
            preconditions: preconditions.clone(),
            confirmations: Vec::new(),
            reference_m: reference.map(|course| course.length()),
            versions: Vec::new(),
        })
    }

    /// One version, counted from 1.
    #[must_use]
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions.iter().find(|v| v.number == number)
    }

    /// Versions with their numbers.
    pub fn numbered(&self) -> impl Iterator<Item = (u32, &Version)> {
        self.versions.iter().map(|v| (v.number, v))
    }

    /// Whether what somebody said last of a precondition is that it is met.
    #[must_use]
    pub fn is_confirmed(&self, precondition: &str, who: &str) -> bool {
        let said = self.confirmations.iter().rev().find(|c| c.precondition == precondition && c.who == who);
        said.is_some_and(|c| c.met)
    }

    /// Notes a confirmation, or that one is taken back.
    pub(crate) fn confirm(&mut self, confirmed: Confirmed) -> Fits {
        let Confirmed { who, precondition: id, met, .. } = &confirmed;
        if !self.preconditions.iter().any(|p| p.id == *id && p.confirmed_by.contains(who)) {
            let known = self.preconditions.iter().map(|p| format!("{} by {}", p.id, p.confirmed_by.join(" and ")));
            let known: Vec<String> = known.collect();
            let waits = if known.is_empty() {
                "has no preconditions".to_owned()
            } else {
                format!("waits for {}", known.join("; "))
            };
            return Err(format!("`{who}` does not confirm `{id}` in this segment, which {waits}"));
        }
        if !met && !self.is_confirmed(id, who) {
            return Err(format!("`{who}` has not confirmed `{id}`, and cannot take that back"));
        }
        self.confirmations.push(confirmed);
        Ok(())
    }

    /// What nobody confirmed that comes before a step.
    fn unconfirmed(&self, before: State) -> Vec<String> {
        let open = |p: &Precondition| {
            let missing = p.confirmed_by.iter().filter(|by| !self.is_confirmed(&p.id, by));
            missing.map(|by| format!("{by} has not confirmed {}", p.what)).collect::<Vec<_>>()
        };
        self.preconditions.iter().filter(|p| p.before == before).flat_map(open).collect()
    }
}

impl Version {
    /// Numbers below the highest that no pillar bears, the first hundred of them.
    #[must_use]
    pub fn missing_pillars(&self) -> Vec<u32> {
        let highest = self.pillars.keys().last().copied().unwrap_or(0);
        (1..highest).filter(|n| !self.pillars.contains_key(n)).take(100).collect()
    }
}

/// Everything a mission knows of its border.
impl Mission {
    /// What was proposed with a version.
    #[must_use]
    pub fn proposed(&self, version: &Version) -> Option<&Subject> {
        self.subject(&version.proposal)
    }

    /// A version as it is set beside another: who proposes it, on which map.
    #[must_use]
    pub fn named(&self, version: &Version) -> Named {
        let Drawn { map, left, right, .. } = &version.drawn;
        let by = self.proposed(version).map(|s| s.party.clone().unwrap_or_else(|| s.by.clone()));
        Named {
            title: by.unwrap_or_default(),
            map: Some(map.clone()),
            sides: [left.clone(), right.clone()],
            proposal: version.drawn.along(version.course.clone()),
        }
    }

    /// How far a version has come by what stands now; none where it is no longer proposed. A consent or confirmation that
    /// is taken back takes it back, until it is demarcated: then it is carried out.
    #[must_use]
    pub fn reached(&self, segment: &Segment, version: &Version) -> Option<State> {
        let subject = self.proposed(version)?;
        let met = |before| segment.unconfirmed(before).is_empty();
        Some(match self.stage(subject) {
            Stage::Dropped | Stage::Ended => return None,
            Stage::Executed => State::Demarcated,
            Stage::Agreed if met(State::Agreed) => {
                if version.delimited.is_some() && met(State::Delimited) {
                    State::Delimited
                } else {
                    State::Agreed
                }
            }
            Stage::Agreed | Stage::Open => State::Proposed,
        })
    }

    /// How far a segment has come. Of several agreed versions the one that is carried out stands, else the one answered last.
    #[must_use]
    pub fn standing(&self, segment: &Segment) -> Standing {
        let answered = |v: &Version| self.proposed(v).and_then(|s| s.answers.last()).map_or(0, |g| g.entry);
        let reached = segment.numbered().filter_map(|(n, v)| Some((n, v, self.reached(segment, v)?)));
        let agreed = reached.filter(|(_, _, state)| *state >= State::Agreed);
        let last = agreed.max_by_key(|(_, v, state)| (*state == State::Demarcated, answered(v)));
        if let Some((number, version, state)) = last {
            let without_consent = self.proposed(version).is_some_and(Subject::stands_without_consent);
            return Standing { state, version: Some(number), without_consent, waits: self.waits(segment, version) };
        }
        let (state, version, waits) = match self.open_versions(segment).as_slice() {
            [] => (State::Undefined, None, vec!["a line is to be proposed".to_owned()]),
            [(number, version)] => (self.opposed(version), Some(*number), self.waits(segment, version)),
            _ => (State::Disputed, None, vec![format!("{} are to consent to one line", segment.parties.join(" and "))]),
        };
        Standing { state, version, without_consent: false, waits }
    }

    fn opposed(&self, version: &Version) -> State {
        let is_no = |m: &Missing| matches!(m, Missing::Refused(..) | Missing::Withdrawn(..));
        let opposed = self.proposed(version).is_some_and(|s| s.missing().iter().any(is_no));
        if opposed { State::Disputed } else { State::Proposed }
    }

    /// The last line that each proposer proposes and has not dropped. The mission is one proposer.
    #[must_use]
    pub fn open_versions<'a>(&self, segment: &'a Segment) -> Vec<(u32, &'a Version)> {
        let mut last: BTreeMap<Option<&str>, (u32, &Version)> = BTreeMap::new();
        for (number, version) in segment.numbered() {
            let subject = self.proposed(version).filter(|_| self.reached(segment, version).is_some());
            if let Some(subject) = subject {
                last.insert(subject.party.as_deref(), (number, version));
            }
        }
        let mut open: Vec<(u32, &Version)> = last.into_values().collect();
        open.sort_by_key(|(number, _)| *number);
        open
    }

    /// What a version waits for.
    #[must_use]
    pub fn waits(&self, segment: &Segment, version: &Version) -> Vec<String> {
        let missing = self.proposed(version).map(|s| self.missing(s)).unwrap_or_default();
        let mut waits: Vec<String> = missing.iter().map(in_words).collect();
        let state = self.reached(segment, version).unwrap_or(State::Undefined);
        if state == State::Demarcated {
            return waits;
        }
        waits.extend([State::Agreed, State::Delimited].into_iter().flat_map(|before| segment.unconfirmed(before)));
        if state == State::Delimited {
            waits.extend(segment.unconfirmed(State::Demarcated));
            waits.push("its pillars are to be set".to_owned());
        } else if version.delimited.is_none() {
            waits.push("its coordinates are to be laid down".to_owned());
        }
        waits
    }

    /// Metres of a segment, at least and at most: of the agreed line; else of the line for reference, if one was given; else
    /// of the lines that are proposed.
    #[must_use]
    pub fn metres(&self, segment: &Segment) -> (f64, f64) {
        let standing = self.standing(segment);
        let agreed = standing.version.filter(|_| standing.state >= State::Agreed).and_then(|n| segment.version(n));
        if let Some(metres) = agreed.map(|v| v.course.length()).or(segment.reference_m) {
            return (metres, metres);
        }
        let lengths: Vec<f64> =
            self.open_versions(segment).into_iter().map(|(_, v)| earth::length(v.course.vertices())).collect();
        let shortest = lengths.iter().copied().reduce(f64::min).unwrap_or(0.0);
        (shortest, lengths.into_iter().fold(0.0, f64::max))
    }

    /// What keeps a version from a step: consents, and confirmations of what comes before it.
    pub(crate) fn must_be(&self, segment: &Segment, version: &Version, step: State) -> Fits {
        let name = format!("version {} of `{}`", version.number, segment.id);
        if self.reached(segment, version).is_some_and(|state| state >= step) {
            return Ok(());
        }
        match self.proposed(version).map(|s| self.stage(s)) {
            Some(stage @ (Stage::Dropped | Stage::Ended)) => Err(format!("{name} is {}", stage.as_str())),
            _ => Err(format!("{name} is not {step}: {}", self.waits(segment, version).join("; "))),
        }
    }

    /// What nobody confirmed that comes before a step, as a refusal.
    pub(crate) fn must_be_confirmed(segment: &Segment, before: State) -> Fits {
        let open = segment.unconfirmed(before);
        if open.is_empty() { Ok(()) } else { Err(format!("`{}` is not ready: {}", segment.id, open.join("; "))) }
    }
}
