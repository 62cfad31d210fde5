//! How the places of two claims lie to each other.

use super::traits::Traits;

/// How two places lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placed {
    /// One place.
    Same,
    /// One lies in the other, or both points within reach of each other.
    Within,
    /// Their names share a word.
    Like,
    /// Two places.
    Other,
    /// One has none.
    OneOpen,
    /// Neither has one.
    Open,
}

/// How far a place of each UCDP precision may lie from the point that stands for it, in kilometres.
const REACH_KM: [f64; 7] = [1.0, 5.0, 25.0, 40.0, 100.0, 200.0, 500.0];

/// How the places of two claims lie to each other.
pub(super) fn between(a: &Traits, b: &Traits) -> Placed {
    match (a.places.first(), b.places.first()) {
        (None, None) => Placed::Open,
        (Some(x), Some(y)) => both(a, b, x, y),
        _ => Placed::OneOpen,
    }
}

fn both(a: &Traits, b: &Traits, x: &u32, y: &u32) -> Placed {
    if x == y {
        Placed::Same
    } else if a.places.contains(y) || b.places.contains(x) || in_reach(a, b) {
        Placed::Within
    } else if !a.place_words.is_disjoint(&b.place_words) {
        Placed::Like
    } else {
        Placed::Other
    }
}

/// Whether two exact places lie so near each other that they may be one.
fn in_reach(a: &Traits, b: &Traits) -> bool {
    let reach = |t: &Traits| REACH_KM.get(usize::from(t.precision)).copied().unwrap_or(500.0);
    let exact = a.precision <= 2 && b.precision <= 2;
    exact && a.point.zip(b.point).is_some_and(|(p, q)| kilometres(p, q) <= reach(a) + reach(b))
}

fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    use geo::{Distance, Haversine, Point};
    Haversine.distance(Point::new(a.1, a.0), Point::new(b.1, b.0)) / 1000.0
}
