//! Under which words names stand, and how often such a name did what the claim tells, or had it done to it, in the reports
//! that the weights are trained on: whoever "hosts" takes part otherwise than who "is hosted". Never the name itself.

use rustc_hash::FxHashMap;
use syntax::{Dep, Pos};

use super::super::page::Page;
use super::super::path::Path;
use super::super::{Kind, span};
use crate::trees::{Reader, label, yes};

/// How many keys a candidate has.
pub(super) const KEYS: usize = 3;

/// Shares of a key in the file are numbers of so many.
const WHOLE: f32 = 250.0;

/// What is told of a key that training has not seen, or too seldom.
const UNSEEN: [f32; 2] = [-1.0; 2];

/// Of every key how often whoever stands so is an actor, and a target.
#[derive(Debug, Default)]
pub(super) struct Words(FxHashMap<String, [f32; 2]>);

impl Words {
    /// A u32 number of keys, then of each a u8 length, its bytes and 2 × u8.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Words> {
        let count = reader.u32()?;
        (0..count).map(|_| key(reader)).collect::<Option<_>>().map(Words)
    }

    /// What the trees are told of a candidate's keys.
    pub(super) fn inputs(&self, keys: &[String; KEYS]) -> impl Iterator<Item = f32> {
        keys.iter().flat_map(|k| self.0.get(k).copied().unwrap_or(UNSEEN))
    }
}

fn key(reader: &mut Reader<'_>) -> Option<(String, [f32; 2])> {
    let word = reader.text()?;
    let raw = reader.take(2)?;
    Some((word, [0, 1].map(|role| f32::from(raw[role]) / WHOLE)))
}

/// The keys of a candidate that the sentence names: the word over it and the claim with its branch there, the word that its
/// own phrase depends on, and the first with the claim's type.
pub(super) fn of_name(page: &Page<'_>, kind: Kind, token: usize, path: &Path) -> [String; KEYS] {
    let preposition = path.preposition.map_or("", |p| &*page.token(p).lower);
    let over = under(page, path.top, path.branch, preposition);
    let typed = if over.is_empty() { String::new() } else { format!("{} {over}", kind.as_str()) };
    let head = phrase(page, token);
    let (governor, dep) = (page.token(head).head, page.token(head).dep);
    let own = match page.token(governor).pos {
        Pos::Adp => under(page, page.token(governor).head, dep, &page.token(governor).lower),
        _ => under(page, governor, dep, ""),
    };
    [over, own, typed]
}

/// The keys of one that the sentence does not name: the claim's verb, and how the one stands to the speaker.
pub(super) fn of_unnamed(page: &Page<'_>, kind: Kind, claim: usize, stands: &str) -> [String; KEYS] {
    let verb = span::unit(page, claim);
    let own = format!("{} {stands}", word(page, verb));
    let told = format!("{} {}", word(page, claim), stands);
    [told, own, format!("{} {stands}", kind.as_str())]
}

fn under(page: &Page<'_>, over: usize, branch: Dep, preposition: &str) -> String {
    match word(page, over) {
        "" => String::new(),
        word => format!("{word} {} {preposition} {}", label(branch), yes(page.is_passive(over))),
    }
}

/// A verb, adjective or common noun in its base form; nothing for what names somebody.
fn word<'p>(page: &'p Page<'_>, i: usize) -> &'p str {
    let common = matches!(page.token(i).pos, Pos::Verb | Pos::Aux | Pos::Noun | Pos::Adj);
    if common && page.mentions.at(page.index, i).is_none() { page.lemma(i) } else { "" }
}

/// The head of the noun phrase in which a name stands: of "Vesk" the army in "the Vesk army".
fn phrase(page: &Page<'_>, name: usize) -> usize {
    let mut at = name;
    while matches!(page.token(at).dep, Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod | Dep::Conj)
        && page.is_noun(page.token(at).head)
    {
        at = page.token(at).head;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_with_its_shares() {
        let mut reader = Reader::new(b"\x01\x00\x00\x00\x04host\xfa\x7d");
        let words = Words::read(&mut reader).unwrap_or_default();
        let keys = ["host", "", "lift"].map(str::to_owned);
        assert_eq!(words.inputs(&keys).collect::<Vec<_>>(), [1.0, 0.5, -1.0, -1.0, -1.0, -1.0]);
    }
}
