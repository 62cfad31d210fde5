//! The log: entries, the signed checkpoint, proofs, and the check of the whole.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use ledger::{Header, Kind, Ledger, hex};

use super::documents::cut_off;
use super::{Page, html};
use crate::books::in_words;
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::missions::Sight;
use crate::room::Room;
use crate::visitor::Visitor;

/// Entries on a page.
const PAGE: u64 = 100;

#[derive(Template)]
#[template(path = "log.html")]
struct Log {
    frame: Frame,
    size: u64,
    entries: Vec<Row>,
    next: Option<u64>,
    checkpoint: Option<String>,
    keys: Vec<String>,
    verdict: Option<Verdict>,
}

struct Row {
    number: u64,
    at: String,
    kind: String,
    subject: String,
}

struct Verdict {
    is_sound: bool,
    words: String,
}

#[derive(Template)]
#[template(path = "entry.html")]
struct OneEntry {
    frame: Frame,
    row: Row,
    prev: String,
    parts: Vec<(String, String, u64, bool)>,
    record: Option<String>,
    /// What was stated, as it was handed in.
    said: Option<String>,
    /// Whether what it holds may be read by whoever looks.
    is_open: bool,
    is_document: bool,
    before: Option<u64>,
    after: Option<u64>,
}

/// `GET /log`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let frame = Frame { nav: "/log", ..Frame::bare(&room, Some(&visitor), "Log") };
    let before = filter.after.as_deref().map(str::parse::<u64>).transpose();
    let before = before.map_err(|_| Refusal::wrong("after: it is no number of an entry"))?;
    let held = Arc::clone(&room);
    html(&room.read(move |ledger| page(frame, ledger, &held.sight_in(ledger, &visitor)?, before, None)).await?)
}

/// `GET /log/verify`.
pub(crate) async fn verify(State(room): State<Arc<Room>>, visitor: Visitor) -> Page {
    let frame = Frame { nav: "/log", ..Frame::bare(&room, Some(&visitor), "Log") };
    let held = Arc::clone(&room);
    let page = room.read(move |ledger| {
        let ledger::Verdict { sound, root, checkpoints, removed, fault } = ledger.verify(None, None, |_| {})?;
        let words = match &fault {
            Some(fault) => format!("Not in order: {fault}. Restore a backup, and keep this file as evidence."),
            None => format!(
                "In order: {sound} entries, {checkpoints} checkpoints among them, {removed} removed by policy. Root {}.",
                hex(&root.hash)
            ),
        };
        let sight = held.sight_in(ledger, &visitor)?;
        page(frame, ledger, &sight, None, Some(Verdict { is_sound: fault.is_none(), words }))
    });
    html(&page.await?)
}

fn page(
    frame: Frame,
    ledger: &Ledger,
    sight: &Sight,
    before: Option<u64>,
    verdict: Option<Verdict>,
) -> Result<Log, Refusal> {
    let moment = ledger.moment(None)?;
    let last = before.unwrap_or(moment.0).min(moment.0);
    let first = last.saturating_sub(PAGE);
    let entries = (first..last).rev().map(|n| Ok(row(&ledger.header(n)?, sight))).collect::<Result<_, Refusal>>()?;
    Ok(Log {
        frame: Frame { cut_off: cut_off(ledger, moment)?, ..frame },
        size: moment.0,
        entries,
        next: (first > 0).then_some(first),
        checkpoint: ledger.checkpoint()?,
        keys: ledger.verifiers()?.iter().map(ToString::to_string).collect(),
        verdict,
    })
}

/// An entry as it is listed, without what it is about where that may not be seen.
fn row(header: &Header, sight: &Sight) -> Row {
    let Header { number, at, kind, subject, .. } = header;
    let subject = Some(subject.clone()).filter(|_| sight.names(header)).unwrap_or_default();
    Row { number: *number, at: in_words(*at), kind: kind.to_string(), subject }
}

/// `GET /log/{entry}`.
pub(crate) async fn entry(State(room): State<Arc<Room>>, visitor: Visitor, Path(number): Path<u64>) -> Page {
    let frame = Frame { nav: "/log", ..Frame::bare(&room, Some(&visitor), &format!("Entry {number}")) };
    let held = Arc::clone(&room);
    let page = room.read(move |ledger| {
        let moment = ledger.moment(None)?;
        let entry = ledger.entry(number)?;
        let sight = held.sight_in(ledger, &visitor)?;
        let is_open = sight.reads(&entry);
        let record = entry.record::<serde_json::Value>().filter(|_| is_open);
        let said = entry.content("note").filter(|_| is_open).map(|n| String::from_utf8_lossy(n).into_owned());
        let both = entry.header.parts.iter().zip(&entry.parts);
        let part = |(p, content): (&ledger::Part, &Option<Vec<u8>>)| {
            (p.name.clone(), p.sha256.clone(), p.bytes, content.is_none())
        };
        Ok(OneEntry {
            frame: Frame { cut_off: cut_off(ledger, moment)?, ..frame },
            row: row(&entry.header, &sight),
            prev: entry.header.prev.clone(),
            parts: both.map(part).collect(),
            record: record.and_then(|r| serde_json::to_string_pretty(&r).ok()),
            said,
            is_open,
            is_document: is_open && matches!(entry.header.kind, Kind::Document | Kind::Reading),
            before: number.checked_sub(1),
            after: Some(number + 1).filter(|n| *n < moment.0),
        })
    });
    html(&page.await?)
}

/// `GET /log/{entry}/proof`.
pub(crate) async fn proof(State(room): State<Arc<Room>>, Path(number): Path<u64>) -> Result<Response, Refusal> {
    let proof = room.read(move |ledger| Ok(ledger.prove(number, None)?)).await?;
    let name = format!("attachment; filename=\"entry-{number}.proof\"");
    let heads = [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((heads, proof).into_response())
}

/// `POST /log/checkpoint`.
pub(crate) async fn checkpoint(State(room): State<Arc<Room>>) -> Result<Redirect, Refusal> {
    let (number, _) = room.write(|ledger| Ok(ledger.add_checkpoint(Timestamp::now())?)).await?;
    Ok(Redirect::to(&format!("/log/{number}")))
}
