//! Incidents set against terms of agreements: in scope, out of scope, or undetermined for want of a named fact.
//!
//! A finding alleges nothing. It says who does, under which term the allegation would fall, and what the accused
//! answers.

mod build;
mod entry;
mod limit;
mod mechanism;
mod obligation;
mod prohibited;
mod scope;

pub use build::{FindingBuilder, NoClaims};
pub use scope::{Answer, Case, scope};

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::agreement::{self, Force};
use crate::claim::{Claim, Mode};
use crate::incident::{Incident, Record, Stance, Standing};
use crate::pack::{Agreement, PartyId, Term, TermKind};
use crate::when::{Interval, Point};

/// One incident set against one term.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// From incident, agreement and term.
    pub id: String,
    /// Id of the incident.
    pub incident: String,
    /// Id of the agreement.
    pub agreement: String,
    /// Number of the term in the agreement.
    pub term: String,
    /// Which check made it.
    pub check: Check,
    /// Whether the term covers the incident.
    pub answer: Answer,
    /// For what was promised: where that stands.
    pub state: Option<State>,
    /// Ids of the claims that it rests on; never empty.
    pub claims: Vec<String>,
    /// Parties that allege it; empty where only outlets tell of it.
    pub alleged_by: Vec<PartyId>,
    /// Those who are said to have done it, and what each answers.
    pub accused: Vec<(PartyId, Stance)>,
    /// What the voices on the incident amount to.
    pub standing: Standing,
}

/// The kinds of checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// A prohibited act, in force and in area.
    Prohibited,
    /// Something promised, due or done.
    Obligation,
    /// A number against a limit.
    Limit,
    /// An act just before entry into force or after the end.
    Entry,
    /// A mechanism and the consent that it needs.
    Mechanism,
}

impl Check {
    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Check::Prohibited => "prohibited-act",
            Check::Obligation => "obligation",
            Check::Limit => "limit",
            Check::Entry => "entry-into-force",
            Check::Mechanism => "mechanism",
        }
    }
}

/// Where something promised stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Its day has not come.
    Due,
    /// Somebody says that it was done, nobody disputes it.
    Done,
    /// Its day has passed and nobody says that it was done.
    Overdue,
    /// Some say that it was done, some that it was not.
    Disputed,
    /// Somebody says that it was not done.
    NotDone,
    /// Promised or asked for, without a day.
    Open,
}

impl State {
    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Due => "due",
            State::Done => "done",
            State::Overdue => "overdue",
            State::Disputed => "disputed",
            State::NotDone => "not done",
            State::Open => "open",
        }
    }
}

/// What every check is given.
struct Question<'a> {
    record: &'a Record<'a>,
    incident: &'a Incident,
    /// The incident's claims of the types that the term speaks of.
    claims: Vec<&'a Claim>,
    agreement: &'a Agreement,
    term: &'a Term,
    /// When it happened, as far as the documents could know.
    when: Option<Interval>,
    /// Whether one of the incident's claims names the agreement.
    named: bool,
    as_of: Option<Date>,
}

/// Sets incidents against the agreements of the packs in use. `as_of` is the last day that is looked at: what was
/// due by then and is not reported done is overdue.
#[must_use]
pub fn check(record: &Record<'_>, incidents: &[Incident], as_of: Option<Date>) -> Vec<Finding> {
    incidents.iter().flat_map(|incident| of_incident(record, incident, as_of)).collect()
}

fn of_incident(record: &Record<'_>, incident: &Incident, as_of: Option<Date>) -> Vec<Finding> {
    let names = named_agreements(record, incident);
    let when = known(record, incident);
    let mut findings = Vec::new();
    for agreement in record.knowledge().agreements() {
        let named = names.contains(&agreement.id);
        if !named && !bears_on(record, incident, agreement, when) {
            continue;
        }
        for term in &agreement.terms {
            let claims = claims_under(record, incident, term);
            findings.extend(answer(&Question { record, incident, claims, agreement, term, when, named, as_of }));
        }
    }
    findings
}

/// The incident's claims of the types that a term speaks of.
fn claims_under<'a>(record: &Record<'a>, incident: &Incident, term: &Term) -> Vec<&'a Claim> {
    let claims: Vec<&Claim> = incident.members.iter().filter_map(|m| record.claim(&m.claim)).collect();
    claims.into_iter().filter(|c| term.claims.iter().any(|t| t == c.kind.value.as_str())).collect()
}

fn answer(question: &Question<'_>) -> Option<Finding> {
    match question.term.kind {
        _ if question.claims.is_empty() => None,
        TermKind::Prohibits => prohibited::check(question).or_else(|| entry::check(question)),
        TermKind::Obliges => obligation::check(question),
        TermKind::Limits => limit::check(question),
        TermKind::Mechanism => mechanism::check(question),
        TermKind::Permits => None,
    }
}

/// Ids of the agreements that the incident's claims name.
fn named_agreements(record: &Record<'_>, incident: &Incident) -> BTreeSet<String> {
    let claims = incident.members.iter().filter_map(|m| record.claim(&m.claim));
    claims.filter_map(|c| named_by(record, c)).map(|a| a.id.clone()).collect()
}

/// The agreement that a claim's own words name.
#[must_use]
pub fn named_by<'a>(record: &Record<'a>, claim: &Claim) -> Option<&'a Agreement> {
    let words = record.agreement_words(claim)?;
    let parties: Vec<PartyId> = claim.actors.iter().chain(&claim.targets).map(|p| p.value.clone()).collect();
    let written = record.source(claim).and_then(|s| s.published).and_then(|p| p.last_day().or(p.first_day()));
    agreement::meant(words, &parties, written, record.knowledge())
}

/// Days around the time in force within which an incident is still set against an agreement that it does not name.
const EDGE_DAYS: i64 = 2;

/// Whether an incident has to do with an agreement that it does not name: it is no background, one of its parties is
/// bound, the agreement was made by the time of writing, and their times meet.
fn bears_on(record: &Record<'_>, incident: &Incident, agreement: &Agreement, when: Option<Interval>) -> bool {
    let party = incident.parties.iter().any(|p| agreement::is_party(agreement, p)) || incident.parties.is_empty();
    let made = last_word(record, incident).is_none_or(|day| agreement.agreed <= day);
    let Some(when) = when.filter(|w| w.length_in_days().is_some_and(|days| days < BACKGROUND_DAYS)) else {
        return false;
    };
    let in_time = match agreement::in_force(agreement, when) {
        Force::In | Force::Undetermined => true,
        Force::Before | Force::After => agreement::days_off(agreement, when) <= EDGE_DAYS,
    };
    party && made && in_time
}

/// Days from which on a stretch of time is a background rather than a happening.
const BACKGROUND_DAYS: i32 = 15;

/// The last day on which one of its documents was published.
fn last_word(record: &Record<'_>, incident: &Incident) -> Option<Date> {
    let claims = incident.members.iter().filter_map(|m| record.claim(&m.claim));
    claims.filter_map(|c| record.source(c)?.published?.last_day()).max()
}

/// When an incident happened; what still goes on is known up to the last document only.
fn known(record: &Record<'_>, incident: &Incident) -> Option<Interval> {
    let date = incident.date?;
    let end = date.end.or_else(|| last_word(record, incident).map(Point::Day));
    Some(Interval { end, ..date })
}

/// Whether a claim says that something did or did not happen.
fn is_of_fact(claim: &Claim) -> bool {
    matches!(claim.mode.value, Mode::Asserted | Mode::Denied)
}

/// Ids of some claims.
fn ids(claims: &[&Claim]) -> Vec<String> {
    claims.iter().map(|c| c.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::{Tale, Told};

    fn findings(told: Told) -> Vec<Finding> {
        let mut tale = Tale::new();
        tale.tell(told);
        let record = tale.record();
        check(&record, &tale.gather(), Some("2031-03-12".parse().unwrap()))
    }

    fn answer(told: Told) -> Option<Answer> {
        findings(told).first().map(|f| f.answer.clone())
    }

    fn fire(date: &str) -> Told {
        Told::new("a", "2031-03-12", "Vesk shelled Hollin").by("orlava").shelling("vesk", "orlava", date).at("Hollin")
    }

    #[test]
    fn what_happened_long_before_is_not_even_asked() {
        assert_eq!(answer(fire("2030-12-24")), None);
    }

    #[test]
    fn others_are_not_bound() {
        let told = Told::new("a", "2031-03-12", "Ilmeria shelled Hollin").by("media").shelling(
            "ilmeria",
            "vesk",
            "2031-03-08",
        );
        assert!(matches!(answer(told), Some(Answer::OutOfScope(_))));
    }

    #[test]
    fn the_hour_of_entry_decides() {
        assert!(matches!(answer(fire("2031-03-06T11:59")), Some(Answer::OutOfScope(_))));
        assert!(matches!(answer(fire("2031-03-06")), Some(Answer::Undetermined(_))));
        assert_eq!(answer(fire("2031-03-06T12:01")), Some(Answer::InScope));
    }

    #[test]
    fn who_alleges_and_who_is_silent() {
        let found = &findings(fire("2031-03-08"))[0];
        assert_eq!(found.alleged_by, [PartyId::new("orlava")]);
        assert_eq!(found.accused, [(PartyId::new("vesk"), Stance::Silent)]);
    }
}
