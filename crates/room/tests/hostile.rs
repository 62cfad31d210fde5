//! Markup in every word that comes from outside is shown as words; no filter reaches the database; no path leads out.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use axum::http::{StatusCode, header};
use common::{Place, Told, first_incident};
use room::Role;

/// Markup that would run, or break out of an attribute, if it were not escaped.
const MARKUP: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</textarea></pre></title><script>alert(1)</script>",
    "javascript:alert(1)//<a href=\"javascript:alert(1)\">",
    "<!--<iframe src=javascript:alert(1)>-->",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "\u{202e}<b onmouseover=alert(1)>\u{0}",
];

fn hostile(markup: &str, n: usize) -> Told {
    Told {
        name: format!("{n}{markup}.txt"),
        outlet: format!("Outlet {markup}"),
        title: markup.to_owned(),
        speaker: format!("Speaker {markup}"),
        party: None,
        place: format!("Dubrel {markup}"),
        text: format!("Report {n}: {markup} was said to have fallen. And {markup} again."),
        mode: "asserted",
        spot: u8::try_from(n).unwrap(),
    }
}

/// Whether a page has markup of the corpus that is not escaped.
fn runs(page: &str) -> bool {
    let lower = page.to_lowercase();
    let marks = ["<script>", "<img src=x", "<svg/", "<iframe", "<b on", "href=\"javascript:"];
    marks.iter().any(|m| lower.contains(m))
}

#[tokio::test]
async fn markup_from_outside_runs_nowhere() {
    let reports: Vec<Told> = MARKUP.iter().enumerate().map(|(n, m)| hostile(m, n)).collect();
    let place = Place::over(&reports, false, false);
    let settings = room::accounts::Settings { is_public: true, ..Default::default() };
    place.room.accounts().set(&settings).unwrap();
    let mut paths: Vec<String> = [
        "/",
        "/incidents",
        "/documents",
        "/agreements",
        "/promises",
        "/tolls",
        "/coverage",
        "/sources",
        "/log",
        "/review",
        "/add",
        "/api",
        "/accounts",
        "/account",
        "/log/0",
        "/log/1",
        "/public",
        "/public/incidents",
        "/feeds/incidents",
        "/search?q=fallen",
        "/tolls.svg",
    ]
    .map(str::to_owned)
    .into();
    for item in place.get("/api/v1/documents").await.json()["items"].as_array().unwrap() {
        paths.push(format!("/documents/{}", item["id"].as_str().unwrap()));
    }
    for item in place.get("/api/v1/incidents").await.json()["items"].as_array().unwrap() {
        paths.push(format!("/incidents/{}", item["id"].as_str().unwrap()));
    }
    for markup in MARKUP {
        let word: String = form_urlencoded::byte_serialize(markup.as_bytes()).collect();
        for path in [
            "/incidents?place=",
            "/incidents?source=",
            "/search?q=",
            "/login?next=",
            "/incidents?as_of=",
            "/tolls?since=",
            "/promises?party=",
        ] {
            paths.push(format!("{path}{word}"));
        }
        paths.push(format!("/{word}"));
    }
    place.post_as(Role::Administrator, "/review/take", &[]).await;
    for path in paths {
        let answer = place.get_as(Role::Administrator, &path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.body);
        assert!(!runs(&answer.body), "{path}: {}", answer.body);
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    }
}

#[tokio::test]
async fn names_of_accounts_and_reasons_are_words_too() {
    let place = Place::new();
    let id = first_incident(&place).await;
    let claim = place.get(&format!("/api/v1/incidents/{id}")).await.json()["claims"][0].as_str().unwrap().to_owned();
    for markup in &MARKUP[..6] {
        let fields = [("on", claim.as_str()), ("words", markup), ("why", markup)];
        place.post_as(Role::Analyst, "/decide/note", &fields).await;
        place.post_as(Role::Administrator, "/accounts", &[("name", markup), ("role", "reader")]).await;
    }
    for path in [format!("/incidents/{id}"), "/accounts".to_owned(), "/log".to_owned(), "/log/4".to_owned()] {
        let answer = place.get_as(Role::Administrator, &path).await;
        assert!(!runs(&answer.body), "{path}: {}", answer.body);
    }
}

const INJECTIONS: &[&str] = &[
    "' OR '1'='1",
    "'; DROP TABLE entry; --",
    "\" OR \"\"=\"",
    "1 UNION SELECT header FROM entry",
    "%' AND 1=0 UNION ALL SELECT 1,2,3,4,5 --",
    "\\'; DELETE FROM claim; --",
    "Dubrel*\" NEAR/2 OR NOT",
    "0x27 OR 1=1",
    "\u{0}",
    "2031-03-08' --",
];

#[tokio::test]
async fn no_filter_reaches_the_database() {
    let place = Place::new();
    let before = place.get("/api/v1/documents").await.body;
    let names = [
        "from", "to", "days", "place", "party", "type", "standing", "term", "source", "review", "as_of", "after",
        "limit", "q", "state", "owed", "since", "category", "family", "answer",
    ];
    let pages = [
        "/",
        "/incidents",
        "/search",
        "/documents",
        "/tolls",
        "/promises",
        "/log",
        "/api/v1/incidents",
        "/api/v1/tolls",
        "/api/v1/documents",
        "/feeds/incidents",
    ];
    for word in INJECTIONS {
        let word: String = form_urlencoded::byte_serialize(word.as_bytes()).collect();
        for path in pages {
            for name in names {
                let answer = place.get(&format!("{path}?{name}={word}")).await;
                assert!(!answer.status.is_server_error(), "{path}?{name}={word}: {}", answer.body);
            }
        }
        for path in [
            "/incidents/",
            "/documents/",
            "/agreements/",
            "/issued/",
            "/log/",
            "/api/v1/incidents/",
            "/api/v1/documents/",
        ] {
            let answer = place.get(&format!("{path}{word}")).await;
            assert!(answer.status.is_client_error(), "{path}{word}: {}", answer.status);
        }
    }
    assert_eq!(place.get("/api/v1/documents").await.body, before);
    assert!(place.ledger().verify(None, None, |_| {}).unwrap().fault.is_none());
}

#[tokio::test]
async fn no_path_leads_out_of_the_files_that_were_built_in() {
    let place = Place::new();
    for path in [
        "../Cargo.toml",
        "..%2f..%2fCargo.toml",
        "%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "....//Cargo.toml",
        "..\\..\\Cargo.toml",
        "%00",
        "room.css/../../../src/lib.rs",
    ] {
        let answer = place.get(&format!("/static/{path}")).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(!answer.body.contains("[package]") && !answer.body.contains("root:"), "{path}");
    }
}

#[tokio::test]
async fn what_is_too_large_is_not_taken() {
    let place = Place::new();
    let long = "x".repeat(2 << 20);
    let answer = place.post_as(Role::Analyst, "/decide/note", &[("words", &long)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}
