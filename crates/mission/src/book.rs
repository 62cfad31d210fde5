//! The state of missions, by replaying what was stated. What does not fit changes nothing and is told.

mod border;
mod posts;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use line::Course;

use crate::border::Segment;
use crate::consent::{Answer, Done, Given, Missing, Proposal, SUBJECTS, Stage, Subject};
use crate::exchange::{Category, Handover, List, Opened, Sealed};
use crate::mandate::Mandate;
use crate::role::{Action, Object, Role, Viewer, may};
use crate::statement::{Act, Statement};
use crate::verification::{Allegation, Case, Step, Taken};
use crate::watch::Planned;

/// Whose key signed a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The key's name.
    pub name: String,
    /// In which part its holder signs.
    pub role: String,
    /// For which party.
    pub party: Option<String>,
}

/// A statement as it was taken in.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// Its entry.
    pub entry: u64,
    /// When it was taken in.
    pub at: Timestamp,
    /// SHA-256 of its text, in hex.
    pub id: String,
    /// Who signed it.
    pub signature: Option<Signature>,
    /// What was stated.
    pub statement: Statement,
}

/// A remark or a party's own words.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Its entry.
    pub entry: u64,
    /// When it was taken in.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// For which party.
    pub party: Option<String>,
    /// To which parties; to all, where a party says it and names none.
    pub to: Vec<String>,
    /// On what, by its full id.
    pub about: Option<String>,
    /// What.
    pub words: String,
}

/// One mission.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mission {
    /// Mandates with the id of the proposal that each is, the first first.
    pub mandates: Vec<(String, Mandate)>,
    /// Everything that was proposed, the first first.
    pub subjects: Vec<Subject>,
    /// Plans of where posts should stand, the first first.
    pub plans: Vec<Planned>,
    /// Segments of border by id; their versions are proposals.
    pub segments: BTreeMap<String, Segment>,
    /// Allegations, the first first.
    pub cases: Vec<Case>,
    /// Sealed lists of people, the first first.
    pub lists: Vec<List>,
    /// Who opened which list.
    pub opened: Vec<Opened>,
    /// People handed over, with the entry and the time.
    pub handovers: Vec<(u64, Timestamp, Handover)>,
    /// Remarks of the mission for itself.
    pub notes: Vec<Word>,
    /// What parties put on record.
    pub words: Vec<Word>,
    /// What was made public: ids of the documents that tell field reports, of allegations, of what was proposed.
    pub published: BTreeSet<String>,
}

/// All missions of a ledger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Book {
    /// By id.
    pub missions: BTreeMap<String, Mission>,
    /// Statements that did not fit, by entry, and why.
    pub void: Vec<(u64, String)>,
}

/// What comes of a statement: why it does not fit.
pub type Fits<T = ()> = Result<T, String>;

impl Book {
    /// The state after some statements.
    #[must_use]
    pub fn replay<'a>(heard: impl IntoIterator<Item = &'a Heard>) -> Book {
        let mut book = Book::default();
        for one in heard {
            if let Err(why) = book.take(one) {
                book.void.push((one.entry, why));
            }
        }
        book
    }

    /// Whether a statement fits what was stated before; the book is spent on it.
    ///
    /// # Errors
    /// Why it does not.
    pub fn check(mut self, heard: &Heard) -> Fits {
        self.take(heard)
    }

    fn take(&mut self, heard: &Heard) -> Fits {
        let Statement { mission, act, .. } = &heard.statement;
        signed_as_said(heard)?;
        if let Act::Mandate { mandate } = act {
            return self.mandate(heard, mandate);
        }
        let known = self.missions.get_mut(mission);
        known.ok_or_else(|| format!("no mission `{mission}` has a mandate"))?.take(heard)
    }

    fn mandate(&mut self, heard: &Heard, mandate: &Mandate) -> Fits {
        let Statement { mission, role, .. } = &heard.statement;
        mandate.check().map_err(|e| e.to_string())?;
        if mandate.id != *mission {
            return Err(format!("the mandate of `{}` is stated for the mission `{mission}`", mandate.id));
        }
        if !matches!(role, Role::Chief | Role::Mediator) {
            return Err(format!("a mandate is put forward by a chief or a mediator, not by a {role}"));
        }
        let known = self.missions.entry(mission.clone()).or_default();
        let proposal = Proposal {
            subject: "mission".to_owned(),
            title: mandate.title.clone(),
            from: Some(mandate.from),
            until: mandate.until,
            strength: mandate.strength,
            ..Proposal::default()
        };
        let needs = mandate.needed("mission", None);
        known.subjects.push(subject(heard, proposal, needs));
        known.mandates.push((heard.id.clone(), mandate.clone()));
        Ok(())
    }
}

/// A signature must be of the part and party that the statement says; a party's words must be signed.
fn signed_as_said(heard: &Heard) -> Fits {
    let Statement { role, party, by, .. } = &heard.statement;
    if by.trim().is_empty() {
        return Err("a statement says who makes it".to_owned());
    }
    let Some(signature) = &heard.signature else {
        let unsigned = |p: &String| format!("what `{p}` states is to be signed with its own key");
        return if *role == Role::Liaison { Err(unsigned(party.as_ref().unwrap_or(by))) } else { Ok(()) };
    };
    let same = signature.role == role.as_str() && signature.party == *party;
    let of = |p: &Option<String>| p.as_ref().map(|p| format!(" of `{p}`")).unwrap_or_default();
    let (said, key) = (of(party), of(&signature.party));
    let problem = || format!("it is stated as {role}{said}, and signed with the key of a {}{key}", signature.role);
    same.then_some(()).ok_or_else(problem)
}

fn subject(heard: &Heard, proposal: Proposal, needs: Vec<String>) -> Subject {
    let Statement { by, party, .. } = &heard.statement;
    Subject::new((heard.id.clone(), heard.entry, heard.at), (by.clone(), party.clone()), proposal, needs)
}

/// The one whose id begins with some characters, if any does.
fn begun<'a, T>(all: &'a [T], id_of: impl Fn(&T) -> &String, id: &str, several: &str) -> Fits<Option<&'a T>> {
    if let exact @ Some(_) = all.iter().find(|one| id_of(one) == id) {
        return Ok(exact);
    }
    let mut found = all.iter().filter(|one| !id.is_empty() && id_of(one).starts_with(id));
    match (found.next(), found.next()) {
        (_, Some(_)) => Err(format!("`{id}` begins the ids of several {several}")),
        (one, None) => Ok(one),
    }
}

impl Mission {
    /// The mandate that holds: the last that is agreed or, where none is yet, the first.
    #[must_use]
    pub fn mandate(&self) -> Option<&Mandate> {
        let agreed = |id: &str| self.subject(id).is_some_and(|s| matches!(s.stage(), Stage::Agreed | Stage::Executed));
        let holds = self.mandates.iter().rev().find(|(id, _)| agreed(id));
        holds.or_else(|| self.mandates.first()).map(|(_, mandate)| mandate)
    }

    /// Whether some mandate of it is agreed.
    #[must_use]
    pub fn is_mandated(&self) -> bool {
        let ids = self.mandates.iter().filter_map(|(id, _)| self.subject(id));
        ids.into_iter().any(|s| matches!(s.stage(), Stage::Agreed | Stage::Executed))
    }

    /// People whom each side's newest list names under a category, without those handed over since.
    #[must_use]
    pub fn left(&self, category: Category) -> BTreeMap<String, usize> {
        let mut left = BTreeMap::new();
        for list in &self.lists {
            let listed = list.sealed.counts.get(&category).copied().unwrap_or(0);
            let since = self
                .handovers
                .iter()
                .filter(|(entry, _, h)| *entry > list.entry && h.side == list.side && h.category == category);
            let gone: usize = since.map(|(_, _, h)| h.count).sum();
            left.insert(list.side.clone(), listed.saturating_sub(gone));
        }
        left
    }

    /// The parties of the mandate; none where there is no mandate.
    #[must_use]
    pub fn parties(&self) -> Vec<String> {
        self.mandate().map(|m| m.parties.clone()).unwrap_or_default()
    }

    /// What was proposed under an id.
    #[must_use]
    pub fn subject(&self, id: &str) -> Option<&Subject> {
        self.subjects.iter().find(|s| s.id == id)
    }

    /// What was proposed under an id of which these are the first characters.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn find(&self, id: &str) -> Fits<&Subject> {
        begun(&self.subjects, |s| &s.id, id, "proposals")?.ok_or_else(|| format!("nothing was proposed under `{id}`"))
    }

    pub(crate) fn find_mut(&mut self, id: &str) -> Fits<&mut Subject> {
        let id = self.find(id)?.id.clone();
        let none = || format!("nothing was proposed under `{id}`");
        self.subjects.iter_mut().find(|s| s.id == id).ok_or_else(none)
    }

    /// Why a thing is not agreed; none where nothing is missing.
    #[must_use]
    pub fn missing(&self, subject: &Subject) -> Vec<Missing> {
        let own = subject.missing();
        let asks_mandate = subject.proposal.subject != "mission" && !self.mandates.is_empty();
        let mandate = (asks_mandate && !self.is_mandated()).then_some(Missing::Mandate);
        own.into_iter().chain(mandate).collect()
    }

    /// How far a thing has come.
    #[must_use]
    pub fn stage(&self, subject: &Subject) -> Stage {
        match subject.stage() {
            Stage::Agreed if !self.missing(subject).is_empty() => Stage::Open,
            stage => stage,
        }
    }

    fn take(&mut self, heard: &Heard) -> Fits {
        let Statement { act, .. } = &heard.statement;
        match act {
            Act::Mandate { .. } => Ok(()),
            Act::Propose(proposal) => self.propose(heard, proposal),
            Act::Answer { proposal, answer, words } => self.answer(heard, proposal, *answer, words),
            Act::Execute { proposal, on, words } => self.execute(heard, proposal, *on, words),
            Act::End { proposal, on, words } => self.end(heard, proposal, *on, words),
            Act::Drop { proposal, words } => self.drop(heard, proposal, words),
            Act::Plan(plan) => self.plan(heard, plan),
            Act::Segment(_)
            | Act::Confirm { .. }
            | Act::Delimit { .. }
            | Act::Pillar { .. }
            | Act::Demarcate { .. } => self.border(heard),
            Act::Allege(allegation) => self.allege(heard, allegation),
            Act::Verify { allegation, step, on, remark } => self.verify(heard, allegation, step, *on, remark),
            Act::List(sealed) => self.list(heard, sealed),
            Act::Open { list, why } => self.open(heard, list, why),
            Act::HandOver(handover) => self.hand_over(heard, handover),
            Act::Note { words, about } => self.note(heard, words, about.as_deref()),
            Act::Say { words, about, to } => self.say(heard, words, about.as_deref(), to),
            Act::Publish { what } => self.publish(heard, what),
        }
    }

    fn propose(&mut self, heard: &Heard, proposal: &Proposal) -> Fits {
        let mandate = self.mandate().ok_or("the mission has no mandate")?;
        let course = self.within(mandate, proposal)?;
        let mut needs = mandate.needed(&proposal.subject, proposal.host.as_deref());
        needs.extend(proposal.asks.iter().cloned());
        needs.extend(self.segment_of(proposal).into_iter().flat_map(|s| s.parties.clone()));
        needs.sort();
        needs.dedup();
        allowed(heard, Action::Make, &Object::Proposal(needs.clone()))?;
        if let Some(old) = &proposal.instead_of {
            let old = self.find(old)?;
            if matches!(old.stage(), Stage::Executed | Stage::Ended) {
                return Err(format!("`{}` is carried out and cannot be replaced", short(&old.id)));
            }
            let id = old.id.clone();
            let done = done(heard, None, "another was proposed in its place");
            self.find_mut(&id)?.dropped = Some(done);
        }
        self.add(subject(heard, proposal.clone(), needs), course);
        Ok(())
    }

    /// Whether a proposal lies within the mandate; the course of a line of a border.
    fn within(&self, mandate: &Mandate, proposal: &Proposal) -> Fits<Option<Course>> {
        let Proposal { subject, title, host, asks, strength, from, until, .. } = proposal;
        if subject == "mission" {
            return Err("the mission itself is proposed by its mandate".to_owned());
        }
        if !SUBJECTS.contains(&subject.as_str()) && mandate.needs.iter().all(|n| n.subject != *subject) {
            return Err(format!(
                "`{subject}` is nothing that can be proposed: {} can",
                subjects(Some(mandate)).join(", ")
            ));
        }
        if title.trim().is_empty() {
            return Err("what is proposed has a title".to_owned());
        }
        if mandate.asks_host(subject) && host.is_none() {
            return Err(format!(
                "a {subject} needs the consent of whoever controls the place: name that party as host"
            ));
        }
        let course = self.fits_subject(proposal)?;
        host.iter().chain(asks).try_for_each(|party| must_be_party(&mandate.parties, party))?;
        if let (Some(asked), Some(most)) = (strength, mandate.strength)
            && *asked > most
        {
            return Err(format!("{asked} people are proposed, the mandate allows {most}"));
        }
        match from.iter().chain(until).find(|day| !mandate.covers(**day)) {
            Some(day) => Err(format!("{day} lies outside the mandate's term")),
            None if from.zip(*until).is_some_and(|(f, u)| u < f) => Err("the last day is before the first".to_owned()),
            None => Ok(course),
        }
    }

    fn answer(&mut self, heard: &Heard, id: &str, answer: Answer, words: &str) -> Fits {
        let mandate = self.mandate().ok_or("the mission has no mandate")?;
        let party = heard.statement.party.clone().ok_or("an answer is a party's")?;
        if !mandate.parties.contains(&party) {
            return Err(format!("`{party}` is no party of the mandate"));
        }
        let found = self.find(id)?;
        allowed(heard, Action::Answer, &Object::Proposal(found.needs.clone()))?;
        let signed = heard.signature.as_ref().map(|s| s.name.clone());
        let (entry, at, words) = (heard.entry, heard.at, words.to_owned());
        self.find_mut(id)?.hear(Given { entry, at, party, answer, words, signed })
    }

    fn execute(&mut self, heard: &Heard, id: &str, on: Option<Timestamp>, words: &str) -> Fits {
        by_mission(heard)?;
        let found = self.find(id)?;
        if found.proposal.segment.is_some() {
            return Err(format!("`{}` is a line of a border: it is carried out by demarcating it", short(&found.id)));
        }
        self.must_be_agreed(found)?;
        self.find_mut(id)?.executed = Some(done(heard, on, words));
        Ok(())
    }

    fn must_be_agreed(&self, subject: &Subject) -> Fits {
        let stage = self.stage(subject);
        if stage == Stage::Agreed {
            return Ok(());
        }
        let missing = self.missing(subject).iter().map(in_words).collect::<Vec<_>>().join("; ");
        let why = if missing.is_empty() { String::new() } else { format!(": {missing}") };
        Err(format!("`{}` is {}, not agreed{why}", short(&subject.id), stage.as_str()))
    }

    fn end(&mut self, heard: &Heard, id: &str, on: Option<Timestamp>, words: &str) -> Fits {
        by_mission(heard)?;
        let found = self.find_mut(id)?;
        let (stage, name) = (found.stage(), short(&found.id).to_owned());
        let Some(executed) = found.executed.as_ref().filter(|_| stage == Stage::Executed) else {
            return Err(format!("`{name}` is {}: only what is carried out comes to an end", stage.as_str()));
        };
        let ended = done(heard, on, words);
        if ended.on < executed.on {
            return Err(format!("`{name}` would end at {}, before it was carried out at {}", ended.on, executed.on));
        }
        found.ended = Some(ended);
        Ok(())
    }

    fn drop(&mut self, heard: &Heard, id: &str, words: &str) -> Fits {
        let found = self.find_mut(id)?;
        let own = found.party == heard.statement.party && heard.statement.role != Role::Observer;
        if !own {
            return Err(format!("`{}` is dropped by whoever proposed it", short(&found.id)));
        }
        found.no_more(done(heard, None, words))
    }

    fn allege(&mut self, heard: &Heard, allegation: &Allegation) -> Fits {
        let mandate = self.mandate().ok_or("the mission has no mandate")?;
        if allegation.words.trim().is_empty() {
            return Err("what is alleged is to be said in words".to_owned());
        }
        allegation.against.iter().try_for_each(|party| must_be_party(&mandate.parties, party))?;
        let Statement { by, party, .. } = heard.statement.clone();
        let (id, allegation) = (heard.id.clone(), allegation.clone());
        self.cases.push(Case { id, entry: heard.entry, at: heard.at, by, party, allegation, steps: Vec::new() });
        Ok(())
    }

    /// The allegation of an id of which these are the first characters.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn case(&self, id: &str) -> Fits<&Case> {
        begun(&self.cases, |c| &c.id, id, "allegations")?.ok_or_else(|| format!("nothing was alleged under `{id}`"))
    }

    fn verify(&mut self, heard: &Heard, id: &str, step: &Step, on: Option<Timestamp>, remark: &str) -> Fits {
        let parties = self.parties();
        let Statement { party, role, .. } = &heard.statement;
        match step {
            Step::Commented => allowed(heard, Action::Answer, &Object::Finding(parties.clone()))?,
            Step::SignedOff if *role != Role::Chief => return Err("a finding is signed off by the chief".to_owned()),
            _ => allowed(heard, Action::Make, &Object::OpenVerification)?,
        }
        if let Step::Denied { party: Some(by) } = step
            && !parties.contains(by)
        {
            return Err(format!("`{by}` is no party of the mandate; {} are", parties.join(", ")));
        }
        let case = self.case(id)?;
        case.check(step, remark, &parties, heard.at)?;
        let (full, party) = (case.id.clone(), party.clone());
        let taken = Taken { step: step.clone(), done: done(heard, on, remark), party };
        self.cases.iter_mut().filter(|c| c.id == full).for_each(|c| c.steps.push(taken.clone()));
        Ok(())
    }

    fn list(&mut self, heard: &Heard, sealed: &Sealed) -> Fits {
        let side = heard.statement.party.clone().ok_or("a list is a side's")?;
        allowed(heard, Action::Make, &Object::PersonList(side.clone()))?;
        if sealed.keys.is_empty() {
            return Err("a list is sealed for somebody: name a key".to_owned());
        }
        let (id, entry, at) = (heard.id.clone(), heard.entry, heard.at);
        self.lists.push(List { id, entry, at, side, sealed: sealed.clone() });
        Ok(())
    }

    /// The list of an id of which these are the first characters.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn list_of(&self, id: &str) -> Fits<&List> {
        begun(&self.lists, |l| &l.id, id, "lists")?.ok_or_else(|| format!("there is no list `{id}`"))
    }

    fn open(&mut self, heard: &Heard, id: &str, why: &str) -> Fits {
        if why.trim().is_empty() {
            return Err("to open a list is to say why".to_owned());
        }
        let (entry, at, by, why) = (heard.entry, heard.at, heard.statement.by.clone(), why.to_owned());
        let list = self.list_of(id)?.id.clone();
        self.opened.push(Opened { entry, at, by, list, why });
        Ok(())
    }

    fn hand_over(&mut self, heard: &Heard, handover: &Handover) -> Fits {
        allowed(heard, Action::Make, &Object::ExchangeCounts)?;
        let parties = self.parties();
        let Handover { proposal, side, category, count, through, numbers } = handover;
        let subject = self.find(proposal)?;
        if subject.proposal.subject != "exchange" {
            return Err(format!("`{}` is no exchange but a {}", short(&subject.id), subject.proposal.subject));
        }
        if !matches!(self.stage(subject), Stage::Agreed | Stage::Executed) {
            return Err(format!("`{}` is {}, not agreed", short(&subject.id), self.stage(subject).as_str()));
        }
        must_be_party(&parties, side)?;
        if *category == Category::Missing || *count == 0 || through.trim().is_empty() {
            return Err("a handover is of so many held or remains, through somebody".to_owned());
        }
        if !numbers.is_empty() && numbers.len() != *count {
            return Err(format!("{count} are handed over, and {} numbers are given", numbers.len()));
        }
        let known: std::collections::BTreeSet<&str> =
            self.handovers.iter().flat_map(|(_, _, h)| h.numbers.iter().map(String::as_str)).collect();
        if let Some(twice) = numbers.iter().find(|n| known.contains(n.as_str())) {
            return Err(format!("{twice} was handed over before"));
        }
        let proposal = subject.id.clone();
        self.handovers.push((heard.entry, heard.statement.at, Handover { proposal, ..handover.clone() }));
        Ok(())
    }

    fn note(&mut self, heard: &Heard, words: &str, about: Option<&str>) -> Fits {
        allowed(heard, Action::Make, &Object::MissionNote)?;
        let word = self.word(heard, words, about, &[])?;
        self.notes.push(word);
        Ok(())
    }

    fn say(&mut self, heard: &Heard, words: &str, about: Option<&str>, to: &[String]) -> Fits {
        let by = heard.statement.party.clone().ok_or("a party's own words are a party's")?;
        allowed(heard, Action::Make, &Object::PartyStatement { by, to: to.to_vec() })?;
        let word = self.word(heard, words, about, to)?;
        self.words.push(word);
        Ok(())
    }

    fn publish(&mut self, heard: &Heard, what: &[String]) -> Fits {
        let ids: Vec<String> = what.iter().map(|id| self.publishable(heard, id)).collect::<Fits<_>>()?;
        if ids.is_empty() {
            return Err("nothing is named that is to be made public".to_owned());
        }
        self.published.extend(ids);
        Ok(())
    }

    /// The full id of what is to be made public, if that may be.
    fn publishable(&self, heard: &Heard, id: &str) -> Fits<String> {
        if let Ok(case) = self.case(id) {
            let parties = self.parties();
            allowed(heard, Action::Publish, &Object::Finding(parties))?;
            let nothing = || format!("nothing was found yet of `{}`", short(&case.id));
            return case.finding().map(|_| case.id.clone()).ok_or_else(nothing);
        }
        if let Ok(subject) = self.find(id) {
            return self.publishable_proposal(heard, subject);
        }
        allowed(heard, Action::Publish, &Object::FieldReport)?;
        let is_document = id.len() == 64 && id.chars().all(|c| c.is_ascii_hexdigit());
        is_document
            .then(|| id.to_owned())
            .ok_or_else(|| format!("`{id}` is no allegation, nothing that was proposed and no document in full"))
    }

    /// What was proposed is made public once it is agreed, with every answer to it.
    fn publishable_proposal(&self, heard: &Heard, subject: &Subject) -> Fits<String> {
        allowed(heard, Action::Publish, &Object::Proposal(subject.put_to()))?;
        let (stage, name) = (self.stage(subject), short(&subject.id));
        match stage {
            _ if subject.proposal.subject == "mission" => {
                Err(format!("`{name}` is a mandate, public once it is agreed"))
            }
            Stage::Open | Stage::Dropped => {
                Err(format!("`{name}` is {}: what was agreed is made public", stage.as_str()))
            }
            Stage::Agreed | Stage::Executed | Stage::Ended => Ok(subject.id.clone()),
        }
    }

    fn word(&self, heard: &Heard, words: &str, about: Option<&str>, to: &[String]) -> Fits<Word> {
        if words.trim().is_empty() {
            return Err("nothing is said".to_owned());
        }
        let about = about.map(|id| self.find(id).map(|s| s.id.clone())).transpose()?;
        let Statement { by, party, .. } = heard.statement.clone();
        Ok(Word { entry: heard.entry, at: heard.at, by, party, to: to.to_vec(), about, words: words.to_owned() })
    }
}

/// What can be proposed, with what a mandate has besides.
#[must_use]
pub fn subjects(mandate: Option<&Mandate>) -> Vec<&str> {
    let known = SUBJECTS.iter().copied().filter(|s| *s != "mission");
    let needs = mandate.into_iter().flat_map(|m| &m.needs);
    let own = needs.map(|n| n.subject.as_str()).filter(|s| !SUBJECTS.contains(s));
    known.chain(own).collect()
}

fn done(heard: &Heard, on: Option<Timestamp>, words: &str) -> Done {
    let Statement { by, at, .. } = &heard.statement;
    Done { entry: heard.entry, on: on.unwrap_or(*at), by: by.clone(), words: words.to_owned() }
}

fn must_be_party(parties: &[String], party: &String) -> Fits {
    let known = || format!("`{party}` is no party of the mandate; {} are", parties.join(", "));
    parties.contains(party).then_some(()).ok_or_else(known)
}

/// Whether somebody answers for the mission.
fn by_mission(heard: &Heard) -> Fits {
    match heard.statement.role {
        Role::Chief | Role::Mediator => Ok(()),
        role => Err(format!("this is stated by a chief or a mediator, not by a {role}")),
    }
}

pub(crate) fn allowed(heard: &Heard, action: Action, object: &Object) -> Fits {
    let Statement { role, party, act, .. } = &heard.statement;
    let viewer = heard.statement.viewer().ok_or("a liaison speaks for a party: name it")?;
    let of = match &viewer {
        Viewer::Liaison(_) => party.as_ref().map(|p| format!(" of `{p}`")).unwrap_or_default(),
        _ => String::new(),
    };
    let problem = || format!("a {role}{of} has no part in this ({})", act.as_str());
    may(&viewer, action, object).then_some(()).ok_or_else(problem)
}

/// The characters of an id that are shown.
#[must_use]
pub fn short(id: &str) -> &str {
    id.get(..12).unwrap_or(id)
}

/// What is missing, in words.
#[must_use]
pub fn in_words(missing: &Missing) -> String {
    let said = |words: &str| if words.is_empty() { String::new() } else { format!(" (“{}”)", words.trim()) };
    match missing {
        Missing::Answer(party) => format!("{party} has not answered"),
        Missing::Condition(party, words) => format!("{party} consents on condition{}", said(words)),
        Missing::Refused(party, words) => format!("{party} refuses{}", said(words)),
        Missing::Withdrawn(party, words) => format!("{party} has withdrawn its consent{}", said(words)),
        Missing::Mandate => "the mission's mandate is not agreed".to_owned(),
    }
}

#[cfg(test)]
mod tests;
