//! The register of a border: entries in the order in which they were made, replayed into segments, their versions and
//! who consents. Nothing is overwritten; an entry that the rules do not allow is refused with its reason and changes
//! nothing.

mod entry;
mod refusal;
mod segment;

pub use entry::{Act, Drawn, DrawnEnclave, Entry, Precondition};
pub use refusal::Refusal;
pub use segment::{Pillar, Segment, Standing, Version, Waits};

use std::collections::BTreeMap;

/// How far a pillar may stand from the line that it marks, in metres.
pub const PILLAR_M: f64 = 100.0;

/// All segments, by id, as the entries so far leave them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Register {
    segments: BTreeMap<String, Segment>,
}

impl Register {
    /// Replays entries in order. What is refused is given back with its place, counted from nought.
    #[must_use]
    pub fn replay(entries: &[Entry]) -> (Register, Vec<(usize, Refusal)>) {
        let mut register = Register::default();
        let refused = entries.iter().enumerate().filter_map(|(i, e)| Some((i, register.apply(e).err()?))).collect();
        (register, refused)
    }

    /// Applies one entry.
    ///
    /// # Errors
    /// Where the rules do not allow it; then nothing has changed.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Refusal> {
        let segment = entry.segment.as_str();
        if let Act::Open { title, parties, preconditions, reference } = &entry.act {
            if self.segments.contains_key(segment) {
                return Err(Refusal::SegmentOpened(segment.to_owned()));
            }
            let opened = Segment::open(title, parties, preconditions, reference.as_deref())?;
            self.segments.insert(segment.to_owned(), opened);
            return Ok(());
        }
        match self.segments.get_mut(segment) {
            Some(found) => found.apply(entry),
            None => Err(Refusal::NoSegment(segment.to_owned(), self.segments.keys().cloned().collect())),
        }
    }

    /// Segments by id.
    pub fn segments(&self) -> impl Iterator<Item = (&str, &Segment)> {
        self.segments.iter().map(|(id, segment)| (id.as_str(), segment))
    }

    /// One segment.
    #[must_use]
    pub fn segment(&self, id: &str) -> Option<&Segment> {
        self.segments.get(id)
    }
}

#[cfg(test)]
mod tests;
