//! Input that is made to do harm: each is read within the limits or refused by name; none crashes, hangs, writes
//! anything or grows without bound.

#![expect(clippy::unwrap_used, reason = "a failure here is one of the test")]

mod common;

use std::io::Write;
use std::time::{Duration, Instant};

use common::corpus::Random;
use flate2::Compression;
use flate2::write::GzEncoder;
use intake::files::Shelf;
use intake::{IntakeError, Limits, Received};
use trucewatch::document::Meta;

fn read(name: &str, bytes: &[u8]) -> Vec<Result<Received, IntakeError>> {
    let start = Instant::now();
    let all = Shelf::default().bytes(name, bytes.to_vec(), Meta::default()).collect();
    assert!(start.elapsed() < Duration::from_secs(40), "{name} took {:?}", start.elapsed());
    all
}

fn refused(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).into_iter().find_map(Result::err).map(|e| e.to_string()).unwrap_or_default()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn a_hundred_thousand_nested_elements() {
    for tag in [
        "div",
        "b",
        "table",
        "blockquote",
        "font",
        "a",
        "p",
        "li",
        "svg",
        "template",
        "select",
        "x-y",
        "form",
        "noscript",
    ] {
        let html = format!("<html><body>{}Quiet on the line.", format!("<{tag}>").repeat(100_000));
        for document in read("a.html", html.as_bytes()) {
            assert!(document.unwrap().document.text().len() < 1 << 20, "{tag}");
        }
    }
    let mixed = format!("<html><body>{}Quiet.", "<table><tr><td><p><b><i>".repeat(4_000));
    assert_eq!(read("a.html", mixed.as_bytes()).len(), 1);
    let attributes = format!("<html><body><p {}>Quiet.", (0..5_000).map(|i| format!("a{i}=1 ")).collect::<String>());
    assert_eq!(read("a.html", attributes.as_bytes()).len(), 1);
}

#[test]
fn a_gzip_bomb_of_an_archive() {
    let length = 256 << 20;
    let mut archive =
        format!("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n")
            .into_bytes();
    archive.resize(archive.len() + length, b'a');
    let bomb = packed(&archive);
    assert!(bomb.len() < 1 << 20);
    assert!(refused("a.warc.gz", &bomb).contains("limit `ratio`"), "{}", refused("a.warc.gz", &bomb));
}

#[test]
fn a_gzip_bomb_of_a_text_and_one_within_another() {
    let bomb = packed(&vec![b'a'; 64 << 20]);
    assert!(refused("a.txt.gz", &bomb).contains("is larger than") || refused("a.txt.gz", &bomb).contains("`ratio`"));
    assert!(refused("a.txt.gz.gz", &packed(&bomb)).contains("is a gzip file within a gzip file"));
}

#[test]
fn a_zip_bomb() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["word/document.xml", "../../../../tmp/evil.txt", "/etc/evil", "docProps/core.xml"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&vec![b' '; 40 << 20]).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    assert!(refused("a.docx", &bomb).contains("holds more than"));
}

#[test]
fn a_pdf_of_garbage() {
    let mut random = Random(3);
    for _ in 0..50 {
        let mut bytes = b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>\nendobj\n".to_vec();
        bytes.extend((0..random.below(4000)).map(|_| random.next() as u8));
        bytes.extend(b"\ntrailer << /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF");
        read("a.pdf", &bytes);
    }
    let nested =
        format!("%PDF-1.5\n1 0 obj\n{}\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF", "[".repeat(200_000));
    read("a.pdf", nested.as_bytes());
    let dictionaries = format!(
        "%PDF-1.5\n1 0 obj\n{}\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF",
        "<</A".repeat(200_000)
    );
    read("a.pdf", dictionaries.as_bytes());
}

#[test]
fn entities_that_multiply() {
    let mut entities = "<!ENTITY a \"quiet quiet quiet quiet\">".to_owned();
    for i in 1..20 {
        entities.push_str(&format!("<!ENTITY a{i} \"&a{};&a{};&a{};&a{};\">", i - 1, i - 1, i - 1, i - 1));
    }
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [{entities}]><rss version=\"2.0\"><channel><title>&a19;</title><item><title>&a19;</title><description>&a19;</description></item></channel></rss>"
    );
    for document in read("a.xml", bomb.as_bytes()).into_iter().flatten() {
        assert!(document.document.text().len() < 1000);
    }
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel><item><title>&x;</title><description>&x;</description></item></channel></rss>";
    for document in read("a.xml", outside.as_bytes()).into_iter().flatten() {
        assert!(!document.document.text().contains("root:"));
    }
}

#[test]
fn names_that_climb_are_labels() {
    let folder = tempfile::tempdir().unwrap();
    let before = std::fs::read_dir(folder.path()).unwrap().count();
    let line = r#"{"id": "../../../../tmp/evil", "text": "Quiet."}"#;
    let read = read("a.jsonl", line.as_bytes());
    assert_eq!(read[0].as_ref().unwrap().document.name(), "../../../../tmp/evil");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), before);
    assert!(!std::path::Path::new("/tmp/evil").exists());
}

#[test]
fn script_and_entities_in_titles_are_words_or_nothing() {
    let title = |name: &str, bytes: &str| {
        let first = read(name, bytes.as_bytes()).remove(0).unwrap();
        first.document.meta().title.clone().unwrap_or_default()
    };
    let html = "<html><head><title>Quiet &lt;script&gt;alert(1)&lt;/script&gt; day\u{7}</title></head><body><article><p>Quiet.</p></article></body></html>";
    let rss = "<rss version=\"2.0\"><channel><item><title><![CDATA[Quiet <script>alert(1)</script><img src=x onerror=alert(2)> day]]></title></item></channel></rss>";
    for (name, bytes) in [("a.html", html), ("a.xml", rss)] {
        let title = title(name, bytes);
        assert!(!title.contains("<script") && !title.contains("onerror"), "{name}: {title}");
        assert!(!title.contains(char::is_control), "{name}: {title:?}");
    }
}

#[test]
fn a_mailbox_and_a_table_that_never_end_a_line() {
    let limits = Limits { file: 1 << 20, bytes: 1 << 20, ..Limits::default() };
    let shelf = Shelf { limits, ..Shelf::default() };
    let mail = format!("From a@b Mon Mar 3 10:00:00 2031\nFrom: a@b\nTo: c@d\nSubject: {}", "x".repeat(4 << 20));
    assert!(shelf.bytes("a.mbox", mail.into_bytes(), Meta::default()).all(|d| d.is_err()));
    let table = format!("id,text\n1,\"{}", "x".repeat(4 << 20));
    assert!(shelf.bytes("a.csv", table.into_bytes(), Meta::default()).all(|d| d.is_err()));
    let line = format!("{{\"id\": 1, \"text\": \"{}", "x".repeat(4 << 20));
    assert!(shelf.bytes("a.jsonl", line.into_bytes(), Meta::default()).all(|d| d.is_err()));
    let deep = format!("{{\"id\": 1, \"text\": {}", "[".repeat(500_000));
    assert!(shelf.bytes("a.jsonl", deep.into_bytes(), Meta::default()).all(|d| d.is_err()));
}

/// What the first bytes of a file say of its format and what all of it says must not lead from one reader to the other
/// and back without end.
#[test]
fn a_mailbox_whose_first_lines_are_longer_than_what_is_looked_at() {
    for length in [15_000, 16_384, 20_000, 100_000] {
        let mail = format!("From a@b {}\nFrom: a@b\nTo: c@d\nSubject: e\n\nQuiet.", "x".repeat(length));
        read("a.mbox", mail.as_bytes());
        let mail = format!("From a@b Mon\nFrom: a@b\nX: {}\nTo: c@d\nSubject: e\n\nQuiet.", "x".repeat(length));
        read("a.mbox", mail.as_bytes());
    }
}

#[test]
fn mailboxes_within_mailboxes_come_to_an_end() {
    let head = "From a@b Mon\nFrom: a@b\nTo: c@d\nSubject: e\nMIME-Version: 1.0\n";
    let mut mail = format!("{head}\nQuiet.\n");
    for i in 0..300 {
        mail = format!(
            "{head}Content-Type: multipart/mixed; boundary=\"b{i}\"\n\n--b{i}\nContent-Type: text/plain\n\
             Content-Disposition: attachment; filename=\"a.mbox\"\n\n{mail}\n--b{i}--\n"
        );
    }
    read("a.mbox", mail.as_bytes());
    read("a.eml", mail.as_bytes());
}

#[test]
fn noise_under_every_name() {
    let mut random = Random(11);
    let endings = [
        "txt", "html", "xml", "eml", "mbox", "docx", "pdf", "jsonl", "csv", "tsv", "warc", "warc.gz", "txt.gz", "none",
    ];
    for ending in endings {
        for _ in 0..30 {
            let bytes: Vec<u8> = (0..random.below(600)).map(|_| random.next() as u8).collect();
            read(&format!("a.{ending}"), &bytes);
        }
        read(&format!("a.{ending}"), b"");
    }
}
