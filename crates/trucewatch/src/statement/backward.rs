//! "Shells hit the town. This was reported by the governor.", "The governor said so.": a sentence that only says whose words the ones before are.

use super::carry::continued;
use super::cue;
use super::loose::TOLD;
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
    let here = scene.span(&sentence.bytes);
    let is_this = |i: usize| matches!(scene.lower(i), "this" | "it" | "that" | "so");
    let token = |i: usize| scene.span(&scene.parse.bytes(i..i + 1));
    let opens = || is_this(start) && statement.content == [token(start)];
    let is_told = |i: usize| matches!(scene.lower(i), "this" | "so") && statement.content == [token(i)];
    let told = |cue: usize| (start..scene.parse.len().min(cue + TOLD)).any(|i| i != cue && is_told(i));
    let news = || {
        let known = matches!(scene.lower(start + 1), "information" | "news" | "data") && scene.lower(start) == "the";
        known && statement.content == [scene.span(&scene.parse.bytes(start..start + 2))]
    };
    let is = || is_this(start) && statement.content == [scene.span(&scene.parse.bytes(start..start + 2))];
    let points = |cue: usize| {
        let reports = cue::words().recounting.contains(scene.lemma(cue));
        reports && (opens() || told(cue) || news()) || (scene.lower(cue) == "according" && is())
    };
    statement.cue.iter().any(|c| c.meets(here))
        && statement.source_head.is_some()
        && statement.cue_head.is_some_and(points)
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
