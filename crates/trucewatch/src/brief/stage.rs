//! Where a promised step stands, in words: what it is, its state, by whose word, against whose.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::claim::Claim;
use crate::figure::{Counted, Figure};
use crate::incident::Record;
use crate::pack::{Knowledge, PartyId};
use crate::process::{Process, Stand, State, Topic};
use crate::when::{Interval, Point};

use super::line::{Basis, Line, LineBuilder, Nil, Page};
use super::{happened, speaker, tolls, words};

static STATES: LazyLock<BTreeMap<String, BTreeMap<String, String>>> =
    LazyLock::new(|| toml::from_str(include_str!("steps.toml")).unwrap_or_default());

/// Heading of a kind of step.
pub(super) fn heading(topic: Topic) -> &'static str {
    match topic {
        Topic::Truce => "Ceasefires",
        Topic::Withdrawal => "Withdrawal",
        Topic::Exchange => "Exchange of prisoners and bodies",
        Topic::Deployment => "Observers, peacekeepers and other forces",
        Topic::Monitoring => "Monitoring and inquiry",
        Topic::Delimitation => "Delimiting the border",
        Topic::Access => "Roads and access",
        Topic::CarryingOut => "Carrying out what was agreed",
        Topic::Help => "Help to a side",
        Topic::Talks => "Talks",
        Topic::Mediation => "Mediation",
    }
}

/// "Observers of Ilmeria, Hollin: proposed; no report says that it was agreed. Vesk is against it."
pub(super) fn stands(record: &Record<'_>, process: &Process) -> Option<Line> {
    let days = span(record, process).map(|days| format!(" ({days})")).unwrap_or_default();
    let (title, state) = (title(record, process), state(record, process));
    let text = format!("{title}{days}: {state}.{}", against(record, process));
    LineBuilder::new(text).resting_on(process.claims().map(str::to_owned)).build().ok()
}

/// From the first to the last time of which its claims speak, as precisely as they do.
fn span(record: &Record<'_>, process: &Process) -> Option<String> {
    let dated = process.steps.iter().filter_map(|s| Some((s.day?, precise(record.claim(&s.claim)?, s.day?))));
    let points: Vec<(Date, Point)> = dated.collect();
    let (_, first) = points.iter().min_by_key(|(day, _)| *day)?;
    let (_, last) = points.iter().max_by_key(|(day, _)| *day)?;
    Some(Interval::in_words(Interval { start: Some(*first), end: Some(*last), approx: false }))
}

/// The point of a claim's date that meant a day, where that is a month or a year; else the day.
fn precise(claim: &Claim, day: Date) -> Point {
    let date = claim.date.as_ref().map(|d| d.value);
    let points = date.into_iter().flat_map(|d| [d.end, d.start]).flatten();
    let wide =
        |p: &Point| matches!(p, Point::Month(..) | Point::Year(_)) && p.first_day() <= day && day <= p.last_day();
    points.into_iter().find(wide).unwrap_or(Point::Day(day))
}

/// The state with those who say that it holds: "in place, Vesk says, and Orlava confirms it".
pub(super) fn state(record: &Record<'_>, process: &Process) -> String {
    let state = STATES.get(process.topic.as_str()).and_then(|of| of.get(process.state.as_str()));
    let state = state.map_or_else(|| process.state.as_str().to_owned(), Clone::clone);
    if process.state <= State::Agreed {
        return state;
    }
    let named: Vec<&PartyId> = process.said_by.iter().filter(|p| !p.is_bystander()).collect();
    match named.as_slice() {
        [] => format!("{state}, as outlets have it"),
        [one] => format!("{state}, by the word of {}", speaker::party(record.knowledge(), one)),
        [first, rest @ ..] => {
            let first = speaker::party(record.knowledge(), first);
            format!("{state}, by the word of {first}, confirmed by {}", names(record.knowledge(), rest))
        }
    }
}

/// Who disputes it and who is against it.
fn against(record: &Record<'_>, process: &Process) -> String {
    let named = |all: &[PartyId]| -> Vec<PartyId> { all.iter().filter(|p| !p.is_bystander()).cloned().collect() };
    let (disputed, refused) = (named(&process.disputed_by), named(&process.refused_by));
    let list = |all: &[PartyId]| words::capital(&names(record.knowledge(), &all.iter().collect::<Vec<_>>()));
    let verb = |all: &[PartyId], one: &str, many: &str| if all.len() == 1 { one.to_owned() } else { many.to_owned() };
    let mut out = String::new();
    if !disputed.is_empty() {
        let disputes = match process.state {
            State::Named | State::Sought | State::Agreed => {
                verb(&disputed, "says that it was not done", "say that it was not done")
            }
            _ => verb(&disputed, "disputes this", "dispute this"),
        };
        out.push_str(&format!(" {} {disputes}.", list(&disputed)));
    }
    if !refused.is_empty() {
        out.push_str(&format!(" {} {} against it.", list(&refused), verb(&refused, "is", "are")));
    }
    out
}

fn names(knowledge: &Knowledge, parties: &[&PartyId]) -> String {
    words::list(&parties.iter().map(|p| speaker::party(knowledge, p)).collect::<Vec<_>>())
}

/// What a step is: "Peacekeepers of Ilmeria, Kethra", "Talks between Vesk and Orlava, with Ilmeria".
pub(super) fn title(record: &Record<'_>, process: &Process) -> String {
    let thing = &process.thing;
    let by = names(record.knowledge(), &thing.by.iter().collect::<Vec<_>>());
    let of = |what: &str, word: &str| if by.is_empty() { what.to_owned() } else { format!("{what} {word} {by}") };
    let between = |what: &str| match thing.by.len() {
        0 => what.to_owned(),
        1 => format!("{what} with {by}"),
        _ => format!("{what} between {by}"),
    };
    match process.topic {
        Topic::Truce if thing.peace => between("A peace"),
        Topic::Truce => between("A ceasefire"),
        Topic::Withdrawal => of("Withdrawal", "by"),
        Topic::Exchange => between("Exchange"),
        Topic::Deployment => {
            let force = thing.force.map_or("forces", crate::process::Force::as_str);
            placed(process, &words::capital(&of(force, "of")))
        }
        Topic::Monitoring => placed(process, &of("Monitoring", "by")),
        Topic::Delimitation => between("The border line"),
        Topic::Access => thing.route.as_ref().map_or_else(|| between("Roads and supplies"), |r| words::capital(r)),
        Topic::CarryingOut => of("What was agreed, carried out", "by"),
        Topic::Help => help(record.knowledge(), process, &of("Help", "of")),
        Topic::Talks => talks(record.knowledge(), process, &between("Talks")),
        Topic::Mediation => of("Mediation", "by"),
    }
}

fn placed(process: &Process, title: &str) -> String {
    let area = process.details.areas.first().map(|(name, _)| format!(", {name}")).unwrap_or_default();
    format!("{title}{area}")
}

fn help(knowledge: &Knowledge, process: &Process, title: &str) -> String {
    let to: Vec<&PartyId> = process.thing.to.iter().filter(|p| !process.thing.by.contains(p)).collect();
    let to = names(knowledge, &to);
    if to.is_empty() { title.to_owned() } else { format!("{title} to {to}") }
}

fn talks(knowledge: &Knowledge, process: &Process, title: &str) -> String {
    let with = names(knowledge, &process.details.mediators.iter().map(|(p, _)| p).collect::<Vec<_>>());
    if with.is_empty() { title.to_owned() } else { format!("{title}, with {with}") }
}

/// Consents, what must come first, strength, level and outcome.
pub(super) fn details(page: &mut Page<'_>, process: &Process) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    lines.extend(needed(page, process));
    lines.extend(unheard(page.record, process));
    lines.extend(strength(page, process));
    lines.extend(outcome(page.record, process));
    lines
}

/// "What must come first, says Orlava: “…”."
fn needed(page: &mut Page<'_>, process: &Process) -> Vec<Line> {
    let record = page.record;
    let of_one = |page: &mut Page<'_>, (by, id): (Option<&PartyId>, &String)| {
        let claim = record.claim(id)?;
        let who = by.map(|p| format!(" for {}", speaker::party(record.knowledge(), p))).unwrap_or_default();
        LineBuilder::new(format!("What must come first{who}: ")).quote(page, claim).say(".").build().ok()
    };
    let needs: Vec<(Option<&PartyId>, &String)> =
        process.conditions.iter().flat_map(|c| c.needs.iter().map(move |id| (c.by.as_ref(), id))).collect();
    needs.into_iter().filter_map(|need| of_one(page, need)).collect()
}

/// Parties whose word is needed and was not read.
fn unheard(record: &Record<'_>, process: &Process) -> Option<Line> {
    let unheard = process.details.consents.iter().filter(|c| c.stand == Stand::Unheard);
    let parties: Vec<&PartyId> = unheard.map(|c| &c.party).collect();
    let text = format!(
        "It hangs on the word of {}, and none of it was found in the reports read.",
        names(record.knowledge(), &parties)
    );
    (!parties.is_empty()).then(|| LineBuilder::new(text).by(Basis::Nil(Nil::NothingReported)).build().ok()).flatten()
}

/// "Strength: about 2,000."
fn strength(page: &mut Page<'_>, process: &Process) -> Option<Line> {
    let wanted = |what: Counted| match process.topic {
        Topic::Deployment => matches!(what, Counted::Personnel | Counted::Posts),
        Topic::Withdrawal => matches!(what, Counted::Personnel | Counted::Posts | Counted::Vehicles),
        Topic::Exchange => matches!(what, Counted::Bodies | Counted::Captured | Counted::Returned | Counted::Personnel),
        _ => false,
    };
    let record = page.record;
    let mut line = LineBuilder::new(if process.topic == Topic::Exchange { "Counts: " } else { "Strength: " });
    let mut told: Vec<(String, Vec<&Claim>)> = Vec::new();
    for (id, figure) in process.details.counts.iter().filter(|(_, f)| wanted(f.what)) {
        let Some(claim) = record.claim(id).filter(|c| !is_of_a_row(record, c, figure)) else { continue };
        let count = tolls::count(record, claim, figure, &process.thing.by);
        match told.iter_mut().find(|(c, _)| *c == count) {
            Some((_, claims)) => claims.push(claim),
            None => told.push((count, vec![claim])),
        }
    }
    for (i, (count, claims)) in told.iter().enumerate() {
        line = line.say(format!("{}{count}", if i == 0 { "" } else { "; " }));
        line = claims.iter().fold(line, |line, claim| line.cite(page, claim));
    }
    (!told.is_empty()).then(|| line.say(".").build().ok()).flatten()
}

/// "Walked across in groups of five": how many went at a time is no count of them.
fn is_of_a_row(record: &Record<'_>, claim: &Claim, figure: &Figure) -> bool {
    let Some(source) = record.source(claim) else { return false };
    let (_, sentence) = source.sentence(claim.span);
    let before = source.words(sentence).get(..figure.span.start.saturating_sub(sentence.start)).unwrap_or("");
    ["groups of", "batches of", "columns of", "rows of", "parties of"]
        .iter()
        .any(|row| before.trim_end().ends_with(row))
}

/// Agreements that talks led to, by the records of packs.
fn outcome(record: &Record<'_>, process: &Process) -> Option<Line> {
    let titles: Vec<String> =
        process.details.outcomes.iter().map(|id| format!("the {}", happened::title(record, id))).collect();
    let text = format!("What was made on those days, by its record: {}.", words::list(&titles));
    let first = process.details.outcomes.first()?.clone();
    LineBuilder::new(text).by(Basis::Agreement(first)).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_step_has_words_for_its_states() {
        for topic in Topic::ALL {
            for state in [State::Named, State::Sought, State::Agreed, State::Underway, State::Ended] {
                assert!(STATES[topic.as_str()].contains_key(state.as_str()), "{topic:?} {state:?}");
            }
            let lasting = STATES[topic.as_str()].contains_key("done");
            assert!(lasting || topic == Topic::Truce);
        }
    }
}
