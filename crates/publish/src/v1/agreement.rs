//! Agreements on the wire, with what the reports come to under each term.

use jiff::civil::Date;
use serde::Serialize;
use trucewatch::agreement::{Force, in_force};
use trucewatch::finding::{Answer, Finding};
use trucewatch::pack as library;
use trucewatch::when::Interval;

use crate::table::Row;

/// One agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Day on which it was declared or signed.
    pub agreed: String,
    /// Where.
    pub agreed_at: Option<String>,
    /// Who declared, signed or accepted it.
    pub parties: Vec<AgreementParty>,
    /// Who brokered it.
    pub brokers: Vec<String>,
    /// First minute or day in force.
    pub from: String,
    /// Last minute or day in force, extensions counted in.
    pub until: Option<String>,
    /// Offset from universal time.
    pub zone: String,
    /// On the day that was asked for: `in-force`, `not-yet`, `ended`, `suspended` or `undetermined`.
    pub force: Option<String>,
    /// Why or how it ended.
    pub ended: Option<String>,
    /// Agreements that it renews or builds on.
    pub recommits_to: Vec<String>,
    /// Its terms.
    pub terms: Vec<Term>,
    /// Where its text and dates can be checked.
    pub source: String,
    /// What is uncertain about this record.
    pub note: Option<String>,
}

/// One party's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgreementParty {
    /// Who.
    pub party: String,
    /// `signed`, `declared` or `accepted`.
    pub part: String,
    /// When, where it is known.
    pub on: Option<String>,
}

/// One term, and how many incidents were set against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    /// Its number.
    pub number: String,
    /// `prohibits`, `permits`, `obliges`, `limits` or `mechanism`.
    pub kind: String,
    /// What it says, in the pack's words.
    pub text: String,
    /// Who is bound; empty for all parties.
    pub binds: Vec<String>,
    /// Day by which it is due.
    pub due: Option<String>,
    /// Incidents that it covers, if they happened as alleged.
    pub in_scope: usize,
    /// Incidents of which it cannot be told.
    pub undetermined: usize,
    /// Incidents that it does not cover.
    pub out_of_scope: usize,
}

impl Agreement {
    /// The wire form, as it stands on a day.
    #[must_use]
    pub fn new(agreement: &library::Agreement, findings: &[Finding], day: Option<Date>) -> Agreement {
        let force = &agreement.in_force;
        let until = force.extended.last().map(|e| &e.until).or(force.until.as_ref());
        let own: Vec<&Finding> = findings.iter().filter(|f| f.agreement == agreement.id).collect();
        Agreement {
            id: agreement.id.clone(),
            title: agreement.title.clone(),
            agreed: agreement.agreed.to_string(),
            agreed_at: agreement.agreed_at.clone(),
            parties: agreement.parties.iter().map(party).collect(),
            brokers: agreement.brokers.iter().map(ToString::to_string).collect(),
            from: force.from.clone(),
            until: until.cloned(),
            zone: force.zone.clone(),
            force: day.map(|d| state(in_force(agreement, Interval::day(d))).to_owned()),
            ended: force.ended.clone(),
            recommits_to: agreement.recommits_to.clone(),
            terms: agreement.terms.iter().map(|t| term(t, &own)).collect(),
            source: agreement.source.clone(),
            note: agreement.note.clone(),
        }
    }
}

fn party(party: &library::AgreementParty) -> AgreementParty {
    let library::AgreementParty { party, part, on } = party;
    AgreementParty { party: party.to_string(), part: part.clone(), on: on.map(|d| d.to_string()) }
}

fn state(force: Force) -> &'static str {
    match force {
        Force::In => "in-force",
        Force::Before => "not-yet",
        Force::After => "ended",
        Force::Suspended => "suspended",
        Force::Undetermined => "undetermined",
    }
}

fn term(term: &library::Term, findings: &[&Finding]) -> Term {
    let kind = match term.kind {
        library::TermKind::Prohibits => "prohibits",
        library::TermKind::Permits => "permits",
        library::TermKind::Obliges => "obliges",
        library::TermKind::Limits => "limits",
        library::TermKind::Mechanism => "mechanism",
    };
    let count =
        |wanted: fn(&Answer) -> bool| findings.iter().filter(|f| f.term == term.number && wanted(&f.answer)).count();
    Term {
        number: term.number.clone(),
        kind: kind.to_owned(),
        text: term.text.clone(),
        binds: term.binds.iter().map(ToString::to_string).collect(),
        due: term.due.map(|d| d.to_string()),
        in_scope: count(|a| matches!(a, Answer::InScope)),
        undetermined: count(|a| matches!(a, Answer::Undetermined(_))),
        out_of_scope: count(|a| matches!(a, Answer::OutOfScope(_))),
    }
}

impl Row for Agreement {
    const HEAD: &'static [&'static str] =
        &["id", "title", "agreed", "parties", "from", "until", "zone", "force", "terms", "source"];

    fn cells(&self) -> Vec<String> {
        let parties: Vec<String> = self.parties.iter().map(|p| format!("{} {}", p.party, p.part)).collect();
        vec![
            self.id.clone(),
            self.title.clone(),
            self.agreed.clone(),
            parties.join("; "),
            self.from.clone(),
            self.until.clone().unwrap_or_default(),
            self.zone.clone(),
            self.force.clone().unwrap_or_default(),
            self.terms.len().to_string(),
            self.source.clone(),
        ]
    }
}
