//! Which stretches of a line somebody watched on a day, and which incidents nobody could see.

mod account;

use geo::Coord;
use jiff::civil::Date;
use serde::Serialize;

use crate::earth::{self, Track};
use crate::sight::Seen;
use crate::terrain::{Terrain, View};
use crate::watch::{DAY_MINUTES, Watch};
pub use account::Account;

/// How much of something was watched on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Observed {
    /// Nobody could see it at any hour.
    Not,
    /// At some hours, or some of it.
    Partly,
    /// All of it, at all hours.
    Observed,
}

impl Observed {
    /// As printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Observed::Not => "not",
            Observed::Partly => "partly",
            Observed::Observed => "observed",
        }
    }
}

/// A watch with what it sees.
pub struct Lookout<'a> {
    /// Who.
    pub watch: &'a Watch,
    eyes: Vec<(Coord, Option<View>)>,
    over_terrain: bool,
}

impl<'a> Lookout<'a> {
    /// Looks round. Without a terrain, everything within reach is seen; with one, only what is not hidden, and nothing
    /// from where the ground is not known.
    #[must_use]
    pub fn new(watch: &'a Watch, terrain: Option<&Terrain>, target_m: f64) -> Lookout<'a> {
        let view = |at| terrain.and_then(|t| View::new(t, at, watch.eye_m, target_m, watch.reach_km * 1000.0));
        let eyes = watch.eyes().into_iter().map(|at| (at, view(at))).collect();
        Lookout { watch, eyes, over_terrain: terrain.is_some() }
    }

    /// Whether it stands where no height is known, though there is a terrain; then it sees nothing.
    #[must_use]
    pub fn is_off_terrain(&self) -> bool {
        self.over_terrain && self.eyes.iter().all(|(_, view)| view.is_none())
    }

    /// Whether it sees a place from anywhere it looks.
    #[must_use]
    pub fn sees(&self, place: Coord) -> bool {
        let reach = self.watch.reach_km * 1000.0;
        self.eyes.iter().any(|(at, view)| {
            // A degree of latitude is at least 110.5 km.
            if (at.y - place.y).abs() * 110_500.0 > reach || earth::metres(*at, place) > reach {
                return false;
            }
            match view {
                Some(view) => view.sees(place) == Seen::Visible,
                None => !self.over_terrain,
            }
        })
    }

    /// What it sees, as views over the terrain.
    pub fn views(&self) -> impl Iterator<Item = &View> {
        self.eyes.iter().filter_map(|(_, view)| view.as_ref())
    }
}

/// A stretch of a line, and who sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Metres from the line's start to where it begins.
    pub from_m: f64,
    /// Metres to where it ends.
    pub to_m: f64,
    /// Its vertices.
    pub line: Vec<Coord>,
    /// For each lookout how many of its three places (start, middle, end) it sees, by which one.
    seen: Vec<[bool; 3]>,
}

/// Cuts a line into stretches no longer than asked and looks who sees them.
#[must_use]
pub fn stretches(line: &[Coord], longest_m: f64, lookouts: &[Lookout<'_>]) -> Vec<Stretch> {
    let track = Track::new(line);
    let stretch = |(from_m, to_m): (f64, f64)| {
        let places = [from_m, f64::midpoint(from_m, to_m), to_m].map(|m| track.at(m));
        let seen = lookouts.iter().map(|l| places.map(|p| p.is_some_and(|p| l.sees(p)))).collect();
        Stretch { from_m, to_m, line: track.between(from_m, to_m), seen }
    };
    track.stretches(longest_m).into_iter().map(stretch).collect()
}

/// What came of a stretch on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct DayOf {
    /// How much.
    pub observed: Observed,
    /// Hours in which somebody saw some of it.
    pub hours: f64,
    /// Who: numbers of lookouts.
    pub by: Vec<usize>,
}

impl Stretch {
    /// How much of it was watched on a day.
    #[must_use]
    pub fn on(&self, day: Date, lookouts: &[Lookout<'_>]) -> DayOf {
        let sees = |i: usize| self.seen.get(i).is_some_and(|s| s.contains(&true));
        let by: Vec<usize> = (0..lookouts.len()).filter(|&i| sees(i) && lookouts[i].watch.is_on(day)).collect();
        let places = |minute: usize| {
            let on = by.iter().filter(|&&i| lookouts[i].watch.has_minute(day, minute));
            on.fold([false; 3], |all, &i| std::array::from_fn(|p| all[p] || self.seen[i][p]))
        };
        let minutes: Vec<[bool; 3]> = (0..DAY_MINUTES).map(places).collect();
        let some = minutes.iter().filter(|p| p.contains(&true)).count();
        let observed = match some {
            0 => Observed::Not,
            _ if minutes.iter().all(|p| *p == [true; 3]) => Observed::Observed,
            _ => Observed::Partly,
        };
        DayOf { observed, hours: some as f64 / 60.0, by }
    }
}

/// How much of a place was watched on a day: whether nobody, somebody at some hours, or somebody at all hours could see.
#[must_use]
pub fn place_on(place: Coord, day: Date, lookouts: &[Lookout<'_>]) -> DayOf {
    let seen = lookouts.iter().map(|l| [l.watch.is_on(day) && l.sees(place); 3]).collect();
    Stretch { from_m: 0.0, to_m: 0.0, line: vec![place], seen }.on(day, lookouts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch(rest: &str) -> Watch {
        serde_json::from_str(&format!(r#"{{"id": "a", "lat": 45.0, "lon": 10.0, "reach-km": 5.0{rest}}}"#)).unwrap()
    }

    fn line() -> Vec<Coord> {
        vec![Coord { x: 9.9, y: 45.01 }, Coord { x: 10.2, y: 45.01 }]
    }

    fn of_day(watches: &[Watch]) -> Vec<Observed> {
        let lookouts: Vec<Lookout<'_>> = watches.iter().map(|w| Lookout::new(w, None, 2.0)).collect();
        let day = "2031-03-08".parse().unwrap();
        stretches(&line(), 2000.0, &lookouts).iter().map(|s| s.on(day, &lookouts).observed).collect()
    }

    #[test]
    fn nobody_sees_without_consent_or_out_of_term() {
        let not = |rest: &str| of_day(&[watch(rest)]).iter().all(|o| *o == Observed::Not);
        assert!(not(r#", "parties": ["vesk"]"#));
        assert!(not(r#", "to": "2031-03-07""#) && not(r#", "weekdays": ["sun"]"#));
        assert!(of_day(&[]).iter().all(|o| *o == Observed::Not));
    }

    #[test]
    fn observed_partly_and_not() {
        let all_day = of_day(&[watch("")]);
        let count = |seen: &[Observed], what| seen.iter().filter(|o| **o == what).count();
        assert!(count(&all_day, Observed::Observed) >= 3 && count(&all_day, Observed::Not) >= 5);
        assert!(count(&all_day, Observed::Partly) >= 1, "a stretch half in reach");
        let by_day = of_day(&[watch(r#", "hours": ["06:00-18:00"]"#)]);
        assert_eq!(
            (count(&by_day, Observed::Observed), count(&by_day, Observed::Not)),
            (0, count(&all_day, Observed::Not))
        );
        let shifts = of_day(&[watch(r#", "hours": ["06:00-18:00"]"#), watch(r#", "hours": ["18:00-06:00"]"#)]);
        assert_eq!(shifts, all_day, "two shifts make a day");
    }

    #[test]
    fn incidents_that_nobody_could_see() {
        let watches = [watch(r#", "hours": ["06:00-18:00"]"#)];
        let lookouts: Vec<Lookout<'_>> = watches.iter().map(|w| Lookout::new(w, None, 2.0)).collect();
        let day = "2031-03-08".parse().unwrap();
        assert_eq!(place_on(Coord { x: 10.2, y: 45.0 }, day, &lookouts).observed, Observed::Not);
        let near = place_on(Coord { x: 10.01, y: 45.0 }, day, &lookouts);
        assert_eq!((near.observed, near.hours, near.by), (Observed::Partly, 12.0, vec![0]));
    }
}
