//! Threads: the claims of one promise through all documents.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::machine::{self, Event};
use super::ruled;
use super::thing::{self, Thing, Topic};
use crate::claim::{Claim, ClaimPlace, Mode};
use crate::incident::{Incident, Record};
use crate::pack::PartyId;

/// The claims of one promise.
#[derive(Debug)]
pub(super) struct Thread<'a> {
    pub(super) topic: Topic,
    pub(super) thing: Thing,
    /// In the order of their days.
    pub(super) claims: Vec<&'a Claim>,
    /// Ids of the incidents that they are in.
    pub(super) incidents: Vec<String>,
}

/// A claim with what it is about.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    pub(super) claim: &'a Claim,
    pub(super) topic: Topic,
    pub(super) thing: Thing,
    /// The country of its place, which tells missions apart.
    pub(super) country: Option<String>,
}

impl Item<'_> {
    /// Whether the claim says how far the step is, rather than denies, refuses or makes it conditional.
    pub(super) fn moves(&self) -> bool {
        matches!(self.claim.mode.value, Mode::Asserted | Mode::Planned | Mode::CalledFor)
    }
}

type Key = (Topic, Thing, Option<String>);

/// Sorts the claims of promised steps into threads; what people decided on the grouping comes last and overrules the rest.
pub(super) fn threads<'a>(record: &Record<'a>, incidents: &[Incident], as_of: Option<Date>) -> Vec<Thread<'a>> {
    let mut items = thing::items(record, as_of);
    thing::adopt(&mut items);
    let mut by_key: BTreeMap<Key, Vec<Item<'a>>> = BTreeMap::new();
    for item in items {
        by_key.entry(key(&item)).or_default().push(item);
    }
    let by_key = placeless_joined(by_key);
    let of: BTreeMap<&str, &str> =
        incidents.iter().flat_map(|i| i.members.iter().map(|m| (m.claim.as_str(), i.id.as_str()))).collect();
    let mut parts: Vec<Vec<Item<'a>>> = by_key.into_values().flat_map(|items| split(record, items)).collect();
    ruled::apply(&mut parts, record.rulings());
    for part in &mut parts {
        part.sort_by_key(|i| order(record, i.claim));
    }
    parts.iter().filter_map(|items| thread(items, &of)).collect()
}

fn key(item: &Item<'_>) -> Key {
    let thing = Thing { route: item.thing.route.as_ref().map(|r| thing::fold(r)), ..item.thing.clone() };
    let apart = matches!(item.topic, Topic::Deployment | Topic::Monitoring | Topic::CarryingOut);
    (item.topic, thing, item.country.clone().filter(|_| apart))
}

/// Claims that name no country go with the only thread that is otherwise theirs.
fn placeless_joined<'a>(by_key: BTreeMap<Key, Vec<Item<'a>>>) -> BTreeMap<Key, Vec<Item<'a>>> {
    let mut joined: BTreeMap<Key, Vec<Item<'a>>> = BTreeMap::new();
    let moved = by_key.iter().filter(|(key, items)| key.2.is_some() && items.iter().any(Item::moves));
    let mut countries: BTreeMap<(Topic, &Thing), Vec<&Key>> = BTreeMap::new();
    for (key, _) in moved {
        countries.entry((key.0, &key.1)).or_default().push(key);
    }
    for (key, items) in &by_key {
        let placed = countries.get(&(key.0, &key.1)).map_or(&[][..], Vec::as_slice);
        let to = match (&key.2, placed) {
            (None, [one]) => (*one).clone(),
            _ => key.clone(),
        };
        joined.entry(to).or_default().extend(items.iter().cloned());
    }
    joined
}

/// Orders a thread's claims by day and cuts it where nothing was said for long, or where a new promise follows the
/// deed. Denials, refusals and conditions cut nothing and bridge nothing: they go with the nearest part.
fn split<'a>(record: &Record<'a>, mut items: Vec<Item<'a>>) -> Vec<Vec<Item<'a>>> {
    items.sort_by_key(|i| order(record, i.claim));
    let Some(topic) = items.first().map(|i| i.topic) else { return Vec::new() };
    let event = |i: &Item<'_>| machine::event(record, topic, i.claim);
    let (moving, still): (Vec<Item<'a>>, Vec<Item<'a>>) =
        items.into_iter().partition(|i| event(i).leads_to(topic).is_some());
    let days = |a: &Item<'_>, b: &Item<'_>| days_between(record, a, b);
    let far = |a: &Item<'_>, b: &Item<'_>| topic.patience().is_some_and(|most| days(a, b) > most);
    let anew = |a: &Item<'_>, b: &Item<'_>| {
        topic.recurs() && event(a) == Event::Finish && matches!(event(b), Event::Request | Event::Promise)
    };
    let mut parts: Vec<Vec<Item<'a>>> = moving.chunk_by(|a, b| !far(a, b) && !anew(a, b)).map(<[_]>::to_vec).collect();
    let mut alone: Vec<Item<'a>> = Vec::new();
    let moved = parts.len();
    for item in still {
        let distance = |part: &Vec<Item<'a>>| part.iter().map(|i| days(i, &item)).min().unwrap_or(i32::MAX);
        let near = parts.iter_mut().take(moved).filter(|p| topic.patience().is_none_or(|most| distance(p) <= most));
        match near.min_by_key(|p| distance(p)) {
            Some(part) => part.push(item),
            None => alone.push(item),
        }
    }
    parts.extend(alone.chunk_by(|a, b| !far(a, b)).map(<[_]>::to_vec));
    parts
}

/// Days between two claims; none where a day is not known.
fn days_between(record: &Record<'_>, a: &Item<'_>, b: &Item<'_>) -> i32 {
    let days = day(record, a.claim).zip(day(record, b.claim)).and_then(|(a, b)| a.until(b).ok());
    days.map_or(0, |span| span.get_days().abs())
}

fn thread<'a>(items: &[Item<'a>], of: &BTreeMap<&str, &str>) -> Option<Thread<'a>> {
    let first = items.first()?;
    let route = items.iter().find_map(|i| i.thing.route.clone());
    let mut incidents: Vec<String> =
        items.iter().filter_map(|i| of.get(i.claim.id.as_str())).map(|id| (*id).to_owned()).collect();
    incidents.sort();
    incidents.dedup();
    let claims: Vec<&Claim> = items.iter().map(|i| i.claim).collect();
    let thing = Thing {
        route,
        by: as_named(&first.thing.by, &claims),
        to: as_named(&first.thing.to, &claims),
        ..first.thing.clone()
    };
    Some(Thread { topic: first.topic, thing, claims, incidents })
}

/// Parties in the order in which claims first name them: no id comes before another for its letters.
pub(super) fn as_named(parties: &[PartyId], claims: &[&Claim]) -> Vec<PartyId> {
    let named = claims.iter().flat_map(|c| c.actors.iter().chain(&c.targets)).map(|p| &p.value);
    let named: Vec<&PartyId> = named.chain(claims.iter().filter_map(|c| c.speaker.value.party.as_ref())).collect();
    let mut ordered = parties.to_vec();
    ordered.sort_by_key(|p| named.iter().position(|n| *n == p).unwrap_or(usize::MAX));
    ordered
}

/// Claims in order: day, on one day promises before deeds, then document and words.
fn order<'c>(record: &Record<'_>, claim: &'c Claim) -> (bool, Option<Date>, bool, &'c str, usize, &'c str) {
    let day = day(record, claim);
    let fact = matches!(claim.mode.value, Mode::Asserted | Mode::Denied);
    (day.is_none(), day, fact, &claim.document, claim.span.start, &claim.id)
}

/// The day of a claim: of facts the day by which they had happened, or began if they go on; of all else the day of
/// speaking.
pub(super) fn day(record: &Record<'_>, claim: &Claim) -> Option<Date> {
    let published = record.source(claim).and_then(|s| s.published).and_then(|p| p.last_day().or(p.first_day()));
    let date = claim.date.as_ref().and_then(|d| d.value.last_day().or(d.value.first_day()));
    match claim.mode.value {
        Mode::Asserted | Mode::Denied => date.map(|day| published.map_or(day, |p| day.min(p))).or(published),
        _ => published.or(date),
    }
}

/// What of a place is compared: its id in the gazetteer, else its name.
pub(super) fn place_key(place: &ClaimPlace) -> String {
    place.resolved.as_ref().map_or_else(|| thing::fold(&place.name), |r| r.id.clone())
}

/// Some parties sorted, each once.
pub(super) fn sorted<'p>(parties: impl Iterator<Item = &'p PartyId>) -> Vec<PartyId> {
    let mut all: Vec<PartyId> = parties.filter(|p| !p.is_bystander()).cloned().collect();
    all.sort();
    all.dedup();
    all
}
