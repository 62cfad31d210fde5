//! Tolls: figures by voice, never added up.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use desk::filter::{TollFilter, Tolls as Asked, drawn};
use publish::v1;
use trucewatch::figure::Amount;
use trucewatch::toll::{Category, Toll};

use super::claim::number;
use super::{Page, html};
use crate::books::Books;
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "tolls.html")]
struct Tolls {
    frame: Frame,
    asked: Asked,
    categories: Vec<&'static str>,
    agreements: Vec<(String, String)>,
    groups: BTreeMap<String, Vec<Row>>,
    chart: String,
    is_all: bool,
}

struct Row {
    figure: String,
    place: String,
    time: String,
    window: String,
    words: String,
    href: Option<String>,
    is_gone: bool,
    parts: String,
}

impl Tolls {
    fn is(&self, asked: &Option<String>, word: &str) -> bool {
        asked.as_deref() == Some(word)
    }
}

/// What an address asks for.
pub(crate) fn asked(filter: &Filter) -> Asked {
    let rest = |name: &str| filter.rest.get(name).cloned();
    Asked {
        since: rest("since"),
        from: filter.from,
        to: filter.to,
        party: filter.party.clone(),
        place: filter.place.clone(),
        category: rest("category"),
        family: rest("family"),
    }
}

/// The figures that an address asks for.
pub(crate) fn kept(books: &Books, asked: &Asked) -> Result<Vec<Toll>, Refusal> {
    let filter = TollFilter::new(asked, books.record().knowledge())?;
    Ok(books.tolls().iter().filter(|t| filter.admits(t)).cloned().collect())
}

/// `GET /tolls`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    let asked = asked(&filter);
    let is_all = filter.rest.contains_key("all");
    let mut groups: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for toll in v1::Toll::all(books.record(), &kept(&books, &asked)?) {
        if is_all || !toll.superseded {
            let who = toll.reporter_party.as_ref().map_or_else(|| toll.reporter.clone(), |p| books.party(p));
            groups.entry(who).or_default().push(row(&toll, &books));
        }
    }
    let tail: Vec<(&str, &str)> = query.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let chart = form_urlencoded::Serializer::new(String::new()).extend_pairs(tail).finish();
    let known = books.record().knowledge().agreements();
    html(&Tolls {
        frame: Frame::of(&room, &visitor, "Tolls", "/tolls", &books),
        asked,
        categories: Category::ALL.iter().map(|c| c.as_str()).collect(),
        agreements: known.map(|a| (a.id.clone(), a.title.clone())).collect(),
        groups,
        chart,
        is_all,
    })
}

fn row(toll: &v1::Toll, books: &Books) -> Row {
    let about = if toll.approx { "about " } else { "" };
    let denied = if toll.denied { "denied: " } else { "" };
    let who = if toll.who == "any" { String::new() } else { format!(", {}", toll.who) };
    let of = if toll.family == "fire" { "by" } else { "of" };
    let side = toll.side.as_ref().map(|s| format!(", {of} {}", books.party(s))).unwrap_or_default();
    let claim = toll.claims.first().and_then(|id| books.record().claim(id));
    let amount = number(toll.min.map(Amount::from), toll.max.map(Amount::from));
    Row {
        figure: format!("{denied}{about}{amount} {}{who}{side}", toll.category.replace('-', " ")),
        place: toll.place.clone().unwrap_or_else(|| "not said".to_owned()),
        time: toll.time.clone().unwrap_or_else(|| "not said".to_owned()),
        window: toll.window.replace('-', " "),
        words: toll.words.clone(),
        href: claim.map(|c| format!("/documents/{}#c-{}", c.document, c.id)),
        is_gone: toll.superseded,
        parts: toll.parts_fit.iter().filter(|f| *f != "fits").cloned().collect::<Vec<_>>().join("; "),
    }
}

/// `GET /tolls.svg`.
pub(crate) async fn svg(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Result<Response, Refusal> {
    let filter = Filter::parse(&query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    let asked = asked(&filter);
    let chart = drawn(&kept(&books, &asked)?, &asked, books.record().knowledge());
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], chart).into_response())
}
