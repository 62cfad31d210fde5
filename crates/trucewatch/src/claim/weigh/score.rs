//! The scores of a document's clauses for every type.

use syntax::Dep;

use super::super::Kind;
use super::super::page::Page;
use super::super::trigger::Trigger;
use super::evidence::{Clause, Dense, clauses, plain_word};
use super::net::{self, Heard, Told};
use super::table::{KINDS, TABLE};
use crate::trees::logistic;

/// A score a type.
pub(crate) type Regression = [f32; KINDS];

/// One clause with what regression and net give it.
struct Judged<'a> {
    page: &'a Page<'a>,
    clause: Clause,
    scores: [Regression; 2],
    told: Told,
    share: Regression,
    pair_share: Regression,
}

/// Whose score is looked at: an index of [`Judged::scores`].
#[derive(Debug, Clone, Copy)]
enum By {
    Words,
    Net,
}

impl Judged<'_> {
    fn by(&self, by: By) -> &Regression {
        &self.scores[by as usize]
    }
}

/// What the whole document says of each type.
struct Whole {
    mean: Regression,
    top: Regression,
}

/// Factor on a clause that is not its sentence's likeliest for a type: a sentence mostly puts a thing on record once.
const SECOND: f32 = 0.6;

/// The triggers of a document, by page: every clause and type that may be a claim by the weights.
pub(crate) fn weigh<'a>(pages: &'a [Page<'a>]) -> Vec<Vec<Trigger>> {
    likely(pages, &judge_all(pages))
}

/// The triggers that follow from the weights' own scores.
fn likely(pages: &[Page<'_>], judged: &[Judged<'_>]) -> Vec<Vec<Trigger>> {
    let mut scores = probabilities(judged);
    let place = |c: &Judged<'_>| (c.clause.paragraph, c.clause.sentence);
    let mut found: Vec<Vec<Trigger>> = pages.iter().map(|_| Vec::new()).collect();
    let mut start = 0;
    for sentence in judged.chunk_by(|a, b| place(a) == place(b)) {
        let scores = &mut scores[start..start + sentence.len()];
        start += sentence.len();
        weigh_down(scores);
        for (clause, own) in sentence.iter().zip(&*scores) {
            let taken = Kind::ALL.iter().zip(*own).filter(|(_, score)| *score >= TABLE.threshold);
            found[clause.clause.paragraph].extend(taken.map(|(&kind, score)| anchor(clause, kind, score)));
        }
    }
    found
}

fn judge_all<'a>(pages: &'a [Page<'a>]) -> Vec<Judged<'a>> {
    heard(pages).map(|(page, clause, net)| judge(page, clause, net)).collect()
}

/// All clauses of a document in text order, each with its page and what the net gives it.
pub(crate) fn heard<'a>(pages: &'a [Page<'a>]) -> impl Iterator<Item = (&'a Page<'a>, Clause, Heard)> {
    let clauses: Vec<Vec<Clause>> = pages.iter().map(clauses).collect();
    let net = net::scores(pages, &clauses);
    let on_pages = pages.iter().zip(clauses).flat_map(|(page, clauses)| clauses.into_iter().map(move |c| (page, c)));
    on_pages.zip(net).map(|((page, clause), net)| (page, clause, net))
}

/// Score under which, by regression and by net, a type is not judged that no word of a clause has a sense of. The trees
/// have learned from none such.
const HOPELESS: f32 = 0.02;

/// What the trees give every clause for every type.
fn probabilities(judged: &[Judged<'_>]) -> Vec<Regression> {
    let whole = [By::Words, By::Net].map(|by| whole(judged, by));
    let mut seen = Seen::default();
    let mut out = Vec::with_capacity(judged.len());
    for (index, clause) in judged.iter().enumerate() {
        let sides = [By::Words, By::Net].map(|by| neighbours(judged, index, by));
        out.push(std::array::from_fn(|k| {
            let kind = Kind::ALL[k];
            let dense = clause.clause.dense(clause.page, kind, &|lemma| seen.holds(lemma));
            let hopeless = dense.trigger + dense.loose == 0.0 && clause.scores.iter().all(|s| s[k] < HOPELESS);
            if hopeless { 0.0 } else { TABLE.boost.probability(&inputs(clause, kind, &dense, &sides, &whole)) }
        }));
        seen.add(clause);
    }
    out
}

/// Weighs down the clauses of a sentence that are not its likeliest for a type.
fn weigh_down(sentence: &mut [Regression]) {
    for k in 0..KINDS {
        let top = sentence.iter().map(|s| s[k]).fold(0.0, f32::max);
        sentence.iter_mut().map(|s| &mut s[k]).filter(|s| **s < top).for_each(|s| *s *= SECOND);
    }
}

/// What is given instead of the weights' own, by a trainer whose weights have not seen the document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'g> {
    /// Scores by index of the clause.
    pub scores: Option<&'g [(usize, Kind, f32)]>,
    /// What the nets tell of every clause.
    pub told: Option<&'g [Told]>,
}

/// The triggers that follow from what is given; `None` where other clauses are told of than these.
pub(crate) fn given<'a>(pages: &'a [Page<'a>], given: Given<'_>) -> Option<Vec<Vec<Trigger>>> {
    let mut judged = judge_all(pages);
    if let Some(told) = given.told {
        (told.len() == judged.len()).then_some(())?;
        judged.iter_mut().zip(told).for_each(|(clause, told)| clause.told = *told);
    }
    let Some(scores) = given.scores else { return Some(likely(pages, &judged)) };
    let mut found: Vec<Vec<Trigger>> = pages.iter().map(|_| Vec::new()).collect();
    for &(index, kind, score) in scores {
        if let Some(clause) = judged.get(index) {
            found[clause.clause.paragraph].push(anchor(clause, kind, score));
        }
    }
    Some(found)
}

/// Lemmas of the clauses already passed.
#[derive(Default)]
struct Seen(rustc_hash::FxHashSet<String>);

impl Seen {
    fn holds(&self, lemma: &str) -> bool {
        self.0.contains(lemma)
    }

    fn add(&mut self, judged: &Judged<'_>) {
        self.0.extend(judged.clause.tokens.iter().map(|&i| judged.page.lemma(i).to_owned()));
    }
}

fn judge<'a>(page: &'a Page<'a>, clause: Clause, heard: Heard) -> Judged<'a> {
    let mut scores: Regression = std::array::from_fn(|k| TABLE.bias.get(k).copied().unwrap_or(0.0));
    let (mut share, mut pair_share) = ([0.0; KINDS], [0.0; KINDS]);
    for word in &clause.words {
        let Some(weights) = TABLE.words.get(word) else { continue };
        let best: Option<&mut Regression> = match word.as_bytes().first() {
            Some(b'l') => Some(&mut share),
            Some(b'p') => Some(&mut pair_share),
            _ => None,
        };
        for (k, score) in scores.iter_mut().enumerate() {
            *score += weights.regression[k];
        }
        if let Some(best) = best {
            best.iter_mut().zip(weights.share).for_each(|(b, s)| *b = b.max(s));
        }
    }
    for score in &mut scores {
        *score = logistic(*score);
    }
    Judged { page, clause, scores: [scores, heard.kinds], told: heard.told, share, pair_share }
}

fn whole(judged: &[Judged<'_>], by: By) -> Whole {
    let mut whole = Whole { mean: [0.0; KINDS], top: [0.0; KINDS] };
    for clause in judged {
        for k in 0..KINDS {
            whole.mean[k] += clause.by(by)[k] / judged.len() as f32;
            whole.top[k] = whole.top[k].max(clause.by(by)[k]);
        }
    }
    whole
}

/// Best scores of the rest of the clause's sentence, of the sentence before and of the one after.
fn neighbours(judged: &[Judged<'_>], index: usize, by: By) -> [Regression; 3] {
    let (before, here) = beside(&judged[index], judged[..index].iter().rev(), by);
    let (after, there) = beside(&judged[index], judged[index + 1..].iter(), by);
    let rest = std::array::from_fn(|k| f32::max(here[k], there[k]));
    [rest, before, after]
}

/// Going away from a clause: best scores of the next sentence, and of what is left of the clause's own.
fn beside<'a, 'b: 'a>(
    from: &Judged<'_>,
    others: impl Iterator<Item = &'a Judged<'b>>,
    by: By,
) -> (Regression, Regression) {
    let place = |c: &Judged<'_>| (c.clause.paragraph, c.clause.sentence);
    let (mut next, mut own) = ([0.0; KINDS], [0.0; KINDS]);
    let mut neighbour = None;
    for other in others {
        let best = if place(other) == place(from) {
            &mut own
        } else if *neighbour.get_or_insert(place(other)) == place(other) {
            &mut next
        } else {
            break;
        };
        best.iter_mut().zip(other.by(by)).for_each(|(b, s)| *b = f32::max(*b, *s));
    }
    (next, own)
}

/// The trees' inputs for a clause and a type, in the order of `scripts/train_weights.py`.
fn inputs(c: &Judged<'_>, kind: Kind, dense: &Dense, sides: &[[Regression; 3]; 2], whole: &[Whole; 2]) -> Vec<f32> {
    let k = kind as usize;
    let Dense { trigger, others, loose, relation, definite, repeated } = *dense;
    let [[own, rival, rank], net] = [By::Words, By::Net].map(|by| standing(c.by(by), k));
    let [[rest, before, after], beside] = [&sides[0], &sides[1]].map(|s| [s[0][k], s[1][k], s[2][k]]);
    let [words, all] = whole;
    let mut inputs = vec![k as f32, trigger, others, loose, relation, definite, repeated];
    inputs.extend([own, rival, rank, c.share[k], c.pair_share[k], rest, before, after, words.mean[k], words.top[k]]);
    inputs.extend(c.clause.form.values());
    inputs.extend(net.into_iter().chain(beside).chain([all.mean[k], all.top[k]]));
    inputs.extend(c.by(By::Net));
    inputs
}

/// A type's score, the best of the others, and how many are better.
fn standing(scores: &Regression, k: usize) -> [f32; 3] {
    let rivals = || scores.iter().enumerate().filter(move |(other, _)| *other != k).map(|(_, s)| *s);
    let better = rivals().filter(|s| *s > scores[k]).count();
    [scores[k], rivals().fold(0.0, f32::max), better as f32]
}

/// Factor on the share of a word that only modifies a noun: "aid" in "aid agencies" is not what they hope for.
const MODIFIER: f32 = 0.5;

fn is_modifier(dep: Dep) -> bool {
    matches!(dep, Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Poss | Dep::Det)
}

/// The word of a clause that speaks most for a type: a lexicon trigger, else the word with the greatest share.
fn anchor(judged: &Judged<'_>, kind: Kind, score: f32) -> Trigger {
    let clause = &judged.clause;
    let rank = |t: &&Trigger| (t.fit, judged.page.is_verb(t.token), std::cmp::Reverse(t.token));
    let own = clause.triggers.iter().filter(|t| t.kind == kind).max_by_key(rank);
    if let Some(trigger) = own {
        return Trigger { score, told: judged.told, ..*trigger };
    }
    let share = |i: usize| {
        let word = plain_word(judged.page, i).map(|w| format!("l:{w}"));
        let share = word.and_then(|w| TABLE.words.get(&w)).map_or(0.0, |w| w.share[kind as usize]);
        if is_modifier(judged.page.token(i).dep) { share * MODIFIER } else { share }
    };
    let best = clause
        .tokens
        .iter()
        .copied()
        .fold((clause.head, share(clause.head)), |best, i| if share(i) > best.1 { (i, share(i)) } else { best });
    Trigger { token: best.0, kind, sense: None, fit: 0, score, told: judged.told }
}
