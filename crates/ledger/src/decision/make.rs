//! Making decisions: each is checked against the ledger as it stands, then appended.

use jiff::Timestamp;

use trucewatch::claim::{ClaimBuilder, Kind as Type, Mode, Speaker, Traced};
use trucewatch::document::{Document, Meta, Span};
use trucewatch::pack::PartyId;

use super::correct::correct;
use super::{Act, Anchor, Decided, Decision, Field, value_of};
use crate::entry::Draft;
use crate::error::{LedgerError, Result};
use crate::header::Kind;
use crate::ledger::Ledger;
use crate::stored::{self, Bytes};

impl Ledger {
    /// Appends a decision; the number of its entry.
    ///
    /// # Errors
    /// Where what it is about is not there, its value is none, or it could not be written.
    pub fn decide(&mut self, now: Timestamp, decision: &Decision) -> Result<u64> {
        if decision.by.trim().is_empty() {
            return Err(LedgerError::Refused("a decision says who makes it".to_owned()));
        }
        self.check(&decision.act)?;
        let subject = subject(&decision.act);
        self.step(now, |step| {
            if let Act::Undo { entry } = &decision.act {
                crate::projection::is_open(step.database(), *entry)?;
            }
            step.push(Draft::new(Kind::Decision, &subject, decision))
        })
    }

    /// A correction of a field of a claim from what the reader has to a value in words.
    ///
    /// # Errors
    /// Where there is no such claim, or the value is none of that field.
    pub fn correction(&self, claim: &str, field: Field, new: &str) -> Result<Act> {
        let read = self.claim_as_read(claim)?;
        let mut changed = read.clone();
        correct(&mut changed, field, new).map_err(LedgerError::Refused)?;
        let old = value_of(&read, field);
        Ok(Act::Correct { claim: Anchor::of(&read), field, old, new: value_of(&changed, field) })
    }

    /// The decision that a document says something that was not read: in which words (bytes of its text), of which
    /// type and mode, by whom, and its other fields in words.
    ///
    /// # Errors
    /// Where there is no such document, the words are none of it, or a value is none of its field.
    pub fn addition(
        &self,
        document: &str,
        words: Bytes,
        (kind, mode, speaker): (&str, &str, &str),
        fields: &[(Field, String)],
    ) -> Result<Act> {
        let id = self.document_id(document)?;
        let gone = || LedgerError::Unknown(format!("document `{id}`"));
        let recalled = self.recall(&id, self.moment(None)?)?.ok_or_else(gone)?;
        let refused = |what: String| LedgerError::Refused(what);
        let text = Document::new(recalled.record.name.clone(), &*recalled.source.text, Meta::default());
        let kind = Type::parse(kind).ok_or_else(|| refused(format!("`{kind}` is no type")))?;
        let mode = Mode::parse(mode).ok_or_else(|| refused(format!("`{mode}` is no mode")))?;
        let name = if speaker.trim().is_empty() { "narrator" } else { speaker.trim() };
        let party = fields.iter().find(|(f, v)| *f == Field::SpeakerParty && !v.trim().is_empty());
        let speaker = Speaker { name: name.to_owned(), party: party.map(|(_, v)| PartyId::new(v.trim())) };
        let [start, end] = words;
        let span = Some(Span::new(start, end)).filter(|_| text.text().get(start..end).is_some());
        let span = span.ok_or_else(|| refused(format!("bytes {start} to {end} are no words of the document")))?;
        let (kind, mode) = (Traced::new(kind, [], "decided"), Traced::new(mode, [], "decided"));
        let builder = ClaimBuilder::new(&text, span, kind, mode, Traced::new(speaker, [], "decided"));
        let claim = builder.confidence(1.0).build();
        let mut claim = claim.ok_or_else(|| refused("a claim has words of its document".to_owned()))?;
        for (field, value) in fields.iter().filter(|(_, value)| !value.trim().is_empty()) {
            correct(&mut claim, *field, value).map_err(LedgerError::Refused)?;
        }
        if recalled.claims.iter().any(|c| c.id == claim.id) {
            return Err(refused(format!("claim `{}` was read there already", claim.id)));
        }
        Ok(Act::Add { document: id, added: Box::new(stored::Claim::keep(&claim)) })
    }

    fn check(&self, act: &Act) -> Result<()> {
        match act {
            Act::Merge { claims } if claims.len() < 2 => {
                Err(LedgerError::Refused("two incidents or more are merged".to_owned()))
            }
            Act::Split { claims } if claims.is_empty() => {
                Err(LedgerError::Refused("a claim or more is split off".to_owned()))
            }
            Act::GradeClaim { grade: Some(grade), .. } if !(1..=6).contains(grade) => {
                Err(LedgerError::Refused(format!("{grade} is no grade of credibility, which is 1 to 6")))
            }
            Act::Note { words, .. } if words.trim().is_empty() => {
                Err(LedgerError::Refused("a note has words".to_owned()))
            }
            _ => Ok(()),
        }
    }

    /// The decisions that were made by a moment, the first first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn decisions(&self, moment: crate::Moment) -> Result<Vec<Decided>> {
        self.decisions_where("1", [], moment)
    }

    /// The decisions that a condition on their rows picks, as they stood at a moment.
    pub(crate) fn decisions_where(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
        moment: crate::Moment,
    ) -> Result<Vec<Decided>> {
        let query = format!("SELECT d.entry FROM decision d WHERE {condition} ORDER BY d.entry");
        let found: Vec<u64> = self.rows(&query, values, |row| row.get(0))?;
        let known = found.into_iter().filter(|entry| moment.holds(*entry));
        let read = |entry: u64| {
            let kept = self.entry(entry)?;
            let undone = crate::projection::undone(&self.connection, entry, moment)?;
            let decision = kept.record::<Decision>();
            Ok(decision.map(|decision| Decided { entry, at: kept.header.at, decision, undone }))
        };
        known.filter_map(|found| read(found).transpose()).collect()
    }
}

/// The one document that a decision is about, where it is one.
fn subject(act: &Act) -> String {
    let mut documents: Vec<&str> = act.claims().into_iter().map(|a| a.document.as_str()).collect();
    if let Act::Note { document: Some(document), .. } | Act::Add { document, .. } = act {
        documents.push(document);
    }
    documents.sort_unstable();
    documents.dedup();
    match documents.as_slice() {
        [one] => (*one).to_owned(),
        _ => String::new(),
    }
}
