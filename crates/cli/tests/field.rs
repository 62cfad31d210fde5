//! The mission at work: field reports, what they verify, the mission's own reports, and lists that stay sealed.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fmt::Write;
use std::fs;

use common::{Place, id, refused, root, run, with_ledger};

const MANDATE: &str = "packs/vesk-orlava/missions/line-mission-2031.toml";

const HEARD: &[&str] = &[
    "field",
    "add",
    "number=P3-61",
    "observer=Post 3",
    "position_name=Post 3, Hollin",
    "position=-44.8 -124.96 0 50",
    "controlled_by=orlava",
    "at=2031-03-07T19:12",
    "until=2031-03-07T19:50",
    "how=heard",
    "thing=explosion",
    "count=14",
    "bearing=NE",
    "distance_km=7-9",
];

/// A ledger with a mission whose mandate both sides consent to.
fn mandated() -> Place {
    let place = Place::new();
    place.file("mandate.toml", fs::read(root().join(MANDATE)).unwrap());
    for party in ["vesk", "orlava"] {
        place.file(&format!("{party}.pub"), run(&place, &["keys", "new", party]));
        run(&place, &["keys", "register", &format!("{party}.pub"), "--party", party, "--by", "Orn"]);
    }
    let mandate = id(&run(&place, &["mission", "mandate", "mandate.toml", "--by", "Orn"]));
    for party in ["vesk", "orlava"] {
        signed(&place, party, &["mission", "answer", &mandate, "consents"]);
    }
    place
}

/// Does something as the liaison of a party.
fn signed(place: &Place, party: &str, args: &[&str]) -> String {
    let key = format!("{party}.key");
    run(place, &[args, &["--party", party, "--by", "Tarn", "--key", &key]].concat())
}

#[test]
fn a_report_that_is_wrong_is_told_field_by_field() {
    let place = mandated();
    let told = refused(&place, &["field", "add", "observer=Post 3", "thing=parade", "at=noon", "colour=red"]);
    assert_eq!(
        told,
        "error: colour: is no field of a report\nhint: `trucewatch field form --as csv` lists the fields\n"
    );
    let told =
        refused(&place, &["field", "add", "observer=Post 3", "thing=parade", "at=noon", "number=1", "how=heard"]);
    assert!(told.starts_with("error: position_name: is missing; at: `noon` is no time"), "{told}");
    assert!(told.contains("thing: `parade` is none of explosion"), "{told}");
    assert!(refused(&place, &["field", "add", "observer"]).contains("`observer` is no FIELD=VALUE"));
    assert!(run(&place, &["field", "list"]).contains("no reports"));
}

#[test]
fn a_report_is_kept_in_the_missions_words_and_found_again() {
    let place = mandated();
    let shown = run(&place, &[HEARD, &["--dry-run"]].concat());
    assert!(shown.contains("Post 3 heard 14 undetermined explosions 7-9 km NE of their position."), "{shown}");
    assert!(run(&place, HEARD).starts_with("report P3-61  observation  entry 7"));
    assert!(run(&place, HEARD).contains("there already"));
    let found = run(&place, &["search", "undetermined", "explosions"]);
    assert!(found.contains("field-report-P3-61.txt"), "{found}");
    let incidents = run(&place, &["incidents", "--format", "json"]);
    let incidents: serde_json::Value = serde_json::from_str(&incidents).unwrap();
    assert_eq!(incidents["items"][0]["standing"], "verified", "{incidents:#}");
    let map: serde_json::Value = serde_json::from_str(&run(&place, &["field", "list", "--format", "geojson"])).unwrap();
    assert_eq!(map["features"][0]["geometry"]["type"], "Polygon");
    assert_eq!(map["features"][0]["properties"]["shape"], "sector");
    assert!(run(&place, &["reread"]).starts_with("0 read again") || common::model().is_none());
    run(&place, &["verify"]);
}

#[test]
fn an_export_of_a_form_is_taken_row_by_row() {
    let place = mandated();
    place.file(
        "export.csv",
        "start,report/observer,report/position_name,report/position,report/at,report/until,report/kind,report/how,\
         report/thing,report/count_min,report/attachment,_uuid\n\
         x,Post 9,\"Post 9, Tavik\",-44.95 -124.995 0 8,2031-03-07T14:10:00.000-08:00,,observation,heard,burst,3,a.jpg,77\n\
         x,Post 9,\"Post 9, Tavik\",,2031-03-07T15:00:00.000-08:00,2031-03-07T18:00:00.000-08:00,nil,,,,,78\n\
         x,Post 9,\"Post 9, Tavik\",,soon,,observation,felt,burst,,,79\n",
    );
    let ran = place.run(&with_ledger(&["field", "import", "export.csv"]));
    assert_eq!(ran.code, 4);
    assert!(ran.stdout.ends_with("2 of 3 rows taken\n"), "{}", ran.stdout);
    assert!(ran.stderr.starts_with("error: export.csv: row 4: at: `soon` is no time"), "{}", ran.stderr);
    assert!(ran.stderr.contains("error: export.csv: row 4: how: `felt` is none of heard, saw, camera, sensor"));
    place.file("media/a.jpg", b"picture");
    run(&place, &["field", "form", "--out", "form.xlsx"]);
    let told = refused(&place, &["field", "form", "--out", "form.xlsx"]);
    assert!(told.starts_with("error: form.xlsx: cannot be written"), "{told}");
    let listed = run(&place, &["field", "list"]);
    assert!(listed.contains("2031-03-07 14:10  77  Post 9  observation"), "{listed}");
    assert!(listed.contains("2031-03-07 15:00  78  Post 9  nil"), "{listed}");
}

#[test]
fn an_allegation_goes_its_way_and_nobody_signs_off_early() {
    let place = mandated();
    run(&place, HEARD);
    run(
        &place,
        &[
            "field",
            "add",
            "number=A-4",
            "observer=Patrol A",
            "position_name=Kelmet road",
            "at=2031-03-07T10:20",
            "kind=access",
            "access_what=denied",
            "access_by=orlava",
            "access_place=Kelmet bridge",
            "access_reason=mines",
        ],
    );
    let alleged = signed(&place, "vesk", &["verification", "allege", "Guns fired on Dubrel", "--against", "orlava"]);
    let case = id(&alleged);
    let by = ["--by", "Sorn", "--role", "verifier"];
    let step = |args: &[&str]| run(&place, &[&["verification"], args, &by].concat());
    let no = |args: &[&str]| refused(&place, &[&["verification"], args, &by].concat());
    assert!(no(&["visit", &case]).contains("the allegation is alleged: nobody was sent"));
    step(&["assign", &case, "Patrol A", "--due", "2031-03-09T08:00:00Z"]);
    assert!(no(&["find", &case, "confirmed", "So it was"]).contains("a finding follows a visit"));
    step(&["deny", &case, "mines, they said", "--denied-by", "orlava"]);
    assert!(no(&["find", &case, "in-part", "So it was", "--report", "P3-61"]).contains("without a visit nothing but"));
    step(&["visit", &case]);
    assert!(no(&["find", &case, "in-part", "So it was"]).contains("rests on field reports: name them"));
    assert!(
        no(&["find", &case, "in-part", "So it was", "--report", "P3-99"]).contains("there is no field report `P3-99`")
    );
    step(&["find", &case, "in-part", "Explosions were heard; who fired was not seen", "--report", "P3-61"]);
    signed(&place, "vesk", &["verification", "comment", &case, "They were Orlavan guns"]);
    let told = refused(&place, &["verification", "sign", &case, "--by", "Orn"]);
    assert!(told.contains("orlava may still comment on the finding"), "{told}");
    let listed = run(&place, &["verification", "list"]);
    assert!(listed.contains("  waits for orlava to comment\n"), "{listed}");
    signed(&place, "orlava", &["verification", "comment", &case, "Nobody fired"]);
    run(&place, &["verification", "sign", &case, "--by", "Orn"]);
    let report = run(&place, &["verification", "report", "--day", "2031-03-08"]);
    assert!(
        report.starts_with("# Joint Line Mission: Daily report\n\nFrom 7 March 2031, 08:00 to 8 March 2031, 08:00"),
        "{report}"
    );
    assert!(report.contains("| Post 3, Hollin | explosions | 14 | 0 | 14 | 0 |"), "{report}");
    assert!(
        report.contains("Orlava personnel refused passage to Patrol A at Kelmet bridge, giving as the reason: mines.")
    );
    assert!(report.contains("## Nothing observed\n\nNo post reported that it observed nothing."), "{report}");
    let next = run(&place, &["verification", "report", "--day", "2031-03-09"]);
    assert!(next.contains("| Post 3, Hollin | explosions | 0 | 14 | 14 | 0 |"), "{next}");
    let seen = run(&place, &["verification", "list", "--as", "liaison:orlava"]);
    assert!(!seen.contains("Patrol A") && seen.contains("found confirmed in part"), "{seen}");
}

const FIRST: [&str; 10] = ["Tarn", "Ives", "Orrin", "Sorn", "Elna", "Marla", "Dovan", "Kest", "Lirra", "Quon"];
const LAST: [&str; 10] = [
    "Olveskan",
    "Marrenth",
    "Selmarion",
    "Braskelin",
    "Hallowick",
    "Jentisar",
    "Korvanell",
    "Lundarin",
    "Pellickson",
    "Zarnovett",
];

/// A table of a thousand invented people, each of another name.
fn thousand(category: &str) -> (String, Vec<String>) {
    let (mut table, mut names) = ("category,name,also,born,place,note\n".to_owned(), Vec::new());
    for i in 0..1000 {
        let name = format!("{}{} {}{}", FIRST[i % 10], i / 100, LAST[(i / 10) % 10], i % 100);
        writeln!(table, "{category},{name},,{},Dubrel,", 1990 + i % 20).unwrap();
        names.push(name);
    }
    (table, names)
}

#[test]
fn no_name_of_a_thousand_lies_anywhere_in_the_clear() {
    let place = mandated();
    let (table, names) = thousand("missing");
    place.file("secret/list.csv", table).file("secret/other.csv", thousand("held").0);
    let key = run(&place, &["exchange", "new-key", "secret/mediator.age"]);
    let key = key.trim();
    let give = |party: &str, file: &str| id(&signed(&place, party, &["exchange", "give", file, "--seal-for", key]));
    let (first, second) = (give("vesk", "secret/list.csv"), give("orlava", "secret/other.csv"));
    let by = ["--by", "Mira", "--role", "mediator"];
    let told = refused(&place, &[&["exchange", "open", &first, "--identity", "secret/mediator.age"], &by[..]].concat());
    assert!(told.contains("to open a list is to say why"), "{told}");
    let pairs =
        run(&place, &[&["exchange", "match", &first, &second, "--identity", "secret/mediator.age"], &by[..]].concat());
    let told = pairs.lines().next_back();
    assert_eq!(told, Some("1000 pairs, 1000 without a rival; 1000 and 1000 people"));
    let opened = run(
        &place,
        &[&["exchange", "open", &first, "--identity", "secret/mediator.age", "--why", "to call the families"], &by[..]]
            .concat(),
    );
    assert!(names.iter().all(|n| opened.contains(n.as_str())));
    let log = run(&place, &["exchange", "log"]);
    assert_eq!(log.lines().count(), 3, "{log}");
    assert!(log.contains("Mira") && log.contains("to call the families"), "{log}");
    let shown = run(&place, &["exchange", "status"]);
    assert!(shown.contains("vesk  entry 5: 1000 missing") && shown.contains("orlava  entry 6: 1000 held"), "{shown}");
    let export = run(&place, &["export"]);
    run(&place, &["backup", "copy.ledger"]);
    place
        .file("export.jsonl", &export)
        .file("shown.txt", [pairs, log, shown, run(&place, &["mission", "status"])].concat());
    run(&place, &["verify"]);
    let mut looked = 0;
    for file in fs::read_dir(place.path()).unwrap().flatten().filter(|f| f.path().is_file()) {
        let content = fs::read(file.path()).unwrap();
        let text = String::from_utf8_lossy(&content);
        looked += 1;
        // Every name has one of these in it.
        let found = LAST.iter().find(|name| text.contains(**name));
        assert!(found.is_none(), "{:?} holds {found:?}", file.file_name());
    }
    assert!(looked >= 6);
}

#[test]
fn people_are_handed_over_under_what_both_sides_agreed() {
    let place = mandated();
    let proposed =
        run(&place, &["mission", "propose", "exchange", "Seven for four", "--by", "Mira", "--role", "mediator"]);
    let exchange = id(&proposed);
    let hand = |side: &str, more: &[&str]| -> Vec<String> {
        let args = [
            "exchange",
            "hand-over",
            &exchange,
            "--side",
            side,
            "--what",
            "held",
            "--through",
            "Lantern Society",
            "--by",
            "Mira",
            "--role",
            "mediator",
        ];
        args.iter().chain(more).map(|a| (*a).to_owned()).collect()
    };
    let words = |all: &[String]| all.to_vec();
    let first = words(&hand("vesk", &["--count", "4"]));
    let args: Vec<&str> = first.iter().map(String::as_str).collect();
    assert!(refused(&place, &args).contains("is open, not agreed"));
    for party in ["vesk", "orlava"] {
        signed(&place, party, &["mission", "answer", &exchange, "consents"]);
    }
    run(&place, &args);
    let numbered = words(&hand("orlava", &["--count", "2", "--number", "orlava-0001"]));
    let args: Vec<&str> = numbered.iter().map(String::as_str).collect();
    assert!(refused(&place, &args).contains("2 are handed over, and 1 numbers are given"));
    let shown = run(&place, &["exchange", "status"]);
    assert!(shown.contains("vesk: 4 held, through Lantern Society"), "{shown}");
}
