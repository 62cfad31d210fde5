//! Words by which a text shows which conflict it is about, all looked for in one pass.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

use crate::document::stands_alone;
use crate::pack::Knowledge;

/// The words of all conflicts, in the order of [`Knowledge::conflicts`].
#[derive(Debug, Default)]
pub(super) struct Cues {
    /// None where no conflict has a word.
    automaton: Option<AhoCorasick>,
    /// The conflict that each pattern is of, by number.
    owners: Vec<usize>,
}

impl Cues {
    pub(super) fn new(knowledge: &Knowledge) -> Cues {
        let conflicts = knowledge.conflicts().enumerate();
        let (words, owners): (Vec<&str>, Vec<usize>) = conflicts
            .flat_map(|(n, c)| c.words.iter().map(move |w| (w.as_str(), n)))
            .filter(|(w, _)| !w.is_empty())
            .unzip();
        Cues { automaton: AhoCorasick::new(words).ok(), owners }
    }

    /// How many of its words or phrases a text holds, none of them as part of a longer word, by conflict.
    pub(super) fn counts(&self, text: &str) -> Vec<usize> {
        let mut counts = vec![0; self.owners.last().map_or(0, |last| last + 1)];
        let found = self.automaton.iter().flat_map(|a| a.find_overlapping_iter(text));
        let whole: BTreeSet<usize> =
            found.filter(|m| stands_alone(text, m.start(), m.end())).map(|m| m.pattern().as_usize()).collect();
        for pattern in whole {
            counts[self.owners[pattern]] += 1;
        }
        counts
    }
}
