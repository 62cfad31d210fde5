//! Packs as they are sent: one ZIP, or single files; and handed out as a ZIP. What is sent is not trusted: names,
//! numbers and sizes are bounded, and a name that leads anywhere is refused with the whole.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{Files, OWN};
use crate::failure::Failure;

/// Files of a pack, at most.
const FILES: usize = 300;
/// Bytes of one file.
const FILE: u64 = 8 << 20;
/// Bytes of all files of a pack.
const ALL: u64 = 24 << 20;

/// The files that lie in a pack's own folder.
const ROOT: [&str; 7] =
    ["pack.toml", "parties.toml", "officials.toml", "outlets.toml", "conflicts.toml", "places.csv", "lines.geojson"];
/// The folders of a pack that hold TOML.
const FOLDERS: [&str; 3] = ["agreements", "missions", "borders"];

/// The pack in a ZIP: at its top, or in the one folder that it holds.
///
/// # Errors
/// Where it is none, is larger than packs are, or holds something else.
pub fn unpacked(bytes: &[u8]) -> Result<Files, Failure> {
    let broken = |e: zip::result::ZipError| Failure::new(format!("the ZIP cannot be read: {e}"), "pack it once more");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > 2 * FILES {
        return Err(Failure::new(format!("the ZIP holds {} entries", archive.len()), format!("{FILES} files at most")));
    }
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut left = ALL;
    for number in 0..archive.len() {
        let file = archive.by_index(number).map_err(broken)?;
        let name = file.name().map_err(broken)?.into_owned();
        if file.is_symlink()
            || name.contains(['\\', ':', '\0'])
            || name.starts_with('/')
            || name.split('/').any(|p| p == "..")
        {
            let hint = "a pack holds files and folders of its own, and nothing that leads elsewhere";
            return Err(Failure::new(format!("`{}` in the ZIP leads out of it", name.escape_debug()), hint));
        }
        if file.is_dir() || is_clutter(&name) {
            continue;
        }
        let mut content = Vec::new();
        file.take(FILE.min(left) + 1).read_to_end(&mut content).map_err(|e| broken(e.into()))?;
        let size = content.len() as u64;
        if size > FILE.min(left) {
            return Err(too_large(&name));
        }
        left -= size;
        found.insert(name.clone(), text(&name, content)?);
    }
    let files = without_folder(found);
    files.keys().try_for_each(|path| fits(path))?;
    if !files.contains_key("pack.toml") {
        return Err(Failure::new("the ZIP holds no pack.toml", "pack the pack's folder with its files"));
    }
    Ok(files)
}

/// Single files that were sent: paths by their names and contents. TOML that is none of a pack's usual files is an
/// agreement.
///
/// # Errors
/// Where one is no file of a pack, or too large.
pub fn sent(all: Vec<(String, Vec<u8>)>) -> Result<Files, Failure> {
    let mut files = Files::new();
    for (name, content) in all {
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let path = match base.strip_suffix(".toml") {
            Some(_) if !ROOT.contains(&base.as_str()) => format!("agreements/{base}"),
            _ => base,
        };
        fits(&path)?;
        if content.len() as u64 > FILE {
            return Err(too_large(&path));
        }
        let content = text(&path, content)?;
        files.insert(path, content);
    }
    Ok(files)
}

/// A pack as a ZIP, its files in a folder of its id. The same files give the same bytes.
///
/// # Errors
/// Where there is no memory for it.
pub fn packed(id: &str, files: &Files) -> Result<Vec<u8>, Failure> {
    let failed = |e: zip::result::ZipError| Failure::new(format!("{id}: {e}"), "try once more");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (path, content) in files {
        zip.start_file(format!("{id}/{path}"), options).map_err(failed)?;
        zip.write_all(content.as_bytes()).map_err(|e| failed(e.into()))?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

/// Whether a path is one of a pack's files.
///
/// # Errors
/// Where it is none.
pub(super) fn fits(path: &str) -> Result<(), Failure> {
    let is_name = |n: &str| {
        let plain = n.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        plain && !n.starts_with('.') && n.len() <= 100
    };
    let known = match path.split_once('/') {
        None => ROOT.contains(&path) || (is_name(path) && [".md", ".txt"].iter().any(|e| path.ends_with(e))),
        Some((folder, name)) => FOLDERS.contains(&folder) && is_name(name) && name.ends_with(".toml"),
    };
    let hint = format!("files are {}, and TOML in agreements/, missions/ and borders/", ROOT.join(", "));
    let wrong = || Failure::new(format!("`{}` is no file of a pack", path.escape_debug()), hint);
    if known { Ok(()) } else { Err(wrong()) }
}

/// The id that a manifest gives; that of the forms' pack where it gives none.
#[must_use]
pub(super) fn id_of(files: &Files) -> String {
    let manifest = files.get("pack.toml").and_then(|c| c.parse::<toml::Table>().ok());
    let id = manifest.and_then(|m| m.get("id")?.as_str().map(str::to_owned));
    id.unwrap_or_else(|| OWN.to_owned())
}

fn is_clutter(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|n| n == ".DS_Store")
}

/// Paths without the one folder in which all lie.
fn without_folder(files: Files) -> Files {
    let top = |path: &str| path.split_once('/').map(|(folder, _)| folder.to_owned());
    let first = files.keys().next().and_then(|path| top(path));
    let Some(folder) =
        first.filter(|f| !files.contains_key("pack.toml") && files.keys().all(|p| top(p).as_ref() == Some(f)))
    else {
        return files;
    };
    let inside = |path: String| path.strip_prefix(&format!("{folder}/")).map(str::to_owned).unwrap_or(path);
    files.into_iter().map(|(path, content)| (inside(path), content)).collect()
}

fn text(name: &str, content: Vec<u8>) -> Result<String, Failure> {
    let wrong = |_| Failure::new(format!("`{}` is no text in UTF-8", name.escape_debug()), "save it as UTF-8");
    let content = String::from_utf8(content).map_err(wrong)?;
    Ok(content.trim_start_matches('\u{feff}').to_owned())
}

fn too_large(name: &str) -> Failure {
    let hint = format!("{} MiB a file, {} MiB a pack, {FILES} files", FILE >> 20, ALL >> 20);
    Failure::new(format!("`{}` is larger than files of packs are", name.escape_debug()), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const MANIFEST: (&str, &[u8]) = ("pack.toml", b"schema = 1");

    #[test]
    fn names_that_lead_out_are_refused() {
        for name in [
            "../evil.toml",
            "agreements/../../evil.toml",
            "/etc/passwd",
            "C:\\evil.toml",
            "agreements\\x.toml",
            "..\\evil.toml",
            "x:y",
        ] {
            let told = unpacked(&zip(&[MANIFEST, (name, b"x")])).unwrap_err();
            assert!(told.message.contains("leads out of it"), "{name}: {told}");
        }
    }

    #[test]
    fn what_is_no_file_of_a_pack_is_refused() {
        for name in
            ["run.sh", "agreements/x.csv", "other/x.toml", "agreements/deep/x.toml", ".hidden.toml", "parties.TOML"]
        {
            assert!(unpacked(&zip(&[MANIFEST, (name, b"x")])).is_err(), "{name}");
        }
        assert!(unpacked(&zip(&[("parties.toml", b"")])).unwrap_err().message.contains("no pack.toml"));
        assert!(unpacked(b"PK\x03\x04 no zip").is_err());
        assert!(unpacked(&zip(&[MANIFEST, ("parties.toml", b"\xff\xfe")])).is_err());
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let large = vec![b' '; usize::try_from(FILE).unwrap() + 1];
        assert!(unpacked(&zip(&[MANIFEST, ("places.csv", &large)])).unwrap_err().message.contains("larger"));
        let many: Vec<String> = (0..=2 * FILES).map(|i| format!("agreements/a{i}.toml")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|n| (n.as_str(), b"x".as_slice())).collect();
        assert!(unpacked(&zip(&many)).is_err());
    }

    #[test]
    fn a_pack_goes_out_and_comes_in_the_same() {
        let files: Files = [("pack.toml", "schema = 1"), ("agreements/a.toml", "id = \"a\""), ("README.md", "x")]
            .map(|(p, c)| (p.to_owned(), c.to_owned()))
            .into();
        let packed = packed("lake", &files).unwrap();
        assert_eq!(unpacked(&packed).unwrap(), files);
    }

    #[test]
    fn single_files_go_where_they_belong() {
        assert!(sent(vec![("notes.docx".into(), b"x".to_vec())]).is_err());
        let all =
            sent(vec![("../x/places.csv".into(), b"a".to_vec()), ("lake-2031.toml".into(), b"b".to_vec())]).unwrap();
        assert_eq!(Vec::from_iter(all.keys()), ["agreements/lake-2031.toml", "places.csv"]);
    }
}
