//! What observers can report, as `things.toml` lists it.

use std::sync::LazyLock;

use serde::Deserialize;
use trucewatch::claim::Kind;
use trucewatch::figure::Counted;

/// Something that observers can report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    /// Its id.
    pub id: String,
    /// The words for one.
    pub one: String,
    /// The words for several.
    pub many: String,
    claim: String,
    assessed: String,
    counted: Option<String>,
}

#[derive(Deserialize)]
struct List {
    thing: Vec<Thing>,
}

/// All of them, in the order of the form.
pub static THINGS: LazyLock<Vec<Thing>> =
    LazyLock::new(|| toml::from_str::<List>(include_str!("things.toml")).map(|l| l.thing).unwrap_or_default());

impl Thing {
    /// The thing of an id.
    #[must_use]
    pub fn of(id: &str) -> Option<&'static Thing> {
        THINGS.iter().find(|t| t.id == id)
    }

    /// The type of the claim that it makes.
    #[must_use]
    pub fn kind(&self, assessed: bool) -> Option<Kind> {
        Kind::parse(if assessed { &self.assessed } else { &self.claim })
    }

    /// What its number counts, where the codebook has a word for it.
    #[must_use]
    pub fn counted(&self) -> Option<Counted> {
        let word = self.counted.as_deref()?;
        Counted::ALL.iter().copied().find(|c| c.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_list_is_one_of_the_codebook() {
        assert!(THINGS.len() > 10);
        for thing in THINGS.iter() {
            assert!(thing.kind(true).is_some() && thing.kind(false).is_some(), "{}", thing.id);
            assert!(thing.counted.is_none() || thing.counted().is_some(), "{}", thing.id);
        }
        assert!(Thing::of("parade").is_none());
    }
}
