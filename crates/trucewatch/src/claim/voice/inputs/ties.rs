//! What ties a candidate to the claim: by which rule an office was found to be a state's, and how the claim's clause hangs on
//! somebody's words before it in the sentence.

use super::Scene;
use crate::pack::PartyId;
use crate::trees::{number, yes};

/// Rules for whose an office or a noun is; the place of each is an input: add at the end.
const OFFICES: &[&str] = &[
    "speaker/office-of-place",
    "speaker/office-of-country",
    "speaker/office-again",
    "speaker/press",
    "speaker/title",
    "speaker/paper",
];

/// Words that open a clause behind what somebody says in the same sentence; the place of each is an input: add at the end.
const LINKS: &[&str] = &[
    "but", "while", "and", "as", "when", "after", "although", "though", "which", "who", "where", "that", "with",
    "since", "because", "before", "despite", "whose", "if", "to",
];

impl Scene<'_, '_> {
    /// The ties of a candidate.
    pub(super) fn of_ties(&self, party: &PartyId) -> Vec<f32> {
        let rule = |r: &str| number(OFFICES.iter().position(|o| *o == r));
        let source = self.round.first().and_then(|&i| self.page.sources.get(i));
        let (link, theirs) = self.link(party);
        vec![rule(&self.voice.speaker.rule), source.map_or(0.0, |s| rule(s.rule)), link, theirs]
    }

    /// Where somebody's words stand before the claim in its sentence and do not hold it: the word that opens the claim's
    /// clause, and whether they are the candidate's.
    fn link(&self, party: &PartyId) -> (f32, f32) {
        let token = self.trigger.token;
        let here = |n: &&super::Near<'_>| n.paragraphs == 0 && n.sentences == 0 && n.is_before(token);
        let Some(before) = self.near.iter().rev().find(here).filter(|n| !self.round.contains(&n.statement)) else {
            return (0.0, 0.0);
        };
        let words = (before.token + 1..=token).rev().map(|i| &*self.page.token(i).lower);
        let opens = words.into_iter().find_map(|w| LINKS.iter().position(|l| *l == w));
        (number(opens).max(0.5), yes(before.parties.contains(party)))
    }
}
