//! Gathers claims coded by hand: documents (`name.txt`) with their claims beside them (`name.json`, wire form).
//!
//! `coded incidents FOLDER… [--pack FOLDER…]` prints incidents as JSON; `coded brief …` prints a brief;
//! `json` and `geojson` print it, and the incidents, as such; `pairs` prints what the weights are made from.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use publish::{geojson, markdown, v1};
use trucewatch::brief::brief;
use trucewatch::claim::Claim;
use trucewatch::finding::check;
use trucewatch::incident::{Record, Source, gather, training};
use trucewatch::pack::{Knowledge, Pack, PackFile};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let (folders, packs) = match rest.iter().position(|a| a == "--pack") {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (&rest[..], &rest[..0]),
    };
    let packs: Result<Vec<Pack>, _> = packs.iter().map(|p| pack(Path::new(p))).collect();
    let knowledge = Knowledge::new(packs?);
    let (mut claims, mut sources) = (Vec::new(), Vec::new());
    for path in folders.iter().flat_map(|f| documents(Path::new(f))) {
        let (source, coded) = read(&path, &knowledge)?;
        sources.push(source);
        claims.extend(coded);
    }
    let record = Record::new(&claims, &sources, &knowledge);
    let incidents = gather(&record);
    let out = match what.as_str() {
        "incidents" => {
            let items = incidents.iter().map(v1::Incident::new).collect();
            serde_json::to_string_pretty(&v1::Page::<v1::Incident> { items, next: None })?
        }
        "brief" | "json" => {
            let findings = check(&record, &incidents, None);
            let brief = brief(&record, &incidents, &findings, None);
            if what == "brief" { markdown(&brief) } else { serde_json::to_string_pretty(&v1::Brief::new(&brief))? }
        }
        "geojson" => geojson(&incidents),
        "pairs" => pairs(&record),
        other => return Err(format!("`{other}` is none of incidents, brief, json, geojson").into()),
    };
    writeln!(std::io::stdout(), "{out}")?;
    Ok(())
}

/// The pairs that are compared, as tab-separated values: what the weights are made from.
fn pairs(record: &Record<'_>) -> String {
    let head = format!("a\tb\tkinds\t{}", training::names().join("\t"));
    let row = |p: &training::Pair| {
        let inputs: Vec<String> = p.inputs.iter().map(f32::to_string).collect();
        format!("{}\t{}\t{} {}\t{}", p.a, p.b, p.kinds.0, p.kinds.1, inputs.join("\t"))
    };
    let rows = training::pairs(record);
    std::iter::once(head).chain(rows.iter().map(row)).collect::<Vec<_>>().join("\n")
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let mut texts: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    texts.sort();
    texts
}

fn read(path: &Path, knowledge: &Knowledge) -> Result<(Source, Vec<Claim>), Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let wire: v1::Document = serde_json::from_str(&fs::read_to_string(path.with_extension("json"))?)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let coded = v1::Coded::new(&stem, &text, wire, knowledge)?;
    Ok((coded.source, coded.claims))
}

fn pack(folder: &Path) -> Result<Pack, Box<dyn Error>> {
    let mut files = Vec::new();
    for dir in [folder.to_path_buf(), folder.join("agreements")] {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten().filter(|e| e.path().is_file()) {
            let path = entry.path().strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            files.push(PackFile { path, content: fs::read_to_string(entry.path())? });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Pack::read(&files)?)
}
