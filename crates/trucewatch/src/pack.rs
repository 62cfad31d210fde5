//! The data files' types: what a pack may say of the world, and how it is read.
//!
//! A pack is a folder of TOML, CSV and GeoJSON files. This module takes their contents as strings; opening the
//! folder is the caller's business.

mod agreement;
mod error;
mod knowledge;
mod load;
mod place;

use jiff::civil::Date;
use serde::Deserialize;

pub use agreement::{
    Agreement, AgreementParty, Effect, Example, Extension, InForce, PartyForce, Suspension, Term, TermKind, Zone,
};
pub use error::PackError;
pub use knowledge::Knowledge;
pub use load::PackFile;
pub(crate) use place::laid_flat;
pub use place::{FeatureKind, Line, PlaceEntry};

/// Id of a party, such as `armenia`: lower case, unique over all packs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct PartyId(std::sync::Arc<str>);

impl PartyId {
    /// The id of outlets, correspondents and a document's own narrator.
    pub const MEDIA: &'static str = "media";
    /// The id of anyone else on record.
    pub const OTHER: &'static str = "other";

    /// Makes an id from its text.
    #[must_use]
    pub fn new(id: &str) -> PartyId {
        PartyId(id.into())
    }

    /// The id's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is nobody with a stake by name: `media` or `other`.
    #[must_use]
    pub fn is_bystander(&self) -> bool {
        matches!(self.as_str(), PartyId::MEDIA | PartyId::OTHER)
    }
}

impl std::fmt::Display for PartyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A state.
    State,
    /// De-facto authorities of a territory.
    Authority,
    /// An armed group or movement.
    ArmedGroup,
    /// An international body, its missions included.
    Body,
    /// A people or population as such.
    People,
    /// The catch-all ids `media` and `other`.
    Catchall,
}

/// A party: who may speak, act or be harmed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// What kind it is.
    pub kind: PartyKind,
    /// Name for readers.
    pub title: String,
    /// Names as reports write them, spelling variants included.
    #[serde(default)]
    pub names: Vec<String>,
    /// Adjectives and words for its people ("Armenian", "Armenians").
    #[serde(default)]
    pub demonyms: Vec<String>,
    /// Capitals and seats that stand for its government.
    #[serde(default)]
    pub seats: Vec<String>,
    /// Bodies, ministries, forces and buildings with names of their own ("Kremlin", "Pentagon", "IDF").
    #[serde(default)]
    pub bodies: Vec<String>,
    /// Words that name it only when written in capitals or with capital first ("US", "Moon").
    #[serde(default)]
    pub exact: Vec<String>,
    /// Country codes (ISO 3166-1 alpha-2) whose places lie in its territory.
    #[serde(default)]
    pub countries: Vec<String>,
}

/// Somebody who holds or held an office.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Official {
    /// Full name in the usual spelling.
    pub name: String,
    /// Other spellings of the full name; surnames alone are derived.
    #[serde(default)]
    pub also: Vec<String>,
    /// Spellings of the surname alone, where they are not the last word of `name`.
    #[serde(default)]
    pub surnames: Vec<String>,
    /// For whom.
    pub party: PartyId,
    /// The office, in plain words ("prime minister", "foreign minister").
    pub office: String,
    /// First day in office.
    pub from: Date,
    /// Last day in office; none for the incumbent when the pack was made.
    pub until: Option<Date>,
}

/// A news agency, paper or station.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Outlet {
    /// Its name.
    pub name: String,
    /// Other spellings.
    #[serde(default)]
    pub also: Vec<String>,
    /// Whether others reprint it.
    #[serde(default)]
    pub agency: bool,
    /// Country code, where it has one.
    pub country: Option<String>,
    /// The movement or party that it is the voice of, where it is more than state-run media.
    pub speaks_for: Option<PartyId>,
}

/// Two sides that reports set against each other, and who is meant by "the rebels" between them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Conflict {
    /// Its id.
    pub id: String,
    /// The two principal sides.
    pub sides: [PartyId; 2],
    /// Others whose names show that a text is about it.
    #[serde(default)]
    pub cues: Vec<PartyId>,
    /// Places and words whose mention shows that a text is about it.
    #[serde(default)]
    pub words: Vec<String>,
    /// Days by which a text that names no year can be dated.
    #[serde(default)]
    pub events: Vec<KnownEvent>,
    /// Common nouns that mean a party here: `rebels = "syrian_opposition"`.
    #[serde(default)]
    pub generic: std::collections::BTreeMap<String, PartyId>,
}

/// Something that happened on a known day, in neutral words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KnownEvent {
    /// First day.
    pub day: Date,
    /// Last day; none where it lasted one.
    pub until: Option<Date>,
    /// What, in neutral words that no side would dispute.
    pub what: String,
    /// Words (lower case) by which reports of its days speak of it.
    #[serde(default)]
    pub signs: Vec<String>,
}

/// What a pack says of itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// Version of the pack format; 1.
    pub schema: u32,
    /// The pack's id, equal to its folder's name.
    pub id: String,
    /// Name for readers.
    pub title: String,
    /// Version of the pack's content, a date.
    pub version: String,
    /// Licence of the pack's own wording.
    pub licence: String,
    /// Where its facts come from.
    pub sources: Vec<String>,
    /// Whether it is knowledge that every reading uses, or one conflict's.
    #[serde(default)]
    pub always: bool,
}

/// One pack, read and checked.
#[derive(Debug, Clone)]
pub struct Pack {
    /// What it says of itself.
    pub manifest: Manifest,
    /// SHA-256 over its files, in hex: which words were read.
    pub fingerprint: String,
    /// `parties.toml`
    pub parties: Vec<Party>,
    /// `officials.toml`
    pub officials: Vec<Official>,
    /// `outlets.toml`
    pub outlets: Vec<Outlet>,
    /// `conflicts.toml`
    pub conflicts: Vec<Conflict>,
    /// `places.csv`
    pub places: Vec<PlaceEntry>,
    /// `lines.geojson`
    pub lines: Vec<Line>,
    /// `agreements/*.toml`
    pub agreements: Vec<Agreement>,
}
