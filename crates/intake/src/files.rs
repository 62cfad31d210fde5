//! The one place that opens files: a folder's reports in order, one report with the file beside it, lines of JSON.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use trucewatch::document::Meta;
use trucewatch::when::Interval;

use crate::{IntakeError, MAX_BYTES, Received, line, meta, text};

/// Largest `.meta.toml` that is read.
const META_BYTES: u64 = 1 << 16;

/// What is read, and how much of it at most.
#[derive(Debug, Clone, Copy)]
pub struct Shelf {
    /// Most bytes of a report, or of a line of JSON.
    pub max_bytes: u64,
    /// Day of publication of what comes without one.
    pub date: Option<Interval>,
}

impl Default for Shelf {
    fn default() -> Shelf {
        Shelf { max_bytes: MAX_BYTES, date: None }
    }
}

/// A report that was named: where it lies, and the name under which its document goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Path relative to the folder that was named, with `/`; of a file that was named itself, its file name.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// The reports of a file or a folder: a folder's `.txt` files, those of its subfolders included, sorted by name.
/// What begins with a dot is left out, and links to folders are not followed. What cannot be opened comes beside.
#[must_use]
pub fn reports(path: &Path) -> (Vec<Named>, Vec<IntakeError>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
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
        } else if entry.path().extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")) {
            found.push(Named { name, path: entry.path() });
        }
    }
}

impl Shelf {
    /// One report, with what the `.meta.toml` file beside it says.
    ///
    /// # Errors
    /// [`IntakeError`] for what cannot be opened, is too large or no text, or has a wrong file beside it.
    pub fn report(&self, named: &Named) -> Result<Received, IntakeError> {
        let bytes = open(&named.path, self.max_bytes)?;
        let meta = self.dated(beside(&named.path)?);
        text(&named.name, &bytes, meta).map_err(|source| IntakeError::Refused { path: named.path.clone(), source })
    }

    /// The documents of a file of lines of JSON, one at a time.
    ///
    /// # Errors
    /// [`IntakeError`] where the file cannot be opened; what is wrong with a line comes in its place.
    pub fn lines(
        &self,
        path: &Path,
    ) -> Result<impl Iterator<Item = Result<Received, IntakeError>> + Send + use<>, IntakeError> {
        let file = File::open(path).map_err(|source| io_error(path, source))?;
        Ok(self.lines_of(path, BufReader::new(file)))
    }

    /// The documents of lines of JSON from anywhere; `path` names it in errors.
    pub fn lines_of<R: BufRead + Send>(
        &self,
        path: &Path,
        mut from: R,
    ) -> impl Iterator<Item = Result<Received, IntakeError>> + Send + use<R> {
        let (path, shelf, limit) = (path.to_path_buf(), *self, self.max_bytes);
        let mut number = 0;
        std::iter::from_fn(move || {
            loop {
                number += 1;
                let next = match next_line(&mut from, limit) {
                    Ok(Some(line)) => line,
                    Ok(None) => return None,
                    Err(source) => return Some(Err(io_error(&path, source))),
                };
                match next {
                    Err(TooLong) => return Some(Err(IntakeError::TooLarge { path: path.clone(), limit })),
                    Ok(words) if words.trim().is_empty() => {}
                    Ok(words) => {
                        let wrong = |source| IntakeError::Line { path: path.clone(), number, source };
                        return Some(line(&words, |meta| shelf.dated(meta)).map_err(wrong));
                    }
                }
            }
        })
    }

    /// One report from a stream that has no name, such as standard input.
    ///
    /// # Errors
    /// As for [`Shelf::report`].
    pub fn stream(&self, name: &str, from: impl Read) -> Result<Received, IntakeError> {
        let path = Path::new(name);
        let bytes = limited(path, from, self.max_bytes)?;
        let refused = |source| IntakeError::Refused { path: path.to_path_buf(), source };
        text(name, &bytes, self.dated(Meta::default())).map_err(refused)
    }

    fn dated(&self, meta: Meta) -> Meta {
        Meta { published: meta.published.or(self.date), ..meta }
    }
}

/// A line that is longer than the limit.
struct TooLong;

/// The next line, or none at the end; one over the limit is passed over.
fn next_line(from: &mut impl BufRead, limit: u64) -> io::Result<Option<Result<String, TooLong>>> {
    let mut bytes = Vec::new();
    if from.by_ref().take(limit + 1).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() as u64 > limit && bytes.last() != Some(&b'\n') {
        from.skip_until(b'\n')?;
        return Ok(Some(Err(TooLong)));
    }
    Ok(Some(Ok(String::from_utf8_lossy(&bytes).into_owned())))
}

fn beside(path: &Path) -> Result<Meta, IntakeError> {
    let path = path.with_extension("meta.toml");
    if !path.is_file() {
        return Ok(Meta::default());
    }
    let bytes = open(&path, META_BYTES)?;
    meta(&String::from_utf8_lossy(&bytes)).map_err(|source| IntakeError::Meta { path, source })
}

fn open(path: &Path, limit: u64) -> Result<Vec<u8>, IntakeError> {
    let file = File::open(path).map_err(|source| io_error(path, source))?;
    limited(path, file, limit)
}

fn limited(path: &Path, from: impl Read, limit: u64) -> Result<Vec<u8>, IntakeError> {
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes).map_err(|source| io_error(path, source))?;
    if bytes.len() as u64 > limit {
        return Err(IntakeError::TooLarge { path: path.to_path_buf(), limit });
    }
    Ok(bytes)
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

    fn shelf(max_bytes: u64) -> Shelf {
        Shelf { max_bytes, ..Shelf::default() }
    }

    #[test]
    fn only_reports_are_listed_and_in_order() {
        let files =
            [("b.txt", ""), ("a.txt", ""), ("c/d.txt", ""), (".hidden/e.txt", ""), ("a.meta.toml", ""), ("f.md", "")];
        let folder = folder(&files);
        let (found, wrong) = reports(folder.path());
        assert!(wrong.is_empty());
        assert_eq!(found.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["a.txt", "b.txt", "c/d.txt"]);
    }

    #[test]
    fn a_file_over_the_limit_is_refused() {
        let folder = folder(&[("a.txt", "12345")]);
        let named = &reports(folder.path()).0[0];
        assert!(matches!(shelf(4).report(named), Err(IntakeError::TooLarge { limit: 4, .. })));
        assert!(shelf(5).report(named).is_ok());
    }

    #[test]
    fn what_is_not_there_is_missing() {
        let (found, _) = reports(Path::new("no-such-file.txt"));
        assert!(matches!(Shelf::default().report(&found[0]), Err(IntakeError::Missing { .. })));
    }

    #[test]
    fn a_given_day_dates_only_what_comes_without_one() {
        let folder = folder(&[("a.txt", "x"), ("b.txt", "x"), ("b.meta.toml", "published = 2031-03-03")]);
        let shelf = Shelf { date: Some("2031-03-09".parse().unwrap()), ..Shelf::default() };
        let day = |i: usize| {
            let received = shelf.report(&reports(folder.path()).0[i]).unwrap();
            received.document.meta().published.map(|p| p.to_string())
        };
        assert_eq!((day(0).as_deref(), day(1).as_deref()), (Some("2031-03-09"), Some("2031-03-03")));
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
    fn a_wrong_line_does_not_end_the_file() {
        let lines = "{\"id\": \"a\", \"text\": \"x\"}\nnothing\n\n{\"id\": \"b\", \"text\": \"y\"}";
        let read: Vec<_> = shelf(40).lines_of(Path::new("in.jsonl"), lines.as_bytes()).collect();
        assert_eq!(read.len(), 3);
        assert!(read[1].as_ref().unwrap_err().to_string().starts_with("in.jsonl:2: "));
        let long = format!("{{\"text\": \"{}\"}}\n{{\"id\": \"b\", \"text\": \"y\"}}", "z".repeat(50));
        let read: Vec<_> = shelf(40).lines_of(Path::new("in.jsonl"), long.as_bytes()).collect();
        assert!(read[0].is_err() && read[1].is_ok());
    }
}
