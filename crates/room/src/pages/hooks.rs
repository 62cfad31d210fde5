//! Webhooks: who is told of new findings, and what became of each delivery.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use intake::watch::web_address;
use jiff::Timestamp;

use super::{Page, html};
use crate::accounts::{Delivery, Hook};
use crate::books::{Wanted, in_words};
use crate::error::Refusal;
use crate::form::Fields;
use crate::frame::Frame;
use crate::hooks;
use crate::room::Room;
use crate::visitor::Visitor;

/// Deliveries of an address that are shown.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "hooks.html")]
struct Hooks {
    frame: Frame,
    all: Vec<(Hook, Vec<Line>)>,
    /// The signing key of the one that was just made.
    made: Option<String>,
    allow_local: bool,
}

/// A delivery.
struct Line {
    made: String,
    id: String,
    tries: u32,
    said: String,
    next: String,
}

impl Line {
    fn new(delivery: Delivery) -> Line {
        let time = |second: i64| Timestamp::from_second(second).map(in_words).unwrap_or_default();
        let Delivery { id, made, tries, due, said, .. } = delivery;
        Line { made: time(made), id, tries, said, next: due.map_or_else(|| "done".to_owned(), time) }
    }
}

/// `GET /hooks`.
pub(crate) async fn all(State(room): State<Arc<Room>>, visitor: Visitor) -> Page {
    page(&room, &visitor, None)
}

fn page(room: &Room, visitor: &Visitor, made: Option<String>) -> Page {
    let frame = Frame { nav: "/hooks", ..Frame::bare(room, Some(visitor), "Webhooks") };
    let with_lines = |hook: Hook| {
        let lines = room.accounts.deliveries(hook.id, SHOWN)?.into_iter().map(Line::new).collect();
        Ok((hook, lines))
    };
    let all = room.accounts.hooks()?.into_iter().map(with_lines).collect::<Result<_, Refusal>>()?;
    html(&Hooks { frame, all, made, allow_local: room.options.allow_local })
}

/// `POST /hooks`: what was found up to now is not told.
pub(crate) async fn make(State(room): State<Arc<Room>>, visitor: Visitor, fields: Fields) -> Page {
    let by = visitor.known()?.name.clone();
    let wrong = |e: intake::watch::FetchError| Refusal::wrong(e.to_string()).hint(e.hint);
    let address = web_address(fields.get("address")).map_err(wrong)?;
    let books = room.books(None, Wanted::default()).await?;
    let known: BTreeSet<&str> = hooks::worth_telling(&books).map(|f| f.id.as_str()).collect();
    let key = room.accounts.make_hook(address.as_str(), &by, &known, Timestamp::now())?;
    tracing::info!(by, "a webhook was made");
    page(&room, &visitor, Some(key.reveal().to_owned()))
}

/// `POST /hooks/{id}`.
pub(crate) async fn change(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let by = visitor.known()?.name.clone();
    match fields.get("what") {
        "end" => room.accounts.end_hook(id)?,
        "try" => {
            let there = room.accounts.hooks()?.iter().any(|h| h.id == id);
            let missing = || Refusal::missing(format!("there is no webhook {id}"));
            there.then_some(()).ok_or_else(missing)?;
            let now = Timestamp::now();
            room.accounts.deliver(Some(id), &hooks::trial(now), now)?;
        }
        other => return Err(Refusal::wrong(format!("what: `{other}` is nothing that is done to webhooks"))),
    }
    tracing::info!(by, hook = id, what = fields.get("what"), "a webhook was changed");
    Ok(Redirect::to("/hooks").into_response())
}
