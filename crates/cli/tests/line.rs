//! What a user of `line` meets: coverage by day, sight over ground, plans for posts.

mod common;

use common::Place;
use insta::assert_snapshot;

const LINE: &str = "line-of-contact";

fn place() -> Place {
    let place = Place::new();
    place.copy("samples/line", ".");
    place
}

/// A tile with a ridge from north to south, 300 m high, a tenth of a degree east of its western edge.
fn ridge() -> Vec<u8> {
    let cells = (0..1201).flat_map(|_| 0..1201);
    cells.flat_map(|column| (if column == 120 { 300i16 } else { 10 }).to_be_bytes()).collect()
}

#[test]
fn what_is_wrong_is_told() {
    let place = place();
    let failed = |line: &str, more: &[&str]| {
        let args: Vec<&str> = ["line", "coverage", line, "--from", "2031-03-08"].iter().chain(more).copied().collect();
        place.run(&args).seen()
    };
    place.file("bad.toml", "[[watch]]\nid = \"a\"\nlat = 1\nlon = 2\nreach-km = 3\nhours = [\"6 to 8\"]\n");
    place.file("patrol.toml", "[[watch]]\nid = \"a\"\nkind = \"patrol\"\nlat = 1\nlon = 2\nreach-km = 3\n");
    place.file("S46W125.hgt", [0; 10]);
    assert_snapshot!(failed("nowhere", &["--pack", "vesk-orlava"]));
    assert_snapshot!(failed("separation-zone", &["--pack", "vesk-orlava"]));
    assert_snapshot!(failed(LINE, &["--posts", "bad.toml"]));
    assert_snapshot!(failed(LINE, &["--posts", "patrol.toml"]));
    assert_snapshot!(failed(LINE, &["--terrain", "S46W125.hgt"]));
    assert_snapshot!(failed(LINE, &["--to", "2031-03-07"]));
    assert_snapshot!(failed(LINE, &["--incidents", "posts.toml"]));
}

#[test]
fn who_watched_on_two_days() {
    let args =
        ["line", "coverage", LINE, "--posts", "posts.toml", "--incidents", "incidents.json", "--from", "2031-03-07"];
    let ran = place().run(&[&args[..], &["--to", "2031-03-08"]].concat());
    assert_snapshot!(ran.seen());
}

#[test]
fn forms_of_coverage() {
    let place = place();
    let printed = |format: &str| {
        let args = ["line", "coverage", LINE, "--posts", "posts.toml", "--from", "2031-03-08", "--stretch", "20"];
        let ran = place.run(&[&args[..], &["--format", format]].concat());
        serde_json::from_str::<serde_json::Value>(&ran.stdout).unwrap()
    };
    let day = &printed("json")["days"][0];
    let sum: f64 = ["observed_m", "partly_m", "not_m"].iter().map(|k| day[k].as_f64().unwrap()).sum();
    assert!((sum - 140_400.0).abs() < 100.0, "{sum}");
    assert_eq!(printed("geojson")["features"].as_array().unwrap().len(), 8);
}

#[test]
fn a_ridge_is_in_the_way() {
    let place = Place::new();
    place.file("S46W125.hgt", ridge());
    place.file("posts.toml", "[[watch]]\nid = \"a\"\nlat = -45.5\nlon = -124.95\nreach-km = 12\n");
    let line = r#"{"type": "LineString", "coordinates": [[-124.98, -45.5], [-124.82, -45.5]]}"#;
    place.file("line.geojson", line);
    let args = ["line", "sight", "a", "line.geojson", "--posts", "posts.toml"];
    assert_snapshot!(place.run(&args).seen());
    let over = [&args[..], &["--terrain", "."]].concat();
    assert_snapshot!(place.run(&over).seen());
    let drawn = place.run(&[&over[..], &["--format", "geojson"]].concat());
    let drawn: serde_json::Value = serde_json::from_str(&drawn.stdout).unwrap();
    assert_eq!(drawn["features"].as_array().unwrap().last().unwrap()["properties"]["kind"], "seen-ground");
}

#[test]
fn where_three_posts_should_stand() {
    let args = ["line", "plan", LINE, "--posts", "posts.toml", "--sites", "sites.toml", "--count", "3", "--apart", "6"];
    let by_hand = [&args[..], &["--incidents", "incidents.json", "--solver", "none"]].concat();
    let place = place();
    assert_snapshot!(place.run(&by_hand).seen());
    let all = place.run(&[
        "line",
        "plan",
        LINE,
        "--sites",
        "sites.toml",
        "--count",
        "8",
        "--as-if-agreed",
        "--solver",
        "none",
    ]);
    assert!(all.stdout.contains("8 of 8 posts"), "{}", all.stdout);
    let drawn = place.run(&[&by_hand[..], &["--format", "geojson"]].concat());
    assert!(drawn.stdout.contains(r#""kind":"planned""#) && drawn.stdout.contains(r#""seen":"with-plan""#));
    assert_snapshot!(place.run(&["line", "plan", LINE, "--sites", "none.toml", "--count", "1"]).seen());
}
