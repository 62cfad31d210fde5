//! Promised steps as states: withdrawal, deployment, exchange, delimitation, talks, help, access.
//!
//! Thin for now: one process an incident of such a type, its stage read off its claims.

use crate::claim::{Aspect, Claim, Kind, Mode};
use crate::incident::{Incident, Record};
use crate::pack::PartyId;

/// One promised step, as its claims have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Id of the incident that holds its claims.
    pub incident: String,
    /// What kind of step.
    pub kind: Kind,
    /// Who is to take it.
    pub by: Vec<PartyId>,
    /// The furthest stage that any claim gives.
    pub stage: Stage,
    /// Parties whose claims give that stage.
    pub said_by: Vec<PartyId>,
    /// Others who say that it is so, the step's own takers among them.
    pub confirmed_by: Vec<PartyId>,
    /// Parties who deny or refuse it.
    pub disputed_by: Vec<PartyId>,
    /// Ids of the claims that set conditions.
    pub conditions: Vec<String>,
    /// Ids of all its claims.
    pub claims: Vec<String>,
}

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Spoken of under a condition.
    Conditional,
    /// Asked for or offered.
    Asked,
    /// Refused, and nobody says more.
    Refused,
    /// Promised or agreed.
    Promised,
    /// Said not to have been done.
    NotDone,
    /// Said to be under way, in place or done.
    Underway,
    /// Said to have ended.
    Ended,
    /// Said to be done, and said not to be.
    Disputed,
}

/// Whether a type is a step that can be promised and carried out.
#[must_use]
pub fn is_step(kind: Kind) -> bool {
    use Kind::{
        Access, Assistance, Delimitation, Deployment, Exchange, Implementation, Mediation, Talks, Verification,
        Withdrawal,
    };
    matches!(
        kind,
        Withdrawal
            | Deployment
            | Verification
            | Exchange
            | Delimitation
            | Talks
            | Assistance
            | Access
            | Mediation
            | Implementation
    )
}

/// The steps among some incidents, in their order.
#[must_use]
pub fn follow(record: &Record<'_>, incidents: &[Incident]) -> Vec<Process> {
    incidents.iter().filter(|i| is_step(i.kind)).map(|i| one(record, i)).collect()
}

fn one(record: &Record<'_>, incident: &Incident) -> Process {
    let all: Vec<&Claim> = incident.members.iter().filter_map(|m| record.claim(&m.claim)).collect();
    let own: Vec<&Claim> = all.iter().copied().filter(|c| c.kind.value == incident.kind).collect();
    let stage = stage(&own);
    let gives = |c: &&&Claim| stage_of(c) == stage || stage == Stage::Disputed && stage_of(c) == Stage::Underway;
    let said_by = parties(own.iter().filter(gives).copied());
    let disputed = own.iter().filter(|c| matches!(c.mode.value, Mode::Denied | Mode::Rejected)).copied();
    let disputed_by: Vec<PartyId> = parties(disputed).into_iter().filter(|p| !said_by.contains(p)).collect();
    let conditions = own.iter().filter(|c| c.mode.value == Mode::Conditional).map(|c| c.id.clone()).collect();
    let by = unique(own.iter().flat_map(|c| &c.actors).map(|a| &a.value));
    let (first, confirmed_by) = split_first(said_by);
    Process {
        incident: incident.id.clone(),
        kind: incident.kind,
        by,
        stage,
        said_by: first,
        confirmed_by,
        disputed_by,
        conditions,
        claims: all.iter().map(|c| c.id.clone()).collect(),
    }
}

/// The first party to say it, and those who say it too.
fn split_first(parties: Vec<PartyId>) -> (Vec<PartyId>, Vec<PartyId>) {
    let mut rest = parties;
    let first: Vec<PartyId> = rest.drain(..rest.len().min(1)).collect();
    (first, rest)
}

/// Parties with a name that speak, in the order of their claims.
fn parties<'a>(claims: impl Iterator<Item = &'a Claim>) -> Vec<PartyId> {
    unique(claims.filter_map(|c| c.speaker.value.party.as_ref()).filter(|p| !p.is_bystander()))
}

fn unique<'a>(parties: impl Iterator<Item = &'a PartyId>) -> Vec<PartyId> {
    let mut out: Vec<PartyId> = Vec::new();
    for party in parties {
        if !out.contains(party) {
            out.push(party.clone());
        }
    }
    out
}

fn stage(claims: &[&Claim]) -> Stage {
    let stages: Vec<Stage> = claims.iter().map(|c| stage_of(c)).collect();
    if stages.contains(&Stage::Underway) && stages.contains(&Stage::NotDone) {
        return Stage::Disputed;
    }
    stages.into_iter().max().unwrap_or(Stage::Asked)
}

fn stage_of(claim: &Claim) -> Stage {
    match claim.mode.value {
        Mode::Conditional => Stage::Conditional,
        Mode::CalledFor => Stage::Asked,
        Mode::Rejected => Stage::Refused,
        Mode::Planned => Stage::Promised,
        Mode::Denied => Stage::NotDone,
        Mode::Asserted if claim.aspect.as_ref().is_some_and(|a| a.value == Aspect::Ended) => Stage::Ended,
        Mode::Asserted => Stage::Underway,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::{Tale, Told};

    fn process(modes: &[(&str, Mode)]) -> Process {
        let mut tale = Tale::new();
        for (by, mode) in modes {
            let words = format!("the handing over of all prisoners, {mode}, says {by}");
            tale.tell(
                Told::new("a", "2031-03-08", &words).by(by).kind(Kind::Exchange, &["vesk", "orlava"], &[]).mode(*mode),
            );
        }
        let incidents = tale.gather();
        assert_eq!(incidents.len(), 1);
        follow(&tale.record(), &incidents).remove(0)
    }

    #[test]
    fn shelling_is_no_step() {
        assert!(!is_step(Kind::Shelling));
    }

    #[test]
    fn who_says_it_and_who_disputes_it() {
        let found = process(&[("vesk", Mode::Asserted), ("orlava", Mode::Denied)]);
        assert_eq!(found.stage, Stage::Disputed);
        assert_eq!((found.said_by, found.disputed_by), (vec![PartyId::new("vesk")], vec![PartyId::new("orlava")]));
    }

    #[test]
    fn a_promise_is_further_than_a_call() {
        assert_eq!(process(&[("vesk", Mode::CalledFor), ("orlava", Mode::Planned)]).stage, Stage::Promised);
    }
}
