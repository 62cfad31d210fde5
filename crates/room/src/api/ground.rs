//! The ground of a mission by the API: who watched the line, plans for posts, the border.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use line::shapes as drawn;
use publish::v1;
use serde_json::{Value, json};

use super::mission::{Answer, looked_at};
use super::page;
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::pages::border::beside;
use crate::pages::mission::Looked;
use crate::pages::posts::{Asked, Watched, mapped};
use crate::pages::{plans as planned, posts};
use crate::room::Room;
use crate::visitor::Visitor;

fn geojson(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/geo+json")], text).into_response()
}

/// `GET /api/v1/mission/coverage`.
pub(crate) async fn watched(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Answer<Watched> {
    let (filter, looked) = looked_at(&room, &visitor, &query).await?;
    let Some(looked) = looked else { return Ok(Json(Watched::default())) };
    let asked = Asked::of(&room, &visitor, &looked, &filter).await?;
    Ok(Json(posts::watched(&asked).await?))
}

/// `GET /api/v1/mission/coverage.geojson`.
pub(crate) async fn watched_shapes(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Result<Response, Refusal> {
    let (filter, looked) = looked_at(&room, &visitor, &query).await?;
    let Some(looked) = looked else { return Ok(geojson(drawn::write(Vec::new()))) };
    Ok(geojson(mapped(&Asked::of(&room, &visitor, &looked, &filter).await?).await?))
}

/// `GET /api/v1/mission/plans`.
pub(crate) async fn plans(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Answer<v1::Page<Value>> {
    let (filter, looked) = looked_at(&room, &visitor, &query).await?;
    let one = |p: &mission::watch::Planned| json!({"id": p.id, "entry": p.entry, "at": ledger::written(p.at), "by": p.by, "proven_best": p.plan.is_best(), "plan": p.plan});
    let all = |l: &Looked| planned::plans(l).into_iter().map(one).collect();
    let items: Vec<Value> = looked.as_ref().map_or_else(Vec::new, all);
    Ok(Json(page(items, |p| p["id"].as_str().unwrap_or_default(), &filter)?))
}

/// `GET /api/v1/mission/plans.geojson`.
pub(crate) async fn plan_shapes(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Result<Response, Refusal> {
    let (filter, looked) = looked_at(&room, &visitor, &query).await?;
    let wanted = filter.rest.get("plan").map(String::as_str);
    let Some(looked) = looked.filter(Looked::sees_plans) else { return Ok(geojson(drawn::write(Vec::new()))) };
    let asked = Asked::of(&room, &visitor, &looked, &Filter::default()).await?;
    Ok(geojson(planned::mapped(&looked, &asked, wanted)))
}

/// `GET /api/v1/mission/border`.
pub(crate) async fn segments(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Answer<Value> {
    let (_, looked) = looked_at(&room, &visitor, &query).await?;
    let ground = looked.as_ref().map(|l| l.sight().ground()).unwrap_or_default();
    let bare = |l: &Looked, segment: &mission::border::Segment| {
        let mut told = exports::border::segment(&ground, segment);
        if !l.sight().whole_segment(segment) {
            told["waits"] = json!([]);
        }
        told
    };
    let of = |l: &Looked| ground.segments.values().map(|s| bare(l, s)).collect::<Vec<_>>();
    let segments = looked.as_ref().map_or_else(Vec::new, of);
    let progress = mission::border::progress::progress(&ground);
    Ok(Json(json!({"crs": "EPSG:4326", "segments": segments, "progress": progress})))
}

/// `GET /api/v1/mission/border.geojson`.
pub(crate) async fn shapes(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Result<Response, Refusal> {
    let (_, looked) = looked_at(&room, &visitor, &query).await?;
    let ground = looked.as_ref().map(|l| l.sight().ground()).unwrap_or_default();
    Ok(geojson(exports::border::geojson(&ground)))
}

/// Two lines that an address names.
async fn two(room: &Arc<Room>, visitor: &Visitor, query: &Query) -> Result<line::border::SideBySide, Refusal> {
    let (filter, looked): (Filter, _) = looked_at(room, visitor, query).await?;
    let looked = looked.ok_or_else(|| Refusal::missing("there is no mission yet"))?;
    Ok(beside(room, visitor, &looked, &filter).await?.1)
}

/// `GET /api/v1/mission/border/compare`.
pub(crate) async fn compared(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Answer<Value> {
    Ok(Json(two(&room, &visitor, &query).await?.json()))
}

/// `GET /api/v1/mission/border/compare.geojson`.
pub(crate) async fn compared_shapes(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Result<Response, Refusal> {
    Ok(geojson(two(&room, &visitor, &query).await?.geojson()))
}
