//! With what documents are read, by hashes: so that a reading says how it came about.

use std::path::{Path, PathBuf};

use ledger::entry::{PackUsed, Reader};
use sha2::{Digest, Sha256};

use trucewatch::pack::{Knowledge, Pack};

use super::{Lore, SystemWorld, inside};

/// The model's and the gazetteer's hashes.
#[derive(Debug, Default)]
pub(super) struct Tools {
    model: String,
    gazetteer: Option<String>,
}

impl Tools {
    /// Hashes the files of a model, and the gazetteer.
    pub(super) fn of(model: &Path, gazetteer: Option<&Path>) -> Tools {
        let mut files = Vec::new();
        walk(model, &mut files);
        files.sort();
        let mut all = Sha256::new();
        for file in &files {
            let name = file.strip_prefix(model).unwrap_or(file).to_string_lossy().replace('\\', "/");
            all.update(format!("{}  {name}\n", hash(file)));
        }
        Tools { model: hex(&all.finalize()), gazetteer: gazetteer.map(hash) }
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in inside::entries(folder).unwrap_or_default() {
        if inside::is_dir(&path) { walk(&path, files) } else { files.push(path) }
    }
}

fn hash(file: &Path) -> String {
    inside::open(file).map_or_else(|_| hex(&Sha256::digest([])), |bytes| hex(&Sha256::digest(&*bytes)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

impl SystemWorld {
    /// With what a document of some lore is read.
    #[must_use]
    pub fn reader(&self, lore: &Lore) -> Reader {
        let tools = self.tools.get_or_init(|| Tools::of(&self.folder, self.atlas.as_deref()));
        Reader { packs: used(&lore.knowledge), ..reader(tools) }
    }

    /// Whether a document that was read so would be read the same now, as far as can be told without reading it.
    #[must_use]
    pub fn is_current(&self, then: &Reader) -> bool {
        let tools = self.tools.get_or_init(|| Tools::of(&self.folder, self.atlas.as_deref()));
        let known = |p: &PackUsed| self.packs.iter().any(|k| k.fingerprint == p.fingerprint);
        Reader { packs: then.packs.clone(), ..reader(tools) } == *then && then.packs.iter().all(known)
    }
}

fn reader(tools: &Tools) -> Reader {
    Reader {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: tools.model.clone(),
        packs: Vec::new(),
        gazetteer: tools.gazetteer.clone(),
    }
}

/// A pack, as a reading names it.
pub(super) fn named(p: &Pack) -> PackUsed {
    PackUsed { id: p.manifest.id.clone(), version: p.manifest.version.clone(), fingerprint: p.fingerprint.clone() }
}

/// The packs of some knowledge, as a reading names them.
pub(crate) fn used(knowledge: &Knowledge) -> Vec<PackUsed> {
    knowledge.packs().iter().map(named).collect()
}
