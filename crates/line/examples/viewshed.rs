//! What an eye sees over a grid of heights in the Arc/Info ASCII form, or over those of a GeoTIFF taken as cells of so many
//! metres (`FILE.tif@METRES`), as such a grid: 255 seen, 0 hidden, 128 beyond the reach; `scripts/check_viewshed.py` sets it
//! against `gdal_viewshed`.
//!
//! Usage: `viewshed GRID COLUMN ROW EYE TARGET REACH REFRACTION own|gdal`

use std::io::{self, Write};

use line::sight::{Eye, Grid, Seen, viewshed};
use line::terrain::geotiff;

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path, column, row, above, target, reach, refraction, ground] = args.as_slice() else {
        return Err(io::Error::other("usage: viewshed GRID COLUMN ROW EYE TARGET REACH REFRACTION own|gdal"));
    };
    let grid = match path.split_once(".tif@") {
        Some((stem, cell)) => tiff(&format!("{stem}.tif"), cell.parse().map_err(io::Error::other)?)?,
        None => read(&std::fs::read_to_string(path)?)?,
    };
    let whole = |text: &String| text.parse::<usize>().map_err(io::Error::other);
    let real = |text: &String| text.parse::<f64>().map_err(io::Error::other);
    let eye = Eye {
        column: whole(column)?,
        row: whole(row)?,
        above_m: real(above)?,
        target_m: real(target)?,
        reach_m: real(reach)?,
        refraction: real(refraction)?,
        own_ground_hides: ground == "gdal",
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for row in viewshed(&grid, &eye).chunks(grid.width) {
        let marks = row.iter().map(|seen| match seen {
            Seen::Visible => "255",
            Seen::Hidden | Seen::Unknown => "0",
            Seen::TooFar => "128",
        });
        writeln!(out, "{}", marks.collect::<Vec<_>>().join(" "))?;
    }
    out.flush()
}

fn tiff(path: &str, cell: f64) -> io::Result<Grid> {
    let geotiff::Raster { width, heights, .. } = geotiff::read(&std::fs::read(path)?).map_err(io::Error::other)?;
    Ok(Grid { width, across_m: cell, down_m: cell, heights })
}

fn read(text: &str) -> io::Result<Grid> {
    let wrong = || io::Error::other("no grid in the Arc/Info ASCII form");
    let head = |name: &str| -> io::Result<f64> {
        let line = text.lines().find(|l| l.to_ascii_lowercase().starts_with(name)).ok_or_else(wrong)?;
        line.split_whitespace().nth(1).and_then(|v| v.parse().ok()).ok_or_else(wrong)
    };
    let (width, cell) = (head("ncols")? as usize, head("cellsize")?);
    let is_row = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == ' ');
    let cells = text.lines().filter(is_row).flat_map(str::split_whitespace);
    let heights = cells.map(|v| v.parse::<f32>().map_err(io::Error::other)).collect::<io::Result<Vec<f32>>>()?;
    Ok(Grid { width, across_m: cell, down_m: cell, heights })
}
