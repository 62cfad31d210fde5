//! The place of a line that is nearest to a position, how far it is, and on which side the position lies.

use geo::Coord;

use crate::course::Side;
use crate::earth::{self, Track};
use crate::plane::Plane;

/// Where a line comes nearest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// The place on the line.
    pub at: Coord,
    /// Metres to it.
    pub metres: f64,
    /// Metres from the line's start to it.
    pub along: f64,
    /// The side of the line on which the position lies. None on the line, and where the line ends before it passes by.
    pub side: Option<Side>,
}

/// Where a line comes nearest to a position. None where the line has no edge.
#[must_use]
pub fn nearest(track: &Track, to: Coord) -> Option<Nearest> {
    let edge = nearest_edge(track.vertices(), to)?;
    let plane = Plane::at(to);
    // Seen from the plane's middle, what is nearest on the plane is nearest on the earth.
    let lay = |i: usize| track.vertices().get(i).and_then(|&c| plane.lay(c));
    let (from, until) = (lay(edge)?, lay(edge + 1)?);
    let share = share_of_foot(from, until);
    let at = plane.lift(from + (until - from) * share);
    let side = side(from, until, share, edge.checked_sub(1).and_then(lay), lay(edge + 2));
    let along = track.chainage().get(edge)? + earth::metres(*track.vertices().get(edge)?, at);
    Some(Nearest { at, metres: earth::metres(to, at), along, side })
}

/// Where on an edge, from 0 to 1, the foot of the origin lies.
fn share_of_foot(from: Coord, until: Coord) -> f64 {
    let edge = until - from;
    let square = edge.x * edge.x + edge.y * edge.y;
    let share = -(from.x * edge.x + from.y * edge.y) / square;
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

/// On which side of an edge the origin lies; at a vertex, on which side of the middle of the directions that meet there.
fn side(from: Coord, until: Coord, share: f64, before: Option<Coord>, after: Option<Coord>) -> Option<Side> {
    let direction = unit(until - from);
    let (vertex, direction) = match share {
        s if s <= 0.0 => (from, direction + unit(from - before?)),
        s if s >= 1.0 => (until, direction + unit(after? - until)),
        _ => (from, direction),
    };
    let turn = direction.y * vertex.x - direction.x * vertex.y;
    match turn {
        t if t > 1e-6 => Some(Side::Left),
        t if t < -1e-6 => Some(Side::Right),
        _ => None,
    }
}

fn unit(v: Coord) -> Coord {
    let length = v.x.hypot(v.y);
    if length > 0.0 { v / length } else { v }
}

/// The edge that is nearest on a map laid flat round the position.
fn nearest_edge(vertices: &[Coord], to: Coord) -> Option<usize> {
    let shrink = to.y.to_radians().cos();
    let flat = |c: &Coord| Coord { x: earth::normal(c.x - to.x) * shrink, y: c.y - to.y };
    let square = |w: &[Coord]| {
        let (from, until) = (flat(&w[0]), flat(&w[1]));
        let foot = from + (until - from) * share_of_foot(from, until);
        foot.x * foot.x + foot.y * foot.y
    };
    let edges = vertices.windows(2).enumerate().map(|(i, w)| (i, square(w)));
    edges.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    fn near(line: &[Coord], to: Coord) -> Nearest {
        nearest(&Track::new(line), to).unwrap()
    }

    #[test]
    fn no_line_is_near_nothing() {
        assert_eq!(nearest(&Track::new(&[]), c(0.0, 0.0)), None);
        assert_eq!(nearest(&Track::new(&[c(0.0, 0.0)]), c(0.0, 0.0)), None);
    }

    #[test]
    fn beyond_the_ends_there_is_no_side() {
        let found = near(&[c(0.0, 0.0), c(0.0, 1.0)], c(0.1, 2.0));
        assert_eq!((found.side, found.at.y.round()), (None, 1.0));
    }

    #[test]
    fn sides_distances_and_the_way_there() {
        let north = [c(0.0, 0.0), c(0.0, 1.0)];
        let found = near(&north, c(0.5, 0.5));
        assert_eq!(found.side, Some(Side::Right));
        assert!((found.metres - earth::metres(c(0.5, 0.5), found.at)).abs() < 1e-6);
        assert!((found.along - 55_287.0).abs() < 50.0, "{}", found.along);
        assert_eq!(near(&north, c(-0.5, 0.5)).side, Some(Side::Left));
    }

    #[test]
    fn at_corners_and_over_the_antimeridian() {
        let corner = [c(179.0, 0.0), c(-180.0, 0.0), c(-180.0, -1.0)];
        assert_eq!(near(&corner, c(-179.5, 0.5)).side, Some(Side::Left), "outside of the corner");
        assert_eq!(near(&corner, c(179.9, -0.2)).side, Some(Side::Right), "inside");
    }

    #[test]
    fn the_foot_is_the_nearest_place() {
        let line = [c(40.0, 39.0), c(41.0, 40.0), c(42.0, 39.5)];
        let (track, to) = (Track::new(&line), c(40.9, 40.3));
        let best = track.middles(50.0).into_iter().map(|(_, p)| earth::metres(p, to)).fold(f64::MAX, f64::min);
        let found = nearest(&track, to).unwrap();
        assert!(found.metres <= best + 1e-6 && found.metres > best - 5.0, "{} {best}", found.metres);
    }
}
