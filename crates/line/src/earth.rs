//! Lengths, areas and ways on the earth's ellipsoid (WGS 84), by GeographicLib: C. F. F. Karney, "Algorithms for
//! geodesics", J. Geodesy 87 (2013).
//!
//! Positions are [`Coord`]s in degrees: `x` east, `y` north. Vertices of a line are joined by geodesics, the shortest
//! ways; between vertices ten kilometres apart these stray about a metre from what a map in degrees draws.

use std::sync::LazyLock;

use geo::Coord;
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic, PolygonArea, Winding};

static EARTH: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// Metres between two positions.
#[must_use]
pub fn metres(a: Coord, b: Coord) -> f64 {
    EARTH.inverse(a.y, a.x, b.y, b.x)
}

/// Metres from one position to another, and the azimuth in which one leaves the first: degrees, clockwise from north.
#[must_use]
pub fn way(from: Coord, to: Coord) -> (f64, f64) {
    let (metres, azimuth, _, _): (f64, f64, f64, f64) = EARTH.inverse(from.y, from.x, to.y, to.x);
    (metres, azimuth)
}

/// Where one is after so many metres in a direction (degrees, clockwise from north).
#[must_use]
pub fn ahead(from: Coord, azimuth: f64, metres: f64) -> Coord {
    let (y, x): (f64, f64) = EARTH.direct(from.y, from.x, azimuth, metres);
    Coord { x, y }
}

/// Metres along a line.
#[must_use]
pub fn length(line: &[Coord]) -> f64 {
    line.windows(2).map(|w| metres(w[0], w[1])).sum()
}

/// Square metres within a ring, closed or not; positive where it runs counterclockwise. Rings round a pole or larger
/// than half the earth have no sign, and are not asked for.
#[must_use]
pub fn area(ring: &[Coord]) -> f64 {
    let mut polygon = PolygonArea::new(&EARTH, Winding::CounterClockwise);
    let open = if ring.first() == ring.last() { ring.get(1..).unwrap_or(&[]) } else { ring };
    if open.len() < 3 {
        return 0.0;
    }
    open.iter().for_each(|c| polygon.add_point(c.y, c.x));
    polygon.compute(true).1
}

/// A line with the metres from its start to each vertex.
#[derive(Debug, Clone)]
pub struct Track {
    vertices: Vec<Coord>,
    chainage: Vec<f64>,
}

impl Track {
    /// Measures a line.
    #[must_use]
    pub fn new(line: &[Coord]) -> Track {
        let mut metres_so_far = 0.0;
        let steps = line.windows(2).map(|w| {
            metres_so_far += metres(w[0], w[1]);
            metres_so_far
        });
        let chainage = std::iter::once(0.0).chain(steps).take(line.len()).collect();
        Track { vertices: line.to_vec(), chainage }
    }

    /// Metres of the whole line.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.chainage.last().copied().unwrap_or(0.0)
    }

    /// Metres from the start to each vertex.
    #[must_use]
    pub fn chainage(&self) -> &[f64] {
        &self.chainage
    }

    /// The vertices.
    #[must_use]
    pub fn vertices(&self) -> &[Coord] {
        &self.vertices
    }

    /// Where one is after so many metres; the ends, where that is before or beyond the line.
    #[must_use]
    pub fn at(&self, metres_along: f64) -> Option<Coord> {
        let next = self.chainage.partition_point(|&m| m < metres_along);
        let (Some(&to), Some(&reached)) = (self.vertices.get(next), self.chainage.get(next)) else {
            return self.vertices.last().copied();
        };
        let Some((&from, &left)) = next.checked_sub(1).and_then(|i| self.vertices.get(i).zip(self.chainage.get(i)))
        else {
            return Some(to);
        };
        if reached <= left {
            return Some(to);
        }
        let (_, azimuth) = way(from, to);
        Some(ahead(from, azimuth, metres_along - left))
    }

    /// The part of the line between two distances from its start, both in metres.
    #[must_use]
    pub fn between(&self, from: f64, to: f64) -> Vec<Coord> {
        let inner = self.vertices.iter().zip(&self.chainage).filter(|&(_, &m)| from < m && m < to).map(|(&c, _)| c);
        self.at(from).into_iter().chain(inner).chain(self.at(to)).collect()
    }

    /// Positions in the middle of stretches of equal length, none longer than asked, with their metres from the start.
    #[must_use]
    pub fn middles(&self, longest: f64) -> Vec<(f64, Coord)> {
        self.stretches(longest)
            .into_iter()
            .filter_map(|(from, to)| {
                let middle = f64::midpoint(from, to);
                Some((middle, self.at(middle)?))
            })
            .collect()
    }

    /// Stretches of equal length, none longer than asked: metres from the start to where each begins and ends.
    #[must_use]
    pub fn stretches(&self, longest: f64) -> Vec<(f64, f64)> {
        let (length, count) = (self.length(), self.count(longest));
        let bound = |i: usize| length * i as f64 / count as f64;
        (0..count).map(|i| (bound(i), bound(i + 1))).collect()
    }

    fn count(&self, longest: f64) -> usize {
        (self.length() / longest.max(1.0)).ceil().clamp(1.0, 1e7) as usize
    }
}

/// Whether this is a position in degrees east and north. Longitudes may go once round, so that lines can cross the
/// antimeridian.
#[must_use]
pub fn is_position(at: Coord) -> bool {
    at.x.abs() <= 360.0 && at.y.abs() <= 90.0
}

/// Longitude between -180 and 180, the antimeridian being 180.
#[must_use]
pub fn normal(lon: f64) -> f64 {
    if lon > -180.0 && lon <= 180.0 {
        return lon;
    }
    let turned = (lon + 180.0).rem_euclid(360.0) - 180.0;
    if turned == -180.0 { 180.0 } else { turned }
}

/// The same line with longitudes that do not jump: each within half a turn of the one before, so that a line over the
/// antimeridian goes on beyond 180 degrees.
#[must_use]
pub fn unbroken(line: &[Coord]) -> Vec<Coord> {
    let mut before: Option<f64> = None;
    line.iter()
        .map(|c| {
            let x = before.map_or(c.x, |b| b + (normal(c.x - b)));
            before = Some(x);
            Coord { x, y: c.y }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn known_figures() {
        let square = [c(0.0, 0.0), c(1.0, 0.0), c(1.0, 1.0), c(0.0, 1.0)];
        assert!((area(&square) - 12_308_778_361.469_452).abs() < 1e-3);
        let around: Vec<Coord> = square.iter().rev().copied().collect();
        assert!((area(&around) + 12_308_778_361.469_452).abs() < 1e-3, "clockwise is negative");
        assert!((metres(c(0.0, 0.0), c(0.0, 1.0)) - 110_574.388_557_799).abs() < 1e-6);
        assert_eq!(area(&square[..2]), 0.0);
    }

    #[test]
    fn over_the_antimeridian() {
        let square = [c(179.5, 0.0), c(-179.5, 0.0), c(-179.5, 1.0), c(179.5, 1.0)];
        assert!((area(&square) - 12_308_778_361.469_452).abs() < 1e-3);
        let unbroken = unbroken(&square);
        assert_eq!(unbroken[1], c(180.5, 0.0));
        assert_eq!(normal(-180.0), 180.0);
    }

    #[test]
    fn along_a_line() {
        let track = Track::new(&[c(0.0, 0.0), c(1.0, 0.0), c(1.0, 1.0)]);
        let corner = track.chainage()[1];
        assert!(metres(track.at(corner).unwrap(), c(1.0, 0.0)) < 1e-6);
        assert_eq!(track.at(-1.0).map(|p| p.y), Some(0.0));
        assert!(metres(track.at(1e9).unwrap(), c(1.0, 1.0)) < 1e-6);
        let stretches = track.stretches(50_000.0);
        assert_eq!(stretches.len(), 5);
        let parts: f64 = stretches.iter().map(|&(a, b)| length(&track.between(a, b))).sum();
        assert!((parts - track.length()).abs() < 1e-6, "stretches make up the line");
    }

    #[test]
    fn nothing_breaks_on_nothing() {
        let track = Track::new(&[]);
        assert_eq!(track.length(), 0.0);
        assert_eq!(track.at(1.0), None);
        assert!(track.middles(10.0).is_empty());
    }
}
