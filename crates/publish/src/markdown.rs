//! The brief as Markdown with footnotes (CommonMark, and `[^n]` as GitHub and Pandoc read it).

use trucewatch::brief::{Brief, Entry, Footnote, Line, Piece, Section};

/// The brief as Markdown. Words of documents and packs are escaped: none can become a link, a heading or HTML.
#[must_use]
pub fn markdown(brief: &Brief) -> String {
    let mut blocks = vec![format!("# {}", escape(&brief.title))];
    if let Some((first, rest)) = brief.lead.split_first() {
        blocks.push(line(first));
        blocks.extend(list(rest));
    }
    blocks.extend(brief.sections.iter().flat_map(section));
    if !brief.footnotes.is_empty() {
        blocks.push("## Sources".to_owned());
    }
    blocks.extend(brief.footnotes.iter().map(footnote));
    blocks.join("\n\n") + "\n"
}

fn section(section: &Section) -> Vec<String> {
    let mut blocks = vec![format!("## {}", escape(section.title))];
    blocks.extend(section.entries.iter().flat_map(entry));
    blocks
}

fn entry(entry: &Entry) -> Vec<String> {
    let mut blocks: Vec<String> = entry.heading.iter().map(|h| format!("### {}", escape(h))).collect();
    if entry.listed {
        blocks.extend(list(&entry.told));
    } else {
        blocks.extend(paragraph(&entry.told));
    }
    blocks.extend(paragraph(&entry.weighed).map(|p| format!("> {p}")));
    blocks
}

fn paragraph(lines: &[Line]) -> Option<String> {
    let sentences: Vec<String> = lines.iter().map(line).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn list(lines: &[Line]) -> Option<String> {
    let items: Vec<String> = lines.iter().map(|l| format!("- {}", line(l))).collect();
    (!items.is_empty()).then(|| items.join("\n"))
}

fn line(line: &Line) -> String {
    line.pieces.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(words) => escape(words),
        Piece::Quote(words) => format!("“{}”", escape(words)),
        Piece::Note(number) => format!("[^{number}]"),
    }
}

fn footnote(note: &Footnote) -> String {
    format!("[^{}]: {}, sentence {}: “{}”", note.number, escape(&note.name), note.sentence, escape(&note.words))
}

/// Puts a backslash before every character that Markdown could read as its own, and flattens line breaks.
#[must_use]
pub fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_becomes_markup() {
        assert_eq!(escape("[x](http://y) <b>\n# _z_"), "\\[x\\](http://y) \\<b\\> \\# \\_z\\_");
    }
}
