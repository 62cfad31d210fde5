//! Heights of the ground from tiles in the form of the Shuttle Radar Topography Mission (`N45E012.hgt`): one degree by one,
//! rows from north to south, 1201 or 3601 big-endian whole metres a row, -32768 where none is known. Tiles share their
//! edges.

use std::collections::BTreeMap;

use geo::Coord;

use crate::earth;
use crate::sight::{Eye, Grid, REFRACTION, Seen, viewshed};

/// Stands for a height that is not known.
const VOID: i16 = i16::MIN;

/// Why a tile cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A name that does not say where it is.
    #[error("`{0}` does not say where the tile lies")]
    Name(String),
    /// A size that none of the two forms has.
    #[error("it has {0} bytes, and tiles have 2884802 (three seconds) or 25934402 (one second)")]
    Size(usize),
    /// Another spacing than the other tiles.
    #[error("it has {0} heights a row, and other tiles have {1}")]
    Spacing(usize, usize),
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
            Unreadable::Spacing(..) => "use tiles of one spacing",
        }
    }
}

/// Tiles of one spacing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terrain {
    /// Heights from one degree to the next, both counted: 1201 or 3601. Nought without tiles.
    side: usize,
    /// By degrees north and east of the south-western corner.
    tiles: BTreeMap<(i32, i32), Vec<i16>>,
}

impl Terrain {
    /// Adds a tile from its name and its bytes.
    ///
    /// # Errors
    /// See [`Unreadable`].
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Unreadable> {
        let corner = corner(name).ok_or_else(|| Unreadable::Name(name.to_owned()))?;
        let side = match bytes.len() {
            2_884_802 => 1201,
            25_934_402 => 3601,
            other => return Err(Unreadable::Size(other)),
        };
        if !self.tiles.is_empty() && side != self.side {
            return Err(Unreadable::Spacing(side, self.side));
        }
        let heights = bytes.chunks_exact(2).map(|b| i16::from_be_bytes([b[0], b[1]])).collect();
        self.side = side;
        self.tiles.insert(corner, heights);
        Ok(())
    }

    /// Whether there is no tile.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tiles.is_empty()
    }

    /// Steps from one degree to the next.
    fn steps(&self) -> i64 {
        self.side.saturating_sub(1).max(1) as i64
    }

    /// The height at a place of the world-wide grid: steps north of the equator and east of Greenwich.
    fn height(&self, north: i64, east: i64) -> Option<i16> {
        let steps = self.steps();
        let turned = (east + 180 * steps).rem_euclid(360 * steps) - 180 * steps;
        let corners = [(0, 0), (-1, 0), (0, -1), (-1, -1)];
        // A height on an edge is in either tile; one of them may be missing.
        corners.iter().find_map(|&(down, left)| {
            let corner = (north.div_euclid(steps) + down, turned.div_euclid(steps) + left);
            let (up, right) = (north - corner.0 * steps, turned - corner.1 * steps);
            if up > steps || right > steps {
                return None;
            }
            let tile = self.tiles.get(&(i32::try_from(corner.0).ok()?, i32::try_from(corner.1).ok()?))?;
            let index = (steps - up) * (steps + 1) + right;
            tile.get(usize::try_from(index).ok()?).copied().filter(|h| *h != VOID)
        })
    }

    /// The ground round a place, as far as a reach in metres, with the place at its middle. None at the poles.
    fn around(&self, at: (i64, i64), reach_m: f64) -> Option<Grid> {
        let degrees = |steps: i64| steps as f64 / self.steps() as f64;
        let here = Coord { x: degrees(at.1), y: degrees(at.0) };
        let down_m = earth::metres(here, Coord { y: here.y + degrees(1), ..here });
        let across_m = earth::metres(here, Coord { x: here.x + degrees(1), ..here });
        if across_m < 1.0 || self.tiles.is_empty() {
            return None;
        }
        let (across, down) = ((reach_m / across_m).ceil() as i64 + 1, (reach_m / down_m).ceil() as i64 + 1);
        let rows = (-down..=down).rev();
        let cells = rows.flat_map(|r| (-across..=across).map(move |c| (at.0 + r, at.1 + c)));
        let heights = cells.map(|(n, e)| self.height(n, e).map_or(f32::NAN, f32::from)).collect();
        Some(Grid { width: 2 * across as usize + 1, across_m, down_m, heights })
    }

    /// The nearest place of the grid, in steps north and east.
    fn nearest(&self, at: Coord) -> (i64, i64) {
        let steps = self.steps() as f64;
        ((at.y * steps).round() as i64, (earth::normal(at.x) * steps).round() as i64)
    }
}

/// What is seen from one place.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    steps: i64,
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
        let middle = terrain.nearest(from);
        terrain.height(middle.0, middle.1)?;
        let grid = terrain.around(middle, reach_m)?;
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
        Some(View { steps: terrain.steps(), middle, width: grid.width, rows: grid.rows(), seen })
    }

    fn cell(&self, index: usize) -> Option<Seen> {
        let byte = self.seen.get(index / 4).filter(|_| index < self.width * self.rows)?;
        SORTS.get(usize::from(byte >> (index % 4 * 2) & 3)).copied()
    }

    /// Whether a position is seen, by the cell that is nearest to it.
    #[must_use]
    pub fn sees(&self, at: Coord) -> Seen {
        let steps = self.steps as f64;
        let rows = self.rows;
        let east = earth::normal(at.x - self.middle.1 as f64 / steps) * steps;
        let column = east.round() as i64 + self.width as i64 / 2;
        let row = self.middle.0 - (at.y * steps).round() as i64 + rows as i64 / 2;
        let inside = (0..self.width as i64).contains(&column) && (0..rows as i64).contains(&row);
        let index = usize::try_from(row * self.width as i64 + column).ok().filter(|_| inside);
        index.and_then(|i| self.cell(i)).unwrap_or(Seen::TooFar)
    }

    /// Cells that are seen, with the corners of each as degrees west, south, east and north.
    pub fn cells(&self) -> impl Iterator<Item = [f64; 4]> + '_ {
        let (steps, rows) = (self.steps as f64, self.rows);
        let seen = (0..self.width * self.rows).filter(|&i| self.cell(i) == Some(Seen::Visible));
        seen.map(move |i| {
            let (row, column) = ((i / self.width) as i64, (i % self.width) as i64);
            let north = (self.middle.0 + rows as i64 / 2 - row) as f64;
            let east = (self.middle.1 + column - self.width as i64 / 2) as f64;
            [(east - 0.5) / steps, (north - 0.5) / steps, (east + 0.5) / steps, (north + 0.5) / steps]
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
        assert_eq!(terrain.add("N46E012.hgt", &vec![0; 25_934_402]), Err(Unreadable::Spacing(3601, 1201)));
        assert_eq!(View::new(&terrain, Coord { x: 20.0, y: 45.5 }, 2.0, 2.0, 1000.0), None, "no ground there");
    }

    #[test]
    fn heights_are_where_they_belong() {
        let mut terrain = Terrain::default();
        // The height tells the row and, in steps of a hundred, the column.
        terrain.add("S46W125.hgt", &tile(|r, c| (r + c) as i16)).unwrap();
        assert_eq!(terrain.height(-45 * 1200, -125 * 1200), Some(0), "north-western corner");
        assert_eq!(terrain.height(-46 * 1200, -124 * 1200), Some(2400), "south-eastern corner");
        assert_eq!(terrain.height(-45 * 1200 - 10, -125 * 1200 + 3), Some(13));
        assert_eq!(terrain.height(-45 * 1200 + 1, -125 * 1200), None);
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
