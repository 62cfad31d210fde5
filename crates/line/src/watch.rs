//! Who watches: posts, patrols and cameras, with their hours, their days and whose consent they stand by.
//!
//! Who has consented, and since when somebody is in place, is told from outside ([`Watch::consent`],
//! [`Watch::set_in_place`]): a party that is named and of which nothing was told has not consented.

use std::collections::{BTreeMap, BTreeSet};

use geo::Coord;
use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};

use crate::earth::{Track, is_position};

/// Metres between the places from which a patrol is taken to look round.
const PATROL_STEP_M: f64 = 500.0;
/// Minutes of a day.
pub const DAY_MINUTES: usize = 24 * 60;

/// What kind of a watch it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// People at a place.
    Post,
    /// People on a route.
    Patrol,
    /// A camera.
    Camera,
}

impl Kind {
    /// As written in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Post => "post",
            Kind::Patrol => "patrol",
            Kind::Camera => "camera",
        }
    }
}

/// One entry `[[watch]]` of a file of posts or of sites, or of a statement that proposes some.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Watch {
    /// Id, unique in the file.
    pub id: String,
    /// What it is.
    #[serde(default = "post")]
    pub kind: Kind,
    /// Degrees north; not for a patrol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// The way of a patrol: degrees east, degrees north.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub route: Vec<[f64; 2]>,
    /// How far it sees, in kilometres.
    pub reach_km: f64,
    /// Metres of the eye above the ground, used with a terrain.
    #[serde(default = "standing")]
    pub eye_m: f64,
    /// When it watches, as `06:00-18:30`; over midnight as `20:00-04:00`. All day without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// On which days of the week, as `mon`; all without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<DayName>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Whose consents it needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// What they answered, by party, as it was written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub consents: BTreeMap<String, String>,
    /// Parties that are known to consent.
    #[serde(skip)]
    consented: BTreeSet<String>,
    /// When it was in place, by the clock there; always, where that is not known.
    #[serde(skip)]
    in_place: Option<Vec<Span>>,
}

/// From when, and until when where that is known.
pub type Span = (DateTime, Option<DateTime>);

fn post() -> Kind {
    Kind::Post
}

fn standing() -> f64 {
    2.0
}

/// A file of posts or sites.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watches {
    /// Its entries.
    #[serde(default)]
    pub watch: Vec<Watch>,
}

/// Minutes of a day from which and until which somebody watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours {
    from: usize,
    until: usize,
}

impl TryFrom<String> for Hours {
    type Error = String;

    fn try_from(text: String) -> Result<Hours, String> {
        let wrong = || format!("`{text}` are no hours such as 06:00-18:30");
        let minute = |part: &str| match part {
            "24:00" => Some(DAY_MINUTES),
            _ => part.parse::<Time>().ok().map(|t| t.hour() as usize * 60 + t.minute() as usize),
        };
        let (from, until) = text.split_once('-').ok_or_else(wrong)?;
        let both = minute(from.trim()).zip(minute(until.trim())).filter(|(f, u)| f != u && *f < DAY_MINUTES);
        both.map(|(from, until)| Hours { from, until }).ok_or_else(wrong)
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> String {
        let clock = |minute: usize| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{}-{}", clock(hours.from), clock(hours.until))
    }
}

impl Hours {
    /// Whether a minute of the day is within.
    fn has(self, minute: usize) -> bool {
        if self.from < self.until {
            (self.from..self.until).contains(&minute)
        } else {
            minute >= self.from || minute < self.until
        }
    }
}

/// A day of the week by its first three letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "days of the week")]
pub enum DayName {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl DayName {
    fn is(self, day: Weekday) -> bool {
        self as i8 == day.to_monday_zero_offset()
    }
}

/// Why an entry cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unwatchable {
    /// No place, or two.
    #[error("`{0}` needs `lat` and `lon`, or a `route` of at least two positions if it is a patrol")]
    Place(String),
    /// A position that is none.
    #[error("`{0}`: {1}, {2} is no position in degrees east and north")]
    Position(String, f64, f64),
    /// A reach or height that is none.
    #[error("`{0}`: reach-km lies between 0.05 and 60, and eye-m between 0 and 500")]
    Reach(String),
    /// Twice the same id.
    #[error("two entries have the id `{0}`")]
    Twice(String),
}

impl Watches {
    /// The entries of a text of TOML.
    ///
    /// # Errors
    /// Where it is none, with its line.
    pub fn parse(text: &str) -> Result<Watches, String> {
        toml::from_str(text).map_err(|e: toml::de::Error| {
            let before = e.span().and_then(|s| text.get(..s.start)).unwrap_or("");
            format!("line {}: {}", before.matches('\n').count() + 1, e.message())
        })
    }

    /// Checks all entries.
    ///
    /// # Errors
    /// The first that is not in order.
    pub fn check(&self) -> Result<(), Unwatchable> {
        let mut ids = std::collections::BTreeSet::new();
        for watch in &self.watch {
            watch.check()?;
            if !ids.insert(&watch.id) {
                return Err(Unwatchable::Twice(watch.id.clone()));
            }
        }
        Ok(())
    }
}

impl Watch {
    fn check(&self) -> Result<(), Unwatchable> {
        let placed = self.lat.is_some() && self.lon.is_some() && self.route.is_empty();
        let routed = self.lat.is_none() && self.lon.is_none() && self.route.len() > 1;
        if (self.kind == Kind::Patrol && !routed) || (self.kind != Kind::Patrol && !placed) {
            return Err(Unwatchable::Place(self.id.clone()));
        }
        let off = self.positions().into_iter().find(|c| !is_position(*c));
        if let Some(at) = off {
            return Err(Unwatchable::Position(self.id.clone(), at.x, at.y));
        }
        let fits = (0.05..=60.0).contains(&self.reach_km) && (0.0..=500.0).contains(&self.eye_m);
        if fits { Ok(()) } else { Err(Unwatchable::Reach(self.id.clone())) }
    }

    fn positions(&self) -> Vec<Coord> {
        let place = self.lat.zip(self.lon).map(|(y, x)| Coord { x, y });
        place.into_iter().chain(self.route.iter().map(|&c| c.into())).collect()
    }

    /// The places from which it looks: its own, or one every half kilometre of its way.
    #[must_use]
    pub fn eyes(&self) -> Vec<Coord> {
        let positions = self.positions();
        if positions.len() < 2 {
            return positions;
        }
        let track = Track::new(&positions);
        let stops = track.stretches(PATROL_STEP_M).into_iter().filter_map(|(from, _)| track.at(from));
        stops.chain(positions.last().copied()).collect()
    }

    /// Parties that have not plainly consented. With any, it does not stand.
    #[must_use]
    pub fn lacks(&self) -> Vec<&str> {
        self.parties.iter().filter(|p| !self.consented.contains(*p)).map(String::as_str).collect()
    }

    /// Takes a party's consent as given.
    pub fn consent(&mut self, party: &str) {
        self.consented.insert(party.to_owned());
    }

    /// Notes when it was in place; it watches at no other time.
    pub fn set_in_place(&mut self, spans: Vec<Span>) {
        self.in_place = Some(spans);
    }

    /// Whether it stands by what is known last: no consent is lacking, and it is in place.
    #[must_use]
    pub fn stands(&self) -> bool {
        let in_place = self.in_place.as_ref().is_none_or(|spans| spans.iter().any(|(_, until)| until.is_none()));
        in_place && self.lacks().is_empty()
    }

    /// Whether it was in place at no time.
    #[must_use]
    pub fn was_never_in_place(&self) -> bool {
        self.in_place.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether it watches at all on a day.
    #[must_use]
    pub fn is_on(&self, day: Date) -> bool {
        let in_term = self.from.is_none_or(|f| f <= day) && self.to.is_none_or(|t| day <= t);
        let weekday = self.weekdays.is_empty() || self.weekdays.iter().any(|d| d.is(day.weekday()));
        let in_place = |(from, until): &Span| from.date() <= day && until.is_none_or(|u| day <= u.date());
        let placed = self.in_place.as_ref().map_or_else(|| self.lacks().is_empty(), |s| s.iter().any(in_place));
        in_term && weekday && placed
    }

    /// Whether it watches in a minute of a day on which it watches.
    #[must_use]
    pub fn has_minute(&self, day: Date, minute: usize) -> bool {
        let hour = self.hours.is_empty() || self.hours.iter().any(|h| h.has(minute));
        let clock = || Some(day.at(i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?, 0, 0));
        let within = |at: DateTime| {
            let spans = self.in_place.iter().flatten();
            spans.into_iter().any(|(from, until)| *from <= at && until.is_none_or(|u| at < u))
        };
        hour && (self.in_place.is_none() || clock().is_some_and(within))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch(json: &str) -> Watch {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn what_is_not_in_order() {
        let refused = |json: &str| Watches { watch: vec![watch(json)] }.check().unwrap_err().to_string();
        assert!(refused(r#"{"id": "a", "reach-km": 3}"#).contains("needs `lat` and `lon`"));
        assert!(refused(r#"{"id": "a", "lat": 95, "lon": 0, "reach-km": 3}"#).contains("no position"));
        assert!(refused(r#"{"id": "a", "lat": 45, "lon": 0, "reach-km": 0}"#).contains("reach-km"));
        assert!(refused(r#"{"id": "a", "kind": "patrol", "route": [[0, 0]], "reach-km": 1}"#).contains("route"));
        assert!(serde_json::from_str::<Watch>(r#"{"id": "a", "reach-km": 1, "hours": ["6 to 8"]}"#).is_err());
        assert!(serde_json::from_str::<Watch>(r#"{"id": "a", "reach-km": 1, "reach": 2}"#).is_err());
        let twice = vec![watch(r#"{"id": "a", "lat": 45, "lon": 0, "reach-km": 1}"#); 2];
        assert_eq!(Watches { watch: twice }.check(), Err(Unwatchable::Twice("a".to_owned())));
    }

    #[test]
    fn hours_days_and_consents() {
        let mut night = watch(
            r#"{"id": "a", "lat": 45, "lon": 0, "reach-km": 3, "hours": ["20:00-04:00"], "weekdays": ["sat"],
                "from": "2031-03-01", "parties": ["vesk"]}"#,
        );
        assert_eq!(night.lacks(), ["vesk"], "nothing was told");
        let waiting = night.clone();
        night.consent("vesk");
        let any = Date::constant(2031, 3, 1);
        let has = |minute| night.has_minute(any, minute);
        assert!(has(0) && has(1439) && !has(240) && !has(720));
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(night.is_on(day("2031-03-01")), "a Saturday");
        assert!(!night.is_on(day("2031-03-02")) && !night.is_on(day("2031-02-22")));
        assert!(!waiting.is_on(day("2031-03-01")), "without a consent it does not stand");
    }

    #[test]
    fn who_is_in_place_watches_from_then_and_until_then() {
        let mut post = watch(r#"{"id": "a", "lat": 45, "lon": 0, "reach-km": 3}"#);
        let time = |text: &str| text.parse::<DateTime>().unwrap();
        post.set_in_place(vec![(time("2031-03-07T14:00"), Some(time("2031-03-09T06:00")))]);
        let days = [6, 7, 8, 9, 10].map(|day| post.is_on(Date::constant(2031, 3, day)));
        assert_eq!(days, [false, true, true, true, false]);
        let minutes = |day| (0..DAY_MINUTES).filter(|&m| post.has_minute(Date::constant(2031, 3, day), m)).count();
        assert_eq!([7, 8, 9].map(minutes), [600, 1440, 360]);
        assert!(!post.stands() && !post.was_never_in_place());
        post.set_in_place(vec![]);
        assert!(post.was_never_in_place() && !post.is_on(Date::constant(2031, 3, 8)));
    }

    #[test]
    fn it_is_written_and_read_back() {
        let text = r#"{"id":"a","kind":"post","lat":45.5,"lon":-0.25,"reach-km":3.0,"eye-m":2.0,"hours":["20:00-04:00"],"weekdays":["sat"]}"#;
        assert_eq!(serde_json::to_string(&watch(text)).unwrap(), text);
    }

    #[test]
    fn a_patrol_looks_round_along_its_way() {
        let patrol = watch(r#"{"id": "a", "kind": "patrol", "route": [[0, 0], [0.02, 0]], "reach-km": 1}"#);
        assert_eq!(patrol.eyes().len(), 6);
    }
}
