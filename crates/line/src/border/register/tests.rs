use proptest::prelude::*;

use super::*;
use crate::border::State;
use crate::border::progress::progress;
use crate::consent::Answer;
use geo::Coord;

fn entry(by: &str, act: Act) -> Entry {
    let (segment, words) = ("s".to_owned(), "as we said at the table".to_owned());
    Entry { at: "2031-04-02T10:00:00Z".parse().unwrap(), by: by.to_owned(), segment, words, act }
}

fn open() -> Entry {
    let withdrawal = Precondition {
        id: "withdrawal".to_owned(),
        what: "the withdrawal from the ridge".to_owned(),
        confirmed_by: vec!["mission".to_owned()],
        before: State::Delimited,
    };
    let parties = vec!["orlava".to_owned(), "vesk".to_owned()];
    entry(
        "commission",
        Act::Open { title: "North".to_owned(), parties, preconditions: vec![withdrawal], reference: None },
    )
}

fn line(east: f64) -> Vec<Coord> {
    [(-125.0, -45.0), (-125.0 + east, -45.1), (-125.0, -45.2)].map(|(x, y)| Coord { x, y }).to_vec()
}

fn drawn(line: Vec<Coord>) -> Drawn {
    let (map, crs) = ("sheet 12, 1976".to_owned(), "EPSG:4326".to_owned());
    Drawn { map, crs, line, left: Some("orlava".to_owned()), right: Some("vesk".to_owned()), enclaves: vec![] }
}

fn propose(by: &str, east: f64) -> Entry {
    entry(by, Act::Propose(drawn(line(east))))
}

fn answer(by: &str, version: u32, answer: Answer) -> Entry {
    entry(by, Act::Answer { version, answer })
}

fn pillar(number: u32) -> Entry {
    let position = Coord { x: -125.0, y: -45.0 };
    entry("commission", Act::Pillar { version: 1, number, position })
}

fn replayed(entries: &[Entry]) -> (Segment, Vec<String>) {
    let (register, refused) = Register::replay(entries);
    let refused = refused.into_iter().map(|(i, r)| format!("{i}: {r}")).collect();
    (register.segment("s").cloned().unwrap(), refused)
}

#[test]
fn nothing_is_agreed_without_all_consents() {
    let mut entries = vec![open(), propose("vesk", 0.01)];
    assert_eq!(replayed(&entries).0.standing().state, State::Proposed);
    entries.push(answer("vesk", 1, Answer::Given));
    entries.push(answer("orlava", 1, Answer::Conditional));
    assert_eq!(replayed(&entries).0.standing().state, State::Proposed, "a condition is no consent");
    entries.push(answer("mission", 1, Answer::Given));
    entries.push(entry("commission", Act::Delimit(1)));
    let (segment, refused) = replayed(&entries);
    assert_eq!(segment.standing().state, State::Proposed);
    assert_eq!(
        refused,
        [
            "4: `mission` is not asked: the segment needs the consents of orlava, vesk",
            "5: version 1 is not agreed with all that comes before its coordinates; it waits for the consent of orlava; mission to \
             confirm the withdrawal from the ridge",
        ]
    );
}

#[test]
fn what_is_refused() {
    let refused = |act: Act| replayed(&[open(), propose("vesk", 0.01), entry("vesk", act)]).1;
    assert_eq!(
        refused(Act::Answer { version: 2, answer: Answer::Given }),
        ["2: the segment has no version 2; it has 1"]
    );
    assert_eq!(
        refused(Act::Answer { version: 0, answer: Answer::Given }),
        ["2: the segment has no version 0; it has 1"]
    );
    assert_eq!(
        refused(Act::Retract("withdrawal".to_owned())),
        ["2: `vesk` has not confirmed `withdrawal`, and cannot take that back"]
    );
    assert_eq!(
        refused(Act::Confirm("withdrawal".to_owned())),
        ["2: `vesk` does not confirm `withdrawal` in this segment; it waits for withdrawal by mission"]
    );
    assert_eq!(refused(Act::Propose(drawn(vec![]))), ["2: the line has 0 different positions, and a line needs two"]);
    let utm = Drawn { crs: "EPSG:32638".to_owned(), ..drawn(line(0.0)) };
    assert_eq!(refused(Act::Propose(utm)), ["2: the coordinate system is EPSG:32638, and only EPSG:4326 is read"]);
    let silent = Entry { words: " ".to_owned(), ..answer("vesk", 1, Answer::Given) };
    assert_eq!(
        replayed(&[open(), propose("vesk", 0.01), silent]).1,
        ["2: an answer needs the words in which it was given"]
    );
    assert_eq!(replayed(&[open(), open()]).1, ["1: the segment `s` was opened before"]);
    let (_, unknown) = Register::replay(&[propose("vesk", 0.0)]);
    assert_eq!(unknown[0].1.to_string(), "no segment `s` was opened");
}

#[test]
fn all_the_way_and_back() {
    let mut entries = vec![open(), propose("vesk", 0.01), propose("orlava", -0.01)];
    assert_eq!(replayed(&entries).0.standing().state, State::Disputed, "two lines");
    entries.push(answer("orlava", 2, Answer::Withdrawn));
    entries.push(answer("orlava", 1, Answer::Given));
    entries.push(answer("vesk", 1, Answer::Given));
    assert_eq!(replayed(&entries).0.standing().state, State::Agreed);
    entries.push(entry("mission", Act::Confirm("withdrawal".to_owned())));
    entries.push(entry("commission", Act::Delimit(1)));
    assert_eq!(replayed(&entries).0.standing().state, State::Delimited);
    entries.extend([pillar(1), pillar(3), entry("commission", Act::Demarcate(1)), pillar(3)]);
    let far = Act::Pillar { version: 1, number: 2, position: Coord { x: -125.0, y: -44.0 } };
    entries.extend([entry("commission", far), pillar(2), entry("commission", Act::Demarcate(1))]);
    let (segment, refused) = replayed(&entries);
    assert_eq!(segment.standing(), Standing { state: State::Demarcated, version: Some(1), waits: vec![] });
    assert_eq!(
        refused,
        [
            "10: pillars are missing: 2",
            "11: pillar 3 stands already, or is no number from 1",
            "12: pillar 2 stands 111122 m from the line, and at most 100 m are allowed",
        ]
    );
    entries.push(answer("vesk", 1, Answer::Withdrawn));
    let (taken_back, _) = replayed(&entries);
    assert_eq!(taken_back.versions.len(), 2, "nothing is deleted");
    assert!(taken_back.versions[0].demarcated.is_some());
    assert_eq!(taken_back.standing().state, State::Undefined, "its proposer took it back, and so did the other");
}

#[test]
fn a_consent_taken_back_by_who_did_not_propose_is_a_dispute() {
    let entries = [
        open(),
        propose("commission", 0.01),
        answer("vesk", 1, Answer::Given),
        answer("orlava", 1, Answer::Given),
        answer("orlava", 1, Answer::Withdrawn),
    ];
    assert_eq!(replayed(&entries[..4]).0.standing().state, State::Agreed);
    assert_eq!(replayed(&entries).0.standing().state, State::Disputed);
}

#[test]
fn progress_is_floors_and_ceilings() {
    let second = Entry { segment: "t".to_owned(), ..open() };
    let (register, _) = Register::replay(&[
        open(),
        propose("vesk", 0.05),
        propose("orlava", 0.0),
        second,
        Entry { segment: "t".to_owned(), ..propose("vesk", 0.0) },
        Entry { segment: "t".to_owned(), ..answer("vesk", 1, Answer::Given) },
        Entry { segment: "t".to_owned(), ..answer("orlava", 1, Answer::Given) },
    ]);
    let shares = progress(&register);
    let disputed = shares.iter().find(|s| s.state == State::Disputed).unwrap();
    let agreed = shares.iter().find(|s| s.state == State::Agreed).unwrap();
    assert!(disputed.min_km < disputed.max_km && agreed.min_km == agreed.max_km);
    assert!((agreed.min_percent + disputed.max_percent - 100.0).abs() < 1e-9);
    assert!((agreed.max_percent - 50.0).abs() < 1e-9);
}

#[test]
fn entries_are_lines_of_json() {
    for entry in [open(), propose("vesk", 0.01), answer("vesk", 1, Answer::Refused), pillar(1)] {
        let line = serde_json::to_string(&entry).unwrap();
        assert_eq!(serde_json::from_str::<Entry>(&line).unwrap(), entry, "{line}");
    }
    let wrong = |line: &str| serde_json::from_str::<Entry>(line).unwrap_err().to_string();
    let head = r#""at": "2031-04-02T10:00Z", "by": "vesk", "segment": "s""#;
    assert!(wrong(&format!("{{{head}}}")).contains("this does none"));
    assert!(wrong(&format!("{{{head}, \"delimit\": 1, \"demarcate\": 1}}")).contains("more than one"));
    assert!(wrong(&format!("{{{head}, \"delimited\": 1}}")).contains("unknown field `delimited`"));
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let who = prop::sample::select(vec!["vesk", "orlava", "mission", "commission"]);
    let answers = vec![Answer::Given, Answer::Given, Answer::Conditional, Answer::Refused, Answer::Withdrawn];
    let act = prop_oneof![
        1 => Just(open().act),
        3 => (-2..3i32).prop_map(|e| Act::Propose(drawn(line(f64::from(e) / 100.0)))),
        8 => (1..4u32, prop::sample::select(answers)).prop_map(|(version, answer)| Act::Answer { version, answer }),
        3 => Just(Act::Confirm("withdrawal".to_owned())),
        1 => Just(Act::Retract("withdrawal".to_owned())),
        3 => (1..4u32).prop_map(Act::Delimit),
        3 => (1..4u32, 1..4u32).prop_map(|(version, number)| Act::Pillar { version, number, position: Coord { x: -125.0, y: -45.0 } }),
        3 => (1..4u32).prop_map(Act::Demarcate),
    ];
    (who, act).prop_map(|(by, act)| entry(by, act))
}

/// The last answer of a party to a version, found in the entries themselves.
fn last_answer(entries: &[Entry], party: &str, number: u32) -> Option<Answer> {
    entries.iter().rev().filter(|e| e.by == party).find_map(|e| match e.act {
        Act::Answer { version, answer } if version == number => Some(answer),
        _ => None,
    })
}

fn is_confirmed(entries: &[Entry]) -> bool {
    let mut by_mission = entries.iter().filter(|e| e.by == "mission");
    let last = by_mission.rfind(|e| matches!(e.act, Act::Confirm(_) | Act::Retract(_)));
    last.is_some_and(|e| matches!(e.act, Act::Confirm(_)))
}

proptest! {
    #[test]
    fn no_order_of_entries_reaches_agreed_without_the_consents(entries in prop::collection::vec(any_entry(), 0..60)) {
        let mut register = Register::default();
        let (mut accepted, mut versions) = (vec![], Vec::<Drawn>::new());
        for entry in [&open()].into_iter().chain(&entries) {
            let before = register.clone();
            match register.apply(entry) {
                Ok(()) => accepted.push(entry.clone()),
                Err(_) => prop_assert_eq!(&register, &before, "what is refused changes nothing"),
            }
            let segment = register.segment("s").unwrap();
            let standing = segment.standing();
            if standing.state >= State::Agreed {
                for party in ["vesk", "orlava"] {
                    prop_assert_eq!(last_answer(&accepted, party, standing.version.unwrap()), Some(Answer::Given));
                }
            }
            if standing.state >= State::Delimited {
                prop_assert!(is_confirmed(&accepted));
            }
            if standing.state == State::Demarcated {
                prop_assert!(!segment.version(standing.version.unwrap()).unwrap().pillars.is_empty());
            }
            let now: Vec<Drawn> = segment.versions.iter().map(|v| v.drawn.clone()).collect();
            prop_assert!(now.starts_with(&versions), "versions are never overwritten");
            versions = now;
        }
        let (again, refused) = Register::replay(&accepted);
        prop_assert!(refused.is_empty());
        prop_assert_eq!(again, register, "replaying gives the same state");
    }
}
