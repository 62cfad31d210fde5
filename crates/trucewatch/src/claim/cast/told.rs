//! What a report as a whole says of its parties, and how often it names each.

use std::collections::BTreeMap;

use super::super::code::Draft;
use super::super::page::Page;
use super::super::{Class, Kind, Traced};
use crate::document::ParagraphKind;
use crate::pack::PartyId;

/// The parties of a report: how often each is named, where it lies, and what all its claims say of who takes part. The order
/// of its paragraphs counts for nothing.
#[derive(Debug, Default)]
pub(in crate::claim) struct Told {
    /// Of every party its mentions.
    named: Vec<(PartyId, usize)>,
    /// Mentions of all of them.
    mentions: usize,
    headline: Vec<PartyId>,
    /// Claims of each type.
    claims: [usize; KINDS],
    /// Of every party the claims of each type in which it acts and those in which something is done to it.
    tally: BTreeMap<PartyId, [[usize; 2]; KINDS]>,
    /// Who fights whom, with the claims that say so.
    fights: BTreeMap<[PartyId; 2], usize>,
}

const KINDS: usize = Kind::ALL.len();

/// Who took part in a claim, as the rules have it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::claim) struct Cast {
    pub(super) kind: Kind,
    pub(super) token: usize,
    pub(super) actors: Vec<PartyId>,
    pub(super) targets: Vec<PartyId>,
}

impl Cast {
    pub(super) fn of(draft: &Draft) -> Cast {
        let parties = |list: &[Traced<PartyId>]| list.iter().map(|p| p.value.clone()).collect();
        let (actors, targets) = (parties(&draft.actors), parties(&draft.targets));
        Cast { kind: draft.kind.value, token: draft.token, actors, targets }
    }

    /// Whether a party acts by it, for role 0, or has something done to it, for role 1.
    fn has(&self, party: &PartyId, role: usize) -> bool {
        [&self.actors, &self.targets][role].contains(party)
    }

    pub(super) fn parties(&self) -> impl Iterator<Item = &PartyId> {
        self.actors.iter().chain(&self.targets)
    }

    /// Who fights whom by it: who attacks whom, or the two of a fight.
    fn fighting(&self) -> Vec<[PartyId; 2]> {
        let pair = |a: &PartyId, b: &PartyId| if a < b { [a.clone(), b.clone()] } else { [b.clone(), a.clone()] };
        match (self.kind, &self.actors[..]) {
            (Kind::Clash, [a, b]) => vec![pair(a, b)].into_iter().filter(is_fight).collect(),
            (kind, actors) if matches!(kind.class(), Class::Hostilities | Class::Harm) => {
                actors.iter().flat_map(|a| self.targets.iter().map(move |t| pair(a, t))).filter(is_fight).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn is_fight(pair: &[PartyId; 2]) -> bool {
    pair[0] != pair[1] && !pair.iter().any(PartyId::is_bystander)
}

/// How much of several claims says something, in steps that a claim more or less seldom changes.
fn step(of: usize, all: usize) -> f32 {
    match of {
        _ if all == 0 => 0.0,
        0 => 1.0,
        of if 3 * of <= all => 2.0,
        of if 3 * of <= 2 * all => 3.0,
        _ => 4.0,
    }
}

/// Parties that are named more often than all but so many are candidates wherever they stand.
const FIRST: usize = 2;

impl Told {
    /// What a report tells, with who takes part in its claims as the rules have it.
    pub(in crate::claim) fn by(pages: &[Page<'_>], drafts: &[Vec<Draft>]) -> Told {
        let mut told = Told::default();
        for page in pages {
            for mention in page.mentions.of_paragraph(page.index).iter().filter(|m| !m.party.is_bystander()) {
                told.count(&mention.party);
                if page.paragraph.kind == ParagraphKind::Headline && !told.headline.contains(&mention.party) {
                    told.headline.push(mention.party.clone());
                }
            }
        }
        drafts.iter().flatten().for_each(|d| told.add(&Cast::of(d)));
        told
    }

    fn count(&mut self, party: &PartyId) {
        self.mentions += 1;
        match self.named.iter_mut().find(|(p, _)| p == party) {
            Some((_, n)) => *n += 1,
            None => self.named.push((party.clone(), 1)),
        }
    }

    /// How many parties are named.
    pub(super) fn named(&self) -> usize {
        self.named.len()
    }

    /// How many parties are named more often, and the share in all mentions; `None` for one that is not named.
    pub(super) fn weight(&self, party: &PartyId) -> Option<(usize, f32)> {
        let n = self.named.iter().find(|(p, _)| p == party)?.1;
        let outdone = self.named.iter().filter(|(_, other)| *other > n).count();
        Some((outdone, n as f32 / self.mentions.max(1) as f32))
    }

    /// The parties that the report names most.
    pub(super) fn first(&self) -> impl Iterator<Item = &PartyId> {
        let often = |n: usize| self.named.iter().filter(|(_, other)| *other > n).count() < FIRST;
        self.named.iter().filter(move |(_, n)| often(*n)).map(|(p, _)| p).take(FIRST + 1)
    }

    pub(super) fn is_in_headline(&self, party: &PartyId) -> bool {
        self.headline.contains(party)
    }

    /// How many other claims of its type there are than one.
    pub(super) fn others(&self, of: &Cast) -> usize {
        self.claims[of.kind as usize].saturating_sub(1)
    }

    /// Who is named and takes part in other claims of a claim's type.
    pub(super) fn alike<'t>(&'t self, of: &'t Cast) -> impl Iterator<Item = &'t PartyId> {
        let kind = of.kind as usize;
        let besides = move |p: &PartyId| {
            let told = self.tally.get(p).map_or([0; 2], |t| t[kind]);
            (0..2).any(|role| told[role] > usize::from(of.has(p, role)))
        };
        self.named.iter().map(|(p, _)| p).filter(move |p| besides(p))
    }

    /// How many of the claims besides one have a party for an actor, and for a target, in steps: of those of its type, of its
    /// class, and of all.
    pub(super) fn shares(&self, of: &Cast, party: &PartyId) -> [[f32; 2]; 3] {
        let own = of.kind as usize;
        let share = |fits: &dyn Fn(&Kind) -> bool| {
            let kinds = || Kind::ALL.iter().filter(|k| fits(k)).map(|k| *k as usize);
            let all = kinds().map(|k| self.claims[k]).sum::<usize>().saturating_sub(1);
            [0, 1].map(|role| {
                let told = self.tally.get(party).map_or(0, |t| kinds().map(|k| t[k][role]).sum::<usize>());
                step(told.saturating_sub(usize::from(of.has(party, role))), all)
            })
        };
        [share(&|k| *k as usize == own), share(&|k| k.class() == of.kind.class()), share(&|_| true)]
    }

    /// Whom a party mostly fights by the claims besides one; nobody where several are fought as much.
    pub(super) fn fought(&self, of: &Cast, party: &PartyId) -> Option<PartyId> {
        let own = of.fighting();
        let against = |(pair, n): (&[PartyId; 2], &usize)| {
            let at = pair.iter().position(|p| p == party)?;
            let left = n.saturating_sub(own.iter().filter(|o| *o == pair).count());
            (left > 0).then(|| (pair[1 - at].clone(), left))
        };
        let all: Vec<(PartyId, usize)> = self.fights.iter().filter_map(against).collect();
        let most = all.iter().map(|(_, n)| *n).max()?;
        let mut first = all.into_iter().filter(|(_, n)| *n == most).map(|(p, _)| p);
        first.next().filter(|_| first.next().is_none())
    }

    fn add(&mut self, cast: &Cast) {
        self.claims[cast.kind as usize] += 1;
        for (role, list) in [&cast.actors, &cast.targets].into_iter().enumerate() {
            for party in list {
                self.tally.entry(party.clone()).or_insert([[0; 2]; KINDS])[cast.kind as usize][role] += 1;
            }
        }
        for pair in cast.fighting() {
            *self.fights.entry(pair).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cast(kind: Kind, actors: &[&str], targets: &[&str]) -> Cast {
        let parties = |list: &[&str]| list.iter().map(|p| PartyId::new(p)).collect();
        Cast { kind, token: 0, actors: parties(actors), targets: parties(targets) }
    }

    fn told(casts: &[Cast]) -> Told {
        let mut told = Told::default();
        casts.iter().for_each(|c| told.add(c));
        told
    }

    #[test]
    fn whoever_attacks_or_is_attacked_most_is_the_one_fought() {
        let (vesk, orlava) = (PartyId::new("vesk"), PartyId::new("orlava"));
        let own = cast(Kind::Shelling, &["vesk"], &["ilmeria"]);
        let told = told(&[
            own.clone(),
            cast(Kind::Clash, &["orlava", "vesk"], &[]),
            cast(Kind::Shelling, &["vesk"], &["orlava"]),
            cast(Kind::Shelling, &["vesk"], &["ilmeria"]),
            cast(Kind::Mediation, &["ilmeria"], &["vesk"]),
        ]);
        assert_eq!(told.fought(&own, &vesk), Some(orlava.clone()));
        assert_eq!(told.fought(&own, &orlava), Some(vesk.clone()));
        let other = cast(Kind::Mediation, &["ilmeria"], &["vesk"]);
        assert_eq!(told.fought(&other, &vesk), None, "two are fought as much");
    }

    #[test]
    fn shares_are_of_all_claims_but_ones_own() {
        let own = cast(Kind::Shelling, &["vesk"], &["orlava"]);
        let told =
            told(&[own.clone(), cast(Kind::Threat, &["vesk"], &[]), cast(Kind::Clash, &["orlava", "vesk"], &[])]);
        assert_eq!(told.shares(&own, &PartyId::new("vesk")), [[0.0, 0.0], [4.0, 1.0], [4.0, 1.0]]);
        assert_eq!(told.shares(&own, &PartyId::new("orlava")), [[0.0, 0.0], [4.0, 1.0], [3.0, 1.0]]);
        assert_eq!((told.others(&own), told.alike(&own).count()), (0, 0));
    }
}
