//! What came of a whole line on some days.

use std::collections::BTreeMap;

use geo::Coord;
use jiff::civil::Date;

use super::{DayOf, Lookout, Observed, Stretch, stretches};

/// A line by stretches and days.
pub struct Account<'a> {
    /// Those who watch.
    pub lookouts: Vec<Lookout<'a>>,
    /// The line in pieces.
    pub stretches: Vec<Stretch>,
    /// By day, what came of each stretch.
    pub days: BTreeMap<Date, Vec<DayOf>>,
}

impl<'a> Account<'a> {
    /// Looks at a line, cut into stretches no longer than asked, on some days.
    #[must_use]
    pub fn new(line: &[Coord], longest_m: f64, lookouts: Vec<Lookout<'a>>, days: &[Date]) -> Account<'a> {
        let stretches = stretches(line, longest_m, &lookouts);
        let of = |day: Date| stretches.iter().map(|s| s.on(day, &lookouts)).collect();
        let days = days.iter().map(|d| (*d, of(*d))).collect();
        Account { lookouts, stretches, days }
    }

    /// Ids of those who saw something.
    #[must_use]
    pub fn ids(&self, of: &DayOf) -> Vec<&str> {
        of.by.iter().filter_map(|&i| Some(self.lookouts.get(i)?.watch.id.as_str())).collect()
    }

    /// Metres of the line.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.stretches.iter().map(|s| s.to_m - s.from_m).sum()
    }

    /// Metres of the line that came to something on a day.
    #[must_use]
    pub fn metres(&self, day: &[DayOf], what: Observed) -> f64 {
        let met = self.stretches.iter().zip(day).filter(|(_, d)| d.observed == what);
        met.fold(0.0, |sum, (s, _)| sum + s.to_m - s.from_m)
    }

    /// Stretches one after the other of which the same came on a day, as one: from, to, what came.
    #[must_use]
    pub fn runs<'d>(&self, day: &'d [DayOf]) -> Vec<(f64, f64, &'d DayOf)> {
        let mut runs: Vec<(f64, f64, &DayOf)> = Vec::new();
        for (stretch, seen) in self.stretches.iter().zip(day) {
            match runs.last_mut() {
                Some((_, to, last)) if *last == seen => *to = stretch.to_m,
                _ => runs.push((stretch.from_m, stretch.to_m, seen)),
            }
        }
        runs
    }
}
