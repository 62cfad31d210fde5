//! Which sorts of help a claim of help speaks of: fighters, arms, taking part, what a pact obliges to, aid.

use std::sync::LazyLock;

/// Sorts of help, one bit each; none where the words only say that somebody helps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sorts(u8);

impl Sorts {
    /// The sorts that some words tell of.
    pub(super) fn of(words: &str) -> Sorts {
        let words = words.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        Sorts(words.fold(0, |sorts, word| sorts | bits(&word)))
    }

    /// Whether both tell of one sort.
    pub(super) fn meet(self, other: Sorts) -> bool {
        self.0 & other.0 != 0
    }
}

fn bits(word: &str) -> u8 {
    let fits = |known: &str| known.strip_suffix('*').map_or(known == word, |beginning| word.starts_with(beginning));
    WORDS.iter().filter(|(known, _)| fits(known)).fold(0, |bits, (_, bit)| bits | bit)
}

/// Words and their sort, read from `help.csv`.
static WORDS: LazyLock<Vec<(&'static str, u8)>> = LazyLock::new(|| {
    let rows = include_str!("help.csv").lines().skip(2).filter_map(|row| row.split_once(','));
    let mut sorts: Vec<&str> = Vec::new();
    let rows = rows.map(|(sort, word)| {
        let known = sorts.iter().position(|s| *s == sort);
        let at = known.unwrap_or(sorts.len());
        if known.is_none() {
            sorts.push(sort);
        }
        (word, 1_u8.checked_shl(u32::try_from(at).unwrap_or(u32::MAX)).unwrap_or(0))
    });
    rows.collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_has_a_bit() {
        assert!(WORDS.len() > 40 && WORDS.iter().all(|(_, bit)| *bit != 0));
    }

    #[test]
    fn plain_support_is_of_no_sort() {
        assert_eq!(Sorts::of("Norvia stands by Vesk and supports it"), Sorts::default());
        assert!(!Sorts::of("backs Vesk").meet(Sorts::of("backs Vesk")));
    }

    #[test]
    fn sorts_meet_in_other_words() {
        let (sent, hired) = (Sorts::of("it sent Fighters to the front"), Sorts::of("mercenaries were hired"));
        assert!(sent.meet(hired) && !sent.meet(Sorts::of("a shipment of missiles")));
        assert!(!Sorts::of("an armless statue was sold off").meet(sent));
    }
}
