//! A fuzzer that needs no other tool: samples of each format, bent at random, through the front that reads it.
//!
//! `cargo run --release -p intake --example fuzz_fronts -- [FRONT|all] [MINUTES] [SEED]`
//!
//! `FRONT` is a file ending such as `pdf`; `all` gives each front its share of the minutes, unless a front is named. A
//! failure prints the seed of the input and leaves its bytes in `fuzz-failure.bin`.

#![expect(clippy::print_stdout, reason = "printing is what the program does")]

#[path = "../tests/common/random.rs"]
mod random;

use std::io::{Cursor, Write};
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use intake::files::Shelf;
use intake::{Limits, decode};
use random::Random;
use trucewatch::document::Meta;

/// The fronts, by the ending of a file that they read.
const FRONTS: &[&str] = &["txt", "html", "xml", "eml", "mbox", "docx", "pdf", "jsonl", "csv", "warc", "warc.gz"];

const SCRAPS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "&amp;",
    "&#x0;",
    "&#xD800;",
    "&lt;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml",
    "<!DOCTYPE",
    "<script>",
    "</p>",
    "<p>",
    "<div>",
    "<table>",
    "<svg>",
    "<item>",
    "<entry>",
    "\r\n",
    "\n\n",
    "\n",
    "\0",
    "\"",
    "'",
    ",",
    ";",
    "=",
    "--b",
    "From ",
    "Content-Type: ",
    "Content-Length: 99999999999",
    "Content-Length: -1",
    "charset=utf-16",
    "=?utf-8?b?////?=",
    "base64",
    "WARC/1.0",
    "HTTP/1.1 200 OK",
    "Transfer-Encoding: chunked",
    "ffffffffffffffff\r\n",
    "1 0 obj",
    "endobj",
    "stream\n",
    "endstream",
    "[",
    "]",
    "<<",
    ">>",
    "/Kids",
    "/Parent 1 0 R",
    "/Length 4294967296",
    "Tj",
    "TJ",
    "Tf",
    "\u{feff}",
    "\u{202e}",
    "é",
    "{",
    "}",
    "\\u0000",
    "PK\u{3}\u{4}",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let front = args.get(1).map_or("all", String::as_str);
    let minutes: f64 = args.get(2).map_or(Ok(10.0), |m| m.parse())?;
    let seed: u64 = args.get(3).map_or(Ok(1), |s| s.parse())?;
    let fronts: Vec<&str> = FRONTS.iter().copied().filter(|f| front == "all" || *f == front).collect();
    let shelf = Shelf { limits: Limits { time: Duration::from_secs(10), ..Limits::default() }, ..Shelf::default() };
    for front in &fronts {
        let share = Duration::from_secs_f64(60.0 * minutes / fronts.len() as f64);
        run(front, share, seed, &shelf)?;
    }
    Ok(())
}

fn run(front: &str, share: Duration, seed: u64, shelf: &Shelf) -> Result<(), Box<dyn std::error::Error>> {
    let sample = sample(front)?;
    let (start, mut inputs, mut slowest, mut documents, mut caught) =
        (Instant::now(), 0_u64, Duration::ZERO, 0_u64, 0_u64);
    while start.elapsed() < share {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(inputs) | 1);
        let bytes = random.bent(&sample);
        let begun = Instant::now();
        let read = panic::catch_unwind(AssertUnwindSafe(|| check(front, &bytes, shelf)));
        let Ok((good, guarded)) = read else {
            std::fs::write("fuzz-failure.bin", &bytes)?;
            return Err(format!("{front}: input {inputs} of seed {seed} fails; see fuzz-failure.bin").into());
        };
        slowest = slowest.max(begun.elapsed());
        (documents, caught, inputs) = (documents + good, caught + guarded, inputs + 1);
    }
    let seconds = start.elapsed().as_secs();
    println!(
        "{front}: {inputs} inputs, {documents} documents, {caught} panics of libraries caught, {seconds} s, slowest {} ms",
        slowest.as_millis()
    );
    Ok(())
}

/// Documents that were read, and panics of libraries that were caught on the way.
fn check(front: &str, bytes: &[u8], shelf: &Shelf) -> (u64, u64) {
    let (mut good, mut caught) = (0, 0);
    for document in shelf.bytes(&format!("a.{front}"), bytes.to_vec(), Meta::default()) {
        match document {
            Ok(read) => {
                assert!(read.document.text().len() as u64 <= 4 * shelf.limits.bytes, "more text than the limits let");
                assert_eq!(read.original.sha256.len(), 64);
                good += 1;
            }
            Err(error) => caught += u64::from(error.to_string().contains("does not expect")),
        }
    }
    decode(bytes, None).ok();
    (good, caught)
}

/// A good file of a format.
fn sample(front: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let page = "<!DOCTYPE html><html><head><title>Quiet</title><meta property='article:published_time' content='2031-03-05'>\
        <script type='application/ld+json'>{\"datePublished\": \"2031-03-05\"}</script></head><body><nav><a href='/'>Home</a></nav><article>\
        <h1>Quiet</h1><p>It was quiet along the line, the Veskan ministry said on Monday.</p><ul><li>One<li>Two</ul><table><tr><td>1</td></tr></table>\
        <p>Orlava said the same of &ldquo;its&rdquo; side.</p></article></body></html>";
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Ternwire</title><item><title>Quiet</title><link>https://a.example/1</link>\
        <guid>1</guid><pubDate>Wed, 05 Mar 2031 10:00:00 GMT</pubDate><description>&lt;p&gt;It was quiet.&lt;/p&gt;</description></item></channel></rss>";
    let mail = "From: a@b.example\r\nTo: c@d.example\r\nDate: Wed, 05 Mar 2031 10:00:00 +0000\r\nSubject: =?utf-8?q?Quiet?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\nIt was quiet.\r\n--b\r\n\
        Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=a.html\r\n\r\nPHA+UXVpZXQuPC9wPg==\r\n--b--\r\n";
    let archive = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n\
         HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}\r\n\r\nWARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 6\r\n\r\nQuiet.\r\n\r\n",
        page.len() + 44
    );
    Ok(match front {
        "html" => page.into(),
        "xml" => rss.into(),
        "eml" => mail.into(),
        "mbox" => {
            format!("From a@b Mon Mar  3 10:00:00 2031\n{mail}\n\nFrom a@b Mon Mar  3 11:00:00 2031\n{mail}").into()
        }
        "docx" => docx()?,
        "pdf" => pdf()?,
        "jsonl" => {
            "{\"id\": \"a\", \"text\": \"Quiet.\", \"dct\": \"2031-03-05\"}\n{\"id\": 2, \"text\": \"Quiet again.\"}\n"
                .into()
        }
        "csv" => "id,text,date\n1,Quiet.,2031-03-05\n2,\"Quiet\nagain\",2031-03-06\n".into(),
        "warc" => archive.into(),
        "warc.gz" => packed(archive.as_bytes())?,
        _ => "It was “quiet” along the line, the Veskan ministry said on Monday.\r\n\r\nNobody was hurt.".into(),
    })
}

fn packed(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes)?;
    out.finish()
}

fn docx() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    out.start_file("word/document.xml", stored)?;
    out.write_all(b"<w:document><w:body><w:p><w:r><w:t>It was quiet &amp; calm.</w:t><w:br/></w:r></w:p><w:del><w:t>x</w:t></w:del></w:body></w:document>")?;
    out.start_file("docProps/core.xml", stored)?;
    out.write_all(b"<c><dc:title>Quiet</dc:title><dcterms:created>2031-03-05T10:00:00Z</dcterms:created></c>")?;
    Ok(out.finish()?.into_inner())
}

fn pdf() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut file = Document::with_version("1.5");
    let pages = file.new_object_id();
    let map = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <5A> <0041> endbfrange endcmap";
    let unicode = file.add_object(Stream::new(dictionary! {}, map.to_vec()));
    let font = file.add_object(
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "ToUnicode" => unicode },
    );
    let content = b"BT /F1 12 Tf 14 TL 72 760 Td (IT WAS QUIET) Tj T* [(ON)-300(THE)-20(LINE)] TJ ET".to_vec();
    let content = file.add_object(Stream::new(dictionary! {}, content));
    let page = file.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content,
    "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } } });
    file.objects.insert(
        pages,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
    );
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes)?;
    Ok(bytes)
}

impl Random {
    /// The sample with some bytes changed, cut, repeated, or scraps put in.
    fn bent(&mut self, sample: &[u8]) -> Vec<u8> {
        let mut bytes = sample.to_vec();
        for _ in 0..=self.below(12) {
            let at = self.below(bytes.len() + 1);
            match self.below(6) {
                0 => bytes.truncate(at.max(1)),
                1 => {
                    let end = (at + self.below(40)).min(bytes.len());
                    bytes.drain(at..end);
                }
                2 => {
                    let end = (at + self.below(60)).min(bytes.len());
                    let part: Vec<u8> = bytes[at..end].repeat(1 + self.below(30));
                    bytes.splice(at..at, part);
                }
                3 => {
                    let scrap = SCRAPS[self.below(SCRAPS.len())];
                    let times = if self.below(30) == 0 { self.below(3000) } else { 1 + self.below(3) };
                    bytes.splice(at..at, scrap.repeat(times).into_bytes());
                }
                _ => {
                    let value = self.next().to_le_bytes()[0];
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = value;
                    }
                }
            }
        }
        bytes
    }
}
