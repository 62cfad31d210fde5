//! The documents, the newest first; or those that have words in them.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use ledger::search::{Hit, Query as Search};
use ledger::{Ledger, Listed, Moment};

use super::{Page, html};
use crate::error::Refusal;
use crate::filter::{Filter, Query, as_of};
use crate::frame::Frame;
use crate::missions::Sight;
use crate::room::Room;
use crate::visitor::Visitor;

/// Documents on a page.
const PAGE: usize = 50;
/// Documents that a search finds, at most.
const FOUND: usize = 100;

#[derive(Template)]
#[template(path = "documents.html")]
struct Documents {
    frame: Frame,
    words: String,
    from: String,
    to: String,
    hits: Vec<Found>,
    listed: Vec<Listed>,
    next: Option<u64>,
    is_search: bool,
}

struct Found {
    hit: Hit,
    /// Words round what was found, cut where what was found begins and ends.
    pieces: Vec<(String, bool)>,
}

/// `GET /documents` and `GET /search`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let mut frame = Frame { nav: "/documents", ..Frame::bare(&room, Some(&visitor), "Documents") };
    let held = Arc::clone(&room);
    let page = room
        .read(move |ledger| {
            let moment = ledger.moment(filter.as_of.as_deref().map(as_of).transpose()?)?;
            frame.cut_off = cut_off(ledger, moment)?;
            page(frame, &held, ledger, &held.sight_in(ledger, &visitor)?, &filter, moment)
        })
        .await?;
    html(&page)
}

/// When the last entry was made by a moment, in words.
pub(crate) fn cut_off(ledger: &Ledger, moment: Moment) -> Result<Option<String>, Refusal> {
    let last = moment.0.checked_sub(1).map(|last| ledger.header(last)).transpose()?;
    Ok(last.map(|header| crate::books::in_words(header.at)))
}

fn page(
    frame: Frame,
    room: &Room,
    ledger: &Ledger,
    sight: &Sight,
    filter: &Filter,
    moment: Moment,
) -> Result<Documents, Refusal> {
    let words = filter.rest.get("q").cloned().unwrap_or_default();
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string());
    let (from, to) = (day(filter.from), day(filter.to));
    let is_search = !words.is_empty();
    let (mut hits, mut listed) = (Vec::new(), Vec::new());
    if is_search {
        let limit = u32::try_from(FOUND + sight.reports()).unwrap_or(u32::MAX);
        let query = Search { phrases: phrases(&words), near: None, from: from.clone(), to: to.clone(), limit };
        if !query.phrases.is_empty() {
            let all = room.searches.find(ledger, &query, moment)?;
            let shown = all.iter().filter(|hit| sight.shows(&hit.document));
            hits = shown.take(FOUND).cloned().map(found).collect();
        }
    } else {
        let before = filter.after.as_deref().map(str::parse::<u64>).transpose();
        let before = before.map_err(|_| Refusal::wrong("after: it is no number of an entry"))?;
        listed = listed_to(sight, ledger, before, PAGE + 1, moment)?;
    }
    let next = (listed.len() > PAGE).then(|| listed.get(PAGE - 1).map(|l| l.entry)).flatten();
    listed.truncate(PAGE);
    let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
    Ok(Documents { frame, words, from, to, hits, listed, next, is_search })
}

/// Documents that somebody may see, the newest first, from before an entry on.
pub(crate) fn listed_to(
    sight: &Sight,
    ledger: &Ledger,
    mut before: Option<u64>,
    limit: usize,
    moment: Moment,
) -> Result<Vec<Listed>, Refusal> {
    let mut shown = Vec::new();
    loop {
        let some = ledger.listed(before, limit, moment)?;
        let (is_last, last) = (some.len() < limit, some.last().map(|l| l.entry));
        shown.extend(some.into_iter().filter(|l| sight.shows(&l.id)));
        if is_last || shown.len() >= limit {
            shown.truncate(limit);
            return Ok(shown);
        }
        before = last;
    }
}

fn found(hit: Hit) -> Found {
    let mut pieces = Vec::new();
    for (i, part) in hit.words.split('\u{2}').enumerate() {
        match (i, part.split_once('\u{3}')) {
            (0, _) | (_, None) => pieces.push((part.to_owned(), false)),
            (_, Some((found, rest))) => pieces.extend([(found.to_owned(), true), (rest.to_owned(), false)]),
        }
    }
    Found { hit, pieces }
}

/// Single words, and words in quotation marks together. What is no character to read counts as a blank.
pub(crate) fn phrases(words: &str) -> Vec<String> {
    let words = words.replace(char::is_control, " ");
    let parts = words.split('"').enumerate();
    let split = |(i, part): (usize, &str)| match i % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
        _ => vec![part.trim().to_owned()],
    };
    parts.flat_map(split).filter(|p| p.chars().any(char::is_alphanumeric)).collect()
}
