//! A number against a limit. A floor above the limit is beyond it, a ceiling below it is within; else nobody can tell.

use super::{Answer, Case, Check, Count, Finding, FindingBuilder, Question, is_of_fact};
use crate::claim::{Claim, Mode};
use crate::figure::Figure;

/// Answers for claims with a figure of the kind that the limit counts. Where claims give several numbers, the first
/// that is beyond the limit counts, then one that leaves it open; who gives which number is told, and none is reckoned
/// with another.
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
    let built = FindingBuilder::new(question, Check::Limit, answer, &claims).fact(format!("the limit is {limit}"));
    numbers(question, &claims).into_iter().fold(built, FindingBuilder::fact).build().ok()
}

/// "Orlava says at least 130", "Vesk denies 130": each once.
fn numbers(question: &Question<'_>, claims: &[&Claim]) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for (claim, figure) in claims.iter().filter_map(|c| Some((c, figure(question, c)?))) {
        let party = claim.speaker.value.party.as_ref().filter(|p| !p.is_bystander());
        let who = party.map_or(claim.speaker.value.name.as_str(), |p| question.record.knowledge().title(p));
        let says = if claim.mode.value == Mode::Denied { "denies" } else { "says" };
        let line = format!("{who} {says} {}", amount(figure));
        if !told.contains(&line) {
            told.push(line);
        }
    }
    told
}

fn amount(figure: &Figure) -> String {
    let about = if figure.approx { "about " } else { "" };
    match (figure.min, figure.max) {
        (Some(min), Some(max)) if min == max => format!("{about}{min}"),
        (Some(min), Some(max)) => format!("{about}{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "a number that cannot be read".to_owned(),
    }
}

fn figure<'a>(question: &Question<'_>, claim: &'a Claim) -> Option<&'a Figure> {
    let of = question.term.limit_of.as_deref()?;
    claim.figures.iter().find(|f| f.what.as_str() == of)
}

#[cfg(test)]
mod tests {
    use super::super::check as all;
    use super::super::tests::{found, found_as_one};
    use super::*;
    use crate::claim::Kind;
    use crate::figure::Counted;
    use crate::incident::Stance;
    use crate::incident::sample::{Tale, Told};
    use crate::pack::PartyId;

    /// Observers of somebody on the line, 130 of them, as somebody says.
    fn observers(of: &str, by: &str) -> Told {
        let words = format!("{of} keeps 130 observers on the line");
        let told = Told::new(by, "2031-03-12", &words).by(by).on("2031-03-08");
        told.kind(Kind::Deployment, &[of], &[]).figure(Counted::Personnel, None, Some(130), Some(130))
    }

    fn only(found: Vec<Finding>) -> Finding {
        let mut all: Vec<Finding> = found.into_iter().filter(|f| f.check == Check::Limit).collect();
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

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
    fn what_nobody_counts_or_does_not_fall_under_it_has_no_finding() {
        let uncounted = Told::new("a", "2031-03-12", "observers are on the line").by("orlava").on("2031-03-08");
        let uncounted = uncounted.kind(Kind::Deployment, &["vesk"], &[]);
        assert!(found(&[uncounted]).iter().all(|f| f.check != Check::Limit));
        assert!(found(&[observers("ilmeria", "media")]).iter().all(|f| f.check != Check::Limit), "not bound");
    }

    #[test]
    fn the_accused_is_silent() {
        let finding = only(found(&[observers("vesk", "orlava")]));
        assert_eq!(finding.answer, Answer::InScope);
        assert_eq!(finding.accused, [(PartyId::new("vesk"), Stance::Silent)]);
        assert_eq!(finding.alleged_by, [PartyId::new("orlava")]);
        assert_eq!(finding.facts, ["the limit is 120", "Orlava says 130"]);
    }

    #[test]
    fn a_denial_alone_alleges_nothing() {
        let finding = only(found(&[observers("vesk", "vesk").denied()]));
        assert!(finding.alleged_by.is_empty());
        assert_eq!(finding.accused, [(PartyId::new("vesk"), Stance::Denies)]);
        assert_eq!(finding.facts, ["only denials are on record", "the limit is 120", "Vesk denies 130"]);
    }

    #[test]
    fn rival_numbers_stand_side_by_side() {
        let fewer = Told::new("vesk", "2031-03-12", "it keeps 100 observers on the line").by("vesk").on("2031-03-08");
        let fewer = fewer.kind(Kind::Deployment, &["vesk"], &[]).figure(Counted::Personnel, None, Some(100), Some(100));
        let finding = only(found_as_one(&[observers("vesk", "orlava"), fewer]));
        assert_eq!(finding.answer, Answer::InScope);
        assert_eq!(finding.facts, ["the limit is 120", "Orlava says 130", "Vesk says 100"]);
    }

    #[test]
    fn both_sides_blame_each_other() {
        let finding = only(found_as_one(&[observers("vesk", "orlava"), observers("orlava", "vesk")]));
        assert_eq!(finding.accused.len(), 2);
        assert_eq!(finding.facts, ["the limit is 120", "Orlava says 130", "Vesk says 130"]);
    }

    #[test]
    fn floors_and_ceilings_are_kept_apart() {
        assert!(matches!(answer(Some(100), Some(100)), Answer::OutOfScope(_)));
        assert!(matches!(answer(Some(100), None), Answer::Undetermined(_)));
        assert!(matches!(answer(None, Some(200)), Answer::Undetermined(_)));
        assert_eq!(answer(Some(121), None), Answer::InScope);
    }
}
