//! Whether a term covers a case: type, who, when, where. One clear no is enough; a doubt is named.

use crate::agreement::{self, Force, Inside};
use crate::claim::{ClaimPlace, Kind};
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
    if missing.is_empty() { Answer::InScope } else { Answer::Undetermined(missing) }
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
    match agreement::in_force(agreement, date) {
        Force::In => Part::Yes,
        Force::Before => Part::No("it was before the agreement entered into force".to_owned()),
        Force::After => Part::No("it was after the agreement had ended".to_owned()),
        Force::Undetermined => Part::Missing(vague(agreement).to_owned()),
    }
}

/// What is missing where the time is known, but not well enough.
fn vague(agreement: &Agreement) -> &'static str {
    if agreement.in_force.from.contains('T') || agreement.in_force.until.as_ref().is_some_and(|u| u.contains('T')) {
        "the hour is not known, and the agreement starts or ends within the time reported"
    } else {
        "the day is not known, and the agreement starts or ends within the time reported"
    }
}

fn place(case: &Case, agreement: &Agreement, term: &Term, knowledge: &Knowledge) -> Part {
    match agreement::applies_at(agreement, term, case.place.as_ref(), knowledge) {
        Inside::Yes => Part::Yes,
        Inside::No => Part::No("the place lies outside the area of the term".to_owned()),
        Inside::Undetermined(fact) => Part::Missing(fact),
    }
}
