//! A prohibited act: said to have happened, by somebody bound, in force and in area.

use super::{Answer, Case, Check, Finding, FindingBuilder, Force, Question, is_of_fact, scope};
use crate::agreement;
use crate::claim::Claim;

/// Answers for acts within the time in force; acts before or after it are another check's.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    let outside = question.when.map(|d| agreement::in_force(question.agreement, d));
    if matches!(outside, Some(Force::Before | Force::After)) {
        return None;
    }
    let claims: Vec<&Claim> = question.claims.iter().copied().filter(|c| is_of_fact(c)).collect();
    let answer = answer(question, &claims)?;
    FindingBuilder::new(question, Check::Prohibited, answer, &claims).build().ok()
}

/// Whether the term covers what the claims say, taken together.
pub(super) fn answer(question: &Question<'_>, claims: &[&Claim]) -> Option<Answer> {
    let mut actors: Vec<_> = claims.iter().flat_map(|c| &c.actors).map(|a| a.value.clone()).collect();
    actors.sort();
    actors.dedup();
    let case =
        Case { kind: claims.first()?.kind.value, actors, date: question.when, place: question.incident.place.clone() };
    Some(scope(&case, question.agreement, question.term, question.record.knowledge()))
}
