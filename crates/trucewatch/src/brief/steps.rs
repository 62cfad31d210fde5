//! Promised steps by kind: what each is, where it stands and by whose word, who said what, what is due next.

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::incident::Record;
use crate::process::{Due, Event, Owed, Process, Step, Topic};
use crate::when::day_in_words;

use super::line::{Basis, Line, LineBuilder, Page};
use super::stage;
use super::telling::tell;
use super::{Entry, Shown, happened, speaker, words};

/// Steps of one kind that are told, at most; those of which more is on record come first, in the order of time.
const TOLD: usize = 6;

/// Entries: one a kind of step, each step a line of its own; last, what is due and never spoken of.
pub(super) fn entries<'a>(page: &mut Page<'a>, shown: &Shown<'a>) -> Vec<Entry> {
    let mut aside = shown.aside.clone();
    let kinds = Topic::ALL.iter().filter(|t| **t != Topic::Truce);
    let mut entries: Vec<Entry> = kinds
        .filter_map(|topic| {
            let of: Vec<&Process> = shown.processes.iter().filter(|p| p.topic == *topic).collect();
            entry(page, *topic, of, &mut aside)
        })
        .collect();
    let told: Vec<Line> = shown.silent.iter().filter_map(|due| unspoken(page.record, due)).collect();
    if !told.is_empty() {
        entries.push(Entry { told, listed: true, ..Entry::headed("Due, and not spoken of in these reports") });
    }
    entries
}

/// Claims that stand in a step's incident and are no steps themselves, by incident; each is told once.
pub(super) type Aside<'a> = BTreeMap<String, Vec<&'a Claim>>;

fn entry<'a>(page: &mut Page<'a>, topic: Topic, mut steps: Vec<&Process>, aside: &mut Aside<'a>) -> Option<Entry> {
    steps.sort_by_key(|p| (std::cmp::Reverse(p.steps.len()), p.id.clone()));
    let rest: Vec<String> = steps.iter().skip(TOLD).flat_map(|p| p.claims().map(str::to_owned)).collect();
    steps.truncate(TOLD);
    steps.sort_by_key(|p| (p.days().is_none(), p.days(), p.id.clone()));
    let mut told: Vec<Line> = steps.into_iter().filter_map(|p| step(page, p, aside)).collect();
    if !rest.is_empty() {
        let more = words::capital(&words::count(rest.len(), "more claim is", "more claims are"));
        told.extend(LineBuilder::new(format!("{more} on record.")).resting_on(rest).build().ok());
    }
    let title = stage::heading(topic);
    (!told.is_empty()).then(|| Entry { told, listed: true, ..Entry::headed(title) })
}

fn step<'a>(page: &mut Page<'a>, process: &Process, aside: &mut Aside<'a>) -> Option<Line> {
    let mut lines: Vec<Line> = stage::stands(page.record, process).into_iter().collect();
    lines.extend(tell(page, &claims(page.record, process, aside)));
    lines.extend(stage::details(page, process));
    lines.extend(due(page.record, process));
    Line::joined(lines)
}

/// A process's claims, and those that stand with them and are told nowhere else.
pub(super) fn claims<'a>(record: &Record<'a>, process: &Process, aside: &mut Aside<'a>) -> Vec<&'a Claim> {
    let mut claims: Vec<&Claim> = process.claims().filter_map(|id| record.claim(id)).collect();
    for incident in &process.incidents {
        claims.extend(aside.remove(incident).unwrap_or_default());
    }
    claims
}

/// What agreements say of a step: terms that stand alike together, the soonest day first.
pub(super) fn due(record: &Record<'_>, process: &Process) -> Vec<Line> {
    let mut by_state: Vec<(String, Vec<&Due>)> = Vec::new();
    for due in &process.due {
        let state = format!("{}{}{}", owed(due.owed), late(process, due), by_day(due));
        match by_state.iter_mut().find(|(s, _)| *s == state) {
            Some((_, all)) => all.push(due),
            None => by_state.push((state, vec![due])),
        }
    }
    let line = |(state, all): (String, Vec<&Due>)| {
        let text = format!("Under {}: {state}.", terms(record, &all));
        LineBuilder::new(text).resting_on(process.claims().map(str::to_owned)).build().ok()
    };
    by_state.into_iter().filter_map(line).collect()
}

/// What is said of a step that nobody says was done in time.
fn late(process: &Process, due: &Due) -> &'static str {
    let done = |s: &&Step| matches!(s.event, Event::Start | Event::Finish);
    let first = process.steps.iter().filter(done).filter_map(|s| s.day).min();
    let after = first.zip(due.day).is_some_and(|(first, day)| first > day);
    if due.owed == Owed::SaidDone && after { ", first after its day" } else { "" }
}

fn by_day(due: &Due) -> String {
    due.day.map(|day| format!(", due by {}", day_in_words(day))).unwrap_or_default()
}

fn owed(owed: Owed) -> &'static str {
    match owed {
        Owed::Overdue => "overdue, no report says that it was done",
        Owed::Due => "not yet due",
        Owed::Open => "promised without a day, not reported as done",
        Owed::NotDone => "said not to have been done",
        Owed::Disputed => "disputed",
        Owed::SaidDone => "said to be carried out or under way",
        Owed::Ended => "said to have ended",
    }
}

/// "terms 2, 3 and 4 of the Halmora Protocol of 5 March 2031".
fn terms(record: &Record<'_>, all: &[&Due]) -> String {
    let mut by_agreement: Vec<(&str, Vec<&str>)> = Vec::new();
    for due in all {
        match by_agreement.iter_mut().find(|(a, _)| *a == due.agreement) {
            Some((_, numbers)) => numbers.push(&due.term),
            None => by_agreement.push((&due.agreement, vec![&due.term])),
        }
    }
    let of_one = |(agreement, numbers): &(&str, Vec<&str>)| {
        let term = if numbers.len() == 1 { "term" } else { "terms" };
        format!("{term} {} of the {}", words::list(numbers), happened::title(record, agreement))
    };
    words::list(&by_agreement.iter().map(of_one).collect::<Vec<_>>())
}

/// "Term 3 of the Halmora Protocol: all prisoners are handed over by 9 March (owed by Vesk and Orlava). …"
fn unspoken(record: &Record<'_>, due: &Due) -> Option<Line> {
    let agreement = record.knowledge().agreements().find(|a| a.id == due.agreement)?;
    let term = agreement.terms.iter().find(|t| t.number == due.term)?;
    let by: Vec<String> = due.by.iter().map(|p| speaker::party(record.knowledge(), p)).collect();
    let state = match due.owed {
        Owed::Overdue => "its day has passed",
        _ => "its day has not come",
    };
    let text = format!(
        "{}: {} Owed by {}{}; {state}.",
        words::capital(&terms(record, &[due])),
        term.text,
        words::list(&by),
        by_day(due)
    );
    LineBuilder::new(text).by(Basis::Agreement(agreement.id.clone())).build().ok()
}
