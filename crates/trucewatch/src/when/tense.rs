//! Whether what an expression dates lies ahead of the day of speaking, by the tense of the verb above it.

use syntax::{Dep, Parse, Pos, Tag};

use super::words::Words;

/// Auxiliaries that put their verb ahead.
const AHEAD: [&str; 8] = ["will", "'ll", "’ll", "wo", "shall", "would", "should", "must"];
/// Auxiliaries that may.
const PERHAPS: [&str; 5] = ["may", "might", "could", "can", "ca"];

/// Whether something lies ahead of the day of speaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outlook {
    Back,
    /// Under a verb such as "could", which looks either way.
    Perhaps,
    Ahead,
}

/// The token of a run whose head lies outside of it; the last one where none does.
pub(super) fn top(parse: &Parse, start: usize, end: usize) -> usize {
    let outside = |i: &usize| {
        let head = parse.tokens()[*i].head;
        head == *i || !(start..end).contains(&head)
    };
    (start..end).find(outside).unwrap_or(end.saturating_sub(1))
}

/// Whether the expression in tokens `start..end` stands under a verb that looks ahead.
pub(super) fn looks_ahead(parse: &Parse, start: usize, end: usize) -> bool {
    outlook(parse, top(parse, start, end)) > Outlook::Back
}

/// Where the verb above token `top` looks.
pub(super) fn outlook(parse: &Parse, top: usize) -> Outlook {
    for at in parse.ancestors(top) {
        let token = &parse.tokens()[at];
        let verbal = matches!(token.pos, Pos::Verb | Pos::Aux);
        if let Some(found) = if verbal { of_verb(parse, at) } else { None } {
            return found;
        }
        if is_over(parse, at) {
            return Outlook::Back;
        }
        if token.pos == Pos::Adj && Words::get().looks_ahead(&token.lemma) {
            return Outlook::Ahead;
        }
    }
    Outlook::Back
}

/// "Will stay despite an attack on Friday": what befell somebody has its own time, unless it is what the verb is to do.
fn is_over(parse: &Parse, at: usize) -> bool {
    let token = &parse.tokens()[at];
    let befell = token.pos == Pos::Noun && Words::get().has_happened(&token.lemma);
    let aim = || matches!(&*parse.tokens()[token.head].lower, "for" | "to" | "of" | "against");
    befell && (matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass) || (token.dep == Dep::Pobj && !aim()))
}

/// "Were able to sign", "began to leave": an infinitive that shares the time of the word above it.
fn is_reached(parse: &Parse, verb: usize) -> bool {
    let token = &parse.tokens()[verb];
    let to = parse.children_by(verb, &[Dep::Aux]).any(|c| &*parse.tokens()[c].lower == "to");
    to && token.dep == Dep::Xcomp && Words::get().reaches(&parse.tokens()[token.head].lemma)
}

/// What a verb says of its own time; `None` for participles, which share that of the verb above.
fn of_verb(parse: &Parse, at: usize) -> Option<Outlook> {
    let token = &parse.tokens()[at];
    if is_reached(parse, at) {
        return None;
    }
    if let Some(outlook) = by_auxiliary(parse, at) {
        return Some(outlook);
    }
    let planned = |i: usize| Words::get().looks_ahead(&parse.tokens()[i].lemma);
    let due = token.pos == Pos::Aux && parse.children_by(at, &[Dep::Acomp]).any(planned);
    let order = token.tag == Tag::Vb && token.head == at && parse.child_by(at, Dep::Nsubj).is_none();
    let timetable = matches!(token.tag, Tag::Vbz | Tag::Vbp) && Words::get().tells_timetable(&token.lemma);
    if due
        || order
        || timetable
        || is_wished(parse, at)
        || is_condition(parse, at)
        || (planned(at) && matches!(token.tag, Tag::Vbn | Tag::Vbd))
    {
        return Some(Outlook::Ahead);
    }
    let shares = token.tag == Tag::Vbg && parse.child_by(at, Dep::Aux).is_none() && token.head != at;
    (!shares).then_some(Outlook::Back)
}

/// "Proposes that the meeting be held on 20 March": a bare verb with its subject under another.
fn is_wished(parse: &Parse, verb: usize) -> bool {
    let token = &parse.tokens()[verb];
    let bare = parse.children_by(verb, &[Dep::Auxpass, Dep::Aux]).all(|c| &*parse.tokens()[c].lower == "be");
    let passive = token.tag == Tag::Vbn && parse.children_by(verb, &[Dep::Auxpass]).next().is_some();
    let subject = parse.children_by(verb, &[Dep::Nsubj, Dep::Nsubjpass]).next().is_some();
    token.dep == Dep::Ccomp && bare && subject && (token.tag == Tag::Vb || passive)
}

/// "If Saturday's exchange goes ahead": what is not yet known to happen.
fn is_condition(parse: &Parse, verb: usize) -> bool {
    let present = matches!(parse.tokens()[verb].tag, Tag::Vbz | Tag::Vbp);
    let marks = |c: usize| matches!(&*parse.tokens()[c].lower, "if" | "unless" | "until" | "once");
    present && parse.children_by(verb, &[Dep::Mark]).any(marks)
}

/// By a modal or "to", unless "have" turns it back: "would have begun on Friday".
fn by_auxiliary(parse: &Parse, verb: usize) -> Option<Outlook> {
    let auxiliaries = || parse.children_by(verb, &[Dep::Aux, Dep::Auxpass]).map(|c| (c, &*parse.tokens()[c].lower));
    let (at, outlook) = auxiliaries().find_map(|(c, word)| match word {
        "to" => Some((c, Outlook::Ahead)),
        _ if AHEAD.contains(&word) => Some((c, Outlook::Ahead)),
        _ if PERHAPS.contains(&word) => Some((c, Outlook::Perhaps)),
        _ => None,
    })?;
    let perfect = auxiliaries().any(|(c, word)| c > at && word == "have");
    Some(if perfect { Outlook::Back } else { outlook })
}
