//! A mechanism and the consent that it needs: whose is on record, who refuses, whose is missing.

use super::{Answer, Check, Finding, FindingBuilder, Question};
use crate::claim::{Claim, Mode};
use crate::pack::PartyId;

/// Answers for claims of a mission or mechanism that the term sets up. A party consents by asserting, promising or asking
/// for it in its own voice, and refuses by rejecting it; the agreement itself is not counted as consent to a particular
/// post. Incidents of another kind, such as fighting in which a mission is mentioned, are not asked about, nor others than
/// those whom the term binds where it asks for nobody's consent.
pub(super) fn check(question: &Question<'_>) -> Option<Finding> {
    if !is_of_its_kind(question) || question.term.consent.is_empty() && !is_meant(question) {
        return None;
    }
    let answer = match question.scope(&question.case(&question.claims)?) {
        Answer::InScope => missing(question),
        other => other,
    };
    let facts = question.term.consent.iter().filter_map(|p| fact(question, p));
    let built = FindingBuilder::new(question, Check::Mechanism, answer, &question.claims);
    facts.fold(built, FindingBuilder::fact).build().ok()
}

/// Whether what leads the incident is of a kind that the term makes conditional.
fn is_of_its_kind(question: &Question<'_>) -> bool {
    question.term.claims.iter().any(|kind| kind == question.incident.kind.as_str())
}

/// Whether a claim names the agreement, or somebody does it whom the term itself binds.
fn is_meant(question: &Question<'_>) -> bool {
    let mut actors = question.claims.iter().flat_map(|c| &c.actors);
    question.named || actors.any(|a| question.term.binds.contains(&a.value))
}

fn missing(question: &Question<'_>) -> Answer {
    let knowledge = question.record.knowledge();
    let silent = |p: &&PartyId| consent(&question.claims, p).is_none();
    let consent = question.term.consent.iter();
    let missing: Vec<String> =
        consent.filter(silent).map(|p| format!("no report gives the consent of {}", knowledge.title(p))).collect();
    if missing.is_empty() { Answer::InScope } else { Answer::Undetermined(missing) }
}

fn fact(question: &Question<'_>, party: &PartyId) -> Option<String> {
    let title = question.record.knowledge().title(party);
    let word = if consent(&question.claims, party)? { "consents" } else { "refuses" };
    Some(format!("{title} {word}"))
}

/// Whether a party consents or refuses, by the last of its claims that tells; none where it says nothing of it.
fn consent(claims: &[&Claim], party: &PartyId) -> Option<bool> {
    let own = claims.iter().filter(|c| c.speaker.value.party.as_ref() == Some(party));
    let mut told = own.filter_map(|c| match c.mode.value {
        Mode::Asserted | Mode::Planned | Mode::CalledFor => Some(true),
        Mode::Rejected => Some(false),
        Mode::Denied | Mode::Conditional => None,
    });
    told.next_back()
}

#[cfg(test)]
mod tests {
    use super::super::check as all;
    use super::super::tests::found;
    use super::*;
    use crate::claim::Kind;
    use crate::incident::sample::{Tale, Told};
    use crate::incident::{Ruling, gather_with};

    fn told(by: &str, mode: Mode, date: &str) -> Told {
        let words = format!("observers of the mission stand at the post on the line, as {by} has it");
        Told::new("a", "2031-03-12", &words).by(by).kind(Kind::Deployment, &["jlm"], &[]).on(date).mode(mode)
    }

    fn only(tales: &[Told]) -> Finding {
        let mut all: Vec<Finding> = found(tales).into_iter().filter(|f| f.check == Check::Mechanism).collect();
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    #[test]
    fn another_mission_or_another_time_is_out_of_scope() {
        let other = Told::new("a", "2031-03-12", "Ilmeria stations observers").by("vesk");
        let finding = only(&[other.kind(Kind::Deployment, &["ilmeria"], &["vesk"]).on("2031-03-08")]);
        assert!(matches!(finding.answer, Answer::OutOfScope(_)));
        assert!(matches!(only(&[told("vesk", Mode::Planned, "2031-03-05")]).answer, Answer::OutOfScope(_)));
    }

    #[test]
    fn fighting_in_which_a_mission_is_mentioned_asks_for_nobodys_consent() {
        let words = "a shell of Vesk fell beside the post of the mission near Hollin";
        let shell = Told::new("a", "2031-03-12", words).by("orlava").shelling("vesk", "jlm", "2031-03-08").at("Hollin");
        let post = told("orlava", Mode::Asserted, "2031-03-08").at("Hollin");
        assert!(found(std::slice::from_ref(&shell)).iter().all(|f| f.check != Check::Mechanism));
        let mut tale = Tale::of([shell]);
        tale.tell_again(post);
        let together = Ruling::Together(tale.claims().iter().map(|c| c.id.clone()).collect());
        let incidents = gather_with(&tale.record(), &[together]);
        assert_eq!(incidents.len(), 1);
        let found = all(&tale.record(), &incidents, None);
        assert!(found.iter().any(|f| f.check == Check::Prohibited));
        assert!(found.iter().all(|f| f.check != Check::Mechanism), "{found:?}");
    }

    #[test]
    fn minutes_round_the_entry_into_force() {
        let at = |date: &str| only(&[told("vesk", Mode::Planned, date)]).answer;
        assert!(matches!(at("2031-03-06T11:59"), Answer::OutOfScope(_)));
        assert!(matches!(at("2031-03-06T12:01"), Answer::Undetermined(missing) if missing[0].contains("Orlava")));
        assert!(matches!(at("2031-03-06"), Answer::Undetermined(missing) if missing[0].contains("hour")));
    }

    #[test]
    fn both_refuse() {
        let both = [told("vesk", Mode::Rejected, "2031-03-08"), told("orlava", Mode::Rejected, "2031-03-08")];
        assert_eq!(only(&both).facts, ["Vesk refuses", "Orlava refuses"]);
    }

    #[test]
    fn a_silent_partys_consent_is_the_missing_fact() {
        let finding = only(&[told("vesk", Mode::Asserted, "2031-03-08")]);
        assert_eq!(finding.answer, Answer::Undetermined(vec!["no report gives the consent of Orlava".to_owned()]));
        assert!(finding.facts.contains(&"Vesk consents".to_owned()));
    }

    #[test]
    fn a_denial_is_no_refusal() {
        let both = [told("vesk", Mode::Asserted, "2031-03-08"), told("orlava", Mode::Denied, "2031-03-08")];
        assert!(matches!(only(&both).answer, Answer::Undetermined(_)));
    }

    #[test]
    fn consent_and_refusal_are_on_record() {
        let both = [told("vesk", Mode::Asserted, "2031-03-08"), told("orlava", Mode::CalledFor, "2031-03-08")];
        assert_eq!(only(&both).answer, Answer::InScope);
        let against = [told("vesk", Mode::Asserted, "2031-03-08"), told("orlava", Mode::Rejected, "2031-03-08")];
        let finding = only(&against);
        assert_eq!(finding.facts, ["Vesk consents", "Orlava refuses"]);
    }
}
