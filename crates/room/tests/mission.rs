//! Who sees and does what in a mission: every address of the table is asked by every part, and what the mission's table
//! of roles keeps from it stands on none of them.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use common::{Answer, MISSION, Place, Told, fits};
use desk::field::{FieldDesk, keep};
use desk::mission::hand_in;
use jiff::Timestamp;
use ledger::statement::{Handed, KeyRecord};
use ledger::{Ledger, signing};
use mission::consent::{Answer as Given, Proposal};
use mission::exchange::{Sealed, seal};
use mission::field::row;
use mission::verification::{Allegation, Finding, Found, Step};
use mission::{Act, Action, Mandate, Object, Role, Statement, Viewer, may, may_see};
use room::table::{Face, Need, TABLE};
use serde_json::{Value, json};

const MANDATE: &str = include_str!("../../../packs/vesk-orlava/missions/line-mission-2031.toml");
/// A name that stands on a sealed list only.
const SEALED: &str = "Orrin Selmor";

/// A mission in which there is one thing of each kind, each with a word of its own.
struct Story {
    place: Place,
    /// Ids of what was stated, by a name.
    ids: BTreeMap<&'static str, String>,
    /// Documents that tell field reports.
    kept: String,
    published: String,
}

impl Story {
    fn ledger(&self) -> Ledger {
        Ledger::open_to_write(&self.place.folder().join("books.ledger")).unwrap()
    }

    fn key(&self, party: &str) -> std::path::PathBuf {
        self.place.folder().join(format!("{party}.key"))
    }

    /// States something, signed where it is a party's; its id.
    fn state(&mut self, name: &'static str, role: Role, party: Option<&str>, act: Act, sealed: Option<&[u8]>) {
        let text = statement(role, party, act).to_text();
        let note = party.map_or_else(|| text.clone(), |p| signing::sign(&self.key(p), &text).unwrap());
        let handed = Handed { note: &note, sealed, by: "Orn" };
        hand_in(&mut self.ledger(), Timestamp::now(), handed).unwrap();
        self.ids.insert(name, mission::sha256(signing::said(&note).0.as_bytes()));
    }

    fn chief(&mut self, name: &'static str, act: Act) {
        self.state(name, Role::Chief, None, act, None);
    }

    fn party(&mut self, name: &'static str, party: &str, act: Act) {
        self.state(name, Role::Liaison, Some(party), act, None);
    }

    fn id(&self, name: &str) -> String {
        self.ids[name].clone()
    }
}

fn statement(role: Role, party: Option<&str>, act: Act) -> Statement {
    let (mission, by) = (MISSION.to_owned(), "Orn".to_owned());
    Statement { mission, at: Timestamp::now(), by, role, party: party.map(str::to_owned), act }
}

fn answer(proposal: String, answer: Given, words: &str) -> Act {
    Act::Answer { proposal, answer, words: words.to_owned() }
}

fn proposal(subject: &str, title: &str, host: Option<&str>) -> Act {
    let (subject, title, host) = (subject.to_owned(), title.to_owned(), host.map(str::to_owned));
    Act::Propose(Proposal { subject, title, host, ..Proposal::default() })
}

fn report(story: &Story, number: &str, remarks: &str) -> String {
    let values = [
        ("number", number),
        ("observer", "Post 3"),
        ("position_name", "Post 3, Hollin"),
        ("position", "-44.8 -124.96 0 50"),
        ("at", "2031-03-07T19:12"),
        ("how", "heard"),
        ("thing", "explosion"),
        ("count", "14"),
        ("bearing", "N"),
        ("distance_km", "18-22"),
        ("remarks", remarks),
    ];
    let row = values.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let mut ledger = story.ledger();
    let options = desk::WorldOptions {
        packs_dir: Some(std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs")),
        ..desk::WorldOptions::default()
    };
    let desk = FieldDesk::open(&ledger, None, &options).unwrap();
    let report = row::read(&row, &desk.mandate).unwrap();
    keep(&mut ledger, &desk, &[report], "Ann").unwrap();
    let reported = ledger.field_reports(ledger.moment(None).unwrap()).unwrap();
    reported.last().unwrap().document.clone()
}

fn begun() -> Story {
    let place = Place::over(&[Told::default()], false, false);
    let mut story = Story { place, ids: BTreeMap::new(), kept: String::new(), published: String::new() };
    for party in ["vesk", "orlava"] {
        let key = signing::make_key(&story.key(party), party).unwrap().to_string();
        let (role, why) = ("liaison".to_owned(), String::new());
        let record = KeyRecord { key, role, party: Some(party.to_owned()), holds: true, by: "Orn".to_owned(), why };
        story.ledger().record_key(Timestamp::now(), &record).unwrap();
    }
    story.chief("mandate", Act::Mandate { mandate: Box::new(Mandate::parse(MANDATE).unwrap()) });
    for party in ["vesk", "orlava"] {
        let yes = answer(story.id("mandate"), Given::Consents, "");
        story.party("yes", party, yes);
    }
    story
}

fn told() -> Story {
    let mut story = begun();
    story.chief("both", proposal("deployment", "Observers at Weirmark", None));
    story.chief("visit", proposal("visit", "Upperstreet of Dubrel", Some("orlava")));
    let act = answer(story.id("both"), Given::OnCondition, "Bydayonly");
    story.party("answer", "orlava", act);
    let act = answer(story.id("visit"), Given::OnCondition, "Guidedmark");
    story.party("own-answer", "orlava", act);
    story.party("inward", "orlava", Act::Say { words: "Inwardmark".into(), about: None, to: vec!["orlava".into()] });
    story.party("outward", "orlava", Act::Say { words: "Outwardmark".into(), about: None, to: vec![] });
    story.chief("note", Act::Note { words: "Quillmark".into(), about: None });
    story.kept = report(&story, "P3-61", "Siltmark");
    story.published = report(&story, "P3-62", "Openmark");
    let what = vec![story.published.clone()];
    story.chief("publish", Act::Publish { what });
    let alleged = |words: &str| Act::Allege(Allegation { words: words.into(), ..Allegation::default() });
    ground(&mut story);
    story.chief("open-case", alleged("Thornmark"));
    let step = Step::Assigned { to: "Sendmark".into(), due: Some("2031-03-09T00:00Z".parse().unwrap()) };
    let act = Act::Verify { allegation: story.id("open-case"), step, on: None, remark: String::new() };
    story.chief("assigned", act);
    story.chief("case", alleged("Basinmark"));
    for (step, remark) in [
        (Step::Assigned { to: "Ann".into(), due: None }, ""),
        (Step::Visited, "Pathmark"),
        (
            Step::Found(Finding {
                found: Found::InPart,
                words: "Cratermark".into(),
                reports: vec![story.kept.clone()],
                comments_due: None,
            }),
            "",
        ),
    ] {
        let act = Act::Verify { allegation: story.id("case"), step, on: None, remark: remark.into() };
        story.chief("step", act);
    }
    let table = format!("category,name\nheld,{SEALED}\nheld,Another Person\n");
    let people = mission::exchange::people(&table, "vesk", b"salt").unwrap();
    let (_, public) = seal::new_key();
    let keys = vec![public];
    let sealed = seal::seal(&people, &keys).unwrap();
    let counts = mission::exchange::counts(&people);
    let list = Act::List(Sealed { counts, keys, sha256: mission::sha256(&sealed) });
    story.state("list", Role::Liaison, Some("vesk"), list, Some(&sealed));
    story
}

/// Posts, a plan and a border.
fn ground(story: &mut Story) {
    let post = |id: &str| -> line::watch::Watch {
        serde_json::from_value(json!({"id": id, "lat": -45.0, "lon": -125.0, "reach-km": 5})).unwrap()
    };
    let plan = mission::watch::Plan { asked: 1, watch: vec![post("sitemark")], ..Default::default() };
    story.chief("plan", Act::Plan(plan));
    let deployed = |id: &str, title: &str| {
        let (subject, title, watch) = ("deployment".to_owned(), title.to_owned(), vec![post(id)]);
        Act::Propose(Proposal { subject, title, watch, ..Proposal::default() })
    };
    story.chief("posts", deployed("postmark", "One post"));
    story.chief("agreed", deployed("bridgemark", "Another post"));
    for party in ["vesk", "orlava"] {
        let yes = answer(story.id("agreed"), Given::Consents, "");
        story.party("yes", party, yes);
    }
    let first = json!({"id": "verge", "what": "the verge", "confirmed-by": ["vesk"]});
    let second = json!({"id": "withdrawal", "what": "the withdrawal", "confirmed-by": ["jlm"]});
    let (asks, preconditions) = (json!(["orlava", "vesk"]), json!([first, second]));
    let opening = json!({"segment": "south", "title": "South", "asks": asks, "preconditions": preconditions});
    story.chief("segment", Act::Segment(serde_json::from_value(opening).unwrap()));
    for (name, party, map) in [("line", None, "Ridgemark"), ("other-line", Some("vesk"), "Rivermark")] {
        let line = json!([[-124.92, -45.48], [-125.0, -45.9], [-125.02, -46.2]]);
        let drawn = json!({"map": map, "line": line, "left": "orlava", "right": "vesk"});
        let (subject, title, segment) = ("border-segment".to_owned(), "Line".to_owned(), Some("south".to_owned()));
        let drawn = Some(serde_json::from_value(drawn).unwrap());
        let act = Act::Propose(Proposal { subject, title, segment, drawn, ..Proposal::default() });
        story.state(name, if party.is_some() { Role::Liaison } else { Role::Chief }, party, act, None);
    }
    let (segment, precondition, words) = ("south".to_owned(), "verge".to_owned(), "Vergemark".to_owned());
    let confirm = Act::Confirm { segment, precondition, met: true, on: None, reports: Vec::new(), words };
    story.party("confirmed", "vesk", confirm);
    let what = vec![story.id("agreed")];
    story.chief("published", Act::Publish { what });
}

/// Words that stand on what somebody may see only if the table of roles says so.
fn marks() -> Vec<(&'static str, Object)> {
    let both = || vec!["orlava".to_owned(), "vesk".to_owned()];
    let one = || vec!["orlava".to_owned()];
    let orlava = || "orlava".to_owned();
    vec![
        ("Weirmark", Object::Proposal(both())),
        ("Upperstreet", Object::Proposal(one())),
        ("Bydayonly", Object::Answer { by: orlava(), to: both() }),
        ("Guidedmark", Object::Answer { by: orlava(), to: one() }),
        ("Inwardmark", Object::PartyStatement { by: orlava(), to: one() }),
        ("Outwardmark", Object::PartyStatement { by: orlava(), to: Vec::new() }),
        ("Quillmark", Object::MissionNote),
        ("Siltmark", Object::FieldReport),
        ("Openmark", Object::Published),
        ("Thornmark", Object::OpenVerification),
        ("Sendmark", Object::OpenVerification),
        ("Pathmark", Object::OpenVerification),
        ("Cratermark", Object::Finding(both())),
        ("sitemark", Object::MissionDraft),
        ("postmark", Object::Proposal(both())),
        ("bridgemark", Object::Published),
        ("Ridgemark", Object::Proposal(both())),
        ("Rivermark", Object::Proposal(both())),
        ("Vergemark", Object::Proposal(both())),
    ]
}

/// Parts, by the words by which accounts are made; none, for an account without one and for nobody.
fn viewers() -> Vec<(Option<&'static str>, Viewer)> {
    vec![
        (Some("liaison:vesk"), Viewer::Liaison("vesk".into())),
        (Some("liaison:orlava"), Viewer::Liaison("orlava".into())),
        (Some("mediator"), Viewer::Staff(Role::Mediator)),
        (Some("observer"), Viewer::Staff(Role::Observer)),
        (Some("verifier"), Viewer::Staff(Role::Verifier)),
        (Some("chief"), Viewer::Staff(Role::Chief)),
        (None, Viewer::Public),
    ]
}

async fn asked(place: &Place, part: Option<&str>, path: &str) -> Answer {
    match part {
        Some(part) => place.get_in(part, path).await,
        None => place.get(path).await,
    }
}

/// Every address that can be looked at, for everything that is in the ledger.
fn addresses(story: &Story) -> Vec<String> {
    let ledger = story.place.ledger();
    let entries: Vec<String> = (0..ledger.size().unwrap()).map(|n| n.to_string()).collect();
    let documents: Vec<String> = ledger.document_ids().unwrap().into_iter().collect();
    let cases = [story.id("open-case"), story.id("case")];
    let mut all = vec!["/search?q=explosions".to_owned(), "/search?q=Remarks".to_owned()];
    all.extend(["/incidents?days=all", "/api/v1/incidents?days=all", "/feeds/incidents?days=all"].map(str::to_owned));
    all.extend(
        ["/api/v1/mission/report?weekly=1&day=2031-03-08", "/verification/report?day=2031-03-08"].map(str::to_owned),
    );
    for row in TABLE.iter().filter(|r| r.method == "get" && r.need != Need::Administer && r.face != Face::Asset) {
        let ids: &[String] = match row.path {
            p if p.starts_with("/verification/") => &cases,
            p if p.contains("{entry}") => &entries,
            p if p.contains("documents/{id}") || p.starts_with("/field-reports/") => &documents,
            _ => &[],
        };
        if !row.path.contains('{') {
            all.push(row.path.to_owned());
        }
        let named = |id: &String| row.path.replace("{id}", id).replace("{entry}", id);
        all.extend(ids.iter().filter(|_| row.path.contains('{')).map(named));
    }
    for format in ["csv", "json", "jsonl", "geojson", "html", "acled", "ged", "ftm", "zip", "docx"] {
        all.push(format!("/export/{format}?days=all"));
    }
    all
}

#[tokio::test]
async fn nothing_that_is_kept_from_a_part_stands_anywhere() {
    let story = told();
    let settings = room::accounts::Settings { is_public: true, ..Default::default() };
    story.place.room.accounts().set(&settings).unwrap();
    let paths = addresses(&story);
    assert!(paths.len() > 100, "{}", paths.len());
    for (part, viewer) in viewers() {
        let (mut pages, mut api) = (String::new(), String::new());
        for path in &paths {
            let answer = asked(&story.place, part, path).await;
            assert!(!answer.status.is_server_error(), "{path} by {part:?}: {}", answer.body);
            assert!(!answer.body.contains(SEALED), "{path} by {part:?} names somebody on a sealed list");
            for (mark, object) in marks().iter().filter(|(_, object)| !may_see(&viewer, object)) {
                assert!(!answer.body.contains(mark), "{path} shows {part:?} {object:?}: {}", answer.body);
            }
            let to = if path.starts_with("/api/") { &mut api } else { &mut pages };
            to.push_str(&answer.body);
        }
        for (mark, object) in marks().iter().filter(|(_, object)| may_see(&viewer, object)) {
            assert!(pages.contains(mark), "no page shows {part:?} {object:?} ({mark})");
            assert!(api.contains(mark), "the API does not show {part:?} {object:?} ({mark})");
        }
    }
}

#[tokio::test]
async fn the_whole_history_is_for_those_who_may_see_all_of_it() {
    let story = told();
    for (part, viewer) in viewers().into_iter().filter(|(part, _)| part.is_some()) {
        let answer = asked(&story.place, part, "/export/zip?days=all").await;
        let is_chief = viewer == Viewer::Staff(Role::Chief);
        assert_eq!(answer.status == StatusCode::OK, is_chief, "{part:?}: {}", answer.status);
    }
    let none = story.place.get_as(room::Role::Administrator, "/export/zip?days=all").await;
    assert_eq!(none.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_brief_is_signed_off_by_those_who_see_all_that_it_rests_on() {
    let story = told();
    let days = [("from", "2031-03-07"), ("to", "2031-03-08")];
    let answer = story.place.post_as(room::Role::Reviewer, "/decide/sign-off", &days).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
}

/// The fields of a form as they are filled in for a story.
type Form = Box<dyn Fn(&Story) -> Vec<(&'static str, String)>>;

/// What somebody may do, by forms and by the API, is what the table of roles says.
#[tokio::test]
async fn everybody_does_what_their_part_may_and_no_more() {
    let both = || vec!["orlava".to_owned(), "vesk".to_owned()];
    let acts: Vec<(&str, Action, Object, Form)> = vec![
        (
            "propose",
            Action::Make,
            Object::Proposal(both()),
            Box::new(|_| vec![("subject", "deployment".into()), ("title", "Second observers".into())]),
        ),
        ("note", Action::Make, Object::MissionNote, Box::new(|_| vec![("words", "A remark".into())])),
        (
            "assign",
            Action::Make,
            Object::OpenVerification,
            Box::new(|s| vec![("allegation", s.id("open-case")), ("to", "Ann".into())]),
        ),
        (
            "confirm",
            Action::Make,
            Object::OpenVerification,
            Box::new(|_| vec![("segment", "south".into()), ("precondition", "withdrawal".into())]),
        ),
        ("publish", Action::Publish, Object::FieldReport, Box::new(|s| vec![("publish", s.kept.clone())])),
        ("publish", Action::Publish, Object::Finding(both()), Box::new(|s| vec![("publish", s.id("case"))])),
        ("publish", Action::Publish, Object::Proposal(both()), Box::new(|s| vec![("publish", s.id("agreed"))])),
    ];
    for (what, action, object, fields) in &acts {
        let story = told();
        for (part, viewer) in viewers() {
            let Some(part) = part else { continue };
            // A liaison proposes with its party's signature, and by no form.
            let expected = may(&viewer, *action, object) && !matches!(viewer, Viewer::Liaison(_));
            let mut sent = fields(&story);
            sent.push(("what", (*what).to_owned()));
            let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let answer = story.place.post_in(part, "/mission/state", &sent).await;
            assert_eq!(answer.status == StatusCode::SEE_OTHER, expected, "{what} by {part}: {}", answer.body);
            let allegation = story.id("open-case");
            let body = match (*what, object) {
                ("propose", _) => json!({"statement": "propose", "subject": "deployment", "title": "Third observers"}),
                ("confirm", _) => json!({"statement": "confirm", "segment": "south", "precondition": "withdrawal"}),
                (_, Object::Proposal(_)) => json!({"statement": "publish", "what": [story.id("agreed")]}),
                ("note", _) => json!({"statement": "note", "words": "Another remark"}),
                ("assign", _) => {
                    json!({"statement": "verify", "allegation": allegation, "step": "assigned", "to": "Ann"})
                }
                (_, Object::FieldReport) => json!({"statement": "publish", "what": [story.kept]}),
                _ => json!({"statement": "publish", "what": [story.id("case")]}),
            };
            let answer = story.place.json_in(part, "/api/v1/mission/statements", &body).await;
            assert_eq!(answer.status == StatusCode::CREATED, expected, "{what} by {part} (API): {}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_partys_words_are_taken_with_its_signature_by_its_own_liaison() {
    let story = told();
    let text = statement(Role::Liaison, Some("vesk"), answer(story.id("both"), Given::Consents, "As agreed")).to_text();
    let note = signing::sign(&story.key("vesk"), &text).unwrap();
    for (part, sent) in [("liaison:vesk", text.as_str()), ("liaison:orlava", &note), ("observer", &note)] {
        let answer = story.place.post_in(part, "/mission/submit", &[("note", sent)]).await;
        assert_ne!(answer.status, StatusCode::SEE_OTHER, "{part}");
    }
    let forged = note.replace("As agreed", "As agreed, without conditions");
    let answer = story.place.post_in("liaison:vesk", "/mission/submit", &[("note", &forged)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    // Browsers send carriage returns.
    let sent = note.replace('\n', "\r\n");
    let answer = story.place.post_in("liaison:vesk", "/mission/submit", &[("note", &sent)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = story.place.get_in("liaison:orlava", "/mission").await;
    assert!(page.body.contains("As agreed"), "{}", page.body);
    let act = json!({"statement": "propose", "subject": "deployment", "title": "Third observers", "note": {}});
    let both = story.place.json_in("chief", "/api/v1/mission/statements", &act).await;
    assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY, "an act with a note beside it loses one: {}", both.body);
    let again = story.place.json_in("chief", "/api/v1/mission/statements", &json!({"note": note})).await;
    assert_eq!((again.status, again.json()["is_new"].clone()), (StatusCode::OK, json!(false)));
}

#[tokio::test]
async fn a_draft_is_what_its_party_would_sign() {
    let story = told();
    let fields =
        [("what", "answer"), ("proposal", &story.id("both")), ("answer", "refuses"), ("words", "Not by night")];
    let page = story.place.post_in("liaison:vesk", "/mission/draft", &fields).await;
    assert!(page.body.contains("party = &#34;vesk&#34;") && page.body.contains("Not by night"), "{}", page.body);
    let text = statement(Role::Liaison, Some("vesk"), answer(story.id("both"), Given::Refuses, "No")).to_text();
    let file = story.place.post_in("liaison:vesk", "/mission/draft.txt", &[("text", &text)]).await;
    assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, text.as_str()));
    let other = story.place.post_in("liaison:vesk", "/mission/draft.txt", &[("text", "<script>")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
}

fn sent(number: &str) -> Value {
    json!({"id": format!("device-{number}"), "fields": {
        "number": number, "observer": "Patrol A", "position_name": "Kelmet road", "at": "2031-03-08T10:20",
        "kind": "nil", "until": "2031-03-08T12:00",
    }, "attachments": [{"name": "a.jpg", "sha256": "ab".repeat(32), "bytes": 9}]})
}

#[tokio::test]
async fn a_report_that_is_sent_twice_is_taken_once() {
    let story = begun();
    let first = story.place.json_in("observer", "/api/v1/mission/reports", &sent("A-4")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let again = story.place.json_in("observer", "/api/v1/mission/reports", &sent("A-4")).await;
    assert_eq!((again.status, again.json()["entry"].clone()), (StatusCode::OK, first.json()["entry"].clone()));
    assert_eq!(
        story.place.get_in("chief", "/api/v1/mission/reports").await.json()["items"].as_array().unwrap().len(),
        1
    );
    let page = story.place.get_in("chief", &format!("/field-reports/{}", first.json()["id"].as_str().unwrap())).await;
    assert!(page.body.contains("A-4") && page.body.contains("a.jpg"), "{}", page.body);
}

#[tokio::test]
async fn every_field_that_is_wrong_is_named() {
    let story = begun();
    let mut body = sent("A-5");
    body["fields"] = json!({"kind": "observation", "at": "soon", "colour": "red"});
    let answer = story.place.json_in("observer", "/api/v1/mission/reports", &body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.json()["error"]["fields"][0]["field"], "colour");
    body["fields"].as_object_mut().unwrap().remove("colour");
    let answer = story.place.json_in("observer", "/api/v1/mission/reports", &body).await.json();
    let named: Vec<&str> =
        answer["error"]["fields"].as_array().unwrap().iter().map(|f| f["field"].as_str().unwrap()).collect();
    for field in ["observer", "position_name", "at", "how", "thing"] {
        assert!(named.contains(&field), "{field}: {named:?}");
    }
}

#[tokio::test]
async fn answers_about_a_mission_have_the_fields_that_are_described() {
    let story = told();
    let described = story.place.get("/api/v1/openapi.json").await.json();
    for row in TABLE.iter().filter(|r| r.method == "get" && r.path.starts_with("/api/v1/mission")) {
        let answer = story.place.get_in("chief", row.path).await;
        assert_eq!(answer.status, StatusCode::OK, "{}: {}", row.path, answer.body);
        let content = &described["paths"][row.path]["get"]["responses"]["200"]["content"];
        let schema = content.as_object().unwrap().values().next().unwrap()["schema"].clone();
        fits(&answer.json(), &schema, &described, row.path);
    }
}
