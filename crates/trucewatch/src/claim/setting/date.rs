//! When the event of a claim happens or holds.

use syntax::Dep;

use super::super::code::Draft;
use super::super::page::Page;
use super::super::terms::TERMS;
use super::super::{Class, Kind, Mode, Traced};
use super::aside;
use crate::when::{self, Attached, Attachment, Interval};

/// When the event of a draft happens or holds; `said` is when the document was published.
pub(in crate::claim) fn date_of(page: &Page<'_>, draft: &Draft, said: Option<Interval>) -> Option<Traced<Interval>> {
    let aside = aside(page, draft.token);
    let found = when::of_clause(page.paragraph, page.index, draft.run.clone(), draft.token, page.expressions, &aside);
    if is_dated_by_saying(draft) {
        return said_on(page, found).or_else(|| said.map(|s| Traced::new(s, [], "date/day-of-speaking")));
    }
    let attached = found.filter(|a| a.how < Attachment::Aside && !dates_the_truce(page, draft, a))?;
    if dates_the_count(page, draft, &attached) {
        return None;
    }
    let interval = attached.expression.interval.filter(|i| !is_of_another(draft, &attached, *i))?;
    let rule = match attached.how {
        Attachment::Head => "date/head",
        Attachment::Verb => "date/verb",
        Attachment::Clause => "date/clause",
        Attachment::Sentence | Attachment::Aside => "date/sentence",
    };
    Some(Traced::new(interval, [attached.expression.span], rule))
}

/// "The toll from the shelling rose to five on Sunday": the day of the count, and not of what is counted.
fn dates_the_count(page: &Page<'_>, draft: &Draft, attached: &Attached<'_>) -> bool {
    let verb = page.parse.ancestors(attached.expression.tokens.start).find(|&a| page.is_verb(a));
    attached.how > Attachment::Head && is_counted(page, draft) && verb.is_some_and(|v| grows(page, v))
}

/// Whether fire is only named as that of whose dead a count grows.
pub(super) fn is_counted(page: &Page<'_>, draft: &Draft) -> bool {
    let mut nouns = page.parse.ancestors(draft.token).take_while(|&a| !page.is_verb(a));
    let toll = draft.kind.value.class() == Class::Hostilities && nouns.any(|a| page.lemma(a) == "toll");
    toll && page.parse.ancestors(draft.token).find(|&a| page.is_verb(a)).is_some_and(|v| grows(page, v))
}

fn grows(page: &Page<'_>, verb: usize) -> bool {
    let lemma = page.lemma(verb);
    matches!(lemma, "rise" | "climb" | "grow" | "reach" | "increase" | "jump" | "stand" | "pass" | "mount")
}

/// Whether a time is that of something else in the sentence that goes on since then: "the flag has been flying since 5:40,
/// and the enemy left four dead". What happened once has an end.
fn is_of_another(draft: &Draft, attached: &Attached<'_>, time: Interval) -> bool {
    let once = matches!(draft.kind.value.class(), Class::Hostilities | Class::Harm) && draft.kind.value != Kind::Clash;
    let since_hour = time.end.is_none() && matches!(time.start, Some(when::Point::Minute(_)));
    once && since_hour && matches!(attached.how, Attachment::Sentence)
}

/// Whether a day is that of the truce which a breach is of: "broke the truce that was reached in November".
fn dates_the_truce(page: &Page<'_>, draft: &Draft, attached: &Attached<'_>) -> bool {
    let day = attached.expression;
    if draft.kind.value != Kind::Violation || day.paragraph != page.index {
        return false;
    }
    let path = page.parse.ancestors(day.tokens.start).take_while(|&a| a != draft.token);
    path.into_iter().any(|a| TERMS.treaties.contains(page.lemma(a)))
}

/// Whether an event came close behind the beginning of a truce: "minutes after the truce took effect".
pub(super) fn is_upon_truce(page: &Page<'_>, draft: &Draft) -> bool {
    close_behind(page, draft).is_some()
}

/// Where "minutes after the truce took effect" begins in the sentence of an event.
pub(in crate::claim) fn close_behind(page: &Page<'_>, draft: &Draft) -> Option<usize> {
    let run = page.parse.subtree_run(page.clause(draft.token));
    let after = |i: usize| (i + 1..run.end.min(i + 3)).find(|&j| matches!(page.lemma(j), "after" | "into"));
    let truce = |i: usize| (i + 1..run.end.min(i + 5)).any(|j| TERMS.treaties.contains(page.lemma(j)));
    let close = |i: &usize| TERMS.close.contains(page.lemma(*i)) && after(*i).is_some_and(truce);
    run.clone().find(close).map(|i| page.token(i).edges.0)
}

/// Whether a truce is only named to say when something else was: "minutes after the truce took effect".
pub(in crate::claim) fn only_dates(page: &Page<'_>, draft: &Draft) -> bool {
    let starts = matches!(page.lemma(page.clause(draft.token)), "enter" | "take" | "come" | "go" | "begin" | "start");
    draft.kind.value == Kind::Truce && starts && is_upon_truce(page, draft)
}

/// "Said on Friday that …": the day that the words of saying name.
fn said_on(page: &Page<'_>, found: Option<Attached<'_>>) -> Option<Traced<Interval>> {
    let told = |a: &Attached<'_>| {
        let aside = || page.parse.ancestors(a.expression.tokens.start).any(|i| page.token(i).dep == Dep::Relcl);
        a.how == Attachment::Aside || (a.how == Attachment::Sentence && !aside())
    };
    let attached = found.filter(|a| told(a) && page.index == a.expression.paragraph)?;
    let interval = attached.expression.interval.filter(|i| i.length_in_days().is_some_and(|n| n <= 7))?;
    Some(Traced::new(interval, [attached.expression.span], "date/said-on"))
}

/// "Agreed on Friday to open the road": the day on which a step to come was told or agreed.
pub(super) fn told_on(page: &Page<'_>, draft: &Draft) -> Option<Interval> {
    let aside = aside(page, draft.token);
    let found = when::of_clause(page.paragraph, page.index, draft.run.clone(), draft.token, page.expressions, &aside)?;
    found.expression.interval.filter(|_| found.how == Attachment::Aside)
}

/// The day that the sentence before names, for an event of which nothing nearer tells the day.
pub(super) fn day_before(page: &Page<'_>, draft: &Draft) -> Option<Traced<Interval>> {
    let start = page.parse.sentence_of(draft.token).start;
    let before = page.parse.sentence_of(start.checked_sub(1)?);
    let from = page.expressions.partition_point(|e| (e.paragraph, e.tokens.start) < (page.index, before.start));
    let there = page.expressions[from..].iter().take_while(|e| e.paragraph == page.index && e.tokens.start < start);
    // the day on which somebody said it is not that of what is said
    let told = |e: &&when::Expression| !aside(page, e.tokens.start).iter().any(|words| words.contains(&e.tokens.start));
    let days = there.filter(told).filter_map(|e| Some((e, e.interval.filter(|i| i.length_in_days() == Some(1))?)));
    days.last().map(|(e, day)| Traced::new(day, [e.span], "date/sentence-before"))
}

/// Stands, threats, refusals: the day is that of speaking.
fn is_dated_by_saying(draft: &Draft) -> bool {
    matches!(draft.kind.value, Kind::Position | Kind::Threat) || draft.mode.value == Mode::Rejected
}
