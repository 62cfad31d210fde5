//! Where the time goes.

use std::time::{Duration, Instant};

/// Time spent in each stage of [`crate::Model::parse_timed`].
#[derive(Debug, Default, Clone, Copy)]
pub struct StageTimes {
    times: [Duration; Stage::NAMES.len()],
}

/// The stages, in the order of the pipeline.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stage {
    Tokenize,
    Embed,
    Encode,
    Tag,
    Parse,
    EncodeNames,
    Names,
    Rules,
    Assemble,
}

impl Stage {
    const NAMES: [&str; 9] =
        ["tokenize", "embed", "encode", "tag", "parse", "encode names", "names", "rules and lemmas", "assemble"];
}

impl StageTimes {
    /// Names and times, in the order of the pipeline. "embed" is for word types not met before; "encode" is what
    /// tagger and parser share.
    pub fn stages(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        Stage::NAMES.into_iter().zip(self.times)
    }
}

impl std::ops::AddAssign for StageTimes {
    fn add_assign(&mut self, other: StageTimes) {
        for (time, more) in self.times.iter_mut().zip(other.times) {
            *time += more;
        }
    }
}

/// Adds up the time between laps.
pub(crate) struct Stopwatch {
    pub(crate) times: StageTimes,
    last: Instant,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Stopwatch { times: StageTimes::default(), last: Instant::now() }
    }

    /// The time since the last lap was this stage's.
    pub(crate) fn lap(&mut self, stage: Stage) {
        let now = Instant::now();
        self.times.times[stage as usize] += now - self.last;
        self.last = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laps_go_to_their_stage() {
        let mut watch = Stopwatch::start();
        watch.lap(Stage::Assemble);
        let mut sum = watch.times;
        sum += watch.times;
        let stages: Vec<_> = sum.stages().collect();
        assert_eq!((stages.len(), stages[0]), (9, ("tokenize", Duration::ZERO)));
        assert_eq!(stages[8], ("assemble", 2 * watch.times.times[8]));
    }
}
