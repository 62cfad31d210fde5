//! One statement for each cue: of several readings the most trusted construction stays.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::candidate::{Candidate, Rank};

/// The candidates that stay, in text order of their cues.
pub(super) fn best(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.retain(|c| !c.content.is_empty());
    found.sort_by_key(|c| (Reverse(c.rank), c.cue.start, Reverse(total(c))));
    let mut taken = BTreeSet::new();
    let mut kept: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found {
        if is_free(&taken, &candidate) {
            taken.insert((candidate.cue.start, candidate.cue.end));
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|c| (c.cue.start, c.cue.end));
    kept
}

fn total(candidate: &Candidate) -> usize {
    candidate.content.iter().map(ExactSizeIterator::len).sum()
}

/// Whether no cue that is taken overlaps the candidate's; taken ones never overlap each other.
fn is_free(taken: &BTreeSet<(usize, usize)>, candidate: &Candidate) -> bool {
    let last_before = taken.range(..(candidate.cue.end, 0)).next_back();
    last_before.is_none_or(|&(_, end)| end <= candidate.cue.start) || candidate.rank == Rank::Transcript
}
