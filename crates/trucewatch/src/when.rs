//! Time: expressions as written, resolved against the document's day; the day of documents that do not say it.

mod interval;

pub use interval::{Interval, IntervalError, Point};
