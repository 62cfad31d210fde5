//! Who on one list is who on another: those whom a side misses beside those whom the other holds, living or dead. Every
//! pair has its reasons; where several fit, all are listed and none is chosen.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{Category, Person};

/// Two entries that may be one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The number on the first list.
    pub first: String,
    /// The number on the second list.
    pub second: String,
    /// What speaks for it.
    pub reasons: Vec<&'static str>,
    /// Whether neither of the two fits anybody else as well.
    pub sole: bool,
}

/// The pairs of two lists, by their numbers.
#[must_use]
pub fn pairs(first: &[Person], second: &[Person]) -> Vec<Pair> {
    let (first, second): (Vec<Entry<'_>>, Vec<Entry<'_>>) =
        (first.iter().map(Entry::of).collect(), second.iter().map(Entry::of).collect());
    let mut found: Vec<(u8, Pair)> = Vec::new();
    let is_missing = |e: &Entry<'_>| e.person.category == Category::Missing;
    for a in &first {
        for b in second.iter().filter(|b| is_missing(a) != is_missing(b)) {
            if let Some((strength, reasons)) = alike(a, b) {
                let (first, second) = (a.person.number.clone(), b.person.number.clone());
                found.push((strength, Pair { first, second, reasons, sole: false }));
            }
        }
    }
    let mut best: BTreeMap<&str, u8> = BTreeMap::new();
    for (strength, pair) in &found {
        for number in [&pair.first, &pair.second] {
            let known = best.entry(number).or_default();
            *known = (*known).max(*strength);
        }
    }
    let is_best =
        |(s, p): &&(u8, Pair)| [&p.first, &p.second].iter().all(|number| best.get(number.as_str()) == Some(s));
    let mut pairs: Vec<Pair> = found.iter().filter(is_best).map(|(_, p)| p.clone()).collect();
    let mut rivals: BTreeMap<String, usize> = BTreeMap::new();
    for number in pairs.iter().flat_map(|p| [&p.first, &p.second]) {
        *rivals.entry(number.clone()).or_default() += 1;
    }
    for pair in &mut pairs {
        pair.sole = [&pair.first, &pair.second].iter().all(|n| rivals.get(*n) == Some(&1));
    }
    pairs.sort_by(|a, b| (&a.first, &a.second).cmp(&(&b.first, &b.second)));
    pairs
}

/// Somebody with the name taken to words.
struct Entry<'a> {
    person: &'a Person,
    /// Each spelling: its words as they stand, and in their order.
    names: Vec<[Vec<String>; 2]>,
    place: String,
}

impl Entry<'_> {
    fn of(person: &Person) -> Entry<'_> {
        let both = |name: &String| {
            let words = words(name);
            let mut sorted = words.clone();
            sorted.sort();
            [words, sorted]
        };
        let names = std::iter::once(&person.name).chain(&person.also).map(both).collect();
        Entry { person, names, place: folded(&person.place) }
    }
}

/// How strongly two entries are alike, and by what; none where they are not, or something speaks against it.
fn alike(a: &Entry<'_>, b: &Entry<'_>) -> Option<(u8, Vec<&'static str>)> {
    let birth = match (a.person.born, b.person.born) {
        (Some(x), Some(y)) if x == y => Some((3, "born in the same year")),
        (Some(x), Some(y)) if x.abs_diff(y) == 1 => Some((1, "born a year apart")),
        (Some(_), Some(_)) => return None,
        _ => None,
    };
    let place = (!a.place.is_empty() && a.place == b.place).then_some((2, "same place"));
    let all: Vec<(u8, &'static str)> = [names(a, b), birth, place].into_iter().flatten().collect();
    // A name alone is too common to go by, and without one there is nothing to go by.
    let named = birth.is_some() || place.is_some();
    (named && all.len() > usize::from(birth.is_some()) + usize::from(place.is_some()))
        .then(|| (all.iter().map(|(s, _)| s).sum(), all.iter().map(|(_, r)| *r).collect()))
}

fn names(a: &Entry<'_>, b: &Entry<'_>) -> Option<(u8, &'static str)> {
    let each =
        a.names.iter().enumerate().flat_map(|(i, x)| b.names.iter().enumerate().map(move |(j, y)| (i + j > 0, x, y)));
    each.filter_map(|(also, x, y)| likeness(x, y, also)).max_by_key(|(strength, _)| *strength)
}

fn likeness(
    [x, x_sorted]: &[Vec<String>; 2],
    [y, y_sorted]: &[Vec<String>; 2],
    also: bool,
) -> Option<(u8, &'static str)> {
    if x.is_empty() || y.is_empty() {
        return None;
    }
    if x == y {
        return Some(if also { (4, "a further spelling of the name is the same") } else { (5, "same name") });
    }
    if x_sorted == y_sorted {
        return Some((4, "same name in another order"));
    }
    let near = x.len() == y.len() && x_sorted.iter().zip(y_sorted).all(|(a, b)| is_near(a, b));
    near.then_some((3, "names spelt alike"))
}

/// Whether two words differ by a letter, or in long ones by two.
fn is_near(a: &str, b: &str) -> bool {
    let letters = a.chars().count().min(b.chars().count());
    let most = match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    strsim::damerau_levenshtein(a, b) <= most
}

/// The words of a name, lower case, without marks.
fn words(name: &str) -> Vec<String> {
    let plain = folded(name);
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn folded(text: &str) -> String {
    let marks = |c: &char| !unicode_normalization::char::is_combining_mark(*c);
    text.nfkd().filter(marks).flat_map(char::to_lowercase).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::people;
    use super::super::tests::VESK;
    use super::*;

    fn matched(other: &str) -> Vec<(bool, Vec<&'static str>)> {
        let (first, second) = (people(VESK, "vesk", b"1").unwrap(), people(other, "orlava", b"2").unwrap());
        pairs(&first, &second).into_iter().map(|p| (p.sole, p.reasons)).collect()
    }

    #[test]
    fn a_name_alone_another_birth_or_two_who_are_held_are_no_pair() {
        assert!(matched("category,name,born,place\nheld,Tarn Olvesk,,\n").is_empty());
        assert!(matched("category,name,born,place\nheld,Tarn Olvesk,1999,Dubrel\n").is_empty());
        assert!(matched("category,name,born,place\nheld,Orrin Selm,2001,Rivna\n").is_empty());
        assert!(matched("category,name,born,place\nheld,Ana Bell,2009,Dubrel\n").is_empty());
    }

    #[test]
    fn names_are_alike_in_other_orders_marks_and_letters() {
        let one = |name: &str| matched(&format!("category,name,born,place\nheld,{name},2009,Dubrél\n"));
        let reasons = |name: &str| one(name).remove(0).1;
        assert_eq!(reasons("TARN OLVESK"), ["same name", "born in the same year", "same place"]);
        assert_eq!(reasons("Olvesk Tarn")[0], "same name in another order");
        assert_eq!(reasons("Tarne Olveska")[0], "a further spelling of the name is the same");
        assert_eq!(reasons("Tarn Olvezk")[0], "names spelt alike");
        assert!(one("Tarn Olvezk")[0].0);
    }

    #[test]
    fn where_two_fit_neither_is_chosen() {
        let two = matched("category,name,born,place\nheld,Tarn Olvesk,2009,\nremains,Tarn Olvesk,2009,\n");
        assert_eq!(two.iter().map(|(sole, _)| *sole).collect::<Vec<_>>(), [false, false]);
    }
}
