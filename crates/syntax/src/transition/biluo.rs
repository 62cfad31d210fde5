//! Named entities: each token begins, continues or ends one, is one by itself, or stands outside.

use std::ops::Range;

use super::{NONE, Scorer, best, load_moves};
use crate::labels::EntityKind;
use crate::load::network::Network;
use crate::load::{LoadError, Malformed, Package};

/// The token, the first of the open entity, the one before.
const FEATURES: usize = 3;

/// Trained entity recogniser.
pub(crate) struct Recogniser {
    scorer: Scorer<FEATURES>,
    moves: Vec<Move>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Move {
    Begin(EntityKind),
    In(EntityKind),
    Last(EntityKind),
    Unit(EntityKind),
    Out,
    /// A move that is never taken at parse time.
    Never,
}

impl Recogniser {
    /// Reads the moves for a network of [`Recogniser::scorer`].
    pub(crate) fn load(package: &Package, scorer: Scorer<FEATURES>) -> Result<Self, LoadError> {
        load_moves(package, "ner", |moves| Self::new(scorer, &moves))
    }

    /// The scoring part of the pipe's network; its encoder is in the same file.
    pub(crate) fn scorer(network: &Network) -> Result<Scorer<FEATURES>, Malformed> {
        Scorer::parse(network)
    }

    fn new(scorer: Scorer<FEATURES>, moves: &[(u8, String)]) -> Result<Self, Malformed> {
        if moves.len() != scorer.classes() {
            return Err(Malformed::new(format!("{} moves for {} classes", moves.len(), scorer.classes())));
        }
        let moves = moves.iter().map(|(action, label)| Move::parse(*action, label)).collect::<Result<_, _>>()?;
        Ok(Recogniser { scorer, moves })
    }

    /// What each encoded token contributes to the scores.
    pub(crate) fn precompute(&self, encoded: &[f32]) -> Vec<f32> {
        self.scorer.precompute(encoded)
    }

    /// Floats a token in what [`Recogniser::precompute`] gives.
    pub(crate) const FLOATS: usize = Scorer::<FEATURES>::FLOATS;

    /// Finds the entities of a document. No entity crosses a sentence start, and none begins with white space.
    pub(crate) fn find(
        &self,
        precomputed: &[f32],
        starts: &[bool],
        is_space: &[bool],
    ) -> Vec<(Range<usize>, EntityKind)> {
        let (mut found, mut open, mut scores) = (Vec::new(), None, Vec::new());
        for (at, &is_space) in is_space.iter().enumerate() {
            let first = open.map_or(NONE, |(first, _): (usize, EntityKind)| first as u32);
            let before = open.map_or(NONE, |_| at.wrapping_sub(1) as u32);
            self.scorer.score([at as u32, first, before], precomputed, &mut scores);
            let place = Place {
                open: open.map(|(_, kind)| kind),
                must_end: starts.get(at + 1).copied().unwrap_or(true),
                is_space,
            };
            let chosen = best(&scores, |class| place.allows(self.moves[class]));
            match (chosen.map_or(Move::Out, |class| self.moves[class]), open) {
                (Move::Begin(kind), _) => open = Some((at, kind)),
                (Move::Unit(kind), _) => found.push((at..at + 1, kind)),
                (Move::Last(kind), Some((first, _))) => {
                    found.push((first..at + 1, kind));
                    open = None;
                }
                _ => {}
            }
        }
        found
    }
}

impl Move {
    fn parse(action: u8, label: &str) -> Result<Self, Malformed> {
        let kind = || label.parse().map_err(|e| Malformed::new(format!("{e}")));
        Ok(match action {
            _ if label.is_empty() && action != 5 => Move::Never,
            1 => Move::Begin(kind()?),
            2 => Move::In(kind()?),
            3 => Move::Last(kind()?),
            4 => Move::Unit(kind()?),
            5 => Move::Out,
            _ => Move::Never,
        })
    }
}

/// What limits the choice at one token.
struct Place {
    open: Option<EntityKind>,
    /// The text or the sentence ends after the token.
    must_end: bool,
    is_space: bool,
}

impl Place {
    fn allows(&self, chosen: Move) -> bool {
        match chosen {
            Move::Begin(_) => self.open.is_none() && !self.must_end && !self.is_space,
            Move::In(kind) => self.open == Some(kind) && !self.must_end,
            Move::Last(kind) => self.open == Some(kind),
            Move::Unit(_) => self.open.is_none() && !self.is_space,
            Move::Out => self.open.is_none(),
            Move::Never => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EntityKind::{Gpe, Org};

    #[test]
    fn an_open_entity_is_continued_or_ended() {
        let place = Place { open: Some(Gpe), must_end: false, is_space: false };
        assert!(!place.allows(Move::Out) && !place.allows(Move::Unit(Gpe)) && !place.allows(Move::Last(Org)));
        assert!(place.allows(Move::In(Gpe)) && place.allows(Move::Last(Gpe)));
    }

    #[test]
    fn none_begins_at_the_end_or_with_space() {
        let end = Place { open: None, must_end: true, is_space: false };
        assert!(!end.allows(Move::Begin(Gpe)) && end.allows(Move::Unit(Gpe)) && end.allows(Move::Out));
        let space = Place { open: None, must_end: false, is_space: true };
        assert!(!space.allows(Move::Begin(Gpe)) && !space.allows(Move::Unit(Gpe)));
    }

    #[test]
    fn unknown_kinds_are_refused() {
        assert!(Move::parse(1, "PLANET").is_err());
        assert_eq!(Move::parse(1, "").unwrap(), Move::Never);
        assert_eq!(Move::parse(5, "").unwrap(), Move::Out);
    }
}
