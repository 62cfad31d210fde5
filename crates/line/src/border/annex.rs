//! The annex of coordinates: a row for each vertex of a line.

use geo::Coord;
use serde::Serialize;

use crate::earth;

/// A vertex of the line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Number from the start, from 1.
    pub point: usize,
    /// Degrees north, to the seventh place (about a centimetre).
    pub lat: String,
    /// Degrees east.
    pub lon: String,
    /// The same in degrees, minutes and seconds.
    pub lat_dms: String,
    /// The same in degrees, minutes and seconds.
    pub lon_dms: String,
    /// Metres from the line's start.
    pub along_m: f64,
    /// Metres to the next point. None at the end.
    pub to_next_m: Option<f64>,
    /// In which direction the next point lies: degrees clockwise from true north. None at the end.
    pub azimuth: Option<f64>,
}

/// The rows of a line, from its start.
#[must_use]
pub fn rows(line: &[Coord]) -> Vec<Row> {
    let mut along = 0.0;
    let mut rows = Vec::with_capacity(line.len());
    for (i, &at) in line.iter().enumerate() {
        let next = line.get(i + 1).map(|&to| earth::way(at, to));
        rows.push(Row {
            point: i + 1,
            lat: format!("{:.7}", at.y),
            lon: format!("{:.7}", at.x),
            lat_dms: dms(at.y, 'N', 'S'),
            lon_dms: dms(at.x, 'E', 'W'),
            along_m: along,
            to_next_m: next.map(|(metres, _)| metres),
            azimuth: next.map(|(_, azimuth)| azimuth.rem_euclid(360.0)),
        });
        along += next.map_or(0.0, |(metres, _)| metres);
    }
    rows
}

/// "44°18'00.000" S": to the thousandth of a second, about three centimetres.
fn dms(degrees: f64, plus: char, minus: char) -> String {
    let thousandths = (degrees.abs() * 3_600_000.0).round() as u64;
    let (whole, rest) = (thousandths / 3_600_000, thousandths % 3_600_000);
    let hand = if degrees < 0.0 { minus } else { plus };
    format!("{whole}°{:02}'{:02}.{:03}\" {hand}", rest / 60_000, rest % 60_000 / 1000, rest % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_minutes_seconds() {
        assert_eq!(dms(-44.3, 'N', 'S'), "44°18'00.000\" S");
        assert_eq!(dms(0.0, 'E', 'W'), "0°00'00.000\" E");
        assert_eq!(dms(59.999_999_99, 'E', 'W'), "60°00'00.000\" E", "carries");
    }

    #[test]
    fn rows_lead_from_point_to_point() {
        assert!(rows(&[]).is_empty());
        let rows = rows(&[Coord { x: 0.0, y: 0.0 }, Coord { x: 0.0, y: 1.0 }, Coord { x: -1.0, y: 1.0 }]);
        assert_eq!(rows.iter().map(|r| r.point).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(rows[0].azimuth, Some(0.0));
        assert!(rows[1].azimuth.unwrap() > 270.0 && rows[2].to_next_m.is_none());
        assert!((rows[1].along_m - 110_574.388_6).abs() < 1e-3);
    }
}
