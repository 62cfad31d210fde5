//! PDF: the words of its pages, put back into lines and paragraphs by where they stand.

mod layout;

use std::collections::BTreeMap;

use lopdf::content::Content as Operations;
use lopdf::{Document, Encoding, LoadOptions, Object};
use trucewatch::document::Meta;
use trucewatch::note::Note;

use crate::content::Content;
use crate::guard::guarded;
use crate::{Limits, Refusal, day, html};
use layout::Layout;

const HINT: &str = "save its text first, for example with pdftotext";

/// The text of a file.
pub(crate) fn file(bytes: &[u8], limits: &Limits) -> Result<Content, Refusal> {
    let (owned, copy) = (bytes.to_vec(), limits.clone());
    guarded("the PDF file", limits, move || read(&owned, &copy))
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Content, Refusal> {
    let most = usize::try_from(limits.unpacked_of(bytes.len() as u64)).unwrap_or(usize::MAX);
    let options = LoadOptions { max_decompressed_size: Some(most), ..LoadOptions::default() };
    let opened = Document::load_mem_with_options(bytes, options);
    let file = opened.map_err(|e| Refusal::new(format!("is a PDF file that cannot be opened: {e}"), HINT))?;
    if file.is_encrypted() {
        return Err(Refusal::new("is a PDF file that needs a password", "save it without its password"));
    }
    let (text, notes) = pages(&file, most, limits)?;
    if text.trim().is_empty() {
        let hint = "it may be a scan: recognise its text first, for example with ocrmypdf";
        return Err(Refusal::new("is a PDF file without text", hint));
    }
    Ok(Content { text, encoding: "PDF", meta: properties(&file), notes, ..Content::default() })
}

fn pages(file: &Document, most: usize, limits: &Limits) -> Result<(String, Vec<Note>), Refusal> {
    let (mut text, mut notes) = (String::new(), Vec::new());
    for (number, id) in file.get_pages().into_iter().take(limits.parts) {
        match page(file, id, most) {
            Ok(words) => join(&mut text, &words),
            Err(e) => notes.push(Note::on_document("page", format!("page {number} cannot be read: {e}"))),
        }
        if text.len() as u64 > limits.bytes {
            return Err(Refusal::over(format!("holds more than {} bytes of text", limits.bytes), "bytes"));
        }
    }
    Ok((text, notes))
}

/// Adds a page: a sentence that goes on over the page's end stays one paragraph.
fn join(text: &mut String, page: &str) {
    if page.is_empty() {
        return;
    }
    if !text.is_empty() {
        let goes_on = !text.ends_with(['.', '!', '?', ':', '"', '”', ')']) && page.starts_with(char::is_lowercase);
        text.push_str(if goes_on { " " } else { "\n\n" });
    }
    text.push_str(page);
}

fn page(file: &Document, id: lopdf::ObjectId, most: usize) -> Result<String, lopdf::Error> {
    let fonts = file.get_page_fonts(id)?;
    let encodings: BTreeMap<&[u8], Encoding<'_>> = fonts
        .iter()
        .filter_map(|(name, font)| Some((name.as_slice(), font.get_font_encoding_with_limit(file, most).ok()?)))
        .collect();
    let operations = Operations::decode(&file.get_page_content_with_limit(id, most)?)?;
    let mut layout = Layout::default();
    let mut font = None;
    for operation in &operations.operations {
        if operation.operator == "Tf" {
            font = operation.operands.first().and_then(|o| o.as_name().ok()).and_then(|name| encodings.get(name));
        }
        let decode = |bytes: &[u8]| font.and_then(|f| Document::decode_text(f, bytes).ok()).unwrap_or_default();
        layout.take(&operation.operator, &operation.operands, &decode);
    }
    Ok(layout.text())
}

/// Title and day from the file's own card.
fn properties(file: &Document) -> Meta {
    let card = file.trailer.get(b"Info").ok().and_then(|info| file.dereference(info).ok());
    let Some((_, Object::Dictionary(card))) = card else { return Meta::default() };
    let said = |key: &[u8]| {
        let value = card.get(key).ok().and_then(|v| file.dereference(v).ok())?.1;
        lopdf::decode_text_string(value).ok().map(|words| html::line(&words)).filter(|words| !words.is_empty())
    };
    Meta {
        title: said(b"Title"),
        published: said(b"CreationDate").and_then(|d| day::day(d.trim_start_matches("D:"))),
        ..Meta::default()
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;

    /// A file of one page with some content.
    fn made(content: &[u8]) -> Vec<u8> {
        let mut file = Document::with_version("1.5");
        let pages = file.new_object_id();
        let font = file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" });
        let mut stream = Stream::new(dictionary! {}, content.to_vec());
        stream.compress().unwrap();
        let content = file.add_object(stream);
        let resources = dictionary! { "Font" => dictionary! { "F1" => font } };
        let page = file.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content,
        "Resources" => resources, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] });
        file.objects.insert(
            pages,
            Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
        );
        let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        let info = file.add_object(dictionary! { "Title" => Object::string_literal("Weekly report"), "CreationDate" => Object::string_literal("D:20310305101500+02'00'") });
        file.trailer.set("Root", catalog);
        file.trailer.set("Info", info);
        let mut bytes = Vec::new();
        file.save_to(&mut bytes).unwrap();
        bytes
    }

    fn refused(bytes: &[u8]) -> String {
        super::file(bytes, &Limits::default()).unwrap_err().to_string()
    }

    const PAGE: &[u8] = b"BT /F1 12 Tf 14 TL 72 760 Td (Vesk shelled the village of) Tj T* (Hollin, it said; no-) Tj T* (body was hurt.) Tj \
        0 -28 Td [(Orlava )-20(denied)-300(it.)] TJ ET";

    #[test]
    fn lines_are_joined_and_paragraphs_parted() {
        let content = super::file(&made(PAGE), &Limits::default()).unwrap();
        assert_eq!(content.text, "Vesk shelled the village of Hollin, it said; nobody was hurt.\n\nOrlava denied it.");
        assert_eq!(content.meta.title.as_deref(), Some("Weekly report"));
        assert_eq!(content.meta.published, Some("2031-03-05".parse().unwrap()));
    }

    #[test]
    fn garbage_is_refused() {
        assert!(refused(b"%PDF-1.7\n\x80\x81").starts_with("is a PDF file that cannot be opened"));
        let mut noise = b"%PDF-1.7\n".to_vec();
        let mut seed = 7_u32;
        noise.extend((0..200_000).map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        }));
        refused(&noise);
    }

    #[test]
    fn a_file_that_is_cut_or_bent_never_breaks_the_reader() {
        let whole = made(PAGE);
        for at in (0..whole.len()).step_by(7) {
            let mut bent = whole.clone();
            bent[at] ^= 0x55;
            super::file(&bent, &Limits::default()).ok();
            super::file(&whole[..at], &Limits::default()).ok();
        }
    }

    #[test]
    fn a_bomb_is_stopped() {
        let mut page = PAGE.to_vec();
        page.extend(std::iter::repeat_n(b' ', 64 << 20));
        let bytes = made(&page);
        assert!(bytes.len() < 1 << 20);
        assert_eq!(refused(&bytes), "is a PDF file without text");
    }

    #[test]
    fn a_scan_is_refused_with_a_remedy() {
        assert_eq!(refused(&made(b"q 1 0 0 1 0 0 cm Q")), "is a PDF file without text");
    }
}
