//! A number against a limit. A floor above the limit is beyond it, a ceiling below it is within; else nobody can tell.

use super::{Answer, Check, Finding, FindingBuilder, Question, is_of_fact, prohibited};
use crate::claim::Claim;
use crate::figure::{Counted, Figure};

/// Answers for claims with a figure of the kind that the limit counts.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    let limit = question.term.limit?;
    let counted = |c: &Claim| figure(question, c).is_some();
    let claims: Vec<&Claim> = question.claims.iter().copied().filter(|c| is_of_fact(c) && counted(c)).collect();
    let covered = prohibited::answer(question, &claims)?;
    let figures: Vec<&Figure> = claims.iter().filter_map(|c| figure(question, c)).collect();
    let answer = match covered {
        Answer::InScope => against(&figures, limit),
        other => other,
    };
    FindingBuilder::new(question, Check::Limit, answer, &claims).build().ok()
}

fn against(figures: &[&Figure], limit: u64) -> Answer {
    if figures.iter().any(|f| f.min.is_some_and(|min| min > limit) && !f.approx) {
        Answer::InScope
    } else if figures.iter().all(|f| f.max.is_some_and(|max| max <= limit)) {
        Answer::OutOfScope(format!("the number stays within the limit of {limit}"))
    } else {
        Answer::Undetermined(vec![format!("the number is not given exactly enough against the limit of {limit}")])
    }
}

fn figure<'a>(question: &Question<'_>, claim: &'a Claim) -> Option<&'a Figure> {
    let of = question.term.limit_of.as_deref()?;
    claim.figures.iter().find(|f| word(f.what) == of)
}

/// The codebook's word for what a figure counts.
fn word(what: Counted) -> &'static str {
    match what {
        Counted::Killed => "killed",
        Counted::Wounded => "wounded",
        Counted::Casualties => "casualties",
        Counted::Captured => "captured",
        Counted::Missing => "missing",
        Counted::Displaced => "displaced",
        Counted::Returned => "returned",
        Counted::Bodies => "bodies",
        Counted::Personnel => "personnel",
        Counted::Posts => "posts",
        Counted::Vehicles => "vehicles",
        Counted::Aircraft => "aircraft",
        Counted::Weapons => "weapons",
        Counted::Munitions => "munitions",
        Counted::Violations => "violations",
        Counted::Settlements => "settlements",
        Counted::AreaKm2 => "area_km2",
        Counted::DistanceKm => "distance_km",
    }
}

#[cfg(test)]
mod tests {
    use super::super::check as all;
    use super::*;
    use crate::claim::Kind;
    use crate::incident::sample::{Tale, Told};

    fn answer(min: Option<u64>, max: Option<u64>) -> Answer {
        let mut tale = Tale::new();
        let told = Told::new("a", "2031-03-08", "observers are on the line").by("media").on("2031-03-08");
        tale.tell(told.kind(Kind::Deployment, &["vesk"], &[]).figure(Counted::Personnel, None, min, max));
        let record = tale.record();
        let found = all(&record, &tale.gather(), None);
        found.into_iter().find(|f| f.check == Check::Limit).unwrap().answer
    }

    #[test]
    fn floors_and_ceilings_are_kept_apart() {
        assert!(matches!(answer(Some(100), Some(100)), Answer::OutOfScope(_)));
        assert!(matches!(answer(Some(100), None), Answer::Undetermined(_)));
        assert!(matches!(answer(None, Some(200)), Answer::Undetermined(_)));
        assert_eq!(answer(Some(121), None), Answer::InScope);
    }
}
