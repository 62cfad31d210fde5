//! Packs from folders.

use std::io;
use std::path::{Path, PathBuf};

use trucewatch::pack::{Pack, PackError, PackFile};

use super::{WorldOptions, find, inside};
use crate::failure::Failure;
use crate::packs::OwnPacks;

/// A pack and the folder that it was read from.
#[derive(Debug)]
pub struct Shelved {
    /// The folder.
    pub folder: PathBuf,
    /// The pack.
    pub pack: Pack,
}

/// The packs that were named with those that every reading uses; where none was named, all at hand.
pub(super) fn packs(options: &WorldOptions) -> Result<Vec<Pack>, Failure> {
    let all = at_hand(options)?;
    if options.packs.is_empty() {
        return Ok(all.into_iter().map(|s| s.pack).collect());
    }
    let mut used: Vec<Pack> = all.iter().filter(|s| s.pack.manifest.always).map(|s| s.pack.clone()).collect();
    for name in &options.packs {
        let pack = named(name, &all)?;
        if used.iter().all(|p| p.manifest.id != pack.manifest.id) {
            used.push(pack);
        }
    }
    Ok(used)
}

fn named(name: &str, all: &[Shelved]) -> Result<Pack, Failure> {
    if let Some(known) = all.iter().find(|s| s.pack.manifest.id == name) {
        return Ok(known.pack.clone());
    }
    if Path::new(name).is_dir() {
        return pack_in(Path::new(name));
    }
    let ids: Vec<&str> = all.iter().map(|s| s.pack.manifest.id.as_str()).collect();
    let hint = match ids.as_slice() {
        [] => "no pack is at hand; name the folder that holds them with --packs-dir".to_owned(),
        ids => format!("at hand are {}; another pack is named by its folder", ids.join(", ")),
    };
    Err(Failure::new(format!("there is no pack `{name}`"), hint))
}

/// All packs at hand, by id; of two with one id, the one in the folder that is looked in first.
///
/// # Errors
/// Where the folder that was named is not there, own packs cannot be found, or a pack is not in order.
pub fn at_hand(options: &WorldOptions) -> Result<Vec<Shelved>, Failure> {
    let mut all: Vec<Shelved> = Vec::new();
    let named = options.packs_dir.as_deref();
    let own = options.own.as_deref().map(|folder| OwnPacks::at(folder).place()).transpose()?.flatten();
    if let Some(missing) = named.filter(|p| !p.is_dir()) {
        let message = format!("{}: there is no such folder of packs", missing.display());
        return Err(Failure::new(message, "give the folder that holds the packs' folders"));
    }
    for folder in own.into_iter().chain(find::packs(named)).flat_map(|place| folders(&place)) {
        let id = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if all.iter().all(|s| s.pack.manifest.id != id) {
            all.push(Shelved { pack: pack_in(&folder)?, folder });
        }
    }
    all.sort_by(|a, b| a.pack.manifest.id.cmp(&b.pack.manifest.id));
    Ok(all)
}

/// The packs' folders in a folder of packs.
fn folders(place: &Path) -> Vec<PathBuf> {
    let entries = inside::entries(place).unwrap_or_default().into_iter();
    entries.filter(|p| inside::is_file(&p.join("pack.toml"))).collect()
}

/// The pack in a folder.
///
/// # Errors
/// Where it cannot be read, or is not in order.
pub fn pack_in(folder: &Path) -> Result<Pack, Failure> {
    let files = files(folder).map_err(|e| {
        Failure::new(format!("{}: cannot be read: {e}", folder.display()), "a pack is a folder with a pack.toml in it")
    })?;
    let pack = Pack::read(&files).map_err(|e| Failure::pack(folder, e))?;
    let id = &pack.manifest.id;
    if folder.canonicalize().ok().as_deref().and_then(Path::file_name).is_some_and(|name| name != id.as_str()) {
        let error = PackError {
            file: "pack.toml".to_owned(),
            line: None,
            message: format!("the id `{id}` is not the name of the folder"),
            hint: "give the folder and the pack one name".to_owned(),
        };
        return Err(Failure::pack(folder, error));
    }
    Ok(pack)
}

/// Files of a pack that no reading uses and people hand to commands, in a folder of it such as `missions`; none where there
/// is no such folder.
///
/// # Errors
/// Where a file is there and cannot be read.
pub fn handed(pack: &Path, folder: &str) -> io::Result<Vec<PackFile>> {
    let path = pack.join(folder);
    if !inside::is_dir(&path) {
        return Ok(Vec::new());
    }
    let tables = inside::entries(&path)?.into_iter().filter(|p| p.extension().is_some_and(|e| e == "toml"));
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(PackFile { path: format!("{folder}/{name}"), content: inside::text(&path)? })
    };
    let mut files = tables.map(read).collect::<io::Result<Vec<PackFile>>>()?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The files of a pack that are read, by path.
///
/// # Errors
/// Where one is there and cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<PackFile>> {
    let mut files = Vec::new();
    for (folder, prefix) in [(folder.to_path_buf(), ""), (folder.join("agreements"), "agreements/")] {
        if !inside::is_dir(&folder) && !prefix.is_empty() {
            continue;
        }
        for path in inside::entries(&folder)? {
            let is_read = path.extension().is_some_and(|e| e == "toml" || e == "csv" || e == "geojson");
            if inside::is_file(&path) && is_read {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                files.push(PackFile { path: format!("{prefix}{name}"), content: inside::text(&path)? });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
