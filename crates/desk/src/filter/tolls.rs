//! Which figures are shown, and the chart of them.

use jiff::civil::Date;
use publish::chart::{self, Band};
use trucewatch::pack::{Agreement, Knowledge, PartyId};
use trucewatch::toll::{self, Category, Family, Series, Since, Toll};
use trucewatch::when::Interval;

use super::asked;
use crate::failure::Failure;

/// Which figures are asked for; all where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tolls {
    /// Only those since an agreement entered into force, between those whom it binds; by its id.
    pub since: Option<String>,
    /// First day that a figure's time may meet.
    pub from: Option<Date>,
    /// Last day that a figure's time may meet.
    pub to: Option<Date>,
    /// Reported by a party, or of its people or things; by its id.
    pub party: Option<String>,
    /// Of a place, as written.
    pub place: Option<String>,
    /// Of what is counted.
    pub category: Option<String>,
    /// Of a kind of thing.
    pub family: Option<String>,
}

/// A chart of one category: as asked, else the one with the most figures.
#[must_use]
pub fn drawn(tolls: &[Toll], asked: &Tolls, knowledge: &Knowledge) -> String {
    let count = |c: &Category| tolls.iter().filter(|t| t.category == *c).count();
    let category = Category::ALL.iter().rev().copied().max_by_key(count).unwrap_or(Category::Dead);
    let shown: Vec<Toll> = tolls.iter().filter(|t| t.category == category && !t.denied).cloned().collect();
    let bands: Vec<Band> =
        toll::series(&shown).iter().map(|s| band(s, knowledge)).filter(|b| !b.points.is_empty()).collect();
    let since = asked.since.as_ref().map(|id| format!(" since {id}")).unwrap_or_default();
    chart::bands(&format!("{}{since}, by who says so; from floor to ceiling", category.as_str()), &bands)
}

fn band(series: &Series<'_>, knowledge: &Knowledge) -> Band {
    let first = series.tolls.first();
    let voice =
        |t: &&Toll| t.reporter.party.as_ref().map_or(t.reporter.name.as_str(), |p| knowledge.title(p)).to_owned();
    let of = first.and_then(|t| t.side.as_ref()).map(|s| format!(" of {}", knowledge.title(s))).unwrap_or_default();
    let who = first.filter(|t| t.who.as_str() != "any").map(|t| format!(", {}", t.who.as_str())).unwrap_or_default();
    let place = first.and_then(|t| t.place.as_ref()).map(|p| format!(", {p}")).unwrap_or_default();
    let points = series.tolls.iter().filter_map(|t| Some((t.known?, t.min, t.max))).collect();
    Band { name: format!("{}{of}{who}{place}", first.map(voice).unwrap_or_default()), points }
}

/// What was asked for, checked against what packs know.
pub struct TollFilter<'a> {
    /// The agreement since which was asked.
    pub since: Option<&'a Agreement>,
    days: Option<Interval>,
    party: Option<PartyId>,
    place: Option<String>,
    category: Option<Category>,
    family: Option<Family>,
}

impl<'a> TollFilter<'a> {
    /// Checks what was asked for.
    ///
    /// # Errors
    /// Where a word of it is none that packs know, or that is counted.
    pub fn new(asked: &Tolls, knowledge: &'a Knowledge) -> Result<TollFilter<'a>, Failure> {
        Ok(TollFilter {
            since: asked.since.as_deref().map(|id| asked::agreement(id, knowledge)).transpose()?,
            days: asked::days(asked.from, asked.to)?,
            party: asked.party.as_deref().map(|id| asked::party(id, knowledge)).transpose()?,
            place: asked.place.as_ref().map(|p| p.to_lowercase()),
            category: asked.category.as_deref().map(category).transpose()?,
            family: asked.family.as_deref().map(family).transpose()?,
        })
    }

    /// Whether a figure is one of those that were asked for.
    #[must_use]
    pub fn admits(&self, toll: &Toll) -> bool {
        let in_time = self.days.is_none_or(|days| toll.window.interval(toll.known).is_some_and(|i| i.meets(days)));
        let since = |a: &Agreement| toll::since(toll, a) == Since::Within && toll::concerns(toll, a);
        let family = |f: Family| toll.category.family() == f;
        in_time
            && self.since.is_none_or(since)
            && self.party.as_ref().is_none_or(|p| [&toll.side, &toll.reporter.party].contains(&&Some(p.clone())))
            && self.place.as_ref().is_none_or(|p| toll.place.as_ref().is_some_and(|x| x.to_lowercase() == *p))
            && self.category.is_none_or(|c| toll.category == c)
            && self.family.is_none_or(family)
    }
}

fn family(word: &str) -> Result<Family, Failure> {
    asked::one_of(
        word,
        "no kind of thing that is counted",
        "kinds",
        &[Family::People, Family::Fire, Family::Things],
        Family::as_str,
    )
}

fn category(word: &str) -> Result<Category, Failure> {
    asked::one_of(word, "nothing that is counted", "counted", &Category::ALL, Category::as_str)
}
