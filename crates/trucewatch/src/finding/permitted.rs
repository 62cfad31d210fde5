//! What another term of the same agreement permits: said beside a finding, and decides nothing. Such terms come with
//! conditions in words, such as being attacked first, that no report can settle.

use super::{Answer, Case, Question, scope};
use crate::pack::{Term, TermKind};

/// The terms that may permit what a case is about, in words; none where the case is out of scope anyway.
pub(super) fn facts(question: &Question<'_>, case: &Case, answer: &Answer) -> Vec<String> {
    if matches!(answer, Answer::OutOfScope(_)) {
        return Vec::new();
    }
    let knowledge = question.record.knowledge();
    let covers = |t: &&Term| !matches!(scope(case, question.agreement, t, knowledge), Answer::OutOfScope(_));
    let permits = question.agreement.terms.iter().filter(|t| t.kind == TermKind::Permits).filter(covers);
    permits.map(|t| format!("term {} permits: {}", t.number, t.text.trim().trim_end_matches('.'))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Check;
    use super::super::tests::{fire, found_under};

    const ANSWER: &str = r#"
[[terms]]
number = "7"
kind = "permits"
text = "Vesk may fire back if it is attacked."
claims = ["shelling", "gunfire"]
binds = ["vesk"]
"#;

    fn facts(by: &str, date: &str) -> Vec<String> {
        let told = fire(date).shelling(by, "ilmeria", date);
        let all = found_under("", ANSWER, &[told]);
        all.into_iter().filter(|f| f.check != Check::Entry).flat_map(|f| f.facts).collect()
    }

    #[test]
    fn what_others_do_or_is_not_in_force_is_not_permitted() {
        assert!(facts("orlava", "2031-03-08").is_empty());
        assert!(facts("vesk", "2031-03-05").is_empty());
    }

    #[test]
    fn the_term_that_may_permit_it_is_told() {
        assert_eq!(facts("vesk", "2031-03-08"), ["term 7 permits: Vesk may fire back if it is attacked"]);
        assert_eq!(facts("vesk", "2031-03-06"), ["term 7 permits: Vesk may fire back if it is attacked"]);
    }
}
