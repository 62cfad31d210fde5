//! A line of a border as somebody draws it on a map.

use geo::Coord;
use serde::{Deserialize, Serialize};

use super::compare::{Enclave, Incomparable, Proposal, check};
use crate::course::{Course, Side, Unfit, ring};
use crate::shapes::is_wgs84;

/// A line as it is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Drawn {
    /// On which map, with its year and scale where they are known.
    pub map: String,
    /// The coordinate system, if it is said; only EPSG:4326 is read.
    #[serde(default = "wgs84")]
    pub crs: String,
    /// Vertices: degrees east, degrees north.
    #[serde(with = "pairs")]
    pub line: Vec<Coord>,
    /// Party on the left of somebody who follows the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    /// Party on the right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<String>,
    /// What would lie on the other side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enclaves: Vec<DrawnEnclave>,
}

fn wgs84() -> String {
    "EPSG:4326".to_owned()
}

/// An enclave as it is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DrawnEnclave {
    /// Whose it would be.
    pub holder: String,
    /// Its edge.
    #[serde(with = "pairs")]
    pub ring: Vec<Coord>,
}

/// Why what is drawn is no line of a border.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Undrawable {
    /// On a map that nobody names.
    #[error("on which map the line is drawn is not said")]
    NoMap,
    /// In other coordinates.
    #[error("the coordinate system is {0}, and only EPSG:4326 is read")]
    Coordinates(String),
    /// A line that is none.
    #[error(transparent)]
    Line(#[from] Unfit),
    /// An enclave whose edge is no ring.
    #[error("enclave {0}: {1}")]
    Enclave(usize, Unfit),
    /// An enclave of nobody on either side.
    #[error("an enclave is `{0}`'s, and the line says neither that it lies on its left nor on its right")]
    Holder(String),
    /// Enclaves that meet the line, each other, or lie on their holder's own side.
    #[error(transparent)]
    Apart(#[from] Incomparable),
    /// Both sides are one party's.
    #[error("`{0}` lies on both sides of the line")]
    OneSide(String),
}

impl Undrawable {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Undrawable::NoMap => "name the map, with its year and scale where they are known",
            Undrawable::Coordinates(_) => "convert it first, such as with `ogr2ogr -t_srs EPSG:4326`",
            Undrawable::Line(unfit) | Undrawable::Enclave(_, unfit) => unfit.hint(),
            Undrawable::Apart(why) => why.hint(),
            Undrawable::Holder(_) => "give the line `left` and `right`, one of which is the holder",
            Undrawable::OneSide(_) => "a border parts two: name one on each hand of somebody who follows the line",
        }
    }
}

impl Drawn {
    /// The line, if it can be a border's with all that is drawn beside it.
    ///
    /// # Errors
    /// See [`Undrawable`].
    pub fn course(&self) -> Result<Course, Undrawable> {
        if self.map.trim().is_empty() {
            return Err(Undrawable::NoMap);
        }
        if !is_wgs84(&self.crs) {
            return Err(Undrawable::Coordinates(self.crs.clone()));
        }
        if let Some(party) = self.left.as_ref().filter(|_| self.left == self.right) {
            return Err(Undrawable::OneSide(party.clone()));
        }
        for (number, enclave) in (1..).zip(&self.enclaves) {
            ring(&enclave.ring).map_err(|e| Undrawable::Enclave(number, e))?;
            let holder = Some(&enclave.holder);
            if self.left.as_ref() != holder && self.right.as_ref() != holder {
                return Err(Undrawable::Holder(enclave.holder.clone()));
            }
        }
        let course = Course::new(&self.line)?;
        if !self.enclaves.is_empty() {
            check(&self.along(course.clone()))?;
        }
        Ok(course)
    }

    /// The same to be compared, along a course that is its own.
    #[must_use]
    pub fn along(&self, course: Course) -> Proposal {
        let side = |holder: &String| if self.left.as_ref() == Some(holder) { Side::Left } else { Side::Right };
        let enclave = |e: &DrawnEnclave| Enclave { holder: side(&e.holder), ring: e.ring.clone() };
        Proposal { course, enclaves: self.enclaves.iter().map(enclave).collect() }
    }
}

/// Positions as GeoJSON writes them: pairs of degrees east and degrees north.
mod pairs {
    use geo::Coord;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(line: &[Coord], to: S) -> Result<S::Ok, S::Error> {
        line.iter().map(|&c| c.into()).collect::<Vec<[f64; 2]>>().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Coord>, D::Error> {
        Ok(Vec::<[f64; 2]>::deserialize(from)?.into_iter().map(Coord::from).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(change: &str, to: &str) -> Drawn {
        let text = r#"{"map": "sheet 12", "line": [[-125.0, -45.0], [-125.1, -45.2]], "left": "orlava", "right": "vesk",
            "enclaves": [{"holder": "orlava", "ring": [[-125.2, -45.1], [-125.3, -45.1], [-125.3, -45.2]]}]}"#;
        serde_json::from_str(&text.replace(change, to)).unwrap()
    }

    #[test]
    fn what_is_no_border_is_told() {
        let told = |change: &str, to: &str| drawn(change, to).course().unwrap_err().to_string();
        assert_eq!(told("sheet 12", " "), "on which map the line is drawn is not said");
        assert_eq!(
            told("\"left\"", "\"crs\": \"EPSG:32709\", \"left\""),
            "the coordinate system is EPSG:32709, and only EPSG:4326 is read"
        );
        assert_eq!(told("\"left\": \"orlava\"", "\"left\": \"vesk\""), "`vesk` lies on both sides of the line");
        assert!(told("\"left\": \"orlava\"", "\"left\": \"ilmeria\"").contains("an enclave is `orlava`'s"));
        assert!(told("[-125.1, -45.2]]", "[-125.0, -45.0]]").contains("1 different positions"));
        assert!(told("[-125.1, -45.2]]", "[500000.0, 4400000.0]]").contains("no position"));
        assert!(told(", [-125.3, -45.2]", "").starts_with("enclave 1: "));
        assert!(told("\"holder\": \"orlava\"", "\"holder\": \"vesk\"").contains("on its holder's own side"));
        assert!(told("[-125.2, -45.1]", "[-125.0, -45.05]").contains("meets that proposal's own line"));
    }

    #[test]
    fn enclaves_keep_their_holder() {
        let drawn = drawn("", "");
        let proposal = drawn.along(drawn.course().unwrap());
        assert_eq!(proposal.enclaves[0].holder, Side::Left);
    }
}
