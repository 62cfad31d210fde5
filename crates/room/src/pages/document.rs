//! A document: its text with claims marked, and each claim with its fields.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use desk::decide::in_words;
use ledger::decision::{Decided, Decision, Settled};
use ledger::{Ledger, Recalled};
use trucewatch::claim::{Claim, Kind, Mode};
use trucewatch::document::Positions;
use trucewatch::when::Interval;

use super::claim::{Round, Shown};
use super::incident::{Line, done};
use super::{Page, html};
use crate::error::Refusal;
use crate::filter::{Filter, Query, as_of};
use crate::frame::Frame;
use crate::missions::Sight;
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "document.html")]
struct OneDocument {
    frame: Frame,
    id: String,
    name: String,
    outlet: Option<String>,
    url: Option<String>,
    title: Option<String>,
    published: String,
    dated_by: Option<String>,
    entry: u64,
    is_readable: bool,
    copy_of: Option<(String, String)>,
    notes: Vec<String>,
    pieces: Vec<Piece>,
    claims: Vec<(Shown, Vec<Line>)>,
    rejected: Vec<(Shown, Vec<Line>)>,
    before: Option<String>,
    after: Option<String>,
    read_by: String,
    kinds: Vec<&'static str>,
    modes: Vec<&'static str>,
}

impl OneDocument {
    fn here(&self) -> String {
        format!("/documents/{}", self.id)
    }
}

/// A stretch of the text, with the claims that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Ids of the claims, parted by blanks; empty where it is of none.
    pub(crate) claims: String,
    /// Ids of the claims that begin here.
    pub(crate) begins: Vec<String>,
}

impl Piece {
    /// Its text as markup. A carriage return is written so that no browser takes it for a line feed: places in the
    /// text are counted.
    pub(crate) fn markup(&self) -> String {
        let escaped = askama::filters::escape(&self.text, askama::filters::Html).map(|e| e.to_string());
        escaped.unwrap_or_default().replace('\r', "&#13;")
    }
}

/// `GET /documents/{id}`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, Path(id): Path<String>, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let mut frame = Frame::bare(&room, Some(&visitor), "").done(done(&filter));
    let held = Arc::clone(&room);
    let page = room
        .read(move |ledger| {
            let time = filter.as_of.as_deref().map(as_of).transpose()?;
            let moment = ledger.moment(time)?;
            let id = ledger.document_id(&id)?;
            let gone = || Refusal::missing(format!("document `{id}` is not there, or was removed by policy"));
            let sight = held.sight_in(ledger, &visitor)?;
            let recalled = ledger.recall(&id, moment)?.filter(|_| sight.shows(&id)).ok_or_else(gone)?;
            let packs: BTreeSet<&str> = recalled.reader.packs.iter().map(|p| p.id.as_str()).collect();
            let knowledge = held.knowledge(&packs)?;
            frame.cut_off = Some(crate::books::in_words(ledger.header(moment.0.saturating_sub(1))?.at));
            let settled = ledger.settled(&id, recalled.claims.clone(), moment)?;
            page(frame, ledger, &sight, &recalled, &settled, &knowledge, moment)
        })
        .await?;
    html(&page)
}

fn page(
    frame: Frame,
    ledger: &Ledger,
    sight: &Sight,
    recalled: &Recalled,
    settled: &Settled,
    knowledge: &trucewatch::pack::Knowledge,
    moment: ledger::Moment,
) -> Result<OneDocument, Refusal> {
    let Recalled { record, source, reader, .. } = recalled;
    let reliability = source.outlet.as_ref().and_then(|o| settled.sources.get(o)).map(|g| g.as_str());
    let shown = |claim: &Claim| -> Result<(Shown, Vec<Line>), Refusal> {
        let mark = settled.marks.get(&claim.id);
        let entries = mark.map(|m| m.entries.as_slice()).unwrap_or_default();
        let decisions =
            entries.iter().filter_map(|entry| decision(ledger, sight, *entry).transpose()).collect::<Result<_, _>>()?;
        Ok((Shown::new(claim, &Round { source, knowledge, mark, reliability }), decisions))
    };
    let kept: BTreeSet<&str> = settled.claims.iter().map(|c| c.id.as_str()).collect();
    let gone = recalled.claims.iter().filter(|c| !kept.contains(c.id.as_str()));
    let (before, after) = ledger.neighbours(recalled.entry, moment)?;
    let (before, after) = (before.filter(|id| sight.shows(id)), after.filter(|id| sight.shows(id)));
    Ok(OneDocument {
        id: record.id.clone(),
        name: record.name.clone(),
        outlet: record.outlet.clone(),
        url: record.url.clone(),
        title: record.title.clone(),
        published: source.published.map_or_else(|| "undated".to_owned(), Interval::in_words),
        dated_by: recalled.dated_by.clone().filter(|by| by != "given"),
        entry: recalled.entry,
        is_readable: record.readable,
        copy_of: source.copy_of.as_ref().map(|c| (c.first.clone(), c.reason.clone())),
        notes: source.notes.iter().map(|n| note(n, &source.text)).collect(),
        pieces: pieces(&source.text, &settled.claims),
        claims: settled.claims.iter().map(shown).collect::<Result<_, _>>()?,
        rejected: gone.map(shown).collect::<Result<_, _>>()?,
        before,
        after,
        read_by: format!("version {} with {}", reader.version, packs(reader)),
        kinds: Kind::ALL.iter().map(|k| k.as_str()).collect(),
        modes: Mode::ALL.iter().map(|m| m.as_str()).collect(),
        frame: Frame { title: record.name.clone(), ..frame },
    })
}

/// A decision that holds, as it was recorded.
fn decision(ledger: &Ledger, sight: &Sight, entry: u64) -> Result<Option<Line>, Refusal> {
    let kept = ledger.entry(entry)?;
    let at = kept.header.at;
    let Some(decision) = kept.record::<Decision>().filter(|d| sight.tells(d)) else { return Ok(None) };
    let words = in_words(&Decided { entry, at, decision, undone: None });
    Ok(Some(Line { entry, at: crate::books::in_words(at), words, is_open: true }))
}

fn packs(reader: &ledger::entry::Reader) -> String {
    let names: Vec<String> = reader.packs.iter().map(|p| format!("{} {}", p.id, p.version)).collect();
    if names.is_empty() { "no packs".to_owned() } else { format!("packs {}", names.join(", ")) }
}

fn note(note: &trucewatch::note::Note, text: &str) -> String {
    match note.span {
        Some(span) => format!("line {}: {}", Positions::new(text).line(span.start), note.message),
        None => note.message.clone(),
    }
}

/// A text cut wherever the words of a claim begin or end.
pub(crate) fn pieces(text: &str, claims: &[Claim]) -> Vec<Piece> {
    let mut cuts: BTreeSet<usize> = claims.iter().flat_map(|c| [c.span.start, c.span.end]).collect();
    cuts.extend([0, text.len()]);
    let cuts: Vec<usize> = cuts.into_iter().filter(|at| text.is_char_boundary(*at)).collect();
    let mut out = Vec::new();
    for pair in cuts.windows(2) {
        let [start, end] = pair else { continue };
        let over = |c: &&Claim| c.span.start <= *start && c.span.end >= *end;
        let of: Vec<&Claim> = claims.iter().filter(over).collect();
        out.push(Piece {
            text: text.get(*start..*end).unwrap_or("").to_owned(),
            claims: of.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(" "),
            begins: of.iter().filter(|c| c.span.start == *start).map(|c| c.id.clone()).collect(),
        });
    }
    out
}
