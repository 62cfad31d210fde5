//! In which words a document names a party, and what those words told in the documents that the weights are learned from:
//! whoever speaks is "committed" and has "our" people beside its name, whoever is spoken against has a "regime" or "invades".
//! Never the name itself, nor any other name.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use syntax::{Dep, Parse, Pos};

use super::super::mention::{Mention, Mentions};
use super::stance::{is_first, phrase_head};
use crate::document::{Quote, is_quoted, quotations};
use crate::pack::PartyId;
use crate::trees::{Reader, chances, label};

/// Ancestors of a name among which its verb is sought.
const STEPS: usize = 6;
/// A sum of weights counts no further than this.
const FARTHEST: f32 = 12.0;

/// The words round a party's names, and how often each stands there.
pub(super) type Keys = BTreeMap<String, usize>;

/// Of every key how much it speaks for the one that it stands beside.
#[derive(Debug, Default)]
pub(super) struct Words(FxHashMap<String, f32>);

impl Words {
    /// A u32 number of keys, then of each a u8 length, its bytes and an f32.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Words> {
        let count = reader.u32()?;
        (0..count).map(|_| Some((reader.text()?, reader.f32()?))).collect::<Option<_>>().map(Words)
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The weights of a party's keys, each by the logarithm of how often it stands there.
    fn sum(&self, keys: &Keys) -> f32 {
        let weigh = |(key, n): (&String, &usize)| self.0.get(key).map_or(0.0, |w| w * (1.0 + *n as f32).ln());
        keys.iter().map(weigh).sum::<f32>().clamp(-FARTHEST, FARTHEST)
    }

    /// What the trees are told of each candidate: the sum, its lead over the best of the others, and its share of the choice.
    pub(super) fn inputs(&self, candidates: &[&Keys]) -> Vec<[f32; 3]> {
        let sums: Vec<f32> = candidates.iter().map(|k| self.sum(k)).collect();
        let shares = chances(&sums, false);
        let lead = |at: usize| {
            let others = sums.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, s)| *s);
            sums[at] - others.max_by(f32::total_cmp).unwrap_or(0.0)
        };
        (0..sums.len()).map(|i| [sums[i], lead(i), shares[i]]).collect()
    }
}

/// The words round the names of each party, outside quotation marks.
pub(super) fn keys(mentions: &Mentions<'_>) -> BTreeMap<PartyId, Keys> {
    let mut found: BTreeMap<PartyId, Keys> = BTreeMap::new();
    for (index, paragraph) in mentions.parsed.paragraphs.iter().enumerate() {
        let scene = Scene { mentions, index, parse: &paragraph.parse, quotes: quotations(paragraph.parse.text()) };
        for mention in mentions.of_paragraph(index).iter().filter(|m| scene.is_open(m.tokens.start)) {
            let keys = found.entry(mention.party.clone()).or_default();
            scene.add(mention, &mut |key| *keys.entry(key).or_default() += 1);
        }
    }
    found
}

/// A paragraph whose names are looked at.
struct Scene<'m> {
    mentions: &'m Mentions<'m>,
    index: usize,
    parse: &'m Parse,
    quotes: Vec<Quote>,
}

impl Scene<'_> {
    fn is_open(&self, i: usize) -> bool {
        self.parse.tokens().get(i).is_some_and(|t| !is_quoted(&self.quotes, t.span.start))
    }

    /// The base form of a word that names nobody and nothing of its own.
    fn word(&self, i: usize) -> Option<&str> {
        let token = &self.parse.tokens()[i];
        let names = token.pos == Pos::Propn || self.mentions.at(self.index, i).is_some();
        let plain = token.lemma.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        (!names && plain && token.lemma.len() > 1).then_some(&*token.lemma)
    }

    /// The keys of one name: its phrase, what the phrase depends on, its verb, the first person round it, its sentence.
    fn add(&self, mention: &Mention, put: &mut dyn FnMut(String)) {
        let Some(last) = mention.tokens.clone().next_back() else { return };
        let head = phrase_head(self.parse, last);
        let noun = if head == last { "" } else { self.word(head).unwrap_or("*") };
        put(format!("k {}", mention.kind as usize));
        put(format!("n {noun}"));
        for under in self.parse.children_by(head, &[Dep::Amod, Dep::Compound, Dep::Poss, Dep::Det]) {
            self.word(under).into_iter().for_each(|w| put(format!("a {w}")));
        }
        self.add_governor(head, noun, put);
        self.add_verb(head, put);
        self.add_beside(mention, put);
        self.add_sentence(mention, put);
    }

    fn add_governor(&self, head: usize, noun: &str, put: &mut dyn FnMut(String)) {
        let token = &self.parse.tokens()[head];
        let above = &self.parse.tokens()[token.head];
        let (preposition, governor) =
            if above.pos == Pos::Adp { (&*above.lower, above.head) } else { ("", token.head) };
        let dep = label(token.dep);
        put(format!("d {dep} {preposition} {noun}"));
        self.word(governor).into_iter().for_each(|w| put(format!("g {dep} {preposition} {w}")));
    }

    /// The verb over a name, by which branch, in which form, and whether "we" do it.
    fn add_verb(&self, head: usize, put: &mut dyn FnMut(String)) {
        let chain = std::iter::once(head).chain(self.parse.ancestors(head));
        let verb = |i: usize| matches!(self.parse.tokens()[i].pos, Pos::Verb | Pos::Aux);
        let steps: Vec<usize> = chain.take(STEPS).collect();
        let Some(at) = steps.iter().position(|&i| verb(i)).filter(|&at| at > 0) else { return };
        let (branch, over) = (label(self.parse.tokens()[steps[at - 1]].dep), steps[at]);
        let subject = self.parse.children_by(over, &[Dep::Nsubj, Dep::Nsubjpass]).next();
        let ours = u8::from(subject.is_some_and(|s| is_first(self.parse, s)));
        let helper = self.parse.children_by(over, &[Dep::Aux]).next().map_or("", |a| &*self.parse.tokens()[a].lower);
        put(format!("t {branch} {:?} {helper} {ours}", self.parse.tokens()[over].tag));
        self.word(over).into_iter().for_each(|w| put(format!("v {branch} {ours} {w}")));
        for under in self.parse.children_by(over, &[Dep::Dobj, Dep::Acomp, Dep::Attr]).filter(|&u| u != head) {
            self.word(under).into_iter().for_each(|w| put(format!("o {branch} {w}")));
            let mine = self.parse.children_by(under, &[Dep::Poss]).any(|p| is_first(self.parse, p));
            put(format!("m {branch} {}", u8::from(mine || is_first(self.parse, under))));
        }
    }

    /// The words directly before and behind a name.
    fn add_beside(&self, mention: &Mention, put: &mut dyn FnMut(String)) {
        let near = |i: usize| self.parse.tokens().get(i).filter(|t| t.pos != Pos::Propn).map(|t| t.lower.clone());
        for back in 1..=2 {
            let word = mention.tokens.start.checked_sub(back).and_then(near);
            word.into_iter().for_each(|w| put(format!("l{back} {w}")));
            near(mention.tokens.end + back - 1).into_iter().for_each(|w| put(format!("r{back} {w}")));
        }
    }

    /// The other words of the sentence, and whether it, the one before and the next speak in the first person.
    fn add_sentence(&self, mention: &Mention, put: &mut dyn FnMut(String)) {
        let at = self.parse.sentence_index(mention.tokens.start);
        let sentences = self.parse.sentences();
        let ours = |n: Option<usize>| {
            let tokens = n.and_then(|n| sentences.get(n)).cloned();
            tokens.is_some_and(|mut s| s.any(|i| self.is_open(i) && is_first(self.parse, i)))
        };
        let round = [at.checked_sub(1), Some(at), Some(at + 1)].map(|n| u8::from(ours(n)));
        put(format!("s {round:?}"));
        for i in sentences.get(at).cloned().into_iter().flatten().filter(|&i| self.is_open(i)) {
            let side = if i < mention.tokens.start { "b" } else { "e" };
            self.word(i).into_iter().for_each(|w| put(format!("{side} {w}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_key_tells_is_set_beside_the_others() {
        let mut reader = Reader::new(b"\x01\x00\x00\x00\x03n x\x00\x00\x00\x40");
        let words = Words::read(&mut reader).unwrap_or_default();
        let (own, other) = (Keys::from([("n x".to_owned(), 1)]), Keys::new());
        let told = words.inputs(&[&own, &other]);
        assert!((told[0][0] - 2.0 * 2f32.ln()).abs() < 1e-6 && told[0][1] > 1.0 && told[0][2] > 0.7);
        assert!(told[1][0].abs() < 1e-6 && told[1][1] < -1.0);
    }
}
