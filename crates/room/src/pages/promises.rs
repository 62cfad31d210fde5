//! Promised steps: where each stands, by whose word, what is due.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use desk::filter::{PromiseFilter, Promises as Asked};
use publish::v1;
use trucewatch::process::{Due, Owed, Process, State as Stand, Topic};

use super::claim::one_line;
use super::{Page, html};
use crate::books::{Books, spaced};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "promises.html")]
struct Promises {
    frame: Frame,
    asked: Asked,
    topics: Vec<&'static str>,
    states: Vec<&'static str>,
    owed: Vec<&'static str>,
    all: Vec<Promise>,
    unspoken: Vec<String>,
}

struct Promise {
    title: String,
    state: String,
    said_by: String,
    confirmed_by: String,
    disputed_by: String,
    refused_by: String,
    due: Vec<String>,
    steps: Vec<Step>,
}

struct Step {
    day: String,
    by: String,
    event: String,
    words: String,
    href: String,
}

impl Promises {
    fn is(&self, asked: &Option<String>, word: &str) -> bool {
        asked.as_deref() == Some(word)
    }
}

/// What an address asks for.
pub(crate) fn asked(filter: &Filter) -> Asked {
    let rest = |name: &str| filter.rest.get(name).cloned();
    let (state, owed) = (rest("state"), rest("owed"));
    Asked { kind: filter.kind.clone(), party: filter.party.clone(), state, owed, from: filter.from, to: filter.to }
}

/// The steps that an address asks for, and what is due and not spoken of.
pub(crate) fn followed(books: &Books, asked: &Asked) -> Result<(Vec<Process>, Vec<Due>), Refusal> {
    let filter = PromiseFilter::new(asked, books.record().knowledge())?;
    Ok(filter.follow(books.record(), &books.incidents, &books.findings, books.today))
}

/// `GET /promises`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    let asked = asked(&filter);
    let (all, unspoken) = followed(&books, &asked)?;
    html(&Promises {
        frame: Frame::of(&room, &visitor, "Promises", "/promises", &books),
        asked,
        topics: Topic::ALL.iter().map(|t| t.as_str()).collect(),
        states: Stand::ALL.iter().map(|s| s.as_str()).collect(),
        owed: Owed::ALL.iter().map(|o| o.as_str()).collect(),
        all: all.iter().map(|p| promise(&v1::Promise::new(p), &books)).collect(),
        unspoken: unspoken.iter().map(|d| due(&v1::Due::new(d), &books)).collect(),
    })
}

fn promise(wire: &v1::Promise, books: &Books) -> Promise {
    let titles = |ids: &[String]| ids.iter().map(|id| books.party(id)).collect::<Vec<_>>().join(", ");
    let what = [wire.force.clone(), wire.route.clone(), wire.agreement.clone()].into_iter().flatten();
    let who = match (titles(&wire.by), titles(&wire.to)) {
        (by, to) if to.is_empty() => by,
        (by, to) => format!("{by} for {to}"),
    };
    let parts: Vec<String> = what.chain([who]).filter(|p| !p.is_empty()).collect();
    Promise {
        title: format!("{}: {}", spaced(&wire.kind), parts.join(", ")),
        state: wire.state.replace('-', " "),
        said_by: wire.said_by.as_ref().map(|p| books.party(p)).unwrap_or_default(),
        confirmed_by: titles(&wire.confirmed_by),
        disputed_by: titles(&wire.disputed_by),
        refused_by: titles(&wire.refused_by),
        due: wire.due.iter().map(|d| due(d, books)).collect(),
        steps: wire.steps.iter().filter_map(|s| step(s, books)).collect(),
    }
}

fn step(step: &v1::Step, books: &Books) -> Option<Step> {
    let claim = books.record().claim(&step.claim)?;
    Some(Step {
        day: step.day.clone().unwrap_or_else(|| "no day".to_owned()),
        by: step.by.as_ref().map_or_else(|| "nobody named".to_owned(), |p| books.party(p)),
        event: step.event.replace('-', " "),
        words: one_line(books.record().quote(claim)),
        href: format!("/documents/{}#c-{}", claim.document, claim.id),
    })
}

fn due(due: &v1::Due, books: &Books) -> String {
    let agreement = books.record().knowledge().agreements().find(|a| a.id == due.agreement);
    let title = agreement.map_or(due.agreement.as_str(), |a| a.title.as_str());
    let day = due.day.as_ref().map_or_else(|| "no day".to_owned(), |d| format!("by {d}"));
    let by: Vec<String> = due.by.iter().map(|p| books.party(p)).collect();
    format!("{}: term {} of the {title}, {day}, owed by {}", due.owed.replace('-', " "), due.term, by.join(", "))
}
