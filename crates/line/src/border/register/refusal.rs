//! Why an entry changes nothing.

use crate::course::Unfit;

/// Why an entry is refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Opened before.
    #[error("the segment `{0}` was opened before")]
    SegmentOpened(String),
    /// Never opened; those that are.
    #[error("no segment `{0}` was opened")]
    NoSegment(String, Vec<String>),
    /// Opened without those who must consent.
    #[error("a segment needs the parties whose consents it needs, at least two and each once; it names {0}")]
    Parties(usize),
    /// A precondition that cannot be met.
    #[error("the precondition `{0}` is named twice, has nobody to confirm it, or comes before nothing")]
    Precondition(String),
    /// A line that is none.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// In other coordinates.
    #[error("the coordinate system is {0}, and only EPSG:4326 is read")]
    Coordinates(String),
    /// An enclave of nobody on either side.
    #[error("an enclave is `{0}`'s, and the line says neither that it lies on its left nor on its right")]
    Holder(String),
    /// Somebody answers who is not asked.
    #[error("`{0}` is not asked: the segment needs the consents of {parties}", parties = .1.join(", "))]
    NotAsked(String, Vec<String>),
    /// Without words.
    #[error("an answer needs the words in which it was given")]
    NoWords,
    /// Of a version that is not there.
    #[error("the segment has no version {0}; it has {1}")]
    NoVersion(u32, usize),
    /// Of a precondition that is not there, or by somebody who has no say in it.
    #[error("`{by}` does not confirm `{id}` in this segment{}", waited_for(.known))]
    NotConfirmer {
        /// Who.
        by: String,
        /// What.
        id: String,
        /// What the segment has, and who confirms it.
        known: Vec<String>,
    },
    /// Not confirmed before.
    #[error("`{0}` has not confirmed `{1}`, and cannot take that back")]
    NotConfirmed(String, String),
    /// The step before is not done.
    #[error("version {version} is not {needed}; it waits for {}", .waits.join("; "))]
    NotYet {
        /// Which.
        version: u32,
        /// What it has to be first.
        needed: &'static str,
        /// What for.
        waits: Vec<String>,
    },
    /// A pillar's number that is nought or taken.
    #[error("pillar {0} stands already, or is no number from 1")]
    PillarNumber(u32),
    /// A pillar elsewhere.
    #[error("pillar {number} stands {metres:.0} m from the line, and at most {} m are allowed", super::PILLAR_M)]
    PillarFar {
        /// Which.
        number: u32,
        /// How far.
        metres: f64,
    },
    /// A row of pillars with gaps.
    #[error("pillars are missing: {}", numbers(.0))]
    Pillars(Vec<u32>),
}

impl Refusal {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Refusal::NoSegment(_, known) if known.is_empty() => "open it with an entry `open` first".to_owned(),
            Refusal::NoSegment(_, known) => format!("segments are {}", known.join(", ")),
            Refusal::Unfit(unfit) => unfit.hint().to_owned(),
            Refusal::Coordinates(_) => "convert it first, such as with `ogr2ogr -t_srs EPSG:4326`".to_owned(),
            Refusal::Holder(_) => "give the line `left` and `right`".to_owned(),
            Refusal::NotYet { .. } => "record what it waits for first".to_owned(),
            Refusal::SegmentOpened(_) => {
                "versions are proposed within a segment; give another segment another id".to_owned()
            }
            Refusal::NoWords => "quote them in `words`".to_owned(),
            _ => "entries are never changed: make a new one that is right".to_owned(),
        }
    }
}

fn waited_for(known: &[String]) -> String {
    if known.is_empty() {
        "; it has no preconditions".to_owned()
    } else {
        format!("; it waits for {}", known.join("; "))
    }
}

fn numbers(missing: &[u32]) -> String {
    if missing.is_empty() {
        return "none stands".to_owned();
    }
    missing.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}
