//! Claims as lines of JSON, with their quotes and offsets, and back.
//!
//! The first line is `{"about": …}`; then come the documents, `{"document": …}`, with their texts, and the claims,
//! `{"claim": …}`, in the wire form of `publish::v1`, whose offsets count code points. What that leaves out (rules, the words
//! behind each field, why a place is that one) stands in `kept`, in the form in which ledgers keep claims, whose offsets
//! count bytes. So what is read back are the same claims.

use std::collections::BTreeMap;
use std::io::BufRead;

use ledger::stored;
use publish::v1;
use serde::{Deserialize, Serialize};
use trucewatch::claim::Claim;
use trucewatch::document::{Positions, Span};
use trucewatch::incident::{Copied, Source};
use trucewatch::when::IntervalError;

use crate::about::About;
use crate::error::ExportError;
use crate::matter::{Counted, Matter, Said};

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    About(Box<About>),
    Document(Box<Document>),
    Claim(Box<Told>),
}

/// A document.
#[derive(Serialize, Deserialize)]
struct Document {
    id: String,
    name: String,
    outlet: Option<String>,
    published: Option<String>,
    /// Id of the first document with this text, and what shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    copy_of: Option<(String, String)>,
    text: String,
    sentences: Vec<[usize; 2]>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<stored::Note>,
}

/// A claim with what the wire form leaves out.
#[derive(Serialize, Deserialize)]
struct Told {
    document: String,
    incident: String,
    sentence: usize,
    #[serde(flatten)]
    claim: v1::Claim,
    lat: Option<f64>,
    lon: Option<f64>,
    review: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credibility: Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
    kept: stored::Claim,
}

/// What is shown, as lines of JSON.
#[must_use]
pub(crate) fn write(matter: &Matter<'_>) -> Vec<u8> {
    let mut lines = vec![Line::About(Box::new(matter.about.clone()))];
    lines.extend(matter.documents().into_iter().map(|s| Line::Document(Box::new(document(s)))));
    let mut counts = Counted::default();
    lines.extend(matter.said().map(|said| Line::Claim(Box::new(told(matter, said, &mut counts)))));
    let written = lines.iter().map(|line| serde_json::to_string(line).unwrap_or_default() + "\n");
    written.collect::<String>().into_bytes()
}

fn document(source: &Source) -> Document {
    let at = Positions::new(&source.text);
    Document {
        id: source.id.clone(),
        name: source.name.clone(),
        outlet: source.outlet.clone(),
        published: source.published.map(|p| p.to_string()),
        copy_of: source.copy_of.as_ref().map(|c| (c.first.clone(), c.reason.clone())),
        text: source.text.to_string(),
        sentences: source.sentences.iter().map(|s| [at.code_point(s.start), at.code_point(s.end)]).collect(),
        notes: source.notes.iter().map(stored::Note::keep).collect(),
    }
}

fn told<'a>(matter: &Matter<'a>, said: Said<'a>, counts: &mut Counted<'a>) -> Told {
    let Said { incident, claim, source } = said;
    let spot = claim.place.as_ref().and_then(|p| p.value.resolved.as_ref());
    let mark = matter.marks.get(&claim.id);
    Told {
        document: source.id.clone(),
        incident: incident.id.clone(),
        sentence: source.sentence(claim.span).0,
        claim: counts.wire(said),
        lat: spot.map(|s| s.lat),
        lon: spot.map(|s| s.lon),
        review: matter.review_of(claim).to_owned(),
        credibility: mark.and_then(|m| m.credibility),
        remarks: mark.map(|m| m.notes.clone()).unwrap_or_default(),
        kept: stored::Claim::keep(claim),
    }
}

/// What was read back.
#[derive(Debug)]
pub struct Imported {
    /// What was said of it.
    pub about: About,
    /// Its claims, in their order.
    pub claims: Vec<Claim>,
    /// Its documents.
    pub sources: Vec<Source>,
}

/// Reads claims back.
///
/// # Errors
/// Where a line is none of [`Format::Jsonl`](crate::Format::Jsonl), or a claim's words do not stand in its document.
pub fn read(lines: impl BufRead) -> Result<Imported, ExportError> {
    let mut found = Imported { about: About::default(), claims: Vec::new(), sources: Vec::new() };
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    for (number, line) in (1..).zip(lines.lines()) {
        let wrong = |problem: String| ExportError::Line { line: number, problem };
        match serde_json::from_str(&line?).map_err(|e| wrong(format!("is none of an export of claims: {e}")))? {
            Line::About(about) => found.about = *about,
            Line::Document(document) => {
                let text = Text::of(&document.text);
                found.sources.push(document.source(&text).map_err(wrong)?);
                texts.insert(document.id.clone(), text);
            }
            Line::Claim(told) => {
                let text =
                    texts.get(&told.document).ok_or_else(|| wrong("its document does not stand before it".into()))?;
                found.claims.push(told.claim(text).map_err(wrong)?);
            }
        }
    }
    Ok(found)
}

/// A text, and the byte at which each of its code points begins.
struct Text {
    text: String,
    starts: Vec<usize>,
}

impl Text {
    fn of(text: &str) -> Text {
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Text { text: text.to_owned(), starts }
    }

    fn span(&self, [start, end]: [usize; 2]) -> Result<Span, String> {
        let at =
            |n: usize| self.starts.get(n).copied().ok_or_else(|| format!("code point {n} lies past the text's end"));
        let (start, end) = (at(start)?, at(end)?);
        if start <= end { Ok(Span::new(start, end)) } else { Err("a stretch ends before it begins".to_owned()) }
    }
}

impl Document {
    fn source(&self, text: &Text) -> Result<Source, String> {
        let published = self.published.as_deref().map(str::parse).transpose();
        let copied = |(first, reason): (String, String)| Copied { first, reason };
        Ok(Source {
            id: self.id.clone(),
            name: self.name.clone(),
            outlet: self.outlet.clone(),
            published: published.map_err(|e: IntervalError| e.to_string())?,
            text: self.text.as_str().into(),
            sentences: self.sentences.iter().map(|s| text.span(*s)).collect::<Result<_, _>>()?,
            notes: self.notes.iter().cloned().map(stored::Note::give).collect(),
            copy_of: self.copy_of.clone().map(copied),
        })
    }
}

impl Told {
    fn claim(self, text: &Text) -> Result<Claim, String> {
        let Told { document, claim: v1::Claim { id, quote, .. }, kept, .. } = self;
        let claim = kept.give(&document).filter(|c| c.id == id);
        let claim = claim.ok_or_else(|| format!("claim `{id}`: what was kept of it is none of this version"))?;
        if text.text.get(claim.span.start..claim.span.end) != Some(quote.as_str()) {
            return Err(format!("claim `{id}`: its quote does not stand there in the document"));
        }
        Ok(claim)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn what_is_no_export_is_refused_with_its_line() {
        for lines in ["{}", "{\"about\": 3}", "not json", "{\"claim\": {\"id\": \"x\"}}"] {
            assert!(matches!(read(lines.as_bytes()), Err(ExportError::Line { line: 1, .. })), "{lines}");
        }
    }

    #[test]
    fn a_quote_that_is_not_there_is_refused() {
        let sample = Sample::new();
        let lines = String::from_utf8(write(&sample.matter())).unwrap();
        let changed = lines.replacen("\"quote\":\"", "\"quote\":\"x", 1);
        assert!(read(changed.as_bytes()).unwrap_err().to_string().contains("does not stand there"));
    }

    #[test]
    fn there_and_back() {
        let sample = Sample::new();
        let matter = sample.matter();
        let lines = write(&matter);
        let back = read(lines.as_slice()).unwrap();
        assert_eq!(back.about, matter.about);
        let before: Vec<Claim> = matter.said().map(|s| s.claim.clone()).collect();
        assert_eq!(back.claims, before);
        let again = Sample::with(back.claims, back.sources);
        assert_eq!(write(&again.matter()), lines, "and there again");
    }
}
