//! Quotations that are opened in one paragraph and closed in a later one, with no marks between: “The truce is dead. ¶
//! Shells fell on the town. ¶ We want peace,” she said.

use super::Statement;
use super::carry::continued;
use super::scene::Scene;
use crate::document::{Ends, ParsedDocument, quote_ends};

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

fn give(parsed: &ParsedDocument, ends: &[Ends], first: usize, last: usize, all: &mut Vec<Statement>) {
    let Some(by) = speaker(parsed, ends, first, last, all) else { return };
    let from = all.get(by).filter(|s| s.paragraph == first).and_then(|s| s.content.iter().map(|c| c.end).max());
    for index in first..=last {
        let scene = Scene::new(index, &parsed.paragraphs[index]);
        let start = if index == first { ends[index].opens.unwrap_or(0) } else { 0 };
        let end = ends[index].closes.filter(|_| index == last).unwrap_or(scene.parse.text().len());
        let whole = scene.span(&(start..end));
        let said = from.filter(|_| index == first).map_or(0, |f| f.saturating_sub(whole.start));
        let own = all.get(by).is_some_and(|s| index == last && s.content.iter().any(|c| c.meets(whole)));
        let rest = scene.text(start..end).get(said..).unwrap_or("");
        let lead = rest.len() - rest.trim_start().len();
        if !own && !rest.trim().is_empty() {
            let bytes = start + said + lead..end;
            all.push(continued(&scene, scene.span(&bytes), by, bytes.clone()));
        }
    }
}

/// Whose the quotation is: the statement that its beginning is the content of, or the one that its end is.
fn speaker(
    parsed: &ParsedDocument,
    ends: &[Ends],
    first: usize,
    last: usize,
    all: &[Statement],
) -> Option<usize> {
    let meets = |s: &Statement, paragraph: usize, bytes: std::ops::Range<usize>| {
        let span = Scene::new(paragraph, &parsed.paragraphs[paragraph]).span(&bytes);
        s.paragraph == paragraph && s.content.iter().any(|c| c.meets(span))
    };
    let open = ends[first].opens?;
    let close = ends[last].closes?;
    let begins = |s: &&Statement| meets(s, first, open..open + 2);
    let closes = |s: &&Statement| s.spoken && meets(s, last, close.saturating_sub(3)..close);
    let named = |s: &Statement| !s.source.is_empty() || s.continues.is_some();
    let at = |test: &dyn Fn(&&Statement) -> bool| all.iter().position(|s| named(s) && test(&s));
    let by = at(&begins).or_else(|| at(&closes))?;
    all[by].continues.or(Some(by))
}
