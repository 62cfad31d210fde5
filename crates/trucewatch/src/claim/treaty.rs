//! The words by which a clause names an agreement.

use syntax::Dep;

use super::code::Draft;
use super::page::Page;
use super::terms::TERMS;
use crate::document::Span;

/// The one rule by which an agreement is found.
pub const AGREEMENT_RULE: &str = "agreement/named";

/// The shortest phrase of a draft's words that identifies an agreement: its noun with what tells it from others.
pub(super) fn agreement_of(page: &Page<'_>, draft: &Draft) -> Option<Span> {
    let noun = draft
        .run
        .clone()
        .find(|&i| page.is_noun(i) && TERMS.treaties.contains(page.lemma(i)) && is_identified(page, i))?;
    let first = page
        .parse
        .children_by(noun, &[Dep::Compound, Dep::Amod, Dep::Nmod, Dep::Poss, Dep::Nummod])
        .map(|c| page.token(c).edges.0)
        .min()
        .unwrap_or(noun)
        .min(noun);
    let last = page.parse.children_by(noun, &[Dep::Acl]).map(|c| page.token(c).edges.1).min().unwrap_or(noun).max(noun);
    let last = dated_by(page, noun).unwrap_or(last).min(draft.run.end.saturating_sub(1)).max(noun);
    Some(page.paragraph.span_of(first..last + 1))
}

/// Whether a noun means one agreement and not any: "the ceasefire", "November's truce", "the agreement signed in X".
fn is_identified(page: &Page<'_>, noun: usize) -> bool {
    page.parse.children(noun).any(|c| {
        let token = page.token(c);
        let definite = matches!(&*token.lower, "the" | "this" | "that" | "these" | "its" | "their");
        (token.dep == Dep::Det && definite)
            || matches!(token.dep, Dep::Poss | Dep::Acl)
            || page.mentions.at(page.index, c).is_some()
    })
}

/// Last token of "of 10 October", "from November" behind the noun.
fn dated_by(page: &Page<'_>, noun: usize) -> Option<usize> {
    let behind = page.behind(noun, &["of", "from", "in"]).find(|&o| {
        page.parse.entity_at(o).is_some_and(|e| matches!(e.kind, syntax::EntityKind::Date | syntax::EntityKind::Gpe))
    })?;
    Some(page.token(behind).edges.1)
}
