//! Packs: which are at hand and in use, what they hold, and own ones, which are changed here. A change is looked at
//! first: what is wrong with it, and what it would change in reading; then it is kept, and can be taken back.

pub(crate) mod edit;
mod form;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use desk::packs::{Change, Effect, FileChange, Files, Finding, Looked, Proposal, packed};
use desk::world::{Shelved, at_hand};
use jiff::Timestamp;
use ledger::Ledger;
use trucewatch::pack::{Agreement, Pack, PlaceEntry};

use super::{Page, html};
use crate::books::{Wanted, in_words};
use crate::error::Refusal;
use crate::filter::Query;
use crate::form::{Fields, uploaded};
use crate::frame::Frame;
use crate::missions::Sight;
use crate::reread::{self, Progress};
use crate::room::{Room, aside};
use crate::visitor::Visitor;

/// The newest reports that are looked through for what a change would change.
const LOOKED: usize = 2_000;
/// Versions of own packs that are listed.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "packs.html")]
struct All {
    frame: Frame,
    packs: Vec<Line>,
    /// What keeps packs from being read, where something does.
    broken: Option<String>,
    history: Vec<Kept>,
    folder: String,
    reading: Option<Progress>,
}

/// A pack as it is listed.
struct Line {
    id: String,
    title: String,
    version: String,
    licence: String,
    knows: String,
    fingerprint: String,
    always: bool,
    is_own: bool,
    is_used: bool,
}

/// A version of the own packs as it is listed.
struct Kept {
    number: u64,
    at: String,
    by: String,
    what: String,
}

#[derive(Template)]
#[template(path = "pack.html")]
struct One {
    frame: Frame,
    pack: Pack,
    folder: String,
    /// Whether whoever looks may change it.
    is_ours: bool,
    is_own: bool,
    files: Vec<String>,
}

#[derive(Template)]
#[template(path = "packs_look.html")]
struct Look {
    frame: Frame,
    what: String,
    findings: Vec<Finding>,
    changes: Vec<FileChange>,
    effect: Option<Effect>,
    /// The word by which it is kept; none where something is wrong with it, or nothing would change.
    draft: Option<String>,
}

/// `GET /packs`.
pub(crate) async fn all(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let mut frame = Frame { nav: "/packs", ..Frame::bare(&room, Some(&visitor), "Packs") };
    frame.notice = query.0.iter().find(|(n, _)| n == "kept").and_then(|(_, v)| v.parse().ok()).map(kept_words);
    let used = room.books(None, Wanted::default()).await.ok();
    let prints: Vec<String> = used.iter().flat_map(|b| b.record().knowledge().packs()).map(print).collect();
    let shown = aside(move || {
        let own = room.own_packs();
        let (mut packs, mut broken) = (Vec::new(), None);
        match at_hand(&room.options.world) {
            Ok(all) => packs = all.iter().map(|s| Line::new(s, own.folder(), &prints)).collect(),
            Err(e) => broken = Some(e.hint.map_or(e.message.clone(), |hint| format!("{}; {hint}", e.message))),
        }
        let history = own.history(SHOWN)?.into_iter().map(Kept::new).collect();
        let folder = own.folder().display().to_string();
        Ok(All { frame, packs, broken, history, folder, reading: room.rereading.progress() })
    });
    html(&shown.await?)
}

fn kept_words(number: u64) -> String {
    format!(
        "Kept as version {number} of the own packs, and in use from now on. Reports that were read before are judged by \
         it, but know its names only once they are read again."
    )
}

fn print(pack: &Pack) -> String {
    pack.fingerprint.clone()
}

impl Line {
    fn new(shelved: &Shelved, own: &std::path::Path, used: &[String]) -> Line {
        let (pack, manifest) = (&shelved.pack, &shelved.pack.manifest);
        Line {
            id: manifest.id.clone(),
            title: manifest.title.clone(),
            version: manifest.version.clone(),
            licence: manifest.licence.clone(),
            knows: knows(pack),
            fingerprint: pack.fingerprint.chars().take(16).collect(),
            always: manifest.always,
            is_own: shelved.folder.starts_with(own),
            is_used: used.contains(&pack.fingerprint),
        }
    }
}

impl Kept {
    fn new(change: Change) -> Kept {
        let Change { number, at, by, what, .. } = change;
        Kept { number, at: in_words(at), by, what }
    }
}

/// What a pack knows, in words.
fn knows(pack: &Pack) -> String {
    let counts = [
        (pack.parties.len(), "party", "parties"),
        (pack.officials.len(), "official", "officials"),
        (pack.outlets.len(), "outlet", "outlets"),
        (pack.conflicts.len(), "conflict", "conflicts"),
        (pack.places.len(), "place", "places"),
        (pack.lines.len(), "line or zone", "lines and zones"),
        (pack.agreements.len(), "agreement", "agreements"),
    ];
    let some: Vec<String> = counts
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }))
        .collect();
    if some.is_empty() { "nothing yet".to_owned() } else { some.join(", ") }
}

/// `GET /packs/{id}`.
pub(crate) async fn one(State(room): State<Arc<Room>>, visitor: Visitor, Path(id): Path<String>) -> Page {
    let one = aside(move || {
        let Shelved { folder, pack } = shelved(&room, &id)?;
        let is_own = folder.starts_with(room.own_packs().folder());
        let files = if is_own { room.own_packs().packs()?.remove(&id).unwrap_or_default() } else { Files::new() };
        let frame = Frame { nav: "/packs", ..Frame::bare(&room, Some(&visitor), &pack.manifest.title) };
        let (is_ours, files) = (is_own && frame.may_administer, files.into_keys().collect());
        Ok(One { is_ours, is_own, files, folder: folder.display().to_string(), pack, frame })
    });
    html(&one.await?)
}

impl One {
    fn also(&self, place: &PlaceEntry) -> String {
        place.also.join(", ")
    }

    /// When an agreement is in force, in words.
    fn force(&self, agreement: &Agreement) -> String {
        let force = &agreement.in_force;
        match &force.until {
            Some(until) => format!("{} to {until}, {}", force.from, force.zone),
            None => format!("from {}, {}", force.from, force.zone),
        }
    }
}

/// A pack at hand.
fn shelved(room: &Room, id: &str) -> Result<Shelved, Refusal> {
    let found = at_hand(&room.options.world)?.into_iter().find(|s| s.pack.manifest.id == id);
    found.ok_or_else(|| Refusal::missing(format!("there is no pack `{id}` at hand")).hint("the page Packs lists all"))
}

/// `GET /packs/{id}/zip`: an own pack, to be kept or sent elsewhere.
pub(crate) async fn zip(State(room): State<Arc<Room>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let bytes = aside({
        let id = id.clone();
        move || {
            let files = room.own_packs().packs()?.remove(&id);
            let none = || Refusal::missing(format!("there is no own pack `{id}`")).hint("the page Packs lists all");
            Ok(packed(&id, &files.ok_or_else(none)?)?)
        }
    });
    let name = format!("attachment; filename=\"{id}.zip\"");
    let heads = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((heads, bytes.await?).into_response())
}

/// `POST /packs/look`: what a change would do; nothing is kept.
pub(crate) async fn look(State(room): State<Arc<Room>>, visitor: Visitor, parts: Multipart) -> Page {
    let (fields, files) = uploaded(parts).await?;
    let by = visitor.known()?.id;
    let frame = Frame { nav: "/packs", ..Frame::bare(&room, Some(&visitor), "What would change") };
    let looked = aside(move || {
        let own = room.own_packs();
        let proposal = form::proposal(&own, &fields, files, Timestamp::now())?;
        let Looked { findings, changes, before, after } = proposal.look(&own, &room.options.world)?;
        let is_fit = findings.is_empty() && !changes.is_empty();
        let what = proposal.what.clone();
        let count = |ledger: &Ledger| effect(&room, ledger, &visitor, &before, &after);
        let effect = is_fit.then(|| room.with_ledger(count)).transpose()?;
        let draft = is_fit.then(|| room.proposals.put(by, proposal)).transpose()?;
        Ok(Look { frame, what, findings, changes, effect, draft })
    });
    html(&looked.await?)
}

/// What a change would change in reading the newest reports that whoever looks may see.
fn effect(room: &Room, ledger: &Ledger, visitor: &Visitor, before: &[Pack], after: &[Pack]) -> Result<Effect, Refusal> {
    let sight: Sight = room.sight_in(ledger, visitor)?;
    let newest = ledger.listed(None, LOOKED, ledger.moment(None)?)?;
    let seen = newest.into_iter().filter(|l| sight.shows(&l.id));
    let texts = seen.filter_map(|l| {
        let entry = ledger.entry(l.entry).ok()?;
        let text = String::from_utf8_lossy(entry.content("text")?).into_owned();
        Some((l.id, l.name, text))
    });
    Ok(Effect::of(before, after, texts))
}

/// `POST /packs/keep`: keeps what was looked at.
pub(crate) async fn keep(State(room): State<Arc<Room>>, visitor: Visitor, fields: Fields) -> Result<Redirect, Refusal> {
    let by = visitor.known()?.clone();
    aside(move || {
        let proposal: Proposal = room.proposals.take(by.id, fields.get("draft"))?;
        let _only = room.keeping_packs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let kept = room.own_packs().keep(&proposal, &by.name, Timestamp::now())?;
        room.forget_packs();
        tracing::info!(by = by.name, version = kept.number, what = kept.what, "own packs were changed");
        Ok(Redirect::to(&format!("/packs?kept={}", kept.number)))
    })
    .await
}

/// `POST /packs/read-again`: reads again what would be read otherwise now.
pub(crate) async fn read_again(State(room): State<Arc<Room>>, visitor: Visitor) -> Result<Redirect, Refusal> {
    reread::begin(&room, &visitor.known()?.name)?;
    Ok(Redirect::to("/packs#reading"))
}
