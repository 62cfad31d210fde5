//! What a report says once for several sentences: the day and the place of what follows.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::code::Draft;
use super::super::page::Page;
use super::super::{ClaimPlace, Kind, Mode, Traced};
use super::date::{date_of, day_before, is_counted, is_upon_truce, told_on};
use super::locate::{self, Candidate, Offers, Past, Survey};
use super::place::{Near, place_of};
use super::theatre::Theatre;
use crate::pack::PartyId;
use crate::when::{self, Interval, Point};

/// How many paragraphs a day or place is carried on.
const FURTHEST: usize = 1;

/// What was last said of day and place, in text order.
pub(in crate::claim) struct Carry<'a> {
    day: Option<Date>,
    published: Option<Interval>,
    /// Days in lines of their own, which date what stands under them.
    headings: Vec<(usize, Interval)>,
    /// Where the report's events can be.
    pub(in crate::claim) theatre: Theatre,
    date: Option<(usize, Traced<Interval>)>,
    place: Option<(usize, Traced<ClaimPlace>)>,
    venue: Option<Traced<ClaimPlace>>,
    charges: Vec<Charge>,
    truce: Option<Traced<Interval>>,
    survey: Survey<'a>,
    past: Past,
}

/// What somebody is said to have done, with the day and place that were given for it.
struct Charge {
    kind: Kind,
    actors: Vec<PartyId>,
    date: Traced<Interval>,
    place: Option<Traced<ClaimPlace>>,
}

impl<'a> Carry<'a> {
    /// Nothing said yet, in a document of a day or of a longer stretch.
    pub(in crate::claim) fn new(pages: &[Page<'a>], day: Option<Date>, published: Option<Interval>) -> Carry<'a> {
        let theatre = Theatre::of(pages);
        Carry {
            day,
            published,
            headings: headings_of(pages),
            theatre,
            date: None,
            place: None,
            venue: None,
            charges: Vec::new(),
            truce: None,
            survey: Survey::of(pages),
            past: Past::new(),
        }
    }

    /// When what the document says was said: on its day or the day before, if it is an outlet's report; on its day, if
    /// a party itself speaks.
    fn said(&self, page: &Page<'_>) -> Option<Interval> {
        let day = |day| if page.mentions.voice.is_some() { Interval::day(day) } else { round(day) };
        self.under(page.index).or_else(|| self.day.map(day)).or(self.published)
    }

    /// The day of the heading that a paragraph of a chronicle stands under.
    fn under(&self, paragraph: usize) -> Option<Interval> {
        when::under(&self.headings, paragraph)
    }

    /// The day of the last truce that was told of, for what came minutes after it.
    fn upon_truce(&self, page: &Page<'_>, draft: &Draft) -> Option<Traced<Interval>> {
        let truce = self.truce.as_ref().filter(|_| is_upon_truce(page, draft))?;
        Some(Traced::new(truce.value, truce.spans.clone(), "date/upon-truce"))
    }

    /// The setting of a draft: its place by the likeliest candidate, its date by what it says itself or else by what was
    /// said before.
    pub(in crate::claim) fn fill(
        &mut self,
        page: &Page<'a>,
        draft: &Draft,
    ) -> (Option<Traced<ClaimPlace>>, Option<Traced<Interval>>) {
        let (offers, candidates, date) = self.weighed(page, draft);
        (locate::settle(page, draft, &candidates, &offers), date)
    }

    /// What the rules offer for a draft, and the candidates for its place with the inputs of the trees.
    pub(in crate::claim) fn weighed(
        &mut self,
        page: &Page<'a>,
        draft: &Draft,
    ) -> (Offers, Vec<Candidate<'a>>, Option<Traced<Interval>>) {
        let near = place_of(page, draft, &self.theatre);
        let date = date_of(page, draft, self.said(page));
        let date = date.or_else(|| self.upon_truce(page, draft));
        let (offers, date) = self.offered(page, draft, near, date);
        let candidates = locate::candidates(page, draft, &self.survey, &offers, &self.past, &self.theatre);
        self.past.push(locate::Earlier::of(page, draft, &self.survey, &offers));
        (offers, candidates, date)
    }

    /// What the rules offer for a draft, with its date; what it says itself is remembered.
    fn offered(
        &mut self,
        page: &Page<'a>,
        draft: &Draft,
        near: Option<Near>,
        date: Option<Traced<Interval>>,
    ) -> (Offers, Option<Traced<Interval>>) {
        let at = draft.paragraph;
        let is_talk = draft.kind.value == Kind::Talks;
        let (venue, own) = match &near {
            Some(n) if n.is_venue || is_talk => (Some(n.place.clone()), None),
            Some(n) => (None, Some(n.place.clone())),
            None => (None, None),
        };
        let charge = self.answered(draft);
        let (charged_on, charged) = charge.map_or((None, None), |c| (Some(c.date.clone()), c.place.clone()));
        let date = date.or(charged_on);
        let last = self.venue.clone().filter(|_| is_talk).map(carried);
        let (before, about) = (self.before(draft), self.about(draft));
        let centre = self.theatre.centre.as_ref().map(|(_, span)| *span);
        let offers = Offers { near, charged, before, about, centre, venue: last };
        self.venue = venue.or(self.venue.take());
        if let (Mode::Asserted, Some(date)) = (draft.mode.value, &date) {
            let actors = draft.actors.iter().map(|a| a.value.clone()).collect();
            self.charges.push(Charge { kind: draft.kind.value, actors, date: date.clone(), place: own.clone() });
        }
        if draft.kind.value == Kind::Truce {
            self.truce = date.clone().filter(is_short).or(self.truce.take());
        }
        let date = date.or_else(|| self.carried_date(page, draft));
        let own = own.filter(|_| matches!(draft.mode.value, Mode::Asserted | Mode::Denied));
        self.place = own.map(|p| (at, p)).or(self.place.take());
        self.date = date.clone().filter(is_short).map(|d| (at, d)).or(self.date.take());
        (offers, date)
    }

    /// What a denial answers: the last charge of its type, with a day of its own, against one whom the denial names.
    fn answered(&self, draft: &Draft) -> Option<&Charge> {
        if draft.mode.value != Mode::Denied {
            return None;
        }
        let is_of = |c: &&Charge| {
            let named = |p: &PartyId| draft.actors.iter().any(|a| a.value == *p);
            c.kind == draft.kind.value && c.actors.iter().any(named)
        };
        self.charges.iter().rev().find(is_of)
    }

    /// Of what happens somewhere: the place of the sentences before.
    fn before(&self, draft: &Draft) -> Option<Traced<ClaimPlace>> {
        let is_near = |from: usize| draft.paragraph - from < FURTHEST;
        let (_, place) = self.place.as_ref().filter(|(from, _)| is_near(*from))?;
        (Reach::of(draft.kind.value) == Reach::Before).then(|| carried(place.clone()))
    }

    /// Of what holds somewhere: the place that the report is about.
    fn about(&self, draft: &Draft) -> Option<Traced<ClaimPlace>> {
        let (centre, _) = self.theatre.centre.clone().filter(|_| Reach::of(draft.kind.value) != Reach::None)?;
        Some(Traced::new(centre, [], "place/theatre"))
    }

    /// The day of the sentence before, else about the day of the report; only for what is said to have happened.
    fn carried_date(&self, page: &Page<'_>, draft: &Draft) -> Option<Traced<Interval>> {
        if draft.mode.value == Mode::Planned {
            let day = self.under(draft.paragraph).and_then(Interval::first_day).or(self.day);
            let agreed = told_on(page, draft).and_then(Interval::first_day).filter(|a| day.is_none_or(|d| *a < d));
            let from = agreed.or(day).map(|day| Interval::since(Point::Day(day)));
            return from.map(|i| Traced::new(i, [], "date/from-now-on"));
        }
        if !matches!(draft.mode.value, Mode::Asserted | Mode::Denied) || is_counted(page, draft) {
            return None;
        }
        // what has happened did not happen on a day to come: "will be ours tomorrow. The attack was beaten off"
        let past = |date: &Interval| self.day.is_none_or(|day| date.first_day().is_none_or(|first| first <= day));
        let before = self.date.as_ref().filter(|(from, d)| draft.paragraph - from < FURTHEST && past(&d.value));
        match before {
            Some((_, date)) => Some(Traced::new(date.value, date.spans.clone(), "date/carried")),
            None => {
                if let Some(day) = day_before(page, draft) {
                    return Some(day);
                }
                if let Some(day) = self.under(draft.paragraph) {
                    return Some(Traced::new(day, [], "date/heading"));
                }
                let about = self.day.map(round).or(self.published.map(Interval::about));
                about.map(|i| Traced::new(i, [], "date/day-of-report"))
            }
        }
    }
}

fn headings_of(pages: &[Page<'_>]) -> Vec<(usize, Interval)> {
    let expressions = pages.first().map_or(&[][..], |p| p.expressions);
    when::headings(pages.iter().map(|p| p.paragraph), expressions)
}

fn carried(place: Traced<ClaimPlace>) -> Traced<ClaimPlace> {
    Traced::new(place.value, place.spans, "place/carried")
}

/// From how far a claim without a place takes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Not at all: talk has no place but the one it names.
    None,
    /// From the report as a whole: a truce holds where the war is.
    Report,
    /// From the sentences before, else from the report.
    Before,
}

impl Reach {
    fn of(kind: Kind) -> Reach {
        match kind {
            Kind::Position | Kind::Talks => Reach::None,
            Kind::Truce | Kind::Implementation | Kind::Assistance | Kind::Mediation | Kind::Threat => Reach::Report,
            _ => Reach::Before,
        }
    }
}

/// The day before and the day of a report, about.
fn round(day: Date) -> Interval {
    Interval::days(day.checked_sub(1.day()).unwrap_or(day), day).about()
}

/// Only days and weeks are carried on, not "since 1994".
fn is_short(date: &Traced<Interval>) -> bool {
    date.value.length_in_days().is_some_and(|n| n <= 10)
}
