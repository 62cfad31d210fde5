//! Numbers and directions as observers give them: as ranges, or about.

use serde::{Deserialize, Serialize};

/// A number between bounds; open where a bound is not known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Whether it is said to be about that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about: bool,
}

impl Range {
    /// The range that some words mean: `14`, `10-15`, `10+`, `about 20`.
    ///
    /// # Errors
    /// Where they mean none, or the least is more than the most.
    pub fn parse(text: &str) -> Result<Range, String> {
        let wrong = || format!("`{text}` is no number or range: give 14, 10-15, 10+ or `about 20`");
        let (rest, about) = match text.trim().strip_prefix("about ") {
            Some(rest) => (rest.trim(), true),
            None => (text.trim(), false),
        };
        let number = |t: &str| t.trim().parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0).ok_or_else(wrong);
        let (min, max) = if let Some(least) = rest.strip_suffix('+') {
            (Some(number(least)?), None)
        } else if let Some((least, most)) = rest.split_once(['-', '–']) {
            (Some(number(least)?), Some(number(most)?))
        } else {
            let one = number(rest)?;
            (Some(one), Some(one))
        };
        Range { min, max, about }.ordered()
    }

    /// The range between two bounds; none where neither is given.
    ///
    /// # Errors
    /// Where a bound is no number, or the least is more than the most.
    pub fn between(least: Option<&str>, most: Option<&str>) -> Result<Option<Range>, String> {
        let bound = |t: Option<&str>| t.map(|t| Range::parse(t).map(|r| r.min)).transpose().map(Option::flatten);
        let (min, max) = (bound(least)?, bound(most)?);
        if min.is_none() && max.is_none() { Ok(None) } else { Range { min, max, about: false }.ordered().map(Some) }
    }

    fn ordered(self) -> Result<Range, String> {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min > max => Err(format!("the least, {min}, is more than the most, {max}")),
            _ => Ok(self),
        }
    }

    /// Whether it is a whole number of things.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        [self.min, self.max].iter().flatten().all(|n| n.fract() == 0.0)
    }

    /// In words, such as `7-9`.
    #[must_use]
    pub fn words(&self) -> String {
        let about = if self.about { "about " } else { "" };
        let number = match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => min.to_string(),
            (Some(min), Some(max)) => format!("{min}-{max}"),
            (Some(min), None) => format!("at least {min}"),
            (None, Some(max)) => format!("at most {max}"),
            (None, None) => "an unknown number of".to_owned(),
        };
        format!("{about}{number}")
    }
}

/// A direction: from one bearing clockwise to another, in degrees from north.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bearing {
    /// The first, from 0 up to 360.
    pub from: f64,
    /// The last, clockwise from the first.
    pub to: f64,
}

/// The points of the compass, clockwise from north.
const POINTS: [&str; 16] =
    ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];

impl Bearing {
    /// The direction that some words mean: a point of the compass (`NNE`: 22.5 degrees round it, `NE`: 45), two bearings
    /// (`20-40`, clockwise), or one.
    ///
    /// # Errors
    /// Where they mean none.
    pub fn parse(text: &str) -> Result<Bearing, String> {
        let wrong =
            || format!("`{text}` is no direction: give a point of the compass, such as NNE, or degrees, such as 20-40");
        let word = text.trim().to_uppercase();
        if let Some(point) = POINTS.iter().position(|p| *p == word) {
            let middle = f64::from(u8::try_from(point).unwrap_or(0)) * 22.5;
            let half = if point % 2 == 1 { 11.25 } else { 22.5 };
            return Ok(Bearing { from: (middle - half).rem_euclid(360.0), to: (middle + half).rem_euclid(360.0) });
        }
        let degrees = |t: &str| t.trim().parse::<f64>().ok().filter(|d| (0.0..=360.0).contains(d)).ok_or_else(wrong);
        let (from, to) = match word.split_once(['-', '–']) {
            Some((from, to)) => (degrees(from)?, degrees(to)?),
            None => (degrees(&word)?, degrees(&word)?),
        };
        Ok(Bearing { from: from.rem_euclid(360.0), to: to.rem_euclid(360.0) })
    }

    /// Degrees from the first to the last.
    #[must_use]
    pub fn width(&self) -> f64 {
        (self.to - self.from).rem_euclid(360.0)
    }

    /// The bearing in the middle.
    #[must_use]
    pub fn middle(&self) -> f64 {
        (self.from + self.width() / 2.0).rem_euclid(360.0)
    }

    /// The nearest point of the compass.
    #[must_use]
    pub fn point(&self) -> &'static str {
        let middle = self.middle();
        let away = |i: usize| {
            let off = (middle - f64::from(u8::try_from(i).unwrap_or(0)) * 22.5).rem_euclid(360.0);
            off.min(360.0 - off)
        };
        let nearest = (0..POINTS.len()).min_by(|a, b| away(*a).total_cmp(&away(*b)));
        nearest.and_then(|i| POINTS.get(i)).copied().unwrap_or("N")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_range_or_direction_is_refused() {
        assert!(["", "many", "9-7", "-3", "1-2-3", "NaN", "inf"].iter().all(|t| Range::parse(t).is_err()));
        assert!(["", "up", "361", "-1", "10-20-30"].iter().all(|t| Bearing::parse(t).is_err()));
    }

    #[test]
    fn ranges() {
        assert_eq!(Range::parse("7-9").unwrap().words(), "7-9");
        assert_eq!(Range::parse("about 20").unwrap().words(), "about 20");
        assert_eq!(Range::parse("10+").unwrap().words(), "at least 10");
        assert_eq!(Range::between(None, Some("3")).unwrap().unwrap().words(), "at most 3");
        assert_eq!(Range::between(None, None).unwrap(), None);
        assert!(Range::between(Some("4"), Some("3")).is_err());
    }

    #[test]
    fn directions_go_clockwise_and_over_north() {
        let north = Bearing::parse("n").unwrap();
        assert_eq!((north.from, north.to, north.width(), north.middle()), (337.5, 22.5, 45.0, 0.0));
        let over = Bearing::parse("350-10").unwrap();
        assert_eq!((over.width(), over.middle(), over.point()), (20.0, 0.0, "N"));
        assert_eq!(Bearing::parse("NNE").unwrap().width(), 22.5);
        assert_eq!(Bearing::parse("225").unwrap().point(), "SW");
    }
}
