//! A claim as pages show it: its words, its fields each with theirs, what people decided on it.

use ledger::decision::{Field, Mark, value_of};
use trucewatch::claim::{Claim, Traced};
use trucewatch::document::Span;
use trucewatch::figure::{Amount, Figure, Who};
use trucewatch::incident::Source;
use trucewatch::pack::{Knowledge, PartyId};
use trucewatch::when::Interval;

use crate::books::spaced;

/// A claim on a page.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) id: String,
    /// Its type in words.
    pub(crate) kind: String,
    pub(crate) mode: String,
    /// Its own words.
    pub(crate) quote: String,
    /// Who says it, and for whom.
    pub(crate) speaker: String,
    /// Its document's name, id and day.
    pub(crate) name: String,
    pub(crate) document: String,
    pub(crate) published: String,
    pub(crate) fields: Vec<Row>,
    pub(crate) confidence: String,
    pub(crate) is_accepted: bool,
    /// 1 to 6, as people graded it.
    pub(crate) credibility: Option<u8>,
    /// How reliable the outlet is, as people graded it.
    pub(crate) reliability: Option<&'static str>,
    pub(crate) notes: Vec<String>,
    pub(crate) is_garbled: bool,
}

/// One field of a claim.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) label: &'static str,
    pub(crate) value: String,
    /// The words that it comes from.
    pub(crate) words: Vec<String>,
    /// The rule that made it.
    pub(crate) rule: String,
    /// By which name it is corrected, and what stands there now.
    pub(crate) field: Option<(&'static str, String)>,
}

/// What is known round a claim.
pub(crate) struct Round<'a> {
    pub(crate) source: &'a Source,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) mark: Option<&'a Mark>,
    pub(crate) reliability: Option<&'static str>,
}

impl Shown {
    /// A claim of a document.
    pub(crate) fn new(claim: &Claim, round: &Round<'_>) -> Shown {
        let Round { source, knowledge, mark, reliability } = round;
        Shown {
            id: claim.id.clone(),
            kind: spaced(claim.kind.value.as_str()),
            mode: claim.mode.value.as_str().replace('-', " "),
            quote: one_line(source.words(claim.span)),
            speaker: speaker(claim, knowledge),
            name: source.name.clone(),
            document: source.id.clone(),
            published: source.published.map_or_else(|| "undated".to_owned(), Interval::in_words),
            fields: rows(claim, source, knowledge),
            confidence: format!("{:.2}", claim.confidence),
            is_accepted: mark.is_some_and(|m| m.accepted),
            credibility: mark.and_then(|m| m.credibility),
            reliability: *reliability,
            notes: mark.map(|m| m.notes.clone()).unwrap_or_default(),
            is_garbled: claim.garbled.is_some(),
        }
    }

    /// The value of a field, where it has one.
    pub(crate) fn value(&self, label: &str) -> Option<&str> {
        self.fields.iter().find(|f| f.label == label).map(|f| f.value.as_str())
    }
}

/// Words on one line.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn speaker(claim: &Claim, knowledge: &Knowledge) -> String {
    let speaker = &claim.speaker.value;
    let name = if speaker.name == "narrator" { "the outlet itself" } else { &speaker.name };
    let party = speaker.party.as_ref().filter(|p| !p.is_bystander()).map(|p| knowledge.title(p));
    match party.filter(|title| *title != name) {
        Some(title) => format!("{name} ({title})"),
        None => name.to_owned(),
    }
}

fn rows(claim: &Claim, source: &Source, knowledge: &Knowledge) -> Vec<Row> {
    let words = |spans: &[Span]| spans.iter().map(|s| one_line(source.words(*s))).collect::<Vec<_>>();
    let row = |label, field: Field, value: String, spans: &[Span], rule: &str| {
        let field = Some((field.as_str(), value_of(claim, field)));
        Row { label, value, words: words(spans), rule: rule.to_owned(), field }
    };
    let Claim { kind, mode, aspect, speaker: said, place, date, garbled, .. } = claim;
    let mut rows = vec![
        row("Type", Field::Type, spaced(kind.value.as_str()), &kind.spans, &kind.rule),
        row("Mode", Field::Mode, mode.value.to_string(), &mode.spans, &mode.rule),
        row("Speaker", Field::Speaker, speaker(claim, knowledge), &said.spans, &said.rule),
        row(
            "Speaks for",
            Field::SpeakerParty,
            said.value.party.as_ref().map(|p| knowledge.title(p).to_owned()).unwrap_or_default(),
            &[],
            "",
        ),
    ];
    let via: Vec<Row> = claim
        .via
        .iter()
        .map(|v| Row {
            label: "Through",
            value: v.value.clone(),
            words: words(&v.spans),
            rule: v.rule.to_string(),
            field: None,
        })
        .collect();
    rows.extend(via);
    let (value, spans, rule) = parts(aspect.as_ref(), ToString::to_string);
    rows.push(row("Aspect", Field::Aspect, value, &spans, &rule));
    for (label, field, parties) in [("By", Field::Actors, &claim.actors), ("To", Field::Targets, &claim.targets)] {
        let (value, spans, rule) = together(parties, knowledge);
        rows.push(row(label, field, value, &spans, &rule));
    }
    let (value, spans, rule) = parts(place.as_ref(), place_in_words);
    rows.push(row("Where", Field::Place, value, &spans, &rule));
    let (value, spans, rule) = parts(date.as_ref(), |d| d.in_words());
    rows.push(row("When", Field::Date, value, &spans, &rule));
    let figures: Vec<String> = claim.figures.iter().map(|f| figure(f, knowledge)).collect();
    let spans: Vec<Span> = claim.figures.iter().map(|f| f.span).collect();
    rows.push(row("Figures", Field::Figures, figures.join("; "), &spans, ""));
    let (value, spans, rule) = parts(garbled.as_ref(), Clone::clone);
    rows.push(row("Garbled", Field::Garbled, value, &spans, &rule));
    if let Some(span) = claim.agreement {
        let named = one_line(source.words(span));
        rows.push(Row {
            label: "Agreement",
            value: named.clone(),
            words: vec![named],
            rule: String::new(),
            field: None,
        });
    }
    rows
}

fn parts<T>(traced: Option<&Traced<T>>, words: impl Fn(&T) -> String) -> (String, Vec<Span>, String) {
    traced.map(|t| (words(&t.value), t.spans.clone(), t.rule.to_string())).unwrap_or_default()
}

fn together(parties: &[Traced<PartyId>], knowledge: &Knowledge) -> (String, Vec<Span>, String) {
    let titles: Vec<&str> = parties.iter().map(|p| knowledge.title(&p.value)).collect();
    let spans = parties.iter().flat_map(|p| p.spans.clone()).collect();
    let rules: Vec<&str> = parties.iter().map(|p| p.rule.as_ref()).collect();
    (titles.join(", "), spans, rules.join(", "))
}

fn place_in_words(place: &trucewatch::claim::ClaimPlace) -> String {
    match &place.resolved {
        Some(r) => format!("{} ({:.4}, {:.4}; {})", place.name, r.lat, r.lon, precision(r.precision)),
        None => format!("{} (in no gazetteer)", place.name),
    }
}

/// How exact a place is known, in words.
pub(crate) fn precision(ucdp: u8) -> &'static str {
    match ucdp {
        1 => "the place itself",
        2 => "near the place",
        3 => "somewhere in the district",
        4 => "somewhere in the province",
        5 => "somewhere in the region or along the line",
        6 => "somewhere in the country",
        _ => "how exact is not known",
    }
}

/// A figure in words.
pub(crate) fn figure(figure: &Figure, knowledge: &Knowledge) -> String {
    let about = if figure.approx { "about " } else { "" };
    let who = if figure.who == Who::Any { String::new() } else { format!(", {}", figure.who.as_str()) };
    let side = figure.side.as_ref().map(|s| format!(", of {}", knowledge.title(s))).unwrap_or_default();
    format!("{about}{} {}{who}{side}", number(figure.min, figure.max), figure.what.as_str().replace('-', " "))
}

/// A number with its floor and its ceiling.
pub(crate) fn number(min: Option<Amount>, max: Option<Amount>) -> String {
    match (min, max) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("{a} or more"),
        (None, Some(b)) => format!("up to {b}"),
        (None, None) => "an unstated number of".to_owned(),
    }
}
