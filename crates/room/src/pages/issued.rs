//! Briefs that were signed off: as they were issued, and what changed since.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use desk::diff::{Change, changes};
use desk::{Evidence, WorldOptions};
use ledger::{Issue, Ledger, Moment, hex};
use publish::markdown;
use sha2::{Digest, Sha256};
use trucewatch::brief::Period;

use super::decide::sees_all_of;
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

#[derive(Template)]
#[template(path = "issued.html")]
struct Issued {
    frame: Frame,
    all: Vec<(Issue, String)>,
}

/// `GET /issued`: all of them, the newest first.
pub(crate) async fn all(State(room): State<Arc<Room>>, visitor: Visitor) -> Page {
    let frame = Frame { nav: "/", ..Frame::bare(&room, Some(&visitor), "Issued briefs") };
    let page = room.read(move |ledger| {
        let now = ledger.moment(None)?;
        let all = ledger.issues(now)?.into_iter().rev().map(|i| (crate::books::in_words(i.at), i));
        let all = all.map(|(at, issue)| (issue, at)).collect();
        Ok(Issued { frame: Frame { cut_off: super::documents::cut_off(ledger, now)?, ..frame }, all })
    });
    html(&page.await?)
}

/// `GET /changes/{entry}`: what changed in a brief since it was signed off.
pub(crate) async fn since(State(room): State<Arc<Room>>, visitor: Visitor, Path(entry): Path<u64>) -> Page {
    let world = room.options.world.clone();
    let frame = Frame::bare(&room, Some(&visitor), "What changed since");
    let held = Arc::clone(&room);
    let page = room
        .read(move |ledger| {
            let now = ledger.moment(None)?;
            let found = ledger.issues(now)?.into_iter().find(|i| i.entry == entry);
            let issue = found.ok_or_else(|| Refusal::missing("no such brief was signed off"))?;
            let period = days(&issue)?;
            sees_all_of(&held.sight_in(ledger, &visitor)?, ledger, period)?;
            let changes = changes(ledger, &world, period, Moment(issue.size), now)?;
            let (by, at) = (issue.by, crate::books::in_words(issue.at));
            let cut_off = super::documents::cut_off(ledger, now)?;
            Ok(Changes { frame: Frame { cut_off, nav: "/", ..frame }, by, at, period, changes })
        })
        .await?;
    html(&page)
}

/// `GET /issued/{sha256}`: a brief as it was issued, as Markdown.
pub(crate) async fn get(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(hash): Path<String>,
) -> Result<Response, Refusal> {
    let (world, held) = (room.options.world.clone(), Arc::clone(&room));
    let text = room.read(move |ledger| {
        let issue = ledger.issue_of(&hash)?;
        sees_all_of(&held.sight_in(ledger, &visitor)?, ledger, days(&issue)?)?;
        match ledger.issued(&issue)? {
            Some(text) => Ok(text),
            None => drawn_again(ledger, &issue, &world),
        }
    });
    Ok(([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text.await?).into_response())
}

/// A brief that was signed off by a version that kept its hash alone.
fn drawn_again(ledger: &Ledger, issue: &Issue, world: &WorldOptions) -> Result<String, Refusal> {
    let text = markdown(&Evidence::recall(ledger, world, Some(days(issue)?), Moment(issue.size))?.brief());
    let drawn = hex(&Sha256::digest(text.as_bytes()));
    let other = || {
        let hint = "draw it with the version and the packs of the day on which it was signed off";
        Refusal::wrong(format!("the brief comes to {drawn} now, not to {}", issue.sha256)).hint(hint)
    };
    (drawn == issue.sha256).then_some(text).ok_or_else(other)
}

fn days(issue: &Issue) -> Result<Period, Refusal> {
    let day = |d: &str| d.parse().map_err(|_| Refusal::broken(format!("`{d}` is no day")));
    Ok(Period { from: day(&issue.days.0)?, to: day(&issue.days.1)? })
}
