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
    use super::super::tests::{fire, found, found_under};
    use super::*;
    use crate::incident::sample::Told;
    use crate::incident::{Stance, Standing};
    use crate::pack::PartyId;

    const ENDED: &str = "until = \"2031-03-10T18:00\"";
    const PAUSED: &str = "[[in-force.suspended]]\nfrom = \"2031-03-08T06:00\"\nuntil = \"2031-03-08T18:00\"";
    const LATER: &str = "[[in-force.parties]]\nparty = \"orlava\"\nfrom = \"2031-03-06T15:00\"";

    /// The only finding on a shelling at a time, where the time in force has more lines.
    fn under(in_force: &str, date: &str) -> Finding {
        let mut all = found_under(in_force, "", &[fire(date)]);
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    fn minute_before(actor: &str, target: &str, by: &str) -> Told {
        let told = Told::new(by, "2031-03-12", "Hollin was shelled").by(by);
        told.shelling(actor, target, "2031-03-06T11:59").at("Hollin")
    }

    fn only(told: &[Told]) -> Finding {
        let mut all: Vec<Finding> = found(told).into_iter().filter(|f| f.check == Check::Entry).collect();
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

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
    fn minutes_round_the_end() {
        let after = under(ENDED, "2031-03-10T18:01");
        assert_eq!((after.check, &after.facts[..]), (Check::Entry, &["1 minute after its end".to_owned()][..]));
        assert_eq!(after.answer, Answer::OutOfScope("it was after the agreement had ended".to_owned()));
        assert_eq!(under(ENDED, "2031-03-10T18:00").answer, Answer::InScope);
        let before = under(ENDED, "2031-03-10T17:59");
        assert_eq!((before.check, &before.facts[..]), (Check::Prohibited, &["1 minute before its end".to_owned()][..]));
        assert!(matches!(under(ENDED, "2031-03-10").answer, Answer::Undetermined(_)));
        assert!(found_under(ENDED, "", &[fire("2031-03-14")]).is_empty(), "days after it nobody asks");
    }

    #[test]
    fn an_extension_moves_the_end() {
        let extended = format!("{ENDED}\n[[in-force.extended]]\non = \"2031-03-09\"\nuntil = \"2031-03-11T18:00\"");
        assert_eq!(under(&extended, "2031-03-10T18:01").answer, Answer::InScope);
        assert_eq!(under(&extended, "2031-03-11T18:01").check, Check::Entry);
    }

    #[test]
    fn minutes_round_a_suspension() {
        assert_eq!(under(PAUSED, "2031-03-08T05:59").answer, Answer::InScope);
        let paused = under(PAUSED, "2031-03-08T06:01");
        assert_eq!(paused.answer, Answer::OutOfScope("the agreement was suspended then".to_owned()));
        assert_eq!(
            (paused.check, &paused.facts[..]),
            (Check::Entry, &["1 minute after it was suspended".to_owned()][..])
        );
        assert_eq!(under(PAUSED, "2031-03-08T18:01").answer, Answer::InScope);
        let missing = under(PAUSED, "2031-03-08").answer;
        assert!(matches!(missing, Answer::Undetermined(facts) if facts[0].contains("suspended")));
    }

    #[test]
    fn an_hour_of_ones_own() {
        let between = |actor: &str, target: &str| {
            let told = fire("2031-03-06T13:00").shelling(actor, target, "2031-03-06T13:00");
            found_under(LATER, "", &[told]).into_iter().map(|f| f.check).collect::<Vec<_>>()
        };
        assert_eq!(between("orlava", "vesk"), [Check::Entry]);
        assert_eq!(between("vesk", "orlava"), [Check::Prohibited]);
    }

    #[test]
    fn a_stretch_that_runs_over_the_hour_cannot_be_told() {
        let finding = &found(&[fire("2031-03-06T11:30/2031-03-06T12:30")])[0];
        assert!(matches!(&finding.answer, Answer::Undetermined(facts) if facts[0].contains("hour")));
    }

    #[test]
    fn the_accused_is_silent_or_denies() {
        let (vesk, told) = (PartyId::new("vesk"), minute_before("vesk", "orlava", "orlava"));
        assert_eq!(only(std::slice::from_ref(&told)).accused, [(vesk.clone(), Stance::Silent)]);
        let denial = minute_before("vesk", "orlava", "vesk").denied();
        assert_eq!(only(&[told, denial.clone()]).standing, Standing::Contested);
        let alone = only(&[denial]);
        assert_eq!((&alone.accused[..], alone.alleged_by.len()), (&[(vesk, Stance::Denies)][..], 0));
    }

    #[test]
    fn both_sides_blame_each_other() {
        let both = [minute_before("vesk", "orlava", "orlava"), minute_before("orlava", "vesk", "vesk")];
        let finding = only(&both);
        assert_eq!((finding.accused.len(), finding.standing), (2, Standing::Mutual));
    }

    #[test]
    fn how_near_it_was_is_told() {
        let finding = &found(&[fire("2031-03-06T11:59")])[0];
        assert!(finding.facts.iter().any(|f| f == "1 minute before it entered into force"), "{:?}", finding.facts);
    }
}
