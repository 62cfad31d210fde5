//! A mission's mandate, as data: who it is, where, how strong, for how long, and for what it needs whose consent.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::statement::StatementError;

/// A mandate. A pack keeps them in `missions/*.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mandate {
    /// Its id, such as `line-mission-2031`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Id of the body that speaks in its reports.
    pub party: String,
    /// Id of the pack that knows the parties and places.
    pub pack: String,
    /// Id of the agreement that it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<String>,
    /// The parties between whom it stands.
    pub parties: Vec<String>,
    /// Where it works: names or ids of places.
    #[serde(default)]
    pub area: Vec<String>,
    /// The most people it may have on the ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<u32>,
    /// First day of its term.
    pub from: Date,
    /// Last day of its term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Local time of its reports, as hours from universal time, such as `-08:00`.
    pub zone: String,
    /// Hour to which its daily report runs.
    #[serde(default = "eight")]
    pub cut_off: Time,
    /// Whose consent which things need. What is not listed needs nobody's.
    #[serde(default)]
    pub needs: Vec<Need>,
}

/// Whose consent a kind of thing needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// What: `mission` for the mandate itself, `deployment`, `post`, `patrol-route`, `visit`, `border-segment`,
    /// `exchange`, or a word of the mandate's own.
    pub subject: String,
    /// Ids of the parties whose consent it needs.
    #[serde(default)]
    pub consent: Vec<String>,
    /// Whether it needs the consent of whoever controls the place, too.
    #[serde(default)]
    pub host: bool,
}

fn eight() -> Time {
    Time::constant(8, 0, 0, 0)
}

impl Mandate {
    /// The mandate that a file's text holds.
    ///
    /// # Errors
    /// Where it is no TOML, a field is missing or not known, or its values do not fit together.
    pub fn parse(text: &str) -> Result<Mandate, StatementError> {
        let mandate: Mandate = toml::from_str(text).map_err(|e| StatementError::form(text, &e))?;
        mandate.check().map(|()| mandate)
    }

    /// Whether its values fit together.
    ///
    /// # Errors
    /// What does not, with its value.
    pub fn check(&self) -> Result<(), StatementError> {
        let wrong = |problem: String| Err(StatementError::value(problem));
        if self.parties.is_empty() {
            return wrong(format!("the mandate `{}` names no parties", self.id));
        }
        if let Some(until) = self.until.filter(|until| *until < self.from) {
            return wrong(format!("the term from {} to {until} has no day", self.from));
        }
        if self.offset().is_none() {
            return wrong(format!("the zone `{}` is none: give hours from universal time, such as -08:00", self.zone));
        }
        for (i, need) in self.needs.iter().enumerate() {
            if self.needs.iter().take(i).any(|n| n.subject == need.subject) {
                return wrong(format!("the mandate says twice whose consent `{}` needs", need.subject));
            }
            if let Some(party) = need.consent.iter().find(|p| !self.parties.contains(p)) {
                return wrong(format!(
                    "`{}` needs the consent of `{party}`, which is no party of the mandate",
                    need.subject
                ));
            }
        }
        Ok(())
    }

    /// Its local time, as an offset.
    #[must_use]
    pub fn offset(&self) -> Option<jiff::tz::Offset> {
        offset(&self.zone)
    }

    /// Whose consent a thing needs; `host` is whoever controls its place.
    #[must_use]
    pub fn needed(&self, subject: &str, host: Option<&str>) -> Vec<String> {
        let Some(need) = self.needs.iter().find(|n| n.subject == subject) else { return Vec::new() };
        let host = host.filter(|_| need.host).map(str::to_owned);
        let mut all: Vec<String> = need.consent.iter().cloned().chain(host).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Whether a thing needs to say who controls its place.
    #[must_use]
    pub fn asks_host(&self, subject: &str) -> bool {
        self.needs.iter().any(|n| n.subject == subject && n.host)
    }

    /// Whether a day lies in its term.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// An offset from universal time, written `+04:00`, `-08:00` or `Z`.
#[must_use]
pub fn offset(text: &str) -> Option<jiff::tz::Offset> {
    if text == "Z" {
        return Some(jiff::tz::Offset::UTC);
    }
    let (sign, rest) = text.strip_prefix('-').map(|r| (-1, r)).or_else(|| text.strip_prefix('+').map(|r| (1, r)))?;
    let (hours, minutes) = rest.split_once(':')?;
    let both = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    let (hours @ 0..=14, minutes @ 0..=59) = both else { return None };
    jiff::tz::Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A mandate between two invented parties.
    pub(crate) const MANDATE: &str = r#"
id = "line-mission-2031"
title = "Joint Line Mission"
party = "jlm"
pack = "vesk-orlava"
agreement = "halmora-2031"
parties = ["vesk", "orlava"]
area = ["kethra"]
strength = 60
from = "2031-03-06"
until = "2031-09-05"
zone = "-08:00"

[[needs]]
subject = "deployment"
consent = ["vesk", "orlava"]

[[needs]]
subject = "visit"
host = true
"#;

    #[test]
    fn a_mandate_that_does_not_fit_together_is_refused() {
        let refused = |from: &str, to: &str| Mandate::parse(&MANDATE.replace(from, to)).unwrap_err().to_string();
        assert!(refused("strength = 60", "strenght = 60").contains("unknown field `strenght`"));
        assert!(refused("[\"vesk\", \"orlava\"]\narea", "[]\narea").contains("names no parties"));
        assert!(refused("2031-09-05", "2031-03-05").contains("has no day"));
        assert!(refused("-08:00", "8 hours").contains("the zone `8 hours` is none"));
        assert!(refused("\"visit\"", "\"deployment\"").contains("says twice"));
        assert!(
            refused("consent = [\"vesk\", \"orlava\"]", "consent = [\"ilmeria\"]").contains("no party of the mandate")
        );
    }

    #[test]
    fn it_says_whose_consent_is_needed() {
        let mandate = Mandate::parse(MANDATE).unwrap();
        assert_eq!(mandate.needed("deployment", Some("vesk")), ["orlava", "vesk"]);
        assert_eq!(mandate.needed("visit", Some("orlava")), ["orlava"]);
        assert!(mandate.needed("visit", None).is_empty());
        assert!(mandate.needed("post", Some("vesk")).is_empty());
        assert_eq!(mandate.cut_off, Time::constant(8, 0, 0, 0));
        assert_eq!(mandate.offset().map(|o| o.seconds()), Some(-8 * 3600));
    }

    #[test]
    fn offsets_have_one_form() {
        assert!(["", "8", "-8:0x", "+25:00", "+08:60", "08:00"].iter().all(|t| offset(t).is_none()));
        assert_eq!(offset("+05:30").map(|o| o.seconds()), Some(19_800));
    }
}
