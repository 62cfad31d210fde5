//! The API: pages of lists, envelopes, tags, the description; feeds; and a room over a socket.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;

use axum::body::Body;
use axum::http::{StatusCode, header};
use common::{Place, Told, Who, fits};
use room::table::{Face, TABLE};
use serde_json::Value;

fn many() -> Vec<Told> {
    let told = |n: u8| Told {
        spot: n,
        name: format!("{n}.txt"),
        place: format!("Village {n}"),
        text: format!("Report {n} said that shells fell on Village {n}. No more."),
        ..Told::default()
    };
    (0..7).map(told).collect()
}

#[tokio::test]
async fn pages_follow_each_other_and_lose_nothing() {
    let place = Place::over(&many(), false, false);
    for list in ["incidents", "documents", "claims", "entries"] {
        let whole = place.get(&format!("/api/v1/{list}?limit=500")).await.json();
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = place.get(&format!("/api/v1/{list}?limit=3{after}")).await.json();
            seen.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(Value::Array(seen), whole["items"], "{list}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_comes_in_one_envelope() {
    let place = Place::new();
    let wrong = [
        "incidents?limit=0",
        "incidents?limit=many",
        "incidents?from=soon",
        "incidents?after=none",
        "findings?answer=perhaps",
        "incidents?type=rain",
    ];
    for path in wrong {
        let answer = place.get(&format!("/api/v1/{path}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(answer.json()["error"]["message"].is_string(), "{path}");
    }
    assert_eq!(place.get("/api/v1/entries/99999").await.status, StatusCode::NOT_FOUND);
    assert!(place.get("/api/v1/entries/x").await.json()["error"]["message"].is_string());
}

#[tokio::test]
async fn an_answer_that_is_known_is_not_sent_again() {
    let place = Place::new();
    let first = place.get("/api/v1/incidents").await;
    let tag = first.header(header::ETAG).to_owned();
    assert!(!tag.is_empty());
    let again =
        place.request("GET", "/api/v1/incidents").header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap();
    let again = place.send(Who::Local, again).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
}

#[tokio::test]
async fn answers_have_the_fields_that_are_described() {
    let place = Place::new();
    let described = place.get("/api/v1/openapi.json").await.json();
    assert_eq!(described["openapi"], "3.1.0");
    // The mission's own report, and two lines of a border, are not there without a mission: tests/mission.rs asks for them.
    let asks_mission = |path: &str| path == "/api/v1/mission/report" || path.starts_with("/api/v1/mission/border/");
    let is_open = |r: &&room::table::Row| r.face == Face::Api && r.method == "get" && !asks_mission(r.path);
    for row in TABLE.iter().filter(is_open) {
        let id = if row.path.contains("documents") {
            place.get("/api/v1/documents").await.json()["items"][0]["id"].as_str().unwrap().to_owned()
        } else {
            common::first_incident(&place).await
        };
        let answer = place.get(&row.path.replace("{id}", &id).replace("{entry}", "1")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", row.path);
        let content = &described["paths"][row.path]["get"]["responses"]["200"]["content"];
        let schema = content.as_object().unwrap().values().next().unwrap()["schema"].clone();
        fits(&answer.json(), &schema, &described, row.path);
    }
}

#[tokio::test]
async fn feeds_map_and_timeline_follow_the_filter() {
    let place = Place::over(&many(), false, false);
    let feed = place.get("/feeds/incidents?place=Village+3").await;
    assert_eq!(feed.body.matches("<entry>").count(), 1, "{}", feed.body);
    let map = place.get("/map.json?place=Village+3").await.json();
    assert_eq!(map["features"].as_array().unwrap().len(), 1);
    assert_eq!(map["features"][0]["properties"]["date_from"], "2031-02-13");
    assert!(map["lines"]["features"].as_array().unwrap().iter().all(|l| l["properties"]["label"].is_string()));
    let timeline = place.get("/timeline.json?place=Village+3").await.json();
    assert_eq!(timeline["items"][0]["from"], "2031-02-13");
    let before = place.get("/api/v1/incidents?as_of=2025-03-01").await.json();
    assert_eq!(before["items"].as_array().unwrap().len(), 0, "nothing was known then");
}

#[test]
fn a_room_over_a_socket_answers() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = room::Options::over(folder.path().join("books.ledger"));
    options.listen = "127.0.0.1:0".parse().unwrap();
    let room = room::Room::open(options).unwrap();
    let (sender, told) = mpsc::channel();
    std::thread::spawn(move || room::serve(&room, |listening| sender.send(listening.clone()).unwrap()));
    let listening = told.recv().unwrap();
    let first = listening.first.unwrap();
    let host = listening.address.strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(&host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        all
    };
    assert!(ask("/healthz").starts_with("HTTP/1.1 200"));
    let today = ask("/");
    assert!(today.starts_with("HTTP/1.1 200") && today.contains("holds no report"), "{today}");
    assert!(first.starts_with(&listening.address));
    assert!(ask(&format!("/{}", first.strip_prefix(&listening.address).unwrap())).contains("Make the first account"));
    assert!(ask("/welcome/another").starts_with("HTTP/1.1 404"));
}
