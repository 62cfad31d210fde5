//! Bytes to text: the encoding is taken from a byte order mark, from what the file or the server declares, else told
//! from the bytes; it is always named.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use trucewatch::note::Note;

use crate::Refusal;

/// Bytes at the start in which signs of a binary file are looked for.
const HEAD: usize = 8192;
/// One character in so many may be a control character or no character; more, and the file is no text.
const BAD_SHARE: usize = 10;

/// First bytes of files that people mistake for text, their names, and how to get at their words.
const KINDS: &[(&[u8], &str, &str)] = &[
    (b"\xD0\xCF\x11\xE0", "an old office document", "save the document as DOCX or plain text"),
    (b"{\\rtf", "an RTF document", "save the document as DOCX or plain text"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xFD7zXZ\0", "an xz file", "unpack it first"),
    (b"\x28\xB5\x2F\xFD", "a zstd file", "unpack it first"),
    (b"\x89PNG", "a PNG image", "only text is read"),
    (b"\xFF\xD8\xFF", "a JPEG image", "only text is read"),
    (b"GIF8", "a GIF image", "only text is read"),
    (b"\x7FELF", "a program", "only text is read"),
    (b"SQLite format 3\0", "a SQLite database", "only text is read"),
];

/// Text that was read from bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text. Line ends stay as they are; a byte order mark is left out.
    pub text: String,
    /// Name of the encoding, as the WHATWG standard has it.
    pub encoding: &'static str,
    /// What was odd about the bytes, or guessed.
    pub notes: Vec<Note>,
}

/// The text of some bytes. `declared` is the label of an encoding that the file or the server gives, if any; valid
/// UTF-8 is read as such whatever is declared.
///
/// # Errors
/// [`Refusal`] where the bytes are those of another kind of file, or of none that can be told.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, Refusal> {
    if matches!(bytes, [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..]) {
        return Err(Refusal::new("is UTF-32 text, not plain text", "save it as UTF-8"));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return checked(marked(bytes.get(mark..).unwrap_or_default(), encoding));
    }
    refuse_binary(bytes)?;
    if str::from_utf8(bytes).is_ok() && !is_shifted(bytes) {
        return checked(plain(bytes, UTF_8));
    }
    let label = declared.and_then(|d| Encoding::for_label(d.trim().as_bytes())).filter(|e| *e != UTF_8);
    match label {
        Some(encoding) => checked(plain(bytes, encoding)),
        None if is_mostly_utf8(bytes) => checked(lossy(bytes)),
        None => checked(guessed(bytes)),
    }
}

fn refuse_binary(bytes: &[u8]) -> Result<(), Refusal> {
    if let Some((_, kind, hint)) = KINDS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(Refusal::new(format!("is {kind}, not plain text"), hint));
    }
    let zero = bytes.iter().take(HEAD).position(|&b| b == 0);
    let hint = "only text is read; if it is UTF-16 without a byte order mark, save it as UTF-8";
    zero.map_or(Ok(()), |at| {
        Err(Refusal::new(format!("is binary data (a zero byte at offset {at}), not plain text"), hint))
    })
}

/// Whether escape sequences of ISO-2022-JP stand in it, which are plain ASCII to the eye.
fn is_shifted(bytes: &[u8]) -> bool {
    bytes.windows(2).take(HEAD).any(|w| w == b"\x1B$")
}

fn marked(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let mut decoded = plain(bytes, encoding);
    if encoding != UTF_8 && bytes.len() % 2 == 1 {
        decoded.notes.push(Note::on_document("encoding", "the last byte is half of a UTF-16 unit"));
    }
    decoded
}

fn plain(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let bad = |_| {
        let count = text.matches('\u{FFFD}').count();
        Note::on_document("encoding", format!("{count} characters are no {} and are read as �", encoding.name()))
    };
    let notes = malformed.then_some(()).map(bad).into_iter().collect();
    Decoded { text: text.into_owned(), encoding: encoding.name(), notes }
}

/// Whether the bytes are UTF-8 with a few strays, rather than in an older encoding: more characters of several bytes
/// are right than wrong.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn lossy(bytes: &[u8]) -> Decoded {
    let first = str::from_utf8(bytes).err().map_or(0, |e| e.valid_up_to());
    let byte = bytes.get(first).copied().unwrap_or_default();
    let bad: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let message = match bad {
        1 => format!("byte 0x{byte:02X} at offset {first} is no UTF-8 and is read as �"),
        _ => format!("{bad} bytes are no UTF-8 and are read as �, the first 0x{byte:02X} at offset {first}"),
    };
    let notes = vec![Note::on_document("encoding", message)];
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: UTF_8.name(), notes }
}

fn guessed(bytes: &[u8]) -> Decoded {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let mut decoded = plain(bytes, encoding);
    let message = format!("the bytes are no UTF-8; they look like {} and are read as such", encoding.name());
    decoded.notes.insert(0, Note::on_document("encoding", message));
    decoded
}

/// Refuses what decodes to little that is a character.
fn checked(decoded: Decoded) -> Result<Decoded, Refusal> {
    let odd = |c: &char| *c == '\u{FFFD}' || c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}' | '\u{85}');
    let bad = decoded.text.chars().filter(odd).count();
    if bad * BAD_SHARE > decoded.text.chars().count() {
        let kind = format!("is no text in {} or any encoding that can be told", decoded.encoding);
        return Err(Refusal::new(kind, "save it as UTF-8"));
    }
    Ok(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes, None).unwrap()
    }

    #[test]
    fn other_kinds_of_files_are_refused_by_name() {
        let refused = |bytes: &[u8]| decode(bytes, None).unwrap_err().to_string();
        assert_eq!(refused(b"{\\rtf1 ..."), "is an RTF document, not plain text");
        assert_eq!(refused(b"abc\0def"), "is binary data (a zero byte at offset 3), not plain text");
        assert_eq!(refused(&[0xFF, 0xFE, 0, 0, 65, 0, 0, 0]), "is UTF-32 text, not plain text");
        let noise: Vec<u8> = (0..200u8).map(|i| i.wrapping_mul(37) % 31 + 1).collect();
        assert!(refused(&noise).starts_with("is no text in "));
    }

    #[test]
    fn a_stray_byte_is_noted_with_its_place() {
        let mut bytes = "The ministry\u{2019}s words – all of them – reached Łosk.".as_bytes().to_vec();
        bytes.splice(12..15, [0x92]);
        let read = read(&bytes);
        assert_eq!(read.text, "The ministry\u{FFFD}s words – all of them – reached Łosk.");
        assert_eq!(read.notes[0].message, "byte 0x92 at offset 12 is no UTF-8 and is read as �");
    }

    #[test]
    fn older_encodings_are_told_and_named() {
        let old = read(b"It was \x93quiet\x94 on the ministry\x92s side of the line since Monday, it said.");
        assert_eq!((old.encoding, old.notes.len()), ("windows-1252", 1));
        assert!(old.text.contains("“quiet” on the ministry’s side"));
        let words = "Министерство сообщило, что ночью на деревню упали снаряды. Жители провели ночь в подвалах.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(words);
        assert_eq!((read(&bytes).encoding, read(&bytes).text.as_str()), ("windows-1251", words));
    }

    #[test]
    fn what_is_declared_is_believed_unless_it_is_utf8() {
        let (bytes, ..) = encoding_rs::ISO_8859_2.encode("Łosk i Žižice");
        assert_eq!(decode(&bytes, Some(" iso-8859-2 ")).unwrap().text, "Łosk i Žižice");
        let utf8 = "Łosk i Žižice".as_bytes();
        assert_eq!(decode(utf8, Some("iso-8859-1")).unwrap().encoding, "UTF-8");
    }

    #[test]
    fn utf16_of_both_orders_is_read() {
        let units: Vec<u16> = "Orla – «да» 😀".encode_utf16().collect();
        let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(units.iter().flat_map(|u| u.to_le_bytes())).collect();
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(units.iter().flat_map(|u| u.to_be_bytes())).collect();
        assert_eq!((read(&little).text.as_str(), read(&little).encoding), ("Orla – «да» 😀", "UTF-16LE"));
        assert_eq!(read(&big).text, "Orla – «да» 😀");
        assert_eq!(read(&little[..little.len() - 1]).notes.len(), 2);
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(read(b"\xEF\xBB\xBFVesk\r\n").text, "Vesk\r\n");
    }
}
