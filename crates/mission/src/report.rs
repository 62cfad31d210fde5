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

/// A report as it is laid out, before it is written as Markdown or as a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// Its title.
    pub title: String,
    /// Of which time.
    pub span: String,
    /// Its parts.
    pub sections: Vec<Section>,
}

/// A part of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: &'static str,
    /// Heads and rows of a table, where it has one.
    pub table: Option<(Vec<&'static str>, Vec<Vec<String>>)>,
    /// What it lists.
    pub lines: Vec<Line>,
    /// What is said below, or where it has nothing.
    pub note: &'static str,
}

/// A line of a list, with those below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub words: String,
    /// What stands below it.
    pub below: Vec<String>,
}

/// The report as Markdown; none where the day has no such period.
#[must_use]
pub fn markdown(asked: &Asked<'_>) -> Option<String> {
    let Laid { title, span, sections } = laid(asked)?;
    Some(format!("# {}\n\n{span}\n{}", escaped(&title), sections.iter().map(written).collect::<String>()))
}

fn written(section: &Section) -> String {
    let mut out = format!("\n## {}\n\n", section.title);
    if let Some((heads, rows)) = &section.table {
        writeln!(out, "| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len())).ok();
        for row in rows {
            writeln!(out, "| {} |", row.iter().map(|c| escaped(c)).collect::<Vec<_>>().join(" | ")).ok();
        }
    }
    for line in &section.lines {
        writeln!(out, "- {}", escaped(&line.words)).ok();
        line.below.iter().for_each(|b| _ = writeln!(out, "  - {}", escaped(b)));
    }
    if section.table.is_some() {
        out.push('\n');
    }
    if !section.note.is_empty() && (section.table.is_some() || section.lines.is_empty()) {
        writeln!(out, "{}", section.note).ok();
    }
    out
}

/// Words that break no table.
fn escaped(words: &str) -> String {
    words.replace('|', "\\|")
}

/// The report laid out; none where the day has no such period.
#[must_use]
pub fn laid(asked: &Asked<'_>) -> Option<Laid> {
    let offset = asked.mandate.offset()?;
    let end = |day: Date| offset.to_timestamp(day.to_datetime(asked.mandate.cut_off)).ok();
    let back = |days: i32| asked.day.checked_sub(days.days()).ok();
    let now = Span { from: end(back(asked.days)?)?, to: end(asked.day)? };
    let before = Span { from: end(back(asked.days * 2)?)?, to: now.from };
    let page = Page { asked, now, before };
    let (title, span) = page.head();
    let sections = [page.table(), page.observed(), page.movement(), page.nothing(), page.verification(), page.words()];
    Some(Laid { title, span, sections: sections.into() })
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

/// Heads of the table.
const HEADS: [&str; 6] =
    ["observers at", "what", "this period", "period before", "since entry into force", "exercises, apart"];

/// Words on one line.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
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

    fn head(&self) -> (String, String) {
        let Mandate { title, zone, .. } = self.asked.mandate;
        let kind = if self.asked.days == 1 { "Daily" } else { "Weekly" };
        let (from, to) = (self.local(self.now.from), self.local(self.now.to));
        (format!("{}: {kind} report", flat(title)), format!("From {from} to {to} (UTC{zone})."))
    }

    /// Reports of a span, in the order of time.
    fn of(&self, span: Span) -> Vec<&Report> {
        let mut all: Vec<&Report> = self.asked.reports.iter().filter(|r| span.holds(r.from)).collect();
        all.sort_by(|a, b| (a.from, &a.number).cmp(&(b.from, &b.number)));
        all
    }

    fn table(&self) -> Section {
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

    fn drawn(&self, counts: &BTreeMap<(String, String), Counted>) -> Section {
        let title = "Observed, by place and kind";
        if counts.is_empty() {
            return Section { title, note: "Nothing in this period or the one before.", ..Section::default() };
        }
        let is_known = self.asked.in_force.is_some();
        let row = |((place, what), c): (&(String, String), &Counted)| {
            let since = if is_known { c.since.words() } else { "not known".to_owned() };
            vec![place.clone(), what.clone(), c.now.words(), c.before.words(), since, c.exercises.words()]
        };
        let note = "Numbers of different places are not added up: two posts may have heard one explosion.";
        let table = Some((HEADS.to_vec(), counts.iter().map(row).collect()));
        Section { title, table, note, ..Section::default() }
    }

    fn observed(&self) -> Section {
        let lines = self.of(self.now).into_iter().filter(|r| r.observation().is_some()).map(|r| self.told(r));
        section("What was observed", lines, "Nothing was observed.")
    }

    /// A report in its own words, with its number.
    fn told(&self, report: &Report) -> Line {
        let told = tell(report, self.asked.mandate, self.asked.lore);
        let said = told.sentences.iter().skip(3).map(|s| told.document.slice(*s)).collect::<Vec<_>>().join(" ");
        Line::of(format!("{} {} ({})", self.clock(report.from), flat(&said), flat(&report.number)))
    }

    fn movement(&self) -> Section {
        let hindered = |r: &&Report| matches!(r.content, Content::Access(_));
        let lines = self.of(self.now).into_iter().filter(hindered).map(|r| self.told(r));
        section("Freedom of movement", lines, "No restriction was reported.")
    }

    fn nothing(&self) -> Section {
        let nil = self.of(self.now).into_iter().filter(|r| r.content == Content::Nil);
        let line = |r: &Report| {
            let (from, until) = (self.clock(r.from), self.clock(r.until));
            Line::of(format!("{}, {from} to {until} ({})", flat(&r.position.name), flat(&r.number)))
        };
        section("Nothing observed", nil.map(line), "No post reported that it observed nothing.")
    }

    fn verification(&self) -> Section {
        let live = |c: &&Case| {
            c.at < self.now.to && c.steps.iter().all(|t| t.step != Step::SignedOff || t.done.on >= self.now.from)
        };
        let lines = self.asked.mission.cases.iter().filter(live).map(|c| self.case(c));
        section("Allegations and what was found", lines, "No allegation is open.")
    }

    fn case(&self, case: &Case) -> Line {
        let against = case
            .allegation
            .against
            .as_deref()
            .map(|p| format!(" against {}", self.asked.lore.title(p)))
            .unwrap_or_default();
        let by = case.party.as_deref().map(|p| self.asked.lore.title(p)).unwrap_or_else(|| flat(&case.by));
        let mut out =
            Line::of(format!("{by}{against}: “{}”: {}.", flat(&case.allegation.words), case.state().as_str()));
        if let Some(finding) = case.finding() {
            let rests = finding.reports.iter().map(|r| r.get(..12).unwrap_or(r)).collect::<Vec<_>>().join(", ");
            let rests = if rests.is_empty() { String::new() } else { format!(" (documents {rests})") };
            write!(out.words, " Found: {}. {}{rests}", finding.found.as_str(), flat(&finding.words)).ok();
            for party in &self.asked.mandate.parties {
                let said = case.comments().filter(|t| t.party.as_deref() == Some(party)).last();
                let said =
                    said.map_or_else(|| "has not commented".to_owned(), |t| format!("“{}”", flat(&t.done.words)));
                out.below.push(format!("{}: {said}", self.asked.lore.title(party)));
            }
        }
        let zone = self.asked.mandate.offset().unwrap_or(jiff::tz::Offset::UTC);
        out.below.extend(case.waits(&self.asked.mandate.parties, self.now.to, zone));
        out
    }

    fn words(&self) -> Section {
        let public = self.asked.mission.words.iter().filter(|w| w.to.is_empty() && self.now.holds(w.at));
        let lines = public.map(|w| {
            let party = self.asked.lore.title(w.party.as_deref().unwrap_or_default());
            Line::of(format!("{party}: “{}”", flat(&w.words)))
        });
        section("What the parties put on record", lines, "Nothing.")
    }
}

impl Line {
    fn of(words: String) -> Line {
        Line { words, below: Vec::new() }
    }
}

fn section(title: &'static str, lines: impl Iterator<Item = Line>, note: &'static str) -> Section {
    Section { title, table: None, lines: lines.collect(), note }
}
