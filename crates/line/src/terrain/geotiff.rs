//! Heights from GeoTIFF (OGC 19-008r4): one band of numbers in degrees on WGS 84, north up. Read by the `tiff` crate, under
//! limits.

use std::io::Cursor;

use geo::Coord;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

/// The most heights that are read of one file.
pub const MOST: usize = 64 << 20;

const PIXEL_SCALE: Tag = Tag::ModelPixelScaleTag;
const TIE_POINT: Tag = Tag::ModelTiepointTag;
const TRANSFORMATION: Tag = Tag::ModelTransformationTag;
const KEYS: Tag = Tag::GeoKeyDirectoryTag;
const NO_DATA: Tag = Tag::GdalNodata;

/// Keys of the directory, by number.
const MODEL: u16 = 1024;
const RASTER: u16 = 1025;
const GEOGRAPHIC: u16 = 2048;
const ANGLES: u16 = 2054;
const PROJECTED: u16 = 3072;
const VERTICAL_UNITS: u16 = 4099;
const EPSG_4326: u16 = 4326;
/// What a key says where it is said elsewhere in words.
const BY_HAND: u16 = 32767;

/// Why a GeoTIFF cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unfitting {
    /// No TIFF that can be read.
    #[error("the GeoTIFF cannot be read: {0}")]
    Form(String),
    /// Too many heights.
    #[error("it has {0} by {1} heights, and at most {MOST} are read of one file")]
    Large(u32, u32),
    /// Other than one band of numbers.
    #[error("it has {0}, and one band of heights is read")]
    Bands(String),
    /// Nothing that says where it lies.
    #[error("it does not say where it lies: {0} is missing")]
    Unplaced(&'static str),
    /// In other coordinates.
    #[error("its coordinate system is {0}, and only EPSG:4326 is read")]
    Coordinates(String),
    /// Turned or mirrored.
    #[error("its rows do not run from west to east, from north to south")]
    Turned,
    /// Heights in other units.
    #[error("its heights are in the unit {0}, and metres (9001) are read")]
    Units(u16),
}

impl Unfitting {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Unfitting::Form(_) => "write it again with `gdal_translate -of GTiff -co COMPRESS=DEFLATE`",
            Unfitting::Large(..) => "cut out the part that is needed with `gdal_translate -projwin`",
            Unfitting::Bands(_) => "take one band with `gdal_translate -b 1`",
            Unfitting::Unplaced(_) | Unfitting::Turned | Unfitting::Coordinates(_) => {
                "convert it with `gdalwarp -t_srs EPSG:4326`"
            }
            Unfitting::Units(_) => "turn the heights into metres first",
        }
    }
}

impl From<TiffError> for Unfitting {
    fn from(error: TiffError) -> Unfitting {
        Unfitting::Form(error.to_string())
    }
}

/// Heights in metres, rows from north to south; not a number where none is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Raster {
    /// Degrees east and north of the first height.
    pub first: Coord,
    /// Degrees from one height to the next, east and north; both positive.
    pub step: Coord,
    /// Heights a row.
    pub width: usize,
    /// All of them.
    pub heights: Vec<f32>,
}

/// Whether bytes begin as those of a TIFF do.
#[must_use]
pub fn is_tiff(bytes: &[u8]) -> bool {
    [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|magic| bytes.starts_with(*magic))
}

/// Reads a file.
///
/// # Errors
/// See [`Unfitting`].
pub fn read(bytes: &[u8]) -> Result<Raster, Unfitting> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = 8 * MOST;
    limits.intermediate_buffer_size = 64 << 20;
    limits.ifd_value_size = 16 << 20;
    let mut file = Decoder::new(Cursor::new(bytes))?.with_limits(limits);
    let (width, rows) = file.dimensions()?;
    let cells = (width as usize).saturating_mul(rows as usize);
    if cells == 0 || cells > MOST {
        return Err(Unfitting::Large(width, rows));
    }
    match file.colortype()? {
        ColorType::Gray(_) => {}
        other => return Err(Unfitting::Bands(format!("{other:?}"))),
    }
    let (first, step) = place(&mut file)?;
    let unknown = file.get_tag_ascii_string(NO_DATA).ok().and_then(|t| t.trim_matches(['\0', ' ']).parse::<f64>().ok());
    let heights = numbers(file.read_image()?, unknown)?;
    if heights.len() != cells {
        return Err(Unfitting::Form(format!("it holds {} of its {cells} heights", heights.len())));
    }
    Ok(Raster { first, step, width: width as usize, heights })
}

type File<'a> = Decoder<Cursor<&'a [u8]>>;

/// Where the first height lies, and how far it is to the next.
fn place(file: &mut File<'_>) -> Result<(Coord, Coord), Unfitting> {
    let is_area = check_keys(&file.get_tag_u16_vec(KEYS).map_err(|_| Unfitting::Unplaced("GeoKeyDirectoryTag"))?)?;
    let (corner, step) = match file.get_tag_f64_vec(TRANSFORMATION) {
        Ok(matrix) => of_matrix(&matrix)?,
        Err(_) => of_tie(file)?,
    };
    let fits = |v: f64| v.is_finite() && v > 0.0 && v < 1.0;
    let on_earth = corner.x.abs() <= 360.0 && corner.y.abs() <= 91.0;
    if !fits(step.x) || !fits(step.y) || !on_earth {
        return Err(Unfitting::Turned);
    }
    let half = if is_area { 0.5 } else { 0.0 };
    Ok((Coord { x: corner.x + half * step.x, y: corner.y - half * step.y }, step))
}

/// From the place of one height and the size of a cell.
fn of_tie(file: &mut File<'_>) -> Result<(Coord, Coord), Unfitting> {
    let scale = file.get_tag_f64_vec(PIXEL_SCALE).map_err(|_| Unfitting::Unplaced("ModelPixelScaleTag"))?;
    let tie = file.get_tag_f64_vec(TIE_POINT).map_err(|_| Unfitting::Unplaced("ModelTiepointTag"))?;
    let ([dx, dy, ..], [column, row, _, x, y, ..]) = (scale.as_slice(), tie.as_slice()) else {
        return Err(Unfitting::Unplaced("a whole tie point"));
    };
    Ok((Coord { x: x - column * dx, y: y + row * dy }, Coord { x: *dx, y: *dy }))
}

fn of_matrix(matrix: &[f64]) -> Result<(Coord, Coord), Unfitting> {
    match matrix {
        [dx, b, _, x, d, dy, _, y, ..] if *b == 0.0 && *d == 0.0 => {
            Ok((Coord { x: *x, y: *y }, Coord { x: *dx, y: -dy }))
        }
        _ => Err(Unfitting::Turned),
    }
}

/// Whether a cell is an area (rather than a point), if the keys say that all is in degrees on WGS 84.
fn check_keys(directory: &[u16]) -> Result<bool, Unfitting> {
    let key = |wanted: u16| {
        let keys = directory.get(4..).unwrap_or_default().chunks_exact(4);
        keys.filter(|k| k[0] == wanted && k[1] == 0).map(|k| k[3]).next()
    };
    if let Some(projected) = key(PROJECTED).filter(|_| key(MODEL) != Some(2)) {
        return Err(Unfitting::Coordinates(named(projected)));
    }
    match key(GEOGRAPHIC) {
        Some(EPSG_4326) => {}
        Some(other) => return Err(Unfitting::Coordinates(named(other))),
        None => return Err(Unfitting::Coordinates("not said".to_owned())),
    }
    if let Some(angles) = key(ANGLES).filter(|a| *a != 9102) {
        return Err(Unfitting::Coordinates(format!("in the unit of angles {angles}")));
    }
    match key(VERTICAL_UNITS) {
        Some(unit) if unit != 9001 => Err(Unfitting::Units(unit)),
        _ => Ok(key(RASTER) != Some(2)),
    }
}

fn named(code: u16) -> String {
    if code == BY_HAND { "one of its own".to_owned() } else { format!("EPSG:{code}") }
}

/// Numbers as heights; those that stand for none, and those that no ground has, are not a number.
fn numbers(read: DecodingResult, unknown: Option<f64>) -> Result<Vec<f32>, Unfitting> {
    fn heights<T: Into<f64>>(all: Vec<T>, unknown: Option<f64>) -> Vec<f32> {
        let is_ground = |v: f64| Some(v) != unknown && (-12_000.0..=9_000.0).contains(&v);
        all.into_iter().map(Into::into).map(|v| if is_ground(v) { v as f32 } else { f32::NAN }).collect()
    }
    Ok(match read {
        DecodingResult::U8(all) => heights(all, unknown),
        DecodingResult::U16(all) => heights(all, unknown),
        DecodingResult::U32(all) => heights(all, unknown),
        DecodingResult::I8(all) => heights(all, unknown),
        DecodingResult::I16(all) => heights(all, unknown),
        DecodingResult::I32(all) => heights(all, unknown),
        DecodingResult::F32(all) => heights(all, unknown),
        DecodingResult::F64(all) => heights(all, unknown),
        _ => return Err(Unfitting::Bands("numbers of 64 bits or of half precision".to_owned())),
    })
}

#[cfg(test)]
mod tests {
    use tiff::encoder::{TiffEncoder, colortype::Gray16, colortype::Gray32Float};

    use super::*;
    use crate::sight::Seen;
    use crate::terrain::{Terrain, Unreadable, View};

    /// Keys of a geographic grid of areas.
    const DEGREES: &[u16] = &[1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326];

    /// A file of 400 by 100 heights from 10 E 45 N on, 400 cells a degree.
    fn file(keys: &[u16], scale: &[f64], height: impl Fn(usize, usize) -> f32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
        let mut image = encoder.new_image::<Gray32Float>(400, 100).unwrap();
        image.encoder().write_tag(KEYS, keys).unwrap();
        image.encoder().write_tag(PIXEL_SCALE, scale).unwrap();
        image.encoder().write_tag(TIE_POINT, &[0.0, 0.0, 0.0, 10.0, 45.0, 0.0][..]).unwrap();
        image.encoder().write_tag(NO_DATA, "-9999").unwrap();
        let heights: Vec<f32> =
            (0..100).flat_map(|r| (0..400).map(move |c| (r, c))).map(|(r, c)| height(r, c)).collect();
        image.write_data(&heights).unwrap();
        bytes.into_inner()
    }

    const SCALE: &[f64] = &[0.0025, 0.0025, 0.0];

    fn refused(keys: &[u16], scale: &[f64]) -> String {
        read(&file(keys, scale, |_, _| 10.0)).unwrap_err().to_string()
    }

    #[test]
    fn what_is_in_other_coordinates_or_turned_is_refused() {
        let utm = [1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 32638];
        assert_eq!(refused(&utm, SCALE), "its coordinate system is EPSG:32638, and only EPSG:4326 is read");
        let other = [1, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, 4284];
        assert_eq!(refused(&other, SCALE), "its coordinate system is EPSG:4284, and only EPSG:4326 is read");
        assert!(refused(&[1, 1, 0, 0], SCALE).contains("not said"));
        let feet = [DEGREES, &[4099, 0, 1, 9002]].concat();
        assert!(refused(&feet, SCALE).contains("the unit 9002"));
        assert!(refused(DEGREES, &[0.0025, -0.0025, 0.0]).contains("its rows do not run"));
        assert!(refused(DEGREES, &[f64::NAN, 0.0025, 0.0]).contains("its rows do not run"));
        let good = file(DEGREES, SCALE, |_, _| 10.0);
        assert!(matches!(read(good.get(..good.len() / 2).unwrap()), Err(Unfitting::Form(_))));
        assert!(read(b"II*\0").is_err());
        let mut bytes = Cursor::new(Vec::new());
        TiffEncoder::new(&mut bytes).unwrap().write_image::<Gray16>(2, 2, &[1, 2, 3, 4]).unwrap();
        assert_eq!(read(&bytes.into_inner()).unwrap_err(), Unfitting::Unplaced("GeoKeyDirectoryTag"));
    }

    #[test]
    fn heights_lie_in_the_middle_of_areas_and_on_points() {
        let mark = |r: usize, c: usize| if (r, c) == (3, 5) { -9999.0 } else { (r * 400 + c) as f32 / 10.0 };
        let area = read(&file(DEGREES, SCALE, mark)).unwrap();
        assert!((area.first.x - 10.00125).abs() < 1e-12 && (area.first.y - 44.99875).abs() < 1e-12, "{:?}", area.first);
        assert!(area.heights[3 * 400 + 5].is_nan() && area.heights[7] == 0.7);
        let mut point = DEGREES.to_vec();
        point[11] = 2;
        assert_eq!(read(&file(&point, SCALE, mark)).unwrap().first, Coord { x: 10.0, y: 45.0 });
    }

    #[test]
    fn a_view_over_it_and_beside_other_tiles() {
        let mut terrain = Terrain::default();
        let ridge = file(DEGREES, SCALE, |_, c| if c == 200 { 300.0 } else { 10.0 });
        terrain.add("ground.tif", &ridge).unwrap();
        let view = View::new(&terrain, Coord { x: 10.4, y: 44.875 }, 2.0, 2.0, 20_000.0).unwrap();
        assert_eq!(view.sees(Coord { x: 10.45, y: 44.875 }), Seen::Visible);
        assert_eq!(view.sees(Coord { x: 10.55, y: 44.875 }), Seen::Hidden, "behind the ridge");
        assert_eq!(terrain.add("N45E010.hgt", &vec![0; 2_884_802]), Err(Unreadable::Spacing));
        assert_eq!(View::new(&terrain, Coord { x: 12.0, y: 44.9 }, 2.0, 2.0, 1000.0), None, "no ground there");
    }
}
