//! `trucewatch add` and `reread`: reports in, entries out. What is told as done is on the disk.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use intake::copies::Sketch;
use intake::{Format, Language, Original, Received};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::entry::{DocumentDraft, DocumentRecord, ReadingRecord};
use ledger::{Added, Ledger};
use trucewatch::document::{Document, Meta};

use super::draft;
use super::origin::Origins;
use crate::args::books;
use crate::documents::Documents;
use crate::failure::{Exit, Failure};
use crate::output::text::flat;
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
    if exit == Exit::Error {
        return Ok(exit);
    }
    let size = ledger.size()?;
    writeln!(out, "{added} added with {claims} claims, {known} there already; the ledger has {size} entries")?;
    Ok(exit)
}

/// A document that was read, or the name of one that is there already.
pub(super) enum Item {
    Read(Box<Fresh>),
    Known(String),
}

/// A document that was read and is not kept yet.
pub(super) struct Fresh {
    document: DocumentDraft,
    reading: ReadingRecord,
    sketch: Sketch,
    /// When it was published, as far as that is known.
    day: Option<Date>,
}

pub(super) fn one(world: &SystemWorld, known: &BTreeSet<String>, received: Received) -> Result<Item, Failure> {
    if known.contains(received.document.id()) {
        return Ok(Item::Known(received.document.name().to_owned()));
    }
    let read = world.read(received)?;
    let (document, reading) = draft::both(world, &read);
    let sketch = Sketch::of(&document.text);
    let day = read.reading.published.and_then(|p| p.first_day());
    Ok(Item::Read(Box::new(Fresh { document, reading, sketch, day })))
}

/// What waits to be written, and what was.
pub(super) struct Keeper<'a> {
    ledger: &'a mut Ledger,
    quiet: bool,
    waiting: Vec<Fresh>,
    origins: Origins,
    /// Originals that came in this run: the entries of one feed or archive share theirs, which is kept once.
    originals: BTreeSet<String>,
    added: usize,
    known: usize,
    claims: usize,
}

impl<'a> Keeper<'a> {
    pub(super) fn new(ledger: &'a mut Ledger, quiet: bool) -> Keeper<'a> {
        let (waiting, origins, originals) = Default::default();
        Keeper { ledger, quiet, waiting, origins, originals, added: 0, known: 0, claims: 0 }
    }

    pub(super) fn take(&mut self, item: Item, out: &mut dyn Write) -> Result<(), Failure> {
        match item {
            Item::Known(name) => self.tell_known(&name, out),
            Item::Read(mut fresh) => {
                let whole = fresh.document.record.intake.get("original").and_then(|o| o["sha256"].as_str());
                if whole.is_some_and(|hash| !self.originals.insert(hash.to_owned())) {
                    fresh.document.original = None;
                }
                self.waiting.push(*fresh);
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
        let now = Timestamp::now();
        let (mut told, mut documents) = (Vec::new(), Vec::new());
        for Fresh { mut document, reading, sketch, day } in std::mem::take(&mut self.waiting) {
            let day = day.unwrap_or_else(|| now.to_zoned(TimeZone::UTC).date());
            let first = self.origins.mark(self.ledger, &mut document.record, sketch, day)?;
            told.push((in_words(&document.record, first), reading.claims.len()));
            documents.push((document, reading));
        }
        let done = self.ledger.add(now, documents)?;
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

/// A document's name, and whose copy it is.
fn in_words(record: &DocumentRecord, first: Option<String>) -> String {
    let name = flat(&record.name);
    match (record.origin(), first) {
        (Some((_, why)), Some(first)) => format!("{name}  (a copy of {}: {why})", flat(&first)),
        _ => name,
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
