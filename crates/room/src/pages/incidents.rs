//! The list of incidents under a filter, with map and timeline.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use publish::v1;
use trucewatch::claim::Kind;
use trucewatch::incident::{Incident, Stance, Standing};
use trucewatch::when::Interval;

use super::{Page, html};
use crate::books::{Books, Reviewed};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

/// Incidents on a page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "incidents.html")]
struct Incidents<'a> {
    frame: Frame,
    filter: Filter,
    choices: &'a Choices,
    rows: Vec<Listed>,
    undated: Vec<Listed>,
    count: usize,
    without_day: usize,
    unplaced: usize,
    next: Option<String>,
}

/// An incident in a list.
pub(crate) struct Listed {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) date: String,
    pub(crate) standing: &'static str,
    /// Each voice: who, and what it does.
    pub(crate) voices: Vec<(String, &'static str)>,
    pub(crate) claims: usize,
    pub(crate) origins: usize,
    pub(crate) reviewed: &'static str,
}

impl Listed {
    /// An incident of the books under a filter.
    pub(crate) fn new(incident: &Incident, books: &Books, root: &str, tail: &str) -> Listed {
        let voice = |v: &trucewatch::incident::Voice| (books.party(v.party.as_str()), v.stance.as_str());
        let (heard, silent): (Vec<_>, Vec<_>) = incident.voices.iter().partition(|v| v.stance != Stance::Silent);
        Listed {
            href: format!("{root}/incidents/{}{tail}", incident.id),
            title: books.title(incident),
            date: incident.date.map_or_else(|| "no day known".to_owned(), Interval::in_words),
            standing: incident.standing.as_str(),
            voices: heard.into_iter().chain(silent).map(voice).collect(),
            claims: incident.members.len(),
            origins: incident.origins.len(),
            reviewed: books.reviewed(incident).in_words(),
        }
    }
}

/// What the fields of a filter offer.
pub(crate) struct Choices {
    pub(crate) kinds: Vec<&'static str>,
    pub(crate) standings: Vec<&'static str>,
    pub(crate) reviews: Vec<(&'static str, &'static str)>,
    /// Parties by id and title.
    pub(crate) parties: Vec<(String, String)>,
    pub(crate) places: Vec<String>,
    pub(crate) sources: Vec<String>,
    /// Terms by their words in the address, and a title.
    pub(crate) terms: Vec<(String, String)>,
}

impl Choices {
    /// What there is in the books.
    pub(crate) fn of(books: &Books) -> Choices {
        let (mut kinds, mut parties, mut places, mut sources) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for incident in &books.incidents {
            kinds.insert(incident.kind.as_str());
            places.extend(incident.place.iter().map(|p| p.name.clone()));
            sources.extend(books.publishers(incident).into_iter().map(str::to_owned));
            let voices = incident.voices.iter().map(|v| &v.party);
            parties.extend(incident.parties.iter().chain(voices).filter(|p| !p.is_bystander()).cloned());
        }
        let mut parties: Vec<(String, String)> =
            parties.iter().map(|p| (p.to_string(), books.party(p.as_str()))).collect();
        parties.sort_by(|a, b| a.1.cmp(&b.1));
        let known = |k: &&Kind| kinds.contains(k.as_str());
        Choices {
            kinds: Kind::ALL.iter().filter(known).map(|k| k.as_str()).collect(),
            standings: Standing::ALL.iter().map(|s| s.as_str()).collect(),
            reviews: Reviewed::ALL.map(|r| (r.as_str(), r.in_words())).into(),
            parties,
            places: places.into_iter().collect(),
            sources: sources.into_iter().collect(),
            terms: terms(books),
        }
    }
}

/// The terms under which something was found.
fn terms(books: &Books) -> Vec<(String, String)> {
    let found: BTreeSet<(&str, &str)> =
        books.findings.iter().map(|f| (f.agreement.as_str(), f.term.as_str())).collect();
    let title = |id: &str| {
        let known = books.record().knowledge().agreements().find(|a| a.id == id);
        known.map_or_else(|| id.to_owned(), |a| a.title.clone())
    };
    found.into_iter().map(|(a, t)| (format!("{a}:{t}"), format!("{}, term {t}", title(a)))).collect()
}

/// `GET /incidents`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    let frame = Frame::of(&room, &visitor, "Incidents", "/incidents", &books);
    page(frame, &books, filter)
}

/// The list of some books under a filter.
pub(crate) fn page(frame: Frame, books: &Books, filter: Filter) -> Page {
    let shown = filter.show(books)?;
    let (tail, root) = (filter.tail(), frame.root());
    let (count, without_day) = (shown.dated.len() + shown.undated.len(), shown.undated.len());
    let unplaced = shown.all().filter(|i| i.place.as_ref().is_none_or(|p| p.resolved.is_none())).count();
    let page = v1::Page::of(shown.newest().collect(), |i| i.id.as_str(), filter.after.as_deref(), Some(PAGE));
    let page = page.map_err(|e| Refusal::wrong(e.to_string()).hint("go back to the first page of the list"))?;
    let (rows, undated): (Vec<&Incident>, Vec<&Incident>) = page.items.into_iter().partition(|i| i.date.is_some());
    let listed = |all: Vec<&Incident>| all.into_iter().map(|i| Listed::new(i, books, root, &tail)).collect();
    let (rows, undated) = (listed(rows), listed(undated));
    let next = page.next.map(|id| next(&filter, &id));
    let choices = books.choices();
    html(&Incidents { frame, filter, choices, rows, undated, count, without_day, unplaced, next })
}

fn next(filter: &Filter, id: &str) -> String {
    let query = filter.query();
    if query.is_empty() { format!("?after={id}") } else { format!("?{query}&after={id}") }
}
