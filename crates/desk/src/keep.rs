//! Reading a document and laying it into the ledger. What is told as kept is on the disk.

mod draft;
mod origin;

use std::collections::BTreeSet;

use intake::copies::Sketch;
use intake::{Format, Language, Original, Received};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::entry::{DocumentDraft, DocumentRecord, ReadingRecord};
use ledger::{Added, Ledger};
use trucewatch::document::{Document, Meta};

use crate::failure::Failure;
use crate::world::{Read, SystemWorld};
pub use draft::reading;
use origin::Origins;

/// Documents that are written to the disk together.
pub const STEP: usize = 64;

/// A document that was read, or the name of one that is there already.
pub enum Item {
    /// It was read.
    Read(Box<Fresh>),
    /// The ledger has a document of this text.
    Known(String),
}

/// A document that was read and is not kept yet.
pub struct Fresh {
    document: DocumentDraft,
    reading: ReadingRecord,
    sketch: Sketch,
    /// When it was published, as far as that is known.
    day: Option<Date>,
}

impl Fresh {
    /// What is to be kept of a document that was read.
    #[must_use]
    pub fn of(world: &SystemWorld, read: &Read) -> Fresh {
        let (document, reading) = draft::both(world, read);
        let sketch = Sketch::of(&document.text);
        let day = read.reading.published.and_then(|p| p.first_day());
        Fresh { document, reading, sketch, day }
    }

    /// Notes in its record who brought it.
    pub fn brought_by(&mut self, name: &str) {
        self.document.record.intake.insert("by".to_owned(), name.into());
    }
}

/// Reads a document, unless the ledger has it already.
///
/// # Errors
/// As for [`SystemWorld::read`].
pub fn one(world: &SystemWorld, known: &BTreeSet<String>, received: Received) -> Result<Item, Failure> {
    if known.contains(received.document.id()) {
        return Ok(Item::Known(received.document.name().to_owned()));
    }
    let read = world.read(received)?;
    Ok(Item::Read(Box::new(Fresh::of(world, &read))))
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// Its name.
    pub name: String,
    /// Its entry; none where a document of its text is there already.
    pub entry: Option<u64>,
    /// Its id; none where it was not read because it is there already.
    pub document: Option<String>,
    /// Name of the first document that it is a copy of, and what shows it.
    pub copy_of: Option<(String, String)>,
}

/// Lays documents into a ledger, some at a time.
pub struct Keeper<'a> {
    ledger: &'a mut Ledger,
    waiting: Vec<Fresh>,
    origins: Origins,
    /// Originals that came in this run: the entries of one feed or archive share theirs, which is kept once.
    originals: BTreeSet<String>,
    /// Documents that were added.
    pub added: usize,
    /// Documents that were there already.
    pub known: usize,
    /// Claims of those that were added.
    pub claims: usize,
}

impl<'a> Keeper<'a> {
    /// Nothing is laid yet.
    pub fn new(ledger: &'a mut Ledger) -> Keeper<'a> {
        let (waiting, origins, originals) = Default::default();
        Keeper { ledger, waiting, origins, originals, added: 0, known: 0, claims: 0 }
    }

    /// Takes a document; tells what was written by that.
    ///
    /// # Errors
    /// Where the ledger cannot be written to.
    pub fn take(&mut self, item: Item) -> Result<Vec<Laid>, Failure> {
        match item {
            Item::Known(name) => {
                self.known += 1;
                Ok(vec![Laid { name, entry: None, document: None, copy_of: None }])
            }
            Item::Read(mut fresh) => {
                let whole = fresh.document.record.intake.get("original").and_then(|o| o["sha256"].as_str());
                if whole.is_some_and(|hash| !self.originals.insert(hash.to_owned())) {
                    fresh.document.original = None;
                }
                self.waiting.push(*fresh);
                if self.waiting.len() < STEP { Ok(Vec::new()) } else { self.flush() }
            }
        }
    }

    /// Writes what waits to the disk, and tells of it.
    ///
    /// # Errors
    /// Where the ledger cannot be written to; then none of what waited is kept.
    pub fn flush(&mut self) -> Result<Vec<Laid>, Failure> {
        let now = Timestamp::now();
        let (mut told, mut documents) = (Vec::new(), Vec::new());
        for Fresh { mut document, reading, sketch, day } in std::mem::take(&mut self.waiting) {
            let day = day.unwrap_or_else(|| now.to_zoned(TimeZone::UTC).date());
            let first = self.origins.mark(self.ledger, &mut document.record, sketch, day)?;
            told.push((laid(&document.record, first), reading.claims.len()));
            documents.push((document, reading));
        }
        let done = self.ledger.add(now, documents)?;
        let mut all = Vec::new();
        for ((mut laid, claims), done) in told.into_iter().zip(done) {
            match done {
                Added::Known(_) => self.known += 1,
                Added::New(entry) => {
                    self.added += 1;
                    self.claims += claims;
                    laid.entry = Some(entry);
                }
            }
            all.push(laid);
        }
        Ok(all)
    }
}

fn laid(record: &DocumentRecord, first: Option<String>) -> Laid {
    let copy_of = record.origin().and_then(|(_, why)| Some((first?, why.to_owned())));
    Laid { name: record.name.clone(), entry: None, document: Some(record.id.clone()), copy_of }
}

/// A document of the ledger as it was received.
///
/// # Errors
/// Where it is not there, or was removed by policy.
pub fn received(ledger: &Ledger, id: &str) -> Result<Received, Failure> {
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
