//! Days as pages, feeds and messages write them.

use jiff::civil::Date;
use jiff::fmt::rfc2822;
use trucewatch::when::Interval;

/// The day of a time such as `2031-03-05T10:00:00+02:00`, `Wed, 05 Mar 2031 10:00:00 GMT` or `20310305`, as it is
/// written there; `None` for anything else, a bare year included.
pub(crate) fn day(words: &str) -> Option<Interval> {
    let words = words.trim();
    let alone = words.get(10..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['T', 't', ' ']));
    let iso = words.get(..10).filter(|_| alone).and_then(|d| d.replace(['/', '.'], "-").parse::<Date>().ok());
    let short = || words.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit())).and_then(|d| d.parse().ok());
    let mail = || rfc2822::parse(words).ok().map(|time| time.date());
    iso.or_else(short).or_else(mail).and_then(interval)
}

/// A day as an interval; nothing for years in which nobody publishes.
pub(crate) fn interval(date: Date) -> Option<Interval> {
    (1800..2200).contains(&date.year()).then(|| date.to_string().parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_day_is_none() {
        for words in ["", "soon", "2031", "2031-13-40", "0001-01-01", "99999999", "März 2031", "2031-03-05/2031-03-07"]
        {
            assert_eq!(day(words), None, "{words}");
        }
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        let expected = Some("2031-03-05".parse().unwrap());
        let written = [
            "2031-03-05",
            " 2031-03-05T23:59:00+02:00",
            "2031/03/05 10:00",
            "20310305",
            "Wed, 05 Mar 2031 10:00:00 +0000",
        ];
        for words in written {
            assert_eq!(day(words), expected, "{words}");
        }
    }
}
