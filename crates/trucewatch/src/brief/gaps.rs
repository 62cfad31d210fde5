//! What the brief does not cover: days without a report, documents without a day or a claim, doubts on the way.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::claim::Claim;
use crate::incident::{Record, Source};
use crate::when::days_in_words;

use super::line::{Basis, Line, LineBuilder, Nil, Page};
use super::{Entry, Period, Shown, words};

/// Names of documents, and stretches of days, that one line lists, at most.
const LISTED: usize = 6;

/// The one entry of the section.
pub(super) fn entries(page: &Page<'_>, shown: &Shown<'_>) -> Vec<Entry> {
    let record = page.record;
    let mut told: Vec<Line> = Vec::new();
    told.extend(empty_days(record, shown.period));
    told.extend(documents(record, "carried no claim that bears on a ceasefire", |s| !has_claim(record, s)));
    told.extend(documents(record, "could not be dated, and nothing of it stands under the days above", |s| {
        s.published.is_none()
    }));
    told.extend(undated(&shown.claims));
    told.extend(doubts(record));
    vec![Entry { told, listed: true, ..Entry::default() }]
}

fn has_claim(record: &Record<'_>, source: &Source) -> bool {
    record.claims().iter().any(|c| c.document == source.id)
}

/// "No report read was published on 11–14 October 2020 …": not covered, which is not the same as quiet.
fn empty_days(record: &Record<'_>, period: Period) -> Option<Line> {
    let stretches = without_report(record, period);
    let mut text: Vec<String> = stretches.iter().take(LISTED).map(|(a, b)| days_in_words(*a, *b)).collect();
    if stretches.len() > LISTED {
        text.push(format!("{} more stretches", words::number((stretches.len() - LISTED) as u64)));
    }
    let line = match text.as_slice() {
        [] => return None,
        text => format!(
            "No report published on these days was read, so that nothing can be said of them: {}. A day without a \
             report is not a quiet day.",
            words::list(text)
        ),
    };
    LineBuilder::new(line).by(Basis::Nil(Nil::NotCovered)).build().ok()
}

fn without_report(record: &Record<'_>, period: Period) -> Vec<(Date, Date)> {
    let mut covered: Vec<(Date, Date)> =
        record.sources().filter_map(|s| s.published).filter_map(|p| Some((p.first_day()?, p.last_day()?))).collect();
    covered.sort();
    let mut gaps = Vec::new();
    let mut next = period.from;
    for (first, last) in covered {
        let before = first.yesterday().unwrap_or(first);
        if next <= before && first <= period.to {
            gaps.push((next, before));
        }
        next = next.max(last.checked_add(1.day()).unwrap_or(last));
    }
    if next <= period.to {
        gaps.push((next, period.to));
    }
    gaps
}

fn documents(record: &Record<'_>, what: &str, wanted: impl Fn(&Source) -> bool) -> Option<Line> {
    let mut names: Vec<&str> = record.sources().filter(|s| wanted(s)).map(|s| s.name.as_str()).collect();
    names.sort_unstable();
    let count = words::capital(&words::count(names.len(), "document", "documents"));
    let more = if names.len() > LISTED { " and others" } else { "" };
    let listed = names.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    let line = LineBuilder::new(format!("{count} {what}: {listed}{more}."));
    (!names.is_empty()).then(|| line.by(Basis::Nil(Nil::NothingReported)).build().ok()).flatten()
}

fn undated(claims: &[&Claim]) -> Option<Line> {
    use crate::claim::Mode;
    let undated = claims.iter().filter(|c| c.date.is_none() && matches!(c.mode.value, Mode::Asserted | Mode::Denied));
    let ids: Vec<String> = undated.map(|c| c.id.clone()).collect();
    let count = words::capital(&words::count(ids.len(), "claim", "claims"));
    let line = LineBuilder::new(format!("{count} of fact could not be placed in time."));
    (!ids.is_empty()).then(|| line.resting_on(ids).build().ok()).flatten()
}

/// What the reader noted on the documents: a header that the body contradicts, a speaker unlikely to have said it.
fn doubts(record: &Record<'_>) -> Vec<Line> {
    let mut sources: Vec<&Source> = record.sources().collect();
    sources.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let of_one = |s: &&Source| {
        let notes: Vec<String> = s.notes.iter().take(LISTED).map(|n| n.message.clone()).collect();
        let line = LineBuilder::new(format!("On reading {}: {}.", s.name, notes.join("; ")));
        (!notes.is_empty()).then(|| line.by(Basis::Nil(Nil::Unknown)).build().ok()).flatten()
    };
    sources.iter().filter_map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::{Tale, Told};

    #[test]
    fn days_between_reports_are_not_covered() {
        let mut tale = Tale::new();
        for day in ["2031-03-02", "2031-03-05"] {
            tale.tell(Told::new(day, day, "Vesk shelled Hollin").by("orlava").shelling("vesk", "orlava", day));
        }
        let date = |d: &str| d.parse::<Date>().unwrap();
        let period = Period { from: date("2031-03-01"), to: date("2031-03-06") };
        let gaps = without_report(&tale.record(), period);
        let day = |d: &str| (date(d), date(d));
        assert_eq!(gaps, [day("2031-03-01"), (date("2031-03-03"), date("2031-03-04")), day("2031-03-06")]);
    }
}
