//! GeoJSON in and out: features with their properties, in degrees east and north and nothing else.

use geo::{Coord, Geometry, LineString};
use geojson::{Feature, FeatureCollection, GeoJson, JsonObject, JsonValue};

use crate::course::{Course, Side, Unfit};
use crate::earth::is_position;

/// A feature of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Which feature of the file, from 1.
    pub number: usize,
    /// Its id, from `id` among its properties or beside them.
    pub id: Option<String>,
    /// Its properties.
    pub properties: JsonObject,
    /// What is drawn.
    pub geometry: Geometry<f64>,
}

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Misdrawn {
    /// No GeoJSON.
    #[error("no GeoJSON: {0}")]
    NotGeoJson(String),
    /// In another coordinate system.
    #[error("its coordinate system is {0}, and only EPSG:4326 is read")]
    Coordinates(String),
    /// A feature without anything drawn.
    #[error("feature {0} has no geometry")]
    Empty(usize),
    /// A feature that should be something else.
    #[error("feature {number} is a {found}, and {wanted} is needed")]
    Kind {
        /// Which.
        number: usize,
        /// What it is.
        found: &'static str,
        /// What it should be.
        wanted: &'static str,
    },
    /// A line in pieces.
    #[error("feature {0} is a line in {1} pieces")]
    Pieces(usize, usize),
    /// A line that is none.
    #[error("feature {0}: {1}")]
    Unfit(usize, Unfit),
    /// A property that is missing or of another kind.
    #[error("feature {0}: `{1}` is missing, or is no text")]
    Property(usize, &'static str),
}

impl Misdrawn {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Misdrawn::NotGeoJson(_) => "the file is a GeoJSON FeatureCollection, a feature or a geometry".to_owned(),
            Misdrawn::Coordinates(_) => "convert it first, such as with `ogr2ogr -t_srs EPSG:4326`".to_owned(),
            Misdrawn::Empty(_) => "leave the feature out".to_owned(),
            Misdrawn::Kind { .. } => "docs/line.md says what each file holds".to_owned(),
            Misdrawn::Pieces(..) => "join the pieces in order, or give each as a segment of its own".to_owned(),
            Misdrawn::Unfit(_, unfit) => unfit.hint().to_owned(),
            Misdrawn::Property(..) => "docs/line.md lists the properties".to_owned(),
        }
    }
}

/// Whether a name of a coordinate system means degrees on WGS 84.
#[must_use]
pub fn is_wgs84(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    let ends = ["epsg:4326", "epsg::4326", "crs84", "epsg/0/4326", "ogc/1.3/crs84", "wgs84", "wgs 84"];
    ends.iter().any(|end| name.ends_with(end))
}

/// Reads a file.
///
/// # Errors
/// See [`Misdrawn`].
pub fn read(content: &str) -> Result<Vec<Shape>, Misdrawn> {
    let parsed: GeoJson = content.parse().map_err(|e: geojson::Error| Misdrawn::NotGeoJson(e.to_string()))?;
    let features = match parsed {
        GeoJson::FeatureCollection(collection) => {
            check_crs(collection.foreign_members.as_ref())?;
            collection.features
        }
        GeoJson::Feature(feature) => vec![feature],
        GeoJson::Geometry(geometry) => vec![Feature::from(geometry)],
    };
    features.into_iter().enumerate().map(|(i, f)| shape(i + 1, f)).collect()
}

/// The `crs` of GeoJSON before RFC 7946, which some programs still write; null there means that it is not known.
fn check_crs(members: Option<&JsonObject>) -> Result<(), Misdrawn> {
    let crs = members.and_then(|m| m.get("crs"));
    if crs.is_some_and(JsonValue::is_null) {
        return Err(Misdrawn::Coordinates("null, so nobody may guess it".to_owned()));
    }
    let name = |c: &JsonValue| c.pointer("/properties/name").and_then(|n| n.as_str()).map(str::to_owned);
    match crs.map(|c| name(c).unwrap_or_else(|| c.to_string())) {
        Some(name) if !is_wgs84(&name) => Err(Misdrawn::Coordinates(name)),
        _ => Ok(()),
    }
}

fn shape(number: usize, feature: Feature) -> Result<Shape, Misdrawn> {
    check_crs(feature.foreign_members.as_ref())?;
    let geometry = feature.geometry.ok_or(Misdrawn::Empty(number))?;
    check_crs(geometry.foreign_members.as_ref())?;
    let geometry = geometry.try_into().map_err(|e: geojson::Error| Misdrawn::NotGeoJson(e.to_string()))?;
    let beside = feature.id.map(|id| match id {
        geojson::feature::Id::String(id) => id,
        geojson::feature::Id::Number(id) => id.to_string(),
    });
    let properties = feature.properties.unwrap_or_default();
    let id = properties.get("id").and_then(|v| v.as_str()).map(str::to_owned).or(beside);
    Ok(Shape { number, id, properties, geometry })
}

impl Shape {
    /// A property that is text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.properties.get(name).and_then(|v| v.as_str())
    }

    /// A property that must be text.
    ///
    /// # Errors
    /// Where it is missing or something else.
    pub fn needed(&self, name: &'static str) -> Result<&str, Misdrawn> {
        self.text(name).ok_or(Misdrawn::Property(self.number, name))
    }

    /// What it is called: its name, label or id, else its number.
    #[must_use]
    pub fn name(&self) -> String {
        let named = ["name", "label", "title"].iter().find_map(|n| self.text(n)).map(str::to_owned);
        named.or_else(|| self.id.clone()).unwrap_or_else(|| format!("feature {}", self.number))
    }

    /// Whether it is a line, in one piece or several.
    #[must_use]
    pub fn is_line(&self) -> bool {
        matches!(self.geometry, Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_))
    }

    /// The vertices of its line.
    ///
    /// # Errors
    /// Where it is no line in one piece.
    pub fn line(&self) -> Result<Vec<Coord>, Misdrawn> {
        match &self.geometry {
            Geometry::Line(line) => Ok(vec![line.start, line.end]),
            Geometry::LineString(LineString(vertices)) => Ok(vertices.clone()),
            Geometry::MultiLineString(lines) => match lines.0.as_slice() {
                [LineString(vertices)] => Ok(vertices.clone()),
                pieces => Err(Misdrawn::Pieces(self.number, pieces.len())),
            },
            other => Err(Misdrawn::Kind { number: self.number, found: kind(other), wanted: "a line" }),
        }
    }

    /// Its line as a course.
    ///
    /// # Errors
    /// Where it is no line in one piece that meets itself nowhere.
    pub fn course(&self) -> Result<Course, Misdrawn> {
        Course::new(&self.line()?).map_err(|e| Misdrawn::Unfit(self.number, e))
    }

    /// The outer edge of its area; holes are not read.
    ///
    /// # Errors
    /// Where it is no single area.
    pub fn ring(&self) -> Result<Vec<Coord>, Misdrawn> {
        match &self.geometry {
            Geometry::Polygon(polygon) if polygon.interiors().is_empty() => Ok(polygon.exterior().0.clone()),
            other => Err(Misdrawn::Kind { number: self.number, found: kind(other), wanted: "an area without holes" }),
        }
    }

    /// Its point.
    ///
    /// # Errors
    /// Where it is no point on the earth.
    pub fn point(&self) -> Result<Coord, Misdrawn> {
        let Geometry::Point(point) = &self.geometry else {
            return Err(Misdrawn::Kind { number: self.number, found: kind(&self.geometry), wanted: "a point" });
        };
        let fits = is_position(point.0);
        let unfit = Unfit::NoPosition { vertex: 1, lon: point.x(), lat: point.y() };
        if fits { Ok(point.0) } else { Err(Misdrawn::Unfit(self.number, unfit)) }
    }

    /// The side on which a party lies, by its properties `left` and `right`.
    #[must_use]
    pub fn side_of(&self, party: &str) -> Option<Side> {
        if self.text("left") == Some(party) {
            return Some(Side::Left);
        }
        (self.text("right") == Some(party)).then_some(Side::Right)
    }
}

fn kind(geometry: &Geometry<f64>) -> &'static str {
    match geometry {
        Geometry::Point(_) => "point",
        Geometry::Line(_) | Geometry::LineString(_) => "line",
        Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "area",
        Geometry::MultiPoint(_) => "set of points",
        Geometry::MultiLineString(_) => "set of lines",
        Geometry::MultiPolygon(_) => "set of areas",
        Geometry::GeometryCollection(_) => "collection",
    }
}

/// A feature to be written; coordinates are given to the seventh place, about a centimetre.
#[must_use]
pub fn feature(geometry: &Geometry<f64>, properties: JsonObject) -> Feature {
    let rounded = geo::MapCoords::map_coords(geometry, |c| Coord { x: round(c.x), y: round(c.y) });
    Feature {
        bbox: None,
        geometry: Some(geojson::Geometry::new((&rounded).into())),
        id: None,
        properties: Some(properties),
        foreign_members: None,
    }
}

fn round(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// A file of features; coordinates are EPSG:4326, degrees east and north, as RFC 7946 has it.
#[must_use]
pub fn write(features: Vec<Feature>) -> String {
    GeoJson::from(FeatureCollection { bbox: None, features, foreign_members: None }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read() {
        assert!(matches!(read("{"), Err(Misdrawn::NotGeoJson(_))));
        let utm = r#"{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}, "features": []}"#;
        assert_eq!(read(utm), Err(Misdrawn::Coordinates("urn:ogc:def:crs:EPSG::32638".to_owned())));
        assert_eq!(read(r#"{"type": "Feature", "geometry": null, "properties": {}}"#), Err(Misdrawn::Empty(1)));
        let point = &read(r#"{"type": "Point", "coordinates": [500000, 4400000]}"#).unwrap()[0];
        assert!(point.point().is_err());
        assert_eq!(point.line().unwrap_err().to_string(), "feature 1 is a point, and a line is needed");
        let pieces = r#"{"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]], [[2, 2], [3, 3]]]}"#;
        assert_eq!(read(pieces).unwrap()[0].line(), Err(Misdrawn::Pieces(1, 2)));
    }

    #[test]
    fn names_of_the_only_coordinate_system() {
        assert!(
            ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"].iter().all(|n| is_wgs84(n))
        );
        assert!(!is_wgs84("EPSG:3857") && !is_wgs84("EPSG:14326 something") && !is_wgs84(""));
    }

    #[test]
    fn there_and_back() {
        let file = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"LineString","coordinates":[[10.0,45.0],[10.5,46.0]]},"properties":{"id":"a","left":"vesk"}}]}"#;
        let shapes = read(file).unwrap();
        assert_eq!((shapes[0].id.as_deref(), shapes[0].side_of("vesk")), (Some("a"), Some(Side::Left)));
        let again = write(vec![feature(&shapes[0].geometry, shapes[0].properties.clone())]);
        assert_eq!(read(&again).unwrap(), shapes);
    }
}
