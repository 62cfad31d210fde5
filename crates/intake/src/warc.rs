//! Web archives: pages that were fetched (WARC), or their text (WET), read record by record.
//!
//! ISO 28500. Only the records that may hold a document are unpacked: `response` with status 200, `resource` and
//! `conversion`; all others are passed over.

mod http;

pub(crate) use http::media;

use std::io::{self, BufRead, Read};

use crate::content::{Bad, Member, Part};
use crate::open::{Parcel, single};
use crate::{Limits, Refusal};

/// Bytes of one record's header, at most.
const HEADER: u64 = 1 << 16;
const HINT: &str = "the archive may be cut off or damaged; fetch it again";

/// The documents of an archive, one record at a time.
pub(crate) fn records<R: BufRead + Send>(
    from: R,
    limits: &Limits,
    nesting: usize,
) -> impl Iterator<Item = Member> + Send + use<R> {
    let mut records = Records { from, number: 0, over: false, nesting };
    let limits = limits.clone();
    std::iter::from_fn(move || records.next(&limits)).flatten()
}

struct Records<R> {
    from: R,
    number: usize,
    over: bool,
    /// Files that the archive lies in.
    nesting: usize,
}

/// The named fields of a record's header that matter here.
#[derive(Default)]
struct Header {
    kind: String,
    length: u64,
    media: String,
    url: String,
}

impl<R: BufRead> Records<R> {
    /// The documents of the next record that has any, or what is wrong with it; none at the end.
    fn next(&mut self, limits: &Limits) -> Option<Vec<Member>> {
        while !self.over && self.number < limits.parts {
            self.number += 1;
            let part = Part { kind: "record", number: self.number };
            match self.record(limits) {
                Ok(None) => self.over = true,
                Ok(Some(members)) if members.is_empty() => {}
                Ok(Some(members)) => {
                    let placed = members.into_iter().map(|m| m.map(|t| t.within(part)).map_err(|b| b.within(part)));
                    return Some(placed.collect());
                }
                Err(refusal) => return Some(vec![Err(Bad { part: Some(part), refusal })]),
            }
        }
        None
    }

    fn record(&mut self, limits: &Limits) -> Result<Option<Vec<Member>>, Refusal> {
        // What cannot be read once cannot be read further: the next record's place is not known.
        self.over = true;
        let Some(header) = self.header()? else { return Ok(None) };
        let wanted = matches!(header.kind.as_str(), "response" | "resource" | "conversion");
        if !wanted || header.length > limits.file {
            self.pass(header.length)?;
            self.over = false;
            return match wanted {
                true => Err(Refusal::over(format!("is larger than {} bytes", limits.file), "file")),
                false => Ok(Some(Vec::new())),
            };
        }
        let mut block = Vec::new();
        let read = (&mut self.from).take(header.length).read_to_end(&mut block);
        read.map_err(|e| broken(&e))?;
        if (block.len() as u64) < header.length {
            return Err(Refusal::new("ends before its length says so", HINT));
        }
        self.over = false;
        Ok(Some(documents(&header, block, limits, self.nesting + 1)))
    }

    /// The header of the next record, white space before it passed over.
    fn header(&mut self) -> Result<Option<Header>, Refusal> {
        let mut left = HEADER;
        let mut line = Vec::new();
        loop {
            if !self.line(&mut line, &mut left)? {
                return Ok(None);
            }
            if !line.trim_ascii().is_empty() {
                break;
            }
        }
        if !line.starts_with(b"WARC/") {
            return Err(Refusal::new("does not begin with WARC/", HINT));
        }
        let (mut header, mut length) = (Header::default(), None);
        while self.line(&mut line, &mut left)? {
            let words = String::from_utf8_lossy(&line);
            let Some((name, value)) = words.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                "content-type" => header.media = value.to_owned(),
                "warc-target-uri" => header.url = value.trim_matches(['<', '>']).to_owned(),
                _ => {}
            }
        }
        header.length = length.ok_or_else(|| Refusal::new("has no length", HINT))?;
        Ok(Some(header))
    }

    fn line(&mut self, line: &mut Vec<u8>, left: &mut u64) -> Result<bool, Refusal> {
        line.clear();
        let read = (&mut self.from).take(*left).read_until(b'\n', line);
        let n = read.map_err(|e| broken(&e))? as u64;
        *left -= n;
        match *left {
            0 => Err(Refusal::new(format!("has a header of more than {HEADER} bytes"), HINT)),
            _ => Ok(n > 0),
        }
    }

    fn pass(&mut self, length: u64) -> Result<(), Refusal> {
        let passed = io::copy(&mut (&mut self.from).take(length), &mut io::sink());
        passed.map(|_| ()).map_err(|e| broken(&e))
    }
}

fn broken(error: &io::Error) -> Refusal {
    Refusal::new(format!("cannot be read further: {error}"), HINT)
}

fn documents(header: &Header, block: Vec<u8>, limits: &Limits, nesting: usize) -> Vec<Member> {
    let url = Some(header.url.clone()).filter(|u| u.starts_with("http"));
    let name = header.url.split(['?', '#']).next().unwrap_or_default().to_owned();
    let parcel = if header.kind == "response" && header.media.contains("http") {
        match http::body(&block, limits) {
            Ok(Some(body)) => Parcel { name, bytes: body.bytes, charset: body.charset, media: body.media, url },
            Ok(None) => return Vec::new(),
            Err(refusal) => return vec![Err(Bad::whole(refusal))],
        }
    } else {
        let (media, charset) = http::media(&header.media);
        Parcel { name, bytes: block, charset, media, url }
    };
    match parcel.is_readable() {
        true => single(parcel, limits, nesting),
        false => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn record(kind: &str, media: &str, url: &str, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn read(archive: &str) -> Vec<Member> {
        records(Cursor::new(archive.to_owned()), &Limits::default(), 0).collect()
    }

    const PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><article>\
        <p>Vesk shelled Hollin on Monday, the Orlavan ministry said in a statement on its page.</p></article></body></html>";

    #[test]
    fn what_holds_no_document_is_passed_over() {
        let gone = PAGE.replace("200 OK", "404 Not Found");
        let picture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u{1}";
        let archive = [
            record("warcinfo", "application/warc-fields", "", "software: x\r\n"),
            record("request", "application/http", "https://a.example/", "GET / HTTP/1.1\r\n\r\n"),
            record("response", "application/http", "https://a.example/", &gone),
            record("response", "application/http; msgtype=response", "https://a.example/x.png", picture),
        ];
        assert!(read(&archive.concat()).is_empty());
        assert!(read("").is_empty());
    }

    #[test]
    fn pages_and_texts_are_documents() {
        let archive = [
            record("warcinfo", "application/warc-fields", "", "x: y"),
            record("response", "application/http; msgtype=response", "https://www.a.example/1", PAGE),
            record("conversion", "text/plain", "https://b.example/2", "Quiet.\n\nNobody fired."),
        ];
        let read = read(&archive.concat());
        let taken: Vec<_> = read.iter().map(|m| m.as_ref().unwrap()).collect();
        assert_eq!(taken.len(), 2);
        assert!(taken[0].content.text.starts_with("Vesk shelled Hollin"));
        assert_eq!(taken[0].content.meta.outlet.as_deref(), Some("a.example"));
        assert_eq!((taken[0].suffix.as_str(), taken[1].suffix.as_str()), ("#2", "#3"));
        assert_eq!(taken[1].content.text, "Quiet.\n\nNobody fired.");
        assert_eq!(taken[1].content.meta.url.as_deref(), Some("https://b.example/2"));
    }

    #[test]
    fn a_damaged_record_is_named() {
        let good = record("conversion", "text/plain", "https://b.example/2", "Quiet.");
        let wrong = |archive: &str| {
            let mut all = read(archive);
            let bad = all.pop().unwrap().unwrap_err();
            (format!("{}: {}", bad.part.unwrap(), bad.refusal), all.len())
        };
        assert_eq!(wrong(&format!("{good}garbage\r\n")), ("record 2: does not begin with WARC/".to_owned(), 1));
        assert_eq!(wrong("WARC/1.0\r\nWARC-Type: response\r\n\r\n").0, "record 1: has no length");
        let cut = good.get(..good.len() - 8).unwrap();
        assert_eq!(wrong(cut).0, "record 1: ends before its length says so");
        let endless = format!("WARC/1.0\r\nX: {}", "x".repeat(100_000));
        assert!(wrong(&endless).0.contains("a header of more than 65536 bytes"));
        let huge = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nx";
        assert!(wrong(huge).0.contains("is larger than"));
    }
}
