//! Incidents that grow with the record. Documents are taken in day by day, as they came out: the claims of a day are joined
//! with each other and with the incidents of the days before, and what was told of by then is neither torn apart nor
//! joined by what is told later. So an incident keeps its name, and a new day costs what it brings.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::cluster::{self, Edge, JOIN};
use super::names::Names;
use super::near::{self, Claims, FLOOR, Near};
use super::origin::Origins;
use super::record::Record;
use super::ruling::{self, Ruling};
use super::traits::{Maker, Traits};
use super::{Incident, Member, Tie, build, copies, evidence, summary};
use crate::claim::{Claim, Mode};

/// Incidents of a record that grows. Every claim is in exactly one.
#[derive(Debug, Default)]
pub struct Gathered {
    names: Names,
    /// Ids of claims, by number.
    ids: Vec<String>,
    traits: Vec<Option<Traits>>,
    /// Days on which their documents came out; those without one come first.
    days: Vec<i64>,
    /// The number of each claim on record.
    number_of: FxHashMap<String, u32>,
    documents: BTreeMap<String, Vec<u32>>,
    /// For claims that repeat another one word for word in a copy of its document, that one.
    twins: FxHashMap<u32, u32>,
    near: Near,
    /// Groups by their first claim; denials and copies are not in them.
    groups: BTreeMap<u32, Vec<u32>>,
    group_of: FxHashMap<u32, u32>,
    /// Incidents with the numbers of their claims, by the first.
    incidents: BTreeMap<u32, (Vec<u32>, Incident)>,
}

/// What changed when something came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Ids of incidents that are new or not as they were.
    pub made: BTreeSet<String>,
    /// Ids of incidents that are no more.
    pub gone: BTreeSet<String>,
}

/// What must speak for a denial being about a group in which it plainly answers a claim.
const PLAIN: f32 = -2.3;

/// How a denial is tied to a group.
#[derive(Debug)]
struct Answered {
    best: f32,
    sum: f64,
    ties: u32,
    plain: bool,
}

impl Default for Answered {
    fn default() -> Answered {
        Answered { best: FLOOR, sum: 0.0, ties: 0, plain: false }
    }
}

impl Gathered {
    /// Gathers a whole record.
    #[must_use]
    pub fn of(record: &Record<'_>) -> Gathered {
        let mut gathered = Gathered::default();
        let documents = record.by_document().filter_map(|c| Some(c.first()?.document.as_str())).collect();
        gathered.update(record, &documents);
        gathered
    }

    /// Takes in what changed since: `record` is the whole record as it is now, `documents` are the ids of those that are
    /// new or gone, or of which anything changed. Says which incidents are not as they were.
    pub fn update(&mut self, record: &Record<'_>, documents: &BTreeSet<&str>) -> Changes {
        let of_these = |first: &str| documents.contains(first);
        let copies = record.sources().filter(|s| s.copy_of.as_ref().is_some_and(|c| of_these(&c.first)));
        let documents: BTreeSet<&str> = documents.iter().copied().chain(copies.map(|s| s.id.as_str())).collect();
        let gone = self.take_away(&documents);
        let mut near = std::mem::take(&mut self.near);
        let mut touched = near.remove(&gone, &self.claims(&[]));
        gone.iter().for_each(|claim| self.forget(*claim));
        let new = self.put_in(record, &documents);
        let single: Vec<u32> = new.iter().copied().filter(|c| !self.twins.contains_key(c)).collect();
        let rank = self.rank(record);
        touched.extend(near.insert(&single, &self.claims(&rank)));
        let fresh: FxHashSet<u32> = single.iter().copied().collect();
        let tied = near.refresh(&touched, &fresh, gone.is_empty(), &self.claims(&rank));
        self.near = near;
        let days = gone.iter().chain(&single).filter_map(|c| self.days.get(*c as usize)).copied();
        if let Some(first) = days.chain(tied).min() {
            self.regroup(first, &rank);
        }
        touched.extend(new);
        self.tell(record, &touched, &rank)
    }

    fn claims<'a>(&'a self, rank: &'a [u32]) -> Claims<'a> {
        Claims { traits: &self.traits, rank, days: &self.days }
    }

    /// Takes documents off; returns the claims that were in them.
    fn take_away(&mut self, documents: &BTreeSet<&str>) -> Vec<u32> {
        let gone: Vec<u32> = documents.iter().filter_map(|d| self.documents.remove(*d)).flatten().collect();
        for id in gone.iter().filter_map(|c| self.ids.get(*c as usize)) {
            self.number_of.remove(id);
        }
        gone
    }

    fn forget(&mut self, claim: u32) {
        self.twins.remove(&claim);
        self.traits.get_mut(claim as usize).into_iter().for_each(|traits| *traits = None);
        if let Some(group) = self.group_of.remove(&claim).and_then(|g| self.groups.get_mut(&g)) {
            group.retain(|c| *c != claim);
        }
    }

    /// Makes the claims of documents ready; returns them.
    fn put_in(&mut self, record: &Record<'_>, documents: &BTreeSet<&str>) -> Vec<u32> {
        let maker = Maker::of(record);
        let mut new = Vec::new();
        for claims in record.by_document() {
            let Some(document) = claims.first().map(|c| c.document.as_str()).filter(|d| documents.contains(d)) else {
                continue;
            };
            let numbers: Vec<u32> = claims.iter().map(|c| self.number(&c.id)).collect();
            let ready = maker.document(claims, &mut self.names);
            self.days.extend(ready.iter().map(Traits::out));
            self.traits.extend(ready.into_iter().map(Some));
            new.extend(&numbers);
            self.documents.insert(document.to_owned(), numbers);
        }
        documents.iter().for_each(|document| self.find_twins(record, document));
        new
    }

    fn number(&mut self, id: &str) -> u32 {
        let number = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.ids.push(id.to_owned());
        self.number_of.insert(id.to_owned(), number);
        number
    }

    fn find_twins(&mut self, record: &Record<'_>, document: &str) {
        let Some(first) = copies::first(record, document).filter(|f| copies::first(record, f).is_none()) else {
            return;
        };
        let claims = |document: &str| -> Vec<(u32, &Claim)> {
            let numbers = self.documents.get(document).into_iter().flatten();
            numbers.filter_map(|n| Some((*n, record.claim(self.ids.get(*n as usize)?)?))).collect()
        };
        let (firsts, own) = (claims(first), claims(document));
        let theirs: Vec<&Claim> = firsts.iter().map(|(_, c)| *c).collect();
        let twin = |(number, claim): &(u32, &Claim)| {
            let twin = copies::twin(record, claim, &theirs)?;
            Some((*number, *self.number_of.get(&twin.id)?))
        };
        let found: Vec<(u32, u32)> = own.iter().filter_map(twin).collect();
        self.twins.extend(found);
    }

    /// The place of each claim in the order of the record; those that are no longer on it come last.
    fn rank(&self, record: &Record<'_>) -> Vec<u32> {
        let mut rank = vec![u32::MAX; self.ids.len()];
        for (place, claim) in (0..).zip(record.claims()) {
            let slot = self.number_of.get(&claim.id).and_then(|n| rank.get_mut(*n as usize));
            slot.into_iter().for_each(|slot| *slot = place);
        }
        rank
    }

    fn denies(&self, claim: u32) -> bool {
        self.traits.get(claim as usize).and_then(Option::as_ref).is_some_and(|t| t.mode == Mode::Denied)
    }

    /// Claims of the record but for copies, in order.
    fn singles(&self, rank: &[u32]) -> Vec<u32> {
        let mut all: Vec<u32> = self.documents.values().flatten().copied().collect();
        all.retain(|c| !self.twins.contains_key(c));
        all.sort_unstable_by_key(|c| rank.get(*c as usize));
        all
    }

    /// Groups the claims of a day and of the days after it anew.
    fn regroup(&mut self, first: i64, rank: &[u32]) {
        let day = |c: &u32| self.days.get(*c as usize).copied().unwrap_or(i64::MIN);
        let later: Vec<u32> = self.singles(rank).into_iter().filter(|c| day(c) >= first && !self.denies(*c)).collect();
        let days: Vec<Vec<u32>> = later.chunk_by(|a, b| day(a) == day(b)).map(<[u32]>::to_vec).collect();
        for claim in &later {
            if let Some(group) = self.group_of.remove(claim).and_then(|g| self.groups.get_mut(&g)) {
                group.retain(|c| c != claim);
            }
        }
        self.groups.retain(|_, group| !group.is_empty());
        days.iter().for_each(|claims| self.join(claims, rank));
    }

    /// Joins the claims of a day with each other and with the groups that are there.
    fn join(&mut self, claims: &[u32], rank: &[u32]) {
        let tied = claims.iter().flat_map(|c| self.near.ties(*c)).filter_map(|(c, _)| self.group_of.get(c));
        let settled: Vec<u32> = tied.copied().collect::<BTreeSet<u32>>().into_iter().collect();
        let size = |group: &u32| self.groups.get(group).map_or(0, |g| u32::try_from(g.len()).unwrap_or(u32::MAX));
        let sizes: Vec<u32> = settled.iter().map(size).collect();
        let node_of_group: FxHashMap<u32, u32> = settled.iter().copied().zip(0..).collect();
        let node_of: FxHashMap<u32, u32> = claims.iter().copied().zip((0..).skip(settled.len())).collect();
        let node = |claim: u32| {
            let of_group = || self.group_of.get(&claim).and_then(|g| node_of_group.get(g));
            node_of.get(&claim).or_else(of_group).copied()
        };
        let edges = self.edges(claims, rank, node);
        let groups = cluster::join(&sizes, claims.len(), &edges);
        let leader = |group: u32| {
            let of_claims = || claims.get((group as usize).checked_sub(settled.len())?);
            settled.get(group as usize).or_else(of_claims).copied()
        };
        let joined: Vec<(u32, u32)> = claims
            .iter()
            .zip(groups.iter().skip(settled.len()))
            .filter_map(|(claim, group)| Some((*claim, leader(*group)?)))
            .collect();
        for (claim, group) in joined {
            self.group_of.insert(claim, group);
            self.groups.entry(group).or_default().push(claim);
        }
    }

    /// Ties of some claims to nodes, each once.
    fn edges(&self, claims: &[u32], rank: &[u32], node: impl Fn(u32) -> Option<u32>) -> Vec<Edge> {
        let place = |c: u32| rank.get(c as usize).copied().unwrap_or(u32::MAX);
        let mut edges = Vec::new();
        for &a in claims {
            let Some(from) = node(a) else { continue };
            let earlier = self.near.ties(a).iter().filter(|(b, _)| place(*b) < place(a));
            edges.extend(earlier.filter_map(|(b, score)| {
                let to = node(*b)?;
                Some(Edge { score: *score, places: (place(*b), place(a)), nodes: (to, from) })
            }));
        }
        edges
    }

    /// Hands each denial to the group that it answers best; those that answer none are grouped among themselves.
    fn denials(&self, rank: &[u32]) -> (BTreeMap<u32, Vec<u32>>, Vec<Vec<u32>>) {
        let denials = self.singles(rank).into_iter().filter(|c| self.denies(*c));
        let (mut answers, mut alone): (BTreeMap<u32, Vec<u32>>, Vec<u32>) = (BTreeMap::new(), Vec::new());
        for denial in denials {
            match self.answered(denial, rank) {
                Some(group) => answers.entry(group).or_default().push(denial),
                None => alone.push(denial),
            }
        }
        let node_of: FxHashMap<u32, u32> = alone.iter().copied().zip(0..).collect();
        let edges = self.edges(&alone, rank, |c| node_of.get(&c).copied());
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (claim, group) in alone.iter().zip(cluster::join(&[], alone.len(), &edges)) {
            groups.entry(group).or_default().push(*claim);
        }
        (answers, groups.into_values().collect())
    }

    /// The group that a denial answers best: by its best claim and by all of them, half and half. A denial answers one
    /// accusation, and the group may hold much else; where it plainly answers one, less must speak for it. What somebody
    /// else is said to have done is not what it denies.
    fn answered(&self, denial: u32, rank: &[u32]) -> Option<u32> {
        let mut tied: BTreeMap<u32, Answered> = BTreeMap::new();
        for (other, score) in self.near.ties(denial).iter().filter(|(other, _)| !self.is_of_another(denial, *other)) {
            if let Some(group) = self.group_of.get(other) {
                let seen = tied.entry(*group).or_default();
                seen.best = seen.best.max(*score);
                (seen.sum, seen.ties) = (seen.sum + f64::from(*score), seen.ties + 1);
                seen.plain |= self.is_answer(denial, *other);
            }
        }
        let close = tied.into_iter().filter(|(_, a)| a.plain || a.best > JOIN).map(|(group, a)| {
            let size = self.groups.get(&group).map_or(0, Vec::len);
            #[expect(clippy::cast_precision_loss, reason = "numbers of claims")]
            let all = cluster::mean(a.sum, a.ties, size as f64);
            let least = if a.plain { PLAIN } else { JOIN };
            (f32::midpoint(a.best, all) - least, group)
        });
        let place = |group: u32| rank.get(group as usize).copied();
        let (beyond, group) = close.max_by(|(s, g), (t, h)| s.total_cmp(t).then(place(*h).cmp(&place(*g))))?;
        (beyond > 0.0).then_some(group)
    }

    fn ready(&self, claim: u32) -> Option<&Traits> {
        self.traits.get(claim as usize)?.as_ref()
    }

    fn is_answer(&self, denial: u32, claim: u32) -> bool {
        self.ready(denial).zip(self.ready(claim)).is_some_and(|(d, c)| evidence::is_answer(d, c))
    }

    fn is_of_another(&self, denial: u32, claim: u32) -> bool {
        let named = |t: &&Traits| !t.actors.is_empty();
        let both = self.ready(denial).filter(named).zip(self.ready(claim).filter(named));
        both.is_some_and(|(d, c)| d.actors.is_disjoint(&c.actors))
    }

    /// Makes incidents of the groups; those stay as they are that hold the same claims, none of them `touched`.
    fn tell(&mut self, record: &Record<'_>, touched: &FxHashSet<u32>, rank: &[u32]) -> Changes {
        let (mut answers, alone) = self.denials(rank);
        let mut copies: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut twins: Vec<(u32, u32)> = self.twins.iter().map(|(copy, twin)| (*copy, *twin)).collect();
        twins.sort_unstable();
        twins.into_iter().for_each(|(copy, twin)| copies.entry(twin).or_default().push(copy));
        let groups = self.groups.iter().map(|(first, group)| {
            let mut all = group.clone();
            all.extend(answers.remove(first).unwrap_or_default());
            all
        });
        let groups: Vec<Vec<u32>> = groups.chain(alone).collect();
        let origins = Origins::of(record);
        let mut old = std::mem::take(&mut self.incidents);
        let mut made = BTreeSet::new();
        for mut group in groups {
            group.extend(group.clone().iter().filter_map(|c| copies.get(c)).flatten());
            group.sort_unstable_by_key(|c| rank.get(*c as usize));
            let Some(first) = group.first().copied() else { continue };
            let known = old.remove(&first);
            let same =
                |(claims, _): &(Vec<u32>, Incident)| *claims == group && !claims.iter().any(|c| touched.contains(c));
            let incident = match known {
                Some(known) if same(&known) => known.1,
                known => {
                    let incident = self.incident(record, &origins, &group);
                    if known.as_ref().is_none_or(|(_, old)| *old != incident) {
                        made.insert(incident.id.clone());
                    }
                    incident
                }
            };
            self.incidents.insert(first, (group, incident));
        }
        let now: FxHashSet<&str> = self.incidents.values().map(|(_, i)| i.id.as_str()).collect();
        let gone = old.into_values().map(|(_, i)| i.id).filter(|id| !now.contains(id.as_str())).collect();
        Changes { made, gone }
    }

    fn incident(&self, record: &Record<'_>, origins: &Origins<'_>, group: &[u32]) -> Incident {
        let id = |c: u32| self.ids.get(c as usize).cloned().unwrap_or_default();
        let member = |(i, c): (usize, &u32)| Member { claim: id(*c), why: self.tie(*c, group.get(..i).unwrap_or(&[])) };
        build(record, group.iter().enumerate().map(member).collect(), origins)
    }

    /// What ties a claim to those before it in its incident: the claim that it copies, or the strongest.
    fn tie(&self, claim: u32, earlier: &[u32]) -> Option<Tie> {
        let ties = self.near.ties(claim);
        let strongest = |a: &&u32, b: &&u32| {
            let score = |c: &u32| near::score(ties, *c).unwrap_or(FLOOR);
            score(a).total_cmp(&score(b)).then_with(|| self.ids.get(**b as usize).cmp(&self.ids.get(**a as usize)))
        };
        let twin = self.twins.get(&claim).filter(|twin| earlier.contains(twin));
        let other = twin.or_else(|| earlier.iter().max_by(strongest))?;
        let traits = |c: u32| self.traits.get(c as usize).and_then(Option::as_ref);
        let shares = evidence::told(traits(claim)?, traits(*other)?);
        Some(Tie { with: self.ids.get(*other as usize)?.clone(), shares })
    }

    /// All incidents, in the order of their first days.
    #[must_use]
    pub fn incidents(&self) -> Vec<&Incident> {
        let mut all: Vec<&Incident> = self.incidents.values().map(|(_, incident)| incident).collect();
        all.sort_by(|a, b| summary::order(a).cmp(&summary::order(b)));
        all
    }

    /// All incidents as people decided that they are, in the order of their first days. Incidents that no decision is
    /// about stay as they are.
    #[must_use]
    pub fn decided(&self, record: &Record<'_>, rulings: &[Ruling]) -> Vec<Incident> {
        if rulings.is_empty() {
            return self.incidents().into_iter().cloned().collect();
        }
        let all = || self.incidents.values().map(|(_, incident)| incident);
        let mut groups: Vec<Vec<&str>> = all().map(members).collect();
        ruling::apply(&mut groups, rulings);
        let as_gathered: BTreeMap<Vec<&str>, &Incident> = all().map(|i| (members(i), i)).collect();
        let (rank, origins) = (self.rank(record), Origins::of(record));
        let incident = |group: &Vec<&str>| {
            let mut numbers: Vec<u32> = group.iter().filter_map(|id| self.number_of.get(*id)).copied().collect();
            numbers.sort_unstable_by_key(|c| rank.get(*c as usize));
            as_gathered.get(group).map_or_else(|| self.incident(record, &origins, &numbers), |i| (*i).clone())
        };
        let mut incidents: Vec<Incident> = groups.iter().map(incident).collect();
        incidents.sort_by(|a, b| summary::order(a).cmp(&summary::order(b)));
        incidents
    }
}

/// Ids of the claims of an incident.
fn members(incident: &Incident) -> Vec<&str> {
    incident.members.iter().map(|m| m.claim.as_str()).collect()
}
