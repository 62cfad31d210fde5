//! The form for telephones: an XLSForm, as KoboToolbox and ODK take it. Its fields are `survey.csv`, its answers
//! `choices.csv`; parties are the mandate's, things those of `things.toml`.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::THINGS;
use crate::mandate::Mandate;

const SURVEY: &str = include_str!("survey.csv");
const CHOICES: &str = include_str!("choices.csv");

/// The names of the form's fields, in its order.
pub fn fields() -> impl Iterator<Item = &'static str> {
    let lines = SURVEY.lines().skip(1);
    lines.filter_map(|line| line.split(',').nth(1))
}

/// What a field asks, and its hint.
#[must_use]
pub fn explained() -> Vec<[String; 3]> {
    let row = |r: Vec<String>| -> [String; 3] { [1, 2, 3].map(|i| r.get(i).cloned().unwrap_or_default()) };
    table(SURVEY).into_iter().skip(1).map(row).collect()
}

/// The sheets of the form for a mission: their names with their rows, the first being the heads.
#[must_use]
pub fn sheets(mandate: &Mandate) -> Vec<(&'static str, Vec<Vec<String>>)> {
    let own = |words: [&str; 3]| words.map(str::to_owned).to_vec();
    let mut choices = table(CHOICES);
    choices.extend(mandate.parties.iter().map(|p| own(["party", p, p])));
    choices.push(own(["party", "none", "Nobody, or not known"]));
    choices.extend(THINGS.iter().map(|t| own(["thing", &t.id, &t.many])));
    let id = format!("{}-field-report", mandate.id);
    let title = format!("{}: field report", mandate.title);
    let settings = vec![own(["form_title", "form_id", "version"]), own([&title, &id, "1"])];
    vec![("survey", table(SURVEY)), ("choices", choices), ("settings", settings)]
}

/// The form for a mission, as the bytes of an XLSX file; the same for the same mandate.
///
/// # Errors
/// Where the sheets cannot be written.
pub fn xlsx(mandate: &Mandate) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&day));
    for (name, rows) in sheets(mandate) {
        let sheet = Worksheet::new();
        book.push_worksheet(filled(sheet, name, &rows)?);
    }
    book.save_to_buffer()
}

fn filled(mut sheet: Worksheet, name: &str, rows: &[Vec<String>]) -> Result<Worksheet, XlsxError> {
    sheet.set_name(name)?;
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(sheet)
}

fn table(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().flatten().map(|r| r.iter().map(str::to_owned).collect()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::field::sheet;
    use crate::mandate::tests::MANDATE;

    #[test]
    fn every_list_that_is_asked_for_is_there() {
        let sheets = sheets(&Mandate::parse(MANDATE).unwrap());
        let lists: BTreeSet<&str> = sheets[1].1.iter().skip(1).map(|r| r[0].as_str()).collect();
        for row in &sheets[0].1 {
            assert_eq!(row.len(), sheets[0].1[0].len(), "{row:?}");
            if let Some(list) = row[0].strip_prefix("select_one ") {
                assert!(lists.contains(list), "{list}");
            }
        }
        assert_eq!(fields().count(), explained().len());
    }

    #[test]
    fn the_file_is_read_back_and_the_same_each_time() {
        let mandate = Mandate::parse(MANDATE).unwrap();
        let bytes = xlsx(&mandate).unwrap();
        assert_eq!(bytes, xlsx(&mandate).unwrap());
        let rows = sheet::rows(&bytes).unwrap();
        assert_eq!(rows.len(), fields().count());
        assert_eq!(rows[0].1["name"], "number");
    }
}
