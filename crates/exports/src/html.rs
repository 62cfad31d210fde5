//! The brief as one page of HTML that needs nothing else: no script, nothing loaded, made to be printed.

use std::fmt::Write;

use publish::v1::{Entry, Footnote, Line, Piece, Section};

use crate::about::About;

const STYLE: &str = include_str!("brief.css");

/// The page.
#[must_use]
pub(crate) fn write(brief: &publish::v1::Brief, about: &About) -> Vec<u8> {
    let mut page = String::new();
    let title = escape(&brief.title);
    // Writing to a string cannot fail.
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{}\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n<p class=\"review\">{}</p>\n</header>\n<main>\n",
        escape(&about.program),
        escape(&sentence(&about.review)),
    );
    brief.lead.iter().for_each(|line| paragraph(&mut page, "lead", line));
    brief.sections.iter().for_each(|s| section(&mut page, s));
    sources(&mut page, &brief.footnotes);
    page.push_str("</main>\n<footer>\n<h2>About this page</h2>\n<dl>\n");
    for (name, says) in about.lines() {
        let _ = writeln!(page, "<dt>{}</dt><dd dir=\"auto\">{}</dd>", escape(&name.replace('_', "-")), escape(&says));
    }
    page.push_str("</dl>\n</footer>\n</body>\n</html>\n");
    page.into_bytes()
}

fn section(page: &mut String, section: &Section) {
    let _ = writeln!(page, "<section>\n<h2>{}</h2>", escape(&section.title));
    section.entries.iter().for_each(|e| entry(page, e));
    page.push_str("</section>\n");
}

fn entry(page: &mut String, entry: &Entry) {
    page.push_str("<article>\n");
    if let Some(heading) = &entry.heading {
        let standing = entry.standing.as_ref().map(|s| format!(" <span class=\"standing\">{}</span>", escape(s)));
        let _ = writeln!(page, "<h3>{}{}</h3>", escape(heading), standing.unwrap_or_default());
    }
    if entry.listed {
        let items: String = entry.told.iter().map(|l| format!("<li>{}</li>\n", line(l))).collect();
        let _ = writeln!(page, "<ul>\n{items}</ul>");
    } else {
        entry.told.iter().for_each(|l| paragraph(page, "told", l));
    }
    entry.weighed.iter().for_each(|l| paragraph(page, "weighed", l));
    page.push_str("</article>\n");
}

fn paragraph(page: &mut String, class: &str, words: &Line) {
    let _ = writeln!(page, "<p class=\"{class}\">{}</p>", line(words));
}

fn line(line: &Line) -> String {
    line.pieces.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(words) => escape(words),
        Piece::Quote(words) => format!("<q dir=\"auto\">{}</q>", escape(words)),
        Piece::Note(number) => format!("<sup><a href=\"#note-{number}\">{number}</a></sup>"),
    }
}

fn sources(page: &mut String, notes: &[Footnote]) {
    if notes.is_empty() {
        return;
    }
    page.push_str("<section>\n<h2>Sources</h2>\n<ol>\n");
    for note in notes {
        let Footnote { number, name, sentence, words, .. } = note;
        let (name, words) = (escape(name), escape(words));
        let _ = writeln!(
            page,
            "<li id=\"note-{number}\" value=\"{number}\"><span dir=\"auto\">{name}</span>, sentence {sentence}: \
             <q dir=\"auto\">{words}</q></li>"
        );
    }
    page.push_str("</ol>\n</section>\n");
}

/// With its first letter large and a full stop.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// Words as words, whatever they are: nothing of them becomes markup. Control characters are left out.
pub(crate) fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_control(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether a character is none that XML may hold.
pub(crate) fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn nothing_from_outside_becomes_markup() {
        assert_eq!(escape("<script>'\"&\u{1}\u{1b}"), "&lt;script&gt;&#39;&quot;&amp;");
        let sample = Sample::new();
        let matter = sample.matter();
        let page = String::from_utf8(write(&publish::v1::Brief::new(matter.brief()), &matter.about)).unwrap();
        assert!(!page.contains("<script") && !page.contains("<b>") && page.contains("&lt;script&gt;"), "{page}");
    }

    #[test]
    fn every_footnote_that_is_named_is_there() {
        let sample = Sample::new();
        let matter = sample.matter();
        let brief = publish::v1::Brief::new(matter.brief());
        let page = String::from_utf8(write(&brief, &matter.about)).unwrap();
        assert!(!brief.footnotes.is_empty());
        for note in &brief.footnotes {
            assert!(page.contains(&format!("id=\"note-{}\"", note.number)));
        }
    }
}
