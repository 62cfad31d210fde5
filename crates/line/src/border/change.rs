//! The areas between two courses: what lies on one side of the first and on the other side of the second.
//!
//! The first course followed there and the second back make a closed way. What it goes round counterclockwise lies left
//! of the first and right of the second, clockwise the other way about. The areas are found by `i_overlay` on the
//! gnomonic plane, where a grid of a few millimetres is under them; their corners are then put back where they belong,
//! vertices on their own positions and crossings where the geodesics cross, so that what is measured does not depend on
//! the grid.

use geo::Coord;
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::overlay::{FloatOverlay, OverlayOptions};
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, PointDistance, RTree};

use crate::course::Side;
use crate::earth;
use crate::plane::{self, Plane};

/// Rings on the plane: areas, each an outer ring and its holes.
pub(crate) type Shapes = Vec<Vec<Vec<[f64; 2]>>>;

/// An area that lies on one side under the first proposal and on the other under the second.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// On whose side it lies under the first.
    pub from: Side,
    /// Square metres.
    pub area_m2: f64,
    /// Its edge, counterclockwise, and then its holes, clockwise; each ends where it begins.
    pub rings: Vec<Vec<Coord>>,
}

impl Change {
    /// On whose side it lies under the second.
    #[must_use]
    pub fn to(&self) -> Side {
        self.from.other()
    }
}

/// What lies inside closed ways that run counterclockwise, or clockwise, round it.
pub(crate) fn wound(way: &[[f64; 2]], rule: FillRule) -> Shapes {
    FloatOverlay::with_subj_custom(way, exact(), Default::default()).overlay(OverlayRule::Subject, rule)
}

/// Two sets of areas set against each other.
pub(crate) fn combined(a: &Shapes, b: &Shapes, rule: OverlayRule) -> Shapes {
    FloatOverlay::with_subj_and_clip_custom(a, b, exact(), Default::default()).overlay(rule, FillRule::NonZero)
}

/// Keeps vertices that lie on a straight way: what is straight on the plane is not quite straight on the earth.
fn exact() -> OverlayOptions<f64> {
    OverlayOptions { preserve_input_collinear: true, preserve_output_collinear: true, ..OverlayOptions::default() }
}

type Vertex = GeomWithData<[f64; 2], Coord>;
type Edge = GeomWithData<Line<[f64; 2]>, (Coord, Coord)>;

/// Puts corners of areas back on the earth.
pub(crate) struct Ground<'a> {
    plane: &'a Plane,
    vertices: RTree<Vertex>,
    edges: RTree<Edge>,
    /// Metres on the plane within which two places are one.
    grain: f64,
}

impl<'a> Ground<'a> {
    /// From the lines that bound the areas, as positions and as laid on the plane.
    pub(crate) fn new(plane: &'a Plane, lines: &[(&[Coord], &[Coord])]) -> Ground<'a> {
        let pairs = || lines.iter().flat_map(|(on_earth, laid)| laid.iter().zip(on_earth.iter()));
        let vertices = pairs().map(|(&on, &at)| Vertex::new(on.into(), at)).collect();
        let edges = lines.iter().flat_map(|(on_earth, laid)| {
            let ends = laid.windows(2).zip(on_earth.windows(2));
            ends.map(|(on, at)| Edge::new(Line::new(on[0].into(), on[1].into()), (at[0], at[1])))
        });
        let reach = pairs().map(|(on, _)| on.x.abs().max(on.y.abs())).fold(1.0, f64::max);
        let grain = (reach / f64::from(1 << 27)).max(1e-3);
        Ground { plane, vertices: RTree::bulk_load(vertices), edges: RTree::bulk_load(edges.collect()), grain }
    }

    /// Areas as changes, those smaller than the grid can tell left out, from the first course's start on.
    pub(crate) fn changes(&self, shapes: &Shapes, from: Side) -> Vec<Change> {
        let lift = |rings: &Vec<Vec<[f64; 2]>>| {
            let rings: Vec<Vec<Coord>> = rings.iter().map(|r| self.ring(r)).collect();
            Change { from, area_m2: rings.iter().map(|r| earth::area(r)).sum(), rings }
        };
        let tells = |change: &Change| {
            let edge = change.rings.first().map_or(0.0, |r| earth::length(r));
            change.area_m2 > edge * self.grain
        };
        shapes.iter().map(lift).filter(tells).collect()
    }

    fn ring(&self, ring: &[[f64; 2]]) -> Vec<Coord> {
        let mut corners: Vec<Coord> = ring.iter().map(|&on| self.position(on)).collect();
        corners.dedup();
        corners.extend(corners.first().copied().filter(|first| corners.last() != Some(first)));
        corners
    }

    fn position(&self, on: [f64; 2]) -> Coord {
        let grain = self.grain * self.grain;
        match self.vertices.nearest_neighbor(on) {
            Some(vertex) if vertex.distance_2(&on) <= grain => vertex.data,
            _ => self.crossing(on).unwrap_or_else(|| self.plane.lift(on.into())),
        }
    }

    /// Where two of the edges that pass a place cross.
    fn crossing(&self, on: [f64; 2]) -> Option<Coord> {
        let reach = 4.0 * self.grain;
        let corner = |sign: f64| on.map(|v| v + sign * reach);
        let near = self.edges.locate_in_envelope_intersecting(AABB::from_corners(corner(-1.0), corner(1.0)));
        let mut edges: Vec<&Edge> = near.filter(|e| e.distance_2(&on) <= reach * reach).collect();
        edges.sort_by(|a, b| a.distance_2(&on).total_cmp(&b.distance_2(&on)).then_with(|| order(a, b)));
        let guess = self.plane.lift(on.into());
        let pairs = edges.iter().enumerate().flat_map(|(i, a)| edges.iter().skip(i + 1).map(move |b| (a, b)));
        let crossings = pairs.filter_map(|(a, b)| plane::crossing(a.data, b.data, guess));
        crossings.into_iter().find(|at| earth::metres(*at, guess) <= 25.0 * self.grain)
    }
}

fn order(a: &Edge, b: &Edge) -> std::cmp::Ordering {
    let key = |e: &Edge| [e.data.0.x, e.data.0.y, e.data.1.x, e.data.1.y];
    key(a).iter().zip(key(b)).map(|(x, y)| x.total_cmp(&y)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}
