//! What the timeline draws: incidents as intervals of civil days, and those without a day.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use trucewatch::incident::Incident;

use crate::books::Books;
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::room::Room;

/// `GET /timeline.json`.
pub(crate) async fn get(State(room): State<Arc<Room>>, query: Query) -> Result<Json<Value>, Refusal> {
    let filter = Filter::parse(&query)?;
    let books = room.books(filter.wanted(None)?).await?;
    drawn(&books, &filter, "")
}

/// The timeline of some books under a filter.
pub(crate) fn drawn(books: &Books, filter: &Filter, root: &str) -> Result<Json<Value>, Refusal> {
    let shown = filter.show(books)?;
    let tail = filter.tail();
    let items = |all: &[&Incident]| all.iter().map(|i| item(i, books, root, &tail)).collect::<Vec<_>>();
    Ok(Json(json!({"items": items(&shown.dated), "undated": items(&shown.undated)})))
}

fn item(incident: &Incident, books: &Books, root: &str, tail: &str) -> Value {
    json!({
        "id": incident.id,
        "title": books.title(incident),
        "href": format!("{root}/incidents/{}{tail}", incident.id),
        "from": incident.date.and_then(|d| d.first_day()).map(|d| d.to_string()),
        "to": incident.date.and_then(|d| d.last_day()).map(|d| d.to_string()),
        "approximate": incident.date.is_some_and(|d| d.approx),
        "standing": incident.standing.as_str(),
        "type": incident.kind.as_str(),
        "place": incident.place.as_ref().map(|p| p.name.clone()),
    })
}
