//! The bodies of a folder of saved pages as one JSON object, in the form that benchmarks of body extraction compare:
//! `{"name": {"articleBody": "…"}, …}`, a page going by its file name without its endings.
//!
//! `cargo run --release -p intake --example bodies -- FOLDER > bodies.json`

#![expect(clippy::print_stdout, reason = "printing is what the program does")]

use std::collections::BTreeMap;
use std::path::Path;

use intake::files::{Shelf, reports};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: bodies FOLDER")?;
    let (found, _) = reports(Path::new(&folder));
    let mut bodies = BTreeMap::new();
    for named in found {
        let name = named.name.split('.').next().unwrap_or_default().to_owned();
        let body = Shelf::default().report(&named).map(|r| r.document.text().to_owned()).unwrap_or_default();
        bodies.insert(name, serde_json::json!({ "articleBody": body }));
    }
    println!("{}", serde_json::to_string(&bodies)?);
    Ok(())
}
