//! The outside as the library sees it: the clock, the model, packs and gazetteer from this machine's folders.

mod choose;
mod find;
mod load;
mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use intake::Received;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use syntax::Model;
use trucewatch::document::Document;
use trucewatch::note::{Note, Noted};
use trucewatch::pack::{Knowledge, Pack};
use trucewatch::party::{Names, stand_ins};
use trucewatch::place::{Atlas, Gazetteer};
use trucewatch::{Reading, World};

use crate::args;
use crate::failure::Failure;
use choose::Chooser;
pub(crate) use load::{Shelved, at_hand, pack_in};

/// What this machine knows: the model, and the packs that may be used.
pub(crate) struct SystemWorld {
    today: Date,
    model: Model,
    packs: Vec<Pack>,
    chooser: Option<Chooser>,
    atlas: Option<PathBuf>,
    folder: PathBuf,
    tools: OnceLock<reader::Tools>,
    lores: Mutex<BTreeMap<Vec<usize>, Arc<Lore>>>,
}

/// Some of the packs, merged and indexed.
pub(crate) struct Lore {
    pub(crate) knowledge: Knowledge,
    names: Names,
    gazetteer: Gazetteer,
}

/// The world as one document sees it.
struct View<'a> {
    system: &'a SystemWorld,
    lore: &'a Lore,
}

/// A document with what was read in it and the packs that it was read with.
pub(crate) struct Read {
    pub(crate) received: Received,
    pub(crate) reading: Reading,
    pub(crate) notes: Vec<Note>,
    pub(crate) lore: Arc<Lore>,
}

impl SystemWorld {
    /// Loads the model and the packs that were named, or all at hand.
    pub(crate) fn open(args: &args::World) -> Result<SystemWorld, Failure> {
        let folder = find::model(args.model.as_deref())?;
        let load = || Model::load(&folder).map_err(|e| Failure::new(e.to_string(), find::FETCH_MODEL));
        let (model, packs) = rayon::join(load, || load::packs(args));
        let (packs, mut model) = (packs?, model?);
        model.stand_in(stand_ins(&packs));
        Ok(SystemWorld {
            today: args.today.unwrap_or_else(today),
            model,
            chooser: args.packs.is_empty().then(|| Chooser::new(&packs)),
            packs,
            atlas: find::gazetteer(args.gazetteer.as_deref(), &folder)?,
            folder,
            tools: OnceLock::new(),
            lores: Mutex::default(),
        })
    }

    /// Reads a document with the packs that its names call for. What is not English is not read.
    pub(crate) fn read(&self, received: Received) -> Result<Read, Failure> {
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
    pub(crate) fn union<'a>(&self, documents: impl Iterator<Item = &'a Document>) -> Result<Arc<Lore>, Failure> {
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
        let atlas = self.atlas.as_deref().map(atlas_in).transpose()?;
        let lore = Arc::new(Lore::new(Knowledge::new(chosen), atlas));
        lores.insert(packs.to_vec(), Arc::clone(&lore));
        Ok(lore)
    }

    /// The English model.
    pub(crate) fn model(&self) -> &Model {
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

/// The packs that were named or, where none was, those of some ids: all that a brief of stored claims needs.
pub(crate) fn knowledge(args: &args::World, ids: &BTreeSet<&str>) -> Result<Knowledge, Failure> {
    let all = load::packs(args)?;
    let named = !args.packs.is_empty();
    Ok(Knowledge::new(all.into_iter().filter(|p| named || ids.contains(p.manifest.id.as_str())).collect()))
}

/// The packs that were named or, where none was, all at hand.
pub(crate) fn all(args: &args::World) -> Result<Knowledge, Failure> {
    Ok(Knowledge::new(load::packs(args)?))
}

/// The packs that were named or, where none was, those that some texts call for: all that judging ready claims needs.
pub(crate) fn called_for<'a>(args: &args::World, texts: impl Iterator<Item = &'a str>) -> Result<Knowledge, Failure> {
    let all = load::packs(args)?;
    if !args.packs.is_empty() {
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
    let bytes = fs::read(path).map_err(|e| wrong(e.to_string()))?;
    Atlas::from_bytes(bytes).map_err(|e| wrong(e.to_string()))
}
