//! The brief's words: for types of claims, lists, numbers and days.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::claim::Kind;
use crate::when::{Interval, Point};

/// How the brief speaks of a type of claim.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrase {
    /// Heading of an incident or step.
    pub(super) title: String,
    /// What is reported, promised, asked for.
    pub(super) act: String,
    /// What somebody is accused of or denies.
    pub(super) doing: String,
    /// What somebody is said not to have done.
    pub(super) undone: Option<String>,
}

static PHRASES: LazyLock<BTreeMap<String, Phrase>> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

static NOTHING: Phrase = Phrase { title: String::new(), act: String::new(), doing: String::new(), undone: None };

/// The phrase of a type.
pub(super) fn phrase(kind: Kind) -> &'static Phrase {
    PHRASES.get(kind.as_str()).unwrap_or(&NOTHING)
}

/// "a", "a and b", "a, b and c".
pub(super) fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [front @ .., last] => {
            let front: Vec<&str> = front.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", front.join(", "), last.as_ref())
        }
    }
}

/// A number in words up to twelve, else in figures with commas.
pub(super) fn number(n: u64) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    usize::try_from(n).ok().and_then(|i| WORDS.get(i)).map_or_else(|| grouped(n), |w| (*w).to_owned())
}

/// "one report", "three reports".
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as u64), if n == 1 { one } else { many })
}

/// A number with commas between its thousands.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The same words with a capital first.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(m: i8) -> &'static str {
    usize::try_from(m - 1).ok().and_then(|i| MONTHS.get(i)).copied().unwrap_or("")
}

/// "10 October 2020".
pub(super) fn day(d: Date) -> String {
    format!("{} {} {}", d.day(), month(d.month()), d.year())
}

/// A stretch of days: "10 October 2020", "10–16 May 2021", "27 September – 31 October 2020".
pub(super) fn days(first: Date, last: Date) -> String {
    if first == last {
        return day(first);
    }
    match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => format!("{}–{}", first.day(), day(last)),
        (true, false) => format!("{} {} – {}", first.day(), month(first.month()), day(last)),
        _ => format!("{} – {}", day(first), day(last)),
    }
}

fn point(p: Point) -> String {
    match p {
        Point::Year(y) => y.to_string(),
        Point::Month(y, m) => format!("{} {y}", month(m)),
        Point::Day(d) => day(d),
        Point::Minute(t) => format!("{}, {:02}:{:02}", day(t.date()), t.hour(), t.minute()),
    }
}

/// An interval in words, as a heading or after a comma: "since 27 September 2020", "about July 2021".
pub(super) fn when(interval: Interval) -> String {
    let about = if interval.approx { "about " } else { "" };
    let words = match (interval.start, interval.end) {
        (Some(a), Some(b)) if a == b => point(a),
        (Some(Point::Day(a)), Some(Point::Day(b))) => days(a, b),
        (Some(a), Some(b)) => format!("{} to {}", point(a), point(b)),
        (Some(a), None) => format!("since {}", point(a)),
        (None, Some(b)) => format!("by {}", point(b)),
        (None, None) => "at no time said".to_owned(),
    };
    format!("{about}{words}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_its_words() {
        for kind in Kind::ALL {
            let Phrase { title, act, doing, undone: _ } = phrase(*kind);
            assert!(!title.is_empty() && !act.is_empty() && !doing.is_empty(), "{kind}");
        }
        assert_eq!(PHRASES.len(), Kind::ALL.len());
    }

    #[test]
    fn days_are_written_out() {
        for (edtf, words) in [
            ("2031-03-07", "7 March 2031"),
            ("2031-03-07/2031-03-09", "7–9 March 2031"),
            ("2031-02-27/2031-03-01", "27 February – 1 March 2031"),
            ("2031-02-20/..", "since 20 February 2031"),
            ("2031-03~", "about March 2031"),
            ("2031-03-06T12:00", "6 March 2031, 12:00"),
        ] {
            assert_eq!(when(edtf.parse().unwrap()), words);
        }
    }

    #[test]
    fn lists_and_numbers() {
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!((number(3), number(1250)), ("three".to_owned(), "1,250".to_owned()));
    }
}
