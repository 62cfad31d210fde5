//! Which agreement some words mean: by its names, else by the month, day and place of agreeing.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::pack::{Agreement, Knowledge, PartyId};

/// Months as reports write them.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The agreement that some words mean, in a claim about some parties, written on a day: its own name decides, then
/// the month, day and place of agreeing that the words give. Words that say nothing but "ceasefire" mean the latest
/// one agreed by then, if it was agreed within the last days; several that fit equally mean none.
#[must_use]
pub fn meant<'a>(
    words: &str,
    parties: &[PartyId],
    written: Option<Date>,
    knowledge: &'a Knowledge,
) -> Option<&'a Agreement> {
    let words = words.to_lowercase();
    let possible = knowledge.agreements().filter(|a| concerns(a, parties) && written.is_none_or(|day| a.agreed <= day));
    let mut scored: Vec<(u32, &Agreement)> = possible.map(|a| (score(a, &words, written), a)).collect();
    scored.retain(|(score, _)| *score > 0);
    scored.sort_by(|(s, a), (t, b)| t.cmp(s).then(b.agreed.cmp(&a.agreed)).then(a.id.cmp(&b.id)));
    match scored.as_slice() {
        [] => None,
        [(_, one)] => Some(one),
        [(best, one), (next, other), ..] => {
            (best > next || one.agreed > other.agreed && *best <= RECENT).then_some(*one)
        }
    }
}

/// What being agreed within the last days counts for.
const RECENT: u32 = 2;

/// Days within which "the ceasefire" means the latest one.
const DAYS: i32 = 21;

/// Whether an agreement binds at least one of the parties and nobody is spoken of who has nothing to do with it.
fn concerns(agreement: &Agreement, parties: &[PartyId]) -> bool {
    let part = |p: &PartyId| agreement.parties.iter().any(|x| x.party == *p) || agreement.brokers.contains(p);
    let named: Vec<&PartyId> = parties.iter().filter(|p| !p.is_bystander()).collect();
    named.is_empty() || named.iter().any(|p| part(p))
}

fn score(agreement: &Agreement, words: &str, written: Option<Date>) -> u32 {
    let named = agreement.names.iter().filter(|n| words.contains(&n.to_lowercase())).map(String::len).max();
    if let Some(length) = named {
        return 100 + u32::try_from(length).unwrap_or(0);
    }
    let tokens: BTreeSet<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let month = tokens.iter().find_map(|t| MONTHS.iter().position(|m| m == t));
    let agreed_month = usize::from(agreement.agreed.month().unsigned_abs()).saturating_sub(1);
    if month.is_some_and(|m| m != agreed_month) {
        return 0;
    }
    let day = tokens.contains(agreement.agreed.day().to_string().as_str());
    let place = agreement.agreed_at.as_ref().is_some_and(|p| tokens.contains(p.to_lowercase().as_str()));
    let recent = written.is_some_and(|w| agreement.agreed.until(w).is_ok_and(|s| s.get_days() <= DAYS));
    let month = u32::from(month.is_some());
    month * 20 + u32::from(day && month > 0) * 20 + u32::from(place) * 10 + u32::from(recent) * RECENT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::knowledge;

    fn found(words: &str, parties: &[&str], written: &str) -> Option<String> {
        let parties: Vec<PartyId> = parties.iter().map(|p| PartyId::new(p)).collect();
        meant(words, &parties, written.parse().ok(), &knowledge()).map(|a| a.id.clone())
    }

    #[test]
    fn other_words_mean_nothing_here() {
        assert_eq!(found("the truce of October", &["vesk"], "2031-03-08"), None);
        assert_eq!(found("Halmora Protocol", &["vesk"], "2031-01-08"), None, "not yet agreed");
        assert_eq!(found("the ceasefire", &["karsund"], "2031-03-08"), None, "others' ceasefire");
        assert_eq!(found("the ceasefire", &["vesk"], "2032-03-08"), None, "long past");
    }

    #[test]
    fn by_name_by_date_and_by_being_the_latest() {
        for words in ["the Halmora truce", "the agreement of March 5", "the deal signed in Halmora", "the ceasefire"] {
            assert_eq!(found(words, &["vesk", "orlava"], "2031-03-08").as_deref(), Some("halmora-2031"), "{words}");
        }
    }
}
