//! Stands and warnings by who holds them, in the order of their days.

use std::collections::BTreeMap;

use crate::claim::{Claim, Kind};

use super::line::{Line, LineBuilder, Page};
use super::{Entry, speaker, words};

/// Stands of one party that are quoted, at most; the rest are cited.
const QUOTED: usize = 5;

/// Entries: one a party, outlets and others left to the last.
pub(super) fn entries(page: &mut Page<'_>, claims: &[&Claim]) -> Vec<Entry> {
    let mut by_party: BTreeMap<(bool, String), Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        let party = claim.speaker.value.party.as_ref();
        let named = party.is_some_and(|p| !p.is_bystander());
        let title = party.filter(|_| named).map_or("Others", |p| page.record.knowledge().title(p));
        by_party.entry((!named, title.to_owned())).or_default().push(claim);
    }
    by_party.into_iter().map(|((_, title), claims)| entry(page, &title, claims)).collect()
}

fn entry(page: &mut Page<'_>, title: &str, mut claims: Vec<&Claim>) -> Entry {
    claims.sort_by_key(|c| (c.date.as_ref().and_then(|d| d.value.first_day()), c.document.as_str(), c.span));
    let mut told: Vec<Line> = claims.iter().take(QUOTED).filter_map(|c| line(page, c)).collect();
    let rest = claims.get(QUOTED..).unwrap_or(&[]);
    if !rest.is_empty() {
        let start = LineBuilder::new(format!("{} more on record", words::capital(&words::number(rest.len() as u64))));
        told.extend(rest.iter().fold(start, |line, c| line.cite(page, c)).say(".").build().ok());
    }
    Entry { told, listed: true, ..Entry::headed(title) }
}

fn line(page: &mut Page<'_>, claim: &Claim) -> Option<Line> {
    let day = claim.date.as_ref().map(|d| format!(", {}", words::when(d.value))).unwrap_or_default();
    let how = if claim.kind.value == Kind::Threat { ", warning of force" } else { "" };
    let who = words::capital(&speaker::name(page.record, claim));
    LineBuilder::new(format!("{who}{day}{how}: ")).quote(page, claim).say(".").build().ok()
}
