//! Adding reports: pasted, as files or by a link, read and shown before they are kept.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::{Multipart, State};
use desk::keep::{Fresh, Item, Keeper};
use intake::files::Shelf;
use intake::watch::{Manner, link};
use intake::{Columns, Limits, Received};
use trucewatch::document::{Document, Meta};
use trucewatch::when::Interval;

use super::claim::{Round, Shown};
use super::document::{Piece, pieces};
use super::{Page, html};
use crate::error::Refusal;
use crate::form::{Fields, uploaded};
use crate::frame::Frame;
use crate::room::{Room, aside};
use crate::visitor::Visitor;

/// Documents that are read for one look, at most.
const MOST: usize = 200;
/// For how long a page that somebody links to is waited for.
const WAITED: Duration = Duration::from_secs(20);

#[derive(Template)]
#[template(path = "add.html")]
struct Add {
    frame: Frame,
    allow_local: bool,
}

#[derive(Template)]
#[template(path = "preview.html")]
struct Preview {
    frame: Frame,
    draft: String,
    read: Vec<OneRead>,
    known: Vec<String>,
    /// What could not be read.
    wrong: Vec<Wrong>,
    is_more: bool,
}

/// What is wrong, and what to do about it.
type Wrong = (String, Option<String>);

/// A document that was read and is not kept yet.
struct OneRead {
    name: String,
    published: String,
    outlet: String,
    language: bool,
    pieces: Vec<Piece>,
    claims: Vec<Shown>,
    notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "added.html")]
struct Added {
    frame: Frame,
    laid: Vec<desk::keep::Laid>,
    claims: usize,
}

/// What was sent to be read.
struct Sent {
    /// Names and bytes.
    files: Vec<(String, Vec<u8>)>,
    fields: Fields,
}

impl Sent {
    fn link(&self) -> Option<&str> {
        Some(self.fields.get("link")).filter(|url| !url.is_empty())
    }
}

/// `GET /add`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor) -> Page {
    let frame = Frame { nav: "/add", ..Frame::bare(&room, Some(&visitor), "Add reports") };
    html(&Add { frame, allow_local: room.options.allow_local })
}

/// `POST /add`: reads what was sent and shows it.
pub(crate) async fn look(State(room): State<Arc<Room>>, visitor: Visitor, parts: Multipart) -> Page {
    let by = visitor.known()?.clone();
    let sent = sent(parts).await?;
    let frame = Frame { nav: "/add", ..Frame::bare(&room, Some(&visitor), "What was read") };
    let preview = aside(move || {
        let (shelf, meta) = (shelf(&sent.fields)?, meta(&sent.fields));
        let mut preview =
            Preview { frame, draft: String::new(), read: vec![], known: vec![], wrong: vec![], is_more: false };
        let mut kept = Vec::new();
        if let Some(url) = sent.link() {
            read(&room, std::iter::once(linked(&room, url, &shelf, &meta)), &mut preview, &mut kept)?;
        }
        for (name, bytes) in sent.files {
            let received = shelf.bytes(&name, bytes, meta.clone()).map(|r| r.map_err(|e| (e.to_string(), e.hint())));
            read(&room, received, &mut preview, &mut kept)?;
        }
        for fresh in &mut kept {
            fresh.brought_by(&by.name);
        }
        preview.draft = room.drafts.put(by.id, kept)?;
        Ok(preview)
    });
    html(&preview.await?)
}

async fn sent(parts: Multipart) -> Result<Sent, Refusal> {
    let (fields, files) = uploaded(parts).await?;
    let files = files.into_iter().map(|(_, name, bytes)| (base_name(&name), bytes)).collect();
    let mut sent = Sent { files, fields };
    let text = sent.fields.0.iter().find(|(n, _)| n == "text").map(|(_, v)| v.clone()).unwrap_or_default();
    if !text.trim().is_empty() {
        let name = sent.fields.get("name");
        let name = if name.is_empty() { "pasted.txt".to_owned() } else { base_name(name) };
        let name = if name.contains('.') { name } else { format!("{name}.txt") };
        sent.files.push((name, text.replace("\r\n", "\n").into_bytes()));
    }
    if sent.files.is_empty() && sent.link().is_none() {
        return Err(Refusal::wrong("nothing was sent").hint("paste a text or a link, or choose files"));
    }
    Ok(sent)
}

/// The last part of a path, of whichever system.
fn base_name(path: &str) -> String {
    let name: String =
        path.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
    let name: String = name.chars().take(200).collect();
    if name.trim().is_empty() { "unnamed.txt".to_owned() } else { name }
}

fn shelf(fields: &Fields) -> Result<Shelf, Refusal> {
    let columns = Some(fields.get("columns")).filter(|c| !c.is_empty()).map(Columns::parse).transpose();
    let wrong = |e| Refusal::wrong(format!("columns: {e}")).hint("write them as text=notes,published=event_date");
    let date = published(fields)?;
    Ok(Shelf { limits: Limits::default(), date, columns: columns.map_err(wrong)?.unwrap_or_default() })
}

fn meta(fields: &Fields) -> Meta {
    let word = |name: &str| Some(fields.get(name).to_owned()).filter(|w| !w.is_empty());
    Meta { published: None, outlet: word("outlet"), url: word("url"), title: word("title") }
}

/// The day that stands in for those of reports that come without one.
fn published(fields: &Fields) -> Result<Option<Interval>, Refusal> {
    let day = Some(fields.get("published")).filter(|d| !d.is_empty());
    let wrong = |d| Refusal::wrong(format!("published: `{d}` is no day")).hint("write it as 2031-03-08");
    day.map(|d| d.parse::<Interval>().map_err(|_| wrong(d))).transpose()
}

/// The page that somebody links to, fetched under the guards of a watch.
fn linked(room: &Room, url: &str, shelf: &Shelf, told: &Meta) -> Result<Received, Wrong> {
    let manner = Manner { request: WAITED, allow_local: room.options.allow_local, ..Manner::default() };
    let told = Meta { published: shelf.date, ..told.clone() };
    link(url, told, &manner).map_err(|e| (e.to_string(), Some(e.hint)))
}

fn read(
    room: &Room,
    all: impl Iterator<Item = Result<Received, Wrong>>,
    preview: &mut Preview,
    kept: &mut Vec<Fresh>,
) -> Result<(), Refusal> {
    let known = room.with_ledger(|ledger| Ok(ledger.document_ids()?))?;
    for received in all {
        if preview.read.len() >= MOST {
            preview.is_more = true;
            break;
        }
        match received {
            Err(error) => preview.wrong.push(error),
            Ok(received) if received.document.text().trim().is_empty() => {
                preview.wrong.push((format!("{}: holds no text", received.document.name()), None));
            }
            Ok(received) if known.contains(received.document.id()) => {
                preview.known.push(received.document.name().to_owned())
            }
            Ok(received) => {
                let world = room.world()?;
                let one = world.read(received)?;
                preview.read.push(shown(&one));
                kept.push(Fresh::of(&world, &one));
            }
        }
    }
    Ok(())
}

fn shown(read: &desk::Read) -> OneRead {
    let (source, knowledge) = (read.reading.source(), &read.lore.knowledge);
    let document: &Document = &read.received.document;
    let round = Round { source: &source, knowledge, mark: None, reliability: None };
    OneRead {
        name: document.name().to_owned(),
        published: source.published.map_or_else(|| "undated".to_owned(), Interval::in_words),
        outlet: source.outlet.clone().unwrap_or_default(),
        language: read.received.is_english,
        pieces: pieces(&source.text, &read.reading.claims),
        claims: read.reading.claims.iter().map(|c| Shown::new(c, &round)).collect(),
        notes: read.notes.iter().map(|n| n.message.clone()).collect(),
    }
}

/// `POST /add/keep`: keeps what was looked at.
pub(crate) async fn keep(State(room): State<Arc<Room>>, visitor: Visitor, fields: Fields) -> Page {
    let by = visitor.known()?.id;
    let fresh = room.drafts.take(by, fields.get("draft"))?;
    let frame = Frame { nav: "/add", ..Frame::bare(&room, Some(&visitor), "Kept") };
    let added = room.write(move |ledger| {
        let mut keeper = Keeper::new(ledger);
        let mut laid = Vec::new();
        for one in fresh {
            laid.extend(keeper.take(Item::Read(Box::new(one)))?);
        }
        laid.extend(keeper.flush()?);
        let claims = keeper.claims;
        Ok(Added { frame, laid, claims })
    });
    html(&added.await?)
}

#[cfg(test)]
mod tests {
    use super::base_name;

    #[test]
    fn no_path_stays_in_a_name() {
        assert_eq!(base_name("../../etc/passwd"), "passwd");
        assert_eq!(base_name("C:\\reports\\a.txt"), "a.txt");
        assert_eq!(base_name("/"), "unnamed.txt");
        assert_eq!(base_name("a\u{0}\r\n.txt"), "a.txt");
    }
}
