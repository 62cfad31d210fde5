//! Bytes to text: UTF-8 with or without a byte order mark, UTF-16 with one; anything else is refused by name.

use trucewatch::note::{Note, Noted};

/// Bytes at the start in which signs of a binary file are looked for.
const HEAD: usize = 8192;
/// One byte in so many may be no UTF-8; more, and the file is no text.
const BAD_SHARE: usize = 10;

/// First bytes of files that people mistake for text, their names, and how to get at their words.
const KINDS: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF file", "save its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP file or an office document", "unpack it, or save the document as plain text"),
    (b"\xD0\xCF\x11\xE0", "an old office document", "save the document as plain text"),
    (b"{\\rtf", "an RTF document", "save the document as plain text"),
    (b"\x1F\x8B", "a gzip file", "unpack it first"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xFD7zXZ\0", "an xz file", "unpack it first"),
    (b"\x28\xB5\x2F\xFD", "a zstd file", "unpack it first"),
    (b"\x89PNG", "a PNG image", "only text is read"),
    (b"\xFF\xD8\xFF", "a JPEG image", "only text is read"),
    (b"GIF8", "a GIF image", "only text is read"),
    (b"\x7FELF", "a program", "only text is read"),
    (b"SQLite format 3\0", "a SQLite database", "only text is read"),
];

/// What a file is that is no plain text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("is {kind}, not plain text")]
pub struct Refusal {
    /// What it is, with its article.
    pub kind: String,
    /// What to do about it.
    pub hint: String,
}

impl Refusal {
    fn new(kind: impl Into<String>, hint: &str) -> Refusal {
        Refusal { kind: kind.into(), hint: hint.to_owned() }
    }
}

/// The text of some bytes. Line ends stay as they are; a byte order mark is left out.
///
/// # Errors
/// [`Refusal`] where the bytes are those of another kind of file, or of none that can be told.
pub fn decode(bytes: &[u8]) -> Result<Noted<String>, Refusal> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Err(Refusal::new("UTF-32 text", "save it as UTF-8")),
        [0xFF, 0xFE, rest @ ..] => Ok(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Ok(utf16(rest, u16::from_be_bytes)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest, 3),
        _ => utf8(bytes, 0),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Noted<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let mut bad = None;
    let mut text = String::with_capacity(bytes.len());
    for (i, c) in char::decode_utf16(units).enumerate() {
        bad = bad.or(c.is_err().then_some(i));
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let mut notes = Vec::new();
    if let Some(i) = bad {
        notes.push(Note::on_document("encoding", format!("character {} is half of a UTF-16 pair", i + 1)));
    }
    if !rest.is_empty() {
        notes.push(Note::on_document("encoding", "the last byte is half of a UTF-16 unit and is left out"));
    }
    Noted { value: text, notes }
}

/// UTF-8 text; `skipped` bytes stood before it.
fn utf8(bytes: &[u8], skipped: usize) -> Result<Noted<String>, Refusal> {
    if let Some((_, kind, hint)) = KINDS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(Refusal::new(*kind, hint));
    }
    if let Some(at) = bytes.iter().take(HEAD).position(|&b| b == 0) {
        let kind = format!("binary data (a zero byte at offset {})", at + skipped);
        return Err(Refusal::new(
            kind,
            "only text is read; if it is UTF-16 without a byte order mark, save it as UTF-8",
        ));
    }
    match str::from_utf8(bytes) {
        Ok(text) => Ok(Noted { value: text.to_owned(), notes: Vec::new() }),
        Err(first) => lossy(bytes, first.valid_up_to(), skipped),
    }
}

fn lossy(bytes: &[u8], first: usize, skipped: usize) -> Result<Noted<String>, Refusal> {
    let bad: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let byte = bytes.get(first).copied().unwrap_or_default();
    let at = first + skipped;
    if bad * BAD_SHARE > bytes.len() {
        let kind = format!("no UTF-8 (byte 0x{byte:02X} at offset {at}, and {} more)", bad - 1);
        return Err(Refusal::new(kind, "save it as UTF-8"));
    }
    let message = match bad {
        1 => format!("byte 0x{byte:02X} at offset {at} is no UTF-8 and is read as �"),
        _ => format!("{bad} bytes are no UTF-8 and are read as �, the first 0x{byte:02X} at offset {at}"),
    };
    let value = String::from_utf8_lossy(bytes).into_owned();
    Ok(Noted { value, notes: vec![Note::on_document("encoding", message)] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_kinds_of_files_are_refused_by_name() {
        let refused = |bytes: &[u8]| decode(bytes).unwrap_err().to_string();
        assert_eq!(refused(b"%PDF-1.7\n..."), "is a PDF file, not plain text");
        assert_eq!(refused(b"PK\x03\x04..."), "is a ZIP file or an office document, not plain text");
        assert_eq!(refused(b"abc\0def"), "is binary data (a zero byte at offset 3), not plain text");
        assert_eq!(refused(&[0xFF, 0xFE, 0, 0, 65, 0, 0, 0]), "is UTF-32 text, not plain text");
        assert!(refused(&[0xC3, 0x28, 0xC3, 0x28]).starts_with("is no UTF-8 (byte 0xC3 at offset 0"));
    }

    #[test]
    fn a_stray_byte_is_noted_with_its_place() {
        let mut bytes = "The ministry\u{2019}s words reached the village.".as_bytes().to_vec();
        bytes.splice(12..15, [0x92]);
        let read = decode(&bytes).unwrap();
        assert_eq!(read.value, "The ministry\u{FFFD}s words reached the village.");
        assert_eq!(read.notes[0].message, "byte 0x92 at offset 12 is no UTF-8 and is read as �");
    }

    #[test]
    fn utf16_of_both_orders_is_read() {
        let units: Vec<u16> = "Orla – «да» 😀".encode_utf16().collect();
        let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(units.iter().flat_map(|u| u.to_le_bytes())).collect();
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(units.iter().flat_map(|u| u.to_be_bytes())).collect();
        assert_eq!(decode(&little).unwrap().value, "Orla – «да» 😀");
        assert_eq!(decode(&big).unwrap().value, "Orla – «да» 😀");
        assert_eq!(decode(&little[..little.len() - 1]).unwrap().notes.len(), 2);
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(decode(b"\xEF\xBB\xBFVesk\r\n").unwrap().value, "Vesk\r\n");
    }
}
