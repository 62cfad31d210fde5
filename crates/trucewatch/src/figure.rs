//! Numbers of people and things, with what, who, whose, floor and ceiling.

use crate::document::Span;
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
    pub min: Option<u64>,
    /// Ceiling, where there is one.
    pub max: Option<u64>,
    /// Whether the words only say "about".
    pub approx: bool,
}
