//! Briefs that were issued. The bytes of a brief are kept with the decision that signs it off, so that what was handed out
//! stays what it was, whatever is read, decided or graded later. Who finds an error issues another one, which names the
//! one that it stands in place of.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::as_of::Moment;
use crate::decision::{Act, Decided, Decision};
use crate::entry::Draft;
use crate::error::{LedgerError, Result};
use crate::header::{Kind, hex};
use crate::ledger::Ledger;

/// The part of an entry that holds an issued brief.
const BRIEF: &str = "brief";

/// A brief that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The entry by which it was signed off.
    pub entry: u64,
    /// When.
    pub at: Timestamp,
    /// Who signed it off.
    pub by: String,
    /// Their remark; for an erratum, what was wrong.
    pub why: String,
    /// First and last day that it covers.
    pub days: (String, String),
    /// Number of entries that it was drawn from.
    pub size: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// The entry of the issue in whose place it stands.
    pub replaces: Option<u64>,
    /// The entry of the issue that stands in its place.
    pub replaced_by: Option<u64>,
    /// The entry by which it was withdrawn.
    pub withdrawn: Option<u64>,
}

impl Issue {
    fn of(decided: Decided) -> Option<Issue> {
        let Decided { entry, at, decision, undone: withdrawn } = decided;
        let Decision { by, why, act } = decision;
        let Act::SignOff { from, to, size, sha256, replaces } = act else { return None };
        Some(Issue { entry, at, by, why, days: (from, to), size, sha256, replaces, replaced_by: None, withdrawn })
    }

    /// Whether it is what is to be relied on: neither withdrawn nor replaced.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.withdrawn.is_none() && self.replaced_by.is_none()
    }
}

impl Ledger {
    /// Records that a brief was signed off, with its bytes; the number of the entry.
    ///
    /// # Errors
    /// Where the decision is none to sign off this brief, what it replaces does not hold, is of other days or the same
    /// brief, or it could not be written.
    pub fn issue(&mut self, now: Timestamp, decision: &Decision, brief: &str) -> Result<u64> {
        let refused = |what: &str| LedgerError::Refused(what.to_owned());
        let Act::SignOff { from, to, sha256, replaces, .. } = &decision.act else {
            return Err(refused("a brief is issued by signing it off"));
        };
        if decision.by.trim().is_empty() {
            return Err(refused("a decision says who makes it"));
        }
        if *sha256 != hex(&Sha256::digest(brief.as_bytes())) {
            return Err(refused("the brief is not the one that is signed off"));
        }
        if let Some(entry) = replaces {
            let issues = self.issues(self.moment(None)?)?;
            let old = issues.into_iter().find(|i| i.entry == *entry);
            let old = old.ok_or_else(|| LedgerError::Unknown(format!("issued brief of entry {entry}")))?;
            if !old.holds() {
                return Err(refused(&format!("the brief of entry {entry} was withdrawn or replaced already")));
            }
            if old.days != (from.clone(), to.clone()) {
                return Err(refused("an erratum is of the same days as what it replaces"));
            }
            if old.sha256 == *sha256 {
                return Err(refused("nothing has changed in the brief since it was issued"));
            }
        }
        self.step(now, |step| {
            let mut draft = Draft::new(Kind::Decision, "", decision);
            draft.parts.push((BRIEF, brief.as_bytes().to_vec()));
            step.push(draft)
        })
    }

    /// The briefs that were issued by a moment, the first first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn issues(&self, moment: Moment) -> Result<Vec<Issue>> {
        let signed = self.decisions_where("d.act = 'sign-off'", [], moment)?;
        let mut issues: Vec<Issue> = signed.into_iter().filter_map(Issue::of).collect();
        let errata: Vec<(u64, u64)> =
            issues.iter().filter(|i| i.withdrawn.is_none()).filter_map(|i| Some((i.replaces?, i.entry))).collect();
        for issue in &mut issues {
            issue.replaced_by = errata.iter().find(|(old, _)| *old == issue.entry).map(|(_, new)| *new);
        }
        Ok(issues)
    }

    /// The one brief whose hash begins so, the last to be issued where it was issued more than once.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn issue_of(&self, hash: &str) -> Result<Issue> {
        let begins = |i: &Issue| hash.len() >= 6 && i.sha256.starts_with(&hash.to_ascii_lowercase());
        let mut found: Vec<Issue> = self.issues(self.moment(None)?)?.into_iter().filter(begins).collect();
        let last = found.pop().ok_or_else(|| LedgerError::Unknown(format!("issued brief `{hash}`")))?;
        match found.iter().find(|i| i.sha256 != last.sha256) {
            Some(_) => Err(LedgerError::Refused(format!("`{hash}` begins the hashes of several briefs"))),
            None => Ok(last),
        }
    }

    /// The bytes of an issued brief, as they were signed off; none where it was signed off by a version that kept the hash
    /// alone.
    ///
    /// # Errors
    /// Where the database cannot be read, or the bytes are not those that were signed off.
    pub fn issued(&self, issue: &Issue) -> Result<Option<String>> {
        let Some(bytes) = self.part(issue.entry, BRIEF)? else { return Ok(None) };
        let damaged = |what: &str| LedgerError::damaged(issue.entry, what);
        if hex(&Sha256::digest(&bytes)) != issue.sha256 {
            return Err(damaged("its brief is not the one that was signed off"));
        }
        String::from_utf8(bytes).map(Some).map_err(|_| damaged("its brief is no UTF-8"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(brief: &str, replaces: Option<u64>) -> Decision {
        let sha256 = hex(&Sha256::digest(brief.as_bytes()));
        let (from, to) = ("2031-03-07".to_owned(), "2031-03-08".to_owned());
        Decision { by: "Orn".into(), why: "read".into(), act: Act::SignOff { from, to, size: 0, sha256, replaces } }
    }

    fn ledger() -> (tempfile::TempDir, Ledger) {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open_or_make(&folder.path().join("books.ledger")).unwrap();
        (folder, ledger)
    }

    #[test]
    fn other_bytes_than_those_that_are_signed_are_refused() {
        let (_folder, mut ledger) = ledger();
        let now = Timestamp::UNIX_EPOCH;
        assert!(ledger.issue(now, &signed("one", None), "two").is_err());
        assert!(ledger.issue(now, &signed("one", Some(7)), "one").is_err());
        assert_eq!(ledger.size().unwrap(), 0);
    }

    #[test]
    fn an_erratum_points_to_what_it_replaces_and_both_stay() {
        let (_folder, mut ledger) = ledger();
        let now = Timestamp::UNIX_EPOCH;
        let first = ledger.issue(now, &signed("one", None), "one").unwrap();
        assert!(ledger.issue(now, &signed("one", Some(first)), "one").is_err(), "nothing changed");
        let second = ledger.issue(now, &signed("two", Some(first)), "two").unwrap();
        assert!(ledger.issue(now, &signed("three", Some(first)), "three").is_err(), "replaced already");
        let issues = ledger.issues(ledger.moment(None).unwrap()).unwrap();
        assert_eq!((issues[0].replaced_by, issues[1].replaces), (Some(second), Some(first)));
        assert!(!issues[0].holds() && issues[1].holds());
        for (issue, text) in issues.iter().zip(["one", "two"]) {
            assert_eq!(ledger.issue_of(issue.sha256.get(..9).unwrap()).unwrap(), *issue);
            assert_eq!(ledger.issued(issue).unwrap().as_deref(), Some(text));
        }
        assert!(ledger.issue_of("").is_err() && ledger.issue_of("000000").is_err());
        let verdict = ledger.verify(None, None, |_| {}).unwrap();
        assert!(verdict.fault.is_none());
    }

    #[test]
    fn what_is_withdrawn_is_still_there_and_its_erratum_no_longer_counts() {
        let (_folder, mut ledger) = ledger();
        let now = Timestamp::UNIX_EPOCH;
        let first = ledger.issue(now, &signed("one", None), "one").unwrap();
        let second = ledger.issue(now, &signed("two", Some(first)), "two").unwrap();
        let undo = Decision { by: "Orn".into(), why: "too early".into(), act: Act::Undo { entry: second } };
        let undone = ledger.decide(now, &undo).unwrap();
        let issues = ledger.issues(ledger.moment(None).unwrap()).unwrap();
        assert!(issues[0].holds());
        assert_eq!(issues[1].withdrawn, Some(undone));
        assert_eq!(ledger.issued(&issues[1]).unwrap().as_deref(), Some("two"));
    }
}
