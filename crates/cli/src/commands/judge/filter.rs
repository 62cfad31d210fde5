//! Which incidents are shown.

use std::collections::BTreeSet;

use trucewatch::claim::Kind;
use trucewatch::finding::{Answer, Finding};
use trucewatch::incident::{Incident, Record, Standing};
use trucewatch::pack::{Knowledge, PartyId};
use trucewatch::when::Interval;

use super::asked;
use super::table::Table;
use crate::args::judge;
use crate::failure::Failure;

/// The incidents that a filter lets through, and the findings on them.
pub(super) fn judged(
    filter: &judge::Filter,
    table: &Table,
    record: &Record<'_>,
) -> Result<(Vec<Incident>, Vec<Finding>), Failure> {
    let filter = Filter::new(filter, table.knowledge())?;
    let mut incidents = table.incidents(record);
    incidents.retain(|i| filter.admits(i));
    let mut findings = table.findings(record, &incidents);
    if let Some(term) = &filter.term {
        findings.retain(|f| term.is_of(f));
        let under: BTreeSet<&str> =
            findings.iter().filter(|f| may_fall_under(f)).map(|f| f.incident.as_str()).collect();
        incidents.retain(|i| under.contains(i.id.as_str()));
        findings.retain(|f| incidents.iter().any(|i| i.id == f.incident));
    }
    Ok((incidents, findings))
}

fn may_fall_under(finding: &Finding) -> bool {
    !matches!(finding.answer, Answer::OutOfScope(_))
}

/// What was asked for, checked.
struct Filter<'a> {
    days: Option<Interval>,
    place: Option<(String, &'a Knowledge)>,
    party: Option<PartyId>,
    kind: Option<Kind>,
    standing: Option<Standing>,
    term: Option<Term>,
}

struct Term {
    agreement: String,
    number: Option<String>,
}

impl Term {
    fn is_of(&self, finding: &Finding) -> bool {
        finding.agreement == self.agreement && self.number.as_ref().is_none_or(|n| *n == finding.term)
    }
}

impl<'a> Filter<'a> {
    fn new(args: &judge::Filter, knowledge: &'a Knowledge) -> Result<Filter<'a>, Failure> {
        let judge::Filter { from, to, place, party, kind, standing, term } = args;
        Ok(Filter {
            days: asked::days(*from, *to),
            place: place.as_ref().map(|p| (p.to_lowercase(), knowledge)),
            party: party.as_deref().map(|p| asked::party(p, knowledge)).transpose()?,
            kind: kind.as_deref().map(kind_of).transpose()?,
            standing: standing.as_deref().map(standing_of).transpose()?,
            term: term.as_deref().map(|t| term_of(t, knowledge)).transpose()?,
        })
    }

    fn admits(&self, incident: &Incident) -> bool {
        let days = self.days.is_none_or(|days| incident.date.is_some_and(|d| d.meets(days)));
        let part = |p: &PartyId| incident.parties.contains(p) || incident.voices.iter().any(|v| v.party == *p);
        days && self.kind.is_none_or(|k| incident.kind == k)
            && self.standing.is_none_or(|s| incident.standing == s)
            && self.party.as_ref().is_none_or(part)
            && self.place.as_ref().is_none_or(|(place, knowledge)| is_at(incident, place, knowledge))
    }
}

/// Whether an incident is at a place, or at one that lies in it.
fn is_at(incident: &Incident, wanted: &str, knowledge: &Knowledge) -> bool {
    let Some(place) = &incident.place else { return false };
    if place.name.to_lowercase() == wanted {
        return true;
    }
    let mut at = place.resolved.as_ref().map(|r| r.id.as_str());
    for _ in 0..8 {
        let Some(id) = at.filter(|id| !id.is_empty()) else { return false };
        let entry = knowledge.places().find(|p| p.id == id);
        let named = entry.is_some_and(|p| std::iter::once(&p.name).chain(&p.also).any(|n| n.to_lowercase() == wanted));
        if named || id == wanted {
            return true;
        }
        at = entry.map(|p| p.within.as_str());
    }
    false
}

fn kind_of(word: &str) -> Result<Kind, Failure> {
    asked::one_of(word, "no type of claim", "types", Kind::ALL, Kind::as_str)
}

fn standing_of(word: &str) -> Result<Standing, Failure> {
    asked::one_of(word, "no standing", "standings", Standing::ALL, Standing::as_str)
}

fn term_of(words: &str, knowledge: &Knowledge) -> Result<Term, Failure> {
    let (id, number) = words.split_once(':').map_or((words, None), |(id, number)| (id, Some(number.trim())));
    let agreement = knowledge.agreements().find(|a| a.id == id);
    let agreement = agreement.ok_or_else(|| asked::unknown_agreement(id, knowledge))?;
    if let Some(number) = number.filter(|n| agreement.terms.iter().all(|t| t.number != *n)) {
        let numbers: Vec<&str> = agreement.terms.iter().map(|t| t.number.as_str()).collect();
        let hint = format!("its terms are {}", numbers.join("; "));
        return Err(Failure::new(format!("the agreement `{id}` has no term `{number}`"), hint));
    }
    Ok(Term { agreement: id.to_owned(), number: number.map(str::to_owned) })
}
