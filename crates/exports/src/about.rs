//! What every file says of itself.

use serde::{Deserialize, Serialize};
use trucewatch::pack::Knowledge;

/// What is said inside every file: of what it is made, under which filter, up to when, by what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What it is.
    pub title: String,
    /// The filter: names and values as they stand in an address or among arguments; empty where nothing was left out.
    pub filter: Vec<(String, String)>,
    /// First and last day that it covers, where it does not cover all.
    pub days: Option<(String, String)>,
    /// Up to when: the time of the ledger's last entry that it rests on (RFC 3339), or the day of the last report.
    pub cut_off: Option<String>,
    /// Entries of the ledger that it rests on.
    pub entries: Option<u64>,
    /// Whether people reviewed it.
    pub review: String,
    /// What made it.
    pub program: String,
    /// Packs in use: id, version, and the hash of their files.
    pub packs: Vec<(String, String, String)>,
    /// Whether what the public view hides is left out.
    #[serde(default)]
    pub is_public: bool,
}

impl About {
    /// Of what is known with some packs; all else is to be filled in.
    #[must_use]
    pub fn with(knowledge: &Knowledge) -> About {
        let packs = knowledge.packs().iter();
        let mut packs: Vec<_> =
            packs.map(|p| (p.manifest.id.clone(), p.manifest.version.clone(), p.fingerprint.clone())).collect();
        packs.sort();
        About {
            title: "Incidents and claims".to_owned(),
            program: format!("trucewatch {}", env!("CARGO_PKG_VERSION")),
            packs,
            ..About::default()
        }
    }

    /// The filter on one line; `none` where nothing was left out.
    #[must_use]
    pub fn filter_in_words(&self) -> String {
        let parts: Vec<String> = self.filter.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if parts.is_empty() { "none".to_owned() } else { parts.join("; ") }
    }

    /// The packs on one line.
    #[must_use]
    pub fn packs_in_words(&self) -> String {
        let one = |(id, version, hash): &(String, String, String)| {
            format!("{id} {version} ({})", hash.chars().take(12).collect::<String>())
        };
        self.packs.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// All of it as names and words, in order.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let days = self.days.as_ref().map_or_else(|| "all".to_owned(), |(from, to)| format!("{from} to {to}"));
        let mut lines = vec![
            ("title", self.title.clone()),
            ("filter", self.filter_in_words()),
            ("days", days),
            ("cut_off", self.cut_off.clone().unwrap_or_else(|| "not known".to_owned())),
            ("review", self.review.clone()),
            ("program", self.program.clone()),
            ("packs", self.packs_in_words()),
            ("notice", NOTICE.to_owned()),
        ];
        lines.extend(self.entries.map(|n| ("entries", n.to_string())));
        lines.extend(self.is_public.then(|| ("public", PUBLIC.to_owned())));
        lines
    }
}

/// What holds of every file.
const NOTICE: &str = "Every row is somebody's word and leads to it; trucewatch alleges nothing itself. \
                      That nothing was read is not that nothing happened.";
/// What holds of what leaves the public view.
const PUBLIC: &str = "Names of private persons, exact places, documents and some sources are left out.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_filter_it_says_none() {
        assert_eq!(About::default().filter_in_words(), "none");
    }

    #[test]
    fn the_filter_is_said_as_it_was_asked() {
        let filter = vec![("place".to_owned(), "Hollin".to_owned()), ("type".to_owned(), "shelling".to_owned())];
        assert_eq!(About { filter, ..About::default() }.filter_in_words(), "place=Hollin; type=shelling");
    }
}
