//! Recalling and judging: from nothing, or on from what was judged with fewer entries, so that a new entry costs what it
//! brings. The result is the same.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, PoisonError};

use desk::Evidence;
use jiff::civil::Date;
use ledger::{Ledger, Memory};
use trucewatch::claim::Claim;
use trucewatch::finding::{self, Finding};
use trucewatch::incident::{Gathered, Incident, Record, Source};

use super::{Books, Key, Table, public};
use crate::error::Refusal;
use crate::room::Room;

/// Documents that are judged at a time, at most: these take half a minute and a gigabyte.
const MOST: usize = 20_000;
/// Documents that are judged for somebody who is not known.
const MOST_FOR_ALL: usize = 5_000;

/// What those take over who recall the same days with more entries.
#[derive(Debug, Default)]
pub(super) struct Legacy {
    memory: Memory,
    gathered: Gathered,
}

impl Books {
    /// Recalls and judges, on from `before` where that is at hand.
    pub(crate) fn recall(ledger: &Ledger, room: &Room, key: Key, before: Option<&Books>) -> Result<Books, Refusal> {
        let Key { moment, period, hidden, kept } = &key;
        fits(ledger, &key)?;
        let legacy = before.and_then(|b| b.legacy.lock().unwrap_or_else(PoisonError::into_inner).take());
        let (mut memory, gathered) = legacy.map(|l| (l.memory, Some(l.gathered))).unwrap_or_default();
        let packs = |ids: &BTreeSet<&str>| room.knowledge(ids);
        let mut evidence = Evidence::recall_again(ledger, &room.options.world, *period, *moment, &mut memory, packs)?;
        evidence.sources.retain(|s| !kept.documents.contains(&s.id));
        evidence.claims.retain(|c| !kept.documents.contains(&c.document));
        if let Some(settings) = hidden {
            public::hide(&mut evidence, settings);
        }
        let cut_off = moment.0.checked_sub(1).map(|last| ledger.header(last)).transpose()?.map(|h| h.at);
        let published = evidence.sources.iter().filter_map(|s| s.published?.last_day()).max();
        let today = period.map(|p| p.to).or(published);
        let rulings = evidence.rulings.clone();
        let table = Table::new(evidence, Evidence::record);
        let record = table.borrow_dependent();
        let same_packs = |b: &&Books| Arc::ptr_eq(&b.evidence().knowledge, &table.borrow_owner().knowledge);
        let news = before.filter(same_packs).map(|before| News { before, changed: changed(before.record(), record) });
        let gathered = match (gathered, &news) {
            (Some(mut gathered), Some(news)) => {
                gathered.update(record, &news.changed);
                gathered
            }
            _ => Gathered::of(record),
        };
        let incidents = gathered.decided(record, &rulings);
        let (findings, found) = judged(record, &incidents, today, news.as_ref());
        let legacy = Some(Legacy { memory, gathered });
        let claims = |(i, incident): (usize, &Incident)| {
            incident.members.iter().map(move |m| (m.claim.clone(), i)).collect::<Vec<_>>()
        };
        let by_claim = incidents.iter().enumerate().flat_map(claims).collect();
        let by_id = incidents.iter().enumerate().map(|(i, incident)| (incident.id.clone(), i)).collect();
        let (brief, tolls, told, choices, waiting, answers) = Default::default();
        Ok(Books {
            incidents,
            findings,
            period: *period,
            today,
            moment: *moment,
            cut_off,
            by_claim,
            by_id,
            found,
            legacy: legacy.into(),
            brief,
            tolls,
            told,
            choices,
            waiting,
            answers,
            table,
            key,
        })
    }
}

/// Refuses what is more than can be judged at a time.
fn fits(ledger: &Ledger, key: &Key) -> Result<(), Refusal> {
    let days = key.period.map(|p| (p.from, p.to));
    let most = if key.hidden.is_some() { MOST_FOR_ALL } else { MOST };
    if ledger.counted(days, most + 1, key.moment)? <= most {
        return Ok(());
    }
    let message = format!("these days hold more than {most} reports, which is what is judged at a time");
    Err(Refusal::wrong(message)
        .hint("ask for fewer days, with a first and a last one; `trucewatch publish` writes out all"))
}

/// What is new since other books.
struct News<'a> {
    before: &'a Books,
    /// Ids of the documents that are new or gone, or of which anything changed.
    changed: BTreeSet<&'a str>,
}

impl News<'_> {
    /// The findings on an incident, where nothing that they rest on has changed.
    fn still(&self, record: &Record<'_>, incident: &Incident, today: Option<Date>) -> Option<Vec<Finding>> {
        let known = self.before.by_id.get(&incident.id).and_then(|at| self.before.incidents.get(*at))?;
        let rests_on_news = || {
            let claims = incident.members.iter().filter_map(|m| record.claim(&m.claim));
            claims.map(|c| c.document.as_str()).any(|d| self.changed.contains(d))
        };
        let is_same = self.before.today == today && known == incident && !rests_on_news();
        is_same.then(|| self.before.findings_on(&incident.id).cloned().collect())
    }
}

/// The findings on incidents, and where those of each stand.
fn judged(
    record: &Record<'_>,
    incidents: &[Incident],
    today: Option<Date>,
    news: Option<&News<'_>>,
) -> (Vec<Finding>, Vec<Range<usize>>) {
    let (mut findings, mut found) = (Vec::new(), Vec::with_capacity(incidents.len()));
    for incident in incidents {
        let first = findings.len();
        let known = news.and_then(|news| news.still(record, incident, today));
        findings.extend(known.unwrap_or_else(|| finding::check(record, std::slice::from_ref(incident), today)));
        found.push(first..findings.len());
    }
    (findings, found)
}

/// Ids of the documents that are not the same in two records.
fn changed<'a>(old: &'a Record<'_>, new: &'a Record<'_>) -> BTreeSet<&'a str> {
    let (old, new) = (laid(old), laid(new));
    let differ = |id: &&&str| match (old.get(**id), new.get(**id)) {
        (Some(a), Some(b)) => a.1 != b.1 || !is_same(a.0, b.0),
        _ => true,
    };
    old.keys().chain(new.keys()).filter(differ).copied().collect()
}

type Laid<'a> = BTreeMap<&'a str, (Option<&'a Source>, Vec<&'a Claim>)>;

fn laid<'a>(record: &'a Record<'_>) -> Laid<'a> {
    let mut laid: Laid<'a> = record.sources().map(|s| (s.id.as_str(), (Some(s), Vec::new()))).collect();
    for claim in record.claims() {
        laid.entry(claim.document.as_str()).or_default().1.push(claim);
    }
    laid
}

/// Whether a document is the same to those who judge; notes are for people.
fn is_same(a: Option<&Source>, b: Option<&Source>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none() == b.is_none() };
    let Source { id: _, name, outlet, published, text, sentences, notes: _, copy_of } = a;
    let text = Arc::ptr_eq(text, &b.text) || *text == b.text;
    text && (name, outlet, published, sentences, copy_of)
        == (&b.name, &b.outlet, &b.published, &b.sentences, &b.copy_of)
}
