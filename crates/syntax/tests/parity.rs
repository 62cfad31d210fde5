//! spaCy's own output on 470 invented texts (`make_fixtures.py`), which ours must equal in every field.

mod common;

use serde_json::{Value, json};
use syntax::Parse;

/// The version of the weights that `fixtures/parses.jsonl` was dumped with.
const VERSION: &str = "3.7.1";

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn every_field_of_every_token_is_spacys() {
    let Some(model) = common::model("every_field_of_every_token_is_spacys") else { return };
    if model.version() != VERSION {
        eprintln!("skipped every_field_of_every_token_is_spacys: the model is {}, not {VERSION}", model.version());
        return;
    }
    let lines: Vec<Value> =
        include_str!("fixtures/parses.jsonl").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(lines.len() >= 400, "all fixtures are there");
    let texts: Vec<&str> = lines.iter().map(|l| l["text"].as_str().unwrap()).collect();
    let mut differences = Vec::new();
    for (line, parse) in lines.iter().zip(model.parse(&texts)) {
        let (expected, found) = (line["tokens"].as_array().unwrap(), rows(&parse));
        for (e, f) in expected.iter().zip(&found).filter(|(e, f)| e != f) {
            differences.push(format!("{}: {f} where spaCy has {e}", line["id"]));
        }
        if expected.len() != found.len() {
            differences.push(format!("{}: {} tokens where spaCy has {}", line["id"], found.len(), expected.len()));
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// The fields in the order of `scripts/spacy_dump.py`.
fn rows(parse: &Parse) -> Vec<Value> {
    let row = |i: usize| {
        let token = &parse.tokens()[i];
        let offset = parse.text().get(..token.span.start).unwrap().chars().count();
        let starts = u8::from(parse.sentence_of(i).start == i);
        let (iob, kind) = match parse.entity_at(i) {
            Some(e) => (if e.tokens.start == i { "B" } else { "I" }, e.kind.as_str()),
            None => ("O", ""),
        };
        let (tag, pos, dep) = (token.tag.as_str(), token.pos.as_str(), token.dep.as_str());
        json!([parse.word(i), offset, tag, pos, &*token.morph, &*token.lemma, dep, token.head, starts, iob, kind])
    };
    (0..parse.len()).map(row).collect()
}
