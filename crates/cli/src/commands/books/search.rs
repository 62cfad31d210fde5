//! `trucewatch search`: documents by their words and by where their claims are.

use std::io::Write;
use std::path::Path;

use ledger::search::{Hit, Query};
use serde_json::json;

use crate::args::books::{Format, Search};
use crate::failure::{Exit, Failure, note};
use crate::output::text::flat;
use crate::output::{Paint, json};

/// Looks and prints.
pub(super) fn run(args: &Search, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let ledger = super::open(path)?;
    let query = Query {
        phrases: phrases(&args.words.join(" ")),
        near: args.near.map(|n| [n.lat, n.lon, n.km]),
        from: args.from.map(|d| d.to_string()),
        to: args.to.map(|d| d.to_string()),
        limit: args.limit,
    };
    let hits = ledger.search(&query, ledger.moment(args.as_of.as_of)?)?;
    if hits.is_empty() {
        note("nothing that is kept has all of these");
    }
    match args.format {
        Format::Json => {
            out.write_all(json::pretty(&json!({"items": hits.iter().map(wire).collect::<Vec<_>>()})).as_bytes())?
        }
        Format::Text => hits.iter().try_for_each(|hit| out.write_all(lines(hit).as_bytes()))?,
    }
    Ok(Exit::Done)
}

/// Single words, and words in quotation marks together.
fn phrases(words: &str) -> Vec<String> {
    let parts = words.split('"').enumerate();
    let split = |(i, part): (usize, &str)| match i % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
        _ => vec![part.trim().to_owned()],
    };
    parts.flat_map(split).filter(|p| p.chars().any(char::is_alphanumeric)).collect()
}

fn lines(hit: &Hit) -> String {
    let paint = Paint::of_stdout();
    let id = hit.document.chars().take(12).collect::<String>();
    let day = if hit.day.is_empty() { "undated" } else { &hit.day };
    let head =
        format!("{}  {}", paint.name(&flat(&hit.name)), paint.faint(&format!("{day}, entry {}, {id}", hit.entry)));
    let parts = hit.words.split('\u{2}').enumerate().map(|(i, part)| match (i, part.split_once('\u{3}')) {
        (0, _) | (_, None) => flat(part),
        (_, Some((found, rest))) => format!("{}{}", paint.marked(&flat(found)), space(rest)),
    });
    let words: String = parts.collect::<Vec<_>>().join(" ");
    if words.is_empty() { format!("{head}\n") } else { format!("{head}\n  {words}\n") }
}

/// What follows a marked word, set off as it was.
fn space(rest: &str) -> String {
    let gap = if rest.starts_with(char::is_whitespace) { " " } else { "" };
    format!("{gap}{}", flat(rest))
}

fn wire(hit: &Hit) -> serde_json::Value {
    let words = hit.words.replace(['\u{2}', '\u{3}'], "");
    json!({"entry": hit.entry, "document": hit.document, "doc": hit.name, "published": hit.day, "words": words})
}

#[cfg(test)]
mod tests {
    use super::phrases;

    #[test]
    fn marks_alone_are_no_words() {
        assert!(phrases("\" - \" *").is_empty());
    }

    #[test]
    fn words_in_quotation_marks_stay_together() {
        assert_eq!(phrases("fire \"line of contact\" Hollin"), ["fire", "line of contact", "Hollin"]);
    }
}
