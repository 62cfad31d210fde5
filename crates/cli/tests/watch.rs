//! Following feeds as a user does, against a server on loopback that the test starts.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use common::Place;

const TEXT: &str = "The Veskan Defence Ministry said on Tuesday that Orlavan artillery had shelled the village of Hollin on \
                    Monday, killing two farmers. Orlava denied that its guns had fired.";

/// A server of one feed with one item; its port, and the requests that came.
fn server() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let path = answer(stream, port);
            kept.lock().unwrap().push(path);
        }
    });
    (port, asked)
}

fn answer(mut stream: TcpStream, port: u16) -> String {
    let mut first = String::new();
    BufReader::new(&stream).read_line(&mut first).unwrap();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (kind, body) = if path == "/feed" {
        let item = format!(
            "<item><title>Shells hit Hollin</title><guid>1</guid><link>http://127.0.0.1:{port}/page</link>\
             <pubDate>Tue, 04 Mar 2031 10:00:00 GMT</pubDate><description>{TEXT}</description></item>"
        );
        let feed = format!("<rss version=\"2.0\"><channel><title>Ternwire</title>{item}</channel></rss>");
        ("application/rss+xml", feed)
    } else {
        let page = format!("<html><body><article><h1>Shells hit Hollin</h1><p>{TEXT}</p></article></body></html>");
        ("text/html; charset=utf-8", page)
    };
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n");
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).ok();
    path
}

#[test]
fn a_list_with_something_else_in_it_is_told_with_its_line() {
    needs_model!();
    let place = Place::new();
    place.file("feeds.txt", "https://a.example/rss\nfile:///etc/passwd\n");
    let ran = place.run(&["watch", "feeds.txt", "--once", "--ledger", "books.ledger"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.starts_with("error: feeds.txt: line 2: `file:///etc/passwd` is no address of the web\n"));
}

#[test]
fn a_feed_of_this_machine_is_not_asked_unless_allowed() {
    needs_model!();
    let place = Place::new();
    let (port, asked) = server();
    place.file("feeds.txt", format!("http://127.0.0.1:{port}/feed\n"));
    let ran = place.run(&["watch", "feeds.txt", "--once", "--ledger", "books.ledger"]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    assert!(ran.stderr.contains("the address is a private or local one"), "{}", ran.stderr);
    assert!(ran.stderr.contains("hint: if you mean it, allow local addresses with --allow-local"), "{}", ran.stderr);
    assert!(asked.lock().unwrap().is_empty());
}

#[test]
fn what_a_feed_brings_is_kept_and_the_feed_is_left_alone_for_a_while() {
    needs_model!();
    let place = Place::new();
    let (port, asked) = server();
    place.file("feeds.txt", format!("http://127.0.0.1:{port}/feed\n"));
    let watch = ["watch", "feeds.txt", "--once", "--allow-local", "--ledger", "books.ledger"];
    let first = place.run(&watch);
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(first.stdout.starts_with("added  0  http://127.0.0.1:"), "{}", first.stdout);
    assert_eq!(*asked.lock().unwrap(), ["/feed", "/page"]);
    let second = place.run(&watch);
    assert_eq!((second.code, second.stdout.as_str()), (0, ""));
    assert_eq!(asked.lock().unwrap().len(), 2, "its interval has not passed");
    let found = place.run(&["search", "farmers", "--ledger", "books.ledger"]);
    assert!(found.stdout.contains("2031-03-04, entry 0"), "{}", found.stdout);
    assert_eq!(place.run(&["verify", "--ledger", "books.ledger"]).code, 0);
}
