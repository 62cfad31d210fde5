//! What a report says once for several sentences: the day and the place of what follows.

use jiff::ToSpan;
use jiff::civil::Date;

use super::code::Draft;
use super::{ClaimPlace, Class, Mode, Traced};
use crate::when::Interval;

/// How many paragraphs a day or place is carried on.
const FURTHEST: usize = 2;

/// What was last said of day and place, in text order.
pub(super) struct Carry {
    day: Option<Date>,
    published: Option<Interval>,
    date: Option<(usize, Traced<Interval>)>,
    place: Option<(usize, Traced<ClaimPlace>)>,
}

impl Carry {
    /// Nothing said yet, in a document of a day or of a longer stretch.
    pub(super) fn new(day: Option<Date>, published: Option<Interval>) -> Carry {
        Carry { day, published, date: None, place: None }
    }

    /// When what the document says was said.
    pub(super) fn said(&self) -> Option<Interval> {
        self.day.map(Interval::day).or(self.published)
    }

    /// Fills what a draft does not say itself, and remembers what it says.
    pub(super) fn fill(
        &mut self,
        draft: &Draft,
        place: Option<Traced<ClaimPlace>>,
        date: Option<Traced<Interval>>,
    ) -> (Option<Traced<ClaimPlace>>, Option<Traced<Interval>>) {
        let at = draft.paragraph;
        let place = place.or_else(|| self.carried_place(draft));
        let date = date.or_else(|| self.carried_date(draft));
        self.place = place.clone().map(|p| (at, p)).or(self.place.take());
        self.date = date.clone().filter(is_short).map(|d| (at, d)).or(self.date.take());
        (place, date)
    }

    fn carried_place(&self, draft: &Draft) -> Option<Traced<ClaimPlace>> {
        let (from, place) = self.place.as_ref()?;
        let local = !matches!(draft.kind.value.class(), Class::Diplomacy);
        let near = draft.paragraph - from < FURTHEST;
        (local && near).then(|| Traced::new(place.value.clone(), place.spans.clone(), "place/carried"))
    }

    /// The day of the sentence before, else about the day of the report; only for what is said to have happened.
    fn carried_date(&self, draft: &Draft) -> Option<Traced<Interval>> {
        if !matches!(draft.mode.value, Mode::Asserted | Mode::Denied) {
            return None;
        }
        let before = self.date.as_ref().filter(|(from, _)| draft.paragraph - from < FURTHEST);
        match before {
            Some((_, date)) => Some(Traced::new(date.value, date.spans.clone(), "date/carried")),
            None => {
                let about = self.day.map(round).or(self.published.map(Interval::about));
                about.map(|i| Traced::new(i, [], "date/day-of-report"))
            }
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
