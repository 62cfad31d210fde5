//! Who watches: posts, patrols and cameras, with their hours, their days and whose consent they stand by.

use geo::Coord;
use jiff::civil::{Date, Time, Weekday};
use serde::Deserialize;

use crate::consent::Consents;
use crate::earth::Track;

/// Metres between the places from which a patrol is taken to look round.
const PATROL_STEP_M: f64 = 500.0;
/// Minutes of a day.
pub const DAY_MINUTES: usize = 24 * 60;

/// What kind of a watch it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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

/// One entry `[[watch]]` of a file of posts or of sites.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Watch {
    /// Id, unique in the file.
    pub id: String,
    /// What it is.
    #[serde(default = "post")]
    pub kind: Kind,
    /// Degrees north; not for a patrol.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// The way of a patrol: degrees east, degrees north.
    #[serde(default)]
    pub route: Vec<[f64; 2]>,
    /// How far it sees, in kilometres.
    pub reach_km: f64,
    /// Metres of the eye above the ground, used with a terrain.
    #[serde(default = "standing")]
    pub eye_m: f64,
    /// When it watches, as `06:00-18:30`; over midnight as `20:00-04:00`. All day without.
    #[serde(default)]
    pub hours: Vec<Hours>,
    /// On which days of the week, as `mon`; all without.
    #[serde(default)]
    pub weekdays: Vec<DayName>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Whose consents it needs.
    #[serde(default)]
    pub parties: Vec<String>,
    /// What they answered.
    #[serde(default)]
    pub consents: Consents,
}

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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
        let off = self.positions().into_iter().find(|c| !(c.x.abs() <= 360.0 && c.y.abs() <= 90.0));
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
        self.consents.lacking(&self.parties)
    }

    /// Whether it watches at all on a day.
    #[must_use]
    pub fn is_on(&self, day: Date) -> bool {
        let in_term = self.from.is_none_or(|f| f <= day) && self.to.is_none_or(|t| day <= t);
        let weekday = self.weekdays.is_empty() || self.weekdays.iter().any(|d| d.is(day.weekday()));
        in_term && weekday && self.lacks().is_empty()
    }

    /// Whether it watches in a minute of a day on which it watches.
    #[must_use]
    pub fn has_hour(&self, minute: usize) -> bool {
        self.hours.is_empty() || self.hours.iter().any(|h| h.has(minute))
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
        let night = watch(
            r#"{"id": "a", "lat": 45, "lon": 0, "reach-km": 3, "hours": ["20:00-04:00"], "weekdays": ["sat"],
                "from": "2031-03-01", "parties": ["vesk"], "consents": {"vesk": "given"}}"#,
        );
        assert!(night.has_hour(0) && night.has_hour(1439) && !night.has_hour(240) && !night.has_hour(720));
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(night.is_on(day("2031-03-01")), "a Saturday");
        assert!(!night.is_on(day("2031-03-02")) && !night.is_on(day("2031-02-22")));
        let mut waiting = night.clone();
        waiting.consents.answer("vesk", crate::Answer::Conditional);
        assert!(!waiting.is_on(day("2031-03-01")), "a condition is no consent");
    }

    #[test]
    fn a_patrol_looks_round_along_its_way() {
        let patrol = watch(r#"{"id": "a", "kind": "patrol", "route": [[0, 0], [0.02, 0]], "reach-km": 1}"#);
        assert_eq!(patrol.eyes().len(), 6);
    }
}
