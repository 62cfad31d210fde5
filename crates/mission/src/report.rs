//! The mission's daily and weekly report, in the manner of such missions: what was observed up to a cut-off, by place and
//! kind beside the period before; who was kept from going where; where nothing was observed; what was found of allegations
//! and what each party says of it.
//!
//! Numbers of one place are added up, for one post counts nothing twice. Those of several places are not: two posts may
//! have heard one explosion.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::book::Mission;
use crate::field::tell::{Lore, tell};
use crate::field::{Content, Range, Report, Training};
use crate::mandate::Mandate;
use crate::verification::{Case, Step};

/// What a report is about.
pub struct Asked<'a> {
    /// The mandate.
    pub mandate: &'a Mandate,
    /// The state of the mission.
    pub mission: &'a Mission,
    /// All field reports.
    pub reports: &'a [Report],
    /// What is known beyond them.
    pub lore: &'a dyn Lore,
    /// The day on whose cut-off the period ends.
    pub day: Date,
    /// Number of days: 1 for the daily report, 7 for the weekly.
    pub days: i32,
    /// When the agreement that the mission serves came into force.
    pub in_force: Option<Timestamp>,
}

/// A span of time, its end left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    from: Timestamp,
    to: Timestamp,
}

impl Span {
    fn holds(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// The report as Markdown; none where the day has no such period.
#[must_use]
pub fn markdown(asked: &Asked<'_>) -> Option<String> {
    let offset = asked.mandate.offset()?;
    let end = |day: Date| offset.to_timestamp(day.to_datetime(asked.mandate.cut_off)).ok();
    let back = |days: i32| asked.day.checked_sub(days.days()).ok();
    let now = Span { from: end(back(asked.days)?)?, to: end(asked.day)? };
    let before = Span { from: end(back(asked.days * 2)?)?, to: now.from };
    let page = Page { asked, now, before };
    Some(
        [
            page.head(),
            page.table(),
            page.observed(),
            page.movement(),
            page.nothing(),
            page.verification(),
            page.words(),
        ]
        .concat(),
    )
}

struct Page<'a> {
    asked: &'a Asked<'a>,
    now: Span,
    before: Span,
}

/// Counts of one thing at one place.
#[derive(Default)]
struct Counted {
    now: Sum,
    before: Sum,
    since: Sum,
    exercises: Sum,
}

/// A sum of ranges, and how many reports gave no number.
#[derive(Default)]
struct Sum {
    least: f64,
    most: f64,
    reports: usize,
    unnumbered: usize,
}

impl Sum {
    fn add(&mut self, range: Option<Range>) {
        self.reports += 1;
        let Some(range) = range else {
            self.unnumbered += 1;
            return;
        };
        self.least += range.min.unwrap_or(0.0);
        self.most += range.max.or(range.min).unwrap_or(0.0);
    }

    fn words(&self) -> String {
        if self.reports == 0 {
            return "0".to_owned();
        }
        let known = self.reports > self.unnumbered;
        let number =
            if self.least < self.most { format!("{}-{}", self.least, self.most) } else { self.least.to_string() };
        match (known, self.unnumbered) {
            (true, 0) => number,
            (true, _) => format!("{number} and more"),
            (false, _) => "not counted".to_owned(),
        }
    }
}

/// Words on one line that break no table and no list.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

impl Page<'_> {
    fn local(&self, at: Timestamp) -> String {
        let offset = self.asked.mandate.offset().unwrap_or(jiff::tz::Offset::UTC);
        at.to_zoned(offset.to_time_zone()).strftime("%-d %B %Y, %H:%M").to_string()
    }

    fn clock(&self, at: Timestamp) -> String {
        let offset = self.asked.mandate.offset().unwrap_or(jiff::tz::Offset::UTC);
        at.to_zoned(offset.to_time_zone()).strftime("%d.%m. %H:%M").to_string()
    }

    fn head(&self) -> String {
        let Mandate { title, zone, .. } = self.asked.mandate;
        let kind = if self.asked.days == 1 { "Daily" } else { "Weekly" };
        let (from, to) = (self.local(self.now.from), self.local(self.now.to));
        format!("# {}: {kind} report\n\nFrom {from} to {to} (UTC{zone}).\n", flat(title))
    }

    /// Reports of a span, in the order of time.
    fn of(&self, span: Span) -> Vec<&Report> {
        let mut all: Vec<&Report> = self.asked.reports.iter().filter(|r| span.holds(r.from)).collect();
        all.sort_by(|a, b| (a.from, &a.number).cmp(&(b.from, &b.number)));
        all
    }

    fn table(&self) -> String {
        let mut counts: BTreeMap<(String, String), Counted> = BTreeMap::new();
        for report in self.asked.reports {
            let Some(seen) = report.observation() else { continue };
            let noun = seen.what().map_or_else(|| seen.thing.clone(), |t| t.many.clone());
            let row = counts.entry((flat(&report.position.name), noun)).or_default();
            let exercise = seen.training == Training::Yes;
            if self.now.holds(report.from) {
                if exercise { row.exercises.add(seen.count) } else { row.now.add(seen.count) }
            }
            if self.before.holds(report.from) && !exercise {
                row.before.add(seen.count);
            }
            if self.asked.in_force.is_some_and(|start| Span { from: start, to: self.now.to }.holds(report.from))
                && !exercise
            {
                row.since.add(seen.count);
            }
        }
        counts.retain(|_, c| c.now.reports + c.before.reports + c.exercises.reports > 0);
        self.drawn(&counts)
    }

    fn drawn(&self, counts: &BTreeMap<(String, String), Counted>) -> String {
        let mut out = "\n## Observed, by place and kind\n\n".to_owned();
        if counts.is_empty() {
            out.push_str("Nothing in this period or the one before.\n");
            return out;
        }
        out.push_str(
            "| observers at | what | this period | period before | since entry into force | exercises, apart |\n",
        );
        out.push_str("|---|---|---|---|---|---|\n");
        for ((place, what), Counted { now, before, since, exercises }) in counts {
            let since = if self.asked.in_force.is_some() { since.words() } else { "not known".to_owned() };
            let cells = [now.words(), before.words(), since, exercises.words()].join(" | ");
            writeln!(out, "| {place} | {what} | {cells} |").ok();
        }
        out.push_str("\nNumbers of different places are not added up: two posts may have heard one explosion.\n");
        out
    }

    fn observed(&self) -> String {
        let lines = self.of(self.now).into_iter().filter(|r| r.observation().is_some()).map(|r| self.told(r));
        section("What was observed", lines, "Nothing was observed.")
    }

    /// A report in its own words, with its number.
    fn told(&self, report: &Report) -> String {
        let told = tell(report, self.asked.mandate, self.asked.lore);
        let said = told.sentences.iter().skip(3).map(|s| told.document.slice(*s)).collect::<Vec<_>>().join(" ");
        format!("{} {} ({})", self.clock(report.from), flat(&said), flat(&report.number))
    }

    fn movement(&self) -> String {
        let hindered = |r: &&Report| matches!(r.content, Content::Access(_));
        let lines = self.of(self.now).into_iter().filter(hindered).map(|r| self.told(r));
        section("Freedom of movement", lines, "No restriction was reported.")
    }

    fn nothing(&self) -> String {
        let nil = self.of(self.now).into_iter().filter(|r| r.content == Content::Nil);
        let line = |r: &Report| {
            let (from, until) = (self.clock(r.from), self.clock(r.until));
            format!("{}, {from} to {until} ({})", flat(&r.position.name), flat(&r.number))
        };
        section("Nothing observed", nil.map(line), "No post reported that it observed nothing.")
    }

    fn verification(&self) -> String {
        let live = |c: &&Case| {
            c.at < self.now.to && c.steps.iter().all(|t| t.step != Step::SignedOff || t.done.on >= self.now.from)
        };
        let lines = self.asked.mission.cases.iter().filter(live).map(|c| self.case(c));
        section("Allegations and what was found", lines, "No allegation is open.")
    }

    fn case(&self, case: &Case) -> String {
        let against = case
            .allegation
            .against
            .as_deref()
            .map(|p| format!(" against {}", self.asked.lore.title(p)))
            .unwrap_or_default();
        let by = case.party.as_deref().map(|p| self.asked.lore.title(p)).unwrap_or_else(|| flat(&case.by));
        let mut out = format!("{by}{against}: “{}”: {}.", flat(&case.allegation.words), case.state().as_str());
        if let Some(finding) = case.finding() {
            let rests = finding.reports.iter().map(|r| r.get(..12).unwrap_or(r)).collect::<Vec<_>>().join(", ");
            let rests = if rests.is_empty() { String::new() } else { format!(" (documents {rests})") };
            write!(out, " Found: {}. {}{rests}", finding.found.as_str(), flat(&finding.words)).ok();
            for party in &self.asked.mandate.parties {
                let said = case.comments().filter(|t| t.party.as_deref() == Some(party)).last();
                let said =
                    said.map_or_else(|| "has not commented".to_owned(), |t| format!("“{}”", flat(&t.done.words)));
                write!(out, "\n  - {}: {said}", self.asked.lore.title(party)).ok();
            }
        }
        for wait in case.waits(&self.asked.mandate.parties, self.now.to) {
            write!(out, "\n  - {wait}").ok();
        }
        out
    }

    fn words(&self) -> String {
        let public = self.asked.mission.words.iter().filter(|w| w.to.is_empty() && self.now.holds(w.at));
        let lines = public.map(|w| {
            format!("{}: “{}”", self.asked.lore.title(w.party.as_deref().unwrap_or_default()), flat(&w.words))
        });
        section("What the parties put on record", lines, "Nothing.")
    }
}

fn section(title: &str, lines: impl Iterator<Item = String>, none: &str) -> String {
    let lines: Vec<String> = lines.map(|l| format!("- {l}\n")).collect();
    if lines.is_empty() { format!("\n## {title}\n\n{none}\n") } else { format!("\n## {title}\n\n{}", lines.concat()) }
}
