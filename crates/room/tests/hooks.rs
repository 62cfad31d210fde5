//! Webhooks, against a server on loopback that the test starts.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use common::{Place, Told};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{Timestamp, ToSpan};
use room::{Role, hooks};
use sha2::Sha256;

/// What a server was sent: its head, in small letters, and its body.
type Sent = Arc<Mutex<Vec<(String, String)>>>;

/// A server that answers with these lines of status, one after another, the last one again and again.
fn server(answers: &'static [&'static str]) -> (String, Sent) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/told?token=of-the-receiver", listener.local_addr().unwrap());
    let sent = Sent::default();
    let kept = Arc::clone(&sent);
    std::thread::spawn(move || {
        for (n, stream) in listener.incoming().enumerate() {
            let mut reader = BufReader::new(stream.unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap_or(0) > 0 {}
            let length =
                head.to_lowercase().split("content-length: ").nth(1).and_then(|l| l.lines().next()?.parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            reader.read_exact(&mut body).unwrap();
            kept.lock().unwrap().push((head, String::from_utf8(body).unwrap()));
            let answer = answers.get(n).or(answers.last()).unwrap();
            write!(reader.into_inner(), "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
        }
    });
    (address, sent)
}

fn field<'a>(head: &'a str, name: &str) -> &'a str {
    head.lines().find_map(|l| l.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name))).unwrap().1
}

/// Has an address told by the page; its signing key, which the page shows.
async fn made(place: &Place, address: &str) -> String {
    let answer = place.post_as(Role::Administrator, "/hooks", &[("address", address)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let key = answer.body.split("<code>whsec_").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(!place.get_as(Role::Administrator, "/hooks").await.body.contains(&key), "it is shown once");
    key.replace("&#43;", "+").replace("&#x2b;", "+").replace("&#61;", "=").replace("&#47;", "/")
}

fn another(spot: u8) -> Told {
    Told {
        name: format!("{spot}.txt"),
        text: format!("The ministry said so of post {spot}. Nobody was hurt."),
        spot,
        ..Told::default()
    }
}

/// So many seconds after a time that no test reaches by the clock.
fn second(n: i64) -> Timestamp {
    "2200-01-01T00:00Z".parse::<Timestamp>().unwrap() + n.seconds()
}

#[tokio::test]
async fn new_findings_are_told_signed_and_once() {
    let (address, sent) = server(&["204 No Content"]);
    let place = Place::with(&[Told::default()], |options| options.allow_local = true);
    let key = made(&place, &address).await;
    hooks::round(&place.room, second(1)).await.unwrap();
    assert!(sent.lock().unwrap().is_empty(), "what was there before is not told");
    place.add(&(1..7).map(another).collect::<Vec<_>>());
    hooks::round(&place.room, second(2)).await.unwrap();
    hooks::round(&place.room, second(3)).await.unwrap();
    let sent = sent.lock().unwrap().clone();
    assert_eq!(sent.len(), 1, "{sent:?}");
    let (head, body) = &sent[0];
    let told: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(told["type"], "findings.new");
    assert!(!told["data"]["findings"].as_array().unwrap().is_empty(), "{body}");
    let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(key).unwrap()).unwrap();
    mac.update(format!("{}.{}.{body}", field(head, "webhook-id"), field(head, "webhook-timestamp")).as_bytes());
    let signed = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    assert_eq!(field(head, "webhook-signature"), signed);
}

#[tokio::test]
async fn what_fails_is_tried_again_under_the_same_id() {
    let (address, sent) = server(&["500 Broken", "302 Found", "200 OK"]);
    let place = Place::with(&[Told::default()], |options| options.allow_local = true);
    made(&place, &address).await;
    let hook = place.room.accounts().hooks().unwrap()[0].id.to_string();
    for _ in 0..2 {
        let path = format!("/hooks/{hook}");
        assert_eq!(place.post_as(Role::Administrator, &path, &[("what", "try")]).await.status, StatusCode::SEE_OTHER);
    }
    for (at, tries) in [(1, 2), (5, 2), (12, 4), (100, 4)] {
        hooks::round(&place.room, second(at)).await.unwrap();
        assert_eq!(sent.lock().unwrap().len(), tries, "after {at} s");
    }
    let sent = sent.lock().unwrap().clone();
    let ids: Vec<&str> = sent.iter().map(|(head, _)| field(head, "webhook-id")).collect();
    assert!(ids[0] == ids[2] && ids[1] == ids[3] && ids[0] != ids[1], "{ids:?}");
    let page = place.get_as(Role::Administrator, "/hooks").await.body;
    assert!(page.contains("status 200") && page.contains(ids[0]), "{page}");
}

#[tokio::test]
async fn private_addresses_are_not_told_unless_that_is_allowed() {
    let (address, sent) = server(&["200 OK"]);
    let place = Place::new();
    made(&place, &address).await;
    place.room.accounts().deliver(None, "{}", second(0)).unwrap();
    hooks::round(&place.room, second(1)).await.unwrap();
    assert!(sent.lock().unwrap().is_empty());
    let said = &place.room.accounts().deliveries(1, 1).unwrap()[0].said;
    assert!(said.contains("private or local"), "{said}");
    for address in ["file:///etc/passwd", "ftp://a.example/", "", "https://user:word@a.example/"] {
        let answer = place.post_as(Role::Administrator, "/hooks", &[("address", address)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
    }
}
