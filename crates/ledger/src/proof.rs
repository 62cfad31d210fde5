//! Proofs that an entry is in the log, in the text form of C2SP tlog-proof. Its `extra` line carries the entry's header,
//! so that a proof can be checked without the ledger: whose hash leads to the root stands in the proof itself.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::error::{LedgerError, Result};
use crate::header::Header;
use crate::ledger::Ledger;
use crate::note::{Checkpoint, Verifier};
use crate::tree::{Hash, Root, Tree, leads};

/// The first line of a proof.
const FORM: &str = "c2sp.org/tlog-proof@v1";

/// What a proof that holds says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The entry's header, with the hashes of its parts.
    pub header: Header,
    /// The checkpoint under which it stands.
    pub root: Root,
}

impl Ledger {
    /// The proof that an entry is under a checkpoint: the newest, or an older signed one.
    ///
    /// # Errors
    /// Where there is no such entry under it, or the ledger does not lead to its root.
    pub fn prove(&self, entry: u64, checkpoint: Option<&str>) -> Result<String> {
        let newest = || self.checkpoint()?.ok_or_else(|| LedgerError::Unknown(format!("entry {entry}")));
        let note = checkpoint.map_or_else(newest, |c| Ok(c.to_owned()))?;
        let tree = self.tree_under(&note)?;
        self.proof(&tree, entry, &note)
    }

    /// The proofs that entries are under the newest checkpoint; the tree is built once for all.
    ///
    /// # Errors
    /// As for [`Ledger::prove`].
    pub fn proofs(&self, entries: &[u64]) -> Result<Vec<String>> {
        let Some(note) = self.checkpoint()?.filter(|_| !entries.is_empty()) else { return Ok(Vec::new()) };
        let tree = self.tree_under(&note)?;
        entries.iter().map(|entry| self.proof(&tree, *entry, &note)).collect()
    }

    /// The root that the newest checkpoint signs; none in an empty ledger.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn root(&self) -> Result<Option<Root>> {
        self.checkpoint()?.map(|note| Ok(Checkpoint::parse(&note)?.root)).transpose()
    }

    /// The tree that a checkpoint signs.
    fn tree_under(&self, note: &str) -> Result<Tree> {
        let root = Checkpoint::parse(note)?.root;
        let tree = self.tree(root.size)?;
        if tree.root() != root {
            let problem = "the entries do not lead to the checkpoint's root: something was changed since it was signed";
            return Err(LedgerError::Refused(problem.to_owned()));
        }
        Ok(tree)
    }

    fn proof(&self, tree: &Tree, entry: u64, note: &str) -> Result<String> {
        let size = tree.root().size;
        if entry >= size {
            let problem = format!("entry {entry} is not under the checkpoint, which holds {size} entries");
            return Err(LedgerError::Refused(problem));
        }
        let path = tree.path(entry).unwrap_or_default();
        let hashes: String = path.iter().map(|h| BASE64.encode(h) + "\n").collect();
        let leaf = BASE64.encode(self.header_bytes(entry)?);
        Ok(format!("{FORM}\nextra {leaf}\nindex {entry}\n{hashes}\n{note}"))
    }

    /// The tree over the first so many entries.
    fn tree(&self, size: u64) -> Result<Tree> {
        let mut tree = Tree::default();
        let mut all = self.connection.prepare("SELECT header FROM entry WHERE number < ?1 ORDER BY number")?;
        let mut rows = all.query([size])?;
        while let Some(row) = rows.next()? {
            tree.push(row.get(0)?);
        }
        Ok(tree)
    }
}

/// Checks a proof by a log's key, without the ledger.
///
/// # Errors
/// Where it is no proof, its checkpoint is not signed by the key, or its path does not lead to the root.
pub fn verify_proof(proof: &str, verifier: &Verifier) -> Result<Proven> {
    let Parts { leaf, index, path, note } = parse(proof).ok_or_else(|| LedgerError::Form("this is no proof".into()))?;
    let root = verifier.open(note)?;
    let wrong = |problem: &str| LedgerError::Form(problem.to_owned());
    if !leads(&leaf, index, &path, root) {
        return Err(wrong("the proof does not lead to the checkpoint's root"));
    }
    let header = Header::from_bytes(&leaf).ok_or_else(|| wrong("what is proven is no entry"))?;
    if header.number != index {
        return Err(wrong("the entry stands elsewhere than it says"));
    }
    Ok(Proven { header, root })
}

struct Parts<'a> {
    leaf: Vec<u8>,
    index: u64,
    path: Vec<Hash>,
    note: &'a str,
}

fn parse(proof: &str) -> Option<Parts<'_>> {
    let (head, note) = proof.split_once("\n\n")?;
    let mut lines = head.lines();
    lines.next().filter(|l| *l == FORM)?;
    let leaf = BASE64.decode(lines.next()?.strip_prefix("extra ")?).ok()?;
    let index = lines.next()?.strip_prefix("index ")?.parse().ok()?;
    let path = lines.map(|l| BASE64.decode(l).ok()?.try_into().ok()).collect::<Option<Vec<Hash>>>()?;
    Some(Parts { leaf, index, path, note })
}
