//! Colour, on a terminal and where nobody asked for none.

use std::env;
use std::io::{self, IsTerminal};

/// Whether to colour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint(bool);

impl Paint {
    /// Colour on standard output: on a terminal, unless `NO_COLOR` is set or the terminal is dumb.
    pub(crate) fn of_stdout() -> Paint {
        let refused = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let dumb = env::var_os("TERM").is_some_and(|t| t == "dumb");
        Paint(io::stdout().is_terminal() && !refused && !dumb)
    }

    /// The name of something.
    pub(crate) fn name(self, words: &str) -> String {
        self.with("1", words)
    }

    /// A claim's type and mode.
    pub(crate) fn key(self, words: &str) -> String {
        self.with("36", words)
    }

    /// What is beside the point.
    pub(crate) fn faint(self, words: &str) -> String {
        self.with("2", words)
    }

    /// Words of a document; within brackets where there is no colour.
    pub(crate) fn marked(self, words: &str) -> String {
        if self.0 { self.with("30;43", words) } else { format!("[{words}]") }
    }

    fn with(self, code: &str, words: &str) -> String {
        if self.0 { format!("\x1b[{code}m{words}\x1b[0m") } else { words.to_owned() }
    }
}
