//! Tables as CSV (RFC 4180) with a row of HXL tags.

use csv::{Terminator, WriterBuilder};
use publish::harmless;

use crate::about::About;
use crate::table::{Cell, Table};

/// What every row ends with, so that it can be told from a single row under which filter and by what it was made.
const ABOUT: [(&str, &str); 4] = [
    ("filter", "#meta+filter"),
    ("cut_off", "#date+meta+cutoff"),
    ("program", "#meta+program"),
    ("packs", "#meta+packs"),
];

/// A table as CSV: names of columns, HXL tags, rows.
#[must_use]
pub(crate) fn write(table: &Table, about: &About) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let end = [
        about.filter_in_words(),
        about.cut_off.clone().unwrap_or_default(),
        about.program.clone(),
        about.packs_in_words(),
    ];
    // Writing to memory cannot fail, and every row has as many cells as the head.
    let head = table.columns.iter().map(|c| c.name).chain(ABOUT.map(|(name, _)| name));
    writer.write_record(head).ok();
    writer.write_record(table.columns.iter().map(|c| c.tag).chain(ABOUT.map(|(_, tag)| tag))).ok();
    for row in &table.rows {
        let cells = row.iter().map(cell).chain(end.iter().map(|words| harmless(words).into_owned()));
        writer.write_record(cells).ok();
    }
    writer.into_inner().unwrap_or_default()
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => harmless(words).into_owned(),
        other => other.written(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Column, real, text};

    const COLUMNS: &[Column] = &[text("words", "#description", ""), real("lon", "#geo+lon", "")];

    fn written(words: &str, lon: f64) -> String {
        let rows = vec![vec![words.into(), lon.into()]];
        let about = About { program: "p 1".to_owned(), ..About::default() };
        String::from_utf8(write(&Table { name: "t", says: "", columns: COLUMNS, rows }, &about)).unwrap()
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_made_harmless() {
        assert!(written("=1", 0.0).contains("\r\n'=1,0,"));
    }

    #[test]
    fn numbers_below_nought_stay_numbers() {
        assert!(written("a", -46.5).contains("\r\na,-46.5,none,,p 1,"));
    }

    #[test]
    fn the_second_row_has_the_tags() {
        let tags = "#description,#geo+lon,#meta+filter,#date+meta+cutoff,#meta+program,#meta+packs";
        assert_eq!(written("a", 0.0).lines().nth(1), Some(tags));
    }
}
