//! What is stated about a border: segments opened, preconditions confirmed, lines laid down and marked.

use geo::Coord;
use line::Course;
use line::earth::{Track, is_position};
use line::nearest::nearest;

use super::{Fits, Heard, Mission, by_mission, done, must_be_party, short};
use crate::border::{Confirmed, Opening, PILLAR_M, Pillar, Segment, State, Version};
use crate::consent::{Done, Proposal, Stage, Subject};
use crate::role::Role;
use crate::statement::Act;

impl Mission {
    /// Takes a statement about the border in.
    pub(super) fn border(&mut self, heard: &Heard) -> Fits {
        if let Act::Confirm { segment, precondition, met, on, reports, words } = &heard.statement.act {
            let (who, precondition, reports) = (self.confirmer(heard)?, precondition.clone(), reports.clone());
            let done = done(heard, *on, words);
            return self.confirm(segment, Confirmed { who, precondition, met: *met, reports, done });
        }
        by_mission(heard)?;
        match &heard.statement.act {
            Act::Segment(opening) => self.open_mandated(opening),
            Act::Delimit { proposal, on, words } => self.delimit(proposal, done(heard, *on, words)),
            Act::Pillar { proposal, number, lat, lon, on, words } => {
                let pillar = Pillar { position: Coord { x: *lon, y: *lat }, done: done(heard, *on, words) };
                self.pillar(proposal, *number, pillar)
            }
            Act::Demarcate { proposal, on, words } => self.demarcate(proposal, done(heard, *on, words)),
            _ => Ok(()),
        }
    }

    /// In whose name somebody confirms: a party's liaison in its own, who finds out for the mission in the mission's.
    fn confirmer(&self, heard: &Heard) -> Fits<String> {
        match (heard.statement.role, &heard.statement.party) {
            (Role::Liaison, Some(party)) => Ok(party.clone()),
            (Role::Verifier | Role::Chief, _) => {
                self.mandate().map(|m| m.party.clone()).ok_or_else(|| "the mission has no mandate".to_owned())
            }
            (role, _) => Err(format!("this is confirmed by a liaison, a verifier or the chief, not by a {role}")),
        }
    }

    fn open_mandated(&mut self, opening: &Opening) -> Fits {
        let mandate = self.mandate().ok_or("the mission has no mandate")?;
        opening.asks.iter().try_for_each(|party| must_be_party(&mandate.parties, party))?;
        let confirmers = opening.preconditions.iter().flat_map(|p| &p.confirmed_by);
        if let Some(who) = confirmers.into_iter().find(|c| **c != mandate.party && !mandate.parties.contains(c)) {
            let known = mandate.parties.join(", ");
            return Err(format!("`{who}` confirms nothing in this mission: {known} do, and `{}`", mandate.party));
        }
        let mut parties = mandate.needed("border-segment", None);
        parties.extend(opening.asks.iter().cloned());
        parties.sort();
        parties.dedup();
        self.open_segment(opening, parties)
    }

    /// Opens a segment whose lines need the consents of some parties.
    pub(crate) fn open_segment(&mut self, opening: &Opening, parties: Vec<String>) -> Fits {
        if self.segments.contains_key(&opening.segment) {
            return Err(format!("the segment `{}` was opened before", opening.segment));
        }
        let segment = Segment::open(opening, parties)?;
        self.segments.insert(segment.id.clone(), segment);
        Ok(())
    }

    /// The segment that lines are proposed for.
    ///
    /// # Errors
    /// Where none of this id was opened.
    pub fn segment(&self, id: &str) -> Fits<&Segment> {
        let known: Vec<&str> = self.segments.keys().map(String::as_str).collect();
        let open = if known.is_empty() { "none is".to_owned() } else { format!("{} are", known.join(", ")) };
        self.segments.get(id).ok_or_else(|| format!("no segment `{id}` was opened; {open}"))
    }

    fn segment_mut(&mut self, id: &str) -> Fits<&mut Segment> {
        self.segment(id)?;
        self.segments.get_mut(id).ok_or_else(String::new)
    }

    /// The segment of a proposal, where it is a line of a border.
    pub(super) fn segment_of(&self, proposal: &Proposal) -> Option<&Segment> {
        self.segments.get(proposal.segment.as_deref()?)
    }

    /// Whether a line, and only a line, of a border is drawn for a segment that is open; then its course.
    pub(super) fn fits_border(&self, proposal: &Proposal) -> Fits<Option<Course>> {
        let Proposal { subject, segment, drawn, .. } = proposal;
        if subject != "border-segment" {
            let stray = segment.is_some() || drawn.is_some();
            return if stray { Err(format!("a {subject} has no line of a border")) } else { Ok(None) };
        }
        let (Some(segment), Some(drawn)) = (segment, drawn) else {
            return Err("a line of a border is proposed for a segment, with its coordinates".to_owned());
        };
        self.segment(segment)?;
        drawn.course().map(Some).map_err(|e| e.to_string())
    }

    /// Adds what was proposed; a line of a border, which has a course, is the next version of its segment, too.
    pub(crate) fn add(&mut self, subject: Subject, course: Option<Course>) {
        let Proposal { segment, drawn, .. } = &subject.proposal;
        let segment = segment.as_ref().and_then(|id| self.segments.get_mut(id));
        if let (Some(segment), Some(drawn), Some(course)) = (segment, drawn.clone(), course) {
            let number = segment.versions.last().map_or(1, |v| v.number + 1);
            let (proposal, pillars) = (subject.id.clone(), std::collections::BTreeMap::new());
            segment.versions.push(Version { number, proposal, drawn, course, delimited: None, pillars });
        }
        self.subjects.push(subject);
    }

    /// Notes that something is confirmed that a segment waits for, or no longer.
    pub(crate) fn confirm(&mut self, segment: &str, confirmed: Confirmed) -> Fits {
        self.segment_mut(segment)?.confirm(confirmed)
    }

    /// The version that was proposed under an id, and its segment.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn version_of(&self, id: &str) -> Fits<(&Segment, &Version)> {
        let id = &self.find(id)?.id;
        let of = |s: &'_ Segment| s.versions.iter().position(|v| v.proposal == *id);
        let found = self.segments.values().find_map(|s| Some((s, s.versions.get(of(s)?)?)));
        found.ok_or_else(|| format!("`{}` is no line of a border", short(id)))
    }

    fn version_mut(&mut self, id: &str) -> Fits<&mut Version> {
        let id = self.find(id)?.id.clone();
        let mut versions = self.segments.values_mut().flat_map(|s| s.versions.iter_mut());
        versions.find(|v| v.proposal == id).ok_or_else(|| format!("`{}` is no line of a border", short(&id)))
    }

    /// Lays an agreed line down in coordinates.
    pub(crate) fn delimit(&mut self, id: &str, done: Done) -> Fits {
        let (segment, version) = self.version_of(id)?;
        if version.delimited.is_some() {
            return Err(format!("`{}` is laid down in coordinates already", short(&version.proposal)));
        }
        self.must_be(segment, version, State::Agreed)?;
        Mission::must_be_confirmed(segment, State::Delimited)?;
        let is_marked = |v: &&Version| self.proposed(v).is_some_and(|s| s.stage() == Stage::Executed);
        if let Some(other) = segment.versions.iter().find(is_marked) {
            let (id, other) = (&segment.id, short(&other.proposal));
            return Err(format!("`{id}` is demarcated along `{other}`, which is to be ended first"));
        }
        self.version_mut(id)?.delimited = Some(done);
        Ok(())
    }

    /// Sets a numbered pillar on a delimited line.
    pub(crate) fn pillar(&mut self, id: &str, number: u32, pillar: Pillar) -> Fits {
        let (segment, version) = self.version_of(id)?;
        self.must_be(segment, version, State::Delimited)?;
        if number == 0 || version.pillars.contains_key(&number) {
            return Err(format!("pillar {number} stands already, or is no number from 1"));
        }
        if !is_position(pillar.position) {
            let Coord { x, y } = pillar.position;
            return Err(format!("{x}, {y} is no position in degrees east and north"));
        }
        let track = Track::new(version.course.vertices());
        let metres = nearest(&track, pillar.position).map_or(f64::INFINITY, |n| n.metres);
        if metres.is_nan() || metres > PILLAR_M {
            return Err(format!(
                "pillar {number} stands {metres:.0} m from the line, and at most {PILLAR_M} m are allowed"
            ));
        }
        self.version_mut(id)?.pillars.insert(number, pillar);
        Ok(())
    }

    /// Declares a delimited line marked by its pillars: what was agreed is carried out.
    pub(crate) fn demarcate(&mut self, id: &str, done: Done) -> Fits {
        let (segment, version) = self.version_of(id)?;
        let subject = self.find(id)?;
        if subject.executed.is_some() {
            return Err(format!("`{}` is demarcated already", short(&subject.id)));
        }
        self.must_be(segment, version, State::Delimited)?;
        Mission::must_be_confirmed(segment, State::Demarcated)?;
        let missing: Vec<String> = version.missing_pillars().iter().map(u32::to_string).collect();
        if version.pillars.is_empty() || !missing.is_empty() {
            let missing = if missing.is_empty() { "none stands".to_owned() } else { missing.join(", ") };
            return Err(format!("pillars are missing: {missing}"));
        }
        self.find_mut(id)?.executed = Some(done);
        Ok(())
    }
}
