//! What others can open: every form over a folder and over the ledger, what is refused, and the way back.

mod common;

use std::fs;

use common::{META, Place, REPORT};

const TEXT: &[&str] = &["csv", "claims-csv", "jsonl", "geojson", "ftm", "acled", "ged", "markdown", "html"];
const OTHER: &[&str] = &["gpkg", "parquet", "claims-parquet", "docx"];

fn place_with_report() -> Place {
    let place = Place::new();
    place.file("r/report.txt", REPORT).file("r/report.meta.toml", META);
    place
}

#[test]
fn what_is_no_form_or_no_text_is_refused() {
    let place = Place::new();
    assert_eq!(place.run(&["publish", "xlsx"]).code, 2);
    assert_eq!(place.run(&["publish", "../csv"]).code, 2);
    let ran = place.run(&["publish", "gpkg"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("`gpkg` is no text") && ran.stderr.contains("--out trucewatch.gpkg"), "{}", ran.stderr);
}

#[test]
fn a_file_that_is_there_is_left_alone() {
    needs_model!();
    let place = place_with_report();
    place.file("out.csv", "mine");
    let ran = place.run(&["publish", "csv", "r", "--out", "out.csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("out.csv: is there already"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(place.path().join("out.csv")).unwrap(), "mine");
    assert_eq!(place.run(&["publish", "csv", "r", "--out", "out.csv", "--force"]).code, 0);
    assert!(fs::read_to_string(place.path().join("out.csv")).unwrap().starts_with("id,type,"));
    assert_eq!(place.run(&["publish", "csv", "r", "--out", "nowhere/out.csv"]).code, 1);
}

#[test]
fn a_bundle_needs_a_ledger() {
    needs_model!();
    let place = place_with_report();
    let ran = place.run(&["publish", "zip", "r", "--out", "b.zip"]);
    assert!(ran.code == 1 && ran.stderr.contains("history"), "{}", ran.stderr);
    assert!(!place.path().join("b.zip").exists());
}

#[test]
fn every_form_over_a_folder_says_its_filter() {
    needs_model!();
    let place = place_with_report();
    for form in TEXT {
        let ran = place.run(&["publish", form, "r", "--party", "vesk"]);
        assert_eq!(ran.code, 0, "{form}: {}", ran.stderr);
        let says = ran.stdout.contains("party=vesk") || ran.stdout.contains(r#"["party","vesk"]"#);
        assert!(says && ran.stdout.contains("read by machine, not reviewed"), "{form}: {}", ran.stdout);
    }
    for form in OTHER {
        let ran = place.run(&["publish", form, "r", "--out", form]);
        assert_eq!(ran.code, 0, "{form}: {}", ran.stderr);
        assert!(fs::metadata(place.path().join(form)).unwrap().len() > 500);
    }
}

#[test]
fn lines_of_claims_give_the_same_incidents_back() {
    needs_model!();
    let place = place_with_report();
    assert_eq!(place.run(&["publish", "jsonl", "r", "--out", "claims.jsonl"]).code, 0);
    let before = place.run(&["incidents", "r", "--format", "json"]).stdout;
    let after = place.run(&["incidents", "--claims", "claims.jsonl", "--format", "json"]);
    assert_eq!((after.code, after.stdout), (0, before), "{}", after.stderr);
    let again = place.run(&["publish", "jsonl", "--claims", "claims.jsonl"]).stdout;
    let bare = |lines: &str| lines.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(bare(&again), bare(&fs::read_to_string(place.path().join("claims.jsonl")).unwrap()));
}

#[test]
fn a_bundle_gives_a_ledger_of_the_same_root_back() {
    needs_model!();
    let place = place_with_report();
    assert_eq!(place.run(&["--ledger", "a.ledger", "add", "r"]).code, 0);
    let made = place.run(&["--ledger", "a.ledger", "publish", "zip", "--out", "b.zip"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let ran = place.run(&["--ledger", "b.ledger", "import", "b.zip"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let root = |ledger: &str| {
        let said = place.run(&["--ledger", ledger, "verify"]).stdout;
        said.lines().find(|l| l.starts_with("root ")).map(str::to_owned)
    };
    assert!(root("a.ledger").is_some());
    assert_eq!(root("a.ledger"), root("b.ledger"));
    place.file("bad.zip", "PK\u{3}\u{4}nothing");
    assert_eq!(place.run(&["--ledger", "c.ledger", "import", "bad.zip"]).code, 1);
}
