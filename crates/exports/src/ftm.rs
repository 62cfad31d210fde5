//! Incidents and claims as FollowTheMoney entities, a line of JSON each.
//!
//! A report is a `Document`, an incident an `Event` whose `involved` are the parties and whose `proof` are the reports. A
//! claim is a `Note` on its event: its quote, with who says it. Parties are `PublicBody` (states, de-facto authorities)
//! or `Organization`; peoples are no legal entities and only named in words. Of persons only those become a `Person` whom
//! packs list as holding an office: nobody else is made a file of.

use std::collections::{BTreeMap, BTreeSet};

use publish::v1;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use trucewatch::incident::{Incident, Source};
use trucewatch::pack::{Official, Party, PartyId, PartyKind};

use crate::matter::{Counted, Matter, Said};

/// What is shown, as entities.
#[must_use]
pub(crate) fn write(matter: &Matter<'_>) -> Vec<u8> {
    let mut all = vec![about(matter)];
    all.extend(matter.documents().into_iter().map(document));
    all.extend(parties(matter));
    all.extend(officials(matter));
    all.extend(matter.incidents.iter().map(|i| event(matter, i)));
    let mut counted = Counted::default();
    all.extend(matter.said().map(|said| claim(matter, said, counted.wire(said))));
    let lines = all.iter().map(|entity| entity.to_string() + "\n");
    lines.collect::<String>().into_bytes()
}

/// An entity: values are lists of words, and what has none is left out.
struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Entity {
    fn new(schema: &'static str, id: String) -> Entity {
        Entity { id, schema, properties: BTreeMap::new() }
    }

    fn with<T: Into<String>>(mut self, name: &'static str, values: impl IntoIterator<Item = T>) -> Entity {
        let values: BTreeSet<String> = values.into_iter().map(Into::into).filter(|v| !v.trim().is_empty()).collect();
        if !values.is_empty() {
            self.properties.entry(name).or_default().extend(values);
        }
        self
    }

    fn done(self) -> Value {
        let Entity { id, schema, properties } = self;
        let properties: Map<String, Value> = properties.into_iter().map(|(k, v)| (k.to_owned(), json!(v))).collect();
        json!({"id": id, "schema": schema, "properties": properties})
    }
}

/// An id that nobody else's entity has, of what an id is of.
fn id(what: &str, of: &str) -> String {
    let hash = Sha256::digest(format!("trucewatch/{what}/{of}").as_bytes());
    format!("tw-{}", hash.iter().take(16).map(|b| format!("{b:02x}")).collect::<String>())
}

/// What is said of all of them, as a note on nothing.
fn about(matter: &Matter<'_>) -> Value {
    let lines = matter.about.lines().into_iter().map(|(name, says)| format!("{name}: {says}"));
    let about = Entity::new("Note", id("about", &serde_json::to_string(&matter.about).unwrap_or_default()));
    about.with("name", ["About this export"]).with("description", [lines.collect::<Vec<_>>().join("\n")]).done()
}

fn document(source: &Source) -> Value {
    let day = source.published.and_then(|p| if p.start == p.end { p.first_day() } else { None });
    Entity::new("Document", id("document", &source.id))
        .with("fileName", [source.name.as_str()])
        .with("title", [source.name.as_str()])
        .with("publisher", source.outlet.as_deref())
        .with("publishedAt", day.map(|d| d.to_string()))
        .done()
}

/// The parties that take part or speak.
fn parties(matter: &Matter<'_>) -> Vec<Value> {
    let voices = matter.incidents.iter().flat_map(|i| i.voices.iter().map(|v| &v.party));
    let named: BTreeSet<&PartyId> = matter.incidents.iter().flat_map(|i| &i.parties).chain(voices).collect();
    let known = |p: &&Party| named.contains(&p.id);
    let all: BTreeMap<&PartyId, &Party> =
        matter.record.knowledge().parties().filter(known).map(|p| (&p.id, p)).collect();
    all.into_values().filter_map(party).collect()
}

fn party(party: &Party) -> Option<Value> {
    let schema = schema(party.kind)?;
    let countries = party.countries.iter().filter_map(|c| country(c));
    let entity = Entity::new(schema, id("party", party.id.as_str())).with("name", [party.title.as_str()]);
    Some(entity.with("country", countries).done())
}

fn schema(kind: PartyKind) -> Option<&'static str> {
    match kind {
        PartyKind::State | PartyKind::Authority => Some("PublicBody"),
        PartyKind::ArmedGroup | PartyKind::Body => Some("Organization"),
        PartyKind::People | PartyKind::Catchall => None,
    }
}

/// A code of a country as FollowTheMoney writes it; those that are free for anybody's use (ISO 3166-1) are of no country,
/// but for `XK`, which it knows.
fn country(code: &str) -> Option<String> {
    let is_free = code == "AA" || code == "ZZ" || code.starts_with('X') || code.starts_with(['Q']) && code > "QL";
    (!code.is_empty() && (!is_free || code == "XK")).then(|| code.to_lowercase())
}

/// Holders of office who are on record.
fn officials(matter: &Matter<'_>) -> Vec<Value> {
    let speakers: BTreeSet<&str> = matter.said().map(|s| s.claim.speaker.value.name.as_str()).collect();
    let speaks = |o: &&Official| std::iter::once(&o.name).chain(&o.also).any(|n| speakers.contains(n.as_str()));
    let mut found: BTreeMap<&str, Entity> = BTreeMap::new();
    for official in matter.record.knowledge().officials().filter(speaks) {
        let new = || Entity::new("Person", id("official", &official.name)).with("name", [official.name.as_str()]);
        let person = found.remove(official.name.as_str()).unwrap_or_else(new);
        found.insert(&official.name, person.with("position", [official.office.as_str()]).with("alias", &official.also));
    }
    found.into_values().map(Entity::done).collect()
}

fn event(matter: &Matter<'_>, incident: &Incident) -> Value {
    let place = incident.place.as_ref();
    let country = place.and_then(|p| p.resolved.as_ref()).and_then(|r| country(&r.country));
    let name = match place {
        Some(place) => format!("{} at {}", incident.kind.as_str(), place.name),
        None => format!("{}, place not known", incident.kind.as_str()),
    };
    let said = incident.members.iter().filter_map(|m| matter.record.claim(&m.claim));
    let documents: BTreeSet<&str> = said.map(|c| c.document.as_str()).collect();
    let date = incident.date;
    let one_day = date.and_then(|d| d.first_day().filter(|first| d.last_day() == Some(*first)));
    let ends = date.filter(|_| one_day.is_none());
    Entity::new("Event", id("incident", &incident.id))
        .with("name", [name])
        .with("recordId", [incident.id.as_str()])
        .with("date", one_day.map(|d| d.to_string()))
        .with("startDate", ends.and_then(|d| d.first_day()).map(|d| d.to_string()))
        .with("endDate", ends.and_then(|d| d.last_day()).map(|d| d.to_string()))
        .with("location", place.map(|p| p.name.as_str()))
        .with("country", country)
        .with("involved", involved(matter, incident))
        .with("proof", documents.into_iter().map(|d| id("document", d)))
        .with("keywords", [incident.kind.as_str(), incident.standing.as_str()])
        .with("summary", [summary(matter, incident)])
        .done()
}

fn involved(matter: &Matter<'_>, incident: &Incident) -> Vec<String> {
    let knowledge = matter.record.knowledge();
    let is_entity = |p: &&PartyId| knowledge.parties().any(|k| k.id == **p && schema(k.kind).is_some());
    incident.parties.iter().filter(is_entity).map(|p| id("party", p.as_str())).collect()
}

fn summary(matter: &Matter<'_>, incident: &Incident) -> String {
    let voice = |v: &trucewatch::incident::Voice| format!("{} {}", matter.title(&v.party), v.stance.as_str());
    let voices: Vec<String> = incident.voices.iter().map(voice).collect();
    format!("{}: {}. {}", incident.standing.as_str(), voices.join("; "), matter.review(incident))
}

fn claim(matter: &Matter<'_>, said: Said<'_>, wire: v1::Claim) -> Value {
    let on = [id("incident", &said.incident.id)];
    let at = wire.start.zip(wire.end).map(|(a, b)| format!("code points {a} to {b}")).unwrap_or_default();
    Entity::new("Note", id("claim", &wire.id))
        .with("name", [format!("{}: {} {}", wire.speaker, wire.mode, wire.kind)])
        .with("description", [wire.quote])
        .with("summary", [format!("{at}; {}", matter.review_of(said.claim))])
        .with("entity", on)
        .with("proof", [id("document", &said.source.id)])
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn entities() -> Vec<Value> {
        let lines = String::from_utf8(write(&Sample::new().matter())).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn whoever_holds_no_office_becomes_no_person() {
        assert!(entities().iter().all(|e| e["schema"] != "Person"));
    }

    #[test]
    fn an_invented_country_is_none() {
        assert_eq!((country("XM"), country("QQ"), country("")), (None, None, None));
        assert_eq!((country("QA").as_deref(), country("XK").as_deref()), (Some("qa"), Some("xk")));
    }

    #[test]
    fn every_entity_that_is_named_is_there() {
        let all = entities();
        let ids: BTreeSet<&str> = all.iter().filter_map(|e| e["id"].as_str()).collect();
        assert_eq!(ids.len(), all.len());
        for name in ["involved", "proof", "entity"] {
            let named: Vec<&str> = all
                .iter()
                .filter_map(|e| e["properties"][name].as_array())
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            assert!(!named.is_empty() && named.iter().all(|n| ids.contains(n)), "{name}: {named:?}");
        }
    }
}
