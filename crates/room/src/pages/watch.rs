//! Feeds: which are listed, what became of the last visit, trying one out, and whether the room visits them itself.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;
use desk::feeds::feed;
use intake::Received;
use intake::watch::{LastVisit, Watched};
use jiff::Timestamp;
use trucewatch::when::Interval;

use super::{Page, html};
use crate::books::in_words;
use crate::error::Refusal;
use crate::follow;
use crate::form::Fields;
use crate::frame::Frame;
use crate::room::{Room, aside};
use crate::visitor::Visitor;

/// Entries of a feed that are shown when it is tried.
const SHOWN: usize = 100;
/// Characters of an entry's words that are shown.
const BEGINNING: usize = 280;

#[derive(Template)]
#[template(path = "watch.html")]
struct Shown {
    frame: Frame,
    all: Vec<Line>,
    path: String,
    ledger: String,
    by_itself: bool,
    allow_local: bool,
}

/// A feed as it is listed.
struct Line {
    feed: Watched,
    every: String,
    visited: String,
    result: String,
    failures: u32,
    next: String,
    is_on: bool,
}

#[derive(Template)]
#[template(path = "watch_tried.html")]
struct Tried {
    frame: Frame,
    feed: Watched,
    minutes: u64,
    is_listed: bool,
    entries: Vec<Entry>,
    more: usize,
    wrong: Vec<String>,
}

/// An entry that a visit would add.
struct Entry {
    title: String,
    published: String,
    address: String,
    beginning: String,
    is_english: bool,
}

/// `GET /watch`.
pub(crate) async fn all(State(room): State<Arc<Room>>, visitor: Visitor) -> Page {
    let frame = Frame { nav: "/watch", ..Frame::bare(&room, Some(&visitor), "Feeds") };
    let shown = aside(move || {
        let (feeds, now) = (room.feeds(), Timestamp::now().as_second());
        let state = feeds.state()?;
        let line = |feed: Watched| {
            let known = state.feeds.get(&feed.url);
            let last = known.and_then(|s| s.last.as_ref());
            Line {
                every: every(feed.every),
                visited: last.map_or_else(|| "never".to_owned(), |l| time(l.at)),
                result: last.map(said).unwrap_or_default(),
                failures: known.map_or(0, |s| s.failures),
                next: known.map(|s| s.next).filter(|n| *n > now).map_or_else(|| "now".to_owned(), time),
                is_on: room.following.is_on(&feed.url),
                feed,
            }
        };
        Ok(Shown {
            frame,
            all: feeds.all()?.into_iter().map(line).collect(),
            path: feeds.path().display().to_string(),
            ledger: room.options.ledger.display().to_string(),
            by_itself: room.accounts.visits_feeds()?,
            allow_local: room.options.allow_local,
        })
    });
    html(&shown.await?)
}

fn time(second: i64) -> String {
    Timestamp::from_second(second).map(in_words).unwrap_or_default()
}

/// How often, in words.
fn every(seconds: u64) -> String {
    match seconds {
        s if s % 3600 == 0 => format!("{} h", s / 3600),
        s if s % 60 == 0 => format!("{} min", s / 60),
        s => format!("{s} s"),
    }
}

/// What became of a visit, in words.
fn said(last: &LastVisit) -> String {
    match last {
        LastVisit { error: Some(error), .. } => format!("failed: {error}"),
        LastVisit { unchanged: true, .. } => "nothing had changed".to_owned(),
        LastVisit { new, wrong: 0, .. } => format!("{new} new"),
        LastVisit { new, wrong, .. } => format!("{new} new; of {wrong} the page could not be read"),
    }
}

/// The feed of a form.
fn asked(room: &Room, fields: &Fields) -> Result<Watched, Refusal> {
    let minutes = if fields.get("minutes").is_empty() { 15 } else { fields.number("minutes")? };
    let pages = fields.get("pages") != "no";
    Ok(feed(fields.get("url"), minutes, pages, fields.get("outlet"), room.options.allow_local)?)
}

/// `POST /watch/try`: what a visit would add.
pub(crate) async fn try_out(State(room): State<Arc<Room>>, visitor: Visitor, fields: Fields) -> Page {
    let feed = asked(&room, &fields)?;
    let by = visitor.known()?.name.clone();
    let frame = Frame { nav: "/watch", ..Frame::bare(&room, Some(&visitor), "What a visit would add") };
    let tried = aside(move || {
        let (found, visit) = room.feeds().try_out(&feed, room.manner())?;
        tracing::info!(by, found = found.len(), "a feed was tried");
        let is_listed = room.feeds().all()?.iter().any(|f| f.url == feed.url);
        let (minutes, more) = (feed.every / 60, found.len().saturating_sub(SHOWN));
        let entries = found.iter().take(SHOWN).map(Entry::new).collect();
        Ok(Tried { frame, feed, minutes, is_listed, entries, more, wrong: visit.wrong })
    });
    html(&tried.await?)
}

impl Entry {
    fn new(received: &Received) -> Entry {
        let (document, meta) = (&received.document, received.document.meta());
        let words = document.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let mut beginning: String = words.chars().take(BEGINNING).collect();
        if beginning.len() < words.len() {
            beginning.push('…');
        }
        Entry {
            title: meta.title.clone().unwrap_or_else(|| document.name().to_owned()),
            published: meta.published.map_or_else(|| "undated".to_owned(), Interval::in_words),
            address: meta.url.clone().unwrap_or_default(),
            beginning,
            is_english: received.is_english,
        }
    }
}

/// `POST /watch`: changes the list, has one visited, or switches visiting on and off.
pub(crate) async fn change(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let by = visitor.known()?.name.clone();
    aside(move || {
        let (what, url) = (fields.get("what").to_owned(), fields.get("url").to_owned());
        match what.as_str() {
            "add" => room.feeds().add(asked(&room, &fields)?)?,
            "remove" => room.feeds().remove(&url)?,
            "visit" => visit(&room, &url)?,
            "on" | "off" => room.accounts.set_visits_feeds(what == "on")?,
            other => return Err(Refusal::wrong(format!("what: `{other}` is nothing that is done to feeds"))),
        }
        tracing::info!(by, what, "feeds were changed");
        Ok(Redirect::to("/watch"))
    })
    .await
}

fn visit(room: &Room, url: &str) -> Result<(), Refusal> {
    let feeds = room.feeds();
    feeds.listed(url)?;
    if follow::is_early(&feeds.state()?, url, Timestamp::now().as_second()) {
        return Err(
            Refusal::wrong("this feed was visited less than a minute ago").hint("a feed is asked once a minute")
        );
    }
    room.following.ask(url);
    Ok(())
}
