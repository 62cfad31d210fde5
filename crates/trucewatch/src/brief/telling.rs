//! An incident told: every side's voice beside the others, the accuser first, then the accused, then the rest.

use crate::claim::{Claim, Mode};
use crate::incident::{Incident, Record, is_accusation};
use crate::pack::PartyId;

use super::line::{Line, LineBuilder, Page};
use super::voice::{self, Heard};
use super::{speaker, words};

/// Claims of one voice that are told in full, at most; the rest are cited.
const TOLD: usize = 3;

/// The sentences that tell some claims.
pub(super) fn tell(page: &mut Page<'_>, claims: &[&Claim]) -> Vec<Line> {
    let record = page.record;
    let mut heard = Heard::default();
    let mut lines = Vec::new();
    let mut left = claims.to_vec();
    while let Some((a, b)) = blame(&left) {
        left.retain(|c| c.id != a.id && c.id != b.id);
        lines.extend(each_other(page, a, b));
    }
    for voice in voices(record, &left) {
        lines.extend(told(page, &voice, &mut heard));
    }
    lines
}

/// The claims of an incident, in its order.
pub(super) fn claims_of<'a>(record: &Record<'a>, incident: &Incident) -> Vec<&'a Claim> {
    incident.members.iter().filter_map(|m| record.claim(&m.claim)).collect()
}

/// Two claims on one quote by which two parties accuse each other of one thing.
fn blame<'a>(claims: &[&'a Claim]) -> Option<(&'a Claim, &'a Claim)> {
    let other = |a: &Claim, b: &Claim| {
        let accused = |x: &Claim, y: &Claim| x.actors.iter().any(|p| Some(&p.value) == y.speaker.value.party.as_ref());
        a.document == b.document && a.span == b.span && a.kind.value == b.kind.value && accused(a, b) && accused(b, a)
    };
    let accusations: Vec<&Claim> = claims.iter().copied().filter(|c| is_accusation(c)).collect();
    accusations.iter().enumerate().find_map(|(i, a)| {
        let b = accusations.iter().skip(i + 1).find(|b| other(a, b))?;
        Some((*a, *b))
    })
}

fn each_other(page: &mut Page<'_>, a: &Claim, b: &Claim) -> Option<Line> {
    let doing = &words::phrase(a.kind.value).doing;
    let names = [speaker::name(page.record, a), speaker::name(page.record, b)];
    let start = format!("{} accuse each other of {doing}: ", words::list(&names));
    LineBuilder::new(start).quote(page, a).cite(page, b).say(".").build().ok()
}

/// Claims by who speaks: who accuses, who denies, who says so of itself, other parties, others, outlets.
fn voices<'a>(record: &Record<'_>, claims: &[&'a Claim]) -> Vec<Vec<&'a Claim>> {
    let mut voices: Vec<(String, Vec<&Claim>)> = Vec::new();
    for claim in claims {
        let who = voice_of(record, claim);
        match voices.iter_mut().find(|(w, _)| *w == who) {
            Some((_, list)) => list.push(claim),
            None => voices.push((who, vec![claim])),
        }
    }
    voices.sort_by_key(|(_, list)| list.iter().map(|c| rank(c)).min());
    voices.into_iter().map(|(_, list)| list).collect()
}

/// A party has one voice; outlets and others have one each.
fn voice_of(record: &Record<'_>, claim: &Claim) -> String {
    let party = claim.speaker.value.party.as_ref().filter(|p| !p.is_bystander());
    party.map_or_else(|| speaker::name(record, claim), PartyId::to_string)
}

fn rank(claim: &Claim) -> u8 {
    let party = claim.speaker.value.party.as_ref();
    let named = party.is_some_and(|p| !p.is_bystander());
    let yes = matches!(claim.mode.value, Mode::Asserted | Mode::Planned);
    match (named, yes) {
        (true, true) if is_accusation(claim) => 0,
        (true, true) => 1,
        (true, false) => 2,
        (false, _) if party.is_some_and(|p| p.as_str() == PartyId::OTHER) => 3,
        (false, _) => 4,
    }
}

/// One voice's claims: the different ones told, the rest cited behind the first that says the same.
fn told(page: &mut Page<'_>, claims: &[&Claim], heard: &mut Heard) -> Vec<Line> {
    let mut kept: Vec<(&Claim, Vec<&Claim>)> = Vec::new();
    for claim in claims {
        match kept.iter_mut().find(|(first, _)| says_the_same(first, claim)) {
            Some((_, more)) => more.push(claim),
            None => kept.push((claim, Vec::new())),
        }
    }
    let mut lines = Vec::new();
    let mut last = String::new();
    for (claim, more) in kept.iter().take(TOLD) {
        let start = start(page.record, claim, heard, &mut last);
        let mut line = LineBuilder::new(start).quote(page, claim);
        for claim in more {
            line = line.cite(page, claim);
        }
        lines.extend(doubt(line, claim).say(".").build().ok());
        heard.hear(claim);
    }
    for (claim, more) in kept.iter().skip(TOLD) {
        let line = LineBuilder::new("It is also on record with ").quote(page, claim);
        let line = more.iter().fold(line, |line, claim| line.cite(page, claim));
        lines.extend(line.say(".").build().ok());
    }
    lines
}

/// The sentence up to the quotation; a second one in the same words only goes on.
fn start(record: &Record<'_>, claim: &Claim, heard: &Heard, last: &mut String) -> String {
    let sentence = voice::sentence(record, claim, heard);
    if sentence == *last {
        return "Also: ".to_owned();
    }
    last.clone_from(&sentence);
    format!("{sentence}: ")
}

fn doubt(line: LineBuilder, claim: &Claim) -> LineBuilder {
    match &claim.garbled {
        Some(why) if why.value.is_empty() => line.say(" (the wording is doubtful)"),
        Some(why) => line.say(format!(" (the wording is doubtful: {})", why.value)),
        None => line,
    }
}

fn says_the_same(a: &Claim, b: &Claim) -> bool {
    let actors = |c: &Claim| c.actors.iter().map(|p| p.value.clone()).collect::<Vec<_>>();
    let core = |c: &Claim| (c.kind.value, c.mode.value, c.aspect.as_ref().map(|a| a.value), actors(c));
    a.document != b.document && core(a) == core(b) && a.figures.is_empty() == b.figures.is_empty()
}
