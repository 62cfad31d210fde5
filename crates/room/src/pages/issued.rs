//! Briefs that were signed off: as they were issued, and what changed since.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use desk::Evidence;
use desk::diff::{Change, changes};
use ledger::decision::{Act, Decided};
use ledger::{Ledger, Moment, hex};
use publish::markdown;
use sha2::{Digest, Sha256};
use trucewatch::brief::Period;

use super::{Page, html};
use crate::error::Refusal;
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "changes.html")]
struct Changes {
    frame: Frame,
    by: String,
    at: String,
    period: Period,
    changes: Vec<Change>,
}

/// What a sign-off signs.
struct Signed {
    decided: Decided,
    period: Period,
    moment: Moment,
    sha256: String,
}

/// `GET /changes/{entry}`: what changed in a brief since it was signed off.
pub(crate) async fn since(State(room): State<Arc<Room>>, visitor: Visitor, Path(entry): Path<u64>) -> Page {
    let world = room.options.world.clone();
    let frame = Frame::bare(&room, Some(&visitor), "What changed since");
    let page = room
        .read(move |ledger| {
            let now = ledger.moment(None)?;
            let Signed { decided, period, moment, .. } = signed(ledger, |d, _| d.entry == entry)?;
            let changes = changes(ledger, &world, period, moment, now)?;
            let (by, at) = (decided.decision.by, crate::books::in_words(decided.at));
            let cut_off = super::documents::cut_off(ledger, now)?;
            Ok(Changes { frame: Frame { cut_off, nav: "/", ..frame }, by, at, period, changes })
        })
        .await?;
    html(&page)
}

/// `GET /issued/{sha256}`: a brief as it was issued, as Markdown.
pub(crate) async fn get(State(room): State<Arc<Room>>, Path(hash): Path<String>) -> Result<Response, Refusal> {
    let world = room.options.world.clone();
    let text = room
        .read(move |ledger| {
            let Signed { period, moment, sha256, .. } = signed(ledger, |_, sha256| *sha256 == hash)?;
            let text = markdown(&Evidence::recall(ledger, &world, Some(period), moment)?.brief());
            let drawn = hex(&Sha256::digest(text.as_bytes()));
            let other = || {
                let hint = "draw it with the version and the packs of the day on which it was signed off";
                Refusal::wrong(format!("the brief comes to {drawn} now, not to {sha256}")).hint(hint)
            };
            (drawn == sha256).then_some(text).ok_or_else(other)
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response())
}

fn signed(ledger: &Ledger, wanted: impl Fn(&Decided, &String) -> bool) -> Result<Signed, Refusal> {
    for decided in ledger.decisions(ledger.moment(None)?)? {
        let Act::SignOff { from, to, size, sha256 } = &decided.decision.act else { continue };
        if wanted(&decided, sha256) {
            let day = |d: &str| d.parse().map_err(|_| Refusal::broken(format!("`{d}` is no day")));
            let (period, moment) = (Period { from: day(from)?, to: day(to)? }, Moment(*size));
            let sha256 = sha256.clone();
            return Ok(Signed { decided, period, moment, sha256 });
        }
    }
    Err(Refusal::missing("no such brief was signed off"))
}
