//! Borders and posts through statements: what is refused, what is reached, and what no order can bring about.

use jiff::civil::DateTime;
use line::border::Drawn;
use line::watch::{Kind, Watch};

use super::*;
use crate::border::{Opening, Precondition, Standing, State};
use crate::watch::Plan;

const NEEDS: &str = "\n[[needs]]\nsubject = \"border-segment\"\nconsent = [\"vesk\", \"orlava\"]\n";
const MISSION: &str = "line-mission-2031";

fn opening() -> Opening {
    let withdrawal = Precondition {
        id: "withdrawal".into(),
        what: "the withdrawal to the west bank".into(),
        confirmed_by: vec!["jlm".into()],
        before: State::Delimited,
    };
    Opening {
        segment: "south".into(),
        title: "Border south".into(),
        preconditions: vec![withdrawal],
        ..Opening::default()
    }
}

fn drawn(east: f64) -> Drawn {
    let text = format!(
        r#"{{"map": "sheet 12 (1976)", "line": [[-125.0, -45.0], [{}, -45.1], [-125.0, -45.2]], "left": "orlava", "right": "vesk"}}"#,
        -125.0 + east
    );
    serde_json::from_str(&text).unwrap()
}

fn line_of(east: f64) -> Proposal {
    Proposal {
        subject: "border-segment".into(),
        title: "Pillars 1 to 2".into(),
        segment: Some("south".into()),
        drawn: Some(drawn(east)),
        ..Proposal::default()
    }
}

fn confirm(met: bool) -> Act {
    let (segment, precondition, words) = ("south".into(), "withdrawal".into(), "the road was empty".into());
    Act::Confirm { segment, precondition, met, on: None, reports: vec!["P3-70".into()], words }
}

fn pillar(proposal: &str, number: u32) -> Act {
    let (proposal, lat) = (proposal.to_owned(), if number == 1 { -45.0 } else { -45.2 });
    Act::Pillar { proposal, number, lat, lon: -125.0, on: None, words: String::new() }
}

fn delimit(proposal: &str) -> Act {
    Act::Delimit { proposal: proposal.to_owned(), on: None, words: String::new() }
}

fn demarcate(proposal: &str) -> Act {
    Act::Demarcate { proposal: proposal.to_owned(), on: None, words: String::new() }
}

fn post(id: &str) -> Watch {
    serde_json::from_str(&format!(r#"{{"id": "{id}", "lat": -44.8, "lon": -124.98, "reach-km": 7}}"#)).unwrap()
}

impl Tale {
    fn with_border() -> Tale {
        let mut tale = Tale::default();
        tale.tell(Role::Chief, None, mandate(&format!("{MANDATE}{NEEDS}"))).unwrap();
        tale.tell(Role::Mediator, None, Act::Segment(opening())).unwrap();
        tale
    }

    fn mission(&self) -> Mission {
        self.book().missions[MISSION].clone()
    }

    fn standing(&self) -> Standing {
        let mission = self.mission();
        mission.standing(&mission.segments["south"])
    }

    fn mediates(&mut self, act: Act) -> Fits<String> {
        self.tell(Role::Mediator, None, act)
    }

    fn both(&mut self, id: &str) {
        ["vesk", "orlava"].iter().for_each(|party| drop(self.answer(party, id, Answer::Consents, "").unwrap()));
    }
}

#[test]
fn what_is_no_line_of_a_border_is_refused() {
    let mut tale = Tale::with_border();
    let told = tale.mediates(Act::Segment(opening())).unwrap_err();
    assert_eq!(told, "the segment `south` was opened before");
    let told = tale.tell(Role::Observer, None, Act::Segment(Opening { segment: "east".into(), ..opening() }));
    assert_eq!(told.unwrap_err(), "this is stated by a chief or a mediator, not by a observer");
    let stranger = Precondition { confirmed_by: vec!["ilmeria".into()], ..opening().preconditions.remove(0) };
    let opened = Opening { segment: "east".into(), preconditions: vec![stranger], ..opening() };
    assert!(tale.mediates(Act::Segment(opened)).unwrap_err().contains("`ilmeria` confirms nothing in this mission"));
    let mut refused = |change: &dyn Fn(&mut Proposal)| {
        let mut proposal = line_of(0.01);
        change(&mut proposal);
        tale.mediates(Act::Propose(proposal)).unwrap_err()
    };
    assert!(refused(&|p| p.drawn = None).contains("for a segment, with its coordinates"));
    assert_eq!(refused(&|p| p.segment = Some("west".into())), "no segment `west` was opened; south are");
    assert!(refused(&|p| p.drawn.as_mut().unwrap().crs = "EPSG:32709".into()).contains("only EPSG:4326 is read"));
    assert!(refused(&|p| p.drawn.as_mut().unwrap().line.reverse_and_close()).contains("crosses or touches itself"));
    let visit = refused(&|p| (p.subject, p.host) = ("visit".into(), Some("vesk".into())));
    assert_eq!(visit, "a visit has no line of a border");
    assert!(refused(&|p| p.watch = vec![post("post-3")]).contains("a border-segment watches nothing"));
}

/// Makes a line that ends where it begins.
trait Closed {
    fn reverse_and_close(&mut self);
}

impl Closed for Vec<geo::Coord> {
    fn reverse_and_close(&mut self) {
        self.reverse();
        let first = self[0];
        self.push(first);
    }
}

#[test]
fn from_opening_to_pillars() {
    let mut tale = Tale::with_border();
    assert_eq!(tale.standing().state, State::Undefined);
    let by = |party: &str, tale: &mut Tale, east| {
        tale.tell(Role::Liaison, Some(party), Act::Propose(line_of(east))).unwrap()
    };
    let (survey, map) = (by("vesk", &mut tale, 0.02), by("orlava", &mut tale, -0.02));
    assert_eq!(tale.standing().state, State::Disputed);
    tale.answer("orlava", &survey, Answer::Refuses, "it takes the farms").unwrap();
    let ridge = tale.mediates(Act::Propose(line_of(0.0001))).unwrap();
    tale.answer("vesk", &ridge, Answer::Consents, "").unwrap();
    assert!(
        tale.mediates(delimit(&ridge))
            .unwrap_err()
            .contains("version 3 of `south` is not agreed: orlava has not answered")
    );
    tale.answer("orlava", &ridge, Answer::Consents, "").unwrap();
    assert_eq!((tale.standing().state, tale.standing().version), (State::Agreed, Some(3)));
    let told = tale.mediates(delimit(&ridge)).unwrap_err();
    assert_eq!(told, "`south` is not ready: jlm has not confirmed the withdrawal to the west bank");
    assert!(tale.tell(Role::Liaison, Some("vesk"), confirm(true)).unwrap_err().contains("`vesk` does not confirm"));
    assert!(tale.mediates(confirm(true)).unwrap_err().contains("not by a mediator"));
    tale.tell(Role::Verifier, None, confirm(true)).unwrap();
    tale.mediates(delimit(&ridge)).unwrap();
    assert!(tale.execute(&ridge).unwrap_err().contains("carried out by demarcating it"));
    assert_eq!(tale.mediates(demarcate(&ridge)).unwrap_err(), "pillars are missing: none stands");
    tale.mediates(pillar(&ridge, 2)).unwrap();
    assert_eq!(tale.mediates(demarcate(&ridge)).unwrap_err(), "pillars are missing: 1");
    tale.mediates(pillar(&ridge, 1)).unwrap();
    tale.mediates(demarcate(&ridge)).unwrap();
    assert_eq!((tale.standing().state, tale.stage(&ridge)), (State::Demarcated, Stage::Executed));
    tale.answer("vesk", &ridge, Answer::Withdraws, "").unwrap();
    assert!(tale.standing().without_consent);
    let mission = tale.mission();
    assert_eq!(mission.segments["south"].versions.len(), 3);
    assert_eq!(mission.version_of(&map).unwrap().1.drawn.map, "sheet 12 (1976)");
    assert!(tale.book().void.is_empty());
}

#[test]
fn posts_are_proposed_once_and_watch_while_they_are_agreed_and_in_place() {
    let mut tale = Tale::begun();
    let plan = Plan { line: "line of contact".into(), asked: 1, watch: vec![post("post-3")], ..Plan::default() };
    assert!(tale.mediates(Act::Plan(plan.clone())).unwrap_err().contains("has no part in this (plan)"));
    let short = Plan { asked: 0, ..plan.clone() };
    assert!(tale.tell(Role::Chief, None, Act::Plan(short)).unwrap_err().contains("no more than these"));
    let plan = tale.tell(Role::Chief, None, Act::Plan(plan)).unwrap();
    let placed = |watch| Proposal { watch: vec![watch], plan: Some(plan.clone()), ..deployment() };
    let mut refused = |proposal| tale.tell(Role::Chief, None, Act::Propose(proposal)).unwrap_err();
    assert_eq!(refused(Proposal { plan: Some("ffff".into()), ..placed(post("a")) }), "there is no plan `ffff`");
    let mut named = post("a");
    named.parties.push("vesk".into());
    assert!(refused(placed(named)).contains("each party answers for itself"));
    let (mut far, mut camera) = (post("a"), post("a"));
    (far.reach_km, camera.kind) = (90.0, Kind::Camera);
    assert!(refused(placed(far)).contains("reach-km lies between"));
    assert_eq!(
        refused(Proposal { subject: "post".into(), ..placed(camera) }),
        "`a` is a camera, and a post is proposed"
    );
    let id = tale.propose(placed(post("post-3")));
    let told = tale.tell(Role::Chief, None, Act::Propose(placed(post("post-3")))).unwrap_err();
    assert!(told.starts_with("`post-3` is proposed already"), "{told}");
    let watch = |tale: &Tale| tale.mission().watches().watch[0].clone();
    assert_eq!(watch(&tale).lacks(), ["orlava", "vesk"]);
    tale.both(&id);
    assert!(watch(&tale).lacks().is_empty() && watch(&tale).was_never_in_place());
    let on = "2031-03-07T22:00:00Z".parse().unwrap();
    tale.tell(Role::Chief, None, Act::Execute { proposal: id.clone(), on: Some(on), words: String::new() }).unwrap();
    let begin: DateTime = "2031-03-07T14:00".parse().unwrap();
    assert!(watch(&tale).stands());
    let minutes = |watch: &Watch| (0..24 * 60).filter(|&m| watch.has_minute(begin.date(), m)).count();
    assert_eq!(minutes(&watch(&tale)), 600, "from 14:00 by the mission's clock");
    tale.tell(
        Role::Chief,
        None,
        Act::End { proposal: id, on: Some("2031-03-08T04:00:00Z".parse().unwrap()), words: String::new() },
    )
    .unwrap();
    assert_eq!(minutes(&watch(&tale)), 360, "until 20:00");
    assert!(!watch(&tale).stands());
}

/// A random act on the border, by somebody, on one of the lines that were proposed.
fn any_step() -> impl Strategy<Value = (Role, Option<&'static str>, u8, u8)> {
    let party = prop_oneof![Just(Some("vesk")), Just(Some("orlava")), Just(None)];
    (0usize..5, party, 0u8..14, 0u8..3).prop_map(|(role, party, act, on)| (Role::ALL[role], party, act, on))
}

fn step_on(which: u8, id: &str) -> Act {
    match which {
        0..=6 => act(which, id),
        7 => Act::Propose(Proposal { instead_of: Some(id.to_owned()), ..line_of(0.01) }),
        8 => Act::Propose(line_of(-0.01)),
        9 => confirm(true),
        10 => confirm(false),
        11 => delimit(id),
        12 => pillar(id, 1),
        _ => demarcate(id),
    }
}

fn random_border(acts: &[(Role, Option<&'static str>, u8, u8)]) -> Vec<Heard> {
    let begun = [mandate(&format!("{MANDATE}{NEEDS}")), Act::Segment(opening()), Act::Propose(line_of(0.02))];
    let mut all: Vec<Heard> = (0..).zip(begun).map(|(i, act)| heard(i, Role::Chief, None, act)).collect();
    let mut proposed = vec![all[2].id.clone()];
    for (i, (role, party, which, on)) in acts.iter().enumerate() {
        let id = proposed[usize::from(*on) % proposed.len()].clone();
        // Parties speak through their liaisons, the others for nobody.
        let (role, party) = party.map_or((*role, None), |party| (Role::Liaison, Some(party)));
        let one = heard(3 + i as u64, role, party, step_on(*which, &id));
        if matches!(one.statement.act, Act::Propose(_)) {
            proposed.push(one.id.clone());
        }
        all.push(one);
    }
    all
}

proptest! {
    #[test]
    fn no_order_of_statements_agrees_on_a_border_without_the_consents(acts in prop::collection::vec(any_step(), 0..80)) {
        let all = random_border(&acts);
        let (mut done, mut before) = (std::collections::BTreeSet::new(), (0, 0, 0));
        for end in 2..=all.len() {
            let book = Book::replay(&all[..end]);
            let mission = &book.missions[MISSION];
            let segment = &mission.segments["south"];
            let Standing { state, version, without_consent, .. } = mission.standing(segment);
            let line = version.and_then(|n| segment.version(n)).map(|v| v.proposal.clone());
            if without_consent {
                prop_assert!(done.contains(line.as_ref().unwrap()), "it was carried out with every consent");
            } else if state >= State::Agreed {
                prop_assert!(both_said_yes(&all[..end], line.as_ref().unwrap()));
            }
            if state == State::Delimited {
                prop_assert!(segment.confirmations.last().unwrap().met);
            }
            if state == State::Demarcated {
                done.extend(line);
            }
            let now = (segment.versions.len(), segment.confirmations.len(), mission.subjects.iter().map(|s| s.answers.len()).sum());
            prop_assert!(now.0 >= before.0 && now.1 >= before.1 && now.2 >= before.2, "nothing is taken off");
            before = now;
        }
    }

    #[test]
    fn replaying_a_border_gives_the_same_state(acts in prop::collection::vec(any_step(), 0..80)) {
        let all = random_border(&acts);
        let whole = Book::replay(&all);
        let void: Vec<u64> = whole.void.iter().map(|(entry, _)| *entry).collect();
        let fit: Vec<Heard> = all.iter().filter(|h| !void.contains(&h.entry)).cloned().collect();
        prop_assert_eq!(Book::replay(&fit).missions, whole.missions);
    }
}
