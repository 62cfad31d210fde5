//! Answers that were made of some books, kept as long as these are: the same question costs nothing again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::Refusal;

/// Answers that are kept, at most.
const MOST: usize = 128;
/// Bytes of all of them together, at most.
const ROOM: usize = 32 << 20;
/// Characters of the longest address of which the answer is kept.
const LONGEST: usize = 512;

/// An answer that is the same for everybody who may ask.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    media: &'static str,
    bytes: Bytes,
    tag: String,
}

impl Answer {
    /// Bytes of a media type.
    pub(crate) fn new(media: &'static str, bytes: impl Into<Bytes>) -> Answer {
        let bytes = bytes.into();
        let tag = tag(&bytes);
        Answer { media, bytes, tag }
    }

    /// A value as JSON.
    pub(crate) fn json(value: &impl Serialize) -> Result<Answer, Refusal> {
        let bytes = serde_json::to_vec(value).map_err(|e| Refusal::broken(e.to_string()))?;
        Ok(Answer::new("application/json", bytes))
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, self.media.to_owned()), (header::ETAG, self.tag)], self.bytes).into_response()
    }
}

/// The word by which a client tells that it has some bytes.
pub(crate) fn tag(bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(12).map(|b| format!("{b:02x}")).collect();
    format!("\"{hash}\"")
}

type Place = Arc<OnceLock<Result<Answer, Refusal>>>;

/// Answers by their addresses, the one that was made first at the front.
#[derive(Default)]
pub(crate) struct Answers(Mutex<VecDeque<(String, Place)>>);

impl Answers {
    /// The answer of an address, made once. Two who ask for the same wait for it.
    pub(crate) fn get(&self, address: &str, make: impl FnOnce() -> Result<Answer, Refusal>) -> Result<Answer, Refusal> {
        if address.len() > LONGEST {
            return make();
        }
        let place = self.place(address);
        let answer = place.get_or_init(make).clone();
        self.make_room();
        answer
    }

    fn place(&self, address: &str) -> Place {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, place)) = kept.iter().find(|(a, _)| a == address) {
            return Arc::clone(place);
        }
        let place = Place::default();
        kept.push_back((address.to_owned(), Arc::clone(&place)));
        place
    }

    fn make_room(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let size = |place: &Place| place.get().and_then(|a| a.as_ref().ok()).map_or(0, |a| a.bytes.len());
        let mut total: usize = kept.iter().map(|(_, place)| size(place)).sum();
        while kept.len() > MOST || total > ROOM {
            let Some((_, first)) = kept.pop_front() else { return };
            total -= size(&first);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_bounded_and_made_once() {
        let answers = Answers::default();
        let large = || Ok(Answer::new("text/plain", vec![b'x'; ROOM / 2 + 1]));
        answers.get("/a", large).unwrap();
        let again = answers.get("/a", || Err(Refusal::broken("made twice"))).unwrap();
        assert_eq!(again.tag, tag(&vec![b'x'; ROOM / 2 + 1]));
        answers.get("/b", large).unwrap();
        assert!(answers.get("/a", || Err(Refusal::broken("made anew"))).is_err());
        for n in 0..2 * MOST {
            answers.get(&format!("/{n}"), || Ok(Answer::new("text/plain", "x"))).unwrap();
        }
        assert_eq!(answers.0.lock().unwrap().len(), MOST);
    }

    #[test]
    fn long_addresses_are_not_kept() {
        let answers = Answers::default();
        answers.get(&"x".repeat(LONGEST + 1), || Ok(Answer::new("text/plain", "x"))).unwrap();
        assert!(answers.0.lock().unwrap().is_empty());
    }
}
