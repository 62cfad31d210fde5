//! What agreements make due, by when, and what the reports say of it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Process, State, Topic};
use crate::agreement;
use crate::claim::Kind;
use crate::finding::{Answer, Check, Finding};
use crate::incident::Record;
use crate::pack::{Agreement, PartyId, Term, TermKind};

/// Where an obligation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owed {
    /// Its day has passed, and no report says that it was done.
    Overdue,
    /// Its day has not come.
    Due,
    /// It has no day, and no report says that it was done.
    Open,
    /// Somebody says that it was not done.
    NotDone,
    /// Some say that it was done, some that it was not.
    Disputed,
    /// Somebody says that it was done or is under way, and nobody says that it was not.
    SaidDone,
    /// It was under way and is said to have ended.
    Ended,
}

impl Owed {
    /// Every way in which something is owed.
    pub const ALL: [Owed; 7] =
        [Owed::Overdue, Owed::Due, Owed::Open, Owed::NotDone, Owed::Disputed, Owed::SaidDone, Owed::Ended];

    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Owed::Overdue => "overdue",
            Owed::Due => "due",
            Owed::Open => "open",
            Owed::NotDone => "not-done",
            Owed::Disputed => "disputed",
            Owed::SaidDone => "said-done",
            Owed::Ended => "ended",
        }
    }
}

/// One obligation of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Id of the agreement.
    pub agreement: String,
    /// Number of the term.
    pub term: String,
    /// The day by which it is due, where the term has one.
    pub day: Option<Date>,
    /// Who owes it.
    pub by: Vec<PartyId>,
    /// Where it stands.
    pub owed: Owed,
}

/// What agreements make due of a process, soonest first.
pub(super) fn of(record: &Record<'_>, process: &Process, findings: &[Finding], as_of: Option<Date>) -> Vec<Due> {
    let mut due: Vec<Due> = Vec::new();
    let found = findings.iter().filter(|f| bears_on(f, process)).filter_map(|f| term(record, f));
    for (agreement, term) in found.chain(promised(record, process)) {
        let one = due_of(agreement, term, owed(process, term.due, as_of));
        if !due.contains(&one) {
            due.push(one);
        }
    }
    due.sort_by(|a, b| {
        (a.day.is_none(), a.day, &a.agreement, &a.term).cmp(&(b.day.is_none(), b.day, &b.agreement, &b.term))
    });
    due
}

/// Days after agreeing within which a step of the kind that was promised is taken for the one that was.
const FRESH_DAYS: i32 = 60;

/// Terms that promise a step of the kind, to be taken by its takers, in an agreement made shortly before: what nobody
/// gave a day is set against no term by the findings.
fn promised<'a>(record: &Record<'a>, process: &Process) -> Vec<(&'a Agreement, &'a Term)> {
    let Some((first, _)) = process.days() else { return Vec::new() };
    let fresh = |a: &&Agreement| {
        a.agreed.until(first).is_ok_and(|span| (0..=FRESH_DAYS).contains(&span.get_days()))
            && !process.thing.by.is_empty()
    };
    let of = |a: &'a Agreement| {
        a.terms.iter().filter(move |t| t.kind == TermKind::Obliges && t.area.is_empty()).map(move |t| (a, t))
    };
    let takes = |(a, t): &(&Agreement, &Term)| {
        let bound = agreement::bound(a, t);
        let of_kind = t.claims.iter().filter_map(|k| Kind::parse(k)).any(|k| Topic::of(k) == Some(process.topic));
        of_kind && process.thing.by.iter().all(|p| bound.contains(&p))
    };
    record.knowledge().agreements().filter(fresh).flat_map(of).filter(takes).collect()
}

/// Whether a finding says that one of the process's claims falls under an obligation.
fn bears_on(finding: &Finding, process: &Process) -> bool {
    let ours = || process.claims().any(|c| finding.claims.iter().any(|f| f == c));
    finding.check == Check::Obligation
        && !matches!(finding.answer, Answer::OutOfScope(_))
        && process.incidents.contains(&finding.incident)
        && ours()
}

fn term<'a>(record: &Record<'a>, finding: &Finding) -> Option<(&'a Agreement, &'a Term)> {
    let agreement = record.knowledge().agreements().find(|a| a.id == finding.agreement)?;
    let term = agreement.terms.iter().find(|t| t.number == finding.term)?;
    Some((agreement, term))
}

/// Takes from steps what they are said to owe, where another step under the same term, of the same takers, is said to have
/// been carried out or begun: that no report says so would be untrue.
pub(super) fn settle(all: &mut [Process]) {
    let begun = |d: &Due| matches!(d.owed, Owed::SaidDone | Owed::Disputed | Owed::Ended);
    let told: Vec<(String, String, Vec<PartyId>)> = all
        .iter()
        .flat_map(|p| {
            p.due.iter().filter(|d| begun(d)).map(|d| (d.agreement.clone(), d.term.clone(), p.thing.by.clone()))
        })
        .collect();
    for process in all {
        let takers = &process.thing.by;
        let meet = |by: &[PartyId]| takers.is_empty() || by.is_empty() || takers.iter().any(|p| by.contains(p));
        let elsewhere = |d: &Due| told.iter().any(|(a, t, by)| *a == d.agreement && *t == d.term && meet(by));
        process.due.retain(|d| !matches!(d.owed, Owed::Overdue | Owed::Due | Owed::Open) || !elsewhere(d));
    }
}

fn due_of(agreement: &Agreement, term: &Term, owed: Owed) -> Due {
    let by = agreement::bound(agreement, term).into_iter().cloned().collect();
    Due { agreement: agreement.id.clone(), term: term.number.clone(), day: term.due, by, owed }
}

fn owed(process: &Process, day: Option<Date>, as_of: Option<Date>) -> Owed {
    let denied = !process.disputed_by.is_empty();
    match process.state {
        State::Underway | State::Restricted | State::Done if denied => Owed::Disputed,
        State::Underway | State::Restricted | State::Done => Owed::SaidDone,
        State::Ended => Owed::Ended,
        State::Named | State::Sought | State::Agreed if denied => Owed::NotDone,
        State::Named | State::Sought | State::Agreed => waiting(day, as_of),
    }
}

fn waiting(day: Option<Date>, as_of: Option<Date>) -> Owed {
    match (day, as_of) {
        (Some(day), Some(now)) if day < now => Owed::Overdue,
        (Some(_), _) => Owed::Due,
        (None, _) => Owed::Open,
    }
}

/// Obligations with a day, of agreements in some set, of which no process says anything: soonest first.
#[must_use]
pub fn silent(
    record: &Record<'_>,
    processes: &[Process],
    agreements: &BTreeSet<&str>,
    as_of: Option<Date>,
) -> Vec<Due> {
    let told: BTreeSet<(&str, &str)> =
        processes.iter().flat_map(|p| &p.due).map(|d| (d.agreement.as_str(), d.term.as_str())).collect();
    let wanted = record.knowledge().agreements().filter(|a| agreements.contains(a.id.as_str()));
    let of_one = |a: &Agreement| -> Vec<Due> {
        let terms = a.terms.iter().filter(|t| t.kind == TermKind::Obliges && t.due.is_some());
        let untold = terms.filter(|t| !told.contains(&(a.id.as_str(), t.number.as_str())));
        untold.map(|t| due_of(a, t, waiting(t.due, as_of))).collect()
    };
    let mut all: Vec<Due> = wanted.flat_map(of_one).collect();
    all.sort_by(|a, b| (a.day, &a.agreement, &a.term).cmp(&(b.day, &b.agreement, &b.term)));
    all
}
