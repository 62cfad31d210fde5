//! What was judged, as lists under the pages' filter.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use desk::filter::Incidents;
use publish::v1;
use serde_json::{Value, json};
use trucewatch::document::Positions;
use trucewatch::incident::Incident;

use super::page;
use crate::books::{Answer as Kept, Books, Days, Wanted};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::pages;
use crate::room::Room;
use crate::visitor::Visitor;

type Answer<T> = Result<Json<T>, Refusal>;

async fn looked_at(room: &Arc<Room>, visitor: &Visitor, query: &Query) -> Result<(Filter, Arc<Books>), Refusal> {
    let filter = Filter::parse(query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    Ok((filter, books))
}

/// `GET /api/v1/incidents`.
pub(crate) async fn incidents(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    uri: Uri,
    query: Query,
) -> Result<Kept, Refusal> {
    let (filter, books) = looked_at(&room, &visitor, &query).await?;
    books.answers.get(&uri.to_string(), || {
        let page = page(filter.show(&books)?.all().collect(), |i: &&Incident| i.id.as_str(), &filter)?;
        let items: Vec<v1::Incident> = page.items.into_iter().map(v1::Incident::new).collect();
        Kept::json(&v1::Page { items, next: page.next })
    })
}

/// `GET /api/v1/incidents.geojson`.
pub(crate) async fn geojson(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    uri: Uri,
    query: Query,
) -> Result<Kept, Refusal> {
    let (filter, books) = looked_at(&room, &visitor, &query).await?;
    books.answers.get(&uri.to_string(), || {
        let shown: Vec<Incident> = filter.show(&books)?.all().cloned().collect();
        Ok(Kept::new("application/geo+json", publish::geojson(&shown)))
    })
}

/// `GET /api/v1/incidents/{id}`.
pub(crate) async fn incident(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(id): Path<String>,
    query: Query,
) -> Answer<v1::IncidentInFull> {
    let books = pages::incident::holding(&room, visitor.part(), &id, &Filter::parse(&query)?).await?;
    let incident = books.incident(&id).ok_or_else(|| pages::incident::unknown(&id))?;
    let findings: Vec<_> = books.findings_on(&incident.id).cloned().collect();
    Ok(Json(v1::IncidentInFull::new(incident, books.record(), &findings)))
}

/// `GET /api/v1/claims`.
pub(crate) async fn claims(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    uri: Uri,
    query: Query,
) -> Result<Kept, Refusal> {
    let (filter, books) = looked_at(&room, &visitor, &query).await?;
    books.answers.get(&uri.to_string(), || said(&filter, &books))
}

fn said(filter: &Filter, books: &Books) -> Result<Kept, Refusal> {
    let shown = filter.show(books)?;
    let ids: Vec<&str> = shown.all().flat_map(|i| i.members.iter().map(|m| m.claim.as_str())).collect();
    let page = page(ids, |id| id, filter)?;
    let said = |id: &str| {
        let claim = books.record().claim(id)?;
        let source = books.record().source(claim)?;
        let claim = v1::Claim::new(claim, &source.text, &Positions::new(&source.text));
        Some(v1::Said { document: source.id.clone(), name: source.name.clone(), claim })
    };
    let items: Vec<v1::Said> = page.items.into_iter().filter_map(said).collect();
    Kept::json(&v1::Page { items, next: page.next })
}

/// `GET /api/v1/findings`.
pub(crate) async fn findings(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Answer<v1::Page<v1::Finding>> {
    let (filter, books) = looked_at(&room, &visitor, &query).await?;
    let shown = filter.show(&books)?;
    let on: std::collections::BTreeSet<&str> = shown.all().map(|i| i.id.as_str()).collect();
    let answer = filter.rest.get("answer");
    if let Some(word) = answer.filter(|w| !["in-scope", "out-of-scope", "undetermined"].contains(&w.as_str())) {
        return Err(Refusal::wrong(format!("answer: `{word}` is none")).hint("in-scope, out-of-scope or undetermined"));
    }
    let mut items = shown.findings;
    items.retain(|f| on.contains(f.incident.as_str()) && answer.is_none_or(|a| f.answer.as_str() == a));
    let page = page(items, |f| f.id.as_str(), &filter)?;
    Ok(Json(v1::Page { items: page.items.into_iter().map(v1::Finding::new).collect(), next: page.next }))
}

/// `GET /api/v1/agreements`.
pub(crate) async fn agreements(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Answer<v1::Page<v1::Agreement>> {
    let (filter, books) = looked_at(&room, &visitor, &query).await?;
    let mut known: Vec<_> = books.record().knowledge().agreements().collect();
    known.sort_by(|a, b| (a.agreed, &a.id).cmp(&(b.agreed, &b.id)));
    let items = known.into_iter().map(|a| v1::Agreement::new(a, &books.findings, books.today)).collect();
    Ok(Json(page(items, |a: &v1::Agreement| a.id.as_str(), &filter)?))
}

/// `GET /api/v1/promises`.
pub(crate) async fn promises(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Answer<v1::Promises> {
    let (filter, books) = looked_at(&room, &visitor, &query).await?;
    let (all, unspoken) = pages::promises::followed(&books, &pages::promises::asked(&filter))?;
    let page = page(all, |p| p.id.as_str(), &filter)?;
    let items = page.items.iter().map(v1::Promise::new).collect();
    Ok(Json(v1::Promises { items, next: page.next, unspoken: unspoken.iter().map(v1::Due::new).collect() }))
}

/// `GET /api/v1/tolls`.
pub(crate) async fn tolls(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Answer<v1::Page<v1::Toll>> {
    let (filter, books) = looked_at(&room, &visitor, &query).await?;
    let kept = pages::tolls::kept(&books, &pages::tolls::asked(&filter))?;
    Ok(Json(page(v1::Toll::all(books.record(), &kept), |t| t.id.as_str(), &filter)?))
}

/// `GET /api/v1/coverage`.
pub(crate) async fn coverage(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Answer<v1::Page<v1::Covered>> {
    let (filter, books) = looked_at(&room, &visitor, &query).await?;
    Ok(Json(page(pages::coverage::covered(&books), |c| c.id.as_str(), &filter)?))
}

/// `GET /api/v1/timeline`.
pub(crate) async fn timeline(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Answer<v1::Page<v1::Moment>> {
    let (filter, books) = looked_at(&room, &visitor, &query).await?;
    let shown: Vec<Incident> = filter.show(&books)?.dated.into_iter().cloned().collect();
    let Filter { from, to, place, party, kind, standing, term, .. } = filter.clone();
    let asked = Incidents { from, to, place, party, kind, standing, term };
    let moments = desk::timeline::moments(&shown, &asked, books.record().knowledge());
    Ok(Json(page(moments, |m| m.id.as_str(), &filter)?))
}

/// `GET /api/v1/brief`.
pub(crate) async fn brief(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Answer<Value> {
    let filter = Filter::parse(&query)?;
    let wanted = match (filter.from, filter.to) {
        (None, None) => Wanted { days: Days::Brief, ..filter.wanted(None)? },
        _ => filter.wanted(None)?,
    };
    let books = room.books(visitor.part(), wanted).await?;
    let brief = serde_json::to_value(v1::Brief::new(books.brief())).map_err(|e| Refusal::broken(e.to_string()))?;
    let cut_off = books.cut_off.map(|t| t.to_string());
    Ok(Json(json!({"cut_off": cut_off, "entries": books.moment.0, "brief": brief})))
}
