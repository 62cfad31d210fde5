//! Whether a term covers a case: type, who, when, where. One clear no is enough; a doubt is named.

use crate::agreement::{self, Force, Inside};
use crate::claim::{ClaimPlace, Kind};
use crate::figure::Amount;
use crate::pack::{Agreement, Knowledge, PartyId, Term};
use crate::when::Interval;

/// What of an incident, or of an example in an agreement's file, decides on its scope.
#[derive(Debug, Clone)]
pub struct Case {
    /// Type.
    pub kind: Kind,
    /// Who does it; empty where nobody says.
    pub actors: Vec<PartyId>,
    /// When.
    pub date: Option<Interval>,
    /// Where.
    pub place: Option<ClaimPlace>,
    /// How many, where a number is what matters.
    pub count: Option<Count>,
}

/// A number as a claim gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Floor; none where only a ceiling is given.
    pub min: Option<Amount>,
    /// Ceiling; none where only a floor is given.
    pub max: Option<Amount>,
    /// Whether the words only say "about".
    pub approx: bool,
}

/// Whether a term covers a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It does.
    InScope,
    /// It does not, for this reason.
    OutOfScope(String),
    /// It cannot be told, for want of these facts.
    Undetermined(Vec<String>),
}

impl Answer {
    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Answer::InScope => "in-scope",
            Answer::OutOfScope(_) => "out-of-scope",
            Answer::Undetermined(_) => "undetermined",
        }
    }
}

/// What one side of the question comes to.
enum Part {
    Yes,
    No(String),
    Missing(String),
}

/// Whether a term of an agreement covers a case.
#[must_use]
pub fn scope(case: &Case, agreement: &Agreement, term: &Term, knowledge: &Knowledge) -> Answer {
    let parts = [
        kind(case, term),
        who(case, agreement, term, knowledge),
        when(case, agreement),
        place(case, agreement, term, knowledge),
    ];
    let mut missing = Vec::new();
    for part in parts {
        match part {
            Part::Yes => {}
            Part::No(reason) => return Answer::OutOfScope(reason),
            Part::Missing(fact) => missing.push(fact),
        }
    }
    match (missing.is_empty(), term.limit, case.count) {
        (false, ..) => Answer::Undetermined(missing),
        (true, Some(limit), Some(count)) => against(count, limit),
        (true, ..) => Answer::InScope,
    }
}

/// A number against a limit: a floor above it is beyond it, a ceiling at or below it is within; else nobody can tell.
/// What is only "about" a number may be a tenth more or less.
fn against(count: Count, limit: u64) -> Answer {
    let Count { min, max, approx } = count;
    let (least, most) = if approx { (limit.saturating_add(limit / 10), limit - limit / 10) } else { (limit, limit) };
    if min.is_some_and(|min| min > Amount::from(least)) {
        Answer::InScope
    } else if max.is_some_and(|max| max <= Amount::from(most)) {
        Answer::OutOfScope(format!("the number stays within the limit of {limit}"))
    } else {
        Answer::Undetermined(vec![format!("the number is not given exactly enough against the limit of {limit}")])
    }
}

fn kind(case: &Case, term: &Term) -> Part {
    if term.claims.iter().any(|t| t == case.kind.as_str()) {
        Part::Yes
    } else {
        Part::No(format!("the term does not speak of {}", case.kind))
    }
}

fn who(case: &Case, agreement: &Agreement, term: &Term, knowledge: &Knowledge) -> Part {
    let bound = agreement::bound(agreement, term);
    if case.actors.is_empty() {
        return Part::Missing("no report says who did it".to_owned());
    }
    if case.actors.iter().any(|a| bound.contains(&a)) {
        return Part::Yes;
    }
    let names: Vec<&str> = case.actors.iter().map(|a| knowledge.title(a)).collect();
    Part::No(format!("the term does not bind {}", names.join(" or ")))
}

fn when(case: &Case, agreement: &Agreement) -> Part {
    let Some(date) = case.date else { return Part::Missing("no report says when".to_owned()) };
    match agreement::in_force_for(agreement, &case.actors, date) {
        Force::In => Part::Yes,
        Force::Suspended => Part::No("the agreement was suspended then".to_owned()),
        Force::Before => Part::No("it was before the agreement entered into force".to_owned()),
        Force::After => Part::No("it was after the agreement had ended".to_owned()),
        Force::Undetermined => Part::Missing(vague(agreement).to_owned()),
    }
}

/// What is missing where the time is known, but not well enough.
fn vague(agreement: &Agreement) -> &'static str {
    if !agreement.in_force.suspended.is_empty() {
        "the time is not known well enough: the agreement starts, ends or is suspended within the time reported"
    } else if agreement.in_force.from.contains('T')
        || agreement.in_force.until.as_ref().is_some_and(|u| u.contains('T'))
    {
        "the hour is not known, and the agreement starts or ends within the time reported"
    } else {
        "the day is not known, and the agreement starts or ends within the time reported"
    }
}

fn place(case: &Case, agreement: &Agreement, term: &Term, knowledge: &Knowledge) -> Part {
    match agreement::applies_at(agreement, term, case.place.as_ref(), knowledge) {
        Inside::Yes => Part::Yes,
        Inside::No(why) => Part::No(why),
        Inside::Undetermined(fact) => Part::Missing(fact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::knowledge;

    fn answer(count: (Option<u64>, Option<u64>), approx: bool) -> Answer {
        let knowledge = knowledge();
        let agreement = knowledge.agreements().next().unwrap();
        let term = agreement.terms.iter().find(|t| t.limit.is_some()).unwrap();
        let count = Some(Count { min: count.0.map(Amount::from), max: count.1.map(Amount::from), approx });
        let date = "2031-03-08".parse().ok();
        let case = Case { kind: Kind::Deployment, actors: vec![PartyId::new("vesk")], date, place: None, count };
        scope(&case, agreement, term, &knowledge)
    }

    #[test]
    fn a_number_against_a_limit_of_120() {
        assert!(matches!(answer((Some(120), Some(120)), false), Answer::OutOfScope(_)));
        assert!(matches!(answer((Some(100), None), false), Answer::Undetermined(_)));
        assert!(matches!(answer((None, Some(200)), false), Answer::Undetermined(_)));
        assert!(matches!(answer((Some(125), Some(125)), true), Answer::Undetermined(_)), "about 125");
        assert_eq!(answer((Some(121), None), false), Answer::InScope);
    }
}
