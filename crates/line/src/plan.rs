//! Where so many posts should stand to see most of a line: a maximal covering location problem (R. Church and C. ReVelle,
//! "The maximal covering location problem", 1974) with posts that stand already and distances that must lie between posts.
//!
//! Places along the line carry weights in whole numbers, so that a plan is proven best when nothing better by one can be.
//! A plan is found by taking the best next post and then exchanging posts ([`hand`]); how far it may be from the best is
//! bounded from above ([`bound`]). A [`Solver`] for integer programs, which is the caller's, closes the gap.

pub mod bound;
pub mod hand;
pub mod model;
pub mod siting;

use std::collections::BTreeMap;

use serde::Serialize;

/// A covering problem, in numbers of sites and places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// For each site the places that it sees, in order.
    pub sees: Vec<Vec<u32>>,
    /// For each place what it is worth to see it.
    pub weights: Vec<u64>,
    /// Pairs of sites that lie too near to each other, the smaller number first, in order.
    pub too_near: Vec<(u32, u32)>,
    /// How many posts may be placed at most.
    pub posts: usize,
}

/// Sites for new posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Numbers of the sites, in order.
    pub sites: Vec<u32>,
    /// What they see is worth.
    pub worth: u64,
    /// No choice of sites is worth more than this.
    pub at_most: u64,
    /// How it was found.
    pub found_by: String,
}

impl Plan {
    /// Whether no choice of sites is worth more.
    #[must_use]
    pub fn is_best(&self) -> bool {
        self.worth >= self.at_most
    }

    /// By how many per cent of what it is worth a better choice may be worth more, at most.
    #[must_use]
    pub fn gap_percent(&self) -> f64 {
        if self.is_best() { 0.0 } else { 100.0 * (self.at_most - self.worth) as f64 / self.worth.max(1) as f64 }
    }
}

/// What a solver found.
#[derive(Debug, Clone, PartialEq)]
pub struct Solved {
    /// Sites that it chose. They are checked and valued anew.
    pub sites: Vec<u32>,
    /// No choice is worth more than this, by its word.
    pub at_most: f64,
}

/// A solver of integer programs.
pub trait Solver {
    /// Its name and version.
    fn name(&self) -> String;

    /// Solves a problem as far as its time allows.
    ///
    /// # Errors
    /// What went wrong, in words.
    fn solve(&self, problem: &Problem) -> Result<Solved, String>;
}

impl Problem {
    /// What a choice of sites sees is worth.
    #[must_use]
    pub fn worth(&self, sites: &[u32]) -> u64 {
        let mut seen = vec![false; self.weights.len()];
        let places = sites.iter().filter_map(|&s| self.sees.get(s as usize)).flatten();
        places.for_each(|&p| {
            if let Some(seen) = seen.get_mut(p as usize) {
                *seen = true;
            }
        });
        self.weights.iter().zip(seen).filter(|(_, seen)| *seen).map(|(w, _)| w).sum()
    }

    /// Whether a choice keeps to the number of posts and the distances between them.
    #[must_use]
    pub fn allows(&self, sites: &[u32]) -> bool {
        let chosen: std::collections::BTreeSet<u32> = sites.iter().copied().collect();
        let known = chosen.iter().all(|&s| (s as usize) < self.sees.len());
        let apart = !self.too_near.iter().any(|(a, b)| chosen.contains(a) && chosen.contains(b));
        known && apart && chosen.len() == sites.len() && chosen.len() <= self.posts
    }

    /// The same problem without places that no site sees or that are worth nothing, and with places that the same sites
    /// see made one. Sites keep their numbers.
    #[must_use]
    pub fn reduced(&self) -> Problem {
        let mut seen_by: Vec<Vec<u32>> = vec![Vec::new(); self.weights.len()];
        for (site, places) in (0u32..).zip(&self.sees) {
            for &place in places {
                seen_by.get_mut(place as usize).into_iter().for_each(|sites| sites.push(site));
            }
        }
        let mut alike: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
        for (sites, &weight) in seen_by.into_iter().zip(&self.weights).filter(|(s, w)| !s.is_empty() && **w > 0) {
            *alike.entry(sites).or_default() += weight;
        }
        let mut sees: Vec<Vec<u32>> = vec![Vec::new(); self.sees.len()];
        for (place, sites) in (0u32..).zip(alike.keys()) {
            sites.iter().for_each(|&s| sees[s as usize].push(place));
        }
        let known = |&(a, b): &(u32, u32)| a != b && (a.max(b) as usize) < self.sees.len();
        let too_near = self.too_near.iter().copied().filter(known).collect();
        Problem { sees, weights: alike.into_values().collect(), too_near, posts: self.posts }
    }

    /// For each site, those too near to it.
    pub(crate) fn neighbours(&self) -> Vec<Vec<u32>> {
        let mut near = vec![Vec::new(); self.sees.len()];
        for &(a, b) in &self.too_near {
            near[a as usize].push(b);
            near[b as usize].push(a);
        }
        near
    }
}

/// Finds a plan. What the solver says is believed only as far as it can be checked: its sites are valued anew, and its
/// bound is used beside our own. Where it fails, the plan by hand stands, and why it failed is given back beside it.
#[must_use]
pub fn plan(problem: &Problem, solver: Option<&dyn Solver>) -> (Plan, Option<String>) {
    let reduced = problem.reduced();
    let by_hand = hand::choose(&reduced);
    let at_most = bound::at_most(&reduced, reduced.worth(&by_hand));
    let mut plan = Plan {
        worth: reduced.worth(&by_hand),
        at_most,
        sites: by_hand,
        found_by: "exchanging posts by hand".to_owned(),
    };
    let Some(solver) = solver.filter(|_| !plan.is_best()) else { return (plan, None) };
    match solver.solve(&reduced) {
        Err(why) => (plan, Some(why)),
        Ok(Solved { mut sites, at_most }) => {
            sites.sort_unstable();
            let worth = reduced.worth(&sites);
            let fits = reduced.allows(&sites);
            if fits && worth >= plan.worth {
                (plan.sites, plan.worth, plan.found_by) = (sites, worth, solver.name());
            }
            // Worths are whole; a bound that a rounding error puts below what was found is that.
            let bound = (at_most + 1e-6 * at_most.abs()).floor().max(plan.worth as f64) as u64;
            plan.at_most = plan.at_most.min(bound);
            (plan, (!fits).then(|| format!("{}: its choice breaks the rules and was left out", solver.name())))
        }
    }
}

#[cfg(test)]
mod tests;
