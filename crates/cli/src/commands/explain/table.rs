//! The parse of a sentence as a table.

use std::fmt::Write;

use trucewatch::document::{ParsedDocument, ParsedParagraph, Span};

/// One line a token: number, word, lemma, tag, relation and head, name.
pub(super) fn parse(parsed: &ParsedDocument<'_>, sentence: Span) -> String {
    let mut out = String::new();
    for paragraph in parsed.paragraphs.iter().filter(|p| p.span.meets(sentence)) {
        rows(paragraph, sentence, &mut out);
    }
    out
}

fn rows(paragraph: &ParsedParagraph, sentence: Span, out: &mut String) {
    let parse = &paragraph.parse;
    let run = paragraph.tokens_in(sentence);
    let first = run.start;
    let width = run.clone().map(|i| parse.word(i).chars().count()).max().unwrap_or(0);
    for i in run {
        let Some(token) = parse.tokens().get(i).filter(|_| !parse.word(i).trim().is_empty()) else { continue };
        let head =
            if token.head == i { String::new() } else { format!("→ {}", token.head - first.min(token.head) + 1) };
        let name = parse.entity_at(i).map(|e| e.kind.to_string()).unwrap_or_default();
        let line = format!(
            "  {:>3}  {:<width$}  {:<14}  {:<5}  {:<9}  {head:<6}  {name}",
            i - first + 1,
            parse.word(i),
            &*token.lemma,
            token.tag.as_str(),
            token.dep.as_str(),
        );
        writeln!(out, "{}", line.trim_end()).ok();
    }
}
