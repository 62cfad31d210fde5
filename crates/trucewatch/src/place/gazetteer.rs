//! Everything that is known by name: packs, the built-in table of the wide world, the packed world gazetteer.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::atlas::Atlas;
use super::entry::{Entry, Origin, precision_of};
use super::fold::fold;
use crate::pack::{FeatureKind, Knowledge, Line};

/// Countries, regions, seas and states: names, abbreviations, adjectives, coordinates.
const WORLD: &str = include_str!("world.csv");

/// How a name of a small table is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It names the place ("Armenia").
    Name,
    /// It is the adjective of the place ("Armenian").
    Adjective,
    /// An abbreviation that counts only after a place and a comma ("Springfield, Ill.").
    Short,
}

#[derive(Debug, Clone, Copy)]
struct Listed {
    entry: usize,
    usage: Use,
    usual: bool,
}

/// What can be looked up by name. Build one for all documents.
#[derive(Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    by_name: FxHashMap<String, Vec<Listed>>,
    atlas: Option<Atlas>,
}

#[derive(Debug, Deserialize)]
struct WorldRow {
    id: String,
    name: String,
    also: String,
    short: String,
    adjectives: String,
    kind: FeatureKind,
    lat: f64,
    lon: f64,
    country: String,
}

impl Gazetteer {
    /// Indexes the packs and the built-in table, and takes the world gazetteer where there is one.
    #[must_use]
    pub fn new(knowledge: &Knowledge, atlas: Option<Atlas>) -> Gazetteer {
        let mut gazetteer = Gazetteer { atlas, ..Gazetteer::default() };
        for place in knowledge.places() {
            gazetteer.add(Entry::of_pack(place), &place.name, place.also.iter().map(String::as_str));
        }
        for line in knowledge.lines() {
            if let Some((first, others)) = line.names.split_first() {
                gazetteer.add(entry_of_line(line), first, others.iter().map(String::as_str));
            }
        }
        gazetteer.add_world();
        gazetteer
    }

    fn add_world(&mut self) {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(WORLD.as_bytes());
        for row in reader.deserialize::<WorldRow>().flatten() {
            let entry = self.add(entry_of_world(&row), &row.name, row.also.split('|'));
            row.short.split('|').for_each(|name| self.list(name, entry, Use::Short, false));
            row.adjectives.split('|').for_each(|name| self.list(name, entry, Use::Adjective, true));
        }
    }

    fn add<'a>(&mut self, entry: Entry, name: &str, also: impl Iterator<Item = &'a str>) -> usize {
        let index = self.entries.len();
        self.entries.push(entry);
        self.list(name, index, Use::Name, true);
        also.for_each(|name| self.list(name, index, Use::Name, false));
        index
    }

    fn list(&mut self, name: &str, entry: usize, usage: Use, usual: bool) {
        let key = fold(name);
        if key.is_empty() {
            return;
        }
        let places = self.by_name.entry(key).or_default();
        if !places.iter().any(|l| l.entry == entry && l.usage == usage) {
            places.push(Listed { entry, usage, usual });
        }
    }

    /// Every place that a name can mean: those of packs first, then the wide world's, then the atlas's by
    /// falling population.
    #[must_use]
    pub fn find(&self, name: &str) -> Vec<Entry> {
        let key = fold(name);
        let mut found = self.find_key(&key, Use::Name);
        if found.is_empty()
            && let Some(bare) = without_article(&key)
        {
            found = self.find_key(bare, Use::Name);
        }
        found
    }

    /// Places under a folded name in one use of it.
    pub(super) fn find_key(&self, key: &str, usage: Use) -> Vec<Entry> {
        let mut found = self.listed(key, usage);
        if usage == Use::Name
            && let Some(atlas) = &self.atlas
        {
            let known = found.len();
            found.extend(atlas.find(key));
            drop_doubles(&mut found, known);
        }
        found
    }

    /// Places of packs and the built-in table.
    fn listed(&self, key: &str, usage: Use) -> Vec<Entry> {
        let Some(places) = self.by_name.get(key) else { return Vec::new() };
        let of_use = places.iter().filter(|l| l.usage == usage);
        of_use
            .filter_map(|l| self.entries.get(l.entry).map(|e| Entry { by_usual_name: l.usual, ..e.clone() }))
            .collect()
    }

    /// Whether a folded name is listed anywhere at all.
    pub(super) fn knows(&self, key: &str) -> bool {
        self.by_name.contains_key(key) || self.atlas.as_ref().is_some_and(|a| a.knows(key))
    }
}

/// Drops from the entries after `known` those that a trusted entry stands for already: the same GeoNames number,
/// or a country of the same code.
fn drop_doubles(found: &mut Vec<Entry>, known: usize) {
    let (trusted, rest) = found.split_at(known.min(found.len()));
    let kept: Vec<Entry> = rest
        .iter()
        .filter(|e| !trusted.iter().any(|t| t.id == e.id || (t.kind == FeatureKind::Country && e.kind == t.kind)))
        .cloned()
        .collect();
    found.truncate(known);
    found.extend(kept);
}

/// An Arabic name without its article: `al waer` is also listed as `waer`.
pub(super) fn without_article(key: &str) -> Option<&str> {
    ["al ", "el ", "ad ", "ash ", "as ", "at ", "an ", "ar ", "az "].iter().find_map(|a| key.strip_prefix(a))
}

fn entry_of_world(row: &WorldRow) -> Entry {
    Entry {
        id: format!("world:{}", row.id),
        name: row.name.clone(),
        kind: row.kind,
        lat: row.lat,
        lon: row.lon,
        country: row.country.clone(),
        within: String::new(),
        population: 0,
        precision: precision_of(row.kind),
        origin: Origin::World,
        by_usual_name: true,
    }
}

/// A line stands for itself by a point on it, the middle one of its bounds where it has no centroid.
fn entry_of_line(line: &Line) -> Entry {
    use geo::Centroid;
    let middle = line.geometry.centroid().unwrap_or_else(|| geo::Point::new(0.0, 0.0));
    Entry {
        id: line.id.clone(),
        name: line.label.clone(),
        kind: FeatureKind::Line,
        lat: middle.y(),
        lon: middle.x(),
        country: String::new(),
        within: String::new(),
        population: 0,
        precision: precision_of(FeatureKind::Line),
        origin: Origin::Pack,
        by_usual_name: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_names_are_not_found() {
        let gazetteer = Gazetteer::new(&Knowledge::default(), None);
        assert!(gazetteer.find("Veskmoor").is_empty());
        assert!(gazetteer.find("").is_empty());
    }

    #[test]
    fn the_built_in_table_is_whole() {
        let gazetteer = Gazetteer::new(&Knowledge::default(), None);
        assert!(gazetteer.entries.len() > 350, "{}", gazetteer.entries.len());
        assert!(gazetteer.entries.iter().all(|e| e.lat.abs() <= 90.0 && e.lon.abs() <= 180.0));
    }

    #[test]
    fn countries_are_found_by_any_name_but_not_by_adjective() {
        let gazetteer = Gazetteer::new(&Knowledge::default(), None);
        assert_eq!(gazetteer.find("Türkiye")[0].id, "world:TR");
        assert_eq!(gazetteer.find("Turkiye")[0].precision, 6);
        assert!(gazetteer.find("Turkish").is_empty());
        assert_eq!(gazetteer.find_key("turkish", Use::Adjective)[0].country, "TR");
    }

    #[test]
    fn an_article_may_be_missing() {
        assert_eq!(without_article("al vesk"), Some("vesk"));
        assert_eq!(without_article("alvesk"), None);
    }
}
