//! The list of feeds: a TOML file, or lines of addresses.

use serde::Deserialize;

/// Seconds between two visits, where nothing is said.
pub const EVERY: u64 = 15 * 60;
/// Seconds between two visits, at least.
pub const LEAST: u64 = 60;

/// A feed that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Where it is.
    pub url: String,
    /// Seconds between two visits; a server that asks for longer is obeyed.
    pub every: u64,
    /// Whether the pages that its entries lead to are fetched, or only the words in the feed are taken.
    pub pages: bool,
    /// Outlet, where the feed's own title does not name it well.
    pub outlet: Option<String>,
}

/// Why a list cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", line.map(|l| format!("line {l}: ")).unwrap_or_default())]
pub struct ListError {
    /// Line, the first being 1, where one is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl ListError {
    /// What to do about it.
    pub const HINT: &'static str = "a line is an address; or write TOML: [[feed]] with url, and every (such as \"30m\"), \
        pages (true or false) and outlet where you want them";
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    every: Option<String>,
    #[serde(default)]
    feed: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    url: String,
    every: Option<String>,
    pages: Option<bool>,
    outlet: Option<String>,
}

/// Reads a list: TOML where it has a `[[feed]]`, else one address a line, `#` before remarks.
///
/// # Errors
/// [`ListError`] for what is neither, an address that is none, a time that is none, or an empty list.
pub fn feeds(content: &str) -> Result<Vec<Watched>, ListError> {
    let wrong = |line, message: String| ListError { line, message };
    let found = match content.contains("[[feed]]") {
        true => tables(content)?,
        false => lines(content)?,
    };
    match found.is_empty() {
        true => Err(wrong(None, "the list names no feed".to_owned())),
        false => Ok(found),
    }
}

fn lines(content: &str) -> Result<Vec<Watched>, ListError> {
    let kept = content.lines().zip(1..).map(|(l, n)| (l.split(" #").next().unwrap_or(l).trim(), n));
    let feeds = kept.filter(|(l, _)| !l.is_empty() && !l.starts_with('#'));
    feeds
        .map(|(url, n)| match is_web(url) {
            true => Ok(Watched { url: url.to_owned(), every: EVERY, pages: true, outlet: None }),
            false => Err(ListError { line: Some(n), message: format!("`{url}` is no address of the web") }),
        })
        .collect()
}

fn tables(content: &str) -> Result<Vec<Watched>, ListError> {
    let line = |at: usize| content.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let of_toml =
        |e: toml::de::Error| ListError { line: e.span().map(|s| line(s.start)), message: e.message().to_owned() };
    let list: List = toml::from_str(content).map_err(of_toml)?;
    let every = list.every.as_deref().map_or(Ok(EVERY), seconds)?;
    let watched = |entry: Entry| {
        if !is_web(&entry.url) {
            return Err(ListError { line: None, message: format!("`{}` is no address of the web", entry.url) });
        }
        let every = entry.every.as_deref().map_or(Ok(every), seconds)?;
        Ok(Watched { url: entry.url, every, pages: entry.pages.unwrap_or(true), outlet: entry.outlet })
    };
    list.feed.into_iter().map(watched).collect()
}

fn is_web(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.has_host())
}

/// Seconds of a time such as `90s`, `30m`, `2h` or `1d`; no less than [`LEAST`].
fn seconds(words: &str) -> Result<u64, ListError> {
    let wrong = || ListError { line: None, message: format!("every = `{words}` is no time such as 30m, 2h or 1d") };
    let end = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
    let (digits, unit) = words.split_at_checked(end).ok_or_else(wrong)?;
    let scale = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    let seconds = digits.parse::<u64>().ok().and_then(|n| n.checked_mul(scale)).ok_or_else(wrong)?;
    match seconds < LEAST {
        true => Err(ListError {
            line: None,
            message: format!("every = `{words}` is less than {LEAST} s, which is not polite"),
        }),
        false => Ok(seconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_lists_are_refused_with_their_line() {
        let wrong = |list: &str| feeds(list).unwrap_err().to_string();
        assert_eq!(wrong("# none\n"), "the list names no feed");
        assert_eq!(
            wrong("https://a.example/x\nfile:///etc/passwd"),
            "line 2: `file:///etc/passwd` is no address of the web"
        );
        assert!(wrong("[[feed]]\nurl = \"https://a.example\"\ncolour = 1").starts_with("line 3: unknown field"));
        assert!(wrong("[[feed]]\nurl = \"https://a.example\"\nevery = \"1s\"").contains("not polite"));
        assert!(wrong("[[feed]]\nurl = \"https://a.example\"\nevery = \"soon\"").contains("is no time"));
    }

    #[test]
    fn lines_and_tables_are_read() {
        let list = feeds("# feeds\nhttps://a.example/rss # main\n\nhttp://b.example/\n").unwrap();
        assert_eq!(
            list.iter().map(|f| f.url.as_str()).collect::<Vec<_>>(),
            ["https://a.example/rss", "http://b.example/"]
        );
        let list = feeds("every = \"1h\"\n[[feed]]\nurl = \"https://a.example\"\n[[feed]]\nurl = \"https://b.example\"\nevery = \"2m\"\npages = false").unwrap();
        assert_eq!((list[0].every, list[0].pages, list[1].every, list[1].pages), (3600, true, 120, false));
    }
}
