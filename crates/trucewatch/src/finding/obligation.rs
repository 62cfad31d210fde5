//! Something promised: due, done, overdue or disputed, confirmed and disputed by whom.

use super::{Answer, Check, Finding, FindingBuilder, Question, State, unique};
use crate::claim::{Aspect, Claim, Mode};
use crate::pack::PartyId;
use crate::when::day_in_words;

/// Answers for claims of what the term obliges to.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    let bears = |c: &&&Claim| !matches!(answer(question, c), Answer::OutOfScope(_)) && is_meant(question, c);
    let claims: Vec<&Claim> = question.claims.iter().filter(bears).copied().collect();
    let answer = claims.iter().map(|c| answer(question, c)).min_by_key(|a| *a != Answer::InScope)?;
    let by = |says: fn(&Claim) -> bool| speakers(claims.iter().copied().filter(|c| says(c)));
    let (confirmed, disputed) = (by(says_done), by(says_not_done));
    let state = state(question, &claims);
    let built = FindingBuilder::new(question, Check::Obligation, answer, &claims).state(state);
    let built = built.confirmed_by(confirmed).disputed_by(disputed);
    late(question, &claims).into_iter().fold(built, FindingBuilder::fact).build().ok()
}

/// Days after agreeing within which a step that names no agreement is taken for one that it promised.
const FRESH_DAYS: i32 = 60;

/// Whether a claim is likely about this very promise: it names the agreement, comes soon after it, or lies in the
/// term's own area.
fn is_meant(question: &Question<'_>, claim: &Claim) -> bool {
    let agreed = question.agreement.agreed;
    let fresh = question.when.and_then(|w| w.first_day()).and_then(|day| agreed.until(day).ok());
    let fresh = fresh.is_some_and(|span| (0..=FRESH_DAYS).contains(&span.get_days()));
    let own = !question.term.area.is_empty() || question.term.zone.is_some();
    let own_area = own && claim.place.is_some() && answer(question, claim) == Answer::InScope;
    question.named || fresh || own_area
}

fn answer(question: &Question<'_>, claim: &Claim) -> Answer {
    let mut case = question.case_of(&[claim], claim.kind.value);
    case.date = claim.date.as_ref().map(|d| d.value).or(question.when);
    case.place = claim.place.as_ref().map(|p| p.value.clone());
    question.scope(&case)
}

/// Whether a claim says that the promised thing was done or holds.
fn says_done(claim: &Claim) -> bool {
    claim.mode.value == Mode::Asserted && !is_stopped(claim)
}

/// Whether a claim says that it was not done, or holds no more.
fn says_not_done(claim: &Claim) -> bool {
    claim.mode.value == Mode::Denied || claim.mode.value == Mode::Asserted && is_stopped(claim)
}

/// Whether a claim says that the state stopped: a road closed, an exchange broken off.
fn is_stopped(claim: &Claim) -> bool {
    claim.aspect.as_ref().is_some_and(|a| a.value == Aspect::Ended)
}

/// Who says so, each once; outlets as `media`.
fn speakers<'a>(claims: impl Iterator<Item = &'a Claim>) -> Vec<PartyId> {
    unique(claims.filter_map(|c| c.speaker.value.party.as_ref()))
}

fn state(question: &Question<'_>, claims: &[&Claim]) -> State {
    let done = claims.iter().any(|c| says_done(c));
    let not = claims.iter().any(|c| says_not_done(c));
    let passed = question.term.due.zip(question.as_of).map(|(due, day)| due < day);
    match (done, not, passed) {
        (true, true, _) => State::Disputed,
        (true, false, _) => State::Done,
        (false, true, _) => State::NotDone,
        (false, false, Some(true)) => State::Overdue,
        (false, false, Some(false)) => State::Due,
        (false, false, None) => State::Open,
    }
}

/// What there is to say of the day by which it was due: it was done only after it.
fn late(question: &Question<'_>, claims: &[&Claim]) -> Option<String> {
    let due = question.term.due?;
    let days = || claims.iter().filter(|c| says_done(c)).filter_map(|c| c.date.as_ref()?.value.first_day());
    let all_after = days().next().is_some() && days().all(|day| day > due);
    all_after.then(|| format!("every claim that says so dates it after {}, by which it was due", day_in_words(due)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found_as_of, found_as_one};
    use super::*;
    use crate::claim::Kind;
    use crate::incident::Stance;
    use crate::incident::sample::Told;

    fn told(by: &str, mode: Mode, date: &str) -> Told {
        let words = format!("{by} on the handing over of all prisoners and bodies, {mode}");
        let told = Told::new("a", "2031-03-08", &words).by(by).kind(Kind::Exchange, &["vesk", "orlava"], &[]);
        told.on(date).mode(mode)
    }

    fn only(modes: &[(&str, Mode)], as_of: &str) -> Finding {
        let tales: Vec<Told> = modes.iter().map(|(by, mode)| told(by, *mode, "2031-03-08")).collect();
        found_as_of(&tales, as_of).into_iter().find(|f| f.check == Check::Obligation).unwrap()
    }

    fn state(modes: &[(&str, Mode)], as_of: &str) -> Option<State> {
        only(modes, as_of).state
    }

    #[test]
    fn what_others_exchange_or_exchanged_before_is_not_meant() {
        let others = Told::new("a", "2031-03-08", "Ilmeria frees prisoners").by("media");
        let others = others.kind(Kind::Exchange, &["ilmeria"], &[]).on("2031-03-08");
        assert!(found_as_of(&[others], "2031-03-08").iter().all(|f| f.check != Check::Obligation));
        let before = found_as_of(&[told("vesk", Mode::Asserted, "2031-03-06T11:00")], "2031-03-08");
        assert!(before.iter().all(|f| f.check != Check::Obligation));
    }

    #[test]
    fn without_a_place_it_cannot_be_told_whether_the_zone_is_meant() {
        let words = "Vesk has withdrawn its heavy weapons";
        let told = Told::new("a", "2031-03-09", words).by("vesk").kind(Kind::Withdrawal, &["vesk"], &[]);
        let all = found_as_of(&[told.on("2031-03-09")], "2031-03-09");
        let finding = all.iter().find(|f| f.term == "4").unwrap();
        assert_eq!(finding.answer, Answer::Undetermined(vec!["no report says where".to_owned()]));
    }

    #[test]
    fn each_state() {
        assert_eq!(state(&[("vesk", Mode::Planned)], "2031-03-08"), Some(State::Due));
        assert_eq!(state(&[("vesk", Mode::Planned)], "2031-03-12"), Some(State::Overdue));
        assert_eq!(state(&[("vesk", Mode::Asserted)], "2031-03-12"), Some(State::Done));
        assert_eq!(state(&[("orlava", Mode::Denied)], "2031-03-12"), Some(State::NotDone));
        assert_eq!(state(&[("vesk", Mode::Asserted), ("orlava", Mode::Denied)], "2031-03-12"), Some(State::Disputed));
    }

    #[test]
    fn the_day_itself_is_not_overdue() {
        assert_eq!(state(&[("vesk", Mode::Planned)], "2031-03-09"), Some(State::Due));
        assert_eq!(state(&[("vesk", Mode::Planned)], "2031-03-10"), Some(State::Overdue));
    }

    #[test]
    fn who_confirms_and_who_disputes() {
        let finding = only(&[("vesk", Mode::Asserted), ("orlava", Mode::Denied)], "2031-03-12");
        assert_eq!(finding.confirmed_by, [PartyId::new("vesk")]);
        assert_eq!(finding.disputed_by, [PartyId::new("orlava")]);
    }

    #[test]
    fn who_owes_it_is_silent_or_denies_it_alone() {
        let finding = only(&[("orlava", Mode::Denied)], "2031-03-12");
        assert_eq!((finding.state, finding.confirmed_by.len()), (Some(State::NotDone), 0));
        let stance = |f: &Finding, id: &str| f.accused.iter().find(|(p, _)| p.as_str() == id).map(|(_, s)| *s);
        assert_eq!(stance(&finding, "vesk"), Some(Stance::Silent));
        assert_eq!(stance(&finding, "orlava"), Some(Stance::Denies));
    }

    #[test]
    fn each_says_that_the_other_has_not_done_it() {
        let not = |by: &str, who: &str| {
            let words = format!("{who} has not handed over the prisoners, says {by}");
            let told = Told::new(by, "2031-03-11", &words).by(by).kind(Kind::Exchange, &[who], &[]);
            told.on("2031-03-11").denied()
        };
        let all = found_as_one(&[not("orlava", "vesk"), not("vesk", "orlava")]);
        let finding = all.iter().find(|f| f.check == Check::Obligation).unwrap();
        assert_eq!(finding.state, Some(State::NotDone));
        assert_eq!(finding.disputed_by, [PartyId::new("orlava"), PartyId::new("vesk")]);
    }

    #[test]
    fn done_after_its_day_is_told() {
        let all = found_as_of(&[told("vesk", Mode::Asserted, "2031-03-11")], "2031-03-12");
        let finding = all.iter().find(|f| f.check == Check::Obligation).unwrap();
        assert!(finding.facts.iter().any(|f| f.contains("after 9 March 2031")), "{:?}", finding.facts);
    }
}
