//! Who consents: a party's last answer stands, and nothing but a plain yes is a consent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a party answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Yes.
    Given,
    /// Yes, if something is done first; not a consent until it is given plainly.
    Conditional,
    /// No.
    Refused,
    /// An earlier answer no longer stands.
    Withdrawn,
}

/// The answers that stand, by party. A party without an entry has not answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Consents(BTreeMap<String, Answer>);

impl Consents {
    /// Sets a party's answer in the place of its earlier one.
    pub fn answer(&mut self, party: &str, answer: Answer) {
        self.0.insert(party.to_owned(), answer);
    }

    /// What a party answered last.
    #[must_use]
    pub fn of(&self, party: &str) -> Option<Answer> {
        self.0.get(party).copied()
    }

    /// Parties of those named who have not plainly consented, in their order.
    #[must_use]
    pub fn lacking<'a>(&self, named: &'a [String]) -> Vec<&'a str> {
        named.iter().filter(|p| self.of(p) != Some(Answer::Given)).map(String::as_str).collect()
    }

    /// Whether anybody said no, or took a consent back.
    #[must_use]
    pub fn is_opposed(&self) -> bool {
        self.0.values().any(|a| matches!(a, Answer::Refused | Answer::Withdrawn))
    }

    /// The answers, by party.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Answer)> {
        self.0.iter().map(|(party, &answer)| (party.as_str(), answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_yes_is_a_consent() {
        let named = ["orlava".to_owned(), "vesk".to_owned()];
        let mut consents = Consents::default();
        assert_eq!(consents.lacking(&named), ["orlava", "vesk"]);
        consents.answer("vesk", Answer::Conditional);
        consents.answer("orlava", Answer::Given);
        assert_eq!(consents.lacking(&named), ["vesk"]);
        consents.answer("vesk", Answer::Given);
        assert!(consents.lacking(&named).is_empty() && !consents.is_opposed());
        consents.answer("orlava", Answer::Withdrawn);
        assert_eq!(consents.lacking(&named), ["orlava"]);
        assert!(consents.is_opposed());
    }
}
