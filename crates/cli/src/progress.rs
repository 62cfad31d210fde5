//! The bar on a terminal while many documents are read.

use std::io::{self, IsTerminal};

use desk::Observer;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::failure::Failure;

/// A bar, or nothing where nobody watches.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar that is not shown before it is known how much there is to do.
    pub(crate) fn new() -> Progress {
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} reports, {eta} left");
        Progress(ProgressBar::hidden().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }
}

impl Observer for Progress {
    /// Shows a bar of so many documents; none for one document, an unknown number, or without a terminal.
    fn begins(&self, count: Option<usize>) {
        let watched = io::stderr().is_terminal() && !io::stdout().is_terminal();
        if let Some(count) = count.filter(|count| *count > 1 && watched) {
            self.0.set_length(count as u64);
            self.0.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn step(&self) {
        self.0.inc(1);
    }

    fn refuses(&self, failure: desk::Failure) {
        self.0.suspend(|| Failure::from(failure).report());
    }

    fn ends(&self) {
        self.0.finish_and_clear();
    }
}
