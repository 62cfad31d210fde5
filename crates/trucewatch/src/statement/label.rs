//! Colons within a paragraph: "Colonel Orr: “We hold the line.”", "he wrote on his channel: the posts are lost".

use std::ops::Range;

use syntax::Pos;

use super::candidate::{Candidate, Named, Rank};
use super::clause::{cue_bytes, speaking};
use super::cue::{self, Class, Entry, Verdict};
use super::cut::{Shape, cut};
use super::scene::{Scene, Sentence};
use super::source;
use super::{Manner, candidate};

/// Longest label before a quotation, in tokens.
const LABEL: usize = 9;
/// Longest stretch between a reporting verb and its colon, in tokens.
const FAR: usize = 10;

/// Proposes what stands behind the first colon of each sentence, where a name or a reporting verb stands before it.
pub(super) fn find(scene: &Scene, out: &mut Vec<Candidate>) {
    for sentence in &scene.sentences {
        let colon = sentence.tokens.clone().find(|&i| scene.lower(i) == ":");
        let Some(colon) = colon.filter(|&c| scene.quote_around(scene.from(c)).is_none()) else { continue };
        out.extend(labelled(scene, sentence, colon).or_else(|| announced(scene, sentence, colon)));
    }
}

/// "Colonel Orr: “We hold the line.”"
fn labelled(scene: &Scene, sentence: &Sentence, colon: usize) -> Option<Candidate> {
    let verb = Some(sentence.tokens.start).filter(|&i| says_first(scene, i));
    let run = sentence.tokens.start + usize::from(verb.is_some())..colon;
    let end = scene.parse.bytes(colon..colon + 1).end;
    let quote = scene.quote_after(end).filter(|q| q.outer.start < sentence.bytes.end)?;
    let bare = scene.text(end..quote.outer.start).trim().is_empty();
    let nominal = |i: usize| {
        use Pos::{Adj, Adp, Adv, Det, Noun, Num, Part, Propn};
        matches!(scene.parse.tokens()[i].pos, Noun | Propn | Adj | Det | Adp | Part | Num | Adv)
    };
    let fits = !run.is_empty() && run.len() <= LABEL && run.clone().all(nominal);
    let head = head_of(scene, &run).filter(|_| bare && fits)?;
    let entry = Entry { verdict: Verdict::Assert, rule: "statement/label" };
    let at = verb.unwrap_or(colon);
    let cue = scene.parse.bytes(at..at + 1);
    source::can_speak(scene.parse, head).then(|| {
        Candidate::new(scene, Rank::Headline, at, cue, entry)
            .with_source(Some(Named { run: run.start..head + 1, head }))
            .with_manner(Manner::Quoted)
            .with_content(scene, quote.outer.clone())
    })
}

/// "Said Colonel Orr: “…”": whether a verb of saying opens the sentence, whatever the parser takes it for.
pub(super) fn says_first(scene: &Scene, first: usize) -> bool {
    matches!(
        scene.lower(first),
        "said" | "says" | "added" | "adds" | "replied" | "declared" | "explained" | "concluded"
    )
}

/// The last noun before the first preposition of a label.
fn head_of(scene: &Scene, run: &Range<usize>) -> Option<usize> {
    let tokens = scene.parse.tokens();
    let named = |&i: &usize| matches!(tokens[i].pos, Pos::Noun | Pos::Propn);
    let stop = run.clone().find(|&i| tokens[i].pos == Pos::Adp || scene.parse.is_time(i)).unwrap_or(run.end);
    (run.start..stop).rev().find(named)
}

/// "He wrote on his channel: the posts are lost."
fn announced(scene: &Scene, sentence: &Sentence, colon: usize) -> Option<Candidate> {
    let run = colon.saturating_sub(FAR).max(sentence.tokens.start)..colon;
    let at = run.rev().find(|&i| scene.is_verb(i))?;
    let entry = cue::entry(Class::Verb, scene.lemma(at), "quote")?;
    let verb = scene.verb(at);
    let rest = scene.from(colon + 1)..sentence.bytes.end;
    let first = scene.quote_after(rest.start).is_some_and(|q| q.outer.start == rest.start);
    let tells = scene.tokens_in(&rest).any(|i| scene.is_finite(i)) && !first;
    let source = speaking(scene, at)??;
    let before =
        source.run.start < at && scene.is_finite(at) && !verb.quoted && source::can_speak(scene.parse, source.head);
    if !tells || !before {
        return None;
    }
    let content = cut(scene, rest, Shape::Clause);
    let candidate = Candidate::new(scene, Rank::Loose, at, cue_bytes(scene, &verb), entry).with_source(Some(source));
    let heads = candidate::heads_of(scene, std::slice::from_ref(&content));
    let candidate = candidate.with_content(scene, content);
    Some(heads.into_iter().fold(candidate, Candidate::with_head))
}
