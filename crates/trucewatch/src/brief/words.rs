//! The brief's words: for types of claims, lists and numbers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::claim::Kind;
use crate::figure::Amount;

/// How the brief speaks of a type of claim.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrase {
    /// Heading of an incident or step.
    pub(super) title: String,
    /// What is reported, promised, asked for.
    pub(super) act: String,
    /// What somebody is accused of or denies.
    pub(super) doing: String,
    /// What somebody is said not to have done.
    pub(super) undone: Option<String>,
}

static PHRASES: LazyLock<BTreeMap<String, Phrase>> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

static NOTHING: Phrase = Phrase { title: String::new(), act: String::new(), doing: String::new(), undone: None };

/// The phrase of a type.
pub(super) fn phrase(kind: Kind) -> &'static Phrase {
    PHRASES.get(kind.as_str()).unwrap_or(&NOTHING)
}

/// "a", "a and b", "a, b and c".
pub(super) fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [front @ .., last] => {
            let front: Vec<&str> = front.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", front.join(", "), last.as_ref())
        }
    }
}

/// A number in words up to twelve, else in figures with commas.
pub(super) fn number(n: u64) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    usize::try_from(n).ok().and_then(|i| WORDS.get(i)).map_or_else(|| grouped(n), |w| (*w).to_owned())
}

/// The same of an amount: "three", "0.3".
pub(super) fn amount(n: Amount) -> String {
    if n.is_whole() { number(n.floor()) } else { n.to_string() }
}

/// "one report", "three reports".
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as u64), if n == 1 { one } else { many })
}

/// A number with commas between its thousands.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The same words with a capital first.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// A name that a dateline shouts, as a name: "CALLOW FORD" is Callow Ford. Short ones may be initials and stay.
pub(super) fn unshouted(name: &str) -> String {
    let shouts = |word: &str| word.chars().count() > 3 && word.chars().all(char::is_uppercase);
    if !name.split(' ').any(shouts) || name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let calm = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |c| c.to_string() + &chars.as_str().to_lowercase())
    };
    name.split(' ').map(calm).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_its_words() {
        for kind in Kind::ALL {
            let Phrase { title, act, doing, undone: _ } = phrase(*kind);
            assert!(!title.is_empty() && !act.is_empty() && !doing.is_empty(), "{kind}");
        }
        assert_eq!(PHRASES.len(), Kind::ALL.len());
    }

    #[test]
    fn names_in_capitals() {
        for same in ["DMZ", "Callow FORD", "Height 612", ""] {
            assert_eq!(unshouted(same), same);
        }
        assert_eq!(unshouted("CALLOW FORD"), "Callow Ford");
    }

    #[test]
    fn lists_and_numbers() {
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!((number(3), number(1250)), ("three".to_owned(), "1,250".to_owned()));
    }
}
