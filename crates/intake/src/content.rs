//! What a format's front reads, before it becomes a document.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use trucewatch::document::Meta;
use trucewatch::note::Note;

use crate::{Format, Refusal};

/// The words of one document, and what its file says of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
    pub(crate) meta: Meta,
    pub(crate) notes: Vec<Note>,
    pub(crate) id: Option<String>,
}

/// A document as it came: what a later reader, or a court, can go back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// The bytes: a whole file, or the part of an archive or a mailbox that holds the document. The entries of one feed
    /// share the bytes of the feed.
    pub bytes: Arc<[u8]>,
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// Media type of the bytes, such as `text/html`.
    pub media: &'static str,
    /// Which part of the file that was named it is, where the file holds several.
    pub part: Option<Part>,
}

impl Original {
    /// Keeps some bytes of a format.
    #[must_use]
    pub fn new(bytes: impl Into<Arc<[u8]>>, format: Format, part: Option<Part>) -> Original {
        let bytes = bytes.into();
        let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        Original { bytes, sha256, media: format.media(), part }
    }
}

/// One of the documents in a file, such as `record 17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What the file calls its parts: `line`, `row`, `record`, `entry`, `message` or `attachment`.
    pub kind: &'static str,
    /// Which, the first being 1.
    pub number: usize,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.number)
    }
}

/// One document of a file, or why a part of it is none.
pub(crate) type Member = Result<Taken, Bad>;

/// A document that was read from a file.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) content: Content,
    pub(crate) original: Original,
    pub(crate) format: Format,
    /// What stands behind the file's name in the name of the document.
    pub(crate) suffix: String,
}

impl Taken {
    /// The one document of a file.
    pub(crate) fn whole(content: Content, bytes: impl Into<Arc<[u8]>>, format: Format) -> Taken {
        Taken { content, original: Original::new(bytes, format, None), format, suffix: String::new() }
    }

    /// The same document as a part of a larger file.
    pub(crate) fn within(mut self, part: Part) -> Taken {
        self.suffix = format!("#{}{}", part.number, self.suffix);
        self.original.part = Some(part);
        self
    }
}

/// Why a file, or a part of it, is no document.
#[derive(Debug)]
pub(crate) struct Bad {
    pub(crate) part: Option<Part>,
    pub(crate) refusal: Refusal,
}

impl Bad {
    pub(crate) fn at(part: Part) -> impl FnOnce(Refusal) -> Bad {
        move |refusal| Bad { part: Some(part), refusal }
    }

    pub(crate) fn whole(refusal: Refusal) -> Bad {
        Bad { part: None, refusal }
    }

    pub(crate) fn within(self, part: Part) -> Bad {
        Bad { part: Some(part), ..self }
    }
}
