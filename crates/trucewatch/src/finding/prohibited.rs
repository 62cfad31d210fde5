//! A prohibited act: said to have happened, by somebody bound, in force and in area.

use super::{Check, Finding, FindingBuilder, Question, is_of_fact, permitted};
use crate::claim::Claim;

/// Answers for acts within the time in force; acts before or after it are another check's.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    if question.is_outside_time() {
        return None;
    }
    let claims: Vec<&Claim> = question.claims.iter().copied().filter(|c| is_of_fact(c)).collect();
    let case = question.case(&claims)?;
    let answer = question.scope(&case);
    let permitted = permitted::facts(question, &case, &answer);
    let built = FindingBuilder::new(question, Check::Prohibited, answer, &claims);
    permitted.into_iter().fold(built, FindingBuilder::fact).build().ok()
}

#[cfg(test)]
mod tests {
    use super::super::check as check_all;
    use super::super::tests::{fire, found};
    use super::*;
    use crate::claim::Kind;
    use crate::finding::Answer;
    use crate::incident::sample::{Tale, Told};
    use crate::incident::{Ruling, Stance, Standing, gather_with};
    use crate::pack::PartyId;

    fn only(told: &[Told]) -> Finding {
        let mut all: Vec<Finding> = found(told).into_iter().filter(|f| f.check == Check::Prohibited).collect();
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    fn party(id: &str) -> PartyId {
        PartyId::new(id)
    }

    #[test]
    fn what_is_asked_for_or_feared_is_no_act() {
        let asked = fire("2031-03-08").mode(crate::claim::Mode::CalledFor);
        assert!(found(&[asked]).iter().all(|f| f.check != Check::Prohibited));
    }

    #[test]
    fn others_and_other_acts_are_out_of_scope() {
        let other = Told::new("a", "2031-03-12", "Ilmeria shelled Hollin").by("media");
        let finding = only(&[other.shelling("ilmeria", "vesk", "2031-03-08")]);
        assert!(matches!(finding.answer, Answer::OutOfScope(why) if why.contains("does not bind Ilmeria")));
        let talks = Told::new("a", "2031-03-12", "Vesk and Orlava met").by("media");
        assert!(found(&[talks.kind(Kind::Talks, &["vesk", "orlava"], &[]).on("2031-03-08")]).is_empty());
    }

    #[test]
    fn who_did_it_and_on_which_hour_may_be_missing() {
        let nobody = Told::new("a", "2031-03-12", "shells fell on Hollin").by("media");
        let finding = only(&[nobody.kind(Kind::Shelling, &[], &["orlava"]).on("2031-03-08").at("Hollin")]);
        assert_eq!(finding.answer, Answer::Undetermined(vec!["no report says who did it".to_owned()]));
        let finding = only(&[fire("2031-03-06")]);
        assert!(matches!(finding.answer, Answer::Undetermined(missing) if missing[0].contains("hour")));
    }

    #[test]
    fn who_did_the_harm_did_it() {
        let fell = Told::new("a", "2031-03-12", "shots were fired near Hollin and one killed a corporal").by("orlava");
        let fell = fell.kind(Kind::Gunfire, &[], &["orlava"]).on("2031-03-08").at("Hollin");
        let harm = fell.clone().kind(Kind::Casualties, &["vesk"], &["orlava"]);
        let mut tale = Tale::of([fell]);
        tale.tell_again(harm);
        let together = Ruling::Together(tale.claims().iter().map(|c| c.id.clone()).collect());
        let found = check_all(&tale.record(), &gather_with(&tale.record(), &[together]), None);
        let finding = found.iter().find(|f| f.check == Check::Prohibited).unwrap();
        assert_eq!((&finding.answer, finding.claims.len()), (&Answer::InScope, 2));
        assert_eq!(finding.accused, [(party("vesk"), Stance::Silent)]);
    }

    #[test]
    fn a_breach_of_a_named_point_is_set_against_no_other() {
        let said = |words: &str| {
            let told = Told::new("a", "2031-03-12", words).by("orlava").kind(Kind::Violation, &["vesk"], &["orlava"]);
            let found = found(&[told.on("2031-03-08").at("Hollin").of_agreement("Halmora Protocol")]);
            found.into_iter().map(|f| f.term).collect::<Vec<_>>()
        };
        assert_eq!(said("Vesk broke the Halmora Protocol"), ["1"]);
        assert!(said("Vesk holds men in violation of point 3 of the Halmora Protocol").iter().all(|t| t != "1"));
    }

    #[test]
    fn the_accused_is_silent() {
        let finding = only(&[fire("2031-03-08")]);
        assert_eq!(finding.answer, Answer::InScope);
        assert_eq!(finding.alleged_by, [party("orlava")]);
        assert_eq!(finding.accused, [(party("vesk"), Stance::Silent)]);
        assert_eq!(finding.standing, Standing::OneSided);
    }

    #[test]
    fn a_denial_alone_alleges_nothing() {
        let denial = Told::new("a", "2031-03-12", "its guns did not shell Hollin").by("vesk");
        let finding = only(&[denial.shelling("vesk", "orlava", "2031-03-08").at("Hollin").denied()]);
        assert_eq!(finding.answer, Answer::InScope, "the term covers what is denied");
        assert!(finding.alleged_by.is_empty());
        assert_eq!(finding.accused, [(party("vesk"), Stance::Denies)]);
        assert!(finding.facts.iter().any(|f| f == "only denials are on record"), "{:?}", finding.facts);
    }

    #[test]
    fn an_accusation_with_its_denial() {
        let denial = Told::new("b", "2031-03-12", "Vesk shelled Hollin, it was said").by("vesk");
        let finding =
            only(&[fire("2031-03-08"), denial.shelling("vesk", "orlava", "2031-03-08").at("Hollin").denied()]);
        assert_eq!((finding.claims.len(), finding.standing), (2, Standing::Contested));
        assert_eq!(finding.accused, [(party("vesk"), Stance::Denies)]);
    }

    #[test]
    fn both_sides_blame_each_other() {
        let other = Told::new("b", "2031-03-12", "Orlava shelled Hollin").by("vesk");
        let finding = only(&[fire("2031-03-08"), other.shelling("orlava", "vesk", "2031-03-08").at("Hollin")]);
        assert_eq!(finding.standing, Standing::Mutual);
        assert_eq!(finding.alleged_by, [party("orlava"), party("vesk")]);
        assert_eq!(finding.accused, [(party("vesk"), Stance::Accuses), (party("orlava"), Stance::Accuses)]);
    }
}
