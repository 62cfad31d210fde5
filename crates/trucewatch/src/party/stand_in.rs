//! Which words the analysis of sentences does not see as they are, so that it is the same whoever is named.

use crate::pack::{Pack, Party, PartyKind};

/// What a state, its people and its seat are seen as. Which ones is of no meaning, but that the model knows them well.
const STATE: &str = "Germany";
const ADJECTIVE: &str = "German";
const PEOPLE: &str = "Germans";
const SEAT: &str = "Berlin";

/// Pairs of a name and the word that is seen in its place: those of the packs' states and authorities, of their peoples
/// and of their seats, in one word or in several. Armed groups and bodies are seen as they are: their names differ in
/// kind.
pub fn stand_ins(packs: &[Pack]) -> impl Iterator<Item = (String, String)> {
    let parties = packs.iter().flat_map(|p| &p.parties);
    parties.filter(|p| matches!(p.kind, PartyKind::State | PartyKind::Authority)).flat_map(of_party)
}

fn of_party(party: &Party) -> impl Iterator<Item = (String, String)> {
    let pairs = |names: &[String], seen: fn(&str) -> &'static str| -> Vec<(String, String)> {
        names.iter().filter(|n| is_name(n)).map(|n| (n.clone(), seen(n).to_owned())).collect()
    };
    let names = pairs(&party.names, |_| STATE);
    let people = pairs(&party.demonyms, |n| if n.ends_with('s') { PEOPLE } else { ADJECTIVE });
    names.into_iter().chain(people).chain(pairs(&party.seats, |_| SEAT))
}

/// One word or several, such as "South Vesk" or "Republic of Vesk": letters only, and all words with a capital that are
/// not between others. Neither "RA" nor a common word.
fn is_name(name: &str) -> bool {
    let last = name.split(' ').count().saturating_sub(1);
    let between = |i: usize, word: &str| 0 < i && i < last && matches!(word, "of" | "the" | "and");
    name.split(' ').enumerate().all(|(i, word)| is_capitalised(word) || between(i, word))
}

/// Letters only, the first one a capital and not all of them.
fn is_capitalised(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase)
        && word.chars().all(char::is_alphabetic)
        && chars.any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_are_seen_as_others() {
        assert!(!is_name("RA") && !is_name("the") && !is_name("DPR-9") && !is_name("") && !is_name("Vesk regime"));
        assert!(is_name("Vesk") && is_name("Orláva") && is_name("South Vesk") && is_name("Republic of Vesk"));
    }
}
