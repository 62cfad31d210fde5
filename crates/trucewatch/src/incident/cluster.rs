//! From evidence between two claims to groups: candidate pairs by key, joined strongest first.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::evidence;
use super::time::gap;
use super::traits::Traits;
use crate::claim::Mode;

/// Claims of one key that a claim is compared with, at most; keeps crowded keys near linear.
const NEIGHBOURS: usize = 64;

/// Days and months under which a claim is looked for, at most: an undated document may span years.
const DAYS: usize = 16;
const MONTHS: usize = 12;

/// Days between the times of claims in two documents, beyond which they are not compared.
const REACH: i64 = 60;

/// Mean log odds between two groups above which they are one. Below 0, since what is spoken of more than once is
/// spoken of often, and a pair that is missed costs more pairs than its own.
const JOIN: f32 = -1.0;

/// What a pair that was never compared, or is ruled out, counts for.
const RULED_OUT: f32 = -2.5;

/// Pairs of claims and the evidence between them.
type Pairs = FxHashMap<(usize, usize), f32>;

/// Groups of claims by number, each sorted; every claim is in one. Claims that repeat another one word for word in a copy
/// of its document (`twins`) are with it and weigh nothing. Denials are handed to the groups that they answer once those
/// are made, so that no denial parts or joins what others say; what they answer not at all they group among themselves.
pub(super) fn groups(traits: &[Traits<'_>], twins: &[Option<usize>]) -> Vec<Vec<usize>> {
    let single = |i: usize| twins.get(i).is_none_or(Option::is_none);
    let denies = |i: usize| traits.get(i).is_some_and(|t| t.claim.mode.value == Mode::Denied);
    let mut pairs = weighed(traits);
    pairs.retain(|(a, b), _| single(*a) && single(*b));
    let mut groups: Vec<Vec<usize>> =
        (0..traits.len()).map(|i| vec![i]).filter(|g| g.iter().all(|i| single(*i))).collect();
    groups.sort_by_key(|g| g.iter().any(|i| denies(*i)));
    let mut sorted = Sorted::new(traits.len(), groups);
    let order = strongest_first(&pairs);
    sorted.join(&pairs, order.iter().filter(|(a, b)| !denies(*a) && !denies(*b)));
    sorted.answer(&pairs, &order, denies);
    let alone: BTreeSet<usize> = sorted.alone(denies);
    sorted.join(&pairs, order.iter().filter(|(a, b)| alone.contains(a) && alone.contains(b)));
    let mut groups = sorted.groups;
    for (copy, first) in twins.iter().enumerate().filter_map(|(i, twin)| Some((i, (*twin)?))) {
        if let Some(group) = sorted.group_of.get(first).and_then(|g| groups.get_mut(*g)) {
            group.push(copy);
        }
    }
    groups.retain(|g| !g.is_empty());
    groups.iter_mut().for_each(|g| g.sort_unstable());
    groups
}

/// Claims on their way into groups.
struct Sorted {
    groups: Vec<Vec<usize>>,
    group_of: Vec<usize>,
}

impl Sorted {
    fn new(claims: usize, groups: Vec<Vec<usize>>) -> Sorted {
        let mut group_of = vec![usize::MAX; claims];
        for (number, group) in groups.iter().enumerate() {
            for &claim in group {
                if let Some(slot) = group_of.get_mut(claim) {
                    *slot = number;
                }
            }
        }
        Sorted { groups, group_of }
    }

    /// Joins the groups of some pairs where all that is known of both speaks for it.
    fn join<'a>(&mut self, pairs: &Pairs, order: impl Iterator<Item = &'a (usize, usize)>) {
        // Groups only grow: two that were weighed before and have the sizes of then need not be weighed again.
        let mut refused: FxHashMap<(usize, usize), (usize, usize)> = FxHashMap::default();
        let size = |groups: &[Vec<usize>], g: usize| groups.get(g).map_or(0, Vec::len);
        for &(a, b) in order {
            let (Some(&x), Some(&y)) = (self.group_of.get(a), self.group_of.get(b)) else { continue };
            let (x, y) = (x.min(y), x.max(y));
            let sizes = (size(&self.groups, x), size(&self.groups, y));
            if x == y || refused.get(&(x, y)) == Some(&sizes) {
                continue;
            }
            if linkage(pairs, &self.groups, x, y) > JOIN {
                merge(&mut self.groups, &mut self.group_of, x, y);
            } else {
                refused.insert((x, y), sizes);
            }
        }
    }

    /// Hands each denial to the group that it answers best, by what the groups were before any denial came.
    fn answer(&mut self, pairs: &Pairs, order: &[(usize, usize)], denies: impl Fn(usize) -> bool) {
        let mut asked: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for &(a, b) in order.iter().filter(|(a, b)| denies(*a) != denies(*b)) {
            let (denial, other) = if denies(a) { (a, b) } else { (b, a) };
            asked.entry(denial).or_default().extend(self.group_of.get(other));
        }
        let best = |(denial, groups): (&usize, &BTreeSet<usize>)| {
            let own = *self.group_of.get(*denial)?;
            let scored = groups.iter().map(|g| (closeness(pairs, &self.groups, own, *g), *g));
            let (score, group) = scored.max_by(|(s, g), (t, h)| s.total_cmp(t).then(h.cmp(g)))?;
            (score > JOIN).then_some((own, group))
        };
        let moves: Vec<(usize, usize)> = asked.iter().filter_map(best).collect();
        for (own, group) in moves {
            merge(&mut self.groups, &mut self.group_of, group, own);
        }
    }

    /// Denials that are with nobody.
    fn alone(&self, denies: impl Fn(usize) -> bool) -> BTreeSet<usize> {
        let single = self.groups.iter().filter(|g| g.len() == 1).flatten();
        single.copied().filter(|i| denies(*i)).collect()
    }
}

fn merge(groups: &mut [Vec<usize>], group_of: &mut [usize], into: usize, from: usize) {
    let moved = groups.get_mut(from).map(std::mem::take).unwrap_or_default();
    for &claim in &moved {
        if let Some(group) = group_of.get_mut(claim) {
            *group = into;
        }
    }
    if let Some(group) = groups.get_mut(into) {
        group.extend(moved);
        group.sort_unstable();
    }
}

/// Claims of a group that stand for it when two groups are compared, at most.
const SPOKESMEN: usize = 24;

/// How well a denial answers a group: what speaks for its best claim, and for all of them, half and half. A denial answers
/// one accusation, and the group may hold much else.
fn closeness(pairs: &Pairs, groups: &[Vec<usize>], x: usize, y: usize) -> f32 {
    let of = |g: usize| groups.get(g).into_iter().flatten();
    let between = |a: usize, b: usize| pairs.get(&(a.min(b), a.max(b))).copied().unwrap_or(RULED_OUT);
    let best = of(x).flat_map(|&a| of(y).map(move |&b| between(a, b))).fold(RULED_OUT, f32::max);
    f32::midpoint(best, linkage(pairs, groups, x, y))
}

/// Mean evidence between the claims of two groups.
fn linkage(pairs: &Pairs, groups: &[Vec<usize>], x: usize, y: usize) -> f32 {
    let of = |g: usize| groups.get(g).into_iter().flatten().take(SPOKESMEN);
    let (mut sum, mut count) = (0.0, 0.0);
    for &a in of(x) {
        for &b in of(y) {
            sum += pairs.get(&(a.min(b), a.max(b))).copied().unwrap_or(RULED_OUT);
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { RULED_OUT }
}

/// Pairs with evidence for them, strongest first; ties in the order of the record.
fn strongest_first(pairs: &Pairs) -> Vec<(usize, usize)> {
    let mut scored: Vec<(f32, usize, usize)> =
        pairs.iter().filter(|(_, score)| **score > JOIN).map(|((a, b), score)| (*score, *a, *b)).collect();
    scored.sort_by(|(s, a, b), (t, c, d)| t.total_cmp(s).then((a, b).cmp(&(c, d))));
    scored.into_iter().map(|(_, a, b)| (a, b)).collect()
}

fn weighed(traits: &[Traits<'_>]) -> Pairs {
    let scored = candidates(traits).into_iter().filter_map(|(a, b)| {
        let score = evidence::between(traits.get(a)?, traits.get(b)?)?;
        Some(((a, b), score))
    });
    scored.collect()
}

/// Pairs that share a key: a document, or one of those in it and a stretch of time.
pub(super) fn candidates(traits: &[Traits<'_>]) -> Vec<(usize, usize)> {
    let mut by_key: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (i, t) in traits.iter().enumerate() {
        for key in keys(t) {
            by_key.entry(key).or_default().push(i);
        }
    }
    let mut pairs = Vec::new();
    for members in by_key.values() {
        for (at, &a) in members.iter().enumerate() {
            let next = members.iter().skip(at + 1).take(NEIGHBOURS).map(|&b| (a, b));
            pairs.extend(next.filter(|(a, b)| is_near(traits, *a, *b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn is_near(traits: &[Traits<'_>], a: usize, b: usize) -> bool {
    let Some((a, b)) = traits.get(a).zip(traits.get(b)) else { return false };
    let near = || a.about().zip(b.about()).is_some_and(|(x, y)| gap(x, y) <= REACH);
    a.claim.document == b.claim.document || near() && !a.parties.is_disjoint(&b.parties)
}

/// What brings two claims together for comparison.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    /// One document.
    Document(&'a str),
    /// One day of fighting or harm, and one of those in it.
    Day(i64, &'a str),
    /// States, steps and stands of one month, and one of those in it.
    Month(i64, &'a str),
    /// One background, by month of its beginning or end, and one of those in it.
    Since(i64, &'a str),
}

fn keys<'a>(t: &Traits<'a>) -> Vec<Key<'a>> {
    let mut keys = vec![Key::Document(t.claim.document.as_str())];
    let Some((first, last)) = t.about() else { return keys };
    for party in t.parties.iter().copied() {
        if t.is_background() {
            keys.extend([first, last].map(|day| Key::Since(day.div_euclid(30), party)));
        } else if t.is_local() {
            keys.extend((first..=last + 1).take(DAYS).map(|day| Key::Day(day, party)));
        }
        if !t.is_local() || t.is_background() {
            let months = first.div_euclid(30)..=last.div_euclid(30) + 1;
            keys.extend(months.take(MONTHS).map(|month| Key::Month(month, party)));
        }
    }
    keys
}
