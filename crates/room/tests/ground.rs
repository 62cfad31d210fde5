//! Posts, plans and the border in the room: what forms bring about, and what pages and the API show of it.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use axum::body::Body;
use axum::http::{StatusCode, header};
use common::{Answer, MISSION, Place, Told, Who};
use desk::mission::hand_in;
use jiff::Timestamp;
use ledger::statement::{Handed, KeyRecord};
use ledger::{Ledger, signing};
use mission::consent::Answer as Given;
use mission::{Act, Mandate, Role, Statement};
use serde_json::{Value, json};

const MANDATE: &str = include_str!("../../../packs/vesk-orlava/missions/line-mission-2031.toml");
const BORDER: &str = include_str!("../../../samples/line/border-vesk.geojson");
const SITES: &str = include_str!("../../../samples/line/sites.toml");

/// A mission whose mandate is agreed.
struct Begun {
    place: Place,
}

impl Begun {
    fn new() -> Begun {
        let begun = Begun { place: Place::over(&[Told::default()], false, false) };
        for party in ["vesk", "orlava"] {
            let key = signing::make_key(&begun.key(party), party).unwrap().to_string();
            let (role, party, by, why) =
                ("liaison".to_owned(), Some(party.to_owned()), "Orn".to_owned(), String::new());
            begun.ledger().record_key(Timestamp::now(), &KeyRecord { key, role, party, holds: true, by, why }).unwrap();
        }
        let id = begun.state(None, Act::Mandate { mandate: Box::new(Mandate::parse(MANDATE).unwrap()) });
        begun.agree(&id);
        begun
    }

    fn ledger(&self) -> Ledger {
        Ledger::open_to_write(&self.place.folder().join("books.ledger")).unwrap()
    }

    fn key(&self, party: &str) -> std::path::PathBuf {
        self.place.folder().join(format!("{party}.key"))
    }

    /// States something, as the chief or signed by a party; its id.
    fn state(&self, party: Option<&str>, act: Act) -> String {
        let role = if party.is_some() { Role::Liaison } else { Role::Chief };
        let (mission, by, party_id) = (MISSION.to_owned(), "Orn".to_owned(), party.map(str::to_owned));
        let text = Statement { mission, at: Timestamp::now(), by, role, party: party_id, act }.to_text();
        let note = party.map_or_else(|| text.clone(), |p| signing::sign(&self.key(p), &text).unwrap());
        hand_in(&mut self.ledger(), Timestamp::now(), Handed { note: &note, sealed: None, by: "Orn" }).unwrap();
        mission::sha256(text.as_bytes())
    }

    fn agree(&self, proposal: &str) {
        self.agree_of(&["vesk", "orlava"], proposal);
    }

    fn agree_of(&self, parties: &[&str], proposal: &str) {
        for party in parties.iter().copied() {
            let (proposal, words) = (proposal.to_owned(), String::new());
            self.state(Some(party), Act::Answer { proposal, answer: Given::Consents, words });
        }
    }

    async fn form(&self, part: &str, path: &str, fields: &[(&str, &str)]) {
        let answer = self.place.post_in(part, path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{part} {path} {fields:?}: {}", answer.body);
    }

    async fn json(&self, part: &str, path: &str) -> Value {
        self.place.get_in(part, path).await.json()
    }

    /// A line for the segment `south`, sent as a file.
    async fn propose_line(&self, part: &str, file: &str) -> Answer {
        let (cookie, csrf) = self.place.session_of(part);
        let field = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let body = format!(
            "{}{}--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.geojson\"\r\n\r\n{file}\r\n--x--\r\n",
            field("csrf", &csrf),
            field("segment", "south"),
        );
        let request = self.place.request("POST", "/border/propose").header(header::COOKIE, cookie);
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        self.place.send(Who::Local, request.body(Body::from(body)).unwrap()).await
    }
}

async fn last_proposal(begun: &Begun) -> String {
    let all = begun.json("chief", "/api/v1/mission/proposals").await;
    all["items"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_post_is_proposed_agreed_and_seen_in_the_coverage() {
    let begun = Begun::new();
    let post = [
        ("what", "propose"),
        ("subject", "post"),
        ("title", "Post 9"),
        ("host", "orlava"),
        ("watch-id", "post-9"),
        ("at", "-44.8 -124.98"),
        ("reach-km", "6"),
    ];
    begun.form("chief", "/mission/state", &post).await;
    let id = last_proposal(&begun).await;
    let days = "?from=2031-03-09&to=2031-03-10";
    let watched = |v: &Value| v["days"][0]["not_m"].as_f64().unwrap() < v["metres"].as_f64().unwrap() - 1_000.0;
    let path = format!("/api/v1/mission/coverage{days}");
    let open = begun.json("chief", &path).await;
    assert_eq!(open["posts"][0]["state"], "lacks consent");
    assert!(!watched(&open), "{open}");
    begun.agree_of(&["orlava"], &id);
    begun.form("chief", "/mission/state", &[("what", "execute"), ("proposal", &id), ("on", "2031-03-08T12:00")]).await;
    let manned = begun.json("chief", &path).await;
    assert_eq!(
        (manned["posts"][0]["state"].clone(), manned["posts"][0]["lacks"].clone()),
        (json!("in place"), json!([]))
    );
    assert!(watched(&manned), "{manned}");
    let page = begun.place.get_in("liaison:orlava", &format!("/posts{days}")).await;
    assert!(page.body.contains("post-9") && page.body.contains("in place since 2031-03-08 12:00"), "{}", page.body);
    let map = begun.json("chief", &format!("/api/v1/mission/coverage.geojson{days}")).await;
    let kinds: Vec<&str> =
        map["features"].as_array().unwrap().iter().map(|f| f["properties"]["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"stretch") && kinds.contains(&"post"), "{kinds:?}");
    // What nobody published is nobody else's to see, and nothing is said of who watched.
    let public = begun.place.get(&format!("/posts{days}")).await;
    assert!(public.status.is_success() && !public.body.contains("post-9"), "{}", public.body);
    assert!(public.body.contains("no post, patrol or camera that you may see"));
    begun.form("chief", "/mission/state", &[("what", "publish"), ("publish", &id)]).await;
    assert!(begun.place.get(&format!("/posts{days}")).await.body.contains("post-9"));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_the_reason() {
    let begun = Begun::new();
    for path in ["/posts?from=2031-03-09&to=2031-03-08", "/posts?from=2031-01-01&to=2031-03-08"] {
        assert_eq!(begun.place.get_in("chief", path).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
    for path in ["/posts?line=nowhere", "/border/compare", "/border/compare?first=a/1&second=b/x", "/border/annex"] {
        assert_eq!(begun.place.get_in("chief", path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (fields, why) in [
        (&[("count", "0"), ("sites", SITES)][..], "from 1 to 100 posts"),
        (&[("count", "2"), ("sites", "")], "sites: 0 are given"),
        (&[("count", "2"), ("sites", "[[watch]]\nid = 3")], "line 2: invalid type"),
        (&[("count", "2"), ("sites", SITES), ("apart-km", "far")], "apart-km: `far` is no number"),
    ] {
        let answer = begun.place.post_in("chief", "/plans", fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        assert!(answer.body.contains(why), "{why}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_plan_is_worked_out_put_on_record_and_proposed() {
    let begun = Begun::new();
    for part in ["liaison:vesk", "mediator"] {
        let answer = begun.place.post_in(part, "/plans", &[("count", "2"), ("sites", SITES)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{part}");
        assert_eq!(begun.place.get_in(part, "/plans").await.status, StatusCode::FORBIDDEN, "{part}");
    }
    begun.form("chief", "/plans", &[("count", "2"), ("sites", SITES), ("apart-km", "6"), ("incident-km", "0")]).await;
    let plan = begun.json("observer", "/api/v1/mission/plans").await["items"][0].clone();
    assert_eq!((plan["plan"]["asked"].clone(), plan["proven_best"].clone()), (json!(2), json!(true)), "{plan}");
    assert_eq!(plan["plan"]["with-plan"], 30_876, "as the command line finds it: {plan}");
    let page = begun.place.get_in("verifier", "/plans").await;
    assert!(page.body.contains("proven best") && page.body.contains("30.9 of 140.4 km (22 %)"), "{}", page.body);
    let id = plan["id"].as_str().unwrap();
    let fields = [
        ("what", "propose"),
        ("subject", "deployment"),
        ("plan", id),
        ("title", "Posts of the plan"),
        ("strength", "8"),
    ];
    begun.form("chief", "/mission/state", &fields).await;
    let proposed = begun.json("liaison:vesk", "/api/v1/mission/proposals").await;
    let watch = &proposed["items"].as_array().unwrap().last().unwrap()["proposal"]["watch"];
    assert_eq!(watch.as_array().unwrap().len(), 2, "{proposed}");
    // Whoever may not see a plan proposes nothing of it.
    let answer = begun.place.post_in("mediator", "/mission/state", &fields).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
}

#[tokio::test]
async fn a_segment_goes_from_two_maps_to_its_pillars() {
    let begun = Begun::new();
    let opened = [
        ("what", "segment"),
        ("segment", "south"),
        ("title", "Border south"),
        ("asks", "vesk"),
        ("asks", "orlava"),
        ("waits-for", "the withdrawal"),
        ("confirmed-by", "jlm"),
    ];
    begun.form("mediator", "/mission/state", &opened).await;
    assert!(begun.propose_line("chief", "{}").await.body.contains("file:"), "no GeoJSON");
    assert_eq!(begun.propose_line("observer", BORDER).await.status, StatusCode::FORBIDDEN);
    let draft = begun.propose_line("liaison:vesk", BORDER).await;
    assert!(draft.status.is_success() && draft.body.contains("A text to sign"), "{}", draft.body);
    let sent = begun.propose_line("chief", BORDER).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let other = BORDER.replace("-45.7", "-45.72");
    assert_ne!(other, BORDER);
    assert_eq!(begun.propose_line("mediator", &other).await.status, StatusCode::SEE_OTHER);
    let beside = begun.json("liaison:orlava", "/api/v1/mission/border/compare").await;
    assert!(beside["areas"].as_array().is_some_and(|a| !a.is_empty()), "{beside}");
    let page = begun.place.get_in("liaison:orlava", "/border/compare?first=south/1&second=south/2").await;
    assert!(page.body.contains("km²") && page.body.contains("They are"), "{}", page.body);
    let id = last_proposal(&begun).await;
    begun.agree(&id);
    let agreed = begun.json("chief", "/api/v1/mission/border").await;
    assert_eq!(agreed["segments"][0]["state"], "agreed", "{agreed}");
    let early = begun.place.post_in("chief", "/mission/state", &[("what", "delimit"), ("proposal", &id)]).await;
    assert!(early.body.contains("not ready"), "{}", early.body);
    let confirm = [("what", "confirm"), ("segment", "south"), ("precondition", "first"), ("reports", "P3-70, A-3")];
    begun.form("verifier", "/mission/state", &confirm).await;
    begun.form("chief", "/mission/state", &[("what", "delimit"), ("proposal", &id)]).await;
    for (number, lat, lon) in [("1", "-45.48", "-124.92"), ("2", "-46.2", "-125.02")] {
        let pillar = [("what", "pillar"), ("proposal", &id), ("number", number), ("lat", lat), ("lon", lon)];
        begun.form("mediator", "/mission/state", &pillar).await;
    }
    begun.form("chief", "/mission/state", &[("what", "demarcate"), ("proposal", &id)]).await;
    let page = begun.place.get_in("liaison:vesk", "/border").await;
    for words in ["demarcated", "version 2 is the line", "P3-70, A-3", "100.0"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let annex = begun.place.get_in("observer", "/border/annex?segment=south").await;
    assert!(annex.body.contains("-45.4800000"), "{}", annex.body);
    let csv = begun.place.get_in("observer", "/border/annex?segment=south&format=csv").await;
    assert!(csv.body.starts_with("point,lat,lon"), "{}", csv.body);
    for path in ["/border/annex?segment=south&version=1&format=docx", "/border.gpkg"] {
        let file = begun.place.get_in("observer", path).await;
        assert!(file.status.is_success() && file.header(header::CONTENT_DISPOSITION).contains("attachment"), "{path}");
    }
    // Published, the line and nothing else of the segment is everybody's.
    assert!(!begun.place.get("/border").await.body.contains("Border south"));
    begun.form("chief", "/mission/state", &[("what", "publish"), ("publish", &id)]).await;
    let public = begun.place.get("/border").await.body;
    assert!(public.contains("Border south") && !public.contains("P3-70"), "{public}");
    let shapes = begun.place.get("/api/v1/mission/border.geojson").await.json();
    let named: Vec<&Value> =
        shapes["features"].as_array().unwrap().iter().map(|f| &f["properties"]["version"]).collect();
    assert_eq!(named, [&json!(2); 3], "the line and two pillars");
}
