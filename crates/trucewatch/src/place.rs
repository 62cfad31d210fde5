//! Names of places as written, what they can mean, and the choice.

/// What a place name resolves to.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// Id of the gazetteer entry.
    pub id: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Country code (ISO 3166-1 alpha-2), empty where it lies in several.
    pub country: String,
    /// UCDP precision, 1 exact point … 6 country.
    pub precision: u8,
    /// Why this entry was chosen, in words.
    pub why: String,
}
