//! `trucewatch explain`: a claim with its sentence, the parse, and what made each field.

mod table;

use std::io::Write;

use desk::{Documents, Read, SystemWorld};
use trucewatch::claim::{AGREEMENT_RULE, Claim, Traced};
use trucewatch::document::{ParsedDocument, Positions, Span};

use crate::args;
use crate::failure::{Exit, Failure};
use crate::output::Paint;
use crate::output::text::{figure, flat, heading};
use crate::progress::Progress;

/// Finds the claim in what was named and shows it.
pub(super) fn run(args: &args::Explain, out: &mut dyn Write) -> Result<Exit, Failure> {
    let documents = Documents::named(&args.paths, &args.intake.options())?;
    let world = SystemWorld::open(&args.world.options())?;
    let wanted = |claim: &Claim| claim.id.starts_with(&args.claim);
    let mut found: Vec<Read> = Vec::new();
    let extent = documents.each(
        &Progress::new(),
        |received| world.read(received).map(|r| Some(r).filter(|r| r.reading.claims.iter().any(wanted))),
        |read| {
            found.extend(read?);
            Ok::<(), Failure>(())
        },
    )?;
    let claims: Vec<(&Read, &Claim)> =
        found.iter().flat_map(|r| r.reading.claims.iter().filter(|c| wanted(c)).map(move |c| (r, c))).collect();
    match claims.as_slice() {
        [] => Err(missing(&args.claim)),
        [(read, claim)] => {
            show(read, claim, &world, out)?;
            Ok(extent.into())
        }
        [_, ..] if same(&claims) => {
            claims.iter().take(1).try_for_each(|(read, claim)| show(read, claim, &world, out))?;
            Ok(extent.into())
        }
        several => Err(ambiguous(&args.claim, several)),
    }
}

/// Whether all are one claim, of a text that was named more than once.
fn same(claims: &[(&Read, &Claim)]) -> bool {
    claims.windows(2).all(|pair| matches!(pair, [(_, a), (_, b)] if a.id == b.id))
}

fn missing(id: &str) -> Failure {
    let hint = "ids come from text, words and type: name the same reports and packs as when it was read";
    Failure::new(format!("there is no claim `{id}` in what was named"), hint)
}

fn ambiguous(id: &str, claims: &[(&Read, &Claim)]) -> Failure {
    let ids: Vec<&str> = claims.iter().map(|(_, c)| c.id.as_str()).collect();
    Failure::new(format!("`{id}` begins the ids of {} claims", claims.len()), format!("they are {}", ids.join(", ")))
}

fn show(read: &Read, claim: &Claim, world: &SystemWorld, out: &mut dyn Write) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    let at = Positions::new(&read.reading.text);
    writeln!(out, "{}", heading(read, paint))?;
    writeln!(out, "claim {}, confidence {:.2}", claim.id, claim.confidence)?;
    let (number, sentence) = read.reading.source().sentence(claim.span);
    writeln!(out, "\nsentence {number}, line {}:", at.line(sentence.start))?;
    writeln!(out, "  {}\n", marked(&read.reading.text, sentence.cover(claim.span), claim.span, paint))?;
    for row in rows(claim, read) {
        writeln!(out, "  {}  {}", paint.key(&format!("{:<9}", row.label)), row.value)?;
        writeln!(out, "             {}", paint.faint(&row.origin))?;
    }
    let parsed = ParsedDocument::new(&read.received.document, world.model());
    writeln!(out, "\nparse:")?;
    Ok(out.write_all(table::parse(&parsed, sentence).as_bytes())?)
}

/// A stretch of text with some words of it marked.
fn marked(text: &str, whole: Span, words: Span, paint: Paint) -> String {
    let part = |start: usize, end: usize| text.get(start..end).unwrap_or("").replace(char::is_whitespace, " ");
    let middle = paint.marked(&flat(&part(words.start, words.end)));
    format!("{}{middle}{}", part(whole.start, words.start), part(words.end, whole.end))
}

/// One field: its value, and the rule with the words that it comes from.
struct Row {
    label: &'static str,
    value: String,
    origin: String,
}

fn rows(claim: &Claim, read: &Read) -> Vec<Row> {
    let Claim { kind, mode, aspect, speaker, via, actors, targets, place, date, figures, agreement, garbled, .. } =
        claim;
    let text = &read.reading.text;
    let party = speaker.value.party.as_ref().map(|p| format!(" ({p})")).unwrap_or_default();
    let mut rows = vec![
        row("type", kind.value.to_string(), kind, text),
        row("mode", mode.value.to_string(), mode, text),
        row("speaker", format!("{}{party}", speaker.value.name), speaker, text),
    ];
    rows.extend(aspect.iter().map(|a| row("aspect", a.value.to_string(), a, text)));
    rows.extend(via.iter().map(|v| row("via", v.value.clone(), v, text)));
    rows.extend(actors.iter().map(|a| row("actor", a.value.to_string(), a, text)));
    rows.extend(targets.iter().map(|t| row("target", t.value.to_string(), t, text)));
    rows.extend(place.iter().map(|p| row("place", resolved(&p.value), p, text)));
    rows.extend(date.iter().map(|d| row("date", d.value.in_words(), d, text)));
    rows.extend(figures.iter().map(|f| Row {
        label: "figure",
        value: figure(f, &read.lore.knowledge),
        origin: format!("{}  {}", f.rule, quoted(text, &[f.span])),
    }));
    rows.extend(agreement.map(|s| {
        let value = quoted(text, &[s]);
        Row { label: "agreement", origin: format!("{AGREEMENT_RULE}  {value}"), value }
    }));
    rows.extend(garbled.iter().map(|g| row("garbled", g.value.clone(), g, text)));
    rows
}

fn row<T>(label: &'static str, value: String, traced: &Traced<T>, text: &str) -> Row {
    Row { label, value, origin: format!("{}  {}", traced.rule, quoted(text, &traced.spans)) }
}

fn resolved(place: &trucewatch::claim::ClaimPlace) -> String {
    match &place.resolved {
        Some(r) => {
            format!("{} = {} at {:.4}, {:.4}, precision {}: {}", place.name, r.id, r.lat, r.lon, r.precision, r.why)
        }
        None => format!("{}, in no gazetteer", place.name),
    }
}

fn quoted(text: &str, spans: &[Span]) -> String {
    let words = |s: &Span| format!("“{}”", flat(text.get(s.start..s.end).unwrap_or("")));
    spans.iter().map(words).collect::<Vec<_>>().join(" … ")
}
