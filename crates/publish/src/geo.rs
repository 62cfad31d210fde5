//! Incidents as GeoJSON (RFC 7946).

use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject};
use trucewatch::incident::Incident;

use crate::v1;

/// Incidents with a place on the map as points, each with its wire form as properties. Where no claim gives a place
/// that was found, there is no point: none is made up.
#[must_use]
pub fn geojson(incidents: &[Incident]) -> String {
    let features = incidents.iter().filter_map(feature).collect();
    FeatureCollection { bbox: None, features, foreign_members: None }.to_string()
}

fn feature(incident: &Incident) -> Option<Feature> {
    let place = incident.place.as_ref()?.resolved.as_ref()?;
    let geometry = Geometry::new(GeometryValue::new_point([place.lon, place.lat]));
    let properties: Option<JsonObject> =
        serde_json::to_value(v1::Incident::new(incident)).ok().and_then(|value| value.as_object().cloned());
    let id = Some(geojson::feature::Id::String(incident.id.clone()));
    Some(Feature { bbox: None, geometry: Some(geometry), id, properties, foreign_members: None })
}

/// Kilometres round a point within which the thing may be, by UCDP precision: the place itself, near it, a district, a
/// province, a region, a country. Round figures, to be drawn as areas; none where it is not known.
#[must_use]
pub fn reach_km(precision: u8) -> Option<f64> {
    match precision {
        1 => Some(2.0),
        2 => Some(25.0),
        3 => Some(40.0),
        4 => Some(80.0),
        5 => Some(120.0),
        6 => Some(300.0),
        _ => None,
    }
}
