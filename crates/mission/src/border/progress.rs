//! Progress of a border in kilometres and per cent by state.
//!
//! Where no line is agreed and none is given for reference, a segment is as long as the shortest and as the longest line
//! that is proposed for it; nothing is averaged, so that kilometres and shares are floors and ceilings.

use serde::Serialize;

use super::State;
use crate::book::Mission;

/// What is in one state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The state.
    pub state: State,
    /// Segments in it.
    pub segments: usize,
    /// Of these, segments whose length nobody can tell yet; they are in no kilometre and no share.
    pub unmeasured: usize,
    /// Kilometres, at least.
    pub min_km: f64,
    /// Kilometres, at most.
    pub max_km: f64,
    /// Per cent of the whole border, at least.
    pub min_percent: f64,
    /// Per cent of the whole border, at most.
    pub max_percent: f64,
}

/// The shares of all states, in their order.
#[must_use]
pub fn progress(mission: &Mission) -> Vec<Share> {
    let measured = |s| (mission.standing(s).state, mission.metres(s));
    let segments: Vec<(State, (f64, f64))> = mission.segments.values().map(measured).collect();
    let sum = |is: &dyn Fn(State) -> bool| {
        let met = segments.iter().filter(|(s, _)| is(*s));
        met.fold((0.0, 0.0), |sum, (_, m)| (sum.0 + m.0 / 1000.0, sum.1 + m.1 / 1000.0))
    };
    let share = |state: State| {
        let ((min_km, max_km), (others_min, others_max)) = (sum(&|s| s == state), sum(&|s| s != state));
        Share {
            state,
            segments: segments.iter().filter(|(s, _)| *s == state).count(),
            unmeasured: segments.iter().filter(|(s, (_, max))| *s == state && *max <= 0.0).count(),
            min_km,
            max_km,
            min_percent: percent(min_km, others_max),
            max_percent: percent(max_km, others_min),
        }
    };
    State::ALL.map(share).to_vec()
}

fn percent(part: f64, rest: f64) -> f64 {
    if part > 0.0 { 100.0 * part / (part + rest) } else { 0.0 }
}
