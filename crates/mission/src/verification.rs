//! From an allegation to a finding that is signed off: who was sent, who was kept away, what was found and on which field
//! reports it rests, what each party says of it.

use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use crate::consent::Done;

/// What was found of an allegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// It is as was alleged, as far as observers saw.
    Confirmed,
    /// A part of it is.
    InPart,
    /// It is not.
    NotConfirmed,
    /// It cannot be told.
    Undetermined,
}

impl Found {
    /// In words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Found::Confirmed => "confirmed",
            Found::InPart => "confirmed in part",
            Found::NotConfirmed => "not confirmed",
            Found::Undetermined => "undetermined",
        }
    }
}

/// An allegation that is to be looked into.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Allegation {
    /// What is alleged.
    pub words: String,
    /// The incident that it is about, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The party against which it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<String>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    /// What was found.
    pub found: Found,
    /// In words.
    pub words: String,
    /// The field reports that it rests on: ids of the documents that tell them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<String>,
    /// Until when the parties may comment on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comments_due: Option<Timestamp>,
}

/// A step on the way of an allegation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Step {
    /// Somebody is sent.
    Assigned {
        /// Who.
        to: String,
        /// By when it is to be found out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
    },
    /// The place was visited.
    Visited,
    /// A party kept the mission away.
    Denied {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        party: Option<String>,
    },
    /// It rests, for a reason that is said.
    Suspended,
    /// It goes on.
    Resumed,
    /// Something was found.
    Found(Finding),
    /// A party says what it makes of the finding.
    Commented,
    /// It is done with.
    SignedOff,
}

impl Step {
    /// Whether it is put to the parties: they do not see the mission at work.
    #[must_use]
    pub fn is_put(&self) -> bool {
        matches!(self, Step::Found(_) | Step::Commented | Step::SignedOff)
    }

    /// Its word.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Step::Assigned { .. } => "assigned",
            Step::Visited => "visited",
            Step::Denied { .. } => "denied",
            Step::Suspended => "suspended",
            Step::Resumed => "resumed",
            Step::Found(_) => "found",
            Step::Commented => "commented",
            Step::SignedOff => "signed off",
        }
    }
}

/// A step with its entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// Which step.
    pub step: Step,
    /// Entry, time, and who with which words.
    pub done: Done,
    /// The party whose step it is, where it is one's.
    pub party: Option<String>,
}

/// How far an allegation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nobody was sent.
    Alleged,
    /// Somebody was sent.
    Assigned,
    /// The place was visited.
    Visited,
    /// The mission was kept away.
    Denied,
    /// It rests.
    Suspended,
    /// Something was found; the parties may comment.
    Found,
    /// It is done with.
    SignedOff,
}

impl State {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Alleged => "alleged",
            State::Assigned => "assigned",
            State::Visited => "visited",
            State::Denied => "denied",
            State::Suspended => "suspended",
            State::Found => "found",
            State::SignedOff => "signed off",
        }
    }
}

/// An allegation and all that became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Id of the statement that made it.
    pub id: String,
    /// Its entry.
    pub entry: u64,
    /// When it was taken in.
    pub at: Timestamp,
    /// Who made it, or passed it on.
    pub by: String,
    /// The party that made it, where one did.
    pub party: Option<String>,
    /// What is alleged.
    pub allegation: Allegation,
    /// Every step, the first first.
    pub steps: Vec<Taken>,
}

impl Case {
    /// How far it has come.
    #[must_use]
    pub fn state(&self) -> State {
        let mut state = State::Alleged;
        let mut before = State::Alleged;
        for taken in &self.steps {
            match &taken.step {
                Step::Assigned { .. } => state = State::Assigned,
                Step::Visited => state = State::Visited,
                Step::Denied { .. } => state = State::Denied,
                Step::Suspended => (before, state) = (state, State::Suspended),
                Step::Resumed => state = before,
                Step::Found(_) => state = State::Found,
                Step::SignedOff => state = State::SignedOff,
                Step::Commented => {}
            }
        }
        state
    }

    /// The finding, the newest where there are several.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        self.steps.iter().rev().find_map(|t| if let Step::Found(finding) = &t.step { Some(finding) } else { None })
    }

    /// What parties said of the newest finding.
    pub fn comments(&self) -> impl Iterator<Item = &Taken> {
        let last = self.steps.iter().rposition(|t| matches!(t.step, Step::Found(_))).unwrap_or(self.steps.len());
        self.steps.iter().skip(last).filter(|t| t.step == Step::Commented)
    }

    /// The parties that have not said anything of the newest finding.
    #[must_use]
    pub fn silent<'a>(&self, parties: &'a [String]) -> Vec<&'a str> {
        let said = |p: &str| self.comments().any(|t| t.party.as_deref() == Some(p));
        parties.iter().map(String::as_str).filter(|p| !said(p)).collect()
    }

    /// Who was sent last, and by when it is due.
    #[must_use]
    pub fn assigned(&self) -> Option<(&str, Option<Timestamp>)> {
        self.steps.iter().rev().find_map(|t| match &t.step {
            Step::Assigned { to, due } => Some((to.as_str(), *due)),
            _ => None,
        })
    }

    /// Who waits for whom, at a time; what is due is told by the clock of a zone.
    #[must_use]
    pub fn waits(&self, parties: &[String], now: Timestamp, zone: Offset) -> Vec<String> {
        let clock = |due: Timestamp| zone.to_datetime(due).strftime("%Y-%m-%d %H:%M").to_string();
        let late = |due: Option<Timestamp>| match due {
            Some(due) if due < now => format!(", due {}, overdue", clock(due)),
            Some(due) => format!(", due {}", clock(due)),
            None => String::new(),
        };
        match self.state() {
            State::Alleged => vec!["waits for somebody to be sent".to_owned()],
            State::Assigned | State::Visited | State::Denied => {
                let (who, due) = self.assigned().unwrap_or(("the mission", None));
                vec![format!("waits for {who} to report a finding{}", late(due))]
            }
            State::Suspended => vec!["rests until it is resumed".to_owned()],
            State::Found => self.waits_for_comments(parties, &late),
            State::SignedOff => Vec::new(),
        }
    }

    fn waits_for_comments(&self, parties: &[String], late: &dyn Fn(Option<Timestamp>) -> String) -> Vec<String> {
        let due = self.finding().and_then(|f| f.comments_due);
        let silent = self.silent(parties);
        if silent.is_empty() {
            return vec!["every party has commented; waits for the chief to sign it off".to_owned()];
        }
        silent.iter().map(|p| format!("waits for {p} to comment{}", late(due))).collect()
    }

    /// Whether a step fits where it has come to.
    ///
    /// # Errors
    /// Why it does not.
    pub fn check(&self, step: &Step, words: &str, parties: &[String], now: Timestamp) -> Result<(), String> {
        let state = self.state();
        let wrong = |why: &str| Err(format!("the allegation is {}: {why}", state.as_str()));
        let open = matches!(state, State::Alleged | State::Assigned | State::Visited | State::Denied);
        match step {
            Step::Commented if state != State::Found => wrong("a finding is commented on, once there is one"),
            Step::Commented if words.trim().is_empty() => Err("a comment is to be said in words".to_owned()),
            Step::Resumed if state != State::Suspended => wrong("only what rests is resumed"),
            Step::Suspended if !open => wrong("it cannot be suspended"),
            Step::Suspended if words.trim().is_empty() => Err("to suspend is to say why".to_owned()),
            Step::Assigned { .. } if !open => wrong("nobody can be sent"),
            Step::Visited | Step::Denied { .. } if !open || state == State::Alleged => wrong("nobody was sent"),
            Step::Found(finding) => self.check_finding(finding, state),
            Step::SignedOff => self.check_end(state, parties, now),
            _ => Ok(()),
        }
    }

    fn check_finding(&self, finding: &Finding, state: State) -> Result<(), String> {
        if !matches!(state, State::Visited | State::Denied | State::Found) {
            return Err(format!(
                "the allegation is {}: a finding follows a visit, or that one was denied",
                state.as_str()
            ));
        }
        if finding.words.trim().is_empty() {
            return Err("a finding is to be said in words".to_owned());
        }
        let visited = self.steps.iter().any(|t| t.step == Step::Visited);
        let rests = !finding.reports.is_empty();
        match finding.found {
            Found::Undetermined => Ok(()),
            _ if !rests => Err(format!("what is {} rests on field reports: name them", finding.found.as_str())),
            Found::Confirmed | Found::InPart | Found::NotConfirmed if visited => Ok(()),
            _ => Err("without a visit nothing but `undetermined` can be found".to_owned()),
        }
    }

    fn check_end(&self, state: State, parties: &[String], now: Timestamp) -> Result<(), String> {
        if state != State::Found {
            return Err(format!("the allegation is {}: only a finding is signed off", state.as_str()));
        }
        let over = self.finding().and_then(|f| f.comments_due).is_some_and(|due| due <= now);
        let silent = self.silent(parties);
        if silent.is_empty() || over {
            return Ok(());
        }
        Err(format!("{} may still comment on the finding", silent.join(" and ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(steps: Vec<Step>) -> Case {
        let at = Timestamp::UNIX_EPOCH;
        let done = Done { entry: 1, on: at, by: "Sorn".into(), words: String::new() };
        let steps = steps.into_iter().map(|step| Taken { step, done: done.clone(), party: None }).collect();
        let (id, by) = ("c".to_owned(), "Orn".to_owned());
        Case { id, entry: 0, at, by, party: None, allegation: Allegation::default(), steps }
    }

    #[test]
    fn what_rests_goes_on_where_it_was() {
        let sent = Step::Assigned { to: "Patrol A".into(), due: None };
        let rests = case(vec![sent.clone(), Step::Visited, Step::Suspended]);
        assert_eq!(rests.state(), State::Suspended);
        assert!(rests.check(&Step::Visited, "", &[], Timestamp::UNIX_EPOCH).is_err());
        assert_eq!(case(vec![sent, Step::Visited, Step::Suspended, Step::Resumed]).state(), State::Visited);
    }

    #[test]
    fn what_is_late_is_told() {
        let due = Some(Timestamp::from_second(60).unwrap());
        let sent = case(vec![Step::Assigned { to: "Patrol A".into(), due }]);
        let waits = |now: i64| sent.waits(&[], Timestamp::from_second(now).unwrap(), Offset::UTC);
        assert_eq!(waits(59), ["waits for Patrol A to report a finding, due 1970-01-01 00:01"]);
        assert_eq!(waits(61), ["waits for Patrol A to report a finding, due 1970-01-01 00:01, overdue"]);
        let there = sent.waits(&[], Timestamp::UNIX_EPOCH, Offset::constant(-8));
        assert_eq!(there, ["waits for Patrol A to report a finding, due 1969-12-31 16:01"]);
    }
}
