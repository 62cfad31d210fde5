//! A field report in words, and the claims that these words make. The words are a document like any other, so that what
//! the mission says leads back to what it wrote.

use jiff::Zoned;
use trucewatch::claim::{Aspect, Claim, ClaimBuilder, ClaimPlace, Kind, Mode, Speaker, Traced};
use trucewatch::document::{Document, Meta, Span};
use trucewatch::figure::{Amount, Counted, Figure, Who};
use trucewatch::pack::PartyId;
use trucewatch::place::Resolved;
use trucewatch::when::Interval;

use super::sector::Sector;
use super::{Access, Content, Hindrance, How, Observation, Report, Training};
use crate::mandate::Mandate;

/// What is known beyond a report.
pub trait Lore {
    /// The name of a party for readers.
    fn title(&self, party: &str) -> String;
    /// The place of a name.
    fn place(&self, name: &str) -> Option<Resolved>;
}

/// A report in words.
#[derive(Debug, Clone)]
pub struct Told {
    /// The document.
    pub document: Document,
    /// Its sentences.
    pub sentences: Vec<Span>,
    /// What it claims.
    pub claims: Vec<Claim>,
}

/// Tells a report, in the mission's voice.
#[must_use]
pub fn tell(report: &Report, mandate: &Mandate, lore: &dyn Lore) -> Told {
    let mut page = Page { text: String::new(), sentences: Vec::new() };
    page.line(&format!("{}, field report {}", mandate.title, flat(&report.number)));
    page.line(&position(report, lore));
    page.line(&time(report));
    let said = match &report.content {
        Content::Observation(seen) => page.line(&observation(report, seen, lore)),
        Content::Nil => page.line(&nil(report)),
        Content::Access(access) => page.line(&hindered(report, access, lore)),
    };
    let harm = harmed(report).map(|words| page.line(&words));
    if let Some(training) = training(report) {
        page.line(training);
    }
    if !report.remarks.is_empty() {
        page.line(&format!("Remarks: {}", flat(&report.remarks)));
    }
    let Page { text, sentences } = page;
    let published = Some(Interval::day(report.local(report.until).date()));
    let meta = Meta { published, outlet: Some(mandate.title.clone()), ..Meta::default() };
    let name = format!("field-report-{}.txt", slug(&report.number));
    let document = Document::new(name, text, meta);
    let claims = Claims { report, mandate, lore, document: &document }.all(said, harm);
    Told { document, sentences, claims }
}

/// A text that grows by lines.
struct Page {
    text: String,
    sentences: Vec<Span>,
}

impl Page {
    fn line(&mut self, words: &str) -> Span {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        let span = Span::new(start, self.text.len());
        self.sentences.push(span);
        span
    }
}

/// Words on one line.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number as part of a file's name.
fn slug(number: &str) -> String {
    number.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).collect()
}

fn position(report: &Report, lore: &dyn Lore) -> String {
    let place = &report.position;
    let hemispheres =
        |n: f64, plus: &str, minus: &str| format!("{:.4} {}", n.abs(), if n < 0.0 { minus } else { plus });
    let point = place.point.map(|[lat, lon]| format!("{}, {}", hemispheres(lat, "N", "S"), hemispheres(lon, "E", "W")));
    let doubt = (place.uncertainty_m > 0.0).then(|| format!("within {:.0} m", place.uncertainty_m));
    let control = place.controlled_by.as_deref().map(|p| format!("controlled by {}", lore.title(p)));
    let more: Vec<String> = [point, doubt, control].into_iter().flatten().collect();
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join("; ")) };
    format!("Position: {}{more}.", flat(&place.name))
}

fn time(report: &Report) -> String {
    let (from, until) = (report.local(report.from), report.local(report.until));
    let clock = |z: &Zoned| z.strftime("%H:%M").to_string();
    let span = match (from == until, from.date() == until.date()) {
        (true, _) => clock(&from),
        (false, true) => format!("{} to {}", clock(&from), clock(&until)),
        (false, false) => format!("{} to {} on {}", clock(&from), clock(&until), day(&until)),
    };
    format!("Time: {}, {span} (UTC{}).", day(&from), report.zone)
}

fn day(at: &Zoned) -> String {
    at.strftime("%-d %B %Y").to_string()
}

fn observation(report: &Report, seen: &Observation, lore: &dyn Lore) -> String {
    let verb = match seen.how {
        How::Heard => "heard",
        How::Saw => "saw",
        How::Camera => "saw by camera",
        How::Sensor => "registered by sensor",
    };
    let weapon = match (&seen.weapon, seen.assessed) {
        (Some(weapon), true) => format!(" assessed as {}", flat(weapon)),
        (Some(weapon), false) => format!(" possibly of {}", flat(weapon)),
        (None, _) => String::new(),
    };
    let doer = seen.doer.as_deref().map(|p| format!(" by {} forces", lore.title(p))).unwrap_or_default();
    let towards = seen.direction.map(|d| format!(", going {}", d.point())).unwrap_or_default();
    let place = seen.place.as_deref().map(|p| format!(" at {}", flat(p))).unwrap_or_default();
    let bearing = whereabouts(seen).map(|w| format!(" {w} of their position")).unwrap_or_default();
    format!("{} {verb} {}{weapon}{doer}{place}{bearing}{towards}.", flat(&report.observer), things(seen))
}

/// Number and thing: `14 undetermined explosions`.
fn things(seen: &Observation) -> String {
    let one = seen.count.is_some_and(|c| c.min == Some(1.0) && c.max == Some(1.0));
    let what = seen.what();
    let noun = what.map_or(seen.thing.as_str(), |t| if one { t.one.as_str() } else { t.many.as_str() });
    let count = seen.count.map(|c| format!("{} ", c.words())).unwrap_or_default();
    let doubt = if seen.assessed || seen.weapon.is_some() || !is_fire(seen) { "" } else { "undetermined " };
    format!("{count}{doubt}{noun}")
}

fn is_fire(seen: &Observation) -> bool {
    matches!(seen.what().and_then(|t| t.kind(seen.assessed)), Some(Kind::Explosion | Kind::Shelling))
}

/// Distance and direction: `7-9 km NE`.
fn whereabouts(seen: &Observation) -> Option<String> {
    let km = seen.distance_km.map(|d| format!("{} km", d.words()));
    let point = seen.bearing.map(|b| b.point().to_owned());
    let both: Vec<String> = km.into_iter().chain(point).collect();
    (!both.is_empty()).then(|| both.join(" "))
}

fn nil(report: &Report) -> String {
    format!("{} observed nothing to report.", flat(&report.observer))
}

fn hindered(report: &Report, access: &Access, lore: &dyn Lore) -> String {
    let by =
        access.by.as_deref().map_or_else(|| "Somebody unknown".to_owned(), |p| format!("{} personnel", lore.title(p)));
    let what = match access.what {
        Hindrance::Denied => "refused passage to",
        Hindrance::Delayed => "held up",
    };
    let minutes = access.minutes.map(|m| format!(" for {m} minutes")).unwrap_or_default();
    let reason = access.reason.as_deref().map(|r| format!(", giving as the reason: {}", flat(r))).unwrap_or_default();
    format!("{by} {what} {} at {}{minutes}{reason}.", flat(&report.observer), flat(&access.place))
}

fn harmed(report: &Report) -> Option<String> {
    let seen = report.observation()?;
    let dead = seen.killed.map(|n| format!("{} dead", n.words()));
    let wounded = seen.wounded.map(|n| format!("{} wounded", n.words()));
    let both: Vec<String> = dead.into_iter().chain(wounded).collect();
    (!both.is_empty()).then(|| format!("{} saw {}.", flat(&report.observer), both.join(" and ")))
}

fn training(report: &Report) -> Option<&'static str> {
    match report.observation()?.training {
        Training::Yes => Some("It was an exercise."),
        Training::No => Some("It was no exercise."),
        Training::Unknown => None,
    }
}

struct Claims<'a> {
    report: &'a Report,
    mandate: &'a Mandate,
    lore: &'a dyn Lore,
    document: &'a Document,
}

impl Claims<'_> {
    fn all(&self, said: Span, harm: Option<Span>) -> Vec<Claim> {
        let first = match &self.report.content {
            Content::Observation(seen) => self.observed(seen, said),
            Content::Nil => None,
            Content::Access(access) => self.hindered(access, said),
        };
        first.into_iter().chain(harm.and_then(|span| self.harmed(span))).collect()
    }

    fn begin(&self, span: Span, kind: Kind) -> ClaimBuilder {
        let party = Some(PartyId::new(&self.mandate.party));
        let speaker = Speaker { name: self.mandate.title.clone(), party };
        let traced = |rule: &'static str| (vec![span], rule);
        let ((a, kind_rule), (b, mode_rule), (c, voice_rule)) =
            (traced("field/thing"), traced("field/asserted"), traced("field/mission"));
        ClaimBuilder::new(
            self.document,
            span,
            Traced::new(kind, a, kind_rule),
            Traced::new(Mode::Asserted, b, mode_rule),
            Traced::new(speaker, c, voice_rule),
        )
        .confidence(1.0)
    }

    /// What was seen or heard. An exercise breaks no truce and is none of its incidents.
    fn observed(&self, seen: &Observation, span: Span) -> Option<Claim> {
        if seen.training == Training::Yes {
            return None;
        }
        let thing = seen.what()?;
        let doer = party(seen.doer.as_deref(), span);
        let figures = self.counted(seen, thing.counted(), span);
        let claim = self.begin(span, thing.kind(seen.assessed)?).roles(doer, Vec::new()).figures(figures);
        claim.setting(self.place(seen, span), self.date(span)).build()
    }

    fn counted(&self, seen: &Observation, what: Option<Counted>, span: Span) -> Vec<Figure> {
        let figure = |(what, range)| figure(what, range, span);
        what.zip(seen.count).map(figure).into_iter().collect()
    }

    fn harmed(&self, span: Span) -> Option<Claim> {
        let seen = self.report.observation()?;
        let both = [(Counted::Killed, seen.killed), (Counted::Wounded, seen.wounded)];
        let figures = both.into_iter().filter_map(|(what, range)| Some(figure(what, range?, span))).collect();
        let claim = self.begin(span, Kind::Casualties).figures(figures);
        claim.setting(self.place(seen, span), self.date(span)).build()
    }

    /// Observers who are kept away cannot verify: that is what the codebook calls it.
    fn hindered(&self, access: &Access, span: Span) -> Option<Claim> {
        let ended = (access.what == Hindrance::Denied).then(|| Traced::new(Aspect::Ended, [span], "field/access"));
        let mission = party(Some(&self.mandate.party), span);
        let by = party(access.by.as_deref(), span);
        let resolved = self.lore.place(&access.place).or_else(|| self.own_place());
        let place = Traced::new(ClaimPlace { name: access.place.clone(), resolved }, [span], "field/access");
        let claim = self.begin(span, Kind::Verification).aspect(ended).roles(by, mission);
        claim.setting(Some(place), self.date(span)).build()
    }

    fn date(&self, span: Span) -> Option<Traced<Interval>> {
        let (from, until) = (self.report.local(self.report.from), self.report.local(self.report.until));
        Some(Traced::new(Interval::days(from.date(), until.date()), [span], "field/time"))
    }

    /// Where it was: the place that is named, the middle of the sector, or where the observers stood.
    fn place(&self, seen: &Observation, span: Span) -> Option<Traced<ClaimPlace>> {
        let named = seen.place.as_deref().map(|name| (name.to_owned(), self.lore.place(name)));
        let near = || {
            let from = flat(&self.report.position.name);
            whereabouts(seen).map_or_else(|| from.clone(), |w| format!("{w} of {from}"))
        };
        let (name, resolved) = named.unwrap_or_else(|| (near(), None));
        let resolved = resolved.or_else(|| self.sector()).or_else(|| self.own_place());
        Some(Traced::new(ClaimPlace { name, resolved }, [span], "field/place"))
    }

    fn sector(&self) -> Option<Resolved> {
        let sector = Sector::of(self.report)?;
        let [lat, lon] = sector.middle();
        let (near, far) = sector.km;
        let bearings = sector.bearings.map_or("all round".to_owned(), |(a, b)| {
            format!("{:.0} to {:.0} degrees", a.rem_euclid(360.0), b.rem_euclid(360.0))
        });
        let why = format!("middle of the sector {near:.2}-{far:.2} km, {bearings} from the observers");
        Some(Resolved { id: String::new(), lat, lon, country: String::new(), precision: 2, why })
    }

    fn own_place(&self) -> Option<Resolved> {
        let [lat, lon] = self.report.position.point?;
        let why = "where the observers stood; how far away it was is not known".to_owned();
        Some(Resolved { id: String::new(), lat, lon, country: String::new(), precision: 2, why })
    }
}

fn party(id: Option<&str>, span: Span) -> Vec<Traced<PartyId>> {
    id.map(|id| Traced::new(PartyId::new(id), [span], "field/party")).into_iter().collect()
}

fn figure(what: Counted, range: super::Range, span: Span) -> Figure {
    let (min, max) = (range.min.and_then(Amount::new), range.max.and_then(Amount::new));
    Figure { span, what, who: Who::Any, side: None, min, max, approx: range.about, rule: "field/count".into() }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::row::tests::changed;
    use super::*;
    use crate::mandate::tests::MANDATE;

    /// Parties by their ids, and one village.
    pub(crate) struct Village;

    impl Lore for Village {
        fn title(&self, party: &str) -> String {
            if party == "orlava" { "Orlava".to_owned() } else { "Vesk".to_owned() }
        }

        fn place(&self, name: &str) -> Option<Resolved> {
            let (id, country, why) = ("dubrel".to_owned(), String::new(), "named".to_owned());
            (name == "Dubrel").then_some(Resolved { id, lat: -44.62, lon: -125.06, country, precision: 1, why })
        }
    }

    fn told(values: &[(&str, &str)]) -> Told {
        tell(&changed(values).unwrap(), &Mandate::parse(MANDATE).unwrap(), &Village)
    }

    #[test]
    fn nothing_observed_and_exercises_claim_nothing() {
        let quiet = told(&[("kind", "nil"), ("thing", ""), ("count", "")]);
        assert!(quiet.claims.is_empty());
        assert!(quiet.document.text().ends_with("Post 3 observed nothing to report."));
        let exercise = told(&[("training", "yes")]);
        assert!(exercise.claims.is_empty() && exercise.document.text().ends_with("It was an exercise."));
    }

    #[test]
    fn what_was_heard_is_told_and_claimed_without_a_doer() {
        let told = told(&[]);
        assert_eq!(
            told.document.text(),
            "Joint Line Mission, field report P3-61\n\n\
             Position: Post 3, Hollin (44.8000 S, 124.9600 W; within 50 m; controlled by Orlava).\n\n\
             Time: 3 March 2031, 19:12 to 19:50 (UTC-08:00).\n\n\
             Post 3 heard 14 undetermined explosions 7-9 km NE of their position."
        );
        let [claim] = told.claims.as_slice() else { panic!("one claim") };
        assert_eq!((claim.kind.value, claim.mode.value), (Kind::Explosion, Mode::Asserted));
        assert!(claim.actors.is_empty() && claim.targets.is_empty());
        assert_eq!(claim.speaker.value.party, Some(PartyId::new("jlm")));
        assert_eq!(claim.date.as_ref().unwrap().value.to_string(), "2031-03-03");
        assert_eq!(
            told.document.slice(claim.span),
            "Post 3 heard 14 undetermined explosions 7-9 km NE of their position."
        );
        let place = &claim.place.as_ref().unwrap().value;
        assert_eq!(place.name, "7-9 km NE of Post 3, Hollin");
        assert!(place.resolved.as_ref().unwrap().why.starts_with("middle of the sector 6.95-9.05 km"));
        assert_eq!((claim.figures[0].min, claim.figures[0].max), (Some(14.into()), Some(14.into())));
    }

    #[test]
    fn what_was_seen_names_weapon_doer_place_and_the_hurt() {
        let told = told(&[
            ("how", "saw"),
            ("count", "1"),
            ("assessed", "yes"),
            ("weapon", "a 122 mm howitzer"),
            ("doer", "vesk"),
            ("place", "Dubrel"),
            ("direction", "W"),
            ("killed", "2"),
            ("wounded", "3-4"),
            ("training", "no"),
        ]);
        let text = told.document.text();
        assert!(
            text.contains("saw 1 explosion assessed as a 122 mm howitzer by Vesk forces at Dubrel 7-9 km NE"),
            "{text}"
        );
        assert!(text.contains("going W.") && text.contains("saw 2 dead and 3-4 wounded."), "{text}");
        assert_eq!(told.claims.len(), 2);
        assert_eq!(told.claims[0].kind.value, Kind::Shelling);
        assert_eq!(told.claims[0].actors[0].value, PartyId::new("vesk"));
        assert_eq!(told.claims[0].place.as_ref().unwrap().value.resolved.as_ref().unwrap().id, "dubrel");
        assert_eq!(told.claims[1].kind.value, Kind::Casualties);
        assert_eq!(told.claims[1].figures[1].max, Some(4.into()));
    }

    #[test]
    fn whoever_is_kept_away_says_by_whom() {
        let told = told(&[
            ("kind", "access"),
            ("access_what", "denied"),
            ("access_by", "orlava"),
            ("access_place", "Kelmet bridge"),
            ("access_minutes", "285"),
            ("access_reason", "mines"),
        ]);
        let text = told.document.text();
        assert!(text.ends_with("Orlava personnel refused passage to Post 3 at Kelmet bridge for 285 minutes, giving as the reason: mines."), "{text}");
        let [claim] = told.claims.as_slice() else { panic!("one claim") };
        assert_eq!(
            (claim.kind.value, claim.aspect.as_ref().map(|a| a.value)),
            (Kind::Verification, Some(Aspect::Ended))
        );
        assert_eq!((claim.actors[0].value.as_str(), claim.targets[0].value.as_str()), ("orlava", "jlm"));
    }
}
