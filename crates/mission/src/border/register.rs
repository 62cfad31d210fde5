//! A register of a border in a file: entries in the order in which they were made, replayed by the rules of the mission's
//! own books. An entry that they do not allow is refused with its reason and changes nothing.

mod entry;

pub use entry::{Act, Entry};

use super::{Confirmed, Opening, Pillar};
use crate::book::{Fits, Mission};
use crate::consent::{Done, Given, Proposal, Subject};

/// Replays entries in order. What is refused is given back with its place, counted from nought.
#[must_use]
pub fn replay<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> (Mission, Vec<(usize, String)>) {
    let mut mission = Mission::default();
    let entries = entries.into_iter().enumerate();
    let refused = entries.filter_map(|(i, e)| Some((i, apply(&mut mission, i, e).err()?))).collect();
    (mission, refused)
}

/// Applies one entry, which stands at a place.
fn apply(mission: &mut Mission, place: usize, entry: &Entry) -> Fits {
    let Entry { at, by, segment, words, act } = entry;
    let number = place as u64;
    let done = || Done { entry: number, on: *at, by: by.clone(), words: words.clone() };
    if let Act::Open { title, parties, preconditions, reference } = act {
        let (segment, title, asks) = (segment.clone(), title.clone(), Vec::new());
        let (reference, preconditions) = (reference.clone(), preconditions.clone());
        let opening = Opening { segment, title, asks, reference, preconditions };
        return mission.open_segment(&opening, parties.clone());
    }
    mission.segment(segment)?;
    match act {
        Act::Open { .. } => Ok(()),
        Act::Propose(drawn) => {
            let course = drawn.course().map_err(|e| e.to_string())?;
            let subject = proposed(mission, number, entry)?;
            mission.add(subject, Some(course));
            Ok(())
        }
        Act::Answer { version, answer } => {
            let (party, words) = (by.clone(), words.clone());
            let given = Given { entry: number, at: *at, party, answer: *answer, words, signed: None };
            version_of(mission, segment, *version)?.hear(given)
        }
        Act::Drop(version) => dropped(version_of(mission, segment, *version)?, by, done()),
        Act::Confirm(id) | Act::Retract(id) => {
            let (who, met) = (by.clone(), matches!(act, Act::Confirm(_)));
            let confirmed = Confirmed { who, precondition: id.clone(), met, reports: Vec::new(), done: done() };
            mission.confirm(segment, confirmed)
        }
        Act::Delimit(version) => {
            let id = id_of(mission, segment, *version)?;
            mission.delimit(&id, done())
        }
        Act::Pillar { version, number, position } => {
            let id = id_of(mission, segment, *version)?;
            mission.pillar(&id, *number, Pillar { position: *position, done: done() })
        }
        Act::Demarcate(version) => {
            let id = id_of(mission, segment, *version)?;
            mission.demarcate(&id, done())
        }
    }
}

/// The proposal that an entry makes: the next version of its segment, by a party of the segment or by somebody else.
fn proposed(mission: &Mission, number: u64, entry: &Entry) -> Fits<Subject> {
    let Entry { at, by, segment: id, words, act } = entry;
    let segment = mission.segment(id)?;
    let drawn = if let Act::Propose(drawn) = act { Some(drawn.clone()) } else { None };
    let proposal = Proposal {
        subject: "border-segment".to_owned(),
        title: segment.title.clone(),
        words: words.clone(),
        segment: Some(id.clone()),
        drawn,
        ..Proposal::default()
    };
    let party = Some(by.clone()).filter(|by| segment.parties.contains(by));
    let name = format!("{id}/{}", segment.versions.len() + 1);
    Ok(Subject::new((name, number, *at), (by.clone(), party), proposal, segment.parties.clone()))
}

fn dropped(subject: &mut Subject, by: &str, done: Done) -> Fits {
    if subject.by != by {
        return Err(format!("`{}` is dropped by whoever proposed it", subject.id));
    }
    subject.no_more(done)
}

/// The id of the proposal that a version of a segment is.
fn id_of(mission: &Mission, segment: &str, number: u32) -> Fits<String> {
    let segment = mission.segment(segment)?;
    let none = || format!("the segment has no version {number}; it has {}", segment.versions.len());
    segment.version(number).map(|v| v.proposal.clone()).ok_or_else(none)
}

fn version_of<'a>(mission: &'a mut Mission, segment: &str, number: u32) -> Fits<&'a mut Subject> {
    let id = id_of(mission, segment, number)?;
    mission.find_mut(&id)
}

#[cfg(test)]
mod tests;
