use proptest::prelude::*;

use super::*;

fn problem(sees: &[&[u32]], weights: &[u64], too_near: &[(u32, u32)], posts: usize) -> Problem {
    Problem {
        sees: sees.iter().map(|s| s.to_vec()).collect(),
        weights: weights.to_vec(),
        too_near: too_near.to_vec(),
        posts,
    }
}

struct Says(Result<Solved, String>);

impl Solver for Says {
    fn name(&self) -> String {
        "a solver".to_owned()
    }

    fn solve(&self, _: &Problem) -> Result<Solved, String> {
        self.0.clone()
    }
}

#[test]
fn nothing_to_place_and_nothing_to_see() {
    for empty in [problem(&[], &[], &[], 3), problem(&[&[0]], &[5], &[], 0), problem(&[&[]], &[5], &[], 1)] {
        let (plan, _) = plan(&empty, None);
        assert_eq!((plan.sites.len(), plan.worth, plan.gap_percent()), (0, 0, 0.0));
    }
}

/// Taking the best next post fails here: the middle one first, then half of what is left.
const TRAP: (&[&[u32]], &[u64]) = (&[&[0, 1], &[1, 2, 3, 4], &[3, 4, 5]], &[3, 2, 2, 2, 2, 3]);

#[test]
fn exchanges_mend_what_taking_the_best_next_gets_wrong() {
    let (plan, _) = plan(&problem(TRAP.0, TRAP.1, &[], 2), None);
    assert_eq!(plan.worth, 12, "{plan:?}");
    assert!(plan.at_most >= 12);
}

#[test]
fn a_solver_is_believed_as_far_as_it_can_be_checked() {
    // No two sites see as much as the bound by hand allows.
    let circle = problem(&[&[0, 1], &[1, 2], &[2, 0]], &[2, 2, 2], &[(0, 1), (1, 2), (0, 2)], 2);
    let says = |sites: &[u32], at_most| Says(Ok(Solved { sites: sites.to_vec(), at_most }));
    let (proven, _) = plan(&circle, Some(&says(&[1], 4.0)));
    assert!(proven.is_best() && proven.worth == 4 && proven.found_by == "a solver");
    let (plan_of_liar, why) = plan(&circle, Some(&says(&[0, 1], 6.0)));
    assert!(plan_of_liar.worth == 4 && !plan_of_liar.is_best() && why.unwrap().contains("breaks the rules"));
    let (fallen_back, why) = plan(&circle, Some(&Says(Err("out of memory".to_owned()))));
    assert!(fallen_back.worth == 4 && why.unwrap() == "out of memory");
    assert!((fallen_back.gap_percent() - 50.0).abs() < 1e-9, "{fallen_back:?}");
}

#[test]
fn places_that_the_same_sites_see_are_one() {
    let reduced = problem(&[&[0, 1, 3], &[0, 1]], &[1, 2, 4, 0], &[], 1).reduced();
    assert_eq!((reduced.weights, reduced.sees), (vec![3], vec![vec![0], vec![0]]));
}

/// The best of all choices, by trying them.
pub(crate) fn brute(problem: &Problem) -> u64 {
    let count = problem.sees.len() as u32;
    let choices = (0u32..1 << count).map(|bits| (0..count).filter(|s| bits & (1 << s) != 0).collect::<Vec<u32>>());
    choices.filter(|c| problem.allows(c)).map(|c| problem.worth(&c)).max().unwrap_or(0)
}

fn small() -> impl Strategy<Value = Problem> {
    let place = 0..12u32;
    let sees = prop::collection::vec(prop::collection::btree_set(place, 0..6), 1..9);
    (sees, prop::collection::vec(0..20u64, 12), prop::collection::vec((0..9u32, 0..9u32), 0..5), 0..5usize).prop_map(
        |(sees, weights, pairs, posts)| {
            let count = sees.len() as u32;
            let mut too_near: Vec<(u32, u32)> = pairs.into_iter().filter(|(a, b)| a < b && *b < count).collect();
            too_near.sort_unstable();
            too_near.dedup();
            Problem { sees: sees.into_iter().map(|s| s.into_iter().collect()).collect(), weights, too_near, posts }
        },
    )
}

proptest! {
    #[test]
    fn what_is_best_lies_between_plan_and_bound(problem in small()) {
        let (plan, _) = plan(&problem, None);
        let best = brute(&problem);
        prop_assert!(problem.allows(&plan.sites));
        prop_assert_eq!(plan.worth, problem.worth(&plan.sites), "reduced as it is");
        prop_assert!(plan.worth <= best && best <= plan.at_most, "{:?}, best {}", plan, best);
    }
}
