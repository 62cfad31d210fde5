//! Prints the outermost statements of documents: `{"id", "text"}` lines in, `{"id", "statements"}` lines out, offsets
//! in code points. For scoring against PolNeAR.
//!
//! ```sh
//! cargo run --release -p trucewatch --example statements -- models/en_core_web_md-3.7.1 < texts.jsonl > found.jsonl
//! ```
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error;
use std::io::BufRead;
use std::path::Path;

use serde_json::{Value, json};
use trucewatch::document::{Document, Meta, ParsedDocument, Positions, Span};
use trucewatch::statement::{Statement, statements};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: statements MODEL [--all] < TEXTS")?;
    let all = std::env::args().any(|a| a == "--all");
    let model = syntax::Model::load(Path::new(&folder))?;
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().ok_or("a line without text")?;
        let document = Document::new("bench", text, Meta::default());
        let found = statements(&ParsedDocument::new(&document, &model));
        let positions = Positions::new(text);
        let shown: Vec<Value> =
            found.all().iter().filter(|s| all || is_scored(s)).map(|s| show(s, &positions)).collect();
        println!("{}", json!({"id": row["id"], "statements": shown}));
    }
    Ok(())
}

/// PolNeAR has no statements within others and none without a cue.
fn is_scored(statement: &Statement) -> bool {
    statement.within.is_none() && !statement.cue.is_empty()
}

fn show(statement: &Statement, positions: &Positions) -> Value {
    let spans = |spans: &[Span]| -> Vec<[usize; 2]> {
        spans.iter().map(|s| [positions.code_point(s.start), positions.code_point(s.end)]).collect()
    };
    json!({
        "source": spans(&statement.source),
        "cue": spans(&statement.cue),
        "content": spans(&statement.content),
        "verdict": format!("{:?}", statement.verdict),
        "rule": statement.rule,
    })
}
