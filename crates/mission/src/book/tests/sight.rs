//! Who sees what of a mission in which there is one thing of each kind: every statement by every part.

use super::*;
use crate::border::{Opening, Precondition, State};
use crate::consent::Subject;
use crate::watch::Plan;

fn said(words: &str, to: &[&str]) -> Act {
    Act::Say { words: words.into(), about: None, to: to.iter().map(|p| (*p).to_owned()).collect() }
}

fn verify(allegation: &str, step: Step) -> Act {
    Act::Verify { allegation: allegation.to_owned(), step, on: None, remark: String::new() }
}

fn watch() -> line::watch::Watch {
    serde_json::from_str(r#"{"id": "post-9", "lat": -45.0, "lon": -125.0, "reach-km": 5}"#).unwrap()
}

fn line() -> line::border::Drawn {
    serde_json::from_str(
        r#"{"map": "sheet 12", "line": [[-124.9, -45.4], [-125.0, -46.2]], "left": "orlava", "right": "vesk"}"#,
    )
    .unwrap()
}

/// One thing of each kind; what was told, by a name. What is `public` is published by the chief at the end.
fn story() -> (Tale, Vec<(&'static str, String)>) {
    let mut tale = Tale::begun();
    let mut named: Vec<(&'static str, String)> = vec![("mandate", tale.heard[0].id.clone())];
    let deployed = tale.propose(Proposal { watch: vec![watch()], ..deployment() });
    let waits = tale.propose(Proposal { title: "More observers".into(), ..deployment() });
    let visit = tale.propose(Proposal {
        subject: "visit".into(),
        title: "Dubrel".into(),
        host: Some("orlava".into()),
        ..Proposal::default()
    });
    let agreed = ["vesk", "orlava"].map(|p| tale.answer(p, &deployed, Answer::Consents, "").unwrap());
    let own = tale.answer("orlava", &visit, Answer::OnCondition, "guided").unwrap();
    named.extend([("agreed, public", deployed.clone()), ("its answer, public", agreed[1].clone())]);
    named.extend([("open", waits), ("visit of orlava", visit), ("its answer", own)]);
    let mut tell = |name, role, party, act| {
        let id = tale.tell(role, party, act).unwrap();
        named.push((name, id.clone()));
        id
    };
    tell("plan", Role::Chief, None, Act::Plan(Plan { asked: 1, watch: vec![watch()], ..Plan::default() }));
    let first = Precondition {
        id: "clear".into(),
        what: "the verge".into(),
        confirmed_by: vec!["vesk".into()],
        before: State::Demarcated,
    };
    let asks = vec!["orlava".to_owned(), "vesk".to_owned()];
    let opening =
        Opening { segment: "south".into(), title: "South".into(), asks, reference: None, preconditions: vec![first] };
    tell("segment", Role::Mediator, None, Act::Segment(opening));
    let lined = || Proposal {
        subject: "border-segment".into(),
        title: "Ridge".into(),
        segment: Some("south".into()),
        drawn: Some(line()),
        ..Proposal::default()
    };
    tell("line of vesk", Role::Liaison, Some("vesk"), Act::Propose(lined()));
    tell("line, public", Role::Mediator, None, Act::Propose(lined()));
    let confirm = Act::Confirm {
        segment: "south".into(),
        precondition: "clear".into(),
        met: true,
        on: None,
        reports: vec![],
        words: "ours".into(),
    };
    tell("confirmation", Role::Liaison, Some("vesk"), confirm);
    let alleged = |words: &str| Act::Allege(Allegation { words: words.into(), ..Allegation::default() });
    let open = tell("allegation", Role::Chief, None, alleged("guns"));
    tell("its step", Role::Verifier, None, verify(&open, Step::Assigned { to: "Ann".into(), due: None }));
    let case = tell("allegation of vesk", Role::Liaison, Some("vesk"), alleged("troops"));
    for step in [Step::Assigned { to: "Ann".into(), due: None }, Step::Visited] {
        tell("its step", Role::Verifier, None, verify(&case, step));
    }
    let found =
        Finding { found: Found::Confirmed, words: "three".into(), reports: vec!["a".into()], comments_due: None };
    tell("finding", Role::Verifier, None, verify(&case, Step::Found(found)));
    tell("note", Role::Observer, None, Act::Note { words: "a remark".into(), about: None });
    tell("words to all", Role::Liaison, Some("orlava"), said("we said", &[]));
    tell("words to itself", Role::Liaison, Some("orlava"), said("we thought", &["orlava"]));
    let ridge = named.iter().find(|(n, _)| *n == "line, public").unwrap().1.clone();
    for party in ["vesk", "orlava"] {
        tale.answer(party, &ridge, Answer::Consents, "").unwrap();
    }
    tale.tell(Role::Chief, None, Act::Publish { what: vec![deployed, ridge] }).unwrap();
    (tale, named)
}

fn viewers() -> Vec<Viewer> {
    let staff = [Role::Mediator, Role::Observer, Role::Verifier, Role::Chief].map(Viewer::Staff);
    ["vesk", "orlava"].map(|p| Viewer::Liaison(p.to_owned())).into_iter().chain(staff).chain([Viewer::Public]).collect()
}

#[test]
fn every_statement_by_every_part() {
    let (tale, named) = story();
    let book = tale.book();
    assert!(book.void.is_empty(), "{:?}", book.void);
    let mission = &book.missions["line-mission-2031"];
    let row = |(name, id): &(&str, String)| {
        let heard = tale.heard.iter().find(|h| h.id == *id).unwrap();
        let cell = |v: &Viewer| if mission.sight(v).hears(heard) { 'S' } else { '-' };
        format!("{name:<20} {}\n", viewers().iter().map(cell).collect::<String>())
    };
    let matrix: String = named.iter().map(row).collect();
    // Liaisons of vesk and of orlava, mediator, observer, verifier, chief, anybody.
    let expected = "\
mandate              SSSSSSS
agreed, public       SSSSSSS
its answer, public   SSSSSSS
open                 SSSSSS-
visit of orlava      -SSSSS-
its answer           -SSSSS-
plan                 ---SSS-
segment              SSSSSSS
line of vesk         SSSSSS-
line, public         SSSSSSS
confirmation         SSSSSS-
allegation           ---SSS-
its step             ---SSS-
allegation of vesk   SSSSSS-
its step             ---SSS-
its step             ---SSS-
finding              SSS-SS-
note                 ---SSS-
words to all         SSSSSS-
words to itself      -SSSSS-
";
    assert_eq!(matrix, expected);
}

/// Lists, and what is worked out from them, show what the statements show.
#[test]
fn the_ground_is_made_of_what_is_seen() {
    let (tale, _) = story();
    let book = tale.book();
    let mission = &book.missions["line-mission-2031"];
    for viewer in viewers() {
        let (sight, ground) = (mission.sight(&viewer), mission.sight(&viewer).ground());
        let hears = |id: &str| tale.heard.iter().any(|h| h.id == id && sight.hears(h));
        let all: Vec<&Subject> = mission.subjects.iter().filter(|s| hears(&s.id)).collect();
        assert_eq!(ground.subjects.iter().collect::<Vec<_>>(), all, "{viewer:?}");
        assert_eq!(sight.cases().count(), mission.cases.iter().filter(|c| hears(&c.id)).count(), "{viewer:?}");
        assert_eq!(ground.plans.len(), mission.plans.iter().filter(|p| hears(&p.id)).count(), "{viewer:?}");
        let drawn = |s: &crate::border::Segment| s.versions.iter().map(|v| v.number).collect::<Vec<_>>();
        let public = viewer == Viewer::Public;
        assert_eq!(drawn(&ground.segments["south"]), if public { vec![2] } else { vec![1, 2] }, "{viewer:?}");
        assert_eq!(ground.segments["south"].confirmations[0].done.words.is_empty(), public, "{viewer:?}");
        assert_eq!(ground.standing(&ground.segments["south"]).state, State::Agreed, "{viewer:?}");
    }
}

#[test]
fn the_chief_publishes_what_was_agreed_and_nobody_else_anything() {
    let (tale, named) = story();
    let id = |name: &str| named.iter().find(|(n, _)| *n == name).unwrap().1.clone();
    let published = |role, party: Option<&str>, what: &str| {
        let act = Act::Publish { what: vec![what.to_owned()] };
        tale.book().check(&heard(tale.heard.len() as u64, role, party, act))
    };
    for what in ["agreed, public", "allegation of vesk"] {
        assert_eq!(published(Role::Chief, None, &id(what)), Ok(()), "{what}");
        for role in [Role::Mediator, Role::Observer, Role::Verifier] {
            assert!(published(role, None, &id(what)).unwrap_err().contains("no part in this"), "{what} {role}");
        }
        assert!(published(Role::Liaison, Some("vesk"), &id(what)).is_err(), "{what}");
    }
    assert!(published(Role::Chief, None, &id("open")).unwrap_err().contains("is open: what was agreed"));
    assert!(published(Role::Chief, None, &id("mandate")).unwrap_err().contains("is a mandate"));
    assert!(published(Role::Chief, None, &id("allegation")).unwrap_err().contains("nothing was found yet"));
    assert!(published(Role::Chief, None, "P3-61").unwrap_err().contains("no document in full"));
}
