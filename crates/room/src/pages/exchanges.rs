//! Exchanges: counts, offers, handovers. Lists of people are never opened here.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use mission::exchange::{Balance, Category, Handover};
use mission::{Action, Object, Stage, may, may_see};

use super::incident::done;
use super::mission::{Looked, Proposal, proposal};
use super::{Page, html};
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "exchanges.html")]
struct Exchanges {
    frame: Frame,
    looked: Looked,
    lists: Vec<List>,
    handovers: Vec<HandedOver>,
    left: Vec<String>,
    offers: Vec<Proposal>,
    /// Offers under which people may be handed over.
    agreed: Vec<(String, String)>,
    opened: Option<usize>,
    may_hand_over: bool,
}

/// What is known of a list outside.
pub(crate) struct List {
    pub(crate) at: String,
    pub(crate) entry: u64,
    pub(crate) side: String,
    pub(crate) counts: Vec<String>,
}

/// People handed over.
pub(crate) struct HandedOver {
    pub(crate) at: String,
    pub(crate) entry: u64,
    pub(crate) side: String,
    pub(crate) what: &'static str,
    pub(crate) count: usize,
    pub(crate) through: String,
    pub(crate) exchange: String,
}

/// `GET /exchanges`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let looked = Looked::at(&room, &visitor, &query).await?;
    let frame = looked.frame(&room, &visitor, "Exchanges").done(done(&Filter::parse(&query)?));
    let mission = looked.mission();
    let offers = looked.sight().subjects().filter(|s| s.proposal.subject == "exchange");
    let offers: Vec<_> = offers.collect();
    let holds = |s: &&&mission::Subject| matches!(mission.stage(s), Stage::Agreed | Stage::Executed);
    let agreed = offers.iter().filter(holds).map(|s| (s.id.clone(), s.proposal.title.clone())).collect();
    let opened = may_see(&looked.viewer, &Object::PersonNumbers).then_some(mission.opened.len());
    html(&Exchanges {
        lists: lists(&looked),
        handovers: handovers(&looked),
        left: left(&looked),
        offers: offers.iter().rev().map(|s| proposal(&looked, s)).collect(),
        agreed,
        opened,
        may_hand_over: may(&looked.viewer, Action::Make, &Object::ExchangeCounts),
        frame,
        looked,
    })
}

/// Counts of the lists that were given.
pub(crate) fn lists(looked: &Looked) -> Vec<List> {
    let counts =
        |l: &mission::exchange::List| l.sealed.counts.iter().map(|(c, n)| format!("{n} {}", c.as_str())).collect();
    let one = |l: &mission::exchange::List| List {
        at: looked.time(l.at),
        entry: l.entry,
        side: looked.title(&l.side),
        counts: counts(l),
    };
    looked.mission().lists.iter().map(one).collect()
}

/// Who was handed over, as counts.
pub(crate) fn handovers(looked: &Looked) -> Vec<HandedOver> {
    let one = |(entry, at, h): &(u64, jiff::Timestamp, Handover)| HandedOver {
        at: looked.time(*at),
        entry: *entry,
        side: looked.title(&h.side),
        what: h.category.as_str(),
        count: h.count,
        through: h.through.clone(),
        exchange: mission::book::short(&h.proposal).to_owned(),
    };
    looked.mission().handovers.iter().map(one).collect()
}

fn left(looked: &Looked) -> Vec<String> {
    let line = |category: Category| {
        let left: Vec<(String, usize)> = looked.mission().left(category).into_iter().collect();
        let [(a, first), (b, second)] = left.as_slice() else { return None };
        let each = Balance { first: *first, second: *second }.one_for_one();
        let (a, b, word) = (looked.title(a), looked.title(b), category.as_str());
        Some(format!("{word}: {a} {first}, {b} {second}; all for all {first} for {second}, one for one {each} each"))
    };
    [Category::Held, Category::Remains].into_iter().filter_map(line).collect()
}
