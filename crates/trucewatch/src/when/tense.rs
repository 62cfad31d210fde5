//! Whether what an expression dates lies ahead of the day of speaking, by the tense of the verb above it.

use syntax::{Dep, Parse, Pos, Tag};

use super::words::Words;

/// Auxiliaries that put their verb ahead.
const AHEAD: [&str; 12] =
    ["will", "'ll", "’ll", "wo", "shall", "would", "may", "might", "could", "should", "must", "can"];

/// The token of a run whose head lies outside of it; the last one where none does.
pub(super) fn top(parse: &Parse, start: usize, end: usize) -> usize {
    (start..end)
        .find(|&i| {
            let head = parse.tokens()[i].head;
            head == i || !(start..end).contains(&head)
        })
        .unwrap_or(end.saturating_sub(1))
}

/// Whether the expression in tokens `start..end` stands under a verb that looks ahead.
pub(super) fn looks_ahead(parse: &Parse, start: usize, end: usize) -> bool {
    let top = top(parse, start, end);
    for at in parse.ancestors(top) {
        let token = &parse.tokens()[at];
        let ahead = Words::get().looks_ahead(&token.lemma);
        if matches!(token.pos, Pos::Verb | Pos::Aux) {
            match verb_ahead(parse, at) {
                Some(answer) => return answer,
                None => continue,
            }
        }
        if ahead && token.pos == Pos::Adj {
            return true;
        }
    }
    false
}

/// What a verb says of its own time; `None` for participles, which share that of the verb above.
fn verb_ahead(parse: &Parse, at: usize) -> Option<bool> {
    let token = &parse.tokens()[at];
    let modal = parse.children_by(at, &[Dep::Aux, Dep::Auxpass]).find(|&c| {
        let lower = &*parse.tokens()[c].lower;
        AHEAD.contains(&lower) || lower == "to"
    });
    if let Some(modal) = modal {
        let perfect = parse.children_by(at, &[Dep::Aux]).any(|c| c > modal && &*parse.tokens()[c].lemma == "have");
        return Some(!perfect);
    }
    if Words::get().looks_ahead(&token.lemma) && matches!(token.tag, Tag::Vbn | Tag::Vbd) {
        return Some(true);
    }
    if token.pos == Pos::Aux
        && parse.children_by(at, &[Dep::Acomp]).any(|c| Words::get().looks_ahead(&parse.tokens()[c].lemma))
    {
        return Some(true);
    }
    let shares = token.tag == Tag::Vbg && parse.child_by(at, Dep::Aux).is_none() && token.head != at;
    (!shares).then_some(false)
}
