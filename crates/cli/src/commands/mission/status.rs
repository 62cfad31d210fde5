//! `trucewatch mission status`: what stands, what is missing, who waits for whom.

use std::io::Write;
use std::path::Path;

use desk::decide::flat;
use jiff::Timestamp;
use line::watch::Watch;
use mission::book::{Mission, Word, in_words, short};
use mission::consent::{Done, Given};
use mission::watch::Planned;
use mission::{Book, Mandate, Subject, Viewer};
use serde_json::{Value, json};

use super::replayed;
use crate::args::books::{AsOf, Format};
use crate::commands::border::degrees;
use crate::failure::{Exit, Failure};

/// Prints every mission of the ledger as somebody may see it.
pub(super) fn run(
    viewer: &Viewer,
    format: Format,
    as_of: AsOf,
    ledger: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let book = replayed(as_of, ledger)?;
    if book.missions.is_empty() {
        return Err(desk::mission::no_mission().into());
    }
    match format {
        Format::Json => writeln!(out, "{:#}", whole(&book, viewer))?,
        Format::Text => {
            for (id, mission) in &book.missions {
                print(id, mission, viewer, out)?;
            }
        }
    }
    Ok(Exit::Done)
}

fn print(id: &str, mission: &Mission, viewer: &Viewer, out: &mut dyn Write) -> Result<(), Failure> {
    let sight = mission.sight(viewer);
    if let Some(mandate) = mission.mandate().filter(|_| sight.mandate()) {
        writeln!(out, "{id}  {}", heading(mandate))?;
    }
    for subject in sight.subjects() {
        block(mission, subject, out)?;
    }
    for plan in sight.plans() {
        let (on, posts) = (flat(&plan.plan.line), plan.plan.watch.len());
        let proof = if plan.plan.is_best() { "proven best" } else { "not proven best" };
        writeln!(out, "\n{}  plan of {posts} posts on {on}, {proof}, entry {}", short(&plan.id), plan.entry)?;
    }
    for word in sight.words() {
        let on = word.about.as_deref().map(|id| format!(" on {}", short(id))).unwrap_or_default();
        let who = word.party.as_deref().unwrap_or("the mission, for itself");
        writeln!(out, "\nentry {}, {}, {who}{on}: “{}”", word.entry, time(word.at), flat(&word.words))?;
    }
    Ok(())
}

fn heading(mandate: &Mandate) -> String {
    let until = mandate.until.map_or_else(|| "open".to_owned(), |day| day.to_string());
    let strength = mandate.strength.map(|n| format!(", at most {n} people")).unwrap_or_default();
    format!(
        "{}, between {}, {} to {until}{strength}",
        flat(&mandate.title),
        mandate.parties.join(" and "),
        mandate.from
    )
}

fn block(mission: &Mission, subject: &Subject, out: &mut dyn Write) -> Result<(), Failure> {
    let proposal = &subject.proposal;
    let stage = mission.stage(subject).as_str();
    writeln!(out, "\n{}  {}  {}  {stage}", short(&subject.id), proposal.subject, flat(&proposal.title))?;
    let place = proposal.place.as_ref().map(|p| format!(", at {}", flat(p))).unwrap_or_default();
    let host = proposal.host.as_ref().map(|h| format!(", controlled by {h}")).unwrap_or_default();
    let by = flat(&subject.by);
    writeln!(out, "  entry {}, {}, proposed by {by}{place}{host}", subject.entry, time(subject.at))?;
    for watch in &proposal.watch {
        writeln!(out, "  {}", watching(watch))?;
    }
    if let Some((segment, drawn)) = proposal.segment.as_ref().zip(proposal.drawn.as_ref()) {
        let points = drawn.line.len();
        writeln!(out, "  for segment {segment}, drawn on {}, {points} points", flat(&drawn.map))?;
    }
    for given in &subject.answers {
        writeln!(out, "  entry {}, {}, {}", given.entry, time(given.at), answer(given))?;
    }
    let steps = [("carried out", &subject.executed), ("ended", &subject.ended), ("dropped", &subject.dropped)];
    for (word, done) in steps.iter().filter_map(|(word, done)| Some((word, done.as_ref()?))) {
        writeln!(out, "  entry {}, {}, {word}{}", done.entry, time(done.on), said(done))?;
    }
    for line in waits(mission, subject) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

/// "post-9, a post at 45.29000 S 124.90000 W, sees 5 km, 06:00-18:00".
fn watching(watch: &Watch) -> String {
    let places = watch.eyes();
    let at = places.first().map(|&at| format!(" at {}", degrees(at))).unwrap_or_default();
    let hours: Vec<String> = watch.hours.iter().map(|h| String::from(*h)).collect();
    let hours = if hours.is_empty() { "all day".to_owned() } else { hours.join(" and ") };
    format!("{}, a {}{at}, sees {} km, {hours}", watch.id, watch.kind.as_str(), watch.reach_km)
}

fn answer(given: &Given) -> String {
    let words = if given.words.is_empty() { String::new() } else { format!(": “{}”", flat(&given.words)) };
    let signed = given.signed.as_ref().map(|name| format!(", signed by the key `{name}`")).unwrap_or_default();
    format!("{} {}{signed}{words}", given.party, given.answer.as_str())
}

fn said(done: &Done) -> String {
    let words = if done.words.is_empty() { String::new() } else { format!(": “{}”", flat(&done.words)) };
    format!(", says {}{words}", flat(&done.by))
}

/// What keeps a thing from being agreed, and whose turn it is.
fn waits(mission: &Mission, subject: &Subject) -> Vec<String> {
    use mission::Stage::{Agreed, Dropped, Ended, Executed, Open};
    let missing = mission.missing(subject);
    match mission.stage(subject) {
        Open => missing.iter().map(|m| format!("waits: {}", in_words(m))).collect(),
        Executed => missing.iter().map(|m| format!("stands without consent: {}", in_words(m))).collect(),
        Agreed if subject.needs.is_empty() => vec!["needs nobody's consent; waits to be carried out".to_owned()],
        Agreed => vec!["every consent is there; waits to be carried out".to_owned()],
        Ended | Dropped => Vec::new(),
    }
}

/// A time to the minute, universal.
fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn whole(book: &Book, viewer: &Viewer) -> Value {
    let mission = |(id, mission): (&String, &Mission)| {
        let sight = mission.sight(viewer);
        let subjects: Vec<Value> = sight.subjects().map(|s| subject_json(mission, s)).collect();
        let words: Vec<Value> = sight.words().map(word_json).collect();
        let plan = |p: &Planned| json!({"id": p.id, "entry": p.entry, "at": p.at, "by": p.by, "plan": p.plan});
        let plans: Vec<Value> = sight.plans().map(plan).collect();
        json!({"id": id, "mandate": mission.mandate().filter(|_| sight.mandate()), "mandated": mission.is_mandated(), "subjects": subjects, "plans": plans, "words": words})
    };
    json!({"missions": book.missions.iter().map(mission).collect::<Vec<_>>()})
}

fn subject_json(mission: &Mission, subject: &Subject) -> Value {
    let answer = |g: &Given| json!({"entry": g.entry, "at": g.at, "party": g.party, "answer": g.answer, "words": g.words, "signed": g.signed});
    let done =
        |d: &Option<Done>| d.as_ref().map(|d| json!({"entry": d.entry, "on": d.on, "by": d.by, "words": d.words}));
    let missing: Vec<Value> =
        mission.missing(subject).iter().map(|m| json!({"party": m.party(), "why": in_words(m)})).collect();
    json!({
        "id": subject.id,
        "entry": subject.entry,
        "at": subject.at,
        "by": subject.by,
        "party": subject.party,
        "proposal": subject.proposal,
        "needs": subject.needs,
        "stage": mission.stage(subject).as_str(),
        "published": mission.published.contains(&subject.id),
        "missing": missing,
        "stands-without-consent": subject.stands_without_consent(),
        "answers": subject.answers.iter().map(answer).collect::<Vec<_>>(),
        "executed": done(&subject.executed),
        "ended": done(&subject.ended),
        "dropped": done(&subject.dropped),
    })
}

fn word_json(word: &Word) -> Value {
    json!({"entry": word.entry, "at": word.at, "by": word.by, "party": word.party, "to": word.to, "about": word.about, "words": word.words})
}
