//! Rows of named fields from the tables that KoboToolbox and ODK export: CSV and XLSX. Heads are taken without the groups
//! before them (`group/field`, `group-field`); what no report has is passed over.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::row::Row;

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

/// The cells of the first sheet.
fn xlsx(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let wrong = |e: calamine::XlsxError| format!("the table is not in order: {e}");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(wrong)?;
    let sheet = book.worksheet_range_at(0).ok_or("the table has no sheet")?.map_err(wrong)?;
    Ok(sheet.rows().map(|cells| cells.iter().map(cell).collect()).collect())
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
    use super::*;

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
