//! Checkpoints as signed notes: the text form in which transparency logs say what they hold (C2SP signed-note and
//! tlog-checkpoint), so that anybody's tools can check them.
//!
//! A checkpoint's text is three lines: the log's name, the number of its entries, and the root in base64. Below an
//! empty line stand signatures, `— NAME BASE64`, of which the first four bytes say by which key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::error::{LedgerError, Result};
use crate::header::hex;
use crate::tree::Root;

/// The byte that says that a key is Ed25519 (C2SP signed-note).
const ED25519: u8 = 1;

/// A key that signs.
pub(crate) struct Signer {
    name: String,
    key: SigningKey,
}

/// A key that checks signatures, with the name of the log that signs by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key: VerifyingKey,
}

impl Signer {
    /// The signer of a secret of 32 bytes. Its name is made from the public half.
    pub(crate) fn new(secret: &[u8; 32]) -> Signer {
        let key = SigningKey::from_bytes(secret);
        let half = hex(&Sha256::digest(key.verifying_key().as_bytes())[..4]);
        Signer { name: format!("trucewatch/{half}"), key }
    }

    /// Its public half.
    pub(crate) fn verifier(&self) -> Verifier {
        Verifier { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// The signer of a secret of 32 bytes under a name.
    pub(crate) fn named(name: &str, secret: &[u8; 32]) -> Signer {
        Signer { name: name.to_owned(), key: SigningKey::from_bytes(secret) }
    }

    /// The signed checkpoint of a tree.
    pub(crate) fn sign(&self, root: Root) -> String {
        self.sign_text(&text(&self.name, root))
    }

    /// A text, which ends with a line break, as a signed note.
    pub(crate) fn sign_text(&self, text: &str) -> String {
        let signature = self.key.sign(text.as_bytes());
        let bytes: Vec<u8> = self.verifier().id().into_iter().chain(signature.to_bytes()).collect();
        format!("{text}\n— {} {}\n", self.name, BASE64.encode(bytes))
    }
}

fn text(origin: &str, root: Root) -> String {
    format!("{origin}\n{}\n{}\n", root.size, BASE64.encode(root.hash))
}

impl Verifier {
    /// The name of the log.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its name and the key's hash, with a plus sign between them.
    pub(crate) fn label(&self) -> String {
        let id = hex(&self.id());
        format!("{}+{id}", self.name)
    }

    /// First four bytes of the hash over name and key, by which signatures say whose they are.
    fn id(&self) -> [u8; 4] {
        let hash = Sha256::new_with_prefix(self.name.as_bytes()).chain_update([b'\n', ED25519]);
        let hash: [u8; 32] = hash.chain_update(self.key.as_bytes()).finalize().into();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// The root that a signed checkpoint states.
    ///
    /// # Errors
    /// Where it is no checkpoint, is another log's, or is not signed by this key.
    pub fn open(&self, note: &str) -> Result<Root> {
        let checkpoint = Checkpoint::parse(note)?;
        if checkpoint.origin != self.name {
            let problem = format!("the checkpoint is of the log `{}`, not of `{}`", checkpoint.origin, self.name);
            return Err(LedgerError::Form(problem));
        }
        let signed = checkpoint.signatures.iter().any(|(name, bytes)| *name == self.name && self.is_by(note, bytes));
        let unsigned = || LedgerError::Form(format!("the checkpoint is not signed by the key of `{}`", self.name));
        signed.then_some(checkpoint.root).ok_or_else(unsigned)
    }

    /// Whether a signed note, whatever it says, carries a signature by this key.
    #[must_use]
    pub fn signed(&self, note: &str) -> bool {
        let lines = cut(note).map(|(_, below)| below.lines().filter_map(signature).collect::<Vec<_>>());
        lines.into_iter().flatten().any(|(name, bytes)| name == self.name && self.is_by(note, &bytes))
    }

    fn is_by(&self, note: &str, bytes: &[u8]) -> bool {
        let Some((text, _)) = cut(note) else { return false };
        let Some((id, signature)) = bytes.split_first_chunk::<4>() else { return false };
        let Ok(signature) = ed25519_dalek::Signature::from_slice(signature) else { return false };
        *id == self.id() && self.key.verify_strict(text.as_bytes(), &signature).is_ok()
    }
}

impl std::fmt::Display for Verifier {
    /// The form in which keys are handed round: name, key hash and key, with plus signs between them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let key: Vec<u8> = [ED25519].into_iter().chain(*self.key.as_bytes()).collect();
        write!(f, "{}+{}", self.label(), BASE64.encode(key))
    }
}

impl std::str::FromStr for Verifier {
    type Err = LedgerError;
    fn from_str(text: &str) -> Result<Verifier> {
        let wrong = || LedgerError::Form(format!("`{}` is no verifier key", text.trim()));
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong());
        };
        let bytes = BASE64.decode(key).map_err(|_| wrong())?;
        let key = bytes.strip_prefix(&[ED25519]).and_then(|k| <&[u8; 32]>::try_from(k).ok()).ok_or_else(wrong)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| wrong())?;
        let verifier = Verifier { name: name.to_owned(), key };
        let same = hex(&verifier.id()) == id;
        same.then_some(verifier).ok_or_else(wrong)
    }
}

/// A checkpoint taken apart, its signatures not yet checked.
pub(crate) struct Checkpoint {
    /// The name of the log.
    pub(crate) origin: String,
    /// What it says of the tree.
    pub(crate) root: Root,
    signatures: Vec<(String, Vec<u8>)>,
}

impl Checkpoint {
    /// Takes a signed checkpoint apart.
    pub(crate) fn parse(note: &str) -> Result<Checkpoint> {
        let wrong = || LedgerError::Form("this is no signed checkpoint".to_owned());
        let (text, below) = cut(note).ok_or_else(wrong)?;
        let mut lines = text.lines();
        let origin = lines.next().filter(|o| !o.is_empty()).ok_or_else(wrong)?.to_owned();
        let size = lines.next().and_then(number).ok_or_else(wrong)?;
        let root = lines.next().and_then(|l| BASE64.decode(l).ok()).ok_or_else(wrong)?;
        let hash = root.try_into().map_err(|_| wrong())?;
        let signatures = below.lines().map(signature).collect::<Option<Vec<_>>>().ok_or_else(wrong)?;
        Ok(Checkpoint { origin, root: Root { size, hash }, signatures })
    }
}

/// The text of a signed note with its last line break; none where what stands below the last empty line is no signatures.
pub(crate) fn text_of(note: &str) -> Option<&str> {
    let (text, below) = cut(note)?;
    let signed = !below.is_empty() && below.lines().all(|line| signature(line).is_some());
    signed.then_some(text)
}

/// The text with its last line break, and the lines of signatures.
fn cut(note: &str) -> Option<(&str, &str)> {
    let at = note.rfind("\n\n")?;
    Some((note.get(..=at)?, note.get(at + 2..)?))
}

/// A number in its one form, without signs or zeros before it.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|n: &u64| n.to_string() == text)
}

fn signature(line: &str) -> Option<(String, Vec<u8>)> {
    let (name, bytes) = line.strip_prefix("— ")?.split_once(' ')?;
    Some((name.to_owned(), BASE64.decode(bytes).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> Root {
        Root { size: 12, hash: [7; 32] }
    }

    #[test]
    fn a_changed_note_is_refused() {
        let signer = Signer::new(&[1; 32]);
        let note = signer.sign(root());
        let verifier = signer.verifier();
        for i in (0..note.len()).filter(|&i| note.is_char_boundary(i) && note.is_char_boundary(i + 1)) {
            let mut bytes = note.clone().into_bytes();
            bytes[i] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert!(verifier.open(&changed).is_err(), "byte {i} of\n{changed}");
        }
        assert!(Signer::new(&[2; 32]).verifier().open(&note).is_err());
        assert!(verifier.open("").is_err());
    }

    #[test]
    fn keys_are_written_and_read_back() {
        let verifier = Signer::new(&[1; 32]).verifier();
        assert_eq!(verifier.to_string().parse::<Verifier>().unwrap(), verifier);
        assert!(verifier.to_string().replace("trucewatch/", "trucewatch/0").parse::<Verifier>().is_err());
        assert!("a+b".parse::<Verifier>().is_err());
    }

    #[test]
    fn a_note_says_what_was_signed() {
        let signer = Signer::new(&[1; 32]);
        let note = signer.sign(root());
        assert_eq!(signer.verifier().open(&note).unwrap(), root());
        assert_eq!(note.lines().nth(1), Some("12"));
        assert_eq!(note.lines().nth(3), Some(""));
    }
}
