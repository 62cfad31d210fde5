//! Backups: the ledger copied while it is in use, each copy checked; they are listed, downloaded and removed here.
//! Restoring stays a command, for a room cannot take its own ledger from under itself.

use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use askama::Template;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use desk::backups::{Backup, Backups};
use http_body::Frame as Piece;
use jiff::Timestamp;
use tokio::sync::mpsc;

use super::{Page, html};
use crate::books::in_words;
use crate::error::Refusal;
use crate::form::Fields;
use crate::frame::Frame;
use crate::room::{Room, aside};
use crate::visitor::Visitor;

/// Bytes that are read and sent at a time.
const PIECE: usize = 1 << 18;

#[derive(Template)]
#[template(path = "backups.html")]
struct Shown {
    frame: Frame,
    all: Vec<Line>,
    folder: String,
    ledger: String,
    /// Whether everything in the ledger may be seen, and so be downloaded.
    is_whole: bool,
}

/// A backup as it is listed.
struct Line {
    name: String,
    made: String,
    by: String,
    size: String,
    entries: u64,
    root: String,
    fault: Option<String>,
}

impl Line {
    fn new(backup: Backup) -> Line {
        let Backup { name, at, by, bytes, entries, root, fault } = backup;
        Line { name, made: in_words(at), by, size: in_megabytes(bytes), entries, root, fault }
    }
}

/// A size in megabytes, to a tenth.
fn in_megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// `GET /backups`.
pub(crate) async fn all(State(room): State<Arc<Room>>, visitor: Visitor) -> Page {
    let frame = Frame { nav: "/backups", ..Frame::bare(&room, Some(&visitor), "Backups") };
    let ledger = room.options.ledger.clone();
    let is_whole = is_whole(&room, &visitor).await?;
    let shown = aside(move || {
        let backups = Backups::of(&ledger);
        let all = backups.all()?.into_iter().map(Line::new).collect();
        let (folder, ledger) = (backups.folder().display().to_string(), ledger.display().to_string());
        Ok(Shown { frame, all, folder, ledger, is_whole })
    });
    html(&shown.await?)
}

/// `POST /backups`: makes one.
pub(crate) async fn make(State(room): State<Arc<Room>>, visitor: Visitor) -> Result<Redirect, Refusal> {
    let by = visitor.known()?.name.clone();
    let made = aside(move || {
        let busy = || Refusal::wrong("a backup is being made").hint("wait until it is done; the page then lists it");
        let _only = room.backing_up.try_lock().map_err(|_| busy())?;
        let made = Backups::of(&room.options.ledger).make(&by, Timestamp::now())?;
        tracing::info!(by, name = made.name, root = made.root, "a backup was made");
        Ok(made.name)
    });
    Ok(Redirect::to(&format!("/backups#b-{}", made.await?)))
}

/// `POST /backups/{name}`: removes one.
pub(crate) async fn change(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let by = visitor.known()?.name.clone();
    if fields.get("what") != "remove" || !fields.is_ticked("sure") {
        return Err(Refusal::wrong("a backup is removed by its box and button").hint("tick the box beside the button"));
    }
    aside(move || {
        Backups::of(&room.options.ledger).remove(&name)?;
        tracing::info!(by, name, "a backup was removed");
        Ok(Redirect::to("/backups"))
    })
    .await
}

/// `GET /backups/{name}`: its file, for whoever may see all that is in it.
pub(crate) async fn file(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    if !is_whole(&room, &visitor).await? {
        let hint = "whoever keeps the ledger's machine has it in the folder that the page names";
        return Err(Refusal::forbidden("the backup holds what a mission does not show everybody").hint(hint));
    }
    let by = visitor.known()?.name.clone();
    let ledger = room.options.ledger.clone();
    let (backup, file) = aside(move || Ok(Backups::of(&ledger).open(&name)?)).await?;
    tracing::info!(by, name = backup.name, "a backup was downloaded");
    let heads = [
        (header::CONTENT_TYPE, "application/vnd.sqlite3".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", backup.name)),
        (header::CONTENT_LENGTH, backup.bytes.to_string()),
    ];
    Ok((heads, streamed(file, backup.bytes)).into_response())
}

async fn is_whole(room: &Arc<Room>, visitor: &Visitor) -> Result<bool, Refusal> {
    let (held, who) = (Arc::clone(room), visitor.clone());
    room.read(move |ledger| Ok(held.sight_in(ledger, &who)?.is_whole())).await
}

/// A file piece by piece, as fast as it is taken.
fn streamed(file: File, bytes: u64) -> Body {
    let (give, take) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut file = file.take(bytes);
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            let read = file.by_ref().take(PIECE as u64).read_to_end(&mut piece);
            let is_last = !matches!(read, Ok(n) if n > 0);
            let told = match read {
                Ok(0) => break,
                Ok(_) => give.blocking_send(Ok(Bytes::from(piece))),
                Err(e) => give.blocking_send(Err(e)),
            };
            if told.is_err() || is_last {
                break;
            }
        }
    });
    Body::new(Pieces(take))
}

/// What is read of a file, as a body.
struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Piece<Bytes>>>> {
        self.0.poll_recv(cx).map(|piece| piece.map(|p| p.map(Piece::data)))
    }
}
