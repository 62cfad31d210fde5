//! Incidents as GeoJSON (RFC 7946), those without a place among them: their geometry is null.

use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject};
use publish::v1;
use serde_json::{Value, json};
use trucewatch::incident::Incident;

use crate::matter::Matter;

/// What is shown, with `about` beside the features.
#[must_use]
pub(crate) fn write(matter: &Matter<'_>) -> Vec<u8> {
    let features = matter.incidents.iter().map(|i| feature(matter, i)).collect();
    let about = json!({ "about": matter.about });
    let foreign_members = about.as_object().cloned();
    FeatureCollection { bbox: None, features, foreign_members }.to_string().into_bytes()
}

fn feature(matter: &Matter<'_>, incident: &Incident) -> Feature {
    let resolved = incident.place.as_ref().and_then(|p| p.resolved.as_ref());
    let geometry = resolved.map(|r| Geometry::new(GeometryValue::new_point([r.lon, r.lat])));
    let id = Some(geojson::feature::Id::String(incident.id.clone()));
    let mut properties = wire(incident, matter.about.is_public);
    let day = |d: Option<jiff::civil::Date>| d.map_or(Value::Null, |d| d.to_string().into());
    properties.insert("date_from".to_owned(), day(incident.date.and_then(|d| d.first_day())));
    properties.insert("date_to".to_owned(), day(incident.date.and_then(|d| d.last_day())));
    properties.insert("precision_km".to_owned(), resolved.and_then(|r| publish::reach_km(r.precision)).into());
    properties.insert("review".to_owned(), matter.review(incident).into());
    Feature { bbox: None, geometry, id, properties: Some(properties), foreign_members: None }
}

/// The wire form; for the public without what leads to documents.
fn wire(incident: &Incident, is_public: bool) -> JsonObject {
    let mut wire = v1::Incident::new(incident);
    if is_public {
        wire.claims.clear();
        wire.why.clear();
        wire.voices.iter_mut().for_each(|v| v.claims.clear());
        for origin in &mut wire.origins {
            origin.documents.clear();
            origin.why.clear();
        }
    }
    serde_json::to_value(wire).ok().and_then(|value| value.as_object().cloned()).unwrap_or_default()
}
