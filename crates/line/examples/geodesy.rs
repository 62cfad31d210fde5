//! Measures lines and rings, and compares proposals, as lines of JSON from standard input to standard output;
//! `scripts/check_line.py` sets them against GeographicLib.
//!
//! In: `{"ring": [[lon, lat], …]}`, or `{"first": [[lon, lat], …], "second": […]}`.
//! Out: `{"length": m, "area": m2}`, or `{"length": …, "changes": [{"area": m2, "from": side, "rings": [[[lon, lat], …]]}]}`.

use std::io::{self, BufRead, Write};

use geo::Coord;
use line::border::{Proposal, compare};
use line::{Course, earth};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let answer = if case.get("ring").is_some() { measured(&case) } else { compared(&case) };
        writeln!(out, "{}", answer.unwrap_or_else(|e| json!({ "refused": e })))?;
    }
    Ok(())
}

fn positions(case: &Value, name: &str) -> Result<Vec<Coord>, String> {
    let pairs: Vec<[f64; 2]> = serde_json::from_value(case[name].clone()).map_err(|e| e.to_string())?;
    Ok(pairs.into_iter().map(Coord::from).collect())
}

fn measured(case: &Value) -> Result<Value, String> {
    let ring = positions(case, "ring")?;
    Ok(json!({ "length": earth::length(&ring), "area": earth::area(&ring) }))
}

fn compared(case: &Value) -> Result<Value, String> {
    let proposal = |name| {
        let course = Course::new(&positions(case, name)?).map_err(|e| e.to_string())?;
        Ok::<_, String>(Proposal { course, enclaves: Vec::new() })
    };
    let found = compare(&proposal("first")?, &proposal("second")?, 1.0).map_err(|e| e.to_string())?;
    let rings = |rings: &[Vec<Coord>]| -> Vec<Vec<[f64; 2]>> {
        rings.iter().map(|r| r.iter().map(|&c| c.into()).collect()).collect()
    };
    let changes = found.changes.iter().map(|c| json!({ "area": c.area_m2, "from": c.from, "rings": rings(&c.rings) }));
    Ok(json!({ "length": found.first_m, "changes": changes.collect::<Vec<_>>() }))
}
