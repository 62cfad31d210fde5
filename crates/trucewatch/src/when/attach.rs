//! Which expression dates an event: the one the tree hangs on it, else the nearest of its clause or sentence.

use std::ops::Range;

use syntax::{Dep, Parse, Pos, Tag};

use super::{Expression, ExpressionKind, Interval, Point, tense};
use crate::document::ParsedParagraph;

/// How an expression belongs to an event, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attachment {
    /// It hangs on the event's own word: "Friday's *attack*", "*attacked* on Friday".
    Head,
    /// It hangs on the verb that the event depends on: "the *attack* happened on Friday".
    Verb,
    /// It stands in the event's clause.
    Clause,
    /// It stands in the same sentence, outside of the clause.
    Sentence,
    /// It stands in words that the caller set aside, such as the cue of a statement: "*said on Friday* that …".
    Aside,
}

/// An expression with how it belongs to an event.
#[derive(Debug, Clone, Copy)]
pub struct Attached<'a> {
    /// The expression.
    pub expression: &'a Expression,
    /// How it belongs.
    pub how: Attachment,
}

/// The expression that dates the event headed by token `head` in the clause `run` of paragraph `index`.
///
/// Only expressions of the same sentence that name a time on the calendar come into question. Those within `aside`
/// (the sources and cues of statements) are taken only where nothing else is there; the caller sees it by
/// [`Attachment::Aside`].
#[must_use]
pub fn of_clause<'a>(
    paragraph: &ParsedParagraph,
    index: usize,
    run: Range<usize>,
    head: usize,
    expressions: &'a [Expression],
    aside: &[Range<usize>],
) -> Option<Attached<'a>> {
    let parse = &paragraph.parse;
    if head >= parse.len() {
        return None;
    }
    let sentence = parse.sentence_of(head);
    let from = expressions.partition_point(|e| (e.paragraph, e.tokens.start) < (index, sentence.start));
    let near = expressions[from..].iter().take_while(|e| e.paragraph == index && e.tokens.start < sentence.end);
    let dated = near.filter(|e| e.interval.is_some() && !is_measured_from(parse, e));
    let attached = dated.map(|expression| Attached { expression, how: how(parse, &run, head, expression, aside) });
    attached.min_by_key(|a| (a.how, grain(a.expression), a.expression.tokens.start.abs_diff(head)))
}

fn how(parse: &Parse, run: &Range<usize>, head: usize, expression: &Expression, aside: &[Range<usize>]) -> Attachment {
    let top = tense::top(parse, expression.tokens.start, expression.tokens.end);
    let holder = holder(parse, top);
    if aside
        .iter()
        .any(|words| words.contains(&expression.tokens.start) || (words.contains(&holder) && !words.contains(&head)))
    {
        return Attachment::Aside;
    }
    if holder == head || hangs_on(parse, top, head) {
        return Attachment::Head;
    }
    if verbs_of(parse, head).contains(&holder) {
        return Attachment::Verb;
    }
    if run.contains(&expression.tokens.start) { Attachment::Clause } else { Attachment::Sentence }
}

/// Whether a time is only what an event is compared with or counted from: "the worst since 2014", "since the war of 1994".
fn is_measured_from(parse: &Parse, expression: &Expression) -> bool {
    let top = tense::top(parse, expression.tokens.start, expression.tokens.end);
    let nominal = |&a: &usize| !matches!(parse.tokens()[a].pos, Pos::Verb | Pos::Aux);
    let above: Vec<usize> = parse.ancestors(top).take_while(nominal).collect();
    let since = std::iter::once(top).chain(above.iter().copied()).find(|&a| &*parse.tokens()[a].lower == "since");
    let Some(since) = since else { return false };
    let is_of_a_noun = parse.tokens()[top].head != since && top != since;
    is_of_a_noun || is_extreme(parse, parse.tokens()[since].head)
}

/// "The worst", "the deadliest day", "the first time".
fn is_extreme(parse: &Parse, noun: usize) -> bool {
    let extreme = |i: usize| {
        let token = &parse.tokens()[i];
        matches!(token.tag, Tag::Jjs | Tag::Rbs) || matches!(&*token.lower, "first" | "second" | "third")
    };
    extreme(noun) || parse.children(noun).any(extreme)
}

/// Whether `top` is reached from `head` through nouns and prepositions only, not through another verb.
fn hangs_on(parse: &Parse, top: usize, head: usize) -> bool {
    parse
        .ancestors(top)
        .take_while(|&a| a == head || !matches!(parse.tokens()[a].pos, Pos::Verb | Pos::Aux))
        .any(|a| a == head)
}

/// The verb above an expression.
fn holder(parse: &Parse, top: usize) -> usize {
    parse.ancestors(top).find(|&a| matches!(parse.tokens()[a].pos, Pos::Verb | Pos::Aux)).unwrap_or(top)
}

/// The verb of an event's clause and the verbs that carry it: "began to shell", "was killed and wounded".
fn verbs_of(parse: &Parse, head: usize) -> Vec<usize> {
    let mut verbs = Vec::new();
    let mut at = parse.clause_head(head);
    loop {
        verbs.push(at);
        let token = &parse.tokens()[at];
        let carried =
            matches!(token.dep, Dep::Xcomp | Dep::Conj | Dep::Advcl) || (token.dep == Dep::Pcomp && verbs.len() < 3);
        if !carried || token.head == at {
            break;
        }
        at = parse.clause_head(token.head);
        if verbs.contains(&at) {
            break;
        }
    }
    let carrying = |&c: &usize| parse.tokens()[c].dep == Dep::Xcomp;
    verbs.extend(parse.children(parse.clause_head(head)).filter(carrying));
    verbs
}

/// Finer times before coarser ones; stretches such as "the past week" last.
fn grain(expression: &Expression) -> u8 {
    let point = match expression.interval {
        Some(Interval { start: Some(start), end: Some(end), .. }) if start == end => Some(start),
        _ => None,
    };
    match point {
        _ if expression.kind == ExpressionKind::Duration => 5,
        Some(Point::Minute(_)) => 0,
        Some(Point::Day(_)) => 1,
        None => 2,
        Some(Point::Month(..)) => 3,
        Some(Point::Year(_)) => 4,
    }
}
