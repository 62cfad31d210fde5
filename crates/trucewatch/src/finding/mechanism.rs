//! A mechanism and the consent that it needs: whose is on record, whose is missing.

use super::{Answer, Check, Finding, FindingBuilder, Question, prohibited};
use crate::agreement;
use crate::claim::{Claim, Mode};
use crate::pack::PartyId;

/// Answers for claims of a mission or mechanism that the term sets up. Thin: a party consents by asserting, promising
/// or asking for it; the agreement itself is not counted as consent to a particular post.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    let answer = match prohibited::answer(question, &question.claims)? {
        Answer::InScope => consent(question),
        other => other,
    };
    FindingBuilder::new(question, Check::Mechanism, answer, &question.claims).build().ok()
}

fn consent(question: &Question<'_>) -> Answer {
    let knowledge = question.record.knowledge();
    let missing = |p: &&PartyId| agreement::is_party(question.agreement, p) && !consents(&question.claims, p);
    let missing: Vec<String> = agreement::bound(question.agreement, question.term)
        .into_iter()
        .filter(missing)
        .map(|p| format!("no report gives the consent of {}", knowledge.title(p)))
        .collect();
    if missing.is_empty() { Answer::InScope } else { Answer::Undetermined(missing) }
}

fn consents(claims: &[&Claim], party: &PartyId) -> bool {
    let agrees = |m: Mode| matches!(m, Mode::Asserted | Mode::Planned | Mode::CalledFor);
    claims.iter().any(|c| c.speaker.value.party.as_ref() == Some(party) && agrees(c.mode.value))
}
