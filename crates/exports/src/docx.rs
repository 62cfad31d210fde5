//! The brief as DOCX (Office Open XML, ISO/IEC 29500): footnotes are footnotes of the word processor, each with the words
//! of the report that it leads to. A table of its own is written by [`table`].

use std::collections::BTreeSet;
use std::fmt::Write;

use publish::v1::{Brief, Entry, Footnote, Line, Piece, Section};

use crate::about::About;
use crate::error::ExportError;
use crate::html::escape;
use crate::pack;

const CONTENT_TYPES: &str = include_str!("docx/content_types.xml");
const RELS: &str = include_str!("docx/rels.xml");
const DOCUMENT_RELS: &str = include_str!("docx/document_rels.xml");
const STYLES: &str = include_str!("docx/styles.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// The brief as the bytes of a DOCX.
///
/// # Errors
/// None that is known: writing to memory does not fail.
pub(crate) fn write(brief: &Brief, about: &About) -> Result<Vec<u8>, ExportError> {
    let lines: Vec<String> = about.lines().into_iter().map(|(name, says)| format!("{name}: {says}")).collect();
    let properties = core(&brief.title, &about.program, &lines.join("\n"));
    packed(&document(brief, about), &footnotes(&brief.footnotes), &properties)
}

/// The parts of a document as one file.
fn packed(document: &str, footnotes: &str, properties: &str) -> Result<Vec<u8>, ExportError> {
    pack::write(&[
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELS.as_bytes()),
        ("word/footnotes.xml", footnotes.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/settings.xml", SETTINGS.as_bytes()),
        ("docProps/core.xml", properties.as_bytes()),
    ])
}

/// A table with a title and some lines above it, on pages that lie, as the bytes of a DOCX.
///
/// # Errors
/// None that is known: writing to memory does not fail.
pub fn table(title: &str, lines: &[String], heads: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let document = table_document(title, lines, heads, rows);
    let program = format!("trucewatch {}", env!("CARGO_PKG_VERSION"));
    packed(&document, &footnotes(&[]), &core(title, &program, &lines.join("\n")))
}

/// Edges of a table, thin and grey.
const EDGES: &str = "<w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>\
    <w:top w:val=\"single\" w:sz=\"4\" w:color=\"BFBFBF\"/><w:left w:val=\"single\" w:sz=\"4\" w:color=\"BFBFBF\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"BFBFBF\"/><w:right w:val=\"single\" w:sz=\"4\" w:color=\"BFBFBF\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:color=\"BFBFBF\"/><w:insideV w:val=\"single\" w:sz=\"4\" w:color=\"BFBFBF\"/>\
    </w:tblBorders></w:tblPr>";

fn table_document(title: &str, lines: &[String], heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut body = Body::default();
    body.words("Title", title);
    lines.iter().for_each(|line| body.words("BodyText", line));
    let cell =
        |words: &str| format!("<w:tc><w:p><w:pPr><w:pStyle w:val=\"About\"/></w:pPr>{}</w:p></w:tc>", run(words));
    let grid = "<w:gridCol/>".repeat(heads.len());
    let head: String = heads.iter().map(|h| cell(h)).collect();
    let rows = rows.iter().map(|row| format!("<w:tr>{}</w:tr>", row.iter().map(|c| cell(c)).collect::<String>()));
    let rows: String = rows.collect();
    // The head is repeated on every page; a table is followed by a paragraph.
    let page = "<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
                <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"709\" \
                w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>";
    format!(
        "{HEAD}<w:document {W}><w:body>{}<w:tbl>{EDGES}<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>\
         {head}</w:tr>{rows}</w:tbl><w:p/>{page}</w:body></w:document>",
        body.xml
    )
}

/// What stands between two notes in a row.
const COMMA: &str =
    "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:t xml:space=\"preserve\">, </w:t></w:r>";

/// What the body is written to: notes that were named already are named again by a cross-reference, for a footnote of a
/// word processor has one place.
#[derive(Default)]
struct Body {
    xml: String,
    named: BTreeSet<usize>,
}

fn document(brief: &Brief, about: &About) -> String {
    let mut body = Body::default();
    body.words("Title", &brief.title);
    body.words("Review", &about.review);
    brief.lead.iter().for_each(|line| body.line("Lead", line));
    brief.sections.iter().for_each(|section| body.section(section));
    body.words("Heading1", "About this document");
    about.lines().iter().for_each(|(name, says)| body.words("About", &format!("{}: {says}", name.replace('_', "-"))));
    let page = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
                <w:pgMar w:top=\"1304\" w:right=\"1247\" w:bottom=\"1304\" w:left=\"1247\" w:header=\"709\" \
                w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>";
    format!("{HEAD}<w:document {W}><w:body>{}{page}</w:body></w:document>", body.xml)
}

impl Body {
    fn section(&mut self, section: &Section) {
        self.words("Heading1", &section.title);
        section.entries.iter().for_each(|e| self.entry(e));
    }

    fn entry(&mut self, entry: &Entry) {
        if let Some(heading) = &entry.heading {
            let standing = entry.standing.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
            self.words("Heading2", &format!("{heading}{standing}"));
        }
        let style = if entry.listed { "ListBullet" } else { "BodyText" };
        entry.told.iter().for_each(|l| self.line(style, l));
        entry.weighed.iter().for_each(|l| self.line("Weighed", l));
    }

    fn words(&mut self, style: &str, words: &str) {
        let run = run(words);
        self.paragraph(style, &run);
    }

    fn line(&mut self, style: &str, line: &Line) {
        let mut runs = String::new();
        let mut after_note = false;
        for piece in &line.pieces {
            let is_note = matches!(piece, Piece::Note(_));
            if after_note && is_note {
                runs.push_str(COMMA);
            }
            runs.push_str(&self.piece(piece));
            after_note = is_note;
        }
        self.paragraph(style, &runs);
    }

    fn paragraph(&mut self, style: &str, runs: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.xml, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>");
    }

    fn piece(&mut self, piece: &Piece) -> String {
        match piece {
            Piece::Text(words) => run(words),
            Piece::Quote(words) => run(&format!("“{words}”")),
            Piece::Note(number) if self.named.insert(*number) => first_reference(*number),
            Piece::Note(number) => again(*number),
        }
    }
}

/// The reference to a footnote, with a bookmark by which it can be named again.
fn first_reference(number: usize) -> String {
    format!(
        "<w:bookmarkStart w:id=\"{number}\" w:name=\"note{number}\"/><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/>\
         </w:rPr><w:footnoteReference w:id=\"{number}\"/></w:r><w:bookmarkEnd w:id=\"{number}\"/>"
    )
}

fn again(number: usize) -> String {
    format!(
        "<w:fldSimple w:instr=\" NOTEREF note{number} \\f \\h \"><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>\
         <w:t>{number}</w:t></w:r></w:fldSimple>"
    )
}

/// Words in one direction each: letters that run from right to left are marked as such.
fn run(words: &str) -> String {
    let mut out = String::new();
    for (is_rtl, part) in directions(words) {
        let mark = if is_rtl { "<w:rPr><w:rtl/></w:rPr>" } else { "" };
        let _ = write!(out, "<w:r>{mark}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(&part));
    }
    out
}

/// Words in stretches of one direction; what has none (spaces, digits, marks) goes with what stands before it.
fn directions(words: &str) -> Vec<(bool, String)> {
    let mut parts: Vec<(bool, String)> = Vec::new();
    for c in words.chars() {
        let way = if c.is_alphabetic() { Some(is_rtl(c)) } else { None };
        match parts.last_mut() {
            Some((before, part)) if way.is_none_or(|w| w == *before) => part.push(c),
            _ => parts.push((way.unwrap_or(false), c.to_string())),
        }
    }
    parts
}

/// Whether a letter is of a script that runs from right to left: Hebrew, Arabic, Syriac and their neighbours.
fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

fn footnotes(notes: &[Footnote]) -> String {
    let mark = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>";
    let one = |n: &Footnote| {
        let words = run(&format!(" {}, sentence {}: “{}”", n.name, n.sentence, n.words));
        format!(
            "<w:footnote w:id=\"{}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>{mark}{words}</w:p></w:footnote>",
            n.number
        )
    };
    let line = |id: &str, kind: &str, element: &str| {
        format!("<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:r><w:{element}/></w:r></w:p></w:footnote>")
    };
    let rules = line("-1", "separator", "separator") + &line("0", "continuationSeparator", "continuationSeparator");
    format!("{HEAD}<w:footnotes {W}>{rules}{}</w:footnotes>", notes.iter().map(one).collect::<String>())
}

fn core(title: &str, program: &str, description: &str) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>{}</dc:creator><dc:description>{}</dc:description>\
         <dc:title>{}</dc:title></cp:coreProperties>",
        escape(program),
        escape(description),
        escape(title)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn written() -> (Brief, String, String) {
        let sample = Sample::new();
        let matter = sample.matter();
        let brief = Brief::new(matter.brief());
        let (document, notes) = (document(&brief, &matter.about), footnotes(&brief.footnotes));
        (brief, document, notes)
    }

    #[test]
    fn what_xml_may_not_hold_is_left_out() {
        assert_eq!(run("a\u{0}\u{8}<b>&"), "<w:r><w:t xml:space=\"preserve\">a&lt;b&gt;&amp;</w:t></w:r>");
    }

    #[test]
    fn every_part_is_well_formed() {
        let (_, document, notes) = written();
        let table = table_document("Annex <1>", &["a & b".to_owned()], &["point"], &[vec!["44° 18' N".to_owned()]]);
        assert!(table.contains("Annex &lt;1&gt;") && table.matches("<w:tr>").count() == 2);
        for part in [document.as_str(), &table, &notes, STYLES, SETTINGS, RELS, DOCUMENT_RELS, CONTENT_TYPES] {
            let mut reader = quick_xml::Reader::from_str(part);
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        }
    }

    #[test]
    fn every_note_has_one_reference_and_its_words() {
        let (brief, document, notes) = written();
        assert!(!brief.footnotes.is_empty());
        for note in &brief.footnotes {
            let reference = format!("<w:footnoteReference w:id=\"{}\"/>", note.number);
            assert_eq!(document.matches(&reference).count(), 1, "note {}", note.number);
            assert!(notes.contains(&format!("<w:footnote w:id=\"{}\">", note.number)));
        }
    }

    #[test]
    fn numbers_of_notes_are_those_that_a_word_processor_gives() {
        let (_, document, _) = written();
        let ids = document.split("<w:footnoteReference w:id=\"").skip(1).filter_map(|s| s.split('"').next());
        assert!(ids.zip(1..).all(|(id, n): (&str, usize)| id == n.to_string()));
    }

    #[test]
    fn a_name_that_runs_from_right_to_left_is_marked() {
        let parts = directions("at قرية النور, they said");
        let parts: Vec<(bool, &str)> = parts.iter().map(|(rtl, words)| (*rtl, words.as_str())).collect();
        assert_eq!(parts, [(false, "at "), (true, "قرية النور, "), (false, "they said")]);
    }
}
