//! An act just before an agreement entered into force or after its end: out of scope, and worth saying so.

use super::{Answer, Check, Finding, FindingBuilder, Question, is_of_fact, prohibited};
use crate::claim::Claim;

/// Answers for acts outside the time in force.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    let claims: Vec<&Claim> = question.claims.iter().copied().filter(|c| is_of_fact(c)).collect();
    let answer = prohibited::answer(question, &claims)?;
    let outside = matches!(answer, Answer::OutOfScope(_));
    outside.then(|| FindingBuilder::new(question, Check::Entry, answer, &claims).build().ok()).flatten()
}
