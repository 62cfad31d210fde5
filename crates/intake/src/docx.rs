//! DOCX: the paragraphs of the document, and the title and day that the file gives.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use trucewatch::document::Meta;
use zip::ZipArchive;

use crate::content::Content;
use crate::guard::guarded;
use crate::{Limits, Refusal, day, html, unpack};

const HINT: &str = "open it in an office program and save it again as DOCX, or save it as plain text";
/// Of an archive that cannot be opened, it cannot be told what it would be.
const BROKEN: &str = "fetch or copy it again; if it is a DOCX document, open it in an office program and save it again";

/// The text of a document.
pub(crate) fn document(bytes: &[u8], limits: &Limits) -> Result<Content, Refusal> {
    let (owned, copy) = (bytes.to_vec(), limits.clone());
    guarded("the DOCX document", limits, move || read(&owned, &copy))
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Content, Refusal> {
    let damaged = |e| Refusal::new(format!("is a ZIP file that cannot be opened: {e}"), BROKEN);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > limits.parts {
        return Err(Refusal::over(format!("holds more than {} files", limits.parts), "parts"));
    }
    let mut left = limits.unpacked;
    let Some(main) = entry(&mut archive, "word/document.xml", limits, &mut left)? else {
        return Err(Refusal::new("is a ZIP file and no DOCX document", "unpack it, or save the document as DOCX"));
    };
    let core = entry(&mut archive, "docProps/core.xml", limits, &mut left)?.unwrap_or_default();
    let text = paragraphs(&main, limits)?;
    if text.len() as u64 > limits.bytes {
        return Err(Refusal::over(format!("holds more than {} bytes of text", limits.bytes), "bytes"));
    }
    Ok(Content { text, encoding: "UTF-8", meta: properties(&core), ..Content::default() })
}

/// The text of one file of the archive, or none where it has no such file. Names in the archive are compared with
/// what is looked for and never used as paths.
fn entry(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
    left: &mut u64,
) -> Result<Option<String>, Refusal> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(e) => return Err(Refusal::new(format!("has a part `{name}` that cannot be opened: {e}"), HINT)),
    };
    let most = limits.unpacked_of(file.compressed_size()).min(*left);
    let bytes = unpack::all(file.take(most.saturating_add(1)), most, &format!("its part `{name}`"), "unpacked")?;
    *left -= bytes.len() as u64;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The words of the document, a blank line between paragraphs. What was deleted under review is no part of it.
fn paragraphs(xml: &str, limits: &Limits) -> Result<String, Refusal> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let (mut text, mut in_words, mut skipped, mut depth) = (String::new(), false, 0_usize, 0_usize);
    loop {
        let event = reader.read_event();
        let event = event.map_err(|e| Refusal::new(format!("has a damaged text: {e}"), HINT))?;
        match &event {
            Event::Eof => return Ok(text.trim_end().to_owned()),
            Event::Start(tag) => {
                depth += 1;
                in_words = tag.local_name().as_ref() == "t" && skipped == 0;
                skipped += usize::from(skipped > 0 || is_skipped(tag.local_name().as_ref()));
            }
            Event::Empty(tag) if skipped == 0 => text.push_str(mark(tag.local_name().as_ref())),
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                skipped = skipped.saturating_sub(1);
                in_words = false;
                if tag.local_name().as_ref() == "p" {
                    end_paragraph(&mut text);
                }
            }
            Event::Text(words) if in_words => text.push_str(&words.xml10_content()),
            Event::GeneralRef(name) if in_words => {
                let words = format!("&{};", name.xml10_content());
                text.push_str(&html::line(&words));
            }
            _ => {}
        }
        if depth > limits.depth {
            return Err(Refusal::over(format!("nests elements deeper than {}", limits.depth), "depth"));
        }
    }
}

/// Elements whose words are not the document's: what was deleted, codes of fields, a second drawing of a text box.
fn is_skipped(name: &str) -> bool {
    matches!(name, "del" | "delText" | "instrText" | "Fallback" | "moveFrom")
}

fn mark(name: &str) -> &'static str {
    match name {
        "tab" => "\t",
        "br" | "cr" => "\n",
        "noBreakHyphen" => "-",
        _ => "",
    }
}

fn end_paragraph(text: &mut String) {
    let end = text.trim_end_matches([' ', '\t', '\n']).len();
    text.truncate(end);
    if end > 0 {
        text.push_str("\n\n");
    }
}

/// Title and day from the file's properties.
fn properties(xml: &str) -> Meta {
    let mut reader = Reader::from_str(xml);
    let (mut name, mut meta) = (String::new(), Meta::default());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) => name = tag.local_name().as_ref().to_owned(),
            Event::End(_) => name.clear(),
            Event::Text(words) => {
                let words = words.xml10_content();
                match name.as_str() {
                    "title" => meta.title = Some(html::line(&words)).filter(|t| !t.is_empty()),
                    "created" => meta.published = day::day(&words),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    meta
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A DOCX file of some parts.
    pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            out.start_file(*name, SimpleFileOptions::default()).unwrap();
            out.write_all(content).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    const BODY: &str = r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
        <w:p><w:r><w:t>Vesk shelled </w:t></w:r><w:del><w:r><w:delText>Łosk</w:delText></w:r></w:del><w:r><w:t>Hollin &amp; Rivna.</w:t></w:r></w:p>
        <w:p/><w:p><w:r><w:t>Orlava denied</w:t><w:br/><w:t>it.</w:t></w:r></w:p></w:body></w:document>"#;
    const CORE: &str = r#"<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Weekly report</dc:title>
        <dcterms:created>2031-03-05T10:00:00Z</dcterms:created></cp:coreProperties>"#;

    fn refused(bytes: &[u8]) -> String {
        document(bytes, &Limits::default()).unwrap_err().to_string()
    }

    #[test]
    fn paragraphs_title_and_day_are_read() {
        let file = zipped(&[("word/document.xml", BODY.as_bytes()), ("docProps/core.xml", CORE.as_bytes())]);
        let content = document(&file, &Limits::default()).unwrap();
        assert_eq!(content.text, "Vesk shelled Hollin & Rivna.\n\nOrlava denied\nit.");
        assert_eq!(content.meta.title.as_deref(), Some("Weekly report"));
        assert_eq!(content.meta.published, Some("2031-03-05".parse().unwrap()));
    }

    #[test]
    fn a_bomb_is_stopped() {
        let bomb = vec![b' '; 64 << 20];
        let file = zipped(&[("word/document.xml", &bomb)]);
        assert!(file.len() < 1 << 20);
        assert!(refused(&file).contains("`word/document.xml` holds more than"), "{}", refused(&file));
    }

    #[test]
    fn other_archives_and_names_that_climb_are_refused() {
        assert_eq!(
            refused(&zipped(&[("../../word/document.xml", BODY.as_bytes())])),
            "is a ZIP file and no DOCX document"
        );
        assert!(refused(b"PK\x03\x04garbage").starts_with("is a ZIP file that cannot be opened"));
    }

    #[test]
    fn deep_markup_is_refused() {
        let deep = "<a>".repeat(100_000);
        assert!(refused(&zipped(&[("word/document.xml", deep.as_bytes())])).contains("deeper than 256"));
    }
}
