//! How much any plan can be worth at most: the Lagrangian dual in which places may be seen without a post, at a price,
//! by steps along the subgradient (M. Held, P. Wolfe, H. Crowder, "Validation of subgradient optimization", 1974).
//!
//! Distances between posts are left out of the bound, which can only make it larger.

use super::Problem;

const STEPS: usize = 400;

/// An upper bound on what any plan is worth; never below what one is known to be worth.
pub(super) fn at_most(problem: &Problem, known: u64) -> u64 {
    let worths: Vec<f64> = problem.weights.iter().map(|&w| w as f64).collect();
    let mut prices: Vec<f64> = worths.iter().map(|w| w / 2.0).collect();
    let (mut best, mut pace, mut since) = (worths.iter().sum::<f64>(), 2.0, 0);
    for _ in 0..STEPS {
        let (value, slopes) = dual(problem, &worths, &prices);
        since += 1;
        if value < best {
            (best, since) = (value, 0);
        }
        if since > 20 {
            (pace, since) = (pace / 2.0, 0);
        }
        let square: f64 = slopes.iter().map(|s| s * s).sum();
        if square == 0.0 || best - (known as f64) < 1.0 || pace < 1e-4 {
            break;
        }
        let step = pace * (value - known as f64).max(1.0) / square;
        for ((price, slope), worth) in prices.iter_mut().zip(&slopes).zip(&worths) {
            *price = (*price - step * slope).clamp(0.0, *worth);
        }
    }
    // Sums of whole numbers in floating point: a hair more than the floor.
    ((best * (1.0 + 1e-12)).floor() as u64).max(known)
}

/// The dual's value at some prices, and which way it rises: posts that see a place less whether it is paid for.
fn dual(problem: &Problem, worths: &[f64], prices: &[f64]) -> (f64, Vec<f64>) {
    let score = |places: &Vec<u32>| places.iter().map(|&p| prices[p as usize]).sum::<f64>();
    let mut scores: Vec<(f64, usize)> = problem.sees.iter().map(score).zip(0..).collect();
    let count = problem.posts.min(scores.len());
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut slopes: Vec<f64> = worths.iter().zip(prices).map(|(w, p)| if w > p { -1.0 } else { 0.0 }).collect();
    let mut value: f64 = worths.iter().zip(prices).map(|(w, p)| w - p).sum();
    for (score, site) in scores.into_iter().take(count) {
        value += score;
        problem.sees[site].iter().for_each(|&p| slopes[p as usize] += 1.0);
    }
    (value, slopes)
}
