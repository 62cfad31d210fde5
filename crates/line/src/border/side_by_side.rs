//! Two proposals with who makes them, what would change hands, and what lies near.

use geo::{Coord, Geometry, LineString, Polygon};
use serde_json::{Value, json};

use super::change::Change;
use super::compare::{Comparison, Incomparable, Proposal, aligned, compare};
use super::layers::{Site, Sited, Way, sited, ways};
use crate::course::Side;
use crate::{earth, shapes};

/// A proposal with what is known of it.
#[derive(Debug, Clone)]
pub struct Named {
    /// Who proposes it, or the line's own name.
    pub title: String,
    /// On which map, where that is said.
    pub map: Option<String>,
    /// Parties on its left and right, where they are said.
    pub sides: [Option<String>; 2],
    /// The line and its enclaves.
    pub proposal: Proposal,
}

/// What is looked at beside two lines.
#[derive(Debug, Clone, Default)]
pub struct Near {
    /// Settlements, posts, incidents.
    pub sites: Vec<Site>,
    /// Roads and other lines by name.
    pub roads: Vec<(String, Vec<Coord>)>,
    /// How near a site has to be to either line, in kilometres, where it does not change hands.
    pub km: f64,
    /// How far apart ends may be that are joined, in metres.
    pub join_m: f64,
}

/// Two proposals side by side.
#[derive(Debug, Clone)]
pub struct SideBySide {
    /// The first.
    pub first: Named,
    /// The second, as it was drawn.
    pub second: Named,
    /// What came of them.
    pub found: Comparison,
    /// Sites that change hands, or are near.
    pub sited: Vec<Sited>,
    /// Roads of which something changes hands.
    pub ways: Vec<Way>,
    /// How near sites are, in kilometres.
    pub near_km: f64,
}

/// Why two proposals are not set side by side.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Apart {
    /// They are not two answers to one question.
    #[error(transparent)]
    Incomparable(#[from] Incomparable),
    /// The second names other sides than the first, drawn the same way.
    #[error("`{first}` lies on the {hand} hand of the first line, and `{second}` of the second, {way}")]
    UpsideDown {
        /// Whose the first says it is.
        first: String,
        /// Whose the second says it is.
        second: String,
        /// Which hand.
        hand: &'static str,
        /// Whether the second was turned round, in words.
        way: &'static str,
    },
}

impl Apart {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Apart::Incomparable(why) => why.hint(),
            Apart::UpsideDown { .. } => {
                "one of them is upside down: exchange its `left` and `right`, or draw it from the other end"
            }
        }
    }
}

impl SideBySide {
    /// Sets two proposals side by side, with what lies near.
    ///
    /// # Errors
    /// See [`Apart`].
    pub fn new(first: Named, second: Named, near: &Near) -> Result<SideBySide, Apart> {
        let found = compare(&first.proposal, &second.proposal, near.join_m)?;
        face_one_way(&first, &second, found.turned)?;
        let (other, _) = aligned(&first.proposal, &second.proposal);
        let sited = sited(&first.proposal, &other, &found.changes, &near.sites, near.km * 1000.0);
        let ways = ways(&found.changes, &near.roads);
        Ok(SideBySide { first, second, found, sited, ways, near_km: near.km })
    }

    /// Whose a side is: the first line's own names, else those of the second, else which hand it is.
    #[must_use]
    pub fn whose(&self, side: Side) -> String {
        let of = |named: &Named, side: Side| named.sides[usize::from(side == Side::Right)].clone();
        let seconds = if self.found.turned { side.other() } else { side };
        of(&self.first, side).or_else(|| of(&self.second, seconds)).unwrap_or_else(|| format!("the {side}"))
    }

    /// Whose a side is, or that it is neither's.
    #[must_use]
    pub fn whose_or_neither(&self, side: Option<Side>) -> String {
        side.map_or_else(|| "neither".to_owned(), |s| self.whose(s))
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let found = &self.found;
        let named = |n: &Named, metres: f64| {
            let [left, right] = &n.sides;
            json!({ "title": n.title, "map": n.map, "left": left, "right": right, "metres": metres,
                    "vertices": n.proposal.course.vertices().len(), "enclaves": n.proposal.enclaves.len() })
        };
        let change = |c: &Change| {
            json!({ "from": self.whose(c.from), "to": self.whose(c.to()), "m2": c.area_m2,
            "rings": c.rings.iter().map(|r| pairs(r)).collect::<Vec<_>>() })
        };
        let total =
            |side: Side| json!({ "from": self.whose(side), "to": self.whose(side.other()), "m2": found.lost_by(side) });
        let site = |s: &Sited| {
            json!({ "name": s.site.name, "kind": s.site.kind, "lon": s.site.at.x, "lat": s.site.at.y,
            "first": s.first.map(|x| self.whose(x)), "second": s.second.map(|x| self.whose(x)), "changes": s.changes(),
            "to_first_m": s.to_first_m, "to_second_m": s.to_second_m })
        };
        let way =
            |w: &Way| json!({ "name": w.name, "from_left_m": w.lost_by_left_m, "from_right_m": w.lost_by_right_m });
        json!({
            "crs": "EPSG:4326",
            "first": named(&self.first, found.first_m),
            "second": named(&self.second, found.second_m),
            "turned": found.turned,
            "gaps_m": [found.gaps_m.0, found.gaps_m.1],
            "left": self.whose(Side::Left),
            "right": self.whose(Side::Right),
            "between": found.deviation,
            "areas": found.changes.iter().map(change).collect::<Vec<_>>(),
            "totals": [total(Side::Left), total(Side::Right)],
            "ways": self.ways.iter().map(way).collect::<Vec<_>>(),
            "sites": self.sited.iter().map(site).collect::<Vec<_>>(),
        })
    }

    /// Lines, areas and sites on the map.
    #[must_use]
    pub fn geojson(&self) -> String {
        let properties = |value: Value| value.as_object().cloned().unwrap_or_default();
        let lines = [("first", &self.first), ("second", &self.second)].map(|(which, named)| {
            let line = LineString::new(earth::unbroken(named.proposal.course.vertices()));
            let told = json!({ "kind": "proposal", "which": which, "title": named.title, "map": named.map });
            shapes::feature(&Geometry::LineString(line), properties(told))
        });
        let areas = self.found.changes.iter().map(|c| {
            let mut rings = c.rings.iter().map(|r| LineString::new(earth::unbroken(r)));
            let area = Polygon::new(rings.next().unwrap_or_else(|| LineString::new(vec![])), rings.collect());
            let (from, to) = (self.whose(c.from), self.whose(c.to()));
            let told = json!({ "kind": "area", "from": from, "to": to, "km2": c.area_m2 / 1e6 });
            shapes::feature(&Geometry::Polygon(area), properties(told))
        });
        let sites = self.sited.iter().map(|s| {
            let told = json!({ "kind": s.site.kind, "name": s.site.name, "first": s.first.map(|x| self.whose(x)),
                               "second": s.second.map(|x| self.whose(x)), "changes": s.changes() });
            shapes::feature(&Geometry::Point(s.site.at.into()), properties(told))
        });
        shapes::write(lines.into_iter().chain(areas).chain(sites).collect())
    }
}

/// Refuses a line that names other sides than the first one, drawn the same way: it is upside down.
fn face_one_way(first: &Named, second: &Named, turned: bool) -> Result<(), Apart> {
    let mut sides = second.sides.clone();
    if turned {
        sides.reverse();
    }
    for (hand, (a, b)) in ["left", "right"].into_iter().zip(first.sides.iter().zip(&sides)) {
        let (Some(a), Some(b)) = (a, b) else { continue };
        if a != b {
            let way = if turned { "turned round to run the same way" } else { "which runs the same way" };
            return Err(Apart::UpsideDown { first: a.clone(), second: b.clone(), hand, way });
        }
    }
    Ok(())
}

fn pairs(line: &[Coord]) -> Vec<[f64; 2]> {
    line.iter().map(|&c| c.into()).collect()
}
