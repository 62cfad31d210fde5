//! Readings in the wire form of `publish::v1`.

use desk::Read;
use publish::v1;
use trucewatch::Reading;
use trucewatch::document::{Positions, Span};
use trucewatch::note::Note;
use trucewatch::place::{Mention, MentionKind};
use trucewatch::statement::Statement;
use trucewatch::statement::speaker::Source;
use trucewatch::when::Expression;

/// One document; with its statements, times, places and the rules behind its claims where `layers` are wanted.
pub(crate) fn document(read: &Read, layers: bool) -> v1::Document {
    let reading = &read.reading;
    let at = Positions::new(&reading.text);
    let claim = |c| match layers {
        true => v1::Claim::new(c, &reading.text, &at).with_rules(c),
        false => v1::Claim::new(c, &reading.text, &at),
    };
    let mut document = v1::Document {
        id: read.received.id.clone().unwrap_or_else(|| reading.document.clone()),
        doc: reading.name.clone(),
        published: reading.published.map(|p| p.to_string()),
        notes: read.notes.iter().map(|n| note(n, &at)).collect(),
        claims: reading.claims.iter().map(claim).collect(),
        ..v1::Document::default()
    };
    if layers {
        document.statements = statements(reading, &at);
        document.dates = reading.expressions.iter().map(|e| date(e, &at)).collect();
        let named = reading.places.iter().filter(|p| p.kind != MentionKind::Feature);
        document.places = named.map(|p| place(p, &at)).collect();
    }
    document
}

fn note(note: &Note, at: &Positions<'_>) -> v1::Note {
    let Note { span, code, message } = note;
    v1::Note {
        start: span.map(|s| at.code_point(s.start)),
        end: span.map(|s| at.code_point(s.end)),
        code: (*code).to_owned(),
        message: message.clone(),
    }
}

/// The outermost statements that say that something was said; what stands within them shows in the claims' chains.
fn statements(reading: &Reading, at: &Positions<'_>) -> Vec<v1::Statement> {
    let both = reading.statements.all().iter().zip(&reading.sources);
    both.filter(|(s, _)| s.within.is_none() && !s.cue.is_empty()).map(|(s, source)| statement(s, source, at)).collect()
}

fn statement(statement: &Statement, source: &Source, at: &Positions<'_>) -> v1::Statement {
    let spans = |spans: &[Span]| spans.iter().map(|s| [at.code_point(s.start), at.code_point(s.end)]).collect();
    v1::Statement {
        source: spans(&statement.source),
        cue: spans(&statement.cue),
        content: spans(&statement.content),
        speaker: source.name.clone(),
        speaker_party: source.parties.first().map(ToString::to_string),
        via: source.via.clone(),
    }
}

fn date(expression: &Expression, at: &Positions<'_>) -> v1::Date {
    v1::Date {
        start: at.code_point(expression.span.start),
        end: at.code_point(expression.span.end),
        kind: expression.kind.as_str().to_owned(),
        value: expression.timex.clone(),
    }
}

fn place(mention: &Mention, at: &Positions<'_>) -> v1::PlaceName {
    let best = mention.choice.best();
    v1::PlaceName {
        start: at.code_point(mention.span.start),
        end: at.code_point(mention.span.end),
        name: mention.name.clone(),
        lat: best.map(|r| r.lat),
        lon: best.map(|r| r.lon),
        geonames: best.and_then(|r| r.id.strip_prefix("gn")).map(str::to_owned),
        precision: best.map(|r| r.precision),
    }
}

/// Indented JSON with a line break at its end.
pub(crate) fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// JSON on one line with a line break at its end.
pub(crate) fn line(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
