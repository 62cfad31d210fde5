//! The bar on a terminal while many documents are read.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

/// A bar, or nothing where nobody watches.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar of so many documents; none for one document, an unknown number, or without a terminal.
    pub(crate) fn new(count: Option<usize>) -> Progress {
        let watched = io::stderr().is_terminal() && !io::stdout().is_terminal();
        let bar = match count {
            Some(count) if count > 1 && watched => ProgressBar::new(count as u64),
            _ => ProgressBar::hidden(),
        };
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} reports, {eta} left");
        Progress(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// One document more is read.
    pub(crate) fn step(&self) {
        self.0.inc(1);
    }

    /// Does something that may print, with the bar out of the way.
    pub(crate) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.0.suspend(work)
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
