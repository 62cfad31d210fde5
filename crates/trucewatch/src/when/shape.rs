//! Tokens written in figures: `2013`, `20th`, `1990s`, `12:00`, `9am`, `03/22/2013`.

use jiff::civil::Date;

/// What a token in figures can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figures {
    /// A bare number of at most four digits, and how many digits it has.
    Number(u16, u8),
    /// `20th`.
    Ordinal(u8),
    /// `1990s`: its first year.
    Decade(i16),
    /// `12:00`: hour and minute.
    Clock(i8, i8),
    /// `9am`: hour of the day.
    Hour(i8),
    /// `22/03/2013` or `2013-03-22`.
    Full(Date),
}

/// Reads a token in lower case that begins with a digit.
pub(super) fn figures(lower: &str) -> Option<Figures> {
    let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
    let number: Option<u16> = if digits <= 4 { lower.get(..digits)?.parse().ok() } else { None };
    match lower.get(digits..)? {
        "" => Some(Figures::Number(number?, u8::try_from(digits).ok()?)),
        "st" | "nd" | "rd" | "th" => u8::try_from(number?).ok().map(Figures::Ordinal),
        "s" | "'s" if digits == 4 && number? % 10 == 0 => i16::try_from(number?).ok().map(Figures::Decade),
        "am" | "a.m." | "a.m" => hour(number?, false).map(Figures::Hour),
        "pm" | "p.m." | "p.m" => hour(number?, true).map(Figures::Hour),
        rest => clock(number?, rest).or_else(|| full(lower)),
    }
}

/// Hour of the day of `n` o'clock before or after noon.
pub(super) fn hour(n: u16, pm: bool) -> Option<i8> {
    match (n, pm) {
        (12, pm) => Some(if pm { 12 } else { 0 }),
        (1..=11, pm) => i8::try_from(n + if pm { 12 } else { 0 }).ok(),
        _ => None,
    }
}

/// The rest of `12:30` after its hour. Seconds are passed over.
fn clock(hour: u16, rest: &str) -> Option<Figures> {
    let rest = rest.strip_prefix(':')?;
    let minute: i8 = rest.get(..2)?.parse().ok()?;
    let tail = rest.get(2..)?;
    let seconds = tail.is_empty() || (tail.len() == 3 && tail.starts_with(':'));
    (hour <= 24 && (0..60).contains(&minute) && seconds)
        .then(|| i8::try_from(hour).ok().map(|hour| Figures::Clock(hour, minute)))?
}

/// A whole date in figures. With slashes or points, day before month unless that is impossible.
fn full(token: &str) -> Option<Figures> {
    let parts: Vec<i16> = token.split(['/', '-', '.']).map(|p| p.parse().ok()).collect::<Option<_>>()?;
    let [a, b, c] = parts.try_into().ok()?;
    let date = |y: i16, m: i16, d: i16| Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok();
    let found = if a > 31 { date(a, b, c) } else { date(c, b, a).or_else(|| date(c, a, b)) };
    found.filter(|d| (1900..2100).contains(&d.year())).map(Figures::Full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_figures_are_nothing() {
        for token in ["1,250", "3.5", "25:00", "12:75", "12345", "99/99/2013", "5km", "1991s", "13pm"] {
            assert_eq!(figures(token), None, "{token}");
        }
    }

    #[test]
    fn reads_clocks_days_and_years() {
        assert_eq!(figures("2013"), Some(Figures::Number(2013, 4)));
        assert_eq!(figures("20th"), Some(Figures::Ordinal(20)));
        assert_eq!(figures("1990s"), Some(Figures::Decade(1990)));
        assert_eq!(figures("12:05"), Some(Figures::Clock(12, 5)));
        assert_eq!(figures("12am"), Some(Figures::Hour(0)));
        assert_eq!(figures("22/03/2031"), Some(Figures::Full(jiff::civil::date(2031, 3, 22))));
        assert_eq!(figures("03/22/2031"), Some(Figures::Full(jiff::civil::date(2031, 3, 22))));
    }
}
