//! Who may see and do what. A pure table: rooms, programs and reports ask it, and none decides for itself.

use serde::{Deserialize, Serialize};

/// The part that somebody has in a mission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Speaks for a party.
    Liaison,
    /// Stands between the parties.
    Mediator,
    /// Reports what is seen.
    Observer,
    /// Finds out what is true of an allegation.
    Verifier,
    /// Answers for the mission.
    Chief,
}

impl Role {
    /// All of them.
    pub const ALL: &[Role] = &[Role::Liaison, Role::Mediator, Role::Observer, Role::Verifier, Role::Chief];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Liaison => "liaison",
            Role::Mediator => "mediator",
            Role::Observer => "observer",
            Role::Verifier => "verifier",
            Role::Chief => "chief",
        }
    }

    /// The role that a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|r| r.as_str() == word)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who looks or acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// Somebody of the mission.
    Staff(Role),
    /// The liaison of a party.
    Liaison(String),
    /// Anybody else.
    Public,
}

impl Viewer {
    /// Whoever has a role, for a party where it is that of a liaison; none where a liaison has no party.
    #[must_use]
    pub fn new(role: Role, party: Option<&str>) -> Option<Viewer> {
        match (role, party) {
            (Role::Liaison, Some(party)) => Some(Viewer::Liaison(party.to_owned())),
            (Role::Liaison, None) => None,
            (role, _) => Some(Viewer::Staff(role)),
        }
    }
}

/// What is looked at or done something to. Parties are named where it matters whose it is, or to whom it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object {
    /// What a party has not handed in yet.
    PartyDraft(String),
    /// What the mission has not handed in yet.
    MissionDraft,
    /// A remark of the mission for itself.
    MissionNote,
    /// What was proposed, to these parties.
    Proposal(Vec<String>),
    /// A party's answer to what was proposed to these parties.
    Answer {
        /// Whose it is.
        by: String,
        /// To whom the matter was put.
        to: Vec<String>,
    },
    /// A party's own statement, to these parties; to all where none is named.
    PartyStatement {
        /// Whose it is.
        by: String,
        /// To whom it is.
        to: Vec<String>,
    },
    /// A field report that is not published.
    FieldReport,
    /// An allegation's way through verification, before the parties are asked for comments.
    OpenVerification,
    /// A finding on which these parties are asked for comments.
    Finding(Vec<String>),
    /// A list of persons that a side gave, decrypted.
    PersonList(String),
    /// Persons by their numbers, and how lists match.
    PersonNumbers,
    /// Counts of an exchange.
    ExchangeCounts,
    /// Whatever was published.
    Published,
    /// The keys that are good, and whose they are.
    Keys,
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Look at it.
    See,
    /// Hand it in, or make it.
    Make,
    /// Answer it, or comment on it.
    Answer,
    /// Make it public.
    Publish,
}

impl Action {
    /// All of them.
    pub const ALL: &[Action] = &[Action::See, Action::Make, Action::Answer, Action::Publish];
}

/// Whether somebody may see something.
#[must_use]
pub fn may_see(viewer: &Viewer, object: &Object) -> bool {
    use Role::{Chief, Mediator, Observer, Verifier};
    match viewer {
        Viewer::Public => matches!(object, Object::Published | Object::Keys | Object::ExchangeCounts),
        Viewer::Liaison(party) => liaison_sees(party, object),
        Viewer::Staff(role) => match object {
            Object::PartyDraft(_) | Object::PersonList(_) => false,
            Object::MissionDraft | Object::MissionNote | Object::FieldReport | Object::OpenVerification => {
                matches!(role, Observer | Verifier | Chief)
            }
            Object::Finding(_) => matches!(role, Verifier | Chief | Mediator),
            Object::PersonNumbers => matches!(role, Mediator | Chief),
            _ => true,
        },
    }
}

/// Its own, what was put to it, and what is public.
fn liaison_sees(party: &str, object: &Object) -> bool {
    let is_of = |parties: &[String]| parties.iter().any(|p| p == party);
    match object {
        Object::PartyDraft(owner) | Object::PersonList(owner) => owner == party,
        Object::Proposal(to) | Object::Finding(to) => is_of(to),
        Object::Answer { by, to } => by == party || is_of(to),
        Object::PartyStatement { by, to } => by == party || to.is_empty() || is_of(to),
        Object::Published | Object::Keys | Object::ExchangeCounts => true,
        Object::MissionDraft
        | Object::MissionNote
        | Object::FieldReport
        | Object::OpenVerification
        | Object::PersonNumbers => false,
    }
}

/// Whether somebody may do something.
#[must_use]
pub fn may(viewer: &Viewer, action: Action, object: &Object) -> bool {
    match action {
        Action::See => may_see(viewer, object),
        Action::Make => may_make(viewer, object),
        Action::Answer => may_answer(viewer, object),
        Action::Publish => may_publish(viewer, object),
    }
}

fn may_make(viewer: &Viewer, object: &Object) -> bool {
    use Role::{Chief, Mediator, Observer, Verifier};
    match (viewer, object) {
        (Viewer::Liaison(party), Object::PartyDraft(owner) | Object::PersonList(owner)) => owner == party,
        (Viewer::Liaison(party), Object::Answer { by, to }) => by == party && to.contains(party),
        (Viewer::Liaison(party), Object::PartyStatement { by, .. }) => by == party,
        (Viewer::Liaison(_), Object::Proposal(_)) => true,
        (Viewer::Staff(role), Object::Proposal(_)) => matches!(role, Chief | Mediator),
        (Viewer::Staff(role), Object::MissionDraft | Object::MissionNote) => *role != Mediator,
        (Viewer::Staff(role), Object::FieldReport) => matches!(role, Observer | Verifier | Chief),
        (Viewer::Staff(role), Object::OpenVerification | Object::Finding(_)) => matches!(role, Verifier | Chief),
        (Viewer::Staff(role), Object::PersonNumbers | Object::ExchangeCounts) => matches!(role, Mediator | Chief),
        (Viewer::Staff(role), Object::Keys) => *role == Chief,
        _ => false,
    }
}

fn may_answer(viewer: &Viewer, object: &Object) -> bool {
    match (viewer, object) {
        (Viewer::Liaison(party), Object::Proposal(to) | Object::Finding(to)) => to.contains(party),
        _ => false,
    }
}

fn may_publish(viewer: &Viewer, object: &Object) -> bool {
    let public =
        matches!(object, Object::FieldReport | Object::Finding(_) | Object::ExchangeCounts | Object::Proposal(_));
    public && *viewer == Viewer::Staff(Role::Chief)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects() -> Vec<(&'static str, Object)> {
        let (v, o): (String, String) = ("vesk".into(), "orlava".into());
        let both = vec![v.clone(), o.clone()];
        vec![
            ("draft of vesk", Object::PartyDraft(v.clone())),
            ("draft of orlava", Object::PartyDraft(o.clone())),
            ("draft of the mission", Object::MissionDraft),
            ("note of the mission", Object::MissionNote),
            ("proposal to both", Object::Proposal(both.clone())),
            ("proposal to orlava", Object::Proposal(vec![o.clone()])),
            ("orlava's answer to both", Object::Answer { by: o.clone(), to: both.clone() }),
            ("orlava's answer alone", Object::Answer { by: o.clone(), to: vec![o.clone()] }),
            ("orlava's statement to all", Object::PartyStatement { by: o.clone(), to: Vec::new() }),
            ("orlava's own words", Object::PartyStatement { by: o.clone(), to: vec![o.clone()] }),
            ("field report", Object::FieldReport),
            ("open verification", Object::OpenVerification),
            ("finding put to both", Object::Finding(both)),
            ("finding put to orlava", Object::Finding(vec![o.clone()])),
            ("persons of vesk", Object::PersonList(v)),
            ("persons of orlava", Object::PersonList(o)),
            ("numbers of persons", Object::PersonNumbers),
            ("counts", Object::ExchangeCounts),
            ("published", Object::Published),
            ("keys", Object::Keys),
        ]
    }

    /// A line an object, a column a viewer; in it the first letters of what the viewer may do.
    fn matrix() -> String {
        let staff = [Role::Mediator, Role::Observer, Role::Verifier, Role::Chief].map(Viewer::Staff);
        let liaisons = ["vesk", "orlava"].map(|p| Viewer::Liaison(p.to_owned()));
        let viewers: Vec<Viewer> = liaisons.into_iter().chain(staff).chain([Viewer::Public]).collect();
        let letter = |a: Action| ["S", "M", "A", "P"][a as usize];
        let cell = |v: &Viewer, o: &Object| -> String {
            Action::ALL.iter().map(|a| if may(v, *a, o) { letter(*a) } else { "-" }).collect()
        };
        let row = |(name, o): &(&str, Object)| {
            let cells: Vec<String> = viewers.iter().map(|v| cell(v, o)).collect();
            format!("{name:<26} {}\n", cells.join("  "))
        };
        objects().iter().map(row).collect()
    }

    #[test]
    fn roles_by_objects_by_actions() {
        let expected = "\
draft of vesk              SM--  ----  ----  ----  ----  ----  ----
draft of orlava            ----  SM--  ----  ----  ----  ----  ----
draft of the mission       ----  ----  ----  SM--  SM--  SM--  ----
note of the mission        ----  ----  ----  SM--  SM--  SM--  ----
proposal to both           SMA-  SMA-  SM--  S---  S---  SM-P  ----
proposal to orlava         -M--  SMA-  SM--  S---  S---  SM-P  ----
orlava's answer to both    S---  SM--  S---  S---  S---  S---  ----
orlava's answer alone      ----  SM--  S---  S---  S---  S---  ----
orlava's statement to all  S---  SM--  S---  S---  S---  S---  ----
orlava's own words         ----  SM--  S---  S---  S---  S---  ----
field report               ----  ----  ----  SM--  SM--  SM-P  ----
open verification          ----  ----  ----  S---  SM--  SM--  ----
finding put to both        S-A-  S-A-  S---  ----  SM--  SM-P  ----
finding put to orlava      ----  S-A-  S---  ----  SM--  SM-P  ----
persons of vesk            SM--  ----  ----  ----  ----  ----  ----
persons of orlava          ----  SM--  ----  ----  ----  ----  ----
numbers of persons         ----  ----  SM--  ----  ----  SM--  ----
counts                     S---  S---  SM--  S---  S---  SM-P  S---
published                  S---  S---  S---  S---  S---  S---  S---
keys                       S---  S---  S---  S---  S---  SM--  S---
";
        assert_eq!(matrix(), expected);
    }

    #[test]
    fn swapping_the_parties_swaps_what_they_see() {
        let swap = |p: &str| if p == "vesk" { "orlava".to_owned() } else { "vesk".to_owned() };
        let all = |ps: &[String]| ps.iter().map(|p| swap(p)).collect::<Vec<_>>();
        for (name, object) in objects() {
            let other = match object.clone() {
                Object::PartyDraft(p) => Object::PartyDraft(swap(&p)),
                Object::PersonList(p) => Object::PersonList(swap(&p)),
                Object::Proposal(to) => Object::Proposal(all(&to)),
                Object::Finding(to) => Object::Finding(all(&to)),
                Object::Answer { by, to } => Object::Answer { by: swap(&by), to: all(&to) },
                Object::PartyStatement { by, to } => Object::PartyStatement { by: swap(&by), to: all(&to) },
                same => same,
            };
            for action in Action::ALL {
                let as_vesk = may(&Viewer::Liaison("vesk".into()), *action, &object);
                assert_eq!(as_vesk, may(&Viewer::Liaison("orlava".into()), *action, &other), "{name} {action:?}");
            }
        }
    }
}
