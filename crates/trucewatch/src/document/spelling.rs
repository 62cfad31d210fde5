//! Spellings of one word that mean the same: whichever a report uses, it is read alike.

/// Pairs of a spelling and the one that is seen in its place, in lower case: British ones as American, "cease-fire" as
/// "ceasefire".
pub fn spellings() -> impl Iterator<Item = (String, String)> {
    let rows = include_str!("spelling.csv").lines().skip(1);
    rows.filter_map(|row| row.split_once(',')).map(|(written, seen)| (written.to_owned(), seen.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_is_seen_is_no_spelling_of_another_word() {
        let all: BTreeMap<String, String> = spellings().collect();
        assert_eq!(all.len(), spellings().count());
        assert_eq!(all["cease-fire"], "ceasefire");
        for (written, seen) in &all {
            assert!(written != seen && !all.contains_key(seen), "{written}");
        }
    }
}
