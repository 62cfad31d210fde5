//! Sources in brackets at a sentence's end: "Two posts were lost (General Staff).", "A post was lost. (Defence ministry)".

use std::ops::Range;

use syntax::Pos;

use super::Manner;
use super::candidate::{Candidate, Named, Rank};
use super::cue::{self, Entry, Verdict};
use super::cut::{Shape, cut};
use super::scene::{Scene, Sentence};

/// Longest name in brackets, and shortest sentence before them, in tokens.
const NAME: usize = 7;
const SHORTEST: usize = 4;

/// Proposes the sentence before brackets that hold nothing but the name of a body that speaks. An agency's or an outlet's
/// carries what the outlet tells anyway.
pub(super) fn find(scene: &Scene, out: &mut Vec<Candidate>) {
    for (number, sentence) in scene.sentences.iter().enumerate() {
        let Some(name) = bracketed(scene, sentence) else { continue };
        let alone = name.start == sentence.tokens.start + 1;
        let before = number.checked_sub(1).map(|n| scene.sentences[n].bytes.clone()).filter(|_| alone);
        let told = before.unwrap_or(sentence.bytes.start..scene.from(name.start - 1));
        out.extend(stated(scene, name, told));
    }
}

/// The tokens between brackets that close a sentence.
fn bracketed(scene: &Scene, sentence: &Sentence) -> Option<Range<usize>> {
    let word = |i: &usize| scene.parse.tokens()[*i].pos != Pos::Punct || matches!(scene.lower(*i), "(" | ")");
    let close = sentence.tokens.clone().rev().find(word).filter(|&i| scene.lower(i) == ")")?;
    let first = close.saturating_sub(NAME + 1).max(sentence.tokens.start);
    let open = (first..close).rev().find(|&i| scene.lower(i) == "(")?;
    (open + 1 < close).then_some(open + 1..close)
}

fn stated(scene: &Scene, name: Range<usize>, told: Range<usize>) -> Option<Candidate> {
    let tokens = scene.parse.tokens();
    let nominal = |i: usize| matches!(tokens[i].pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det | Pos::Adp);
    let stop = name.clone().find(|&i| tokens[i].pos == Pos::Adp).unwrap_or(name.end);
    let head = stop.checked_sub(1).filter(|&i| i >= name.start && cue::words().bodies.contains(scene.lower(i)))?;
    let run = scene.tokens_in(&told);
    let tells = run.len() >= SHORTEST && run.clone().any(|i| scene.is_finite(i));
    if !tells || !name.clone().all(nominal) || scene.quote_around(scene.from(name.start)).is_some() {
        return None;
    }
    let entry = Entry { verdict: Verdict::Assert, rule: "statement/bracket" };
    let open = scene.parse.bytes(name.start - 1..name.start);
    Some(
        Candidate::new(scene, Rank::Hearsay, name.start - 1, open, entry)
            .with_source(Some(Named { run: name, head }))
            .with_manner(Manner::Parenthetical)
            .with_content(scene, cut(scene, told, Shape::Phrase)),
    )
}
