//! An act just before an agreement entered into force, after its end or while it was suspended: out of scope, and worth
//! saying so.

use super::{Answer, Check, Finding, FindingBuilder, Question, is_of_fact};
use crate::claim::Claim;

/// Answers for acts outside the time in force.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    if !question.is_outside_time() {
        return None;
    }
    let claims: Vec<&Claim> = question.claims.iter().copied().filter(|c| is_of_fact(c)).collect();
    let answer = question.scope(&question.case(&claims)?);
    let outside = matches!(answer, Answer::OutOfScope(_));
    outside.then(|| FindingBuilder::new(question, Check::Entry, answer, &claims).build().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{fire, found};
    use super::*;

    fn answers(date: &str) -> Vec<(Check, &'static str)> {
        found(&[fire(date)]).iter().map(|f| (f.check, f.answer.as_str())).collect()
    }

    #[test]
    fn what_happened_long_before_is_not_even_asked() {
        assert_eq!(answers("2030-12-24"), []);
    }

    #[test]
    fn minutes_round_the_entry_into_force() {
        assert_eq!(answers("2031-03-06T11:59"), [(Check::Entry, "out-of-scope")]);
        assert_eq!(answers("2031-03-06T12:00"), [(Check::Prohibited, "in-scope")]);
        assert_eq!(answers("2031-03-06T12:01"), [(Check::Prohibited, "in-scope")]);
        assert_eq!(answers("2031-03-06"), [(Check::Prohibited, "undetermined")]);
        assert_eq!(answers("2031-03-05"), [(Check::Entry, "out-of-scope")]);
    }

    #[test]
    fn how_near_it_was_is_told() {
        let finding = &found(&[fire("2031-03-06T11:59")])[0];
        assert!(finding.facts.iter().any(|f| f == "1 minute before it entered into force"), "{:?}", finding.facts);
    }
}
