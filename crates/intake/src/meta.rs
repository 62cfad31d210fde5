//! What stands in `<name>.meta.toml` beside `<name>.txt`.

use serde::Deserialize;
use trucewatch::document::Meta;
use trucewatch::when::Interval;

/// What is wrong in a file beside a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", line.map(|l| format!("line {l}: ")).unwrap_or_default())]
pub struct MetaError {
    /// Line, the first being 1, where one is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl MetaError {
    /// What to do about it.
    pub const HINT: &'static str = "the file may hold published (a day such as 2020-10-10), outlet, url and title";
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    published: Option<toml::Spanned<toml::Value>>,
    outlet: Option<String>,
    url: Option<String>,
    title: Option<String>,
}

/// Reads the content of a `.meta.toml` file.
///
/// # Errors
/// [`MetaError`] for what is no TOML, an unknown key, or a day that is none.
pub fn meta(content: &str) -> Result<Meta, MetaError> {
    let line = |at: usize| content.get(..at).unwrap_or("").matches('\n').count() + 1;
    let entries: Entries = toml::from_str(content)
        .map_err(|e| MetaError { line: e.span().map(|s| line(s.start)), message: e.message().to_owned() })?;
    let Entries { published, outlet, url, title } = entries;
    let published = published
        .map(|value| {
            let at = value.span().start;
            day(value.get_ref()).map_err(|message| MetaError { line: Some(line(at)), message })
        })
        .transpose()?;
    Ok(Meta { published, outlet, url, title })
}

/// The interval that a value names, be it written as a TOML date or as a string.
fn day(value: &toml::Value) -> Result<Interval, String> {
    let words = match value {
        toml::Value::String(words) => words.clone(),
        toml::Value::Datetime(time) => time.date.map(|d| d.to_string()).unwrap_or_default(),
        other => other.to_string(),
    };
    words.parse().map_err(|_| format!("published = `{words}` is no day, month, year or interval"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_line() {
        let wrong = |content: &str| meta(content).unwrap_err().to_string();
        assert_eq!(
            wrong("outlet = \"Ternwire\"\npublished = \"Monday\"\n"),
            "line 2: published = `Monday` is no day, month, year or interval"
        );
        assert!(wrong("outlet = \"Ternwire\"\nauthor = \"X\"\n").starts_with("line 2: unknown field `author`"));
        assert!(wrong("outlet = Ternwire").starts_with("line 1: "));
    }

    #[test]
    fn a_day_is_read_with_and_without_quotes() {
        let day = Some("2031-03-03".parse().unwrap());
        assert_eq!(meta("published = \"2031-03-03\"").unwrap().published, day);
        assert_eq!(meta("published = 2031-03-03").unwrap().published, day);
        assert_eq!(meta("published = 2031-03-03T10:00:00Z").unwrap().published, day);
    }

    #[test]
    fn nothing_is_needed() {
        assert_eq!(meta("").unwrap(), Meta::default());
    }
}
