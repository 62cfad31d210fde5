//! Where and when a claim's event is, by what the tree hangs on it and what stands nearest.

use syntax::Dep;

use super::code::Draft;
use super::page::Page;
use super::{ClaimPlace, Kind, Mode, Traced};
use crate::place::{Mention, MentionKind};
use crate::when::{self, Attachment, Interval};

/// When the event of a draft happens or holds; `said` is when the document was published.
pub(super) fn date_of(page: &Page<'_>, draft: &Draft, said: Option<Interval>) -> Option<Traced<Interval>> {
    if is_dated_by_saying(draft) {
        return said.map(|s| Traced::new(s, [], "date/day-of-speaking"));
    }
    let aside = aside(page, draft.token);
    let found = when::of_clause(page.paragraph, page.index, draft.run.clone(), draft.token, page.expressions, &aside);
    let attached = found.filter(|a| a.how < Attachment::Aside)?;
    let interval = attached.expression.interval?;
    let rule = match attached.how {
        Attachment::Head => "date/head",
        Attachment::Verb => "date/verb",
        Attachment::Clause => "date/clause",
        Attachment::Sentence | Attachment::Aside => "date/sentence",
    };
    Some(Traced::new(interval, [attached.expression.span], rule))
}

/// Stands, threats, refusals: the day is that of speaking.
fn is_dated_by_saying(draft: &Draft) -> bool {
    matches!(draft.kind.value, Kind::Position | Kind::Threat) || draft.mode.value == Mode::Rejected
}

/// Words that date the saying and not what is said.
fn aside(page: &Page<'_>, token: usize) -> Vec<std::ops::Range<usize>> {
    let Some(index) = page.statements.governing(page.index, token) else { return Vec::new() };
    let statement = &page.statements.all()[index];
    if statement.paragraph != page.index {
        return Vec::new();
    }
    statement.source.iter().chain(&statement.cue).map(|s| page.paragraph.tokens_in(*s)).collect()
}

/// Where the event of a draft is: hung on it by a preposition of place, else in its clause, else in the sentence.
pub(super) fn place_of(page: &Page<'_>, draft: &Draft) -> Option<Traced<ClaimPlace>> {
    let sentence = page.sentence(draft.token);
    let aside = aside(page, draft.token);
    let is_aside = |m: &Mention| aside.iter().any(|run| run.contains(&m.tokens.start));
    let near = page.places.iter().filter(|m| m.paragraph == page.index && sentence.contains(&m.tokens.start));
    let near = near.filter(|m| !is_aside(m));
    let best = near.filter_map(|m| Some((rank(page, draft, m)?, m))).min_by_key(|(rank, m)| (*rank, m.tokens.start))?;
    let mention = best.1;
    let place = ClaimPlace { name: trimmed(&mention.name).to_owned(), resolved: mention.choice.best().cloned() };
    Some(Traced::new(place, [mention.span], "place/near"))
}

/// Lower is nearer; `None` for what is no place of an event: a government, an origin, a part of a name.
fn rank(page: &Page<'_>, draft: &Draft, mention: &Mention) -> Option<(u8, usize)> {
    if matches!(mention.kind, MentionKind::Adjective | MentionKind::Embedded) {
        return None;
    }
    let head =
        mention.core.clone().find(|&i| !mention.core.contains(&page.token(i).head)).unwrap_or(mention.core.start);
    let token = page.token(head);
    let by = match token.dep {
        Dep::Pobj => &*page.token(token.head).lower,
        Dep::Nsubj | Dep::Nsubjpass | Dep::Poss | Dep::Agent => return None,
        Dep::Compound | Dep::Nmod => "",
        _ => "",
    };
    let locative = matches!(
        by,
        "in" | "on"
            | "at"
            | "near"
            | "around"
            | "into"
            | "over"
            | "from"
            | "across"
            | "along"
            | "inside"
            | "outside"
            | "towards"
            | "toward"
            | "of"
            | "through"
            | "to"
            | "within"
    );
    if !locative
        && matches!(by, "by" | "with" | "for" | "between" | "against" | "as")
        && mention.kind != MentionKind::Feature
    {
        return None;
    }
    let distance = head.abs_diff(draft.token);
    let inside = draft.run.contains(&head);
    Some((
        if inside && locative {
            0
        } else if inside {
            1
        } else if locative {
            2
        } else {
            3
        },
        distance,
    ))
}

fn trimmed(name: &str) -> &str {
    name.trim_end_matches(|c: char| matches!(c, '.' | ',' | ';' | ':') || c.is_whitespace())
}
