//! Over which stretch of time a figure counts: by the words around it, then by its claim's date.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;

use crate::agreement;
use crate::claim::{Claim, Class, Kind, Mode};
use crate::document::Span;
use crate::figure::Figure;
use crate::incident::{Incident, Record};
use crate::pack::{Agreement, KnownEvent, PartyId};
use crate::when::{Interval, Point};

/// The stretch of time that a figure covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// One happening.
    Incident {
        /// Id of the incident.
        id: String,
        /// When it was.
        date: Option<Interval>,
    },
    /// A day or two.
    Day(Interval),
    /// Some other stretch with two ends, or from a day on.
    Stretch(Interval),
    /// Since a truce began.
    SinceTruce {
        /// The agreement on record, where the words or the date tell which.
        agreement: Option<String>,
        /// Its first day, where that is known.
        from: Option<Date>,
    },
    /// A war: up to the report while it lasts, or as a whole.
    War {
        /// Its first day, where that is known.
        from: Option<Date>,
        /// Its last day, where that is known.
        until: Option<Date>,
        /// Whether it was over when the figure was given.
        over: bool,
    },
    /// Neither the words nor the date tell.
    Unsaid,
}

/// What of a window makes two figures comparable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    Incident(String),
    Days(Option<Date>, Option<Date>),
    From(Option<Date>),
    Truce(Option<String>, Option<Date>),
    War(Option<Date>, bool),
    Unsaid,
}

impl Scope {
    pub(super) fn is_incident(&self) -> bool {
        matches!(self, Scope::Incident(_))
    }
}

impl Window {
    /// A word for its kind.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Window::Incident { .. } => "incident",
            Window::Day(_) => "day",
            Window::Stretch(_) => "stretch",
            Window::SinceTruce { .. } => "since-truce",
            Window::War { .. } => "war",
            Window::Unsaid => "unsaid",
        }
    }

    /// The time that it covers; what goes on ends on the day for which the figure holds.
    #[must_use]
    pub fn interval(&self, known: Option<Date>) -> Option<Interval> {
        let since = |from: Date, to: Option<Date>| match to {
            Some(to) if to >= from => Interval::days(from, to),
            _ => Interval::since(Point::Day(from)),
        };
        match self {
            Window::Incident { date, .. } => *date,
            Window::Day(interval) => Some(*interval),
            Window::Stretch(interval) => match (interval.start, interval.end) {
                (Some(start), None) => Some(since(start.first_day(), known)),
                _ => Some(*interval),
            },
            Window::SinceTruce { from, .. } => from.map(|from| since(from, known)),
            Window::War { from, until, over } => from.map(|from| since(from, if *over { *until } else { known })),
            Window::Unsaid => None,
        }
    }

    /// Whether it covers more than single days, so that a figure holds for its last one.
    pub(super) fn goes_on(&self) -> bool {
        !matches!(self, Window::Incident { .. } | Window::Day(_))
    }

    /// Whether a day lies in it, as far as its ends are known.
    pub(super) fn covers(&self, day: Date) -> bool {
        self.interval(None).is_none_or(|i| i.meets(Interval::day(day)))
    }

    /// Whether it is the time since an agreement.
    pub(super) fn is_since(&self, id: &str) -> bool {
        matches!(self, Window::SinceTruce { agreement: Some(agreement), .. } if agreement == id)
    }

    pub(super) fn scope(&self) -> Scope {
        match self {
            Window::Incident { id, .. } => Scope::Incident(id.clone()),
            Window::Day(i) => Scope::Days(i.first_day(), i.last_day()),
            Window::Stretch(i) if i.end.is_none() => Scope::From(i.first_day()),
            Window::Stretch(i) => Scope::From(i.first_day().or(i.last_day())),
            Window::SinceTruce { agreement, from } => Scope::Truce(agreement.clone(), *from),
            Window::War { from, over, .. } => Scope::War(*from, *over),
            Window::Unsaid => Scope::Unsaid,
        }
    }
}

/// Days up to which a figure is one of single days, and from which on one of a long time.
const DAYS: i32 = 2;
const LONG: i32 = 15;
/// Days by which the first day of a figure's date may miss that of an agreement or a known event.
const SLACK: i32 = 1;

/// What windows are read from.
pub(super) struct Windows<'r, 'a> {
    record: &'r Record<'a>,
    /// Id of a claim to the incident that it counts for, where that is an act on a day or two.
    acts: BTreeMap<String, (String, Option<Interval>)>,
    /// Id of a document to the spans of its figures, and to the parties that its claims name.
    figures: BTreeMap<&'a str, Vec<Span>>,
    parties: BTreeMap<&'a str, BTreeSet<&'a PartyId>>,
}

impl<'r, 'a> Windows<'r, 'a> {
    pub(super) fn of(record: &'r Record<'a>, incidents: &[Incident]) -> Windows<'r, 'a> {
        let mut figures: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        let mut parties: BTreeMap<&str, BTreeSet<&PartyId>> = BTreeMap::new();
        for claim in record.claims() {
            let document = claim.document.as_str();
            figures.entry(document).or_default().extend(claim.figures.iter().map(|f| f.span));
            let named = claim.actors.iter().chain(&claim.targets).map(|p| &p.value);
            parties.entry(document).or_default().extend(named.chain(&claim.speaker.value.party));
        }
        let acts = incidents
            .iter()
            .filter(|i| is_act(record, i))
            .flat_map(|i| i.members.iter().map(|m| (m.claim.clone(), (i.id.clone(), i.date))));
        Windows { record, acts: acts.collect(), figures, parties }
    }

    /// The window of one figure of a claim: words decide before dates.
    pub(super) fn of_figure(&self, claim: &Claim, figure: &Figure) -> Window {
        let date = claim.date.as_ref().map(|d| d.value);
        match self.said(claim, figure) {
            Some(Said::War) => self.war(claim),
            Some(Said::Truce) => self.truce(claim),
            None if self.is_beside_a_war_count(claim) => self.war(claim),
            None => self.by_date(claim, date),
        }
    }

    /// Whether a count of the dead that gives no time of its own stands in a report that counts those of the war: "140 have
    /// been killed since fighting resumed. Orlava has acknowledged 58".
    fn is_beside_a_war_count(&self, claim: &Claim) -> bool {
        let undated = |c: &Claim| c.date.as_ref().is_none_or(|d| d.rule == "date/day-of-report");
        let counts = |c: &Claim| c.kind.value == Kind::Casualties && !c.figures.is_empty();
        let of_war = |c: &Claim| c.figures.iter().any(|f| matches!(self.said(c, f), Some(Said::War)));
        let before = |c: &&Claim| c.document == claim.document && c.span.start < claim.span.start;
        let apart = || self.act_of(claim).is_none();
        let mut others = self.record.claims().iter().copied().filter(before);
        counts(claim) && undated(claim) && apart() && others.any(|c| counts(c) && of_war(c))
    }

    fn by_date(&self, claim: &Claim, date: Option<Interval>) -> Window {
        let Some(date) = date else {
            return self.act_of(claim).unwrap_or(Window::Unsaid);
        };
        match date.length_in_days() {
            Some(days) if days <= DAYS => self.act_of(claim).unwrap_or(Window::Day(date)),
            Some(days) if days < LONG => Window::Stretch(date),
            _ => self.long(claim, date),
        }
    }

    /// A long stretch: since a truce or a war where its first day is theirs.
    fn long(&self, claim: &Claim, date: Interval) -> Window {
        let Some(first) = date.first_day().filter(|_| matches!(date.start, Some(Point::Day(_) | Point::Minute(_))))
        else {
            return Window::Stretch(date);
        };
        if let Some(agreement) = self.agreements(claim).find(|a| begins_near(a, first)) {
            return since_truce(agreement);
        }
        match self.events(claim).find(|e| days_apart(e.day, first) <= SLACK) {
            Some(event) => self.war_of(event, claim),
            None => Window::Stretch(date),
        }
    }

    /// The act on a day or two that a claim's figures count for.
    fn act_of(&self, claim: &Claim) -> Option<Window> {
        self.acts.get(&claim.id).map(|(id, date)| Window::Incident { id: id.clone(), date: *date })
    }

    /// The war that a claim speaks of: the one on record that its date meets, else the one that its document's day
    /// meets or follows.
    fn war(&self, claim: &Claim) -> Window {
        let published = self.published(claim);
        let date = claim.date.as_ref().map(|d| d.value).filter(|d| is_of_our_time(*d, published));
        let meets = |when: Option<Interval>| self.events(claim).find(|e| when.is_some_and(|w| during(e).meets(w)));
        let last = || {
            let before = |e: &&KnownEvent| published.and_then(Interval::last_day).is_some_and(|p| e.day <= p);
            self.events(claim).filter(before).max_by_key(|e| e.day)
        };
        match meets(date).or_else(|| meets(published)).or_else(last) {
            Some(event) => self.war_of(event, claim),
            None => match date {
                Some(date) if date.length_in_days().is_none_or(|days| days > DAYS) => Window::War {
                    from: date.first_day(),
                    until: date.last_day(),
                    over: is_over(date.last_day(), published),
                },
                _ => Window::War { from: None, until: None, over: false },
            },
        }
    }

    fn war_of(&self, event: &KnownEvent, claim: &Claim) -> Window {
        let until = Some(event.until.unwrap_or(event.day));
        let date = claim.date.as_ref().and_then(|d| d.value.last_day());
        let ended_early = date.zip(until).is_some_and(|(date, until)| event.day <= date && date < until);
        Window::War { from: Some(event.day), until, over: is_over(until, self.published(claim)) && !ended_early }
    }

    /// The truce that a claim speaks of: the one that its words name, else the latest one agreed by then.
    fn truce(&self, claim: &Claim) -> Window {
        let named = crate::finding::named_by(self.record, claim);
        let published = self.published(claim).and_then(Interval::last_day);
        let made = |a: &&Agreement| published.is_some_and(|p| a.agreed <= p);
        let near = |first: Date| self.agreements(claim).find(|a| begins_near(a, first));
        let dated = claim.date.as_ref().and_then(|d| d.value.first_day()).and_then(near);
        let latest = || self.agreements(claim).filter(made).max_by_key(|a| a.agreed);
        named.or(dated).or_else(latest).map_or_else(|| unrecorded(claim), since_truce)
    }

    fn published(&self, claim: &Claim) -> Option<Interval> {
        self.record.source(claim).and_then(|s| s.published)
    }

    /// Agreements to which somebody is a party whom the claim's document names.
    fn agreements(&self, claim: &Claim) -> impl Iterator<Item = &'a Agreement> {
        let parties = self.parties.get(claim.document.as_str());
        let bound = move |a: &&Agreement| parties.is_some_and(|all| all.iter().any(|p| agreement::is_party(a, p)));
        self.record.knowledge().agreements().filter(bound)
    }

    /// Known events of conflicts whose side is named in the claim's document.
    fn events(&self, claim: &Claim) -> impl Iterator<Item = &'a KnownEvent> {
        let parties = self.parties.get(claim.document.as_str());
        let named = move |side: &PartyId| parties.is_some_and(|all| all.contains(side));
        let conflicts = self.record.knowledge().conflicts().filter(move |c| c.sides.iter().any(&named));
        conflicts.flat_map(|c| &c.events)
    }

    /// What the words say of a figure's window: those of its claim, else those of its sentence if no other figure
    /// stands there outside the claim.
    fn said(&self, claim: &Claim, figure: &Figure) -> Option<Said> {
        let source = self.record.source(claim)?;
        let (_, sentence) = source.sentence(claim.span);
        let own = said(source.words(claim.span), figure.span.start.saturating_sub(claim.span.start));
        let alone = || {
            let mut others = self.figures.get(claim.document.as_str()).into_iter().flatten();
            others.all(|f| claim.span.holds(*f) || f.end <= sentence.start || sentence.end <= f.start)
        };
        let at = figure.span.start.saturating_sub(sentence.start);
        own.or_else(|| alone().then(|| said(source.words(sentence), at)).flatten())
    }
}

/// Whether an incident is an act of fighting within a day or two, as somebody says that it was.
fn is_act(record: &Record<'_>, incident: &Incident) -> bool {
    let short = incident.date.is_none_or(|d| d.length_in_days().is_some_and(|days| days <= DAYS));
    let fact = |c: &Claim| c.mode.value == Mode::Asserted && c.kind.value.class() == Class::Hostilities;
    short && incident.members.iter().filter_map(|m| record.claim(&m.claim)).any(fact)
}

fn since_truce(agreement: &Agreement) -> Window {
    let from = agreement.in_force.from.parse::<Interval>().ok().and_then(Interval::first_day);
    Window::SinceTruce { agreement: Some(agreement.id.clone()), from }
}

fn unrecorded(claim: &Claim) -> Window {
    let date = claim.date.as_ref().map(|d| d.value);
    let from = date.filter(|d| d.length_in_days() != Some(1)).and_then(Interval::first_day);
    Window::SinceTruce { agreement: None, from }
}

fn begins_near(agreement: &Agreement, day: Date) -> bool {
    let from = agreement.in_force.from.parse::<Interval>().ok().and_then(Interval::first_day);
    from.is_some_and(|from| days_apart(from, day) <= SLACK) || agreement.agreed == day
}

fn days_apart(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}

fn during(event: &KnownEvent) -> Interval {
    Interval::days(event.day, event.until.unwrap_or(event.day))
}

/// Whether a war was over on the last day of a report's publication.
fn is_over(until: Option<Date>, published: Option<Interval>) -> bool {
    until.zip(published.and_then(Interval::last_day)).is_some_and(|(until, day)| until < day)
}

/// Years before its document beyond which a date tells of another war than the words do.
const YEARS: i16 = 5;

fn is_of_our_time(date: Interval, published: Option<Interval>) -> bool {
    let last = date.last_day().or(date.first_day());
    let year = published.and_then(|p| p.first_day().or(p.last_day()));
    last.zip(year).is_none_or(|(last, year)| year.year() - last.year() <= YEARS)
}

/// What words say of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    War,
    Truce,
}

/// Phrases that give a window, with examples; see `windows.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    war: Vec<String>,
    truce: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    says_war: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    says_truce: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    says_neither: Vec<String>,
}

static PHRASES: LazyLock<Option<Phrases>> = LazyLock::new(|| toml::from_str(include_str!("windows.toml")).ok());

static PATTERNS: LazyLock<Vec<(Said, Regex)>> = LazyLock::new(|| {
    let of = |said, all: &[String]| -> Vec<(Said, Regex)> {
        all.iter().filter_map(|p| Some((said, Regex::new(&format!("(?i){p}")).ok()?))).collect()
    };
    let all = PHRASES.as_ref().map(|p| [of(Said::Truce, &p.truce), of(Said::War, &p.war)].concat());
    all.unwrap_or_default()
});

/// The phrase nearest to a figure, what follows before what goes before.
fn said(words: &str, figure: usize) -> Option<Said> {
    let found = PATTERNS.iter().filter_map(|(said, pattern)| pattern.find(words).map(|m| (*said, m.start())));
    let distance = |at: usize| if at >= figure { at - figure } else { 2 * (figure - at) };
    found.min_by_key(|(_, at)| distance(*at)).map(|(said, _)| said)
}

#[cfg(test)]
mod tests {
    use super::super::{Toll, tolls};
    use super::*;
    use crate::claim::Kind;
    use crate::figure::Counted;
    use crate::incident::sample::{Tale, Told};

    #[test]
    fn phrases_say_what_their_examples_say() {
        let phrases = PHRASES.as_ref().unwrap();
        assert_eq!(PATTERNS.len(), phrases.war.len() + phrases.truce.len(), "every pattern is one");
        for (words, expected) in [
            (&phrases.says_neither, None),
            (&phrases.says_war, Some(Said::War)),
            (&phrases.says_truce, Some(Said::Truce)),
        ] {
            for words in words {
                assert_eq!(said(words, 0), expected, "{words}");
            }
        }
    }

    fn toll(told: Told) -> Toll {
        let mut tale = Tale::new();
        tale.tell(told.by("vesk").figure(Counted::Killed, None, Some(9), None));
        tolls(&tale.record(), &tale.gather()).remove(0)
    }

    fn dead(words: &str, date: &str) -> Told {
        Told::new("a", "2031-03-20", words).kind(Kind::Casualties, &[], &["orlava"]).on(date)
    }

    #[test]
    fn a_day_and_a_stretch_are_told_apart() {
        assert_eq!(toll(dead("9 dead", "2031-03-07")).window.as_str(), "day");
        assert_eq!(toll(dead("9 dead", "2031-03-07/2031-03-14")).window.as_str(), "stretch");
    }

    #[test]
    fn the_time_since_a_truce_is_known_by_words_and_by_its_first_day() {
        let since =
            Window::SinceTruce { agreement: Some("halmora-2031".into()), from: Some(jiff::civil::date(2031, 3, 6)) };
        assert_eq!(toll(dead("9 dead since the truce began", "2031-03-20")).window, since);
        assert_eq!(toll(dead("9 dead", "2031-03-06/..")).window, since);
    }

    #[test]
    fn a_reprint_says_nothing_later_than_what_it_reprints() {
        let told = |document: &str, day: &str| {
            let told = Told::new(document, day, "9 dead").kind(Kind::Casualties, &[], &["orlava"]).on("2031-03-07");
            told.by("vesk").figure(Counted::Killed, None, Some(9), None)
        };
        let mut tale = Tale::of([told("a", "2031-03-08"), told("b", "2031-03-11")]);
        tale.copied("b", "a");
        let known: Vec<_> = tolls(&tale.record(), &tale.gather()).into_iter().map(|t| t.known).collect();
        assert!(known.iter().all(|d| *d == "2031-03-08".parse().ok()), "{known:?}");
    }

    #[test]
    fn a_war_that_words_name_beats_a_date_that_cannot_be() {
        let window = toll(dead("9 dead since fighting resumed, the most since the nineties", "1990/1999")).window;
        assert_eq!(window, Window::War { from: None, until: None, over: false });
    }
}
