//! Reads JSON lines `{"id": …, "text": …}` from standard input and prints, for each, `{"id": …, "text": …, "tokens":
//! [[word, offset in code points, tag, pos, morph, lemma, dep, head, starts a sentence, iob, entity], …]}`.
//!
//! `cargo run --release -p syntax --example dump -- MODEL_FOLDER < texts.jsonl`

#![expect(clippy::print_stdout, reason = "printing is what the program does")]

use std::io::Read;
use std::path::Path;

use serde_json::{Value, json};
use syntax::{Model, Parse};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: dump MODEL_FOLDER < texts.jsonl")?;
    let model = Model::load(Path::new(&folder))?;
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let lines: Vec<Value> = input.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let texts: Vec<&str> = lines.iter().map(|l| l["text"].as_str().unwrap_or("")).collect();
    for (line, parse) in lines.iter().zip(model.parse(&texts)) {
        println!("{}", json!({"id": line["id"], "text": line["text"], "tokens": rows(&parse)}));
    }
    Ok(())
}

fn rows(parse: &Parse) -> Vec<Value> {
    let (mut chars, mut bytes) = (0, 0);
    let mut row = |i: usize| {
        let token = &parse.tokens()[i];
        chars += parse.text().get(bytes..token.span.start).unwrap_or("").chars().count();
        bytes = token.span.start;
        let starts = u8::from(parse.sentence_of(i).start == i);
        let (iob, entity) = match parse.entity_at(i) {
            Some(e) => (if e.tokens.start == i { "B" } else { "I" }, e.kind.as_str()),
            None => ("O", ""),
        };
        let (tag, pos, dep) = (token.tag.as_str(), token.pos.as_str(), token.dep.as_str());
        json!([parse.word(i), chars, tag, pos, &*token.morph, &*token.lemma, dep, token.head, starts, iob, entity])
    };
    (0..parse.len()).map(&mut row).collect()
}
