//! Quotations that are opened in one paragraph and closed in a later one, with no marks between: “The truce is dead. ¶
//! Shells fell on the town. ¶ We want peace,” she said.

use std::ops::Range;

use super::Statement;
use super::carry::continued;
use super::scene::Scene;
use crate::document::{Ends, ParsedDocument, Span, quote_ends};

/// Furthest that the paragraph which closes a quotation lies from the one which opens it.
const FURTHEST: usize = 12;

/// Gives what stands between the marks to whoever is quoted in the first paragraph, or else in the last.
pub(super) fn over_paragraphs(parsed: &ParsedDocument, all: &mut Vec<Statement>) {
    let ends: Vec<Ends> = parsed.paragraphs.iter().map(|p| quote_ends(p.parse.text())).collect();
    let mut at = 0;
    while at < ends.len() {
        let last = closing(&ends, at);
        if let Some(last) = last {
            give(parsed, &ends, at, last, all);
        }
        at = last.unwrap_or(at + 1);
    }
}

/// The paragraph that closes what one leaves open, where those between have no marks of their own.
fn closing(ends: &[Ends], at: usize) -> Option<usize> {
    ends[at].opens?;
    let later = at + 1..ends.len().min(at + 1 + FURTHEST);
    let next = later.into_iter().find(|&i| ends[i] != Ends::default())?;
    ends[next].closes.map(|_| next)
}

/// Gives every stretch of a quotation to its speaker.
fn give(parsed: &ParsedDocument, ends: &[Ends], first: usize, last: usize, all: &mut Vec<Statement>) {
    let scenes: Vec<Scene> = (first..=last).map(|i| Scene::new(i, &parsed.paragraphs[i])).collect();
    let stretch = |scene: &Scene| {
        let ends = ends[scene.index];
        let start = ends.opens.filter(|_| scene.index == first).unwrap_or(0);
        start..ends.closes.filter(|_| scene.index == last).unwrap_or(scene.parse.text().len())
    };
    let stretches: Vec<Range<usize>> = scenes.iter().map(stretch).collect();
    let Some((by, told)) = speaker(&scenes, &stretches, all) else { return };
    for (scene, stretch) in scenes.iter().zip(stretches) {
        let bytes = untold(scene, stretch, &told);
        if !bytes.is_empty() {
            all.push(continued(scene, scene.span(&bytes), by, bytes.clone()));
        }
    }
}

/// What of a stretch stands behind what the speaker's own statement holds of it; nothing of the last stretch, where that
/// statement holds its end.
fn untold(scene: &Scene, stretch: Range<usize>, told: &[Span]) -> Range<usize> {
    let whole = scene.span(&stretch);
    let reached = told.iter().filter(|c| c.meets(whole)).map(|c| c.end).max();
    let said = reached.map_or(0, |end| end.saturating_sub(whole.start));
    let rest = scene.text(stretch.clone()).get(said..).unwrap_or("");
    let bare = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '[' | '“' | '"'));
    stretch.end - bare.len()..stretch.end
}

/// Whose the quotation is, with what is known to be its content: the statement that its beginning is the content of, or
/// the one that its end is.
fn speaker(scenes: &[Scene], stretches: &[Range<usize>], all: &[Statement]) -> Option<(usize, Vec<Span>)> {
    let (first, last) = (stretches.first()?, stretches.last()?);
    let open = scenes.first()?.span(&(first.start..first.start + 2));
    let close = scenes.last()?.span(&(last.end.saturating_sub(3)..last.end));
    let named = |s: &Statement| !s.source.is_empty() || s.continues.is_some();
    let holding = |span: Span| all.iter().position(|s| named(s) && s.content.iter().any(|c| c.meets(span)));
    let found = holding(open).or_else(|| holding(close).filter(|&i| all[i].spoken))?;
    Some((all[found].continues.unwrap_or(found), all[found].content.clone()))
}
