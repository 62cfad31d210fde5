//! Numbers of people and things, with what, who, whose, floor and ceiling.

mod amount;
mod article;
mod count;
mod elliptic;
mod extent;
mod fate;
mod lexicon;
mod noun;
mod part;
mod single;
#[cfg(test)]
mod tests;
mod together;
mod who;

use std::borrow::Cow;
use std::ops::Range;

pub use amount::{Amount, NoAmount};
pub(crate) use lexicon::Sort;

use crate::document::{ParsedParagraph, Span};
use crate::pack::PartyId;

/// What a figure counts (codebook).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counted {
    /// Dead.
    Killed,
    /// Wounded.
    Wounded,
    /// Killed or wounded, undivided.
    Casualties,
    /// Captured.
    Captured,
    /// Missing.
    Missing,
    /// Displaced.
    Displaced,
    /// Returned.
    Returned,
    /// Bodies.
    Bodies,
    /// Personnel.
    Personnel,
    /// Posts.
    Posts,
    /// Vehicles, tanks included.
    Vehicles,
    /// Aircraft, drones included.
    Aircraft,
    /// Weapons.
    Weapons,
    /// Shells, rockets, rounds.
    Munitions,
    /// Violations.
    Violations,
    /// Settlements.
    Settlements,
    /// Square kilometres.
    AreaKm2,
    /// Kilometres.
    DistanceKm,
}

impl Counted {
    /// Every kind, in the codebook's order.
    pub const ALL: &'static [Counted] = &[
        Counted::Killed,
        Counted::Wounded,
        Counted::Casualties,
        Counted::Captured,
        Counted::Missing,
        Counted::Displaced,
        Counted::Returned,
        Counted::Bodies,
        Counted::Personnel,
        Counted::Posts,
        Counted::Vehicles,
        Counted::Aircraft,
        Counted::Weapons,
        Counted::Munitions,
        Counted::Violations,
        Counted::Settlements,
        Counted::AreaKm2,
        Counted::DistanceKm,
    ];

    /// Its name in the codebook.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Counted::Killed => "killed",
            Counted::Wounded => "wounded",
            Counted::Casualties => "casualties",
            Counted::Captured => "captured",
            Counted::Missing => "missing",
            Counted::Displaced => "displaced",
            Counted::Returned => "returned",
            Counted::Bodies => "bodies",
            Counted::Personnel => "personnel",
            Counted::Posts => "posts",
            Counted::Vehicles => "vehicles",
            Counted::Aircraft => "aircraft",
            Counted::Weapons => "weapons",
            Counted::Munitions => "munitions",
            Counted::Violations => "violations",
            Counted::Settlements => "settlements",
            Counted::AreaKm2 => "area_km2",
            Counted::DistanceKm => "distance_km",
        }
    }

    /// What a name of the codebook stands for.
    #[must_use]
    pub fn parse(name: &str) -> Option<Counted> {
        Counted::ALL.iter().copied().find(|what| what.as_str() == name)
    }

    /// Whether it counts people by the harm done to them.
    #[must_use]
    pub fn is_harm(self) -> bool {
        matches!(self, Counted::Killed | Counted::Wounded | Counted::Casualties)
    }

    /// Whether it counts people by what befell them.
    #[must_use]
    pub fn is_fate(self) -> bool {
        use Counted::{Bodies, Captured, Casualties, Displaced, Killed, Missing, Returned, Wounded};
        matches!(self, Killed | Wounded | Casualties | Captured | Missing | Displaced | Returned | Bodies)
    }
}

/// Whether the people counted are military.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Who {
    /// Soldiers, fighters, police under arms.
    Military,
    /// Civilians.
    Civilian,
    /// Not said, or both.
    #[default]
    Any,
}

impl Who {
    /// Its name in the codebook.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Who::Military => "military",
            Who::Civilian => "civilian",
            Who::Any => "any",
        }
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The words of the number with its quantifier ("more than 1,250").
    pub span: Span,
    /// What is counted.
    pub what: Counted,
    /// Military or civilian.
    pub who: Who,
    /// Whose people or things.
    pub side: Option<PartyId>,
    /// Floor, where there is one.
    pub min: Option<Amount>,
    /// Ceiling, where there is one.
    pub max: Option<Amount>,
    /// Whether the words only say "about".
    pub approx: bool,
    /// Rule that made it a figure of its claim, such as `figures/words`.
    pub rule: Cow<'static, str>,
}

/// A number in the text with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Tokens of the number with its quantifier.
    pub tokens: Range<usize>,
    /// The same in the document.
    pub span: Span,
    /// Head token of what is counted.
    pub noun: Option<usize>,
    /// Floor, where there is one.
    pub min: Option<Amount>,
    /// Ceiling, where there is one.
    pub max: Option<Amount>,
    /// Whether the words only say "about".
    pub approx: bool,
    /// What is counted, where the codebook has a name for it.
    pub what: Option<Counted>,
    /// Military or civilian.
    pub who: Who,
    /// Index of the quantity that this one is included in.
    pub part_of: Option<usize>,
}

impl Quantity {
    /// A number of nothing yet.
    fn bare(tokens: Range<usize>) -> Quantity {
        let (span, who) = (Span::new(0, 0), Who::Any);
        Quantity { tokens, span, noun: None, min: None, max: None, approx: false, what: None, who, part_of: None }
    }

    /// The token that stands for it in the tree: its noun, else the number itself.
    #[must_use]
    pub fn head(&self) -> usize {
        self.noun.unwrap_or(self.tokens.end - 1)
    }
}

/// What befell the one whom a token names without a number, and who that is: "the corporal who died", "its men had
/// killed him", "Sergeant Torv is dead". Plurals and things name nobody alone.
#[must_use]
pub fn befallen(parse: &syntax::Parse, at: usize) -> Option<(Counted, Who)> {
    single::befallen(parse, at)
}

/// Who somebody is whom a token names alone, by a pronoun, a name or a noun, whatever befell them.
pub(crate) fn one(parse: &syntax::Parse, at: usize) -> Option<Who> {
    single::one(parse, at)
}

/// All who are told by name in the list in which a token names one.
pub(crate) fn named_with(parse: &syntax::Parse, at: usize) -> Vec<usize> {
    single::named_with(parse, at)
}

/// What a word says befell somebody, whoever that is.
pub(crate) fn fate_of(parse: &syntax::Parse, at: usize) -> Option<Counted> {
    fate::told_by(parse, at)
}

/// What a noun counts by its own meaning.
pub(crate) fn sort(parse: &syntax::Parse, noun: usize) -> Option<Sort> {
    noun::sort(parse, noun)
}

/// All numbers of people and things of a paragraph, in text order.
///
/// Dates, ages, lengths of time, money, shares and numbers that are names are left out; so is "several", which says
/// no number. A single person or thing under an article counts as one where something befalls the person or the
/// codebook counts the thing.
#[must_use]
pub fn quantities(paragraph: &ParsedParagraph) -> Vec<Quantity> {
    let parse = &paragraph.parse;
    let mut out: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < parse.len() {
        let found = count::read(parse, at).or_else(|| article::read(parse, at));
        at = found.as_ref().map_or(0, |f| f.end).max(at + 1);
        out.extend(found.and_then(|f| f.quantity));
    }
    part::relate(parse, &mut out);
    for quantity in &mut out {
        quantity.span = paragraph.span_of(quantity.tokens.clone());
    }
    out
}
