//! Lists as text, JSON and CSV, a page at a time.

use std::io::Write;

use publish::{Row, csv, v1};
use serde::Serialize;

use crate::args::judge::{Format, Paging};
use crate::failure::Failure;
use crate::output::json;

/// The page that was asked for.
pub(super) fn page<T>(items: Vec<T>, id: impl Fn(&T) -> &str, paging: &Paging) -> Result<v1::Page<T>, Failure> {
    let hint = "give the `next` of the page before, with the same filters and over the same reports";
    v1::Page::of(items, id, paging.after.as_deref(), paging.limit).map_err(|e| Failure::new(e.to_string(), hint))
}

/// Prints a page; `text` writes one item for people.
pub(super) fn list<T: Serialize + Row>(
    page: &v1::Page<T>,
    format: Format,
    text: impl Fn(&T) -> String,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match format {
        Format::Json => out.write_all(json::pretty(page).as_bytes())?,
        Format::Csv => out.write_all(csv(&page.items).as_bytes())?,
        Format::Text => {
            for item in &page.items {
                out.write_all(text(item).as_bytes())?;
            }
            if let Some(next) = &page.next {
                writeln!(out, "more follow: --after {next}")?;
            }
        }
    }
    Ok(())
}
