//! Promised steps as state machines: truces, withdrawals, deployments, exchanges, delimitation, talks, help, access.
//!
//! A process is one promise through all documents: its claims in the order of their days, the state that they lead to,
//! who says so and who disputes it, conditions, consents, and what agreements make due. A denial, a refusal or a
//! condition never moves a state; a plan is not a deed.

mod detail;
mod machine;
mod owed;
mod ruled;
mod thing;
mod thread;

#[cfg(test)]
mod properties;

use jiff::civil::Date;

pub use detail::{Consent, Details, Level, Stand};
pub use machine::{Event, State, next};
pub use owed::{Due, Owed, silent};
pub use thing::{Force, Thing, Topic};

use crate::claim::Claim;
use crate::finding::Finding;
use crate::incident::{Incident, Record, id_led_by};
use crate::pack::PartyId;

/// One promise, as its claims have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Process {
    /// From its earliest claim: the same while that claim leads it.
    pub id: String,
    /// What kind of step.
    pub topic: Topic,
    /// What exactly: which force, whose, which road.
    pub thing: Thing,
    /// Where it has come to.
    pub state: State,
    /// Its claims in the order of their days, each with what it says of the state.
    pub steps: Vec<Step>,
    /// Who says that the present state holds, the first to say so first; outlets where nobody else does.
    pub said_by: Vec<PartyId>,
    /// Who says that it was not done, or does not hold.
    pub disputed_by: Vec<PartyId>,
    /// Who is against it.
    pub refused_by: Vec<PartyId>,
    /// Conditions that somebody set.
    pub conditions: Vec<Condition>,
    /// Strength, counts, area, consents, mediators and the like, each with its claims.
    pub details: Details,
    /// What agreements make due.
    pub due: Vec<Due>,
    /// Ids of the incidents that its claims are in.
    pub incidents: Vec<String>,
}

/// One claim of a process.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Id of the claim.
    pub claim: String,
    /// What it says of the state.
    pub event: Event,
    /// The state after it.
    pub state: State,
    /// Who says it.
    pub by: Option<PartyId>,
    /// The day that it speaks of, else the day on which it was published.
    pub day: Option<Date>,
}

/// A condition: nothing happens by it, and it is not dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Id of the claim that is conditional.
    pub claim: String,
    /// Who sets it.
    pub by: Option<PartyId>,
    /// Ids of the claims for what must come first, where the same sentence asks for it.
    pub needs: Vec<String>,
}

impl Process {
    /// Ids of its claims, in order.
    pub fn claims(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|s| s.claim.as_str())
    }

    /// Ids of the claims by which the present state is said to hold.
    pub fn standing(&self) -> impl Iterator<Item = &str> {
        let last = self.steps.iter().rposition(|s| s.state != self.state).map_or(0, |at| at + 1);
        let since = self.steps.iter().skip(last);
        since.filter(|s| s.event.leads_to(self.topic) == Some(self.state)).map(|s| s.claim.as_str())
    }

    /// Those who say that the present state holds beside the first who said so.
    #[must_use]
    pub fn confirmed_by(&self) -> &[PartyId] {
        self.said_by.get(1..).unwrap_or(&[])
    }

    /// Whether somebody says that the present state does not hold.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.state > State::Sought && !self.disputed_by.is_empty()
    }

    /// First and last day of which its claims speak.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        let days = || self.steps.iter().filter_map(|s| s.day);
        days().min().zip(days().max())
    }
}

/// Follows every promised step. Findings tell which terms of agreements a step falls under; `as_of` is the last day
/// looked at: what was due by then and is not said to be done is overdue. Neither the order of the claims nor that of
/// the documents matters.
#[must_use]
pub fn follow(record: &Record<'_>, incidents: &[Incident], findings: &[Finding], as_of: Option<Date>) -> Vec<Process> {
    let threads = thread::threads(record, incidents, as_of);
    let mut all: Vec<Process> = threads.iter().filter_map(|t| one(record, t, findings, as_of)).collect();
    owed::settle(&mut all);
    let order = |p: &Process| (p.topic, p.days().is_none(), p.days(), p.id.clone());
    all.sort_by_key(order);
    all
}

fn one(record: &Record<'_>, thread: &thread::Thread<'_>, findings: &[Finding], as_of: Option<Date>) -> Option<Process> {
    let first = thread.claims.first()?;
    let steps = steps(record, thread);
    let state = steps.last().map_or(State::Named, |s| s.state);
    let mut process = Process {
        id: id_led_by(&first.id).replacen("i-", "p-", 1),
        topic: thread.topic,
        thing: thread.thing.clone(),
        state,
        said_by: Vec::new(),
        disputed_by: Vec::new(),
        refused_by: speakers(since_begun(&steps).iter().filter(|s| s.event == Event::Refusal)),
        conditions: conditions(record, thread, &steps),
        details: detail::of(record, thread),
        due: Vec::new(),
        incidents: thread.incidents.clone(),
        steps,
    };
    voices(record, &mut process);
    process.due = owed::of(record, &process, findings, as_of);
    Some(process)
}

/// The steps from the one on by which the thing last began or went on: who was against it before is history.
fn since_begun(steps: &[Step]) -> &[Step] {
    let changed = steps.windows(2).rposition(
        |two| matches!(two, [before, after] if before.state < State::Underway && after.state >= State::Underway),
    );
    changed.map_or(steps, |at| steps.get(at + 1..).unwrap_or(&[]))
}

/// Runs the machine over the claims.
fn steps(record: &Record<'_>, thread: &thread::Thread<'_>) -> Vec<Step> {
    let mut state = State::Named;
    let step = |claim: &&Claim| {
        let event = machine::event(record, thread.topic, claim);
        state = next(thread.topic, state, event);
        let by = claim.speaker.value.party.clone();
        Step { claim: claim.id.clone(), event, state, by, day: thread::day(record, claim) }
    };
    thread.claims.iter().map(step).collect()
}

/// Who says that the present state holds, and who that it does not.
fn voices(record: &Record<'_>, process: &mut Process) {
    let standing: Vec<&Claim> = process.standing().filter_map(|id| record.claim(id)).collect();
    let place = |c: &Claim| c.place.as_ref().map(|p| thread::place_key(&p.value));
    let same_place = |denial: &Claim| {
        standing.is_empty()
            || place(denial).is_none()
            || standing.iter().any(|c| {
                let there = place(c);
                there.is_none() || there == place(denial)
            })
    };
    let denials = process.steps.iter().filter(|s| s.event == Event::Denial);
    let denials = denials.filter(|s| record.claim(&s.claim).is_some_and(same_place));
    let disputed = speakers(denials);
    let said = parties(standing.iter().filter_map(|c| c.speaker.value.party.as_ref()));
    process.disputed_by = disputed.into_iter().filter(|p| !said.contains(p)).collect();
    process.said_by = said;
}

fn conditions(record: &Record<'_>, thread: &thread::Thread<'_>, steps: &[Step]) -> Vec<Condition> {
    let conditional = thread.claims.iter().zip(steps).filter(|(_, s)| s.event == Event::Condition);
    conditional
        .map(|(claim, step)| Condition {
            claim: claim.id.clone(),
            by: step.by.clone(),
            needs: detail::needs(record, claim),
        })
        .collect()
}

fn speakers<'a>(steps: impl Iterator<Item = &'a Step>) -> Vec<PartyId> {
    parties(steps.filter_map(|s| s.by.as_ref()))
}

/// Parties once each in the order in which they come; outlets and others only where nobody else is there.
fn parties<'a>(all: impl Iterator<Item = &'a PartyId>) -> Vec<PartyId> {
    let mut out: Vec<PartyId> = Vec::new();
    for party in all {
        if !out.contains(party) {
            out.push(party.clone());
        }
    }
    if out.iter().any(|p| !p.is_bystander()) {
        out.retain(|p| !p.is_bystander());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Kind, Mode};
    use crate::incident::sample::{Tale, Told};

    fn follow_all(all: &[Told]) -> Vec<Process> {
        let mut tale = Tale::new();
        all.iter().for_each(|t| tale.tell(t.clone()));
        let record = tale.record();
        let incidents = tale.gather();
        let as_of = "2031-03-12".parse().ok();
        follow(&record, &incidents, &crate::finding::check(&record, &incidents, as_of), as_of)
    }

    fn exchange(by: &str, day: &str, mode: Mode) -> Told {
        let words = format!("the handing over of all prisoners, {mode}, says {by}");
        Told::new(&format!("{by}{day}"), day, &words).by(by).kind(Kind::Exchange, &["vesk", "orlava"], &[]).mode(mode)
    }

    #[test]
    fn shelling_is_no_step() {
        let told = Told::new("a", "2031-03-08", "Vesk shelled Hollin").by("orlava");
        assert!(follow_all(&[told.shelling("vesk", "orlava", "2031-03-07")]).is_empty());
    }

    #[test]
    fn a_plan_is_not_a_deed_and_a_denial_moves_nothing() {
        let state = |modes: &[Mode]| {
            let told: Vec<Told> =
                modes.iter().enumerate().map(|(i, m)| exchange("vesk", &format!("2031-03-0{}", i + 1), *m)).collect();
            follow_all(&told)[0].state
        };
        assert_eq!(state(&[Mode::Planned]), State::Agreed);
        assert_eq!(state(&[Mode::Planned, Mode::Denied]), State::Agreed);
        assert_eq!(state(&[Mode::Rejected]), State::Named);
        assert_eq!(state(&[Mode::Conditional]), State::Named);
        assert_eq!(state(&[Mode::CalledFor, Mode::Rejected]), State::Sought);
        assert_eq!(state(&[Mode::CalledFor, Mode::Planned, Mode::Asserted]), State::Done);
    }

    #[test]
    fn who_says_it_and_who_disputes_it() {
        let found = follow_all(&[
            exchange("vesk", "2031-03-08", Mode::Asserted),
            exchange("orlava", "2031-03-09", Mode::Denied),
        ]);
        assert_eq!(found.len(), 1, "one promise through two documents");
        assert!(found[0].is_disputed());
        assert_eq!(found[0].said_by, [PartyId::new("vesk")]);
        assert_eq!(found[0].disputed_by, [PartyId::new("orlava")]);
    }

    #[test]
    fn what_an_agreement_makes_due_is_overdue_after_its_day() {
        let planned = exchange("vesk", "2031-03-08", Mode::Planned).on("2031-03-09");
        let found = follow_all(&[planned]);
        let due = &found[0].due[0];
        assert_eq!((due.term.as_str(), due.day, due.owed), ("3", "2031-03-09".parse().ok(), Owed::Overdue));
    }

    #[test]
    fn a_condition_is_kept_with_what_must_come_first() {
        let words = "the border can be marked only after the troops have left";
        let marked = Told::new("a", "2031-03-08", words).by("orlava");
        let marked = marked.kind(Kind::Delimitation, &["vesk", "orlava"], &[]).mode(Mode::Conditional);
        let left = Told::new("a", "2031-03-08", words).by("orlava").kind(Kind::Withdrawal, &["vesk"], &["orlava"]);
        let mut tale = Tale::new();
        tale.tell(marked);
        tale.tell_again(left.mode(Mode::CalledFor));
        let record = tale.record();
        let found = follow(&record, &tale.gather(), &[], None);
        let border = found.iter().find(|p| p.topic == Topic::Delimitation).unwrap();
        assert_eq!(border.state, State::Named);
        assert_eq!(border.conditions[0].needs.len(), 1);
    }

    #[test]
    fn promises_long_apart_are_two() {
        let found =
            follow_all(&[exchange("vesk", "2029-03-08", Mode::Planned), exchange("vesk", "2031-03-08", Mode::Planned)]);
        assert_eq!(found.len(), 2);
    }
}
