//! Stands, warnings and expectations by who holds them, in the order of their days.

use crate::claim::Claim;
use crate::pack::PartyId;
use crate::when::{Interval, days_in_words};

use super::line::{Line, LineBuilder, Page};
use super::voice::{Heard, did};
use super::{Entry, speaker, words};

/// Stands of one party that are quoted, at most; the rest are cited.
const QUOTED: usize = 6;

/// Entries: one a party, in the order in which they first speak, outlets and others last.
pub(super) fn entries(page: &mut Page<'_>, claims: &[&Claim]) -> Vec<Entry> {
    let mut by_party: Vec<(Option<PartyId>, Vec<&Claim>)> = Vec::new();
    for claim in claims {
        let party = claim.speaker.value.party.clone().filter(|p| !p.is_bystander());
        match by_party.iter_mut().find(|(p, _)| *p == party) {
            Some((_, list)) => list.push(claim),
            None => by_party.push((party, vec![claim])),
        }
    }
    by_party.sort_by_key(|(party, list)| (party.is_none(), std::cmp::Reverse(list.len())));
    by_party.into_iter().map(|(party, claims)| entry(page, party.as_ref(), claims)).collect()
}

fn entry(page: &mut Page<'_>, party: Option<&PartyId>, mut claims: Vec<&Claim>) -> Entry {
    let title = party.map_or_else(|| "Outlets and others".to_owned(), |p| speaker::party(page.record.knowledge(), p));
    claims.sort_by_key(|c| (c.date.as_ref().and_then(|d| d.value.first_day()), c.document.as_str(), c.span));
    claims.dedup_by(|a, b| a.document == b.document && (a.span.holds(b.span) || b.span.holds(a.span)));
    let mut told: Vec<Line> = claims.iter().take(QUOTED).filter_map(|c| line(page, c)).collect();
    let rest = claims.get(QUOTED..).unwrap_or(&[]);
    if !rest.is_empty() {
        let start = LineBuilder::new(format!("{} more on record", words::capital(&words::number(rest.len() as u64))));
        told.extend(rest.iter().fold(start, |line, c| line.cite(page, c)).say(".").build().ok());
    }
    Entry { told, listed: true, ..Entry::headed(&words::capital(&title)) }
}

fn line(page: &mut Page<'_>, claim: &Claim) -> Option<Line> {
    let who = speaker::name(page.record, claim);
    let did = did(page.record, claim, &Heard::default());
    let day = claim.date.as_ref().map(|d| d.value).filter(|_| !who.contains("report of")).and_then(on_day);
    let start = match day {
        Some(day) => format!("On {day} {who} {did}: "),
        None => format!("{} {did}: ", words::capital(&who)),
    };
    LineBuilder::new(start).quote(page, claim).say(".").build().ok()
}

/// Days in words, where the day of speaking is known to within a few.
fn on_day(interval: Interval) -> Option<String> {
    interval.length_in_days().filter(|days| *days <= 7)?;
    Some(days_in_words(interval.first_day()?, interval.last_day()?))
}
