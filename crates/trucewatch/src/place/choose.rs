//! Which of the places that a name can mean is meant: the document's countries, what stands beside the name,
//! nearness to the document's other places, size.

use std::collections::HashMap;

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
/// People up to which a town has to be supported by the document to be believed.
const SMALL: u64 = 50_000;
/// Weight of each tenfold of people.
const SIZE: f32 = 1.4;

/// What the whole document says about where it plays.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The names, countries and states of mentions that are beyond doubt, each once: a long report says the same few
    /// thousands of times.
    sure: Vec<(Sure, f32)>,
}

#[derive(Debug, PartialEq)]
struct Sure {
    key: String,
    country: String,
    /// Code of a state or province, where the mention is of one or lies in one.
    state: String,
    /// Latitude and longitude, for places that are no wide areas.
    point: Option<(f64, f64)>,
}

impl Context {
    /// Gathers it from the names that can mean one place only, and from those that a pack knows.
    pub(super) fn of(found: &[Found]) -> Context {
        let sure = found.iter().filter(|f| f.standing != Standing::Embedded).filter_map(|name| {
            let best = name.entries.first()?;
            let one = best.origin != Origin::Atlas || name.entries.iter().all(|e| e.country == best.country);
            let clear = one && name.entries.iter().all(|e| e.origin != Origin::World || e.country == best.country);
            clear.then(|| Sure {
                key: name.key.clone(),
                country: best.country.clone(),
                state: best.id.strip_prefix("world:").unwrap_or(&best.within).to_owned(),
                point: (!best.is_wide()).then_some((best.lat, best.lon)),
            })
        });
        Context { sure: counted(sure) }
    }

    /// Share of the other names' mentions for which something holds.
    fn share(&self, key: &str, holds: impl Fn(&Sure) -> bool) -> f32 {
        let (mut all, mut fit) = (0.0, 0.0);
        for (other, times) in self.sure.iter().filter(|(s, _)| s.key != key) {
            all += times;
            fit += if holds(other) { *times } else { 0.0 };
        }
        if all == 0.0 { 0.0 } else { fit / all }
    }

    /// Evidence for a place from the document at large, and why.
    fn support(&self, key: &str, entry: &Entry) -> (f32, Vec<&'static str>) {
        let (mut score, mut why) = (0.0, Vec::new());
        let country = self.share(key, |s| !s.country.is_empty() && s.country == entry.country);
        if country > 0.0 {
            score += 1.0 + 2.0 * country;
            why.push("the document names its country");
        }
        let own = entry.id.strip_prefix("world:").unwrap_or(&entry.within);
        let state = self.share(key, |s| own.len() > 2 && s.state == own);
        if state > 0.0 {
            score += 1.0 + 2.0 * state;
            why.push("the document names its state or province");
        }
        if self.share(key, |s| s.point.is_some_and(|(lat, lon)| entry.km_to(lat, lon) < NEAR_KM)) > 0.0 {
            score += 1.0;
            why.push("near other places of the document");
        }
        (score, why)
    }

    /// Whether a small place of the world gazetteer is out of the document's way: in a country that nothing else in
    /// it points to.
    fn is_astray(&self, key: &str, entry: &Entry) -> bool {
        let others = self.sure.iter().any(|(s, _)| s.key != key && !s.country.is_empty());
        entry.origin == Origin::Atlas
            && entry.population < SMALL
            && others
            && self.share(key, |s| s.country == entry.country) == 0.0
    }
}

/// What is equal once, with how often it was there.
fn counted(all: impl Iterator<Item = Sure>) -> Vec<(Sure, f32)> {
    let (mut counted, mut by_key) = (Vec::<(Sure, f32)>::new(), HashMap::<String, Vec<usize>>::new());
    for sure in all {
        let same = by_key.entry(sure.key.clone()).or_default();
        match same.iter().copied().find(|i| counted[*i].0 == sure) {
            Some(i) => counted[i].1 += 1.0,
            None => {
                same.push(counted.len());
                counted.push((sure, 1.0));
            }
        }
    }
    counted
}

/// What a name is said to lie in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Container<'a> {
    /// The name of it.
    pub name: &'a Found,
    /// Whether the words can mean nothing else ("in Moor", "Moor's"), as a comma can: "Vesk, Moor and Orla".
    pub certain: bool,
}

/// For each name what it is said to lie in: "Springfield, Ill.", "Vesk in Moor", "Moor's Vesk".
pub(super) fn containers<'a>(parsed: &ParsedDocument<'_>, found: &'a [Found]) -> Vec<Option<Container<'a>>> {
    (0..found.len()).map(|i| container_after(parsed, found, i).or_else(|| container_before(parsed, found, i))).collect()
}

/// "Vesk, Moor" and "Vesk in Moor".
fn container_after<'a>(parsed: &ParsedDocument<'_>, found: &'a [Found], i: usize) -> Option<Container<'a>> {
    let (name, next) = found.get(i).zip(found.get(i + 1))?;
    let certain = match between(parsed, name, next)?.as_slice() {
        [","] => false,
        ["in"] | [",", "in"] | ["in", "the"] => true,
        _ => return None,
    };
    let fits = name.entries.is_empty() || next.entries.iter().any(Entry::is_wide);
    fits.then_some(Container { name: next, certain })
}

/// "Moor's Vesk".
fn container_before<'a>(parsed: &ParsedDocument<'_>, found: &'a [Found], i: usize) -> Option<Container<'a>> {
    let (owner, name) = found.get(i.checked_sub(1)?).zip(found.get(i))?;
    let owns = matches!(between(parsed, owner, name)?.as_slice(), ["'s" | "’s" | "'" | "’"]);
    owns.then_some(Container { name: owner, certain: true })
}

fn between<'a>(parsed: &'a ParsedDocument<'_>, a: &Found, b: &Found) -> Option<Vec<&'a str>> {
    let parse = &parsed.paragraphs.get(a.paragraph).filter(|_| a.paragraph == b.paragraph)?.parse;
    Some((a.core.end..b.core.start).map(|t| parse.word(t)).collect())
}

/// The choice for one name. `container` is what the name is said to lie in, `class` the noun after it.
pub(super) fn choose(
    name: &Found,
    container: Option<Container<'_>>,
    class: Option<FeatureKind>,
    context: &Context,
) -> Choice {
    let fits = |e: &&Entry| container.is_none_or(|c| may_lie_in(e, c)) && !context.is_astray(&name.key, e);
    let mut scored: Vec<Candidate> =
        name.entries.iter().filter(fits).map(|entry| score(name, entry, container, class, context)).collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score));
    scored.truncate(KEPT);
    let lead = scored.first().zip(scored.get(1)).map(|(a, b)| a.score - b.score);
    match lead {
        Some(lead) if lead < CLEAR && !is_same(&scored) => Choice::Several(scored),
        _ => scored.into_iter().next().map_or(Choice::None, Choice::One),
    }
}

/// Whether a place may lie in what it is said to lie in. A trusted entry is not doubted, nor are uncertain words
/// believed against one.
fn may_lie_in(entry: &Entry, container: Container<'_>) -> bool {
    let near = |outer: &Entry| !outer.is_wide() && entry.km_to(outer.lat, outer.lon) < NEAR_KM;
    let outer = &container.name.entries;
    let open = entry.origin != Origin::Atlas || !container.certain || outer.is_empty();
    open || outer.iter().any(|o| o.id == entry.id || lies_in(entry, o) || near(o))
}

/// For a name that no gazetteer lists: the place near which it is taken to lie, from the part of it that is listed
/// or from what it is said to lie in.
pub(super) fn beside(name: &Found, container: Option<Container<'_>>, context: &Context) -> Choice {
    let nearest = |outer: &Found, why: &str| {
        let mut best = choose(outer, None, None, context).best_candidate()?.clone();
        best.resolved.precision = best.resolved.precision.max(2);
        best.resolved.why = format!("no gazetteer lists it; {why}");
        Some(best)
    };
    let part = Found {
        entries: name.part.iter().filter(|e| e.origin != Origin::Atlas || e.population >= SMALL).cloned().collect(),
        ..name.clone()
    };
    let found = container.and_then(|c| nearest(c.name, "the words beside it name what it lies in"));
    found.or_else(|| nearest(&part, "its name holds that of the place")).map_or(Choice::None, Choice::Near)
}

/// Whether the two best candidates are one thing for every use: a town and the district round it.
fn is_same(scored: &[Candidate]) -> bool {
    let (Some(a), Some(b)) = (scored.first(), scored.get(1)) else { return false };
    (a.resolved.lat - b.resolved.lat).abs() < 0.2 && (a.resolved.lon - b.resolved.lon).abs() < 0.2
}

fn score(
    name: &Found,
    entry: &Entry,
    container: Option<Container<'_>>,
    class: Option<FeatureKind>,
    context: &Context,
) -> Candidate {
    let (mut score, mut why) = prior(entry);
    let (support, reasons) = context.support(&name.key, entry);
    score += support;
    why.extend(reasons);
    if container.is_some_and(|c| c.name.entries.iter().any(|outer| lies_in(entry, outer))) {
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
        (Origin::Pack, _) => (11.0, "listed by a pack in use"),
        (Origin::World, FeatureKind::Country) => (11.0, "name of a country"),
        (Origin::World, _) => (9.5, "name of a region, state or sea"),
        (Origin::Atlas, FeatureKind::Settlement) => (size * SIZE, "listed by the world gazetteer"),
        (Origin::Atlas, FeatureKind::Province) => (size * SIZE * 0.7 + 1.0, "a province of the world gazetteer"),
        (Origin::Atlas, _) => (size * SIZE * 0.6, "a district of the world gazetteer"),
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
        Found { paragraph: 0, core: 0..1, key: key.to_owned(), standing: Standing::Free, entries, part: Vec::new() }
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
        let name = found("vesk", vec![entry("a", "XA", "", 60_900), entry("b", "XB", "", 61_000)]);
        let Choice::Several(all) = choose(&name, None, None, &Context::default()) else { panic!("no doubt") };
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn the_documents_country_outweighs_some_size() {
        let name = found("vesk", vec![entry("a", "XA", "", 60_000), entry("b", "XB", "", 200_000)]);
        let context = Context::of(&[country("XA"), name.clone()]);
        assert_eq!(id(&choose(&name, None, None, &context)), "a");
    }

    #[test]
    fn what_is_said_often_weighs_as_often() {
        let name = found("vesk", vec![entry("a", "XA", "", 60_000), entry("b", "XB", "", 70_000)]);
        let said = |a: usize, b: usize| {
            let all = [vec![country("XA"); a], vec![country("XB"); b]].concat();
            id(&choose(&name, None, None, &Context::of(&all))).to_owned()
        };
        assert_eq!((said(40, 1), said(1, 40)), ("a".to_owned(), "b".to_owned()));
        assert_eq!(Context::of(&vec![country("XA"); 40]).sure.len(), 1);
    }

    #[test]
    fn what_it_is_said_to_lie_in_decides() {
        let name = found("vesk", vec![entry("a", "XA", "", 900), entry("b", "XB", "", 2_000_000)]);
        assert_eq!(
            id(&choose(&name, Some(Container { name: &country("XA"), certain: false }), None, &Context::default())),
            "a"
        );
    }
}
