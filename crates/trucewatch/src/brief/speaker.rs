//! How the brief names who speaks: with the office that they held that day, or as the report names them.

use crate::claim::Claim;
use crate::incident::Record;
use crate::pack::{Knowledge, Official, PartyId};

use super::words;

/// Who says a claim, in words that can begin a sentence in the middle: "Vesk", "Vesk's foreign minister Ada Lorn",
/// "the Veskan defence ministry", "one report".
pub(super) fn name(record: &Record<'_>, claim: &Claim) -> String {
    let speaker = &claim.speaker.value;
    let said = match speaker.party.as_ref().map(PartyId::as_str) {
        Some(PartyId::MEDIA) if speaker.name == NARRATOR => outlet(record, claim),
        Some(PartyId::MEDIA | PartyId::OTHER) | None => speaker.name.clone(),
        Some(_) => of_party(record, claim),
    };
    let via: Vec<&str> = claim.via.iter().map(|v| v.value.as_str()).filter(|v| !said.contains(v)).collect();
    if via.is_empty() { said } else { format!("{said} (through {})", words::list(&via)) }
}

/// What the codebook calls an outlet's own voice.
const NARRATOR: &str = "narrator";

fn outlet(record: &Record<'_>, claim: &Claim) -> String {
    let outlet = record.source(claim).and_then(|s| s.outlet.clone());
    outlet.unwrap_or_else(|| "one report".to_owned())
}

fn of_party(record: &Record<'_>, claim: &Claim) -> String {
    let speaker = &claim.speaker.value;
    let knowledge = record.knowledge();
    let Some(id) = &speaker.party else { return speaker.name.clone() };
    let title = knowledge.title(id);
    let known_as = |names: &[String]| names.iter().any(|n| n.eq_ignore_ascii_case(bare(&speaker.name)));
    let party = knowledge.parties().find(|p| p.id == *id);
    if speaker.name == NARRATOR
        || party.is_some_and(|p| p.title == speaker.name || known_as(&p.names) || known_as(&p.seats))
    {
        return title.to_owned();
    }
    if let Some(official) = official(knowledge, claim) {
        return format!("{} {} {}", possessive(title), official.office, speaker.name);
    }
    if party.is_some_and(|p| p.names.iter().chain(&p.demonyms).any(|n| speaker.name.contains(n.as_str()))) {
        return speaker.name.clone();
    }
    format!("{} ({title})", speaker.name)
}

fn bare(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

/// "Vesk's", "the Emirates'".
pub(super) fn possessive(title: &str) -> String {
    if title.ends_with('s') { format!("{title}'") } else { format!("{title}'s") }
}

/// Who of the speaker's party has that name and held an office on the day of the claim.
fn official<'a>(knowledge: &'a Knowledge, claim: &Claim) -> Option<&'a Official> {
    let speaker = &claim.speaker.value;
    let of_party = knowledge.officials().filter(|o| Some(&o.party) == speaker.party.as_ref());
    let mut named: Vec<&Official> = of_party.filter(|o| is_named(o, &speaker.name)).collect();
    if let Some(day) = claim.date.as_ref().and_then(|d| d.value.last_day().or(d.value.first_day())) {
        named.retain(|o| o.from <= day && o.until.is_none_or(|until| day <= until));
    }
    match named.as_slice() {
        [one] => Some(one),
        [first, rest @ ..] if rest.iter().all(|o| o.office == first.office) => Some(first),
        _ => None,
    }
}

fn is_named(official: &Official, name: &str) -> bool {
    let folded = fold(name);
    let surname = official.name.rsplit(' ').next().map(fold).unwrap_or_default();
    let known = std::iter::once(&official.name).chain(&official.also).chain(&official.surnames).map(|n| fold(n));
    known.chain(std::iter::once(surname)).any(|n| n == folded)
}

/// Letters in lower case and without marks.
fn fold(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c| match c {
            'á' | 'à' | 'ä' | 'ā' => 'a',
            'é' | 'è' | 'ë' | 'ə' => 'e',
            'í' | 'ı' | 'ï' => 'i',
            'ó' | 'ö' => 'o',
            'ú' | 'ü' => 'u',
            other => other,
        })
        .collect()
}
