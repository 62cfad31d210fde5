//! What of a claim is compared, worked out once: days, place, roles, words.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use rustc_hash::FxHashMap;

use super::affinity;
use super::context::{self, Context, Known};
use super::help::Sorts;
use super::names::{Names, Set};
use super::record::Record;
use super::words::{ANY_TRUCE, Lexicon, stems};
use crate::claim::{Aspect, Claim, ClaimPlace, Kind, Mode, Traced};
use crate::document::{Span, paragraph_starts};
use crate::figure::{Amount, Counted, Figure, Who};
use crate::pack::PartyId;
use crate::when::{Interval, Point};

/// One claim made ready for comparison. Numbers stand for names (`Names`).
#[derive(Debug)]
pub(super) struct Traits {
    pub(super) kind: Kind,
    pub(super) mode: Mode,
    pub(super) aspect: Option<Aspect>,
    /// Its document.
    pub(super) document: u32,
    /// The party that its speaker speaks for.
    pub(super) party: Option<u32>,
    /// Name of its speaker.
    pub(super) speaker: u32,
    /// Whether an outlet says it in its own voice.
    pub(super) is_narrated: bool,
    /// Days that it covers, counted from a fixed day; `None` where undated.
    pub(super) days: Option<(i64, i64)>,
    /// The minutes that it covers, where it is told to the minute.
    pub(super) minutes: Option<(i64, i64)>,
    /// Days on which it may have been said.
    pub(super) said: Option<(i64, i64)>,
    /// Its place and all the places that it lies in, nearest first.
    pub(super) places: Vec<u32>,
    /// Words of the name of its place.
    pub(super) place_words: Set,
    /// UCDP precision of the place; 6 where nothing is known.
    pub(super) precision: u8,
    /// Degrees north and east.
    pub(super) point: Option<(f64, f64)>,
    /// Who does it.
    pub(super) actors: Set,
    /// To whom.
    pub(super) targets: Set,
    /// Its content words by number with their weight, rare ones weighing more, in order; length 1.
    pub(super) words: Vec<(u32, f32)>,
    /// Everybody who does or suffers it.
    pub(super) parties: Set,
    /// Stems of the words that name an agreement.
    pub(super) agreement: Set,
    /// Those of them that any truce may not have.
    pub(super) agreement_own: Set,
    /// Sorts of help that a claim of help speaks of.
    pub(super) help: Sorts,
    /// Its numbers.
    pub(super) figures: Vec<Number>,
    /// Number of its sentence in the document.
    pub(super) sentence: usize,
    /// Number of the claim in its document.
    pub(super) order: usize,
    /// Claims of its type in its document.
    pub(super) crowd: usize,
    /// How it stands among the claims of its document.
    pub(super) context: Context,
}

/// A figure made ready for comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) what: Counted,
    pub(super) who: Who,
    pub(super) side: Option<u32>,
    /// Floor and ceiling.
    pub(super) range: (Option<Amount>, Option<Amount>),
}

impl Traits {
    /// Whether it speaks of a whole war or a standing state rather than of particulars.
    pub(super) fn is_background(&self) -> bool {
        self.days.is_some_and(|(first, last)| last - first > 14)
    }

    /// The days that it covers or, where it has none, those on which it may have been said.
    pub(super) fn about(&self) -> Option<(i64, i64)> {
        self.days.or(self.said)
    }

    /// The day on which it begins, if it has one.
    pub(super) fn begins(&self) -> Option<i64> {
        self.days.map(|(first, _)| first).filter(|first| *first > -FAR)
    }

    /// The day on which its document came out; far back where that is not known.
    pub(super) fn out(&self) -> i64 {
        self.said.map_or(-FAR, |(first, _)| first)
    }

    /// Whether it says no: denies or refuses.
    pub(super) fn says_no(&self) -> bool {
        matches!(self.mode, Mode::Denied | Mode::Rejected)
    }

    /// Whether it is a happening at a time and place.
    pub(super) fn is_local(&self) -> bool {
        affinity::is_local(self.kind)
    }

    /// Whether it says what is or is not, rather than what should or might be.
    pub(super) fn is_of_fact(&self) -> bool {
        matches!(self.mode, Mode::Asserted | Mode::Denied)
    }
}

/// What claims are made ready with.
pub(super) struct Maker<'r, 'a> {
    record: &'r Record<'a>,
    lexicon: Lexicon,
    within: FxHashMap<&'a str, &'a str>,
    /// The packs' lines and zones at which places lie, by the place's id.
    at_lines: RefCell<FxHashMap<String, Vec<String>>>,
}

impl<'r, 'a> Maker<'r, 'a> {
    pub(super) fn of(record: &'r Record<'a>) -> Maker<'r, 'a> {
        let within = record.knowledge().places().map(|p| (p.id.as_str(), p.within.as_str())).collect();
        Maker { record, lexicon: Lexicon::of(record), within, at_lines: RefCell::default() }
    }

    /// The ids of a place, of what it lies in and of the lines and zones at which it lies: a village on the border is
    /// at the border.
    fn places(&self, place: &ClaimPlace) -> Vec<String> {
        let mut ids = chain(&self.within, place);
        if let Some(exact) = place.resolved.as_ref().filter(|r| r.precision <= 2) {
            let mut known = self.at_lines.borrow_mut();
            let lines =
                || self.record.knowledge().lines().filter(|l| l.km_to(exact.lat, exact.lon) <= l.accuracy_km + AT_KM);
            ids.extend_from_slice(
                known.entry(exact.id.clone()).or_insert_with(|| lines().map(|l| l.id.clone()).collect()),
            );
        }
        ids
    }

    /// Makes the claims of one document ready, in their order.
    pub(super) fn document(&self, claims: &[&Claim], names: &mut Names) -> Vec<Traits> {
        let crowd = |kind: Kind| claims.iter().filter(|c| c.kind.value == kind).count();
        let crowds: BTreeMap<Kind, usize> = claims.iter().map(|c| c.kind.value).map(|k| (k, crowd(k))).collect();
        let made = claims.iter().enumerate().map(|(i, claim)| Traits {
            order: i + 1,
            crowd: crowds.get(&claim.kind.value).copied().unwrap_or(1),
            ..self.claim(claim, names)
        });
        let mut made: Vec<Traits> = made.collect();
        let contexts = self.contexts(claims, &made);
        made.iter_mut().zip(contexts).for_each(|(traits, context)| traits.context = context);
        made
    }

    /// How the claims of one document stand among each other.
    fn contexts(&self, claims: &[&Claim], made: &[Traits]) -> Vec<Context> {
        let Some(source) = claims.first().and_then(|c| self.record.source(c)) else { return Vec::new() };
        let starts = paragraph_starts(&source.text);
        let known = |(claim, traits): (&&Claim, &Traits)| Known {
            start: claim.span.start,
            paragraph: starts.partition_point(|start| *start <= claim.span.start),
            kind: traits.kind as usize,
            days: traits.days,
            place: traits.places.first().copied(),
            parties: traits.parties.clone(),
        };
        let known: Vec<Known> = claims.iter().zip(made).map(known).collect();
        let mut of_sentence: BTreeMap<Span, Vec<(u32, f32)>> = BTreeMap::new();
        let mut words = |claim: &Claim| {
            let sentence = source.sentence(claim.span).1;
            of_sentence.entry(sentence).or_insert_with(|| self.lexicon.weighed(source.words(sentence))).clone()
        };
        let contexts = context::of(&known).into_iter().zip(claims);
        contexts.map(|(context, claim)| Context { words: words(claim), ..context }).collect()
    }

    fn claim(&self, claim: &Claim, names: &mut Names) -> Traits {
        let source = self.record.source(claim);
        let place = claim.place.as_ref().map(|p| &p.value);
        let speaker = &claim.speaker.value;
        let party = speaker.party.as_ref().map(PartyId::as_str);
        let mut ids = |parties: &[Traced<PartyId>]| names.set(parties.iter().map(|p| p.value.as_str()));
        let (actors, targets) = (ids(&claim.actors), ids(&claim.targets));
        let agreement = self.record.agreement_words(claim).map(stems).unwrap_or_default();
        let own = agreement.iter().map(String::as_str).filter(|w| !ANY_TRUCE.contains(w));
        let places = place.map(|p| self.places(p)).unwrap_or_default();
        let place_words = places.first().map(|name| names.set(place_words(name))).unwrap_or_default();
        Traits {
            kind: claim.kind.value,
            mode: claim.mode.value,
            aspect: claim.aspect.as_ref().map(|a| a.value),
            document: names.number(&claim.document),
            party: party.map(|p| names.number(p)),
            speaker: names.number(&speaker.name),
            is_narrated: party.is_none_or(|p| p == PartyId::MEDIA),
            days: claim.date.as_ref().map(|d| days(d.value)),
            minutes: claim.date.as_ref().and_then(|d| minutes(d.value)),
            said: source.and_then(|s| s.published).map(days),
            places: places.iter().map(|p| names.number(p)).collect(),
            place_words,
            precision: place.and_then(|p| p.resolved.as_ref()).map_or(6, |r| r.precision),
            point: place.and_then(|p| p.resolved.as_ref()).map(|r| (r.lat, r.lon)),
            parties: Set::of(actors.iter().chain(targets.iter())),
            actors,
            targets,
            words: self.lexicon.weighed(self.record.quote(claim)),
            agreement_own: names.set(own),
            agreement: names.set(agreement.iter().map(String::as_str)),
            help: help_of(claim, self.record.quote(claim)),
            figures: claim.figures.iter().map(|f| number_of(f, names)).collect(),
            sentence: source.map_or(0, |s| s.sentence(claim.span).0),
            order: 0,
            crowd: 1,
            context: Context::default(),
        }
    }
}

/// First and last minute of a time that is told to the minute, counted from one fixed day on.
fn minutes(date: Interval) -> Option<(i64, i64)> {
    let at = |point: Option<Point>| match point {
        Some(Point::Minute(time)) => {
            Some(days(Interval::day(time.date())).0 * DAY + i64::from(time.hour()) * 60 + i64::from(time.minute()))
        }
        _ => None,
    };
    at(date.start).zip(at(date.end))
}

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Makes all claims of a record ready, in its order.
pub(super) fn of(record: &Record<'_>) -> Vec<Traits> {
    let (maker, mut names) = (Maker::of(record), Names::default());
    record.by_document().flat_map(|claims| maker.document(claims, &mut names)).collect()
}

fn help_of(claim: &Claim, words: &str) -> Sorts {
    if claim.kind.value == Kind::Assistance { Sorts::of(words) } else { Sorts::default() }
}

fn number_of(figure: &Figure, names: &mut Names) -> Number {
    let side = figure.side.as_ref().map(|s| names.number(s.as_str()));
    Number { what: figure.what, who: figure.who, side, range: (figure.min, figure.max) }
}

/// Words of the name of a place, but for those that many names have.
fn place_words(name: &str) -> impl Iterator<Item = &str> {
    name.split_whitespace().filter(|w| !matches!(*w, "the" | "of" | "in" | "and"))
}

/// How far from a line a place still lies at it, beyond the line's own accuracy, in kilometres.
const AT_KM: f64 = 5.0;

/// Days are counted from here; open ends reach this many days and no further, so that sums stay small.
const EPOCH: Date = date(2000, 1, 1);
const FAR: i64 = 100_000;

fn days(interval: Interval) -> (i64, i64) {
    let count = |d: Date| EPOCH.until(d).map_or(0, |span| i64::from(span.get_days()));
    (interval.first_day().map_or(-FAR, count), interval.last_day().map_or(FAR, count))
}

/// The ids of a place and of what it lies in; for a place that nothing resolves, its name.
fn chain(within: &FxHashMap<&str, &str>, place: &ClaimPlace) -> Vec<String> {
    let Some(resolved) = &place.resolved else { return vec![place.name.to_lowercase()] };
    let mut ids = vec![resolved.id.clone()];
    while let Some(wider) = ids.last().and_then(|id| within.get(id.as_str())) {
        if wider.is_empty() || ids.iter().any(|id| id == wider) {
            break;
        }
        ids.push((*wider).to_owned());
    }
    ids
}
