//! Applying decisions to the claims of a reading, whichever reader made it.

use std::collections::BTreeMap;

use trucewatch::claim::Claim;
use trucewatch::incident::Ruling;

use super::correct::{correct, value_of};
use super::{Act, Anchor, Decided, Reliability};

/// Claims with what people decided about them.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// The claims, corrected; those that were rejected are left out.
    pub claims: Vec<Claim>,
    /// What was decided about single claims, by their id.
    pub marks: BTreeMap<String, Mark>,
    /// Which claims tell of one incident and which do not, by decision.
    pub rulings: Vec<Ruling>,
    /// Decisions that no longer fit what is read, in the order in which they were made.
    pub conflicts: Vec<Conflict>,
    /// How reliable sources are, by name.
    pub sources: BTreeMap<String, Reliability>,
}

/// What was decided about a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Whether somebody accepted or corrected it.
    pub accepted: bool,
    /// 1 to 6; none for unknown.
    pub credibility: Option<u8>,
    /// Remarks.
    pub notes: Vec<String>,
    /// The entries that decided about it.
    pub entries: Vec<u64>,
}

/// A decision that no longer fits what is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The entry of the decision.
    pub entry: u64,
    /// Id of the document.
    pub document: String,
    /// What does not fit.
    pub problem: String,
}

/// Applies decisions, in their order, to claims as they were read. Those that were undone are left out.
#[must_use]
pub fn settle(mut read: Vec<Claim>, decisions: &[Decided]) -> Settled {
    let mut settled = Settled::default();
    for decided in decisions.iter().filter(|d| d.undone.is_none()) {
        if let Some(added) = decided.decision.act.added().filter(|a| read.iter().all(|c| c.id != a.id)) {
            mark(&mut settled, std::slice::from_ref(&added.id), |m| {
                m.accepted = true;
                m.entries.push(decided.entry);
            });
            read.push(added);
        }
    }
    let mut claims = read.clone();
    let mut rejected = vec![false; claims.len()];
    for decided in decisions.iter().filter(|d| d.undone.is_none()) {
        apply(decided, &read, &mut claims, &mut rejected, &mut settled);
    }
    let kept = claims.into_iter().zip(rejected).filter(|(_, rejected)| !rejected);
    settled.claims = kept.map(|(claim, _)| claim).collect();
    settled
}

fn apply(decided: &Decided, read: &[Claim], claims: &mut [Claim], rejected: &mut [bool], settled: &mut Settled) {
    let find = |anchor: &Anchor, to: Option<&str>| anchor.find(read, to);
    let found: Vec<Option<usize>> = match &decided.decision.act {
        Act::Correct { claim, field: super::Field::Type, new, .. } => vec![find(claim, Some(new))],
        act => act.claims().into_iter().map(|a| find(a, None)).collect(),
    };
    let ids: Vec<String> = found.iter().flatten().filter_map(|&i| read.get(i)).map(|c| c.id.clone()).collect();
    for id in &ids {
        settled.marks.entry(id.clone()).or_default().entries.push(decided.entry);
    }
    missing(decided, &found, settled);
    let first = found.first().copied().flatten();
    match &decided.decision.act {
        Act::Accept { .. } => mark(settled, &ids, |m| m.accepted = true),
        Act::Reject { .. } => set(rejected, first, true),
        Act::Correct { field, old, new, .. } => {
            mark(settled, &ids, |m| m.accepted = true);
            let change = first.and_then(|i| Some((read.get(i)?, claims.get_mut(i)?)));
            if let Some((read, claim)) = change {
                let now = value_of(read, *field);
                let problem = correct(claim, *field, new).err();
                let moved = (now != *old && now != *new)
                    .then(|| format!("the reader now has `{now}` for the {}, it had `{old}`", field.as_str()));
                settled.conflicts.extend(problem.or(moved).map(|p| conflict(decided, &claim.document, p)));
            }
        }
        Act::Merge { .. } => settled.rulings.push(Ruling::Together(ids)),
        Act::Split { .. } => settled.rulings.push(Ruling::Apart(ids)),
        Act::GradeSource { source, grade } => match grade {
            Some(grade) => _ = settled.sources.insert(source.clone(), *grade),
            None => _ = settled.sources.remove(source),
        },
        Act::GradeClaim { grade, .. } => mark(settled, &ids, |m| m.credibility = *grade),
        Act::Note { words, .. } => mark(settled, &ids, |m| m.notes.push(words.clone())),
        Act::Add { .. } | Act::SignOff { .. } | Act::Undo { .. } => {}
    }
}

fn set(flags: &mut [bool], at: Option<usize>, value: bool) {
    if let Some(flag) = at.and_then(|i| flags.get_mut(i)) {
        *flag = value;
    }
}

fn mark(settled: &mut Settled, ids: &[String], change: impl Fn(&mut Mark)) {
    ids.iter().for_each(|id| change(settled.marks.entry(id.clone()).or_default()));
}

/// Notes the claims of a decision that are no longer read. That a rejected claim is gone is no conflict.
fn missing(decided: &Decided, found: &[Option<usize>], settled: &mut Settled) {
    if matches!(decided.decision.act, Act::Reject { .. }) {
        return;
    }
    let anchors = decided.decision.act.claims();
    for (anchor, _) in anchors.iter().zip(found).filter(|(_, found)| found.is_none()) {
        let problem =
            format!("the reader no longer finds the {} at {}..{}", anchor.kind, anchor.span[0], anchor.span[1]);
        settled.conflicts.push(conflict(decided, &anchor.document, problem));
    }
}

fn conflict(decided: &Decided, document: &str, problem: String) -> Conflict {
    Conflict { entry: decided.entry, document: document.to_owned(), problem }
}

#[cfg(test)]
mod tests {
    use super::super::{Decision, Field};
    use super::*;
    use trucewatch::claim::Kind;
    use trucewatch::document::Span;

    fn claim() -> Claim {
        crate::stored::tests::claim()
    }

    fn decided(act: Act) -> Decided {
        let decision = Decision { by: "Orn".into(), why: "heard it".into(), act };
        Decided { entry: 9, at: "2031-03-08T00:00Z".parse().unwrap_or_default(), decision, undone: None }
    }

    fn date(new: &str) -> Decided {
        let old = value_of(&claim(), Field::Date);
        decided(Act::Correct { claim: Anchor::of(&claim()), field: Field::Date, old, new: new.into() })
    }

    #[test]
    fn a_claim_of_another_type_or_elsewhere_is_not_touched() {
        let mut other = claim();
        other.id = "other".into();
        other.kind.value = Kind::Gunfire;
        let settled = settle(vec![other.clone()], &[date("2031-03-01")]);
        assert_eq!(settled.claims, [other]);
        assert_eq!(settled.conflicts.len(), 1);
    }

    #[test]
    fn what_was_undone_does_not_count() {
        let undone = Decided { undone: Some(10), ..date("2031-03-01") };
        assert_eq!(settle(vec![claim()], &[undone]).claims, [claim()]);
    }

    #[test]
    fn a_decision_holds_when_the_reader_moves_the_words() {
        let mut newer = claim();
        newer.id = "newer".into();
        newer.span = Span::new(newer.span.start + 2, newer.span.end + 4);
        let settled = settle(vec![newer], &[date("2031-03-01")]);
        assert_eq!(value_of(&settled.claims[0], Field::Date), "2031-03-01");
        assert!(settled.conflicts.is_empty());
    }

    #[test]
    fn a_value_that_the_reader_changed_is_shown() {
        let mut newer = claim();
        correct(&mut newer, Field::Date, "2031-02-02").unwrap();
        let settled = settle(vec![newer], &[date("2031-03-01")]);
        assert_eq!(value_of(&settled.claims[0], Field::Date), "2031-03-01");
        assert!(settled.conflicts[0].problem.contains("`2031-02-02`"));
    }

    #[test]
    fn a_rejected_claim_is_left_out() {
        let reject = decided(Act::Reject { claim: Anchor::of(&claim()) });
        assert!(settle(vec![claim()], std::slice::from_ref(&reject)).claims.is_empty());
        assert!(settle(Vec::new(), &[reject]).conflicts.is_empty());
    }

    #[test]
    fn a_corrected_type_is_known_to_a_reader_that_has_it_right() {
        let anchor = Anchor::of(&claim());
        let act = Act::Correct { claim: anchor, field: Field::Type, old: "shelling".into(), new: "gunfire".into() };
        let mut newer = claim();
        newer.id = "newer".into();
        newer.kind.value = Kind::Gunfire;
        assert!(settle(vec![newer], &[decided(act)]).conflicts.is_empty());
    }
}
