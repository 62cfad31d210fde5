//! What the map draws: incidents with a place, and the packs' lines and zones.

use std::sync::Arc;

use axum::extract::State;
use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject};
use serde_json::{Value, json};
use trucewatch::incident::Incident;
use trucewatch::pack::Line;

use crate::books::{Answer, Books};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::room::Room;
use crate::visitor::Visitor;

/// Incidents that are drawn, at most: the newest. The others are in the list, and the map says how many.
const MOST: usize = 10_000;

/// `GET /map.json`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Result<Answer, Refusal> {
    let filter = Filter::parse(&query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    drawn(&books, &filter, "")
}

/// The map of some books under a filter, drawn once.
pub(crate) fn drawn(books: &Books, filter: &Filter, root: &str) -> Result<Answer, Refusal> {
    books.answers.get(&format!("{root}/map.json{}", filter.tail()), || draw(books, filter, root))
}

fn draw(books: &Books, filter: &Filter, root: &str) -> Result<Answer, Refusal> {
    let shown = filter.show(books)?;
    let tail = filter.tail();
    let mut features: Vec<Feature> = shown.newest().filter_map(|i| feature(i, books, root, &tail)).collect();
    let left_out = features.len().saturating_sub(MOST);
    features.truncate(MOST);
    let lines = books.record().knowledge().lines().map(|l| line(l, books)).collect();
    let lines = FeatureCollection { bbox: None, features: lines, foreign_members: None };
    let lines = serde_json::to_value(&lines).map_err(|e| Refusal::broken(e.to_string()))?;
    let members: JsonObject =
        [("lines".to_owned(), lines), ("left_out".to_owned(), left_out.into())].into_iter().collect();
    let map = FeatureCollection { bbox: None, features, foreign_members: Some(members) };
    Ok(Answer::new("application/geo+json", map.to_string()))
}

fn feature(incident: &Incident, books: &Books, root: &str, tail: &str) -> Option<Feature> {
    let place = incident.place.as_ref()?.resolved.as_ref()?;
    let geometry = Geometry::new(GeometryValue::new_point([place.lon, place.lat]));
    let parties: Vec<String> = incident.parties.iter().map(|p| books.party(p.as_str())).collect();
    let properties = object(json!({
        "id": incident.id,
        "title": books.title(incident),
        "type": incident.kind.as_str(),
        "standing": incident.standing.as_str(),
        "date_from": incident.date.and_then(|d| d.first_day()).map(|d| d.to_string()),
        "date_to": incident.date.and_then(|d| d.last_day()).map(|d| d.to_string()),
        "precision_km": publish::reach_km(place.precision),
        "href": format!("{root}/incidents/{}{tail}", incident.id),
        "parties": parties,
    }));
    let id = Some(geojson::feature::Id::String(incident.id.clone()));
    Some(Feature { bbox: None, geometry: Some(geometry), id, properties, foreign_members: None })
}

fn line(line: &Line, books: &Books) -> Feature {
    let whose: Vec<String> = line.parties.iter().map(|p| books.party(p.as_str())).collect();
    let properties = object(json!({
        "id": line.id,
        "label": line.label,
        "whose": whose,
        "accuracy_m": line.accuracy_km * 1000.0,
        "source": line.source,
    }));
    let geometry = Some(Geometry::new(GeometryValue::from(&line.geometry)));
    Feature { bbox: None, geometry, id: None, properties, foreign_members: None }
}

fn object(value: Value) -> Option<JsonObject> {
    value.as_object().cloned()
}
