//! How the brief names who speaks: with the office that they held that day, or as the report names them.

use crate::claim::Claim;
use crate::incident::Record;
use crate::pack::{Knowledge, Official, PartyId, PartyKind};
use crate::when::Interval;

use super::words;

/// Who says a claim, in words that can begin a sentence in the middle: "Vesk", "Vesk's foreign minister Ada Lorn",
/// "the Veskan defence ministry", "a report of 7 March 2031".
pub(super) fn name(record: &Record<'_>, claim: &Claim) -> String {
    let speaker = &claim.speaker.value;
    let said = match speaker.party.as_ref().map(PartyId::as_str) {
        Some(PartyId::MEDIA) if speaker.name == NARRATOR => outlet(record, claim),
        Some(PartyId::MEDIA | PartyId::OTHER) | None => speaker.name.clone(),
        Some(_) => of_party(record, claim),
    };
    let said = within(&said);
    let via = claim.via.iter().map(|v| v.value.as_str()).filter(|v| !said.contains(v));
    let via: Vec<String> = via.map(with_article).collect();
    if via.is_empty() { said } else { format!("{said} (through {})", words::list(&via)) }
}

/// A name as it stands within a sentence: "The ministry" is the ministry.
fn within(name: &str) -> String {
    name.strip_prefix("The ").map_or_else(|| name.to_owned(), |rest| format!("the {rest}"))
}

/// What the codebook calls an outlet's own voice.
pub(super) const NARRATOR: &str = "narrator";

/// The outlet by its name, or its report by its day.
fn outlet(record: &Record<'_>, claim: &Claim) -> String {
    let Some(source) = record.source(claim) else { return "a report".to_owned() };
    let day = source.published.map(|p| format!("a report of {}", Interval::in_words(p)));
    source.outlet.clone().or(day).unwrap_or_else(|| "an undated report".to_owned())
}

/// A party's title as it stands within a sentence: "Vesk", "the Joint Line Mission", "the de-facto authorities of …".
pub(super) fn party(knowledge: &Knowledge, id: &PartyId) -> String {
    let title = knowledge.title(id);
    let several = title.contains(' ');
    match knowledge.parties().find(|p| p.id == *id).map(|p| p.kind) {
        Some(PartyKind::Authority) => format!("the {}", lower_first(title)),
        Some(PartyKind::Body | PartyKind::ArmedGroup) if several => format!("the {title}"),
        Some(PartyKind::State) if ARTICLE.iter().any(|word| title.contains(word)) => format!("the {title}"),
        Some(PartyKind::People) => lower_first(title),
        _ => title.to_owned(),
    }
}

/// A voice within a sentence: a party by its title, outlets and others as such.
pub(super) fn voice(knowledge: &Knowledge, id: &PartyId) -> String {
    match id.as_str() {
        PartyId::MEDIA => "outlets".to_owned(),
        PartyId::OTHER => "others".to_owned(),
        _ => party(knowledge, id),
    }
}

/// Words in the names of states that take an article.
const ARTICLE: [&str; 9] =
    ["United ", "Kingdom", "Republic", "Union", "Emirates", "Netherlands", "Philippines", "Bahamas", "Maldives"];

/// The same title with a small first letter, unless its first word is a name.
fn lower_first(title: &str) -> String {
    let common =
        ["De-facto", "De facto", "Government", "Government's", "People", "Authorities", "Forces", "Separatist"];
    match common.iter().find(|word| title.starts_with(*word)) {
        Some(_) => title.chars().take(1).flat_map(char::to_lowercase).chain(title.chars().skip(1)).collect(),
        None => title.to_owned(),
    }
}

fn of_party(record: &Record<'_>, claim: &Claim) -> String {
    let speaker = &claim.speaker.value;
    let knowledge = record.knowledge();
    let Some(id) = &speaker.party else { return speaker.name.clone() };
    let known_as = |names: &[String]| names.iter().any(|n| n.eq_ignore_ascii_case(bare(&speaker.name)));
    let entry = knowledge.parties().find(|p| p.id == *id);
    if speaker.name == NARRATOR
        || entry.is_some_and(|p| p.title == speaker.name || known_as(&p.names) || known_as(&p.seats))
    {
        return party(knowledge, id);
    }
    if let Some(official) = official(record, claim) {
        return format!("{} {} {}", possessive(&party(knowledge, id)), official.office, speaker.name);
    }
    if entry.is_some_and(|p| p.names.iter().chain(&p.demonyms).any(|n| speaker.name.contains(n.as_str()))) {
        return body(&speaker.name);
    }
    if is_the_body(&speaker.name) && entry.is_some_and(|p| p.kind == PartyKind::Body) {
        return party(knowledge, id);
    }
    format!("{} ({})", body(&unowned(&speaker.name)), party(knowledge, id))
}

/// "Observers", "the mission": the body itself by a common noun.
fn is_the_body(name: &str) -> bool {
    matches!(bare(name).to_lowercase().as_str(), "mission" | "observers" | "monitors" | "international observers")
}

/// "Its spokesman" is a spokesman: in the brief no word says whose.
fn unowned(name: &str) -> String {
    let owners = ["its ", "his ", "her ", "their ", "our ", "my "];
    let lower = name.to_lowercase();
    match owners.iter().find(|o| lower.starts_with(*o)).and_then(|o| name.get(o.len()..)) {
        Some(rest) if rest.ends_with('s') && !rest.ends_with("ss") => rest.to_owned(),
        Some(rest) if rest.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {rest}"),
        Some(rest) => format!("a {rest}"),
        None => name.to_owned(),
    }
}

/// A ministry or office by its name, with the article that it takes within a sentence.
fn body(name: &str) -> String {
    const COMMON: [&str; 12] = [
        "Ministry",
        "Government",
        "Army",
        "Forces",
        "Office",
        "Council",
        "Embassy",
        "Presidency",
        "Parliament",
        "Service",
        "Command",
        "Staff",
    ];
    let bare = name.split(' ').next().is_some_and(|first| first.chars().next().is_some_and(char::is_uppercase));
    let is_body = COMMON.iter().any(|word| name.ends_with(word) || name.starts_with(&format!("{word} of")));
    let owned = name.split(' ').next().is_some_and(|first| first.ends_with("'s") || first.ends_with("’s"));
    if bare && is_body && !owned && !name.starts_with("The ") { format!("the {name}") } else { name.to_owned() }
}

/// A carrier named by a common noun takes an article: "a local radio station", "TASS".
fn with_article(name: &str) -> String {
    let common =
        name.chars().next().is_some_and(char::is_lowercase) && !name.starts_with("the ") && !name.starts_with("a ");
    if common { format!("a {name}") } else { name.to_owned() }
}

fn bare(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

/// "Vesk's", "the Emirates'".
pub(super) fn possessive(title: &str) -> String {
    if title.ends_with('s') { format!("{title}'") } else { format!("{title}'s") }
}

/// Who of the speaker's party has that name and held an office on the day of the claim or, where that has none, of
/// its document.
fn official<'a>(record: &Record<'a>, claim: &Claim) -> Option<&'a Official> {
    let speaker = &claim.speaker.value;
    let of_party = record.knowledge().officials().filter(|o| Some(&o.party) == speaker.party.as_ref());
    let mut named: Vec<&Official> = of_party.filter(|o| is_named(o, &speaker.name)).collect();
    let said = claim.date.as_ref().map(|d| d.value).or_else(|| record.source(claim)?.published);
    if let Some(day) = said.and_then(|d| d.last_day().or(d.first_day())) {
        named.retain(|o| o.from <= day && o.until.is_none_or(|until| day <= until));
    }
    match named.as_slice() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_named_by_a_pronoun() {
        assert_eq!(unowned("Its spokesman"), "a spokesman");
        assert_eq!(unowned("their officials"), "officials");
        assert_eq!(unowned("his adviser"), "an adviser");
        assert_eq!(unowned("the ministry"), "the ministry");
        assert!(is_the_body("The mission") && !is_the_body("the mission's head"));
    }
}
