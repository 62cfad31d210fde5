//! Which of the places that a name can mean is meant: the document's countries, what stands beside the name,
//! nearness to the document's other places, size.

use std::collections::BTreeMap;

use super::entry::{Entry, Origin};
use super::scan::{Found, Standing};
use super::{Candidate, Choice};
use crate::document::ParsedDocument;
use crate::pack::FeatureKind;

/// By how much the best candidate must lead to stand alone.
const CLEAR: f32 = 1.0;
/// Candidates that a doubtful choice keeps.
const KEPT: usize = 5;
/// Kilometres within which two places support each other.
const NEAR_KM: f64 = 150.0;

/// What the whole document says about where it plays.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// Share of the mentions that point to a country.
    countries: BTreeMap<String, f32>,
    /// Share of the mentions that point to a state or province.
    states: BTreeMap<String, f32>,
    /// Places that are beyond doubt, largest areas left out: latitude and longitude.
    anchors: Vec<(String, f64, f64)>,
}

impl Context {
    /// Gathers it from the names that can mean one place only, and from those that a pack knows.
    pub(super) fn of(found: &[Found]) -> Context {
        let mut context = Context::default();
        for name in found {
            let Some(best) = name.entries.first() else { continue };
            let sure = best.origin != Origin::Atlas || name.entries.iter().all(|e| e.country == best.country);
            if sure && !best.country.is_empty() {
                *context.countries.entry(best.country.clone()).or_default() += 1.0;
            }
            if best.kind == FeatureKind::Province
                && let Some(state) = best.id.strip_prefix("world:")
            {
                *context.states.entry(state.to_owned()).or_default() += 1.0;
            }
            if sure && !best.is_wide() {
                context.anchors.push((name.key.clone(), best.lat, best.lon));
            }
        }
        let all = context.countries.values().sum::<f32>().max(1.0);
        context.countries.values_mut().for_each(|n| *n /= all);
        let all = context.states.values().sum::<f32>().max(1.0);
        context.states.values_mut().for_each(|n| *n /= all);
        context
    }

    /// Evidence for a place from the document at large, and why.
    fn support(&self, key: &str, entry: &Entry) -> (f32, Vec<&'static str>) {
        let (mut score, mut why) = (0.0, Vec::new());
        let country = self.countries.get(&entry.country).copied().unwrap_or(0.0);
        if country > 0.0 {
            score += 1.0 + 2.0 * country;
            why.push("the document names its country");
        }
        let state = self.states.get(&entry.within).copied().unwrap_or(0.0);
        if state > 0.0 {
            score += 1.0 + 2.0 * state;
            why.push("the document names its state or province");
        }
        let near = |(name, lat, lon): &&(String, f64, f64)| name != key && entry.km_to(*lat, *lon) < NEAR_KM;
        let close = self.anchors.iter().filter(near).count();
        if close > 0 {
            score += if close > 2 { 2.0 } else { 1.2 };
            why.push("near other places of the document");
        }
        (score, why)
    }
}

/// Names of places directly after each name and a comma: "Springfield, Ill.".
pub(super) fn appositions(parsed: &ParsedDocument<'_>, found: &[Found]) -> Vec<Option<usize>> {
    let beside = |(i, name): (usize, &Found)| {
        let next = found.get(i + 1).filter(|n| n.paragraph == name.paragraph)?;
        let parse = &parsed.paragraphs.get(name.paragraph)?.parse;
        let between: Vec<&str> = (name.core.end..next.core.start).map(|t| parse.word(t)).collect();
        let holds = next.entries.iter().any(Entry::is_wide) || name.entries.is_empty();
        (holds && matches!(between.as_slice(), [","] | ["in"] | ["(" | "-"] | [",", "in"] | ["in", "the"]))
            .then_some(i + 1)
    };
    found.iter().enumerate().map(beside).collect()
}

/// The choice for one name. `container` is what the name is said to lie in, `class` the noun after it.
pub(super) fn choose(name: &Found, container: Option<&Found>, class: Option<FeatureKind>, context: &Context) -> Choice {
    let mut scored: Vec<Candidate> =
        name.entries.iter().map(|entry| score(name, entry, container, class, context)).collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score));
    scored.truncate(KEPT);
    let lead = scored.first().zip(scored.get(1)).map(|(a, b)| a.score - b.score);
    match lead {
        Some(lead) if lead < CLEAR && !is_same(&scored) => Choice::Several(scored),
        _ => scored.into_iter().next().map_or(Choice::None, Choice::One),
    }
}

/// Whether the two best candidates are one thing for every use: a town and the district round it.
fn is_same(scored: &[Candidate]) -> bool {
    let (Some(a), Some(b)) = (scored.first(), scored.get(1)) else { return false };
    (a.resolved.lat - b.resolved.lat).abs() < 0.2 && (a.resolved.lon - b.resolved.lon).abs() < 0.2
}

fn score(
    name: &Found,
    entry: &Entry,
    container: Option<&Found>,
    class: Option<FeatureKind>,
    context: &Context,
) -> Candidate {
    let (mut score, mut why) = prior(entry);
    let (support, reasons) = context.support(&name.key, entry);
    score += support;
    why.extend(reasons);
    if container.is_some_and(|c| c.entries.iter().any(|outer| lies_in(entry, outer))) {
        score += 6.0;
        why.push("the words beside it name what it lies in");
    }
    if let Some(class) = class.filter(|c| is_administrative(*c)) {
        score += if entry.kind == class { 2.0 } else { -0.5 };
    }
    if name.standing == Standing::Adjective {
        why.push("its adjective is used");
    }
    Candidate::of(entry, score, &why.join("; "))
}

fn is_administrative(kind: FeatureKind) -> bool {
    matches!(kind, FeatureKind::Settlement | FeatureKind::District | FeatureKind::Province)
}

/// How likely a place is meant by its name when nothing else is known.
fn prior(entry: &Entry) -> (f32, Vec<&'static str>) {
    #[expect(clippy::cast_precision_loss, reason = "a logarithm of a population needs no more")]
    let size = (entry.population as f32 + 10.0).log10();
    let (base, why) = match (entry.origin, entry.kind) {
        (Origin::Pack, _) => (9.0, "listed by a pack in use"),
        (Origin::World, FeatureKind::Country) => (9.0, "name of a country"),
        (Origin::World, _) => (7.5, "name of a region, state or sea"),
        (Origin::Atlas, FeatureKind::Settlement) => (size, "listed by the world gazetteer"),
        (Origin::Atlas, FeatureKind::Province) => (size * 0.5 + 2.0, "a province of the world gazetteer"),
        (Origin::Atlas, _) => (size * 0.5, "a district of the world gazetteer"),
    };
    let usual = if entry.by_usual_name || entry.origin != Origin::Atlas { 0.0 } else { -0.8 };
    (base + usual, vec![why])
}

/// Whether one place lies in another, as far as their codes tell.
fn lies_in(inner: &Entry, outer: &Entry) -> bool {
    if inner.id == outer.id || inner.country != outer.country || inner.country.is_empty() {
        return false;
    }
    match outer.kind {
        FeatureKind::Country => true,
        FeatureKind::Province => match outer.origin {
            Origin::World => {
                outer.id.strip_prefix("world:") == Some(inner.within.as_str()) || inner.origin == Origin::Pack
            }
            _ => outer.within == inner.within,
        },
        FeatureKind::Region | FeatureKind::District => inner.km_to(outer.lat, outer.lon) < NEAR_KM,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, country: &str, within: &str, population: u64) -> Entry {
        Entry {
            id: id.to_owned(),
            name: "Vesk".to_owned(),
            kind: FeatureKind::Settlement,
            lat: population as f64 % 60.0,
            lon: 10.0,
            country: country.to_owned(),
            within: within.to_owned(),
            population,
            precision: 1,
            origin: Origin::Atlas,
            by_usual_name: true,
        }
    }

    fn found(key: &str, entries: Vec<Entry>) -> Found {
        Found { paragraph: 0, core: 0..1, key: key.to_owned(), standing: Standing::Free, entries }
    }

    fn country(code: &str) -> Found {
        let id = format!("world:{code}");
        found(code, vec![Entry { id, kind: FeatureKind::Country, origin: Origin::World, ..entry("", code, "", 0) }])
    }

    fn id(choice: &Choice) -> &str {
        choice.best().map_or("", |r| r.id.as_str())
    }

    #[test]
    fn no_entry_is_no_choice() {
        assert!(matches!(choose(&found("vesk", Vec::new()), None, None, &Context::default()), Choice::None));
    }

    #[test]
    fn size_decides_when_nothing_else_is_known() {
        let name = found("vesk", vec![entry("a", "XA", "", 900), entry("b", "XB", "", 2_000_000)]);
        assert_eq!(id(&choose(&name, None, None, &Context::default())), "b");
    }

    #[test]
    fn places_of_about_one_size_are_a_doubt() {
        let name = found("vesk", vec![entry("a", "XA", "", 900), entry("b", "XB", "", 1_000)]);
        let Choice::Several(all) = choose(&name, None, None, &Context::default()) else { panic!("no doubt") };
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn the_documents_country_outweighs_some_size() {
        let name = found("vesk", vec![entry("a", "XA", "", 9_000), entry("b", "XB", "", 200_000)]);
        let context = Context::of(&[country("XA"), name.clone()]);
        assert_eq!(id(&choose(&name, None, None, &context)), "a");
    }

    #[test]
    fn what_it_is_said_to_lie_in_decides() {
        let name = found("vesk", vec![entry("a", "XA", "", 900), entry("b", "XB", "", 2_000_000)]);
        assert_eq!(id(&choose(&name, Some(&country("XA")), None, &Context::default())), "a");
    }
}
