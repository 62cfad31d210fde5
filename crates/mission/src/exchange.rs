//! Lists of prisoners, missing people and remains, which stay apart from everything else: sealed for those who hold a key
//! that is named, and known outside by numbers only.

pub mod matching;
pub mod seal;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::statement::StatementError;

/// What a list says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// The side that gives the list holds this person.
    Held,
    /// The side misses this person.
    Missing,
    /// The side has this person's remains.
    Remains,
}

impl Category {
    /// All of them.
    pub const ALL: &[Category] = &[Category::Held, Category::Missing, Category::Remains];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Held => "held",
            Category::Missing => "missing",
            Category::Remains => "remains",
        }
    }
}

/// Somebody on a list. Never printed or kept but sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The number by which this person goes outside.
    #[serde(default)]
    pub number: String,
    /// What the list says.
    pub category: Category,
    /// The name.
    pub name: String,
    /// Other spellings.
    #[serde(default)]
    pub also: Vec<String>,
    /// Year of birth.
    #[serde(default)]
    pub born: Option<i16>,
    /// Where from, or where last seen.
    #[serde(default)]
    pub place: String,
    /// Anything else.
    #[serde(default)]
    pub note: String,
}

impl std::fmt::Debug for Person {
    /// Without the name, so that no log or message can hold it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("number", &self.number).field("category", &self.category).finish_non_exhaustive()
    }
}

/// That a side gave a list: what is known of it outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sealed {
    /// How many people it names, by category.
    pub counts: BTreeMap<Category, usize>,
    /// Keys that can open it.
    pub keys: Vec<String>,
    /// SHA-256 of the sealed bytes, in hex.
    pub sha256: String,
}

/// A list with its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Id of the statement by which it was given.
    pub id: String,
    /// Its entry.
    pub entry: u64,
    /// When it was taken in.
    pub at: Timestamp,
    /// The side that gave it.
    pub side: String,
    /// What is known of it outside.
    pub sealed: Sealed,
}

/// That somebody opened a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its entry.
    pub entry: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// Which list, by its id.
    pub list: String,
    /// Why.
    pub why: String,
}

/// People handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Handover {
    /// Id of the exchange that was agreed.
    pub proposal: String,
    /// The side that handed them over.
    pub side: String,
    /// What they were: `held` for the living, `remains` for the dead.
    pub category: Category,
    /// How many.
    pub count: usize,
    /// Through whom.
    pub through: String,
    /// Their numbers, where they are said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
}

/// The people of a table (CSV with the heads category, name, also, born, place, note), numbered. The order of numbers
/// follows from the salt, so that it tells nothing of the names.
///
/// # Errors
/// Where a row has no name or category, or a year of birth that is none; the message names the row and never the person.
pub fn people(table: &str, side: &str, salt: &[u8]) -> Result<Vec<Person>, StatementError> {
    let wrong = |row: usize, problem: &str| StatementError::value(format!("row {row}: {problem}"));
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(table.as_bytes());
    let heads = reader.headers().cloned().map_err(|_| wrong(1, "the heads cannot be read"))?;
    let at = |name: &str| heads.iter().position(|h| h.eq_ignore_ascii_case(name));
    let (Some(category), Some(name)) = (at("category"), at("name")) else {
        return Err(wrong(1, "the heads are category, name, also, born, place, note; the first two must be there"));
    };
    let (also, born, place, note) = (at("also"), at("born"), at("place"), at("note"));
    let mut people = Vec::new();
    for (row, record) in (2..).zip(reader.records()) {
        let record = record.map_err(|_| wrong(row, "cannot be read"))?;
        let cell = |column: Option<usize>| column.and_then(|c| record.get(c)).unwrap_or_default();
        let word = cell(Some(category));
        let found = Category::ALL.iter().copied().find(|c| c.as_str() == word);
        let category = found.ok_or_else(|| wrong(row, "its category is none of held, missing, remains"))?;
        if cell(Some(name)).is_empty() {
            return Err(wrong(row, "has no name"));
        }
        let year =
            |text: &str| text.split('-').next().and_then(|y| y.parse().ok()).filter(|y| (1850..=2200).contains(y));
        let born = match cell(born) {
            "" => None,
            text => Some(year(text).ok_or_else(|| wrong(row, "its year of birth is none"))?),
        };
        let also = cell(also).split('|').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect();
        let (name, place, note) = (cell(Some(name)).to_owned(), cell(place).to_owned(), cell(note).to_owned());
        people.push(Person { number: String::new(), category, name, also, born, place, note });
    }
    Ok(numbered(people, side, salt))
}

fn numbered(people: Vec<Person>, side: &str, salt: &[u8]) -> Vec<Person> {
    let mut keyed: Vec<(String, Person)> = people
        .into_iter()
        .enumerate()
        .map(|(i, p)| (crate::sha256(&[salt, p.name.as_bytes(), &i.to_be_bytes()].concat()), p))
        .collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    let number =
        |(i, (_, person)): (usize, (String, Person))| Person { number: format!("{side}-{:04}", i + 1), ..person };
    keyed.into_iter().enumerate().map(number).collect()
}

/// How many people a list names, by category.
#[must_use]
pub fn counts(people: &[Person]) -> BTreeMap<Category, usize> {
    let mut counts = BTreeMap::new();
    for person in people {
        *counts.entry(person.category).or_default() += 1;
    }
    counts
}

/// What two sides could hand over: all for all, and one for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// Held by the first side.
    pub first: usize,
    /// Held by the second side.
    pub second: usize,
}

impl Balance {
    /// The most that can be handed over one for one, each way.
    #[must_use]
    pub fn one_for_one(self) -> usize {
        self.first.min(self.second)
    }

    /// How many more the first side would hand over than the second, all for all; less than none where fewer.
    #[must_use]
    pub fn surplus(self) -> i64 {
        i64::try_from(self.first).unwrap_or(i64::MAX) - i64::try_from(self.second).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const VESK: &str = "\
category,name,also,born,place,note
missing,Tarn Olvesk,Tarne Olvéska,2009,Dubrel,
missing,Ives Marren,,2004,Hollin,
held,Orrin Selm,,2001,Rivna,
";

    #[test]
    fn what_is_wrong_is_told_without_the_name() {
        let told = |text: &str| people(text, "vesk", b"s").unwrap_err().to_string();
        assert!(told("a,b\n1,2\n").starts_with("row 1: the heads are"));
        assert_eq!(told("category,name\nheld,\n"), "row 2: has no name");
        assert_eq!(told("category,name\nguest,Tarn Olvesk\n"), "row 2: its category is none of held, missing, remains");
        assert_eq!(told("category,name,born\nheld,Tarn Olvesk,long ago\n"), "row 2: its year of birth is none");
    }

    #[test]
    fn numbers_tell_nothing_of_the_order_and_nothing_prints_names() {
        let list = people(VESK, "vesk", b"one").unwrap();
        assert_eq!(counts(&list), BTreeMap::from([(Category::Held, 1), (Category::Missing, 2)]));
        let order =
            |salt: &[u8]| people(VESK, "vesk", salt).unwrap().iter().map(|p| p.name.clone()).collect::<Vec<_>>();
        assert!((0..20u8).any(|s| order(&[s]) != order(b"one")));
        assert_eq!(list[0].number, "vesk-0001");
        let printed = format!("{list:?}");
        assert!(!printed.contains("Olv") && printed.contains("vesk-0002"));
    }

    #[test]
    fn balances() {
        let balance = Balance { first: 7, second: 4 };
        assert_eq!((balance.one_for_one(), balance.surplus()), (4, 3));
    }
}
