//! How far from its point a place may be.

/// Kilometres round a point within which the thing may be, by UCDP precision: the place itself, near it, a district, a
/// province, a region, a country. Round figures, to be drawn as areas; none where it is not known.
pub(crate) fn kilometres(precision: u8) -> Option<f64> {
    match precision {
        1 => Some(2.0),
        2 => Some(25.0),
        3 => Some(40.0),
        4 => Some(80.0),
        5 => Some(120.0),
        6 => Some(300.0),
        _ => None,
    }
}
