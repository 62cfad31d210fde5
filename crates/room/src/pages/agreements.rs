//! Agreements: what is in force, their terms, and what was found under each.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use publish::v1;
use trucewatch::when::{Interval, day_in_words};

use super::incident::{Found, found};
use super::{Page, html};
use crate::books::Books;
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "agreements.html")]
struct Agreements {
    frame: Frame,
    day: String,
    all: Vec<Bound>,
}

#[derive(Template)]
#[template(path = "agreement.html")]
struct OneAgreement {
    frame: Frame,
    day: String,
    one: Bound,
    terms: Vec<Term>,
}

/// An agreement with the titles of its parties.
struct Bound {
    wire: v1::Agreement,
    parties: Vec<(String, String)>,
    brokers: String,
    force: String,
}

struct Term {
    wire: v1::Term,
    kind: String,
    binds: String,
    found: Vec<(String, String, String, Found)>,
}

/// `GET /agreements`.
pub(crate) async fn all(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let books = room.books(visitor.part(), Filter::parse(&query)?.wanted(None)?).await?;
    let frame = Frame::of(&room, &visitor, "Agreements", "/agreements", &books);
    let mut known: Vec<_> = books.record().knowledge().agreements().collect();
    known.sort_by(|a, b| (b.agreed, &a.id).cmp(&(a.agreed, &b.id)));
    let all = known.into_iter().map(|a| bound(a, &books)).collect();
    html(&Agreements { frame, day: today(&books), all })
}

fn today(books: &Books) -> String {
    books.today.map_or_else(|| "no day".to_owned(), day_in_words)
}

fn bound(agreement: &trucewatch::pack::Agreement, books: &Books) -> Bound {
    let wire = v1::Agreement::new(agreement, &books.findings, books.today);
    let part = |p: &v1::AgreementParty| (books.party(&p.party), p.part.clone());
    Bound {
        parties: wire.parties.iter().map(part).collect(),
        brokers: wire.brokers.iter().map(|b| books.party(b)).collect::<Vec<_>>().join(", "),
        force: wire.force.clone().unwrap_or_else(|| "not known".to_owned()).replace('-', " "),
        wire,
    }
}

/// `GET /agreements/{id}`.
pub(crate) async fn one(State(room): State<Arc<Room>>, visitor: Visitor, Path(id): Path<String>, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    let known = books.record().knowledge().agreements().find(|a| a.id == id);
    let agreement = known.ok_or_else(|| Refusal::missing(format!("no pack in use knows the agreement `{id}`")))?;
    let one = bound(agreement, &books);
    let terms = one.wire.terms.iter().map(|t| term(t, &id, &books, &filter)).collect();
    let frame = Frame::of(&room, &visitor, &agreement.title, "/agreements", &books);
    html(&OneAgreement { frame, day: today(&books), one, terms })
}

fn term(term: &v1::Term, agreement: &str, books: &Books, filter: &Filter) -> Term {
    let of_it = books.findings.iter().filter(|f| f.agreement == agreement && f.term == term.number);
    let told = |f: &trucewatch::finding::Finding| {
        let incident = books.incident(&f.incident)?;
        let day = incident.date.map_or_else(|| "no day".to_owned(), Interval::in_words);
        let href = format!("/incidents/{}{}", incident.id, filter.tail());
        Some((href, books.title(incident), day, found(f, books)))
    };
    let binds: Vec<String> = term.binds.iter().map(|b| books.party(b)).collect();
    Term {
        wire: term.clone(),
        kind: term.kind.replace('-', " "),
        binds: if binds.is_empty() { "all parties".to_owned() } else { binds.join(", ") },
        found: of_it.filter_map(told).collect(),
    }
}
