//! Findings on the wire.

use serde::Serialize;
use trucewatch::finding as library;

use crate::table::Row;

/// One incident set against one term of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its id.
    pub id: String,
    /// Id of the incident.
    pub incident: String,
    /// Id of the agreement.
    pub agreement: String,
    /// Number of the term.
    pub term: String,
    /// Which check made it.
    pub check: String,
    /// `in-scope`, `out-of-scope` or `undetermined`.
    pub answer: String,
    /// Why it is out of scope.
    pub reason: Option<String>,
    /// The facts that are missing, where it cannot be told.
    pub missing: Vec<String>,
    /// Where something promised stands.
    pub state: Option<String>,
    /// What else is worth knowing.
    pub facts: Vec<String>,
    /// Parties that say that what was promised was done.
    pub confirmed_by: Vec<String>,
    /// Parties that say that it was not.
    pub disputed_by: Vec<String>,
    /// Who alleges it; empty where only outlets tell of it.
    pub alleged_by: Vec<String>,
    /// Those who are said to have done it, and what each answers.
    pub accused: Vec<Accused>,
    /// Standing of the incident.
    pub standing: String,
    /// Ids of the claims that it rests on.
    pub claims: Vec<String>,
}

/// Somebody who is said to have done something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Accused {
    /// Who.
    pub party: String,
    /// What it answers.
    pub answers: String,
}

impl Finding {
    /// The wire form.
    #[must_use]
    pub fn new(finding: &library::Finding) -> Finding {
        let library::Finding {
            id,
            incident,
            agreement,
            term,
            check,
            answer,
            state,
            facts,
            confirmed_by,
            disputed_by,
            claims,
            alleged_by,
            accused,
            standing,
        } = finding;
        let (reason, missing) = match answer {
            library::Answer::InScope => (None, Vec::new()),
            library::Answer::OutOfScope(reason) => (Some(reason.clone()), Vec::new()),
            library::Answer::Undetermined(missing) => (None, missing.clone()),
        };
        let accused = accused
            .iter()
            .map(|(party, stance)| Accused { party: party.to_string(), answers: stance.as_str().to_owned() });
        Finding {
            id: id.clone(),
            incident: incident.clone(),
            agreement: agreement.clone(),
            term: term.clone(),
            check: check.as_str().to_owned(),
            answer: answer.as_str().to_owned(),
            reason,
            missing,
            state: state.map(|s| s.as_str().to_owned()),
            facts: facts.clone(),
            confirmed_by: confirmed_by.iter().map(ToString::to_string).collect(),
            disputed_by: disputed_by.iter().map(ToString::to_string).collect(),
            alleged_by: alleged_by.iter().map(ToString::to_string).collect(),
            accused: accused.collect(),
            standing: standing.as_str().to_owned(),
            claims: claims.clone(),
        }
    }
}

impl Row for Finding {
    const HEAD: &'static [&'static str] = &[
        "id",
        "incident",
        "agreement",
        "term",
        "check",
        "answer",
        "reason",
        "missing",
        "state",
        "facts",
        "confirmed_by",
        "disputed_by",
        "alleged_by",
        "accused",
        "standing",
        "claims",
    ];

    fn cells(&self) -> Vec<String> {
        let Finding {
            id,
            incident,
            agreement,
            term,
            check,
            answer,
            reason,
            missing,
            state,
            facts,
            confirmed_by,
            disputed_by,
            alleged_by,
            accused,
            standing,
            claims,
        } = self;
        let accused: Vec<String> = accused.iter().map(|a| format!("{} {}", a.party, a.answers)).collect();
        vec![
            id.clone(),
            incident.clone(),
            agreement.clone(),
            term.clone(),
            check.clone(),
            answer.clone(),
            reason.clone().unwrap_or_default(),
            missing.join("; "),
            state.clone().unwrap_or_default(),
            facts.join("; "),
            confirmed_by.join("; "),
            disputed_by.join("; "),
            alleged_by.join("; "),
            accused.join("; "),
            standing.clone(),
            claims.join("; "),
        ]
    }
}
