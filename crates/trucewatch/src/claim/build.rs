//! The only way to make a claim: from words of a document.

use sha2::{Digest, Sha256};

use super::{Aspect, Claim, ClaimPlace, Kind, Mode, Speaker, Traced};
use crate::document::{Document, Span};
use crate::figure::Figure;
use crate::pack::PartyId;
use crate::when::Interval;

/// Collects a claim's fields; [`build`](ClaimBuilder::build) refuses one without words.
#[derive(Debug)]
pub struct ClaimBuilder {
    has_words: bool,
    claim: Claim,
}

impl ClaimBuilder {
    /// Begins a claim carried by the words of `span`.
    #[must_use]
    pub fn new(
        document: &Document,
        span: Span,
        kind: Traced<Kind>,
        mode: Traced<Mode>,
        speaker: Traced<Speaker>,
    ) -> ClaimBuilder {
        let claim = Claim {
            id: id(document, span, kind.value, &speaker.value),
            document: document.id().to_owned(),
            span,
            kind,
            mode,
            aspect: None,
            speaker,
            via: Vec::new(),
            actors: Vec::new(),
            targets: Vec::new(),
            place: None,
            date: None,
            figures: Vec::new(),
            agreement: None,
            garbled: None,
            confidence: 0.5,
        };
        ClaimBuilder { has_words: !document.slice(span).trim().is_empty(), claim }
    }

    /// Sets whether a state starts or stops.
    #[must_use]
    pub fn aspect(mut self, aspect: Option<Traced<Aspect>>) -> ClaimBuilder {
        self.claim.aspect = aspect;
        self
    }

    /// Sets the chain that carried it, nearest to the speaker last.
    #[must_use]
    pub fn via(mut self, via: Vec<Traced<String>>) -> ClaimBuilder {
        self.claim.via = via;
        self
    }

    /// Sets who does it and to whom it is done.
    #[must_use]
    pub fn roles(mut self, actors: Vec<Traced<PartyId>>, targets: Vec<Traced<PartyId>>) -> ClaimBuilder {
        self.claim.actors = actors;
        self.claim.targets = targets;
        self
    }

    /// Sets where and when.
    #[must_use]
    pub fn setting(mut self, place: Option<Traced<ClaimPlace>>, date: Option<Traced<Interval>>) -> ClaimBuilder {
        self.claim.place = place;
        self.claim.date = date;
        self
    }

    /// Sets the numbers.
    #[must_use]
    pub fn figures(mut self, figures: Vec<Figure>) -> ClaimBuilder {
        self.claim.figures = figures;
        self
    }

    /// Sets the words that name the agreement.
    #[must_use]
    pub fn agreement(mut self, agreement: Option<Span>) -> ClaimBuilder {
        self.claim.agreement = agreement;
        self
    }

    /// Marks the words as mistranslated or mistyped.
    #[must_use]
    pub fn garbled(mut self, garbled: Option<Traced<String>>) -> ClaimBuilder {
        self.claim.garbled = garbled;
        self
    }

    /// Sets how sure the reader is, 0 to 1.
    #[must_use]
    pub fn confidence(mut self, confidence: f32) -> ClaimBuilder {
        self.claim.confidence = confidence.clamp(0.0, 1.0);
        self
    }

    /// The claim; `None` where the span holds no words of the document.
    #[must_use]
    pub fn build(self) -> Option<Claim> {
        self.has_words.then_some(self.claim)
    }
}

/// The first 16 hex digits of the SHA-256 over document, span, type and speaker: stable when a newer reader codes
/// other fields of it differently.
fn id(document: &Document, span: Span, kind: Kind, speaker: &Speaker) -> String {
    let party = speaker.party.as_ref().map_or("", PartyId::as_str);
    let key = format!("{}\0{}\0{}\0{kind}\0{party}", document.id(), span.start, span.end);
    Sha256::digest(key.as_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Meta;

    fn builder(text: &str, span: Span) -> ClaimBuilder {
        let document = Document::new("a.txt", text, Meta::default());
        let speaker = Speaker { name: "narrator".to_owned(), party: None };
        let kind = Traced::new(Kind::Shelling, [], "test");
        ClaimBuilder::new(
            &document,
            span,
            kind,
            Traced::new(Mode::Asserted, [], "test"),
            Traced::new(speaker, [], "test"),
        )
    }

    #[test]
    fn no_words_no_claim() {
        assert!(builder("Shells fell.", Span::new(3, 3)).build().is_none());
        assert!(builder("Shells fell.", Span::new(90, 99)).build().is_none());
        assert!(builder("  \n", Span::new(0, 3)).build().is_none());
    }

    #[test]
    fn an_id_comes_from_document_span_and_type() {
        let one = builder("Shells fell.", Span::new(0, 11)).build().unwrap();
        let same = builder("Shells fell.", Span::new(0, 11)).confidence(0.9).build().unwrap();
        let other = builder("Shells fell!", Span::new(0, 11)).build().unwrap();
        assert_eq!(one.id, same.id);
        assert_ne!(one.id, other.id);
    }
}
