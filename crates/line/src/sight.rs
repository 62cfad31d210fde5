//! What can be seen from a place over a grid of heights.
//!
//! Each cell keeps the height below which the eye sees nothing there; it follows from the two cells that the sight line
//! passes between just before, ring by ring outwards (J. Wang, G. Robinson, K. White, "Generating viewsheds without using
//! sightlines", 2000; the same as `gdal_viewshed` in its mode `edge`). Curvature and refraction lower what is far: a
//! height at a distance `d` counts as `h - (1 - k) d² / 2R`, with the coefficient of refraction `k` (1/7 by default, so
//! that `1 - k` is 0.85714, which `gdal_viewshed` calls `-cc`) and the ellipsoid's larger radius `R`.

/// The earth's larger radius in metres (WGS 84).
const RADIUS_M: f64 = 6_378_137.0;

/// The coefficient of refraction that is usual by day.
pub const REFRACTION: f64 = 1.0 / 7.0;

/// Heights above the sea in metres on a grid, rows from north to south; not a number where none is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Cells in a row.
    pub width: usize,
    /// Metres between cells of a row.
    pub across_m: f64,
    /// Metres between rows.
    pub down_m: f64,
    /// Heights, row by row.
    pub heights: Vec<f32>,
}

/// Who looks, and at what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Eye {
    /// Column of the cell in which the eye is.
    pub column: usize,
    /// Row of that cell.
    pub row: usize,
    /// Metres of the eye above the ground.
    pub above_m: f64,
    /// Metres above the ground of what is looked for.
    pub target_m: f64,
    /// No further than this, in metres.
    pub reach_m: f64,
    /// Coefficient of refraction: 0 without air, 1 where sight follows the earth's curve.
    pub refraction: f64,
    /// Whether the ground under the eye hides what lies below it, seen from the rows above and below and across corners.
    /// `gdal_viewshed` has it so, as if that ground stood one cell away; for comparing with it only.
    pub own_ground_hides: bool,
}

/// Whether a cell is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It is.
    Visible,
    /// Something is in the way.
    Hidden,
    /// It lies beyond the reach.
    TooFar,
    /// Its height is not known.
    Unknown,
}

impl Grid {
    /// Rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.heights.len() / self.width.max(1)
    }

    fn height(&self, column: usize, row: usize) -> Option<f64> {
        if column >= self.width {
            return None;
        }
        self.heights.get(row * self.width + column).map(|&h| f64::from(h)).filter(|h| h.is_finite())
    }
}

/// What an eye sees, cell by cell as in the grid. All unknown, where the eye is beyond the grid or on unknown ground.
#[must_use]
pub fn viewshed(grid: &Grid, eye: &Eye) -> Vec<Seen> {
    let unknown = || vec![Seen::Unknown; grid.heights.len()];
    let Some(ground) = grid.height(eye.column, eye.row) else { return unknown() };
    let mut view = View {
        grid,
        eye,
        level: ground + eye.above_m,
        floors: vec![f64::NEG_INFINITY; grid.heights.len()],
        seen: unknown(),
    };
    let furthest = eye.column.max(grid.width - 1 - eye.column).max(eye.row).max(grid.rows() - 1 - eye.row);
    view.look(0, 0);
    (1..=furthest as i64).for_each(|ring| view.ring(ring));
    view.seen
}

struct View<'a> {
    grid: &'a Grid,
    eye: &'a Eye,
    /// The eye's height above the sea.
    level: f64,
    /// Heights against the eye's below which nothing is seen.
    floors: Vec<f64>,
    seen: Vec<Seen>,
}

impl View<'_> {
    /// All cells so many columns or rows away; they need those of the ring before it only.
    fn ring(&mut self, ring: i64) {
        for along in -ring..=ring {
            self.look(-ring, along);
            self.look(ring, along);
        }
        for along in 1 - ring..ring {
            self.look(along, -ring);
            self.look(along, ring);
        }
    }

    fn index(&self, across: i64, down: i64) -> Option<usize> {
        let column = usize::try_from(self.eye.column as i64 + across).ok().filter(|c| *c < self.grid.width)?;
        let row = usize::try_from(self.eye.row as i64 + down).ok().filter(|r| *r < self.grid.rows())?;
        Some(row * self.grid.width + column)
    }

    fn look(&mut self, across: i64, down: i64) {
        let Some(index) = self.index(across, down) else { return };
        let square = (across as f64 * self.grid.across_m).powi(2) + (down as f64 * self.grid.down_m).powi(2);
        let floor = self.floor(across, down);
        let height = self.grid.heights.get(index).map_or(f64::NAN, |&h| f64::from(h));
        let lowered = height - self.level - (1.0 - self.eye.refraction) * square / (2.0 * RADIUS_M);
        self.seen[index] = match lowered {
            _ if square > self.eye.reach_m * self.eye.reach_m => Seen::TooFar,
            l if l.is_nan() => Seen::Unknown,
            l if l + self.eye.target_m < floor => Seen::Hidden,
            _ => Seen::Visible,
        };
        self.floors[index] = if lowered.is_nan() { floor } else { lowered.max(floor) };
    }

    /// The height against the eye's at which a sight line that just clears everything before passes over a cell.
    fn floor(&self, across: i64, down: i64) -> f64 {
        let (far, near) = (across.abs().max(down.abs()), across.abs().min(down.abs()));
        if far <= 1 {
            let hides = self.eye.own_ground_hides && down != 0;
            return if hides { -self.eye.above_m } else { f64::NEG_INFINITY };
        }
        let inward = (across - across.signum(), down - down.signum());
        let level = if across.abs() >= down.abs() { (inward.0, down) } else { (across, inward.1) };
        let floor = |(a, d): (i64, i64)| self.index(a, d).map_or(f64::NEG_INFINITY, |i| self.floors[i]);
        let (far, near) = (far as f64, near as f64);
        // Where the line passes one ring before: between two cells, or over one on a straight line or a diagonal.
        let before = if near == 0.0 {
            floor(level)
        } else if near == far {
            floor(inward)
        } else {
            (floor(inward) * near + floor(level) * (far - near)) / far
        };
        // Drawn on from there to this ring.
        before * far / (far - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(width: usize, rows: usize, height: impl Fn(usize, usize) -> f32) -> Grid {
        let heights = (0..rows).flat_map(|r| (0..width).map(move |c| (c, r))).map(|(c, r)| height(c, r)).collect();
        Grid { width, across_m: 30.0, down_m: 30.0, heights }
    }

    fn eye(column: usize, row: usize) -> Eye {
        Eye { column, row, above_m: 2.0, target_m: 2.0, reach_m: 1e6, refraction: REFRACTION, own_ground_hides: false }
    }

    fn count(seen: &[Seen], what: Seen) -> usize {
        seen.iter().filter(|s| **s == what).count()
    }

    #[test]
    fn unknown_ground_and_beyond_the_grid() {
        let flat = grid(5, 5, |_, _| 0.0);
        assert!(viewshed(&flat, &eye(9, 0)).iter().all(|s| *s == Seen::Unknown));
        let gap = grid(5, 5, |c, _| if c == 2 { f32::NAN } else { 0.0 });
        assert!(viewshed(&gap, &eye(2, 2)).iter().all(|s| *s == Seen::Unknown));
        let seen = viewshed(&gap, &eye(0, 0));
        assert_eq!(
            (count(&seen, Seen::Unknown), count(&seen, Seen::Visible)),
            (5, 20),
            "what is not known hides nothing"
        );
        assert!(viewshed(&grid(0, 0, |_, _| 0.0), &eye(0, 0)).is_empty());
    }

    #[test]
    fn a_wall_hides_what_is_behind_it() {
        let wall = grid(21, 21, |c, _| if c == 10 { 50.0 } else { 0.0 });
        let seen = viewshed(&wall, &eye(4, 10));
        for row in 0..21 {
            assert_eq!(seen[row * 21 + 10], Seen::Visible, "the wall itself");
            assert!((11..21).all(|c| seen[row * 21 + c] == Seen::Hidden), "row {row}");
            assert!((0..10).all(|c| seen[row * 21 + c] == Seen::Visible), "row {row}");
        }
    }

    #[test]
    fn reach_and_the_earths_curve() {
        let flat = grid(1201, 1, |_, _| 0.0);
        let mut near = eye(0, 0);
        near.reach_m = 3000.0;
        assert_eq!(count(&viewshed(&flat, &near), Seen::Visible), 101);
        // From 2 m one sees something 2 m high at twice the distance of the horizon, 5.45 km with refraction.
        let seen = count(&viewshed(&flat, &eye(0, 0)), Seen::Visible) as f64 * 30.0;
        assert!((seen - 2.0 * (2.0 * 2.0 * RADIUS_M / (1.0 - REFRACTION)).sqrt()).abs() < 100.0, "{seen}");
        let mut follows = eye(0, 0);
        follows.refraction = 1.0;
        assert_eq!(count(&viewshed(&flat, &follows), Seen::Visible), 1201);
    }
}
