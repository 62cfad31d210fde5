//! Fields of a claim that can be corrected: how their values are written, and how a correction is applied.

use serde::{Deserialize, Serialize};
use trucewatch::claim::{Aspect, Claim, ClaimPlace, Kind, Mode, Traced};
use trucewatch::document::Span;
use trucewatch::figure::{Amount, Counted, Figure, Who};
use trucewatch::pack::PartyId;
use trucewatch::place::Resolved;

/// A field of a claim that can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The type, as the codebook calls it.
    Type,
    /// The mode.
    Mode,
    /// `begun`, `ended` or nothing.
    Aspect,
    /// Who is on record, as named.
    Speaker,
    /// For whom that is, by a party's id.
    SpeakerParty,
    /// Who does it: ids of parties, with commas between them.
    Actors,
    /// To whom.
    Targets,
    /// Where: a name, or a name with its place as `NAME @ LAT, LON`.
    Place,
    /// When (EDTF).
    Date,
    /// Numbers: `WHAT MIN..MAX [military|civilian] [of PARTY]`, with semicolons between them.
    Figures,
    /// Why the words are thought to be mistranslated; nothing where they are not.
    Garbled,
}

impl Field {
    /// All of them.
    pub const ALL: &'static [Field] = &[
        Field::Type,
        Field::Mode,
        Field::Aspect,
        Field::Speaker,
        Field::SpeakerParty,
        Field::Actors,
        Field::Targets,
        Field::Place,
        Field::Date,
        Field::Figures,
        Field::Garbled,
    ];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Type => "type",
            Field::Mode => "mode",
            Field::Aspect => "aspect",
            Field::Speaker => "speaker",
            Field::SpeakerParty => "speaker-party",
            Field::Actors => "actors",
            Field::Targets => "targets",
            Field::Place => "place",
            Field::Date => "date",
            Field::Figures => "figures",
            Field::Garbled => "garbled",
        }
    }

    /// The field of a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|f| f.as_str() == text)
    }
}

/// The value of a field in words; empty where there is none.
#[must_use]
pub fn value_of(claim: &Claim, field: Field) -> String {
    match field {
        Field::Type => claim.kind.value.to_string(),
        Field::Mode => claim.mode.value.to_string(),
        Field::Aspect => claim.aspect.as_ref().map(|a| a.value.to_string()).unwrap_or_default(),
        Field::Speaker => claim.speaker.value.name.clone(),
        Field::SpeakerParty => claim.speaker.value.party.as_ref().map(ToString::to_string).unwrap_or_default(),
        Field::Actors => listed(&claim.actors),
        Field::Targets => listed(&claim.targets),
        Field::Place => claim.place.as_ref().map(|p| place_words(&p.value)).unwrap_or_default(),
        Field::Date => claim.date.as_ref().map(|d| d.value.to_string()).unwrap_or_default(),
        Field::Figures => claim.figures.iter().map(figure_words).collect::<Vec<_>>().join("; "),
        Field::Garbled => claim.garbled.as_ref().map(|g| g.value.clone()).unwrap_or_default(),
    }
}

fn listed(parties: &[Traced<PartyId>]) -> String {
    parties.iter().map(|p| p.value.to_string()).collect::<Vec<_>>().join(", ")
}

fn place_words(place: &ClaimPlace) -> String {
    let spot = place.resolved.as_ref().map(|r| format!(" @ {:.4}, {:.4}", r.lat, r.lon));
    format!("{}{}", place.name, spot.unwrap_or_default())
}

fn figure_words(figure: &Figure) -> String {
    let bound = |n: Option<Amount>| n.map(|n| n.to_string()).unwrap_or_default();
    let who = if figure.who == Who::Any { String::new() } else { format!(" {}", figure.who.as_str()) };
    let side = figure.side.as_ref().map(|s| format!(" of {s}")).unwrap_or_default();
    format!("{} {}..{}{who}{side}", figure.what.as_str(), bound(figure.min), bound(figure.max))
}

/// Sets a field of a claim to a value in words.
///
/// # Errors
/// Says what is wrong with the value.
pub(super) fn correct(claim: &mut Claim, field: Field, value: &str) -> Result<(), String> {
    let value = value.trim();
    match field {
        Field::Type => claim.kind = decided(Kind::parse(value).ok_or(format!("`{value}` is no type"))?),
        Field::Mode => claim.mode = decided(Mode::parse(value).ok_or(format!("`{value}` is no mode"))?),
        Field::Aspect => claim.aspect = some(value, |v| Aspect::parse(v).ok_or(format!("`{v}` is no aspect")))?,
        Field::Speaker if value.is_empty() => return Err("a claim has a speaker".to_owned()),
        Field::Speaker => value.clone_into(&mut claim.speaker.value.name),
        Field::SpeakerParty => claim.speaker.value.party = (!value.is_empty()).then(|| PartyId::new(value)),
        Field::Actors => claim.actors = parties(value),
        Field::Targets => claim.targets = parties(value),
        Field::Place => claim.place = some(value, place)?,
        Field::Date => claim.date = some(value, |v| v.parse().map_err(|e| format!("{e}")))?,
        Field::Figures => claim.figures = figures(value, claim.span)?,
        Field::Garbled => claim.garbled = some(value, |v| Ok(v.to_owned()))?,
    }
    Ok(())
}

fn decided<T>(value: T) -> Traced<T> {
    Traced::new(value, Vec::new(), "decision")
}

fn some<T>(value: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<Traced<T>>, String> {
    if value.is_empty() { Ok(None) } else { read(value).map(|v| Some(decided(v))) }
}

fn parties(value: &str) -> Vec<Traced<PartyId>> {
    value.split(',').map(str::trim).filter(|p| !p.is_empty()).map(|p| decided(PartyId::new(p))).collect()
}

fn place(value: &str) -> Result<ClaimPlace, String> {
    let Some((name, spot)) = value.rsplit_once('@') else {
        return Ok(ClaimPlace { name: value.to_owned(), resolved: None });
    };
    let degrees = |text: &str, most: f64| text.trim().parse::<f64>().ok().filter(|d| d.abs() <= most);
    let found = spot.split_once(',').and_then(|(lat, lon)| Some((degrees(lat, 90.0)?, degrees(lon, 180.0)?)));
    let (lat, lon) = found.ok_or_else(|| format!("`{}` is no place on the map such as 40.1, 46.2", spot.trim()))?;
    let resolved = Resolved {
        id: format!("decided/{lat:.4},{lon:.4}"),
        lat,
        lon,
        country: String::new(),
        precision: 1,
        why: "a person decided it".to_owned(),
    };
    Ok(ClaimPlace { name: name.trim().to_owned(), resolved: Some(resolved) })
}

fn figures(value: &str, words: Span) -> Result<Vec<Figure>, String> {
    let one = |text: &str| figure(text, words).ok_or_else(|| format!("`{}` is no figure such as `killed 3..5`", text));
    value.split(';').map(str::trim).filter(|f| !f.is_empty()).map(one).collect()
}

fn figure(text: &str, words: Span) -> Option<Figure> {
    let (text, side) = match text.split_once(" of ") {
        Some((text, side)) => (text, Some(PartyId::new(side.trim()))),
        None => (text, None),
    };
    let mut parts = text.split_whitespace();
    let what = parts.next()?;
    let what = Counted::ALL.iter().copied().find(|c| c.as_str() == what)?;
    let bounds = parts.next()?;
    let (min, max) = bounds.split_once("..").unwrap_or((bounds, bounds));
    let bound = |n: &str| if n.is_empty() { Some(None) } else { n.parse::<Amount>().ok().map(Some) };
    let (min, max) = (bound(min)?, bound(max)?);
    let who = match parts.next() {
        None => Who::Any,
        Some(who) => [Who::Military, Who::Civilian, Who::Any].into_iter().find(|w| w.as_str() == who)?,
    };
    (parts.next().is_none() && (min.is_some() || max.is_some())).then_some(Figure {
        span: Span::new(words.start, words.start),
        what,
        who,
        side,
        min,
        max,
        approx: false,
        rule: "decision".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim() -> Claim {
        crate::stored::tests::claim()
    }

    #[test]
    fn wrong_values_are_refused() {
        for (field, value) in [
            (Field::Type, "rain"),
            (Field::Mode, ""),
            (Field::Aspect, "middle"),
            (Field::Speaker, " "),
            (Field::Place, "Hollin @ 91, 200"),
            (Field::Date, "Monday"),
            (Field::Figures, "killed many"),
            (Field::Figures, "killed .."),
        ] {
            assert!(correct(&mut claim(), field, value).is_err(), "{field:?} {value}");
        }
    }

    #[test]
    fn what_is_set_is_read_back() {
        for (field, value) in [
            (Field::Type, "gunfire"),
            (Field::Mode, "denied"),
            (Field::Aspect, "ended"),
            (Field::Aspect, ""),
            (Field::Speaker, "a farmer"),
            (Field::SpeakerParty, ""),
            (Field::Actors, "vesk, orlava"),
            (Field::Targets, ""),
            (Field::Place, "Hollin @ 40.1000, 46.2000"),
            (Field::Place, "a hill"),
            (Field::Date, "2031-03-07/2031-03-08"),
            (Field::Figures, "killed 3..5 civilian of vesk; wounded 7.."),
            (Field::Garbled, "two words are swapped"),
        ] {
            let mut claim = claim();
            correct(&mut claim, field, value).unwrap();
            assert_eq!(value_of(&claim, field), value, "{field:?}");
        }
    }
}
