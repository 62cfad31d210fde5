//! Files of what is shown: the forms there are, the filter in them, what the public may have, paths that are none.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use axum::http::{StatusCode, header};
use common::{Place, Told};
use room::Role;

const FORMS: &[&str] = &[
    "csv",
    "claims-csv",
    "jsonl",
    "geojson",
    "gpkg",
    "parquet",
    "claims-parquet",
    "ftm",
    "acled",
    "ged",
    "markdown",
    "html",
    "docx",
];
const PUBLIC: &[&str] = &["csv", "geojson", "parquet", "markdown", "html", "docx"];

#[tokio::test]
async fn what_is_no_form_is_not_there() {
    let place = Place::new();
    for word in ["xlsx", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "csv%00", "CSV", "csv/..", "bundle.zip"] {
        let answer = place.get(&format!("/export/{word}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{word}");
    }
    assert_eq!(place.get("/export/csv?type=rain").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn every_form_is_a_file_of_a_name_of_ours() {
    let place = Place::new();
    for form in FORMS {
        let answer = place.get(&format!("/export/{form}?days=all&place=x%22%0d%0ay")).await;
        assert_eq!(answer.status, StatusCode::OK, "{form}: {}", answer.body);
        let name = answer.header(header::CONTENT_DISPOSITION);
        let name = name.strip_prefix("attachment; filename=\"").and_then(|n| n.strip_suffix('"')).unwrap();
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '.'), "{name}");
        assert_ne!(answer.header(header::CONTENT_TYPE), "");
    }
}

#[tokio::test]
async fn the_filter_stands_in_the_page_and_in_the_file() {
    let place = Place::new();
    let page = place.get("/export?days=all&place=Dubrel").await.body;
    assert!(
        page.contains("/export/gpkg?days=all&#38;place=Dubrel")
            || page.contains("/export/gpkg?days=all&amp;place=Dubrel"),
        "{page}"
    );
    let file = place.get("/export/csv?days=all&place=Dubrel").await.body;
    assert!(file.contains("days=all; place=Dubrel") && file.contains("read by machine, not reviewed"), "{file}");
}

#[tokio::test]
async fn the_history_is_for_those_who_have_an_account() {
    let place = Place::new();
    assert!(!place.get("/export").await.body.contains("/export/zip"));
    let answer = place.get_as(Role::Reader, "/export/zip").await;
    assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/zip"));
}

#[tokio::test]
async fn files_of_the_public_view_hide_what_it_hides() {
    let person = Told {
        speaker: "Mira Okselund".into(),
        party: None,
        text: "Mira Okselund saw shells fall on Dubrel. She left.".into(),
        ..Told::default()
    };
    let hidden = Told {
        name: "h.txt".into(),
        outlet: "Quiet Bulletin".into(),
        text: "The ministry told the Quiet Bulletin of shells. No more.".into(),
        ..Told::default()
    };
    let place = Place::over(&[person, hidden], false, false);
    assert_eq!(place.get("/public/export/csv").await.status, StatusCode::NOT_FOUND);
    let hidden_sources = vec!["Quiet Bulletin".to_owned()];
    let settings = room::accounts::Settings { is_public: true, hidden_sources, ..Default::default() };
    place.room.accounts().set(&settings).unwrap();
    let claim = place.get("/api/v1/claims?days=all").await.json()["items"][0].clone();
    for form in FORMS {
        let answer = place.get(&format!("/public/export/{form}?days=all")).await;
        let is_there = answer.status == StatusCode::OK;
        assert_eq!(is_there, PUBLIC.contains(form), "{form}");
        let ids = [claim["id"].as_str().unwrap(), claim["document"].as_str().unwrap()];
        for word in ["Okselund", "Quiet Bulletin", "44.5678", "125.1234", "/documents/"].iter().chain(&ids) {
            assert!(!answer.body.contains(word), "{form} shows {word}: {}", answer.body);
        }
    }
    assert_eq!(place.get("/public/export/zip").await.status, StatusCode::NOT_FOUND);
    assert!(!place.get("/public/export").await.body.contains("jsonl"));
}
