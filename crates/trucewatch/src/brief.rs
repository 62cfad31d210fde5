//! What a reader gets: a plain tree of sections, entries and lines, every line with what it rests on.
//!
//! Wording is here; pages, Markdown and JSON are not.

mod agreed;
mod drawn;
mod gaps;
mod happened;
mod lead;
mod line;
mod positions;
mod quotation;
mod speaker;
mod stage;
mod steps;
mod telling;
#[cfg(test)]
mod tests;
mod tolls;
mod voice;
mod words;

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use line::{Basis, Footnote, Line, LineBuilder, Nil, NoBasis, Page, Piece};

use crate::claim::{Claim, Kind, Mode};
use crate::finding::Finding;
use crate::incident::{Incident, Record, Standing};
use crate::process::{self, Due, Process, Topic};
use crate::toll::{self, Toll, Window};
use crate::when::{Interval, days_in_words};

/// A brief.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// Its title, with the days that it covers in words.
    pub title: String,
    /// First and last day that it covers.
    pub period: Period,
    /// What matters most, in a few lines.
    pub lead: Vec<Line>,
    /// Its sections in order; none is empty.
    pub sections: Vec<Section>,
    /// All footnotes in order.
    pub footnotes: Vec<Footnote>,
}

/// First and last day that a brief covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// Whether an interval meets it.
    fn meets(self, interval: Interval) -> bool {
        interval.meets(Interval::days(self.from, self.to))
    }
}

/// One section.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its title.
    pub title: &'static str,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// One entry of a section: an incident, an agreement, a step, a party's stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// What it is about.
    pub heading: Option<String>,
    /// Id of the incident that it tells, where it tells one.
    pub incident: Option<String>,
    /// The incident's standing, where it matters.
    pub standing: Option<Standing>,
    /// Whether its lines are a list rather than running text.
    pub listed: bool,
    /// What is said, voice by voice.
    pub told: Vec<Line>,
    /// What follows: standing, origins, terms, where a step stands.
    pub weighed: Vec<Line>,
}

impl Entry {
    fn headed(heading: &str) -> Entry {
        Entry { heading: Some(heading.to_owned()), ..Entry::default() }
    }
}

/// Writes the brief of a period over what was gathered and checked. Without a period it covers all that the claims
/// speak of in their documents' days.
#[must_use]
pub fn brief(record: &Record<'_>, incidents: &[Incident], findings: &[Finding], period: Option<Period>) -> Brief {
    let period = period.or_else(|| span(record)).unwrap_or(Period { from: Date::ZERO, to: Date::ZERO });
    let mut page = Page::new(record);
    let shown = Shown::of(record, incidents, findings, period);
    let lead = lead::lines(&mut page, &shown);
    let mut sections = Vec::new();
    let mut add = |title, entries: Vec<Entry>| {
        if !entries.is_empty() {
            sections.push(Section { title, entries });
        }
    };
    add("What was agreed and is in force", agreed::entries(&mut page, &shown, findings));
    add("Incidents", happened::entries(&mut page, &shown.happenings, findings));
    add("The fighting as a whole", happened::entries(&mut page, &shown.background, findings));
    add("Tolls, by who says them", tolls::entries(&mut page, &shown.tolls));
    add("Promised steps", steps::entries(&mut page, &shown));
    add("Positions", positions::entries(&mut page, &shown.positions));
    add("What is not covered", gaps::entries(&page, &shown));
    Brief {
        title: format!("Brief, {}", days_in_words(period.from, period.to)),
        period,
        lead,
        sections,
        footnotes: page.into_footnotes(),
    }
}

/// From the first to the last day on which a document was published.
fn span(record: &Record<'_>) -> Option<Period> {
    let published = || record.sources().filter_map(|s| s.published);
    let from = published().filter_map(Interval::first_day).min()?;
    let to = published().filter_map(Interval::last_day).max()?;
    Some(Period { from, to: to.max(from) })
}

/// What of the record falls into the period, sorted into the sections.
struct Shown<'a> {
    period: Period,
    claims: Vec<&'a Claim>,
    happenings: Vec<&'a Incident>,
    background: Vec<&'a Incident>,
    processes: Vec<Process>,
    /// What agreements in play make due and nobody speaks of.
    silent: Vec<Due>,
    /// Claims in the incidents of steps that are no steps themselves, by incident.
    aside: steps::Aside<'a>,
    tolls: Vec<Toll>,
    positions: Vec<&'a Claim>,
}

impl<'a> Shown<'a> {
    fn of(record: &Record<'a>, incidents: &'a [Incident], findings: &[Finding], period: Period) -> Shown<'a> {
        let within: Vec<&Incident> = incidents.iter().filter(|i| falls_in(record, i, period)).collect();
        let pick =
            |wanted: &dyn Fn(&Incident) -> bool| within.iter().copied().filter(|i| wanted(i)).collect::<Vec<_>>();
        let long = |i: &Incident| happened::is_background(i.date);
        let fact = |i: &Incident| telling::claims_of(record, i).iter().any(|c| is_of_fact(c));
        let tolls = toll::tolls(record, incidents);
        let long_run = |t: &&Toll| matches!(t.window, Window::War { .. } | Window::SinceTruce { .. });
        let sums: BTreeSet<&str> = tolls.iter().filter(long_run).flat_map(|t| &t.claims).map(String::as_str).collect();
        let local = |i: &Incident| happened::is_happening(i) && !is_only_toll(record, i, &sums) && fact(i);
        let stand =
            |i: &Incident| matches!(i.kind, Kind::Position | Kind::Threat) || happened::is_happening(i) && !fact(i);
        let members = |list: &[&Incident]| -> Vec<&'a Claim> {
            list.iter().flat_map(|i| telling::claims_of(record, i)).collect()
        };
        let mut happenings = pick(&|i| local(i) && !long(i));
        happenings.sort_by_key(|i| (i.date.is_none(), i.date.and_then(|d| d.first_day()), weight(i), i.id.clone()));
        let claims = members(&within);
        let processes = followed(record, incidents, findings, &claims, period);
        Shown {
            period,
            happenings,
            background: pick(&|i| local(i) && long(i)),
            silent: unspoken(record, &processes, findings, period),
            aside: aside(record, &within),
            tolls: tolls.iter().filter(|t| is_told(record, t, period)).cloned().collect(),
            positions: members(&pick(&stand)).into_iter().filter(|c| Topic::of(c.kind.value).is_none()).collect(),
            processes,
            claims,
        }
    }
}

/// The promised steps of which some claim falls into the period, as they stand on its last day.
fn followed(
    record: &Record<'_>,
    incidents: &[Incident],
    findings: &[Finding],
    claims: &[&Claim],
    period: Period,
) -> Vec<Process> {
    let shown: BTreeSet<&str> = claims.iter().map(|c| c.id.as_str()).collect();
    let mut all = process::follow(record, incidents, findings, Some(period.to));
    all.retain(|p| p.claims().any(|c| shown.contains(c)));
    all
}

/// Obligations with a day, of agreements made within the period, of which no report speaks.
fn unspoken(record: &Record<'_>, processes: &[Process], findings: &[Finding], period: Period) -> Vec<Due> {
    let in_play: BTreeSet<&str> = findings.iter().map(|f| f.agreement.as_str()).collect();
    let of_period = |a: &str| {
        let made = record.knowledge().agreements().find(|x| x.id == a).map(|x| x.agreed);
        made.is_some_and(|day| period.from <= day && day <= period.to)
    };
    let agreements = in_play.into_iter().filter(|a| of_period(a)).collect();
    process::silent(record, processes, &agreements, Some(period.to))
}

/// Claims in the incidents of steps that are no steps themselves: stands, and acts told in passing.
fn aside<'a>(record: &Record<'a>, within: &[&Incident]) -> steps::Aside<'a> {
    let steps = within.iter().filter(|i| Topic::of(i.kind).is_some());
    let of_one = |i: &&Incident| {
        let claims = telling::claims_of(record, i).into_iter();
        (i.id.clone(), claims.filter(|c| Topic::of(c.kind.value).is_none()).collect())
    };
    steps.map(of_one).collect()
}

/// Whether a toll belongs to a period: its time meets it, or it was published in it.
fn is_told(record: &Record<'_>, toll: &Toll, period: Period) -> bool {
    let mut claims = toll.claims.iter().filter_map(|id| record.claim(id)).filter_map(|c| record.source(c)?.published);
    toll.window.interval(toll.known).is_some_and(|i| period.meets(i)) || claims.any(|p| period.meets(p))
}

/// The weightiest first: what the sides disagree on, then what more claims speak of.
fn weight(incident: &Incident) -> (Standing, std::cmp::Reverse<usize>) {
    (incident.standing, std::cmp::Reverse(incident.members.len()))
}

/// Whether a claim says what is or is not, rather than what might be.
fn is_of_fact(claim: &Claim) -> bool {
    matches!(claim.mode.value, Mode::Asserted | Mode::Denied)
}

/// Whether an incident is nothing but figures of a long time, which stand among the tolls; `sums` are the claims of a
/// whole war or of the time since a truce.
fn is_only_toll(record: &Record<'_>, incident: &Incident, sums: &BTreeSet<&str>) -> bool {
    let claims = telling::claims_of(record, incident);
    let long = |c: &&Claim| happened::is_background(incident.date) || sums.contains(c.id.as_str());
    claims.iter().all(|c| c.kind.value == Kind::Casualties && long(c)) && claims.iter().any(|c| !c.figures.is_empty())
}

/// Whether an incident belongs to a period: by its time or, where it has none, by its documents'.
fn falls_in(record: &Record<'_>, incident: &Incident, period: Period) -> bool {
    let claims = telling::claims_of(record, incident);
    let published = || claims.iter().filter_map(|c| record.source(c)).filter_map(|s| s.published);
    let days: BTreeSet<bool> = published().map(|p| period.meets(p)).collect();
    incident.date.map_or_else(|| !days.contains(&false) || days.contains(&true), |d| period.meets(d))
}
