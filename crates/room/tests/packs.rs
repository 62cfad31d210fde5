//! Own packs from the room: first what is refused, then that what is kept holds at once and can be taken back.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use axum::http::StatusCode;
use common::{Answer, Place};
use room::Role;

const ADMINISTRATOR: Role = Role::Administrator;

const PARTY: [(&str, &str); 5] = [
    ("what", "party"),
    ("title", "Sarn League"),
    ("kind", "armed-group"),
    ("names", "Sarn League\nthe League of Sarn"),
    ("demonyms", "Sarnish"),
];
const PLACE: [(&str, &str); 6] = [
    ("what", "place"),
    ("name", "Dubrel"),
    ("kind", "settlement"),
    ("lat", "-44.51"),
    ("lon", "-125.02"),
    ("precision", "1"),
];

async fn look(place: &Place, fields: &[(&str, &str)]) -> Answer {
    place.upload_as(ADMINISTRATOR, "/packs/look", fields, &[]).await
}

/// The word by which what was looked at is kept; none where it cannot be.
fn draft(answer: &Answer) -> Option<String> {
    Some(answer.body.split("name=\"draft\" value=\"").nth(1)?.split('"').next()?.to_owned())
}

async fn kept(place: &Place, fields: &[(&str, &str)]) {
    let looked = look(place, fields).await;
    let word = draft(&looked).unwrap_or_else(|| panic!("{}", looked.body));
    let answer = place.post_as(ADMINISTRATOR, "/packs/keep", &[("draft", &word)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let files = files.iter().map(|(p, c)| ((*p).to_owned(), (*c).to_owned())).collect();
    desk::packs::packed("..", &files).unwrap()
}

#[tokio::test]
async fn only_administrators_change_and_readers_do_not_look() {
    let place = Place::new();
    assert_eq!(place.get_as(Role::Reader, "/packs").await.status, StatusCode::FORBIDDEN);
    let body = place.get_as(Role::Analyst, "/packs/vesk-orlava").await.body;
    assert!(body.contains("Lammet ceasefire") && !body.contains("Take out"), "{body}");
    let refused = place.upload_as(Role::Reviewer, "/packs/look", &PARTY, &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(place.get_as(Role::Reviewer, "/packs/own/edit?what=party").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_is_wrong_is_told_with_its_place_and_cannot_be_kept() {
    let place = Place::new();
    let no_kind = [("what", "party"), ("title", "Sarn"), ("kind", "kingdom")];
    let conflict = [("what", "conflict"), ("id", "c"), ("side-a", "vesk"), ("side-b", "moon")];
    let line = [
        ("what", "line"),
        ("label", "L"),
        ("accuracy", "1"),
        ("parties", "moon"),
        ("drawing", r#"{"type": "LineString", "coordinates": [[1, 2], [2, 3]]}"#),
    ];
    for (fields, told) in [
        (&no_kind[..], "own/parties.toml:6</code>: unknown variant"),
        (&conflict[..], "no pack defines the party `moon`"),
        (&line[..], "own/lines.geojson:2</code>: l: no pack defines the party `moon`"),
    ] {
        let looked = look(&place, fields).await;
        let body = looked.body.replace("&#96;", "`");
        assert!(looked.status == StatusCode::OK && body.contains(told), "{told}: {body}");
        assert_eq!(draft(&looked), None, "{told}");
    }
    for fields in [
        &[("what", "place"), ("name", "x"), ("lat", "91"), ("lon", "0"), ("precision", "1"), ("kind", "site")][..],
        &[("what", "place"), ("name", "x"), ("lat", "NaN"), ("lon", "0"), ("precision", "1"), ("kind", "site")],
        &[("what", "line"), ("label", "L"), ("accuracy", "1"), ("drawing", "POINT (1 2)")],
        &[("what", "file"), ("path", "../../evil.toml"), ("content", "x")],
        &[("what", "party"), ("id", "x"), ("title", ""), ("kind", "state")],
        &[("what", "party"), ("pack", "vesk-orlava"), ("title", "X"), ("kind", "state")],
        &[("what", "gone"), ("sort", "place"), ("one", "nowhere")],
        &[("what", "back"), ("number", "7")],
        &[("what", "nothing")],
    ] {
        let looked = look(&place, fields).await;
        assert!(looked.status.is_client_error(), "{fields:?}: {} {}", looked.status, looked.body);
    }
    assert!(!place.folder().join("books.ledger.packs").exists());
}

#[tokio::test]
async fn archives_that_lead_elsewhere_or_claim_to_be_the_worlds_are_refused() {
    let place = Place::new();
    let manifest = |id: &str| {
        format!("schema = 1\nid = \"{id}\"\ntitle = \"t\"\nversion = \"1\"\nlicence = \"CC0-1.0\"\nsources = []\n")
    };
    let send = async |bytes: &[u8]| {
        place.upload_as(ADMINISTRATOR, "/packs/look", &[("what", "upload")], &[("files", "a.zip", bytes)]).await
    };
    let escape = send(&zip(&[("../../evil.toml", "x")])).await;
    assert_eq!(escape.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", escape.body);
    assert!(escape.body.contains("leads out of it"), "{}", escape.body);
    let outside = desk::packs::packed("p", &[("pack.toml".into(), manifest("../../evil"))].into()).unwrap();
    let world = desk::packs::packed("p", &[("pack.toml".into(), manifest("world"))].into()).unwrap();
    for (bytes, told) in [(outside, "is no id for a pack"), (world, "every reading uses")] {
        let looked = send(&bytes).await;
        assert!(looked.body.contains(told) && draft(&looked).is_none(), "{}", looked.body);
    }
    let broken = send(b"PK\x03\x04 and no more").await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_two_change_at_once_is_kept_of_one() {
    let place = Place::new();
    let (first, second) = (look(&place, &PARTY).await, look(&place, &PLACE).await);
    let keep = async |word: String| place.post_as(ADMINISTRATOR, "/packs/keep", &[("draft", &word)]).await;
    assert_eq!(keep(draft(&first).unwrap()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(keep(draft(&second).unwrap()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(keep(draft(&first).unwrap()).await.status, StatusCode::NOT_FOUND, "it is kept once");
}

#[tokio::test]
async fn a_look_counts_the_reports_and_keeps_nothing() {
    let place = Place::new();
    let looked = look(&place, &PLACE).await;
    assert!(looked.body.contains("<strong>2</strong> hold a name"), "{}", looked.body);
    assert!(looked.body.contains("a.txt") && looked.body.contains("place Dubrel"), "{}", looked.body);
    assert!(!place.folder().join("books.ledger.packs").exists());
}

#[tokio::test]
async fn what_is_kept_holds_at_once_and_is_taken_back() {
    let place = Place::new();
    place.get("/incidents").await;
    kept(&place, &PARTY).await;
    kept(&place, &PLACE).await;
    let line = [
        ("what", "line"),
        ("label", "Own line of the Sarn League"),
        ("accuracy", "1"),
        ("parties", "sarn-league"),
        (
            "drawing",
            r#"{"type": "Feature", "properties": null, "geometry": {"type": "LineString", "coordinates": [[-125, -44], [-125, -45]]}}"#,
        ),
    ];
    kept(&place, &line).await;
    let agreement = [
        ("what", "agreement"),
        ("title", "Sarn truce"),
        ("parties", "vesk"),
        ("parties", "orlava"),
        ("part", "signed"),
        ("agreed", "2031-03-01"),
        ("from", "2031-03-02T00:00"),
        ("zone", "-08:00"),
        ("source", "own"),
        ("term-number", "1"),
        ("term-kind", "prohibits"),
        ("term-text", "All fire stops."),
        ("claims", trucewatch::claim::Kind::ALL[0].as_str()),
        ("claims", "gunfire"),
    ];
    kept(&place, &agreement).await;
    let map = place.get("/map.json?days=all").await.body;
    assert!(map.contains("Own line of the Sarn League"), "{map}");
    assert!(place.get("/agreements").await.body.contains("Sarn truce"));
    let findings = place.get("/api/v1/findings").await.body;
    assert!(findings.contains("sarn-truce"), "{findings}");
    let body = place.get_as(ADMINISTRATOR, "/packs/own").await.body;
    assert!(body.contains("Sarnish") && body.contains("Take out"), "{body}");
    let again = look(&place, &agreement).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "its file is edited");
    kept(&place, &[("what", "back"), ("number", "3")]).await;
    assert!(!place.get("/agreements").await.body.contains("Sarn truce"));
    kept(&place, &[("what", "back"), ("number", "0")]).await;
    let body = place.get_as(ADMINISTRATOR, "/packs/own").await.body;
    assert!(!body.contains("Sarnish"), "{body}");
    let log = place.get_as(ADMINISTRATOR, "/packs").await.body;
    assert!(log.contains("party sarn-league in own") && log.contains("back to version 3"), "{log}");
}

#[tokio::test]
async fn a_pack_goes_out_as_a_zip_and_comes_in_elsewhere() {
    let (here, there) = (Place::new(), Place::new());
    kept(&here, &PARTY).await;
    let files = desk::packs::OwnPacks::of(&here.options.ledger).packs().unwrap().remove("own").unwrap();
    let bytes = desk::packs::packed("own", &files).unwrap();
    let given = here.get_as(Role::Analyst, "/packs/own/zip").await;
    assert_eq!(given.status, StatusCode::OK);
    let looked =
        there.upload_as(ADMINISTRATOR, "/packs/look", &[("what", "upload")], &[("files", "own.zip", &bytes)]).await;
    let word = draft(&looked).unwrap_or_else(|| panic!("{}", looked.body));
    there.post_as(ADMINISTRATOR, "/packs/keep", &[("draft", &word)]).await;
    assert!(there.get_as(Role::Analyst, "/packs/own").await.body.contains("Sarnish"));
}

#[tokio::test]
async fn forms_show_what_is_there_and_nothing_runs_in_it() {
    let place = Place::new();
    let name = "<script>alert(1)</script>";
    kept(
        &place,
        &[
            ("what", "place"),
            ("id", "s"),
            ("name", name),
            ("lat", "1"),
            ("lon", "2"),
            ("precision", "1"),
            ("kind", "site"),
        ],
    )
    .await;
    for path in ["/packs/own", "/packs/own/edit?what=place&one=s", "/packs/own/edit?what=file&one=places.csv"] {
        let answer = place.get_as(ADMINISTRATOR, path).await;
        assert!(answer.status == StatusCode::OK && !answer.body.contains(name), "{path}: {}", answer.body);
        assert!(answer.body.contains("alert(1)"), "{path}");
    }
    for what in ["party", "conflict", "place", "line", "agreement"] {
        let answer = place.get_as(ADMINISTRATOR, &format!("/packs/own/edit?what={what}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{what}: {}", answer.body);
    }
}
