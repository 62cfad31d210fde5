//! Field reports: what observers heard and saw, or did not, from where, and who kept them from looking.
//!
//! A report comes as a row of named fields, from a command, a form or a table ([`row`]); it is told in words
//! ([`tell`]), and its claims are these words.

mod range;
pub mod row;
pub mod sector;
pub mod sheet;
pub mod tell;
mod thing;
pub mod xlsform;

pub use range::{Bearing, Range};
pub use thing::{THINGS, Thing};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A field report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// The id that a device gave it, by which it is known again when it is sent twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The observers' own number for it.
    pub number: String,
    /// Who reports: a post, a patrol, a person.
    pub observer: String,
    /// From where.
    pub position: Position,
    /// From when.
    pub from: Timestamp,
    /// To when.
    pub until: Timestamp,
    /// The local time in which it was written down, such as `-08:00`.
    pub zone: String,
    /// What it says.
    pub content: Content,
    /// Remarks in the observers' words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remarks: String,
    /// Pictures and recordings, by hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// Where observers stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Position {
    /// In words, such as `Post 9, Hollin`.
    pub name: String,
    /// Degrees north and east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<[f64; 2]>,
    /// Metres by which the point may be off.
    #[serde(default)]
    pub uncertainty_m: f64,
    /// The party that controls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controlled_by: Option<String>,
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Content {
    /// Something was observed.
    Observation(Box<Observation>),
    /// It was looked and listened, and nothing was observed.
    Nil,
    /// Observers were kept from going or looking somewhere.
    Access(Access),
}

/// What was observed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Observation {
    /// By which sense or means.
    pub how: How,
    /// What: the id of one of [`THINGS`].
    pub thing: String,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Range>,
    /// In which direction from the observers, in degrees clockwise from north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bearing: Option<Bearing>,
    /// How far from them, in kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<Range>,
    /// Where, by name, if the observers can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Of which weapon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weapon: Option<String>,
    /// Towards where it went, in degrees clockwise from north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Bearing>,
    /// Whether weapon and kind are assessed; else they are undetermined.
    #[serde(default)]
    pub assessed: bool,
    /// The party whose people were seen doing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doer: Option<String>,
    /// Whether it was an exercise.
    #[serde(default)]
    pub training: Training,
    /// Dead that were seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killed: Option<Range>,
    /// Wounded that were seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wounded: Option<Range>,
}

/// By which sense or means something was observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// By ear.
    Heard,
    /// By eye.
    Saw,
    /// By a camera.
    Camera,
    /// By radar or another sensor.
    Sensor,
}

/// Whether something was an exercise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Training {
    /// It is not known.
    #[default]
    Unknown,
    /// It was.
    Yes,
    /// It was not.
    No,
}

/// How observers were kept from going or looking somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Access {
    /// How.
    pub what: Hindrance,
    /// By which party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Where.
    pub place: String,
    /// For how many minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// With which reason given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How observers were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hindrance {
    /// They were turned back.
    Denied,
    /// They were let through later.
    Delayed,
}

/// A picture or recording. Its bytes and what a camera wrote into them lie elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Attachment {
    /// Name of its file.
    pub name: String,
    /// SHA-256 of its bytes, in hex; none where the file was not at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Number of its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
}

impl Report {
    /// What was observed, where anything was.
    #[must_use]
    pub fn observation(&self) -> Option<&Observation> {
        match &self.content {
            Content::Observation(observation) => Some(observation),
            Content::Nil | Content::Access(_) => None,
        }
    }

    /// The local time in which it was written down.
    #[must_use]
    pub fn local(&self, time: Timestamp) -> jiff::Zoned {
        let offset = crate::mandate::offset(&self.zone).unwrap_or(jiff::tz::Offset::UTC);
        time.to_zoned(offset.to_time_zone())
    }
}

impl Observation {
    /// The thing that was observed.
    #[must_use]
    pub fn what(&self) -> Option<&'static Thing> {
        Thing::of(&self.thing)
    }
}
