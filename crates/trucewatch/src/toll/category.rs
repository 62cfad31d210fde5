//! What a figure counts, in the books' own categories: what befell people, fire and breaches by unit, things lost.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::claim::{Claim, Class, Kind};
use crate::figure::{Counted, Figure};
use crate::incident::Record;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Dead.
    Dead,
    /// Dead or missing, undivided.
    DeadOrMissing,
    /// Dead or wounded, undivided.
    DeadOrWounded,
    /// Wounded.
    Wounded,
    /// Missing.
    Missing,
    /// Captured or held.
    Captured,
    /// Displaced.
    Displaced,
    /// Returned home.
    Returned,
    /// Bodies found.
    Bodies,
    /// Breaches of a ceasefire, as their counter counts them.
    Violations,
    /// Explosions heard or seen.
    Explosions,
    /// Shots and bursts.
    Shots,
    /// Shells and mortar rounds.
    Shells,
    /// Rockets and missiles.
    Rockets,
    /// Bombs.
    Bombs,
    /// Other munitions.
    Munitions,
    /// Vehicles lost.
    Vehicles,
    /// Aircraft lost.
    Aircraft,
    /// Weapons lost.
    Weapons,
}

/// What kind of thing a category counts. Figures of different families never stand in one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// People harmed.
    People,
    /// Fire and breaches, as somebody has counted them; they are no incidents.
    Fire,
    /// Things lost.
    Things,
}

impl Family {
    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Family::People => "people",
            Family::Fire => "fire",
            Family::Things => "things",
        }
    }
}

impl Category {
    /// Every category.
    pub const ALL: [Category; 19] = {
        use Category::*;
        [
            Dead,
            DeadOrMissing,
            DeadOrWounded,
            Wounded,
            Missing,
            Captured,
            Displaced,
            Returned,
            Bodies,
            Violations,
            Explosions,
            Shots,
            Shells,
            Rockets,
            Bombs,
            Munitions,
            Vehicles,
            Aircraft,
            Weapons,
        ]
    };

    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Dead => "dead",
            Category::DeadOrMissing => "dead-or-missing",
            Category::DeadOrWounded => "dead-or-wounded",
            Category::Wounded => "wounded",
            Category::Missing => "missing",
            Category::Captured => "captured",
            Category::Displaced => "displaced",
            Category::Returned => "returned",
            Category::Bodies => "bodies",
            Category::Violations => "violations",
            Category::Explosions => "explosions",
            Category::Shots => "shots",
            Category::Shells => "shells",
            Category::Rockets => "rockets",
            Category::Bombs => "bombs",
            Category::Munitions => "munitions",
            Category::Vehicles => "vehicles",
            Category::Aircraft => "aircraft",
            Category::Weapons => "weapons",
        }
    }

    /// What kind of thing it counts.
    #[must_use]
    pub fn family(self) -> Family {
        match self {
            c if c <= Category::Bodies => Family::People,
            c if c <= Category::Munitions => Family::Fire,
            _ => Family::Things,
        }
    }
}

/// The category of a claim's figure; none where it is no toll: strengths, lengths, areas.
pub(super) fn of(record: &Record<'_>, claim: &Claim, figure: &Figure) -> Option<Category> {
    let kind = claim.kind.value;
    let words = || words_after(record, claim, figure);
    Some(match figure.what {
        Counted::Killed if speaks_of_missing(&words()) => Category::DeadOrMissing,
        Counted::Killed => Category::Dead,
        Counted::Wounded => Category::Wounded,
        Counted::Casualties => Category::DeadOrWounded,
        Counted::Missing => Category::Missing,
        Counted::Captured => Category::Captured,
        Counted::Personnel if kind == Kind::Detention => Category::Captured,
        Counted::Displaced => Category::Displaced,
        Counted::Returned => Category::Returned,
        Counted::Bodies => Category::Bodies,
        Counted::Violations => unit(&words()).unwrap_or(Category::Violations),
        Counted::Munitions if kind.class() == Class::Hostilities => unit(&words()).unwrap_or(Category::Munitions),
        Counted::Vehicles if is_loss(kind) => Category::Vehicles,
        Counted::Aircraft if is_loss(kind) => Category::Aircraft,
        Counted::Weapons if is_loss(kind) => Category::Weapons,
        _ => return None,
    })
}

/// Whether things that a claim counts were hit.
fn is_loss(kind: Kind) -> bool {
    matches!(kind, Kind::Damage | Kind::Airstrike)
}

/// Words of a figure's sentence after its number in which its unit is looked for.
const NEAR: usize = 6;

fn words_after(record: &Record<'_>, claim: &Claim, figure: &Figure) -> Vec<String> {
    let Some(source) = record.source(claim) else { return Vec::new() };
    let (_, sentence) = source.sentence(figure.span);
    let after = crate::document::Span::new(figure.span.end.min(sentence.end), sentence.end);
    let words = source.words(after).split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
    words.take(NEAR).map(str::to_lowercase).collect()
}

/// "… dead or missing", "… killed or are missing".
fn speaks_of_missing(words: &[String]) -> bool {
    let missing = words.iter().position(|w| w == "missing");
    missing.is_some_and(|at| words.iter().take(at).any(|w| w == "or"))
}

/// Which unit some words name first; `units.toml` lists them.
fn unit(words: &[String]) -> Option<Category> {
    static UNITS: LazyLock<BTreeMap<Category, Vec<String>>> =
        LazyLock::new(|| toml::from_str(include_str!("units.toml")).unwrap_or_default());
    let of = |word: &String| UNITS.iter().find(|(_, nouns)| nouns.contains(word)).map(|(category, _)| *category);
    words.iter().find_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::{Tale, Told};

    fn category(kind: Kind, words: &str, what: Counted) -> Option<Category> {
        let mut tale = Tale::new();
        let told = Told::new("a", "2031-03-08", words).kind(kind, &["vesk"], &[]);
        tale.tell(told.figure(what, None, Some(7), Some(7)));
        let (record, claim) = (tale.record(), &tale.claims()[0]);
        of(&record, claim, &claim.figures[0])
    }

    #[test]
    fn strengths_and_lengths_are_no_tolls() {
        assert_eq!(category(Kind::Deployment, "7 observers", Counted::Personnel), None);
        assert_eq!(category(Kind::Access, "7 km of road", Counted::DistanceKm), None);
        assert_eq!(category(Kind::Buildup, "7 tanks", Counted::Vehicles), None);
    }

    #[test]
    fn counts_of_fire_keep_their_units() {
        assert_eq!(category(Kind::Violation, "7 violations", Counted::Violations), Some(Category::Violations));
        assert_eq!(
            category(Kind::Violation, "7 undetermined explosions", Counted::Violations),
            Some(Category::Explosions)
        );
        assert_eq!(category(Kind::Shelling, "7 mortar rounds", Counted::Munitions), Some(Category::Shells));
        assert_eq!(category(Kind::Gunfire, "7 single shots", Counted::Munitions), Some(Category::Shots));
    }

    #[test]
    fn dead_or_missing_is_a_category_of_its_own() {
        assert_eq!(
            category(Kind::Casualties, "7 soldiers dead or missing", Counted::Killed),
            Some(Category::DeadOrMissing)
        );
        assert_eq!(category(Kind::Casualties, "7 dead and three missing", Counted::Killed), Some(Category::Dead));
    }

    #[test]
    fn every_category_has_a_family_and_a_name() {
        let names: std::collections::BTreeSet<&str> = Category::ALL.iter().map(|c| c.as_str()).collect();
        assert_eq!(names.len(), Category::ALL.len());
        assert_eq!(Category::Wounded.family(), Family::People);
        assert_eq!(Category::Shots.family(), Family::Fire);
        assert_eq!(Category::Weapons.family(), Family::Things);
    }
}
