//! HiGHS (Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised simplex method", 2018; highs.dev), run as a program
//! of its own: what it is given and what it answers are files.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use line::plan::{Problem, Solved, Solver, model};

/// The solver's program.
pub struct Highs {
    program: PathBuf,
    seconds: u64,
}

/// Proven best is what nothing better by one can be; worths are whole.
const OPTIONS: &str = "mip_rel_gap = 0\nmip_abs_gap = 0.999\n";

impl Highs {
    /// The program that was named; else the one that `make solver` lays into `models`, else one on the path. None where
    /// there is none, or `none` was named.
    #[must_use]
    pub fn find(named: Option<&Path>, seconds: u64) -> Option<Highs> {
        if named == Some(Path::new("none")) {
            return None;
        }
        let kept = || Some(PathBuf::from("models/highs/bin/highs")).filter(|p| p.is_file());
        let beside = || {
            let program = env::current_exe().ok()?;
            program.ancestors().map(|a| a.join("models/highs/bin/highs")).find(|p| p.is_file())
        };
        let on_path = || env::split_paths(&env::var_os("PATH")?).map(|p| p.join("highs")).find(|p| p.is_file());
        let program = named.map(Path::to_path_buf).or_else(kept).or_else(beside).or_else(on_path)?;
        Some(Highs { program, seconds })
    }

    /// Runs it in a folder; what it prints.
    fn run(&self, folder: &Path) -> Result<String, String> {
        let program = self.program.canonicalize().unwrap_or_else(|_| self.program.clone());
        let mut command = Command::new(&program);
        command.current_dir(folder).stdin(Stdio::null()).env("LD_LIBRARY_PATH", libraries(&program));
        command.args([
            "--options_file",
            "options",
            "--solution_file",
            "solution",
            "--threads",
            "1",
            "--random_seed",
            "0",
        ]);
        command.args(["--time_limit", &self.seconds.to_string(), "model.mps"]);
        let ran = command.output().map_err(|e| format!("{}: {e}", self.program.display()))?;
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        if ran.status.success() || said.contains("Dual bound") {
            return Ok(said);
        }
        let why = String::from_utf8_lossy(&ran.stderr).lines().last().unwrap_or("it said nothing").to_owned();
        Err(format!("{} ended with {}: {why}", self.program.display(), ran.status))
    }
}

/// Where the program finds its own library: beside its folder, before wherever else is looked.
fn libraries(program: &Path) -> OsString {
    let own = program.ancestors().nth(2).map(|p| p.join("lib"));
    let others = env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    let all = own.into_iter().chain(env::split_paths(&others).filter(|p| !p.as_os_str().is_empty()));
    env::join_paths(all).unwrap_or_default()
}

impl Solver for Highs {
    fn name(&self) -> String {
        "HiGHS".to_owned()
    }

    fn solve(&self, problem: &Problem) -> Result<Solved, String> {
        let folder = tempfile::tempdir().map_err(|e| format!("no temporary folder: {e}"))?;
        let write = |name: &str, text: &str| {
            fs::write(folder.path().join(name), text).map_err(|e| format!("the solver's {name} cannot be written: {e}"))
        };
        write("model.mps", &model::mps(problem))?;
        write("options", OPTIONS)?;
        let said = self.run(folder.path())?;
        let at_most = bound(&said).ok_or_else(|| "the solver did not say how good its answer is".to_owned())?;
        let solution = fs::read_to_string(folder.path().join("solution"));
        let solution = solution.map_err(|e| format!("the solver left no solution: {e}"))?;
        Ok(Solved { sites: model::chosen(&solution), at_most })
    }
}

/// The bound of its report; that of its solution where it was found without branching.
fn bound(said: &str) -> Option<f64> {
    let value = |name: &str| {
        let line = said.lines().filter_map(|l| l.trim().strip_prefix(name)).next_back()?;
        line.trim_start_matches([':', ' ']).split_whitespace().next()?.parse().ok()
    };
    value("Dual bound").or_else(|| value("Objective value")).filter(|v: &f64| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use line::plan::plan;

    fn highs() -> Option<Highs> {
        let found = Highs::find(None, 60).or_else(|| {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/highs/bin/highs");
            root.is_file().then_some(Highs { program: root, seconds: 60 })
        });
        let required = env::var_os("TRUCEWATCH_REQUIRE_SOLVER").is_some_and(|v| v == "1");
        assert!(found.is_some() || !required, "no HiGHS; `make solver` fetches it");
        found
    }

    /// Numbers that look random and are the same on every run (splitmix64).
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, end: u64) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (z ^ (z >> 31)) % end
        }
    }

    fn random(dice: &mut Dice) -> Problem {
        let (sites, places) = (3 + dice.below(8) as u32, 4 + dice.below(12) as u32);
        let sees = (0..sites).map(|_| (0..places).filter(|_| dice.below(3) == 0).collect()).collect();
        let pairs = (0..sites).flat_map(|a| (a + 1..sites).map(move |b| (a, b)));
        let too_near = pairs.filter(|_| dice.below(5) == 0).collect();
        let weights = (0..places).map(|_| dice.below(30)).collect();
        Problem { sees, weights, too_near, posts: 1 + dice.below(4) as usize }
    }

    fn best(problem: &Problem) -> u64 {
        let count = problem.sees.len() as u32;
        let choices = (0u32..1 << count).map(|bits| (0..count).filter(|s| bits & (1 << s) != 0).collect::<Vec<u32>>());
        choices.filter(|c| problem.allows(c)).map(|c| problem.worth(&c)).max().unwrap_or(0)
    }

    #[test]
    fn bounds_of_reports() {
        assert_eq!(bound("Solving report\n  Primal bound      12\n  Dual bound        12.5\n"), Some(12.5));
        assert_eq!(bound("Objective value     :  4.0000000000e+00\n"), Some(4.0));
        assert_eq!(bound("Dual bound  inf\n"), None);
        assert_eq!(bound(""), None);
    }

    #[test]
    #[expect(clippy::print_stderr, reason = "a test that is left out says so")]
    fn trying_all_choices_finds_nothing_better_in_200_random_cases() {
        let Some(highs) = highs() else {
            eprintln!("skipped: no HiGHS (`make solver` fetches it)");
            return;
        };
        let mut dice = Dice(7);
        for round in 0..200 {
            let problem = random(&mut dice);
            // Asked itself, even where the plan by hand is proven best already.
            let solved = highs.solve(&problem.reduced()).unwrap();
            assert!(problem.allows(&solved.sites), "round {round}: {solved:?}");
            assert_eq!(problem.worth(&solved.sites), best(&problem), "round {round}: {problem:?}");
            let (plan, why) = plan(&problem, Some(&highs));
            assert!(plan.is_best() && plan.worth == best(&problem) && why.is_none(), "round {round}: {plan:?}");
        }
    }
}
