//! Lines of JSON: `{"id", "text", "dct"?}`, one document each.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use trucewatch::document::Meta;

use crate::content::{Bad, Content, Member, Original, Part, Taken};
use crate::{Format, Limits, Refusal, day};

/// What to do about a line that is no document.
const HINT: &str =
    r#"each line is one object such as {"id": "r1", "text": "…", "dct": "2020-10-10"}; dct may be missing"#;

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

/// The documents of lines, one at a time; what is wrong with a line comes in its place.
pub(crate) fn lines<R: BufRead + Send>(mut from: R, limits: &Limits) -> impl Iterator<Item = Member> + Send + use<R> {
    let limits = limits.clone();
    let (mut number, mut over) = (0, false);
    std::iter::from_fn(move || {
        while !over && number < limits.parts {
            number += 1;
            let part = Part { kind: "line", number };
            let next = next_line(&mut from, limits.bytes).unwrap_or_else(|e| {
                over = true;
                Some(Err(Refusal::new(format!("cannot be read: {e}"), "check the file")))
            });
            match next? {
                Ok(words) if words.trim_ascii().is_empty() => {}
                Ok(words) => return Some(taken(&words).map_err(Bad::at(part))),
                Err(refusal) => return Some(Err(Bad { part: Some(part), refusal })),
            }
        }
        None
    })
}

/// The next line, or none at the end; one over the limit is passed over.
fn next_line(from: &mut impl BufRead, limit: u64) -> io::Result<Option<Result<Vec<u8>, Refusal>>> {
    let mut bytes = Vec::new();
    if from.by_ref().take(limit + 1).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() as u64 > limit && bytes.last() != Some(&b'\n') {
        from.skip_until(b'\n')?;
        return Ok(Some(Err(Refusal::over(format!("is longer than {limit} bytes"), "bytes"))));
    }
    Ok(Some(Ok(bytes)))
}

fn taken(line: &[u8]) -> Result<Taken, Refusal> {
    let content = content(&String::from_utf8_lossy(line))?;
    let original = Original::new(line, Format::Jsonl, None);
    Ok(Taken { content, original, format: Format::Jsonl, suffix: String::new() })
}

fn content(line: &str) -> Result<Content, Refusal> {
    if line.trim_start().starts_with('[') {
        return Err(Refusal::new("is a list, and no object on a line of its own", HINT));
    }
    let row: Row = serde_json::from_str(line).map_err(|e| if is_read(line) { read_before() } else { no_object(&e) })?;
    let Row { id, text, dct, outlet, url, title } = row;
    let id = match id {
        serde_json::Value::String(id) => id,
        serde_json::Value::Number(id) => id.to_string(),
        _ => return Err(Refusal::new("the id is neither text nor number", HINT)),
    };
    let no_day = |words: &str| Refusal::new(format!("dct `{words}` is no day"), HINT);
    let read = |words: &str| day::day(words).or_else(|| words.parse().ok()).ok_or_else(|| no_day(words));
    let published = dct.as_deref().map(read).transpose()?;
    let meta = Meta { published, outlet, url, title };
    Ok(Content { text, encoding: "UTF-8", meta, id: Some(id), ..Content::default() })
}

/// Whether a line is what `read` printed of a report.
fn is_read(line: &str) -> bool {
    #[derive(Deserialize)]
    struct Read {
        #[serde(rename = "doc")]
        _doc: String,
        #[serde(rename = "claims")]
        _claims: Vec<serde::de::IgnoredAny>,
    }
    serde_json::from_str::<Read>(line).is_ok()
}

fn read_before() -> Refusal {
    Refusal::new(
        "holds claims and no report",
        "what `trucewatch read` printed is better kept outside the reports' folder",
    )
}

/// What is wrong with a line that cannot be read at all; there is only the one line to name a column of.
fn no_object(error: &serde_json::Error) -> Refusal {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    let begun = if error.is_data() { "" } else { "is no line of JSON: " };
    Refusal::new(format!("{begun}{what} (column {})", error.column()), HINT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_document_is_refused() {
        let read = content(r#"{"id": "a", "doc": "a.txt", "claims": []}"#).unwrap_err();
        assert_eq!(read.to_string(), "holds claims and no report");
        assert!(content("").is_err());
        assert!(content("{\"id\": \"a\"}").is_err());
        assert!(content("{\"id\": [], \"text\": \"\"}").is_err());
        let wrong = content("{\"id\": \"a\", \"text\": \"b\", \"dct\": \"soon\"}").unwrap_err();
        assert_eq!(wrong.to_string(), "dct `soon` is no day");
    }

    #[test]
    fn id_and_day_are_taken_over() {
        let read = content(r#"{"id": 7, "text": "Quiet.", "dct": "2031-03-03T10:00:00+01:00", "extra": 1}"#).unwrap();
        assert_eq!(read.id.as_deref(), Some("7"));
        assert_eq!(read.meta.published, Some("2031-03-03".parse().unwrap()));
    }

    #[test]
    fn a_wrong_line_does_not_end_the_file() {
        let all = |words: String| -> Vec<Member> {
            let limits = Limits { bytes: 40, ..Limits::default() };
            lines(io::Cursor::new(words), &limits).collect()
        };
        let read = all("{\"id\": \"a\", \"text\": \"x\"}\nnothing\n\n{\"id\": \"b\", \"text\": \"y\"}".to_owned());
        assert_eq!(read.len(), 3);
        assert_eq!(read[1].as_ref().unwrap_err().part, Some(Part { kind: "line", number: 2 }));
        let read = all(format!("{{\"text\": \"{}\"}}\n{{\"id\": \"b\", \"text\": \"y\"}}", "z".repeat(50)));
        assert!(read[0].is_err() && read[1].is_ok());
    }
}
