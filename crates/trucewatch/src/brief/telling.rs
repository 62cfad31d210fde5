//! An incident told: every side's voice beside the others, the accuser first, then the accused, then the rest.

use crate::claim::{Claim, Mode};
use crate::incident::{Incident, Record, is_accusation};
use crate::pack::PartyId;

use super::line::{Line, LineBuilder, Page};
use super::quotation::{follows, quotations};
use super::voice::{self, Heard};
use super::{speaker, words};

/// Quotations that one voice gets in an entry, at most; the rest is cited.
const TOLD: usize = 4;

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
    let start = format!("{} accused each other of {doing}: ", words::capital(&words::list(&names)));
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
    // a reprint is cited behind what it reprints
    for (_, list) in &mut voices {
        list.sort_by_key(|c| record.source(c).is_some_and(|s| s.copy_of.is_some()));
    }
    voices.sort_by_key(|(_, list)| list.iter().map(|c| rank(c)).min());
    voices.into_iter().map(|(_, list)| list).collect()
}

/// A party has one voice; outlets and others have one each.
fn voice_of(record: &Record<'_>, claim: &Claim) -> String {
    let party = claim.speaker.value.party.as_ref().filter(|p| !p.is_bystander());
    party.map_or_else(|| speaker::name(record, first_printed(record, claim)), PartyId::to_string)
}

/// What an outlet says in its own words is that of the outlet whose report it reprints, where that is read too.
fn first_printed<'c>(record: &Record<'c>, claim: &'c Claim) -> &'c Claim {
    let Some(copy) = record.source(claim).and_then(|s| s.copy_of.as_ref()) else { return claim };
    let same = |c: &&&Claim| c.document == copy.first && record.quote(c) == record.quote(claim);
    record.claims().iter().find(same).copied().unwrap_or(claim)
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

/// One voice's claims: the different ones told, a sentence a speaker, the rest cited.
fn told(page: &mut Page<'_>, claims: &[&Claim], heard: &mut Heard) -> Vec<Line> {
    let record = page.record;
    let kept = distinct(record, claims);
    let mut lines = Vec::new();
    let name = |kept: &Kept<'_>| speaker::name(record, kept.0);
    let shown = kept.get(..TOLD.min(kept.len())).unwrap_or(&[]);
    for of_one in shown.chunk_by(|a, b| name(a) == name(b)) {
        lines.extend(one_speaker(page, of_one, heard));
    }
    lines.extend(beyond(page, kept.get(TOLD..).unwrap_or(&[])));
    lines
}

/// "Orlava's envoy said: “a”\[1\] and “b”\[2\], and called for talks: “c”\[3\]."
fn one_speaker(page: &mut Page<'_>, claims: &[Kept<'_>], heard: &mut Heard) -> Option<Line> {
    let (first, _) = claims.first()?;
    let mut line = LineBuilder::new(words::capital(&speaker::name(page.record, first)));
    let did: Vec<(&[Kept<'_>], String)> =
        of_one_quotation(page.record, claims).into_iter().map(|told| (told, did(page.record, told, heard))).collect();
    for (i, group) in did.chunk_by(|(_, a), (_, b)| a == b).enumerate() {
        let Some((_, did)) = group.first() else { continue };
        line = line.say(format!("{} {did}: ", if i == 0 { "" } else { ", and" }));
        line = quotes(page, line, &group.iter().flat_map(|(told, _)| told.iter()).collect::<Vec<_>>());
    }
    line.say(".").build().ok()
}

/// Claims in runs that are quoted together.
fn of_one_quotation<'k, 'a>(record: &Record<'_>, claims: &'k [Kept<'a>]) -> Vec<&'k [Kept<'a>]> {
    claims.chunk_by(|(a, _), (b, _)| follows(record, a, b)).collect()
}

/// What a speaker did by words that carry several claims: "accused Orlava of shelling and of causing damage".
fn did(record: &Record<'_>, claims: &[Kept<'_>], heard: &mut Heard) -> String {
    let mut all: Vec<String> = Vec::new();
    for (claim, _) in claims {
        let did = voice::did(record, claim, heard);
        heard.hear(claim);
        if !all.contains(&did) {
            all.push(did);
        }
    }
    // what was said besides what was done by saying it adds nothing
    let plain = |did: &String| matches!(did.as_str(), "said" | "said, in the report's words" | "reported");
    if all.iter().any(|did| !plain(did)) {
        all.retain(|did| !plain(did));
    } else {
        all.truncate(1);
    }
    let charge = all.first().and_then(|did| did.find(" of ")).map_or(0, |at| at + " of ".len());
    let shared = all.first().and_then(|did| did.get(..charge)).unwrap_or("").to_owned();
    if charge > 0 && all.len() > 1 && all.iter().all(|did| did.starts_with("accused ") && did.starts_with(&shared)) {
        let doing: Vec<&str> = all.iter().filter_map(|did| did.strip_prefix(&shared)).collect();
        return format!("{shared}{}", words::list(&doing));
    }
    words::list(&all)
}

/// A claim with others of the same voice that say the same, in other documents or within the same words.
type Kept<'a> = (&'a Claim, Vec<&'a Claim>);

fn distinct<'a>(record: &Record<'a>, claims: &[&'a Claim]) -> Vec<Kept<'a>> {
    let mut kept: Vec<Kept<'a>> = Vec::new();
    for claim in claims {
        match kept.iter_mut().find(|(first, _)| says_the_same(record, first, claim)) {
            Some((first, more)) if first.document == claim.document && claim.span.holds(first.span) => {
                more.push(std::mem::replace(first, claim));
            }
            Some((_, more)) => more.push(claim),
            None => kept.push((claim, Vec::new())),
        }
    }
    kept
}

/// Whether the second claim adds nothing to the first: words within its words, or the same claim or the same words to
/// the same end in another document.
fn says_the_same(record: &Record<'_>, a: &Claim, b: &Claim) -> bool {
    let actors = |c: &Claim| c.actors.iter().map(|p| p.value.clone()).collect::<Vec<_>>();
    let core = |c: &Claim| (c.kind.value, c.mode.value, c.aspect.as_ref().map(|a| a.value), actors(c));
    let shared = a.span.end.min(b.span.end).saturating_sub(a.span.start.max(b.span.start));
    let nested = a.document == b.document && 2 * shared > a.span.len().min(b.span.len());
    let same = core(a) == core(b) && a.figures.is_empty() == b.figures.is_empty();
    let reprinted = || a.mode.value == b.mode.value && record.quote(a) == record.quote(b);
    nested || a.document != b.document && (same || reprinted())
}

/// The quotations of claims that one sentence introduces: “a”\[1\] and “b”\[2\].
fn quotes(page: &mut Page<'_>, mut line: LineBuilder, group: &[&Kept<'_>]) -> LineBuilder {
    let told: Vec<&Claim> = group.iter().map(|(claim, _)| *claim).collect();
    let quoted = quotations(page.record, &told);
    let last = quoted.len();
    for (i, quotation) in quoted.into_iter().enumerate() {
        if i > 0 {
            line = line.say(if i + 1 == last { " and " } else { ", " });
        }
        line = line.quote_once(page, quotation.words, &quotation.claims);
        let is_here = |kept: &&&Kept<'_>| quotation.claims.iter().any(|c| c.id == kept.0.id);
        for claim in group.iter().filter(is_here).flat_map(|(_, more)| more) {
            line = line.cite(page, claim);
        }
        line = quotation.claims.iter().fold(line, |line, claim| doubt(line, claim));
    }
    line
}

fn doubt(line: LineBuilder, claim: &Claim) -> LineBuilder {
    match &claim.garbled {
        Some(why) if why.value.is_empty() => line.say(" (doubtful wording)"),
        Some(why) => line.say(format!(" (doubtful wording: {})", why.value)),
        None => line,
    }
}

/// What a voice says beyond what is told in full: footnotes only.
fn beyond(page: &mut Page<'_>, kept: &[Kept<'_>]) -> Option<Line> {
    let line = LineBuilder::new("More by the same voice");
    let line = kept.iter().fold(line, |line, (claim, _)| line.cite(page, claim));
    (!kept.is_empty()).then(|| line.say(".").build().ok()).flatten()
}
