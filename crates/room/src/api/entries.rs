//! Entries of the log by the API.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use ledger::Header;
use publish::v1;
use serde::Serialize;

use super::limit;
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::missions::Sight;
use crate::room::Room;
use crate::visitor::Visitor;

/// An entry.
#[derive(Serialize)]
pub(crate) struct Entry {
    number: u64,
    at: String,
    kind: String,
    subject: String,
    prev: String,
    parts: Vec<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<serde_json::Value>,
}

#[derive(Serialize)]
struct Part {
    name: String,
    sha256: String,
    bytes: u64,
}

impl Entry {
    fn new(header: &Header, sight: &Sight, record: Option<serde_json::Value>) -> Entry {
        let part = |p: &ledger::Part| Part { name: p.name.clone(), sha256: p.sha256.clone(), bytes: p.bytes };
        Entry {
            number: header.number,
            at: ledger::written(header.at),
            kind: header.kind.to_string(),
            subject: Some(header.subject.clone()).filter(|_| sight.names(header)).unwrap_or_default(),
            prev: header.prev.clone(),
            parts: header.parts.iter().map(part).collect(),
            record,
        }
    }
}

/// `GET /api/v1/entries`.
pub(crate) async fn all(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Result<Json<v1::Page<Entry>>, Refusal> {
    let filter = Filter::parse(&query)?;
    let limit = u64::try_from(limit(&filter)?).unwrap_or(u64::MAX);
    let after = filter.after.as_deref().map(str::parse::<u64>).transpose();
    let after = after.map_err(|_| Refusal::wrong("after: it is no number of an entry"))?;
    let held = Arc::clone(&room);
    let page = room.read(move |ledger| {
        let sight = held.sight_in(ledger, &visitor)?;
        let size = ledger.size()?;
        let first = after.map_or(0, |n| n.saturating_add(1)).min(size);
        let last = first.saturating_add(limit).min(size);
        let one = |n| Ok::<_, Refusal>(Entry::new(&ledger.header(n)?, &sight, None));
        let items = (first..last).map(one).collect::<Result<_, Refusal>>()?;
        Ok(v1::Page { items, next: (last < size).then(|| (last - 1).to_string()) })
    });
    Ok(Json(page.await?))
}

/// `GET /api/v1/entries/{entry}`.
pub(crate) async fn one(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(number): Path<u64>,
) -> Result<Json<Entry>, Refusal> {
    let held = Arc::clone(&room);
    let entry = room.read(move |ledger| {
        let entry = ledger.entry(number)?;
        let sight = held.sight_in(ledger, &visitor)?;
        let record = entry.record().filter(|_| sight.reads(&entry));
        Ok(Entry::new(&entry.header, &sight, record))
    });
    Ok(Json(entry.await?))
}
