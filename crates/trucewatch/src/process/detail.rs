//! What a process says beside its state: consents, strength and counts, area, mediators, level, outcome, treaty.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::Topic;
use super::thread::{Thread, as_named, sorted};
use crate::claim::{Claim, Mode};
use crate::figure::{Counted, Figure};
use crate::incident::{Record, Source};
use crate::pack::{Agreement, PartyId};
use crate::when::Interval;

/// What is on record beside the state. Everything comes with the claims that say it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Details {
    /// What each party whose word is needed, or who speaks of it, says to it.
    pub consents: Vec<Consent>,
    /// Strengths and counts: figures as claims give them, never added up.
    pub counts: Vec<(String, Figure)>,
    /// Where, as written, with the first claim that says so.
    pub areas: Vec<(String, String)>,
    /// Who brings the sides together, with the claims.
    pub mediators: Vec<(PartyId, Vec<String>)>,
    /// On which level talks are held, the highest that is told, with the claim.
    pub level: Option<(Level, String)>,
    /// Ids of agreements on record that were made on the days of the talks.
    pub outcomes: Vec<String>,
    /// Claims that speak of a joint commission.
    pub commission: Vec<String>,
    /// Claims that speak of the treaty by which help is asked.
    pub treaty: Vec<String>,
}

/// What a party says to a step that needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Who.
    pub party: PartyId,
    /// What it says.
    pub stand: Stand,
    /// By which claims; for a party that is only asked, the claims that ask it.
    pub claims: Vec<String>,
}

/// How a party stands to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stand {
    /// Refuses.
    Refuses,
    /// Agrees, promises or says that it is so.
    Agrees,
    /// Asks for it itself.
    Asks,
    /// Sets a condition.
    Conditional,
    /// Its word is needed, and nothing that it said was read.
    Unheard,
}

impl Stand {
    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Stand::Refuses => "refuses",
            Stand::Agrees => "agrees",
            Stand::Asks => "asks",
            Stand::Conditional => "conditional",
            Stand::Unheard => "unheard",
        }
    }
}

/// Levels on which talks are held, the highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Presidents and heads of government.
    Leaders,
    /// Foreign ministers.
    ForeignMinisters,
    /// Defence ministers and commanders.
    Military,
    /// Envoys, deputies, experts.
    Officials,
}

impl Level {
    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Leaders => "leaders",
            Level::ForeignMinisters => "foreign ministers",
            Level::Military => "military",
            Level::Officials => "officials",
        }
    }
}

/// Reads the details off a thread's claims.
pub(super) fn of(record: &Record<'_>, thread: &Thread<'_>) -> Details {
    let says = |pattern: fn(&Words) -> &Regex| -> Vec<String> {
        let Some(words) = WORDS.as_ref() else { return Vec::new() };
        let said = thread.claims.iter().filter(|c| pattern(words).is_match(&around(record, c)));
        said.map(|c| c.id.clone()).collect()
    };
    Details {
        consents: consents(record, thread),
        counts: counts(thread),
        areas: areas(thread),
        mediators: if thread.topic == Topic::Talks { mediators(thread) } else { Vec::new() },
        level: if thread.topic == Topic::Talks { level(record, thread) } else { None },
        outcomes: if thread.topic == Topic::Talks { outcomes(record, thread) } else { Vec::new() },
        commission: if thread.topic == Topic::Delimitation { says(|w| &w.commission) } else { Vec::new() },
        treaty: if thread.topic == Topic::Help { says(|w| &w.treaty) } else { Vec::new() },
    }
}

/// A claim's words and those by which it names an agreement.
fn around(record: &Record<'_>, claim: &Claim) -> String {
    format!("{} {}", record.quote(claim), record.agreement_words(claim).unwrap_or(""))
}

/// Strengths of what is sent or leaves, and counts of who is handed over.
fn counts(thread: &Thread<'_>) -> Vec<(String, Figure)> {
    use Counted::{Bodies, Captured, Missing, Personnel, Posts, Returned, Settlements, Vehicles, Weapons};
    let bears = |f: &&Figure| {
        matches!(f.what, Bodies | Captured | Missing | Personnel | Posts | Returned | Settlements | Vehicles | Weapons)
    };
    let of = |c: &&Claim| -> Vec<(String, Figure)> {
        c.figures.iter().filter(bears).map(|f| (c.id.clone(), f.clone())).collect()
    };
    thread.claims.iter().flat_map(of).collect()
}

fn areas(thread: &Thread<'_>) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for claim in &thread.claims {
        let Some(place) = claim.place.as_ref().map(|p| &p.value) else { continue };
        let key = super::thread::place_key(place);
        if !seen.contains(&key) {
            seen.push(key);
            out.push((place.name.clone(), claim.id.clone()));
        }
    }
    out
}

/// Steps that need the word of parties other than those who take them.
fn needs_consent(topic: Topic) -> bool {
    matches!(topic, Topic::Deployment | Topic::Monitoring | Topic::Delimitation | Topic::Exchange)
}

fn consents(record: &Record<'_>, thread: &Thread<'_>) -> Vec<Consent> {
    if !needs_consent(thread.topic) {
        return Vec::new();
    }
    let doers: &[PartyId] = if thread.topic == Topic::Deployment { &thread.thing.by } else { &[] };
    let mut by_party: BTreeMap<PartyId, (Stand, Vec<String>)> = BTreeMap::new();
    for claim in &thread.claims {
        let Some((party, stand)) = stand(claim) else { continue };
        if doers.contains(&party) {
            continue;
        }
        let entry = by_party.entry(party).or_insert((stand, Vec::new()));
        entry.0 = entry.0.min(stand);
        entry.1.push(claim.id.clone());
    }
    for claim in thread.claims.iter().filter(|c| asks_for_consent(record, c)) {
        for party in named(record, claim).into_iter().filter(|p| !doers.contains(p)) {
            by_party.entry(party).or_insert((Stand::Unheard, Vec::new())).1.push(claim.id.clone());
        }
    }
    let parties: Vec<PartyId> = by_party.keys().cloned().collect();
    let consent = |party: PartyId| {
        let (stand, claims) = by_party.remove(&party)?;
        Some(Consent { party, stand, claims })
    };
    as_named(&parties, &thread.claims).into_iter().filter_map(consent).collect()
}

/// How a claim makes its speaker stand to the step.
fn stand(claim: &Claim) -> Option<(PartyId, Stand)> {
    let party = claim.speaker.value.party.clone().filter(|p| !p.is_bystander())?;
    let stand = match claim.mode.value {
        Mode::Rejected => Stand::Refuses,
        Mode::Planned | Mode::Asserted => Stand::Agrees,
        Mode::CalledFor => Stand::Asks,
        Mode::Conditional => Stand::Conditional,
        Mode::Denied => return None,
    };
    let other = claim.actors.iter().all(|a| a.value != party);
    let concerned = !other || stand != Stand::Agrees;
    concerned.then_some((party, stand))
}

/// Whether a claim makes the step hang on the word of others, in its sentence.
fn asks_for_consent(record: &Record<'_>, claim: &Claim) -> bool {
    let conditional = claim.mode.value == Mode::Conditional;
    conditional && WORDS.as_ref().is_some_and(|w| w.consent.is_match(sentence(record, claim)))
}

fn sentence<'a>(record: &Record<'a>, claim: &Claim) -> &'a str {
    record.source(claim).map_or("", |s| s.words(s.sentence(claim.span).1))
}

/// The words from where a claim, or else its sentence, speaks of consent to the end of that clause.
fn of_consent<'a>(record: &Record<'a>, claim: &Claim) -> &'a str {
    let from = |words: &'a str| {
        let found = WORDS.as_ref().and_then(|w| w.consent.find(words))?;
        words.get(found.start()..).and_then(|rest| rest.split([',', ';']).next())
    };
    from(record.quote(claim)).or_else(|| from(sentence(record, claim))).unwrap_or("")
}

/// Parties whose consent a claim's words name; "the sides" are those of the conflict that its document tells of.
fn named(record: &Record<'_>, claim: &Claim) -> Vec<PartyId> {
    let quote = of_consent(record, claim);
    let words: Vec<&str> = quote.split(|c: char| !c.is_alphanumeric()).collect();
    let is_named = |name: &String| match name.contains(' ') {
        true => quote.contains(name.as_str()),
        false => words.contains(&name.as_str()),
    };
    let found = record.knowledge().parties().filter(|p| p.names.iter().chain(&p.seats).any(is_named));
    match sorted(found.map(|p| &p.id)) {
        none if none.is_empty() && words.iter().any(|w| matches!(*w, "sides" | "parties")) => sides(record, claim),
        found => found,
    }
}

/// The two sides of the conflict that a claim's document tells of, where it names both.
fn sides(record: &Record<'_>, claim: &Claim) -> Vec<PartyId> {
    let Some(source) = record.source(claim) else { return Vec::new() };
    let all = claims_of(record, source);
    let told = |side: &PartyId| {
        all.iter().any(|c| {
            let parties = c.actors.iter().chain(&c.targets).map(|p| &p.value);
            parties.chain(&c.speaker.value.party).any(|p| p == side)
        })
    };
    let conflict = record.knowledge().conflicts().find(|c| c.sides.iter().all(told));
    conflict.map(|c| sorted(c.sides.iter())).unwrap_or_default()
}

/// Claims for what must come first: what the speaker of a conditional claim asks for in the same sentence.
pub(super) fn needs(record: &Record<'_>, claim: &Claim) -> Vec<String> {
    let Some(source) = record.source(claim) else { return Vec::new() };
    let (_, sentence) = source.sentence(claim.span);
    if !super::machine::is_precondition(source.words(sentence)) {
        return Vec::new();
    }
    let wanted = claims_of(record, source).iter().filter(|c| {
        c.mode.value == Mode::CalledFor
            && c.kind.value != claim.kind.value
            && c.speaker.value == claim.speaker.value
            && sentence.start <= c.span.start
            && c.span.start < sentence.end
    });
    wanted.map(|c| c.id.clone()).collect()
}

/// The claims of one document; a record keeps them together.
fn claims_of<'r, 'a>(record: &'r Record<'a>, source: &Source) -> &'r [&'a Claim] {
    let key = (source.published.and_then(Interval::first_day), source.id.as_str());
    let published = |c: &Claim| record.source(c).and_then(|s| s.published?.first_day());
    let all = record.claims();
    let first = all.partition_point(|c| (published(c), c.document.as_str()) < key);
    let end = all.partition_point(|c| (published(c), c.document.as_str()) <= key);
    all.get(first..end).unwrap_or(&[])
}

/// Those who take part in the sides' talks and are none of the sides.
fn mediators(thread: &Thread<'_>) -> Vec<(PartyId, Vec<String>)> {
    let mut out: BTreeMap<PartyId, Vec<String>> = BTreeMap::new();
    for claim in &thread.claims {
        let both = thread.thing.by.len() == 2;
        let others = claim.actors.iter().map(|a| &a.value).filter(|p| !p.is_bystander());
        for party in others.filter(|p| both && !thread.thing.by.contains(p)) {
            out.entry(party.clone()).or_default().push(claim.id.clone());
        }
    }
    let parties: Vec<PartyId> = out.keys().cloned().collect();
    as_named(&parties, &thread.claims).into_iter().filter_map(|p| out.remove_entry(&p)).collect()
}

fn level(record: &Record<'_>, thread: &Thread<'_>) -> Option<(Level, String)> {
    let of = |claim: &&Claim| {
        let (words, source) = (WORDS.as_ref()?, record.source(claim)?);
        let sentence = source.words(source.sentence(claim.span).1);
        let found = words.levels.iter().find(|(_, pattern)| pattern.is_match(sentence));
        found.map(|(level, _)| (*level, claim.id.clone()))
    };
    thread.claims.iter().filter_map(of).min()
}

/// Agreements between the sides that were made within a day of dated talks.
fn outcomes(record: &Record<'_>, thread: &Thread<'_>) -> Vec<String> {
    let made = |a: &&Agreement| {
        let sides = thread.thing.by.len() > 1 && thread.thing.by.iter().all(|p| crate::agreement::is_party(a, p));
        sides && thread.claims.iter().any(|c| c.mode.value == Mode::Asserted && is_on(c, a))
    };
    record.knowledge().agreements().filter(made).map(|a| a.id.clone()).collect()
}

/// Days of talks beyond which they are no one meeting.
const MEETING_DAYS: i32 = 3;

fn is_on(claim: &Claim, agreement: &Agreement) -> bool {
    let date = claim.date.as_ref().map(|d| d.value).filter(|d| d.length_in_days().is_some_and(|n| n <= MEETING_DAYS));
    date.is_some_and(|d| d.meets(Interval::day(agreement.agreed)))
}

/// Words that tell details; `details.toml` lists them.
struct Words {
    consent: Regex,
    commission: Regex,
    treaty: Regex,
    levels: Vec<(Level, Regex)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    consent: Vec<String>,
    commission: Vec<String>,
    treaty: Vec<String>,
    levels: BTreeMap<Level, Vec<String>>,
}

static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| {
    let lists: Lists = toml::from_str(include_str!("details.toml")).ok()?;
    let any = |list: &[String]| Regex::new(&format!(r"(?i)\b({})", list.join("|"))).ok();
    let levels = lists.levels.iter().filter_map(|(level, list)| Some((*level, any(list)?))).collect();
    let (consent, commission) = (any(&lists.consent)?, any(&lists.commission)?);
    Some(Words { consent, commission, treaty: any(&lists.treaty)?, levels })
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_patterns() {
        let words = WORDS.as_ref().unwrap();
        assert!(words.consent.is_match("only with the approval of Vesk and Orlava"));
        assert!(!words.consent.is_match("an agreeable evening"));
        assert!(words.commission.is_match("a joint commission on the border"));
        assert!(words.treaty.is_match("invoked the Mutual Defence Treaty"));
        assert_eq!(words.levels.len(), 4);
    }
}
