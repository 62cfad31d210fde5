//! Messages (`.eml`) and mailboxes (mbox): a message is a document, and so is each attachment that can be read.

use std::io::{self, BufRead, Read};

use mail_parser::{Message, MessageParser, MimeHeaders};
use trucewatch::document::Meta;

use crate::content::{Bad, Content, Member, Part, Taken};
use crate::decode::decode;
use crate::guard::guarded;
use crate::open::{Parcel, single};
use crate::{Format, Limits, Refusal, day, html};

/// Header by which browsers say where a page that they saved stood.
const SAVED: &str = "Snapshot-Content-Location";

/// A message and its attachments.
pub(crate) fn message(bytes: &[u8], limits: &Limits, nesting: usize) -> Vec<Member> {
    let owned = bytes.to_vec();
    let copy = limits.clone();
    match guarded("the message", limits, move || read(&owned, &copy)) {
        Err(refusal) => vec![Err(Bad::whole(refusal))],
        Ok(Letter { content, attached }) => {
            let mut members = vec![Ok(Taken::whole(content, bytes, Format::Email))];
            for (parcel, number) in attached.into_iter().zip(1..) {
                members.extend(attachment(parcel, number, limits, nesting));
            }
            members
        }
    }
}

struct Letter {
    content: Content,
    attached: Vec<Parcel>,
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Letter, Refusal> {
    let no_message = || Refusal::new("is no e-mail message", "a message begins with lines such as `From: …`");
    let message = MessageParser::default().parse(bytes).ok_or_else(no_message)?;
    if let Some(from) = message.header_raw(SAVED) {
        return saved(&message, from.trim(), limits);
    }
    let address = message.from().and_then(|f| f.first());
    let outlet = address.and_then(|a| a.name().or(a.address())).map(html::line);
    let meta = Meta {
        published: message.date().and_then(|d| day::day(&d.to_rfc3339())),
        outlet: outlet.filter(|o| !o.is_empty()),
        url: None,
        title: message.subject().map(html_free).filter(|s| !s.is_empty()),
    };
    let (text, encoding) = body(&message, limits)?;
    let id = message.message_id().map(str::to_owned);
    let attached = attached(&message, limits);
    Ok(Letter { content: Content { text, encoding, meta, id, ..Content::default() }, attached })
}

/// A page that a browser saved with its pictures and styles (MHTML): the page is the document. The header's sender is the
/// browser and its day that of the saving.
fn saved(message: &Message<'_>, url: &str, limits: &Limits) -> Result<Letter, Refusal> {
    let html = message.html_bodies().find_map(|p| p.text_contents()).unwrap_or_default();
    let mut content = html::page(html.as_bytes(), Some("utf-8"), Some(url), limits)?;
    content.meta.outlet = content.meta.outlet.or_else(|| html::host(url));
    content.meta.url = content.meta.url.or_else(|| Some(url.to_owned()));
    Ok(Letter { content, attached: Vec::new() })
}

/// A subject is plain text: what looks like markup in it was written so.
fn html_free(subject: &str) -> String {
    let clean = subject.split(|c: char| c.is_whitespace() || c.is_control());
    clean.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words of the body: its plain text, or where there is none, its HTML.
fn body(message: &Message<'_>, limits: &Limits) -> Result<(String, &'static str), Refusal> {
    if message.text_body_count() == 0 && message.html_body_count() == 0 {
        return Ok((String::new(), "UTF-8"));
    }
    let plain = message.text_bodies().find(|p| p.is_text() && !p.is_text_html());
    if let Some(part) = plain.and_then(|p| p.text_contents()) {
        return Ok((part.replace("\r\n", "\n"), "UTF-8"));
    }
    let page = message.html_bodies().find_map(|p| p.text_contents()).unwrap_or_default();
    Ok((html::piece(page, limits)?, "UTF-8"))
}

/// The attachments that may be documents; pictures and the like are none.
fn attached(message: &Message<'_>, limits: &Limits) -> Vec<Parcel> {
    let readable = |part: &&mail_parser::MessagePart<'_>| {
        let named = part.attachment_name().and_then(Format::of_name);
        let kind = part.content_type().map(|c| c.ctype().to_ascii_lowercase());
        named.is_some() || part.is_message() || kind.as_deref().is_some_and(|k| k == "text" || k == "message")
    };
    let parcel = |part: &mail_parser::MessagePart<'_>| {
        let media = part.content_type().map(|c| format!("{}/{}", c.ctype(), c.subtype().unwrap_or_default()));
        let charset = part.content_type().and_then(|c| c.attribute("charset")).filter(|_| !part.is_text());
        let bytes = part.message().map_or(part.contents(), |m| m.raw_message()).to_vec();
        Parcel {
            name: part.attachment_name().unwrap_or_default().to_owned(),
            bytes,
            charset: charset.map(str::to_owned),
            url: None,
            media,
        }
    };
    message.attachments().filter(readable).take(limits.parts).map(parcel).collect()
}

fn attachment(parcel: Parcel, number: usize, limits: &Limits, nesting: usize) -> Vec<Member> {
    let part = Part { kind: "attachment", number };
    if nesting >= limits.nesting {
        let refusal = Refusal::over(format!("lies deeper than {} files within files", limits.nesting), "nesting");
        return vec![Err(Bad { part: Some(part), refusal })];
    }
    let members = single(parcel, limits, nesting + 1).into_iter();
    members.map(|m| m.map(|t| t.within(part)).map_err(|b| b.within(part))).collect()
}

/// The messages of a mailbox, one at a time.
pub(crate) fn mailbox<R: BufRead + Send + 'static>(
    from: R,
    limits: &Limits,
    nesting: usize,
) -> impl Iterator<Item = Member> + Send + use<R> {
    let limits = limits.clone();
    let mut letters = Letters { from, next: Vec::new(), limit: limits.file, over: false };
    let mut number = 0;
    std::iter::from_fn(move || {
        number += 1;
        let part = Part { kind: "message", number };
        let bytes = match letters.next() {
            _ if number > limits.parts => return None,
            Ok(None) => return None,
            Ok(Some(bytes)) => bytes,
            Err(refusal) => return Some(vec![Err(Bad { part: Some(part), refusal })]),
        };
        let members = message(&bytes, &limits, nesting + 1).into_iter();
        Some(members.map(|m| m.map(|t| t.within(part)).map_err(|b| b.within(part))).collect::<Vec<_>>())
    })
    .flatten()
}

struct Letters<R> {
    from: R,
    /// The separator line that was read last.
    next: Vec<u8>,
    limit: u64,
    over: bool,
}

impl<R: BufRead> Letters<R> {
    /// The bytes of the next message, the line that parts it from the one before left out.
    fn next(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        if self.over {
            return Ok(None);
        }
        if self.next.is_empty() && !self.line(&mut Vec::new())? {
            return Ok(None);
        }
        self.next.clear();
        let mut bytes = Vec::new();
        loop {
            let start = bytes.len();
            if !self.line(&mut bytes)? {
                self.over = true;
                break;
            }
            let line = bytes.get(start..).unwrap_or_default();
            let after_blank =
                start == 0 || bytes.get(..start).is_some_and(|b| b.ends_with(b"\n\n") || b.ends_with(b"\r\n\r\n"));
            if after_blank && start > 0 && line.starts_with(b"From ") {
                self.next = bytes.split_off(start);
                break;
            }
            if line.starts_with(b">From ") {
                bytes.remove(start);
            }
        }
        Ok(Some(bytes))
    }

    fn line(&mut self, into: &mut Vec<u8>) -> Result<bool, Refusal> {
        let room = self.limit.saturating_sub(into.len() as u64) + 1;
        let read = (&mut self.from).take(room).read_until(b'\n', into);
        let n = read.map_err(|e: io::Error| {
            self.over = true;
            Refusal::new(format!("cannot be read further: {e}"), "check the file")
        })?;
        if into.len() as u64 > self.limit {
            self.over = true;
            return Err(Refusal::over(format!("is larger than {} bytes", self.limit), "file"));
        }
        Ok(n > 0)
    }
}

/// The text of an attached or archived plain text.
pub(crate) fn plain(bytes: &[u8], charset: Option<&str>) -> Result<Content, Refusal> {
    let read = decode(bytes, charset)?;
    Ok(Content { text: read.text, encoding: read.encoding, notes: read.notes, ..Content::default() })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const MAIL: &str = "From: Ternwire Desk <desk@ternwire.example>\r\nTo: b@orlava.example\r\n\
        Date: Wed, 05 Mar 2031 22:00:00 +0200\r\nSubject: =?utf-8?q?Quiet_on_the_=C5=81osk_line?=\r\nMessage-ID: <1@ternwire>\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain; charset=windows-1252\r\n\r\nIt was \x22quiet\x22, the ministry said.\r\n\r\nNobody fired.\r\n\
        --b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=\"../../x.html\"\r\n\r\n\
        <html><body><article><p>Orlava spoke of a calm night on all of its line, and of none who was hurt.</p></article></body></html>\r\n\
        --b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=\"x.png\"\r\n\r\n\x01\x02\r\n--b--\r\n";

    fn read(mail: &str) -> Vec<Member> {
        message(mail.as_bytes(), &Limits::default(), 0)
    }

    #[test]
    fn a_page_that_a_browser_saved_is_the_page() {
        let saved = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://ternwire.example/quiet\r\nSubject: Quiet\r\n\
            Date: Wed, 05 Mar 2031 22:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=b\r\n\r\n\
            --b\r\nContent-Type: text/html\r\n\r\n<html><head><title>Quiet</title></head><body><article><p>Orlava spoke of a calm night \
            on all of its line, and of none who was hurt.</p></article></body></html>\r\n\
            --b\r\nContent-Type: text/css\r\nContent-Location: cid:x\r\n\r\np { color: red }\r\n--b--\r\n";
        let members = read(saved);
        assert_eq!(members.len(), 1, "styles are no attachments");
        let content = &members[0].as_ref().unwrap().content;
        assert!(content.text.starts_with("Orlava spoke"), "{}", content.text);
        assert_eq!(content.meta.outlet.as_deref(), Some("ternwire.example"));
        assert_eq!(content.meta.url.as_deref(), Some("https://ternwire.example/quiet"));
        assert_eq!(content.meta.published, None, "the header's day is that of the saving");
    }

    #[test]
    fn a_message_is_read_with_its_day_and_sender() {
        let members = read(MAIL);
        let first = members[0].as_ref().unwrap();
        assert_eq!(first.content.text.trim(), "It was \"quiet\", the ministry said.\n\nNobody fired.");
        let meta = &first.content.meta;
        assert_eq!(meta.title.as_deref(), Some("Quiet on the Łosk line"));
        assert_eq!(meta.outlet.as_deref(), Some("Ternwire Desk"));
        assert_eq!(meta.published, Some("2031-03-05".parse().unwrap()));
        assert_eq!(&*first.original.bytes, MAIL.as_bytes());
    }

    #[test]
    fn attachments_that_can_be_read_are_documents_and_pictures_are_not() {
        let members = read(MAIL);
        assert_eq!(members.len(), 2);
        let second = members[1].as_ref().unwrap();
        assert!(second.content.text.starts_with("Orlava spoke of a calm night"));
        assert_eq!((second.suffix.as_str(), second.format), ("#1", Format::Html));
    }

    #[test]
    fn messages_within_messages_end_at_the_limit() {
        let mut mail = MAIL.to_owned();
        for _ in 0..8 {
            mail = format!(
                "From: a@b.example\nTo: c@d.example\nSubject: fwd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n{mail}\n--x--\n"
            );
        }
        let members = read(&mail);
        assert!(members.len() < 20);
    }

    #[test]
    fn a_mailbox_is_cut_into_its_messages() {
        let one = "From a@b Mon Mar  3 10:00:00 2031\nFrom: a@b.example\nSubject: 1\nTo: c@d.example\n\nFirst.\n>From here on.\n\n";
        let two = "From a@b Mon Mar  3 11:00:00 2031\nFrom: a@b.example\nSubject: 2\nTo: c@d.example\n\nSecond. \nFrom Hollin came word.\n";
        let members: Vec<_> = mailbox(Cursor::new(format!("{one}{two}")), &Limits::default(), 0).collect();
        let texts: Vec<_> = members.iter().map(|m| m.as_ref().unwrap().content.text.trim().to_owned()).collect();
        assert_eq!(texts, ["First.\nFrom here on.", "Second. \nFrom Hollin came word."]);
        assert_eq!(members[1].as_ref().unwrap().suffix, "#2");
    }
}
