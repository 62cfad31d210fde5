//! Tables before they have a form: columns with their types and what they mean, cells.

use jiff::civil::Date;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers with fractions.
    Real,
    /// Days.
    Day,
    /// Yes or no.
    Flag,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Its HXL tag.
    pub tag: &'static str,
    /// What it means.
    pub says: &'static str,
}

/// A column of words.
pub(crate) const fn text(name: &'static str, tag: &'static str, says: &'static str) -> Column {
    Column { name, kind: Kind::Text, tag, says }
}

/// A column of whole numbers.
pub(crate) const fn whole(name: &'static str, tag: &'static str, says: &'static str) -> Column {
    Column { name, kind: Kind::Whole, tag, says }
}

/// A column of numbers with fractions.
pub(crate) const fn real(name: &'static str, tag: &'static str, says: &'static str) -> Column {
    Column { name, kind: Kind::Real, tag, says }
}

/// A column of days.
pub(crate) const fn day(name: &'static str, tag: &'static str, says: &'static str) -> Column {
    Column { name, kind: Kind::Day, tag, says }
}

/// A column of yes and no.
pub(crate) const fn flag(name: &'static str, tag: &'static str, says: &'static str) -> Column {
    Column { name, kind: Kind::Flag, tag, says }
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not known.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Real(f64),
    /// A day.
    Day(Date),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// Several values in one cell, parted by `; `; empty where there is none.
    pub(crate) fn list<T: ToString>(values: impl IntoIterator<Item = T>) -> Cell {
        let values: Vec<String> = values.into_iter().map(|v| v.to_string()).collect();
        if values.is_empty() { Cell::Empty } else { Cell::Text(values.join("; ")) }
    }

    /// As it is written in plain text.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(words) => words.clone(),
            Cell::Whole(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Day(day) => day.to_string(),
            Cell::Flag(is) => is.to_string(),
        }
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Cell {
        Cell::Text(words.to_owned())
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Cell {
        Cell::Text(words)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Cell {
        Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Cell {
        Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u8> for Cell {
    fn from(number: u8) -> Cell {
        Cell::Whole(i64::from(number))
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Real(number)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Cell {
        Cell::Day(day)
    }
}

impl From<bool> for Cell {
    fn from(is: bool) -> Cell {
        Cell::Flag(is)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// A table: each row has a cell for every column.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name, as a file or a layer is called.
    pub name: &'static str,
    /// What it holds, in a sentence.
    pub says: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The cells of a column, by its name.
    pub fn column<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Cell> + use<'a> {
        let at = self.columns.iter().position(|c| c.name == name);
        self.rows.iter().filter_map(move |row| row.get(at?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_values_are_an_empty_cell() {
        assert_eq!(Cell::list(Vec::<String>::new()), Cell::Empty);
        assert_eq!(Cell::from(None::<u64>).written(), "");
    }

    #[test]
    fn values_are_parted() {
        assert_eq!(Cell::list(["a", "b"]).written(), "a; b");
    }
}
