//! Tables as CSV (RFC 4180).

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
        writer.write_record(row.cells()).ok();
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

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
