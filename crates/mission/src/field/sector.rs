//! Where something was, as far as observers can tell: a sector between two bearings and two distances, not a point.

use geo::{Destination, Geodesic, Point};
use serde_json::{Value, json};

use super::{Observation, Report};

/// Degrees between two corners of an arc.
const STEP: f64 = 5.0;

/// A sector on the ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Sector {
    /// The observers' place, degrees north and east.
    pub apex: [f64; 2],
    /// Bearings from and to, clockwise; the whole circle where no direction is known.
    pub bearings: Option<(f64, f64)>,
    /// The least and the most kilometres, the doubt of the observers' own place included.
    pub km: (f64, f64),
}

impl Sector {
    /// The sector of a report; none where its place or the distance is not known.
    #[must_use]
    pub fn of(report: &Report) -> Option<Sector> {
        let observation = report.observation()?;
        let apex = report.position.point?;
        let (least, most) = reach(observation)?;
        let doubt = report.position.uncertainty_m / 1000.0;
        let bearings = observation.bearing.map(|b| {
            // A single bearing is never that sharp.
            let spare = ((3.0 - b.width()) / 2.0).max(0.0);
            (b.from - spare, b.from + b.width() + spare)
        });
        Some(Sector { apex, bearings, km: ((least - doubt).max(0.0), most + doubt) })
    }

    /// Degrees north and east of its middle.
    #[must_use]
    pub fn middle(&self) -> [f64; 2] {
        let (from, to) = self.bearings.unwrap_or((0.0, 0.0));
        let km = if self.bearings.is_some() { f64::midpoint(self.km.0, self.km.1) } else { 0.0 };
        self.at(f64::midpoint(from, to), km)
    }

    /// As a polygon of GeoJSON, its outer ring counterclockwise (RFC 7946).
    #[must_use]
    pub fn geojson(&self) -> Value {
        let (near, far) = self.km;
        let rings: Vec<Vec<[f64; 2]>> = match self.bearings {
            Some((from, to)) => {
                let mut ring = self.arc(to, from, far);
                if near > 0.0 {
                    ring.extend(self.arc(from, to, near));
                } else {
                    ring.push(lon_lat(self.apex));
                }
                vec![closed(ring)]
            }
            None if near > 0.0 => vec![closed(self.arc(360.0, 0.0, far)), closed(self.arc(0.0, 360.0, near))],
            None => vec![closed(self.arc(360.0, 0.0, far))],
        };
        json!({"type": "Polygon", "coordinates": rings})
    }

    /// Points of an arc, longitude first.
    fn arc(&self, from: f64, to: f64, km: f64) -> Vec<[f64; 2]> {
        let steps = ((to - from).abs() / STEP).ceil().max(1.0);
        let mut points = Vec::new();
        let mut step = 0.0;
        while step <= steps {
            points.push(lon_lat(self.at(from + (to - from) * step / steps, km)));
            step += 1.0;
        }
        points
    }

    fn at(&self, bearing: f64, km: f64) -> [f64; 2] {
        let [lat, lon] = self.apex;
        let there = Geodesic.destination(Point::new(lon, lat), bearing.rem_euclid(360.0), km * 1000.0);
        [there.y(), there.x()]
    }
}

/// The least and the most kilometres at which something was.
fn reach(observation: &Observation) -> Option<(f64, f64)> {
    let distance = observation.distance_km?;
    let slack = if distance.about { 0.25 } else { 0.0 };
    let most = distance.max?;
    Some((distance.min.unwrap_or(0.0) * (1.0 - slack), most * (1.0 + slack)))
}

fn lon_lat([lat, lon]: [f64; 2]) -> [f64; 2] {
    let round = |n: f64| (n * 1e6).round() / 1e6;
    [round(lon), round(lat)]
}

fn closed(mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    if ring.first() != ring.last() {
        ring.extend(ring.first().copied());
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sector(bearings: Option<(f64, f64)>, km: (f64, f64)) -> Sector {
        Sector { apex: [-44.8, -124.96], bearings, km }
    }

    fn ring(sector: &Sector, which: usize) -> Vec<[f64; 2]> {
        serde_json::from_value(sector.geojson()["coordinates"][which].clone()).unwrap()
    }

    /// Twice the area of a ring, positive where it runs counterclockwise.
    fn turn(ring: &[[f64; 2]]) -> f64 {
        ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum()
    }

    #[test]
    fn rings_are_closed_and_turn_as_geojson_wants() {
        for sector in
            [sector(Some((20.0, 40.0)), (7.0, 9.0)), sector(Some((350.0, 370.0)), (0.0, 2.0)), sector(None, (0.0, 3.0))]
        {
            let ring = ring(&sector, 0);
            assert_eq!(ring.first(), ring.last());
            assert!(turn(&ring) > 0.0, "{sector:?}");
        }
        assert!(turn(&ring(&sector(None, (1.0, 3.0)), 1)) < 0.0);
    }

    #[test]
    fn the_middle_lies_in_its_direction() {
        let [lat, lon] = sector(Some((20.0, 70.0)), (7.0, 9.0)).middle();
        assert!(lat > -44.8 && lon > -124.96);
        assert_eq!(sector(None, (0.0, 3.0)).middle(), [-44.8, -124.96]);
    }
}
