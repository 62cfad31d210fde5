//! What holds a decision to a claim when a newer reader reads the same document: document, span and type.

use serde::{Deserialize, Serialize};
use trucewatch::claim::Claim;

use crate::stored::Bytes;

/// A claim as a decision names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    /// Its id when it was decided on.
    pub claim: String,
    /// Id of its document.
    pub document: String,
    /// First and one past the last byte of its words.
    pub span: Bytes,
    /// Its type as it was read.
    #[serde(rename = "type")]
    pub kind: String,
}

impl Anchor {
    /// The anchor of a claim as it was read.
    #[must_use]
    pub fn of(claim: &Claim) -> Anchor {
        Anchor {
            claim: claim.id.clone(),
            document: claim.document.clone(),
            span: [claim.span.start, claim.span.end],
            kind: claim.kind.value.to_string(),
        }
    }

    /// The claim that it means among those of a newer reading: the one of its id, else the one of its type, or of a
    /// type that it was corrected to, whose words overlap most.
    pub(super) fn find(&self, claims: &[Claim], corrected_to: Option<&str>) -> Option<usize> {
        let same = claims.iter().position(|c| c.id == self.claim && c.document == self.document);
        let fits = |c: &Claim| {
            let kind = c.kind.value.as_str();
            c.document == self.document && (kind == self.kind || Some(kind) == corrected_to)
        };
        let near = claims.iter().enumerate().filter(|(_, c)| fits(c)).map(|(i, c)| (self.overlap(c), i));
        same.or_else(|| near.filter(|(n, _)| *n > 0).min_by_key(|(n, i)| (std::cmp::Reverse(*n), *i)).map(|(_, i)| i))
    }

    /// The id of the claim that it means among those of a newer reading.
    pub(crate) fn find_id<'a>(&self, claims: &'a [Claim]) -> Option<&'a str> {
        self.find(claims, None).and_then(|i| claims.get(i)).map(|c| c.id.as_str())
    }

    /// Bytes that a claim's words share with its own.
    fn overlap(&self, claim: &Claim) -> usize {
        let [start, end] = self.span;
        claim.span.end.min(end).saturating_sub(claim.span.start.max(start))
    }
}
