//! What the pipeline says of one text, and how to walk its tree.

use std::ops::Range;
use std::sync::Arc;

use crate::labels::{Dep, EntityKind, Pos, Tag};
use crate::vectors::Vectors;

/// One token with everything that the pipeline says of it.
#[derive(Debug, Clone)]
pub struct Token {
    /// Byte range in the text.
    pub span: Range<usize>,
    /// The token in lower case.
    pub lower: Arc<str>,
    /// Base form.
    pub lemma: Arc<str>,
    /// Morphological features, `Name=Value|…`, empty where there are none.
    pub morph: Arc<str>,
    /// Coarse part of speech.
    pub pos: Pos,
    /// Fine tag.
    pub tag: Tag,
    /// Relation to the head.
    pub dep: Dep,
    /// Index of the head; the token's own index for a root.
    pub head: usize,
    /// Whether one space follows.
    pub space_after: bool,
    /// First and last index of the token's subtree (both included).
    pub edges: (usize, usize),
    /// Row of the word's static vector, where it has one; words used alike share a row.
    pub row: Option<u32>,
}

/// A named entity: a run of tokens and its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Token indices.
    pub tokens: Range<usize>,
    /// What it is.
    pub kind: EntityKind,
}

/// The parse of one text.
#[derive(Debug, Clone, Default)]
pub struct Parse {
    pub(crate) text: Box<str>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Range<usize>>,
    pub(crate) entities: Vec<Entity>,
    /// Children of token `i`: `child[first_child[i]..first_child[i + 1]]`, in text order.
    pub(crate) first_child: Vec<u32>,
    pub(crate) child: Vec<u32>,
    /// Whether tokens stop before the text does.
    pub(crate) truncated: bool,
    /// The model's static vectors.
    pub(crate) vectors: Option<Arc<Vectors>>,
}

impl Parse {
    /// Whether the text was longer than the pipeline reads (see [`crate::Model::parse`]), so that its end has no
    /// tokens.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// The text that was parsed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All tokens, in text order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether the text has no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The characters of token `i`.
    #[must_use]
    pub fn word(&self, i: usize) -> &str {
        self.text.get(self.tokens[i].span.clone()).unwrap_or("")
    }

    /// The characters from the first to the last token of a run, spaces between them included.
    #[must_use]
    pub fn words(&self, run: Range<usize>) -> &str {
        self.text.get(self.bytes(run)).unwrap_or("")
    }

    /// Byte range of a run of tokens; empty at the end of the text for an empty run.
    #[must_use]
    pub fn bytes(&self, run: Range<usize>) -> Range<usize> {
        match self.tokens.get(run) {
            Some([first, .., last]) => first.span.start..last.span.end,
            Some([only]) => only.span.clone(),
            _ => self.text.len()..self.text.len(),
        }
    }

    /// The static vector of token `i`'s word, or of what stands in for it; none for an unknown word.
    #[must_use]
    pub fn vector(&self, i: usize) -> Option<&[f32]> {
        self.vectors.as_deref().zip(self.tokens[i].row).map(|(vectors, row)| vectors.row(row))
    }

    /// Sentences as runs of tokens; together they cover all tokens.
    #[must_use]
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// The sentence that token `i` stands in.
    #[must_use]
    pub fn sentence_of(&self, i: usize) -> Range<usize> {
        self.sentences.get(self.sentence_index(i)).cloned().unwrap_or(i..i + 1)
    }

    /// Index of the sentence that token `i` stands in.
    #[must_use]
    pub fn sentence_index(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.end <= i)
    }

    /// Named entities, in text order, never overlapping.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity that token `i` stands in.
    #[must_use]
    pub fn entity_at(&self, i: usize) -> Option<&Entity> {
        let at = self.entities.partition_point(|e| e.tokens.end <= i);
        self.entities.get(at).filter(|e| e.tokens.contains(&i))
    }

    /// Whether token `i` stands in a date or a time.
    #[must_use]
    pub fn is_time(&self, i: usize) -> bool {
        self.entity_at(i).is_some_and(|e| matches!(e.kind, EntityKind::Date | EntityKind::Time))
    }

    /// Indices of the tokens whose head is `i`, in text order.
    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        let run = self.first_child[i] as usize..self.first_child[i + 1] as usize;
        self.child[run].iter().map(|&c| c as usize)
    }

    /// Children of `i` in one of the given relations.
    pub fn children_by<'a>(&'a self, i: usize, deps: &'a [Dep]) -> impl Iterator<Item = usize> + 'a {
        self.children(i).filter(move |&c| deps.contains(&self.tokens[c].dep))
    }

    /// First child of `i` in the given relation.
    #[must_use]
    pub fn child_by(&self, i: usize, dep: Dep) -> Option<usize> {
        self.children(i).find(|&c| self.tokens[c].dep == dep)
    }

    /// Heads from `i`'s own head up to the root.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = i;
        std::iter::from_fn(move || {
            let head = self.tokens[at].head;
            let up = (head != at).then_some(head);
            at = head;
            up
        })
    }

    /// Whether `i` stands under `top` (or is it).
    #[must_use]
    pub fn is_under(&self, i: usize, top: usize) -> bool {
        i == top || self.ancestors(i).any(|a| a == top)
    }

    /// The tokens of `i`'s subtree, in text order.
    pub fn subtree(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let (first, last) = self.tokens[i].edges;
        (first..=last).filter(move |&t| self.is_under(t, i))
    }

    /// The run from the first to the last token of `i`'s subtree.
    #[must_use]
    pub fn subtree_run(&self, i: usize) -> Range<usize> {
        let (first, last) = self.tokens[i].edges;
        first..last + 1
    }

    /// `i` and what is coordinated with it, from the first conjunct on, in text order.
    #[must_use]
    pub fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut first = i;
        while self.tokens[first].dep == Dep::Conj && self.tokens[first].head != first {
            first = self.tokens[first].head;
        }
        let mut all = vec![first];
        let mut next = 0;
        while let Some(&at) = all.get(next) {
            all.extend(self.children(at).filter(|&c| self.tokens[c].dep == Dep::Conj));
            next += 1;
        }
        all.sort_unstable();
        all
    }

    /// The head of the smallest clause that `i` stands in: a verb (or a root) whose relation opens a clause.
    #[must_use]
    pub fn clause_head(&self, i: usize) -> usize {
        let mut at = i;
        loop {
            let token = &self.tokens[at];
            let verbal = matches!(token.pos, Pos::Verb | Pos::Aux);
            if token.head == at || (verbal && opens_clause(token.dep)) {
                return at;
            }
            at = token.head;
        }
    }
}

impl Parse {
    /// Fills in what follows from the heads: each token's edges and the table of children.
    pub(crate) fn link(&mut self) {
        self.list_children();
        for token in self.bottom_up() {
            let Token { head, edges: (first, last), .. } = self.tokens[token];
            let edges = &mut self.tokens[head].edges;
            *edges = (edges.0.min(first), edges.1.max(last));
        }
    }

    fn list_children(&mut self) {
        let is_child = |(i, t): &(usize, &Token)| t.head != *i;
        let mut ends = vec![0u32; self.tokens.len() + 1];
        for (_, token) in self.tokens.iter().enumerate().filter(is_child) {
            ends[token.head] += 1;
        }
        let mut total = 0;
        for end in &mut ends {
            total += *end;
            *end = total;
        }
        self.child = vec![0; total as usize];
        for (i, token) in self.tokens.iter().enumerate().rev().filter(is_child) {
            ends[token.head] -= 1;
            self.child[ends[token.head] as usize] = i as u32;
        }
        self.first_child = ends;
    }

    /// All tokens, each before its head.
    fn bottom_up(&self) -> Vec<usize> {
        let mut open: Vec<u32> = (0..self.tokens.len()).map(|i| self.children(i).count() as u32).collect();
        let mut order: Vec<usize> = (0..self.tokens.len()).filter(|&i| open[i] == 0).collect();
        let mut next = 0;
        while let Some(&token) = order.get(next) {
            let head = self.tokens[token].head;
            if head != token {
                open[head] -= 1;
                if open[head] == 0 {
                    order.push(head);
                }
            }
            next += 1;
        }
        order
    }
}

fn opens_clause(dep: Dep) -> bool {
    use Dep::{Acl, Advcl, Ccomp, Conj, Csubj, Csubjpass, Parataxis, Pcomp, Relcl, Root, Xcomp};
    matches!(dep, Root | Ccomp | Xcomp | Advcl | Relcl | Acl | Conj | Parataxis | Pcomp | Csubj | Csubjpass)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "They said troops and tanks left ." with heads by hand.
    fn parse() -> Parse {
        let words = [
            ("They", 1, Dep::Nsubj, Pos::Pron),
            ("said", 1, Dep::Root, Pos::Verb),
            ("troops", 5, Dep::Nsubj, Pos::Noun),
            ("and", 2, Dep::Cc, Pos::Cconj),
            ("tanks", 2, Dep::Conj, Pos::Noun),
            ("left", 1, Dep::Ccomp, Pos::Verb),
            (".", 1, Dep::Punct, Pos::Punct),
        ];
        let mut parse = Parse::default();
        parse.sentences.push(0..7);
        let mut text = String::new();
        for (i, (word, head, dep, pos)) in words.into_iter().enumerate() {
            let span = text.len()..text.len() + word.len();
            let (lower, none): (Arc<str>, Arc<str>) = (word.to_lowercase().into(), "".into());
            let (lemma, morph, tag) = (Arc::clone(&lower), none, Tag::Unset);
            let token =
                Token { span, lower, lemma, morph, pos, tag, dep, head, space_after: true, edges: (i, i), row: None };
            parse.tokens.push(token);
            text += word;
            text += " ";
        }
        parse.text = text.into();
        parse.link();
        parse
    }

    #[test]
    fn an_empty_parse_can_be_asked() {
        let mut empty = Parse::default();
        empty.link();
        assert!(empty.is_empty() && empty.entities().is_empty());
        assert_eq!(empty.words(0..0), "");
    }

    #[test]
    fn children_and_edges_follow_from_heads() {
        let parse = parse();
        assert_eq!(parse.children(1).collect::<Vec<_>>(), [0, 5, 6]);
        assert_eq!(parse.subtree_run(5), 2..6);
        assert_eq!(parse.words(parse.subtree_run(2)), "troops and tanks");
        assert_eq!(parse.subtree(2).collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(parse.child_by(5, Dep::Nsubj), Some(2));
        assert_eq!(parse.ancestors(4).collect::<Vec<_>>(), [2, 5, 1]);
    }

    #[test]
    fn clauses_and_conjuncts() {
        let parse = parse();
        assert_eq!(parse.conjuncts(4), [2, 4]);
        assert_eq!((parse.clause_head(4), parse.clause_head(0)), (5, 1));
        assert_eq!(parse.sentence_of(3), 0..7);
    }
}
