//! A document whose claims somebody else made: by hand, or by an earlier reading.

use trucewatch::claim::Claim;
use trucewatch::document::{Document, Meta, Span};
use trucewatch::incident::Source;
use trucewatch::pack::Knowledge;

use super::ClaimError;

/// A document as judging needs it, with its claims.
#[derive(Debug, Clone)]
pub struct Coded {
    /// The document; its id is the stem of the file, for its claims to be called `stem#c1`.
    pub source: Source,
    /// Its claims.
    pub claims: Vec<Claim>,
}

impl Coded {
    /// Takes in a document with its text.
    ///
    /// # Errors
    /// Where a claim cannot be taken in.
    pub fn new(stem: &str, text: &str, wire: super::Document, knowledge: &Knowledge) -> Result<Coded, ClaimError> {
        let claims = wire.claims.into_iter().map(|c| c.into_claim(stem, text, knowledge)).collect::<Result<_, _>>()?;
        let document = Document::new(stem, text, Meta::default());
        let source = Source {
            id: stem.to_owned(),
            name: wire.doc,
            outlet: None,
            published: wire.published.and_then(|p| p.parse().ok()),
            text: text.into(),
            sentences: document.paragraphs().iter().flat_map(|p| sentences(text, p.span)).collect(),
            notes: Vec::new(),
            copy_of: None,
        };
        Ok(Coded { source, claims })
    }
}

/// Sentences of a paragraph, roughly: cut after a full stop that white space follows.
fn sentences(text: &str, paragraph: Span) -> Vec<Span> {
    let words = text.get(paragraph.start..paragraph.end).unwrap_or("");
    let cuts = words
        .match_indices(['.', '!', '?'])
        .map(|(at, _)| at + 1)
        .filter(|at| words.get(*at..).is_some_and(|rest| rest.starts_with([' ', '\n', '”', '"'])));
    let mut starts: Vec<usize> = std::iter::once(0).chain(cuts).collect();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([words.len()]);
    starts.iter().zip(ends).map(|(s, e)| Span::new(paragraph.start + s, paragraph.start + e)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_whose_words_are_not_there_is_an_error() {
        let wire = r#"{"doc": "d.txt", "published": null, "claims": [{"id": "c1", "quote": "no", "type": "clash",
            "mode": "asserted", "speaker": "narrator"}]}"#;
        assert!(Coded::new("d", "yes", serde_json::from_str(wire).unwrap(), &Knowledge::default()).is_err());
    }

    #[test]
    fn sentences_are_cut_and_claims_named_after_the_file() {
        let wire = r#"{"doc": "d.txt", "published": "2031-03-08", "claims": [{"id": "c1", "quote": "It rained fire",
            "type": "clash", "mode": "asserted", "speaker": "narrator"}]}"#;
        let text = "All was calm. It rained fire.";
        let coded = Coded::new("d", text, serde_json::from_str(wire).unwrap(), &Knowledge::default()).unwrap();
        assert_eq!(coded.claims[0].id, "d#c1");
        assert_eq!(coded.source.sentence(coded.claims[0].span).0, 2);
    }
}
