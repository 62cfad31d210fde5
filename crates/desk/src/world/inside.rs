//! What this program carries inside itself: `make dist` appends the model, the gazetteer and the packs to the program's
//! file, and they are mapped from there, so that nothing is unpacked.
//!
//! After the program stand the members, each from a multiple of 64 bytes on, then the index, a line for each member
//! (`START LENGTH NAME`), then the length of the index (eight bytes, the lowest first) and [`MAGIC`]. A member's path is the
//! program's path with the member's name after it: no folder can lie there.

use std::collections::BTreeMap;
use std::io;
use std::ops::{Deref, Range};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::{env, fs};

use filebuffer::FileBuffer;

/// How the file of a program that carries something ends.
const MAGIC: &[u8; 8] = b"TWINSIDE";

/// The program's file, and what it carries.
struct Carried {
    program: PathBuf,
    file: Arc<FileBuffer>,
    members: BTreeMap<String, Range<usize>>,
}

static CARRIED: LazyLock<Option<Carried>> = LazyLock::new(|| {
    let program = env::current_exe().ok().or_else(|| env::args_os().next().map(PathBuf::from));
    let program = program.filter(|p| p.is_file())?;
    let file = FileBuffer::open(&program).ok()?;
    let members = index(&file)?;
    Some(Carried { program, file: Arc::new(file), members })
});

/// The members of a program's file, by name; none where it carries nothing.
fn index(file: &[u8]) -> Option<BTreeMap<String, Range<usize>>> {
    let rest = file.strip_suffix(MAGIC)?;
    let (rest, length) = rest.split_last_chunk::<8>()?;
    let start = rest.len().checked_sub(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let lines = std::str::from_utf8(rest.get(start..)?).ok()?;
    lines.lines().map(member).collect::<Option<_>>().filter(|all: &BTreeMap<_, Range<usize>>| {
        all.values().all(|range| range.start <= range.end && range.end <= start)
    })
}

fn member(line: &str) -> Option<(String, Range<usize>)> {
    let mut parts = line.splitn(3, ' ');
    let (start, length): (usize, usize) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((parts.next()?.to_owned(), start..start.checked_add(length)?))
}

/// The bytes of a file, or of a member of the program.
pub(super) struct Bytes {
    file: Arc<FileBuffer>,
    range: Range<usize>,
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.file.get(self.range.clone()).unwrap_or_default()
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

/// The program's own path, under which its members lie, where it carries any.
pub(super) fn root() -> Option<&'static Path> {
    CARRIED.as_ref().map(|c| c.program.as_path())
}

/// The member's name of a path under the program's own.
fn name(path: &Path) -> Option<(&'static Carried, String)> {
    let carried = CARRIED.as_ref()?;
    let name = path.strip_prefix(&carried.program).ok()?;
    Some((carried, name.to_string_lossy().replace('\\', "/")))
}

/// Maps a file, or a member.
pub(super) fn open(path: &Path) -> io::Result<Bytes> {
    if let Some((carried, name)) = name(path) {
        let range = carried.members.get(&name).cloned().ok_or(io::ErrorKind::NotFound)?;
        return Ok(Bytes { file: Arc::clone(&carried.file), range });
    }
    let file = FileBuffer::open(path)?;
    let range = 0..file.len();
    Ok(Bytes { file: Arc::new(file), range })
}

/// The text of a file, or of a member.
pub(super) fn text(path: &Path) -> io::Result<String> {
    match name(path) {
        Some(_) => String::from_utf8(open(path)?.to_vec()).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e)),
        None => fs::read_to_string(path),
    }
}

/// What lies in a folder, by name.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = match name(folder) {
        Some((carried, name)) => within(carried.members.keys(), &name).map(|child| folder.join(child)).collect(),
        None => fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?,
    };
    found.sort();
    found.dedup();
    Ok(found)
}

/// The first steps under a folder, among members' names.
fn within<'a>(names: impl Iterator<Item = &'a String>, folder: &str) -> impl Iterator<Item = &'a str> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    names.filter_map(move |n| n.strip_prefix(&prefix)?.split('/').next())
}

/// Whether there is such a file, or member.
pub(super) fn is_file(path: &Path) -> bool {
    name(path).map_or_else(|| path.is_file(), |(carried, name)| carried.members.contains_key(&name))
}

/// Whether there is such a folder, or a member that lies in it.
pub(super) fn is_dir(path: &Path) -> bool {
    name(path).map_or_else(|| path.is_dir(), |(carried, name)| within(carried.members.keys(), &name).next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(index: &str, length: u64) -> Vec<u8> {
        [b"program members".as_slice(), index.as_bytes(), &length.to_le_bytes(), MAGIC].concat()
    }

    #[test]
    fn a_program_that_carries_nothing_or_is_cut_short_has_no_index() {
        for file in
            [&b"program"[..], MAGIC, b"", &program("0 5 a\n", 1000), &program("0 500 a\n", 8), &program("x\n", 2)]
        {
            assert_eq!(index(file), None);
        }
        assert_eq!(root(), None, "a program of tests carries nothing");
    }

    #[test]
    fn members_are_found_by_name() {
        let file = program("8 7 packs/a b/pack.toml\n", 24);
        let found = index(&file).unwrap();
        assert_eq!(found.get("packs/a b/pack.toml"), Some(&(8..15)));
    }

    #[test]
    fn folders_are_what_names_begin_with() {
        let names: Vec<String> = ["packs/a/pack.toml", "packs/b/pack.toml", "packs.txt"].map(str::to_owned).into();
        assert_eq!(within(names.iter(), "packs").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(within(names.iter(), "pack").count(), 0);
    }
}
