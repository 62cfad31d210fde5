//! The Merkle tree over all entries, after RFC 6962: built anew from leaves by the library `ct-merkle`, and carried
//! forward from the right edge alone where one entry more is appended.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{InclusionProof, RootHash};
use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// The hash of a leaf: SHA-256 over a zero byte and its bytes.
#[must_use]
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Sha256::new_with_prefix([0]).chain_update(bytes).finalize().into()
}

fn parent(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Root and size of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Root {
    /// Number of leaves.
    pub size: u64,
    /// The Merkle tree hash.
    pub hash: Hash,
}

/// The right edge of a tree: the roots of the perfect subtrees that it falls into, the largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Edge {
    size: u64,
    peaks: Vec<Hash>,
}

impl Edge {
    /// The edge of a tree of a size, from its bytes; none where their number does not fit the size.
    pub(crate) fn from_bytes(size: u64, bytes: &[u8]) -> Option<Edge> {
        let (peaks, rest) = bytes.as_chunks::<32>();
        let fits = rest.is_empty() && peaks.len() == size.count_ones() as usize;
        fits.then(|| Edge { size, peaks: peaks.to_vec() })
    }

    /// Its bytes: the peaks one after the other.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.peaks.concat()
    }

    /// Number of leaves.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// One leaf more.
    pub(crate) fn push(&mut self, leaf: Hash) {
        let full = self.size.trailing_ones();
        let merged = (0..full).filter_map(|_| self.peaks.pop()).collect::<Vec<_>>();
        self.peaks.push(merged.iter().fold(leaf, |right, left| parent(left, &right)));
        self.size += 1;
    }

    /// The first leaf under the first peak that another edge of the same size has otherwise.
    pub(crate) fn parts_from(&self, other: &Edge) -> u64 {
        let same = self.peaks.iter().zip(&other.peaks).take_while(|(a, b)| a == b).count();
        let widths = (0..64).rev().map(|bit| self.size & (1 << bit)).filter(|width| *width > 0);
        widths.take(same).sum()
    }

    /// The root over all leaves so far.
    pub(crate) fn root(&self) -> Root {
        let mut peaks = self.peaks.iter().rev();
        let last = peaks.next().copied().unwrap_or_else(|| sha256(b""));
        Root { size: self.size, hash: peaks.fold(last, |right, left| parent(left, &right)) }
    }
}

/// A whole tree in memory.
#[derive(Debug, Default)]
pub(crate) struct Tree(MemoryBackedTree<Sha256, Vec<u8>>);

impl Tree {
    /// One leaf more, by its bytes.
    pub(crate) fn push(&mut self, leaf: Vec<u8>) {
        self.0.push(leaf);
    }

    /// The root over all leaves so far.
    pub(crate) fn root(&self) -> Root {
        Root { size: self.0.len(), hash: (*self.0.root().as_bytes()).into() }
    }

    /// The hashes beside the way from a leaf to the root; none where there is no such leaf.
    pub(crate) fn path(&self, leaf: u64) -> Option<Vec<Hash>> {
        let at = usize::try_from(leaf).ok().filter(|_| leaf < self.0.len())?;
        let proof = self.0.prove_inclusion(at);
        Some(proof.as_bytes().as_chunks::<32>().0.to_vec())
    }
}

/// Whether a path leads from a leaf to a root.
pub(crate) fn leads(leaf: &[u8], index: u64, path: &[Hash], root: Root) -> bool {
    let Ok(proof) = InclusionProof::<Sha256>::try_from_bytes(path.concat()) else { return false };
    let root = RootHash::<Sha256>::new(root.hash.into(), root.size);
    index < root.num_leaves() && root.verify_inclusion(&leaf, index, &proof).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: u64) -> Vec<Vec<u8>> {
        (0..count).map(|i| format!("leaf {i}").into_bytes()).collect()
    }

    #[test]
    fn a_path_of_another_leaf_or_root_leads_nowhere() {
        let mut tree = Tree::default();
        leaves(7).into_iter().for_each(|l| tree.push(l));
        let path = tree.path(3).unwrap();
        assert!(!leads(b"leaf 4", 3, &path, tree.root()));
        assert!(!leads(b"leaf 3", 4, &path, tree.root()));
        assert!(!leads(b"leaf 3", 9, &path, tree.root()));
        assert_eq!(tree.path(7), None);
    }

    #[test]
    fn the_edge_has_the_roots_of_the_tree() {
        let (mut edge, mut tree) = (Edge::default(), Tree::default());
        assert_eq!(edge.root(), tree.root());
        for leaf in leaves(70) {
            edge.push(leaf_hash(&leaf));
            tree.push(leaf);
            assert_eq!(edge.root(), tree.root());
            assert_eq!(Edge::from_bytes(edge.size(), &edge.to_bytes()), Some(edge.clone()));
        }
        for i in 0..70 {
            let leaf = format!("leaf {i}");
            assert!(leads(leaf.as_bytes(), i, &tree.path(i).unwrap(), tree.root()));
        }
    }

    #[test]
    fn an_edge_of_the_wrong_length_is_none() {
        assert_eq!(Edge::from_bytes(3, &[0; 32]), None);
        assert_eq!(Edge::from_bytes(1, &[0; 33]), None);
    }
}
