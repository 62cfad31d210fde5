//! Times in words, for people: where a table or a page says when, it says so as a brief does. What programs read keeps
//! EDTF.

use jiff::civil::Date;

use super::{Interval, Point};

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

/// A day: "10 October 2020".
#[must_use]
pub fn day_in_words(d: Date) -> String {
    format!("{} {} {}", d.day(), month(d.month()), d.year())
}

/// A stretch of days: "10 October 2020", "10–16 May 2021", "27 September – 31 October 2020".
#[must_use]
pub fn days_in_words(first: Date, last: Date) -> String {
    if first == last {
        return day_in_words(first);
    }
    match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => format!("{}–{}", first.day(), day_in_words(last)),
        (true, false) => format!("{} {} – {}", first.day(), month(first.month()), day_in_words(last)),
        _ => format!("{} – {}", day_in_words(first), day_in_words(last)),
    }
}

fn point(p: Point) -> String {
    match p {
        Point::Year(y) => y.to_string(),
        Point::Month(y, m) => format!("{} {y}", month(m)),
        Point::Day(d) => day_in_words(d),
        Point::Minute(t) => format!("{}, {:02}:{:02}", day_in_words(t.date()), t.hour(), t.minute()),
    }
}

impl Interval {
    /// In words, as a heading or after a comma: "since 27 September 2020", "about July 2021", "10 October 2020, 12:00".
    #[must_use]
    pub fn in_words(self) -> String {
        let about = if self.approx { "about " } else { "" };
        match (self.start, self.end) {
            (Some(a), Some(b)) if a == b => format!("{about}{}", point(a)),
            (Some(Point::Minute(a)), Some(Point::Minute(b))) if a.date() == b.date() => {
                format!("{about}{}–{:02}:{:02}", point(Point::Minute(a)), b.hour(), b.minute())
            }
            (Some(Point::Day(a)), Some(Point::Day(b))) => format!("{about}{}", days_in_words(a, b)),
            (Some(a), Some(b)) => format!("{about}{} to {}", point(a), point(b)),
            (Some(a), None) => format!("since {about}{}", point(a)),
            (None, Some(b)) => format!("by {about}{}", point(b)),
            (None, None) => "at no time said".to_owned(),
        }
    }
}

/// An EDTF time in words; a text that is none as it stands.
#[must_use]
pub fn edtf_in_words(edtf: &str) -> String {
    edtf.parse::<Interval>().map_or_else(|_| edtf.to_owned(), Interval::in_words)
}

#[cfg(test)]
mod tests {
    use super::edtf_in_words as told;

    #[test]
    fn what_is_no_time_stays() {
        assert_eq!(told("no day"), "no day");
        assert_eq!(told(""), "");
    }

    #[test]
    fn times_are_written_out() {
        for (edtf, words) in [
            ("2031", "2031"),
            ("2031-03-07", "7 March 2031"),
            ("2031-03-07/2031-03-09", "7–9 March 2031"),
            ("2031-02-27/2031-03-01", "27 February – 1 March 2031"),
            ("2030-12-27/2031-03-01", "27 December 2030 – 1 March 2031"),
            ("2031-02-20/..", "since 20 February 2031"),
            ("2031-02~/..", "since about February 2031"),
            ("../2031-03-09", "by 9 March 2031"),
            ("2031-03~", "about March 2031"),
            ("2031-03-04~", "about 4 March 2031"),
            ("2031-02/2031-03", "February 2031 to March 2031"),
            ("2031-03-06T12:00", "6 March 2031, 12:00"),
            ("2031-03-06T12:00/2031-03-06T12:05", "6 March 2031, 12:00–12:05"),
            ("2031-03-06T23:50/2031-03-07T00:05", "6 March 2031, 23:50 to 7 March 2031, 00:05"),
        ] {
            assert_eq!(told(edtf), words);
        }
    }
}
