//! A document's claims for people: each with who, what, where, when, figures, and the words with their place.

use std::fmt::Write;

use desk::Read;
pub(crate) use desk::decide::flat;
use trucewatch::claim::{Claim, Traced};
use trucewatch::document::Positions;
use trucewatch::figure::{Figure, Who};
use trucewatch::note::Note;
use trucewatch::pack::{Knowledge, PartyId};

use super::Paint;

/// Everything about one document.
pub(crate) fn document(read: &Read, paint: Paint) -> String {
    let mut out = format!("{}\n", heading(read, paint));
    let at = Positions::new(&read.reading.text);
    for claim in &read.reading.claims {
        out.push('\n');
        claim_block(claim, read, &at, paint, &mut out);
    }
    if read.reading.claims.is_empty() {
        out.push_str("  no claims\n");
    }
    for note in &read.notes {
        writeln!(out, "{}", paint.faint(&note_line(note, &at))).ok();
    }
    out
}

/// Name, day and outlet of a document.
pub(crate) fn heading(read: &Read, paint: Paint) -> String {
    let reading = &read.reading;
    let day = match (reading.published, reading.dated_by.as_deref()) {
        (Some(day), Some("given") | None) => day.in_words(),
        (Some(day), Some(how)) => format!("{}, {how}", day.in_words()),
        (None, _) => "undated".to_owned(),
    };
    let outlet = reading.outlet.as_deref().map(|o| format!("{o}, ")).unwrap_or_default();
    format!("{}  {}", paint.name(&flat(&reading.name)), paint.faint(&flat(&format!("{outlet}{day}"))))
}

fn claim_block(claim: &Claim, read: &Read, at: &Positions<'_>, paint: Paint, out: &mut String) {
    let knowledge = &read.lore.knowledge;
    let place = format!("{}:{}", flat(&read.reading.name), at.line(claim.span.start));
    let head = format!("{} {}", what(claim), paint.faint(&claim.id));
    writeln!(out, "  {}  {head}", paint.faint(&place)).ok();
    let quote = flat(words(read, claim.span.start, claim.span.end));
    writeln!(out, "    “{}”", paint.name(&quote)).ok();
    for (label, value) in fields(claim, knowledge, read) {
        writeln!(out, "    {}  {value}", paint.key(&format!("{label:<7}"))).ok();
    }
}

fn what(claim: &Claim) -> String {
    let aspect = claim.aspect.as_ref().map(|a| format!(", {}", a.value)).unwrap_or_default();
    format!("{} {}{aspect}", claim.kind.value, claim.mode.value)
}

/// The fields that a claim has, with their labels.
fn fields(claim: &Claim, knowledge: &Knowledge, read: &Read) -> Vec<(&'static str, String)> {
    let mut fields = vec![("says", speaker(claim, knowledge))];
    let (by, to) = (titles(&claim.actors, knowledge), titles(&claim.targets, knowledge));
    match (by.is_empty(), to.is_empty()) {
        (false, false) => fields.push(("who", format!("{by} → {to}"))),
        (false, true) => fields.push(("who", by)),
        (true, false) => fields.push(("who", format!("→ {to}"))),
        (true, true) => {}
    }
    fields.extend(claim.place.as_ref().map(|p| ("where", place(&p.value))));
    fields.extend(claim.date.as_ref().map(|d| ("when", d.value.in_words())));
    fields.extend(claim.figures.iter().map(|f| ("figure", figure(f, knowledge))));
    fields.extend(claim.agreement.map(|s| ("terms", flat(words(read, s.start, s.end)))));
    fields.extend(claim.garbled.as_ref().map(|g| ("garbled", g.value.clone())));
    fields
}

fn speaker(claim: &Claim, knowledge: &Knowledge) -> String {
    let speaker = &claim.speaker.value;
    let title = speaker.party.as_ref().map(|p| knowledge.title(p)).filter(|t| *t != speaker.name);
    let party = title.map(|t| format!(" ({t})")).unwrap_or_default();
    let via: String = claim.via.iter().map(|v| format!(", through {}", v.value)).collect();
    format!("{}{party}{via}", speaker.name)
}

fn titles(parties: &[Traced<PartyId>], knowledge: &Knowledge) -> String {
    parties.iter().map(|p| knowledge.title(&p.value)).collect::<Vec<_>>().join(", ")
}

fn place(place: &trucewatch::claim::ClaimPlace) -> String {
    let at = place.resolved.as_ref().map(|r| format!(" ({:.3}, {:.3}, precision {})", r.lat, r.lon, r.precision));
    format!("{}{}", place.name, at.unwrap_or_default())
}

/// A figure in words: bounds, what is counted, whose.
pub(crate) fn figure(figure: &Figure, knowledge: &Knowledge) -> String {
    let about = if figure.approx { "about " } else { "" };
    let number = match (figure.min, figure.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("up to {max}"),
        (None, None) => "an unstated number".to_owned(),
    };
    let who = match figure.who {
        Who::Any => String::new(),
        who => format!(", {}", who.as_str()),
    };
    let side = figure.side.as_ref().map(|s| format!(", {}", knowledge.title(s))).unwrap_or_default();
    format!("{about}{number} {}{who}{side}", figure.what.as_str())
}

fn note_line(note: &Note, at: &Positions<'_>) -> String {
    let line = note.span.map(|s| format!("line {}: ", at.line(s.start))).unwrap_or_default();
    format!("  note: {line}{} ({})", note.message, note.code)
}

fn words(read: &Read, start: usize, end: usize) -> &str {
    read.reading.text.get(start..end).unwrap_or("")
}
