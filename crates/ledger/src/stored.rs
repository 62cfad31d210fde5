//! Claims and notes as the ledger keeps them: the library's values with every trace, in a form that later versions
//! still read. Offsets are bytes of the document's text.

use serde::{Deserialize, Serialize};
use trucewatch::claim::{self, Aspect, ClaimPlace, Kind, Mode, Speaker};
use trucewatch::document::Span;
use trucewatch::figure::{self, Amount, Counted, Who};
use trucewatch::note;
use trucewatch::pack::PartyId;
use trucewatch::place::Resolved;
use trucewatch::when::Interval;

/// First and one past the last byte.
pub type Bytes = [usize; 2];

/// A value with the words it comes from and the rule that made it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Traced<T> {
    /// The value.
    pub value: T,
    /// The words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Bytes>,
    /// Rule or data entry.
    pub rule: String,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "fields are those of `trucewatch::claim::Claim`, their values as words")]
pub struct Claim {
    pub id: String,
    pub span: Bytes,
    #[serde(rename = "type")]
    pub kind: Traced<String>,
    pub mode: Traced<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect: Option<Traced<String>>,
    pub speaker: Traced<NamedSpeaker>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<Traced<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<Traced<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Traced<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Traced<Place>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Traced<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Bytes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub garbled: Option<Traced<String>>,
    pub confidence: f32,
}

/// Who is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedSpeaker {
    /// As named in the document.
    pub name: String,
    /// For whom it speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
}

/// A place of a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// As written.
    pub name: String,
    /// What it resolves to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Spot>,
}

/// What a name of a place resolves to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "fields are those of `trucewatch::place::Resolved`")]
pub struct Spot {
    pub id: String,
    pub lat: f64,
    pub lon: f64,
    pub country: String,
    pub precision: u8,
    pub why: String,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "fields are those of `trucewatch::figure::Figure`, their values as words")]
pub struct Figure {
    pub span: Bytes,
    pub what: String,
    pub who: String,
    pub side: Option<String>,
    pub min: Option<Amount>,
    pub max: Option<Amount>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approx: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
}

/// A doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Words that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Bytes>,
    /// Which check raised it.
    pub code: String,
    /// What.
    pub message: String,
}

fn bytes(span: Span) -> Bytes {
    [span.start, span.end]
}

fn span([start, end]: Bytes) -> Span {
    Span::new(start, end)
}

impl<T> Traced<T> {
    fn keep<U>(traced: &claim::Traced<U>, value: impl FnOnce(&U) -> T) -> Traced<T> {
        let claim::Traced { value: inner, spans, rule } = traced;
        Traced { value: value(inner), spans: spans.iter().map(|s| bytes(*s)).collect(), rule: rule.to_string() }
    }

    fn give<U>(self, value: impl FnOnce(T) -> Option<U>) -> Option<claim::Traced<U>> {
        let spans: Vec<Span> = self.spans.into_iter().map(span).collect();
        Some(claim::Traced::new(value(self.value)?, spans, self.rule))
    }
}

fn word<T: std::fmt::Display>(value: &T) -> String {
    value.to_string()
}

impl Claim {
    /// The form in which a claim is kept.
    #[must_use]
    pub fn keep(claim: &claim::Claim) -> Claim {
        let claim::Claim {
            id,
            document: _,
            span,
            kind,
            mode,
            aspect,
            speaker,
            via,
            actors,
            targets,
            place,
            date,
            figures,
            agreement,
            garbled,
            confidence,
        } = claim;
        Claim {
            id: id.clone(),
            span: bytes(*span),
            kind: Traced::keep(kind, word),
            mode: Traced::keep(mode, word),
            aspect: aspect.as_ref().map(|a| Traced::keep(a, word)),
            speaker: Traced::keep(speaker, NamedSpeaker::keep),
            via: via.iter().map(|v| Traced::keep(v, word)).collect(),
            actors: actors.iter().map(|a| Traced::keep(a, word)).collect(),
            targets: targets.iter().map(|t| Traced::keep(t, word)).collect(),
            place: place.as_ref().map(|p| Traced::keep(p, Place::keep)),
            date: date.as_ref().map(|d| Traced::keep(d, word)),
            figures: figures.iter().map(Figure::keep).collect(),
            agreement: agreement.map(bytes),
            garbled: garbled.as_ref().map(|g| Traced::keep(g, word)),
            confidence: *confidence,
        }
    }

    /// The claim again; none where a word in it is unknown to this version.
    #[must_use]
    pub fn give(self, document: &str) -> Option<claim::Claim> {
        let words = |list: Vec<Traced<String>>| list.into_iter().map(|t| t.give(party)).collect::<Option<Vec<_>>>();
        Some(claim::Claim {
            id: self.id,
            document: document.to_owned(),
            span: span(self.span),
            kind: self.kind.give(|k| Kind::parse(&k))?,
            mode: self.mode.give(|m| Mode::parse(&m))?,
            aspect: opt(self.aspect, |a| Aspect::parse(&a))?,
            speaker: self.speaker.give(|s| Some(s.give()))?,
            via: self.via.into_iter().map(|v| v.give(Some)).collect::<Option<Vec<_>>>()?,
            actors: words(self.actors)?,
            targets: words(self.targets)?,
            place: opt(self.place, |p| Some(p.give()))?,
            date: opt(self.date, |d| d.parse::<Interval>().ok())?,
            figures: self.figures.into_iter().map(Figure::give).collect::<Option<Vec<_>>>()?,
            agreement: self.agreement.map(span),
            garbled: opt(self.garbled, Some)?,
            confidence: self.confidence,
        })
    }
}

fn party(id: String) -> Option<PartyId> {
    Some(PartyId::new(&id))
}

/// The value again where there is one; none where it cannot be read.
fn opt<T, U>(kept: Option<Traced<T>>, value: impl FnOnce(T) -> Option<U>) -> Option<Option<claim::Traced<U>>> {
    match kept {
        None => Some(None),
        Some(kept) => kept.give(value).map(Some),
    }
}

impl NamedSpeaker {
    fn keep(speaker: &Speaker) -> NamedSpeaker {
        let Speaker { name, party } = speaker;
        NamedSpeaker { name: name.clone(), party: party.as_ref().map(word) }
    }

    fn give(self) -> Speaker {
        Speaker { name: self.name, party: self.party.as_deref().map(PartyId::new) }
    }
}

impl Place {
    fn keep(place: &ClaimPlace) -> Place {
        let ClaimPlace { name, resolved } = place;
        Place { name: name.clone(), resolved: resolved.as_ref().map(Spot::keep) }
    }

    fn give(self) -> ClaimPlace {
        ClaimPlace { name: self.name, resolved: self.resolved.map(Spot::give) }
    }
}

impl Spot {
    fn keep(resolved: &Resolved) -> Spot {
        let Resolved { id, lat, lon, country, precision, why } = resolved.clone();
        Spot { id, lat, lon, country, precision, why }
    }

    fn give(self) -> Resolved {
        let Spot { id, lat, lon, country, precision, why } = self;
        Resolved { id, lat, lon, country, precision, why }
    }
}

impl Figure {
    fn keep(figure: &figure::Figure) -> Figure {
        let figure::Figure { span, what, who, side, min, max, approx, rule } = figure;
        Figure {
            span: bytes(*span),
            what: what.as_str().to_owned(),
            who: who.as_str().to_owned(),
            side: side.as_ref().map(word),
            min: *min,
            max: *max,
            approx: *approx,
            rule: rule.to_string(),
        }
    }

    fn give(self) -> Option<figure::Figure> {
        let what = Counted::ALL.iter().copied().find(|c| c.as_str() == self.what)?;
        let who = [Who::Military, Who::Civilian, Who::Any].into_iter().find(|w| w.as_str() == self.who)?;
        let side = self.side.as_deref().map(PartyId::new);
        Some(figure::Figure {
            span: span(self.span),
            what,
            who,
            side,
            min: self.min,
            max: self.max,
            approx: self.approx,
            rule: self.rule.into(),
        })
    }
}

impl Note {
    /// The form in which a note is kept.
    #[must_use]
    pub fn keep(note: &note::Note) -> Note {
        let note::Note { span, code, message } = note;
        Note { span: span.map(bytes), code: (*code).to_owned(), message: message.clone() }
    }

    /// The note again.
    #[must_use]
    pub fn give(self) -> note::Note {
        note::Note { span: self.span.map(span), code: code(&self.code), message: self.message }
    }
}

/// Codes of notes that later stages may tell apart; the rest go by one name.
const CODES: &[&str] =
    &["copy", "date-ahead", "date-header", "decision", "empty", "encoding", "garbled", "language", "limit", "undated"];

fn code(code: &str) -> &'static str {
    CODES.iter().copied().find(|c| *c == code).unwrap_or("kept")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A claim with every field.
    pub(crate) fn claim() -> claim::Claim {
        let (at, rule) = (Span::new(3, 5), "test/rule");
        claim::Claim {
            id: "c1".into(),
            document: "d1".into(),
            span: Span::new(10, 40),
            kind: claim::Traced::new(Kind::Shelling, [at], rule),
            mode: claim::Traced::new(Mode::Asserted, [], rule),
            aspect: Some(claim::Traced::new(Aspect::Begun, [at], rule)),
            speaker: claim::Traced::new(
                Speaker { name: "the ministry".into(), party: Some(PartyId::new("vesk")) },
                [at],
                rule,
            ),
            via: vec![claim::Traced::new("Ternwire".into(), [at], rule)],
            actors: vec![claim::Traced::new(PartyId::new("orlava"), [at], rule)],
            targets: vec![claim::Traced::new(PartyId::new("vesk"), [at], rule)],
            place: Some(claim::Traced::new(
                ClaimPlace {
                    name: "Hollin".into(),
                    resolved: Some(Resolved {
                        id: "h".into(),
                        lat: 40.1,
                        lon: 46.2,
                        country: "VE".into(),
                        precision: 1,
                        why: "the only one".into(),
                    }),
                },
                [at],
                rule,
            )),
            date: Some(claim::Traced::new("2031-03-07".parse().unwrap(), [at], rule)),
            figures: vec![figure::Figure {
                span: at,
                what: Counted::Killed,
                who: Who::Civilian,
                side: None,
                min: Some(2.into()),
                max: None,
                approx: true,
                rule: rule.into(),
            }],
            agreement: Some(Span::new(11, 15)),
            garbled: Some(claim::Traced::new("two words".into(), [], rule)),
            confidence: 0.1,
        }
    }

    #[test]
    fn a_word_that_this_version_does_not_know_gives_no_claim() {
        let mut kept = Claim::keep(&claim());
        kept.kind.value = "rain".into();
        assert!(kept.give("d1").is_none());
    }

    #[test]
    fn there_and_back() {
        let json = serde_json::to_string(&Claim::keep(&claim())).unwrap();
        let kept: Claim = serde_json::from_str(&json).unwrap();
        assert_eq!(kept.give("d1"), Some(claim()));
        let note = note::Note::at(Span::new(1, 2), "garbled", "two words");
        assert_eq!(Note::keep(&note).give(), note);
    }
}
