//! Which promised steps are shown.

use std::collections::BTreeSet;

use jiff::civil::Date;
use trucewatch::finding::Finding;
use trucewatch::incident::{Incident, Record};
use trucewatch::pack::{Knowledge, PartyId};
use trucewatch::process::{self, Due, Process, State, Topic};
use trucewatch::when::Interval;

use super::asked;
use crate::failure::Failure;

/// Which promised steps are asked for; all where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Promises {
    /// Of a kind.
    pub kind: Option<String>,
    /// That a party takes, gains by, speaks of or owes; by its id.
    pub party: Option<String>,
    /// In a state.
    pub state: Option<String>,
    /// Of which an agreement makes something due that stands so.
    pub owed: Option<String>,
    /// First day of which a step may speak.
    pub from: Option<Date>,
    /// Last day of which a step may speak.
    pub to: Option<Date>,
}

/// Ids of the agreements that some step is, or falls under.
fn in_play(all: &[Process]) -> BTreeSet<String> {
    let named = all.iter().filter_map(|p| p.thing.agreement.clone());
    named.chain(all.iter().flat_map(|p| &p.due).map(|d| d.agreement.clone())).collect()
}

/// What was asked for, checked against what packs know.
pub struct PromiseFilter {
    kind: Option<Topic>,
    party: Option<PartyId>,
    state: Option<State>,
    owed: Option<String>,
    days: Option<Interval>,
}

impl PromiseFilter {
    /// Checks what was asked for.
    ///
    /// # Errors
    /// Where a word of it is none that packs know, or no kind or state of a promise.
    pub fn new(asked: &Promises, knowledge: &Knowledge) -> Result<PromiseFilter, Failure> {
        Ok(PromiseFilter {
            kind: asked.kind.as_deref().map(topic).transpose()?,
            party: asked.party.as_deref().map(|p| asked::party(p, knowledge)).transpose()?,
            state: asked.state.as_deref().map(state).transpose()?,
            owed: asked.owed.as_deref().map(owed).transpose()?,
            days: asked::days(asked.from, asked.to)?,
        })
    }

    /// The promised steps that were asked for, as they stand on a day, and what is due and not spoken of.
    #[must_use]
    pub fn follow(
        &self,
        record: &Record<'_>,
        incidents: &[Incident],
        findings: &[Finding],
        today: Option<Date>,
    ) -> (Vec<Process>, Vec<Due>) {
        let mut all = process::follow(record, incidents, findings, today);
        let in_play: BTreeSet<String> = in_play(&all);
        let in_play: BTreeSet<&str> = in_play.iter().map(String::as_str).collect();
        let mut unspoken = process::silent(record, &all, &in_play, today);
        unspoken.retain(|d| self.party.as_ref().is_none_or(|p| d.by.contains(p)));
        all.retain(|p| self.admits(p));
        (all, unspoken)
    }

    fn admits(&self, process: &Process) -> bool {
        let part = |p: &PartyId| {
            process.thing.by.contains(p)
                || process.thing.to.contains(p)
                || process.steps.iter().any(|s| s.by.as_ref() == Some(p))
                || process.due.iter().any(|d| d.by.contains(p))
        };
        let in_time = |days: Interval| process.days().is_some_and(|(a, b)| Interval::days(a, b).meets(days));
        self.kind.is_none_or(|k| process.topic == k)
            && self.state.is_none_or(|s| process.state == s)
            && self.party.as_ref().is_none_or(part)
            && self.days.is_none_or(in_time)
            && self.owed.as_ref().is_none_or(|o| process.due.iter().any(|d| d.owed.as_str() == o))
    }
}

fn topic(word: &str) -> Result<Topic, Failure> {
    asked::one_of(word, "no kind of promise", "there", &Topic::ALL, Topic::as_str)
}

fn state(word: &str) -> Result<State, Failure> {
    asked::one_of(word, "no state of a promise", "there", &State::ALL, State::as_str)
}

fn owed(word: &str) -> Result<String, Failure> {
    asked::one_of(word, "no way in which something is owed", "there", &process::Owed::ALL, process::Owed::as_str)
        .map(|o| o.as_str().to_owned())
}
