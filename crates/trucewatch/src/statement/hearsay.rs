//! "reportedly", "allegedly": the writer leaves it to others and names nobody.

use super::Manner;
use super::candidate::{Candidate, Rank};
use super::cue::{self, Entry, Verdict};
use super::scene::Scene;

/// Proposes the clause round every hearsay adverb.
pub(super) fn find(scene: &Scene, out: &mut Vec<Candidate>) {
    for at in 0..scene.parse.len() {
        if cue::words().hearsay.contains(scene.lower(at)) {
            out.extend(clause_round(scene, at));
        }
    }
}

fn clause_round(scene: &Scene, adverb: usize) -> Option<Candidate> {
    let head = scene.parse.tokens()[adverb].head;
    let from = scene.from(adverb);
    if head == adverb || !scene.is_verb(head) {
        return None;
    }
    let sentence = scene.sentence_at(from)?;
    let clause = scene.parse.bytes(scene.parse.subtree_run(head));
    let cue = scene.parse.bytes(adverb..adverb + 1);
    let entry = Entry { verdict: Verdict::Assert, rule: "statement/hearsay" };
    let limit = clause.end.min(sentence.bytes.end);
    let mut candidate = Candidate::new(scene, Rank::Hearsay, adverb, cue.clone(), entry).with_manner(Manner::Hearsay);
    for side in [clause.start.max(sentence.bytes.start)..cue.start, cue.end..limit] {
        candidate = if side.is_empty() { candidate } else { candidate.with_content(scene, side) };
    }
    Some(candidate.with_head(head))
}
