//! How a place lies to a line: how far from it, on whose side, and how surely.

use geo::{Distance, Euclidean, Geometry, Line as Segment, LinesIter, Point};

use super::Inside;
use crate::claim::ClaimPlace;
use crate::pack::{Knowledge, Line, PartyId, Zone, laid_flat};
use crate::place::Resolved;

/// How a place lies to a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// Kilometres from the line as drawn.
    pub km: f64,
    /// How far that may be off: the line's accuracy and the place's precision together.
    pub doubt_km: f64,
    /// On whose side, where the line says whose sides it parts and the place lies clear of the doubt.
    pub side: Option<PartyId>,
}

/// How far a place of each UCDP precision may lie from its point, in kilometres.
const REACH_KM: [f64; 7] = [0.0, 1.0, 25.0, 40.0, 100.0, 200.0, 500.0];

/// Doubt from which on kilometres tell nothing: that of a district.
const VAGUE_KM: f64 = 40.0;

/// How a place lies to a line; none where it is on no map, or the line has no drawing.
#[must_use]
pub fn position(place: &ClaimPlace, line: &Line) -> Option<Position> {
    let place = place.resolved.as_ref()?;
    let (km, left) = nearest(Point::new(place.lon, place.lat), &line.geometry)?;
    let doubt_km = doubt_km(place, line);
    let side = if left { &line.left } else { &line.right };
    Some(Position { km, doubt_km, side: side.clone().filter(|_| km > doubt_km) })
}

/// Whether a place lies in a zone.
pub(super) fn inside(place: Option<&ClaimPlace>, zone: &Zone, knowledge: &Knowledge) -> Inside {
    let Some(place) = place else { return Inside::Undetermined("no report says where".to_owned()) };
    let Some(line) = knowledge.lines().find(|l| l.id == zone.line) else {
        return Inside::Undetermined(format!("no pack in use draws the line `{}`", zone.line));
    };
    match position(place, line) {
        Some(at) => within(&at, zone, knowledge),
        None => Inside::Undetermined(format!("“{}” could not be found on the map", place.name)),
    }
}

fn within(at: &Position, zone: &Zone, knowledge: &Knowledge) -> Inside {
    let far = zone.to_km.unwrap_or(f64::INFINITY);
    let (least, most) = (at.km - at.doubt_km, at.km + at.doubt_km);
    let measured = || format!("the place lies about {} km from the line", rounded(at.km));
    if least > far || most < zone.from_km {
        return Inside::No(format!("{}, and the term speaks of {}", measured(), strip(zone)));
    }
    if let (Some(wanted), Some(side)) = (&zone.side, &at.side)
        && wanted != side
    {
        return Inside::No(format!("the place lies on the side of {}", knowledge.title(side)));
    }
    if at.doubt_km >= VAGUE_KM {
        return Inside::Undetermined("the place is not known precisely enough".to_owned());
    }
    if most > far || least < zone.from_km && zone.from_km > 0.0 {
        let doubt = rounded(at.doubt_km);
        return Inside::Undetermined(format!(
            "{}, give or take {doubt}, and the term speaks of {}",
            measured(),
            strip(zone)
        ));
    }
    match (&zone.side, &at.side) {
        (Some(_), None) => Inside::Undetermined("it is not known on which side of the line the place lies".to_owned()),
        _ => Inside::Yes,
    }
}

/// A zone's reach in words.
fn strip(zone: &Zone) -> String {
    match (zone.from_km > 0.0, zone.to_km) {
        (false, Some(to)) => format!("{} km", rounded(to)),
        (true, Some(to)) => format!("{} to {} km", rounded(zone.from_km), rounded(to)),
        (_, None) => format!("more than {} km", rounded(zone.from_km)),
    }
}

/// Kilometres, with one digit after the point where they are few.
pub(super) fn rounded(km: f64) -> String {
    let text = if km < 10.0 { format!("{km:.1}") } else { format!("{km:.0}") };
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// How far the distance of a place from a line may be off, in kilometres.
pub(super) fn doubt_km(place: &Resolved, line: &Line) -> f64 {
    line.accuracy_km + REACH_KM.get(usize::from(place.precision)).copied().unwrap_or(500.0)
}

/// Kilometres from a point to the nearest point of a line, or of the edge of a zone.
pub(super) fn kilometres(point: Point<f64>, geometry: &Geometry<f64>) -> Option<f64> {
    nearest(point, geometry).map(|(km, _)| km)
}

/// Kilometres to the nearest stretch of a line, and whether the point lies on its left.
fn nearest(point: Point<f64>, geometry: &Geometry<f64>) -> Option<(f64, bool)> {
    let flat = laid_flat(point, geometry);
    let here = Point::new(0.0, 0.0);
    let measured = segments(&flat).into_iter().map(|s| (Euclidean.distance(&here, &s), off(&s)));
    // At a corner two stretches are equally near; the one that the point lies further off from tells the side.
    let best = measured.min_by(
        |(a, x), (b, y)| {
            if (a - b).abs() < 1e-9 { y.abs().total_cmp(&x.abs()) } else { a.total_cmp(b) }
        },
    );
    best.map(|(km, off)| (km, off > 0.0))
}

/// How far the origin lies to the left of a stretch, prolonged; negative on the right.
fn off(stretch: &Segment<f64>) -> f64 {
    let (a, d) = (stretch.start, stretch.delta());
    let length = d.x.hypot(d.y);
    if length > 0.0 { (d.x * -a.y - d.y * -a.x) / length } else { 0.0 }
}

fn segments(geometry: &Geometry<f64>) -> Vec<Segment<f64>> {
    match geometry {
        Geometry::Line(l) => vec![*l],
        Geometry::LineString(l) => l.lines_iter().collect(),
        Geometry::MultiLineString(l) => l.lines_iter().collect(),
        Geometry::Polygon(p) => p.lines_iter().collect(),
        Geometry::MultiPolygon(p) => p.lines_iter().collect(),
        Geometry::Point(p) => vec![Segment::new(p.0, p.0)],
        Geometry::GeometryCollection(all) => all.iter().flat_map(segments).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::knowledge;

    fn place(lat: f64, lon: f64, precision: u8) -> ClaimPlace {
        let resolved = Resolved { id: "x".into(), lat, lon, country: String::new(), precision, why: String::new() };
        ClaimPlace { name: "X".to_owned(), resolved: Some(resolved) }
    }

    fn zone(from_km: f64, to_km: Option<f64>, side: Option<&str>) -> Zone {
        Zone { line: "line-of-contact".to_owned(), from_km, to_km, side: side.map(PartyId::new) }
    }

    /// 0.2 degrees of longitude at 44.8 degrees south are 15.8 km.
    const EAST: f64 = -124.8;
    const WEST: f64 = -125.2;

    #[test]
    fn outside_by_distance_and_by_side() {
        let knowledge = knowledge();
        let lies = |lon: f64, zone: &Zone| inside(Some(&place(-44.8, lon, 1)), zone, &knowledge);
        assert!(matches!(lies(EAST, &zone(0.0, Some(10.0), None)), Inside::No(why) if why.contains("16 km")));
        assert!(matches!(lies(EAST, &zone(25.0, None, None)), Inside::No(_)));
        assert!(matches!(lies(WEST, &zone(0.0, Some(20.0), Some("orlava"))), Inside::No(why) if why.contains("Vesk")));
    }

    #[test]
    fn undetermined_at_the_edge_without_a_point_and_without_a_line() {
        let knowledge = knowledge();
        let lies = |place: &ClaimPlace, zone: &Zone| inside(Some(place), zone, &knowledge);
        assert!(matches!(lies(&place(-44.8, EAST, 1), &zone(0.0, Some(15.0), None)), Inside::Undetermined(_)));
        assert!(matches!(lies(&place(-44.8, EAST, 2), &zone(0.0, Some(20.0), None)), Inside::Undetermined(_)));
        assert!(matches!(
            lies(&place(-44.8, -125.001, 1), &zone(0.0, Some(20.0), Some("vesk"))),
            Inside::Undetermined(_)
        ));
        let unknown = ClaimPlace { name: "Nowhere".to_owned(), resolved: None };
        assert!(matches!(lies(&unknown, &zone(0.0, Some(20.0), None)), Inside::Undetermined(_)));
        assert!(matches!(inside(None, &zone(0.0, Some(20.0), None), &knowledge), Inside::Undetermined(_)));
        let elsewhere = Zone { line: "no-such-line".to_owned(), ..zone(0.0, Some(20.0), None) };
        assert!(matches!(lies(&place(-44.8, EAST, 1), &elsewhere), Inside::Undetermined(_)));
    }

    #[test]
    fn inside_by_distance_and_by_side() {
        let knowledge = knowledge();
        let lies = |lon: f64, zone: &Zone| inside(Some(&place(-44.8, lon, 1)), zone, &knowledge);
        assert_eq!(lies(EAST, &zone(0.0, Some(20.0), None)), Inside::Yes);
        assert_eq!(lies(EAST, &zone(0.0, Some(20.0), Some("orlava"))), Inside::Yes);
        assert_eq!(lies(WEST, &zone(10.0, None, Some("vesk"))), Inside::Yes);
    }

    #[test]
    fn sides_at_the_corner_of_a_line() {
        let geometry = Geometry::LineString(geo::LineString::from(vec![(0.0, 0.0), (0.0, 1.0), (1.0, 1.0)]));
        let left = |x: f64, y: f64| nearest(Point::new(x, y), &geometry).map(|(_, left)| left);
        assert_eq!(left(-0.1, 1.1), Some(true), "outside of the corner");
        assert_eq!(left(0.1, 0.9), Some(false), "inside of the corner");
    }
}
