//! Something promised: due, done, overdue or disputed, and by whom.

use super::{Answer, Case, Check, Finding, FindingBuilder, Question, State, scope};
use crate::claim::{Aspect, Claim, Mode};

/// Answers for claims of what the term obliges to.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    let bears = |c: &&&Claim| !matches!(answer(question, c), Answer::OutOfScope(_)) && is_meant(question, c);
    let claims: Vec<&Claim> = question.claims.iter().filter(bears).copied().collect();
    let answer = claims.iter().map(|c| answer(question, c)).min_by_key(|a| *a != Answer::InScope)?;
    let state = state(question, &claims);
    FindingBuilder::new(question, Check::Obligation, answer, &claims).state(state).build().ok()
}

/// Days after agreeing within which a step that names no agreement is taken for one that it promised.
const FRESH_DAYS: i32 = 60;

/// Whether a claim is likely about this very promise: it names the agreement, comes soon after it, or lies in the
/// term's own area.
fn is_meant(question: &Question<'_>, claim: &Claim) -> bool {
    let agreed = question.agreement.agreed;
    let fresh = question.when.and_then(|w| w.first_day()).and_then(|day| agreed.until(day).ok());
    let fresh = fresh.is_some_and(|span| (0..=FRESH_DAYS).contains(&span.get_days()));
    let own_area =
        !question.term.area.is_empty() && claim.place.is_some() && answer(question, claim) == Answer::InScope;
    question.named || fresh || own_area
}

fn answer(question: &Question<'_>, claim: &Claim) -> Answer {
    let case = Case {
        kind: claim.kind.value,
        actors: claim.actors.iter().map(|a| a.value.clone()).collect(),
        date: claim.date.as_ref().map(|d| d.value).or(question.when),
        place: claim.place.as_ref().map(|p| p.value.clone()),
    };
    scope(&case, question.agreement, question.term, question.record.knowledge())
}

fn state(question: &Question<'_>, claims: &[&Claim]) -> State {
    let done = claims.iter().any(|c| c.mode.value == Mode::Asserted && !is_stopped(c));
    let not = claims.iter().any(|c| c.mode.value == Mode::Denied || c.mode.value == Mode::Asserted && is_stopped(c));
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

/// Whether a claim says that the state stopped: a road closed, an exchange broken off.
fn is_stopped(claim: &Claim) -> bool {
    claim.aspect.as_ref().is_some_and(|a| a.value == Aspect::Ended)
}

#[cfg(test)]
mod tests {
    use super::super::check as all;
    use super::*;
    use crate::claim::Kind;
    use crate::incident::sample::{Tale, Told};

    fn state(modes: &[(&str, Mode)], as_of: &str) -> Option<State> {
        let mut tale = Tale::new();
        for (by, mode) in modes {
            let words = format!("{by} on the handing over of all prisoners and bodies, {mode}");
            let told = Told::new("a", "2031-03-08", &words).by(by).kind(Kind::Exchange, &["vesk", "orlava"], &[]);
            tale.tell(told.on("2031-03-08").mode(*mode));
        }
        let record = tale.record();
        all(&record, &tale.gather(), as_of.parse().ok()).iter().find_map(|f| f.state)
    }

    #[test]
    fn each_state() {
        assert_eq!(state(&[("vesk", Mode::Planned)], "2031-03-08"), Some(State::Due));
        assert_eq!(state(&[("vesk", Mode::Planned)], "2031-03-12"), Some(State::Overdue));
        assert_eq!(state(&[("vesk", Mode::Asserted)], "2031-03-12"), Some(State::Done));
        assert_eq!(state(&[("orlava", Mode::Denied)], "2031-03-12"), Some(State::NotDone));
        assert_eq!(state(&[("vesk", Mode::Asserted), ("orlava", Mode::Denied)], "2031-03-12"), Some(State::Disputed));
    }
}
