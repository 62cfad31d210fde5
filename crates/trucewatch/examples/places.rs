//! Finds places in documents: `{"id", "text"}` a line on standard input, `{"id", "places"}` a line on standard output.
//!
//! `cargo run --release --example places -- MODEL_FOLDER [ATLAS_FILE] < in.jsonl > out.jsonl`; offsets count code points.
//! Names in the names of bodies and adjectives are counted as places, as GeoWebNews does.

use std::io::{BufRead, Write};

use anyhow::Context;
use serde_json::{Value, json};
use trucewatch::document::{Document, Meta, ParsedDocument, Positions};
use trucewatch::pack::Knowledge;
use trucewatch::place::{Atlas, Gazetteer, Mention, MentionKind, mentions};

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().context("the first argument is the folder of the language model")?;
    let model = syntax::Model::load(folder.as_ref())?;
    let atlas = args.next().map(|path| read_atlas(&path)).transpose()?;
    let gazetteer = Gazetteer::new(&Knowledge::default(), atlas);
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row.get("text").and_then(Value::as_str).context("a line has no text")?;
        let document = Document::new("", text, Meta::default());
        let parsed = ParsedDocument::new(&document, &model);
        let positions = Positions::new(text);
        let found: Vec<Value> = mentions(&parsed, &gazetteer)
            .iter()
            .filter(|m| m.kind != MentionKind::Feature)
            .map(|m| wire(&parsed, &positions, m))
            .collect();
        writeln!(out, "{}", json!({"id": row.get("id"), "places": found}))?;
    }
    Ok(())
}

fn read_atlas(path: &str) -> anyhow::Result<Atlas> {
    let bytes = std::fs::read(path).with_context(|| format!("{path} cannot be read"))?;
    Ok(Atlas::from_bytes(bytes)?)
}

fn wire(parsed: &ParsedDocument<'_>, positions: &Positions<'_>, mention: &Mention) -> Value {
    let span = parsed.paragraphs.get(mention.paragraph).map_or(mention.span, |p| p.span_of(mention.core.clone()));
    let best = mention.choice.best();
    json!({
        "start": positions.code_point(span.start), "end": positions.code_point(span.end), "name": mention.name,
        "lat": best.map(|r| r.lat), "lon": best.map(|r| r.lon), "id": best.map(|r| &r.id), "why": best.map(|r| &r.why),
    })
}
