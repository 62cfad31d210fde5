//! Following feeds, against servers on loopback that the tests start.

#![expect(clippy::unwrap_used, reason = "a failure here is one of the test")]

mod common;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::server::{Asked, Server, send};
use intake::watch::{FetchError, LOCAL, Manner, State, Trouble, Visit, Watch, feeds, link};
use intake::{Limits, Received};

const XML: &str = "Content-Type: application/rss+xml\r\n";
const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

fn rss(port: u16, items: &[usize]) -> String {
    let item = |i: &usize| {
        format!(
            "<item><title>Report {i}</title><guid>../{i}</guid><link>http://127.0.0.1:{port}/page/{i}</link>\
             <pubDate>Wed, 05 Mar 2031 10:00:00 GMT</pubDate><description>Short words of report {i}.</description></item>"
        )
    };
    let items: String = items.iter().map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>Ternwire</title>{items}</channel></rss>")
}

fn page(path: &str) -> String {
    format!(
        "<html><head><title>x</title></head><body><article><h1>Report</h1><p>This is the page at {path}, and it tells of a quiet \
         night along the line, as the Veskan ministry said.</p><p>Nobody was hurt, it added.</p></article></body></html>"
    )
}

fn watch(list: &str, state: State) -> Watch {
    let manner =
        Manner { pause: Duration::ZERO, allow_local: true, request: Duration::from_secs(2), ..Manner::default() };
    Watch::new(feeds(list).unwrap(), manner, state)
}

fn visit(watch: &mut Watch, now: i64) -> (Result<Visit, FetchError>, Vec<Received>) {
    let mut kept = Vec::new();
    let visited = watch.visit(0, now, |received| {
        kept.push(received);
        Ok::<(), ()>(())
    });
    let told = visited.map_err(|t| match t {
        Trouble::Feed(error) => error,
        Trouble::Keep(()) => unreachable!(),
    });
    (told, kept)
}

/// A server of one feed whose items grow with the number of times that it was asked.
fn growing() -> Server {
    let times = Arc::new(AtomicUsize::new(0));
    Server::start(move |asked, stream| {
        let port = stream.local_addr().unwrap().port();
        match asked.path.as_str() {
            "/feed" => {
                let n = times.fetch_add(1, Ordering::SeqCst);
                let items: Vec<usize> = (0..2 + n).collect();
                send(
                    stream,
                    "200 OK",
                    &format!("{XML}ETag: \"{n}\"\r\nCache-Control: max-age=1800\r\n"),
                    &rss(port, &items),
                );
            }
            path => send(stream, "200 OK", HTML, &page(path)),
        }
    })
}

#[test]
fn new_entries_are_fetched_once_with_their_pages() {
    let server = growing();
    let mut watch = watch(&server.url("/feed"), State::default());
    let (first, kept) = visit(&mut watch, 1000);
    assert_eq!((first.unwrap().new, kept.len()), (2, 2));
    assert!(kept[0].document.text().starts_with("This is the page at /page/0"), "{}", kept[0].document.text());
    let meta = kept[0].document.meta();
    assert_eq!((meta.outlet.as_deref(), meta.published), (Some("Ternwire"), Some("2031-03-05".parse().unwrap())));
    assert_eq!(meta.url.as_deref(), Some(server.url("/page/0").as_str()));
    assert_eq!(watch.next(1000), Some((0, 1800)), "the server's wish is obeyed");
    let (second, kept) = visit(&mut watch, 3000);
    assert_eq!((second.unwrap().new, kept.len()), (1, 1));
    let asked = server.asked.lock().unwrap().clone();
    let of_feed: Vec<&Asked> = asked.iter().filter(|a| a.path == "/feed").collect();
    assert!(!of_feed[0].header.contains("if-none-match") && of_feed[1].header.contains("if-none-match: \"0\""));
}

#[test]
fn a_watch_that_was_stopped_goes_on_where_it_was() {
    let server = growing();
    let list = server.url("/feed");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watch.json");
    let mut first = watch(&list, State::default());
    let mut taken = 0;
    let broken = first.visit(0, 0, |_| {
        taken += 1;
        if taken == 2 { Err("full") } else { Ok(()) }
    });
    assert!(matches!(broken, Err(Trouble::Keep("full"))));
    first.state.save(&path).unwrap();
    let mut second = watch(&list, State::load(&path).unwrap());
    let (visited, kept) = visit(&mut second, 10_000);
    assert_eq!(visited.unwrap().new, 2, "the one that was not kept, and a new one");
    assert!(kept[0].document.text().contains("/page/1") && kept[1].document.text().contains("/page/2"));
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::start(|asked, stream| {
        let port = stream.local_addr().unwrap().port();
        match asked.header.contains("if-modified-since: yesterday") {
            true => send(stream, "304 Not Modified", "", ""),
            false => send(stream, "200 OK", &format!("{XML}Last-Modified: yesterday\r\n"), &rss(port, &[])),
        }
    });
    let mut watch = watch(&server.url("/feed"), State::default());
    assert!(!visit(&mut watch, 0).0.unwrap().unchanged);
    assert!(visit(&mut watch, 0).0.unwrap().unchanged);
}

#[test]
fn local_addresses_are_not_fetched_unless_allowed() {
    let server = growing();
    let mut watch = Watch::new(feeds(&server.url("/feed")).unwrap(), Manner::default(), State::default());
    let error = visit(&mut watch, 0).0.unwrap_err();
    assert!(error.to_string().ends_with("the address is a private or local one"), "{error}");
    assert!(error.hint.contains("--allow-local"));
    let by_name = format!("http://localhost:{}/feed", server.port);
    let mut watch = Watch::new(feeds(&by_name).unwrap(), Manner::default(), State::default());
    assert!(visit(&mut watch, 0).0.is_err());
    assert!(server.paths().is_empty(), "no connection was made");
}

#[test]
fn redirects_are_followed_so_far_and_checked_at_each_hop() {
    let server = Server::start(|asked, stream| {
        let port = stream.local_addr().unwrap().port();
        match asked.path.as_str() {
            "/moved" => send(stream, "302 Found", "Location: /feed\r\n", ""),
            "/file" => send(stream, "302 Found", "Location: file:///etc/passwd\r\n", ""),
            "/round" => send(stream, "302 Found", "Location: /round\r\n", ""),
            "/odd" => send(stream, "302 Found", "Location: http://[::1\r\n", ""),
            "/password" => send(stream, "301 Moved", &format!("Location: http://a:b@127.0.0.1:{port}/feed\r\n"), ""),
            _ => send(stream, "200 OK", XML, &rss(port, &[])),
        }
    });
    let fetch = |path: &str| visit(&mut watch(&server.url(path), State::default()), 0).0;
    assert!(fetch("/moved").is_ok());
    assert!(fetch("/file").unwrap_err().message.contains("only http and https"));
    assert!(fetch("/round").unwrap_err().message.contains("leads on more than 5 times"));
    assert!(fetch("/odd").is_err());
    assert!(fetch("/password").unwrap_err().message.contains("are not sent"));
}

#[test]
fn feeds_that_never_end_are_left() {
    let server = Server::start(|asked, stream| {
        let pause = if asked.path == "/slow" { Duration::from_millis(100) } else { Duration::ZERO };
        let start = Instant::now();
        let head = format!("HTTP/1.1 200 OK\r\n{XML}\r\n<rss version=\"2.0\"><channel>");
        let mut sent = stream.write_all(head.as_bytes());
        while sent.is_ok() && start.elapsed() < Duration::from_secs(8) {
            std::thread::sleep(pause);
            let items = if pause.is_zero() { 1000 } else { 1 };
            sent = stream.write_all("<item><title>more</title></item>".repeat(items).as_bytes());
        }
    });
    let start = Instant::now();
    let large = visit(&mut watch(&server.url("/fast"), State::default()), 0).0.unwrap_err();
    assert!(large.message.contains("holds more than 4194304 bytes"), "{large}");
    let slow = visit(&mut watch(&server.url("/slow"), State::default()), 0).0.unwrap_err();
    assert!(slow.message.contains("timeout") || slow.message.contains("damaged"), "{slow}");
    assert!(start.elapsed() < Duration::from_secs(8));
}

#[test]
fn failures_lengthen_the_pause_and_the_servers_wish_is_obeyed() {
    let server = Server::start(|_, stream| send(stream, "503 Busy", "Retry-After: 40000\r\n", ""));
    let mut watch = watch(&server.url("/feed"), State::default());
    assert!(visit(&mut watch, 0).0.is_err());
    assert_eq!(watch.next(0), Some((0, 40_000)));
    let gone = Server::start(|_, stream| send(stream, "500 No", "", ""));
    let mut watch = self::watch(&gone.url("/feed"), State::default());
    let pauses: Vec<u64> = (0..4).map(|_| (visit(&mut watch, 0).0.is_err(), watch.next(0).unwrap().1).1).collect();
    assert_eq!(pauses, [1800, 3600, 7200, 14_400]);
}

#[test]
fn a_page_that_fails_leaves_the_words_of_the_feed() {
    let server = Server::start(|asked, stream| {
        let port = stream.local_addr().unwrap().port();
        match asked.path.as_str() {
            "/feed" => send(stream, "200 OK", XML, &rss(port, &[1, 2])),
            "/page/1" => send(stream, "404 Gone", "", ""),
            _ => send(stream, "200 OK", "Content-Type: image/png\r\n", "\u{1}"),
        }
    });
    let (visited, kept) = visit(&mut watch(&server.url("/feed"), State::default()), 0);
    assert_eq!((visited.unwrap().wrong.len(), kept.len()), (2, 2));
    assert_eq!(kept[0].document.text(), "Short words of report 1.");
    assert!(kept[0].notes.iter().any(|n| n.code == "page"));
}

#[test]
fn limits_hold_for_answers() {
    let server = growing();
    let limits = Limits { bytes: 100, ..Limits::default() };
    let manner = Manner { limits, allow_local: true, ..Manner::default() };
    let mut watch = Watch::new(feeds(&server.url("/feed")).unwrap(), manner, State::default());
    assert!(visit(&mut watch, 0).0.unwrap_err().message.contains("holds more than 100 bytes"));
}

#[test]
fn a_link_is_fetched_under_the_same_guards() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/on" => send(stream, "302 Found", "Location: /page/7\r\n", ""),
        "/loop" => send(stream, "302 Found", "Location: /loop\r\n", ""),
        "/data" => send(stream, "200 OK", "Content-Type: application/json\r\n", "{}"),
        path => send(stream, "200 OK", HTML, &page(path)),
    });
    let fetched = |path: &str, allow_local| {
        let manner = Manner { request: Duration::from_secs(2), allow_local, ..Manner::default() };
        let told = trucewatch::document::Meta { outlet: Some("Ternwire".into()), ..Default::default() };
        link(&server.url(path), told, &manner)
    };
    assert_eq!(fetched("/page/1", false).unwrap_err().message, LOCAL);
    assert!(server.paths().is_empty());
    assert!(fetched("/loop", true).unwrap_err().message.starts_with("leads on more than"));
    assert_eq!(fetched("/data", true).unwrap_err().message, "is no text but application/json");
    let Received { document, .. } = fetched("/on", true).unwrap();
    assert!(document.text().contains("the page at /page/7"));
    assert_eq!(document.meta().outlet.as_deref(), Some("Ternwire"));
    assert_eq!(document.meta().url.as_deref(), Some(server.url("/page/7").as_str()));
    assert_eq!(document.name(), server.url("/page/7"));
    assert!(link("file:///etc/passwd", Default::default(), &Manner::default()).is_err());
}
