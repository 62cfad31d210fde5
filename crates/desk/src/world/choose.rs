//! Which packs a document calls for: those whose parties and places it names.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};
use trucewatch::document::stands_alone;
use trucewatch::pack::{Pack, Party, PartyId};

/// Finds in a text the names that packs know.
pub(crate) struct Chooser {
    matcher: Option<AhoCorasick>,
    /// What each pattern of the matcher tells.
    tells: Vec<Vec<Tell>>,
    always: Vec<usize>,
    count: usize,
}

/// What the mention of a name tells: a pack, and whom or what of it the name names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Tell {
    pack: usize,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// One of the sides between whom the pack's conflict is, or a party of its own.
    Party(PartyId),
    /// A place, an official or a telling word.
    Thing(String),
}

impl Chooser {
    /// Indexes the names of all packs that are not used always.
    pub(crate) fn new(packs: &[Pack]) -> Chooser {
        let always = (0..packs.len()).filter(|&i| packs.get(i).is_some_and(|p| p.manifest.always)).collect();
        let mut names: Vec<(String, Tell)> = Vec::new();
        for (i, pack) in packs.iter().enumerate().filter(|(_, p)| !p.manifest.always) {
            names.extend(parties(pack, packs).map(|(name, id)| (name, Tell { pack: i, what: What::Party(id) })));
            names.extend(things(pack).map(|(name, id)| (name, Tell { pack: i, what: What::Thing(id) })));
        }
        names.sort();
        names.dedup();
        let mut patterns: Vec<String> = Vec::new();
        let mut tells: Vec<Vec<Tell>> = Vec::new();
        for (name, tell) in names {
            match (patterns.last() == Some(&name), tells.last_mut()) {
                (true, Some(list)) => list.push(tell),
                _ => {
                    patterns.push(name);
                    tells.push(vec![tell]);
                }
            }
        }
        let matcher = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns).ok();
        Chooser { matcher, tells, always, count: packs.len() }
    }

    /// Indices of the packs to read a text with, in order.
    pub(crate) fn choose(&self, text: &str) -> Vec<usize> {
        let mut told: BTreeSet<&Tell> = BTreeSet::new();
        for found in self.matcher.iter().flat_map(|m| m.find_iter(text)) {
            if stands_alone(text, found.start(), found.end()) {
                told.extend(self.tells.get(found.pattern().as_usize()).into_iter().flatten());
            }
        }
        let is_named = |pack: usize| {
            let of_pack = || told.iter().filter(|t| t.pack == pack);
            let parties = of_pack().filter(|t| matches!(t.what, What::Party(_))).count();
            let things = of_pack().count() - parties;
            parties >= 2 || (parties == 1 && things >= 1) || things >= 3
        };
        (0..self.count).filter(|&i| self.always.contains(&i) || is_named(i)).collect()
    }
}

/// Names of the parties that a pack is about: its own, and the sides and cues of its conflicts.
fn parties<'a>(pack: &'a Pack, packs: &'a [Pack]) -> impl Iterator<Item = (String, PartyId)> + 'a {
    let sides = pack.conflicts.iter().flat_map(|c| c.sides.iter().chain(&c.cues));
    let ids: BTreeSet<&PartyId> = sides.chain(pack.parties.iter().map(|p| &p.id)).collect();
    let all = packs.iter().flat_map(|p| &p.parties).filter(move |p| ids.contains(&p.id));
    all.flat_map(|p| names_of(p).map(|name| (name.clone(), p.id.clone())))
}

fn names_of(party: &Party) -> impl Iterator<Item = &String> {
    let lists = [&party.names, &party.demonyms, &party.seats, &party.bodies, &party.exact];
    lists.into_iter().flatten().filter(|name| name.chars().next().is_some_and(char::is_uppercase))
}

/// Names of a pack's places, officials and telling words, each with what tells two of them apart.
fn things(pack: &Pack) -> impl Iterator<Item = (String, String)> + '_ {
    let places = pack.places.iter().flat_map(|p| std::iter::once(&p.name).chain(&p.also).map(|n| (n, &p.id)));
    let officials = pack.officials.iter().flat_map(|o| std::iter::once(&o.name).chain(&o.also).map(|n| (n, &o.name)));
    let words = pack.conflicts.iter().flat_map(|c| c.words.iter().map(|w| (w, w)));
    places.chain(officials).chain(words).map(|(name, id)| (name.clone(), id.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use trucewatch::pack::PackFile;

    fn pack(id: &str, always: bool, files: &[(&str, &str)]) -> Pack {
        let manifest = format!(
            "schema = 1\nid = \"{id}\"\ntitle = \"t\"\nversion = \"1\"\nlicence = \"CC0-1.0\"\nsources = []\nalways = {always}\n"
        );
        let files = files.iter().copied().chain([("pack.toml", manifest.as_str())]);
        let files: Vec<PackFile> =
            files.map(|(path, content)| PackFile { path: path.to_owned(), content: content.to_owned() }).collect();
        Pack::read(&files).unwrap()
    }

    fn chooser() -> Chooser {
        let parties = "[[party]]\nid = \"vesk\"\nkind = \"state\"\ntitle = \"Vesk\"\nnames = [\"Vesk\"]\n\
                       demonyms = [\"Veskan\"]\n\
                       [[party]]\nid = \"orlava\"\nkind = \"state\"\ntitle = \"Orlava\"\nnames = [\"Orlava\"]\n";
        let conflicts = "[[conflict]]\nid = \"vo\"\nsides = [\"vesk\", \"orlava\"]\nwords = [\"Kethra\"]\n";
        let world = pack("world", true, &[("parties.toml", parties)]);
        Chooser::new(&[pack("vo", false, &[("conflicts.toml", conflicts)]), world])
    }

    #[test]
    fn one_party_alone_calls_for_no_pack() {
        assert_eq!(chooser().choose("Vesk won the match. Veskan fans cheered."), [1]);
        assert_eq!(chooser().choose("Veskville and Orlavania are towns."), [1]);
        assert_eq!(chooser().choose(""), [1]);
    }

    #[test]
    fn both_sides_or_a_side_and_a_place_do() {
        assert_eq!(chooser().choose("Vesk accused Orlava."), [0, 1]);
        assert_eq!(chooser().choose("Veskan troops entered Kethra."), [0, 1]);
    }
}
