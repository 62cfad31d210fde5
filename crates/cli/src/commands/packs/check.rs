//! What in a pack does not hold together: ids that nothing defines, ids defined twice, terms whose examples fail.

use std::collections::BTreeSet;

use trucewatch::claim::Kind;
use trucewatch::finding::{Case, scope};
use trucewatch::pack::{Agreement, Knowledge, Pack, PartyId, Term};

/// Everything that is wrong with a pack beside all packs that are known, in the order of its files.
pub(super) fn problems(pack: &Pack, knowledge: &Knowledge) -> Vec<String> {
    let mut found = twice(pack);
    found.extend(unknown_parties(pack, knowledge));
    found.extend(unknown_places(pack));
    for agreement in &pack.agreements {
        for term in &agreement.terms {
            let wrong = |n: usize| wrong_example(n, agreement, term, knowledge);
            found.extend((0..term.examples.len()).filter_map(wrong));
            found.extend(unknown_types(agreement, term));
        }
        found.extend(unread_times(agreement));
    }
    found
}

/// Ids that one file defines more than once.
fn twice(pack: &Pack) -> Vec<String> {
    let lists: [(&str, Vec<&str>); 4] = [
        ("parties.toml: party", pack.parties.iter().map(|p| p.id.as_str()).collect()),
        ("places.csv: place", pack.places.iter().map(|p| p.id.as_str()).collect()),
        ("lines.geojson: line", pack.lines.iter().map(|l| l.id.as_str()).collect()),
        ("agreements: agreement", pack.agreements.iter().map(|a| a.id.as_str()).collect()),
    ];
    let mut found = Vec::new();
    for (what, ids) in lists {
        let mut seen = BTreeSet::new();
        found.extend(ids.iter().filter(|id| !seen.insert(**id)).map(|id| format!("{what} `{id}` is defined twice")));
    }
    found
}

/// Parties that are spoken of and that no pack defines.
fn unknown_parties(pack: &Pack, knowledge: &Knowledge) -> Vec<String> {
    let known: BTreeSet<&PartyId> = knowledge.parties().map(|p| &p.id).collect();
    let officials = pack.officials.iter().map(|o| (format!("officials.toml: {}", o.name), &o.party));
    let outlets =
        pack.outlets.iter().filter_map(|o| Some((format!("outlets.toml: {}", o.name), o.speaks_for.as_ref()?)));
    let conflicts = pack.conflicts.iter().flat_map(|c| {
        let named = c.sides.iter().chain(&c.cues).chain(c.generic.values());
        named.map(|id| (format!("conflicts.toml: {}", c.id), id))
    });
    let agreements = pack.agreements.iter().flat_map(|a| {
        let bound = a.terms.iter().flat_map(|t| t.binds.iter().chain(&t.consent));
        let bound = bound.chain(a.terms.iter().filter_map(|t| t.zone.as_ref()?.side.as_ref()));
        let bound = bound.chain(a.in_force.parties.iter().map(|p| &p.party));
        let named = a.parties.iter().map(|p| &p.party).chain(&a.brokers).chain(bound);
        named.map(|id| (format!("agreements/{}.toml", a.id), id))
    });
    let lines = pack.lines.iter().flat_map(|l| {
        let named = l.parties.iter().chain(&l.left).chain(&l.right);
        named.map(|id| (format!("lines.geojson: {}", l.id), id))
    });
    let all = officials.chain(outlets).chain(conflicts).chain(agreements).chain(lines);
    let mut found: Vec<String> = all
        .filter(|(_, id)| !known.contains(id) && !id.is_bystander())
        .map(|(place, id)| format!("{place}: no pack defines the party `{id}`"))
        .collect();
    found.dedup();
    found
}

/// Places that places and agreements refer to and that the pack does not list.
fn unknown_places(pack: &Pack) -> Vec<String> {
    let places = pack.places.iter().map(|p| p.id.as_str());
    let known: BTreeSet<&str> = places.chain(pack.lines.iter().map(|l| l.id.as_str())).collect();
    let within = pack.places.iter().map(|p| (format!("places.csv: {}", p.id), p.within.as_str()));
    let areas = pack.agreements.iter().flat_map(|a| {
        let areas = a.area.iter().chain(a.terms.iter().flat_map(|t| &t.area));
        areas.map(|id| (format!("agreements/{}.toml", a.id), id.as_str()))
    });
    let zones = pack.agreements.iter().flat_map(|a| {
        let lines = a.terms.iter().filter_map(|t| t.zone.as_ref());
        lines.map(|zone| (format!("agreements/{}.toml", a.id), zone.line.as_str()))
    });
    let wrong = within.chain(areas).chain(zones).filter(|(_, id)| !id.is_empty() && !known.contains(id));
    wrong.map(|(place, id)| format!("{place}: the pack lists no place or line `{id}`")).collect()
}

fn unknown_types<'a>(agreement: &'a Agreement, term: &'a Term) -> impl Iterator<Item = String> + 'a {
    let wrong = term.claims.iter().filter(|t| Kind::parse(t).is_none());
    wrong.map(|t| format!("agreements/{}.toml: term {}: `{t}` is no type of claim", agreement.id, term.number))
}

/// Times of an agreement that are no dates, without which nothing could be said to be in force.
fn unread_times(agreement: &Agreement) -> Vec<String> {
    let force = &agreement.in_force;
    let ends = force.extended.iter().map(|e| &e.until);
    let pauses = force.suspended.iter().flat_map(|s| std::iter::once(&s.from).chain(&s.until));
    let own = force.parties.iter().flat_map(|p| p.from.iter().chain(&p.until));
    let all = std::iter::once(&force.from).chain(&force.until).chain(ends).chain(pauses).chain(own);
    let wrong = all.filter(|t| t.parse::<trucewatch::when::Interval>().is_err());
    wrong
        .map(|t| format!("agreements/{}.toml: in-force: `{t}` is no time such as 2020-10-10T12:00", agreement.id))
        .collect()
}

/// What is wrong with an example of a term, if anything is.
fn wrong_example(number: usize, agreement: &Agreement, term: &Term, knowledge: &Knowledge) -> Option<String> {
    let example = term.examples.get(number)?;
    let at = format!("agreements/{}.toml: term {}, example {}", agreement.id, term.number, number + 1);
    match Case::of_example(example, knowledge) {
        Err(why) => Some(format!("{at}: {why}")),
        Ok(case) => {
            let answer = scope(&case, agreement, term, knowledge);
            let differs = answer.as_str() != example.answer;
            differs.then(|| format!("{at}: the answer is {}, not {}", answer.as_str(), example.answer))
        }
    }
}
