//! The page of feeds, against servers on loopback that the tests start: first what is refused.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use common::Place;
use jiff::{Timestamp, ToSpan};
use room::{Role, follow};

const ADMINISTRATOR: Role = Role::Administrator;

/// A server of one feed with two entries, whose pages are not there; its address, and the paths that it was asked for.
fn server() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (mut first, mut line) = (String::new(), String::new());
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            reader.read_line(&mut first).ok();
            while !line.ends_with("\r\n\r\n") && reader.read_line(&mut line).unwrap_or(0) > 0 {}
            let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
            let item = |n: u8| {
                format!(
                    "<item><title>Report &lt;b&gt;{n}</title><guid>{n}</guid><link>http://127.0.0.1:{port}/page/{n}</link>\
                     <pubDate>Wed, 05 Mar 2031 10:00:00 GMT</pubDate><description>Vesk said on Wednesday that Orlava \
                     shelled the village of Dubrel, as report {n} tells, and that nobody was hurt there.</description></item>"
                )
            };
            let feed =
                format!("<rss version=\"2.0\"><channel><title>Ternwire</title>{}{}</channel></rss>", item(1), item(2));
            let (status, body) = if path == "/feed" { ("200 OK", feed) } else { ("404 Not Found", String::new()) };
            kept.lock().unwrap().push(path);
            let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n");
            write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).ok();
        }
    });
    (format!("http://127.0.0.1:{port}/feed"), asked)
}

/// A room that may visit this machine, and reads with the model where that is there.
fn place() -> Place {
    Place::with(&[common::Told::default()], |options| {
        options.allow_local = true;
        options.world.model = Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models"));
        options.world.gazetteer = Some("none".into());
    })
}

fn has_model() -> bool {
    let there = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models").is_dir();
    if !there {
        println!("skipped: no model is there (`make model`)");
    }
    there
}

#[tokio::test]
async fn what_is_near_is_neither_listed_nor_tried() {
    let place = Place::new();
    let (near, asked) = server();
    for url in
        [near.as_str(), "http://localhost/feed", "http://169.254.169.254/", "file:///etc/passwd", "http://[::1]/"]
    {
        for (path, what) in [("/watch", "add"), ("/watch/try", "")] {
            let answer = place.post_as(ADMINISTRATOR, path, &[("what", what), ("url", url)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {url}");
        }
    }
    assert!(asked.lock().unwrap().is_empty());
    assert!(!place.folder().join("books.ledger.feeds.toml").exists());
}

#[tokio::test]
async fn analysts_look_and_change_nothing() {
    let place = Place::new();
    assert_eq!(place.get_as(Role::Analyst, "/watch").await.status, StatusCode::OK);
    assert_eq!(place.get_as(Role::Reader, "/watch").await.status, StatusCode::FORBIDDEN);
    let add = [("what", "add"), ("url", "https://ternwire.example/rss")];
    assert_eq!(place.post_as(Role::Reviewer, "/watch", &add).await.status, StatusCode::FORBIDDEN);
    let body = place.get_as(Role::Analyst, "/watch").await.body;
    assert!(!body.contains("name=\"what\""), "{body}");
}

#[tokio::test]
async fn the_room_asks_nobody_unless_it_is_told_to() {
    let (place, (url, asked)) = (place(), server());
    place.post_as(ADMINISTRATOR, "/watch", &[("what", "add"), ("url", &url)]).await;
    assert!(!follow::round(&place.room, Timestamp::now()).await.unwrap());
    assert!(asked.lock().unwrap().is_empty());
    assert!(place.get_as(ADMINISTRATOR, "/watch").await.body.contains("visits none by itself"));
}

#[tokio::test]
async fn a_trial_shows_what_would_come_and_keeps_nothing() {
    let (place, (url, asked)) = (place(), server());
    let before = place.ledger().size().unwrap();
    let body = place.post_as(Role::Analyst, "/watch/try", &[("url", &url)]).await.body;
    assert!(body.contains("2 new entries") && body.contains("report 1 tells") && !body.contains("<b>"), "{body}");
    assert_eq!((place.ledger().size().unwrap(), &*asked.lock().unwrap()), (before, &vec!["/feed".to_owned()]));
    assert!(!place.folder().join("books.ledger.feeds").exists());
}

#[tokio::test]
async fn what_is_listed_is_visited_at_its_interval_once_that_is_switched_on() {
    if !has_model() {
        return;
    }
    let (place, (url, asked)) = (place(), server());
    place.post_as(ADMINISTRATOR, "/watch", &[("what", "add"), ("url", &url), ("pages", "no")]).await;
    place.post_as(ADMINISTRATOR, "/watch", &[("what", "on")]).await;
    let (now, before) = (Timestamp::now(), place.ledger().size().unwrap());
    assert!(follow::round(&place.room, now).await.unwrap());
    assert_eq!(place.ledger().size().unwrap(), before + 4, "two documents with their readings");
    assert!(!follow::round(&place.room, now).await.unwrap(), "it is not due");
    let soon = place.post_as(ADMINISTRATOR, "/watch", &[("what", "visit"), ("url", &url)]).await;
    assert_eq!(soon.status, StatusCode::UNPROCESSABLE_ENTITY, "once a minute at most");
    assert!(follow::round(&place.room, now + 16.minutes()).await.unwrap());
    assert_eq!((asked.lock().unwrap().len(), place.ledger().size().unwrap()), (2, before + 4), "nothing comes twice");
    let body = place.get_as(ADMINISTRATOR, "/watch").await.body;
    assert!(body.contains("0 new") && body.contains("visits them itself"), "{body}");
    place.post_as(ADMINISTRATOR, "/watch", &[("what", "off")]).await;
    assert!(!follow::round(&place.room, now + 2.hours()).await.unwrap());
}

#[tokio::test]
async fn a_feed_that_fails_says_so_and_rests() {
    if !has_model() {
        return;
    }
    let (place, (url, _)) = (place(), server());
    let gone = url.replace("/feed", "/gone");
    place.post_as(ADMINISTRATOR, "/watch", &[("what", "add"), ("url", &gone)]).await;
    place.post_as(ADMINISTRATOR, "/watch", &[("what", "visit"), ("url", &gone)]).await;
    let now = Timestamp::now();
    assert!(follow::round(&place.room, now).await.unwrap(), "somebody asked for it");
    assert!(!follow::round(&place.room, now).await.unwrap());
    let body = place.get_as(ADMINISTRATOR, "/watch").await.body;
    assert!(body.contains("failed: the server answers with status 404"), "{body}");
    place.post_as(ADMINISTRATOR, "/watch", &[("what", "remove"), ("url", &gone)]).await;
    assert!(place.get_as(ADMINISTRATOR, "/watch").await.body.contains("None is listed yet"));
}
