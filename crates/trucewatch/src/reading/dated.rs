//! The day of a document that names no year, from the days that the packs know; and its times, resolved no further
//! than that day is known.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::World;
use crate::document::ParsedDocument;
use crate::note::Note;
use crate::pack::{Agreement, Conflict, Knowledge, KnownEvent};
use crate::party::Mentions;
use crate::when::{self, Dated, Expression, ExpressionKind, Interval};

/// Longest stretch of publication, in days, in which "yesterday" can still be given a day.
const EXACT: i32 = 10;
/// Days after an agreement in which news of it is taken to appear, where no later one is known.
const NEWS: i32 = 31;

/// A day that a pack knows.
struct Known {
    day: Date,
    /// Last day on which a text that names it as the latest thing may have appeared.
    until: Date,
    what: String,
}

/// The day of a document: as its text says, unless it names an agreement that is younger; else by the packs' days.
pub(super) fn settle(
    parsed: &ParsedDocument<'_>,
    world: &dyn World,
    dated: Option<Dated>,
    notes: &mut Vec<Note>,
) -> Option<Dated> {
    if parsed.document.meta().published.is_some() {
        return dated;
    }
    let mentions = Mentions::new(parsed, world.names(), world.knowledge(), None, &[]);
    let Some(conflict) = mentions.conflict else { return dated };
    let younger = dated.as_ref().and_then(|d| younger_agreement(parsed, conflict, world.knowledge(), d));
    if let (Some(agreement), Some(dated)) = (younger, &dated) {
        let message = format!("{} does not fit: the text names the {}, which is younger", dated.how, agreement.title);
        notes.push(Note::on_document("date-header", message));
    }
    let known = || by_known_days(parsed, conflict, world);
    let settled = dated.filter(|_| younger.is_none()).or_else(known);
    if settled.is_some() {
        notes.retain(|n| n.code != "undated");
    }
    settled
}

/// An agreement that the text names by its place or title, agreed after the day that the text seems to have.
fn younger_agreement<'a>(
    parsed: &ParsedDocument<'_>,
    conflict: &'a Conflict,
    knowledge: &'a Knowledge,
    dated: &Dated,
) -> Option<&'a Agreement> {
    let last = dated.interval.last_day()?;
    agreements(conflict, knowledge).find(|a| a.agreed > last && names(parsed, a))
}

/// Whether a text names an agreement: by a title of its own, or a ceasefire "agreed in" its place.
fn names(parsed: &ParsedDocument<'_>, agreement: &Agreement) -> bool {
    let text = parsed.document.text();
    let placed = |place: &String| {
        ["agreed in", "signed in", "reached in"].iter().any(|v| text.contains(&format!("{v} {place}")))
    };
    agreement.names.iter().any(|n| text.contains(n.as_str())) || agreement.agreed_at.as_ref().is_some_and(placed)
}

/// Dates a document by the known days of its conflict: a month and day that it names without a year, an hour at
/// which an agreement came into force "today", an event "last week", or the youngest agreement that it names.
fn by_known_days(parsed: &ParsedDocument<'_>, conflict: &Conflict, world: &dyn World) -> Option<Dated> {
    let knowledge = world.knowledge();
    let times = when::expressions(parsed, None);
    let known = known_days(conflict, knowledge, world.today());
    today_at_hour(parsed, conflict, &times, knowledge)
        .or_else(|| by_day_and_month(parsed, &times, &known))
        .or_else(|| last_week(parsed, conflict, &times, knowledge))
        .or_else(|| after_agreement(parsed, conflict, knowledge, &known))
        .map(|dated| not_before_what_it_tells(parsed, &times, dated))
}

/// A text that names an agreement of 5 March and goes on to "6 March" is no older than that.
fn not_before_what_it_tells(parsed: &ParsedDocument<'_>, times: &[Expression], dated: Dated) -> Dated {
    let ends = (dated.interval.first_day(), dated.interval.last_day());
    let (Some(first), Some(last)) = ends else { return dated };
    if !dated.interval.approx {
        return dated;
    }
    let told = when::goes_on(parsed, times, first, NEWS).unwrap_or(first);
    let last = last.max(told);
    let interval = on_weekday(times, told, last).map_or(Interval::days(told, last), Interval::day).about();
    Dated { interval, ..dated }
}

/// "Said on Friday": the one Friday of the few days in which a text appeared.
fn on_weekday(times: &[Expression], first: Date, last: Date) -> Option<Date> {
    let days = first.until(last).ok()?.get_days();
    let named = times.iter().find_map(|t| t.timex.strip_prefix("XXXX-WXX-")?.get(..1)?.parse::<i8>().ok())?;
    let fits = |d: &Date| d.weekday().to_monday_one_offset() == named;
    let mut all = (0..=days.min(EXACT)).filter_map(|n| first.checked_add(n.days()).ok()).filter(fits);
    let one = all.next().filter(|_| all.next().is_none() && days <= EXACT);
    one.filter(|d| *d > first)
}

/// Not before the youngest agreement that the text names.
fn after_agreement(
    parsed: &ParsedDocument<'_>,
    conflict: &Conflict,
    knowledge: &Knowledge,
    known: &[Known],
) -> Option<Dated> {
    let youngest = agreements(conflict, knowledge).filter(|a| names(parsed, a)).max_by_key(|a| a.agreed)?;
    let until = known.iter().find(|k| k.day == youngest.agreed).map_or(youngest.agreed, |k| k.until);
    let how = format!("the text names the {} ({})", youngest.title, youngest.agreed);
    Some(Dated { interval: Interval::days(youngest.agreed, until).about(), how })
}

/// Agreements between the sides and the conflict's events, by day.
fn known_days(conflict: &Conflict, knowledge: &Knowledge, today: Date) -> Vec<Known> {
    let mut known: Vec<Known> = agreements(conflict, knowledge)
        .map(|a| Known { day: a.agreed, until: a.agreed, what: a.title.clone() })
        .chain(events(conflict, knowledge).map(|e| Known {
            day: e.day,
            until: e.until.unwrap_or(e.day),
            what: e.what.clone(),
        }))
        .collect();
    known.sort_by_key(|k| k.day);
    let days: Vec<Date> = known.iter().map(|k| k.day).collect();
    for one in known.iter_mut().filter(|k| k.until == k.day) {
        let next = days.iter().find(|d| **d > one.day).copied().unwrap_or(today);
        // An invented day may lie after today.
        one.until = next.min(one.day.checked_add(NEWS.days()).unwrap_or(one.day)).max(one.day);
    }
    known
}

/// Events of the conflict, from every pack that knows one between the same sides.
fn events<'a>(conflict: &'a Conflict, knowledge: &'a Knowledge) -> impl Iterator<Item = &'a KnownEvent> {
    let same = |c: &&Conflict| conflict.sides.iter().all(|s| c.sides.contains(s));
    knowledge.conflicts().filter(same).flat_map(|c| &c.events)
}

fn agreements<'a>(conflict: &'a Conflict, knowledge: &'a Knowledge) -> impl Iterator<Item = &'a Agreement> {
    let binds = |a: &&Agreement| conflict.sides.iter().all(|s| a.parties.iter().any(|p| p.party == *s));
    knowledge.agreements().filter(binds)
}

/// The latest of the known days whose month and day the text names.
fn by_day_and_month(parsed: &ParsedDocument<'_>, times: &[Expression], known: &[Known]) -> Option<Dated> {
    let named = |k: &Known| {
        let month_and_day = k.day.strftime("XXXX-%m-%d").to_string();
        times.iter().find(|t| t.timex.starts_with(&month_and_day))
    };
    let (known, time) = known.iter().rev().find_map(|k| Some((k, named(k)?)))?;
    let words = parsed.document.slice(time.span);
    let how = format!("the text names {words}, when {} ({})", known.what, known.day);
    Some(Dated { interval: Interval::days(known.day, known.until).about(), how })
}

/// "From 12:00 today": the day on which an agreement came into force at that hour.
fn today_at_hour(
    parsed: &ParsedDocument<'_>,
    conflict: &Conflict,
    times: &[Expression],
    knowledge: &Knowledge,
) -> Option<Dated> {
    let is_today = |t: &Expression| parsed.document.slice(t.span).to_lowercase().contains("today");
    let today = times.iter().filter(|t| is_today(t)).map(|t| t.paragraph);
    let paragraphs: Vec<usize> = today.collect();
    let beside = |hour: &str| {
        let here = times.iter().filter(|t| paragraphs.contains(&t.paragraph) && t.kind == ExpressionKind::Time);
        here.into_iter().any(|t| t.timex.contains(&format!("T{hour}")))
    };
    let found = agreements(conflict, knowledge).find(|a| a.in_force.from.get(11..16).is_some_and(beside))?;
    let day: Date = found.in_force.from.get(..10)?.parse().ok()?;
    let how = format!("`today` at the hour at which the {} came into force", found.title);
    Some(Dated { interval: Interval::day(day), how })
}

/// "Crossed the border last week": within the week after an event that the text describes so.
fn last_week(
    parsed: &ParsedDocument<'_>,
    conflict: &Conflict,
    times: &[Expression],
    knowledge: &Knowledge,
) -> Option<Dated> {
    let last_week = |t: &&Expression| parsed.document.slice(t.span).to_lowercase().ends_with("last week");
    let time = times.iter().find(last_week)?;
    let text = parsed.document.text().to_lowercase();
    let event = events(conflict, knowledge).find(|e| e.signs.iter().any(|s| text.contains(s)))?;
    let monday = event.day.checked_sub(i32::from(event.day.weekday().to_monday_zero_offset()).days()).ok()?;
    let (first, last) = (monday.checked_add(7.days()).ok()?, monday.checked_add(13.days()).ok()?);
    let words = parsed.document.slice(time.span);
    let how = format!("the text puts into {words} what fits {} ({})", event.what, event.day);
    Some(Dated { interval: Interval::days(first, last).about(), how })
}

/// The document's times, and its day where that is known closely enough. Where it is not, words such as "yesterday"
/// name no day, and only days and months are given their year.
pub(super) fn expressions(parsed: &ParsedDocument<'_>, published: Option<Interval>) -> (Vec<Expression>, Option<Date>) {
    let last = published.and_then(|i| i.last_day().or(i.first_day()));
    let exact = published.and_then(Interval::length_in_days).is_some_and(|n| n <= EXACT);
    let mut found = when::expressions(parsed, last);
    if exact || last.is_none() {
        return (found, last.filter(|_| exact));
    }
    let bare = when::expressions(parsed, None);
    for (one, bare) in found.iter_mut().zip(&bare) {
        let has_month = bare.timex.get(5..7).is_some_and(|m| m.chars().all(|c| c.is_ascii_digit()));
        if bare.interval.is_none() && !has_month {
            one.interval = None;
        }
    }
    (found, None)
}
