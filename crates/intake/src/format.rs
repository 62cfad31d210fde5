//! What a file is: told from its first bytes; the ending of its name decides only where those leave it open.

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text in any encoding.
    Text,
    /// A page.
    Html,
    /// RSS or Atom.
    Feed,
    /// One message with its attachments.
    Email,
    /// A file of messages.
    Mbox,
    /// An office document of the open format.
    Docx,
    /// A PDF file.
    Pdf,
    /// Lines of JSON.
    Jsonl,
    /// A table with a row a document.
    Csv,
    /// A web archive with pages (WARC) or their text (WET).
    Warc,
    /// Any of the others, compressed.
    Gzip,
}

impl Format {
    /// The media type.
    #[must_use]
    pub fn media(self) -> &'static str {
        match self {
            Format::Text => "text/plain",
            Format::Html => "text/html",
            Format::Feed => "application/xml",
            Format::Email => "message/rfc822",
            Format::Mbox => "application/mbox",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Pdf => "application/pdf",
            Format::Jsonl => "application/jsonl",
            Format::Csv => "text/csv",
            Format::Warc => "application/warc",
            Format::Gzip => "application/gzip",
        }
    }

    /// What it is called in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Html => "page",
            Format::Feed => "feed",
            Format::Email => "message",
            Format::Mbox => "mailbox",
            Format::Docx => "DOCX document",
            Format::Pdf => "PDF file",
            Format::Jsonl => "JSONL file",
            Format::Csv => "table",
            Format::Warc => "archive",
            Format::Gzip => "gzip file",
        }
    }

    /// Whether a file of it may hold any number of documents, so that it is streamed.
    #[must_use]
    pub fn is_container(self) -> bool {
        matches!(self, Format::Feed | Format::Mbox | Format::Jsonl | Format::Csv | Format::Warc | Format::Gzip)
    }

    /// The format that a file's name promises.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Format::Text,
            "html" | "htm" | "xhtml" => Format::Html,
            "rss" | "atom" | "xml" => Format::Feed,
            "eml" | "mht" | "mhtml" => Format::Email,
            "mbox" => Format::Mbox,
            "docx" => Format::Docx,
            "pdf" => Format::Pdf,
            "jsonl" | "ndjson" => Format::Jsonl,
            "csv" | "tsv" => Format::Csv,
            "warc" | "wet" => Format::Warc,
            "gz" => Format::Gzip,
            _ => return None,
        })
    }

    /// The format of a file by its first bytes and its name. What nothing is known of is text, for
    /// [`decode`](fn@crate::decode) to judge.
    #[must_use]
    pub fn sniff(name: &str, head: &[u8]) -> Format {
        // In folders, JSON may be anything; a file of it that was named itself is taken for lines, and told if it is none.
        let json = || name.to_ascii_lowercase().ends_with(".json").then_some(Format::Jsonl);
        let named = Format::of_name(name).or_else(json);
        let start = trimmed(head);
        let marked = match start {
            [0x1F, 0x8B, ..] => Some(Format::Gzip),
            _ if start.starts_with(b"%PDF-") => Some(Format::Pdf),
            _ if start.starts_with(b"PK\x03\x04") => Some(Format::Docx),
            _ if start.starts_with(b"WARC/") => Some(Format::Warc),
            [b'<', ..] => markup(start),
            _ if start.starts_with(b"From ") && is_message(after_line(start)) => Some(Format::Mbox),
            _ => None,
        };
        // These are told by their first bytes: without them the name is wrong.
        let told = |f: &Format| matches!(f, Format::Gzip | Format::Pdf | Format::Docx | Format::Warc | Format::Mbox);
        marked.or(named.filter(|f| !told(f))).unwrap_or(match is_message(start) {
            true => Format::Email,
            false => Format::Text,
        })
    }
}

fn trimmed(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start()
}

fn after_line(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|b| *b == b'\n').map_or(bytes.len(), |i| i + 1);
    bytes.get(end..).unwrap_or_default()
}

/// What a text that begins with `<` is: a feed where the outermost element says so, a page where one of HTML does.
fn markup(start: &[u8]) -> Option<Format> {
    let lower = start.get(..start.len().min(4096)).unwrap_or_default().to_ascii_lowercase();
    let mut rest = lower.as_slice();
    loop {
        rest = rest.trim_ascii_start();
        let passed = match rest {
            [b'<', b'!', b'-', b'-', ..] => after(rest, b"-->"),
            [b'<', b'?', ..] => after(rest, b"?>"),
            _ if rest.starts_with(b"<!doctype html") => return Some(Format::Html),
            [b'<', b'!', ..] => after(rest, b">"),
            _ => break,
        };
        rest = passed?;
    }
    let is = |tag: &[u8]| {
        let next = rest.strip_prefix(tag).and_then(|r| r.first());
        next.is_some_and(|b| !b.is_ascii_alphanumeric())
    };
    if is(b"<rss") || is(b"<feed") || is(b"<rdf:rdf") || is(b"<atom:feed") {
        return Some(Format::Feed);
    }
    let page: [&[u8]; 8] = [b"<html", b"<head", b"<body", b"<title", b"<meta", b"<div", b"<article", b"<p"];
    page.iter().any(|tag| is(tag)).then_some(Format::Html)
}

fn after<'a>(bytes: &'a [u8], end: &[u8]) -> Option<&'a [u8]> {
    let at = bytes.windows(end.len()).position(|w| w == end)?;
    bytes.get(at + end.len()..)
}

/// Whether a message's header begins here: lines with names, three of those that mail has.
fn is_message(start: &[u8]) -> bool {
    const NAMES: &[&[u8]] = &[
        b"from",
        b"to",
        b"date",
        b"subject",
        b"received",
        b"return-path",
        b"message-id",
        b"mime-version",
        b"delivered-to",
        b"content-type",
        b"reply-to",
        b"x-mailer",
    ];
    let mut known = 0;
    for line in start.split(|b| *b == b'\n').take(64) {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|b| *b == b':') else { break };
        let name = line.get(..colon).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            break;
        }
        known += usize::from(NAMES.contains(&name.as_slice()));
    }
    known >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_looks_like_something_else_is_text() {
        let told = |text: &str| Format::sniff("a.txt", text.as_bytes());
        assert_eq!(told("From Moscow came word on Monday.\nNothing else: quiet."), Format::Text);
        assert_eq!(told("Date: Monday\n\nQuiet."), Format::Text);
        assert_eq!(told("<- see above"), Format::Text);
        assert_eq!(told("{\"a\": 1}"), Format::Text);
        assert_eq!(told(""), Format::Text);
        assert_eq!(told("\u{feff}"), Format::Text);
    }

    #[test]
    fn bytes_go_before_names() {
        let told = |bytes: &[u8]| Format::sniff("a.txt", bytes);
        assert_eq!(told(b"%PDF-1.7"), Format::Pdf);
        assert_eq!(told(b"PK\x03\x04"), Format::Docx);
        assert_eq!(told(b"\x1F\x8B\x08"), Format::Gzip);
        assert_eq!(told(b"WARC/1.0\r\n"), Format::Warc);
        assert_eq!(told(b"\xEF\xBB\xBF <!-- x --><!DOCTYPE HTML><p>"), Format::Html);
        assert_eq!(told(b"<?xml version='1.0'?>\n<rss version='2.0'>"), Format::Feed);
        assert_eq!(told(b"<feed xmlns='http://www.w3.org/2005/Atom'>"), Format::Feed);
        let mail = b"From: a@vesk.example\nTo: b@orlava.example\nSubject: quiet\n\nIt was quiet.";
        assert_eq!(told(mail), Format::Text);
        assert_eq!(Format::sniff("a", mail), Format::Email);
        assert_eq!(
            Format::sniff("a", &[b"From a@vesk.example Mon Mar 3 10:00:00 2031\n", &mail[..]].concat()),
            Format::Mbox
        );
    }

    #[test]
    fn names_decide_what_bytes_leave_open() {
        assert_eq!(Format::sniff("a.jsonl", b"{\"id\": 1}"), Format::Jsonl);
        assert_eq!(Format::sniff("a.json", b"[{\"id\": 1}]"), Format::Jsonl);
        assert_eq!(Format::of_name("a.json"), None, "claims may lie beside reports in a folder");
        assert_eq!(Format::sniff("a.CSV", b"id,text"), Format::Csv);
        assert_eq!(Format::sniff("a.html", b"Quiet."), Format::Html);
        assert_eq!(Format::sniff("a.pdf", b"Quiet."), Format::Text);
    }
}
