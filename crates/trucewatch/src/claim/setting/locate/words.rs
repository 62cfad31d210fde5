//! What the noun that a place's name belongs to makes of it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// Lists of `words.toml`.
#[derive(Debug, Deserialize)]
struct Words {
    papers: BTreeSet<String>,
    strife: BTreeSet<String>,
    meetings: BTreeSet<String>,
    ground: BTreeSet<String>,
    people: BTreeSet<String>,
    arms: BTreeSet<String>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap());

/// The list that a lemma stands in, from 1 on; 0 for none.
pub(super) fn class(lemma: &str) -> usize {
    let Words { papers, strife, meetings, ground, people, arms } = &*WORDS;
    let lists = [papers, strife, meetings, ground, people, arms];
    lists.iter().position(|list| list.contains(lemma)).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::class;

    #[test]
    fn the_lists_are_read() {
        assert_eq!((class("agreement"), class("army"), class("turnip")), (1, 6, 0));
    }
}
