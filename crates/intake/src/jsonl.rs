//! Lines of JSON: `{"id", "text", "dct"?}`, one document each.

use serde::Deserialize;
use trucewatch::document::Meta;
use trucewatch::note::Noted;
use trucewatch::when::Interval;

use crate::{Received, receive};

/// Why a line is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LineError(String);

impl LineError {
    /// What to do about it.
    pub const HINT: &'static str =
        r#"each line is one object such as {"id": "r1", "text": "…", "dct": "2020-10-10"}; dct may be missing"#;
}

/// Keys that are read; a line may hold others.
#[derive(Deserialize)]
struct Row {
    id: serde_json::Value,
    text: String,
    #[serde(alias = "published")]
    dct: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    title: Option<String>,
}

/// The document of one line. Its name is its `id`; `dct` (or `published`) is its day. `known` may complete what the
/// line says of the document.
///
/// # Errors
/// [`LineError`] for what is no JSON, lacks `id` or `text`, or has a day that is none.
pub fn line(line: &str, known: impl FnOnce(Meta) -> Meta) -> Result<Received, LineError> {
    let row: Row = serde_json::from_str(line).map_err(|e| no_object(&e))?;
    let Row { id, text, dct, outlet, url, title } = row;
    let id = match id {
        serde_json::Value::String(id) => id,
        serde_json::Value::Number(id) => id.to_string(),
        _ => return Err(LineError("the id is neither text nor number".to_owned())),
    };
    let published = dct.as_deref().map(day).transpose()?;
    let meta = known(Meta { published, outlet, url, title });
    let received = receive(&id, Noted { value: text, notes: Vec::new() }, meta);
    Ok(Received { id: Some(id), ..received })
}

/// What is wrong with a line that cannot be read at all; there is only the one line to name a column of.
fn no_object(error: &serde_json::Error) -> LineError {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    LineError(format!("{what} (column {})", error.column()))
}

/// A day or interval; of a point of time, its day.
fn day(words: &str) -> Result<Interval, LineError> {
    let date = words.split('T').next().unwrap_or(words);
    date.parse().or_else(|_| words.parse()).map_err(|_| LineError(format!("dct `{words}` is no day")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &str) -> Result<Received, LineError> {
        super::line(words, |meta| meta)
    }

    #[test]
    fn what_is_no_document_is_refused() {
        assert!(line("").is_err());
        assert!(line("{\"id\": \"a\"}").is_err());
        assert!(line("{\"id\": [], \"text\": \"\"}").is_err());
        let wrong = line("{\"id\": \"a\", \"text\": \"b\", \"dct\": \"soon\"}").unwrap_err();
        assert_eq!(wrong.to_string(), "dct `soon` is no day");
    }

    #[test]
    fn id_and_day_are_taken_over() {
        let received = line(r#"{"id": 7, "text": "Quiet.", "dct": "2031-03-03T10:00:00+01:00", "extra": 1}"#).unwrap();
        assert_eq!((received.id.as_deref(), received.document.name()), (Some("7"), "7"));
        assert_eq!(received.document.meta().published, Some("2031-03-03".parse().unwrap()));
    }
}
