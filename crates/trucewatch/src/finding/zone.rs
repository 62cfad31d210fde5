//! An act that a term forbids within a zone, or within a distance of a line, on one side or on both.

use super::{Check, Finding, FindingBuilder, Question, is_of_fact, permitted};
use crate::agreement::{Position, position};
use crate::claim::Claim;
use crate::pack::Line;

/// Answers for acts within the time in force under a term that has an area or a zone of its own; says how far from the
/// line the place lies and on whose side.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    let own = question.term.zone.is_some() || !question.term.area.is_empty();
    if !own || question.is_outside_time() {
        return None;
    }
    let claims: Vec<&Claim> = question.claims.iter().copied().filter(|c| is_of_fact(c)).collect();
    let case = question.case(&claims)?;
    let answer = question.scope(&case);
    let facts = lines(question).into_iter().filter_map(|line| fact(question, line));
    let facts = facts.chain(permitted::facts(question, &case, &answer)).collect::<Vec<_>>().into_iter();
    facts.fold(FindingBuilder::new(question, Check::Zone, answer, &claims), FindingBuilder::fact).build().ok()
}

/// The line of the term's zone, else the lines that its area is made of.
fn lines<'a>(question: &Question<'a>) -> Vec<&'a Line> {
    let zone = question.term.zone.as_ref().map(|z| &z.line);
    let ids: Vec<&String> = zone.map_or_else(|| question.term.area.iter().collect(), |line| vec![line]);
    let knowledge = question.record.knowledge();
    ids.into_iter().filter_map(|id| knowledge.lines().find(|l| l.id == *id)).collect()
}

/// "about 7.9 km from the line of contact, give or take 0.5, on the side of Orlava".
fn fact(question: &Question<'_>, line: &Line) -> Option<String> {
    let Position { km, doubt_km, side } = position(question.incident.place.as_ref()?, line)?;
    let name = line.names.first().map_or(line.id.as_str(), String::as_str);
    let side = side.map(|s| format!(", on the side of {}", question.record.knowledge().title(&s))).unwrap_or_default();
    Some(format!("about {km:.1} km from {name}, give or take {doubt_km:.1}{side}"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, found_as_one, gun};
    use super::*;
    use crate::claim::Kind;
    use crate::finding::Answer;
    use crate::incident::Stance;
    use crate::incident::sample::Told;
    use crate::pack::PartyId;

    fn only(place: Option<(f64, f64, u8)>, date: &str) -> Finding {
        let mut all: Vec<Finding> = found(&[gun(place, date)]).into_iter().filter(|f| f.term == "2").collect();
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    #[test]
    fn beyond_the_distance_is_out_of_scope() {
        let finding = only(Some((-44.8, -125.4, 1)), "2031-03-08");
        assert!(matches!(&finding.answer, Answer::OutOfScope(why) if why.contains("km from the line")));
        assert_eq!(finding.check, Check::Zone);
    }

    #[test]
    fn a_wide_place_or_none_cannot_be_told() {
        assert!(matches!(only(Some((-44.8, -125.05, 2)), "2031-03-08").answer, Answer::Undetermined(_)));
        assert!(matches!(only(None, "2031-03-08").answer, Answer::Undetermined(_)));
        assert!(matches!(only(Some((-44.8, -125.05, 1)), "2031-03-06").answer, Answer::Undetermined(_)));
    }

    #[test]
    fn within_the_distance_with_the_side() {
        let finding = only(Some((-44.8, -125.05, 1)), "2031-03-08");
        assert_eq!((finding.check, &finding.answer), (Check::Zone, &Answer::InScope));
        assert!(finding.facts.iter().any(|f| f.ends_with("on the side of Vesk")), "{:?}", finding.facts);
    }

    #[test]
    fn the_accused_is_silent_or_denies() {
        let there = Some((-44.8, -125.05, 1));
        let vesk = || PartyId::new("vesk");
        assert_eq!(only(there, "2031-03-08").accused, [(vesk(), Stance::Silent)]);
        let denied = found(&[gun(there, "2031-03-08").by("vesk").denied()]);
        let finding = denied.iter().find(|f| f.check == Check::Zone).unwrap();
        assert_eq!((&finding.accused[..], &finding.alleged_by[..]), (&[(vesk(), Stance::Denies)][..], &[][..]));
        assert!(finding.facts.iter().any(|f| f == "only denials are on record"), "{:?}", finding.facts);
    }

    #[test]
    fn both_sides_blame_each_other() {
        let there = Some((-44.8, -125.05, 1));
        let other = Told::new("b", "2031-03-12", "Orlava brought up a howitzer").by("vesk").on("2031-03-08");
        let other = other.kind(Kind::Buildup, &["orlava"], &[]).at_point("the battery", -44.8, -125.05, 1);
        let all = found_as_one(&[gun(there, "2031-03-08"), other]);
        let finding = all.iter().find(|f| f.check == Check::Zone).unwrap();
        assert_eq!(finding.alleged_by, [PartyId::new("orlava"), PartyId::new("vesk")]);
        assert!(finding.accused.iter().all(|(_, stance)| *stance == Stance::Accuses), "{:?}", finding.accused);
        assert_eq!(finding.accused.len(), 2);
    }

    #[test]
    fn a_minute_before_is_the_other_checks() {
        assert_eq!(only(Some((-44.8, -125.05, 1)), "2031-03-06T11:59").check, Check::Entry);
        assert_eq!(only(Some((-44.8, -125.05, 1)), "2031-03-06T12:01").check, Check::Zone);
    }
}
