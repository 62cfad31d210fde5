//! Claims: one source putting one event, act or state of affairs on record, coded after the codebook.

mod against;
mod aspect;
mod body;
mod build;
mod cast;

mod cause;
mod code;
mod confidence;
mod garble;
mod inputs;
mod kind;
mod lexicon;
mod merge;
mod modality;
mod mode;
mod numbers;
mod page;
mod path;
mod reciprocal;
mod role;
mod setting;
mod span;
mod terms;
mod toll;
pub mod training;
mod treaty;
mod trigger;
mod voice;
mod weigh;

use std::borrow::Cow;

pub use build::ClaimBuilder;
pub use code::{Findings, code};
pub use kind::{Aspect, Class, Kind, Mode};
pub(crate) use mode::TAKEN_BACK;
pub use treaty::AGREEMENT_RULE;

use crate::document::Span;
use crate::figure::Figure;
use crate::pack::PartyId;
use crate::when::Interval;

/// A value with the words it comes from and the rule or entry that made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Traced<T> {
    /// The value.
    pub value: T,
    /// The words that triggered it; empty where it follows from the absence of words.
    pub spans: Vec<Span>,
    /// Rule or data entry, such as `mode/negation` or `lexicon/shelling/bombard`.
    pub rule: Cow<'static, str>,
}

impl<T> Traced<T> {
    /// A value from some words by a rule.
    pub fn new(value: T, spans: impl Into<Vec<Span>>, rule: impl Into<Cow<'static, str>>) -> Traced<T> {
        Traced { value, spans: spans.into(), rule: rule.into() }
    }
}

/// Who is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// As named in the document; `narrator` for the outlet itself.
    pub name: String,
    /// For whom it speaks, where that is known.
    pub party: Option<PartyId>,
}

/// A place of a claim: the name as written, and what it resolves to.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimPlace {
    /// As written.
    pub name: String,
    /// What it resolves to, where anything was found.
    pub resolved: Option<crate::place::Resolved>,
}

/// One claim. Made by [`ClaimBuilder`] only, which refuses claims without words.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// From document, span and type: the same however often the document is read.
    pub id: String,
    /// Id of the document.
    pub document: String,
    /// The words that carry the claim.
    pub span: Span,
    /// What kind of event, act or state.
    pub kind: Traced<Kind>,
    /// How the speaker relates it to reality.
    pub mode: Traced<Mode>,
    /// Whether a state starts or stops.
    pub aspect: Option<Traced<Aspect>>,
    /// Who is on record.
    pub speaker: Traced<Speaker>,
    /// The chain that carried it here, nearest to the speaker last.
    pub via: Vec<Traced<String>>,
    /// Who does the thing.
    pub actors: Vec<Traced<PartyId>>,
    /// To whom it is done.
    pub targets: Vec<Traced<PartyId>>,
    /// Where.
    pub place: Option<Traced<ClaimPlace>>,
    /// When it happens or holds.
    pub date: Option<Traced<Interval>>,
    /// Numbers of people or things.
    pub figures: Vec<Figure>,
    /// The words that name the agreement it is about.
    pub agreement: Option<Span>,
    /// Why the words are thought to be mistranslated or mistyped.
    pub garbled: Option<Traced<String>>,
    /// How sure the reader is that the claim is there with this type, 0 to 1.
    pub confidence: f32,
}
