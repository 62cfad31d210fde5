//! A number against a limit. A floor above the limit is beyond it, a ceiling below it is within; else nobody can tell.

use super::{Answer, Case, Check, Count, Finding, FindingBuilder, Question, is_of_fact};
use crate::claim::Claim;
use crate::figure::Figure;

/// Answers for claims with a figure of the kind that the limit counts. Where claims give several numbers, the first
/// that is beyond the limit counts, then one that leaves it open.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    let limit = question.term.limit?;
    let counted = |c: &Claim| figure(question, c).is_some();
    let claims: Vec<&Claim> = question.claims.iter().copied().filter(|c| is_of_fact(c) && counted(c)).collect();
    let case = question.case(&claims)?;
    let figures: Vec<&Figure> = claims.iter().filter_map(|c| figure(question, c)).collect();
    let answers = figures.iter().map(|f| {
        let count = Some(Count { min: f.min, max: f.max, approx: f.approx });
        question.scope(&Case { count, ..case.clone() })
    });
    let rank = |a: &Answer| match a {
        Answer::InScope => 0,
        Answer::Undetermined(_) => 1,
        Answer::OutOfScope(_) => 2,
    };
    let answer = answers.min_by_key(rank)?;
    FindingBuilder::new(question, Check::Limit, answer, &claims).fact(format!("the limit is {limit}")).build().ok()
}

fn figure<'a>(question: &Question<'_>, claim: &'a Claim) -> Option<&'a Figure> {
    let of = question.term.limit_of.as_deref()?;
    claim.figures.iter().find(|f| f.what.as_str() == of)
}

#[cfg(test)]
mod tests {
    use super::super::check as all;
    use super::*;
    use crate::claim::Kind;
    use crate::figure::Counted;
    use crate::incident::sample::{Tale, Told};

    fn answer(min: Option<u64>, max: Option<u64>) -> Answer {
        of("vesk", "2031-03-08", min, max)
    }

    fn of(who: &str, date: &str, min: Option<u64>, max: Option<u64>) -> Answer {
        let mut tale = Tale::new();
        let told = Told::new("a", "2031-03-08", "observers are on the line").by("media").on(date);
        tale.tell(told.kind(Kind::Deployment, &[who], &[]).figure(Counted::Personnel, None, min, max));
        let record = tale.record();
        let found = all(&record, &tale.gather(), None);
        found.into_iter().find(|f| f.check == Check::Limit).unwrap().answer
    }

    #[test]
    fn what_was_before_entry_or_on_the_day_without_an_hour() {
        assert!(matches!(of("vesk", "2031-03-06T11:59", Some(130), Some(130)), Answer::OutOfScope(_)));
        assert!(matches!(of("vesk", "2031-03-06", Some(130), Some(130)), Answer::Undetermined(_)));
        assert_eq!(of("vesk", "2031-03-06T12:01", Some(130), Some(130)), Answer::InScope);
    }

    #[test]
    fn floors_and_ceilings_are_kept_apart() {
        assert!(matches!(answer(Some(100), Some(100)), Answer::OutOfScope(_)));
        assert!(matches!(answer(Some(100), None), Answer::Undetermined(_)));
        assert!(matches!(answer(None, Some(200)), Answer::Undetermined(_)));
        assert_eq!(answer(Some(121), None), Answer::InScope);
    }
}
