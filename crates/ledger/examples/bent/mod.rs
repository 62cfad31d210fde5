//! What the fuzzers of forms share: samples that are bent at random for some minutes, and what is told of it.

use std::error::Error;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

#[path = "../../../intake/tests/common/random.rs"]
mod random;

use random::Random;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Bends a sample of each form that is asked for by the arguments `[FORM|all] [MINUTES] [SEED]`, scraps put in, and has it
/// taken or refused. A failure leaves its bytes in `fuzz-failure.bin`.
pub(crate) fn fuzz(
    forms: &[&str],
    scraps: &[&str],
    sample: impl Fn(&str) -> Outcome<Vec<u8>>,
    take: impl Fn(&str, &[u8]) -> bool,
) -> Outcome<()> {
    let args: Vec<String> = std::env::args().collect();
    let form = args.get(1).map_or("all", String::as_str);
    let minutes: f64 = args.get(2).map_or(Ok(10.0), |m| m.parse())?;
    let seed: u64 = args.get(3).map_or(Ok(1), |s| s.parse())?;
    let forms: Vec<&str> = forms.iter().copied().filter(|f| form == "all" || *f == form).collect();
    for form in &forms {
        let share = Duration::from_secs_f64(60.0 * minutes / forms.len() as f64);
        run(form, share, seed, scraps, &sample(form)?, &take)?;
    }
    Ok(())
}

fn run(
    form: &str,
    share: Duration,
    seed: u64,
    scraps: &[&str],
    sample: &[u8],
    take: &impl Fn(&str, &[u8]) -> bool,
) -> Outcome<()> {
    let (start, mut inputs, mut taken) = (Instant::now(), 0_u64, 0_u64);
    while start.elapsed() < share {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(inputs) | 1);
        let bytes = random.bent(sample, scraps);
        let done = panic::catch_unwind(AssertUnwindSafe(|| take(form, &bytes)));
        let Ok(was_taken) = done else {
            fs::write("fuzz-failure.bin", &bytes)?;
            return Err(format!("{form}: input {inputs} of seed {seed} fails; see fuzz-failure.bin").into());
        };
        (inputs, taken) = (inputs + 1, taken + u64::from(was_taken));
    }
    println!("{form}: {inputs} inputs, {taken} taken, {} s", start.elapsed().as_secs());
    Ok(())
}

impl Random {
    /// The sample with some bytes changed, cut, repeated, or scraps put in.
    fn bent(&mut self, sample: &[u8], scraps: &[&str]) -> Vec<u8> {
        let mut bytes = sample.to_vec();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(7) {
                0 => bytes.truncate(at.max(1)),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let part = bytes.get(at..end).unwrap_or_default().repeat(1 + self.below(9));
                    drop(bytes.splice(at..at, part));
                }
                3 => {
                    let scrap = scraps.get(self.below(scraps.len())).copied().unwrap_or_default();
                    drop(bytes.splice(at..at, scrap.bytes()));
                }
                _ => {
                    let value = self.next().to_le_bytes()[0];
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = value;
                    }
                }
            }
        }
        bytes
    }
}
