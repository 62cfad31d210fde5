//! How far two courses run from each other along the way.

use geo::Coord;
use serde::Serialize;

use crate::earth::Track;
use crate::nearest::nearest;

/// At most this many places are looked at along each course.
const PLACES: f64 = 2_000.0;
/// No two of them are nearer than this, in metres.
const STEP_M: f64 = 20.0;
/// Two courses that are no further apart than this, in metres, run together.
const TOGETHER_M: f64 = 1.0;

/// How far two courses run from each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deviation {
    /// The mean, in metres, of how far the second is from places spaced evenly along the first.
    pub mean_m: f64,
    /// The largest distance from a place on either to the other, in metres.
    pub max_m: f64,
    /// Where on the one it is measured, in degrees east and north.
    pub max_from: [f64; 2],
    /// Where on the other.
    pub max_to: [f64; 2],
    /// Metres of the first along which they run together, no more than a metre apart.
    pub together_m: f64,
    /// Metres between the places at which this was measured.
    pub step_m: f64,
}

/// Measures from both; vertices are looked at as well, so that no spike is missed. None where one is no line.
#[must_use]
pub fn deviation(first: &Track, second: &Track) -> Option<Deviation> {
    let step = (first.length() / PLACES).max(STEP_M);
    let there = distances(first.middles(step).into_iter().map(|(_, c)| c), second);
    let count = there.len() as f64;
    let mean_m = there.iter().map(|d| d.metres).sum::<f64>() / count;
    let together = there.iter().filter(|d| d.metres <= TOGETHER_M).count() as f64 / count;
    let back_step = (second.length() / PLACES).max(STEP_M);
    let back = distances(second.middles(back_step).into_iter().map(|(_, c)| c), first);
    let corners = distances(first.vertices().iter().copied(), second);
    let corners_back = distances(second.vertices().iter().copied(), first);
    let all = there.into_iter().chain(corners).chain(back).chain(corners_back);
    let most = all.reduce(|most, d| if d.metres > most.metres { d } else { most })?;
    Some(Deviation {
        mean_m,
        max_m: most.metres,
        max_from: most.from.into(),
        max_to: most.to.into(),
        together_m: together * first.length(),
        step_m: first.length() / count,
    })
}

struct Distance {
    metres: f64,
    from: Coord,
    to: Coord,
}

fn distances(places: impl Iterator<Item = Coord>, other: &Track) -> Vec<Distance> {
    let to_other = |from| nearest(other, from).map(|n| Distance { metres: n.metres, from, to: n.at });
    places.filter_map(to_other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(positions: &[(f64, f64)]) -> Track {
        Track::new(&positions.iter().map(|&(x, y)| Coord { x, y }).collect::<Vec<_>>())
    }

    #[test]
    fn a_line_is_nowhere_from_itself() {
        let line = track(&[(10.0, 45.0), (10.1, 45.1), (10.3, 45.0)]);
        let none = deviation(&line, &line).unwrap();
        assert!(none.max_m < 1e-3 && (none.together_m - line.length()).abs() < 1e-6);
        assert!(deviation(&line, &track(&[])).is_none());
    }

    /// The way from 10 to 10.4 degrees east along the 45th parallel bows 19 m to the north.
    #[test]
    fn a_spike_of_either_is_seen() {
        let straight = track(&[(10.0, 45.0), (10.4, 45.0)]);
        let spiked = track(&[(10.0, 45.0), (10.2, 45.0), (10.200001, 45.1), (10.200002, 45.0), (10.4, 45.0)]);
        for (a, b) in [(&straight, &spiked), (&spiked, &straight)] {
            let seen = deviation(a, b).unwrap();
            assert!((seen.max_m - 11_093.8).abs() < 0.1, "{}", seen.max_m);
        }
        assert!(deviation(&straight, &spiked).unwrap().mean_m < 10.0);
    }
}
