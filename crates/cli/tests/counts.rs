//! Figures and promises over ready claims: what a user of `tolls` and `promises` meets.

mod common;

use common::Place;
use insta::assert_snapshot;

const TEXT: &str = "\
Orlava said that nine of its soldiers have been killed since the Halmora truce. Vesk spoke of four dead on its side and \
counted 17 breaches by Orlava. All prisoners will be handed over, Vesk said. Orlava said that Vesk has handed over nobody. \
About 400 people, at least 450 of them civilians, have died since the fighting began, the Courier wrote.
";

const CLAIMS: &str = r#"{"doc": "a.txt", "published": "2031-03-12", "claims": [
    {"id": "c1", "quote": "nine of its soldiers have been killed since the Halmora truce", "type": "casualties", "mode": "asserted",
     "speaker": "Orlava", "speaker_party": "orlava", "target": ["orlava"], "date": "2031-03-06/..",
     "figures": [{"what": "killed", "who": "military", "side": "orlava", "min": 9, "max": 9}]},
    {"id": "c2", "quote": "four dead on its side", "type": "casualties", "mode": "asserted",
     "speaker": "Vesk", "speaker_party": "vesk", "target": ["vesk"], "date": "2031-03-06/..",
     "figures": [{"what": "killed", "who": "any", "side": "vesk", "min": 4, "max": 4}]},
    {"id": "c3", "quote": "counted 17 breaches by Orlava", "type": "violation", "mode": "asserted", "speaker": "Vesk",
     "speaker_party": "vesk", "actor": ["orlava"], "target": ["vesk"], "date": "2031-03-06/..",
     "figures": [{"what": "violations", "who": "any", "side": "orlava", "min": 17, "max": 17}]},
    {"id": "c4", "quote": "All prisoners will be handed over", "type": "exchange", "mode": "planned", "speaker": "Vesk",
     "speaker_party": "vesk", "actor": ["vesk", "orlava"]},
    {"id": "c5", "quote": "Vesk has handed over nobody", "type": "exchange", "mode": "denied", "speaker": "Orlava",
     "speaker_party": "orlava", "actor": ["vesk", "orlava"], "date": "2031-03-12"},
    {"id": "c6", "quote": "About 400 people, at least 450 of them civilians, have died since the fighting began", "type": "casualties",
     "mode": "asserted", "speaker": "narrator", "speaker_party": "media", "date": "2031-02-20/2031-03-12",
     "figures": [{"what": "killed", "who": "any", "min": 400, "max": 400, "approx": true},
                 {"what": "killed", "who": "civilian", "min": 450}]}
]}"#;

fn place() -> Place {
    Place::coded(TEXT, CLAIMS)
}

#[test]
fn what_is_none_of_the_words_known_is_told() {
    let failed = |args: &[&str]| place().run(args).stderr;
    assert_snapshot!(failed(&["tolls", "--claims", "coded", "--since", "yesterday"]).lines().next().unwrap(), @"error: no pack in use knows the agreement `yesterday`");
    assert_snapshot!(failed(&["promises", "--claims", "coded", "--state", "kept"]), @"
    error: `kept` is no state of a promise
    hint: there are named, sought, agreed, under-way, restricted, done, ended
    ");
}

#[test]
fn how_many_since_this_ceasefire_according_to_each_side() {
    assert_snapshot!(place().run(&["tolls", "--claims", "coded", "--since", "halmora-2031", "--by", "side"]).seen(), @"
    Since the Halmora Protocol of 5 March 2031; stated by each voice, added up nowhere
    Orlava
      9 dead, military, of Orlava  place not said  6–12 March 2031 (since-truce)
          Orlava  a#c1
    Vesk
      4 dead, of Vesk  place not said  6–12 March 2031 (since-truce)
          Vesk  a#c2
      17 violations, by Orlava  place not said  6–12 March 2031 (since-truce)
          Vesk  a#c3
    ");
}

#[test]
fn parts_that_are_more_than_their_total_are_flagged_and_left() {
    let json = place().run(&["tolls", "--claims", "coded", "--category", "dead", "--format", "json"]).stdout;
    assert!(json.contains("part exceeds total"), "{json}");
    let csv = place().run(&["tolls", "--claims", "coded", "--category", "dead", "--format", "csv"]).stdout;
    assert!(csv.lines().any(|l| l.contains(",any,,400,400,true,")), "{csv}");
}

#[test]
fn a_chart_of_tolls() {
    let svg = place().run(&["tolls", "--claims", "coded", "--since", "halmora-2031", "--format", "svg"]).stdout;
    assert!(svg.starts_with("<svg") && svg.contains("dead since halmora-2031"), "{svg}");
}

#[test]
fn a_promise_that_is_denied_stays_a_promise() {
    assert_snapshot!(place().run(&["promises", "--claims", "coded", "--type", "exchange"]).seen(), @"
    exchange  Vesk, Orlava  agreed  said by Vesk; disputed by Orlava  p-1bfef87c8fcb
        12 March 2031  vesk promise: “All prisoners will be handed over”  a#c4
        12 March 2031  orlava denial: “Vesk has handed over nobody”  a#c5
        not-done halmora-2031: term 3, by 9 March 2031, owed by vesk, orlava
    due, and not spoken of in what was read
        overdue halmora-2031: term 4, by 10 March 2031, owed by vesk, orlava
        due halmora-2031: term 9, by 31 March 2031, owed by vesk, orlava, dovrel_brigade
    ");
    let json = place().run(&["promises", "--claims", "coded", "--type", "exchange", "--format", "json"]).stdout;
    assert!(json.contains("\"state\": \"agreed\"") && json.contains("\"unspoken\""), "{json}");
}
