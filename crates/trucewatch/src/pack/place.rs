//! Places and lines as a pack lists them.

use geo::{Coord, Distance, Euclidean, MapCoords, Point};
use serde::Deserialize;

use super::PartyId;

/// What kind of a thing a place name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeatureKind {
    /// City, town, village.
    Settlement,
    /// District or rayon.
    District,
    /// Province, region of a state.
    Province,
    /// Country.
    Country,
    /// Region without fixed borders, historical or disputed.
    Region,
    /// Height, mountain, pass.
    Height,
    /// River, lake, reservoir, sea.
    Water,
    /// Road, corridor, crossing, bridge.
    Road,
    /// Border or line of contact.
    Line,
    /// Post, base, camp, facility.
    Site,
}

/// One place of `places.csv`: `id,name,also,kind,lat,lon,precision,country,within,source`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceEntry {
    /// Id, unique in the pack; a GeoNames number where there is one (`gn616052`).
    pub id: String,
    /// The usual name; with `also`, every name stands for itself and none corrects another.
    pub name: String,
    /// Other names, in any script, separated by `|`.
    #[serde(default, deserialize_with = "split_bar")]
    pub also: Vec<String>,
    /// What it is.
    pub kind: FeatureKind,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// UCDP precision of the coordinates (1 exact point … 6 country).
    pub precision: u8,
    /// Country code by international recognition, empty where a thing lies in several.
    #[serde(default)]
    pub country: String,
    /// Id of the place that it lies in, empty if none is listed.
    #[serde(default)]
    pub within: String,
    /// Where the coordinates come from.
    pub source: String,
}

fn split_bar<'de, D: serde::Deserializer<'de>>(de: D) -> Result<Vec<String>, D::Error> {
    let text = String::deserialize(de)?;
    Ok(text.split('|').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect())
}

/// A labelled line or zone of `lines.geojson`.
#[derive(Debug, Clone)]
pub struct Line {
    /// Id, unique in the pack.
    pub id: String,
    /// Whose line it is, in words for the map's legend.
    pub label: String,
    /// Names under which reports speak of it ("line of contact", "the border").
    pub names: Vec<String>,
    /// Parties that it parts or joins.
    pub parties: Vec<PartyId>,
    /// Whose side lies on the left of somebody who follows the line as it is drawn.
    pub left: Option<PartyId>,
    /// Whose side lies on the right.
    pub right: Option<PartyId>,
    /// How far the drawn line may lie from the real one, in kilometres.
    pub accuracy_km: f64,
    /// Where the geometry comes from.
    pub source: String,
    /// The drawn line or zone, in degrees east and north.
    pub geometry: geo::Geometry<f64>,
}

/// Kilometres in a degree of latitude.
const DEGREE_KM: f64 = 111.2;

impl Line {
    /// Kilometres from a point to the line, or to the zone's edge; nought within a zone.
    #[must_use]
    pub fn km_to(&self, lat: f64, lon: f64) -> f64 {
        Euclidean.distance(&Point::new(0.0, 0.0), &laid_flat(Point::new(lon, lat), &self.geometry))
    }
}

/// A drawing in kilometres round a point. The map is laid flat there, which is exact enough (below one in a hundred)
/// for the few hundred kilometres that matter.
pub(crate) fn laid_flat(round: Point, drawing: &geo::Geometry<f64>) -> geo::Geometry<f64> {
    let shrink = round.y().to_radians().cos();
    drawing.map_coords(|c| Coord { x: (c.x - round.x()) * shrink * DEGREE_KM, y: (c.y - round.y()) * DEGREE_KM })
}
