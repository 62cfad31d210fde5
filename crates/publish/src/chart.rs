//! Charts as SVG: bars of counts a day, and steps of figures over time.

mod bands;

use std::fmt::Write;

use jiff::civil::Date;
use plotters::prelude::*;

pub use bands::{Band, bands};

/// Width and height in pixels.
const SIZE: (u32, u32) = (900, 360);
/// Labels on the axis of time, at most.
const LABELS: usize = 12;

/// One line of a chart: what it shows, and its values by day.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it shows: whose figure of what.
    pub name: String,
    /// Day and value, in order of days.
    pub points: Vec<(Date, u64)>,
}

/// One bar a day; days that are not given are left out, which is not the same as a count of nothing.
#[must_use]
pub fn bars(title: &str, days: &[(Date, u64)]) -> String {
    let mut svg = String::new();
    draw_bars(&mut svg, title, days).unwrap_or_else(|e| apology(&mut svg, &e.to_string()));
    svg
}

/// One line of steps a series: a figure holds until the same voice gives another one.
#[must_use]
pub fn steps(title: &str, series: &[Series]) -> String {
    let mut svg = String::new();
    draw_steps(&mut svg, title, series).unwrap_or_else(|e| apology(&mut svg, &e.to_string()));
    svg
}

type Drawn = Result<(), Box<dyn std::error::Error>>;

fn draw_bars(svg: &mut String, title: &str, days: &[(Date, u64)]) -> Drawn {
    let root = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let (first, last) = extent(days.iter().map(|(day, _)| *day));
    let top = days.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let mut chart = frame(&root, title).build_cartesian_2d(first..last + 1, 0..top + 1)?;
    let label = |day: &i32| written(*day);
    chart.configure_mesh().disable_x_mesh().x_labels(LABELS).x_label_formatter(&label).draw()?;
    let bar =
        |(day, n): &(Date, u64)| Rectangle::new([(number(*day), 0), (number(*day) + 1, *n)], BLUE.mix(0.6).filled());
    chart.draw_series(days.iter().map(bar))?;
    Ok(root.present()?)
}

fn draw_steps(svg: &mut String, title: &str, series: &[Series]) -> Drawn {
    let root = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let all = || series.iter().flat_map(|s| &s.points);
    let (first, last) = extent(all().map(|(day, _)| *day));
    let top = all().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let mut chart = frame(&root, title).build_cartesian_2d(first..last + 1, 0..top + top / 10 + 1)?;
    let label = |day: &i32| written(*day);
    chart.configure_mesh().disable_x_mesh().x_labels(LABELS).x_label_formatter(&label).draw()?;
    for (n, one) in series.iter().enumerate() {
        let colour = Palette99::pick(n).to_rgba();
        let line = chart.draw_series(LineSeries::new(stairs(&one.points, last + 1), colour.stroke_width(2)))?;
        line.label(one.name.as_str()).legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour));
    }
    if !series.is_empty() {
        chart.configure_series_labels().background_style(WHITE.mix(0.8)).border_style(BLACK.mix(0.3)).draw()?;
    }
    Ok(root.present()?)
}

fn frame<'a, 'b>(
    root: &'a DrawingArea<SVGBackend<'b>, plotters::coord::Shift>,
    title: &str,
) -> ChartBuilder<'a, 'b, SVGBackend<'b>> {
    let mut builder = ChartBuilder::on(root);
    builder.caption(title, ("sans-serif", 18)).margin(12).x_label_area_size(34).y_label_area_size(44);
    builder
}

/// Corners of a line of steps that ends on a day.
fn stairs(points: &[(Date, u64)], end: i32) -> Vec<(i32, u64)> {
    let next = points.iter().skip(1).map(|(day, _)| number(*day)).chain([end]);
    points.iter().zip(next).flat_map(|((day, n), next)| [(number(*day), *n), (next, *n)]).collect()
}

/// First and last day as numbers; the first day of the calendar where there is none.
fn extent(days: impl Iterator<Item = Date> + Clone) -> (i32, i32) {
    (days.clone().map(number).min().unwrap_or(0), days.map(number).max().unwrap_or(0))
}

/// Days since a fixed one.
fn number(day: Date) -> i32 {
    EPOCH.until(day).map_or(0, |span| span.get_days())
}

fn written(number: i32) -> String {
    EPOCH.checked_add(jiff::Span::new().days(number)).map_or_else(|_| String::new(), |day| day.to_string())
}

const EPOCH: Date = jiff::civil::date(2000, 1, 1);

/// A picture that says why there is none.
fn apology(svg: &mut String, why: &str) {
    svg.clear();
    let why: String = why.chars().filter(|c| !matches!(c, '<' | '>' | '&')).collect();
    write!(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\"><text y=\"20\">{why}</text></svg>").ok();
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn nothing_is_an_empty_frame() {
        assert!(bars("Incidents", &[]).starts_with("<svg"));
        assert!(steps("Tolls", &[]).ends_with("</svg>\n"));
    }

    #[test]
    fn words_are_escaped() {
        let svg = bars("a <b> & c", &[(date(2031, 3, 7), 2)]);
        assert!(svg.contains("a &lt;b&gt; &amp; c"), "{svg}");
    }

    #[test]
    fn a_figure_holds_until_the_next() {
        let points = [(date(2000, 1, 2), 5), (date(2000, 1, 4), 9)];
        assert_eq!(stairs(&points, 6), [(1, 5), (3, 5), (3, 9), (6, 9)]);
    }
}
