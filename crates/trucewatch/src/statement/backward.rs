//! "Shells hit the town. This was reported by the governor.": a sentence that only says whose words the ones before are.

use super::carry::continued;
use super::cue;
use super::scene::{Scene, Sentence};
use super::{Manner, Statement};

/// Sentences before such a one that are taken for the same source's.
const BACK: usize = 3;

/// Gives the sentences before "this was announced by X" to X where they are nobody's: those of the paragraph, or, where it
/// opens the paragraph, the last ones of the paragraph `above`.
///
/// `first` is the index of the paragraph's first statement in `all`.
pub(super) fn refer_back<'a>(
    scene: &Scene,
    above: impl Fn() -> Option<Scene<'a>>,
    first: usize,
    all: &mut Vec<Statement>,
) {
    for at in 0..scene.sentences.len() {
        let Some(by) = (first..all.len()).find(|&i| points_back(scene, &scene.sentences[at], &all[i])) else {
            continue;
        };
        match (at == 0).then(&above).flatten() {
            Some(above) => give(&above, above.sentences.len(), by, all),
            None => give(scene, at, by, all),
        }
    }
}

/// Whether a statement says of nothing but the "this" that opens its sentence that somebody reported it.
fn points_back(scene: &Scene, sentence: &Sentence, statement: &Statement) -> bool {
    let start = sentence.tokens.start;
    let this = matches!(scene.lower(start), "this" | "it" | "that");
    let opens = statement.content == [scene.span(&scene.parse.bytes(start..start + 1))];
    let reports = |cue: usize| cue::words().recounting.contains(scene.lemma(cue));
    this && opens && statement.source_head.is_some() && statement.cue_head.is_some_and(reports)
}

/// Gives the last sentences before the one at `end` to the source of a statement, up to one that is somebody's.
fn give(scene: &Scene, end: usize, by: usize, all: &mut Vec<Statement>) {
    for sentence in scene.sentences[..end].iter().rev().take(BACK) {
        let here = scene.span(&sentence.bytes);
        let said = |s: &Statement| s.content.iter().chain(&s.cue).any(|span| span.meets(here));
        if all.iter().filter(|s| s.manner != Manner::Hearsay).any(said) {
            return;
        }
        let more = continued(scene, here, by, sentence.bytes.clone());
        all.push(Statement { rule: "statement/between", ..more });
    }
}
