//! What lies near two proposals, and on whose side: settlements, posts, incidents, roads.

use geo::{BooleanOps, Contains, Coord, LineString, MultiLineString, MultiPolygon, Point, Polygon};

use super::change::Change;
use super::compare::Proposal;
use crate::course::Side;
use crate::earth::{self, Track};
use crate::nearest::nearest;
use crate::plane::Plane;

/// Something at one place: a settlement, a post, an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// What it is called, or its id.
    pub name: String,
    /// What it is, in the words of the layer.
    pub kind: String,
    /// Where.
    pub at: Coord,
}

/// A site, and on whose side it lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Sited {
    /// What.
    pub site: Site,
    /// On whose side under the first proposal. None on the line, and beyond its ends.
    pub first: Option<Side>,
    /// On whose side under the second.
    pub second: Option<Side>,
    /// Metres to the first line.
    pub to_first_m: f64,
    /// Metres to the second.
    pub to_second_m: f64,
}

impl Sited {
    /// Whether it changes hands between the two.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.first.zip(self.second).is_some_and(|(a, b)| a != b)
    }
}

/// Sites that change hands, or lie no further than so many metres from either line; those that change hands first,
/// otherwise from the start of the first line on.
#[must_use]
pub fn sited(first: &Proposal, second: &Proposal, changes: &[Change], sites: &[Site], near_m: f64) -> Vec<Sited> {
    let tracks = [first, second].map(|p| Track::new(p.course.vertices()));
    let areas = Areas::new(changes);
    let mut found: Vec<(bool, u64, Sited)> = Vec::new();
    for site in sites {
        let (Some(a), Some(b)) = (nearest(&tracks[0], site.at), nearest(&tracks[1], site.at)) else { continue };
        let from = areas.iter().flat_map(|areas| areas.lost_by(site.at)).next();
        if from.is_none() && a.metres.min(b.metres) > near_m {
            continue;
        }
        let (side, to_first_m, to_second_m) = (from.or(holder(first, site.at)).or(a.side), a.metres, b.metres);
        let after = if from.is_some() { from.map(Side::other) } else { side };
        let entry = Sited { site: site.clone(), first: side, second: after, to_first_m, to_second_m };
        found.push((from.is_none(), a.along as u64, entry));
    }
    found.sort_by(|a, b| (a.0, a.1, &a.2.site.name).cmp(&(b.0, b.1, &b.2.site.name)));
    found.into_iter().map(|(_, _, sited)| sited).collect()
}

/// Who holds the enclave in which a position lies, if it lies in one.
fn holder(proposal: &Proposal, at: Coord) -> Option<Side> {
    let plane = Plane::at(at);
    let within = |ring: &[Coord]| {
        plane
            .lay_all(ring)
            .is_some_and(|laid| Polygon::new(LineString::new(laid), vec![]).contains(&Point::new(0.0, 0.0)))
    };
    proposal.enclaves.iter().find(|e| within(&e.ring)).map(|e| e.holder)
}

/// A road, river or other line, with the metres of it that change hands.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// What it is called.
    pub name: String,
    /// Metres of it that lie on the left under the first proposal and on the right under the second.
    pub lost_by_left_m: f64,
    /// Metres the other way about.
    pub lost_by_right_m: f64,
}

/// Roads of which something changes hands, by name and line.
#[must_use]
pub fn ways(changes: &[Change], roads: &[(String, Vec<Coord>)]) -> Vec<Way> {
    let Some(areas) = Areas::new(changes) else { return Vec::new() };
    let measure = |(name, line): &(String, Vec<Coord>)| Way {
        name: name.clone(),
        lost_by_left_m: areas.metres_within(Side::Left, line),
        lost_by_right_m: areas.metres_within(Side::Right, line),
    };
    roads.iter().map(measure).filter(|w| w.lost_by_left_m > 0.0 || w.lost_by_right_m > 0.0).collect()
}

/// Changes on one plane.
struct Areas {
    plane: Plane,
    lost_by: [(Side, MultiPolygon); 2],
}

impl Areas {
    fn new(changes: &[Change]) -> Option<Areas> {
        let plane = Plane::over(changes.iter().flat_map(|c| c.rings.iter().flatten()))?;
        let lost_by = [Side::Left, Side::Right].map(|side| {
            let areas = changes.iter().filter(|c| c.from == side).filter_map(|c| polygon(&plane, c));
            (side, MultiPolygon::new(areas.collect()))
        });
        Some(Areas { plane, lost_by })
    }

    fn lost_by(&self, at: Coord) -> Option<Side> {
        let on = Point::from(self.plane.lay(at)?);
        self.lost_by.iter().find(|(_, areas)| areas.contains(&on)).map(|(side, _)| *side)
    }

    fn metres_within(&self, side: Side, line: &[Coord]) -> f64 {
        let Some(laid) = self.plane.lay_all(line) else { return 0.0 };
        let road = MultiLineString::new(vec![LineString::new(laid)]);
        let areas = self.lost_by.iter().filter(|(s, a)| *s == side && !a.0.is_empty());
        let parts = areas.flat_map(|(_, areas)| areas.clip(&road, false).0);
        parts.map(|part| earth::length(&part.0.iter().map(|&on| self.plane.lift(on)).collect::<Vec<_>>())).sum()
    }
}

fn polygon(plane: &Plane, change: &Change) -> Option<Polygon> {
    let rings: Option<Vec<Vec<Coord>>> = change.rings.iter().map(|r| plane.lay_all(r)).collect();
    let mut rings = rings?.into_iter().map(LineString::new);
    Some(Polygon::new(rings.next()?, rings.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::border::compare;
    use crate::course::Course;

    fn line(positions: &[(f64, f64)]) -> Vec<Coord> {
        positions.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    fn proposal(positions: &[(f64, f64)]) -> Proposal {
        Proposal { course: Course::new(&line(positions)).unwrap(), enclaves: Vec::new() }
    }

    fn site(name: &str, x: f64, y: f64) -> Site {
        Site { name: name.to_owned(), kind: "village".to_owned(), at: Coord { x, y } }
    }

    #[test]
    fn what_lies_near_and_what_changes_hands() {
        let (first, second) =
            (proposal(&[(10.0, 45.0), (10.0, 46.0)]), proposal(&[(10.0, 45.0), (10.2, 45.5), (10.0, 46.0)]));
        let found = compare(&first, &second, 1.0).unwrap();
        let sites = [
            site("far", 12.0, 45.5),
            site("left", 9.95, 45.5),
            site("between", 10.1, 45.5),
            site("beyond", 10.0, 46.01),
        ];
        let near = sited(&first, &second, &found.changes, &sites, 10_000.0);
        let seen: Vec<_> = near.iter().map(|s| (s.site.name.as_str(), s.first, s.second)).collect();
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        assert_eq!(seen, [("between", right, left), ("left", left, left), ("beyond", None, None)]);
        let roads = [
            ("road".to_owned(), line(&[(9.9, 45.5), (10.1, 45.5)])),
            ("other".to_owned(), line(&[(9.9, 45.5), (9.8, 45.5)])),
        ];
        let ways = ways(&found.changes, &roads);
        assert_eq!(ways.len(), 1);
        let expected = earth::metres(Coord { x: 10.0, y: 45.5 }, Coord { x: 10.1, y: 45.5 });
        assert!((ways[0].lost_by_right_m - expected).abs() < 1.0 && ways[0].lost_by_left_m == 0.0, "{ways:?}");
    }

    #[test]
    fn no_change_no_site_no_road() {
        let same = proposal(&[(10.0, 45.0), (10.0, 46.0)]);
        assert!(sited(&same, &same, &[], &[], 1.0).is_empty());
        assert!(ways(&[], &[("road".to_owned(), line(&[(9.9, 45.5), (10.1, 45.5)]))]).is_empty());
    }
}
