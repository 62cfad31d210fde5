//! Where a content ends: what the writer adds after it, and the punctuation that belongs to neither.

use std::ops::Range;

use syntax::Tag;

use super::cue;
use super::scene::Scene;

/// Tokens that are looked through for a place to cut; keeps a sentence without end from costing its square.
const REACH: usize = 400;

/// What kind of content is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A finite clause.
    Clause,
    /// An infinitive with what belongs to it.
    Infinitive,
    /// A noun phrase.
    Phrase,
}

/// The content up to where the writer goes on in their own voice.
pub(super) fn cut(scene: &Scene, bytes: Range<usize>, shape: Shape) -> Range<usize> {
    let run = scene.tokens_in(&bytes);
    let end = run.end.min(run.start + REACH);
    let stop = (run.start + 1..end).find(|&i| breaks(scene, i, shape) && scene.quote_around(scene.from(i)).is_none());
    match stop {
        Some(i) => bytes.start..scene.from(i),
        None => bytes,
    }
}

/// Whether the content ends before token `i`.
fn breaks(scene: &Scene, i: usize, shape: Shape) -> bool {
    let word = scene.lower(i);
    let comma = word == ",";
    let next = if comma { i + 1 } else { i };
    (comma && breaks_at_comma(scene, next, shape))
        || concedes(scene, next)
        || (shape != Shape::Phrase && resumes(scene, next))
}

fn breaks_at_comma(scene: &Scene, next: usize, shape: Shape) -> bool {
    let word = scene.lower(next);
    let relative = matches!(word, "which" | "who" | "whose" | "whom" | "where" | "when");
    let adjunct = matches!(
        word,
        "after" | "before" | "with" | "in" | "at" | "on" | "during" | "a" | "an" | "the" | "and" | "part" | "of"
    );
    let shifted = word == "while" && shape == Shape::Clause && is_shifted(scene, next);
    let reason = word == "as" && shape == Shape::Clause && is_own_reason(scene, next);
    (matches!(word, "but" | "while" | "as" | "yet" | "despite") && !shifted && !reason)
        || (word == "according" && scene.lower(next + 1) == "to")
        || cue::words().participles.contains(word)
        || (relative && shape != Shape::Clause)
        || (adjunct && shape == Shape::Phrase)
}

/// Whether the first verb of a clause is put back in time, as reported words are: "while shells had hit the town".
fn is_shifted(scene: &Scene, from: usize) -> bool {
    let run = from + 1..(from + 12).min(scene.parse.len());
    let tokens = scene.parse.tokens();
    run.clone()
        .find(|&i| scene.is_finite(i))
        .is_some_and(|i| scene.lower(i) == "had" && tokens[i].dep == syntax::Dep::Aux)
}

/// "…, as it is still under fire": a pronoun's reason in the present is the speaker's, not the outlet's.
fn is_own_reason(scene: &Scene, from: usize) -> bool {
    let tokens = scene.parse.tokens();
    let pronoun = matches!(scene.lower(from + 1), "it" | "they" | "he" | "she" | "we");
    pronoun && tokens.get(from + 2).is_some_and(|t| matches!(t.tag, Tag::Vbz | Tag::Vbp))
}

/// "although", "even though", "even as".
fn concedes(scene: &Scene, i: usize) -> bool {
    match scene.lower(i) {
        "although" | "though" => true,
        "even" => matches!(scene.lower(i + 1), "though" | "as"),
        _ => false,
    }
}

/// "and added", "but noted", "and has also called": the source's next statement.
fn resumes(scene: &Scene, i: usize) -> bool {
    if !matches!(scene.lower(i), "and" | "but") {
        return false;
    }
    let skip = |word: &str| matches!(word, "also" | "has" | "have" | "then") || word.ends_with("ly");
    let at = (i + 1..i + 4).find(|&j| !skip(scene.lower(j))).unwrap_or(i + 1);
    let Some(token) = scene.parse.tokens().get(at) else { return false };
    matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbn | Tag::Vbp) && cue::words().resuming.contains(&*token.lemma)
}

/// Leaves out the punctuation round a content; keeps quotation marks that belong to it.
pub(super) fn trim(scene: &Scene, bytes: Range<usize>) -> Range<usize> {
    let start = trim_start(scene, &bytes);
    let end = trim_end(scene, start..bytes.end);
    let (start, end) = with_marks(scene, start, end);
    let kept = scene.text(start..end).trim_end().len();
    start..start + kept
}

fn trim_start(scene: &Scene, bytes: &Range<usize>) -> usize {
    let text = scene.text(bytes.clone());
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let dash = c == '-' && chars.peek().is_some_and(|&(_, next)| matches!(next, ' ' | '-'));
        if !c.is_whitespace() && !matches!(c, ',' | ';' | ':' | '.' | '–' | '—' | ')') && !dash {
            return bytes.start + at;
        }
    }
    bytes.end
}

fn trim_end(scene: &Scene, bytes: Range<usize>) -> usize {
    let mut text = scene.text(bytes.clone());
    let last = bytes.end >= scene.parse.text().trim_end().len();
    while let Some(c) = text.chars().next_back() {
        let loose = c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '-');
        let stop = matches!(c, '.' | '?' | '!') && (last || c != '.' || !ends_in_abbreviation(text));
        if !loose && !stop {
            break;
        }
        text = text.get(..text.len() - c.len_utf8()).unwrap_or("");
    }
    bytes.start + text.len()
}

fn ends_in_abbreviation(text: &str) -> bool {
    let word = text.trim_end_matches('.').rsplit(char::is_whitespace).next().unwrap_or("");
    let initials = word.split('.').all(|p| p.chars().count() == 1 && p.chars().all(char::is_uppercase));
    initials || cue::words().abbreviations.contains(word)
}

/// Takes in the quotation marks that the borders fall beside, and the rest of a quotation that the end falls into.
fn with_marks(scene: &Scene, start: usize, end: usize) -> (usize, usize) {
    let mut from = start;
    if let Some(q) = scene.quote_around(start).filter(|q| q.inner.start == start) {
        from = q.outer.start;
    }
    let Some(q) = scene.quote_around(end).filter(|q| q.outer.start >= from) else { return (from, end) };
    if end <= q.inner.start && q.outer.start > from {
        return (from, q.outer.start);
    }
    let rest = scene.text(end..q.outer.end);
    let sentence = scene.sentence_at(from).map_or(0, |s| s.bytes.end);
    let takes = rest.split_whitespace().count() <= 1 || q.outer.start > from || q.outer.end <= sentence + 1;
    (from, if takes { q.outer.end } else { end })
}
