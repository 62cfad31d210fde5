//! Heights of the ground from tiles: in the form of the Shuttle Radar Topography Mission (`N45E012.hgt`: one degree by one,
//! rows from north to south, 1201 or 3601 big-endian whole metres a row, -32768 where none is known; tiles share their
//! edges), or GeoTIFF in degrees ([`geotiff`]).

pub mod geotiff;

use geo::Coord;

use crate::earth;
use crate::sight::{Eye, Grid, REFRACTION, Seen, viewshed};
pub use geotiff::Unfitting;

/// Stands for a height that is not known.
const VOID: i16 = i16::MIN;
/// How far, as a part of a cell, the grids of two tiles may lie from each other.
const OFF: f64 = 0.02;

/// Why a tile cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unreadable {
    /// A name that does not say where it is.
    #[error("`{0}` does not say where the tile lies")]
    Name(String),
    /// A size that none of the two forms has.
    #[error("it has {0} bytes, and tiles have 2884802 (three seconds) or 25934402 (one second)")]
    Size(usize),
    /// Another spacing than the other tiles, or between their heights.
    #[error("its heights lie on another grid than those of the other tiles")]
    Spacing,
    /// A GeoTIFF that cannot be used.
    #[error(transparent)]
    GeoTiff(#[from] Unfitting),
}

impl Unreadable {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Unreadable::Name(_) => "name tiles by their south-western corner, such as S46W125.hgt",
            Unreadable::Size(_) => {
                "unpack the tile; other forms can be turned into it with `gdal_translate -of SRTMHGT`"
            }
            Unreadable::Spacing => "use tiles of one spacing that fit together, or `gdalwarp` them into one file",
            Unreadable::GeoTiff(unfitting) => unfitting.hint(),
        }
    }
}

/// Where heights lie: so many cells north and east of an origin, all in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Lattice {
    origin: Coord,
    /// Degrees from one height to the next, east and north.
    step: Coord,
}

impl Lattice {
    /// Cells north and east of the origin, in fractions.
    fn place(&self, at: Coord) -> (f64, f64) {
        ((at.y - self.origin.y) / self.step.y, earth::normal(at.x - self.origin.x) / self.step.x)
    }

    fn degrees(&self, north: f64, east: f64) -> Coord {
        Coord { x: self.origin.x + east * self.step.x, y: self.origin.y + north * self.step.y }
    }

    /// The nearest place of the grid, in cells north and east.
    fn nearest(&self, at: Coord) -> (i64, i64) {
        let (north, east) = self.place(at);
        (north.round() as i64, east.round() as i64)
    }

    /// Whether another grid is the same over so many cells, shifted by whole cells.
    fn fits(&self, other: &Lattice, cells: usize) -> bool {
        let drift = |a: f64, b: f64| ((a - b) / a).abs() * cells as f64;
        let (north, east) = self.place(other.origin);
        let off = |cells: f64| (cells - cells.round()).abs();
        let near = drift(self.step.x, other.step.x).max(drift(self.step.y, other.step.y));
        near <= OFF && off(north) <= OFF && off(east) <= OFF
    }
}

/// Heights in metres, rows from north to south.
#[derive(Debug, Clone, PartialEq)]
enum Heights {
    Whole(Vec<i16>),
    /// Not a number where none is known.
    Real(Vec<f32>),
}

/// A piece of ground.
#[derive(Debug, Clone, PartialEq)]
struct Tile {
    /// Cells north and east of the origin of its first height, in its north-western corner.
    corner: (i64, i64),
    width: usize,
    rows: usize,
    heights: Heights,
}

impl Tile {
    fn height(&self, north: i64, east: i64) -> Option<f32> {
        let row = usize::try_from(self.corner.0 - north).ok().filter(|r| *r < self.rows)?;
        let column = usize::try_from(east - self.corner.1).ok().filter(|c| *c < self.width)?;
        let index = row * self.width + column;
        match &self.heights {
            Heights::Whole(all) => all.get(index).filter(|h| **h != VOID).map(|h| f32::from(*h)),
            Heights::Real(all) => all.get(index).copied().filter(|h| h.is_finite()),
        }
    }

    /// Whether it has any of the cells between two corners.
    fn meets(&self, (south, west): (i64, i64), (north, east): (i64, i64)) -> bool {
        let (rows, width) = (self.rows as i64, self.width as i64);
        self.corner.0 >= south && self.corner.0 - rows < north && self.corner.1 <= east && self.corner.1 + width > west
    }
}

/// Tiles of one spacing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terrain {
    /// Where the heights of all tiles lie. None without tiles.
    lattice: Option<Lattice>,
    /// The first that knows a height tells it.
    tiles: Vec<Tile>,
}

impl Terrain {
    /// Adds a tile from the name of its file and its bytes: GeoTIFF by how it begins, else of the radar mission.
    ///
    /// # Errors
    /// See [`Unreadable`].
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Unreadable> {
        if geotiff::is_tiff(bytes) {
            let geotiff::Raster { first, step, width, heights } = geotiff::read(bytes)?;
            let rows = heights.len() / width.max(1);
            return self.lay(Lattice { origin: first, step }, (width, rows), Heights::Real(heights));
        }
        let corner = corner(name).ok_or_else(|| Unreadable::Name(name.to_owned()))?;
        let side: usize = match bytes.len() {
            2_884_802 => 1201,
            25_934_402 => 3601,
            other => return Err(Unreadable::Size(other)),
        };
        let heights = bytes.chunks_exact(2).map(|b| i16::from_be_bytes([b[0], b[1]])).collect();
        let step = 1.0 / (side - 1) as f64;
        let origin = Coord { x: f64::from(corner.1), y: f64::from(corner.0 + 1) };
        self.lay(Lattice { origin, step: Coord { x: step, y: step } }, (side, side), Heights::Whole(heights))
    }

    /// Lays a tile whose first height lies at the origin of its own grid.
    fn lay(&mut self, own: Lattice, (width, rows): (usize, usize), heights: Heights) -> Result<(), Unreadable> {
        let lattice = *self.lattice.get_or_insert(own);
        if !lattice.fits(&own, width.max(rows)) {
            return Err(Unreadable::Spacing);
        }
        self.tiles.push(Tile { corner: lattice.nearest(own.origin), width, rows, heights });
        Ok(())
    }

    /// Whether there is no tile.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tiles.is_empty()
    }

    /// The height at a place of the grid, turned round the earth where that leads to a tile.
    fn height(tiles: &[&Tile], round: i64, north: i64, east: i64) -> Option<f32> {
        [0, round, -round].iter().find_map(|turn| tiles.iter().find_map(|t| t.height(north, east + turn)))
    }

    /// Cells once round the earth; nought where the spacing does not divide it.
    fn round(lattice: &Lattice) -> i64 {
        let cells = 360.0 / lattice.step.x;
        if (cells - cells.round()).abs() < OFF { cells.round() as i64 } else { 0 }
    }

    /// The ground round a place, as far as a reach in metres, with the place at its middle. None at the poles, and where the
    /// height of the place itself is not known.
    fn around(&self, lattice: &Lattice, at: (i64, i64), reach_m: f64) -> Option<Grid> {
        let here = lattice.degrees(at.0 as f64, at.1 as f64);
        let down_m = earth::metres(here, Coord { y: here.y + lattice.step.y, ..here });
        let across_m = earth::metres(here, Coord { x: here.x + lattice.step.x, ..here });
        if across_m < 0.5 || down_m < 0.5 {
            return None;
        }
        let (across, down) = ((reach_m / across_m).ceil() as i64 + 1, (reach_m / down_m).ceil() as i64 + 1);
        let round = Terrain::round(lattice);
        let turned = |t: &&Tile| {
            [0, round, -round]
                .iter()
                .any(|turn| t.meets((at.0 - down, at.1 - across + turn), (at.0 + down, at.1 + across + turn)))
        };
        let tiles: Vec<&Tile> = self.tiles.iter().filter(turned).collect();
        Terrain::height(&tiles, round, at.0, at.1)?;
        let rows = (-down..=down).rev();
        let cells = rows.flat_map(|r| (-across..=across).map(move |c| (at.0 + r, at.1 + c)));
        let heights = cells.map(|(n, e)| Terrain::height(&tiles, round, n, e).unwrap_or(f32::NAN)).collect();
        Some(Grid { width: 2 * across as usize + 1, across_m, down_m, heights })
    }
}

/// What is seen from one place.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    lattice: Lattice,
    middle: (i64, i64),
    width: usize,
    rows: usize,
    /// What is known of each cell, four cells to a byte: views over a large reach have millions.
    seen: Vec<u8>,
}

const SORTS: [Seen; 4] = [Seen::Visible, Seen::Hidden, Seen::TooFar, Seen::Unknown];

fn packed(seen: &[Seen]) -> Vec<u8> {
    let byte = |cells: &[Seen]| cells.iter().rev().fold(0u8, |byte, &s| byte << 2 | s as u8);
    seen.chunks(4).map(byte).collect()
}

impl View {
    /// Looks round over a terrain, from so many metres above the ground for what is so many metres above it, no further
    /// than a reach. None where the ground there is not known.
    #[must_use]
    pub fn new(terrain: &Terrain, from: Coord, above_m: f64, target_m: f64, reach_m: f64) -> Option<View> {
        let lattice = terrain.lattice?;
        let middle = lattice.nearest(from);
        let grid = terrain.around(&lattice, middle, reach_m)?;
        let (column, row) = (grid.width / 2, grid.rows() / 2);
        // Cells stand for their whole surroundings; reach is for the caller to measure exactly.
        let slack = grid.across_m.hypot(grid.down_m);
        let eye = Eye {
            column,
            row,
            above_m,
            target_m,
            reach_m: reach_m + slack,
            refraction: REFRACTION,
            own_ground_hides: false,
        };
        let seen = packed(&viewshed(&grid, &eye));
        Some(View { lattice, middle, width: grid.width, rows: grid.rows(), seen })
    }

    fn cell(&self, index: usize) -> Option<Seen> {
        let byte = self.seen.get(index / 4).filter(|_| index < self.width * self.rows)?;
        SORTS.get(usize::from(byte >> (index % 4 * 2) & 3)).copied()
    }

    /// Whether a position is seen, by the cell that is nearest to it.
    #[must_use]
    pub fn sees(&self, at: Coord) -> Seen {
        let rows = self.rows;
        let (north, _) = self.lattice.place(at);
        let middle = self.lattice.degrees(self.middle.0 as f64, self.middle.1 as f64);
        let east = earth::normal(at.x - middle.x) / self.lattice.step.x;
        let column = east.round() as i64 + self.width as i64 / 2;
        let row = self.middle.0 - north.round() as i64 + rows as i64 / 2;
        let inside = (0..self.width as i64).contains(&column) && (0..rows as i64).contains(&row);
        let index = usize::try_from(row * self.width as i64 + column).ok().filter(|_| inside);
        index.and_then(|i| self.cell(i)).unwrap_or(Seen::TooFar)
    }

    /// Cells that are seen, with the corners of each as degrees west, south, east and north.
    pub fn cells(&self) -> impl Iterator<Item = [f64; 4]> + '_ {
        let rows = self.rows;
        let seen = (0..self.width * self.rows).filter(|&i| self.cell(i) == Some(Seen::Visible));
        seen.map(move |i| {
            let (row, column) = ((i / self.width) as i64, (i % self.width) as i64);
            let north = (self.middle.0 + rows as i64 / 2 - row) as f64;
            let east = (self.middle.1 + column - self.width as i64 / 2) as f64;
            let (from, to) =
                (self.lattice.degrees(north - 0.5, east - 0.5), self.lattice.degrees(north + 0.5, east + 0.5));
            [from.x, from.y, to.x, to.y]
        })
    }

    /// How many cells are of a sort.
    #[must_use]
    pub fn count(&self, sort: Seen) -> usize {
        (0..self.width * self.rows).filter(|&i| self.cell(i) == Some(sort)).count()
    }
}

/// "S46W125" as degrees north and east.
fn corner(name: &str) -> Option<(i32, i32)> {
    let name = name.to_ascii_uppercase();
    let (north, rest) = (name.get(..3)?, name.get(3..7)?);
    let degrees = |text: &str, plus: char, minus: char| {
        let value: i32 = text.get(1..)?.parse().ok()?;
        match text.chars().next()? {
            hand if hand == plus => Some(value),
            hand if hand == minus => Some(-value),
            _ => None,
        }
    };
    Some((degrees(north, 'N', 'S')?, degrees(rest, 'E', 'W')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(height: impl Fn(usize, usize) -> i16) -> Vec<u8> {
        (0..1201).flat_map(|r| (0..1201).map(move |c| (r, c))).flat_map(|(r, c)| height(r, c).to_be_bytes()).collect()
    }

    #[test]
    fn tiles_that_cannot_be_read() {
        let mut terrain = Terrain::default();
        assert_eq!(terrain.add("hills.hgt", &[]), Err(Unreadable::Name("hills.hgt".to_owned())));
        assert_eq!(terrain.add("N45E012.hgt", &[0; 10]), Err(Unreadable::Size(10)));
        terrain.add("N45E012.hgt", &tile(|_, _| 0)).unwrap();
        assert_eq!(terrain.add("N46E012.hgt", &vec![0; 25_934_402]), Err(Unreadable::Spacing));
        assert_eq!(View::new(&terrain, Coord { x: 20.0, y: 45.5 }, 2.0, 2.0, 1000.0), None, "no ground there");
    }

    #[test]
    fn heights_are_where_they_belong() {
        let mut terrain = Terrain::default();
        // The height tells the row and, in steps of a hundred, the column.
        terrain.add("S46W125.hgt", &tile(|r, c| (r + c) as i16)).unwrap();
        let height = |north: f64, east: f64| {
            let at = terrain.lattice.unwrap().nearest(Coord { x: -125.0 + east / 1200.0, y: -45.0 + north / 1200.0 });
            Terrain::height(&terrain.tiles.iter().collect::<Vec<_>>(), 0, at.0, at.1)
        };
        assert_eq!(height(0.0, 0.0), Some(0.0), "north-western corner");
        assert_eq!(height(-1200.0, 1200.0), Some(2400.0), "south-eastern corner");
        assert_eq!(height(-10.0, 3.0), Some(13.0));
        assert_eq!(height(1.0, 0.0), None);
    }

    #[test]
    fn over_the_antimeridian() {
        let mut terrain = Terrain::default();
        terrain.add("N00E179.hgt", &tile(|_, _| 10)).unwrap();
        terrain.add("N00W180.hgt", &tile(|_, c| if c == 300 { 200 } else { 10 })).unwrap();
        let view = View::new(&terrain, Coord { x: 179.97, y: 0.5 }, 2.0, 2.0, 60_000.0).unwrap();
        assert_eq!(view.sees(Coord { x: -179.97, y: 0.5 }), Seen::Visible);
        assert_eq!(view.sees(Coord { x: -179.70, y: 0.5 }), Seen::Hidden, "behind the ridge");
    }

    #[test]
    fn over_a_ridge_and_across_tiles() {
        let mut terrain = Terrain::default();
        // A ridge runs north to south at a quarter of the eastern tile.
        terrain.add("N00W001.hgt", &tile(|_, _| 10)).unwrap();
        terrain.add("N00E000.hgt", &tile(|_, c| if c == 300 { 200 } else { 10 })).unwrap();
        let view = View::new(&terrain, Coord { x: -0.05, y: 0.5 }, 2.0, 2.0, 60_000.0).unwrap();
        assert_eq!(view.sees(Coord { x: 0.0, y: 0.5 }), Seen::Visible, "over the tiles' edge");
        assert_eq!(view.sees(Coord { x: 0.25, y: 0.5 }), Seen::Visible, "the ridge");
        assert_eq!(view.sees(Coord { x: 0.30, y: 0.5 }), Seen::Hidden, "behind it");
        assert_eq!(view.sees(Coord { x: 3.0, y: 0.5 }), Seen::TooFar);
        assert!(view.count(Seen::Visible) == view.cells().count());
    }
}
