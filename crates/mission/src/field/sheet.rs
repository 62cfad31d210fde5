//! Rows of named fields from the tables that KoboToolbox and ODK export: CSV and XLSX. Heads are taken without the groups
//! before them (`group/field`, `group-field`); what no report has is passed over.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::row::Row;

/// Rows and columns of a sheet that are read at most.
const MOST_ROWS: u32 = 100_000;
const MOST_COLUMNS: u32 = 1_000;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// The rows of a table, each with its number in the file, the first below the heads being 2.
///
/// # Errors
/// Where the bytes are neither CSV nor XLSX, or have no heads.
pub fn rows(bytes: &[u8]) -> Result<Vec<(usize, Row)>, String> {
    let table = if bytes.starts_with(b"PK") { xlsx(bytes)? } else { csv(bytes)? };
    let mut rows = (1..).zip(table);
    let (_, heads) = rows.next().ok_or("the table is empty")?;
    let heads: Vec<String> = heads.iter().map(|head| field(head)).collect();
    let is_filled = |cells: &Vec<String>| cells.iter().any(|c| !c.trim().is_empty());
    Ok(rows.filter(|(_, cells)| is_filled(cells)).map(|(number, cells)| (number, row(&heads, cells))).collect())
}

fn row(heads: &[String], cells: Vec<String>) -> Row {
    let named = heads.iter().cloned().zip(cells);
    named.filter(|(head, cell)| !head.is_empty() && !cell.trim().is_empty()).collect()
}

/// The field that a head names.
fn field(head: &str) -> String {
    let last = head.trim().rsplit(['/', '-', ':']).next().unwrap_or_default().to_lowercase();
    let part = last.strip_prefix("_position_").or_else(|| last.strip_prefix("position_"));
    match part {
        Some(part @ ("latitude" | "longitude")) => part.to_owned(),
        Some("precision" | "accuracy") => "accuracy".to_owned(),
        _ => last,
    }
}

fn csv(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "the table is neither XLSX nor CSV in UTF-8".to_owned())?;
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let count = |c: char| head.matches(c).count();
    let mark = if count(';') > count(',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(mark).from_reader(text.as_bytes());
    let row = |r: Result<csv::StringRecord, csv::Error>| r.map(|r| r.iter().map(str::to_owned).collect());
    reader.records().map(row).collect::<Result<_, _>>().map_err(|e| format!("the table is not in order: {e}"))
}

/// The cells of the first sheet. Few cells may span a sheet of thousands of millions, so that they are read one by one, and
/// none far out.
fn xlsx(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let wrong = |e: calamine::XlsxError| format!("the table is not in order: {e}");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(wrong)?;
    let name = book.sheet_names().first().cloned().ok_or("the table has no sheet")?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(wrong)?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some(found) = cells.next_cell().map_err(wrong)? {
        let (row, column) = found.get_position();
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(format!("the table has a cell beyond row {MOST_ROWS} or column {MOST_COLUMNS}"));
        }
        let (row, column) = (rows.entry(row).or_default(), column as usize);
        row.resize(row.len().max(column + 1), String::new());
        row[column] = cell(&Data::from(found.get_value().clone()));
    }
    let span = rows.keys().next().copied().zip(rows.keys().next_back().copied());
    let all = span.map(|(first, last)| first..=last).into_iter().flatten();
    Ok(all.map(|number| rows.remove(&number).unwrap_or_default()).collect())
}

fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(time) => excel_time(time.as_f64()).unwrap_or_default(),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

/// A time that a sheet counts in days since the end of 1899, without a zone.
fn excel_time(days: f64) -> Option<String> {
    let whole = days.floor();
    #[expect(clippy::cast_possible_truncation, reason = "a span of more days is refused")]
    let (days, seconds) = (whole as i64, ((days - whole) * DAY).round() as i64);
    let first = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);
    let span = jiff::Span::new().try_days(days).ok()?.try_seconds(seconds).ok()?;
    Some(first.checked_add(span).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A sheet with its heads and one cell, at a place.
    fn sheet(row: u32, column: u16) -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let page = book.add_worksheet();
        page.write(0, 0, "number").unwrap().write(row, column, "P3-61").unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_cell_far_out_is_refused_before_room_is_made_for_it() {
        assert_eq!(rows(&sheet(4, 0)).unwrap()[0].0, 5);
        assert!(rows(&sheet(1_000_000, 0)).unwrap_err().contains("beyond row"));
        assert!(rows(&sheet(1, 16_000)).unwrap_err().contains("or column"));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            drop(rows(&bytes));
            drop(rows(&[b"PK\x03\x04", &bytes[..]].concat()));
        }

        #[test]
        fn a_bent_sheet_is_read_or_refused(at in 0usize..9000, byte in any::<u8>(), cut in 0usize..9000) {
            let mut bytes = sheet(2, 1);
            let length = bytes.len();
            bytes[at % length] = byte;
            bytes.truncate(length.max(1) - cut % 40);
            drop(rows(&bytes));
        }

        #[test]
        fn as_many_rows_as_lines_and_no_empty_cells(cells in prop::collection::vec("[a-z0-9 ]{0,6}", 1..40)) {
            let table: String = std::iter::once("number,at\n".to_owned()).chain(cells.iter().map(|c| format!("{c},x\n"))).collect();
            let found = rows(table.as_bytes()).unwrap();
            prop_assert_eq!(found.len(), cells.len());
            prop_assert!(found.iter().all(|(_, row)| row.values().all(|c| !c.trim().is_empty())));
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(rows(b"").is_err());
        assert!(rows(b"PK\x03\x04 no book").is_err());
        assert!(rows(&[0xff, 0xfe, 0x00]).is_err());
    }

    #[test]
    fn heads_are_taken_without_groups() {
        let kobo = "start,report/observer,report/position,report/_position_latitude,meta/instanceID,_id\nx,Post 9,1 2 3 4,1,uuid:77,5\n,,,,,\n";
        let found = rows(kobo.as_bytes()).unwrap();
        assert_eq!(found.len(), 1);
        let (number, row) = &found[0];
        assert_eq!(
            (*number, row["observer"].as_str(), row["latitude"].as_str(), row["instanceid"].as_str()),
            (2, "Post 9", "1", "uuid:77")
        );
        let odk = "\u{feff}SubmissionDate;report-observer;report-position-Latitude;KEY\nx;Post 9;1;uuid:8\n";
        let found = rows(odk.as_bytes()).unwrap();
        assert_eq!((found[0].1["latitude"].as_str(), found[0].1["key"].as_str()), ("1", "uuid:8"));
    }

    #[test]
    fn days_of_a_sheet_are_times() {
        assert_eq!(excel_time(47_914.75).as_deref(), Some("2031-03-07T18:00:00"));
    }
}
