//! Tolls: the dead and the wounded of one sentence are one claim.

use syntax::Dep;

use super::code::Draft;
use super::page::Page;
use super::{Kind, Mode, span};
use crate::figure::{Amount, Counted, Quantity};

/// Joins the tolls of each sentence and reaches over what goes on with them.
pub(super) fn gather(pages: &[Page<'_>], drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let page = &pages[draft.paragraph];
        match kept.iter_mut().find(|k| goes_on(page, k, &draft)) {
            Some(before) => before.run = before.run.start.min(draft.run.start)..before.run.end.max(draft.run.end),
            None => kept.push(draft),
        }
    }
    for draft in &mut kept {
        reach_over_head(&pages[draft.paragraph], draft);
    }
    for page in pages {
        let first = kept.partition_point(|d| d.paragraph < page.index);
        let end = kept.partition_point(|d| d.paragraph <= page.index);
        stretch(page, &mut kept[first..end]);
    }
    kept
}

/// "The 41 fishermen held in Vesk", "60,000 people who fled": a clause that hangs on counted people or things carries
/// them in its words.
fn reach_over_head(page: &Page<'_>, draft: &mut Draft) {
    let clause = span::unit(page, draft.token);
    let token = page.token(clause);
    if !matches!(token.dep, Dep::Acl | Dep::Relcl) || !draft.run.contains(&draft.token) {
        return;
    }
    let about = carries(page, token.head);
    let counted = page.quantities.iter().find(|q| about.contains(&q.head()));
    if let Some(quantity) = counted.filter(|q| q.tokens.start < draft.run.start) {
        draft.run.start = quantity.tokens.start;
    }
}

/// The nouns that a clause may be about: the one that it hangs on, and the one that this belongs to ("fourteen *members* of
/// the Front killed in the raid").
pub(super) fn carries(page: &Page<'_>, noun: usize) -> Vec<usize> {
    let of = page.token(noun).head;
    let over = page.token(of).head;
    let belongs = page.token(noun).dep == Dep::Pobj && &*page.token(of).lower == "of" && page.is_noun(over);
    let whole = Some(over).filter(|&n| belongs && is_people(page, n));
    std::iter::once(noun).chain(whole).collect()
}

fn is_people(page: &Page<'_>, noun: usize) -> bool {
    page.quantities.iter().any(|q| q.head() == noun && q.what.is_some_and(|w| w.is_fate() || w == Counted::Personnel))
}

/// "Two were killed and five wounded", by one voice.
fn goes_on(page: &Page<'_>, a: &Draft, b: &Draft) -> bool {
    let is_toll = |d: &Draft| d.kind.value == Kind::Casualties && d.mode.value == Mode::Asserted;
    a.paragraph == b.paragraph
        && is_toll(a)
        && is_toll(b)
        && a.speaker.value == b.speaker.value
        && page.sentence(a.token) == page.sentence(b.token)
        && gap(a, b) <= GAP
        && fate(page, a).is_some_and(|f| fate(page, b).is_some_and(|g| f != g))
}

fn gap(a: &Draft, b: &Draft) -> usize {
    b.run.start.saturating_sub(a.run.end).max(a.run.start.saturating_sub(b.run.end))
}

/// What befell those whom a toll counts first.
fn fate(page: &Page<'_>, draft: &Draft) -> Option<Counted> {
    let inside = page.quantities.iter().filter(|q| draft.run.contains(&q.tokens.start));
    inside.filter_map(|q| q.what).find(|w| matches!(w, Counted::Killed | Counted::Wounded))
}

/// Tokens that may stand between a toll and what goes on with it.
const GAP: usize = 12;

/// "Two were killed and five wounded": a toll's words reach over the dead and wounded of its sentence that no other
/// toll counts.
fn stretch(page: &Page<'_>, drafts: &mut [Draft]) {
    use Counted::{Casualties, Killed, Missing, Wounded};
    let is_toll = |d: &Draft| d.kind.value == Kind::Casualties;
    let harmed =
        |q: &&Quantity| matches!(q.what, Some(Killed | Wounded | Casualties | Missing)) && q.max != Some(Amount::ZERO);
    for quantity in page.quantities.iter().filter(harmed) {
        let at = quantity.tokens.start;
        if drafts.iter().any(|d| is_toll(d) && d.run.contains(&at)) {
            continue;
        }
        let sentence = page.sentence(at);
        let gap = |d: &Draft| if at < d.run.start { d.run.start - at } else { at + 1 - d.run.end };
        let tolls = drafts.iter_mut().filter(|d| is_toll(d) && sentence.contains(&d.token));
        let Some(nearest) = tolls.min_by_key(|d| gap(d)).filter(|d| gap(d) <= GAP) else { continue };
        nearest.run = nearest.run.start.min(at)..nearest.run.end.max(end_of(page, quantity));
    }
}

/// Past the counted noun and the word that says what befell them.
fn end_of(page: &Page<'_>, quantity: &Quantity) -> usize {
    let noun = quantity.noun.map_or(0, |n| n + 1);
    let state = page.token(quantity.tokens.end.min(page.parse.len() - 1));
    let follows = matches!(state.tag, syntax::Tag::Vbn | syntax::Tag::Jj | syntax::Tag::Vbd);
    noun.max(quantity.tokens.end + usize::from(follows)).min(page.sentence(quantity.tokens.start).end)
}
