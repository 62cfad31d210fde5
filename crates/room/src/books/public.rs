//! What the public view hides: documents of hidden sources, names of private persons, exact coordinates. It is hidden
//! before anything is judged, so that no page can show it by mistake.

use std::collections::BTreeSet;
use std::sync::Arc;

use desk::Evidence;
use trucewatch::claim::Claim;
use trucewatch::pack::Knowledge;

use crate::accounts::Settings;

/// What stands in place of a private person's name.
const SOMEBODY: &str = "a person";
/// Degrees are rounded to this part of one: 0.1 is about 11 km.
const PARTS: f64 = 10.0;

/// Hides.
pub(super) fn hide(evidence: &mut Evidence, settings: &Settings) {
    let hidden: BTreeSet<String> =
        evidence.sources.iter().filter(|s| is_hidden(s, settings)).map(|s| s.id.clone()).collect();
    evidence.sources.retain(|s| !hidden.contains(&s.id));
    evidence.claims.retain(|c| !hidden.contains(&c.document));
    let mut names: BTreeSet<String> = settings.hidden_names.iter().cloned().collect();
    let private = |c: &&Claim| is_private(&c.speaker.value.name, &evidence.knowledge);
    names.extend(evidence.claims.iter().filter(private).map(|c| c.speaker.value.name.clone()));
    names.extend(parts(&names));
    for claim in &mut evidence.claims {
        hide_in_claim(claim, &names);
    }
    for source in &mut evidence.sources {
        source.text = Arc::from(masked(&source.text, &names));
    }
}

fn is_hidden(source: &trucewatch::incident::Source, settings: &Settings) -> bool {
    let named = |hidden: &String| {
        source.outlet.as_ref().is_some_and(|o| o.eq_ignore_ascii_case(hidden))
            || source.name.eq_ignore_ascii_case(hidden)
    };
    settings.hidden_sources.iter().any(named)
}

fn hide_in_claim(claim: &mut Claim, names: &BTreeSet<String>) {
    if names.contains(&claim.speaker.value.name) {
        claim.speaker.value.name = SOMEBODY.to_owned();
    }
    for via in claim.via.iter_mut().filter(|v| names.contains(&v.value)) {
        via.value = SOMEBODY.to_owned();
    }
    if let Some(spot) = claim.place.as_mut().and_then(|p| p.value.resolved.as_mut()) {
        spot.lat = (spot.lat * PARTS).round() / PARTS;
        spot.lon = (spot.lon * PARTS).round() / PARTS;
        spot.precision = spot.precision.max(2);
    }
}

/// Whether a name is that of a person who holds no office that packs know, and of no body or outlet.
fn is_private(name: &str, knowledge: &Knowledge) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let looks_personal = (2..=4).contains(&words.len())
        && words.iter().all(|w| w.chars().next().is_some_and(char::is_uppercase) && !w.chars().any(char::is_numeric));
    looks_personal && !is_official(name, knowledge) && !is_body(name, knowledge)
}

fn is_official(name: &str, knowledge: &Knowledge) -> bool {
    let mut names = knowledge.officials().flat_map(|o| std::iter::once(&o.name).chain(&o.also).chain(&o.surnames));
    names.any(|n| name.eq_ignore_ascii_case(n) || name.ends_with(n.as_str()))
}

fn is_body(name: &str, knowledge: &Knowledge) -> bool {
    let lists = |p: &trucewatch::pack::Party| {
        let all = [&p.names, &p.demonyms, &p.seats, &p.bodies, &p.exact];
        all.into_iter().flatten().any(|n| name.contains(n.as_str()))
    };
    let outlet = |o: &trucewatch::pack::Outlet| name.contains(o.name.as_str()) || o.also.iter().any(|n| name == n);
    knowledge.parties().any(lists) || knowledge.outlets().any(outlet)
}

/// Last names, by which a text goes on after it has named somebody.
fn parts(names: &BTreeSet<String>) -> BTreeSet<String> {
    let last = |n: &String| n.split_whitespace().next_back().filter(|w| w.chars().count() > 3).map(str::to_owned);
    names.iter().filter(|n| n.contains(' ')).filter_map(last).collect()
}

/// A text with names masked, byte for byte, so that places in it stay where they were.
fn masked(text: &str, names: &BTreeSet<String>) -> String {
    let mut out = text.to_owned();
    let mut by_length: Vec<&String> = names.iter().filter(|n| !n.is_empty()).collect();
    by_length.sort_by_key(|n| std::cmp::Reverse(n.len()));
    for name in by_length {
        out = out.replace(name.as_str(), &"*".repeat(name.len()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_roles_and_the_narrator_are_no_private_persons() {
        let knowledge = Knowledge::default();
        for name in ["narrator", "the ministry", "a resident", "Unit 612", "Ternwire"] {
            assert!(!is_private(name, &knowledge), "{name}");
        }
        assert!(is_private("Mira Okselund", &knowledge));
    }

    #[test]
    fn masking_keeps_every_place() {
        let names = BTreeSet::from(["Mira Øksel".to_owned(), "Øksel".to_owned()]);
        let text = "Mira Øksel saw it. Øksel left.";
        let hidden = masked(text, &names);
        assert_eq!(hidden.len(), text.len());
        assert!(!hidden.contains("Øksel") && !hidden.contains("Mira"));
        assert!(hidden.ends_with("left."));
    }
}
