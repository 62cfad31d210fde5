//! The problem as an integer program in the free MPS format, which solvers read.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Problem;

/// The program: `x` of a site is 1 where a post is placed, `y` of a place is at most 1 and at most the number of posts
/// that see it; what is seen is worth as much as can be. Sites that are all too near to each other share one row.
#[must_use]
pub fn mps(problem: &Problem) -> String {
    let groups = groups(problem);
    let mut rows_of: Vec<Vec<String>> = vec![Vec::new(); problem.sees.len()];
    for (g, group) in groups.iter().enumerate() {
        group.iter().for_each(|&s| rows_of[s as usize].push(format!("g{g}")));
    }
    let mut out = String::from("NAME posts\nOBJSENSE\n MAX\nROWS\n N worth\n L posts\n");
    (0..problem.weights.len()).for_each(|p| put(&mut out, format_args!(" G s{p}\n")));
    (0..groups.len()).for_each(|g| put(&mut out, format_args!(" L g{g}\n")));
    out.push_str("COLUMNS\n m1 'MARKER' 'INTORG'\n");
    for (site, (places, rows)) in problem.sees.iter().zip(&rows_of).enumerate() {
        put(&mut out, format_args!(" x{site} posts 1\n"));
        places.iter().for_each(|p| put(&mut out, format_args!(" x{site} s{p} 1\n")));
        rows.iter().for_each(|row| put(&mut out, format_args!(" x{site} {row} 1\n")));
    }
    out.push_str(" m2 'MARKER' 'INTEND'\n");
    let weights = || problem.weights.iter().enumerate();
    weights().for_each(|(p, w)| put(&mut out, format_args!(" y{p} worth {w}\n y{p} s{p} -1\n")));
    put(&mut out, format_args!("RHS\n r posts {}\n", problem.posts));
    (0..groups.len()).for_each(|g| put(&mut out, format_args!(" r g{g} 1\n")));
    out.push_str("BOUNDS\n");
    (0..problem.sees.len()).for_each(|s| put(&mut out, format_args!(" BV b x{s}\n")));
    weights().for_each(|(p, _)| put(&mut out, format_args!(" UP b y{p} 1\n")));
    out.push_str("ENDATA\n");
    out
}

fn put(out: &mut String, line: std::fmt::Arguments<'_>) {
    out.write_fmt(line).ok();
}

/// The sites that a solution file of HiGHS chooses: lines `x12 1`.
#[must_use]
pub fn chosen(solution: &str) -> Vec<u32> {
    let column = |line: &str| {
        let (name, value) = line.trim().split_once(' ')?;
        let site: u32 = name.strip_prefix('x')?.parse().ok()?;
        (value.trim().parse::<f64>().ok()? > 0.5).then_some(site)
    };
    let primal = solution.split("# Dual").next().unwrap_or(solution);
    let sites: BTreeSet<u32> = primal.lines().filter_map(column).collect();
    sites.into_iter().collect()
}

/// Groups of sites of which no two may be chosen, so that each pair that is too near is in one: a row for a group says
/// more than a row for each pair.
fn groups(problem: &Problem) -> Vec<Vec<u32>> {
    let near = problem.neighbours().into_iter().map(|n| n.into_iter().collect()).collect::<Vec<BTreeSet<u32>>>();
    let mut open: BTreeSet<(u32, u32)> = problem.too_near.iter().copied().collect();
    let mut groups = Vec::new();
    while let Some(&(a, b)) = open.first() {
        let mut group = vec![a, b];
        let both = near[a as usize].intersection(&near[b as usize]);
        for &site in both {
            if group.iter().all(|&g| near[site as usize].contains(&g)) {
                group.push(site);
            }
        }
        group.sort_unstable();
        for (i, &first) in group.iter().enumerate() {
            group.iter().skip(i + 1).for_each(|&second| {
                open.remove(&(first, second));
            });
        }
        groups.push(group);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_program() {
        let problem = Problem {
            sees: vec![vec![0], vec![0, 1], vec![]],
            weights: vec![3, 4],
            too_near: vec![(0, 1), (0, 2), (1, 2)],
            posts: 2,
        };
        assert_eq!(groups(&problem), [[0, 1, 2]]);
        let text = mps(&problem);
        assert!(text.contains(" x1 s1 1\n x1 g0 1\n") && text.contains(" y1 worth 4\n y1 s1 -1\n"));
        assert_eq!(text.matches(" BV b ").count(), 3);
    }

    #[test]
    fn solutions() {
        let file = "Model status\nOptimal\n\n# Primal solution values\nFeasible\nObjective 7\n# Columns 4\nx0 0\nx1 1\nx2 0.9999999\ny0 1\n# Rows 1\nposts 2\n\n# Dual solution values\nx0 1\n";
        assert_eq!(chosen(file), [1, 2]);
        assert!(chosen("").is_empty());
    }
}
