//! What is shown, as files that others can open. The names of forms and files are ours: nothing of an address becomes a
//! path.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use exports::{About, Format, Matter};
use ledger::{Ledger, written};

use super::{Page, html, public};
use crate::books::Books;
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "export.html")]
struct Export {
    frame: Frame,
    filter: Filter,
    count: usize,
    /// Forms by what they are, the word for them, and the file's name.
    forms: Vec<(&'static str, &'static str, &'static str)>,
    /// Whether there is somebody to whom the whole with its history is given.
    may_have_all: bool,
}

/// `GET /export`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    let (held, who) = (Arc::clone(&room), visitor.clone());
    let is_whole = room.read(move |ledger| Ok(held.sight_in(ledger, &who)?.is_whole())).await?;
    let may_have_all = visitor.account.is_some() && is_whole;
    page(Frame::of(&room, &visitor, "Export", "/export", &books), &books, filter, may_have_all)
}

/// `GET /public/export`.
pub(crate) async fn for_all(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let (filter, books) = public::shown(&room, &query, None).await?;
    page(public::frame(&room, &visitor, "Export", "/public/export", &books), &books, filter, false)
}

fn page(frame: Frame, books: &Books, filter: Filter, may_have_all: bool) -> Page {
    let count = filter.show(books)?.all().count();
    let is_there = |f: &&Format| **f != Format::Zip && (f.is_public() || !frame.is_public);
    let forms = Format::ALL.iter().filter(is_there).map(|f| (f.says(), f.as_str(), f.file_name())).collect();
    html(&Export { frame, filter, count, forms, may_have_all })
}

/// `GET /export/{format}`.
pub(crate) async fn file(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(format): Path<String>,
    query: Query,
) -> Result<Response, Refusal> {
    let format = form(&format).filter(|f| *f != Format::Zip).ok_or_else(|| unknown(&format))?;
    written_as(&room, &visitor, format, &query).await
}

/// `GET /export/zip`: everything, with the history of the ledger, for whoever may see all of it.
pub(crate) async fn bundle(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Result<Response, Refusal> {
    let (held, who) = (Arc::clone(&room), visitor.clone());
    if !room.read(move |ledger| Ok(held.sight_in(ledger, &who)?.is_whole())).await? {
        let hint = "the mission's chief may have it, and whoever keeps the ledger's file: `trucewatch export zip`";
        return Err(Refusal::forbidden("the history holds what a mission does not show everybody").hint(hint));
    }
    written_as(&room, &visitor, Format::Zip, &query).await
}

/// `GET /public/export/{format}`.
pub(crate) async fn public_file(
    State(room): State<Arc<Room>>,
    Path(format): Path<String>,
    query: Query,
) -> Result<Response, Refusal> {
    let format = form(&format).filter(|f| f.is_public()).ok_or_else(|| unknown(&format))?;
    let (filter, books) = public::shown(&room, &query, None).await?;
    let bytes = room.read(move |ledger| bytes(format, &books, &filter, ledger, true)).await?;
    Ok(answer(format, bytes))
}

async fn written_as(room: &Arc<Room>, visitor: &Visitor, format: Format, query: &Query) -> Result<Response, Refusal> {
    let filter = Filter::parse(query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    let bytes = room.read(move |ledger| bytes(format, &books, &filter, ledger, false)).await?;
    Ok(answer(format, bytes))
}

fn form(word: &str) -> Option<Format> {
    Format::parse(word)
}

fn unknown(word: &str) -> Refusal {
    let all: Vec<&str> = Format::ALL.iter().map(|f| f.as_str()).collect();
    Refusal::missing(format!("there is no form `{word}` here")).hint(format!("forms are {}", all.join(", ")))
}

/// The bytes of a file of what a filter lets through.
fn bytes(format: Format, books: &Books, filter: &Filter, ledger: &Ledger, is_public: bool) -> Result<Vec<u8>, Refusal> {
    let shown = filter.show(books)?;
    let about = About {
        filter: form_urlencoded::parse(filter.query().as_bytes()).into_owned().collect(),
        days: books.period.map(|p| (p.from.to_string(), p.to.to_string())),
        cut_off: books.cut_off.map(written),
        entries: Some(books.moment.0),
        is_public,
        ..About::with(books.record().knowledge())
    };
    let incidents = shown.all().collect();
    let mut matter = Matter::new(books.record(), incidents, shown.findings, &books.evidence().marks, about);
    matter.period = books.period;
    matter.ledger = Some(ledger);
    format.write(&matter).map_err(|e| Refusal::broken(e.to_string()))
}

fn answer(format: Format, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{}\"", format.file_name());
    ([(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response()
}
