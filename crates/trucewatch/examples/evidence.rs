//! Prints what the weights are trained on: `evidence MODEL PACKS GOLD OUT` writes a JSON file of clauses for every
//! coded document of GOLD. See `scripts/train_weights.py`.

use std::error::Error;
use std::path::Path;

use serde_json::json;
use trucewatch::claim::{Findings, training};
use trucewatch::document::{Document, Meta, ParsedDocument, Positions};
use trucewatch::pack::{Knowledge, Pack, PackFile};
use trucewatch::party::{Mentions, Names};
use trucewatch::statement::{speaker, statements};
use trucewatch::when::Interval;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Files of a pack that bear on names.
const FILES: [&str; 5] = ["pack.toml", "parties.toml", "officials.toml", "outlets.toml", "conflicts.toml"];

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, packs, gold, out] = &arguments[..] else {
        return Err("usage: evidence MODEL PACKS GOLD OUT".into());
    };
    let model = syntax::Model::load(Path::new(model))?;
    let knowledge = Knowledge::new(packs.split(',').map(|p| pack(Path::new(p))).collect::<Outcome<_>>()?);
    let names = Names::new(&knowledge);
    std::fs::create_dir_all(out)?;
    for entry in std::fs::read_dir(gold)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "json") {
            let clauses = clauses(&path, &model, &knowledge, &names)?;
            std::fs::write(Path::new(out).join(path.file_name().unwrap_or_default()), clauses)?;
        }
    }
    Ok(())
}

fn pack(folder: &Path) -> Outcome<Pack> {
    let mut files = Vec::new();
    for path in FILES {
        if let Ok(content) = std::fs::read_to_string(folder.join(path)) {
            files.push(PackFile { path: path.to_owned(), content });
        }
    }
    Ok(Pack::read(&files)?)
}

/// The clauses of one coded document as JSON, offsets in code points.
fn clauses(path: &Path, model: &syntax::Model, knowledge: &Knowledge, names: &Names) -> Outcome<String> {
    let record: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let published: Option<Interval> = record["published"].as_str().and_then(|p| p.parse().ok());
    let text = std::fs::read_to_string(path.with_extension("txt"))?;
    let document = Document::new("", text, Meta { published, ..Meta::default() });
    let parsed = ParsedDocument::new(&document, model);
    let day = published.and_then(Interval::last_day);
    let mentions = Mentions::new(&parsed, names, knowledge, day);
    let statements = statements(&parsed);
    let found = Findings {
        mentions: &mentions,
        sources: &speaker::sources(&parsed, &mentions, &statements),
        statements: &statements,
        quantities: &[],
        expressions: &[],
        places: &[],
        day,
        published,
    };
    let positions = Positions::new(document.text());
    let clause = |c: &training::TrainingClause| {
        json!({
            "start": positions.code_point(c.span.start), "end": positions.code_point(c.span.end),
            "p": c.paragraph, "s": c.sentence, "w": c.words, "f": c.form, "d": c.dense,
        })
    };
    let clauses: Vec<_> = training::clauses(&parsed, &found).iter().map(clause).collect();
    Ok(serde_json::to_string(&clauses)?)
}
