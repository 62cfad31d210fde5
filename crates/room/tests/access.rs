//! Every address by every role and by nobody: let in or not, as the table says.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use axum::body::Body;
use axum::http::{StatusCode, header};
use common::{Answer, FORM, Place, Who, first_incident, form};
use room::Role;
use room::table::{Face, Need, Row, TABLE};

const EVERYBODY: [Who; 11] = [
    Who::Local,
    Who::Stranger,
    Who::Some(Role::Reader),
    Who::Some(Role::Analyst),
    Who::Some(Role::Reviewer),
    Who::Some(Role::Administrator),
    Who::Part(mission::Role::Liaison),
    Who::Part(mission::Role::Mediator),
    Who::Part(mission::Role::Observer),
    Who::Part(mission::Role::Verifier),
    Who::Part(mission::Role::Chief),
];

/// What the table promises, in words of its own.
fn is_let_in(who: Who, need: Need, reading_is_free: bool) -> bool {
    let least = match need {
        Need::Open => return true,
        Need::Read if reading_is_free && who == Who::Local => return true,
        Need::Read | Need::Account => Role::Reader,
        Need::Work => Role::Analyst,
        Need::Review => Role::Reviewer,
        Need::Administer => Role::Administrator,
        Need::Part => return matches!(who, Who::Part(_)),
    };
    match who {
        Who::Some(role) => role >= least,
        Who::Part(_) => least == Role::Reader,
        Who::Local | Who::Stranger => false,
    }
}

/// What the mission's table of roles keeps to some parts although the address is for all of them.
fn is_for_observers(row: &Row) -> bool {
    let asked = (row.method, row.path);
    [("get", "/field/"), ("post", "/api/v1/mission/reports"), ("post", "/plans")].contains(&asked)
}

fn observes(who: Who) -> bool {
    matches!(who, Who::Part(mission::Role::Observer | mission::Role::Verifier | mission::Role::Chief))
}

async fn asked(place: &Place, who: Who, row: &Row, path: &str) -> Answer {
    let request = place.request(&row.method.to_uppercase(), path);
    let (cookie, csrf) = match who {
        Who::Some(role) => place.session(role),
        Who::Part(mission::Role::Liaison) => place.session_of("liaison:vesk"),
        Who::Part(role) => place.session_of(role.as_str()),
        _ => (format!("room-form={FORM}"), FORM.to_owned()),
    };
    let request = request.header(header::COOKIE, cookie);
    if row.method == "get" {
        return place.send(who, request.body(Body::empty()).unwrap()).await;
    }
    let request = match row.face {
        Face::Api => request.header("x-csrf-token", &csrf).header(header::CONTENT_TYPE, "application/json"),
        _ => request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
    };
    place.send(who, request.body(Body::from(form(&[], &csrf))).unwrap()).await
}

fn is_kept_out(answer: &Answer, face: Face) -> bool {
    let to_login = answer.header(header::LOCATION).starts_with("/login?next=");
    let api = matches!(face, Face::Api | Face::Data) && answer.status == StatusCode::UNAUTHORIZED;
    to_login || api || answer.status == StatusCode::FORBIDDEN
}

async fn check(place: &Place, reading_is_free: bool) {
    let settings = room::accounts::Settings { is_public: true, ..Default::default() };
    place.room.accounts().set(&settings).unwrap();
    place.session(Role::Administrator);
    let incident = {
        let answer = place.get_as(Role::Reader, "/api/v1/incidents").await;
        answer.json()["items"][0]["id"].as_str().unwrap().to_owned()
    };
    for row in TABLE {
        let id = if row.path.contains("incidents") { &incident } else { "999" };
        let path = row.path.replace("{id}", id).replace("{entry}", "0").replace("{link}", "x");
        let path = path.replace("{sha256}", "x").replace("{*path}", "none.css").replace("{format}", "csv");
        let path = path.replace("{z}/{x}/{y}", "1/0/0").replace("{name}", "none.ledger");
        for who in EVERYBODY {
            let answer = asked(place, who, row, &path).await;
            let told = format!("{} {path} by {who:?}: {} {}", row.method, answer.status, answer.body);
            assert!(!answer.status.is_server_error(), "{told}");
            let expected = is_let_in(who, row.need, reading_is_free) && (!is_for_observers(row) || observes(who));
            assert_eq!(!is_kept_out(&answer, row.face), expected, "{told}");
        }
    }
}

#[tokio::test]
async fn on_loopback_reading_is_free() {
    check(&Place::new(), true).await;
}

#[tokio::test]
async fn on_loopback_reading_may_ask_for_an_account() {
    check(&Place::over(&[common::Told::default()], false, true), false).await;
}

#[tokio::test]
async fn elsewhere_all_but_the_public_view_asks_for_an_account() {
    check(&Place::over(&[common::Told::default()], true, false), false).await;
}

#[tokio::test]
async fn what_is_not_in_the_table_is_not_there() {
    let place = Place::new();
    for path in ["/nothing", "/api/v1/nothing", "/.git/config", "/incidents/", "/static/"] {
        assert_eq!(place.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let answer = place.get("/api/v1/nothing").await;
    assert_eq!(answer.json()["error"]["code"], "not-found");
}

#[tokio::test]
async fn a_request_that_only_seems_local_is_not() {
    let place = Place::new();
    let plain = || place.request("GET", "/incidents");
    let handed_on = plain().header("x-forwarded-for", "192.0.2.7").body(Body::empty()).unwrap();
    assert_eq!(place.send(Who::Local, handed_on).await.status, StatusCode::SEE_OTHER);
    let mut rebound = plain().body(Body::empty()).unwrap();
    rebound.headers_mut().insert(header::HOST, "attacker.example".parse().unwrap());
    assert_eq!(place.send(Who::Local, rebound).await.status, StatusCode::SEE_OTHER);
    assert_eq!(place.get("/incidents").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_and_no_more() {
    let place = Place::over(&[common::Told::default()], true, false);
    place.session(Role::Administrator);
    let accounts = place.room.accounts();
    let id = accounts.all().unwrap()[0].id;
    let now = jiff::Timestamp::now();
    let word = accounts.make_token(id, "reader", &[room::accounts::Scope::Read], now).unwrap();
    let by_token = |method: &str, path: &str, word: &str| {
        let request = place.request(method, path).header(header::AUTHORIZATION, format!("Bearer {word}"));
        place.send(Who::Stranger, request.body(Body::from("{}")).unwrap())
    };
    assert_eq!(by_token("GET", "/api/v1/incidents", word.reveal()).await.status, StatusCode::OK);
    assert_eq!(by_token("POST", "/api/v1/decisions", word.reveal()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(by_token("GET", "/accounts", word.reveal()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(by_token("GET", "/api/v1/incidents", "another").await.status, StatusCode::UNAUTHORIZED);
    let token = accounts.tokens(id).unwrap().pop().unwrap();
    accounts.end_token(id, token.id).unwrap();
    assert_eq!(by_token("GET", "/api/v1/incidents", word.reveal()).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_public_view_is_closed_until_it_is_opened_and_hides_what_it_should() {
    let person = common::Told {
        speaker: "Mira Okselund".into(),
        party: None,
        text: "Mira Okselund saw shells fall on Dubrel. She left.".into(),
        ..common::Told::default()
    };
    let hidden = common::Told {
        name: "h.txt".into(),
        outlet: "Quiet Bulletin".into(),
        text: "The ministry told the Quiet Bulletin of shells. No more.".into(),
        ..common::Told::default()
    };
    let place = Place::over(&[person, hidden], false, false);
    assert_eq!(place.get("/public").await.status, StatusCode::NOT_FOUND);
    let hidden_sources = vec!["Quiet Bulletin".to_owned()];
    let settings = room::accounts::Settings { is_public: true, hidden_sources, ..Default::default() };
    place.room.accounts().set(&settings).unwrap();
    assert!(place.get("/incidents").await.body.contains("Dubrel"));
    let id = place.get("/public/timeline.json").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    for path in [
        "/public",
        "/public/incidents",
        "/public/map.json",
        "/public/timeline.json",
        &format!("/public/incidents/{id}"),
    ] {
        let answer = place.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        for word in ["Okselund", "Quiet Bulletin", "44.5678", "125.1234", "/documents/"] {
            assert!(!answer.body.contains(word), "{path} shows {word}: {}", answer.body);
        }
    }
    let lagging = room::accounts::Settings { is_public: true, lag_hours: 80_000, ..Default::default() };
    place.room.accounts().set(&lagging).unwrap();
    assert_eq!(place.get("/public/timeline.json").await.json()["items"].as_array().unwrap().len(), 0);
    assert!(!first_incident(&place).await.is_empty());
}
