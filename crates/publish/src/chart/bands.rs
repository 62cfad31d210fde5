//! Figures over time as bands from floor to ceiling, one colour a voice.

use jiff::civil::Date;
use plotters::prelude::*;

use super::{Drawn, LABELS, SIZE, apology, extent, frame, number, written};

/// What one voice says over time of one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Who says it, and of whom.
    pub name: String,
    /// Day, floor and ceiling, in order of days. A figure without a floor reaches down to nothing, one without a
    /// ceiling up to the edge of the chart.
    pub points: Vec<(Date, Option<u64>, Option<u64>)>,
}

/// One band of steps a voice: a figure holds until the same voice gives another one. Bands of several voices lie over
/// each other and are never added up.
#[must_use]
pub fn bands(title: &str, all: &[Band]) -> String {
    let mut svg = String::new();
    draw(&mut svg, title, all).unwrap_or_else(|e| apology(&mut svg, &e.to_string()));
    svg
}

fn draw(svg: &mut String, title: &str, all: &[Band]) -> Drawn {
    let root = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let points = || all.iter().flat_map(|b| &b.points);
    let (first, last) = extent(points().map(|(day, ..)| *day));
    let top = top(points().flat_map(|(_, min, max)| [*min, *max]).flatten());
    let mut chart = frame(&root, title).build_cartesian_2d(first..last + 1, 0..top)?;
    let label = |day: &i32| written(*day);
    chart.configure_mesh().disable_x_mesh().x_labels(LABELS).x_label_formatter(&label).draw()?;
    for (n, band) in all.iter().enumerate() {
        let colour = Palette99::pick(n).to_rgba();
        let boxes = boxes(band, last + 1, top);
        let fill = |(from, to, low, high, open): &(i32, i32, u64, u64, bool)| {
            let opacity = if *open { 0.12 } else { 0.3 };
            Rectangle::new([(*from, *low), (*to, *high)], colour.mix(opacity).filled())
        };
        chart.draw_series(boxes.iter().map(fill))?;
        let edge = boxes.iter().flat_map(|(from, to, low, ..)| [(*from, *low), (*to, *low)]);
        let line = chart.draw_series(LineSeries::new(edge, colour.stroke_width(2)))?;
        line.label(band.name.as_str()).legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour));
    }
    if !all.is_empty() {
        chart.configure_series_labels().background_style(WHITE.mix(0.8)).border_style(BLACK.mix(0.3)).draw()?;
    }
    Ok(root.present()?)
}

/// The upper edge of the chart: a fifth above the greatest number.
fn top(numbers: impl Iterator<Item = u64>) -> u64 {
    let greatest = numbers.max().unwrap_or(1);
    greatest.saturating_add(greatest / 5).saturating_add(1)
}

/// From day, to day, floor, ceiling, and whether an end is open, of each step.
fn boxes(band: &Band, end: i32, top: u64) -> Vec<(i32, i32, u64, u64, bool)> {
    let next = band.points.iter().skip(1).map(|(day, ..)| number(*day)).chain([end]);
    let one = |((day, min, max), next): (&(Date, Option<u64>, Option<u64>), i32)| {
        let open = min.is_none() || max.is_none();
        (number(*day), next, min.unwrap_or(0), max.unwrap_or(top), open)
    };
    band.points.iter().zip(next).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn nothing_is_an_empty_frame() {
        assert!(bands("Tolls", &[]).starts_with("<svg"));
    }

    #[test]
    fn a_floor_alone_reaches_to_the_edge() {
        let points = vec![(date(2000, 1, 2), Some(5), None), (date(2000, 1, 4), Some(9), Some(12))];
        let band = Band { name: "Vesk".into(), points };
        assert_eq!(boxes(&band, 6, 20), [(1, 3, 5, 20, true), (3, 6, 9, 12, false)]);
    }

    #[test]
    fn names_are_escaped() {
        let band = Band { name: "a <b>".into(), points: vec![(date(2031, 3, 7), Some(2), Some(2))] };
        assert!(bands("Tolls", &[band]).contains("a &lt;b&gt;"));
    }
}
