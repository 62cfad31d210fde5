//! A document on the wire: what was read in it, layer by layer.

use serde::{Deserialize, Serialize};

use super::Claim;

/// One document. Offsets count code points.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// SHA-256 of its text, in hex.
    #[serde(default)]
    pub id: String,
    /// Its name.
    pub doc: String,
    /// Day or interval of publication (EDTF).
    pub published: Option<String>,
    /// What could not be read, or was read with doubt.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Who said what.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// Time expressions.
    #[serde(default)]
    pub dates: Vec<Date>,
    /// Names of places.
    #[serde(default)]
    pub places: Vec<PlaceName>,
    /// Claims.
    pub claims: Vec<Claim>,
}

/// One doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// First code point; none where it is about the whole document.
    pub start: Option<usize>,
    /// One past the last code point.
    pub end: Option<usize>,
    /// Which check raised it.
    pub code: String,
    /// What.
    pub message: String,
}

/// Who said something, in which words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Words that name the speaker.
    pub source: Vec<[usize; 2]>,
    /// Words that say that something was said.
    pub cue: Vec<[usize; 2]>,
    /// What was said.
    pub content: Vec<[usize; 2]>,
    /// The speaker as named.
    pub speaker: String,
    /// For whom it speaks.
    pub speaker_party: Option<String>,
    /// The chain that carried it, nearest to the speaker last.
    pub via: Vec<String>,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// TimeML type, such as `DATE`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it means.
    pub value: String,
}

/// A name of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceName {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// As written.
    pub name: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames number.
    pub geonames: Option<String>,
    /// UCDP precision.
    pub precision: Option<u8>,
}
