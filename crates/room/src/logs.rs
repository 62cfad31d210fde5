//! Structured logs: a line of JSON for each request, without addresses' queries, forms, cookies or names of links.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::sync::Mutex;

use desk::Failure;
use tracing::Level;
use tracing_subscriber::fmt;

/// Begins to write logs: every request to a file, or to standard error for `-`; without one, only what broke, to
/// standard error.
///
/// # Errors
/// Where the file cannot be written to.
pub fn log_to(file: Option<&Path>) -> Result<(), Failure> {
    let logs = fmt().json().flatten_event(true).with_target(false).with_current_span(false);
    let begun = match file {
        None => logs.with_max_level(Level::ERROR).with_writer(io::stderr).try_init(),
        Some(path) if path == Path::new("-") => logs.with_writer(io::stderr).try_init(),
        Some(path) => {
            let wrong = |e: io::Error| {
                Failure::new(format!("{}: {e}", path.display()), "name a file for the log that can be written to")
            };
            let file = OpenOptions::new().create(true).append(true).open(path).map_err(wrong)?;
            logs.with_writer(Mutex::new(file)).try_init()
        }
    };
    begun.map_err(|e| Failure::new(format!("the log cannot begin: {e}"), "another log has begun in this program"))
}
