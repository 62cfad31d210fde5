//! What a page says of itself: title, outlet, day, address. Only what is written for machines is believed.

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use trucewatch::document::Meta;
use url::Url;

use super::words::line;
use crate::day::day;

/// Names under which pages give their day of publication, the most telling first.
const DAYS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "article.published",
    "article_date_original",
    "date",
];
const OUTLETS: &[&str] = &["og:site_name", "application-name", "dc.publisher", "dcterms.publisher"];
const TITLES: &[&str] = &["og:title", "twitter:title", "dc.title", "headline"];

/// Reads the head of a page, and what stands in its text for machines.
pub(super) fn head(tree: &Html, url: Option<&str>) -> Meta {
    let facts = facts(tree);
    let linked: Vec<Value> = each(tree, "script[type='application/ld+json']")
        .filter_map(|e| serde_json::from_str(&e.text().collect::<String>()).ok())
        .collect();
    let said = |names: &[&str]| -> Option<String> {
        let value = |name: &&str| facts.iter().find(|(n, _)| n == name).map(|(_, v)| line(v));
        names.iter().filter_map(value).find(|v| !v.is_empty())
    };
    let stated = DAYS.iter().flat_map(|name| facts.iter().filter(move |(n, _)| n == name)).find_map(|(_, v)| day(v));
    let in_linked = || linked.iter().find_map(|v| string_at(v, &["datePublished"])).and_then(|d| day(&d));
    let address = attribute(tree, "link[rel='canonical']", "href").or_else(|| said(&["og:url"])).filter(|u| is_web(u));
    let url = url.map(str::to_owned).or(address);
    Meta {
        published: stated.or_else(in_linked).or_else(|| timed(tree)),
        outlet: said(OUTLETS)
            .or_else(|| linked.iter().find_map(|v| string_at(v, &["publisher", "name"])).map(|n| line(&n)))
            .or_else(|| url.as_deref().and_then(host)),
        title: said(TITLES).or_else(|| each(tree, "title").next().map(|e| line(&e.text().collect::<String>()))),
        url,
    }
}

/// Names (in lower case) and values of the page's `meta` elements.
fn facts(tree: &Html) -> Vec<(String, String)> {
    let fact = |e: ElementRef<'_>| {
        let element = e.value();
        let name = element.attr("property").or(element.attr("name")).or(element.attr("itemprop"))?;
        Some((name.trim().to_ascii_lowercase(), element.attr("content")?.to_owned()))
    };
    each(tree, "meta").filter_map(fact).collect()
}

fn each<'a>(tree: &'a Html, selector: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let found = Selector::parse(selector).map(|s| tree.select(&s).collect::<Vec<_>>());
    found.unwrap_or_default().into_iter()
}

fn attribute(tree: &Html, selector: &str, name: &str) -> Option<String> {
    each(tree, selector).find_map(|e| e.value().attr(name).map(str::to_owned))
}

/// The day of an element that is marked as the time of publication.
fn timed(tree: &Html) -> Option<trucewatch::when::Interval> {
    let marked = "time[itemprop='datePublished'], time[pubdate], [itemprop='datePublished'][datetime], article time";
    attribute(tree, marked, "datetime").or_else(|| attribute(tree, "time", "datetime")).and_then(|d| day(&d))
}

/// The string at a path of keys, in whichever object of linked data has it first.
fn string_at(value: &Value, path: &[&str]) -> Option<String> {
    match value {
        Value::Array(items) => items.iter().find_map(|v| string_at(v, path)),
        Value::Object(fields) => {
            let here = path.iter().try_fold(value, |v, key| first(v).get(key));
            let found = here.map(first).and_then(Value::as_str).map(str::to_owned);
            found.or_else(|| fields.get("@graph").and_then(|graph| string_at(graph, path)))
        }
        _ => None,
    }
}

fn first(value: &Value) -> &Value {
    value.as_array().and_then(|items| items.first()).unwrap_or(value)
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The host of an address, which stands in for the name of an outlet that does not give one.
pub(crate) fn host(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    parsed.host_str().map(|h| h.strip_prefix("www.").unwrap_or(h).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(html: &str, url: Option<&str>) -> Meta {
        super::head(&Html::parse_document(html), url)
    }

    #[test]
    fn nothing_is_made_up() {
        assert_eq!(head("<p>On 5 March 2031 it was quiet.</p>", None), Meta::default());
        let odd = "<meta name=date content='soon'><script type='application/ld+json'>{\"datePublished\": 7, [</script>";
        assert_eq!(head(odd, None), Meta::default());
    }

    #[test]
    fn linked_data_is_read() {
        let html = r#"<script type="application/ld+json">[{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle",
            "datePublished": "2031-03-05T10:00:00Z", "publisher": [{"name": "Ternwire &amp; Sons"}]}]}]</script>"#;
        let meta = head(html, Some("https://www.ternwire.example/a"));
        assert_eq!(meta.published, Some("2031-03-05".parse().unwrap()));
        assert_eq!(meta.outlet.as_deref(), Some("Ternwire & Sons"));
    }

    #[test]
    fn the_host_stands_in_for_an_outlet() {
        assert_eq!(head("", Some("https://www.ternwire.example/a")).outlet.as_deref(), Some("ternwire.example"));
        assert_eq!(head("<link rel=canonical href='javascript:alert(1)'>", None).url, None);
    }
}
