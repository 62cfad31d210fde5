//! Whether a place lies in an area: by name, by what it lies in, by geometry with its accuracy.

use geo::{Contains, Point};

use super::zone;
use crate::claim::ClaimPlace;
use crate::pack::{Knowledge, Line};
use crate::place::Resolved;

/// Whether a place lies in an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inside {
    /// It does.
    Yes,
    /// It does not, as this says.
    No(String),
    /// It cannot be told, for want of this.
    Undetermined(String),
}

/// What is said of a place outside.
const OUTSIDE: &str = "the place lies outside the area of the term";

/// Whether a place lies in an area, given by ids of places and lines; an empty area is everywhere.
pub(super) fn inside(place: Option<&ClaimPlace>, area: &[String], knowledge: &Knowledge) -> Inside {
    if area.is_empty() {
        return Inside::Yes;
    }
    let Some(place) = place else { return Inside::Undetermined("no report says where".to_owned()) };
    if area.iter().any(|id| is_called(place, id, knowledge)) {
        return Inside::Yes;
    }
    let Some(resolved) = &place.resolved else {
        return Inside::Undetermined(format!("“{}” could not be found on the map", place.name));
    };
    let answers: Vec<Inside> = area.iter().map(|id| in_one(resolved, id, knowledge)).collect();
    if answers.contains(&Inside::Yes) {
        return Inside::Yes;
    }
    answers.into_iter().find(|a| matches!(a, Inside::Undetermined(_))).unwrap_or_else(|| Inside::No(OUTSIDE.to_owned()))
}

/// Whether the words for a place are a name of the line or zone itself.
fn is_called(place: &ClaimPlace, id: &str, knowledge: &Knowledge) -> bool {
    let name = place.name.to_lowercase();
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let line = knowledge.lines().find(|l| l.id == id);
    line.is_some_and(|l| l.names.iter().any(|n| n.to_lowercase() == name))
}

fn in_one(place: &Resolved, id: &str, knowledge: &Knowledge) -> Inside {
    if lies_within(&place.id, id, knowledge) {
        return Inside::Yes;
    }
    match knowledge.lines().find(|l| l.id == id) {
        Some(line) => on_map(place, line),
        None if lies_within(id, &place.id, knowledge) => {
            Inside::Undetermined("the place named is wider than the area".to_owned())
        }
        None => Inside::No(OUTSIDE.to_owned()),
    }
}

/// Whether a place is another one or lies in it, as packs say.
fn lies_within(place: &str, other: &str, knowledge: &Knowledge) -> bool {
    let mut at = place;
    for _ in 0..8 {
        if at == other {
            return true;
        }
        match knowledge.places().find(|p| p.id == at) {
            Some(entry) if !entry.within.is_empty() => at = &entry.within,
            _ => return false,
        }
    }
    false
}

fn on_map(place: &Resolved, line: &Line) -> Inside {
    let point = Point::new(place.lon, place.lat);
    let doubt = zone::doubt_km(place, line);
    match (line.geometry.contains(&point), zone::kilometres(point, &line.geometry)) {
        (_, None) => Inside::Undetermined("the line has no drawing".to_owned()),
        (true, Some(km)) if km >= doubt => Inside::Yes,
        (false, Some(km)) if km > doubt => Inside::No(OUTSIDE.to_owned()),
        (true, Some(_)) if place.precision <= 1 => Inside::Yes,
        _ => Inside::Undetermined("the place is not known precisely enough".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::knowledge;

    fn place(name: &str, knowledge: &Knowledge) -> ClaimPlace {
        let entry = knowledge.places().find(|p| p.name == name);
        let resolved = entry.map(|p| Resolved {
            id: p.id.clone(),
            lat: p.lat,
            lon: p.lon,
            country: p.country.clone(),
            precision: p.precision,
            why: String::new(),
        });
        ClaimPlace { name: name.to_owned(), resolved }
    }

    fn lies(name: &str, area: &str) -> Inside {
        let knowledge = knowledge();
        inside(Some(&place(name, &knowledge)), &[area.to_owned()], &knowledge)
    }

    #[test]
    fn far_places_are_out_and_unknown_ones_undetermined() {
        assert_eq!(lies("Harvoi", "zone"), Inside::No(OUTSIDE.to_owned()));
        assert_eq!(lies("Harvoi", "kethra"), Inside::No(OUTSIDE.to_owned()));
        assert!(matches!(lies("Nowhere", "zone"), Inside::Undetermined(_)));
        assert!(matches!(lies("Kethra", "hollin"), Inside::Undetermined(_)));
    }

    #[test]
    fn by_name_by_what_it_lies_in_and_on_the_map() {
        assert_eq!(lies("the zone", "zone"), Inside::Yes);
        assert_eq!(lies("Hollin", "kethra"), Inside::Yes);
        assert_eq!(lies("Tavik", "zone"), Inside::Yes);
    }

    #[test]
    fn everywhere_needs_no_place() {
        assert_eq!(inside(None, &[], &knowledge()), Inside::Yes);
    }
}
