//! Tolls: figures of harm by who reports them, who suffers, what befell whom, and over which stretch of time.
//!
//! Nothing is added up. A figure stands as its claim gives it, with floor and ceiling; a later one takes its place only
//! where the same voice counts the same thing, and stated parts are held against a stated total without mending either.

mod category;
mod parts;
mod series;
mod window;

#[cfg(test)]
mod properties;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use category::{Category, Family};
pub use parts::{Fit, Sum, sums};
pub use series::{Series, series};
pub use window::Window;

use crate::agreement;
use crate::claim::{Claim, Kind, Mode};
use crate::document::Span;
use crate::figure::{Amount, Figure, Who};
use crate::incident::{Incident, Record, id_led_by};
use crate::pack::{Agreement, PartyId, PartyKind};

/// Who reports a figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reporter {
    /// For whom it speaks, where that is a party: a party speaks with one voice, whoever quotes it.
    pub party: Option<PartyId>,
    /// As named in the document; for an outlet its own name, or that of the document.
    pub name: String,
}

/// One figure as one voice gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Toll {
    /// Ids of the claims that hold it: the first, and those by which the same voice repeats it.
    pub claims: Vec<String>,
    /// The words of the number in the first claim's document.
    pub words: Span,
    /// Who reports it.
    pub reporter: Reporter,
    /// Whose people or things; for counts of violations and fire, who is said to be behind them.
    pub side: Option<PartyId>,
    /// What is counted.
    pub category: Category,
    /// Military, civilian, or not said.
    pub who: Who,
    /// Floor, where there is one.
    pub min: Option<u64>,
    /// Ceiling, where there is one.
    pub max: Option<u64>,
    /// Whether the words only say "about".
    pub approx: bool,
    /// Over which stretch of time.
    pub window: Window,
    /// Where, as written.
    pub place: Option<String>,
    /// The place's id in the gazetteer, else its name in lower case: what is compared.
    place_key: Option<String>,
    /// The day for which it was said to hold.
    pub known: Option<Date>,
    /// Whether the voice denies the figure rather than gives it.
    pub denied: bool,
}

impl Toll {
    /// From its first claim and what it counts there: the same while that claim holds it.
    #[must_use]
    pub fn id(&self) -> String {
        let claim = self.claims.first().map_or("", String::as_str);
        let side = self.side.as_ref().map_or("", PartyId::as_str);
        let what = format!("{claim}/{}/{}/{}/{side}", self.words.start, self.category.as_str(), self.who.as_str());
        id_led_by(&what).replacen("i-", "t-", 1)
    }

    /// Whether both bounds are the same number and nothing is approximate.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.min.is_some() && self.min == self.max && !self.approx
    }
}

/// All tolls of a record, in the order of the day for which they hold; one that the same voice repeats is one.
#[must_use]
pub fn tolls(record: &Record<'_>, incidents: &[Incident]) -> Vec<Toll> {
    let windows = window::Windows::of(record, incidents);
    let of_claim = |claim: &&Claim| {
        let counted = claim.figures.iter().filter_map(|f| Some((f, category::of(record, claim, f)?)));
        counted.map(|(figure, category)| one(record, claim, figure, category, &windows)).collect::<Vec<_>>()
    };
    let mut tolls: Vec<Toll> = record.claims().iter().filter(|c| is_of_fact(c)).flat_map(of_claim).collect();
    tolls.sort_by(|a, b| order(a).cmp(&order(b)));
    repeated_once(tolls)
}

fn is_of_fact(claim: &Claim) -> bool {
    matches!(claim.mode.value, Mode::Asserted | Mode::Denied) && claim.kind.value != Kind::Exchange
}

fn one(
    record: &Record<'_>,
    claim: &Claim,
    figure: &Figure,
    category: Category,
    windows: &window::Windows<'_, '_>,
) -> Toll {
    let place = claim.place.as_ref().map(|p| &p.value);
    let window = windows.of_figure(claim, figure);
    Toll {
        claims: vec![claim.id.clone()],
        words: figure.span,
        reporter: reporter(record, claim),
        side: figure.side.clone().or_else(|| side(record, claim, category)),
        category,
        who: figure.who,
        min: figure.min.map(Amount::floor),
        max: figure.max.map(Amount::ceil),
        approx: figure.approx,
        known: known(record, claim, &window),
        window,
        place: place.map(|p| p.name.clone()),
        place_key: place.map(|p| p.resolved.as_ref().map_or_else(|| p.name.to_lowercase(), |r| r.id.clone())),
        denied: claim.mode.value == Mode::Denied,
    }
}

/// Who is on record for a claim's figures.
fn reporter(record: &Record<'_>, claim: &Claim) -> Reporter {
    let speaker = &claim.speaker.value;
    let party = speaker.party.clone().filter(|p| !p.is_bystander());
    let outlet = || record.source(claim).map(|s| s.outlet.clone().unwrap_or_else(|| s.name.clone()));
    let narrator = party.is_none() && speaker.name == NARRATOR;
    let name = if narrator { outlet() } else { None };
    Reporter { party, name: name.unwrap_or_else(|| speaker.name.clone()) }
}

/// What the codebook calls an outlet's own voice.
const NARRATOR: &str = "narrator";

/// Whose it is where the figure itself does not say: the one side that is harmed or, of fire and breaches, the one
/// that is behind them. An international body that counts is not taken for the one that suffers.
fn side(record: &Record<'_>, claim: &Claim, category: Category) -> Option<PartyId> {
    let of = if category.family() == Family::Fire { &claim.actors } else { &claim.targets };
    let counts = |p: &PartyId| {
        let body = record.knowledge().parties().any(|k| k.id == *p && k.kind == PartyKind::Body);
        body && claim.speaker.value.party.as_ref() == Some(p)
    };
    match of.as_slice() {
        [one] if !one.value.is_bystander() && !counts(&one.value) => Some(one.value.clone()),
        _ => None,
    }
}

/// The day for which a figure was said to hold: for what goes on, the last day that it covers; for what is over, the
/// day of the report, by which more may have become known.
fn known(record: &Record<'_>, claim: &Claim, window: &Window) -> Option<Date> {
    // a reprint says nothing later than what it reprints
    let copied = record.source(claim).and_then(|s| s.copy_of.as_ref()).and_then(|c| record.source_of(&c.first));
    let source = copied.or_else(|| record.source(claim));
    let published = source.and_then(|s| s.published).and_then(|p| p.last_day().or(p.first_day()));
    let last = claim.date.as_ref().and_then(|d| d.value.last_day());
    let covered = last.filter(|day| window.goes_on() && published.is_none_or(|p| *day <= p && window.covers(*day)));
    covered.or(published).or(last)
}

/// What puts tolls in order: day, document, words.
fn order(toll: &Toll) -> (bool, Option<Date>, &str, usize, Category, Who) {
    let claim = toll.claims.first().map_or("", String::as_str);
    (toll.known.is_none(), toll.known, claim, toll.words.start, toll.category, toll.who)
}

/// What makes two figures of one voice the same figure, for the same scope.
type Same = (series::Key, Option<u64>, Option<u64>, bool, bool, Option<Date>);

fn repeated_once(tolls: Vec<Toll>) -> Vec<Toll> {
    let mut seen: BTreeMap<Same, usize> = BTreeMap::new();
    let mut kept: Vec<Toll> = Vec::with_capacity(tolls.len());
    for toll in tolls {
        let same = (series::key(&toll), toll.min, toll.max, toll.approx, toll.denied, toll.known);
        match seen.get(&same).and_then(|&at| kept.get_mut(at)) {
            Some(first) => {
                first.claims.extend(toll.claims);
                first.claims.dedup();
            }
            None => {
                seen.insert(same, kept.len());
                kept.push(toll);
            }
        }
    }
    kept
}

/// How a toll lies to the time since an agreement entered into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// All of it lies in that time.
    Within,
    /// Some of it lies before, or its time is not known well enough.
    Partly,
    /// All of it lies before.
    Before,
}

/// How a toll lies to the time since an agreement entered into force.
#[must_use]
pub fn since(toll: &Toll, agreement: &Agreement) -> Since {
    use agreement::Force;
    if toll.window.is_since(&agreement.id) {
        return Since::Within;
    }
    let Some(when) = toll.window.interval(toll.known) else { return Since::Partly };
    match agreement::in_force(agreement, when) {
        Force::In => Since::Within,
        Force::After if agreement::days_off(agreement, when) == 0 => Since::Partly,
        Force::After | Force::Suspended | Force::Undetermined => Since::Partly,
        Force::Before => Since::Before,
    }
}

/// Whether an agreement binds somebody of whom a toll speaks, or whom its reporter speaks for.
#[must_use]
pub fn concerns(toll: &Toll, agreement: &Agreement) -> bool {
    let named: Vec<&PartyId> = toll.side.iter().chain(&toll.reporter.party).collect();
    named.is_empty() || named.iter().any(|p| agreement::is_party(agreement, p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Counted;
    use crate::incident::sample::{Tale, Told};

    fn told(by: &str, day: &str, words: &str) -> Told {
        Told::new(&format!("{by}-{day}"), day, words).by(by).kind(Kind::Casualties, &[], &["orlava"]).on(day)
    }

    fn found(all: &[Told]) -> Vec<Toll> {
        let mut tale = Tale::new();
        all.iter().for_each(|t| tale.tell(t.clone()));
        tolls(&tale.record(), &tale.gather())
    }

    #[test]
    fn fears_plans_and_demands_are_no_tolls() {
        let dead =
            |mode| told("orlava", "2031-03-08", "9 dead").figure(Counted::Killed, None, Some(9), None).mode(mode);
        assert!(found(&[dead(Mode::Conditional), dead(Mode::Planned), dead(Mode::CalledFor)]).is_empty());
    }

    #[test]
    fn what_is_handed_over_is_no_toll() {
        let told = told("orlava", "2031-03-08", "9 bodies").kind(Kind::Exchange, &["vesk", "orlava"], &[]);
        assert!(found(&[told.figure(Counted::Bodies, None, Some(9), Some(9))]).is_empty());
    }

    #[test]
    fn floor_and_ceiling_stay_and_the_harmed_side_is_read_off_the_claim() {
        let all = found(&[told("vesk", "2031-03-08", "more than 1,250 dead").figure(
            Counted::Killed,
            None,
            Some(1250),
            None,
        )]);
        assert_eq!((all[0].min, all[0].max), (Some(1250), None));
        assert_eq!(all[0].side, Some(PartyId::new("orlava")));
        assert_eq!(all[0].reporter.party, Some(PartyId::new("vesk")));
    }

    #[test]
    fn one_voice_in_two_documents_says_it_once() {
        let dead = |document: &str| {
            let told = Told::new(document, "2031-03-08", "two dead").by("vesk").kind(Kind::Casualties, &[], &["vesk"]);
            told.on("2031-03-07").figure(Counted::Killed, None, Some(2), Some(2))
        };
        let all = found(&[dead("a"), dead("b")]);
        assert_eq!((all.len(), all[0].claims.len()), (1, 2));
    }

    #[test]
    fn since_a_ceasefire() {
        let day = |day| told("vesk", day, "two dead").figure(Counted::Killed, None, Some(2), Some(2));
        let tale = Tale::new();
        let record = tale.record();
        let agreement = record.knowledge().agreements().next().unwrap();
        let lies = |when| since(&found(&[day(when)])[0], agreement);
        assert_eq!(lies("2031-03-05"), Since::Before);
        assert_eq!(lies("2031-03-06"), Since::Partly, "the hour is not said");
        assert_eq!(lies("2031-03-07"), Since::Within);
    }
}
