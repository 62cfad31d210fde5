//! A course: a line that can be a border, because it does not cross itself.

use std::fmt;

use geo::Coord;
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, PointDistance, RTree};
use serde::{Deserialize, Serialize};

use crate::earth;
use crate::plane::{Plane, REACH_M};

/// Edges that come nearer than this, in metres, touch.
const APART_M: f64 = 1e-3;

/// A side of somebody who follows a line in the order in which it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// On the left hand.
    Left,
    /// On the right hand.
    Right,
}

impl Side {
    /// The other side.
    #[must_use]
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Side::Left { "left" } else { "right" })
    }
}

/// Why positions are no course. Vertices are counted from 1.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unfit {
    /// Fewer positions than a line needs.
    #[error("the line has {0} different positions, and a line needs two")]
    TooShort(usize),
    /// A position that is none.
    #[error("vertex {vertex}: {lon}, {lat} is no position in degrees east and north")]
    NoPosition {
        /// Which vertex.
        vertex: usize,
        /// What stands for degrees east.
        lon: f64,
        /// What stands for degrees north.
        lat: f64,
    },
    /// Larger than what is compared on one plane.
    #[error("the line reaches further than {} km from its middle", REACH_M / 1000.0)]
    TooFar,
    /// Crosses, touches or retraces itself.
    #[error("the line crosses or touches itself between vertices {} to {} and {} to {}", .0, .0 + 1, .1, .1 + 1)]
    MeetsItself(usize, usize),
}

impl Unfit {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Unfit::TooShort(_) => "draw the line with at least two positions",
            Unfit::NoPosition { .. } => {
                "GeoJSON gives degrees east first, then degrees north (EPSG:4326 as in RFC 7946); metres must be \
                 converted before"
            }
            Unfit::TooFar => "cut the border into segments",
            Unfit::MeetsItself(..) => "give an enclave as a ring of its own, and a border that branches as segments",
        }
    }
}

/// A line that is on the earth and meets itself nowhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    vertices: Vec<Coord>,
}

impl Course {
    /// Checks a line. Vertices that repeat the one before are left out.
    ///
    /// # Errors
    /// The first [`Unfit`].
    pub fn new(positions: &[Coord]) -> Result<Course, Unfit> {
        let vertices = on_earth(positions)?;
        if vertices.len() < 2 {
            return Err(Unfit::TooShort(vertices.len()));
        }
        meets_itself(&vertices, false)?;
        Ok(Course { vertices })
    }

    /// Vertices from the start.
    #[must_use]
    pub fn vertices(&self) -> &[Coord] {
        &self.vertices
    }

    /// First and last vertex.
    #[must_use]
    pub fn ends(&self) -> (Coord, Coord) {
        let last = self.vertices.len().saturating_sub(1);
        (self.vertices[0], self.vertices[last])
    }

    /// Metres from end to end.
    #[must_use]
    pub fn length(&self) -> f64 {
        earth::length(&self.vertices)
    }

    /// The same line drawn from its other end.
    #[must_use]
    pub fn reversed(&self) -> Course {
        Course { vertices: self.vertices.iter().rev().copied().collect() }
    }
}

/// Checks a ring and turns it counterclockwise; it ends where it begins, whether or not it was given so.
///
/// # Errors
/// The first [`Unfit`].
pub fn ring(positions: &[Coord]) -> Result<Vec<Coord>, Unfit> {
    let mut vertices = on_earth(positions)?;
    if vertices.first() == vertices.last() {
        vertices.pop();
    }
    if vertices.len() < 3 {
        return Err(Unfit::TooShort(vertices.len()));
    }
    vertices.push(vertices[0]);
    meets_itself(&vertices, true)?;
    if earth::area(&vertices) < 0.0 {
        vertices.reverse();
    }
    Ok(vertices)
}

fn on_earth(positions: &[Coord]) -> Result<Vec<Coord>, Unfit> {
    let mut vertices: Vec<Coord> = Vec::with_capacity(positions.len());
    for (i, c) in positions.iter().enumerate() {
        if !earth::is_position(*c) {
            return Err(Unfit::NoPosition { vertex: i + 1, lon: c.x, lat: c.y });
        }
        let at = Coord { x: earth::normal(c.x), y: c.y };
        if vertices.last() != Some(&at) {
            vertices.push(at);
        }
    }
    Ok(vertices)
}

type Edge = GeomWithData<Line<[f64; 2]>, usize>;

fn meets_itself(vertices: &[Coord], is_ring: bool) -> Result<(), Unfit> {
    let laid = Plane::over(vertices.iter()).and_then(|p| p.lay_all(vertices)).ok_or(Unfit::TooFar)?;
    let edges: Vec<Edge> =
        laid.windows(2).enumerate().map(|(i, w)| Edge::new(Line::new(w[0].into(), w[1].into()), i)).collect();
    let last = edges.len().saturating_sub(1);
    let tree = RTree::bulk_load(edges.clone());
    for edge in &edges {
        let [from, to] = [edge.geom().from, edge.geom().to];
        let grown = |side: f64| [0, 1].map(|i| if side < 0.0 { from[i].min(to[i]) } else { from[i].max(to[i]) } + side);
        let near = tree.locate_in_envelope_intersecting(AABB::from_corners(grown(-APART_M), grown(APART_M)));
        let mut later: Vec<&Edge> = near.filter(|other| other.data > edge.data).collect();
        later.sort_by_key(|other| other.data);
        for other in later {
            let closes = is_ring && edge.data == 0 && other.data == last;
            if meets(edge, other, closes) {
                return Err(Unfit::MeetsItself(edge.data + 1, other.data + 1));
            }
        }
    }
    Ok(())
}

/// Whether two edges share more than the vertex at which one follows the other, or come nearer than what lines can tell.
fn meets(edge: &Edge, other: &Edge, closes: bool) -> bool {
    let (a, b) = (line(edge), line(other));
    let near = |at: Coord, to: &Edge| to.distance_2(&at.into()) <= APART_M * APART_M;
    if closes {
        return near(b.start, edge) || near(a.end, other);
    }
    if other.data == edge.data + 1 {
        return near(b.end, edge) || near(a.start, other);
    }
    let touches = near(a.start, other) || near(a.end, other) || near(b.start, edge) || near(b.end, edge);
    touches || geo::Intersects::intersects(&a, &b)
}

fn line(edge: &Edge) -> geo::Line {
    let [from, to] = [edge.geom().from, edge.geom().to];
    geo::Line::new(Coord::from(from), Coord::from(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(positions: &[(f64, f64)]) -> Vec<Coord> {
        positions.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    fn unfit(positions: &[(f64, f64)]) -> Unfit {
        Course::new(&line(positions)).unwrap_err()
    }

    #[test]
    fn lines_that_are_no_course() {
        assert_eq!(unfit(&[]), Unfit::TooShort(0));
        assert_eq!(unfit(&[(1.0, 1.0), (1.0, 1.0)]), Unfit::TooShort(1));
        assert!(matches!(unfit(&[(1.0, 1.0), (f64::NAN, 1.0)]), Unfit::NoPosition { vertex: 2, .. }));
        assert!(matches!(unfit(&[(500_000.0, 4_000_000.0), (1.0, 1.0)]), Unfit::NoPosition { vertex: 1, .. }));
        assert_eq!(unfit(&[(0.0, 0.0), (90.0, 0.0)]), Unfit::TooFar);
        assert_eq!(unfit(&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)]), Unfit::MeetsItself(1, 3));
        assert_eq!(unfit(&[(0.0, 0.0), (2.0, 0.0), (1.0, 0.0)]), Unfit::MeetsItself(1, 2), "goes back on itself");
        assert_eq!(unfit(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]), Unfit::MeetsItself(1, 3), "a ring");
    }

    #[test]
    fn lines_that_are() {
        let course = Course::new(&line(&[(179.9, 0.0), (180.0, 0.5), (180.0, 0.5), (-179.9, 1.0)])).unwrap();
        assert_eq!(course.vertices().len(), 3);
        assert!((course.reversed().length() - course.length()).abs() < 1e-6);
        assert_eq!(course.reversed().ends().0, course.ends().1);
    }

    #[test]
    fn rings() {
        let clockwise = ring(&line(&[(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)])).unwrap();
        assert_eq!(clockwise.len(), 5);
        assert!(earth::area(&clockwise) > 0.0, "turned round");
        assert_eq!(
            ring(&line(&[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)])).unwrap_err(),
            Unfit::MeetsItself(1, 3)
        );
        assert_eq!(ring(&line(&[(0.0, 0.0), (1.0, 1.0)])).unwrap_err(), Unfit::TooShort(2));
    }
}
