//! A claim on the wire; offsets count code points.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use trucewatch::claim::{AGREEMENT_RULE, Aspect, ClaimPlace, Kind, Mode, Speaker, Traced};
use trucewatch::document::{Positions, Span};
use trucewatch::figure::{Amount, Counted, Who};
use trucewatch::pack::{Knowledge, PartyId};
use trucewatch::place::Resolved;
use trucewatch::when::Interval;

/// One claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// First code point; absent in claims coded by hand, whose quote is looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// One past the last code point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// The words that carry it.
    pub quote: String,
    /// Type (codebook).
    #[serde(rename = "type")]
    pub kind: String,
    /// Mode (codebook).
    pub mode: String,
    /// `begun`, `ended` or none.
    pub aspect: Option<String>,
    /// Who is on record, as named.
    pub speaker: String,
    /// For whom it speaks.
    pub speaker_party: Option<String>,
    /// The chain that carried it.
    #[serde(default)]
    pub via: Vec<String>,
    /// Who does it.
    #[serde(default)]
    pub actor: Vec<String>,
    /// To whom.
    #[serde(default)]
    pub target: Vec<String>,
    /// Place as written.
    pub place: Option<String>,
    /// When, as EDTF.
    pub date: Option<String>,
    /// Numbers of people or things.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// The words that name an agreement.
    pub agreement: Option<String>,
    /// Whether the quote is mistranslated or mistyped.
    #[serde(default)]
    pub garbled: bool,
    /// How sure the reader is, 0 to 1.
    #[serde(default = "sure")]
    pub confidence: f32,
    /// Field to the rule or entry behind it; only where layers are asked for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, String>,
}

fn sure() -> f32 {
    1.0
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What is counted (codebook).
    pub what: String,
    /// `military`, `civilian` or `any`.
    pub who: String,
    /// Whose people or things.
    pub side: Option<String>,
    /// Floor, in people or things, kilometres or square kilometres, to the thousandth.
    #[serde(default)]
    pub min: Option<Amount>,
    /// Ceiling.
    #[serde(default)]
    pub max: Option<Amount>,
    /// Whether the words only say "about".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approx: bool,
}

/// Why a claim from outside cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("claim `{id}`: {problem}")]
pub struct ClaimError {
    /// Id of the claim.
    pub id: String,
    /// What is wrong with it.
    pub problem: String,
}

impl Claim {
    /// The wire form of a claim of this text.
    #[must_use]
    pub fn new(claim: &trucewatch::claim::Claim, text: &str, positions: &Positions<'_>) -> Claim {
        let trucewatch::claim::Claim {
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
        let words = |span: &Span| text.get(span.start..span.end).unwrap_or("").to_owned();
        let ids = |list: &[Traced<PartyId>]| list.iter().map(|p| p.value.to_string()).collect();
        let Speaker { name, party } = &speaker.value;
        Claim {
            id: id.clone(),
            start: Some(positions.code_point(span.start)),
            end: Some(positions.code_point(span.end)),
            quote: words(span),
            kind: kind.value.to_string(),
            mode: mode.value.to_string(),
            aspect: aspect.as_ref().map(|a| a.value.to_string()),
            speaker: name.clone(),
            speaker_party: party.as_ref().map(PartyId::to_string),
            via: via.iter().map(|v| v.value.clone()).collect(),
            actor: ids(actors),
            target: ids(targets),
            place: place.as_ref().map(|p| p.value.name.clone()),
            date: date.as_ref().map(|d| d.value.to_string()),
            figures: figures.iter().map(Figure::new).collect(),
            agreement: agreement.as_ref().map(words),
            garbled: garbled.is_some(),
            confidence: *confidence,
            rules: BTreeMap::new(),
        }
    }

    /// With the rule or entry behind each field.
    #[must_use]
    pub fn with_rules(mut self, claim: &trucewatch::claim::Claim) -> Claim {
        let mut put = |field: &str, rule: Option<&str>| {
            self.rules.extend(rule.map(|r| (field.to_owned(), r.to_owned())));
        };
        put("type", Some(&claim.kind.rule));
        put("mode", Some(&claim.mode.rule));
        put("aspect", claim.aspect.as_ref().map(|a| &*a.rule));
        put("speaker", Some(&claim.speaker.rule));
        put("actor", claim.actors.first().map(|a| &*a.rule));
        put("target", claim.targets.first().map(|a| &*a.rule));
        put("place", claim.place.as_ref().map(|p| &*p.rule));
        put("date", claim.date.as_ref().map(|d| &*d.rule));
        put("figures", claim.figures.first().map(|f| &*f.rule));
        put("agreement", claim.agreement.map(|_| AGREEMENT_RULE));
        put("garbled", claim.garbled.as_ref().map(|g| &*g.rule));
        self
    }

    /// The library's form of a claim made elsewhere: by hand, or by an earlier reading.
    ///
    /// # Errors
    /// Where the quote does not stand in the text, or a word is none of the codebook's.
    pub fn into_claim(
        self,
        document: &str,
        text: &str,
        knowledge: &Knowledge,
    ) -> Result<trucewatch::claim::Claim, ClaimError> {
        let wrong = |problem: String| ClaimError { id: self.id.clone(), problem };
        let at = text.find(&self.quote).filter(|_| !self.quote.is_empty());
        let start = at.ok_or_else(|| wrong("its quote does not stand in the document".to_owned()))?;
        let span = Span::new(start, start + self.quote.len());
        let kind = Kind::parse(&self.kind).ok_or_else(|| wrong(format!("`{}` is no type", self.kind)))?;
        let mode = Mode::parse(&self.mode).ok_or_else(|| wrong(format!("`{}` is no mode", self.mode)))?;
        let date = self.date.as_deref().map(str::parse::<Interval>).transpose().map_err(|e| wrong(e.to_string()))?;
        let figures = self.figures.iter().map(|f| f.read(text, span)).collect::<Option<Vec<_>>>();
        Ok(trucewatch::claim::Claim {
            id: format!("{document}#{}", self.id),
            document: document.to_owned(),
            span,
            kind: given(kind),
            mode: given(mode),
            aspect: self.aspect.as_deref().and_then(Aspect::parse).map(given),
            speaker: given(Speaker {
                name: self.speaker.clone(),
                party: self.speaker_party.as_deref().map(PartyId::new),
            }),
            via: self.via.iter().cloned().map(given).collect(),
            actors: self.actor.iter().map(|a| given(PartyId::new(a))).collect(),
            targets: self.target.iter().map(|a| given(PartyId::new(a))).collect(),
            place: self.place.as_deref().map(|name| given(place(name, knowledge))),
            date: date.map(given),
            figures: figures.ok_or_else(|| wrong("a figure counts nothing the codebook knows".to_owned()))?,
            agreement: self.agreement.as_deref().and_then(|words| find_near(text, words, span)),
            garbled: self.garbled.then(|| given(String::new())),
            confidence: self.confidence,
        })
    }
}

/// The rule of what somebody else gave.
const GIVEN: &str = "given";

/// A value that somebody else gave.
fn given<T>(value: T) -> Traced<T> {
    Traced::new(value, Vec::new(), GIVEN)
}

/// Where some words stand: in the span if they do, else at their first place in the text.
fn find_near(text: &str, words: &str, span: Span) -> Option<Span> {
    let inside = text.get(span.start..span.end).and_then(|quote| quote.find(words)).map(|at| span.start + at);
    inside.or_else(|| text.find(words)).map(|start| Span::new(start, start + words.len()))
}

/// A place by its exact name, where a pack lists one of that name.
fn place(name: &str, knowledge: &Knowledge) -> ClaimPlace {
    let named = |n: &String| n.eq_ignore_ascii_case(name);
    let entry = knowledge.places().find(|p| named(&p.name) || p.also.iter().any(named));
    let resolved = entry.map(|p| Resolved {
        id: p.id.clone(),
        lat: p.lat,
        lon: p.lon,
        country: p.country.clone(),
        precision: p.precision,
        why: "only its name was looked up".to_owned(),
    });
    ClaimPlace { name: name.to_owned(), resolved }
}

/// What figures count, with the codebook's words.
const COUNTED: &[(Counted, &str)] = &[
    (Counted::Killed, "killed"),
    (Counted::Wounded, "wounded"),
    (Counted::Casualties, "casualties"),
    (Counted::Captured, "captured"),
    (Counted::Missing, "missing"),
    (Counted::Displaced, "displaced"),
    (Counted::Returned, "returned"),
    (Counted::Bodies, "bodies"),
    (Counted::Personnel, "personnel"),
    (Counted::Posts, "posts"),
    (Counted::Vehicles, "vehicles"),
    (Counted::Aircraft, "aircraft"),
    (Counted::Weapons, "weapons"),
    (Counted::Munitions, "munitions"),
    (Counted::Violations, "violations"),
    (Counted::Settlements, "settlements"),
    (Counted::AreaKm2, "area_km2"),
    (Counted::DistanceKm, "distance_km"),
];

impl Figure {
    fn new(figure: &trucewatch::figure::Figure) -> Figure {
        let trucewatch::figure::Figure { span: _, what, who, side, min, max, approx, rule: _ } = figure;
        let what = COUNTED.iter().find(|(c, _)| c == what).map_or("", |(_, word)| word);
        let who = match who {
            Who::Military => "military",
            Who::Civilian => "civilian",
            Who::Any => "any",
        };
        let side = side.as_ref().map(PartyId::to_string);
        Figure { what: what.to_owned(), who: who.to_owned(), side, min: *min, max: *max, approx: *approx }
    }

    fn read(&self, text: &str, quote: Span) -> Option<trucewatch::figure::Figure> {
        let (what, _) = COUNTED.iter().find(|(_, word)| *word == self.what)?;
        let who = match self.who.as_str() {
            "military" => Who::Military,
            "civilian" => Who::Civilian,
            _ => Who::Any,
        };
        let side = self.side.as_deref().map(PartyId::new);
        let span = self.words(text, quote);
        Some(trucewatch::figure::Figure {
            span,
            what: *what,
            who,
            side,
            min: self.min,
            max: self.max,
            approx: self.approx,
            rule: GIVEN.into(),
        })
    }

    /// The number's words in the quote, where they are written in figures; else nothing.
    fn words(&self, text: &str, quote: Span) -> Span {
        let Some(number) = self.min.or(self.max) else { return Span::new(quote.start, quote.start) };
        let words = text.get(quote.start..quote.end).unwrap_or("");
        let forms = [grouped(number.floor()), number.to_string()];
        let found = forms.iter().find_map(|form| words.find(form.as_str()).map(|at| (at, form.len())));
        let Some((at, length)) = found else { return Span::new(quote.start, quote.start) };
        let before = words.get(..at).unwrap_or("");
        let lead = ["more than ", "at least ", "over ", "up to ", "about ", "nearly ", "some "];
        let lead = lead.iter().find(|l| before.to_lowercase().ends_with(*l)).map_or(0, |l| l.len());
        Span::new(quote.start + at - lead, quote.start + at + length)
    }
}

/// A number with commas between its thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Vesk said that more than 1,250 people had died.";

    fn wire(quote: &str, kind: &str) -> Claim {
        let json = format!(
            r#"{{"id": "c1", "quote": "{quote}", "type": "{kind}", "mode": "asserted", "aspect": null, "speaker": "Vesk",
                "speaker_party": "vesk", "place": null, "date": "2031-03-07", "agreement": null,
                "figures": [{{"what": "killed", "who": "any", "side": null, "min": 1250, "max": null}}]}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn words_that_are_not_there_are_refused() {
        let error = wire("nobody had died", "casualties").into_claim("d", TEXT, &Knowledge::default()).unwrap_err();
        assert_eq!(error.to_string(), "claim `c1`: its quote does not stand in the document");
    }

    #[test]
    fn a_type_that_is_none_is_refused() {
        assert!(wire("people had died", "rain").into_claim("d", TEXT, &Knowledge::default()).is_err());
    }

    #[test]
    fn there_and_back() {
        let wire = wire("more than 1,250 people had died", "casualties");
        let claim = wire.clone().into_claim("d", TEXT, &Knowledge::default()).unwrap();
        assert_eq!(TEXT.get(claim.figures[0].span.start..claim.figures[0].span.end), Some("more than 1,250"));
        let back = Claim::new(&claim, TEXT, &Positions::new(TEXT));
        assert_eq!((back.start, back.end), (Some(15), Some(46)));
        assert_eq!(Claim { id: wire.id.clone(), start: None, end: None, ..back }, wire);
    }
}
