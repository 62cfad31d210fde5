//! Two proposals for one stretch of border, side by side.

use geo::{Coord, Intersects, LineString, Polygon};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;

use super::change::{Change, Ground, Shapes, combined, wound};
use super::deviation::{Deviation, deviation};
use crate::course::{self, Course, Side, Unfit};
use crate::earth::{self, Track};
use crate::nearest::nearest;
use crate::plane::Plane;

/// A piece of one side's land that lies apart from it, on the other side of the line.
#[derive(Debug, Clone, PartialEq)]
pub struct Enclave {
    /// Whose it is.
    pub holder: Side,
    /// Its edge.
    pub ring: Vec<Coord>,
}

/// Where somebody would draw the border.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The line.
    pub course: Course,
    /// What it leaves on the other side of the line.
    pub enclaves: Vec<Enclave>,
}

/// Why two proposals cannot be set side by side.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Incomparable {
    /// The two lines do not begin and end at the same places.
    #[error(
        "the two lines do not begin and end at the same places: {start_m:.0} m apart at the first one's start, {end_m:.0} m \
         at its end"
    )]
    EndsApart {
        /// Metres between the starts.
        start_m: f64,
        /// Metres between the ends.
        end_m: f64,
    },
    /// Together they reach too far for one plane.
    #[error("the two lines lie too far apart, or reach too far, to be compared at once")]
    TooFar,
    /// Which side an area lies on cannot be told.
    #[error("the two lines wind round each other so that some land would lie on neither side")]
    Winds,
    /// An enclave's edge is no ring.
    #[error("enclave {0}: {1}")]
    EnclaveUnfit(usize, Unfit),
    /// An enclave of a proposal meets the proposal's own line.
    #[error("enclave {0} of the {1} proposal meets that proposal's own line")]
    EnclaveMeetsLine(usize, &'static str),
    /// An enclave lies on its holder's own side.
    #[error("enclave {0} of the {1} proposal lies on its holder's own side of that line")]
    EnclaveAtHome(usize, &'static str),
    /// Two enclaves of a proposal meet, or one lies in the other.
    #[error("enclaves {0} and {1} of the {2} proposal meet, or one lies within the other")]
    EnclavesMeet(usize, usize, &'static str),
}

impl Incomparable {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Incomparable::EndsApart { .. } => {
                "cut both at the same places, or let ends that far apart be joined by a straight line with --join METRES"
            }
            Incomparable::TooFar => "cut the border into segments and compare them one by one",
            Incomparable::Winds => "cut the proposals into segments that begin and end where both agree",
            Incomparable::EnclaveUnfit(_, unfit) => unfit.hint(),
            Incomparable::EnclaveMeetsLine(..) => "draw the line round what touches it; an enclave lies apart",
            Incomparable::EnclavesMeet(..) => "draw land that hangs together as one enclave, and none within another",
            Incomparable::EnclaveAtHome(..) => "name the other side as the holder, or turn the line round",
        }
    }
}

/// Two proposals side by side. Sides are those of the first line as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Whether the second was drawn from the other end, and was turned round.
    pub turned: bool,
    /// Metres of the first line.
    pub first_m: f64,
    /// Metres of the second.
    pub second_m: f64,
    /// Metres between the starts, and between the ends.
    pub gaps_m: (f64, f64),
    /// Areas that lie on one side under the first and on the other under the second, along the first.
    pub changes: Vec<Change>,
    /// How far they run from each other.
    pub deviation: Option<Deviation>,
}

impl Comparison {
    /// Square metres that lie on a side under the first, and on the other under the second.
    #[must_use]
    pub fn lost_by(&self, side: Side) -> f64 {
        self.changes.iter().filter(|c| c.from == side).fold(0.0, |sum, c| sum + c.area_m2)
    }
}

/// Sets two proposals side by side. Ends that lie no further apart than `join_m` metres are joined by a straight line.
///
/// # Errors
/// Where they are not two answers to one question: see [`Incomparable`].
pub fn compare(first: &Proposal, second: &Proposal, join_m: f64) -> Result<Comparison, Incomparable> {
    let (second, turned) = aligned(first, second);
    let gaps_m = gaps(&first.course, &second.course);
    if gaps_m.0 > join_m || gaps_m.1 > join_m {
        return Err(Incomparable::EndsApart { start_m: gaps_m.0, end_m: gaps_m.1 });
    }
    let tracks = (Track::new(first.course.vertices()), Track::new(second.course.vertices()));
    let changes = Areas::new(first, &second)?.changes(&tracks.0)?;
    Ok(Comparison {
        turned,
        first_m: tracks.0.length(),
        second_m: tracks.1.length(),
        gaps_m,
        changes,
        deviation: deviation(&tracks.0, &tracks.1),
    })
}

/// Whether a proposal holds together: its enclaves are rings that lie apart from its line and from each other, on the side
/// that is not their holder's.
///
/// # Errors
/// See [`Incomparable`].
pub fn check(proposal: &Proposal) -> Result<(), Incomparable> {
    let alone = Proposal { enclaves: Vec::new(), ..proposal.clone() };
    Areas::new(proposal, &alone).map(drop)
}

/// The second proposal, turned round if it was drawn from the other end.
#[must_use]
pub fn aligned(first: &Proposal, second: &Proposal) -> (Proposal, bool) {
    let sum = |(start, end): (f64, f64)| start + end;
    let turned = Proposal {
        course: second.course.reversed(),
        enclaves: second.enclaves.iter().map(|e| Enclave { holder: e.holder.other(), ring: e.ring.clone() }).collect(),
    };
    let is_turned = sum(gaps(&first.course, &turned.course)) < sum(gaps(&first.course, &second.course));
    if is_turned { (turned, true) } else { (second.clone(), false) }
}

fn gaps(first: &Course, second: &Course) -> (f64, f64) {
    let ((start, end), (other_start, other_end)) = (first.ends(), second.ends());
    (earth::metres(start, other_start), earth::metres(end, other_end))
}

/// The lines and enclaves of two proposals on one plane.
struct Areas<'a> {
    plane: Plane,
    lines: [(&'a [Coord], Vec<Coord>); 2],
    rings: Vec<Laid>,
}

/// An enclave on the plane.
struct Laid {
    of_first: bool,
    holder: Side,
    ring: Vec<Coord>,
    laid: Vec<Coord>,
}

impl<'a> Areas<'a> {
    fn new(first: &'a Proposal, second: &'a Proposal) -> Result<Areas<'a>, Incomparable> {
        let enclaves = first.enclaves.iter().chain(&second.enclaves);
        let lines = [first, second].into_iter().flat_map(|p| p.course.vertices());
        let plane = Plane::over(lines.chain(enclaves.flat_map(|e| &e.ring))).ok_or(Incomparable::TooFar)?;
        let lay = |line: &[Coord]| plane.lay_all(line).ok_or(Incomparable::TooFar);
        let lines = [first, second].map(|p| (p.course.vertices(), lay(p.course.vertices())));
        let [(a, on_a), (b, on_b)] = lines;
        let lines = [(a, on_a?), (b, on_b?)];
        let mut rings = Vec::new();
        for (proposal, name, (_, on_plane)) in [(first, "first", &lines[0]), (second, "second", &lines[1])] {
            for (i, enclave) in proposal.enclaves.iter().enumerate() {
                let ring = course::ring(&enclave.ring).map_err(|e| Incomparable::EnclaveUnfit(i + 1, e))?;
                let laid = lay(&ring)?;
                lies_apart(proposal, enclave, [on_plane, &laid], i + 1, name)?;
                meets_none(&rings, name == "first", &laid, i + 1, name)?;
                rings.push(Laid { of_first: name == "first", holder: enclave.holder, laid, ring });
            }
        }
        Ok(Areas { plane, lines, rings })
    }

    fn changes(&self, along: &Track) -> Result<Vec<Change>, Incomparable> {
        let [(_, there), (_, back)] = &self.lines;
        let way: Vec<[f64; 2]> = there.iter().chain(back.iter().rev()).map(|&c| c.into()).collect();
        let mut lost = [wound(&way, FillRule::Positive), wound(&way, FillRule::Negative)];
        let ground = self.ground();
        self.winds_once(&ground, &lost)?;
        if !self.rings.is_empty() {
            lost = [self.with_enclaves(&lost, Side::Left), self.with_enclaves(&lost, Side::Right)];
        }
        let [left, right] = lost;
        let mut changes = ground.changes(&left, Side::Left);
        changes.extend(ground.changes(&right, Side::Right));
        changes.sort_by_cached_key(|c| first_met(c, along));
        Ok(changes)
    }

    fn ground(&self) -> Ground<'_> {
        let lines = self.lines.iter().map(|(earth, laid)| (*earth, laid.as_slice()));
        let rings = self.rings.iter().map(|r| (r.ring.as_slice(), r.laid.as_slice()));
        Ground::new(&self.plane, &lines.chain(rings).collect::<Vec<_>>())
    }

    /// The areas must make up what the closed way goes round; else it goes round something more than once.
    fn winds_once(&self, ground: &Ground<'_>, lost: &[Shapes; 2]) -> Result<(), Incomparable> {
        let [(first, _), (second, _)] = &self.lines;
        let way: Vec<Coord> = first.iter().chain(second.iter().rev()).copied().collect();
        let sum = |shapes, side| ground.changes(shapes, side).iter().map(|c| c.area_m2).sum::<f64>();
        let (left, right) = (sum(&lost[0], Side::Left), sum(&lost[1], Side::Right));
        let off = (left - right - earth::area(&way)).abs();
        // The grid's grain along the whole way is far below one in a hundred thousand of any area that matters.
        if off > 1e-5 * (left + right) + earth::length(&way) { Err(Incomparable::Winds) } else { Ok(()) }
    }

    /// What one side holds under the first proposal and not under the second, with enclaves.
    fn with_enclaves(&self, lost: &[Shapes; 2], side: Side) -> Shapes {
        let (own, others) = if side == Side::Left { (&lost[0], &lost[1]) } else { (&lost[1], &lost[0]) };
        let rings = |of_first: bool, holder: Option<Side>| self.enclaves(of_first, holder);
        let minus = |a: &Shapes, b: &Shapes| combined(a, b, OverlayRule::Difference);
        let (first, second) = (rings(true, None), rings(false, None));
        let (ours_before, ours_after) = (rings(true, Some(side)), rings(false, Some(side)));
        let theirs_after = rings(false, Some(side.other()));
        let enclave_ends = minus(&minus(&ours_before, others), &ours_after);
        let enclave_passes = combined(&ours_before, &theirs_after, OverlayRule::Intersect);
        let enclave_begins = minus(&minus(&theirs_after, &first), others);
        let line_moves = minus(&minus(own, &first), &second);
        let parts = [enclave_passes, enclave_begins, line_moves];
        parts.iter().fold(enclave_ends, |all, part| combined(&all, part, OverlayRule::Union))
    }

    fn enclaves(&self, of_first: bool, holder: Option<Side>) -> Shapes {
        let asked = self.rings.iter().filter(|r| r.of_first == of_first && holder.is_none_or(|h| h == r.holder));
        asked.map(|r| vec![r.laid.iter().map(|&c| c.into()).collect()]).collect()
    }
}

/// Where along the first line an area begins, in whole metres.
fn first_met(change: &Change, along: &Track) -> (u64, u64) {
    let corners = change.rings.first().into_iter().flatten();
    let met = corners.filter_map(|&c| nearest(along, c)).map(|n| n.along).fold(f64::MAX, f64::min);
    (met.max(0.0) as u64, change.area_m2 as u64)
}

/// An enclave may not meet its proposal's own line, and lies on the other side of it.
fn lies_apart(
    proposal: &Proposal,
    enclave: &Enclave,
    on_plane: [&[Coord]; 2],
    n: usize,
    name: &'static str,
) -> Result<(), Incomparable> {
    let [line, ring] = on_plane.map(|laid| LineString::new(laid.to_vec()));
    if line.intersects(&ring) {
        return Err(Incomparable::EnclaveMeetsLine(n, name));
    }
    let track = Track::new(proposal.course.vertices());
    let mut sides = enclave.ring.iter().filter_map(|&c| nearest(&track, c)).filter_map(|near| near.side);
    if sides.any(|side| side == enclave.holder) { Err(Incomparable::EnclaveAtHome(n, name)) } else { Ok(()) }
}

/// Enclaves of one proposal lie apart from each other.
fn meets_none(
    before: &[Laid],
    of_first: bool,
    laid: &[Coord],
    n: usize,
    name: &'static str,
) -> Result<(), Incomparable> {
    let area = |laid: &[Coord]| Polygon::new(LineString::new(laid.to_vec()), Vec::new());
    let own = area(laid);
    let mut others = (1..).zip(before.iter().filter(|r| r.of_first == of_first));
    let met = others.find(|(_, other)| area(&other.laid).intersects(&own));
    met.map_or(Ok(()), |(other, _)| Err(Incomparable::EnclavesMeet(other, n, name)))
}

#[cfg(test)]
mod tests;
