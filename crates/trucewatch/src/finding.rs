//! Incidents set against terms of agreements: in scope, out of scope, or undetermined for want of a named fact.
//!
//! A finding alleges nothing. It says who does, under which term the allegation would fall, and what the accused
//! answers.

mod build;
pub mod coverage;
mod entry;
mod example;
mod limit;
mod mechanism;
mod obligation;
mod permitted;
mod prohibited;
mod scope;
mod zone;

pub use build::{FindingBuilder, NoClaims};
pub use scope::{Answer, Case, Count, scope};

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::agreement::{self, Force};
use crate::claim::{Claim, Class, Kind, Mode};
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
    /// What else is worth knowing: how near to an hour or a line it was, whose consent is on record.
    pub facts: Vec<String>,
    /// For what was promised: parties that say that it was done.
    pub confirmed_by: Vec<PartyId>,
    /// For what was promised: parties that say that it was not.
    pub disputed_by: Vec<PartyId>,
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
    /// An act in a zone, or within a distance of a line.
    Zone,
    /// Something promised, due or done.
    Obligation,
    /// A number against a limit.
    Limit,
    /// An act just before entry into force, after the end or during a suspension.
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
            Check::Zone => "zone",
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

impl<'a> Question<'a> {
    /// What some of its claims, taken together, put to a term; none where there is no claim.
    fn case(&self, claims: &[&Claim]) -> Option<Case> {
        Some(self.case_of(claims, claims.first()?.kind.value))
    }

    fn case_of(&self, claims: &[&Claim], kind: Kind) -> Case {
        let mut actors: Vec<_> = claims.iter().flat_map(|c| &c.actors).map(|a| a.value.clone()).collect();
        actors.sort();
        actors.dedup();
        Case { kind, actors, date: self.when, place: self.incident.place.clone(), count: None }
    }

    /// Whether the term covers a case.
    fn scope(&self, case: &Case) -> Answer {
        scope(case, self.agreement, self.term, self.record.knowledge())
    }

    /// Whether it happened before the agreement was in force for those who are said to have done it, after its end, or
    /// while it was suspended.
    fn is_outside_time(&self) -> bool {
        let actors: Vec<PartyId> = self.claims.iter().flat_map(|c| &c.actors).map(|a| a.value.clone()).collect();
        let force = self.when.map(|when| agreement::in_force_for(self.agreement, &actors, when));
        matches!(force, Some(Force::Before | Force::After | Force::Suspended))
    }
}

/// Sets incidents against the agreements of the packs in use. `as_of` is the last day that is looked at: what was
/// due by then and is not reported done is overdue.
#[must_use]
pub fn check(record: &Record<'_>, incidents: &[Incident], as_of: Option<Date>) -> Vec<Finding> {
    incidents.iter().flat_map(|incident| of_incident(record, incident, as_of)).collect()
}

fn of_incident(record: &Record<'_>, incident: &Incident, as_of: Option<Date>) -> Vec<Finding> {
    let names = named_agreements(record, incident);
    let terms = named_terms(record, incident);
    let when = known(record, incident);
    let mut findings = Vec::new();
    for agreement in record.knowledge().agreements() {
        let named = names.contains(&agreement.id);
        if !named && !bears_on(record, incident, agreement, when) {
            continue;
        }
        let party = involves_party(incident, agreement);
        let meant = |t: &&Term| terms.is_empty() || terms.contains(&(agreement.id.clone(), leading(&t.number)));
        for term in agreement.terms.iter().filter(meant).filter(|t| named || party || binds_any(t, incident)) {
            let claims = claims_under(record, incident, term);
            findings.extend(answer(&Question { record, incident, claims, agreement, term, when, named, as_of }));
        }
    }
    findings
}

/// The incident's claims of the types that a term speaks of. Where none of them says who did what is prohibited, those
/// count too that say who did the harm.
fn claims_under<'a>(record: &Record<'a>, incident: &Incident, term: &Term) -> Vec<&'a Claim> {
    let claims: Vec<&Claim> = incident.members.iter().filter_map(|m| record.claim(&m.claim)).collect();
    let (mut under, others): (Vec<&Claim>, Vec<&Claim>) =
        claims.into_iter().partition(|c| term.claims.iter().any(|t| t == c.kind.value.as_str()));
    if term.kind == TermKind::Prohibits && !under.is_empty() && under.iter().all(|c| c.actors.is_empty()) {
        under.extend(others.into_iter().filter(|c| c.kind.value.class() == Class::Harm && !c.actors.is_empty()));
    }
    under
}

fn answer(question: &Question<'_>) -> Option<Finding> {
    match question.term.kind {
        _ if question.claims.is_empty() => None,
        TermKind::Prohibits => {
            zone::check(question).or_else(|| prohibited::check(question)).or_else(|| entry::check(question))
        }
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

/// The terms that an incident's breaches are said to be of, where each of them names one: "in violation of point 3 of the
/// protocol" is set against that and no other.
fn named_terms(record: &Record<'_>, incident: &Incident) -> BTreeSet<(String, String)> {
    let claims = incident.members.iter().filter_map(|m| record.claim(&m.claim)).filter(|c| is_of_fact(c));
    let breaches: Vec<&Claim> = claims.collect();
    let named: Vec<(String, String)> = breaches.iter().filter_map(|c| named_term(record, c)).collect();
    if named.len() == breaches.len() { named.into_iter().collect() } else { BTreeSet::new() }
}

/// Words before the number of a term.
const TERM: [&str; 7] = ["point", "article", "term", "paragraph", "clause", "item", "section"];

/// The agreement and the number of its term that a breach's words name.
fn named_term(record: &Record<'_>, claim: &Claim) -> Option<(String, String)> {
    (claim.kind.value == Kind::Violation).then_some(())?;
    let words = record.quote(claim).to_lowercase();
    let tokens: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let number = tokens.windows(2).find_map(|w| match w {
        [term, number] if TERM.contains(term) && number.starts_with(|c: char| c.is_ascii_digit()) => Some(*number),
        _ => None,
    })?;
    let bears_name = |a: &&Agreement| a.names.iter().any(|n| words.contains(&n.to_lowercase()));
    let agreement = record.knowledge().agreements().find(bears_name).or_else(|| named_by(record, claim))?;
    Some((agreement.id.clone(), number.to_owned()))
}

/// "4" of "4, second sentence".
fn leading(number: &str) -> String {
    number.split([',', ' ', '.']).next().unwrap_or(number).to_lowercase()
}

/// The agreement that a claim's own words name.
#[must_use]
pub fn named_by<'a>(record: &Record<'a>, claim: &Claim) -> Option<&'a Agreement> {
    let words = record.agreement_words(claim)?;
    let parties: Vec<PartyId> = claim.actors.iter().chain(&claim.targets).map(|p| p.value.clone()).collect();
    // what is dated to within weeks may be older than an agreement made in them
    let narrow = |p: &Interval| p.length_in_days().is_some_and(|days| days <= NARROW);
    let day = |p: Interval| if narrow(&p) { p.last_day().or(p.first_day()) } else { p.first_day().or(p.last_day()) };
    let written = record.source(claim).and_then(|s| s.published).and_then(day);
    agreement::meant(words, &parties, written, record.knowledge())
}

/// Days within which a report's day is known well enough to tell what had been agreed by then.
const NARROW: i32 = 2;

/// Days around the time in force within which an incident is still set against an agreement that it does not name.
const EDGE_DAYS: i64 = 2;

/// Whether an incident has to do with an agreement that it does not name: it is no background, one of its parties is
/// bound, the agreement was made by the time of writing, and their times meet.
fn bears_on(record: &Record<'_>, incident: &Incident, agreement: &Agreement, when: Option<Interval>) -> bool {
    let party = involves_party(incident, agreement) || agreement.terms.iter().any(|t| binds_any(t, incident));
    let made = last_word(record, incident).is_none_or(|day| agreement.agreed <= day);
    let Some(when) = when.filter(|w| w.length_in_days().is_some_and(|days| days < BACKGROUND_DAYS)) else {
        return false;
    };
    let in_time = match agreement::in_force(agreement, when) {
        Force::In | Force::Undetermined | Force::Suspended => true,
        Force::Before | Force::After => agreement::days_off(agreement, when) <= EDGE_DAYS,
    };
    party && made && in_time
}

/// Whether a party to the agreement does or suffers it, or nobody is named.
fn involves_party(incident: &Incident, agreement: &Agreement) -> bool {
    incident.parties.is_empty() || incident.parties.iter().any(|p| agreement::is_party(agreement, p))
}

/// Whether a term names one of those in an incident, such as the mission that it sets up.
fn binds_any(term: &Term, incident: &Incident) -> bool {
    incident.parties.iter().any(|p| term.binds.contains(p))
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

/// Parties once each, in the order in which they come.
fn unique<'a>(parties: impl Iterator<Item = &'a PartyId>) -> Vec<PartyId> {
    let mut out: Vec<PartyId> = Vec::new();
    for party in parties {
        if !out.contains(party) {
            out.push(party.clone());
        }
    }
    out
}

/// Ids of some claims.
fn ids(claims: &[&Claim]) -> Vec<String> {
    claims.iter().map(|c| c.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::{Tale, Told};
    use crate::incident::{Ruling, gather_with};

    /// Findings on what is told, looked at on 12 March.
    pub(super) fn found(tales: &[Told]) -> Vec<Finding> {
        found_as_of(tales, "2031-03-12")
    }

    /// Findings on what is told, looked at on a day.
    pub(super) fn found_as_of(tales: &[Told], day: &str) -> Vec<Finding> {
        let mut tale = Tale::new();
        tales.iter().for_each(|told| tale.tell(told.clone()));
        check(&tale.record(), &tale.gather(), day.parse().ok())
    }

    /// Findings on what is told where the agreement's file has more lines on its time in force, and more terms.
    pub(super) fn found_under(in_force: &str, terms: &str, tales: &[Told]) -> Vec<Finding> {
        let mut tale = Tale::under(in_force, terms);
        tales.iter().for_each(|told| tale.tell(told.clone()));
        check(&tale.record(), &tale.gather(), "2031-03-12".parse().ok())
    }

    /// Findings on what is told, all of it judged to be one incident.
    pub(super) fn found_as_one(tales: &[Told]) -> Vec<Finding> {
        let tale = Tale::of(tales.iter().cloned());
        let together = [Ruling::Together(tale.claims().iter().map(|c| c.id.clone()).collect())];
        let incidents = gather_with(&tale.record(), &together);
        check(&tale.record(), &incidents, "2031-03-12".parse().ok())
    }

    /// A shelling of Hollin by Vesk, as Orlava says.
    pub(super) fn fire(date: &str) -> Told {
        Told::new("a", "2031-03-12", "Vesk shelled Hollin").by("orlava").shelling("vesk", "orlava", date).at("Hollin")
    }

    /// A gun of Vesk seen at a point.
    pub(super) fn gun(place: Option<(f64, f64, u8)>, date: &str) -> Told {
        let told = Told::new("a", "2031-03-12", "Vesk brought up a howitzer").by("orlava");
        let told = told.kind(Kind::Buildup, &["vesk"], &[]).on(date);
        match place {
            Some((lat, lon, precision)) => told.at_point("the battery", lat, lon, precision),
            None => told,
        }
    }

    #[test]
    fn nothing_rests_on_nothing() {
        assert!(found(&[]).is_empty());
    }

    #[test]
    fn every_finding_rests_on_claims_of_its_incident() {
        let found = found(&[fire("2031-03-08"), gun(None, "2031-03-08")]);
        assert!(found.len() >= 2);
        assert!(found.iter().all(|f| !f.claims.is_empty()));
    }
}
