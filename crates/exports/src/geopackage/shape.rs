//! Shapes as GeoPackage keeps them.

use geo::{BoundingRect, Destination, Geometry, Haversine, Point, Polygon, Rect};
use geozero::{CoordDimensions, ToWkb};

use crate::error::ExportError;

/// WGS 84, degrees east and north.
pub(super) const SRS: i32 = 4326;
/// Corners of a circle.
const CORNERS: u32 = 48;

/// A circle of so many kilometres round a point, as a polygon.
pub(super) fn circle(lat: f64, lon: f64, radius_km: f64) -> Geometry<f64> {
    let centre = Point::new(lon, lat);
    let corner = |i: u32| {
        // Against the clock, as outer rings go.
        let bearing = 360.0 - 360.0 * f64::from(i) / f64::from(CORNERS);
        Haversine.destination(centre, bearing, radius_km * 1000.0).0
    };
    Geometry::Polygon(Polygon::new((0..CORNERS).map(corner).collect(), Vec::new()))
}

/// A shape with the header that GeoPackage puts before its WKB, and with its bounds there.
pub(super) fn bytes(shape: &Geometry<f64>) -> Result<Vec<u8>, ExportError> {
    let bounds = bounds(shape).map(|b| vec![b.min().x, b.max().x, b.min().y, b.max().y]).unwrap_or_default();
    Ok(shape.to_gpkg_wkb(CoordDimensions::xy(), Some(SRS), bounds)?)
}

/// The rectangle round a shape; none round an empty one.
pub(super) fn bounds(shape: &Geometry<f64>) -> Option<Rect<f64>> {
    shape.bounding_rect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_begins_with_the_header_of_the_format() {
        let point = bytes(&Geometry::from(Point::new(46.5, 40.25))).unwrap();
        assert_eq!(point.get(..3), Some(&b"GP\0"[..]));
        assert_eq!(point.get(4..8), Some(&SRS.to_le_bytes()[..]));
    }

    #[test]
    fn a_circle_is_as_wide_as_its_precision_says() {
        let bounds = bounds(&circle(0.0, 10.0, 111.2)).unwrap();
        assert!((bounds.width() - 2.0).abs() < 0.01 && (bounds.height() - 2.0).abs() < 0.01, "{bounds:?}");
    }
}
