//! Figures of coded claims against what the reader finds in their quotes.
//!
//! `figures MODEL FOLDER…`: each folder holds `NAME.txt` with `NAME.json`, claims with quotes and figures.
//! Prints one line a difference and, last, precision and recall over (what, who, min, max).

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use serde_json::Value;
use trucewatch::document::{Document, Meta, ParsedDocument, Span};
use trucewatch::figure::{Amount, Quantity, quantities};

type Failure = Box<dyn std::error::Error>;
type Key = (String, String, Option<Amount>, Option<Amount>);

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let model = syntax::Model::load(Path::new(&args.next().ok_or("usage: figures MODEL FOLDER…")?))?;
    let mut out = std::io::stdout().lock();
    let mut counts = [0_usize; 3];
    for folder in args {
        let mut files: Vec<_> = std::fs::read_dir(&folder)?.collect::<Result<_, _>>()?;
        files.sort_by_key(std::fs::DirEntry::path);
        for file in files.iter().map(std::fs::DirEntry::path).filter(|p| p.extension().is_some_and(|e| e == "json")) {
            let gold: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
            let text = std::fs::read_to_string(file.with_extension("txt"))?;
            compare(&gold, &text, &model, &mut counts, &mut out)?;
        }
    }
    let [right, found, coded] = counts;
    writeln!(out, "right {right} found {found} coded {coded}")?;
    Ok(())
}

fn compare(
    gold: &Value,
    text: &str,
    model: &syntax::Model,
    counts: &mut [usize; 3],
    out: &mut impl Write,
) -> Result<(), Failure> {
    let document = Document::new("", text, Meta::default());
    let parsed = ParsedDocument::new(&document, model);
    let all: Vec<Quantity> = parsed.paragraphs.iter().flat_map(quantities).collect();
    for claim in gold["claims"].as_array().into_iter().flatten() {
        let quote = claim["quote"].as_str().unwrap_or("");
        let coded: BTreeSet<Key> = claim["figures"].as_array().into_iter().flatten().filter_map(coded_key).collect();
        let Some(start) = text.find(quote).filter(|_| !coded.is_empty()) else { continue };
        let span = Span::new(start, start + quote.len());
        let kind = claim["type"].as_str().unwrap_or("");
        let within = all.iter().filter(|q| span.holds(q.span) && belongs(q, kind));
        let found: BTreeSet<Key> = within.filter_map(key).collect();
        counts[0] += coded.intersection(&found).count();
        counts[1] += found.len();
        counts[2] += coded.len();
        for missed in coded.difference(&found) {
            writeln!(out, "- {} | {}", shown(missed), quote.replace('\n', " "))?;
        }
        for extra in found.difference(&coded) {
            writeln!(out, "+ {} | {}", shown(extra), quote.replace('\n', " "))?;
        }
    }
    Ok(())
}

/// Whether a claim of this type would carry the quantity: tolls on casualties, the rest elsewhere.
fn belongs(quantity: &Quantity, kind: &str) -> bool {
    use trucewatch::figure::Counted::{Casualties, Killed, Missing, Wounded};
    let toll = matches!(quantity.what, Some(Killed | Wounded | Casualties | Missing));
    toll == (kind == "casualties")
}

fn coded_key(figure: &Value) -> Option<Key> {
    let amount = |v: &Value| v.as_f64().and_then(Amount::new);
    let name = |v: &Value| v.as_str().map(str::to_owned);
    Some((
        name(&figure["what"])?,
        name(&figure["who"]).unwrap_or_else(|| "any".to_owned()),
        amount(&figure["min"]),
        amount(&figure["max"]),
    ))
}

fn key(quantity: &Quantity) -> Option<Key> {
    Some((quantity.what?.as_str().to_owned(), quantity.who.as_str().to_owned(), quantity.min, quantity.max))
}

fn shown((what, who, min, max): &Key) -> String {
    let bound = |n: &Option<Amount>| n.map_or_else(|| "open".to_owned(), |n| n.to_string());
    format!("{what} {who} {}-{}", bound(min), bound(max))
}
