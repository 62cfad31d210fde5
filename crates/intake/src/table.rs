//! Tables with a row a document (CSV and its kin), and which column holds what.

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use trucewatch::document::Meta;

use crate::content::{Bad, Content, Member, Original, Part, Taken};
use crate::decode::{Decoded, decode};
use crate::{Format, Limits, Refusal, day};

/// Names of columns by which a table says what it holds, where no mapping is given.
const TEXTS: &[&str] = &["text", "body", "content", "article", "full_text", "notes", "description"];
const IDS: &[&str] = &["id", "event_id_cnty", "data_id", "uuid"];
const DAYS: &[&str] = &["published", "dct", "date", "event_date", "publication_date", "datetime", "timestamp"];
const OUTLETS: &[&str] = &["outlet", "source", "publisher", "source_name"];
const URLS: &[&str] = &["url", "link", "uri"];
const TITLES: &[&str] = &["title", "headline", "subject"];

/// Which column of a table holds what, by its name in the first row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The text of the report.
    pub text: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Title.
    pub title: Option<String>,
}

impl Columns {
    /// Reads a mapping such as `text=notes,published=event_date`.
    ///
    /// # Errors
    /// Says which part of the words is none.
    pub fn parse(words: &str) -> Result<Columns, String> {
        let mut columns = Columns::default();
        for pair in words.split(',') {
            let (what, name) = pair.split_once('=').ok_or_else(|| format!("`{pair}` is not FIELD=COLUMN"))?;
            let slot = match what.trim() {
                "text" => &mut columns.text,
                "id" => &mut columns.id,
                "published" => &mut columns.published,
                "outlet" => &mut columns.outlet,
                "url" => &mut columns.url,
                "title" => &mut columns.title,
                other => return Err(format!("`{other}` is none of text, id, published, outlet, url and title")),
            };
            *slot = Some(name.trim().to_owned());
        }
        Ok(columns)
    }
}

/// The documents of a table's rows. `tabs` says that its values are parted by tabs.
pub(crate) fn rows(bytes: &[u8], tabs: bool, columns: &Columns, limits: &Limits) -> Vec<Member> {
    match open(bytes, tabs, columns) {
        Err(refusal) => vec![Err(Bad::whole(refusal))],
        Ok(table) => table.members(limits),
    }
}

struct Table {
    text: String,
    encoding: &'static str,
    tabs: bool,
    places: Places,
}

/// Where in a row each value stands.
struct Places {
    text: usize,
    id: Option<usize>,
    published: Option<usize>,
    outlet: Option<usize>,
    url: Option<usize>,
    title: Option<usize>,
}

fn open(bytes: &[u8], tabs: bool, columns: &Columns) -> Result<Table, Refusal> {
    let Decoded { text, encoding, .. } = decode(bytes, None)?;
    let delimiter = if tabs { b'\t' } else { delimiter(&text) };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| Refusal::new(format!("has no first row with names: {e}"), HINT))?.clone();
    let places = places(&header, columns)?;
    Ok(Table { text, encoding, tabs: delimiter == b'\t', places })
}

const HINT: &str = "the first row names the columns; say which is which with text=COLUMN,published=COLUMN,…";

/// A comma, or a semicolon where the first row has more of those.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |c: char| first.matches(c).count();
    match () {
        () if count('\t') > count(',').max(count(';')) => b'\t',
        () if count(';') > count(',') => b';',
        () => b',',
    }
}

fn places(header: &StringRecord, columns: &Columns) -> Result<Places, Refusal> {
    let place = |name: &str| header.iter().position(|h| h.trim().eq_ignore_ascii_case(name));
    let find = |given: &Option<String>, usual: &[&str]| match given {
        Some(name) => place(name)
            .map(Some)
            .ok_or_else(|| Refusal::new(format!("has no column `{name}`; it has {}", named(header)), HINT)),
        None => Ok(usual.iter().find_map(|name| place(name))),
    };
    if header.iter().all(|h| h.trim().is_empty()) {
        return Err(Refusal::new("is a table without a first row of names", HINT));
    }
    let text = find(&columns.text, TEXTS)?;
    let no_text = || Refusal::new(format!("has no column that holds text; it has {}", named(header)), HINT);
    Ok(Places {
        text: text.ok_or_else(no_text)?,
        id: find(&columns.id, IDS)?,
        published: find(&columns.published, DAYS)?,
        outlet: find(&columns.outlet, OUTLETS)?,
        url: find(&columns.url, URLS)?,
        title: find(&columns.title, TITLES)?,
    })
}

fn named(header: &StringRecord) -> String {
    header.iter().take(20).map(|h| format!("`{}`", h.trim())).collect::<Vec<_>>().join(", ")
}

impl Table {
    fn members(&self, limits: &Limits) -> Vec<Member> {
        let delimiter = if self.tabs { b'\t' } else { delimiter(&self.text) };
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(self.text.as_bytes());
        let width = reader.headers().map_or(0, StringRecord::len);
        let mut members = Vec::new();
        let mut row = ByteRecord::new();
        loop {
            let start = reader.position().byte();
            let number = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
            let part = Part { kind: "row", number };
            match reader.read_byte_record(&mut row) {
                Ok(true) if members.len() < limits.parts => {
                    let raw = self.raw(start, reader.position().byte());
                    members.push(self.member(&row, width, raw, limits).map(|t| t.within(part)).map_err(Bad::at(part)));
                }
                Ok(_) => return members,
                Err(e) => {
                    members.push(Err(Bad {
                        part: Some(part),
                        refusal: Refusal::new(format!("cannot be read: {e}"), HINT),
                    }));
                    return members;
                }
            }
        }
    }

    /// The row as it was written.
    fn raw(&self, start: u64, end: u64) -> &str {
        let place = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        self.text.get(place(start)..place(end)).unwrap_or_default()
    }

    fn member(&self, row: &ByteRecord, width: usize, raw: &str, limits: &Limits) -> Result<Taken, Refusal> {
        if row.len() != width {
            return Err(Refusal::new(format!("has {} values for {width} columns", row.len()), "check its quotes"));
        }
        if raw.len() as u64 > limits.bytes {
            return Err(Refusal::over(format!("is larger than {} bytes", limits.bytes), "bytes"));
        }
        let value = |place: Option<usize>| {
            let words = place.and_then(|i| row.get(i)).map(|v| String::from_utf8_lossy(v).trim().to_owned());
            words.filter(|w| !w.is_empty())
        };
        let published = match value(self.places.published) {
            None => None,
            Some(words) => {
                let wrong = || Refusal::new(format!("has `{words}` for a day"), "write days as 2020-10-10");
                Some(day::day(&words).or_else(|| words.parse().ok()).ok_or_else(wrong)?)
            }
        };
        let url = value(self.places.url);
        let meta = Meta { published, outlet: value(self.places.outlet), url, title: value(self.places.title) };
        let id = value(self.places.id);
        let text = value(Some(self.places.text)).unwrap_or_default();
        let content = Content { text, encoding: self.encoding, meta, id, ..Content::default() };
        let original = Original::new(raw.as_bytes(), Format::Csv, None);
        Ok(Taken { content, original, format: Format::Csv, suffix: String::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str, columns: &str) -> Vec<Member> {
        let columns = if columns.is_empty() { Columns::default() } else { Columns::parse(columns).unwrap() };
        rows(table.as_bytes(), false, &columns, &Limits::default())
    }

    fn refused(member: &Member) -> String {
        let bad = member.as_ref().unwrap_err();
        format!("{}: {}", bad.part.map(|p| p.to_string()).unwrap_or_default(), bad.refusal)
    }

    #[test]
    fn a_table_without_a_text_is_refused_with_its_columns() {
        assert_eq!(refused(&read("a,b\n1,2\n", "")[0]), ": has no column that holds text; it has `a`, `b`");
        assert!(refused(&read("a,b\n1,2\n", "text=c")[0]).contains("has no column `c`"));
        assert_eq!(refused(&read("", "")[0]), ": is a table without a first row of names");
        assert_eq!(refused(&read(" ,\n1,2\n", "text=a")[0]), ": is a table without a first row of names");
        assert!(Columns::parse("colour=red").is_err() && Columns::parse("text").is_err());
    }

    #[test]
    fn errors_name_the_row_and_the_rest_is_read() {
        let read =
            read("id,text,date\n1,Quiet.,2031-03-05\n2,Quiet.,soon\n3,Quiet\n4,\"Quiet\nagain.\",2031-03-06\n", "");
        assert_eq!(read[0].as_ref().unwrap().content.meta.published, Some("2031-03-05".parse().unwrap()));
        assert_eq!(refused(&read[1]), "row 3: has `soon` for a day");
        assert_eq!(refused(&read[2]), "row 4: has 2 values for 3 columns");
        let last = read[3].as_ref().unwrap();
        assert_eq!((last.content.text.as_str(), last.suffix.as_str()), ("Quiet\nagain.", "#5"));
        assert_eq!(&*last.original.bytes, b"4,\"Quiet\nagain.\",2031-03-06\n");
    }

    #[test]
    fn a_mapping_says_which_column_is_which() {
        let read = read("nr;words;when;who\n7;Quiet, all of it.;05 Mar 2031;Ternwire\n", "text=words,id=nr,outlet=who");
        let content = &read[0].as_ref().unwrap().content;
        assert_eq!((content.text.as_str(), content.id.as_deref()), ("Quiet, all of it.", Some("7")));
        assert_eq!(content.meta.outlet.as_deref(), Some("Ternwire"));
    }
}
