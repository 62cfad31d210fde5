//! Small nets over the words of a sentence and its tree, which know words by their vectors: they give every clause a
//! score for every type, beside the regression's, and tell what they make of the mode and the speaker of a claim that it
//! may hold. They differ in nothing but where their training began, and their mean errs less than each.
//!
//! A token starts as its word's static vector (a name or number as what kind it is, never as whose), its relation and
//! its tag; in two rounds it hears of the tokens before and behind it, of its head and of its children. Then it speaks for
//! each type, and a clause's score is what its tokens say together, what their mean and maximum say, and what the
//! document's other clauses add. Trained by `scripts/train_net.py`;
//! `README.md` says how.

mod context;
mod layers;

use std::sync::LazyLock;

use syntax::{Pos, Tag};

use self::layers::{HEARD, Layers, VECTOR};
use super::super::page::Page;
use super::evidence::{Clause, plain_word};
use super::score::Regression;
use super::table::KINDS;
use crate::trees::{chances, logistic};

/// The nets of the program; none if the file is not of this version, which a test forbids.
static NETS: LazyLock<Vec<Layers>> = LazyLock::new(|| Layers::read_all(include_bytes!("net.bin")).unwrap_or_default());

/// Length to which vectors are brought: that of ordinary words in training.
const LENGTH: f32 = 5.773_503;
/// Keeps a vector of zeros from being divided by nothing.
const LEAST_LENGTH: f32 = 1e-6;

/// A word as the net sees it: by its vector, or what kind of word has none to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// Row of the static vectors.
    Row(u32),
    /// A word without a vector.
    Unknown,
    /// A party's name.
    Party,
    /// A number.
    Number,
    /// Any other name.
    Name,
}

impl Word {
    pub(crate) fn of(page: &Page<'_>, i: usize) -> Word {
        let token = page.token(i);
        match plain_word(page, i).as_deref() {
            Some("<party>") => Word::Party,
            Some("<number>") => Word::Number,
            Some("<name>") => Word::Name,
            None if token.pos == Pos::Propn || matches!(token.tag, Tag::Nnp | Tag::Nnps) => Word::Name,
            _ => token.row.map_or(Word::Unknown, Word::Row),
        }
    }

    /// As the trainer reads it: a row, or -1 for an unknown word, -2 for a party, -3 for a number, -4 for a name.
    pub(crate) fn number(self) -> i64 {
        match self {
            Word::Row(row) => i64::from(row),
            Word::Unknown => -1,
            Word::Party => -2,
            Word::Number => -3,
            Word::Name => -4,
        }
    }
}

/// How many probabilities tell of who speaks: that it is the outlet, somebody of no party, somebody whom the sentence names,
/// a doer of what is claimed, its target.
const SPEAKERS: usize = 5;
/// Those, and one a mode.
pub(crate) const TOLD: usize = SPEAKERS + MODES;
/// Modes of the codebook.
const MODES: usize = 6;

/// What the nets make of the mode and the speaker of a claim, if a clause holds one: five probabilities, each for
/// itself, and those of the modes, which add up to 1.
pub type Told = [f32; TOLD];

/// What is heard of one clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Heard {
    /// How likely each type is.
    pub(crate) kinds: Regression,
    /// What is told beside it.
    pub(crate) told: Told,
}

/// What the nets give in the mean for the clauses of all pages of a document, page by page.
pub(crate) fn scores(pages: &[Page<'_>], clauses: &[Vec<Clause>]) -> Vec<Heard> {
    let count = clauses.iter().map(Vec::len).sum();
    let mut mean = vec![Heard { kinds: [0.0; KINDS], told: [0.0; TOLD] }; count];
    for heard in NETS.iter().map(|layers| by(layers, pages, clauses)) {
        for (mean, heard) in mean.iter_mut().zip(heard) {
            add_share(&mut mean.kinds, &heard.kinds);
            add_share(&mut mean.told, &heard.told);
        }
    }
    mean
}

/// Adds what one of the nets says to their mean.
fn add_share(mean: &mut [f32], said: &[f32]) {
    mean.iter_mut().zip(said).for_each(|(sum, value)| *sum += value / NETS.len() as f32);
}

/// What one net gives for the clauses of all pages.
fn by(layers: &Layers, pages: &[Page<'_>], clauses: &[Vec<Clause>]) -> Vec<Heard> {
    let (mut said, mut pooled) = (Vec::new(), Vec::new());
    for (page, clauses) in pages.iter().zip(clauses) {
        let rows = last(layers, page);
        let (width, tokens) = (rows.len() / page.parse.len().max(1), layers.token.of(&rows));
        said.extend(clauses.iter().map(|c| together(&tokens, &c.tokens)));
        pooled.extend(clauses.iter().flat_map(|c| pool(&rows, width, &c.tokens)));
    }
    let mixed = context::mixed(layers, &pooled);
    let (own, round) = (layers.clause.of(&pooled), layers.context.of(&mixed));
    let added = own.chunks_exact(KINDS).zip(round.chunks_exact(KINDS));
    let kinds = said.iter().zip(added).map(|(said, (own, round))| probabilities(said, own, round));
    let (own, round) = (layers.aside.of(&pooled), layers.aside_context.of(&mixed));
    let told = own.chunks_exact(TOLD).zip(round.chunks_exact(TOLD)).map(|(own, round)| beside(own, round));
    kinds.zip(told).map(|(kinds, told)| Heard { kinds, told }).collect()
}

/// What a clause as a whole and the clauses round it tell beside the type, as probabilities.
fn beside(own: &[f32], round: &[f32]) -> Told {
    let odds: Vec<f32> = own.iter().zip(round).map(|(own, round)| own + round).collect();
    let (speakers, modes) = odds.split_at(SPEAKERS.min(odds.len()));
    let mut told = speakers.iter().map(|odds| logistic(*odds)).chain(chances(modes, false));
    std::array::from_fn(|_| told.next().unwrap_or(0.0))
}

/// The logistic function of what a clause's tokens, the clause as a whole and the clauses round it say.
fn probabilities(said: &Regression, own: &[f32], round: &[f32]) -> Regression {
    std::array::from_fn(|k| 1.0 / (1.0 + 1.0 / (said[k] * (own[k] + round[k]).exp())))
}

/// What the tokens of a clause say together: the sum of their exponentials.
fn together(said: &[f32], tokens: &[usize]) -> Regression {
    std::array::from_fn(|k| tokens.iter().map(|i| said[i * KINDS + k].exp()).sum())
}

/// Mean and maximum of the rows of some tokens.
fn pool(rows: &[f32], width: usize, tokens: &[usize]) -> Vec<f32> {
    let mut out = vec![0.0; 2 * width];
    let (average, top) = out.split_at_mut(width);
    top.fill(f32::NEG_INFINITY);
    let of = |&i: &usize| &rows[i * width..(i + 1) * width];
    mean(tokens.iter().map(of), average);
    for row in tokens.iter().map(of) {
        top.iter_mut().zip(row).for_each(|(top, value)| *top = top.max(*value));
    }
    out
}

/// The rows of a page's tokens after all rounds.
fn last(layers: &Layers, page: &Page<'_>) -> Vec<f32> {
    let mut rows = first(layers, page);
    for (number, round) in layers.rounds.iter().enumerate() {
        let new = round.of(&heard(page, &rows));
        rows = if number == 0 { new } else { rows.iter().zip(new).map(|(old, new)| old + new).collect() };
    }
    rows
}

/// Each token by itself: its word, relation and tag.
fn first(layers: &Layers, page: &Page<'_>) -> Vec<f32> {
    let words: Vec<Word> = (0..page.parse.len()).map(|i| Word::of(page, i)).collect();
    let mut vectors = vec![0.0; words.len() * VECTOR];
    for (i, row) in vectors.chunks_exact_mut(VECTOR).enumerate() {
        let Some(vector) = page.parse.vector(i).filter(|v| v.len() == VECTOR) else { continue };
        let length = vector.iter().map(|v| v * v).sum::<f32>().sqrt() + LEAST_LENGTH;
        row.iter_mut().zip(vector).for_each(|(out, v)| *out = v / length * LENGTH);
    }
    let projected = layers.words.of(&vectors);
    let width = projected.len() / words.len().max(1);
    let mut out = Vec::new();
    for (i, (word, seen)) in words.iter().zip(projected.chunks_exact(width.max(1))).enumerate() {
        let token = page.token(i);
        let seen =
            if let Word::Row(_) = word { seen } else { layers.mask(usize::try_from(-word.number()).unwrap_or(0)) };
        out.extend(seen.iter().map(|v| v.max(0.0)));
        out.extend_from_slice(layers.dep(token.dep));
        out.extend_from_slice(layers.tag(token.tag));
    }
    out
}

/// For each token its own row, those before and behind it in its sentence, its head's and the mean of its children's. A
/// name is heard as one word.
fn heard(page: &Page<'_>, rows: &[f32]) -> Vec<f32> {
    let width = rows.len() / page.parse.len().max(1);
    let row = |i: usize| &rows[i * width..(i + 1) * width];
    let mut out = vec![0.0; rows.len() * HEARD];
    for sentence in page.parse.sentences() {
        let words: Vec<usize> = sentence.clone().filter(|&i| !page.is_part(i)).collect();
        let below = below(page, &words);
        for (at, &i) in words.iter().enumerate() {
            let (own, rest) = out[i * width * HEARD..(i + 1) * width * HEARD].split_at_mut(width);
            own.copy_from_slice(row(i));
            let parts: Vec<&mut [f32]> = rest.chunks_exact_mut(width).collect();
            let Ok([before, behind, head, children]) = <[&mut [f32]; 4]>::try_from(parts) else { continue };
            if let Some(&last) = at.checked_sub(1).and_then(|last| words.get(last)) {
                before.copy_from_slice(row(last));
            }
            if let Some(&next) = words.get(at + 1) {
                behind.copy_from_slice(row(next));
            }
            head.copy_from_slice(row(page.whole(page.token(i).head)));
            let first = below.partition_point(|(head, _)| *head < i);
            mean(below[first..].iter().take_while(|(head, _)| *head == i).map(|(_, child)| row(*child)), children);
        }
    }
    out
}

/// Pairs of a word and one that hangs on it, in order, names taken as one word.
fn below(page: &Page<'_>, words: &[usize]) -> Vec<(usize, usize)> {
    let pairs = words.iter().map(|&i| (page.whole(page.token(i).head), i));
    let mut pairs: Vec<(usize, usize)> = pairs.filter(|(head, i)| head != i).collect();
    pairs.sort_unstable();
    pairs
}

fn mean<'a>(rows: impl Iterator<Item = &'a [f32]>, out: &mut [f32]) {
    let mut count = 0.0;
    for row in rows {
        count += 1.0;
        out.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
    if count > 0.0 {
        out.iter_mut().for_each(|sum| *sum /= count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nets_are_read() {
        assert!(!NETS.is_empty());
    }

    #[test]
    fn tokens_speak_together() {
        let said = vec![0.0; 2 * KINDS];
        let none = [0.0; KINDS];
        let of = |tokens: &[usize]| probabilities(&together(&said, tokens), &none, &none)[3];
        assert!((of(&[0]) - 0.5).abs() < 1e-6);
        assert!((of(&[0, 1]) - 2.0 / 3.0).abs() < 1e-6);
        assert_eq!(of(&[]), 0.0);
    }

    #[test]
    fn speakers_are_told_each_for_itself_and_modes_together() {
        let told = beside(&[0.0; TOLD], &[0.0; TOLD]);
        assert_eq!(told[..SPEAKERS], [0.5; SPEAKERS]);
        assert!((told[SPEAKERS..].iter().sum::<f32>() - 1.0).abs() < 1e-6, "{told:?}");
    }

    #[test]
    fn a_clause_is_mean_and_maximum() {
        assert_eq!(pool(&[1.0, -1.0, 3.0, -2.0, 9.0, 9.0], 2, &[0, 1]), [2.0, -1.5, 3.0, -1.0]);
    }
}
