//! RSS and Atom: an entry is a document.

use std::sync::Arc;

use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser;
use trucewatch::document::Meta;

use crate::content::{Bad, Content, Member, Original, Part, Taken};
use crate::decode::{Decoded, decode};
use crate::guard::guarded;
use crate::{Format, Limits, Refusal, day, html};

/// The entries of a feed.
pub(crate) fn entries(bytes: &[u8], charset: Option<&str>, limits: &Limits) -> Vec<Member> {
    match read(bytes, charset, limits) {
        Err(refusal) => vec![Err(Bad::whole(refusal))],
        Ok((feed, encoding)) => {
            let outlet = feed.title.as_ref().map(title);
            let shared: Arc<[u8]> = bytes.into();
            let numbered = feed.entries.into_iter().take(limits.parts).zip(1..);
            let taken = |(entry, number)| {
                let part = Part { kind: "entry", number };
                let content = content(entry, encoding, outlet.as_deref(), limits).map_err(Bad::at(part))?;
                let original = Original::new(Arc::clone(&shared), Format::Feed, None);
                Ok(Taken { content, original, format: Format::Feed, suffix: String::new() }.within(part))
            };
            numbered.map(taken).collect()
        }
    }
}

/// An entry as somebody who follows the feed sees it: what it is called, and where its page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lead {
    /// The same for one entry whenever the feed is fetched.
    pub(crate) id: String,
    /// Address of its page.
    pub(crate) url: Option<String>,
}

/// The leads of a feed, one an entry, in the order of [`entries`].
pub(crate) fn leads(bytes: &[u8], charset: Option<&str>, limits: &Limits) -> Result<Vec<Lead>, Refusal> {
    let (feed, _) = read(bytes, charset, limits)?;
    let lead = |entry: Entry| Lead { url: page_of(&entry), id: entry.id };
    Ok(feed.entries.into_iter().take(limits.parts).map(lead).collect())
}

fn read(bytes: &[u8], charset: Option<&str>, limits: &Limits) -> Result<(Feed, &'static str), Refusal> {
    let declared = charset.map(str::to_owned).or_else(|| declared(bytes));
    let Decoded { text, encoding, .. } = decode(bytes, declared.as_deref())?;
    check_depth(&text, limits)?;
    let text = as_utf8(text);
    let feed = guarded("the feed", limits, move || {
        let parser = parser::Builder::new().sanitize_content(false).build();
        let wrong = |e| Refusal::new(format!("is no feed: {e}"), "RSS, Atom and RDF feeds are read; is it a page?");
        parser.parse(text.as_bytes()).map_err(wrong)
    })?;
    Ok((feed, encoding))
}

/// Without the encoding that its declaration names, for it is UTF-8 by now.
fn as_utf8(text: String) -> String {
    match text.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, body)) => body.to_owned(),
        None => text,
    }
}

fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(256)).map(String::from_utf8_lossy)?;
    let after = head.split_once("encoding=")?.1;
    Some(after.trim_start_matches(['"', '\'']).split(['"', '\'', ' ', '?']).next()?.to_owned())
}

/// Refuses XML with more open elements within one another than the limit, which no feed has.
fn check_depth(text: &str, limits: &Limits) -> Result<(), Refusal> {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in text.split('<').skip(1) {
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if tag.starts_with(|c: char| c.is_alphabetic()) && !tag.contains("/>") {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    match deepest > limits.depth {
        true => Err(Refusal::over(format!("nests elements deeper than {}", limits.depth), "depth")),
        false => Ok(()),
    }
}

fn content(entry: Entry, encoding: &'static str, outlet: Option<&str>, limits: &Limits) -> Result<Content, Refusal> {
    let url = page_of(&entry);
    let at = entry.published.or(entry.updated);
    let full = entry.content.as_ref().and_then(|c| c.body.as_deref()).filter(|b| !b.trim().is_empty());
    let words = full.or(entry.summary.as_ref().map(|s| s.content.as_str())).unwrap_or_default();
    let text = html::piece(words, limits)?;
    let meta = Meta {
        published: at.and_then(|t| day::day(&t.to_rfc3339())),
        outlet: outlet.map(str::to_owned).filter(|o| !o.is_empty()),
        url,
        title: entry.title.as_ref().map(title).filter(|t| !t.is_empty()),
    };
    Ok(Content { text, encoding, meta, id: Some(entry.id), ..Content::default() })
}

fn title(text: &Text) -> String {
    html::line(&text.content)
}

/// The address of the entry's page: its `alternate` link, else its first.
fn page_of(entry: &Entry) -> Option<String> {
    let alternate = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"));
    alternate.or(entry.links.first()).map(|l| l.href.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSS: &str = r#"<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><title>Ternwire</title>
<item><title>Shells &amp;amp; mortars &lt;script&gt;alert(1)&lt;/script&gt;</title><link>https://ternwire.example/1</link>
<guid>../../etc/1</guid><pubDate>Wed, 05 Mar 2031 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Vesk shelled Hollin.&lt;/p&gt;&lt;p&gt;Orlava denied it.&lt;/p&gt;</description></item>
<item><title>Quiet</title><guid>2</guid></item></channel></rss>"#;

    fn read(xml: &str) -> Vec<Member> {
        entries(xml.as_bytes(), None, &Limits::default())
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        assert!(read("<rss><channel>")[0].is_err() || read("<rss><channel>").is_empty());
        assert!(read("<html><p>Quiet.</p></html>")[0].is_err());
        let deep = format!("<rss><channel>{}", "<item>".repeat(100_000));
        assert!(read(&deep)[0].as_ref().unwrap_err().refusal.to_string().contains("deeper than 256"));
    }

    #[test]
    fn an_entry_is_a_document_with_its_day_and_address() {
        let read = read(RSS);
        assert_eq!(read.len(), 2);
        let first = read[0].as_ref().unwrap();
        assert_eq!(first.content.text, "Vesk shelled Hollin.\n\nOrlava denied it.");
        let meta = &first.content.meta;
        assert_eq!(meta.title.as_deref(), Some("Shells & mortars"));
        assert_eq!(meta.outlet.as_deref(), Some("Ternwire"));
        assert_eq!(meta.url.as_deref(), Some("https://ternwire.example/1"));
        assert_eq!(meta.published, Some("2031-03-05".parse().unwrap()));
        assert_eq!((first.suffix.as_str(), first.content.id.as_deref()), ("#1", Some("../../etc/1")));
        assert_eq!(&*first.original.bytes, RSS.as_bytes());
    }

    #[test]
    fn atom_is_read_too() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Ternwire</title><entry><id>urn:1</id>
            <title type="html">Quiet &amp;lt;here&amp;gt;</title><link href="https://ternwire.example/1"/>
            <updated>2031-03-05T10:00:00Z</updated><content type="html">&lt;p&gt;It was quiet.&lt;/p&gt;</content></entry></feed>"#;
        let read = read(atom);
        let content = &read[0].as_ref().unwrap().content;
        assert_eq!((content.text.as_str(), content.meta.title.as_deref()), ("It was quiet.", Some("Quiet <here>")));
    }
}
