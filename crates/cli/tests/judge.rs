//! Judging over ready claims: what a user of `incidents` and `incident` meets.

mod common;

use common::Place;
use insta::assert_snapshot;

const TEXT: &str = "\
Orlava said that Veskan guns shelled Hollin on Friday, killing two farmers. Vesk denied that its guns shelled Hollin.
";

const CLAIMS: &str = r#"{"doc": "a.txt", "published": "2031-03-08", "claims": [
    {"id": "c1", "quote": "Veskan guns shelled Hollin on Friday", "type": "shelling", "mode": "asserted", "speaker": "Orlava",
     "speaker_party": "orlava", "actor": ["vesk"], "target": ["orlava"], "place": "Hollin", "date": "2031-03-07"},
    {"id": "c2", "quote": "its guns shelled Hollin", "type": "shelling", "mode": "denied", "speaker": "Vesk",
     "speaker_party": "vesk", "actor": ["vesk"], "target": ["orlava"], "place": "Hollin", "date": "2031-03-07"},
    {"id": "c3", "quote": "killing two farmers", "type": "casualties", "mode": "asserted", "speaker": "Orlava",
     "speaker_party": "orlava", "actor": ["vesk"], "target": ["orlava"], "place": "Hollin", "date": "2031-03-07",
     "figures": [{"what": "killed", "who": "civilian", "side": "orlava", "min": 2, "max": 2}]}
]}"#;

fn place() -> Place {
    Place::coded(TEXT, CLAIMS)
}

#[test]
fn what_is_none_of_the_words_known_is_told() {
    let place = place();
    let failed = |filter: &str, word: &str| place.run(&["incidents", "--claims", "coded", filter, word]).stderr;
    assert_snapshot!(failed("--standing", "guilty"), @"
    error: `guilty` is no standing
    hint: standings are contested, mutual, one-sided, uncontested, corroborated, verified
    ");
    assert_snapshot!(failed("--party", "atlantis"), @"
    error: no pack in use knows the party `atlantis`
    hint: packs name the parties; those in use begin with vesk, orlava, ilmeria, karsund, dovrel_brigade, jlm, northern_compact, lantern_society, kethra_people, armenia
    ");
    assert_snapshot!(failed("--term", "halmora-2031:99"), @"
    error: the agreement `halmora-2031` has no term `99`
    hint: its terms are 1; 2; 3; 4; 4, second sentence; 5; 5, second sentence; 6; 7; 8; 9
    ");
    assert_snapshot!(failed("--after", "i-0"), @"
    error: no item of the list has the id `i-0`
    hint: give the `next` of the page before, with the same filters and over the same reports
    ");
}

#[test]
fn an_accusation_and_its_denial() {
    assert_snapshot!(place().run(&["incidents", "--claims", "coded"]).seen(), @"
    7 March 2031  shelling  Hollin  contested  i-7bf0c65cbdbd
        Orlava accuses; Vesk denies  3 claims, 2 origins
    ");
}

#[test]
fn one_incident_with_everything_behind_it() {
    assert_snapshot!(place().run(&["incident", "a#c2", "--claims", "coded"]).seen(), @"
    7 March 2031  shelling  Hollin  contested  i-7bf0c65cbdbd

      Orlava accuses
        “Veskan guns shelled Hollin on Friday”
          a.txt:1  shelling asserted  a#c1
          leads the incident
        “killing two farmers”
          a.txt:1  casualties asserted  a#c3
          shares with a#c1: an act and its harm, same time, same place, same doer, same target, same sentence

      Vesk denies
        “its guns shelled Hollin”
          a.txt:1  shelling denied  a#c2
          shares with a#c1: same type, same time, same place, same doer, same target, next sentence, one denies what the other says, like words, an accusation and its denial in one report

      2 separate origins
        orlava: quotes Orlava
        vesk: quotes Vesk

      in-scope  Halmora Protocol of 5 March 2031, term 1  f-7bf0c65cbdbd-halmora-2031-1

      in-scope  Lammet ceasefire of 14 November 2030, term 1  f-7bf0c65cbdbd-lammet-2030-1
    ");
}

#[test]
fn filters_and_pages() {
    let place = place();
    let ids = |args: &[&str]| {
        let args: Vec<&str> =
            ["incidents", "--claims", "coded", "--format", "json"].iter().chain(args).copied().collect();
        let page: serde_json::Value = serde_json::from_str(&place.run(&args).stdout).unwrap();
        page["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = ids(&[]);
    assert_eq!(ids(&["--party", "Vesk"]), all);
    assert_eq!(ids(&["--from", "2031-03-08"]), Vec::<String>::new());
    assert_eq!(ids(&["--as-of", "2031-03-07"]), Vec::<String>::new(), "nothing was published by then");
    assert_eq!(ids(&["--after", all.last().unwrap()]), Vec::<String>::new());
}

#[test]
fn tables_maps_and_charts() {
    let place = place();
    let printed = |format: &str| place.run(&["incidents", "--claims", "coded", "--format", format]).stdout;
    assert!(printed("csv").starts_with("id,type,standing,date,place,lat,lon"));
    assert!(printed("geojson").starts_with(r#"{"type":"FeatureCollection""#));
    assert!(printed("svg").contains("Incidents a day"));
}
