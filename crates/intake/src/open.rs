//! From bytes of any format to documents: the one place that knows which front reads which format.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use crate::content::{Bad, Member, Taken};
use crate::table::Columns;
use crate::unpack::{self, Metered};
use crate::{Format, Limits, Refusal, docx, feed, html, jsonl, mail, pdf, table, warc};

/// Bytes at the start of a file by which its format is told.
const HEAD: u64 = 1 << 14;

type Bytes = Box<dyn BufRead + Send>;
pub(crate) type Members = Box<dyn Iterator<Item = Member> + Send>;

/// Bytes that are wholly at hand, with what is known of them.
#[derive(Debug, Default)]
pub(crate) struct Parcel {
    /// A file name or the path of an address; only its ending counts.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Encoding that came with it from outside.
    pub(crate) charset: Option<String>,
    /// Media type that came with it from outside.
    pub(crate) media: Option<String>,
    /// Where it stood.
    pub(crate) url: Option<String>,
}

impl Parcel {
    /// Whether its media type, where it has one, can be that of a document.
    pub(crate) fn is_readable(&self) -> bool {
        let read = |m: &str| {
            let binary = ["pdf", "officedocument", "gzip", "xml", "octet-stream"].iter().any(|kind| m.contains(kind));
            let unread = ["css", "javascript", "json", "svg"].iter().any(|kind| m.contains(kind));
            (m.starts_with("text/") || m.starts_with("message/") || binary) && !unread
        };
        self.media.as_deref().is_none_or(read)
    }

    /// Told from as many first bytes as [`stream`] looks at, so that the two always agree.
    fn format(&self) -> Format {
        let head = usize::try_from(HEAD).unwrap_or(usize::MAX).min(self.bytes.len());
        let told = Format::sniff(&self.name, self.bytes.get(..head).unwrap_or_default());
        match (told, self.media.as_deref()) {
            (Format::Text, Some("text/html" | "application/xhtml+xml")) => Format::Html,
            (Format::Text, Some("message/rfc822")) => Format::Email,
            (other, _) => other,
        }
    }
}

/// The documents of a file, as they are asked for.
pub(crate) fn stream(name: &str, from: Box<dyn Read + Send>, columns: &Columns, limits: &Limits) -> Members {
    nested(&Way { name, columns, limits, nesting: 0 }, from)
}

/// What a file is read by.
#[derive(Clone, Copy)]
struct Way<'a> {
    name: &'a str,
    columns: &'a Columns,
    limits: &'a Limits,
    /// Files that it lies in.
    nesting: usize,
}

fn nested(way: &Way<'_>, from: Box<dyn Read + Send>) -> Members {
    opened(way, from).unwrap_or_else(|refusal| Box::new(std::iter::once(Err(Bad::whole(refusal)))))
}

fn opened(way: &Way<'_>, from: Box<dyn Read + Send>) -> Result<Members, Refusal> {
    let (head, from) = peek(from)?;
    match Format::sniff(way.name, &head) {
        Format::Gzip => unzipped(way, from),
        format => by_format(format, way, from),
    }
}

fn by_format(format: Format, way: &Way<'_>, from: Bytes) -> Result<Members, Refusal> {
    let Way { name, columns, limits, nesting } = *way;
    match format {
        Format::Jsonl => Ok(Box::new(jsonl::lines(from, limits))),
        Format::Mbox => Ok(Box::new(mail::mailbox(from, limits, nesting))),
        Format::Warc => Ok(Box::new(warc::records(from, limits, nesting))),
        Format::Csv => {
            let bytes = unpack::all(from, limits.file, "the table", "file")?;
            let tabs = name.to_ascii_lowercase().contains(".tsv");
            Ok(Box::new(table::rows(&bytes, tabs, columns, limits).into_iter()))
        }
        _ => {
            let (most, limit) = size_of(format, limits);
            let bytes = unpack::all(from, most, "it", limit).map_err(|r| too_large(r, most))?;
            let parcel = Parcel { name: name.to_owned(), bytes, ..Parcel::default() };
            Ok(Box::new(single(parcel, limits, nesting).into_iter()))
        }
    }
}

/// The bytes that a file of a format may have, and the name of that limit.
fn size_of(format: Format, limits: &Limits) -> (u64, &'static str) {
    match format {
        Format::Email | Format::Docx | Format::Pdf => (limits.file, "file"),
        _ => (limits.bytes, "bytes"),
    }
}

fn too_large(refusal: Refusal, most: u64) -> Refusal {
    match refusal.message.contains("holds more than") {
        true => Refusal { message: format!("is larger than {most} bytes"), ..refusal },
        false => refusal,
    }
}

/// What a compressed file holds. An archive is streamed; anything else is unpacked as a whole.
fn unzipped(way: &Way<'_>, from: Bytes) -> Result<Members, Refusal> {
    let Way { name, limits, .. } = *way;
    let packed = Arc::new(AtomicU64::new(0));
    let counted = BufReader::new(Counted { inner: from, count: Arc::clone(&packed) });
    let metered = Metered::new(MultiGzDecoder::new(counted), limits, packed);
    let inner = name.strip_suffix(".gz").unwrap_or(name);
    let (head, from) = peek(Box::new(metered))?;
    match Format::sniff(inner, &head) {
        Format::Gzip => Err(Refusal::new("is a gzip file within a gzip file", "unpack it first")),
        format => by_format(format, &Way { name: inner, ..*way }, from),
    }
}

/// Counts the bytes that are read through it.
struct Counted {
    inner: Bytes,
    count: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// The first bytes of a stream, and the whole of it.
fn peek(mut from: Box<dyn Read + Send>) -> Result<(Vec<u8>, Bytes), Refusal> {
    let mut head = Vec::new();
    let read = (&mut from).take(HEAD).read_to_end(&mut head);
    read.map_err(|e| Refusal::new(format!("cannot be read: {e}"), "check that it is whole and that you may read it"))?;
    Ok((head.clone(), Box::new(BufReader::new(Cursor::new(head).chain(from)))))
}

/// The documents of some bytes. `nesting` counts the files that it lies in.
pub(crate) fn single(parcel: Parcel, limits: &Limits, nesting: usize) -> Vec<Member> {
    let format = parcel.format();
    let (most, limit) = size_of(format, limits);
    if !format.is_container() && parcel.bytes.len() as u64 > most {
        return vec![Err(Bad::whole(Refusal::over(format!("is larger than {most} bytes"), limit)))];
    }
    let (bytes, charset, url) = (&parcel.bytes, parcel.charset.as_deref(), parcel.url.as_deref());
    let content = match format {
        Format::Text => mail::plain(bytes, charset),
        Format::Html => html::page(bytes, charset, url, limits),
        Format::Docx => docx::document(bytes, limits),
        Format::Pdf => pdf::file(bytes, limits),
        Format::Email => return mail::message(bytes, limits, nesting),
        Format::Feed => return feed::entries(bytes, charset, limits),
        _ => return packed(&parcel.name, bytes, limits, nesting),
    };
    let mut content = match content {
        Ok(content) => content,
        Err(refusal) => return vec![Err(Bad::whole(refusal))],
    };
    content.meta.outlet = content.meta.outlet.or_else(|| url.and_then(html::host));
    content.meta.url = content.meta.url.or_else(|| parcel.url.clone());
    vec![Ok(Taken::whole(content, parcel.bytes, format))]
}

/// A file of files within another.
fn packed(name: &str, bytes: &[u8], limits: &Limits, nesting: usize) -> Vec<Member> {
    if nesting >= limits.nesting {
        let message = format!("lies deeper than {} files within files", limits.nesting);
        return vec![Err(Bad::whole(Refusal::over(message, "nesting")))];
    }
    let way = Way { name, columns: &Columns::default(), limits, nesting: nesting + 1 };
    nested(&way, Box::new(Cursor::new(bytes.to_vec()))).collect()
}
