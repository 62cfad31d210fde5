//! How the times of two claims lie to each other.

use super::traits::Traits;

/// How two times lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timed {
    /// The same days.
    Same,
    /// The same long stretch.
    SameLong,
    /// One begins or ends with the other.
    Edge,
    /// They meet.
    Meets,
    /// Two long stretches meet.
    MeetsLong,
    /// Particulars within a long stretch.
    Mixed,
    /// So many days lie between them.
    Apart(i64),
    /// One has none.
    OneOpen,
    /// Neither has one.
    Open,
    /// At least one has none, and what is known of when they were said lies far apart.
    OpenFar,
}

/// Days between two stretches of time; 0 where they meet.
pub(super) fn gap(a: (i64, i64), b: (i64, i64)) -> i64 {
    (a.0 - b.1).max(b.0 - a.1).max(0)
}

/// Days between what is said of undated claims, from which on they are far apart.
const FAR: i64 = 30;

/// How the times of two claims lie to each other.
pub(super) fn between(a: &Traits, b: &Traits) -> Timed {
    match (a.days, b.days) {
        (Some(x), Some(y)) => dated(a, b, x, y),
        (x, y) => match a.about().zip(b.about()) {
            Some((p, q)) if gap(p, q) > FAR => Timed::OpenFar,
            _ if x.is_some() || y.is_some() => Timed::OneOpen,
            _ => Timed::Open,
        },
    }
}

fn dated(a: &Traits, b: &Traits, x: (i64, i64), y: (i64, i64)) -> Timed {
    match (gap(x, y), a.is_background(), b.is_background()) {
        (0, true, true) if x == y => Timed::SameLong,
        (0, true, true) => Timed::MeetsLong,
        (0, false, false) if x == y => Timed::Same,
        (0, false, false) if x.0 == y.0 || x.1 == y.1 => Timed::Edge,
        (0, false, false) => Timed::Meets,
        (0, ..) => Timed::Mixed,
        (days, ..) => Timed::Apart(days),
    }
}

/// Whether two long stretches begin at one time: the same war, as two reports give it.
pub(super) fn one_beginning(a: &Traits, b: &Traits) -> bool {
    let long = a.is_background() && b.is_background();
    long && a.days.zip(b.days).is_some_and(|(x, y)| (x.0 - y.0).abs() <= 3)
}
