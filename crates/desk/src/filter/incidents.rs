//! Which incidents are shown.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use jiff::civil::Date;
use trucewatch::claim::Kind;
use trucewatch::finding::{Answer, Finding};
use trucewatch::incident::{Incident, Standing};
use trucewatch::pack::{Knowledge, PartyId};
use trucewatch::when::Interval;

use super::asked;
use crate::failure::Failure;

/// Which incidents are asked for; all where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Incidents {
    /// First day; what has no day is left out.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// At a place or within it, by its name or by its id in the packs.
    pub place: Option<String>,
    /// Where a party takes part or is on record, by its id or title.
    pub party: Option<String>,
    /// Of a type of the codebook.
    pub kind: Option<String>,
    /// Of a standing.
    pub standing: Option<String>,
    /// Under a term, or may be: `AGREEMENT`, or `AGREEMENT:NUMBER`.
    pub term: Option<String>,
}

fn may_fall_under(finding: &Finding) -> bool {
    !matches!(finding.answer, Answer::OutOfScope(_))
}

/// What was asked for, checked against what packs know.
pub struct IncidentFilter<'a> {
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

impl<'a> IncidentFilter<'a> {
    /// Checks what was asked for.
    ///
    /// # Errors
    /// Where a word of it is none that packs or the codebook know.
    pub fn new(asked: &Incidents, knowledge: &'a Knowledge) -> Result<IncidentFilter<'a>, Failure> {
        let Incidents { from, to, place, party, kind, standing, term } = asked;
        Ok(IncidentFilter {
            days: asked::days(*from, *to)?,
            place: place.as_ref().map(|p| (p.to_lowercase(), knowledge)),
            party: party.as_deref().map(|p| asked::party(p, knowledge)).transpose()?,
            kind: kind.as_deref().map(kind_of).transpose()?,
            standing: standing.as_deref().map(standing_of).transpose()?,
            term: term.as_deref().map(|t| term_of(t, knowledge)).transpose()?,
        })
    }

    /// Leaves what falls under the term that was asked for, or may: findings under it, and incidents that they are on.
    pub fn narrow<I: Borrow<Incident>, F: Borrow<Finding>>(&self, incidents: &mut Vec<I>, findings: &mut Vec<F>) {
        if let Some(term) = &self.term {
            findings.retain(|f| term.is_of(f.borrow()));
            let may_fall: Vec<&Finding> = findings.iter().map(F::borrow).filter(|f| may_fall_under(f)).collect();
            let under: BTreeSet<&str> = may_fall.iter().map(|f| f.incident.as_str()).collect();
            incidents.retain(|i| under.contains(i.borrow().id.as_str()));
            let left: BTreeSet<&str> = incidents.iter().map(|i| i.borrow().id.as_str()).collect();
            findings.retain(|f| left.contains(f.borrow().incident.as_str()));
        }
    }

    /// Whether an incident is one of those that were asked for, whatever terms it falls under.
    #[must_use]
    pub fn admits(&self, incident: &Incident) -> bool {
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
