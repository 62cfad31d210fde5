//! A claim's mode weighed once more: a regression over the words round it, the form of the verbs over it and what the
//! rules made of it gives every mode a share. Made by `scripts/train_mode.py`; `mode/README.md` says how.
//!
//! Layout of `weights.bin`, little-endian: magic `TWM1`; f32 margin; 6 × f32 bias, by mode; 6 × f32 scale; u32 number of
//! features, then for each a u8 length, its bytes and 6 × i8 weights (times the scale).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::{Kind, Mode, Traced};
use super::Decision;
use crate::document::Span;
use crate::trees::Reader;

/// How many modes there are.
const MODES: usize = Mode::ALL.len();

/// A value for each mode.
type ByMode = [f32; MODES];

/// All trained weights.
#[derive(Debug, Default)]
struct Weights {
    /// How much surer than of the rule's mode the weights must be of another.
    margin: f32,
    bias: ByMode,
    words: FxHashMap<String, ByMode>,
}

/// The weights of the program; empty if the file is not of this version, which a test forbids.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| read(include_bytes!("weights.bin")).unwrap_or_default());

fn read(bytes: &[u8]) -> Option<Weights> {
    let mut reader = Reader::new(bytes);
    (reader.take(4)? == b"TWM1").then_some(())?;
    let margin = reader.f32()?;
    let (bias, scale) = (by_mode(&mut reader)?, by_mode(&mut reader)?);
    let count = reader.u32()?;
    let words = (0..count).map(|_| word(&mut reader, &scale)).collect::<Option<FxHashMap<_, _>>>()?;
    Some(Weights { margin, bias, words })
}

fn by_mode(reader: &mut Reader<'_>) -> Option<ByMode> {
    let mut values = ByMode::default();
    for value in &mut values {
        *value = reader.f32()?;
    }
    Some(values)
}

fn word(reader: &mut Reader<'_>, scale: &ByMode) -> Option<(String, ByMode)> {
    let length = usize::from(*reader.take(1)?.first()?);
    let word = String::from_utf8(reader.take(length)?.to_vec()).ok()?;
    let raw = reader.take(MODES)?;
    Some((word, std::array::from_fn(|m| f32::from(i8::from_le_bytes([raw[m]])) * scale[m])))
}

/// The mode of a claim: the rules', or another of which the weights are surer by the margin, with the word that speaks most
/// for it.
pub(super) fn settle(
    decision: Decision,
    kind: Kind,
    inputs: &[(String, usize)],
    span_at: impl Fn(usize) -> Span,
) -> Decision {
    let ruled = decision.mode.value as usize;
    let likely = probabilities(&WEIGHTS, inputs);
    let best = (0..MODES).fold(ruled, |best, m| if likely[m] > likely[best] { m } else { best });
    if likely[best] - likely[ruled] <= WEIGHTS.margin {
        return Decision { chance: chance(&likely, decision.mode.value, kind), ..decision };
    }
    let word = telling(&WEIGHTS, inputs, best, ruled);
    let spans: Vec<Span> = word.map(span_at).into_iter().collect();
    let mode = Mode::ALL[best];
    let chance = chance(&likely, mode, kind);
    Decision { mode: Traced::new(mode, spans, "mode/weights"), word: decision.word, chance }
}

/// How likely a claim's mode is. Between a threat that is uttered, planned or tied to a condition the codebook draws no line.
fn chance(likely: &ByMode, mode: Mode, kind: Kind) -> f32 {
    let threatening = [Mode::Asserted, Mode::Planned, Mode::Conditional];
    if kind == Kind::Threat && threatening.contains(&mode) {
        return threatening.map(|m| likely[m as usize]).iter().sum();
    }
    likely[mode as usize]
}

/// How likely each mode is.
fn probabilities(weights: &Weights, inputs: &[(String, usize)]) -> ByMode {
    let mut scores = weights.bias;
    for words in inputs.iter().filter_map(|(word, _)| weights.words.get(word)) {
        scores.iter_mut().zip(words).for_each(|(score, weight)| *score += weight);
    }
    shares(scores)
}

/// Shares of one from log odds.
fn shares(scores: ByMode) -> ByMode {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers = scores.map(|s| (s - most).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|p| p / sum)
}

/// The token whose words speak most for one mode and against another.
fn telling(weights: &Weights, inputs: &[(String, usize)], wanted: usize, other: usize) -> Option<usize> {
    let mut sums: Vec<(usize, f32)> = Vec::new();
    for (word, token) in inputs {
        let Some(values) = weights.words.get(word) else { continue };
        let gain = values[wanted] - values[other];
        match sums.iter_mut().find(|(at, _)| at == token) {
            Some((_, sum)) => *sum += gain,
            None => sums.push((*token, gain)),
        }
    }
    let best = sums.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    best.filter(|(_, gain)| *gain > 0.0).map(|(token, _)| token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruled(mode: Mode) -> Decision {
        Decision { mode: Traced::new(mode, [], "mode/plain"), word: None, chance: 1.0 }
    }

    fn weights(word: &str, values: ByMode) -> Weights {
        let words = [(word.to_owned(), values)].into_iter().collect();
        Weights { words, ..Weights::default() }
    }

    #[test]
    fn the_weights_are_read() {
        assert!(!WEIGHTS.words.is_empty() && WEIGHTS.margin > 0.0);
    }

    #[test]
    fn a_cut_file_is_refused() {
        assert!(read(b"TWM1\0\0").is_none());
        assert!(read(b"TWM9").is_none());
    }

    #[test]
    fn a_plain_claim_keeps_the_mode_of_its_rule() {
        let inputs = [("r:mode/plain".to_owned(), 0)];
        let settled = settle(ruled(Mode::Asserted), Kind::Shelling, &inputs, |_| Span { start: 0, end: 0 });
        assert_eq!((settled.mode.value, &*settled.mode.rule), (Mode::Asserted, "mode/plain"));
    }

    #[test]
    fn words_move_the_mode_that_they_speak_for() {
        let weights = weights("g:urge", [0.0, 0.0, 0.0, 4.0, 0.0, 0.0]);
        let inputs = [("g:urge".to_owned(), 3), ("g:see".to_owned(), 1)];
        let likely = probabilities(&weights, &inputs);
        assert!(likely[3] > likely[0] && (likely.iter().sum::<f32>() - 1.0).abs() < 1e-4);
        assert_eq!(telling(&weights, &inputs, 3, 0), Some(3));
        assert_eq!(telling(&weights, &inputs, 0, 3), None);
    }
}
