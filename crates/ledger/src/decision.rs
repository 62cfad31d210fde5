//! What people decide: about claims, incidents, sources and briefs. A decision is an entry; it changes none, and
//! another entry undoes it.

mod anchor;
mod correct;
mod make;
mod settle;

pub use anchor::Anchor;
pub use correct::{Field, value_of};
pub use settle::{Conflict, Mark, Settled, settle};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use trucewatch::claim::Claim;

use crate::stored;

/// A decision: what, by whom, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Who decided.
    pub by: String,
    /// Why, in that person's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// The claim is there as it was read.
    Accept {
        /// The claim.
        claim: Anchor,
    },
    /// The document does not say this.
    Reject {
        /// The claim.
        claim: Anchor,
    },
    /// The document says something that was not read.
    Add {
        /// Id of the document.
        document: String,
        /// The claim.
        added: Box<stored::Claim>,
    },
    /// A field of a claim is another.
    Correct {
        /// The claim.
        claim: Anchor,
        /// Which field.
        field: Field,
        /// What the reader had, as [`value_of`] writes it.
        old: String,
        /// What it is; empty for nothing.
        new: String,
    },
    /// The incidents of these claims are one.
    Merge {
        /// A claim of each incident.
        claims: Vec<Anchor>,
    },
    /// These claims tell of another incident than the rest of theirs.
    Split {
        /// The claims.
        claims: Vec<Anchor>,
    },
    /// How reliable a source is.
    GradeSource {
        /// Its name.
        source: String,
        /// A to F; none for unknown.
        grade: Option<Reliability>,
    },
    /// How credible a claim is, whoever says it.
    GradeClaim {
        /// The claim.
        claim: Anchor,
        /// 1 (confirmed) to 6 (cannot be judged); none for unknown.
        grade: Option<u8>,
    },
    /// A remark.
    Note {
        /// On which claim.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claim: Option<Anchor>,
        /// On which document, by id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<String>,
        /// What.
        words: String,
    },
    /// A brief was read and stood by.
    SignOff {
        /// First day that it covers.
        from: String,
        /// Last day that it covers.
        to: String,
        /// Number of entries that it was drawn from.
        size: u64,
        /// SHA-256 of its Markdown, in hex.
        sha256: String,
        /// For an erratum: the entry of the issue in whose place it stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<u64>,
    },
    /// An earlier decision holds no longer.
    Undo {
        /// Its entry.
        entry: u64,
    },
}

/// How reliable a source is (the Admiralty scale, apart from what it says).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

impl Reliability {
    /// Its letter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Reliability::A => "A",
            Reliability::B => "B",
            Reliability::C => "C",
            Reliability::D => "D",
            Reliability::E => "E",
            Reliability::F => "F",
        }
    }
}

/// A decision with its entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Number of its entry.
    pub entry: u64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub decision: Decision,
    /// The entry that undid it.
    pub undone: Option<u64>,
}

impl Act {
    /// Its word.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Act::Accept { .. } => "accept",
            Act::Reject { .. } => "reject",
            Act::Add { .. } => "add",
            Act::Correct { .. } => "correct",
            Act::Merge { .. } => "merge",
            Act::Split { .. } => "split",
            Act::GradeSource { .. } => "grade-source",
            Act::GradeClaim { .. } => "grade-claim",
            Act::Note { .. } => "note",
            Act::SignOff { .. } => "sign-off",
            Act::Undo { .. } => "undo",
        }
    }

    /// The claim that it adds, where it adds one.
    #[must_use]
    pub fn added(&self) -> Option<Claim> {
        match self {
            Act::Add { document, added } => stored::Claim::clone(added).give(document),
            _ => None,
        }
    }

    /// The claims that it is about.
    #[must_use]
    pub fn claims(&self) -> Vec<&Anchor> {
        match self {
            Act::Accept { claim }
            | Act::Reject { claim }
            | Act::Correct { claim, .. }
            | Act::GradeClaim { claim, .. } => vec![claim],
            Act::Merge { claims } | Act::Split { claims } => claims.iter().collect(),
            Act::Note { claim, .. } => claim.iter().collect(),
            Act::Add { .. } | Act::GradeSource { .. } | Act::SignOff { .. } | Act::Undo { .. } => Vec::new(),
        }
    }
}
