//! Forms: their own word, logging in, links that are good once, and decisions as entries with their author.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use axum::body::Body;
use axum::http::{StatusCode, header};
use common::{FORM, PASSWORD, Place, Who, claim_id, first_incident, form};
use room::Role;

const URLENCODED: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_form_without_its_word_changes_nothing() {
    let place = Place::new();
    let (cookie, csrf) = place.session(Role::Reviewer);
    let before = place.ledger().size().unwrap();
    let claim = claim_of(&place).await;
    for (body, origin) in [
        (format!("claim={claim}"), None),
        (format!("claim={claim}&csrf="), None),
        (format!("claim={claim}&csrf={FORM}"), None),
        (form(&[("claim", &claim)], &csrf), Some("http://attacker.example")),
    ] {
        let mut request = place.request("POST", "/decide/accept").header(header::COOKIE, &cookie);
        request = request.header(header::CONTENT_TYPE, URLENCODED);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        let answer = place.send(Who::Local, request.body(Body::from(body.clone())).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{body}");
    }
    let elsewhere = place.request("POST", "/decide/accept").header(header::COOKIE, &cookie);
    let elsewhere = elsewhere.header(header::CONTENT_TYPE, URLENCODED).header("sec-fetch-site", "cross-site");
    let answer = place.send(Who::Local, elsewhere.body(Body::from(form(&[("claim", &claim)], &csrf))).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(place.ledger().size().unwrap(), before);
    assert_eq!(
        place.post_as(Role::Reviewer, "/decide/accept", &[("claim", &claim)]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(place.ledger().size().unwrap(), before + 1);
}

async fn claim_of(place: &Place) -> String {
    let documents = place.get("/api/v1/documents").await.json();
    claim_id(documents["items"][0]["id"].as_str().unwrap())
}

#[tokio::test]
async fn guessing_passwords_is_slowed() {
    let place = Place::new();
    place.session(Role::Analyst);
    let mut seen = Vec::new();
    for n in 0..12 {
        let word = format!("guess number {n} of many");
        let answer = place.post("/login", &[("name", "analyst"), ("password", &word)]).await;
        seen.push(answer.status);
    }
    assert_eq!(seen[0], StatusCode::UNAUTHORIZED);
    assert_eq!(seen[11], StatusCode::TOO_MANY_REQUESTS);
    let answer = place.post("/login", &[("name", "analyst"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "the right one has to wait too");
    assert!(!answer.header(header::RETRY_AFTER).is_empty());
}

#[tokio::test]
async fn whoever_knows_the_password_is_let_in_and_out() {
    let place = Place::new();
    place.session(Role::Analyst);
    let fields = [("name", "analyst"), ("password", PASSWORD), ("next", "//attacker.example")];
    let answer = place.post("/login", &fields).await;
    assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/"));
    let set = answer.header(header::SET_COOKIE).to_owned();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && !set.contains("Secure"), "{set}");
    let cookie = format!("room={}", answer.cookie("room").unwrap());
    let own =
        |cookie: &str| place.request("GET", "/account").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let answer = place.send(Who::Local, own(&cookie)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let csrf = answer.body.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let out = place.request("POST", "/logout").header(header::COOKIE, &cookie).header(header::CONTENT_TYPE, URLENCODED);
    place.send(Who::Local, out.body(Body::from(form(&[], csrf))).unwrap()).await;
    assert_eq!(place.send(Who::Local, own(&cookie)).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn cookies_are_secure_where_the_connection_is_not_of_this_machine() {
    let place = Place::over(&[], true, false);
    place.session(Role::Analyst);
    let answer = place.post("/login", &[("name", "analyst"), ("password", PASSWORD)]).await;
    let set = answer.header(header::SET_COOKIE).to_owned();
    assert!(set.starts_with("__Host-room=") && set.contains("; Secure") && set.contains("Path=/"), "{set}");
}

#[tokio::test]
async fn the_first_link_works_once() {
    let place = Place::new();
    let link = place.room.accounts().first_link(jiff::Timestamp::now()).unwrap();
    let path = format!("/welcome/{}", link.reveal());
    assert_eq!(place.get(&path).await.status, StatusCode::OK);
    let short = [("name", "Orn"), ("password", "short"), ("again", "short")];
    assert_eq!(place.post(&path, &short).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("name", "Orn"), ("password", PASSWORD), ("again", PASSWORD)];
    let answer = place.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.cookie("room").is_some());
    assert_eq!(place.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.post(&path, &fields).await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.room.accounts().all().unwrap().len(), 1);
}

#[tokio::test]
async fn a_correction_is_an_entry_with_its_author_and_can_be_undone() {
    let place = Place::new();
    let claim = claim_of(&place).await;
    let document = place.get("/api/v1/documents").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let back = format!("/documents/{document}");
    let fields =
        [("claim", claim.as_str()), ("field", "date"), ("value", "2031-03-06"), ("why", "heard it"), ("back", &back)];
    let answer = place.post_as(Role::Analyst, "/decide/correct", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let entry = answer.header(header::LOCATION).split("done=").nth(1).unwrap().to_owned();
    let page = place.get(&back).await.body;
    assert!(page.contains("2031-03-06") && page.contains("analyst") && page.contains("heard it"), "{page}");
    let no_reason = [("entry", entry.as_str())];
    assert_eq!(place.post_as(Role::Analyst, "/decide/undo", &no_reason).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let undo = [("entry", entry.as_str()), ("why", "misheard")];
    assert_eq!(place.post_as(Role::Analyst, "/decide/undo", &undo).await.status, StatusCode::SEE_OTHER);
    let made = place.get("/api/v1/decisions").await.json();
    assert_eq!(made["items"][0]["by"], "analyst");
    assert!(made["items"][0]["undone_by"].is_number());
    assert!(!place.get(&back).await.body.contains(">6 March 2031"));
}

#[tokio::test]
async fn what_another_decided_only_a_reviewer_undoes() {
    let place = Place::new();
    let claim = claim_of(&place).await;
    let answer = place.post_as(Role::Reviewer, "/decide/accept", &[("claim", &claim)]).await;
    let entry = answer.header(header::LOCATION).split("done=").nth(1).unwrap().to_owned();
    let undo = [("entry", entry.as_str()), ("why", "no")];
    assert_eq!(place.post_as(Role::Analyst, "/decide/undo", &undo).await.status, StatusCode::FORBIDDEN);
    assert_eq!(place.post_as(Role::Administrator, "/decide/undo", &undo).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn incidents_are_split_and_merged() {
    let place = Place::new();
    let id = first_incident(&place).await;
    let all = place.get(&format!("/api/v1/incidents/{id}")).await.json();
    assert_eq!(all["standing"], "contested", "{all}");
    let second = all["claims"][1].as_str().unwrap().to_owned();
    let split = [("claim", second.as_str()), ("why", "another village")];
    assert_eq!(place.post_as(Role::Analyst, "/decide/split", &split).await.status, StatusCode::SEE_OTHER);
    let now = place.get("/api/v1/incidents").await.json();
    assert_eq!(now["items"].as_array().unwrap().len(), 2);
    let ids: Vec<&str> = now["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap()).collect();
    let merge = [("incident", ids[0]), ("incident", ids[1]), ("why", "one village")];
    assert_eq!(place.post_as(Role::Analyst, "/decide/merge", &merge).await.status, StatusCode::SEE_OTHER);
    assert_eq!(place.get("/api/v1/incidents").await.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_brief_that_is_signed_off_is_found_by_its_hash_and_what_changed_since_is_told() {
    let place = Place::new();
    let days = [("from", "2031-03-07"), ("to", "2031-03-08")];
    assert_eq!(place.post_as(Role::Analyst, "/decide/sign-off", &days).await.status, StatusCode::FORBIDDEN);
    let answer = place.post_as(Role::Reviewer, "/decide/sign-off", &days).await;
    let entry = answer.header(header::LOCATION).split("done=").nth(1).unwrap().to_owned();
    let claim = claim_of(&place).await;
    let reject = [("claim", claim.as_str()), ("why", "misread")];
    assert_eq!(place.post_as(Role::Analyst, "/decide/reject", &reject).await.status, StatusCode::SEE_OTHER);
    let today = place.get("/").await.body;
    assert!(today.contains("Signed off by reviewer"), "{today}");
    let path = today.split("href=\"/issued/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let issued = place.get(&format!("/issued/{path}")).await;
    assert!(issued.status == StatusCode::OK && issued.body.contains("Dubrel"), "{}", issued.body);
    let changes = place.get(&format!("/changes/{entry}")).await.body;
    assert!(changes.contains("misread"), "{changes}");
}

#[tokio::test]
async fn two_reviewers_are_not_given_the_same_and_nothing_here_is_a_result() {
    let place = Place::new();
    place.post_as(Role::Analyst, "/review/take", &[]).await;
    let first = place.get_as(Role::Analyst, "/review").await.body;
    assert!(first.contains("a.txt") && first.contains("b.txt"), "{first}");
    place.post_as(Role::Reviewer, "/review/take", &[]).await;
    assert!(!place.get_as(Role::Reviewer, "/review").await.body.contains("a.txt"));
    let documents = place.get("/api/v1/documents").await.json();
    let id = documents["items"][1]["id"].as_str().unwrap();
    let answer = place.post_as(Role::Analyst, "/review/nothing", &[("document", id)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(!place.get_as(Role::Analyst, "/review").await.body.contains("a.txt"));
    assert_eq!(place.get("/api/v1/decisions").await.json()["items"][0]["by"], "analyst");
}

#[tokio::test]
async fn agreement_between_reviewers_is_told() {
    let place = Place::new();
    let claim = claim_of(&place).await;
    place.post_as(Role::Analyst, "/decide/accept", &[("claim", &claim)]).await;
    place.post_as(Role::Reviewer, "/decide/reject", &[("claim", &claim), ("why", "no")]).await;
    let page = place.get_as(Role::Reviewer, "/review").await.body;
    assert!(page.contains("0 of 1 claims") && page.contains("analyst: stands; reviewer: rejected"), "{page}");
}

#[tokio::test]
async fn a_claim_that_was_missed_is_added_by_its_words() {
    let place = Place::new();
    let documents = place.get("/api/v1/documents").await.json();
    let id = documents["items"][1]["id"].as_str().unwrap();
    let add = |quote: &'static str| {
        let fields = [
            ("document", id),
            ("quote", quote),
            ("type", "casualties"),
            ("mode", "denied"),
            ("speaker", "the ministry"),
            ("speaker-party", "orlava"),
            ("date", "2031-03-07"),
            ("why", "it was overlooked"),
        ];
        let fields = Vec::from(fields);
        let place = &place;
        async move { place.post_as(Role::Analyst, "/decide/add", &fields).await }
    };
    assert_eq!(add("Somebody was hurt").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(add(".").await.status, StatusCode::UNPROCESSABLE_ENTITY, "it stands there twice");
    let answer = add("Nobody was hurt").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let entry = answer.header(header::LOCATION).split("done=").nth(1).unwrap().to_owned();
    let claims = place.get(&format!("/api/v1/documents/{id}")).await.json()["claims"].clone();
    let added = claims.as_array().unwrap().iter().find(|c| c["quote"] == "Nobody was hurt").unwrap().clone();
    assert_eq!((added["type"].as_str(), added["speaker_party"].as_str()), (Some("casualties"), Some("orlava")));
    let claim = added["id"].as_str().unwrap();
    assert!(place.get("/api/v1/claims").await.body.contains("Nobody was hurt"));
    let correct = [("claim", claim), ("field", "mode"), ("value", "asserted"), ("why", "no")];
    assert_eq!(place.post_as(Role::Analyst, "/decide/correct", &correct).await.status, StatusCode::SEE_OTHER);
    assert!(place.get(&format!("/documents/{id}")).await.body.contains("it was overlooked"));
    place.post_as(Role::Analyst, "/decide/undo", &[("entry", &entry), ("why", "twice")]).await;
    assert!(!place.get("/api/v1/claims").await.body.contains("Nobody was hurt"));
    let verdict = place.ledger().verify(None, None, |_| {}).unwrap();
    assert!(verdict.fault.is_none(), "{:?}", verdict.fault);
}

#[tokio::test]
async fn an_issued_brief_stays_and_an_erratum_stands_in_its_place() {
    let place = Place::new();
    let days = [("from", "2031-03-07"), ("to", "2031-03-08")];
    let sign = place.post_as(Role::Reviewer, "/decide/sign-off", &days).await;
    assert_eq!(sign.status, StatusCode::SEE_OTHER, "{}", sign.body);
    let moment = |ledger: &ledger::Ledger| ledger.moment(None).unwrap();
    let first = place.ledger().issues(moment(&place.ledger())).unwrap().remove(0);
    let path = format!("/issued/{}", first.sha256);
    let before = place.get(&path).await.body;
    let same = [days[0], days[1], ("replaces", first.sha256.as_str()), ("why", "no reason")];
    let same = place.post_as(Role::Reviewer, "/decide/sign-off", &same).await;
    assert!(same.body.contains("nothing has changed in the brief"), "{}", same.body);
    let grade = [("source", "Ternwire"), ("grade", "E"), ("why", "invented a witness")];
    assert_eq!(place.post_as(Role::Reviewer, "/decide/grade-source", &grade).await.status, StatusCode::SEE_OTHER);
    let reject = [("claim", &*claim_of(&place).await), ("why", "misread")];
    assert_eq!(place.post_as(Role::Analyst, "/decide/reject", &reject).await.status, StatusCode::SEE_OTHER);
    assert_eq!(place.get(&path).await.body, before);
    assert!(place.get_as(Role::Reviewer, "/").await.body.contains("Issue an erratum"));
    let no_reason = [days[0], days[1], ("replaces", first.sha256.as_str())];
    let refused = place.post_as(Role::Reviewer, "/decide/sign-off", &no_reason).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let erratum = [days[0], days[1], ("replaces", first.sha256.as_str()), ("why", "a claim was misread")];
    assert_eq!(place.post_as(Role::Reviewer, "/decide/sign-off", &erratum).await.status, StatusCode::SEE_OTHER);
    let issues = place.ledger().issues(moment(&place.ledger())).unwrap();
    assert_eq!(issues[1].replaces, Some(first.entry));
    assert_eq!(place.get(&path).await.body, before);
    assert_ne!(place.get(&format!("/issued/{}", issues[1].sha256)).await.body, before);
    let list = place.get("/issued").await.body;
    assert!(list.contains("erratum to entry") && list.contains("replaced by entry"), "{list}");
    assert!(place.get("/feeds/briefs").await.body.contains("an erratum to that of entry"));
}

/// What is answered to an analyst who sends a field of the form for reports.
async fn sent(place: &Place, field: &str, value: &str) -> common::Answer {
    let (cookie, csrf) = place.session(Role::Analyst);
    let part = |field: &str, value: &str| format!("--x\r\ncontent-disposition: form-data; {field}\r\n\r\n{value}\r\n");
    let body = format!("{}{}--x--\r\n", part("name=\"csrf\"", &csrf), part(field, value));
    let request = place.request("POST", "/add").header(header::COOKIE, &cookie);
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    place.send(Who::Local, request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_told_with_what_to_do() {
    let place = Place::new();
    for (name, bytes, problem, hint) in [
        ("a.csv", "who,what\nx,y\n", "a.csv: has no column that holds text; it has `who`, `what`", "text=COLUMN"),
        ("b.csv", "", "b.csv: is a table without a first row of names", "the first row names the columns"),
        ("c.docx", "PK\u{3}\u{4}x", "c.docx: is a ZIP file that cannot be opened", "fetch or copy it again"),
        ("d.txt", "", "d.txt: holds no text", ""),
    ] {
        let answer = sent(&place, &format!("name=\"file\"; filename=\"{name}\""), bytes).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert!(answer.body.contains(problem) && answer.body.contains(hint), "{}", answer.body);
    }
    let nothing = sent(&place, "name=\"file\"; filename=\"\"", "").await;
    assert!(nothing.body.contains("nothing was sent"), "{}", nothing.body);
}

#[tokio::test]
async fn a_link_to_this_machine_is_not_fetched() {
    let place = Place::new();
    for link in ["http://127.0.0.1:9/secret", "http://localhost/", "file:///etc/passwd", "http://169.254.169.254/"] {
        let answer = sent(&place, "name=\"link\"", link).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert!(answer.body.contains("What could not be read") && !answer.body.contains("Keep 1"), "{}", answer.body);
    }
}
