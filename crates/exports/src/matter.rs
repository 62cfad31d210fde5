//! What there is to write.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use ledger::Ledger;
use ledger::decision::Mark;
use publish::v1;
use trucewatch::brief::{self, Brief, Period};
use trucewatch::claim::Claim;
use trucewatch::document::Positions;
use trucewatch::finding::{Answer, Finding};
use trucewatch::incident::{Incident, Record, Source, Standing};
use trucewatch::pack::{PartyId, PartyKind};
use trucewatch::toll::{self, Toll};

use crate::about::About;
use crate::figures::{self, Range, Scope};

/// What a filter let through of a record, with what is to be said of it.
pub struct Matter<'a> {
    /// Claims and documents side by side, whatever the filter.
    pub record: &'a Record<'a>,
    /// The incidents that are shown, in their order.
    pub incidents: Vec<&'a Incident>,
    /// The findings on them.
    pub findings: Vec<&'a Finding>,
    /// What was decided about single claims, by their id.
    pub marks: &'a BTreeMap<String, Mark>,
    /// The days that it covers, where it does not cover all.
    pub period: Option<Period>,
    /// The ledger behind it, if there is one; without it there is no history to write.
    pub ledger: Option<&'a Ledger>,
    /// What is said of it in every file.
    pub about: About,
    brief: OnceCell<Brief>,
    dead: OnceCell<BTreeMap<String, BTreeMap<Scope, Range>>>,
}

/// A claim with where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Said<'a> {
    pub(crate) incident: &'a Incident,
    pub(crate) claim: &'a Claim,
    pub(crate) source: &'a Source,
}

/// How far people have reviewed something, as every file says it.
pub(crate) const UNREVIEWED: &str = "read by machine, not reviewed";
const PARTLY: &str = "partly reviewed by people";
const REVIEWED: &str = "reviewed by people";

impl<'a> Matter<'a> {
    /// What a filter let through. Where the public looks, only what it may see.
    #[must_use]
    pub fn new(
        record: &'a Record<'a>,
        incidents: Vec<&'a Incident>,
        findings: Vec<&'a Finding>,
        marks: &'a BTreeMap<String, Mark>,
        about: About,
    ) -> Matter<'a> {
        let mut matter = Matter {
            record,
            incidents,
            findings,
            marks,
            period: None,
            ledger: None,
            about,
            brief: OnceCell::new(),
            dead: OnceCell::new(),
        };
        let shown: BTreeSet<&str> = matter.incidents.iter().map(|i| i.id.as_str()).collect();
        matter.findings.retain(|f| shown.contains(f.incident.as_str()));
        let (all, accepted) =
            matter.said().fold((0, 0), |(all, yes), s| (all + 1, yes + usize::from(matter.is_accepted(s.claim))));
        matter.about.review = match accepted {
            0 => UNREVIEWED.to_owned(),
            n => format!("{n} of {all} claims reviewed by people, the rest read by machine, not reviewed"),
        };
        matter
    }

    /// The claims of the incidents that are shown, in their order.
    pub(crate) fn said(&self) -> impl Iterator<Item = Said<'a>> + use<'a, '_> {
        let record = self.record;
        self.incidents.iter().flat_map(move |incident| {
            incident.members.iter().filter_map(move |m| {
                let claim = record.claim(&m.claim)?;
                Some(Said { incident, claim, source: record.source(claim)? })
            })
        })
    }

    /// The documents that the shown incidents rest on, by id.
    pub(crate) fn documents(&self) -> Vec<&'a Source> {
        let found: BTreeMap<&str, &Source> = self.said().map(|s| (s.source.id.as_str(), s.source)).collect();
        found.into_values().collect()
    }

    /// The figures that voices give of the shown incidents.
    pub(crate) fn tolls(&self) -> Vec<Toll> {
        let shown: Vec<Incident> = self.incidents.iter().map(|i| (*i).clone()).collect();
        let held: BTreeSet<&str> = self.said().map(|s| s.claim.id.as_str()).collect();
        let mut tolls = toll::tolls(self.record, &shown);
        tolls.retain(|t| t.claims.iter().any(|c| held.contains(c.as_str())));
        tolls
    }

    /// The dead of the shown incidents, by incident and scope.
    pub(crate) fn dead(&self) -> &BTreeMap<String, BTreeMap<Scope, Range>> {
        let contested = |i: &&&Incident| i.standing == Standing::Contested;
        let contested = || self.incidents.iter().filter(contested).map(|i| i.id.as_str()).collect();
        self.dead.get_or_init(|| figures::dead(&self.tolls(), &contested()))
    }

    /// The brief of what is shown.
    pub(crate) fn brief(&self) -> &Brief {
        self.brief.get_or_init(|| self.told())
    }

    fn told(&self) -> Brief {
        let claims: Vec<Claim> = self.said().map(|s| s.claim.clone()).collect();
        let sources: Vec<Source> = self.record.sources().cloned().collect();
        let record = Record::new(&claims, &sources, self.record.knowledge());
        let incidents: Vec<Incident> = self.incidents.iter().map(|i| (*i).clone()).collect();
        let findings: Vec<Finding> = self.findings.iter().map(|f| (*f).clone()).collect();
        brief::brief(&record, &incidents, &findings, self.period)
    }

    /// Whether somebody accepted or corrected a claim.
    pub(crate) fn is_accepted(&self, claim: &Claim) -> bool {
        self.marks.get(&claim.id).is_some_and(|m| m.accepted)
    }

    /// How far people have reviewed a claim.
    pub(crate) fn review_of(&self, claim: &Claim) -> &'static str {
        if self.is_accepted(claim) { REVIEWED } else { UNREVIEWED }
    }

    /// How far people have reviewed an incident.
    pub(crate) fn review(&self, incident: &Incident) -> &'static str {
        let is_accepted = |id: &String| self.marks.get(id).is_some_and(|m| m.accepted);
        match incident.members.iter().filter(|m| is_accepted(&m.claim)).count() {
            0 => UNREVIEWED,
            n if n == incident.members.len() => REVIEWED,
            _ => PARTLY,
        }
    }

    /// Who published what an incident rests on.
    pub(crate) fn publishers(&self, incident: &Incident) -> BTreeSet<&'a str> {
        let claims = incident.members.iter().filter_map(|m| self.record.claim(&m.claim));
        let sources = claims.filter_map(|c| self.record.source(c));
        sources
            .map(|s| s.outlet.as_deref().unwrap_or(if self.about.is_public { "an outlet" } else { &s.name }))
            .collect()
    }

    /// The terms that an incident falls under, if it happened as alleged: `AGREEMENT:NUMBER`.
    pub(crate) fn terms(&self, incident: &Incident) -> BTreeSet<String> {
        let under = |f: &&&Finding| f.incident == incident.id && matches!(f.answer, Answer::InScope);
        self.findings.iter().filter(under).map(|f| format!("{}:{}", f.agreement, f.term)).collect()
    }

    /// What kind of a party it is, where packs know it.
    pub(crate) fn kind(&self, party: &PartyId) -> Option<PartyKind> {
        self.record.knowledge().parties().find(|p| p.id == *party).map(|p| p.kind)
    }

    /// The title of a party.
    pub(crate) fn title<'b>(&'b self, party: &'b PartyId) -> &'b str {
        self.record.knowledge().title(party)
    }
}

/// Where code points stand in texts; each text is counted through once.
#[derive(Default)]
pub(crate) struct Counted<'a>(BTreeMap<&'a str, Positions<'a>>);

impl<'a> Counted<'a> {
    /// The positions in a document's text.
    pub(crate) fn of(&mut self, source: &'a Source) -> &Positions<'a> {
        self.0.entry(&source.id).or_insert_with(|| Positions::new(&source.text))
    }

    /// The wire form of a claim.
    pub(crate) fn wire(&mut self, said: Said<'a>) -> v1::Claim {
        v1::Claim::new(said.claim, &said.source.text, self.of(said.source))
    }
}
