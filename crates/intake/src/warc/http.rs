//! HTTP responses as archives keep them.

use crate::{Limits, Refusal, unpack};

/// Fields of a response's header, at most.
const FIELDS: usize = 256;
const HINT: &str = "the archive may be damaged; fetch it again";

/// What a server sent.
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    pub(super) media: Option<String>,
    pub(super) charset: Option<String>,
}

/// The body of a response, unpacked; none where the status is not 200.
pub(super) fn body(block: &[u8], limits: &Limits) -> Result<Option<Body>, Refusal> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    let parsed = response.parse(block).map_err(|e| Refusal::new(format!("holds no HTTP response: {e}"), HINT))?;
    let httparse::Status::Complete(start) = parsed else {
        return Err(Refusal::new("holds an HTTP response that is cut off in its header", HINT));
    };
    if response.code != Some(200) {
        return Ok(None);
    }
    let field = |name: &str| {
        let found = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
        found.map(|h| String::from_utf8_lossy(h.value).trim().to_ascii_lowercase()).unwrap_or_default()
    };
    let (media, charset) = self::media(&field("content-type"));
    let raw = block.get(start..).unwrap_or_default();
    let whole = match field("transfer-encoding").contains("chunked") {
        true => unchunked(raw).unwrap_or_else(|| raw.to_vec()),
        false => raw.to_vec(),
    };
    // Some archives keep the field of a coding that they have undone; then the bytes are taken as they are.
    let bytes = match unpack::coded(&whole, &field("content-encoding"), limits) {
        Some(Ok(bytes)) => bytes,
        Some(Err(refusal)) if refusal.message.contains("holds more") => return Err(refusal),
        _ => whole,
    };
    Ok(Some(Body { bytes, media, charset }))
}

/// The media type and the encoding that a content type names.
pub(crate) fn media(content_type: &str) -> (Option<String>, Option<String>) {
    let lower = content_type.to_ascii_lowercase();
    let mut parts = lower.split(';').map(str::trim);
    let media = parts.next().filter(|m| !m.is_empty()).map(str::to_owned);
    let charset = parts.find_map(|p| p.strip_prefix("charset=")).map(|c| c.trim_matches(['"', '\'']).to_owned());
    (media, charset)
}

/// The bytes of a body in chunks; none where they are not in chunks after all.
fn unchunked(mut raw: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(raw.len());
    loop {
        match httparse::parse_chunk_size(raw).ok()? {
            httparse::Status::Complete((_, 0)) => return Some(bytes),
            httparse::Status::Complete((start, size)) => {
                let end = start.checked_add(usize::try_from(size).ok()?)?;
                bytes.extend_from_slice(raw.get(start..end)?);
                raw = raw.get(end..)?.strip_prefix(b"\r\n")?;
            }
            httparse::Status::Partial => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(block: &[u8]) -> Option<Vec<u8>> {
        body(block, &Limits::default()).unwrap().map(|b| b.bytes)
    }

    #[test]
    fn chunks_are_put_together() {
        assert_eq!(
            read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").unwrap(),
            b"abcde"
        );
        assert_eq!(read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nplain").unwrap(), b"plain");
    }

    #[test]
    fn what_is_no_response_is_refused() {
        assert!(body(b"garbage", &Limits::default()).is_err());
        assert!(body(b"HTTP/1.1 200 OK\r\nA: b", &Limits::default()).is_err());
        assert!(read(b"HTTP/1.1 302 Found\r\nLocation: x\r\n\r\n").is_none());
    }

    #[test]
    fn media_and_charset_are_read() {
        let (media, charset) = media("Text/HTML; a=b; Charset=\"UTF-8\"");
        assert_eq!((media.as_deref(), charset.as_deref()), (Some("text/html"), Some("utf-8")));
    }
}
