//! What speaks for and against two claims telling of one happening, added up.
//!
//! Weights are in log odds, roughly: 0 is as likely as not. They were set by hand on a few documents'
//! groups; `ELSEWHERE` and `scope` came from counts of wrong pairs on the measuring set, which is thus not unseen.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::traits::Traits;
use super::{Tie, affinity};
use crate::claim::Mode;
use crate::figure::Figure;

/// What is against two claims before anything is known of them.
const PRIOR: f32 = -2.2;

/// Evidence for two claims being of one happening; `None` where something rules it out.
pub(super) fn between(a: &Traits<'_>, b: &Traits<'_>) -> Option<f32> {
    let kinds = affinity::between(a.claim.kind.value, b.claim.kind.value)? * 2.0;
    let sum = PRIOR + kinds + time(a, b)? + place(a, b)? + roles(a, b) + agreement(a, b)?;
    Some(sum + wording(a, b) + nearness(a, b) + answer(a, b) + figures(a, b) + modes(a, b) + scope(a, b))
}

/// The strongest tie of a claim to others, in words.
pub(super) fn best_tie(all: &[Traits<'_>], at: usize, others: &[usize]) -> Option<Tie> {
    let one = all.get(at)?;
    let scored = others.iter().filter_map(|&i| all.get(i)).filter_map(|o| between(one, o).map(|s| (o, s)));
    let (other, _) = scored.max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.claim.id.cmp(&a.claim.id)))?;
    Some(Tie { with: other.claim.id.clone(), shares: shares(one, other) })
}

fn shares(a: &Traits<'_>, b: &Traits<'_>) -> Vec<&'static str> {
    let all = [
        (a.claim.kind.value == b.claim.kind.value, "same type"),
        (a.days.is_some() && time(a, b).is_some_and(|t| t > 0.5), "same time"),
        (place(a, b).is_some_and(|p| p > 0.5), "same place"),
        (roles(a, b) > 0.5, "same parties"),
        (agreement(a, b).is_some_and(|s| s > 0.5), "same agreement"),
        (wording(a, b) > 0.5, "like words"),
        (nearness(a, b) > 0.5, "same sentence or next"),
        (answer(a, b) > 0.0, "one denies what the other says"),
    ];
    all.iter().filter(|(holds, _)| *holds).map(|(_, words)| *words).collect()
}

/// Days between two stretches of time; 0 where they meet.
fn gap(a: (i64, i64), b: (i64, i64)) -> i64 {
    (a.0 - b.1).max(b.0 - a.1).max(0)
}

fn time(a: &Traits<'_>, b: &Traits<'_>) -> Option<f32> {
    match (a.days, b.days) {
        (Some(x), Some(y)) => dated(a, b, x, y),
        _ => match (a.about(), b.about()) {
            (Some(x), Some(y)) if gap(x, y) > 60 => None,
            (Some(x), Some(y)) if gap(x, y) > 10 => Some(-0.8),
            _ => Some(0.2),
        },
    }
}

fn dated(a: &Traits<'_>, b: &Traits<'_>, x: (i64, i64), y: (i64, i64)) -> Option<f32> {
    let local = a.is_event() || b.is_event();
    let days = gap(x, y);
    match (a.is_background(), b.is_background()) {
        (true, true) if days == 0 => Some(if (x.0 - y.0).abs() <= 3 { 1.2 } else { 0.2 }),
        (false, false) if days == 0 => Some(if x.0 == y.0 || x.1 == y.1 { 1.2 } else { 0.7 }),
        (p, q) if p != q && days == 0 => Some(if local { -1.2 } else { 0.2 }),
        _ if local => (days <= 1).then_some(-0.8),
        _ if days <= 3 => Some(-0.2),
        _ if days <= 30 => Some(-0.9),
        _ if days <= 120 => Some(-1.8),
        _ => None,
    }
}

/// How far a place of each UCDP precision may lie from the point that stands for it, in kilometres.
const REACH_KM: [f64; 7] = [1.0, 5.0, 25.0, 40.0, 100.0, 200.0, 500.0];

fn place(a: &Traits<'_>, b: &Traits<'_>) -> Option<f32> {
    let (Some(x), Some(y)) = (a.places.first(), b.places.first()) else { return Some(0.0) };
    if x == y {
        return Some(if a.precision.min(b.precision) <= 4 { 1.2 } else { 0.8 });
    }
    if a.places.contains(y) || b.places.contains(x) {
        return Some(0.2);
    }
    let apart = match (a.point, b.point) {
        (Some(p), Some(q)) => kilometres(p, q) > reach(a) + reach(b),
        _ => share(&words(x), &words(y)) < 0.3,
    };
    match (apart, a.is_local() && b.is_local()) {
        (true, true) if a.precision.max(b.precision) <= 3 => None,
        (true, true) => Some(-1.2),
        (true, false) => Some(-0.4),
        (false, _) => Some(0.2),
    }
}

fn reach(t: &Traits<'_>) -> f64 {
    REACH_KM.get(usize::from(t.precision)).copied().unwrap_or(500.0)
}

fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    use geo::{Distance, Haversine, Point};
    Haversine.distance(Point::new(a.1, a.0), Point::new(b.1, b.0)) / 1000.0
}

fn words(name: &str) -> BTreeSet<&str> {
    name.split_whitespace().filter(|w| !matches!(*w, "the" | "of" | "in" | "and")).collect()
}

/// Part of the smaller set that the other holds too; 0 where either is empty.
fn share<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> f32 {
    let least = a.len().min(b.len());
    #[expect(clippy::cast_precision_loss, reason = "small sets")]
    let part = a.intersection(b).count() as f32 / least.max(1) as f32;
    part
}

fn roles(a: &Traits<'_>, b: &Traits<'_>) -> f32 {
    let mirrored = a.actors == b.targets && b.actors == a.targets && !a.actors.is_empty();
    if mirrored && a.is_local() {
        return if a.claim.kind.value == b.claim.kind.value { 0.3 } else { -0.8 };
    }
    let doers = like(&a.actors, &b.actors);
    let all = like(&a.parties, &b.parties);
    match (doers, all) {
        (Some(d), Some(p)) => d * 1.2 - 0.6 + p * 0.8 - 0.4,
        (None, Some(p)) => p - 0.5,
        _ => 0.0,
    }
}

/// Jaccard likeness; `None` where either says nothing.
fn like(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> Option<f32> {
    let all = a.union(b).count();
    #[expect(clippy::cast_precision_loss, reason = "small sets")]
    let part = a.intersection(b).count() as f32 / all.max(1) as f32;
    (!a.is_empty() && !b.is_empty()).then_some(part)
}

fn agreement(a: &Traits<'_>, b: &Traits<'_>) -> Option<f32> {
    if a.agreement.is_empty() || b.agreement.is_empty() {
        return Some(0.0);
    }
    Some(share(&a.agreement, &b.agreement) * 1.2 - 0.2)
}

fn wording(a: &Traits<'_>, b: &Traits<'_>) -> f32 {
    let (mut x, mut y) = (a.words.iter().peekable(), b.words.iter().peekable());
    let mut product = 0.0;
    while let (Some((m, v)), Some((n, w))) = (x.peek(), y.peek()) {
        match m.cmp(n) {
            Ordering::Less => _ = x.next(),
            Ordering::Greater => _ = y.next(),
            Ordering::Equal => {
                product += v * w;
                x.next();
                y.next();
            }
        }
    }
    product * 2.5
}

/// What speaks against two claims of different documents: most reports tell of different things.
const ELSEWHERE: f32 = -0.5;

fn nearness(a: &Traits<'_>, b: &Traits<'_>) -> f32 {
    if a.claim.document != b.claim.document {
        return ELSEWHERE;
    }
    match a.sentence.abs_diff(b.sentence) {
        0 => 1.0,
        1 => 0.6,
        2 => 0.2,
        _ => -0.2,
    }
}

/// Whether one says no to what the other says.
fn answer(a: &Traits<'_>, b: &Traits<'_>) -> f32 {
    let opposed = a.says_no() != b.says_no() && a.claim.speaker.value.party != b.claim.speaker.value.party;
    let firm = [a, b].iter().all(|t| t.claim.mode.value != Mode::Conditional);
    if opposed && firm && roles(a, b) > 0.0 { 0.8 } else { 0.0 }
}

/// What is wished for is seldom the same as what is there already, even if it is alike in all else.
fn modes(a: &Traits<'_>, b: &Traits<'_>) -> f32 {
    if a.is_of_fact() == b.is_of_fact() { 0.1 } else { -0.4 }
}

/// What a long campaign is said to have done is not tied to one of its acts.
fn scope(a: &Traits<'_>, b: &Traits<'_>) -> f32 {
    let mixed = a.claim.kind.value != b.claim.kind.value && a.is_local() && b.is_local();
    if mixed && (a.is_background() || b.is_background()) { -1.0 } else { 0.0 }
}

/// Counts of one thing that agree speak for one happening; counts that differ say nothing, tolls are disputed.
fn figures(a: &Traits<'_>, b: &Traits<'_>) -> f32 {
    let same = |x: &Figure, y: &Figure| x.what == y.what && x.min == y.min && x.max == y.max;
    let agree = a.claim.figures.iter().any(|x| b.claim.figures.iter().any(|y| same(x, y)));
    if agree { 0.8 } else { 0.0 }
}
