//! Names as numbers, so that claims are compared without looking at a letter.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

/// Numbers of names, given in the order in which they come. Nothing but sameness is read off a number.
#[derive(Debug, Default)]
pub(super) struct Names(FxHashMap<Box<str>, u32>);

impl Names {
    /// The number of a name, the same whenever it comes.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(name.into(), next);
        next
    }

    /// The numbers of some names.
    pub(super) fn set<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> Set {
        Set::of(names.into_iter().map(|name| self.number(name)))
    }
}

/// A small set of numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Set(Box<[u32]>);

impl Set {
    /// The set of some numbers.
    pub(super) fn of(numbers: impl IntoIterator<Item = u32>) -> Set {
        let mut sorted: Vec<u32> = numbers.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        Set(sorted.into())
    }

    /// Its members in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        self.0.contains(&number)
    }

    pub(super) fn is_disjoint(&self, other: &Set) -> bool {
        !self.iter().any(|n| other.contains(n))
    }

    /// Whether both name somebody, and nobody is in both.
    pub(super) fn is_other(&self, other: &Set) -> bool {
        !self.is_empty() && !other.is_empty() && self.is_disjoint(other)
    }

    /// How many members both have.
    pub(super) fn shared(&self, other: &Set) -> usize {
        let (mut x, mut y, mut both) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(m), Some(n)) = (x.peek(), y.peek()) {
            let order = m.cmp(n);
            both += usize::from(order == Ordering::Equal);
            if order != Ordering::Greater {
                x.next();
            }
            if order != Ordering::Less {
                y.next();
            }
        }
        both
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_in_what_both_hold() {
        let mut names = Names::default();
        let (one, other) = (names.set(["b", "a", "b"]), names.set(["c", "b"]));
        assert_eq!((one.len(), one.shared(&other), other.shared(&one)), (2, 1, 1));
        assert!(!one.is_disjoint(&other) && one.is_disjoint(&Set::default()));
    }
}
