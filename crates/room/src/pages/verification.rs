//! Verification: allegations and what was found of them, who waits for whom, and the mission's daily and weekly report.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use mission::book::short;
use mission::report::{Asked, Laid, laid};
use mission::verification::{Case, State as Stage, Step as Taken};
use mission::{Action, Object, may};

use super::field::{Row, row, seen};
use super::incident::done;
use super::mission::{Looked, Step, Wait};
use super::{Page, html};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::{Room, aside};
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "verification.html")]
struct Queue {
    frame: Frame,
    looked: Looked,
    waits: Vec<Wait>,
    late: usize,
    cases: Vec<Shown>,
    may_allege: bool,
}

/// An allegation as a page shows it.
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) short: String,
    pub(crate) entry: u64,
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) words: String,
    pub(crate) against: Option<String>,
    place: Option<String>,
    incident: Option<String>,
    pub(crate) state: &'static str,
    pub(crate) found: Option<(&'static str, String)>,
    /// Who waits for whom, and whether that is overdue.
    pub(crate) waits: Vec<(String, bool)>,
    is_published: bool,
}

impl Shown {
    /// Its page.
    fn here(&self) -> String {
        format!("/verification/{}", self.id)
    }
}

#[derive(Template)]
#[template(path = "allegation.html")]
struct OneCase {
    frame: Frame,
    looked: Looked,
    case: Shown,
    steps: Vec<Step>,
    comments: Vec<(String, Option<String>)>,
    cited: Vec<Row>,
    reports: Vec<Row>,
    /// Steps that whoever looks may state.
    may: Vec<&'static str>,
    may_comment: bool,
    may_publish: bool,
}

#[derive(Template)]
#[template(path = "mission_report.html")]
struct Report {
    frame: Frame,
    looked: Looked,
    report: Laid,
    day: Date,
    is_weekly: bool,
    before: Option<Date>,
    after: Option<Date>,
}

/// The allegations of a mission that somebody may see, the newest first.
pub(crate) fn cases(looked: &Looked) -> impl Iterator<Item = &Case> {
    looked.sight().cases().rev()
}

/// `GET /verification`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let looked = Looked::at(&room, &visitor, &query).await?;
    let frame = looked.frame(&room, &visitor, "Verification").done(done(&Filter::parse(&query)?));
    let cases: Vec<Shown> = cases(&looked).map(|c| shown(&looked, c)).collect();
    let wait = |c: &Shown| {
        let one = |(words, is_late): &(String, bool)| Wait {
            href: format!("/verification/{}{}", c.id, looked.tail()),
            on: c.words.clone(),
            words: words.clone(),
            is_late: *is_late,
        };
        c.waits.iter().map(one).collect::<Vec<_>>()
    };
    let mut waits: Vec<Wait> = cases.iter().flat_map(wait).collect();
    waits.sort_by_key(|w| !w.is_late);
    let late = waits.iter().filter(|w| w.is_late).count();
    let may_allege = looked.is_liaison() || may(&looked.viewer, Action::Make, &Object::OpenVerification);
    html(&Queue { frame, waits, late, cases, may_allege, looked })
}

/// An allegation as a page shows it.
pub(crate) fn shown(looked: &Looked, case: &Case) -> Shown {
    let now = Timestamp::now();
    let put = looked.sight().finding(case);
    let knows = looked.sight().progress(case);
    let waits = if knows {
        case.waits(&looked.parties(), now, looked.offset())
    } else {
        vec!["is with the mission".to_owned()]
    };
    let late = |w: String| (looked.with_titles(&w), w.ends_with("overdue"));
    Shown {
        id: case.id.clone(),
        short: short(&case.id).to_owned(),
        entry: case.entry,
        at: looked.time(case.at),
        by: case.party.as_ref().map_or_else(|| case.by.clone(), |p| looked.title(p)),
        words: case.allegation.words.clone(),
        against: case.allegation.against.as_ref().map(|p| looked.title(p)),
        place: case.allegation.place.clone(),
        incident: case.allegation.incident.clone(),
        state: if knows { case.state().as_str() } else { "with the mission" },
        found: case.finding().filter(|_| put).map(|f| (f.found.as_str(), f.words.clone())),
        waits: if looked.is_inside() { waits.into_iter().map(late).collect() } else { Vec::new() },
        is_published: looked.mission().published.contains(&case.id),
    }
}

/// `GET /verification/{id}`.
pub(crate) async fn one(State(room): State<Arc<Room>>, visitor: Visitor, Path(id): Path<String>, query: Query) -> Page {
    let looked = Looked::at(&room, &visitor, &query).await?;
    let gone = || Refusal::missing(format!("there is no allegation `{id}` that you may see"));
    let case = looked.mission().case(&id).map_err(|_| gone())?;
    if !looked.sight().case(case) {
        return Err(gone());
    }
    let frame = looked.frame(&room, &visitor, "Allegation").done(done(&Filter::parse(&query)?));
    let put = looked.sight().finding(case);
    let cites = |document: &String| put && case.finding().is_some_and(|f| f.reports.contains(document));
    let commented = |party: &String| {
        let said = case.comments().filter(|t| t.party.as_ref() == Some(party)).last();
        (looked.title(party), said.map(|t| t.done.words.clone()))
    };
    let finds = may(&looked.viewer, Action::Make, &Object::OpenVerification);
    html(&OneCase {
        steps: looked.sight().steps(case).into_iter().map(|t| step(&looked, t)).collect(),
        comments: if put { looked.parties().iter().map(commented).collect() } else { Vec::new() },
        cited: seen(&looked).filter(|t| cites(&t.document)).map(|t| row(&looked, t)).collect(),
        reports: if finds { seen(&looked).take(200).map(|t| row(&looked, t)).collect() } else { Vec::new() },
        may: if finds { steps_of(case, &looked) } else { Vec::new() },
        may_comment: case.state() == Stage::Found
            && may(&looked.viewer, Action::Answer, &Object::Finding(looked.parties())),
        may_publish: case.finding().is_some()
            && may(&looked.viewer, Action::Publish, &Object::Finding(looked.parties())),
        case: shown(&looked, case),
        frame,
        looked,
    })
}

/// The steps that may come next, as whoever looks may state them.
fn steps_of(case: &Case, looked: &Looked) -> Vec<&'static str> {
    let is_chief = looked.viewer == mission::Viewer::Staff(mission::Role::Chief);
    match case.state() {
        Stage::Alleged => vec!["assign"],
        // A finding follows a visit, or that one was denied.
        Stage::Assigned => vec!["visit", "deny", "suspend", "assign"],
        Stage::Denied => vec!["visit", "find", "suspend", "assign"],
        Stage::Visited => vec!["find", "suspend", "assign"],
        Stage::Suspended => vec!["resume"],
        Stage::Found if is_chief => vec!["sign-off", "find"],
        Stage::Found => vec!["find"],
        Stage::SignedOff => Vec::new(),
    }
}

/// A step in words.
pub(crate) fn step(looked: &Looked, taken: &mission::verification::Taken) -> Step {
    let what = match &taken.step {
        Taken::Assigned { to, due } => {
            let due = due.map(|d| format!(", due {}", looked.time(d))).unwrap_or_default();
            format!("assigned to {to}{due}")
        }
        Taken::Denied { party: Some(party) } => format!("denied by {}", looked.title(party)),
        Taken::Found(finding) => {
            let due =
                finding.comments_due.map(|d| format!("; comments are due {}", looked.time(d))).unwrap_or_default();
            format!("found {}: “{}”{due}", finding.found.as_str(), finding.words)
        }
        step => step.as_str().to_owned(),
    };
    let who = taken.party.as_ref().map_or_else(|| taken.done.by.clone(), |p| looked.title(p));
    let words = if taken.done.words.is_empty() { what } else { format!("{what}: “{}”", taken.done.words) };
    Step { entry: taken.done.entry, at: looked.time(taken.done.on), words: format!("{who}: {words}") }
}

/// `GET /verification/report`: the mission's daily or weekly report.
pub(crate) async fn report(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let (filter, looked) = (Filter::parse(&query)?, Looked::at(&room, &visitor, &query).await?);
    let is_weekly = filter.rest.contains_key("weekly");
    let (day, report) = laid_out(&room, &looked, &filter).await?;
    let days = if is_weekly { 7 } else { 1 };
    let frame = looked.frame(&room, &visitor, if is_weekly { "Weekly report" } else { "Daily report" });
    let (before, after) = (day.checked_sub(days.days()).ok(), day.checked_add(days.days()).ok());
    html(&Report { frame, looked, report, day, is_weekly, before, after })
}

/// The report that an address asks for, laid out, with the day on which it ends.
///
/// # Errors
/// Where whoever looks may not see field reports, or the day is none.
pub(crate) async fn laid_out(room: &Arc<Room>, looked: &Looked, filter: &Filter) -> Result<(Date, Laid), Refusal> {
    if !looked.sees_all() {
        let hint = "what is published stands under field reports and verification";
        return Err(Refusal::forbidden("the mission’s own reports rest on what is not published").hint(hint));
    }
    let day = filter.rest.get("day").map(|d| {
        d.parse::<Date>().map_err(|_| Refusal::wrong(format!("day: `{d}` is no day")).hint("write it as 2031-03-08"))
    });
    let (day, id, held) = (day.transpose()?, looked.id.clone(), Arc::clone(room));
    let (missions, mission) = (Arc::clone(&looked.missions), looked.mission().clone());
    let days = if filter.rest.contains_key("weekly") { 7 } else { 1 };
    aside(move || {
        let desk = held.field_desk(&id, &mission)?;
        let reports: Vec<_> = missions.reports(&id).iter().map(|told| told.report.clone()).collect();
        let offset = desk.mandate.offset().unwrap_or(jiff::tz::Offset::UTC);
        let last = reports.iter().map(|r| r.until).max().unwrap_or_else(Timestamp::now);
        let day = day.unwrap_or_else(|| ending(offset.to_datetime(last), &desk.mandate));
        let in_force = desk.in_force();
        let asked =
            Asked { mandate: &desk.mandate, mission: &mission, reports: &reports, lore: &*desk, day, days, in_force };
        let wrong = || Refusal::wrong(format!("{day} has no such period")).hint("name another day");
        Ok((day, laid(&asked).ok_or_else(wrong)?))
    })
    .await
}

/// The day on whose cut-off the period ends in which a time lies.
fn ending(at: jiff::civil::DateTime, mandate: &mission::Mandate) -> Date {
    if at.time() < mandate.cut_off { at.date() } else { at.date().tomorrow().unwrap_or(at.date()) }
}
