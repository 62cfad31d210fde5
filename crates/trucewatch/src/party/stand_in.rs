//! Which words the analysis of sentences does not see as they are, so that it is the same whoever is named.

use crate::pack::{Pack, Party, PartyKind};

/// What a state, its people and its seat are seen as. Which ones is of no meaning, but that the model knows them well.
const STATE: &str = "Germany";
const ADJECTIVE: &str = "German";
const PEOPLE: &str = "Germans";
const SEAT: &str = "Berlin";

/// Pairs of a word and the one that is seen in its place: the names in one word of the packs' states and authorities,
/// of their peoples and of their seats. Armed groups and bodies are seen as they are: their names differ in kind.
pub fn stand_ins(packs: &[Pack]) -> impl Iterator<Item = (String, String)> {
    let parties = packs.iter().flat_map(|p| &p.parties);
    parties.filter(|p| matches!(p.kind, PartyKind::State | PartyKind::Authority)).flat_map(of_party)
}

fn of_party(party: &Party) -> impl Iterator<Item = (String, String)> {
    let pairs = |names: &[String], seen: fn(&str) -> &'static str| -> Vec<(String, String)> {
        names.iter().filter(|n| is_one_word(n)).map(|n| (n.clone(), seen(n).to_owned())).collect()
    };
    let names = pairs(&party.names, |_| STATE);
    let people = pairs(&party.demonyms, |n| if n.ends_with('s') { PEOPLE } else { ADJECTIVE });
    names.into_iter().chain(people).chain(pairs(&party.seats, |_| SEAT))
}

/// Letters only, the first one a capital and not all of them: neither "RA" nor a common word.
fn is_one_word(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(char::is_uppercase)
        && name.chars().all(char::is_alphabetic)
        && chars.any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_single_words_are_seen_as_others() {
        assert!(!is_one_word("RA") && !is_one_word("South Vesk") && !is_one_word("the") && !is_one_word("DPR-9"));
        assert!(is_one_word("Vesk") && is_one_word("Orláva"));
    }
}
