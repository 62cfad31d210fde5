//! Which claims are compared, and how strongly each pair speaks for one happening; kept while the record grows.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::affinity::{self, Relation};
use super::evidence;
use super::settled;
use super::time::gap;
use super::traits::Traits;
use crate::claim::Kind::{
    self, Access, Airstrike, Assault, Assistance, Buildup, Casualties, Clash, Delimitation, Deployment, Implementation,
    Incursion, Mediation, Position, Seizure, Threat, Truce, Verification, Violation, Withdrawal,
};

/// Claims of one key on either side of a claim that it is compared with, at most; keeps crowded keys in line with the
/// number of claims.
const NEIGHBOURS: usize = 48;

/// Days and months under which a claim is looked for, at most: an undated document may span years.
const DAYS: usize = 16;
const MONTHS: usize = 12;

/// Days between the times of claims in two documents, beyond which they are not compared.
const REACH: i64 = 60;

/// What a pair counts for that was never compared, is ruled out, or of which next to nothing is shared.
pub(super) const FLOOR: f32 = -3.0;

/// Types that are compared with each other across documents where they are no happenings at a time and place.
const TOPICS: &[&[Kind]] = &[
    &[Truce, Mediation, Implementation, Violation, Clash],
    &[Deployment, Withdrawal, Buildup, Assistance, Verification, Seizure, Incursion, Implementation],
    &[
        Position,
        Threat,
        Truce,
        Implementation,
        Delimitation,
        Access,
        Incursion,
        Violation,
        Airstrike,
        Assault,
        Casualties,
    ],
    &[Assistance, Clash, Position, Airstrike],
];

/// What brings two claims together for comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    /// One document.
    Document(u32),
    /// One day of fighting or harm, and one of those in it.
    Day(i64, u32),
    /// One day of fighting or harm, and the place or what it lies in.
    Place(i64, u32),
    /// States, steps and stands of one month and topic, and one of those in it.
    Month(i64, u32, Topic),
    /// One background, by month of its beginning or end, and one of those in it.
    Since(i64, u32),
    /// Fighting and counts from about one day on, and one of those in it.
    Began(i64, u32),
    /// What stays for months, by type, month and one of those in it.
    Standing(i64, u32, Kind),
}

/// Number of a topic, or else the type alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Topic {
    Shared(usize),
    Alone(Kind),
}

fn topics(kind: Kind) -> Vec<Topic> {
    let shared = TOPICS.iter().enumerate().filter(|(_, kinds)| kinds.contains(&kind)).map(|(i, _)| Topic::Shared(i));
    let shared: Vec<Topic> = shared.collect();
    if shared.is_empty() { vec![Topic::Alone(kind)] } else { shared }
}

fn keys(t: &Traits) -> Vec<Key> {
    let mut keys = vec![Key::Document(t.document)];
    let Some((first, last)) = t.about() else { return keys };
    let local = t.is_local() && !t.is_background();
    let days = || (first..=last + 1).take(DAYS);
    if local {
        keys.extend(t.places.iter().take(2).flat_map(|place| days().map(|day| Key::Place(day, *place))));
    }
    for party in t.parties.iter() {
        if t.is_background() {
            let (first, last) = (first.div_euclid(30), last.div_euclid(30));
            keys.extend(
                [first, last].into_iter().take(if first == last { 1 } else { 2 }).map(|m| Key::Since(m, party)),
            );
        }
        if local {
            keys.extend(days().map(|day| Key::Day(day, party)));
        } else {
            let months = (first.div_euclid(30)..=last.div_euclid(30) + 1).take(MONTHS);
            let topics = topics(t.kind);
            keys.extend(months.flat_map(|m| topics.iter().map(move |topic| Key::Month(m, party, *topic))));
        }
        keys.extend(began(t).map(|day| Key::Began(day, party)));
        keys.extend(standing(t).map(|month| Key::Standing(month, party, t.kind)));
    }
    keys
}

/// Stretches of days of which two beginnings share one that lie as near as those of one thing do.
fn began(t: &Traits) -> impl Iterator<Item = i64> {
    let told = match t.kind {
        Clash => settled::is_of_a_beginning(t),
        Casualties => settled::is_of_days(t),
        _ => false,
    };
    let stretch = |day: i64| day.div_euclid(settled::BEGINNING + 1);
    let days = t.begins().filter(|_| told).map(|day| stretch(day)..=stretch(day + settled::BEGINNING));
    days.into_iter().flatten()
}

/// Months in which what stays is spoken of again.
fn standing(t: &Traits) -> impl Iterator<Item = i64> {
    let stays = matches!(t.kind, Incursion | Seizure | Delimitation | Assistance);
    let months = t.about().filter(|_| stays).map(|(first, last)| first.div_euclid(30)..=last.div_euclid(30) + 3);
    months.into_iter().flatten().take(MONTHS)
}

/// Whether two claims that share a key are worth weighing.
fn is_comparable(a: &Traits, b: &Traits) -> bool {
    let near = || a.about().zip(b.about()).is_some_and(|(x, y)| gap(x, y) <= REACH);
    let apart = || affinity::between(a.kind, b.kind) == Relation::Apart;
    a.document == b.document || near() && !a.parties.is_disjoint(&b.parties) && !apart() || settled::why(a, b).is_some()
}

/// Other claims by number, each with what speaks for one happening, in order.
pub(super) type Ties = Vec<(u32, f32)>;

/// What is known of claims, by number, and the order in which they stand on record.
pub(super) struct Claims<'a> {
    pub(super) traits: &'a [Option<Traits>],
    pub(super) rank: &'a [u32],
    /// Days on which their documents came out.
    pub(super) days: &'a [i64],
}

impl Claims<'_> {
    fn rank(&self, claim: u32) -> u32 {
        self.rank.get(claim as usize).copied().unwrap_or(u32::MAX)
    }

    fn day(&self, claim: u32) -> i64 {
        self.days.get(claim as usize).copied().unwrap_or(i64::MIN)
    }

    pub(super) fn traits(&self, claim: u32) -> Option<&Traits> {
        self.traits.get(claim as usize)?.as_ref()
    }

    /// What speaks for two claims telling of one happening, where it is more than next to nothing.
    fn weigh(&self, a: u32, b: u32) -> Option<f32> {
        let (a, b) = self.traits(a).zip(self.traits(b))?;
        is_comparable(a, b).then(|| evidence::between(a, b)).flatten().filter(|score| *score > FLOOR)
    }
}

/// Pairs of claims that are near each other, with what speaks for them.
#[derive(Debug, Default)]
pub(super) struct Near {
    by_key: FxHashMap<Key, Vec<u32>>,
    ties: BTreeMap<u32, Ties>,
}

impl Near {
    /// What ties a claim to others.
    pub(super) fn ties(&self, claim: u32) -> &[(u32, f32)] {
        self.ties.get(&claim).map_or(&[], Vec::as_slice)
    }

    /// Takes claims away; returns those whose neighbours changed.
    pub(super) fn remove(&mut self, gone: &[u32], claims: &Claims<'_>) -> FxHashSet<u32> {
        let mut touched = FxHashSet::default();
        let all: FxHashSet<u32> = gone.iter().copied().collect();
        for key in gone.iter().filter_map(|c| claims.traits(*c)).flat_map(keys) {
            let Some(members) = self.by_key.get_mut(&key) else { continue };
            for at in (0..members.len()).filter(|i| members.get(*i).is_some_and(|m| all.contains(m))) {
                touched.extend(window(members, at));
            }
            members.retain(|m| !all.contains(m));
            if members.is_empty() {
                self.by_key.remove(&key);
            }
        }
        for claim in gone {
            self.ties.remove(claim);
        }
        touched.retain(|c| !all.contains(c));
        touched
    }

    /// Puts claims in; returns those whose neighbours changed, the new ones among them.
    pub(super) fn insert(&mut self, new: &[u32], claims: &Claims<'_>) -> FxHashSet<u32> {
        let mut fresh: FxHashMap<Key, Vec<u32>> = FxHashMap::default();
        for (claim, traits) in new.iter().filter_map(|c| Some((*c, claims.traits(c.to_owned())?))) {
            keys(traits).into_iter().for_each(|key| fresh.entry(key).or_default().push(claim));
        }
        let mut touched: FxHashSet<u32> = new.iter().copied().collect();
        let is_new = touched.clone();
        #[expect(clippy::iter_over_hash_type, reason = "each key is filled by itself")]
        for (key, added) in fresh {
            let members = self.by_key.entry(key).or_default();
            members.extend(added);
            members.sort_unstable_by_key(|c| claims.rank(*c));
            for at in (0..members.len()).filter(|i| members.get(*i).is_some_and(|m| is_new.contains(m))) {
                touched.extend(window(members, at));
            }
        }
        touched
    }

    /// Compares claims anew whose neighbours changed. Where nothing was taken away (`grown`), two that are not `new` and
    /// were not tied are not either now. Returns the first day on which a tie came or went, days being those by which
    /// both claims are on record.
    pub(super) fn refresh(
        &mut self,
        touched: &FxHashSet<u32>,
        new: &FxHashSet<u32>,
        grown: bool,
        claims: &Claims<'_>,
    ) -> Option<i64> {
        let mut order: Vec<u32> = touched.iter().copied().collect();
        order.sort_unstable_by_key(|c| claims.rank(*c));
        let mut before: FxHashMap<u32, Ties> = FxHashMap::default();
        for claim in &order {
            let old = self.ties.remove(claim).unwrap_or_default();
            let kept = |(other, _): &&(u32, f32)| claims.traits(*other).is_some() && !touched.contains(other);
            self.ties.insert(*claim, old.iter().filter(kept).copied().collect());
            before.insert(*claim, old);
        }
        for &a in &order {
            for b in self.neighbours(a, claims).into_iter().filter(|b| touched.contains(b)) {
                let known = before.get(&a).and_then(|ties| score(ties, b));
                let unknown = !grown || new.contains(&a) || new.contains(&b);
                if let Some(score) = known.or_else(|| unknown.then(|| claims.weigh(a, b)).flatten()) {
                    self.ties.entry(a).or_default().push((b, score));
                    self.ties.entry(b).or_default().push((a, score));
                }
            }
        }
        for claim in &order {
            self.ties.entry(*claim).or_default().sort_unstable_by_key(|(c, _)| *c);
        }
        let changed = order.iter().flat_map(|a| {
            let (old, now) = (before.get(a).map_or(&[][..], Vec::as_slice), self.ties(*a));
            let came = now.iter().filter(|(b, _)| score(old, *b).is_none());
            let went = old.iter().filter(|(b, _)| score(now, *b).is_none());
            came.chain(went).map(|(b, _)| claims.day(*a).max(claims.day(*b)))
        });
        changed.min()
    }

    /// Claims after one in the order of the record that it is compared with.
    fn neighbours(&self, claim: u32, claims: &Claims<'_>) -> Vec<u32> {
        let Some(traits) = claims.traits(claim) else { return Vec::new() };
        let mut near = Vec::new();
        for members in keys(traits).iter().filter_map(|key| self.by_key.get(key)) {
            let at = members.partition_point(|c| claims.rank(*c) <= claims.rank(claim));
            near.extend(members.iter().skip(at).take(NEIGHBOURS).copied());
        }
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// All pairs of claims that are weighed.
pub(super) fn pairs(all: &[u32], claims: &Claims<'_>) -> Vec<(u32, u32)> {
    let mut near = Near::default();
    near.insert(all, claims);
    let comparable = |a: u32, b: u32| claims.traits(a).zip(claims.traits(b)).is_some_and(|(x, y)| is_comparable(x, y));
    let of = |a: u32| near.neighbours(a, claims).into_iter().map(move |b| (a, b));
    all.iter().flat_map(|a| of(*a)).filter(|(a, b)| comparable(*a, *b)).collect()
}

/// The members of a key that are compared with one of them, and it.
fn window(members: &[u32], at: usize) -> impl Iterator<Item = u32> + '_ {
    members.iter().skip(at.saturating_sub(NEIGHBOURS)).take(2 * NEIGHBOURS + 1).copied()
}

/// What ties a claim to another, by its ties in order.
pub(super) fn score(ties: &[(u32, f32)], other: u32) -> Option<f32> {
    let at = ties.binary_search_by_key(&other, |(c, _)| *c).ok()?;
    ties.get(at).map(|(_, score)| *score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_that_go_together_share_a_topic_or_are_happenings() {
        use Relation::{Aid, Apart, Dealings, Warning};
        let meet = |a: Kind, b: Kind| topics(a).iter().any(|t| topics(b).contains(t));
        for (a, b) in Kind::ALL.iter().flat_map(|a| Kind::ALL.iter().map(move |b| (*a, *b))) {
            let told_apart = matches!(affinity::between(a, b), Apart | Dealings | Aid | Warning);
            assert!(told_apart || affinity::is_local(a) && affinity::is_local(b) || meet(a, b), "{a} and {b}");
        }
    }
}
