//! Whose words a statement's are: its source as a name of the document and as parties, and the outlets between.
//!
//! Names stay as the document writes them: a surname becomes the full name given before, a pronoun or "the minister"
//! the name it stands for. What stands for nobody known keeps its own words and the party `other`; the document's own
//! voice is `narrator`.

mod issuer;
mod known;
mod name;
mod office;
mod paper;
mod resolve;
mod via;

use super::Statements;
use crate::document::{ParsedDocument, Span};
use crate::pack::PartyId;
use crate::party::Mentions;
use crate::place;

/// Who is on record for a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As named in the document; `narrator` for the document's own voice.
    pub name: String,
    /// The words that name it here and, for a pronoun or short form, where it was named before.
    pub spans: Vec<Span>,
    /// For whom it speaks, in the order named; several for joint sources and "both sides". Never empty.
    pub parties: Vec<PartyId>,
    /// Who carried it here, nearest to the source last.
    pub via: Vec<String>,
    /// The rule that found the name, such as `speaker/pronoun`.
    pub rule: &'static str,
}

impl Source {
    /// Whether it is one person by name.
    #[must_use]
    pub fn is_person(&self) -> bool {
        matches!(
            self.rule,
            "speaker/person"
                | "speaker/title"
                | "speaker/pronoun"
                | "speaker/pronoun-last"
                | "speaker/pronoun-reporter"
        ) && self.parties.len() == 1
    }
}

/// The name of a document's own voice.
pub const NARRATOR: &str = "narrator";

/// The source of every statement, by its index; `places` say whose an office without a name is.
#[must_use]
pub fn sources(
    parsed: &ParsedDocument<'_>,
    mentions: &Mentions<'_>,
    statements: &Statements,
    places: &[place::Mention],
) -> Vec<Source> {
    let resolver = resolve::Resolver::new(parsed, mentions, statements, places);
    let mut found = resolver.all();
    via::fill(parsed, mentions, statements, &mut found);
    found
}

/// The document's own voice: an outlet's, or that of the party that issued it.
#[must_use]
pub fn narrator(mentions: &Mentions<'_>) -> Source {
    let (party, rule) = mentions.voice.clone().unwrap_or((PartyId::new(PartyId::MEDIA), "speaker/narrator"));
    Source { name: NARRATOR.to_owned(), spans: Vec::new(), parties: vec![party], via: Vec::new(), rule }
}
