//! The dependency parser: arc-eager with unshift and sentence breaks, greedy, over a whole document.

use super::tree::{deprojectivise, sentence_starts};
use super::{NONE, Scorer, best, load_moves};
use crate::labels::Dep;
use crate::load::network::Network;
use crate::load::{LoadError, Malformed, Package};

/// First and second in the buffer, top three of the stack, leftmost-found children of the first two, last right child.
const FEATURES: usize = 8;

/// Trained parser.
pub(crate) struct Parser {
    scorer: Scorer<FEATURES>,
    /// Action and label of each class.
    moves: Vec<(usize, u16)>,
    labels: Labels,
}

const ACTIONS: usize = 5;
const SHIFT: usize = 0;
const REDUCE: usize = 1;
const LEFT: usize = 2;
const RIGHT: usize = 3;
const BREAK: usize = 4;

/// The arc labels: plain ones, and ones such as `nsubj||ccomp`, which say that the arc was lifted from a `ccomp`.
pub(crate) struct Labels {
    texts: Vec<String>,
    deps: Vec<Dep>,
    /// Of a lifted arc: its plain label, and the label that its true head has, where any arc has it.
    pub(super) lifted: Vec<Option<(u16, Option<u16>)>>,
    root: u16,
}

/// A dependency tree over one document.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Head of each token, itself for a root.
    pub(crate) heads: Vec<u32>,
    pub(crate) deps: Vec<Dep>,
    /// Whether a sentence starts at the token.
    pub(crate) starts: Vec<bool>,
}

impl Parser {
    pub(crate) fn load(package: &Package) -> Result<Self, LoadError> {
        let scorer = package.read("parser/model", |bytes| Scorer::parse(&Network::parse(bytes)?))?;
        load_moves(package, "parser", |moves| Self::new(scorer, &moves))
    }

    fn new(scorer: Scorer<FEATURES>, moves: &[(u8, String)]) -> Result<Self, Malformed> {
        if moves.len() != scorer.classes() {
            return Err(Malformed::new(format!("{} moves for {} classes", moves.len(), scorer.classes())));
        }
        let mut labels = Labels::new(moves.iter().map(|(_, label)| label.as_str()))?;
        let moves: Vec<(usize, u16)> = moves
            .iter()
            .map(|(action, label)| Ok((usize::from(*action), labels.intern(label)?)))
            .collect::<Result<_, Malformed>>()?;
        // Shift and reduce must be there, so that every document can be parsed to its end.
        let has = |action| moves.iter().any(|&(a, _)| a == action);
        if !has(SHIFT) || !has(REDUCE) || moves.iter().any(|&(action, _)| action >= ACTIONS) {
            return Err(Malformed::new("not the moves of an arc-eager parser"));
        }
        Ok(Parser { scorer, moves, labels })
    }

    /// What each encoded token contributes to the scores.
    pub(crate) fn precompute(&self, encoded: &[f32]) -> Vec<f32> {
        self.scorer.precompute(encoded)
    }

    /// Floats a token in what [`Parser::precompute`] gives.
    pub(crate) const FLOATS: usize = Scorer::<FEATURES>::FLOATS;

    /// Parses a document of which each token's precomputed part is given, and whether it is white space.
    pub(crate) fn parse(&self, precomputed: &[f32], is_space: &[bool]) -> Tree {
        let mut state = State::new(is_space.len());
        let mut scores = Vec::new();
        while !state.is_final() {
            let (action, label) = self.next_move(&state, precomputed, &mut scores);
            state.apply(action, label);
        }
        self.finish(state, is_space)
    }

    fn next_move(&self, state: &State, precomputed: &[f32], scores: &mut Vec<f32>) -> (usize, u16) {
        if state.buffer_len() == 0 {
            return (REDUCE, 0);
        }
        self.scorer.score(state.features(), precomputed, scores);
        let allowed = state.allowed();
        // There is always a move: with an empty stack it is shift, otherwise reduce.
        let class = best(scores, |class| allowed[self.moves[class].0]).unwrap_or(0);
        self.moves[class]
    }

    fn finish(&self, state: State, is_space: &[bool]) -> Tree {
        let root = self.labels.root;
        let own = |(i, &head): (usize, &u32)| if head == NONE { i as u32 } else { head };
        let mut heads: Vec<u32> = state.heads.iter().enumerate().map(own).collect();
        let rooted = |(i, &label): (usize, &u16)| if heads[i] == i as u32 { root } else { label };
        let mut labels: Vec<u16> = state.labels.iter().enumerate().map(rooted).collect();
        deprojectivise(&mut heads, &mut labels, &self.labels, is_space);
        Tree {
            starts: sentence_starts(&heads),
            deps: labels.iter().map(|&l| self.labels.deps[usize::from(l)]).collect(),
            heads,
        }
    }
}

impl Labels {
    pub(super) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Result<Self, Malformed> {
        let mut labels = Labels { texts: vec![], deps: vec![], lifted: vec![], root: 0 };
        for text in texts {
            labels.intern(text)?;
        }
        labels.root = labels.intern("ROOT")?;
        for at in 0..labels.texts.len() {
            if let Some((plain, head)) = labels.texts[at].clone().split_once("||") {
                let plain = labels.intern(plain)?;
                let head = labels.find(head);
                labels.lifted[at] = Some((plain, head));
            }
        }
        Ok(labels)
    }

    fn find(&self, text: &str) -> Option<u16> {
        self.texts.iter().position(|t| t == text).map(|at| at as u16)
    }

    pub(super) fn intern(&mut self, text: &str) -> Result<u16, Malformed> {
        if let Some(found) = self.find(text) {
            return Ok(found);
        }
        let plain = text.split_once("||").map_or(text, |(plain, _)| plain);
        self.deps.push(plain.parse().map_err(|e| Malformed::new(format!("{e}")))?);
        self.texts.push(text.to_owned());
        self.lifted.push(None);
        Ok((self.texts.len() - 1) as u16)
    }
}

/// Stack, buffer and arcs so far.
struct State {
    length: u32,
    stack: Vec<u32>,
    /// Tokens put back from the stack, the next one last; they come before `next`.
    returned: Vec<u32>,
    /// First token of the buffer that was never shifted.
    next: u32,
    heads: Vec<u32>,
    labels: Vec<u16>,
    left: Children,
    right: Children,
    /// Tokens put back once; they may not be shifted again before they get a child.
    put_back: Vec<bool>,
    starts: Vec<bool>,
}

impl State {
    fn new(length: usize) -> Self {
        State {
            length: length as u32,
            stack: Vec::new(),
            returned: Vec::new(),
            next: 0,
            heads: vec![NONE; length],
            labels: vec![0; length],
            left: Children::new(length),
            right: Children::new(length),
            put_back: vec![false; length],
            starts: vec![false; length],
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_len() == 0
    }

    fn buffer_len(&self) -> usize {
        (self.length - self.next) as usize + self.returned.len()
    }

    /// The token at a place of the buffer.
    fn buffer(&self, place: usize) -> u32 {
        match self.returned.len().checked_sub(place + 1) {
            Some(at) => self.returned[at],
            None => Some(self.next + (place - self.returned.len()) as u32).filter(|&t| t < self.length).unwrap_or(NONE),
        }
    }

    /// The token at a depth of the stack.
    fn stack(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |at| self.stack[at])
    }

    fn features(&self) -> [u32; FEATURES] {
        let (b0, s0) = (self.buffer(0), self.stack(0));
        let (left, right) = (|t| self.left.last(t), |t| self.right.last(t));
        [b0, self.buffer(1), s0, self.stack(1), self.stack(2), left(b0), left(s0), right(s0)]
    }

    /// Which actions may be taken; the buffer is not empty.
    fn allowed(&self) -> [bool; ACTIONS] {
        let (b0, b1, rest) = (self.buffer(0), self.buffer(1), self.buffer_len());
        let starts = |t: u32| self.starts.get(t as usize).copied().unwrap_or(false);
        let stacked = !self.stack.is_empty();
        let arc = stacked && !starts(b0);
        let mut allowed = [false; ACTIONS];
        allowed[SHIFT] = !stacked || (rest >= 2 && !starts(b0) && !self.put_back[b0 as usize]);
        allowed[REDUCE] = stacked;
        allowed[LEFT] = arc;
        allowed[RIGHT] = arc;
        allowed[BREAK] = rest >= 2 && b1 == b0 + 1 && !starts(b1);
        allowed
    }

    fn apply(&mut self, action: usize, label: u16) {
        let (b0, s0) = (self.buffer(0), self.stack(0));
        match action {
            SHIFT => self.shift(),
            REDUCE => self.reduce(s0),
            LEFT => {
                self.attach(b0, s0, label);
                self.put_back[b0 as usize] = false;
                self.stack.pop();
            }
            RIGHT => {
                self.attach(s0, b0, label);
                self.shift();
            }
            _ => {
                let b1 = self.buffer(1);
                self.starts[b1 as usize] = true;
            }
        }
    }

    fn shift(&mut self) {
        let token = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    /// A token without a head goes back to the buffer, unless it is the last of the stack.
    fn reduce(&mut self, token: u32) {
        if self.heads[token as usize] == NONE && self.stack.len() > 1 {
            self.put_back[token as usize] = true;
            self.returned.push(token);
        }
        self.stack.pop();
    }

    fn attach(&mut self, head: u32, child: u32, label: u16) {
        let old = self.heads[child as usize];
        if old != NONE {
            let side = if old > child { &mut self.left } else { &mut self.right };
            // spaCy deletes an arc only where it is the last of its head.
            if side.last(old) == child {
                side.pop(old);
            }
        }
        let side = if head > child { &mut self.left } else { &mut self.right };
        side.push(head, child);
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
    }
}

/// For every token a stack of children, all in one vector.
struct Children {
    /// Index in `links` of each token's last child.
    last: Vec<u32>,
    /// A child, and the index of the one before it.
    links: Vec<(u32, u32)>,
}

impl Children {
    fn new(length: usize) -> Self {
        Children { last: vec![NONE; length], links: Vec::new() }
    }

    fn last(&self, head: u32) -> u32 {
        let link = self.last.get(head as usize).and_then(|&at| self.links.get(at as usize));
        link.map_or(NONE, |&(child, _)| child)
    }

    fn push(&mut self, head: u32, child: u32) {
        let last = &mut self.last[head as usize];
        self.links.push((child, *last));
        *last = (self.links.len() - 1) as u32;
    }

    fn pop(&mut self, head: u32) {
        let last = &mut self.last[head as usize];
        *last = self.links.get(*last as usize).map_or(NONE, |&(_, before)| before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_labels_are_refused() {
        assert!(Labels::new(["nsubj", "nsubject"].into_iter()).is_err());
    }

    #[test]
    fn lifted_labels_know_their_parts() {
        let labels = Labels::new(["dobj||xcomp", "xcomp", "prep||nowhere"].into_iter()).unwrap();
        let text = |l: u16| labels.texts[usize::from(l)].as_str();
        let (plain, head) = labels.lifted[0].unwrap();
        assert_eq!((text(plain), head.map(text)), ("dobj", Some("xcomp")));
        assert_eq!(labels.lifted[2].unwrap().1, None);
        assert_eq!(labels.deps[0], Dep::Dobj);
    }

    #[test]
    fn a_token_without_head_is_put_back_once() {
        let mut state = State::new(3);
        state.apply(SHIFT, 0);
        state.apply(SHIFT, 0);
        state.apply(REDUCE, 0);
        assert_eq!((state.buffer(0), state.buffer(1), state.stack(0)), (1, 2, 0));
        assert!(!state.allowed()[SHIFT] && state.allowed()[REDUCE]);
        state.apply(RIGHT, 0);
        assert_eq!((state.heads[1], state.right.last(0)), (0, 1));
    }

    #[test]
    fn children_are_a_stack() {
        let mut children = Children::new(2);
        children.push(0, 5);
        children.push(0, 6);
        children.pop(0);
        assert_eq!((children.last(0), children.last(1), children.last(NONE)), (5, NONE, NONE));
    }
}
