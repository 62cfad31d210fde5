//! What a user meets: help, missing parts, broken packs, the claims of a report, where a claim comes from.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod common;

use std::io::Read;
use std::process::Stdio;

use common::Place;
use insta::assert_snapshot;

const REPORT: &str = "\
Shells hit Hollin, Vesk says

The Veskan Defence Ministry said on Tuesday that Orlavan artillery had shelled the village of Hollin on Monday, killing
two farmers.

Orlava denied that its guns had fired.
";

const META: &str = "published = \"2031-03-04\"\noutlet = \"Ternwire\"\n";

fn place_with_report() -> Place {
    let place = Place::new();
    place.file("report.txt", REPORT).file("report.meta.toml", META);
    place
}

#[test]
fn help_says_what_there_is() {
    assert_snapshot!(Place::new().run(&["--help"]).seen(), @"");
}

#[test]
fn wrong_arguments_end_with_2() {
    let place = Place::new();
    assert_eq!(place.run(&[]).code, 2);
    assert_eq!(place.run(&["reed"]).code, 2);
    assert_snapshot!(place.run(&["read", "--format", "yaml"]).seen(), @"");
    assert_snapshot!(place.run(&["read", "--date", "Monday"]).stderr, @"");
}

#[test]
fn without_a_model_the_message_says_how_to_get_one() {
    let place = Place::new();
    place.file("a.txt", "x");
    let ran = place.command(&["read", "a.txt"]).env_remove("TRUCEWATCH_MODEL").output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
    let told = String::from_utf8(ran.stderr).unwrap().replace(&place.path().display().to_string(), "[HERE]");
    assert_snapshot!(told, @"");
    assert_snapshot!(place.run(&["read", "a.txt", "--model", "nowhere"]).stderr, @"");
}

#[test]
fn a_report_in_a_terminal() {
    needs_model!();
    assert_snapshot!(place_with_report().run(&["read", "report.txt"]).seen(), @"");
}

#[test]
fn a_report_as_json() {
    needs_model!();
    let ran = place_with_report().run(&["read", "report.txt", "--format", "jsonl", "--layers"]);
    let document = &ran.documents()[0];
    assert_eq!(document["doc"], "report.txt");
    assert_eq!(document["published"], "2031-03-04");
    let text: Vec<char> = REPORT.chars().collect();
    for claim in document["claims"].as_array().unwrap() {
        let [start, end] = ["start", "end"].map(|k| usize::try_from(claim[k].as_u64().unwrap()).unwrap());
        assert_eq!(claim["quote"].as_str().unwrap(), text[start..end].iter().collect::<String>());
    }
    for layer in ["statements", "dates", "places"] {
        assert!(!document[layer].as_array().unwrap().is_empty(), "no {layer}");
    }
}

#[test]
fn a_claim_explains_itself() {
    needs_model!();
    let place = place_with_report();
    let ran = place.run(&["read", "report.txt", "--format", "jsonl"]);
    let claims = ran.documents()[0]["claims"].clone();
    let denial = claims.as_array().unwrap().iter().find(|c| c["mode"] == "denied").unwrap();
    let id = denial["id"].as_str().unwrap();
    let explained = place.run(&["explain", &id[..8], "report.txt"]);
    assert_eq!(explained.code, 0, "{}", explained.stderr);
    for part in ["report.txt", "mode", "denied", "its guns had fired", "nsubj", "speaker"] {
        assert!(explained.stdout.contains(part), "no `{part}` in\n{}", explained.stdout);
    }
    assert_snapshot!(place.run(&["explain", "ffff", "report.txt"]).seen(), @"");
}

#[test]
fn a_brief_leads_back_to_its_sources() {
    needs_model!();
    let place = place_with_report();
    let ran = place.run(&["brief", ".", "--pack", "vesk-orlava"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("report.txt, sentence "), "{}", ran.stdout);
    let json: serde_json::Value = serde_json::from_str(&place.run(&["brief", ".", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["from"], "2031-03-04");
    assert_snapshot!(place.run(&["brief", ".", "--from", "2031-03-09", "--to", "2031-03-01"]).seen(), @"");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    needs_model!();
    let place = Place::new();
    place.copy("samples/reports", "reports");
    let read =
        |threads: &str| place.run(&["read", "reports", "--format", "jsonl", "--layers", "--threads", threads]).stdout;
    let one = read("1");
    assert!(one.lines().count() > 30);
    assert!(one == read("4") && one == read("3"));
    let brief = |threads: &str| place.run(&["brief", "reports", "--threads", threads]).stdout;
    assert!(brief("1") == brief("4"));
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    needs_model!();
    let place = Place::new();
    place.copy("samples/reports", "reports");
    let mut command = place.command(&["read", "reports"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn a_broken_pack_is_told_with_file_line_and_hint() {
    needs_model!();
    let place = place_with_report();
    place.copy("packs/vesk-orlava", "mine/vesk-orlava");
    place.file("mine/vesk-orlava/parties.toml", "[[party]]\nid = \"vesk\"\nkind = \"kingdom\"\ntitle = \"Vesk\"\n");
    assert_snapshot!(place.run(&["read", "report.txt", "--pack", "mine/vesk-orlava"]).seen(), @"");
    assert_snapshot!(place.run(&["packs", "--packs-dir", "mine"]).seen(), @"");
    assert_snapshot!(place.run(&["read", "report.txt", "--pack", "moon"]).seen(), @"");
}

#[test]
fn a_pack_that_does_not_hold_together_is_told() {
    let place = Place::new();
    place.copy("packs/vesk-orlava", "mine/vesk-orlava");
    place.file(
        "mine/vesk-orlava/officials.toml",
        "[[official]]\nname = \"A B\"\nparty = \"moon\"\noffice = \"x\"\nfrom = \"2030-01-01\"\n",
    );
    assert_snapshot!(place.run(&["packs", "check", "mine/vesk-orlava"]).seen(), @"");
}

#[test]
fn the_packs_of_the_repository_are_in_order() {
    let ran = Place::new().run(&["packs", "check"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
}

#[test]
fn man_pages_and_completions_are_made() {
    let place = Place::new();
    assert_eq!(place.run(&["man", "pages"]).code, 0);
    let page = std::fs::read_to_string(place.path().join("pages/trucewatch-read.1")).unwrap();
    assert!(page.contains(".TH") && page.contains("max\\-bytes"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(place.run(&["completions", shell]).stdout.contains("trucewatch"));
    }
}
