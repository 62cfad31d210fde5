//! Atom feeds: of a filter's incidents, and of briefs that were signed off.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use ledger::{Issue, Ledger, written};
use trucewatch::incident::Incident;
use trucewatch::when::Interval;

use crate::books::Books;
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::room::Room;
use crate::visitor::Visitor;

/// Entries of a feed, at most.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed {
    id: String,
    title: String,
    own: String,
    page: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    href: String,
    updated: String,
    summary: String,
}

impl Feed {
    fn answer(&self) -> Result<Response, Refusal> {
        let xml = self.render().map_err(|e| Refusal::broken(e.to_string()))?;
        Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
    }
}

/// `GET /feeds/incidents`.
pub(crate) async fn incidents(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Result<Response, Refusal> {
    let filter = Filter::parse(&query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    let feed = room.read(move |ledger| of_incidents(ledger, &books, &filter)).await?;
    feed.answer()
}

fn of_incidents(ledger: &Ledger, books: &Books, filter: &Filter) -> Result<Feed, Refusal> {
    let tail = filter.tail();
    let mut dated = Vec::new();
    for incident in filter.show(books)?.all() {
        dated.push((last_heard(ledger, books, incident)?, incident));
    }
    dated.sort_by(|a, b| (b.0, &b.1.id).cmp(&(a.0, &a.1.id)));
    let entry = |(at, incident): &(Timestamp, &Incident)| Entry {
        id: format!("urn:trucewatch:incident:{}", incident.id),
        title: title(books, incident),
        href: format!("/incidents/{}{tail}", incident.id),
        updated: written(*at),
        summary: summary(books, incident),
    };
    Ok(Feed {
        id: format!("urn:trucewatch:incidents:{}", filter.query()),
        title: format!("Incidents: {}", filter.in_words()),
        own: format!("/feeds/incidents{tail}"),
        page: format!("/incidents{tail}"),
        updated: written(books.cut_off.unwrap_or_default()),
        entries: dated.iter().take(MOST).map(entry).collect(),
    })
}

/// When the last document came in that tells of an incident.
fn last_heard(ledger: &Ledger, books: &Books, incident: &Incident) -> Result<Timestamp, Refusal> {
    let mut last = Timestamp::MIN;
    let documents: std::collections::BTreeSet<&str> = books.claims(incident).map(|c| c.document.as_str()).collect();
    for document in documents {
        last = last.max(ledger.header(ledger.document_entry(document)?)?.at);
    }
    Ok(last)
}

fn title(books: &Books, incident: &Incident) -> String {
    let day = incident.date.map_or_else(|| "no day known".to_owned(), Interval::in_words);
    format!("{}, {day}: {}", books.title(incident), incident.standing.as_str())
}

fn summary(books: &Books, incident: &Incident) -> String {
    let voices = incident.voices.iter().map(|v| format!("{} {}", books.party(v.party.as_str()), v.stance.as_str()));
    let words = books.claims(incident).map(|c| format!("“{}”", crate::pages::claim::one_line(books.record().quote(c))));
    let told: Vec<String> = voices.chain(words).collect();
    format!("{}. {}", told.join("; "), books.reviewed(incident).in_words())
}

/// `GET /feeds/briefs`.
pub(crate) async fn briefs(State(room): State<Arc<Room>>) -> Result<Response, Refusal> {
    let feed = room.read(|ledger| {
        let mut entries = Vec::new();
        let issues = ledger.issues(ledger.moment(None)?)?;
        for issue in issues.into_iter().rev().filter(|i| i.withdrawn.is_none()) {
            let Issue { entry, at, by, days: (from, to), sha256, replaces, .. } = issue;
            let erratum = replaces.map(|old| format!("; an erratum to that of entry {old}")).unwrap_or_default();
            entries.push(Entry {
                id: format!("urn:trucewatch:brief:{entry}:{sha256}"),
                title: format!("Brief of {from} to {to}, signed off by {by}{erratum}"),
                href: format!("/issued/{sha256}"),
                updated: written(at),
                summary: format!("SHA-256 {sha256}, entry {entry} of the ledger"),
            });
        }
        entries.truncate(MOST);
        let updated = entries.first().map_or_else(|| written(Timestamp::default()), |e| e.updated.clone());
        let (own, page) = ("/feeds/briefs".to_owned(), "/".to_owned());
        Ok(Feed {
            id: "urn:trucewatch:briefs".to_owned(),
            title: "Briefs that were signed off".to_owned(),
            own,
            page,
            updated,
            entries,
        })
    });
    feed.await?.answer()
}
