//! Time expressions of documents: reads lines `{"id", "dct"?, "text"}`, prints `{"id", "dates": […]}`.
//!
//! `dates MODEL < documents.jsonl > dates.jsonl`; offsets count code points, the form that scorers of TIMEX3 take.

use std::io::{BufRead, Write};
use std::path::Path;

use serde_json::{Value, json};
use trucewatch::document::{Document, Meta, ParsedDocument, Positions};
use trucewatch::when::{Expression, date_document, expressions};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let path = std::env::args().nth(1).ok_or("usage: dates MODEL < documents.jsonl")?;
    let model = syntax::Model::load(Path::new(&path))?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        writeln!(out, "{}", read(&row, &model)?)?;
    }
    Ok(())
}

fn read(row: &Value, model: &syntax::Model) -> Result<Value, Failure> {
    let text = row["text"].as_str().ok_or("a line without `text`")?;
    let document = Document::new("", text, Meta::default());
    let parsed = ParsedDocument::new(&document, model);
    let given = row["dct"].as_str().map(str::parse).transpose()?;
    let dated = date_document(&parsed, jiff::civil::date(2026, 1, 1));
    let anchor = given.or_else(|| dated.value.as_ref().and_then(|d| d.interval.first_day()));
    let positions = Positions::new(text);
    let dates: Vec<Value> = expressions(&parsed, anchor).iter().map(|e| row_of(e, &positions)).collect();
    let own = dated.value.map(|d| json!({"date": d.interval.to_string(), "how": d.how}));
    let notes: Vec<&str> = dated.notes.iter().map(|n| n.message.as_str()).collect();
    Ok(json!({"id": row["id"], "dates": dates, "dated": own, "notes": notes}))
}

fn row_of(expression: &Expression, positions: &Positions) -> Value {
    json!({
        "start": positions.code_point(expression.span.start),
        "end": positions.code_point(expression.span.end),
        "type": expression.kind.as_str(),
        "value": expression.timex,
        "interval": expression.interval.map(|i| i.to_string()),
    })
}
