//! Backups from the room: who may, what is refused, and that what is downloaded is the ledger.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use axum::body::Body;
use axum::http::{StatusCode, header};
use common::{Place, Who};
use http_body_util::BodyExt;
use ledger::{Ledger, hex};
use room::Role;
use tower::ServiceExt;

const ADMINISTRATOR: Role = Role::Administrator;

/// The name of the only backup that the page lists.
async fn listed(place: &Place) -> String {
    let body = place.get_as(ADMINISTRATOR, "/backups").await.body;
    body.split("id=\"b-").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn nobody_else_makes_lists_or_downloads() {
    let place = Place::new();
    assert_eq!(place.post_as(Role::Reviewer, "/backups", &[]).await.status, StatusCode::FORBIDDEN);
    place.post_as(ADMINISTRATOR, "/backups", &[]).await;
    let name = listed(&place).await;
    for path in ["/backups".to_owned(), format!("/backups/{name}")] {
        assert_eq!(place.get_as(Role::Reviewer, &path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn no_name_leads_out_of_the_folder() {
    let place = Place::new();
    place.post_as(ADMINISTRATOR, "/backups", &[]).await;
    for name in ["..%2Fbooks.ledger", "..%2Fbooks.ledger.key", "%2Fetc%2Fpasswd", "..", "x.ledger", ".json"] {
        let status = place.get_as(ADMINISTRATOR, &format!("/backups/{name}")).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{name}");
        let form = [("what", "remove"), ("sure", "yes")];
        let status = place.post_as(ADMINISTRATOR, &format!("/backups/{name}"), &form).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{name}");
    }
    assert!(place.options.ledger.exists());
}

#[tokio::test]
async fn a_foreign_word_in_the_folder_names_no_file() {
    let place = Place::new();
    place.post_as(ADMINISTRATOR, "/backups", &[]).await;
    let folder = place.folder().join("books.ledger.backups");
    let stray = r#"{"name": "../books.ledger.key", "at": "2031-03-08T00:00:00Z", "by": "x", "bytes": 1, "entries": 0, "root": "", "fault": null}"#;
    std::fs::write(folder.join("stray.json"), stray).unwrap();
    let body = place.get_as(ADMINISTRATOR, "/backups").await.body;
    assert!(!body.contains("b-../"), "{body}");
    let answer = place.get_as(ADMINISTRATOR, "/backups/..%2Fbooks.ledger.key").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_backup_is_checked_and_downloaded_as_it_was_made() {
    let place = Place::new();
    let verdict = place.ledger().verify(None, None, |_| {}).unwrap();
    place.post_as(ADMINISTRATOR, "/backups", &[]).await;
    place.add(&[common::Told { text: "Later the ministry said more. Much more.".into(), ..common::Told::default() }]);
    let body = place.get_as(ADMINISTRATOR, "/backups").await.body;
    assert!(body.contains(&hex(&verdict.root.hash)) && body.contains("In order: 4 entries"), "{body}");
    let name = listed(&place).await;
    let (cookie, _) = place.session(ADMINISTRATOR);
    let request = place.request("GET", &format!("/backups/{name}")).header(header::COOKIE, cookie);
    let response = place.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let there = place.folder().join("there.ledger");
    std::fs::write(&there, &bytes).unwrap();
    let copy = Ledger::open(&there).unwrap().verify(None, None, |_| {}).unwrap();
    assert_eq!((copy.fault, copy.root), (None, verdict.root));
    assert!(
        place.send(Who::Local, place.request("GET", "/healthz").body(Body::empty()).unwrap()).await.status.is_success()
    );
}

#[tokio::test]
async fn one_is_removed_with_its_word_once_somebody_is_sure() {
    let place = Place::new();
    place.post_as(ADMINISTRATOR, "/backups", &[]).await;
    let path = format!("/backups/{}", listed(&place).await);
    let unsure = place.post_as(ADMINISTRATOR, &path, &[("what", "remove")]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    place.post_as(ADMINISTRATOR, &path, &[("what", "remove"), ("sure", "yes")]).await;
    assert_eq!(std::fs::read_dir(place.folder().join("books.ledger.backups")).unwrap().count(), 0);
}

#[tokio::test]
async fn the_page_says_how_to_restore() {
    let place = Place::new();
    let body = place.get_as(ADMINISTRATOR, "/backups").await.body;
    assert!(body.contains("trucewatch restore BACKUP --ledger"), "{body}");
}
