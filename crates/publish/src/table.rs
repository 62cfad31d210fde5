//! Tables as CSV (RFC 4180).

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

/// What stands in one row of a table.
pub trait Row {
    /// Names of the columns.
    const HEAD: &'static [&'static str];

    /// The cells, in the order of the columns; what is not known is empty, several values are parted by `; `.
    fn cells(&self) -> Vec<String>;
}

/// A table with its head, as CSV.
#[must_use]
pub fn csv<R: Row>(rows: &[R]) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has as many cells as the head.
    writer.write_record(R::HEAD).ok();
    for row in rows {
        writer.write_record(row.cells().iter().map(|cell| harmless(cell).into_owned())).ok();
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Words that no spreadsheet takes for a formula: a quotation mark stands before what would begin one. Numbers stay as
/// they are.
#[must_use]
pub fn harmless(words: &str) -> Cow<'_, str> {
    let begins = words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if begins && words.parse::<f64>().is_err() { Cow::Owned(format!("'{words}")) } else { Cow::Borrowed(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_harmless() {
        for words in ["=cmd|' /C calc'!A0", "+a", "-1+1", "@SUM(1)", "\t=1", "\r=1", "＝1", "-"] {
            assert!(harmless(words).starts_with('\''), "{words}");
        }
        for words in ["-46.5", "+3", "a=1", ""] {
            assert_eq!(harmless(words), words);
        }
    }

    struct Pair(&'static str, &'static str);

    impl Row for Pair {
        const HEAD: &'static [&'static str] = &["one", "other"];

        fn cells(&self) -> Vec<String> {
            vec![self.0.to_owned(), self.1.to_owned()]
        }
    }

    #[test]
    fn no_rows_leave_the_head() {
        assert_eq!(csv::<Pair>(&[]), "one,other\r\n");
    }

    #[test]
    fn commas_quotes_and_breaks_are_quoted() {
        assert_eq!(csv(&[Pair("a,b", "say \"c\"\n")]), "one,other\r\n\"a,b\",\"say \"\"c\"\"\n\"\r\n");
    }
}
