//! Who watches from where: plans, and files of posts with what the parties answered.

use jiff::Timestamp;
use line::plan::siting::Siting;
use line::watch::{Watch, Watches};
use serde::de::IntoDeserializer;
use serde::de::value::Error;
use serde::{Deserialize, Serialize};

use crate::consent::{Answer, Missing};

/// Where new posts should stand, as a planner found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Plan {
    /// What is watched.
    pub line: String,
    /// How many posts were asked for.
    pub asked: usize,
    /// Metres of the line.
    pub metres: u64,
    /// Of these seen by the posts of then.
    pub today: u64,
    /// Of these seen with the new posts, too.
    pub with_plan: u64,
    /// What the new posts add, in metres of line and incidents as metres.
    pub worth: u64,
    /// The most that any choice could add.
    pub at_most: u64,
    /// By what it was found.
    pub found_by: String,
    /// The posts.
    pub watch: Vec<Watch>,
}

impl Plan {
    /// A plan for a line of a title, as the ledger keeps it. Whose consent a site needs is asked anew when it is proposed.
    #[must_use]
    pub fn new(line: &str, siting: &Siting<'_>) -> Plan {
        let plain = |w: &Watch| {
            let mut watch = w.clone();
            watch.parties.clear();
            watch.consents.clear();
            watch
        };
        Plan {
            line: line.to_owned(),
            asked: siting.asked,
            metres: siting.all().metres,
            today: siting.today().metres,
            with_plan: siting.then().metres,
            worth: siting.plan.worth,
            at_most: siting.plan.at_most,
            found_by: siting.plan.found_by.clone(),
            watch: siting.chosen().map(|(w, _)| plain(w)).collect(),
        }
    }

    /// Whether nothing better can be.
    #[must_use]
    pub fn is_best(&self) -> bool {
        self.worth >= self.at_most
    }
}

/// A plan with its entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Id of the statement.
    pub id: String,
    /// Its entry.
    pub entry: u64,
    /// When it was taken in.
    pub at: Timestamp,
    /// Who puts it on record.
    pub by: String,
    /// The plan.
    pub plan: Plan,
}

/// Tells the posts of a file who consents, by what is written there and the rules of consent.
///
/// # Errors
/// Where what is written is no answer, with the post and the party.
pub fn judge(watches: &mut Watches) -> Result<(), String> {
    for watch in &mut watches.watch {
        let mut consenting = Vec::new();
        for (party, word) in &watch.consents {
            let answer = Answer::deserialize(IntoDeserializer::<Error>::into_deserializer(word.as_str()))
                .map_err(|_| wrong(&watch.id, party, word))?;
            if Missing::of(party, Some((answer, ""))).is_none() {
                consenting.push(party.clone());
            }
        }
        consenting.iter().for_each(|party| watch.consent(party));
    }
    Ok(())
}

fn wrong(id: &str, party: &str, word: &str) -> String {
    format!("`{id}`: `{word}` is no answer of {party}: consents, on-condition, refuses or withdraws")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(word: &str) -> Result<Watches, String> {
        let text = format!(
            "[[watch]]\nid = \"post-9\"\nlat = -45.29\nlon = -124.9\nreach-km = 5\nparties = [\"vesk\"]\nconsents = {{ vesk = \"{word}\" }}\n"
        );
        let mut watches: Watches = toml::from_str(&text).unwrap();
        judge(&mut watches).map(|()| watches)
    }

    #[test]
    fn nothing_but_a_plain_yes_is_a_consent() {
        let told = judged("perhaps").unwrap_err();
        assert_eq!(told, "`post-9`: `perhaps` is no answer of vesk: consents, on-condition, refuses or withdraws");
        for word in ["on-condition", "conditional", "refuses", "refused", "withdraws", "withdrawn"] {
            assert_eq!(judged(word).unwrap().watch[0].lacks(), ["vesk"], "{word}");
        }
        assert!(judged("consents").unwrap().watch[0].lacks().is_empty());
        assert!(judged("given").unwrap().watch[0].lacks().is_empty());
    }
}
