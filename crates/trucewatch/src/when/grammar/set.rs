//! Times that come round again ("every day", "daily") and words for no certain time ("now", "recently").

use super::super::meaning::Base;
use super::super::words::{Moment, Part, Sense, Unit};
use super::{Found, Line};

/// "every day", "each Friday", "every two weeks", "daily", "twice a month".
pub(super) fn every(line: &Line, at: usize) -> Option<Found> {
    match line.sense(at)? {
        Sense::Habit(value) => Some(Found::of(at..at + 1, Base::Set(value.to_owned()))),
        Sense::Every => {
            let (value, end) = round(line, at + 1)?;
            Some(Found::of(at..end, Base::Set(value)))
        }
        _ => None,
    }
}

/// What comes round: its TIMEX value and the end of its words.
fn round(line: &Line, at: usize) -> Option<(String, usize)> {
    match line.sense(at)? {
        Sense::Weekday(day) => return Some((format!("XXXX-WXX-{day}"), at + 1)),
        Sense::Month(month) => return Some((format!("XXXX-{month:02}"), at + 1)),
        Sense::Part(part) => return Some((format!("XXXX-XX-XXT{}", part_code(part)), at + 1)),
        _ => {}
    }
    if let Some(unit) = line.unit(at) {
        return Some((duration(Some(1.0), unit), at + 1));
    }
    let number = line.number(at)?;
    let unit = line.unit(number.run.end)?;
    Some((duration(Some(number.value), unit), number.run.end + 1))
}

/// "twice a month", "three times a year".
pub(super) fn per_unit(line: &Line, at: usize) -> Option<Found> {
    let unit = line.unit(at)?;
    let article = at.checked_sub(1).filter(|&a| line.is(a, &["a", "an", "per"]))?;
    let start = article.checked_sub(1).filter(|&a| line.is(a, &["once", "twice", "times"]))?;
    Some(Found::of(start..at + 1, Base::Set(duration(Some(1.0), unit))))
}

/// "now", "currently", "recently"; "at present", "at the moment".
pub(super) fn moment(line: &Line, at: usize) -> Option<Found> {
    match line.sense(at)? {
        Sense::Moment(moment) if !line.is(at + 1, &["-"]) && moment != Moment::Future => {
            Some(Found::of(at..at + 1, Base::Moment(moment)))
        }
        _ => None,
    }
}

/// TIMEX code of a part of the day.
pub(in crate::when) fn part_code(part: Part) -> &'static str {
    match part {
        Part::Morning => "MO",
        Part::Midday => "MI",
        Part::Afternoon => "AF",
        Part::Evening => "EV",
        Part::Night | Part::Overnight => "NI",
    }
}

/// TIMEX value of an amount: `P3D`, `PT2H`, `PXW`.
pub(in crate::when) fn duration(count: Option<f64>, unit: Unit) -> String {
    let (code, times) = match unit {
        Unit::Second => ("S", 1.0),
        Unit::Minute => ("M", 1.0),
        Unit::Hour => ("H", 1.0),
        Unit::Day | Unit::Night => ("D", 1.0),
        Unit::Week => ("W", 1.0),
        Unit::Weekend => ("WE", 1.0),
        Unit::Fortnight => ("W", 2.0),
        Unit::Month => ("M", 1.0),
        Unit::Quarter => ("Q", 1.0),
        Unit::Year => ("Y", 1.0),
        Unit::Decade => ("Y", 10.0),
        Unit::Century => ("Y", 100.0),
    };
    let clock = if unit < Unit::Day { "T" } else { "" };
    match count.map(|c| (c * times, unit)) {
        None if times > 1.0 && unit != Unit::Fortnight => "PXY".to_owned(),
        None => format!("P{clock}X{code}"),
        Some((0.5, Unit::Hour)) => "PT30M".to_owned(),
        Some((0.5, Unit::Day)) => "PT12H".to_owned(),
        Some((0.5, Unit::Year)) => "P6M".to_owned(),
        Some((0.5, Unit::Month)) => "P15D".to_owned(),
        Some((count, _)) => format!("P{clock}{count}{code}"),
    }
}
