//! The public view: the brief, the incidents, map and timeline, with what is to be hidden left out.

use std::sync::Arc;

use axum::extract::{Path, State};

use super::{Page, incident, incidents, map, timeline, today};
use crate::books::{Answer, Books, Days, Wanted};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

/// The filter of an address without what the public may not ask for, and the books under it.
pub(super) async fn shown(
    room: &Arc<Room>,
    query: &Query,
    days: Option<Days>,
) -> Result<(Filter, Arc<Books>), Refusal> {
    let filter = Filter { source: None, review: None, as_of: None, ..Filter::parse(query)? };
    let wanted = filter.wanted(Some(room.accounts.settings()?))?;
    let days = days.filter(|_| filter.from.is_none() && filter.to.is_none()).unwrap_or(wanted.days);
    let books = room.books(None, Wanted { days, ..wanted }).await?;
    Ok((filter, books))
}

pub(super) fn frame(room: &Room, visitor: &Visitor, title: &str, nav: &'static str, books: &Books) -> Frame {
    let (may_work, may_review) = (false, false);
    Frame { is_public: true, may_work, may_review, done: None, ..Frame::of(room, visitor, title, nav, books) }
}

/// `GET /public`.
pub(crate) async fn brief(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let (_, books) = shown(&room, &query, Some(Days::Brief)).await?;
    today::public(frame(&room, &visitor, "Brief", "/public", &books), &books)
}

/// `GET /public/incidents`.
pub(crate) async fn list(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let (filter, books) = shown(&room, &query, None).await?;
    incidents::page(frame(&room, &visitor, "Incidents", "/public/incidents", &books), &books, filter)
}

/// `GET /public/incidents/{id}`.
pub(crate) async fn one(State(room): State<Arc<Room>>, visitor: Visitor, Path(id): Path<String>, query: Query) -> Page {
    let (filter, books) = shown(&room, &query, None).await?;
    let found = books.incident(&id).ok_or_else(|| incident::unknown(&id))?;
    let frame = frame(&room, &visitor, &books.title(found), "/public/incidents", &books);
    incident::shown(frame, &books, found, &filter, Vec::new())
}

/// `GET /public/map.json`.
pub(crate) async fn map_data(State(room): State<Arc<Room>>, query: Query) -> Result<Answer, Refusal> {
    let (filter, books) = shown(&room, &query, None).await?;
    map::drawn(&books, &filter, "/public")
}

/// `GET /public/timeline.json`.
pub(crate) async fn timeline_data(State(room): State<Arc<Room>>, query: Query) -> Result<Answer, Refusal> {
    let (filter, books) = shown(&room, &query, None).await?;
    timeline::drawn(&books, &filter, "/public")
}
