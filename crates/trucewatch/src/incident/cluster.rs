//! From evidence between two claims to groups: candidate pairs by key, joined strongest first.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::evidence;
use super::traits::Traits;
use crate::claim::Class;

/// Claims of one key that a claim is compared with, at most; keeps crowded keys near linear.
const NEIGHBOURS: usize = 48;

/// Claims of a group that stand for it when two groups are compared, at most.
const SPOKESMEN: usize = 10;

/// Days and months under which a claim is looked for, at most: an undated document may span years.
const DAYS: usize = 16;
const MONTHS: usize = 12;

/// What two claims that rule each other out count for when their groups are compared.
const RULED_OUT: f32 = -4.0;

/// Groups of claims by number, each sorted; every claim is in one.
pub(super) fn groups(traits: &[Traits<'_>]) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..traits.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..traits.len()).map(|i| vec![i]).collect();
    let mut refused: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    for (a, b) in joins(traits) {
        let (Some(&x), Some(&y)) = (group_of.get(a), group_of.get(b)) else { continue };
        let (x, y) = (x.min(y), x.max(y));
        let size = |g: usize| groups.get(g).map_or(0, Vec::len);
        let sizes = size(x) + size(y);
        if x == y || refused.get(&(x, y)) == Some(&sizes) {
            continue;
        }
        if linkage(traits, &groups, x, y) > 0.0 {
            merge(&mut groups, &mut group_of, x, y);
        } else {
            refused.insert((x, y), sizes);
        }
    }
    groups.retain(|g| !g.is_empty());
    groups
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

/// Mean evidence between the claims of two groups.
fn linkage(traits: &[Traits<'_>], groups: &[Vec<usize>], x: usize, y: usize) -> f32 {
    let of = |g: usize| groups.get(g).into_iter().flatten().take(SPOKESMEN).filter_map(|&i| traits.get(i));
    let (mut sum, mut count) = (0.0, 0.0);
    for a in of(x) {
        for b in of(y) {
            sum += evidence::between(a, b).unwrap_or(RULED_OUT);
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { RULED_OUT }
}

/// Pairs with evidence for them, strongest first; ties in the order of the record.
fn joins(traits: &[Traits<'_>]) -> Vec<(usize, usize)> {
    let mut scored: Vec<(f32, usize, usize)> = candidates(traits)
        .into_iter()
        .filter_map(|(a, b)| Some((evidence::between(traits.get(a)?, traits.get(b)?)?, a, b)))
        .filter(|(score, ..)| *score > 0.0)
        .collect();
    scored.sort_by(|(s, a, b), (t, c, d)| t.total_cmp(s).then((a, b).cmp(&(c, d))));
    scored.into_iter().map(|(_, a, b)| (a, b)).collect()
}

/// Pairs that share a key: a neighbouring sentence, or a class and a stretch of time.
fn candidates(traits: &[Traits<'_>]) -> Vec<(usize, usize)> {
    let mut by_key: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (i, t) in traits.iter().enumerate() {
        for key in keys(t) {
            by_key.entry(key).or_default().push(i);
        }
    }
    let mut pairs = Vec::new();
    for members in by_key.values() {
        for (at, &a) in members.iter().enumerate() {
            pairs.extend(members.iter().skip(at + 1).take(NEIGHBOURS).map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What brings two claims together for comparison.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    /// One document.
    Document(&'a str),
    /// One day of fighting or harm, and one of those in it.
    Day(i64, &'a str),
    /// One class of states and steps in one month, and one of those in it.
    Month(Class, i64, &'a str),
    /// One background, by class and month of its start.
    Since(Class, i64),
}

fn keys<'a>(t: &Traits<'a>) -> Vec<Key<'a>> {
    let class = if t.is_local() { Class::Hostilities } else { Class::Diplomacy };
    let mut keys = vec![Key::Document(t.claim.document.as_str())];
    let Some((first, last)) = t.about() else { return keys };
    let parties: Vec<&'a str> = t.actors.union(&t.targets).copied().chain(std::iter::once("")).collect();
    if t.is_background() {
        keys.push(Key::Since(class, first.div_euclid(30)));
        keys.push(Key::Since(class, last.div_euclid(30)));
    } else if t.is_local() {
        keys.extend(parties.iter().flat_map(|p| (first..=last + 1).take(DAYS).map(|day| Key::Day(day, p))));
    } else {
        let months = first.div_euclid(30)..=last.div_euclid(30) + 1;
        keys.extend(parties.iter().flat_map(|p| months.clone().take(MONTHS).map(move |m| Key::Month(class, m, p))));
    }
    keys
}
