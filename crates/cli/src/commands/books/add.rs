//! `trucewatch add` and `reread`: reports in, entries out. What is told as done is on the disk.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use intake::{Format, Language, Original, Received};
use jiff::Timestamp;
use ledger::entry::{DocumentDraft, DocumentRecord, ReadingRecord};
use ledger::{Added, Ledger};
use trucewatch::document::{Document, Meta};

use super::draft;
use crate::args::books;
use crate::documents::Documents;
use crate::failure::{Exit, Failure};
use crate::world::SystemWorld;

/// Documents that are written to the disk together.
const STEP: usize = 64;

/// Reads what was named and keeps it.
pub(super) fn run(args: &books::Add, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let documents = Documents::named(&args.paths, &args.intake)?;
    let mut ledger = Ledger::open_or_make(path)?;
    let world = SystemWorld::open(&args.world)?;
    let known = ledger.document_ids()?;
    let mut keeper = Keeper::new(&mut ledger, args.quiet);
    let exit = documents.each(|received| one(&world, &known, received), |item| keeper.take(item?, out))?;
    keeper.flush(out)?;
    let Keeper { added, known, claims, .. } = keeper;
    let size = ledger.size()?;
    writeln!(out, "{added} added with {claims} claims, {known} there already; the ledger has {size} entries")?;
    Ok(exit)
}

/// A document that was read, or the name of one that is there already.
pub(super) enum Item {
    Read(Box<(DocumentDraft, ReadingRecord)>),
    Known(String),
}

pub(super) fn one(world: &SystemWorld, known: &BTreeSet<String>, received: Received) -> Result<Item, Failure> {
    if known.contains(received.document.id()) {
        return Ok(Item::Known(received.document.name().to_owned()));
    }
    let read = world.read(received)?;
    Ok(Item::Read(Box::new(draft::both(world, &read))))
}

/// What waits to be written, and what was.
pub(super) struct Keeper<'a> {
    ledger: &'a mut Ledger,
    quiet: bool,
    waiting: Vec<(DocumentDraft, ReadingRecord)>,
    /// Originals that came in this run: the entries of one feed or archive share theirs, which is kept once.
    originals: BTreeSet<String>,
    added: usize,
    known: usize,
    claims: usize,
}

impl<'a> Keeper<'a> {
    pub(super) fn new(ledger: &'a mut Ledger, quiet: bool) -> Keeper<'a> {
        Keeper { ledger, quiet, waiting: Vec::new(), originals: BTreeSet::new(), added: 0, known: 0, claims: 0 }
    }

    pub(super) fn take(&mut self, item: Item, out: &mut dyn Write) -> Result<(), Failure> {
        match item {
            Item::Known(name) => self.tell_known(&name, out),
            Item::Read(both) => {
                let mut both = *both;
                let whole = both.0.record.intake.get("original").and_then(|o| o["sha256"].as_str());
                if whole.is_some_and(|hash| !self.originals.insert(hash.to_owned())) {
                    both.0.original = None;
                }
                self.waiting.push(both);
                if self.waiting.len() < STEP { Ok(()) } else { self.flush(out) }
            }
        }
    }

    fn tell_known(&mut self, name: &str, out: &mut dyn Write) -> Result<(), Failure> {
        self.known += 1;
        if !self.quiet {
            writeln!(out, "known  {name}")?;
        }
        Ok(())
    }

    /// Writes what waits to the disk, then tells of it.
    pub(super) fn flush(&mut self, out: &mut dyn Write) -> Result<(), Failure> {
        let waiting = std::mem::take(&mut self.waiting);
        let told: Vec<(String, usize)> = waiting.iter().map(|(d, r)| (d.record.name.clone(), r.claims.len())).collect();
        let done = self.ledger.add(Timestamp::now(), waiting)?;
        for ((name, claims), done) in told.into_iter().zip(done) {
            match done {
                Added::Known(_) => self.tell_known(&name, out)?,
                Added::New(entry) => {
                    self.added += 1;
                    self.claims += claims;
                    if !self.quiet {
                        writeln!(out, "added  {entry}  {name}")?;
                    }
                }
            }
        }
        Ok(out.flush()?)
    }
}

/// Reads documents of the ledger again.
pub(super) fn reread(args: &books::Reread, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut ledger = Ledger::open_to_write(path)?;
    let world = SystemWorld::open(&args.world)?;
    let ids = chosen(args, &ledger, &world)?;
    let mut claims = 0;
    for step in ids.chunks(STEP) {
        let received = step.iter().map(|id| received(&ledger, id)).collect::<Result<Vec<_>, Failure>>()?;
        let mut readings = Vec::new();
        Documents::held(received, args.threads).each(
            |received| world.read(received).map(|read| (read.reading.document.clone(), draft::reading(&world, &read))),
            |reading| {
                readings.push(reading?);
                Ok(())
            },
        )?;
        claims += readings.iter().map(|(_, r)| r.claims.len()).sum::<usize>();
        ledger.add_readings(Timestamp::now(), &readings)?;
    }
    let size = ledger.size()?;
    writeln!(out, "{} read again with {claims} claims; the ledger has {size} entries", ids.len())?;
    Ok(Exit::Done)
}

/// Ids of the documents to read: those that were named, or all that were last read otherwise.
fn chosen(args: &books::Reread, ledger: &Ledger, world: &SystemWorld) -> Result<Vec<String>, Failure> {
    if !args.documents.is_empty() {
        return args.documents.iter().map(|d| Ok(ledger.document_id(d)?)).collect();
    }
    let all = ledger.last_read()?;
    Ok(all.into_iter().filter(|(_, reader)| !world.is_current(reader)).map(|(id, _)| id).collect())
}

/// A document as it was received.
fn received(ledger: &Ledger, id: &str) -> Result<Received, Failure> {
    let moment = ledger.moment(None)?;
    let gone = || Failure::new(format!("document `{id}` was removed by policy"), "`trucewatch history` says why");
    let recalled = ledger.recall(id, moment)?.ok_or_else(gone)?;
    let DocumentRecord { name, outlet, url, title, published, readable, notes, .. } = recalled.record;
    let published = published.and_then(|p| p.parse().ok());
    let text = recalled.source.text;
    let original = Original::new(text.as_bytes(), Format::Text, None);
    let document = Document::new(name, &*text, Meta { published, outlet, url, title });
    let notes = notes.into_iter().map(ledger::stored::Note::give).collect();
    let (language, encoding, format) = (Language::Unclear, "UTF-8", Format::Text);
    Ok(Received { document, id: None, notes, is_english: readable, language, encoding, format, original })
}
