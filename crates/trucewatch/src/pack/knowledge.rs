//! All packs in use, merged: what the stages look things up in.

use super::{Agreement, Conflict, Line, Official, Outlet, Pack, Party, PartyId, PlaceEntry};

/// The packs in use, in the order in which they were named.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    packs: Vec<Pack>,
}

impl Knowledge {
    /// Merges packs; where two say something of one id, the later one comes after.
    #[must_use]
    pub fn new(packs: Vec<Pack>) -> Knowledge {
        Knowledge { packs }
    }

    /// The packs themselves.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// All parties.
    pub fn parties(&self) -> impl Iterator<Item = &Party> {
        self.packs.iter().flat_map(|p| &p.parties)
    }

    /// All officials.
    pub fn officials(&self) -> impl Iterator<Item = &Official> {
        self.packs.iter().flat_map(|p| &p.officials)
    }

    /// All outlets.
    pub fn outlets(&self) -> impl Iterator<Item = &Outlet> {
        self.packs.iter().flat_map(|p| &p.outlets)
    }

    /// All conflicts.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.packs.iter().flat_map(|p| &p.conflicts)
    }

    /// All places.
    pub fn places(&self) -> impl Iterator<Item = &PlaceEntry> {
        self.packs.iter().flat_map(|p| &p.places)
    }

    /// All lines and zones.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.packs.iter().flat_map(|p| &p.lines)
    }

    /// All agreements.
    pub fn agreements(&self) -> impl Iterator<Item = &Agreement> {
        self.packs.iter().flat_map(|p| &p.agreements)
    }

    /// Title of a party for readers; the id itself where no pack has one.
    #[must_use]
    pub fn title<'a>(&'a self, id: &'a PartyId) -> &'a str {
        self.parties().find(|p| p.id == *id).map_or(id.as_str(), |p| p.title.as_str())
    }
}
