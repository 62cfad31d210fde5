//! Sets what an expression says against the day of speaking, the time last named and the tense.

use jiff::civil::Date;

use super::calendar::{self, moved, plus_days};
use super::grammar::{duration, part_code};
use super::interval::{Interval, Point};
use super::meaning::{Amount, Base, Clock, Days, Meaning, Way};
use super::words::{Edge, Moment, Part, Season, Shift, Unit};

/// What an expression is set against.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    /// The day of speaking.
    pub(super) anchor: Option<Date>,
    /// The day last named in the text.
    pub(super) named: Option<Date>,
    /// The day last named as that of what is told, not as the edge of a time.
    pub(super) told: Option<Date>,
    /// The day named in the same sentence, for hours that stand apart from their day.
    pub(super) beside: Option<Date>,
    /// The year last named in the text, for texts without a day of speaking.
    pub(super) year: Option<i16>,
    /// The year last named or meant, on its own or in a day: "in 2022 … in May of that year".
    pub(super) spoken: Option<i16>,
    /// Whether the verb looks ahead.
    pub(super) ahead: bool,
}

/// An expression's TIMEX value and the time that it covers, as far as that can be known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub(super) timex: String,
    pub(super) interval: Option<Interval>,
}

impl Resolved {
    fn new(timex: impl Into<String>, interval: impl Into<Option<Interval>>) -> Resolved {
        Resolved { timex: timex.into(), interval: interval.into() }
    }

    fn unit(day: Date, unit: Unit) -> Resolved {
        Resolved::new(calendar::value(day, unit), calendar::whole(day, unit))
    }

    fn days(first: Date, last: Date) -> Resolved {
        Resolved::new(first.to_string(), Interval::days(first, last))
    }
}

/// Resolves an expression.
pub(super) fn resolve(meaning: &Meaning, context: &Context) -> Resolved {
    let core = core(&meaning.base, meaning, context);
    let edged = match meaning.edge {
        Some(edge) => Resolved { interval: core.interval.map(|i| part_of(i, edge)), ..core },
        None => core,
    };
    match (meaning.clock, meaning.part) {
        (Some(clock), _) => at_hour(&edged, clock, meaning, context),
        (None, Some(part)) => in_part(edged, part, meaning),
        (None, None) => edged,
    }
}

/// A part of a day is on that day, but overnight leads into the next one.
fn in_part(day: Resolved, part: Part, meaning: &Meaning) -> Resolved {
    let timex = format!("{}T{}", day.timex, part_code(part));
    let dated =
        day.interval.and_then(Interval::first_day).filter(|_| meaning.base != Base::Hour && part == Part::Overnight);
    let interval = dated.map_or(day.interval, |first| Some(Interval::days(first, plus_days(first, 1))));
    Resolved { timex, interval }
}

fn core(base: &Base, meaning: &Meaning, context: &Context) -> Resolved {
    match base {
        Base::Date { year, within, month, days, shift } => {
            let year = year.or_else(|| year_within((*within)?, context));
            date(year, *month, *days, *shift, context)
        }
        Base::DayOfMonth(day) => day_of_month(*day, context),
        Base::Weekday { weekday, shift } => on_weekday(*weekday, *shift, context),
        Base::Day(days) => from_anchor(context, |anchor| Resolved::unit(plus_days(anchor, *days), Unit::Day)),
        Base::Shifted(shift, unit) => shifted(*shift, *unit, context),
        Base::Year(year) => Resolved::new(format!("{year:04}"), Interval::at(Point::Year(*year))),
        Base::Decade(first) => {
            first_day(*first, 1, 1).map_or(Resolved::new("XXX", None), |d| Resolved::unit(d, Unit::Decade))
        }
        Base::Century(number) => first_day((number - 1).clamp(0, 98) * 100, 1, 1)
            .map_or(Resolved::new("XX", None), |d| Resolved::unit(d, Unit::Century)),
        Base::Season { season, year, shift } => in_season(*season, *year, *shift, context),
        Base::Quarter { number, year, .. } => in_quarter(*number, *year, context),
        Base::Amount(amount) => Resolved::new(duration(amount.count, amount.unit), None),
        Base::Moved(amount, way) => moved_by(*amount, *way, context),
        Base::Moment(moment) => Resolved::new(moment_value(*moment), None),
        Base::Set(value) => Resolved::new(value.clone(), None),
        Base::Hour => bare_hour(meaning, context),
    }
}

fn moment_value(moment: Moment) -> &'static str {
    match moment {
        Moment::Past => "PAST_REF",
        Moment::Present => "PRESENT_REF",
        Moment::Future => "FUTURE_REF",
    }
}

/// What is told from the day of speaking; without one, nothing certain.
fn from_anchor(context: &Context, make: impl Fn(Date) -> Resolved) -> Resolved {
    context.anchor.map_or(Resolved::new("XXXX-XX-XX", None), make)
}

fn first_day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// A month or days of one, the year from the words, the tense or what was named before.
fn date(year: Option<i16>, month: i8, days: Option<Days>, shift: Option<Shift>, context: &Context) -> Resolved {
    let first = days.map_or(1, |d| d.0);
    let Some(year) = year.or_else(|| year_of(month, first, days.is_some(), shift, context)) else {
        let value = days.map_or(format!("XXXX-{month:02}"), |(d, _)| format!("XXXX-{month:02}-{d:02}"));
        return Resolved::new(value, None);
    };
    let Some((first, last)) = days else {
        return Resolved::new(format!("{year:04}-{month:02}"), Interval::at(Point::Month(year, month)));
    };
    match (first_day(year, month, first), first_day(year, month, last)) {
        (Some(first), Some(last)) => Resolved::days(first, last),
        _ => Resolved::new(format!("{year:04}-{month:02}"), None),
    }
}

/// The year of "May last year", "in May of that year".
fn year_within(shift: Shift, context: &Context) -> Option<i16> {
    let spoken = context.spoken.filter(|_| shift.is_from_named());
    let from = spoken.or(context.anchor.map(Date::year))?;
    Some(from + i16::from(shift.steps()))
}

/// The year of a month or day that is named without one: the latest that is not after the day of speaking, or the
/// first that is not before it where the verb looks ahead.
fn year_of(month: i8, day: i8, whole_date: bool, shift: Option<Shift>, context: &Context) -> Option<i16> {
    let Some(anchor) = context.anchor else { return context.year };
    let then = (month, if whole_date { day } else { 0 });
    let now = (anchor.month(), if whole_date { anchor.day() } else { 0 });
    let year = anchor.year();
    Some(match shift {
        Some(Shift::Last) => {
            if then < now {
                year
            } else {
                year - 1
            }
        }
        Some(Shift::Next) => {
            if then > now {
                year
            } else {
                year + 1
            }
        }
        Some(Shift::This) => year,
        _ if context.ahead => {
            if then >= now {
                year
            } else {
                year + 1
            }
        }
        _ => {
            if then <= now {
                year
            } else {
                year - 1
            }
        }
    })
}

fn day_of_month(day: i8, context: &Context) -> Resolved {
    let near = context.named.or(context.anchor);
    let Some(near) = near else { return Resolved::new(format!("XXXX-XX-{day:02}"), None) };
    let same = first_day(near.year(), near.month(), day);
    let found = match (same, context.anchor) {
        (Some(found), Some(anchor)) if found > anchor && !context.ahead => {
            let before = moved(near.first_of_month(), jiff::Span::new().days(-1));
            first_day(before.year(), before.month(), day)
        }
        (found, _) => found,
    };
    found.map_or(Resolved::new(format!("XXXX-XX-{day:02}"), None), |d| Resolved::unit(d, Unit::Day))
}

/// A weekday: the latest one that is not after the day of speaking; the next one where the verb looks ahead.
fn on_weekday(weekday: i8, shift: Option<Shift>, context: &Context) -> Resolved {
    let named = context.named.filter(|_| shift.is_some_and(Shift::is_from_named));
    let Some(from) = named.or(context.anchor) else { return Resolved::new(format!("XXXX-WXX-{weekday}"), None) };
    let back = i32::from((from.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    let step = match shift {
        Some(Shift::Last | Shift::Before) => {
            if back == 0 {
                -7
            } else {
                -back
            }
        }
        Some(Shift::Next | Shift::After) => 7 - back,
        _ if context.ahead && back > 0 => 7 - back,
        _ => -back,
    };
    Resolved::unit(plus_days(from, step), Unit::Day)
}

/// "last week", "this year", "the previous day".
fn shifted(shift: Shift, unit: Unit, context: &Context) -> Resolved {
    let from_named = shift.is_from_named() || (shift == Shift::Next && unit == Unit::Day);
    let spoken = context.spoken.filter(|_| unit == Unit::Year).and_then(|y| first_day(y, 1, 1));
    let named = spoken.or(context.named).or(context.anchor);
    let Some(from) = (if from_named { named } else { context.anchor }) else {
        return Resolved::new("XXXX", None);
    };
    if unit == Unit::Weekend {
        return weekend(shift, from, context.ahead);
    }
    let whole = Resolved::unit(moved(from, calendar::span(f64::from(shift.steps()), unit)), unit);
    match (shift, unit) {
        (Shift::This, Unit::Week | Unit::Fortnight) => {
            Resolved { interval: whole.interval.map(|i| up_to(i, from, context.ahead)), ..whole }
        }
        _ => whole,
    }
}

/// The part of a stretch up to a day, or from it on.
fn up_to(stretch: Interval, day: Date, ahead: bool) -> Interval {
    let day = Some(Point::Day(day));
    if ahead { Interval { start: day, ..stretch } } else { Interval { end: day, ..stretch } }
}

fn weekend(shift: Shift, from: Date, ahead: bool) -> Resolved {
    let saturday = plus_days(calendar::monday(from), 5);
    let weeks = match i32::from(shift.steps()) {
        0 if saturday > from && !ahead => -1,
        weeks => weeks,
    };
    Resolved::unit(plus_days(saturday, weeks * 7), Unit::Weekend)
}

fn in_season(season: Season, year: Option<i16>, shift: Option<Shift>, context: &Context) -> Resolved {
    let first_month = calendar::season_months(season, 2000).first_day().map_or(1, Date::month);
    let code = calendar::season_code(season);
    match year.or_else(|| year_of(first_month, 1, false, shift, context)) {
        Some(year) => Resolved::new(format!("{year:04}-{code}"), calendar::season_months(season, year)),
        None => Resolved::new(format!("XXXX-{code}"), None),
    }
}

fn in_quarter(number: i8, year: Option<i16>, context: &Context) -> Resolved {
    match year.or_else(|| year_of(number * 3 - 2, 1, false, None, context)) {
        Some(year) => Resolved::new(format!("{year:04}-Q{number}"), calendar::quarter_months(year, number)),
        None => Resolved::new(format!("XXXX-Q{number}"), None),
    }
}

/// "two days ago", "three weeks later", "the past month".
fn moved_by(amount: Amount, way: Way, context: &Context) -> Resolved {
    let stretch = matches!(way, Way::Past | Way::Coming);
    let length = duration(amount.count, amount.unit);
    let from = match way {
        Way::Earlier | Way::Later => context.named,
        _ => context.anchor,
    };
    let Some(from) = from else { return Resolved::new(length, None) };
    let sign = if matches!(way, Way::Ago | Way::Earlier | Way::Past) { -1.0 } else { 1.0 };
    if stretch {
        return Resolved::new(length, stretch_of(amount, sign, from));
    }
    match amount.count {
        Some(count) => point_at(amount, moved(from, calendar::span(sign * count, amount.unit))),
        None if sign < 0.0 => Resolved::new("PAST_REF", vague(amount.unit, sign, from)),
        None => Resolved::new("FUTURE_REF", vague(amount.unit, sign, from)),
    }
}

/// The time that an exact amount leads to, no finer than its unit allows.
fn point_at(amount: Amount, day: Date) -> Resolved {
    let loose = amount.approx || amount.unit > Unit::Night;
    let interval = Interval::at(calendar::point(day, amount.unit));
    Resolved::new(calendar::value(day, amount.unit), if loose { interval.about() } else { interval })
}

/// How many of a unit "several" is taken for in a stretch up to today: "in recent days" is a week (codebook).
fn several(unit: Unit) -> f64 {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => 24.0,
        Unit::Day | Unit::Night => 7.0,
        Unit::Week | Unit::Weekend | Unit::Fortnight => 4.0,
        Unit::Month | Unit::Quarter => 3.0,
        Unit::Year | Unit::Decade | Unit::Century => 4.0,
    }
}

fn stretch_of(amount: Amount, sign: f64, from: Date) -> Interval {
    let count = amount.count.unwrap_or_else(|| several(amount.unit));
    let other = moved(from, calendar::span(sign * count, amount.unit));
    let days = Interval::days(from.min(other), from.max(other));
    let loose = amount.approx || (amount.count.is_none() && amount.unit > Unit::Night);
    if loose { days.about() } else { days }
}

/// "several weeks ago": between two and six of them.
fn vague(unit: Unit, sign: f64, from: Date) -> Interval {
    let at = |count: f64| calendar::point(moved(from, calendar::span(sign * count, unit)), unit);
    let (near, far) = (at(2.0), at(6.0));
    let (start, end) = if sign < 0.0 { (far, near) } else { (near, far) };
    Interval { start: Some(start), end: Some(end), approx: true }
}

/// An hour or a part of the day whose day stands elsewhere or is the day of speaking.
fn bare_hour(meaning: &Meaning, context: &Context) -> Resolved {
    let told = meaning.clock.filter(|c| c.exact).and_then(|_| told_day(context));
    let Some(day) = context.beside.or(told).or(context.anchor) else { return Resolved::new("XXXX-XX-XX", None) };
    let night =
        context.beside.is_none() && matches!(meaning.part, Some(Part::Night | Part::Overnight)) && !context.ahead;
    if night {
        return Resolved { timex: day.to_string(), interval: Some(Interval::days(plus_days(day, -1), day)) };
    }
    Resolved::unit(day, Unit::Day)
}

/// Days before the day of speaking up to which a tale of one day goes on in the next sentences.
const LATELY: i32 = 6;

/// "Late on Sunday … Ten rounds fell at 21:40": the day of which a text that looks back spoke last, where it is not long
/// past.
fn told_day(context: &Context) -> Option<Date> {
    let (told, anchor) = context.told.zip(context.anchor).filter(|_| !context.ahead)?;
    let since = told.until(anchor).ok()?.get_days();
    (0..=LATELY).contains(&since).then_some(told)
}

/// The minute of an hour on the day of `core`. Midnight ends the day that is named, and begins the next one.
fn at_hour(core: &Resolved, clock: Clock, meaning: &Meaning, context: &Context) -> Resolved {
    let said =
        if clock.exact { format!("T{:02}:{:02}", clock.hour, clock.minute) } else { format!("T{:02}", clock.hour) };
    let Some(day) = core.interval.and_then(Interval::first_day) else {
        return Resolved::new(format!("{}{said}", core.timex), None);
    };
    let ends_day = clock.hour == 24 && (meaning.base != Base::Hour || context.ahead || context.beside.is_some());
    let day = if ends_day { plus_days(day, 1) } else { day };
    let minute = day.at(clock.hour % 24, clock.minute, 0, 0);
    Resolved::new(format!("{}{said}", core.timex), Interval::at(Point::Minute(minute)))
}

/// A third of a month or year: its first or last ten days are only about, its middle is from the 11th to the 20th.
fn part_of(interval: Interval, edge: Edge) -> Interval {
    match (interval.start, interval.end) {
        (Some(Point::Month(year, month)), Some(Point::Month(..))) => {
            third_of_month(year, month, edge).unwrap_or(interval)
        }
        (Some(Point::Year(year)), Some(Point::Year(last))) if year == last => third_of_year(year, edge),
        _ => third_of_days(interval, edge).unwrap_or(interval),
    }
}

fn third_of_month(year: i16, month: i8, edge: Edge) -> Option<Interval> {
    let first = first_day(year, month, 1)?;
    let last = first.last_of_month();
    let day = |n: i32| plus_days(first, n - 1);
    Some(match edge {
        Edge::Early => Interval::days(first, day(10)).about(),
        Edge::Middle => Interval::days(day(11), day(20)),
        Edge::Late => Interval::days(plus_days(last, -9), last).about(),
    })
}

fn third_of_year(year: i16, edge: Edge) -> Interval {
    let (first, last) = match edge {
        Edge::Early => (1, 4),
        Edge::Middle => (5, 8),
        Edge::Late => (9, 12),
    };
    Interval { start: Some(Point::Month(year, first)), end: Some(Point::Month(year, last)), approx: true }
}

fn third_of_days(interval: Interval, edge: Edge) -> Option<Interval> {
    let (first, last) = (interval.first_day()?, interval.last_day()?);
    let days = interval.length_in_days()?;
    let third = (days / 3).max(1) - 1;
    Some(match edge {
        Edge::Early => Interval::days(first, plus_days(first, third)).about(),
        Edge::Middle => Interval::days(plus_days(first, days / 3), plus_days(last, -(days / 3))).about(),
        Edge::Late => Interval::days(plus_days(last, -third), last).about(),
    })
}
