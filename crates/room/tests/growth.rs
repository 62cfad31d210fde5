//! A room that has judged its days goes on from there: whatever is added or decided, it says what a room says that comes
//! to the ledger afresh.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use axum::body::Body;
use axum::http::{StatusCode, header};
use common::{Place, Told, Who, first_incident};
use room::Role;
use serde_json::Value;

const LOOKED_AT: &[&str] = &[
    "/api/v1/incidents",
    "/api/v1/incidents?days=all",
    "/api/v1/findings?days=all",
    "/api/v1/claims?days=all",
    "/api/v1/brief",
    "/map.json?days=all",
    "/timeline.json?days=all",
    "/public/map.json",
];

async fn seen(place: &Place) -> Vec<Value> {
    let mut all = Vec::new();
    for path in LOOKED_AT {
        let answer = place.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        all.push(answer.json());
    }
    all
}

async fn says_what_a_new_one_says(place: &Place, when: &str) {
    let (grown, fresh) = (seen(place).await, seen(&place.afresh()).await);
    for ((path, grown), fresh) in LOOKED_AT.iter().zip(grown).zip(fresh) {
        assert_eq!(grown, fresh, "{path} {when}");
    }
}

fn told(spot: u8, speaker: &str, mode: &'static str, outlet: &str) -> Told {
    Told {
        name: format!("{speaker}-{spot}.txt"),
        outlet: outlet.into(),
        speaker: speaker.into(),
        party: Some(if mode == "denied" { "vesk" } else { "orlava" }),
        text: format!("{speaker} spoke of Vesk and shells at post {spot}. Nobody was hurt."),
        mode,
        spot,
        ..Told::default()
    }
}

#[tokio::test]
async fn what_is_added_and_decided_is_judged_as_if_all_had_come_at_once() {
    let place = Place::new();
    place.room.accounts().set(&room::accounts::Settings { is_public: true, ..Default::default() }).unwrap();
    place.get("/incidents?days=all").await;
    for spot in 0..2 {
        place.add(&[told(spot, "the ministry", "asserted", "Courier")]);
        place.get("/incidents").await;
        place.add(&[told(spot, "the army", "denied", "Evening Post"), told(spot, "a farmer", "asserted", "Ternwire")]);
        says_what_a_new_one_says(&place, "after a denial").await;
    }
    let all = place.get("/api/v1/incidents?days=all").await.json();
    let ids: Vec<&str> = all["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap()).collect();
    let merge = [("incident", ids[0]), ("incident", ids[1]), ("why", "one evening")];
    assert_eq!(place.post_as(Role::Analyst, "/decide/merge", &merge).await.status, StatusCode::SEE_OTHER);
    place.get("/incidents?days=all").await;
    let claim = all["items"].as_array().unwrap().last().unwrap()["claims"][0].as_str().unwrap();
    for (act, more) in [("correct", ("value", "2031-03-05")), ("reject", ("note", ""))] {
        let fields = [("claim", claim), ("field", "date"), more, ("why", "heard it")];
        let answer = place.post_as(Role::Analyst, &format!("/decide/{act}"), &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        says_what_a_new_one_says(&place, act).await;
    }
}

#[tokio::test]
async fn a_map_that_is_known_is_not_sent_again_until_it_changes() {
    let place = Place::new();
    let first = place.get("/map.json").await;
    let tag = first.header(header::ETAG).to_owned();
    assert!(!tag.is_empty() && first.body.contains("Dubrel"));
    let again = || place.request("GET", "/map.json").header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap();
    let known = place.send(Who::Local, again()).await;
    assert_eq!((known.status, known.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    place.add(&[told(3, "the ministry", "asserted", "Courier")]);
    assert_eq!(place.send(Who::Local, again()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_list_says_how_many_there_are_and_of_which_days() {
    let place = Place::new();
    let one = place.get("/incidents").await.body;
    assert!(one.contains("<p>1 incident: the last days of which there are reports, up to 30"), "{one}");
    place.add(&[told(3, "the ministry", "asserted", "Courier")]);
    let two = place.get("/incidents?days=all").await.body;
    assert!(two.contains("<p>2 incidents: all days"), "{two}");
    let one = first_incident(&place).await;
    assert!(two.contains(&format!("/incidents/{one}?days=all")), "{two}");
}
