//! Decompression that stops: no more comes out than the limits let, whatever the headers promise.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

use crate::{Limits, Refusal};

/// All that comes out of a reader, refused where it is more than `most` bytes.
pub(crate) fn all(from: impl Read, most: u64, what: &str, limit: &str) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let read = from.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|e| Refusal::new(format!("{what} is damaged: {e}"), "fetch or save it again"))?;
    if bytes.len() as u64 > most {
        return Err(Refusal::over(format!("{what} holds more than {most} bytes"), limit));
    }
    Ok(bytes)
}

/// What an HTTP body in some content coding unpacks to; `None` for a coding that is not known.
pub(crate) fn coded(packed: &[u8], coding: &str, limits: &Limits) -> Option<Result<Vec<u8>, Refusal>> {
    let most = limits.unpacked_of(packed.len() as u64);
    let what = "what the response unpacks to";
    match coding {
        "gzip" | "x-gzip" => Some(all(GzDecoder::new(packed), most, what, "unpacked")),
        "deflate" => Some(
            all(ZlibDecoder::new(packed), most, what, "unpacked")
                .or_else(|_| all(DeflateDecoder::new(packed), most, what, "unpacked")),
        ),
        _ => None,
    }
}

/// A reader of an archive that fails once more has come out of it than the limits let for what went in.
pub(crate) struct Metered<R> {
    inner: R,
    limits: Limits,
    packed: Arc<AtomicU64>,
    unpacked: u64,
}

impl<R> Metered<R> {
    /// Watches over what comes out of `inner`; `packed` counts what went in.
    pub(crate) fn new(inner: R, limits: &Limits, packed: Arc<AtomicU64>) -> Metered<R> {
        Metered { inner, limits: limits.clone(), packed, unpacked: 0 }
    }

    fn over(&self) -> Option<&'static str> {
        let packed = self.packed.load(Ordering::Relaxed);
        let most = packed.saturating_mul(self.limits.ratio).saturating_add(1 << 20);
        match self.unpacked {
            n if n > self.limits.archive => Some("it unpacks to more than the limit `archive`"),
            n if n > most => Some("it unpacks to more than the limit `ratio` lets"),
            _ => None,
        }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.unpacked += n as u64;
        self.over().map_or(Ok(n), |why| Err(io::Error::other(why)))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn a_bomb_is_stopped_by_ratio() {
        let bomb = packed(&vec![0; 32 << 20]);
        assert!(bomb.len() < 64 << 10);
        assert!(coded(&bomb, "gzip", &Limits::default()).unwrap().unwrap_err().to_string().contains("holds more than"));
    }

    #[test]
    fn common_text_passes() {
        assert_eq!(coded(&packed(b"Quiet."), "gzip", &Limits::default()).unwrap().unwrap(), b"Quiet.");
        assert!(coded(b"\x1f\x8b\x08garbage", "gzip", &Limits::default()).unwrap().is_err());
    }
}
