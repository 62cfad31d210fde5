//! The mission: its mandate, what was proposed and what every party has said to it, what each put on record.
//!
//! What somebody of the mission states is stated by a form. A party's words are taken with its own signature alone: the
//! room drafts the text, its liaison signs it elsewhere and hands the signed note in.

mod acts;
mod hand;
mod looked;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use mission::book::{in_words, short};
use mission::consent::{Answer, Done};
use mission::{Action, Object, Stage, Subject, may};

use super::incident::done;
use super::{Page, html};
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;
pub(crate) use hand::{draft, draft_file, handed, known, state, stated, submit, submitted};
pub(crate) use looked::{Looked, Wait};

#[derive(Template)]
#[template(path = "mission.html")]
struct Whole {
    frame: Frame,
    looked: Looked,
    mandate: Vec<(&'static str, String)>,
    agreement: Option<String>,
    is_mandated: bool,
    waits: Vec<Wait>,
    proposals: Vec<Proposal>,
    words: Vec<Word>,
    keys: Vec<Key>,
    subjects: Vec<String>,
    may_propose: bool,
    may_note: bool,
}

/// Something that was proposed, as a page shows it.
pub(crate) struct Proposal {
    pub(crate) id: String,
    pub(crate) short: String,
    pub(crate) entry: u64,
    pub(crate) subject: String,
    pub(crate) title: String,
    pub(crate) words: String,
    pub(crate) stage: &'static str,
    pub(crate) facts: Vec<String>,
    pub(crate) by: String,
    pub(crate) at: String,
    /// What each party says to it last.
    pub(crate) says: Vec<Says>,
    /// What keeps it from being agreed, or from standing by consent.
    pub(crate) missing: Vec<String>,
    /// What was said and done, the first first.
    pub(crate) steps: Vec<Step>,
    /// Steps that whoever looks may state.
    pub(crate) may: Vec<&'static str>,
    pub(crate) may_answer: bool,
    pub(crate) is_mandate: bool,
    pub(crate) is_published: bool,
    pub(crate) may_publish: bool,
}

impl Proposal {
    /// Its title.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// How far it has come.
    pub(crate) fn stage(&self) -> &'static str {
        self.stage
    }
}

/// What a party says to a proposal.
pub(crate) struct Says {
    pub(crate) party: String,
    pub(crate) is_needed: bool,
    /// Yes, no, yes on condition, withdrawn; nothing where it has not answered.
    pub(crate) answer: &'static str,
    pub(crate) words: String,
    pub(crate) signed: Option<String>,
    pub(crate) entry: Option<u64>,
}

/// Something said or done, with its entry.
pub(crate) struct Step {
    pub(crate) entry: u64,
    pub(crate) at: String,
    pub(crate) words: String,
}

struct Word {
    entry: u64,
    at: String,
    who: String,
    on: Option<String>,
    words: String,
}

struct Key {
    name: String,
    part: String,
    entry: u64,
    until: Option<u64>,
}

/// `GET /mission`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let looked = Looked::at(&room, &visitor, &query).await?;
    let frame = looked.frame(&room, &visitor, "Mission").done(done(&Filter::parse(&query)?));
    html(&whole(frame, looked))
}

fn whole(frame: Frame, looked: Looked) -> Whole {
    let mission = looked.mission();
    let is_inside = looked.is_inside();
    let proposals = proposals(&looked, |_| true);
    let waits = proposals.iter().flat_map(waits).collect();
    let words = looked.sight().words().map(|w| word(&looked, w)).collect();
    let shows_mandate = is_inside || mission.is_mandated();
    Whole {
        mandate: if shows_mandate { mandate(&looked) } else { Vec::new() },
        agreement: looked.mandate().and_then(|m| m.agreement.clone()).filter(|_| shows_mandate),
        is_mandated: mission.is_mandated(),
        subjects: subjects(&looked),
        may_propose: may(&looked.viewer, Action::Make, &Object::Proposal(looked.parties())),
        may_note: may(&looked.viewer, Action::Make, &Object::MissionNote),
        keys: keys(&looked),
        waits,
        proposals,
        words,
        frame,
        looked,
    }
}

fn mandate(looked: &Looked) -> Vec<(&'static str, String)> {
    let Some(mandate) = looked.mandate() else { return Vec::new() };
    let parties: Vec<String> = mandate.parties.iter().map(|p| looked.title(p)).collect();
    let until = mandate.until.map_or_else(|| "open".to_owned(), |day| day.to_string());
    let needs = mandate.needs.iter().map(|need| {
        let host = need.host.then(|| "whoever controls the place".to_owned());
        let whose: Vec<String> = need.consent.iter().map(|p| looked.title(p)).chain(host).collect();
        format!("{}: {}", need.subject, if whose.is_empty() { "nobody’s".to_owned() } else { whose.join(", ") })
    });
    [
        ("Between", Some(parties.join(" and "))),
        ("Area", Some(mandate.area.join(", ")).filter(|a| !a.is_empty())),
        ("Strength", mandate.strength.map(|n| format!("at most {n} people"))),
        ("Term", Some(format!("{} to {until}", mandate.from))),
        ("Consent that things need", Some(needs.collect::<Vec<_>>().join("; ")).filter(|n| !n.is_empty())),
        ("Time of its reports", Some(format!("UTC{}, daily to {}", mandate.zone, mandate.cut_off.strftime("%H:%M")))),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

/// What can be proposed under the mandate.
fn subjects(looked: &Looked) -> Vec<String> {
    mission::book::subjects(looked.mandate()).into_iter().map(str::to_owned).collect()
}

/// What was proposed of some kinds, the newest first, as whoever looks may see it.
pub(crate) fn proposals(looked: &Looked, is_meant: impl Fn(&Subject) -> bool) -> Vec<Proposal> {
    let mut seen: Vec<Proposal> =
        looked.sight().subjects().filter(|s| is_meant(s)).map(|s| proposal(looked, s)).collect();
    seen.reverse();
    seen
}

/// A proposal as a page shows it.
pub(crate) fn proposal(looked: &Looked, subject: &Subject) -> Proposal {
    let mission = looked.mission();
    let stage = mission.stage(subject);
    let is_mandate = subject.proposal.subject == "mission";
    let is_published = mission.published.contains(&subject.id);
    let is_agreed = matches!(stage, Stage::Agreed | Stage::Executed | Stage::Ended);
    let publishes = may(&looked.viewer, Action::Publish, &Object::Proposal(subject.put_to()));
    let missing = match stage {
        Stage::Open | Stage::Executed => {
            mission.missing(subject).iter().map(|m| looked.with_titles(&in_words(m))).collect()
        }
        _ => Vec::new(),
    };
    Proposal {
        id: subject.id.clone(),
        short: short(&subject.id).to_owned(),
        entry: subject.entry,
        subject: subject.proposal.subject.clone(),
        title: subject.proposal.title.clone(),
        words: subject.proposal.words.clone(),
        stage: stage.as_str(),
        facts: facts(looked, subject),
        by: subject
            .party
            .as_ref()
            .map_or_else(|| subject.by.clone(), |p| format!("{} for {}", subject.by, looked.title(p))),
        at: looked.time(subject.at),
        says: says(looked, subject),
        missing,
        steps: steps(looked, subject),
        may: steps_that_may(looked, subject, stage),
        may_answer: !matches!(stage, Stage::Dropped | Stage::Ended)
            && may(&looked.viewer, Action::Answer, &Object::Proposal(subject.needs.clone())),
        is_mandate,
        is_published,
        may_publish: !is_published && is_agreed && !is_mandate && publishes,
    }
}

fn facts(looked: &Looked, subject: &Subject) -> Vec<String> {
    let p = &subject.proposal;
    let days = match (p.from, p.until) {
        (None, None) => None,
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (Some(from), Some(until)) => Some(format!("{from} to {until}")),
    };
    let earlier = p.instead_of.as_ref().map(|id| format!("instead of {}", short(id)));
    [
        p.place.as_ref().map(|place| format!("at {place}")),
        p.host.as_ref().map(|host| format!("controlled by {}", looked.title(host))),
        p.strength.map(|n| format!("{n} people")),
        days,
        earlier,
        p.shape.as_ref().map(|_| "with a shape on the map".to_owned()),
        p.segment.as_ref().map(|id| format!("for the segment {id}")),
        p.drawn.as_ref().map(|d| format!("drawn on {}", d.map)),
        (!p.watch.is_empty())
            .then(|| p.watch.iter().map(|w| format!("{} {}", w.kind.as_str(), w.id)).collect::<Vec<_>>().join(", ")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn says(looked: &Looked, subject: &Subject) -> Vec<Says> {
    let others = subject.answers.iter().map(|a| &a.party).filter(|p| !subject.needs.contains(p));
    let mut parties: Vec<&String> = subject.needs.iter().chain(others).collect();
    parties.dedup();
    let one = |party: &String| {
        let given = subject.last(party);
        let answer = given.map_or("", |g| match g.answer {
            Answer::Consents => "yes",
            Answer::Refuses => "no",
            Answer::OnCondition => "yes, on condition",
            Answer::Withdraws => "withdrawn",
        });
        Says {
            party: looked.title(party),
            is_needed: subject.needs.contains(party),
            answer,
            words: given.map(|g| g.words.clone()).unwrap_or_default(),
            signed: given.and_then(|g| g.signed.clone()),
            entry: given.map(|g| g.entry),
        }
    };
    parties.into_iter().map(one).collect()
}

fn steps(looked: &Looked, subject: &Subject) -> Vec<Step> {
    let quoted = |words: &str| if words.is_empty() { String::new() } else { format!(": “{words}”") };
    let answers = subject.answers.iter().map(|g| {
        let words = format!("{} {}{}", looked.title(&g.party), g.answer.as_str(), quoted(&g.words));
        Step { entry: g.entry, at: looked.time(g.at), words }
    });
    let done = |what: &str, d: &Done| {
        let words = format!("{what}, says {}{}", d.by, quoted(&d.words));
        Step { entry: d.entry, at: looked.time(d.on), words }
    };
    let ends = [("carried out", &subject.executed), ("ended", &subject.ended), ("dropped", &subject.dropped)];
    let ends = ends.into_iter().filter_map(|(what, d)| Some(done(what, d.as_ref()?)));
    let mut all: Vec<Step> = answers.chain(ends).collect();
    all.sort_by_key(|s| s.entry);
    all
}

/// The steps that whoever looks may state by a form, as the state of the thing is.
fn steps_that_may(looked: &Looked, subject: &Subject, stage: Stage) -> Vec<&'static str> {
    let runs = matches!(looked.viewer, mission::Viewer::Staff(mission::Role::Chief | mission::Role::Mediator));
    let drops = runs && subject.party.is_none()
        || matches!(&looked.viewer, mission::Viewer::Liaison(p) if subject.party.as_ref() == Some(p));
    match stage {
        // A line of a border is carried out by demarcating it.
        Stage::Agreed if subject.proposal.segment.is_some() => {
            if drops {
                vec!["drop"]
            } else {
                Vec::new()
            }
        }
        Stage::Agreed if runs && drops => vec!["execute", "drop"],
        Stage::Agreed if runs => vec!["execute"],
        Stage::Executed if runs => vec!["end"],
        Stage::Open | Stage::Agreed if drops => vec!["drop"],
        _ => Vec::new(),
    }
}

fn waits(proposal: &Proposal) -> Vec<Wait> {
    let href = format!("#p-{}", proposal.short);
    let line =
        |words: &str| Wait { href: href.clone(), on: proposal.title.clone(), words: words.to_owned(), is_late: false };
    match proposal.stage {
        "open" => proposal.missing.iter().map(|m| line(m)).collect(),
        "executed" => proposal.missing.iter().map(|m| line(&format!("stands without consent: {m}"))).collect(),
        "agreed" if !proposal.is_mandate => vec![line("waits to be carried out")],
        _ => Vec::new(),
    }
}

fn word(looked: &Looked, word: &mission::book::Word) -> Word {
    let who = match &word.party {
        Some(party) => looked.title(party),
        None => format!("{}, a note of the mission for itself", word.by),
    };
    Word {
        entry: word.entry,
        at: looked.time(word.at),
        who,
        on: word.about.as_deref().map(|id| short(id).to_owned()),
        words: word.words.clone(),
    }
}

fn keys(looked: &Looked) -> Vec<Key> {
    let key = |k: &ledger::statement::PartyKey| Key {
        name: k.key.parse::<ledger::Verifier>().map(|v| v.name().to_owned()).unwrap_or_default(),
        part: k.party.as_ref().map_or_else(|| k.role.clone(), |p| format!("{} of {}", k.role, looked.title(p))),
        entry: k.entry,
        until: k.until,
    };
    looked.missions.keys.iter().map(key).collect()
}
