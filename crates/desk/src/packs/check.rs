//! What in a pack does not hold together: ids that nothing defines, ids defined twice, terms whose examples fail.

use std::collections::BTreeSet;

use trucewatch::claim::Kind;
use trucewatch::finding::{Case, scope};
use trucewatch::pack::{Agreement, Knowledge, Pack, PackError, PackFile, PartyId, Term};

/// Something wrong: the file, what, and what to do.
type Wrong = (String, String, &'static str);

/// Everything that is wrong with a pack beside all packs that are known, in the order of its files; each with its line,
/// where `files` tell it.
#[must_use]
pub fn problems(pack: &Pack, files: &[PackFile], knowledge: &Knowledge) -> Vec<PackError> {
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
    let at = |(file, message, hint): Wrong| PackError {
        line: files.iter().find(|f| f.path == file).and_then(|f| super::handed::line(&f.content, &message)),
        hint: hint.to_owned(),
        file,
        message,
    };
    found.into_iter().map(at).collect()
}

const TWICE: &str = "give each an id of its own";
const PARTY: &str = "ids of parties stand in the `parties.toml` of a pack that is used";
const PLACE: &str = "list it in `places.csv` or `lines.geojson` of this pack";

fn wrong(file: impl Into<String>, message: String, hint: &'static str) -> Wrong {
    (file.into(), message, hint)
}

/// The file of an agreement.
fn agreement(id: &str) -> String {
    format!("agreements/{id}.toml")
}

/// What stands before a message to say where in the file it is; nothing where that is the file itself.
fn at(place: &str) -> String {
    if place.is_empty() { String::new() } else { format!("{place}: ") }
}

/// Ids that one file defines more than once.
fn twice(pack: &Pack) -> Vec<Wrong> {
    let lists: [(&str, &str, Vec<&str>); 3] = [
        ("parties.toml", "party", pack.parties.iter().map(|p| p.id.as_str()).collect()),
        ("places.csv", "place", pack.places.iter().map(|p| p.id.as_str()).collect()),
        ("lines.geojson", "line", pack.lines.iter().map(|l| l.id.as_str()).collect()),
    ];
    let mut found = Vec::new();
    for (file, what, ids) in lists {
        let mut seen = BTreeSet::new();
        let again = ids.iter().filter(|id| !seen.insert(**id));
        found.extend(again.map(|id| wrong(file, format!("{what} `{id}` is defined twice"), TWICE)));
    }
    let mut seen = BTreeSet::new();
    let again = pack.agreements.iter().filter(|a| !seen.insert(&a.id));
    found.extend(again.map(|a| wrong(agreement(&a.id), format!("agreement `{}` is defined twice", a.id), TWICE)));
    found
}

/// Parties that are spoken of and that no pack defines.
fn unknown_parties(pack: &Pack, knowledge: &Knowledge) -> Vec<Wrong> {
    let known: BTreeSet<&PartyId> = knowledge.parties().map(|p| &p.id).collect();
    let officials = pack.officials.iter().map(|o| (("officials.toml".to_owned(), o.name.clone()), &o.party));
    let outlets =
        pack.outlets.iter().filter_map(|o| Some((("outlets.toml".to_owned(), o.name.clone()), o.speaks_for.as_ref()?)));
    let conflicts = pack.conflicts.iter().flat_map(|c| {
        let named = c.sides.iter().chain(&c.cues).chain(c.generic.values());
        named.map(|id| (("conflicts.toml".to_owned(), c.id.clone()), id))
    });
    let agreements = pack.agreements.iter().flat_map(|a| {
        let bound = a.terms.iter().flat_map(|t| t.binds.iter().chain(&t.consent));
        let bound = bound.chain(a.terms.iter().filter_map(|t| t.zone.as_ref()?.side.as_ref()));
        let bound = bound.chain(a.in_force.parties.iter().map(|p| &p.party));
        let named = a.parties.iter().map(|p| &p.party).chain(&a.brokers).chain(bound);
        named.map(|id| ((agreement(&a.id), String::new()), id))
    });
    let lines = pack.lines.iter().flat_map(|l| {
        let named = l.parties.iter().chain(&l.left).chain(&l.right);
        named.map(|id| (("lines.geojson".to_owned(), l.id.clone()), id))
    });
    let all = officials.chain(outlets).chain(conflicts).chain(agreements).chain(lines);
    let mut found: Vec<Wrong> = all
        .filter(|(_, id)| !known.contains(id) && !id.is_bystander())
        .map(|((file, place), id)| wrong(file, format!("{}no pack defines the party `{id}`", at(&place)), PARTY))
        .collect();
    found.dedup();
    found
}

/// Places that places and agreements refer to and that the pack does not list.
fn unknown_places(pack: &Pack) -> Vec<Wrong> {
    let places = pack.places.iter().map(|p| p.id.as_str());
    let known: BTreeSet<&str> = places.chain(pack.lines.iter().map(|l| l.id.as_str())).collect();
    let within = pack.places.iter().map(|p| (("places.csv".to_owned(), p.id.clone()), p.within.as_str()));
    let areas = pack.agreements.iter().flat_map(|a| {
        let areas = a.area.iter().chain(a.terms.iter().flat_map(|t| &t.area));
        areas.map(|id| ((agreement(&a.id), String::new()), id.as_str()))
    });
    let zones = pack.agreements.iter().flat_map(|a| {
        let lines = a.terms.iter().filter_map(|t| t.zone.as_ref());
        lines.map(|zone| ((agreement(&a.id), String::new()), zone.line.as_str()))
    });
    let unknown = within.chain(areas).chain(zones).filter(|(_, id)| !id.is_empty() && !known.contains(id));
    let told = |(place, id): (String, &str)| format!("{}the pack lists no place or line `{id}`", at(&place));
    unknown.map(|((file, place), id)| wrong(file, told((place, id)), PLACE)).collect()
}

fn unknown_types<'a>(of: &'a Agreement, term: &'a Term) -> impl Iterator<Item = Wrong> + 'a {
    let unknown = term.claims.iter().filter(|t| Kind::parse(t).is_none());
    let told = |t: &String| format!("term {}: `{t}` is no type of claim", term.number);
    unknown.map(move |t| wrong(agreement(&of.id), told(t), "the page of a pack lists the types"))
}

/// Times of an agreement that are no dates, without which nothing could be said to be in force.
fn unread_times(of: &Agreement) -> Vec<Wrong> {
    let force = &of.in_force;
    let ends = force.extended.iter().map(|e| &e.until);
    let pauses = force.suspended.iter().flat_map(|s| std::iter::once(&s.from).chain(&s.until));
    let own = force.parties.iter().flat_map(|p| p.from.iter().chain(&p.until));
    let all = std::iter::once(&force.from).chain(&force.until).chain(ends).chain(pauses).chain(own);
    let unread = all.filter(|t| t.parse::<trucewatch::when::Interval>().is_err());
    let told = |t: &String| format!("in-force: `{t}` is no time such as 2020-10-10T12:00");
    unread.map(|t| wrong(agreement(&of.id), told(t), "write a day, or a day with its minute")).collect()
}

/// What is wrong with an example of a term, if anything is.
fn wrong_example(number: usize, of: &Agreement, term: &Term, knowledge: &Knowledge) -> Option<Wrong> {
    let example = term.examples.get(number)?;
    let at = format!("term {}, example {}", term.number, number + 1);
    let told = |why: String| wrong(agreement(&of.id), format!("{at}: {why}"), "correct the example, or the term");
    match Case::of_example(example, knowledge) {
        Err(why) => Some(told(why.to_string())),
        Ok(case) => {
            let answer = scope(&case, of, term, knowledge);
            let differs = answer.as_str() != example.answer;
            differs.then(|| told(format!("the answer is {}, not {}", answer.as_str(), example.answer)))
        }
    }
}
