//! Figures by window and by who says them. They stand side by side and are never added up; floors and ceilings are
//! kept; a later figure takes an earlier one's place only within one voice and scope, and the earlier one is named.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::claim::Claim;
use crate::document::Span;
use crate::figure::{Amount, Counted, Figure, Who};
use crate::incident::Record;
use crate::pack::{PartyId, PartyKind};
use crate::toll::{Category, Family, Fit, Series, Sum, Toll, Window, series, sums};
use crate::when::{Interval, day_in_words, days_in_words};

use super::line::{Line, LineBuilder, Page};
use super::{Entry, happened, speaker, words};

/// Entries: one a kind of window, then counts of fire and breaches, then things lost.
pub(super) fn entries(page: &mut Page<'_>, tolls: &[Toll]) -> Vec<Entry> {
    let all = series(tolls);
    let sums = sums(tolls);
    let mut by_heading: BTreeMap<(u8, Option<Date>, String), Vec<Row<'_>>> = BTreeMap::new();
    for row in rows(&all) {
        by_heading.entry(heading(page.record, row.first)).or_default().push(row);
    }
    let entry = |((_, _, title), rows): ((u8, Option<Date>, String), Vec<Row<'_>>)| {
        let told: Vec<Line> = rows.iter().filter_map(|row| line(page, row, &sums)).collect();
        (!told.is_empty()).then(|| Entry { told, listed: true, ..Entry::headed(&title) })
    };
    by_heading.into_iter().filter_map(entry).collect()
}

/// What one claim gives of one window: figures that stand, each with the last one whose place it took.
struct Row<'a> {
    first: &'a Toll,
    figures: Vec<(&'a Toll, Option<&'a Toll>)>,
}

/// The standing figures by the claim that gives them, so that the dead and wounded of one sentence stay together.
fn rows<'a>(all: &[Series<'a>]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut at: BTreeMap<(&str, &str, Family), usize> = BTreeMap::new();
    for one in all {
        for toll in one.standing() {
            let claim = toll.claims.first().map_or("", String::as_str);
            let key = (claim, toll.window.as_str(), toll.category.family());
            let figure = (*toll, one.before());
            match at.get(&key).and_then(|i| rows.get_mut(*i)) {
                Some(row) => row.figures.push(figure),
                None => {
                    at.insert(key, rows.len());
                    rows.push(Row { first: toll, figures: vec![figure] });
                }
            }
        }
    }
    for row in &mut rows {
        row.figures.sort_by_key(|(t, _)| (t.words.start, t.category, t.side.clone(), t.who));
    }
    rows
}

/// Under which heading a figure stands, with what puts headings in order.
fn heading(record: &Record<'_>, toll: &Toll) -> (u8, Option<Date>, String) {
    match (toll.category.family(), &toll.window) {
        (Family::Fire, _) => {
            (5, None, "Fire and breaches, as counted by those who say so; these are no incidents".to_owned())
        }
        (Family::Things, _) => (6, None, "Things lost".to_owned()),
        (_, Window::Incident { .. } | Window::Day(_)) => (0, None, "Of single days and incidents".to_owned()),
        (_, Window::Stretch(_)) => (1, None, "Over some time".to_owned()),
        (_, Window::SinceTruce { agreement, from }) => {
            let of = agreement.as_deref().map_or_else(|| "a ceasefire".to_owned(), |id| happened::title(record, id));
            (2, *from, format!("Since the {}", of.strip_prefix("a ").unwrap_or(&of)))
        }
        (_, Window::War { from, over: false, .. }) => {
            (3, *from, "Of the fighting so far, on the day of the report".to_owned())
        }
        (_, Window::War { from, over: true, .. }) => (4, *from, "Of a whole war that was over".to_owned()),
        (_, Window::Unsaid) => (1, None, "Over a time that is not said".to_owned()),
    }
}

fn line(page: &mut Page<'_>, row: &Row<'_>, sums: &[Sum<'_>]) -> Option<Line> {
    let record = page.record;
    let claim = record.claim(row.first.claims.first()?)?;
    let who = words::capital(&speaker::name(record, claim));
    let not = if row.first.denied { "denies: " } else { "" };
    let start = LineBuilder::new(format!("{who}: {not}{} ({})", figures(record, row, sums), setting(row.first, claim)));
    let cited: BTreeSet<&str> = row.figures.iter().flat_map(|(t, _)| t.claims.iter().map(String::as_str)).collect();
    let mut line = cited.into_iter().filter_map(|id| record.claim(id)).fold(start, |line, c| line.cite(page, c));
    for (toll, earlier) in &row.figures {
        let Some(earlier) = earlier.filter(|e| (e.min, e.max, e.approx) != (toll.min, toll.max, toll.approx)) else {
            continue;
        };
        let Some(claim) = earlier.claims.first().and_then(|id| record.claim(id)) else { continue };
        let day = earlier.known.map(|d| format!(" by {}", day_in_words(d))).unwrap_or_default();
        line = line.say(format!("; earlier, {}{day}", figure(record, earlier))).cite(page, claim);
    }
    let line = line.say(if claim.garbled.is_some() { " (doubtful wording)." } else { "." });
    misfit(row, sums).into_iter().fold(line, LineBuilder::say).build().ok()
}

/// The figures of a row; a part stands behind its total.
fn figures(record: &Record<'_>, row: &Row<'_>, sums: &[Sum<'_>]) -> String {
    let within = |toll: &Toll| row.figures.iter().any(|(t, _)| std::ptr::eq(*t, toll));
    let parts_of = |total: &Toll| -> Vec<&Toll> {
        let of = sums.iter().filter(|s| std::ptr::eq(s.total, total)).flat_map(|s| s.parts.iter().copied());
        of.filter(|p| within(p)).collect()
    };
    let is_part = |toll: &Toll| sums.iter().any(|s| within(s.total) && s.parts.iter().any(|p| std::ptr::eq(*p, toll)));
    let told = row.figures.iter().filter(|(t, _)| !is_part(t)).map(|(total, _)| {
        let parts: Vec<String> = parts_of(total).into_iter().map(|p| part(record, p)).collect();
        let including = if parts.is_empty() { String::new() } else { format!(", including {}", words::list(&parts)) };
        format!("{}{including}", figure(record, total))
    });
    words::list(&told.collect::<Vec<_>>())
}

/// What is said where stated parts and stated total do not agree.
fn misfit(row: &Row<'_>, sums: &[Sum<'_>]) -> Option<&'static str> {
    let mut of_row = sums.iter().filter(|s| row.figures.iter().any(|(t, _)| std::ptr::eq(*t, s.total)));
    match of_row.find(|s| s.fit != Fit::Fits)?.fit {
        Fit::PartExceeds => Some(" A part that is given is greater than the total that is given; both stand as said."),
        Fit::SumExceeds => Some(" The parts given come to more than the total given; all stand as said."),
        Fit::SumFallsShort => Some(" The parts given come to fewer than the total given; all stand as said."),
        Fit::Fits => None,
    }
}

/// Where and over which time: "Hollin, 7 March 2031", "since 27 September 2020, by 1 November 2020".
fn setting(toll: &Toll, claim: &Claim) -> String {
    let since = |from: Option<Date>, what: &str| match (from, toll.known) {
        (Some(from), Some(known)) if known > from => {
            format!("since {}, by {}", day_in_words(from), day_in_words(known))
        }
        (Some(from), _) => format!("since {}", day_in_words(from)),
        (None, Some(known)) => format!("{what}, by {}", day_in_words(known)),
        (None, None) => what.to_owned(),
    };
    let when = match &toll.window {
        // a count is of the time that its own words give, whatever hour others give the incident
        Window::Incident { date, .. } => {
            let own = claim.date.as_ref().map(|d| d.value).or(*date);
            own.map_or_else(|| "time not said".to_owned(), Interval::in_words)
        }
        Window::Day(interval) => Interval::in_words(*interval),
        Window::Stretch(interval) => match (interval.end, toll.known) {
            (None, Some(_)) => since(interval.first_day(), "over some time"),
            _ => Interval::in_words(*interval),
        },
        Window::SinceTruce { from, .. } => since(*from, "since the ceasefire"),
        Window::War { from: Some(from), until: Some(until), over: true } => days_in_words(*from, *until),
        Window::War { over: true, .. } => "the whole war".to_owned(),
        Window::War { from, .. } => since(*from, "since the fighting began"),
        Window::Unsaid => "time not said".to_owned(),
    };
    toll.place.as_ref().map_or_else(|| when.clone(), |place| format!("{}, {when}", words::unshouted(place)))
}

/// "more than 1,250 people killed", "two Orlavan soldiers wounded", "40 violations by Vesk".
fn figure(record: &Record<'_>, toll: &Toll) -> String {
    let own = toll.side.is_some() && toll.side == toll.reporter.party;
    let number = number(record, toll);
    // A mission has no civilians: whose they are was not said.
    let whose = |s: &&PartyId| toll.who != Who::Civilian || !is_body(record, s);
    let side = toll.side.as_ref().filter(whose).map(|s| speaker::party(record.knowledge(), s));
    match (toll.category.family(), side) {
        (Family::People, Some(_)) if own => {
            format!("{number} of its own {} {}", many(toll.who), befell(toll.category))
        }
        (Family::People, Some(side)) => format!("{number} {} of {side} {}", people(toll), befell(toll.category)),
        (Family::People, None) => format!("{number} {} {}", people(toll), befell(toll.category)),
        (Family::Fire, Some(side)) => format!("{number} {} laid to {side}", things(toll)),
        (Family::Things, Some(side)) => format!("{number} {} of {side} lost", things(toll)),
        (Family::Fire, None) => format!("{number} {}", things(toll)),
        (Family::Things, None) => format!("{number} {} lost", things(toll)),
    }
}

fn is_body(record: &Record<'_>, party: &PartyId) -> bool {
    record.knowledge().parties().any(|p| p.id == *party && p.kind == PartyKind::Body)
}

/// A part behind its total: "more than 130 civilians", "40 of Vesk".
fn part(record: &Record<'_>, toll: &Toll) -> String {
    let of = toll.side.as_ref().map(|s| format!(" of {}", speaker::party(record.knowledge(), s))).unwrap_or_default();
    let who = if toll.who == Who::Any { "" } else { people(toll) };
    format!("{} {who}{of}", number(record, toll)).replace("  ", " ").trim_end().to_owned()
}

fn people(toll: &Toll) -> &'static str {
    match (toll.who, toll.min == Some(1) && toll.max == Some(1)) {
        (Who::Military, true) => "soldier",
        (Who::Civilian, true) => "civilian",
        (Who::Any, true) => "person",
        (who, false) => many(who),
    }
}

/// The people of whom some are: "one of its own soldiers".
fn many(who: Who) -> &'static str {
    match who {
        Who::Military => "soldiers",
        Who::Civilian => "civilians",
        Who::Any => "people",
    }
}

/// What is counted, where that is no people: "shots", of one "shot".
fn things(toll: &Toll) -> &'static str {
    let many = toll.category.as_str();
    let one = toll.min == Some(1) && toll.max == Some(1);
    if one { many.strip_suffix('s').unwrap_or(many) } else { many }
}

fn befell(category: Category) -> &'static str {
    match category {
        Category::Dead => "killed",
        Category::DeadOrMissing => "killed or missing",
        Category::DeadOrWounded => "killed or wounded",
        Category::Wounded => "wounded",
        Category::Missing => "missing",
        Category::Captured => "captured or held",
        Category::Displaced => "displaced",
        Category::Returned => "returned",
        Category::Bodies => "found dead",
        _ => "counted",
    }
}

fn number(record: &Record<'_>, toll: &Toll) -> String {
    let claim = toll.claims.first().and_then(|id| record.claim(id));
    spelt(
        claim.map_or("", |c| written(record, c, toll.words)),
        toll.min.map(Amount::from),
        toll.max.map(Amount::from),
        toll.approx,
    )
}

fn written<'r>(record: &Record<'r>, claim: &Claim, span: Span) -> &'r str {
    record.source(claim).map_or("", |s| s.words(span))
}

/// The number as the document words it, where its words hold a figure; else floor and ceiling spelt out.
fn spelt(written: &str, min: Option<Amount>, max: Option<Amount>, approx: bool) -> String {
    if written.chars().any(|c| c.is_ascii_digit()) {
        return written.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let about = if approx { "about " } else { "" };
    match (min, max) {
        (Some(a), Some(b)) if a == b => format!("{about}{}", words::amount(a)),
        (Some(a), Some(b)) => format!("{} to {}", words::amount(a), words::amount(b)),
        (Some(a), None) => format!("{} or more", words::amount(a)),
        (None, Some(b)) => format!("up to {}", words::amount(b)),
        (None, None) => "an unknown number of".to_owned(),
    }
}

/// A count within a promised step: "about 2,000 in strength", "32 captives of Vesk".
/// Whose they are is left out where it is that of those who are spoken of.
pub(super) fn count(record: &Record<'_>, claim: &Claim, figure: &Figure, spoken_of: &[PartyId]) -> String {
    let number = spelt(written(record, claim, figure.span), figure.min, figure.max, figure.approx);
    let one = figure.min == Some(Amount::ONE) && figure.max == Some(Amount::ONE);
    let noun = match (figure.what, one) {
        (Counted::Bodies, true) => "body",
        (Counted::Bodies, false) => "bodies",
        (Counted::Captured, _) => "held",
        (Counted::Posts, true) => "post",
        (Counted::Posts, false) => "posts",
        (Counted::Vehicles, true) => "vehicle",
        (Counted::Vehicles, false) => "vehicles",
        (_, true) => "person",
        (_, false) => "people",
    };
    let side = figure.side.as_ref().filter(|s| spoken_of != [(*s).clone()]);
    let of = side.map(|s| format!(" of {}", speaker::party(record.knowledge(), s))).unwrap_or_default();
    format!("{number} {noun}{of}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_figures_stands_as_written_and_others_are_spelt_out() {
        assert_eq!(spelt("more than\n1,250", Some(1250.into()), None, false), "more than 1,250");
        assert_eq!(spelt("dozens", Some(24.into()), None, false), "24 or more");
        assert_eq!(spelt("three", Some(3.into()), Some(3.into()), false), "three");
        assert_eq!(spelt("", None, Some(50.into()), false), "up to 50");
    }
}
