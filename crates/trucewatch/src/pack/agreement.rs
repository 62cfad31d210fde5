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
    /// Last minute or day, as first agreed or as it came to be; none where it has no end.
    pub until: Option<String>,
    /// Offset from universal time, such as `+04:00`.
    pub zone: String,
    /// Why or how it ended, where it did.
    pub ended: Option<String>,
    /// Later ends that were agreed, in their order; the last one holds.
    #[serde(default)]
    pub extended: Vec<Extension>,
    /// Stretches during which it was not in force.
    #[serde(default)]
    pub suspended: Vec<Suspension>,
    /// Parties for which it is in force at other times.
    #[serde(default)]
    pub parties: Vec<PartyForce>,
}

/// A later end that was agreed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Extension {
    /// When it was agreed.
    pub on: Date,
    /// New last minute or day.
    pub until: String,
}

/// A stretch during which an agreement was not in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Suspension {
    /// First minute or day.
    pub from: String,
    /// Last minute or day; none where it was not taken up again.
    pub until: Option<String>,
    /// By whom or why.
    pub why: Option<String>,
}

/// When an agreement is in force for one party, where that differs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PartyForce {
    /// Who.
    pub party: PartyId,
    /// First minute or day; none where it is as for the others.
    pub from: Option<String>,
    /// Last minute or day; none where it is as for the others.
    pub until: Option<String>,
}

/// A strip along a line, or on one side of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Zone {
    /// Id of the line.
    pub line: String,
    /// Kilometres from the line at which it begins; 0 at the line.
    #[serde(default)]
    pub from_km: f64,
    /// Kilometres from the line at which it ends; none where it does not.
    pub to_km: Option<f64>,
    /// On whose side of the line; none for both.
    pub side: Option<PartyId>,
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
    /// The strip along a line where it applies, where it is one.
    pub zone: Option<Zone>,
    /// Whose consent the mechanism needs; empty for that of all who are bound.
    #[serde(default)]
    pub consent: Vec<PartyId>,
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
    /// Least number reported, where the term sets a limit.
    pub min: Option<u64>,
    /// Greatest number reported, where the term sets a limit.
    pub max: Option<u64>,
    /// `in-scope`, `out-of-scope` or `undetermined`.
    pub answer: String,
}
