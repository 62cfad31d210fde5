//! Missions by the API: what the pages of a mission show, filtered by the same table of roles, and what they take.

mod wire;

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use mission::field::Attachment;
use mission::field::row::Row;
use publish::v1;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{body, page};
use crate::accounts::Part;
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::pages::field_form::{reporter, take};
use crate::pages::mission::{Looked, known, stated, submitted};
use crate::pages::{field, verification};
use crate::room::Room;
use crate::visitor::Visitor;

pub(super) type Answer<T> = Result<Json<T>, Refusal>;

/// The mission that an address asks for; none where the ledger has none and none is named.
pub(super) async fn looked_at(
    room: &Arc<Room>,
    visitor: &Visitor,
    query: &Query,
) -> Result<(Filter, Option<Looked>), Refusal> {
    let filter = Filter::parse(query)?;
    let is_empty = room.missions().await?.book.missions.is_empty();
    if is_empty && !filter.rest.contains_key("mission") {
        return Ok((filter, None));
    }
    Ok((filter, Some(Looked::at(room, visitor, query).await?)))
}

/// `GET /api/v1/mission`.
pub(crate) async fn missions(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Answer<v1::Page<wire::Mission>> {
    let filter = Filter::parse(&query)?;
    let missions = room.missions().await?;
    let mut items = Vec::new();
    for id in missions.book.missions.keys() {
        items.push(wire::Mission::new(&Looked::of(&room, &visitor, Some(id)).await?));
    }
    Ok(Json(page(items, |m| m.id.as_str(), &filter)?))
}

/// `GET /api/v1/mission/proposals`.
pub(crate) async fn proposals(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Answer<v1::Page<wire::Proposal>> {
    let (filter, looked) = looked_at(&room, &visitor, &query).await?;
    let all = |l: &Looked| l.sight().subjects().map(|s| wire::Proposal::new(l, s)).collect();
    Ok(Json(page(looked.as_ref().map_or_else(Vec::new, all), |p| p.id.as_str(), &filter)?))
}

/// `GET /api/v1/mission/words`.
pub(crate) async fn words(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Answer<v1::Page<wire::Word>> {
    let (filter, looked) = looked_at(&room, &visitor, &query).await?;
    let all = |l: &Looked| l.sight().words().map(wire::Word::new).collect();
    Ok(Json(page(looked.as_ref().map_or_else(Vec::new, all), |w: &wire::Word| w.id.as_str(), &filter)?))
}

/// `GET /api/v1/mission/reports`.
pub(crate) async fn reports(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Answer<v1::Page<wire::FieldReport>> {
    let (filter, looked) = looked_at(&room, &visitor, &query).await?;
    let all = |l: &Looked| field::seen(l).map(|t| wire::FieldReport::new(l, t)).collect();
    Ok(Json(page(looked.as_ref().map_or_else(Vec::new, all), |r| r.id.as_str(), &filter)?))
}

/// `GET /api/v1/mission/reports.geojson`.
pub(crate) async fn shapes(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Result<Response, Refusal> {
    let (filter, looked) = looked_at(&room, &visitor, &query).await?;
    let wanted = filter.rest.get("document");
    let is_wanted = |d: &str| wanted.is_none_or(|w| w == d);
    let of = |l: &Looked| -> Vec<Value> {
        field::seen(l).filter(|t| is_wanted(&t.document)).filter_map(|t| field::shape(l, t)).collect()
    };
    let features = looked.as_ref().map_or_else(Vec::new, of);
    let map = json!({"type": "FeatureCollection", "features": features});
    Ok(([(header::CONTENT_TYPE, "application/geo+json")], map.to_string()).into_response())
}

/// `GET /api/v1/mission/allegations`.
pub(crate) async fn allegations(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Answer<v1::Page<wire::Allegation>> {
    let (filter, looked) = looked_at(&room, &visitor, &query).await?;
    let all = |l: &Looked| verification::cases(l).map(|c| wire::Allegation::new(l, c)).collect();
    Ok(Json(page(looked.as_ref().map_or_else(Vec::new, all), |a| a.id.as_str(), &filter)?))
}

/// `GET /api/v1/mission/report`.
pub(crate) async fn report(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Answer<wire::MissionReport> {
    let (filter, looked) = (Filter::parse(&query)?, Looked::at(&room, &visitor, &query).await?);
    let (day, laid) = verification::laid_out(&room, &looked, &filter).await?;
    Ok(Json(wire::MissionReport::new(day, laid)))
}

/// `GET /api/v1/mission/exchanges`.
pub(crate) async fn exchange(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Answer<wire::Exchanges> {
    let (_, looked) = looked_at(&room, &visitor, &query).await?;
    Ok(Json(looked.as_ref().map_or_else(wire::Exchanges::default, wire::Exchanges::new)))
}

/// A field report that is sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SentReport {
    #[serde(default)]
    id: Option<String>,
    fields: Row,
    #[serde(default)]
    attachments: Vec<Attachment>,
}

/// `POST /api/v1/mission/reports`: one that was sent before under the same id is not taken again.
pub(crate) async fn add_report(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    bytes: Bytes,
) -> Result<(StatusCode, Json<wire::Kept>), Refusal> {
    let (by, part) = reporter(&visitor)?;
    let SentReport { id, mut fields, attachments } = body(&bytes)?;
    fields.retain(|_, value| !value.trim().is_empty());
    fields.extend(id.map(|id| ("instanceid".to_owned(), id)));
    let kept = take(&room, &by, &part, fields, attachments).await?;
    let status = if kept.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(wire::Kept { id: kept.document, entry: kept.entry, is_new: kept.is_new })))
}

/// A statement that was signed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signed {
    note: String,
}

/// `POST /api/v1/mission/statements`.
pub(crate) async fn state(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    bytes: Bytes,
) -> Result<(StatusCode, Json<wire::Kept>), Refusal> {
    let (by, part): (_, Part) = known(&visitor)?;
    let sent: Map<String, Value> = body(&bytes)?;
    // What has a note is one, and is not tried as an act: an act with a note beside it would lose one of the two.
    let entered = if sent.contains_key("note") {
        submitted(&room, &by, &part, body::<Signed>(&bytes)?.note).await?
    } else {
        stated(&room, &by, &part, body(&bytes)?).await?
    };
    let status = if entered.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(wire::Kept { id: entered.id, entry: entered.entry, is_new: entered.is_new })))
}
