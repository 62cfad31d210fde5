//! What a user of `border` meets: two proposals, a register, files in and out.

mod common;

use common::Place;
use insta::assert_snapshot;

fn place() -> Place {
    let place = Place::new();
    place.copy("samples/line", ".");
    place
}

#[test]
fn what_cannot_be_compared_is_told() {
    let place = place();
    let utm = r#"{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32709"}}, "features": []}"#;
    let bow = r#"{"type": "LineString", "coordinates": [[0, 0], [2, 2], [2, 0], [0, 2]]}"#;
    let metres = r#"{"type": "LineString", "coordinates": [[500000, 4400000], [500100, 4400000]]}"#;
    let elsewhere = r#"{"type": "LineString", "coordinates": [[-124.92, -45.48], [-125.0, -46.0]]}"#;
    place
        .file("utm.geojson", utm)
        .file("bow.geojson", bow)
        .file("metres.geojson", metres)
        .file("short.geojson", elsewhere);
    let failed = |second: &str| place.run(&["border", "compare", "border-vesk.geojson", second]).seen();
    assert_snapshot!(failed("nowhere.geojson"));
    assert_snapshot!(failed("utm.geojson"));
    assert_snapshot!(failed("bow.geojson"));
    assert_snapshot!(failed("metres.geojson"));
    assert_snapshot!(failed("short.geojson"));
    assert_snapshot!(failed("roads.geojson"));
    assert_snapshot!(failed("border.jsonl#south/3"));
}

#[test]
fn a_line_that_is_upside_down_is_refused() {
    let place = place();
    let vesk = std::fs::read_to_string(place.path().join("border-vesk.geojson")).unwrap();
    let turned = vesk.replace(r#""left": "orlava", "right": "vesk""#, r#""left": "vesk", "right": "orlava""#);
    place.file("turned.geojson", turned);
    assert_snapshot!(place.run(&["border", "compare", "border-vesk.geojson", "turned.geojson"]).seen());
}

#[test]
fn two_proposals_side_by_side() {
    let ran =
        place().run(&["border", "compare", "border-vesk.geojson", "border-orlava.geojson", "--layer", "roads.geojson"]);
    assert_snapshot!(ran.seen());
}

#[test]
fn versions_of_a_register_are_proposals_too() {
    let place = place();
    let json = |first: &str, second: &str| {
        let ran = place.run(&["border", "compare", first, second, "--format", "json"]);
        serde_json::from_str::<serde_json::Value>(&ran.stdout).unwrap()
    };
    let there = json("border.jsonl#south/1", "border.jsonl#south/2");
    let back = json("border.jsonl#south/2", "border.jsonl#south/1");
    let total = |v: &serde_json::Value, from: &str| {
        let totals = v["totals"].as_array().unwrap().iter();
        totals.filter(|t| t["from"] == from).map(|t| t["m2"].as_f64().unwrap()).sum::<f64>()
    };
    for (from, to) in [("vesk", "orlava"), ("orlava", "vesk")] {
        let (a, b) = (total(&there, from), total(&back, to));
        assert!(a > 1e6 && (a - b).abs() < 1.0, "{from}: {a} {b}");
    }
    let drawn =
        place.run(&["border", "compare", "border.jsonl#south/1", "border.jsonl#south/2", "--format", "geojson"]);
    let drawn: serde_json::Value = serde_json::from_str(&drawn.stdout).unwrap();
    assert_eq!(drawn["features"][0]["properties"]["which"], "first");
}

#[test]
fn how_far_segments_have_come() {
    let place = place();
    assert_snapshot!(place.run(&["border", "status", "border.jsonl"]).seen());
    assert_snapshot!(place.run(&["border", "status", "border.jsonl", "--as-of", "2031-04-08"]).seen());
}

#[test]
fn entries_against_the_rules_change_nothing() {
    let place = place();
    let wrong = "\n{\"at\": \"2031-05-13T10:00Z\", \"by\": \"vesk\", \"segment\": \"south\", \"delimit\": 1}\n";
    let register = std::fs::read_to_string(place.path().join("border.jsonl")).unwrap();
    place.file("more.jsonl", register.clone() + wrong);
    let (before, after) =
        (place.run(&["border", "status", "border.jsonl"]), place.run(&["border", "status", "more.jsonl"]));
    assert_eq!(before.stdout, after.stdout);
    assert_eq!(after.code, 5);
    assert_snapshot!(after.stderr);
    place
        .file("broken.jsonl", register + "{\"at\": \"2031-05-13T10:00Z\", \"by\": \"vesk\", \"segment\": \"south\"}\n");
    assert_snapshot!(place.run(&["border", "status", "broken.jsonl"]).seen());
}

#[test]
fn the_annex_is_a_table() {
    let place = place();
    assert_snapshot!(place.run(&["border", "annex", "border.jsonl", "north"]).seen());
    assert_snapshot!(place.run(&["border", "annex", "border.jsonl", "south"]).seen());
    let csv = place.run(&["border", "annex", "border.jsonl", "south", "--version-number", "2", "--format", "csv"]);
    assert_eq!(csv.stdout.lines().count(), 6);
    assert!(csv.stderr.contains("version 2 is not agreed"));
}

#[test]
fn the_annex_is_a_document() {
    let place = place();
    let ran = place.run(&["border", "annex", "border.jsonl", "north", "--format", "docx", "--to", "annex.docx"]);
    assert_eq!(ran.seen(), "");
    let bytes = std::fs::read(place.path().join("annex.docx")).unwrap();
    assert!(bytes.starts_with(b"PK") && bytes.len() > 2000, "{}", bytes.len());
}

#[test]
fn a_geopackage_in_other_coordinates_is_refused() {
    let place = place();
    assert_eq!(place.run(&["border", "export", "border.jsonl", "all.gpkg"]).code, 0);
    let bend = |name: &str, sql: &str| {
        std::fs::copy(place.path().join("all.gpkg"), place.path().join(name)).unwrap();
        let database = rusqlite::Connection::open(place.path().join(name)).unwrap();
        database.execute_batch(sql).unwrap();
        drop(database);
        place.run(&["border", "compare", &format!("{name}#south/1"), "border.jsonl#south/2"]).seen()
    };
    let utm = "INSERT INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, organization_coordsys_id, definition)
        VALUES ('UTM', 32709, 'EPSG', 32709, 'undefined');
        UPDATE gpkg_contents SET srs_id = 32709; UPDATE gpkg_geometry_columns SET srs_id = 32709;";
    assert_snapshot!(bend("utm.gpkg", utm));
    let unknown = "UPDATE gpkg_contents SET srs_id = 0; UPDATE gpkg_geometry_columns SET srs_id = 0;";
    assert_snapshot!(bend("unknown.gpkg", unknown));
    let names = "SELECT group_concat('DROP TRIGGER \"' || name || '\";', ' ') FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'border'";
    let database = rusqlite::Connection::open(place.path().join("all.gpkg")).unwrap();
    let drops: String = database.query_row(names, [], |row| row.get(0)).unwrap();
    drop(database);
    let mixed = format!(
        "{drops} UPDATE border SET geom = CAST(substr(geom, 1, 4) || x'C57F0000' || substr(geom, 9) AS BLOB) WHERE id = 'south/1';"
    );
    assert_snapshot!(bend("mixed.gpkg", &mixed));
}

#[test]
fn out_into_files_and_in_again() {
    let place = place();
    let import = |file: &str| {
        let args = ["border", "import", file, "--segment", "s", "--by", "vesk", "--at", "2031-06-01T10:00Z"];
        place.run(&args)
    };
    assert_eq!(place.run(&["border", "export", "border.jsonl", "all.gpkg"]).code, 0);
    assert_eq!(place.run(&["border", "export", "border.jsonl", "all.geojson"]).code, 0);
    let [gpkg, geojson] = ["all.gpkg#south/2", "all.geojson#south/2"].map(|f| import(f).stdout);
    assert!(gpkg.contains(r#""line":[[-125.02,-46.2],[-124.9,-45.95],"#), "{gpkg}");
    assert_eq!(gpkg, geojson);
    assert_snapshot!(place.run(&["border", "export", "border.jsonl", "all.gpkg"]).seen());
    assert_snapshot!(place.run(&["border", "export", "border.jsonl", "all.shp"]).seen());
}
