//! The outside as the library sees it: the clock, the model, packs and gazetteer from this machine's folders.

mod choose;
mod find;
mod inside;
mod load;
mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use intake::Received;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::entry::PackUsed;
use syntax::Model;
use trucewatch::document::Document;
use trucewatch::note::{Note, Noted};
use trucewatch::pack::{Knowledge, Pack};
use trucewatch::party::Names;
use trucewatch::place::{Atlas, Gazetteer};
use trucewatch::{Reading, World, prepare};

use crate::failure::Failure;
use crate::packs::OwnPacks;
pub(crate) use choose::Chooser;
pub use load::{Shelved, at_hand, files, handed, pack_in};
pub(crate) use reader::used;

/// What is known beyond the reports, and where it lies.
#[derive(Debug, Clone, Default)]
pub struct WorldOptions {
    /// Packs to use, by name or folder; those that a document's names call for where none is named.
    pub packs: Vec<String>,
    /// Folder of packs, looked in first.
    pub packs_dir: Option<PathBuf>,
    /// Own packs beside a ledger ([`crate::packs::OwnPacks`]), looked in before all others.
    pub own: Option<PathBuf>,
    /// Folder of the English model.
    pub model: Option<PathBuf>,
    /// File of the world gazetteer, or `none`.
    pub gazetteer: Option<PathBuf>,
    /// Read as if on this day; it bounds what undated reports can mean.
    pub today: Option<Date>,
}

impl WorldOptions {
    /// With the own packs that lie beside a ledger.
    #[must_use]
    pub fn over(self, ledger: &Path) -> WorldOptions {
        let own = self.own.unwrap_or_else(|| OwnPacks::of(ledger).folder().to_path_buf());
        WorldOptions { own: Some(own), ..self }
    }
}

/// What this machine knows: the model, and the packs that may be used.
pub struct SystemWorld {
    today: Date,
    model: Model,
    packs: Vec<Pack>,
    chooser: Option<Chooser>,
    atlas: Option<PathBuf>,
    /// The gazetteer once it was read; all lores share its bytes.
    read_atlas: OnceLock<Option<Atlas>>,
    folder: PathBuf,
    tools: OnceLock<reader::Tools>,
    lores: Mutex<BTreeMap<Vec<usize>, Arc<Lore>>>,
}

/// Some of the packs, merged and indexed.
pub struct Lore {
    /// The packs, merged.
    pub knowledge: Knowledge,
    names: Names,
    gazetteer: Gazetteer,
}

/// The world as one document sees it.
struct View<'a> {
    system: &'a SystemWorld,
    lore: &'a Lore,
}

/// A document with what was read in it and the packs that it was read with.
pub struct Read {
    /// As it came in.
    pub received: Received,
    /// What was read.
    pub reading: Reading,
    /// Doubts, those of the way in first.
    pub notes: Vec<Note>,
    /// The packs that it was read with.
    pub lore: Arc<Lore>,
}

impl SystemWorld {
    /// Loads the model and the packs that were named, or all at hand.
    ///
    /// # Errors
    /// Where the model, a pack or the gazetteer is not there or not in order.
    pub fn open(options: &WorldOptions) -> Result<SystemWorld, Failure> {
        let folder = find::model(options.model.as_deref())?;
        let open = |path: &Path| inside::open(path).map(|bytes| Box::new(bytes) as syntax::Opened);
        let load = || Model::load_with(&folder, &open).map_err(|e| Failure::new(e.to_string(), find::FETCH_MODEL));
        let (model, packs) = rayon::join(load, || load::packs(options));
        let (packs, mut model) = (packs?, model?);
        prepare(&mut model, &packs);
        Ok(SystemWorld {
            today: options.today.unwrap_or_else(today),
            model,
            chooser: options.packs.is_empty().then(|| Chooser::new(&packs)),
            packs,
            atlas: find::gazetteer(options.gazetteer.as_deref(), &folder)?,
            read_atlas: OnceLock::new(),
            folder,
            tools: OnceLock::new(),
            lores: Mutex::default(),
        })
    }

    /// Reads a document with the packs that its names call for. What is not English is not read.
    ///
    /// # Errors
    /// Where the gazetteer cannot be read.
    pub fn read(&self, received: Received) -> Result<Read, Failure> {
        let lore = self.lore(&self.chosen(&received.document))?;
        let Noted { value: reading, notes } = self.reading(&received, &lore);
        let notes = received.notes.iter().cloned().chain(notes).collect();
        Ok(Read { received, reading, notes, lore })
    }

    fn reading(&self, received: &Received, lore: &Lore) -> Noted<Reading> {
        let view = View { system: self, lore };
        if received.is_english {
            return trucewatch::read(&received.document, &view);
        }
        let document = &received.document;
        let unread = Document::new(document.name(), "", document.meta().clone());
        let mut reading = trucewatch::read(&unread, &view).value;
        reading.document = document.id().to_owned();
        reading.text = document.text().into();
        Noted { value: reading, notes: Vec::new() }
    }

    /// Everything that any of some documents was read with.
    ///
    /// # Errors
    /// As for [`SystemWorld::read`].
    pub fn union<'a>(&self, documents: impl Iterator<Item = &'a Document>) -> Result<Arc<Lore>, Failure> {
        let all: BTreeSet<usize> = documents.flat_map(|d| self.chosen(d)).collect();
        self.lore(&Vec::from_iter(all))
    }

    /// Indices of the packs to read a document with.
    fn chosen(&self, document: &Document) -> Vec<usize> {
        match &self.chooser {
            Some(chooser) => chooser.choose(document.text()),
            None => (0..self.packs.len()).collect(),
        }
    }

    fn lore(&self, packs: &[usize]) -> Result<Arc<Lore>, Failure> {
        let mut lores = self.lores.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lore) = lores.get(packs) {
            return Ok(Arc::clone(lore));
        }
        let chosen = packs.iter().filter_map(|&i| self.packs.get(i).cloned()).collect();
        let lore = Arc::new(Lore::new(Knowledge::new(chosen), self.atlas()?));
        lores.insert(packs.to_vec(), Arc::clone(&lore));
        Ok(lore)
    }

    fn atlas(&self) -> Result<Option<Atlas>, Failure> {
        if let Some(read) = self.read_atlas.get() {
            return Ok(read.clone());
        }
        let read = self.atlas.as_deref().map(atlas_in).transpose()?;
        Ok(self.read_atlas.get_or_init(|| read).clone())
    }

    /// The packs that a text calls for, as a reading names them.
    #[must_use]
    pub fn packs_for(&self, text: &str) -> Vec<PackUsed> {
        let chosen = self.chooser.as_ref().map(|c| c.choose(text));
        let all = || (0..self.packs.len()).collect();
        let packs = chosen.unwrap_or_else(all).into_iter().filter_map(|i| self.packs.get(i));
        packs.map(reader::named).collect()
    }

    /// The pack of an id.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|p| p.manifest.id == id)
    }

    /// The English model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }
}

impl Lore {
    fn new(knowledge: Knowledge, atlas: Option<Atlas>) -> Lore {
        let names = Names::new(&knowledge);
        let gazetteer = Gazetteer::new(&knowledge, atlas);
        Lore { knowledge, names, gazetteer }
    }
}

impl World for View<'_> {
    fn today(&self) -> Date {
        self.system.today
    }

    fn model(&self) -> &Model {
        &self.system.model
    }

    fn knowledge(&self) -> &Knowledge {
        &self.lore.knowledge
    }

    fn names(&self) -> &Names {
        &self.lore.names
    }

    fn gazetteer(&self) -> &Gazetteer {
        &self.lore.gazetteer
    }
}

/// The packs that were named or, where none was, those of some ids and those that every reading uses: all that a brief
/// of stored claims needs.
///
/// # Errors
/// Where a pack is not there, or not in order.
pub fn knowledge(options: &WorldOptions, ids: &BTreeSet<&str>) -> Result<Knowledge, Failure> {
    let all = load::packs(options)?;
    let named = !options.packs.is_empty();
    Ok(Knowledge::new(
        all.into_iter().filter(|p| named || p.manifest.always || ids.contains(p.manifest.id.as_str())).collect(),
    ))
}

/// The packs that were named or, where none was, all at hand.
///
/// # Errors
/// Where a pack is not there, or not in order.
pub fn all(options: &WorldOptions) -> Result<Knowledge, Failure> {
    Ok(Knowledge::new(load::packs(options)?))
}

/// The packs that were named or, where none was, those that some texts call for: all that judging ready claims needs.
///
/// # Errors
/// Where a pack is not there, or not in order.
pub fn called_for<'a>(options: &WorldOptions, texts: impl Iterator<Item = &'a str>) -> Result<Knowledge, Failure> {
    let all = load::packs(options)?;
    if !options.packs.is_empty() {
        return Ok(Knowledge::new(all));
    }
    let chooser = Chooser::new(&all);
    let called: BTreeSet<usize> = texts.flat_map(|text| chooser.choose(text)).collect();
    Ok(Knowledge::new(called.into_iter().filter_map(|i| all.get(i).cloned()).collect()))
}

/// The day by the clock, in universal time so that two machines agree.
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

fn atlas_in(path: &Path) -> Result<Atlas, Failure> {
    let wrong = |e: String| Failure::new(format!("{}: {e}", path.display()), find::FETCH_GAZETTEER);
    let bytes = inside::open(path).map_err(|e| wrong(e.to_string()))?;
    Atlas::from_bytes(bytes).map_err(|e| wrong(e.to_string()))
}
