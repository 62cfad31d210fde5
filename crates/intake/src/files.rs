//! The one place that opens files: a folder's reports in order, the documents of one file with the file beside it,
//! streams that have no name.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use trucewatch::document::Meta;
use trucewatch::when::Interval;

use crate::content::{Bad, Member};
use crate::open::stream;
use crate::{Columns, Format, IntakeError, Limits, MetaError, Received, Refusal, meta};

/// Largest `.meta.toml` that is read.
const META_BYTES: u64 = 1 << 16;
/// How the name of a file beside a report ends.
const BESIDE: &str = ".meta.toml";

/// What is read, and how much of it at most.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    /// What is taken in at most.
    pub limits: Limits,
    /// Day of publication of what comes without one.
    pub date: Option<Interval>,
    /// Which columns of tables hold what; those that are not given are looked for by their usual names.
    pub columns: Columns,
}

/// A report that was named: where it lies, and the name under which its document goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Path relative to the folder that was named, with `/`; of a file that was named itself, its file name.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

impl Named {
    /// Whether its name is that of a file with any number of documents, which are better read one after another.
    #[must_use]
    pub fn is_container(&self) -> bool {
        Format::of_name(&self.name).is_some_and(Format::is_container)
    }
}

/// Documents of one file, as they are asked for.
pub type Documents = Box<dyn Iterator<Item = Result<Received, IntakeError>> + Send>;

/// The reports of a file or a folder: a folder's files of formats that hold reports, those of its subfolders included,
/// sorted by name. Tables are left out of folders, for not every table is one of reports; so is what begins with a dot.
/// Files beside others are no reports, named or not: `folder/*` names them too. Links to folders are not followed. What cannot be opened comes beside.
#[must_use]
pub fn reports(path: &Path) -> (Vec<Named>, Vec<IntakeError>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    if path.is_file() && path.as_os_str().to_string_lossy().ends_with(BESIDE) {
        return (found, wrong);
    }
    if path.is_file() || !(path.is_dir() || path.is_symlink()) {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        return (vec![Named { name, path: path.to_path_buf() }], wrong);
    }
    walk(path, "", &mut found, &mut wrong);
    found.sort();
    (found, wrong)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<Named>, wrong: &mut Vec<IntakeError>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(source) => return wrong.push(IntakeError::Io { path: folder.to_path_buf(), source }),
    };
    for entry in entries.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let is_folder = entry.file_type().is_ok_and(|t| t.is_dir());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if is_folder {
            walk(&entry.path(), &format!("{name}/"), found, wrong);
        } else if is_report(&name) {
            found.push(Named { name, path: entry.path() });
        }
    }
}

/// Whether a file in a folder is taken for reports by its name.
fn is_report(name: &str) -> bool {
    let format = match Format::of_name(name) {
        Some(Format::Gzip) => name.get(..name.len() - 3).and_then(Format::of_name),
        format => format,
    };
    format.is_some_and(|f| f != Format::Csv)
}

impl Shelf {
    /// The documents of a file, with what the `.meta.toml` file beside it says; that goes before what the file says of
    /// itself. What is wrong with a part of the file comes in its place.
    #[must_use]
    pub fn open(&self, named: &Named) -> Documents {
        let opened = beside(&named.path).and_then(|meta| {
            let file = File::open(&named.path).map_err(|source| io_error(&named.path, source))?;
            let is_folder = file.metadata().is_ok_and(|m| m.is_dir());
            match is_folder {
                true => Err(io_error(&named.path, io::ErrorKind::IsADirectory.into())),
                false => Ok((meta, file)),
            }
        });
        match opened {
            Ok((meta, file)) => self.documents(&named.name, &named.path, meta, Box::new(file)),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }

    /// The one document of a file that holds one; of another, its first.
    ///
    /// # Errors
    /// [`IntakeError`] for what cannot be opened, is too large or no document, or has a wrong file beside it.
    pub fn report(&self, named: &Named) -> Result<Received, IntakeError> {
        self.open(named).next().unwrap_or_else(|| {
            let refusal = Refusal::new("holds no document", "check that it is the file that you mean");
            Err(IntakeError::refused(named.path.clone(), Bad::whole(refusal)))
        })
    }

    /// The documents of a file of lines of JSON, whatever its name.
    #[must_use]
    pub fn lines(&self, path: &Path) -> Documents {
        match File::open(path) {
            Ok(file) => self.lines_of(path, file),
            Err(source) => Box::new(std::iter::once(Err(io_error(path, source)))),
        }
    }

    /// The documents of lines of JSON from anywhere; `path` names it in errors.
    #[must_use]
    pub fn lines_of(&self, path: &Path, from: impl Read + Send + 'static) -> Documents {
        let members = crate::jsonl::lines(io::BufReader::new(from), &self.limits);
        self.received(&path.to_string_lossy(), path, Meta::default(), members)
    }

    /// The documents of a stream that has no name, such as standard input.
    #[must_use]
    pub fn stream(&self, name: &str, from: impl Read + Send + 'static) -> Documents {
        self.documents(name, Path::new(name), Meta::default(), Box::new(from))
    }

    /// The documents of bytes that are at hand, such as those that were kept; `known` goes before what they say of
    /// themselves.
    #[must_use]
    pub fn bytes(&self, name: &str, bytes: Vec<u8>, known: Meta) -> Documents {
        self.documents(name, Path::new(name), known, Box::new(Cursor::new(bytes)))
    }

    fn documents(&self, name: &str, path: &Path, meta: Meta, from: Box<dyn Read + Send>) -> Documents {
        self.received(name, path, meta, stream(name, from, &self.columns, &self.limits))
    }

    fn received(
        &self,
        name: &str,
        path: &Path,
        given: Meta,
        members: impl Iterator<Item = Member> + Send + 'static,
    ) -> Documents {
        let (name, path, date) = (name.to_owned(), path.to_path_buf(), self.date);
        Box::new(members.map(move |member| match member {
            Ok(taken) => Ok(Received::new(&name, taken, |found| completed(given.clone(), found, date))),
            Err(bad) => Err(IntakeError::refused(path.clone(), bad)),
        }))
    }
}

/// What is given goes before what was found; the day that stands in for an unknown one comes last.
fn completed(given: Meta, found: Meta, date: Option<Interval>) -> Meta {
    Meta {
        published: given.published.or(found.published).or(date),
        outlet: given.outlet.or(found.outlet),
        url: given.url.or(found.url),
        title: given.title.or(found.title),
    }
}

fn beside(path: &Path) -> Result<Meta, IntakeError> {
    let path = path.with_extension("meta.toml");
    if !path.is_file() {
        return Ok(Meta::default());
    }
    let mut content = Vec::new();
    let read = File::open(&path).and_then(|file| file.take(META_BYTES + 1).read_to_end(&mut content));
    read.map_err(|source| io_error(&path, source))?;
    if content.len() as u64 > META_BYTES {
        let refusal = Refusal::new(format!("is larger than {META_BYTES} bytes"), MetaError::HINT);
        return Err(IntakeError::refused(path, Bad::whole(refusal)));
    }
    meta(&String::from_utf8_lossy(&content)).map_err(|source| IntakeError::Meta { path, source })
}

fn io_error(path: &Path, source: io::Error) -> IntakeError {
    let path = path.to_path_buf();
    match source.kind() {
        io::ErrorKind::NotFound => IntakeError::Missing { path },
        _ => IntakeError::Io { path, source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    fn shelf(bytes: u64) -> Shelf {
        Shelf { limits: Limits { bytes, ..Limits::default() }, ..Shelf::default() }
    }

    #[test]
    fn only_reports_are_listed_and_in_order() {
        let names =
            ["b.txt", "a.txt", "c/d.html", ".hidden/e.txt", "a.meta.toml", "f.md", "g.csv", "h.warc.gz", "i.tar.gz"];
        let files: Vec<_> = names.iter().map(|n| (*n, "")).collect();
        let folder = folder(&files);
        let (found, wrong) = reports(folder.path());
        assert!(wrong.is_empty());
        let names: Vec<_> = found.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["a.txt", "b.txt", "c/d.html", "h.warc.gz"]);
        let named = reports(&folder.path().join("f.md")).0;
        assert_eq!(named[0].name, "f.md");
        assert!(reports(&folder.path().join("a.meta.toml")).0.is_empty(), "`folder/*` names what stands beside, too");
    }

    #[test]
    fn what_is_missing_or_too_large_is_refused_by_name() {
        let folder = folder(&[("a.txt", "four")]);
        let (found, _) = reports(folder.path());
        assert!(shelf(3).report(&found[0]).unwrap_err().to_string().ends_with("a.txt: is larger than 3 bytes"));
        assert_eq!(shelf(4).report(&found[0]).unwrap().document.text(), "four");
        let (missing, _) = reports(&folder.path().join("b.txt"));
        assert!(shelf(4).report(&missing[0]).unwrap_err().to_string().ends_with("no such file or folder"));
        let itself = Named { name: "x".to_owned(), path: folder.path().to_path_buf() };
        assert!(shelf(4).report(&itself).is_err());
    }

    #[test]
    fn the_file_beside_is_read_and_its_errors_name_it() {
        let folder = folder(&[
            ("a.txt", "x"),
            ("a.meta.toml", "outlet = \"Ternwire\""),
            ("b.txt", "x"),
            ("b.meta.toml", "\nwho = 1"),
        ]);
        let (found, _) = reports(folder.path());
        assert_eq!(Shelf::default().report(&found[0]).unwrap().document.meta().outlet.as_deref(), Some("Ternwire"));
        assert!(Shelf::default().report(&found[1]).unwrap_err().to_string().contains("b.meta.toml:2: unknown field"));
    }

    #[test]
    fn the_bytes_are_kept_as_they_came() {
        let text = "Quiet.\r\n";
        let read = Shelf::default().bytes("a.txt", text.into(), Meta::default()).next().unwrap().unwrap();
        assert_eq!(&*read.original.bytes, text.as_bytes());
        assert_eq!(read.original.sha256, read.document.id());
        assert_eq!((read.original.media, read.encoding, read.format), ("text/plain", "UTF-8", Format::Text));
        assert_eq!(read.document.text(), text);
    }

    #[test]
    fn a_text_in_another_language_is_named_and_not_read() {
        let german = "Das Ministerium teilte mit, dass in der Nacht mehrere Granaten auf das Dorf gefallen seien.";
        let read = Shelf::default().bytes("a.txt", german.into(), Meta::default()).next().unwrap().unwrap();
        assert!(!read.is_english);
        assert_eq!(read.notes[0].message, "the text is in German; only English is read");
        let empty = Shelf::default().bytes("a.txt", b" \n".to_vec(), Meta::default()).next().unwrap().unwrap();
        assert!(empty.is_english && empty.notes[0].code == "empty");
    }

    #[test]
    fn errors_name_file_and_part() {
        let wrong = |name: &str, bytes: &str| {
            let mut all = Shelf::default().bytes(name, bytes.into(), Meta::default());
            all.find_map(Result::err).unwrap().to_string()
        };
        assert!(
            wrong("a.jsonl", "{\"id\": 1, \"text\": \"x\"}\nno").starts_with("a.jsonl:2: is no line of JSON: expected")
        );
        assert!(wrong("a.csv", "text,date\nx,soon").starts_with("a.csv:2: has `soon`"));
        assert_eq!(wrong("a.warc", "WARC/1.0\r\nX: y\r\n\r\n"), "a.warc, record 1: has no length");
        assert_eq!(wrong("a.txt", "a\0b"), "a.txt: is binary data (a zero byte at offset 1), not plain text");
    }
}
