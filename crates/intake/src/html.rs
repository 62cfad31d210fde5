//! Saved and fetched pages: the article's words apart from its title, outlet and day, the page around it left out.

mod flatten;
mod head;
mod words;

use scraper::{Html, Selector};
use trafilatura::Options;
use trucewatch::document::Meta;
use trucewatch::note::Note;

use crate::content::Content;
use crate::decode::{Decoded, decode};
use crate::guard::guarded;
use crate::{Limits, Refusal};

pub(crate) use head::host;
pub(crate) use words::line;
use words::{words, words_of};

/// Bytes at the start of a page in which its encoding may be declared.
const DECLARED: usize = 4096;

/// The article of a page. `charset` is what a server said of its encoding, `url` where it was found.
pub(crate) fn page(
    bytes: &[u8],
    charset: Option<&str>,
    url: Option<&str>,
    limits: &Limits,
) -> Result<Content, Refusal> {
    let declared = charset.map(str::to_owned).or_else(|| declared(bytes));
    let Decoded { text, encoding, mut notes } = decode(bytes, declared.as_deref())?;
    let (html, deep) = flatten::flatten(text, limits.depth);
    if deep {
        let message = format!("elements nested deeper than {} are read without their tags", limits.depth);
        notes.push(Note::on_document("nesting", message));
    }
    let address = url.map(str::to_owned);
    let found = guarded("the page", limits, move || Ok(article(&html, address.as_deref())))?;
    notes.extend(found.note);
    Ok(Content { text: found.text, encoding, meta: found.meta, notes, ..Content::default() })
}

/// The words of a piece of HTML, all of them: the body of a message, the text of a feed's entry.
pub(crate) fn piece(html: &str, limits: &Limits) -> Result<String, Refusal> {
    let (html, _) = flatten::flatten(html.to_owned(), limits.depth);
    guarded("the HTML text", limits, move || Ok(words(&html)))
}

struct Article {
    text: String,
    meta: Meta,
    note: Option<Note>,
}

fn article(html: &str, url: Option<&str>) -> Article {
    let tree = Html::parse_document(html);
    let head = head::head(&tree, url);
    let (text, title, note) = match trafilatura::extract(html, &Options::default().with_fallback(true)) {
        Ok(found) if !found.content_html.trim().is_empty() => {
            let title = Some(found.metadata.title).filter(|t| !t.trim().is_empty());
            (with_paragraphs(words(&found.content_html), &tree), title, None)
        }
        _ => {
            let message = "no article is found on the page; all its text is read";
            (words(html), None, Some(Note::on_document("page", message)))
        }
    };
    let title = title.map(|t| line(&t)).or(head.title);
    let meta = Meta { title, outlet: head.outlet, published: head.published, url: head.url };
    Article { text: without_headline(text, &tree, meta.title.as_deref()), meta, note }
}

/// The text with the blank lines of the element that it is the whole text of. Of short pages the library gives the
/// words of `article` or `body` in one piece.
fn with_paragraphs(text: String, tree: &Html) -> String {
    if text.contains("\n\n") {
        return text;
    }
    let squeezed = |words: &str| words.split_whitespace().collect::<String>();
    let wanted = squeezed(&text);
    let whole = |selector: &&str| {
        let found = Selector::parse(selector).ok().and_then(|s| tree.select(&s).next()).map(|e| words_of(*e));
        found.filter(|words| squeezed(words) == wanted)
    };
    ["article", "main", "body"].iter().find_map(whole).unwrap_or(text)
}

/// The text without a first paragraph that only repeats the title or is the page's one heading of the first rank.
fn without_headline(text: String, tree: &Html, title: Option<&str>) -> String {
    let headings: Vec<String> =
        Selector::parse("h1").map(|s| tree.select(&s).take(2).map(|e| words_of(*e)).collect()).unwrap_or_default();
    let is_headline = |first: &str| {
        let first = first.trim();
        title.is_some_and(|t| t.trim() == first) || matches!(headings.as_slice(), [one] if one.trim() == first)
    };
    match text.split_once("\n\n") {
        Some((first, rest)) if is_headline(first) => rest.to_owned(),
        _ => text,
    }
}

/// The label of the encoding that a page names at its start.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(DECLARED)).unwrap_or_default().to_ascii_lowercase();
    let at = head.windows(8).position(|w| w == b"charset=")? + 8;
    let label = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.');
    let rest = head.get(at..)?.iter().skip_while(|b| matches!(b, b'"' | b'\'' | b' '));
    Some(rest.take_while(label).map(|b| char::from(*b)).collect()).filter(|l: &String| !l.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Shells fall on Hollin | Ternwire</title><meta property="og:site_name" content="Ternwire">
<meta property="og:title" content="Shells fall on Hollin">
<meta property="article:published_time" content="2031-03-05T22:10:00+02:00"><link rel="canonical" href="https://ternwire.example/hollin">
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to count readers.</p></div>
<article><h1>Shells fall on Hollin</h1>
<p>Orlavan forces shelled the village of Hollin on Monday, the Veskan Defence Ministry said in a statement on Tuesday morning.</p>
<p>Nobody was hurt, it said, but two houses at the edge of the village lost their roofs and a barn burned down in the night.</p>
<p>Orlava denied that its guns had fired. Its ministry spoke of &ldquo;inventions&rdquo; and asked the mission to look.</p>
</article><footer><p>Copyright Ternwire. All rights reserved.</p></footer></body></html>"#;

    fn read(html: &str) -> Content {
        page(html.as_bytes(), None, None, &Limits::default()).unwrap()
    }

    #[test]
    fn the_article_is_read_and_the_page_around_it_is_not() {
        let read = read(PAGE);
        assert!(read.text.starts_with("Orlavan forces shelled the village"), "{}", read.text);
        assert!(!read.text.contains("cookies") && !read.text.contains("Home") && !read.text.contains("Copyright"));
        assert_eq!(read.text.split("\n\n").count(), 3, "{}", read.text);
        assert!(read.text.contains("“inventions”"));
    }

    #[test]
    fn title_outlet_day_and_address_are_what_the_page_says_of_itself() {
        let meta = read(PAGE).meta;
        assert_eq!(meta.title.as_deref(), Some("Shells fall on Hollin"));
        assert_eq!(meta.outlet.as_deref(), Some("Ternwire"));
        assert_eq!(meta.published, Some("2031-03-05".parse().unwrap()));
        assert_eq!(meta.url.as_deref(), Some("https://ternwire.example/hollin"));
    }

    #[test]
    fn a_page_without_an_article_is_read_whole() {
        let read = read("<html><body><p>Quiet.</p></body></html>");
        assert_eq!(read.text.trim(), "Quiet.");
    }

    #[test]
    fn script_and_entities_in_a_title_stay_words() {
        let html = PAGE.replace("Shells fall on Hollin", "A &amp; B <script>alert(1)</script>&lt;b&gt;C");
        let title = read(&html).meta.title.unwrap();
        assert!(!title.contains("<script"), "{title}");
    }

    #[test]
    fn the_declared_encoding_is_found() {
        assert_eq!(declared(b"<meta charset=\"windows-1251\">").as_deref(), Some("windows-1251"));
        assert_eq!(
            declared(b"<META http-equiv=Content-Type content='text/html; charset=KOI8-R'>").as_deref(),
            Some("koi8-r")
        );
        assert_eq!(declared(b"<p>charset</p>"), None);
    }

    #[test]
    fn a_hundred_thousand_nested_elements_are_read() {
        let html = format!("{}<p>Quiet on the line.</p>{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let read = read(&html);
        assert!(read.text.contains("Quiet on the line."), "{}", read.text.len());
        assert!(read.notes.iter().any(|n| n.code == "nesting"));
    }
}
