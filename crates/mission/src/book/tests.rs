//! The state machine of consents: what it refuses, what it reaches, and what no order of statements can bring about.

mod border;
mod sight;

use proptest::prelude::*;

use super::*;
use crate::mandate::tests::MANDATE;
use crate::verification::{Finding, Found};

/// Statements one after another.
#[derive(Default)]
struct Tale {
    heard: Vec<Heard>,
}

fn at(entry: u64) -> Timestamp {
    Timestamp::from_second(1_930_000_000 + i64::try_from(entry).unwrap() * 60).unwrap()
}

fn heard(entry: u64, role: Role, party: Option<&str>, act: Act) -> Heard {
    let party = party.map(str::to_owned);
    let signature =
        party.as_ref().map(|p| Signature { name: p.clone(), role: role.as_str().to_owned(), party: Some(p.clone()) });
    let (mission, by) = ("line-mission-2031".to_owned(), "Orn".to_owned());
    let statement = Statement { mission, at: at(entry), by, role, party, act };
    let id = crate::sha256(format!("{entry}{}", statement.to_text()).as_bytes());
    Heard { entry, at: at(entry), id, signature, statement }
}

fn mandate(text: &str) -> Act {
    Act::Mandate { mandate: Box::new(Mandate::parse(text).unwrap()) }
}

fn deployment() -> Proposal {
    Proposal {
        subject: "deployment".into(),
        title: "Observers at Hollin".into(),
        strength: Some(12),
        ..Proposal::default()
    }
}

impl Tale {
    fn begun() -> Tale {
        let mut tale = Tale::default();
        tale.tell(Role::Chief, None, mandate(MANDATE)).unwrap();
        tale
    }

    fn book(&self) -> Book {
        Book::replay(&self.heard)
    }

    /// Tells a statement if it fits; its id.
    fn tell(&mut self, role: Role, party: Option<&str>, act: Act) -> Fits<String> {
        let one = heard(self.heard.len() as u64, role, party, act);
        self.book().check(&one)?;
        let id = one.id.clone();
        self.heard.push(one);
        Ok(id)
    }

    fn propose(&mut self, proposal: Proposal) -> String {
        self.tell(Role::Chief, None, Act::Propose(proposal)).unwrap()
    }

    fn answer(&mut self, party: &str, id: &str, answer: Answer, words: &str) -> Fits<String> {
        self.tell(Role::Liaison, Some(party), Act::Answer { proposal: id.to_owned(), answer, words: words.to_owned() })
    }

    fn execute(&mut self, id: &str) -> Fits<String> {
        self.tell(Role::Chief, None, Act::Execute { proposal: id.to_owned(), on: None, words: String::new() })
    }

    fn stage(&self, id: &str) -> Stage {
        let book = self.book();
        let mission = &book.missions["line-mission-2031"];
        mission.stage(mission.subject(id).unwrap())
    }

    fn missing(&self, id: &str) -> Vec<String> {
        let book = self.book();
        let mission = &book.missions["line-mission-2031"];
        mission.missing(mission.subject(id).unwrap()).iter().map(in_words).collect()
    }
}

#[test]
fn what_does_not_fit_is_refused_with_the_reason() {
    let mut tale = Tale::default();
    let told = tale.tell(Role::Chief, None, Act::Propose(deployment())).unwrap_err();
    assert_eq!(told, "no mission `line-mission-2031` has a mandate");
    let mut tale = Tale::begun();
    let mut propose = |change: &dyn Fn(&mut Proposal)| {
        let mut proposal = deployment();
        change(&mut proposal);
        tale.tell(Role::Chief, None, Act::Propose(proposal)).unwrap_err()
    };
    assert!(propose(&|p| p.subject = "parade".into()).starts_with("`parade` is nothing that can be proposed"));
    assert_eq!(propose(&|p| p.strength = Some(61)), "61 people are proposed, the mandate allows 60");
    assert!(propose(&|p| p.from = Some("2031-09-06".parse().unwrap())).contains("outside the mandate's term"));
    assert!(propose(&|p| p.subject = "visit".into()).contains("name that party as host"));
    assert!(propose(&|p| p.asks = vec!["ilmeria".into()]).contains("no party of the mandate; vesk, orlava are"));
    assert!(propose(&|p| p.title = " ".into()).contains("has a title"));
    let id = tale.propose(deployment());
    assert!(tale.answer("ilmeria", &id, Answer::Consents, "").unwrap_err().contains("no party of the mandate"));
    assert!(tale.answer("vesk", "ffff", Answer::Consents, "").unwrap_err().contains("nothing was proposed"));
    assert!(tale.answer("vesk", &id, Answer::OnCondition, " ").unwrap_err().contains("said in words"));
    assert!(tale.answer("vesk", &id, Answer::Withdraws, "").unwrap_err().contains("given no consent"));
    let told = tale.execute(&id).unwrap_err();
    assert!(told.ends_with("is open, not agreed: orlava has not answered; vesk has not answered"), "{told}");
}

#[test]
fn a_party_is_heard_by_its_own_signature_alone() {
    let mut tale = Tale::begun();
    let id = tale.propose(deployment());
    let yes = || Act::Answer { proposal: id.clone(), answer: Answer::Consents, words: String::new() };
    let book = tale.book();
    let mut unsigned = heard(9, Role::Liaison, Some("vesk"), yes());
    unsigned.signature = None;
    assert_eq!(book.clone().check(&unsigned).unwrap_err(), "what `vesk` states is to be signed with its own key");
    let mut others = heard(9, Role::Liaison, Some("vesk"), yes());
    others.signature = heard(9, Role::Liaison, Some("orlava"), yes()).signature;
    assert!(book.clone().check(&others).unwrap_err().contains("signed with the key of a liaison of `orlava`"));
    let chief = heard(9, Role::Chief, None, yes());
    assert_eq!(book.clone().check(&chief).unwrap_err(), "an answer is a party's");
    let (role, party) = ("observer".to_owned(), None);
    let mut observer =
        heard(9, Role::Chief, None, Act::Execute { proposal: id.clone(), on: None, words: String::new() });
    observer.signature = Some(Signature { name: "o".into(), role, party });
    assert!(
        book.clone().check(&observer).unwrap_err().contains("stated as chief, and signed with the key of a observer")
    );
}

#[test]
fn from_proposal_to_end() {
    let mut tale = Tale::begun();
    let id = tale.propose(deployment());
    tale.answer("vesk", &id, Answer::Consents, "").unwrap();
    assert_eq!(tale.missing(&id), ["orlava has not answered"]);
    tale.answer("orlava", &id, Answer::OnCondition, "by day only").unwrap();
    assert_eq!(
        (tale.stage(&id), tale.missing(&id)),
        (Stage::Open, vec!["orlava consents on condition (“by day only”)".into()])
    );
    tale.answer("orlava", &id, Answer::Consents, "").unwrap();
    assert_eq!(tale.stage(&id), Stage::Agreed);
    tale.answer("vesk", &id, Answer::Withdraws, "not after what happened").unwrap();
    assert_eq!(tale.stage(&id), Stage::Open);
    assert!(tale.execute(&id).is_err());
    tale.answer("vesk", &id, Answer::Consents, "").unwrap();
    tale.execute(&id).unwrap();
    assert!(tale.execute(&id).is_err());
    tale.answer("vesk", &id, Answer::Withdraws, "").unwrap();
    let book = tale.book();
    assert_eq!(tale.stage(&id), Stage::Executed);
    assert!(book.missions["line-mission-2031"].subject(&id).unwrap().stands_without_consent());
    tale.tell(Role::Chief, None, Act::End { proposal: id.clone(), on: None, words: String::new() }).unwrap();
    assert_eq!(tale.stage(&id), Stage::Ended);
    assert!(tale.answer("vesk", &id, Answer::Consents, "").unwrap_err().contains("is ended"));
    assert!(tale.book().void.is_empty());
}

#[test]
fn nothing_is_agreed_before_the_mission_itself() {
    let needs = "\n[[needs]]\nsubject = \"mission\"\nconsent = [\"vesk\", \"orlava\"]\n";
    let mut tale = Tale::default();
    let mission = tale.tell(Role::Mediator, None, mandate(&format!("{MANDATE}{needs}"))).unwrap();
    let post = Proposal { subject: "post".into(), ..deployment() };
    let id = tale.propose(post);
    assert_eq!(tale.missing(&id), ["the mission's mandate is not agreed"]);
    for party in ["vesk", "orlava"] {
        assert_eq!(tale.stage(&id), Stage::Open);
        tale.answer(party, &mission, Answer::Consents, "").unwrap();
    }
    assert_eq!(tale.stage(&id), Stage::Agreed);
}

#[test]
fn a_proposal_in_place_of_another_begins_without_consents() {
    let mut tale = Tale::begun();
    let old = tale.propose(deployment());
    tale.answer("vesk", &old, Answer::Consents, "").unwrap();
    let new = tale.propose(Proposal { instead_of: Some(old.clone()), ..deployment() });
    assert_eq!((tale.stage(&old), tale.stage(&new)), (Stage::Dropped, Stage::Open));
    assert_eq!(tale.missing(&new).len(), 2);
    assert!(tale.answer("orlava", &old, Answer::Consents, "").is_err());
}

#[test]
fn one_party_drops_nothing_of_anothers() {
    let mut tale = Tale::begun();
    let own = tale.tell(Role::Liaison, Some("vesk"), Act::Propose(deployment())).unwrap();
    let drop = || Act::Drop { proposal: own.clone(), words: String::new() };
    assert!(tale.tell(Role::Liaison, Some("orlava"), drop()).is_err());
    assert!(tale.tell(Role::Chief, None, drop()).is_err());
    tale.tell(Role::Liaison, Some("vesk"), drop()).unwrap();
    assert_eq!(tale.stage(&own), Stage::Dropped);
}

/// A random act, by somebody, on one of three proposals.
fn any_act() -> impl Strategy<Value = (Role, Option<&'static str>, u8, u8)> {
    let party = prop_oneof![Just(Some("vesk")), Just(Some("orlava")), Just(Some("ilmeria")), Just(None)];
    (0usize..5, party, 0u8..9, 0u8..3).prop_map(|(role, party, act, on)| (Role::ALL[role], party, act, on))
}

fn act(which: u8, id: &str) -> Act {
    let (proposal, words) = (id.to_owned(), "words".to_owned());
    let answer = |answer| Act::Answer { proposal: proposal.clone(), answer, words: words.clone() };
    match which {
        0 => answer(Answer::Consents),
        1 => answer(Answer::Refuses),
        2 => answer(Answer::OnCondition),
        3 => answer(Answer::Withdraws),
        4 => Act::Execute { proposal, on: None, words },
        5 => Act::End { proposal, on: None, words },
        6 => Act::Drop { proposal, words },
        7 => Act::Propose(Proposal { instead_of: Some(proposal), ..deployment() }),
        _ => Act::Propose(deployment()),
    }
}

/// Random statements on what was proposed; those that do not fit stay in, as a log might hold them.
fn random(acts: &[(Role, Option<&'static str>, u8, u8)]) -> Vec<Heard> {
    let mut all =
        vec![heard(0, Role::Chief, None, mandate(MANDATE)), heard(1, Role::Chief, None, Act::Propose(deployment()))];
    let mut proposed = vec![all[1].id.clone()];
    for (i, (role, party, which, on)) in acts.iter().enumerate() {
        let id = proposed[usize::from(*on) % proposed.len()].clone();
        let one = heard(2 + i as u64, *role, *party, act(*which, &id));
        if matches!(one.statement.act, Act::Propose(_)) {
            proposed.push(one.id.clone());
        }
        all.push(one);
    }
    all
}

/// Whether the last that each of two parties said, signed with its own key, is a plain yes; told without the machine.
fn both_said_yes(heard: &[Heard], id: &str) -> bool {
    let last = |party: &str| {
        let said = heard
            .iter()
            .filter(|h| h.signature.as_ref().is_some_and(|s| s.role == "liaison" && s.party.as_deref() == Some(party)));
        let mut answers = said.filter_map(|h| match &h.statement.act {
            Act::Answer { proposal, answer, .. } if proposal == id => Some(*answer),
            _ => None,
        });
        answers.next_back()
    };
    last("vesk") == Some(Answer::Consents) && last("orlava") == Some(Answer::Consents)
}

/// A random step on one allegation.
fn step(which: u8, reports: bool) -> Step {
    let finding = |found| Finding {
        found,
        words: "seen".into(),
        reports: if reports { vec!["d1".into()] } else { Vec::new() },
        comments_due: None,
    };
    match which {
        0 => Step::Assigned { to: "Patrol A".into(), due: None },
        1 => Step::Visited,
        2 => Step::Denied { party: Some("vesk".into()) },
        3 => Step::Suspended,
        4 => Step::Resumed,
        5 => Step::Found(finding(Found::InPart)),
        6 => Step::Found(finding(Found::Undetermined)),
        7 => Step::Commented,
        _ => Step::SignedOff,
    }
}

#[test]
fn the_chief_alone_makes_public_and_only_what_there_is() {
    let mut tale = Tale::begun();
    let allegation = Allegation { words: "Shells fell on Dubrel".into(), ..Allegation::default() };
    let id = tale.tell(Role::Chief, None, Act::Allege(allegation)).unwrap();
    let publish = |what: &str| Act::Publish { what: vec![what.to_owned()] };
    let document = "ab".repeat(32);
    for (role, party) in [(Role::Verifier, None), (Role::Observer, None), (Role::Liaison, Some("vesk"))] {
        assert!(tale.tell(role, party, publish(&document)).is_err(), "{role}");
    }
    assert!(tale.tell(Role::Chief, None, Act::Publish { what: Vec::new() }).is_err());
    assert!(tale.tell(Role::Chief, None, publish("ab")).unwrap_err().contains("no document in full"));
    assert!(tale.tell(Role::Chief, None, publish(&id)).unwrap_err().contains("nothing was found yet"));
    tale.tell(Role::Chief, None, publish(&document)).unwrap();
    assert_eq!(tale.book().missions["line-mission-2031"].published.iter().collect::<Vec<_>>(), [&document]);
}

proptest! {
    #[test]
    fn no_order_of_steps_signs_off_what_was_not_found_and_heard(
        steps in prop::collection::vec((0usize..5, prop::bool::ANY, 0u8..9, prop::bool::ANY), 0..60)
    ) {
        let alleged = Act::Allege(Allegation { words: "Guns fired".into(), ..Allegation::default() });
        let mut all = vec![heard(0, Role::Chief, None, mandate(MANDATE)), heard(1, Role::Chief, None, alleged)];
        let case = all[1].id.clone();
        for (i, (role, vesk, which, reports)) in steps.iter().enumerate() {
            let (role, step) = (Role::ALL[*role], step(*which, *reports));
            let party = (role == Role::Liaison).then_some(if *vesk { "vesk" } else { "orlava" });
            let act = Act::Verify { allegation: case.clone(), step, on: None, remark: "words".into() };
            all.push(heard(2 + i as u64, role, party, act));
        }
        let book = Book::replay(&all);
        let case = &book.missions["line-mission-2031"].cases[0];
        let taken: Vec<&Step> = case.steps.iter().map(|t| &t.step).collect();
        if let Some(end) = taken.iter().position(|s| **s == Step::SignedOff) {
            prop_assert_eq!(end, taken.len() - 1, "nothing follows");
            prop_assert!(case.silent(&["vesk".into(), "orlava".into()]).is_empty());
            prop_assert!(case.finding().is_some());
        }
        for (i, step) in taken.iter().enumerate() {
            if let Step::Found(Finding { found: Found::InPart, reports, .. }) = step {
                prop_assert!(!reports.is_empty() && taken[..i].contains(&&Step::Visited));
            }
        }
    }

    #[test]
    fn no_order_of_statements_reaches_agreed_without_the_consents(acts in prop::collection::vec(any_act(), 0..60)) {
        let all = random(&acts);
        for end in 0..=all.len() {
            let book = Book::replay(&all[..end]);
            for mission in book.missions.values() {
                for subject in mission.subjects.iter().filter(|s| s.proposal.subject != "mission") {
                    if mission.stage(subject) == Stage::Agreed {
                        prop_assert!(both_said_yes(&all[..end], &subject.id));
                    }
                }
            }
        }
    }

    #[test]
    fn whatever_is_carried_out_was_agreed_before(acts in prop::collection::vec(any_act(), 0..60)) {
        let all = random(&acts);
        for (i, one) in all.iter().enumerate() {
            let before = Book::replay(&all[..i]);
            if let (Act::Execute { proposal, .. }, Ok(())) = (&one.statement.act, before.clone().check(one)) {
                let mission = &before.missions["line-mission-2031"];
                prop_assert_eq!(mission.stage(mission.find(proposal).unwrap()), Stage::Agreed);
            }
        }
    }

    #[test]
    fn nothing_that_was_said_is_taken_off(acts in prop::collection::vec(any_act(), 0..60)) {
        let all = random(&acts);
        let mut before: Vec<Subject> = Vec::new();
        for end in 1..=all.len() {
            let book = Book::replay(&all[..end]);
            let now: Vec<Subject> = book.missions.values().flat_map(|m| m.subjects.clone()).collect();
            for (old, new) in before.iter().zip(&now) {
                prop_assert_eq!(&old.id, &new.id);
                prop_assert!(new.answers.starts_with(&old.answers));
                prop_assert!(old.executed.is_none() || old.executed == new.executed);
                prop_assert!(old.ended.is_none() || old.ended == new.ended);
            }
            prop_assert!(before.len() <= now.len());
            before = now;
        }
    }

    #[test]
    fn replaying_gives_the_same_state(acts in prop::collection::vec(any_act(), 0..60)) {
        let all = random(&acts);
        prop_assert_eq!(Book::replay(&all), Book::replay(&all));
        let fit: Vec<Heard> = {
            let void: Vec<u64> = Book::replay(&all).void.iter().map(|(entry, _)| *entry).collect();
            all.iter().filter(|h| !void.contains(&h.entry)).cloned().collect()
        };
        prop_assert_eq!(Book::replay(&fit).missions, Book::replay(&all).missions);
    }
}
