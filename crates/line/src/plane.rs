//! The ellipsoidal gnomonic plane, in which geodesics are all but straight: where two of them cross, and what lies on
//! which side, is found in it. Nothing is measured in it.
//!
//! C. F. F. Karney, "Algorithms for geodesics" (2013), section 8.

use geo::Coord;
use geographiclib_rs::{Geodesic, InverseGeodesic};

use crate::earth;

/// How far from its middle the plane is used, in metres; beyond, geodesics are no longer straight enough.
pub(crate) const REACH_M: f64 = 2_500_000.0;

/// The earth's mean radius in metres, for first guesses.
const RADIUS_M: f64 = 6_371_008.8;

/// A plane that touches the earth at a position; coordinates in metres, `x` east and `y` north at that position.
pub(crate) struct Plane {
    earth: Geodesic,
    middle: Coord,
}

impl Plane {
    /// Touching at a position.
    pub(crate) fn at(middle: Coord) -> Plane {
        Plane { earth: Geodesic::wgs84(), middle }
    }

    /// Touching in the middle of positions. None where there are none, or where they lie too far apart.
    pub(crate) fn over<'a>(positions: impl Iterator<Item = &'a Coord> + Clone) -> Option<Plane> {
        let middle = middle(positions.clone())?;
        let plane = Plane::at(middle);
        let near = |c: &Coord| earth::metres(middle, *c) < REACH_M;
        positions.clone().all(near).then_some(plane)
    }

    /// A position on the plane. None where it lies beyond the plane's horizon.
    pub(crate) fn lay(&self, at: Coord) -> Option<Coord> {
        let Coord { x: lon, y: lat } = self.middle;
        let (_, azimuth, _, reduced, scale, ..): (f64, f64, f64, f64, f64, f64, f64) =
            self.earth.inverse(lat, lon, at.y, at.x);
        (scale > 0.0).then(|| {
            let (sin, cos) = azimuth.to_radians().sin_cos();
            let rho = reduced / scale;
            Coord { x: rho * sin, y: rho * cos }
        })
    }

    /// The position that lies at a place of the plane.
    pub(crate) fn lift(&self, on: Coord) -> Coord {
        let (azimuth, rho) = (on.x.atan2(on.y).to_degrees(), on.x.hypot(on.y));
        let mut along = RADIUS_M * (rho / RADIUS_M).atan();
        for _ in 0..6 {
            let at = earth::ahead(self.middle, azimuth, along);
            let (_, _, _, reduced, scale, ..): (f64, f64, f64, f64, f64, f64, f64) =
                self.earth.inverse(self.middle.y, self.middle.x, at.y, at.x);
            // How fast the plane's distance grows with the way is one over the square of the scale.
            let step = (rho - reduced / scale) * scale * scale;
            along += step;
            if step.abs() < 1e-9 {
                break;
            }
        }
        earth::ahead(self.middle, azimuth, along)
    }

    /// A whole line on the plane.
    pub(crate) fn lay_all(&self, line: &[Coord]) -> Option<Vec<Coord>> {
        line.iter().map(|&c| self.lay(c)).collect()
    }
}

/// The direction in which the sum of all positions, as arrows from the earth's middle, points.
fn middle<'a>(positions: impl Iterator<Item = &'a Coord>) -> Option<Coord> {
    let (mut x, mut y, mut z) = (0.0, 0.0, 0.0);
    for c in positions {
        let ((sin_lat, cos_lat), (sin_lon, cos_lon)) = (c.y.to_radians().sin_cos(), c.x.to_radians().sin_cos());
        (x, y, z) = (x + cos_lat * cos_lon, y + cos_lat * sin_lon, z + sin_lat);
    }
    let flat: f64 = f64::hypot(x, y);
    (flat.hypot(z) > 1e-9).then(|| Coord { x: y.atan2(x).to_degrees(), y: z.atan2(flat).to_degrees() })
}

/// Where the geodesics through two pairs of positions cross, near to a first guess: straight lines are crossed in a
/// plane at the guess, which then becomes the guess, until nothing moves. None where they run side by side.
pub(crate) fn crossing(a: (Coord, Coord), b: (Coord, Coord), guess: Coord) -> Option<Coord> {
    let mut at = guess;
    for _ in 0..4 {
        let plane = Plane::at(at);
        let ends = [a.0, a.1, b.0, b.1].map(|c| plane.lay(c));
        let [Some(a0), Some(a1), Some(b0), Some(b1)] = ends else { return None };
        let (u, v) = (a1 - a0, b1 - b0);
        let cross = u.x * v.y - u.y * v.x;
        let between = b0 - a0;
        let along = (between.x * v.y - between.y * v.x) / cross;
        let off = a0 + u * along;
        if !off.x.is_finite() || !off.y.is_finite() {
            return None;
        }
        at = earth::ahead(at, off.x.atan2(off.y).to_degrees(), off.x.hypot(off.y));
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn geodesics_are_straight() {
        let (from, to) = (c(30.0, 40.0), c(32.0, 41.0));
        let plane = Plane::at(c(31.0, 41.0));
        let (length, azimuth) = earth::way(from, to);
        let [a, m, b] = [from, earth::ahead(from, azimuth, length / 3.0), to].map(|p| plane.lay(p).unwrap());
        let off = ((b - a).x * (m - a).y - (b - a).y * (m - a).x) / (b - a).x.hypot((b - a).y);
        assert!(off.abs() < 0.01, "{off} m from straight");
    }

    #[test]
    fn there_and_back() {
        let plane = Plane::at(c(179.0, -45.0));
        for at in [c(179.0, -45.0), c(-178.0, -44.0), c(170.0, -60.0)] {
            assert!(earth::metres(plane.lift(plane.lay(at).unwrap()), at) < 1e-6);
        }
    }

    #[test]
    fn crossings_lie_on_both() {
        let (a, b) = ((c(10.0, 50.0), c(12.0, 50.0)), (c(11.0, 49.5), c(11.1, 50.7)));
        let at = crossing(a, b, c(11.0, 50.0)).unwrap();
        for (from, to) in [a, b] {
            let detour = earth::metres(from, at) + earth::metres(at, to) - earth::metres(from, to);
            assert!(detour.abs() < 1e-6, "{detour}");
        }
    }

    #[test]
    fn nothing_and_too_much() {
        assert!(Plane::over([].iter()).is_none());
        assert!(Plane::over([c(0.0, 0.0), c(90.0, 0.0)].iter()).is_none());
        assert!(Plane::at(c(0.0, 0.0)).lay(c(120.0, 0.0)).is_none());
        assert!(crossing((c(0.0, 0.0), c(1.0, 0.0)), (c(0.0, 0.0), c(1.0, 0.0)), c(0.5, 0.0)).is_none());
    }
}
