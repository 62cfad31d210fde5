//! Neutrality: with the two sides' names exchanged, the reports must give the same claims with the sides exchanged.
//!
//! Exchanged in the reports and in the pack alike: the sides' names, adjectives, capitals, seats of power, and their
//! officials, office by office. What differs then comes from the words' own shape, never from who they name.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use support::{TestWorld, root};
use trucewatch::claim::{Claim, Traced};
use trucewatch::document::{Document, Meta};
use trucewatch::pack::{Pack, PackFile, PartyId};
use trucewatch::when::Interval;

const SIDES: [&str; 2] = ["vesk", "orlava"];
/// In a hundred claims, at most so many may differ.
const PERCENT: usize = 1;

#[test]
fn exchanging_the_sides_exchanges_the_claims() {
    let folder = root().join("packs/vesk-orlava");
    let files = support::files(&folder);
    let swap = Swap::new(&Pack::read(&files).unwrap());
    let other: Vec<PackFile> =
        files.iter().map(|f| PackFile { path: f.path.clone(), content: swap.apply(&f.content) }).collect();
    let world_pack = || support::pack(&root().join("packs/world"));
    let Some(one) = TestWorld::of(vec![world_pack(), Pack::read(&files).unwrap()]) else { return };
    let Some(two) = TestWorld::of(vec![world_pack(), Pack::read(&other).unwrap()]) else { return };

    let (mut all, mut differing) = (0, Vec::new());
    for path in reports() {
        let text = fs::read_to_string(&path).unwrap();
        let (name, published) = (path.file_stem().unwrap().to_string_lossy().into_owned(), published(&path));
        let expected = rows(&name, &text, published, &one, |words| swap.apply(words));
        let got = rows(&name, &swap.apply(&text), published, &two, str::to_owned);
        all += expected.len();
        differing.extend(difference(&expected, &got).map(|row| format!("{name}: only as it is: {row}")));
        differing.extend(difference(&got, &expected).map(|row| format!("{name}: only exchanged: {row}")));
    }
    let changed = differing.iter().filter(|d| d.contains("only as it is")).count();
    eprintln!("{changed} of {all} claims differ\n{}", differing.join("\n"));
    assert!(changed * 100 <= all * PERCENT, "{changed} of {all} claims differ:\n{}", differing.join("\n"));
}

#[test]
fn exchanging_twice_gives_back_the_text() {
    let swap = Swap::new(&support::pack(&root().join("packs/vesk-orlava")));
    let text = "Vesk and Orlavans met; Ellisk, in Harvoi, wrote to Élian Zorvé. Arvesk is a town.";
    assert_eq!(swap.apply(text), "Orlava and Veskans met; Zorvé, in Rivna, wrote to Tomar Ellisk. Arvesk is a town.");
    assert_eq!(swap.apply(&swap.apply(text)), text);
}

/// Names of the one side with those that take their place, longest first.
struct Swap(Vec<(String, String)>);

impl Swap {
    fn new(pack: &Pack) -> Swap {
        let [a, b] = SIDES.map(|id| pack.parties.iter().find(|p| p.id.as_str() == id).unwrap());
        let mut pairs = vec![(SIDES[0].to_owned(), SIDES[1].to_owned())];
        let names = |p: &trucewatch::pack::Party| {
            let own = |b: &&String| !p.names.iter().chain(&p.demonyms).any(|n| b.contains(n.as_str()));
            let house: Vec<String> = p.bodies.iter().filter(own).take(1).cloned().collect();
            [p.names[..1].to_vec(), p.demonyms.clone(), p.seats.clone(), house]
        };
        for (ours, theirs) in names(a).into_iter().zip(names(b)) {
            pairs.extend(ours.into_iter().zip(theirs));
        }
        pairs.extend(officials(pack));
        let back: Vec<_> = pairs.iter().map(|(a, b)| (b.clone(), a.clone())).collect();
        pairs.extend(back);
        pairs.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        Swap(pairs)
    }

    /// Exchanges every whole word or run of words that names a side.
    fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let free = !out.chars().next_back().is_some_and(char::is_alphanumeric);
            let ends = |from: &str| !rest[from.len()..].chars().next().is_some_and(char::is_alphanumeric);
            match self.0.iter().find(|(from, _)| free && rest.starts_with(from.as_str()) && ends(from)) {
                Some((from, to)) => {
                    out.push_str(to);
                    rest = &rest[from.len()..];
                }
                None => {
                    out.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        out
    }
}

/// The sides' officials by office, the same number of them in each: full names and surnames.
fn officials(pack: &Pack) -> Vec<(String, String)> {
    let of = |side: &str| {
        let mut by_office: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for official in pack.officials.iter().filter(|o| o.party.as_str() == side) {
            by_office.entry(office(&official.office)).or_default().push(&official.name);
        }
        by_office
    };
    let theirs = of(SIDES[1]);
    let mut pairs = Vec::new();
    for (office, ours) in of(SIDES[0]) {
        for (a, b) in ours.into_iter().zip(theirs.get(&office).into_iter().flatten()) {
            let surname = |name: &str| name.split(' ').next_back().unwrap().to_owned();
            pairs.push((a.to_owned(), (*b).to_owned()));
            pairs.push((surname(a), surname(b)));
        }
    }
    pairs
}

fn office(words: &str) -> String {
    words.replace("spokeswoman", "spokesman")
}

fn reports() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("samples/reports")).unwrap().map(|e| e.unwrap().path());
    let mut all: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    all.sort();
    all
}

fn published(path: &std::path::Path) -> Option<Interval> {
    let meta = fs::read_to_string(path.with_extension("meta.toml")).ok()?;
    let line = meta.lines().find_map(|l| l.strip_prefix("published = "))?;
    Some(line.trim_matches('"').parse().unwrap())
}

/// The claims of a text, one line each, sorted; `change` is made to every id and word.
fn rows(
    name: &str,
    text: &str,
    published: Option<Interval>,
    world: &TestWorld,
    change: impl Fn(&str) -> String,
) -> Vec<String> {
    let document = Document::new(name, text, Meta { published, ..Meta::default() });
    let reading = trucewatch::read(&document, world).value;
    let mut rows: Vec<String> = reading.claims.iter().map(|c| row(c, &document, &change)).collect();
    rows.sort();
    rows
}

fn row(claim: &Claim, document: &Document, change: &impl Fn(&str) -> String) -> String {
    let ids = |list: &[Traced<PartyId>]| {
        let mut ids: Vec<String> = list.iter().map(|p| change(p.value.as_str())).collect();
        ids.sort();
        ids.join(" ")
    };
    let id = |party: Option<&PartyId>| party.map(|p| change(p.as_str())).unwrap_or_default();
    let figure = |f: &trucewatch::figure::Figure| {
        format!("{} {} {:?} {:?} {}", f.what.as_str(), f.who.as_str(), f.min, f.max, id(f.side.as_ref()))
    };
    format!(
        "{} {} by {} | {} > {} | {} | {} | {} | {}",
        claim.kind.value,
        claim.mode.value,
        id(claim.speaker.value.party.as_ref()),
        ids(&claim.actors),
        ids(&claim.targets),
        claim.place.as_ref().map(|p| change(&p.value.name)).unwrap_or_default(),
        claim.date.as_ref().map(|d| d.value.to_string()).unwrap_or_default(),
        claim.figures.iter().map(figure).collect::<Vec<_>>().join(", "),
        change(document.slice(claim.span)),
    )
}

/// What the first list has more often than the second.
fn difference<'a>(one: &'a [String], two: &[String]) -> impl Iterator<Item = &'a String> {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for row in two {
        *left.entry(row.clone()).or_default() += 1;
    }
    one.iter().filter(move |row| match left.get_mut(row.as_str()) {
        Some(n) if *n > 0 => {
            *n -= 1;
            false
        }
        _ => true,
    })
}
