//! Documents by the API: listed, one with its claims, and added.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::keep::{Fresh, Item, Keeper};
use ledger::{Listed, Recalled};
use publish::v1;
use serde::{Deserialize, Serialize};
use trucewatch::document::{Meta, Positions};

use super::{body, limit};
use crate::error::Refusal;
use crate::filter::{Filter, Query, as_of};
use crate::pages::documents::listed_to;
use crate::room::{Room, aside};
use crate::visitor::Visitor;

/// A document in a list.
#[derive(Serialize)]
pub(crate) struct Report {
    entry: u64,
    id: String,
    name: String,
    outlet: Option<String>,
    published: Option<String>,
    claims: u64,
}

impl Report {
    fn new(listed: Listed) -> Report {
        let Listed { entry, id, name, outlet, day, claims } = listed;
        Report { entry, id, name, outlet, published: Some(day).filter(|d| !d.is_empty()), claims }
    }
}

/// `GET /api/v1/documents`.
pub(crate) async fn all(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Result<Json<v1::Page<Report>>, Refusal> {
    let filter = Filter::parse(&query)?;
    let limit = limit(&filter)?;
    let before = filter.after.as_deref().map(str::parse::<u64>).transpose();
    let before = before.map_err(|_| Refusal::wrong("after: it is no number of an entry"))?;
    let held = Arc::clone(&room);
    let page = room.read(move |ledger| {
        let moment = ledger.moment(filter.as_of.as_deref().map(as_of).transpose()?)?;
        let mut found = listed_to(&held.sight_in(ledger, &visitor)?, ledger, before, limit + 1, moment)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|l| l.entry.to_string());
        Ok(v1::Page { items: found.into_iter().map(Report::new).collect(), next })
    });
    Ok(Json(page.await?))
}

/// `GET /api/v1/documents/{id}`.
pub(crate) async fn one(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(id): Path<String>,
    query: Query,
) -> Result<Json<v1::Document>, Refusal> {
    let filter = Filter::parse(&query)?;
    let held = Arc::clone(&room);
    let document = room.read(move |ledger| {
        let moment = ledger.moment(filter.as_of.as_deref().map(as_of).transpose()?)?;
        let id = ledger.document_id(&id)?;
        let gone = || Refusal::missing(format!("document `{id}` is not there, or was removed by policy"));
        let sight = held.sight_in(ledger, &visitor)?;
        let recalled = ledger.recall(&id, moment)?.filter(|_| sight.shows(&id));
        let Recalled { source, claims, .. } = recalled.ok_or_else(gone)?;
        let at = Positions::new(&source.text);
        let note = |n: &trucewatch::note::Note| v1::Note {
            start: n.span.map(|s| at.code_point(s.start)),
            end: n.span.map(|s| at.code_point(s.end)),
            code: n.code.to_owned(),
            message: n.message.clone(),
        };
        let settled = ledger.settled(&id, claims, moment)?;
        Ok(v1::Document {
            id,
            doc: source.name.clone(),
            published: source.published.map(|p| p.to_string()),
            notes: source.notes.iter().map(note).collect(),
            claims: settled.claims.iter().map(|c| v1::Claim::new(c, &source.text, &at)).collect(),
            ..v1::Document::default()
        })
    });
    Ok(Json(document.await?))
}

/// A report that is sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    name: String,
    text: String,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    title: Option<String>,
}

/// What became of it.
#[derive(Serialize)]
pub(crate) struct Kept {
    id: String,
    entry: Option<u64>,
    is_new: bool,
    claims: usize,
    copy_of: Option<String>,
}

/// `POST /api/v1/documents`.
pub(crate) async fn add(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    bytes: Bytes,
) -> Result<(StatusCode, Json<Kept>), Refusal> {
    let (by, sent): (String, Sent) = (visitor.known()?.name.clone(), body(&bytes)?);
    if sent.name.trim().is_empty() || sent.text.trim().is_empty() {
        return Err(Refusal::wrong("a report has a name and a text"));
    }
    let reader = Arc::clone(&room);
    let (id, fresh) = aside(move || read(&reader, sent, &by)).await?;
    let kept = room.write(move |ledger| {
        let mut keeper = Keeper::new(ledger);
        let mut laid = keeper.take(Item::Read(Box::new(fresh)))?;
        laid.extend(keeper.flush()?);
        let laid = laid.pop().ok_or_else(|| Refusal::broken("nothing became of the report"))?;
        let copy_of = laid.copy_of.map(|(first, _)| first);
        Ok(Kept { id, entry: laid.entry, is_new: laid.entry.is_some(), claims: keeper.claims, copy_of })
    });
    let kept = kept.await?;
    Ok((if kept.is_new { StatusCode::CREATED } else { StatusCode::OK }, Json(kept)))
}

fn read(room: &Room, sent: Sent, by: &str) -> Result<(String, Fresh), Refusal> {
    let Sent { name, text, published, outlet, url, title } = sent;
    let day = published.map(|d| d.parse().map_err(|_| Refusal::wrong(format!("published: `{d}` is no day"))));
    let meta = Meta { published: day.transpose()?, outlet, url, title };
    let name = if name.contains('.') { name } else { format!("{name}.txt") };
    let mut received = intake::files::Shelf::default().bytes(&name, text.into_bytes(), meta);
    let first = received.next().ok_or_else(|| Refusal::wrong("the text holds no report"))?;
    let received = first.map_err(|e| Refusal::wrong(e.to_string()))?;
    let world = room.world()?;
    let one = world.read(received)?;
    let mut fresh = Fresh::of(&world, &one);
    fresh.brought_by(by);
    Ok((one.reading.document.clone(), fresh))
}
