//! What the timeline draws: incidents as intervals of civil days, and those without a day.

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Value, json};
use trucewatch::incident::Incident;

use crate::books::{Answer, Books};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::room::Room;
use crate::visitor::Visitor;

/// Incidents that are drawn, at most: the newest of those with a day, and as many without one.
const MOST: usize = 5_000;

/// `GET /timeline.json`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Result<Answer, Refusal> {
    let filter = Filter::parse(&query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    drawn(&books, &filter, "")
}

/// The timeline of some books under a filter, drawn once.
pub(crate) fn drawn(books: &Books, filter: &Filter, root: &str) -> Result<Answer, Refusal> {
    books.answers.get(&format!("{root}/timeline.json{}", filter.tail()), || draw(books, filter, root))
}

fn draw(books: &Books, filter: &Filter, root: &str) -> Result<Answer, Refusal> {
    let shown = filter.show(books)?;
    let tail = filter.tail();
    let items = |all: &[&Incident]| all.iter().map(|i| item(i, books, root, &tail)).collect::<Vec<_>>();
    let newest = |all: &[&Incident]| items(all.get(all.len().saturating_sub(MOST)..).unwrap_or_default());
    let left_out = shown.dated.len().saturating_sub(MOST) + shown.undated.len().saturating_sub(MOST);
    let (dated, undated) = (newest(&shown.dated), newest(&shown.undated));
    Answer::json(&json!({"items": dated, "undated": undated, "left_out": left_out}))
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
