//! A good plan by simple means: the best next post, as long as one is left, and then exchanges of one post for another.

use super::Problem;

/// Rounds of exchanges at most.
const ROUNDS: usize = 20;

/// Sites, in order.
pub(super) fn choose(problem: &Problem) -> Vec<u32> {
    let near = problem.neighbours();
    let mut choice = Choice::new(problem, &near);
    while choice.sites.len() < problem.posts {
        let Some(best) = choice.best_next() else { break };
        choice.add(best);
    }
    for _ in 0..ROUNDS {
        if !choice.exchange() {
            break;
        }
    }
    let mut sites = choice.sites;
    sites.sort_unstable();
    sites
}

/// Sites chosen so far, how often each place is seen, and how many chosen sites bar each site.
struct Choice<'a> {
    problem: &'a Problem,
    near: &'a [Vec<u32>],
    sites: Vec<u32>,
    seen: Vec<u32>,
    barred: Vec<u32>,
    chosen: Vec<bool>,
}

impl<'a> Choice<'a> {
    fn new(problem: &'a Problem, near: &'a [Vec<u32>]) -> Choice<'a> {
        let count = problem.sees.len();
        Choice {
            problem,
            near,
            sites: Vec::new(),
            seen: vec![0; problem.weights.len()],
            barred: vec![0; count],
            chosen: vec![false; count],
        }
    }

    fn gain(&self, site: u32) -> u64 {
        let new = self.problem.sees[site as usize].iter().filter(|&&p| self.seen[p as usize] == 0);
        new.map(|&p| self.problem.weights[p as usize]).sum()
    }

    fn loss(&self, site: u32) -> u64 {
        let only = self.problem.sees[site as usize].iter().filter(|&&p| self.seen[p as usize] == 1);
        only.map(|&p| self.problem.weights[p as usize]).sum()
    }

    /// The free site that adds most, the first of equals; none where nothing is added.
    fn best_next(&self) -> Option<u32> {
        let free =
            (0u32..).take(self.chosen.len()).filter(|&s| !self.chosen[s as usize] && self.barred[s as usize] == 0);
        let gains = free.map(|s| (self.gain(s), s)).filter(|(gain, _)| *gain > 0);
        gains.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, site)| site)
    }

    fn add(&mut self, site: u32) {
        self.chosen[site as usize] = true;
        self.sites.push(site);
        self.problem.sees[site as usize].iter().for_each(|&p| self.seen[p as usize] += 1);
        self.near[site as usize].iter().for_each(|&s| self.barred[s as usize] += 1);
    }

    fn remove(&mut self, site: u32) {
        self.chosen[site as usize] = false;
        self.sites.retain(|&s| s != site);
        self.problem.sees[site as usize].iter().for_each(|&p| self.seen[p as usize] -= 1);
        self.near[site as usize].iter().for_each(|&s| self.barred[s as usize] -= 1);
    }

    /// Takes each post away once and puts the best one in its place. Whether anything got better.
    fn exchange(&mut self) -> bool {
        let mut better = false;
        for site in self.sites.clone() {
            let loss = self.loss(site);
            self.remove(site);
            let next = self.best_next().filter(|&n| self.gain(n) > loss).unwrap_or(site);
            better |= next != site;
            self.add(next);
        }
        better
    }
}
