//! What a promise is about: its kind, and what tells it from others of the kind.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::machine;
use super::thread::{Item, sorted};
use crate::agreement;
use crate::claim::{Claim, Kind, Mode};
use crate::document::stands_alone;
use crate::finding::named_by;
use crate::incident::Record;
use crate::pack::{Agreement, PartyId, PartyKind, TermKind};
use crate::when::Interval;

/// Kinds of promised steps, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// A ceasefire or peace: sought, agreed, in force, ended.
    Truce,
    /// Troops or weapons leaving: asked, promised, begun, done.
    Withdrawal,
    /// Prisoners and bodies: offered, agreed, done.
    Exchange,
    /// Observers, peacekeepers, border guards: proposed, agreed, arrived, restricted, ended.
    Deployment,
    /// Watching and inquiring: asked, agreed, going on, hindered.
    Monitoring,
    /// A border: proposed, commission, under way, done.
    Delimitation,
    /// Roads and corridors: asked, promised, open, restricted, closed.
    Access,
    /// An agreement's terms in general.
    CarryingOut,
    /// Help of an ally: asked, promised, given.
    Help,
    /// Talks: asked, agreed, held or going on, broken off.
    Talks,
    /// Good offices, where no talks are spoken of.
    Mediation,
}

impl Topic {
    /// Every kind.
    pub const ALL: [Topic; 11] = [
        Topic::Truce,
        Topic::Withdrawal,
        Topic::Exchange,
        Topic::Deployment,
        Topic::Monitoring,
        Topic::Delimitation,
        Topic::Access,
        Topic::CarryingOut,
        Topic::Help,
        Topic::Talks,
        Topic::Mediation,
    ];

    /// The kind of step that a type of claim speaks of.
    #[must_use]
    pub fn of(kind: Kind) -> Option<Topic> {
        Some(match kind {
            Kind::Truce => Topic::Truce,
            Kind::Withdrawal => Topic::Withdrawal,
            Kind::Exchange => Topic::Exchange,
            Kind::Deployment => Topic::Deployment,
            Kind::Verification => Topic::Monitoring,
            Kind::Delimitation => Topic::Delimitation,
            Kind::Access => Topic::Access,
            Kind::Implementation => Topic::CarryingOut,
            Kind::Assistance => Topic::Help,
            Kind::Talks => Topic::Talks,
            Kind::Mediation => Topic::Mediation,
            _ => return None,
        })
    }

    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Topic::Truce => "truce",
            Topic::Withdrawal => "withdrawal",
            Topic::Exchange => "exchange",
            Topic::Deployment => "deployment",
            Topic::Monitoring => "monitoring",
            Topic::Delimitation => "delimitation",
            Topic::Access => "access",
            Topic::CarryingOut => "carrying-out",
            Topic::Help => "help",
            Topic::Talks => "talks",
            Topic::Mediation => "mediation",
        }
    }

    /// Whether it is a state that lasts rather than a deed that is done.
    pub(super) fn lasts(self) -> bool {
        matches!(self, Topic::Truce | Topic::Deployment | Topic::Monitoring | Topic::Access | Topic::CarryingOut)
    }

    /// Whether a promise that comes after the deed is one of another deed.
    pub(super) fn recurs(self) -> bool {
        matches!(self, Topic::Withdrawal | Topic::Exchange | Topic::Delimitation | Topic::Help | Topic::Talks)
    }

    /// Days without a word after which the next claim opens a promise of its own; none where it lasts.
    pub(super) fn patience(self) -> Option<i32> {
        match self {
            Topic::Truce => Some(60),
            Topic::Withdrawal | Topic::Exchange | Topic::Help | Topic::CarryingOut => Some(180),
            Topic::Talks => Some(45),
            Topic::Mediation | Topic::Monitoring => Some(120),
            Topic::Deployment | Topic::Delimitation | Topic::Access => None,
        }
    }
}

/// Kinds of forces that are deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// Observers and monitors.
    Observers,
    /// Peacekeepers.
    Peacekeepers,
    /// Border guards.
    BorderGuards,
    /// Police.
    Police,
    /// A military base.
    Base,
    /// Troops in general.
    Troops,
}

impl Force {
    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Force::Observers => "observers",
            Force::Peacekeepers => "peacekeepers",
            Force::BorderGuards => "border guards",
            Force::Police => "police",
            Force::Base => "a military base",
            Force::Troops => "troops",
        }
    }
}

/// What exactly is promised. What is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Thing {
    /// Who does it, or takes part in it; sorted.
    pub by: Vec<PartyId>,
    /// To or for whom; sorted.
    pub to: Vec<PartyId>,
    /// Which force is deployed.
    pub force: Option<Force>,
    /// Which road, corridor or crossing, as first written.
    pub route: Option<String>,
    /// The agreement on record.
    pub agreement: Option<String>,
    /// Whether a peace rather than a ceasefire is meant.
    pub peace: bool,
    /// Of a truce without a record: whether it is only sought.
    pub sought: bool,
}

/// The claims of promised steps with what each is about, as far as its own words and fields say; those published
/// after the last day looked at are left out.
pub(super) fn items<'a>(record: &Record<'a>, as_of: Option<Date>) -> Vec<Item<'a>> {
    let sides = Sides::of(record);
    let item = |claim: &&'a Claim| {
        let topic = Topic::of(claim.kind.value)?;
        let country = claim.place.as_ref().and_then(|p| p.value.resolved.as_ref()).map(|r| r.country.clone());
        let thing = of_claim(record, &sides, topic, claim);
        Some(Item { claim, topic, thing, country: country.filter(|c| !c.is_empty()) })
    };
    let first = |c: &Claim| record.source(c).and_then(|s| s.published).and_then(Interval::first_day);
    let known = |c: &&&'a Claim| as_of.zip(first(c)).is_none_or(|(last, day)| day <= last);
    record.claims().iter().filter(known).filter_map(item).collect()
}

fn of_claim(record: &Record<'_>, sides: &Sides<'_>, topic: Topic, claim: &Claim) -> Thing {
    let actors = sorted(claim.actors.iter().map(|a| &a.value));
    let targets = sorted(claim.targets.iter().map(|t| &t.value));
    let by = actors.clone();
    match topic {
        Topic::Truce => truce(record, sides, claim, &actors),
        Topic::Exchange | Topic::Delimitation | Topic::Talks => Thing { by: sides.among(&actors), ..Thing::default() },
        Topic::Deployment | Topic::Monitoring => {
            let (force, named) = force(record, claim);
            let bodies = |parties: &[PartyId]| -> Vec<PartyId> {
                parties.iter().filter(|p| is_body(record, p)).cloned().collect()
            };
            let by = match (topic, force) {
                // whoever hinders a mission does not watch; who asks for observers does not send them
                (Topic::Monitoring, _) if !bodies(&targets).is_empty() => bodies(&targets),
                (Topic::Deployment, Some(Force::Observers)) => bodies(&actors),
                _ => by,
            };
            Thing { by: named.map_or(by, |p| vec![p]), force, ..Thing::default() }
        }
        Topic::Access => match route(record, claim) {
            Some(route) => Thing { route: Some(route), ..Thing::default() },
            None => Thing { by, ..Thing::default() },
        },
        Topic::Help => Thing { by, to: targets, ..Thing::default() },
        Topic::Withdrawal | Topic::CarryingOut | Topic::Mediation => Thing { by, ..Thing::default() },
    }
}

fn truce(record: &Record<'_>, sides: &Sides<'_>, claim: &Claim, actors: &[PartyId]) -> Thing {
    let agreement = agreement_of(record, claim);
    if agreement.is_some() {
        return Thing { agreement, ..Thing::default() };
    }
    let words = format!("{} {}", record.quote(claim), record.agreement_words(claim).unwrap_or("")).to_lowercase();
    let by = match sides.among(actors).as_slice() {
        [one] if !sides.has(one) => Vec::new(),
        several => several.to_vec(),
    };
    let sought = matches!(claim.mode.value, Mode::CalledFor | Mode::Conditional | Mode::Rejected);
    Thing { by, peace: speaks_of_peace(&words), sought, ..Thing::default() }
}

fn speaks_of_peace(words: &str) -> bool {
    ["peace treaty", "peace agreement", "peace deal", "peace accord", "lasting peace"].iter().any(|p| words.contains(p))
}

/// The agreement on record that a truce claim is about: the one that it names; else the only ceasefire between its
/// parties that was made or began on its date or, of what holds or is broken, that was in force throughout.
fn agreement_of(record: &Record<'_>, claim: &Claim) -> Option<String> {
    if machine::speaks_of_several(record, claim) {
        return None;
    }
    if let Some(named) = named_by(record, claim) {
        return Some(named.id.clone());
    }
    let date = claim.date.as_ref().map(|d| d.value).filter(|d| d.length_in_days().is_some_and(|n| n <= MONTH))?;
    let only = |fits: &dyn Fn(&Agreement) -> bool| {
        let bound = |a: &&Agreement| claim.actors.iter().any(|p| agreement::is_party(a, &p.value));
        let fires = |a: &&Agreement| a.terms.iter().any(|t| t.kind == TermKind::Prohibits);
        let mut found = record.knowledge().agreements().filter(fires).filter(bound).filter(|a| fits(a));
        found.next().filter(|_| found.next().is_none()).map(|a| a.id.clone())
    };
    match claim.mode.value {
        Mode::Asserted | Mode::Planned => only(&|a| begins_on(a, date)).or_else(|| only(&|a| holds_on(a, date))),
        Mode::Denied => only(&|a| holds_on(a, date)),
        Mode::CalledFor | Mode::Rejected | Mode::Conditional => None,
    }
}

/// Days of a date beyond which it tells of no single truce.
const MONTH: i32 = 31;

fn begins_on(agreement: &Agreement, date: Interval) -> bool {
    let force = agreement.in_force.from.parse::<Interval>().ok().and_then(Interval::first_day);
    date.meets(Interval::day(agreement.agreed)) || force.is_some_and(|day| date.meets(Interval::day(day)))
}

fn holds_on(agreement: &Agreement, date: Interval) -> bool {
    agreement::in_force(agreement, date) == agreement::Force::In
}

/// The two sides of each conflict, by which a meeting's sides are told from its hosts.
struct Sides<'a> {
    pairs: Vec<&'a [PartyId; 2]>,
}

impl<'a> Sides<'a> {
    fn of(record: &Record<'a>) -> Sides<'a> {
        Sides { pairs: record.knowledge().conflicts().map(|c| &c.sides).collect() }
    }

    /// Whether somebody is a side of a conflict, so that a truce can be theirs.
    fn has(&self, party: &PartyId) -> bool {
        self.pairs.iter().any(|pair| pair.contains(party))
    }

    /// The two sides among those who take part; all of them where no conflict has two of them as its sides.
    fn among(&self, parties: &[PartyId]) -> Vec<PartyId> {
        let pair = self.pairs.iter().find(|pair| pair.iter().all(|side| parties.contains(side)));
        pair.map_or_else(|| parties.to_vec(), |pair| sorted(pair.iter()))
    }
}

/// Whether a party is an international body, such as a mission.
fn is_body(record: &Record<'_>, party: &PartyId) -> bool {
    record.knowledge().parties().any(|p| p.id == *party && p.kind == PartyKind::Body)
}

/// The force that a claim's words name, and whose it is where a party's name stands before it.
fn force(record: &Record<'_>, claim: &Claim) -> (Option<Force>, Option<PartyId>) {
    let words = record.quote(claim).to_lowercase();
    let found = FORCES
        .iter()
        .flat_map(|(force, nouns)| nouns.iter().filter_map(|noun| word_at(&words, noun).map(|at| (*force, at))));
    match found.min_by_key(|(force, at)| (*at, *force)) {
        Some((force, at)) => (Some(force), owner(record, words.get(..at).unwrap_or(""))),
        None => (None, None),
    }
}

/// Words before a force in which its owner's name is looked for.
const BEFORE: usize = 3;

/// The one party whose name or adjective stands right before a force: "Russian military observers".
fn owner(record: &Record<'_>, before: &str) -> Option<PartyId> {
    let near: Vec<&str> = before.split_whitespace().rev().take(BEFORE).collect();
    let is_near = |name: &String| near.iter().any(|word| *word == name.to_lowercase());
    let named = record.knowledge().parties().filter(|p| p.demonyms.iter().chain(&p.names).any(is_near));
    let found = sorted(named.map(|p| &p.id));
    <[PartyId; 1]>::try_from(found).ok().map(|[one]| one)
}

/// The road, corridor or crossing that a claim is about, as its place is written.
fn route(record: &Record<'_>, claim: &Claim) -> Option<String> {
    let name = claim.place.as_ref().map(|p| p.value.name.clone())?;
    let folded = fold(&name);
    let quote = fold(record.quote(claim));
    let is_way = |text: &str| WAYS.iter().any(|way| word_at(text, way).is_some());
    let follows = WAYS.iter().any(|way| quote.contains(&format!("{folded} {way}")));
    // "the corridor", whichever it is, tells no way from others
    let named = name.contains(char::is_uppercase);
    (named && (is_way(&folded) || follows)).then_some(name)
}

/// Where whole words stand in a text of small letters.
fn word_at(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|&at| stands_alone(text, at, at + word.len()))
}

/// Small letters without marks or article: what is compared of names.
pub(super) fn fold(name: &str) -> String {
    let bare: String = name.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
    bare.strip_prefix("the ").unwrap_or(&bare).to_owned()
}

/// Lends what a claim leaves open from the nearest claim of its kind in its document that says it: whose force, who
/// helps whom, which two sides. Denials, refusals and conditions borrow and do not lend.
pub(super) fn adopt(items: &mut [Item<'_>]) {
    let mut by_document: BTreeMap<(String, Topic), Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        by_document.entry((item.claim.document.clone(), item.topic)).or_default().push(at);
    }
    for group in by_document.values() {
        let known: Vec<(usize, Thing)> = group
            .iter()
            .filter_map(|&at| items.get(at))
            .filter(|i| i.moves())
            .map(|i| (i.claim.span.start, i.thing.clone()))
            .collect();
        for &at in group {
            if let Some(item) = items.get_mut(at) {
                lend(item, &known);
            }
        }
    }
}

fn lend(item: &mut Item<'_>, known: &[(usize, Thing)]) {
    let start = item.claim.span.start;
    let fuller = known.iter().filter(|(_, other)| completes(item.topic, &item.thing, other));
    if let Some((_, other)) = fuller.min_by_key(|(at, _)| (at.abs_diff(start), *at)) {
        let own = std::mem::take(&mut item.thing);
        item.thing = Thing { agreement: own.agreement, peace: own.peace, sought: own.sought, ..other.clone() };
    }
}

/// Whether another thing says all that this one says, and more.
fn completes(topic: Topic, thing: &Thing, other: &Thing) -> bool {
    let within = |a: &[PartyId], b: &[PartyId]| a.iter().all(|p| b.contains(p));
    let fits = within(&thing.by, &other.by)
        && within(&thing.to, &other.to)
        && thing.force.is_none_or(|f| other.force == Some(f))
        && thing.agreement.is_none();
    let gap = match topic {
        Topic::Deployment | Topic::Monitoring => {
            thing.by.is_empty() && !other.by.is_empty() || thing.force.is_none() && other.force.is_some()
        }
        Topic::Help => thing.by.is_empty() && !other.by.is_empty() || thing.to.is_empty() && !other.to.is_empty(),
        Topic::Exchange | Topic::Delimitation | Topic::Talks | Topic::Truce => {
            thing.by.len() < 2 && other.by.len() == 2
        }
        Topic::Withdrawal | Topic::CarryingOut | Topic::Mediation => thing.by.is_empty() && !other.by.is_empty(),
        Topic::Access => false,
    };
    fits && gap
}

static FORCES: LazyLock<BTreeMap<Force, Vec<String>>> =
    LazyLock::new(|| toml::from_str(include_str!("forces.toml")).unwrap_or_default());

static WAYS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lists: BTreeMap<String, Vec<String>> = toml::from_str(include_str!("routes.toml")).unwrap_or_default();
    lists.into_values().flatten().collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        assert!(FORCES.len() >= 5 && WAYS.len() > 5);
    }

    #[test]
    fn only_whole_words_count() {
        assert_eq!(word_at("crossroads and a road", "road"), Some(17));
        assert_eq!(word_at("crossroads", "road"), None);
        assert_eq!(fold("the Lachín Corridor"), "lachin corridor");
    }

    #[test]
    fn every_kind_of_step_has_a_topic() {
        assert_eq!(Topic::of(Kind::Shelling), None);
        for topic in Topic::ALL {
            assert!(Kind::ALL.iter().any(|k| Topic::of(*k) == Some(topic)), "{topic:?}");
        }
    }
}
