use proptest::prelude::*;

use super::*;
use crate::border::progress::progress;
use crate::border::{Precondition, Standing, State};
use crate::consent::Answer;
use geo::Coord;
use line::border::Drawn;

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

fn refusals(refused: Vec<(usize, String)>) -> Vec<String> {
    refused.into_iter().map(|(i, why)| format!("{i}: {why}")).collect()
}

fn replayed(entries: &[Entry]) -> (Mission, Vec<String>) {
    let (mission, refused) = replay(entries);
    (mission, refusals(refused))
}

fn standing(entries: &[Entry]) -> Standing {
    let (mission, _) = replay(entries);
    mission.standing(&mission.segments["s"])
}

#[test]
fn nothing_is_agreed_without_all_consents() {
    let mut entries = vec![open(), propose("vesk", 0.01)];
    assert_eq!(standing(&entries).state, State::Proposed);
    entries.push(answer("vesk", 1, Answer::Consents));
    entries.push(answer("orlava", 1, Answer::OnCondition));
    assert_eq!(standing(&entries).state, State::Proposed, "a condition is no consent");
    entries.push(answer("mission", 1, Answer::Consents));
    entries.push(entry("commission", Act::Delimit(1)));
    assert_eq!(standing(&entries).state, State::Proposed);
    assert_eq!(
        replayed(&entries).1,
        [
            "4: `mission` is not asked: `s/1` needs the consent of orlava and vesk",
            "5: version 1 of `s` is not agreed: orlava consents on condition (“as we said at the table”); mission has not \
             confirmed the withdrawal from the ridge; its coordinates are to be laid down",
        ]
    );
}

#[test]
fn what_is_refused() {
    let refused = |act: Act| replayed(&[open(), propose("vesk", 0.01), entry("vesk", act)]).1;
    let yes = |version| Act::Answer { version, answer: Answer::Consents };
    assert_eq!(refused(yes(2)), ["2: the segment has no version 2; it has 1"]);
    assert_eq!(refused(yes(0)), ["2: the segment has no version 0; it has 1"]);
    assert_eq!(
        refused(Act::Answer { version: 1, answer: Answer::Withdraws }),
        ["2: `vesk` has given no consent that it could withdraw"]
    );
    assert_eq!(
        refused(Act::Retract("withdrawal".to_owned())),
        ["2: `vesk` does not confirm `withdrawal` in this segment, which waits for withdrawal by mission"]
    );
    let retract = [open(), entry("mission", Act::Retract("withdrawal".to_owned()))];
    assert_eq!(replayed(&retract).1, ["1: `mission` has not confirmed `withdrawal`, and cannot take that back"]);
    assert_eq!(refused(Act::Propose(drawn(vec![]))), ["2: the line has 0 different positions, and a line needs two"]);
    let utm = Drawn { crs: "EPSG:32638".to_owned(), ..drawn(line(0.0)) };
    assert_eq!(refused(Act::Propose(utm)), ["2: the coordinate system is EPSG:32638, and only EPSG:4326 is read"]);
    let silent = Entry { words: " ".to_owned(), ..answer("vesk", 1, Answer::OnCondition) };
    let told = ["2: a condition is to be said in words"];
    assert_eq!(replayed(&[open(), propose("vesk", 0.01), silent]).1, told);
    assert_eq!(replayed(&[open(), open()]).1, ["1: the segment `s` was opened before"]);
    assert_eq!(refusals(replay(&[propose("vesk", 0.0)]).1), ["0: no segment `s` was opened; none is"]);
    let own = [open(), propose("vesk", 0.01), entry("orlava", Act::Drop(1))];
    assert_eq!(replayed(&own).1, ["2: `s/1` is dropped by whoever proposed it"]);
}

#[test]
fn all_the_way_and_what_is_carried_out_stays() {
    let mut entries = vec![open(), propose("vesk", 0.01), propose("orlava", -0.01)];
    assert_eq!(standing(&entries).state, State::Disputed, "two lines");
    entries.push(entry("orlava", Act::Drop(2)));
    entries.push(answer("orlava", 1, Answer::Consents));
    entries.push(answer("vesk", 1, Answer::Consents));
    assert_eq!(standing(&entries).state, State::Agreed);
    entries.push(entry("mission", Act::Confirm("withdrawal".to_owned())));
    entries.extend([entry("commission", Act::Delimit(1)), entry("commission", Act::Delimit(1))]);
    assert_eq!(standing(&entries).state, State::Delimited);
    entries.extend([pillar(1), pillar(3), entry("commission", Act::Demarcate(1)), pillar(3)]);
    let far = Act::Pillar { version: 1, number: 2, position: Coord { x: -125.0, y: -44.0 } };
    entries.extend([entry("commission", far), pillar(2), entry("commission", Act::Demarcate(1))]);
    let done = Standing { state: State::Demarcated, version: Some(1), without_consent: false, waits: vec![] };
    assert_eq!(standing(&entries), done);
    assert_eq!(
        replayed(&entries).1,
        [
            "8: `s/1` is laid down in coordinates already",
            "11: pillars are missing: 2",
            "12: pillar 3 stands already, or is no number from 1",
            "13: pillar 2 stands 111122 m from the line, and at most 100 m are allowed",
        ]
    );
    entries.push(answer("vesk", 1, Answer::Withdraws));
    let withdrawn = standing(&entries);
    assert_eq!((withdrawn.state, withdrawn.without_consent), (State::Demarcated, true));
    assert_eq!(replayed(&entries).0.segments["s"].versions.len(), 2, "nothing is deleted");
}

#[test]
fn what_is_taken_back_before_the_pillars_takes_the_state_back() {
    let mut entries = vec![open(), propose("commission", 0.01)];
    entries.extend(["vesk", "orlava"].map(|party| answer(party, 1, Answer::Consents)));
    entries.push(entry("mission", Act::Confirm("withdrawal".to_owned())));
    entries.push(entry("commission", Act::Delimit(1)));
    assert_eq!(standing(&entries).state, State::Delimited);
    let retracted = [&entries[..], &[entry("mission", Act::Retract("withdrawal".to_owned()))]].concat();
    assert_eq!(standing(&retracted).state, State::Agreed);
    let withdrawn = [&entries[..], &[answer("orlava", 1, Answer::Withdraws)]].concat();
    assert_eq!(standing(&withdrawn).state, State::Disputed);
    let again = [&withdrawn[..], &[answer("orlava", 1, Answer::Consents)]].concat();
    assert_eq!(standing(&again).state, State::Delimited, "what was laid down stays laid down");
}

#[test]
fn progress_is_floors_and_ceilings() {
    let second = Entry { segment: "t".to_owned(), ..open() };
    let (register, _) = replay(&[
        open(),
        propose("vesk", 0.05),
        propose("orlava", 0.0),
        second,
        Entry { segment: "t".to_owned(), ..propose("vesk", 0.0) },
        Entry { segment: "t".to_owned(), ..answer("vesk", 1, Answer::Consents) },
        Entry { segment: "t".to_owned(), ..answer("orlava", 1, Answer::Consents) },
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
    for entry in [open(), propose("vesk", 0.01), answer("vesk", 1, Answer::Refuses), pillar(1)] {
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
    let answers = vec![Answer::Consents, Answer::Consents, Answer::OnCondition, Answer::Refuses, Answer::Withdraws];
    let act = prop_oneof![
        1 => Just(open().act),
        3 => (-2..3i32).prop_map(|e| Act::Propose(drawn(line(f64::from(e) / 100.0)))),
        8 => (1..4u32, prop::sample::select(answers)).prop_map(|(version, answer)| Act::Answer { version, answer }),
        3 => Just(Act::Confirm("withdrawal".to_owned())),
        1 => (1..4u32).prop_map(Act::Drop),
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

/// What must never be taken off: versions, answers, confirmations, pillars.
type Kept = (Vec<Drawn>, Vec<(String, Answer)>, usize, usize);

fn kept(mission: &Mission) -> Kept {
    let segment = &mission.segments["s"];
    let mut answers: Vec<(u64, (String, Answer))> =
        mission.subjects.iter().flat_map(|s| &s.answers).map(|g| (g.entry, (g.party.clone(), g.answer))).collect();
    answers.sort_by_key(|(entry, _)| *entry);
    let drawn = segment.versions.iter().map(|v| v.drawn.clone()).collect();
    let pillars = segment.versions.iter().map(|v| v.pillars.len()).sum();
    (drawn, answers.into_iter().map(|(_, a)| a).collect(), segment.confirmations.len(), pillars)
}

proptest! {
    #[test]
    fn no_order_of_entries_reaches_agreed_without_the_consents(entries in prop::collection::vec(any_entry(), 0..60)) {
        let mut mission = Mission::default();
        let (mut accepted, mut before_that) = (vec![], Kept::default());
        let mut demarcated = None;
        for (place, entry) in [&open()].into_iter().chain(&entries).enumerate() {
            let before = mission.clone();
            match apply(&mut mission, place, entry) {
                Ok(()) => accepted.push(entry.clone()),
                Err(_) => prop_assert_eq!(&mission, &before, "what is refused changes nothing"),
            }
            let segment = &mission.segments["s"];
            let Standing { state, version, without_consent, .. } = mission.standing(segment);
            if without_consent {
                prop_assert_eq!((state, version), (State::Demarcated, demarcated), "it was carried out with every consent");
            } else if state >= State::Agreed {
                for party in ["vesk", "orlava"] {
                    prop_assert_eq!(last_answer(&accepted, party, version.unwrap()), Some(Answer::Consents));
                }
            }
            if state == State::Delimited {
                prop_assert!(is_confirmed(&accepted));
            }
            if state == State::Demarcated && !without_consent {
                prop_assert!(!segment.version(version.unwrap()).unwrap().pillars.is_empty());
                demarcated = version;
            }
            let now = kept(&mission);
            prop_assert!(now.0.starts_with(&before_that.0), "versions are never overwritten");
            prop_assert!(now.1.starts_with(&before_that.1), "an answer withdrawn stays on record");
            prop_assert!(now.2 >= before_that.2 && now.3 >= before_that.3);
            before_that = now;
        }
        let (again, refused) = replay(&accepted);
        prop_assert!(refused.is_empty());
        let told = |m: &Mission| (m.standing(&m.segments["s"]), kept(m));
        prop_assert_eq!(told(&again), told(&mission), "replaying gives the same state");
        prop_assert_eq!(replay(&accepted).0, again);
    }
}
