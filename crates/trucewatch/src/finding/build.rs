//! The only way to a finding: it refuses one that rests on no claim.

use super::{Answer, Check, Finding, Question, State, ids, unique};
use crate::agreement;
use crate::claim::{Claim, Mode};
use crate::incident::{Stance, Voice};
use crate::pack::PartyId;

/// Error for a finding that rests on no claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a finding needs at least one claim")]
pub struct NoClaims;

/// Puts a finding together.
#[derive(Debug)]
pub struct FindingBuilder {
    finding: Finding,
}

impl FindingBuilder {
    /// What the check answers to a question, resting on some of its claims.
    pub(super) fn new(question: &Question<'_>, check: Check, answer: Answer, claims: &[&Claim]) -> FindingBuilder {
        let Question { incident, agreement, term, .. } = question;
        let finding = Finding {
            id: format!(
                "f-{}-{}-{}",
                incident.id.trim_start_matches("i-"),
                agreement.id,
                term.number.replace([' ', ','], "")
            ),
            incident: incident.id.clone(),
            agreement: agreement.id.clone(),
            term: term.number.clone(),
            check,
            answer,
            state: None,
            facts: facts(question, claims),
            confirmed_by: Vec::new(),
            disputed_by: Vec::new(),
            claims: ids(claims),
            alleged_by: alleged_by(claims),
            accused: accused(claims, &incident.voices),
            standing: incident.standing,
        };
        FindingBuilder { finding }
    }

    /// Where what was promised stands.
    #[must_use]
    pub fn state(mut self, state: State) -> FindingBuilder {
        self.finding.state = Some(state);
        self
    }

    /// Something else worth knowing.
    #[must_use]
    pub fn fact(mut self, fact: String) -> FindingBuilder {
        self.finding.facts.push(fact);
        self
    }

    /// Parties that say that what was promised was done.
    #[must_use]
    pub fn confirmed_by(mut self, parties: Vec<PartyId>) -> FindingBuilder {
        self.finding.confirmed_by = parties;
        self
    }

    /// Parties that say that it was not.
    #[must_use]
    pub fn disputed_by(mut self, parties: Vec<PartyId>) -> FindingBuilder {
        self.finding.disputed_by = parties;
        self
    }

    /// The finding.
    ///
    /// # Errors
    /// [`NoClaims`] where it rests on none.
    pub fn build(self) -> Result<Finding, NoClaims> {
        if self.finding.claims.is_empty() { Err(NoClaims) } else { Ok(self.finding) }
    }
}

/// Parties that say of somebody else that it happened.
fn alleged_by(claims: &[&Claim]) -> Vec<PartyId> {
    let says = |c: &&&Claim| c.mode.value == Mode::Asserted;
    let parties = claims.iter().filter(says).filter_map(|c| c.speaker.value.party.as_ref());
    unique(parties.filter(|p| !p.is_bystander()))
}

/// What holds for every check: how near to entry or end it was, and that nobody alleges what is only denied.
fn facts(question: &Question<'_>, claims: &[&Claim]) -> Vec<String> {
    let actors: Vec<PartyId> = claims.iter().flat_map(|c| &c.actors).map(|a| a.value.clone()).collect();
    let edge = question.when.and_then(|when| agreement::edge(question.agreement, &actors, when));
    let denied = !claims.is_empty() && claims.iter().all(|c| c.mode.value == Mode::Denied);
    edge.into_iter().chain(denied.then(|| "only denials are on record".to_owned())).collect()
}

fn accused(claims: &[&Claim], voices: &[Voice]) -> Vec<(PartyId, Stance)> {
    let parties = unique(claims.iter().flat_map(|c| &c.actors).map(|a| &a.value));
    let stance = |p: &PartyId| voices.iter().find(|v| v.party == *p).map_or(Stance::Silent, |v| v.stance);
    parties.into_iter().map(|p| (p.clone(), stance(&p))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Question, named_by};
    use super::*;
    use crate::incident::sample::{Tale, Told};

    #[test]
    fn a_finding_without_claims_is_refused() {
        let mut tale = Tale::new();
        tale.tell(Told::new("a", "2031-03-12", "Vesk shelled Hollin").by("orlava").shelling(
            "vesk",
            "orlava",
            "2031-03-08",
        ));
        let (record, incidents) = (tale.record(), tale.gather());
        let agreement = record.knowledge().agreements().next().unwrap();
        let question = Question {
            record: &record,
            incident: &incidents[0],
            claims: Vec::new(),
            agreement,
            term: &agreement.terms[0],
            when: None,
            named: false,
            as_of: None,
        };
        assert_eq!(FindingBuilder::new(&question, Check::Prohibited, Answer::InScope, &[]).build(), Err(NoClaims));
        assert!(named_by(&record, record.claims()[0]).is_none());
    }
}
