//! Neutrality: with the two sides exchanged, the reports must give the same claims with the sides exchanged.
//!
//! First the sides change their ids alone: then nothing may differ. Then they change all their names, in the reports
//! and in the pack alike: names, adjectives, capitals, seats of power, and officials, office by office. What differs
//! then comes from the shape of the words, which the English model sees, and never from whom they name.

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
/// Of a hundred claims, so many may differ once the words themselves are exchanged: 3 of 319 do, by the name of a
/// person that the model takes for something else.
const PERCENT: usize = 2;

#[test]
fn exchanging_the_ids_exchanges_the_claims() {
    let ids = Swap(vec![(SIDES[0].to_owned(), SIDES[1].to_owned()), (SIDES[1].to_owned(), SIDES[0].to_owned())]);
    let Some((all, differing)) = compare(&ids, &NONE) else { return };
    assert!(differing.is_empty(), "{} of {all} claims differ:\n{}", differing.len(), differing.join("\n"));
}

#[test]
fn exchanging_the_names_exchanges_the_claims() {
    let names = Swap::new(&support::pack(&root().join("packs/vesk-orlava")));
    let Some((all, differing)) = compare(&names, &names) else { return };
    eprintln!("{} of {all} claims differ\n{}", differing.len(), differing.join("\n"));
    assert!(differing.len() * 100 <= all * PERCENT, "{} of {all} claims differ", differing.len());
}

/// Reads the reports as they are, and with one exchange made in the pack and another in the texts. The number of
/// claims, and those of the first reading that the second lacks.
fn compare(in_pack: &Swap, in_text: &Swap) -> Option<(usize, Vec<String>)> {
    let files = support::files(&root().join("packs/vesk-orlava"));
    let exchanged: Vec<PackFile> =
        files.iter().map(|f| PackFile { path: f.path.clone(), content: in_pack.apply(&f.content) }).collect();
    let world_pack = || support::pack(&root().join("packs/world"));
    let one = TestWorld::of(vec![world_pack(), Pack::read(&files).unwrap()])?;
    let two = TestWorld::of(vec![world_pack(), Pack::read(&exchanged).unwrap()])?;
    let (mut all, mut differing) = (0, Vec::new());
    for path in reports() {
        let text = fs::read_to_string(&path).unwrap();
        let (name, published) = (path.file_stem().unwrap().to_string_lossy().into_owned(), published(&path));
        let expected = rows(&name, &text, published, &one, &Change { ids: in_pack, words: in_text });
        let got = rows(&name, &in_text.apply(&text), published, &two, &Change { ids: &NONE, words: &NONE });
        all += expected.len();
        differing.extend(difference(&expected, &got).map(|row| format!("{name}: {row}")));
    }
    Some((all, differing))
}

#[test]
fn exchanging_twice_gives_back_the_text() {
    let swap = Swap::new(&support::pack(&root().join("packs/vesk-orlava")));
    let text = "Vesk and Orlavans met; Ellisk, in Harvoi, wrote to Élian Zorvé. Arvesk is a town.";
    assert_eq!(swap.apply(text), "Orlava and Veskans met; Zorvé, in Rivna, wrote to Tomar Ellisk. Arvesk is a town.");
    assert_eq!(swap.apply(&swap.apply(text)), text);
}

const NONE: Swap = Swap(Vec::new());

/// What is exchanged in a claim's ids, and what in its words.
struct Change<'a> {
    ids: &'a Swap,
    words: &'a Swap,
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
        let variants = |p: &trucewatch::pack::Party| -> Vec<String> {
            p.names.iter().filter(|n| !n.contains(p.names[0].as_str())).cloned().collect()
        };
        let back: Vec<_> = pairs.iter().map(|(a, b)| (b.clone(), a.clone())).collect();
        pairs.extend(back);
        // Other spellings of a name have none to take their place but the other's usual one.
        pairs.extend(variants(a).into_iter().map(|v| (v, b.names[0].clone())));
        pairs.extend(variants(b).into_iter().map(|v| (v, a.names[0].clone())));
        // Datelines write a seat in capitals.
        let loud: Vec<_> = pairs.iter().map(|(a, b)| (a.to_uppercase(), b.to_uppercase())).collect();
        pairs.extend(loud);
        pairs.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        Swap(pairs)
    }

    /// Exchanges every whole word or run of words that names a side.
    fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let free = !out.chars().next_back().is_some_and(char::is_alphanumeric);
            let ends =
                |from: &str| !rest.get(from.len()..).unwrap_or("").chars().next().is_some_and(char::is_alphanumeric);
            match self.0.iter().find(|(from, _)| free && rest.starts_with(from.as_str()) && ends(from)) {
                Some((from, to)) => {
                    out.push_str(to);
                    rest = rest.get(from.len()..).unwrap_or("");
                }
                None => {
                    out.push(c);
                    rest = rest.get(c.len_utf8()..).unwrap_or("");
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

/// The claims of a text, one line each, sorted, after a change.
fn rows(name: &str, text: &str, published: Option<Interval>, world: &TestWorld, change: &Change<'_>) -> Vec<String> {
    let document = Document::new(name, text, Meta { published, ..Meta::default() });
    let reading = trucewatch::read(&document, world).value;
    let mut rows: Vec<String> = reading.claims.iter().map(|c| row(c, &document, change)).collect();
    rows.sort();
    rows
}

fn row(claim: &Claim, document: &Document, change: &Change<'_>) -> String {
    let ids = |list: &[Traced<PartyId>]| {
        let mut ids: Vec<String> = list.iter().map(|p| change.ids.apply(p.value.as_str())).collect();
        ids.sort();
        ids.join(" ")
    };
    let id = |party: Option<&PartyId>| party.map(|p| change.ids.apply(p.as_str())).unwrap_or_default();
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
        claim.place.as_ref().map(|p| change.words.apply(&p.value.name)).unwrap_or_default(),
        claim.date.as_ref().map(|d| d.value.to_string()).unwrap_or_default(),
        claim.figures.iter().map(figure).collect::<Vec<_>>().join(", "),
        change.words.apply(document.slice(claim.span)),
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
