//! Agreements as data: one TOML file each.

use jiff::civil::Date;
use serde::Deserialize;

use super::PartyId;

/// One agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Agreement {
    /// Its id, equal to the file's name.
    pub id: String,
    /// Title for readers.
    pub title: String,
    /// Short phrases by which reports speak of it ("Moscow ceasefire").
    #[serde(default)]
    pub names: Vec<String>,
    /// Who declared, signed or accepted it, and when.
    pub parties: Vec<AgreementParty>,
    /// Who brokered it.
    #[serde(default)]
    pub brokers: Vec<PartyId>,
    /// Day on which it was declared or signed.
    pub agreed: Date,
    /// Where it was agreed.
    pub agreed_at: Option<String>,
    /// When it is in force.
    pub in_force: InForce,
    /// Agreements that it renews or builds on, by id.
    #[serde(default)]
    pub recommits_to: Vec<String>,
    /// Ids of places and lines in which its terms apply; empty for everywhere between the parties.
    #[serde(default)]
    pub area: Vec<String>,
    /// Its terms, in our own words.
    pub terms: Vec<Term>,
    /// Where its text and dates can be checked.
    pub source: String,
    /// What is uncertain about this record.
    pub note: Option<String>,
}

/// One party's part in an agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AgreementParty {
    /// Who.
    pub party: PartyId,
    /// "signed", "declared" or "accepted".
    pub part: String,
    /// When, where it is known.
    pub on: Option<Date>,
}

/// When an agreement is in force. Times are local to `zone`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InForce {
    /// First minute, such as `2020-10-10T12:00`, or a day.
    pub from: String,
    /// Last minute or day; none where it has no end.
    pub until: Option<String>,
    /// Offset or name of the time zone, such as `+04:00`.
    pub zone: String,
    /// Why or how it ended, where it did.
    pub ended: Option<String>,
}

/// What a term does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermKind {
    /// Forbids acts.
    Prohibits,
    /// Allows acts.
    Permits,
    /// Obliges somebody to do something, perhaps by a day.
    Obliges,
    /// Sets a limit of number.
    Limits,
    /// Sets up a mechanism or mission.
    Mechanism,
}

/// What follows for a claim that a term covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It would be a breach.
    Breach,
    /// It would be what was promised.
    Fulfilment,
    /// It is allowed.
    Allowed,
}

/// One term of an agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Term {
    /// Its number in the document, such as `1` or `4, second sentence`.
    pub number: String,
    /// What it does.
    pub kind: TermKind,
    /// What it says, in our own words.
    pub text: String,
    /// Types of claims (codebook) that fall under it.
    pub claims: Vec<String>,
    /// Who is bound; empty for all parties.
    #[serde(default)]
    pub binds: Vec<PartyId>,
    /// Day by which it is due.
    pub due: Option<Date>,
    /// Ids of places or lines where it applies, where narrower than the agreement's area.
    #[serde(default)]
    pub area: Vec<String>,
    /// Greatest number that is allowed.
    pub limit: Option<u64>,
    /// What the limit counts (figure kinds of the codebook).
    pub limit_of: Option<String>,
    /// Examples that are run as tests.
    #[serde(default)]
    pub examples: Vec<Example>,
}

/// A claim in short, and whether the term covers it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// Claim type.
    pub claim: String,
    /// Who does it; empty where unknown.
    #[serde(default)]
    pub actor: Vec<PartyId>,
    /// When (EDTF); none where unknown.
    pub date: Option<String>,
    /// Place id; none where unknown.
    pub place: Option<String>,
    /// `in-scope`, `out-of-scope` or `undetermined`.
    pub answer: String,
}
