//! Missions on the wire, version 1: apart from the types by which they are replayed.

use jiff::civil::Date;
use ledger::written;
use mission::book::{self, in_words};
use mission::consent::{Done, Given};
use mission::exchange::Category;
use mission::field::sector::Sector;
use mission::report::Laid;
use mission::verification::Case;
use mission::{Mandate, Subject};
use serde::Serialize;
use serde_json::{Value, json};

use crate::missions::Told;
use crate::pages::exchanges::{HandedOver, handovers, lists};
use crate::pages::mission::Looked;
use crate::pages::verification::{shown, step};

/// A mission.
#[derive(Serialize)]
pub(crate) struct Mission {
    pub(crate) id: String,
    mandated: bool,
    mandate: Option<Mandate>,
    part: Option<String>,
}

impl Mission {
    pub(crate) fn new(looked: &Looked) -> Mission {
        let mandated = looked.mission().is_mandated();
        let part = match &looked.viewer {
            mission::Viewer::Public => None,
            mission::Viewer::Liaison(party) => Some(format!("liaison of {party}")),
            mission::Viewer::Staff(role) => Some(role.to_string()),
        };
        let mandate = looked.mandate().filter(|_| mandated || looked.is_inside()).cloned();
        Mission { id: looked.id.clone(), mandated, mandate, part }
    }
}

/// Something that was proposed.
#[derive(Serialize)]
pub(crate) struct Proposal {
    pub(crate) id: String,
    entry: u64,
    at: String,
    by: String,
    party: Option<String>,
    proposal: Value,
    needs: Vec<String>,
    stage: &'static str,
    published: bool,
    missing: Vec<Missing>,
    stands_without_consent: bool,
    answers: Vec<Answer>,
    executed: Option<Step>,
    ended: Option<Step>,
    dropped: Option<Step>,
}

#[derive(Serialize)]
struct Missing {
    party: Option<String>,
    why: String,
}

#[derive(Serialize)]
struct Answer {
    entry: u64,
    at: String,
    party: String,
    answer: String,
    words: String,
    signed: Option<String>,
}

/// A step with its entry.
#[derive(Serialize)]
pub(crate) struct Step {
    entry: u64,
    on: String,
    by: String,
    words: String,
}

impl Step {
    fn new(done: &Done) -> Step {
        Step { entry: done.entry, on: written(done.on), by: done.by.clone(), words: done.words.clone() }
    }
}

impl Answer {
    fn new(given: &Given) -> Answer {
        let Given { entry, at, party, answer, words, signed } = given.clone();
        let answer = serde_json::to_value(answer).ok().and_then(|a| a.as_str().map(str::to_owned)).unwrap_or_default();
        Answer { entry, at: written(at), party, answer, words, signed }
    }
}

impl Proposal {
    pub(crate) fn new(looked: &Looked, subject: &Subject) -> Proposal {
        let mission = looked.mission();
        let missing = mission.missing(subject);
        let why = |m: &mission::consent::Missing| Missing { party: m.party().map(str::to_owned), why: in_words(m) };
        Proposal {
            id: subject.id.clone(),
            entry: subject.entry,
            at: written(subject.at),
            by: subject.by.clone(),
            party: subject.party.clone(),
            proposal: json!(subject.proposal),
            needs: subject.needs.clone(),
            stage: mission.stage(subject).as_str(),
            published: mission.published.contains(&subject.id),
            missing: missing.iter().map(why).collect(),
            stands_without_consent: subject.stands_without_consent(),
            answers: subject.answers.iter().map(Answer::new).collect(),
            executed: subject.executed.as_ref().map(Step::new),
            ended: subject.ended.as_ref().map(Step::new),
            dropped: subject.dropped.as_ref().map(Step::new),
        }
    }
}

/// A party's words, or a note of the mission.
#[derive(Serialize)]
pub(crate) struct Word {
    pub(crate) id: String,
    entry: u64,
    at: String,
    by: String,
    party: Option<String>,
    to: Vec<String>,
    about: Option<String>,
    words: String,
}

impl Word {
    pub(crate) fn new(word: &book::Word) -> Word {
        let book::Word { entry, at, by, party, to, about, words } = word.clone();
        Word { id: entry.to_string(), entry, at: written(at), by, party, to, about, words }
    }
}

/// A field report.
#[derive(Serialize)]
pub(crate) struct FieldReport {
    pub(crate) id: String,
    entry: u64,
    at: String,
    by: String,
    kind: &'static str,
    published: bool,
    report: Value,
    sector: Option<Value>,
}

impl FieldReport {
    pub(crate) fn new(looked: &Looked, told: &Told) -> FieldReport {
        FieldReport {
            id: told.document.clone(),
            entry: told.entry,
            at: written(told.at),
            by: told.by.clone(),
            kind: desk::field::kind(&told.report),
            published: looked.mission().published.contains(&told.document),
            report: json!(told.report),
            sector: Sector::of(&told.report).map(|s| s.geojson()),
        }
    }
}

/// An allegation and what was found of it.
#[derive(Serialize)]
pub(crate) struct Allegation {
    pub(crate) id: String,
    entry: u64,
    at: String,
    by: String,
    party: Option<String>,
    allegation: Value,
    state: &'static str,
    steps: Vec<Line>,
    finding: Option<Value>,
    waits: Vec<String>,
    published: bool,
}

#[derive(Serialize)]
struct Line {
    step: String,
    entry: u64,
    on: String,
    by: String,
    party: Option<String>,
    told: String,
}

impl Allegation {
    pub(crate) fn new(looked: &Looked, case: &Case) -> Allegation {
        let told = shown(looked, case);
        let put = looked.sight().finding(case);
        let line = |t: &mission::verification::Taken| Line {
            step: t.step.as_str().to_owned(),
            entry: t.done.entry,
            on: written(t.done.on),
            by: t.done.by.clone(),
            party: t.party.clone(),
            told: step(looked, t).words,
        };
        Allegation {
            id: told.id,
            entry: told.entry,
            at: written(case.at),
            by: case.by.clone(),
            party: case.party.clone(),
            allegation: json!(case.allegation),
            state: told.state,
            steps: looked.sight().steps(case).into_iter().map(line).collect(),
            finding: case.finding().filter(|_| put).map(|f| json!(f)),
            waits: told.waits.into_iter().map(|(words, _)| words).collect(),
            published: looked.mission().published.contains(&case.id),
        }
    }
}

/// Counts of exchanges.
#[derive(Default, Serialize)]
pub(crate) struct Exchanges {
    lists: Vec<List>,
    handovers: Vec<Handover>,
    held_left: Value,
    remains_left: Value,
}

#[derive(Serialize)]
struct List {
    entry: u64,
    at: String,
    side: String,
    counts: Vec<String>,
}

#[derive(Serialize)]
struct Handover {
    entry: u64,
    at: String,
    side: String,
    what: &'static str,
    count: usize,
    through: String,
    exchange: String,
}

impl Exchanges {
    pub(crate) fn new(looked: &Looked) -> Exchanges {
        let left = |category| json!(looked.mission().left(category));
        let lists =
            lists(looked).into_iter().map(|l| List { entry: l.entry, at: l.at, side: l.side, counts: l.counts });
        let handed = handovers(looked).into_iter().map(|h| {
            let HandedOver { at, entry, side, what, count, through, exchange } = h;
            Handover { entry, at, side, what, count, through, exchange }
        });
        Exchanges {
            lists: lists.collect(),
            handovers: handed.collect(),
            held_left: left(Category::Held),
            remains_left: left(Category::Remains),
        }
    }
}

/// The mission's daily or weekly report.
#[derive(Serialize)]
pub(crate) struct MissionReport {
    day: String,
    title: String,
    span: String,
    sections: Vec<Value>,
}

impl MissionReport {
    pub(crate) fn new(day: Date, laid: Laid) -> MissionReport {
        let section = |s: mission::report::Section| {
            let lines: Vec<Value> = s.lines.iter().map(|l| json!({"words": l.words, "below": l.below})).collect();
            let table = s.table.map(|(heads, rows)| json!({"heads": heads, "rows": rows}));
            json!({"title": s.title, "table": table, "lines": lines, "note": s.note})
        };
        let Laid { title, span, sections } = laid;
        MissionReport { day: day.to_string(), title, span, sections: sections.into_iter().map(section).collect() }
    }
}

/// What became of what was sent.
#[derive(Serialize)]
pub(crate) struct Kept {
    pub(crate) id: String,
    pub(crate) entry: u64,
    pub(crate) is_new: bool,
}
