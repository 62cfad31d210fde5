//! The words that carry a claim: the smallest finite clause round the trigger, clauses of other events left out.

use std::ops::Range;

use syntax::{Dep, Pos};

use super::page::Page;

/// Words below which a clause is read together with what stands round it.
const SHORTEST: usize = 3;
/// Words taken on either side of a clause that is too short.
const ROUND: usize = 6;

/// The verb (or sentence root) whose words are judged together with `i`: the nearest one above that opens a clause,
/// finite or not, so that "and wounding two" stands by itself. What only completes a verb ("began to shell", "accused
/// it of shelling") stays with it.
pub(super) fn unit(page: &Page<'_>, i: usize) -> usize {
    page.opening(i, |verb| !completes(page, verb))
}

/// Whether a gerund completes the verb over its preposition: "accused it of shelling", not "died while shelling".
fn completes(page: &Page<'_>, gerund: usize) -> bool {
    let preposition = page.token(page.token(gerund).head);
    page.token(gerund).dep == Dep::Pcomp
        && matches!(&*preposition.lower, "of" | "from" | "to" | "on" | "against" | "into" | "at" | "about")
}

/// The run of tokens that carries the claim of a trigger: its unit's, or what stands round it where the unit is torn.
pub(super) fn run_of(page: &Page<'_>, trigger: usize) -> Range<usize> {
    let unit = unit(page, trigger);
    let run = grown(page, unit, unit);
    if run.contains(&trigger) { run } else { grown(page, unit, trigger) }
}

fn grown(page: &Page<'_>, clause: usize, trigger: usize) -> Range<usize> {
    let kept = kept_tokens(page, clause, trigger);
    let limits = limits(page, clause, trigger);
    let fits = |i: usize| {
        let token = page.token(i);
        kept.binary_search(&i).is_ok() || matches!(token.pos, Pos::Punct) || matches!(token.dep, Dep::Cc | Dep::Mark)
    };
    let mut start = trigger;
    while start > limits.start && fits(start - 1) {
        start -= 1;
    }
    let mut end = trigger + 1;
    while end < limits.end && fits(end) {
        end += 1;
    }
    let run = trim(page, said(page, start..end, trigger), trigger);
    if run.len() >= SHORTEST {
        return run;
    }
    let sentence = page.sentence(trigger);
    let wide = sentence.start.max(run.start.saturating_sub(ROUND))..sentence.end.min(run.end + ROUND);
    trim(page, wide, trigger)
}

/// The part of a run that is put on record, without the words that say who does: "According to Vesk, …".
fn said(page: &Page<'_>, run: Range<usize>, trigger: usize) -> Range<usize> {
    let statement = page.statements.governing(page.index, trigger).and_then(|i| page.statements.all().get(i));
    let Some(statement) = statement.filter(|s| s.paragraph == page.index) else { return run };
    let byte = page.paragraph.span_at(trigger).start;
    let Some(content) = statement.content.iter().find(|c| c.start <= byte && byte < c.end) else { return run };
    let inside = page.paragraph.tokens_in(*content);
    let clipped = run.start.max(inside.start)..run.end.min(inside.end);
    if clipped.contains(&trigger) && clipped.len() >= SHORTEST { clipped } else { run }
}

fn limits(page: &Page<'_>, clause: usize, trigger: usize) -> Range<usize> {
    let sentence = page.sentence(trigger);
    let run = page.parse.subtree_run(clause);
    run.start.max(sentence.start).min(trigger)..run.end.min(sentence.end).max(trigger + 1)
}

/// The clause's tokens without those of clauses beside it that do not hold the trigger.
fn kept_tokens(page: &Page<'_>, clause: usize, trigger: usize) -> Vec<usize> {
    let mut kept = Vec::new();
    let mut open = vec![clause];
    while let Some(at) = open.pop() {
        kept.push(at);
        for child in page.parse.children(at) {
            let token = page.token(child);
            let apart =
                matches!(token.dep, Dep::Ccomp | Dep::Advcl | Dep::Conj | Dep::Parataxis) && page.is_verb(child);
            let holds = page.parse.subtree_run(child).contains(&trigger);
            if token.dep != Dep::Punct && (!apart || holds) {
                open.push(child);
            }
        }
    }
    kept.sort_unstable();
    kept
}

/// Drops marks, conjunctions and punctuation at the ends.
pub(super) fn trim(page: &Page<'_>, run: Range<usize>, keep: usize) -> Range<usize> {
    let mut run = run;
    while run.start < keep && is_trim(page, run.start) {
        run.start += 1;
    }
    while run.end > keep + 1 && is_trim_end(page, run.end - 1) {
        run.end -= 1;
    }
    run
}

/// Conjunctions that lead on to what was left out, and punctuation.
fn is_trim_end(page: &Page<'_>, i: usize) -> bool {
    let token = page.token(i);
    matches!(token.pos, Pos::Punct | Pos::Space | Pos::Cconj | Pos::Sconj) || matches!(token.dep, Dep::Cc | Dep::Mark)
}

fn is_trim(page: &Page<'_>, i: usize) -> bool {
    let token = page.token(i);
    matches!(token.pos, Pos::Punct | Pos::Space) || matches!(token.dep, Dep::Cc | Dep::Mark)
}
