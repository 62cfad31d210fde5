//! Reading back: documents with what holds for them, single claims, and everything that matters to some days.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::OptionalExtension;
use trucewatch::claim::Claim;
use trucewatch::document::Span;
use trucewatch::incident::{Copied, Ruling, Source};
use trucewatch::note::Note;
use trucewatch::when::Interval;

use crate::as_of::Moment;
use crate::decision::{Conflict, Decided, Settled, settle};
use crate::entry::{DocumentRecord, PackUsed, Reader, ReadingRecord};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;

/// Days round a period whose reports are laid beside it, so that claims of one happening meet.
const ROUND: i32 = 3;

/// Days from which on a claim's date is that of a background, which says nothing of single days.
const BACKGROUND: i32 = 15;

/// A document with what was read in it, as it stood at a moment.
#[derive(Debug, Clone)]
pub struct Recalled {
    /// Its entry.
    pub entry: u64,
    /// The entry of its reading.
    pub reading: u64,
    /// What is known of it.
    pub record: DocumentRecord,
    /// With what it was read.
    pub reader: Reader,
    /// How its day is known.
    pub dated_by: Option<String>,
    /// The document as later stages need it.
    pub source: Source,
    /// Its claims as they were read, without decisions.
    pub claims: Vec<Claim>,
}

/// A document's text, and the first of those that it is a copy of: itself, where it is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// Id and name of the first document with this text.
    pub origin: (String, String),
    /// Its text.
    pub text: String,
}

/// Documents that were recalled, by the entries of their readings, so that what lies on the table again need not be read
/// from the ledger again.
#[derive(Debug, Clone, Default)]
pub struct Memory(BTreeMap<u64, Arc<Recalled>>);

/// What lies on the table for some days: documents, claims as people decided them, and what to tell of it.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Documents, by id.
    pub sources: Vec<Source>,
    /// Claims with corrections, without those that were rejected.
    pub settled: Settled,
    /// Every pack that one of the documents was read with.
    pub packs: BTreeSet<PackUsed>,
}

impl Table {
    /// Which claims tell of one incident and which do not, by decision.
    #[must_use]
    pub fn rulings(&self) -> &[Ruling] {
        &self.settled.rulings
    }

    /// The claims.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.settled.claims
    }
}

impl Ledger {
    /// Everything that matters to some days, as it stood at a moment: the reports of these days and of those round
    /// them, later or earlier reports whose claims are of these days, and undated reports that were read on them.
    ///
    /// # Errors
    /// Where the database cannot be read or an entry is damaged.
    pub fn table(&self, from: Date, to: Date, moment: Moment) -> Result<Table> {
        self.table_of(from, to, moment, None)
    }

    /// Everything, as it stood at a moment.
    ///
    /// # Errors
    /// As for [`Ledger::table`].
    pub fn whole_table(&self, moment: Moment) -> Result<Table> {
        self.whole_table_of(moment, None)
    }

    /// What [`Ledger::table`] gives of some days, or [`Ledger::whole_table`] of none. What `memory` holds is not read
    /// again; it then holds what lies on this table.
    ///
    /// # Errors
    /// As for [`Ledger::table`].
    pub fn table_again(&self, days: Option<(Date, Date)>, moment: Moment, memory: &mut Memory) -> Result<Table> {
        match days {
            Some((from, to)) => self.table_of(from, to, moment, Some(memory)),
            None => self.whole_table_of(moment, Some(memory)),
        }
    }

    fn table_of(&self, from: Date, to: Date, moment: Moment, memory: Option<&mut Memory>) -> Result<Table> {
        let ids = self.documents_of(from, to, moment)?;
        let mut table = self.lay(&ids, moment, memory)?;
        let days = Interval::days(from, to);
        let near = Near::round(from, to, &table.sources);
        table.settled.claims.retain(|claim| near.holds(claim));
        let told: BTreeSet<&str> = table.settled.claims.iter().map(|c| c.document.as_str()).collect();
        let is_of_period = |s: &Source| s.published.is_none_or(|p| p.meets(days));
        table.sources.retain(|s| is_of_period(s) || told.contains(s.id.as_str()));
        for source in &mut table.sources {
            if !is_of_period(source) {
                source.notes.clear();
            }
            source.notes.extend(conflicts_on(&table.settled.conflicts, &source.id));
        }
        Ok(table)
    }

    fn whole_table_of(&self, moment: Moment, memory: Option<&mut Memory>) -> Result<Table> {
        let query = "SELECT document FROM reading WHERE entry < ?1 AND coalesce(until, ?1) >= ?1";
        let ids: BTreeSet<String> = self.rows(query, [moment.0], |r| r.get(0))?.into_iter().collect();
        let mut table = self.lay(&ids, moment, memory)?;
        for source in &mut table.sources {
            source.notes.extend(conflicts_on(&table.settled.conflicts, &source.id));
        }
        Ok(table)
    }

    /// Some documents and their claims, with the decisions of then.
    fn lay(&self, ids: &BTreeSet<String>, moment: Moment, mut memory: Option<&mut Memory>) -> Result<Table> {
        let (mut table, mut claims) = (Table::default(), Vec::new());
        let mut known = memory.as_mut().map(|m| std::mem::take(&mut m.0)).unwrap_or_default();
        for id in ids {
            let Some((entry, reading)) = self.reading_of(id, moment)? else { continue };
            let recalled = match known.remove(&reading) {
                Some(known) => Some(known),
                None => self.recalled(entry, reading)?.map(Arc::new),
            };
            let Some(recalled) = recalled else { continue };
            if let Some(memory) = memory.as_mut() {
                memory.0.insert(reading, Arc::clone(&recalled));
            }
            let Recalled { reader, source, claims: own, .. } = Arc::unwrap_or_clone(recalled);
            table.packs.extend(reader.packs);
            claims.extend(own);
            table.sources.push(source);
        }
        table.settled = settle(claims, &self.decisions_on(ids, moment)?);
        Ok(table)
    }

    /// Ids of the documents that matter to some days.
    fn documents_of(&self, from: Date, to: Date, moment: Moment) -> Result<BTreeSet<String>> {
        let day = |d: Date, days: i32| d.checked_add(days.days()).unwrap_or(d).to_string();
        let (early, late) = (day(from, -ROUND), day(to, ROUND));
        let (since, from, to) = (day(from, -BACKGROUND), from.to_string(), to.to_string());
        let published = "SELECT document FROM reading WHERE first_day BETWEEN ?1 AND ?2 AND last_day <= ?3
             AND last_day >= ?1 AND entry < ?4 AND coalesce(until, ?4) >= ?4";
        let longest = day(late.parse().unwrap_or_default(), BACKGROUND);
        let mut ids: BTreeSet<String> =
            self.rows(published, (&early, &late, longest, moment.0), |r| r.get(0))?.into_iter().collect();
        let told = "SELECT DISTINCT document FROM claim WHERE first_day BETWEEN ?1 AND ?3 AND last_day >= ?2
             AND last_day < date(first_day, ?4) AND reading < ?5";
        let length = format!("+{BACKGROUND} days");
        ids.extend(self.rows(told, (&since, &from, &to, length, moment.0), |r| r.get::<_, String>(0))?);
        let undated = "SELECT r.document FROM reading r JOIN entry e ON e.number = r.entry
             WHERE r.first_day = '' AND e.at >= ?1 AND e.at < ?2 AND r.entry < ?3 AND coalesce(r.until, ?3) >= ?3";
        let next = day(to.parse().unwrap_or_default(), 1);
        ids.extend(self.rows(undated, (&from, &next, moment.0), |r| r.get::<_, String>(0))?);
        let decided = "SELECT about FROM decided WHERE first_day <= ?2 AND last_day >= ?1 AND entry < ?3";
        ids.extend(self.rows(decided, (&from, &to, moment.0), |r| r.get::<_, String>(0))?);
        Ok(ids)
    }

    /// Decisions on some documents or on sources, in their order.
    pub(crate) fn decisions_on(&self, documents: &BTreeSet<String>, moment: Moment) -> Result<Vec<Decided>> {
        let all = "EXISTS (SELECT 1 FROM decided a WHERE a.entry = d.entry
                   AND a.about IN (SELECT value FROM json_each(?1))) OR d.act = 'grade-source'";
        let ids = serde_json::to_string(documents).unwrap_or_default();
        self.decisions_where(all, [ids], moment)
    }

    /// A document as it stood at a moment; none where it was not there, or was removed.
    ///
    /// # Errors
    /// Where the database cannot be read or an entry is damaged.
    pub fn recall(&self, document: &str, moment: Moment) -> Result<Option<Recalled>> {
        self.reading_of(document, moment)?.map_or(Ok(None), |(entry, reading)| self.recalled(entry, reading))
    }

    /// The entries of a document and of its reading at a moment; none where it was not there, or was removed.
    fn reading_of(&self, document: &str, moment: Moment) -> Result<Option<(u64, u64)>> {
        let query = "SELECT d.entry, r.entry FROM document d JOIN reading r ON r.document = d.id
             WHERE d.id = ?1 AND r.entry < ?2 AND coalesce(r.until, ?2) >= ?2
             AND NOT EXISTS (SELECT 1 FROM removed x WHERE x.entry = d.entry)";
        let mut find = self.connection.prepare_cached(query)?;
        Ok(find.query_row((document, moment.0), |r| Ok((r.get(0)?, r.get(1)?))).optional()?)
    }

    fn recalled(&self, entry: u64, reading: u64) -> Result<Option<Recalled>> {
        let parts = [self.part(entry, "record")?, self.part(entry, "text")?, self.part(reading, "record")?];
        let [Some(record), Some(text), Some(read)] = parts else { return Ok(None) };
        let form = |number| move |e: serde_json::Error| LedgerError::damaged(number, format!("its record: {e}"));
        let record: DocumentRecord = serde_json::from_slice(&record).map_err(form(entry))?;
        let read: ReadingRecord = serde_json::from_slice(&read).map_err(form(reading))?;
        let text = String::from_utf8(text).map_err(|_| LedgerError::damaged(entry, "its text is no UTF-8"))?;
        let ReadingRecord { reader, published, dated_by, sentences, notes, claims } = read;
        let source = Source {
            id: record.id.clone(),
            name: record.name.clone(),
            outlet: record.outlet.clone(),
            published: published.as_deref().and_then(|p| p.parse().ok()),
            text: text.into(),
            sentences: sentences.into_iter().map(|[start, end]| Span::new(start, end)).collect(),
            notes: notes.into_iter().map(crate::stored::Note::give).collect(),
            copy_of: record.origin().map(|(first, why)| Copied { first: first.to_owned(), reason: why.to_owned() }),
        };
        let claims = claims.into_iter().filter_map(|c| c.give(&record.id)).collect();
        Ok(Some(Recalled { entry, reading, record, reader, dated_by, source, claims }))
    }

    /// The texts of a day, among which copies are looked for: those published on it and undated ones that came in on it.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn texts_of(&self, day: Date) -> Result<Vec<Kept>> {
        let query = "SELECT d.id, o.id, o.name, p.content FROM document d JOIN document o ON o.id = d.origin
             JOIN part p ON p.entry = d.entry AND p.name = 'text' WHERE d.id IN (SELECT document FROM reading WHERE first_day = ?1 AND until IS NULL
             UNION SELECT r.document FROM reading r JOIN entry e ON e.number = r.entry
             WHERE r.first_day = '' AND r.until IS NULL AND e.at >= ?1 AND e.at < ?2) ORDER BY d.entry";
        let next = day.checked_add(1.day()).unwrap_or(day);
        self.rows(query, (day.to_string(), next.to_string()), |row| {
            let text: Vec<u8> = row.get(3)?;
            let text = String::from_utf8_lossy(&text).into_owned();
            Ok(Kept { id: row.get(0)?, origin: (row.get(1)?, row.get(2)?), text })
        })
    }

    /// The claim of an id, or of the first characters of one, as the newest reading has it.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn claim_as_read(&self, id: &str) -> Result<Claim> {
        let (claim, document) = self.claim_id(id)?;
        let moment = self.moment(None)?;
        let read = self.recall(&document, moment)?.into_iter().flat_map(|r| r.claims);
        let decisions = self.decisions_on(&BTreeSet::from([document]), moment)?;
        let added = decisions.iter().filter(|d| d.undone.is_none()).filter_map(|d| d.decision.act.added());
        let found = read.chain(added).find(|c| c.id == claim);
        found.ok_or_else(|| LedgerError::Unknown(format!("claim `{id}` in the newest reading of its document")))
    }

    /// The id of the one document whose id begins so, or that came under this name.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn document_id(&self, named: &str) -> Result<String> {
        let whole = "SELECT EXISTS (SELECT 1 FROM document WHERE id = ?1)";
        if self.connection.prepare_cached(whole)?.query_row([named], |row| row.get(0))? {
            return Ok(named.to_owned());
        }
        let query = "SELECT id FROM document WHERE name = ?1 OR (length(?1) > 5 AND id >= ?1 AND id < ?1 || '~')
             ORDER BY id LIMIT 9";
        let found: Vec<String> = self.rows(query, [named], |row| row.get(0))?;
        match found.as_slice() {
            [] => Err(LedgerError::Unknown(format!("document `{named}`"))),
            [one] => Ok(one.clone()),
            several => Err(LedgerError::Refused(format!("`{named}` means several documents: {}", several.join(", ")))),
        }
    }

    /// The entry of the one document whose id begins so, or that came under this name.
    ///
    /// # Errors
    /// As for [`Ledger::document_id`].
    pub fn document_entry(&self, named: &str) -> Result<u64> {
        let id = self.document_id(named)?;
        let found = crate::append::document(&self.connection, &id)?;
        found.ok_or_else(|| LedgerError::Unknown(format!("document `{named}`")))
    }

    /// The claim that leads an incident of this id, or of one that begins so.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn leading_claim(&self, incident: &str) -> Result<String> {
        let query = "SELECT DISTINCT id FROM claim WHERE incident >= ?1 AND incident < ?1 || '~' LIMIT 2";
        let mut found: Vec<String> = self.rows(query, [incident], |row| row.get(0))?;
        match (found.pop(), found.pop()) {
            (Some(one), None) => Ok(one),
            (None, _) => Err(LedgerError::Unknown(format!("incident `{incident}`"))),
            _ => Err(LedgerError::Refused(format!("`{incident}` begins the ids of several incidents"))),
        }
    }

    /// Id and document of the one claim whose id begins so, in any reading.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn claim_id(&self, id: &str) -> Result<(String, String)> {
        let unknown = || LedgerError::Unknown(format!("claim `{id}`"));
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Err(unknown());
        }
        let query = "SELECT DISTINCT id, document FROM claim WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id LIMIT 9";
        let found: Vec<(String, String)> = self.rows(query, [id], |r| Ok((r.get(0)?, r.get(1)?)))?;
        match found.as_slice() {
            [] => Err(unknown()),
            [one] => Ok(one.clone()),
            several => {
                let ids: Vec<&str> = several.iter().map(|(id, _)| id.as_str()).collect();
                Err(LedgerError::Refused(format!("`{id}` begins the ids of several claims: {}", ids.join(", "))))
            }
        }
    }
}

/// What may be tied to some days: claims of these days or the ones beside them, and all of reports published on these.
struct Near {
    days: Interval,
    /// Ids of the documents that were published then.
    published: BTreeSet<String>,
}

impl Near {
    fn round(from: Date, to: Date, sources: &[Source]) -> Near {
        let beside = |day: Date, days: i32| day.checked_add(days.days()).unwrap_or(day);
        let days = Interval::days(beside(from, -1), beside(to, 1));
        let then = sources.iter().filter(|s| s.published.is_none_or(|p| p.meets(days)));
        Near { days, published: then.map(|s| s.id.clone()).collect() }
    }

    fn holds(&self, claim: &Claim) -> bool {
        let date = claim.date.as_ref().map(|d| d.value);
        date.is_some_and(|d| d.meets(self.days)) || self.published.contains(&claim.document)
    }
}

fn conflicts_on(conflicts: &[Conflict], document: &str) -> Vec<Note> {
    let of_it = conflicts.iter().filter(|c| c.document == document);
    let note = |c: &Conflict| Note::on_document("decision", format!("decision {}: {}", c.entry, c.problem));
    of_it.map(note).collect()
}
