//! What a change of packs would change in reading: which stored reports hold a name that a pack would now know, or know
//! otherwise, and which would be read with other packs.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};
use ledger::entry::{PackUsed, Reader};
use trucewatch::document::stands_alone;
use trucewatch::pack::Pack;

use super::OwnPacks;
use crate::failure::Failure;
use crate::world::{Chooser, SystemWorld};

/// Names that are told one by one, at most.
const TOLD: usize = 40;
/// Reports that are named, at most.
const EXAMPLES: usize = 10;

/// A name that would be known otherwise, and how many reports hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Of what.
    pub what: String,
    /// In how many reports it stands.
    pub reports: usize,
}

/// What would change in reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// Reports that were looked at.
    pub looked: usize,
    /// Of these, reports that hold one of the names, or would be read with other packs.
    pub reports: usize,
    /// Names that would be known otherwise, those in most reports first.
    pub names: Vec<Named>,
    /// Names that are not told.
    pub more: usize,
    /// Ids and names of some of the reports.
    pub examples: Vec<(String, String)>,
}

impl Effect {
    /// Looks through reports: ids, names and texts.
    #[must_use]
    pub fn of(before: &[Pack], after: &[Pack], reports: impl Iterator<Item = (String, String, String)>) -> Effect {
        let changed = changed(before, after);
        let finder = Finder::new(changed.keys().cloned().collect());
        let (old, new) = (Chooser::new(before), Chooser::new(after));
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut effect = Effect::default();
        for (id, name, text) in reports {
            effect.looked += 1;
            let found = finder.all(&text);
            found.iter().for_each(|i| *counts.entry(*i).or_default() += 1);
            if !found.is_empty() || called(&old, before, &text) != called(&new, after, &text) {
                effect.reports += 1;
                if effect.examples.len() < EXAMPLES {
                    effect.examples.push((id, name));
                }
            }
        }
        let named =
            |(i, (name, what)): (usize, (String, String))| Named { name, what, reports: *counts.get(&i).unwrap_or(&0) };
        effect.names = changed.into_iter().enumerate().map(named).collect();
        effect.names.sort_by(|a, b| b.reports.cmp(&a.reports).then_with(|| a.name.cmp(&b.name)));
        effect.more = effect.names.len().saturating_sub(TOLD);
        effect.names.truncate(TOLD);
        effect
    }
}

/// The ids of the packs that a text calls for beyond those that every reading uses.
fn called(chooser: &Chooser, packs: &[Pack], text: &str) -> BTreeSet<String> {
    let found = chooser.choose(text).into_iter().filter_map(|i| packs.get(i)).filter(|p| !p.manifest.always);
    found.map(|p| p.manifest.id.clone()).collect()
}

/// Names that two sets of packs know otherwise, and of what.
fn changed(before: &[Pack], after: &[Pack]) -> BTreeMap<String, String> {
    let same = |p: &&Pack, others: &[Pack]| others.iter().any(|o| o.fingerprint == p.fingerprint);
    let old: BTreeSet<_> = before.iter().filter(|p| !same(p, after)).flat_map(known).collect();
    let new: BTreeSet<_> = after.iter().filter(|p| !same(p, before)).flat_map(known).collect();
    let differs = old.symmetric_difference(&new);
    differs.map(|(name, what, _)| (name.clone(), what.clone())).collect()
}

/// Names that a pack knows, of what, and everything else that it says of that.
fn known(pack: &Pack) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    let mut add = |names: Vec<&String>, what: String, says: String| {
        all.extend(names.into_iter().map(|n| (n.clone(), what.clone(), says.clone())));
    };
    for p in &pack.parties {
        let names = [&p.names, &p.demonyms, &p.seats, &p.bodies, &p.exact].into_iter().flatten().collect();
        add(names, format!("party {}", p.title), format!("{p:?}"));
    }
    for p in &pack.places {
        add([&p.name].into_iter().chain(&p.also).collect(), format!("place {}", p.name), format!("{p:?}"));
    }
    for o in &pack.officials {
        let names = [&o.name].into_iter().chain(&o.also).chain(&o.surnames).collect();
        add(names, format!("official {}", o.name), format!("{o:?}"));
    }
    for o in &pack.outlets {
        add([&o.name].into_iter().chain(&o.also).collect(), format!("outlet {}", o.name), format!("{o:?}"));
    }
    for l in &pack.lines {
        add(l.names.iter().collect(), format!("line {}", l.label), format!("{l:?}"));
    }
    for a in &pack.agreements {
        add(a.names.iter().collect(), format!("agreement {}", a.title), a.names.join("|"));
    }
    for c in &pack.conflicts {
        add(c.words.iter().chain(c.generic.keys()).collect(), format!("conflict {}", c.id), format!("{c:?}"));
    }
    all
}

/// Finds names in texts, where they stand alone.
struct Finder(Option<AhoCorasick>);

impl Finder {
    fn new(names: Vec<String>) -> Finder {
        Finder(AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names).ok())
    }

    /// Which names stand in a text, by their place in the list.
    fn all(&self, text: &str) -> BTreeSet<usize> {
        let found = self.0.iter().flat_map(|m| m.find_iter(text));
        found
            .filter(|f| !f.is_empty() && stands_alone(text, f.start(), f.end()))
            .map(|f| f.pattern().as_usize())
            .collect()
    }
}

/// Which stored reports would be read otherwise with the packs as they are now, for all that can be told from their
/// names. Of a change of own packs only those are meant that hold a name that it is about.
pub struct Affected<'a> {
    world: &'a SystemWorld,
    own: &'a OwnPacks,
    /// What tells the names apart that changed since an own pack had a fingerprint; by id and fingerprint.
    since: BTreeMap<(String, String), Finder>,
}

impl<'a> Affected<'a> {
    /// With the packs of a world.
    #[must_use]
    pub fn new(world: &'a SystemWorld, own: &'a OwnPacks) -> Affected<'a> {
        Affected { world, own, since: BTreeMap::new() }
    }

    /// Whether a report that was last read so would be read otherwise.
    ///
    /// # Errors
    /// Where earlier versions of own packs cannot be read.
    pub fn is(&mut self, then: &Reader, text: &str) -> Result<bool, Failure> {
        let now = self.world.packs_for(text);
        let same = |a: &PackUsed, b: &[PackUsed]| b.iter().any(|p| p.id == a.id && p.fingerprint == a.fingerprint);
        let gone = then.packs.iter().filter(|p| !same(p, &now)).map(|p| (p.id.clone(), p.fingerprint.clone()));
        let came =
            now.iter().filter(|p| then.packs.iter().all(|t| t.id != p.id)).map(|p| (p.id.clone(), String::new()));
        for (id, fingerprint) in gone.chain(came).collect::<Vec<_>>() {
            if self.differs(id, fingerprint, text)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a text holds a name that changed since a pack had a fingerprint, or it is none of the own packs that
    /// every reading uses, so that nothing can be told from names.
    fn differs(&mut self, id: String, fingerprint: String, text: &str) -> Result<bool, Failure> {
        let Some(now) = self.world.pack(&id).filter(|p| p.manifest.always) else { return Ok(true) };
        let key = (id, fingerprint);
        if !self.since.contains_key(&key) {
            let old = if key.1.is_empty() { None } else { self.own.as_it_was(&key.0, &key.1)? };
            if old.is_none() && !key.1.is_empty() {
                return Ok(true);
            }
            let names = changed(&Vec::from_iter(old), std::slice::from_ref(now));
            self.since.insert(key.clone(), Finder::new(names.into_keys().collect()));
        }
        Ok(self.since.get(&key).is_some_and(|finder| !finder.all(text).is_empty()))
    }
}
