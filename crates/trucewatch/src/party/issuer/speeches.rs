//! Whose part invented speeches take; they need the English model and skip without it.

use super::super::{Mentions, Names, Soil};
use crate::pack::{Knowledge, Pack, PackFile, PartyId};

/// Reads a text with Vesk and Orlava as its parties, and hands over what was found in it.
fn on(text: &str, soil: &[Soil], check: impl FnOnce(&Mentions<'_>)) {
    let file = |path: &str, content: &str| PackFile { path: path.to_owned(), content: content.to_owned() };
    let files = [
        file("pack.toml", "schema = 1\nid = 't'\ntitle = 't'\nversion = '1'\nlicence = 'MIT'\nsources = []"),
        file("parties.toml", include_str!("speeches/parties.toml")),
    ];
    let Ok(pack) = Pack::read(&files) else { panic!("the invented pack is read") };
    let knowledge = Knowledge::new(vec![pack]);
    let names = Names::new(&knowledge);
    crate::document::testing::on(text, |_, parsed| check(&Mentions::new(parsed, &names, &knowledge, None, soil)));
}

/// Where the counts of a stance stand.
const SOIL: usize = 0;
const OUR_SOIL: usize = 1;
const STRUCK: usize = 2;
const URGED: usize = 4;
const STANDING: usize = 7;
const SPOKEN_FOR: usize = 11;

#[test]
fn whoever_speaks_takes_its_own_part() {
    let text =
        "As President of Vesk I call on Orlava to withdraw. Vesk believes in peace. We condemn the attack on Vesk.";
    on(text, &[], |mentions| {
        let found = super::stance::stances(mentions);
        let of = |party: &str, count: usize| found.get(&PartyId::new(party)).map(|s| s.counts()[count]);
        assert_eq!((of("vesk", SPOKEN_FOR), of("orlava", SPOKEN_FOR)), (Some(1), Some(0)));
        assert_eq!((of("vesk", URGED), of("orlava", URGED)), (Some(0), Some(1)));
        assert_eq!((of("vesk", STANDING), of("orlava", STANDING)), (Some(1), Some(0)));
        assert_eq!((of("vesk", STRUCK), of("orlava", STRUCK)), (Some(1), Some(0)));
    });
}

#[test]
fn places_tell_on_whose_soil_one_stands() {
    let soil = [Soil { paragraph: 0, at: 4, country: "XV".to_owned() }];
    on("Our forces freed Upper Dubrel today.", &soil, |mentions| {
        let found = super::stance::stances(mentions);
        let vesk = found.get(&PartyId::new("vesk")).map(super::stance::Stance::counts);
        assert_eq!(vesk.map(|c| (c[SOIL], c[OUR_SOIL])), Some((1, 1)));
    });
}

#[test]
fn a_speech_without_a_heading_is_its_speakers_whichever_of_two_it_is() {
    let speech = "NAME attaches great importance to the truce, and my delegation thanks the members of this Assembly.\n\n\
        We regret that OTHER has refused to withdraw its troops. NAME is committed to peace and stands ready for talks. \
        My country has always respected its obligations.\n\n\
        On behalf of the people of NAME I call on OTHER to end its attacks on our cities and to respect the ceasefire. \
        The Government of NAME believes that dialogue is the only way.";
    for (name, other, party) in [("Vesk", "Orlava", "vesk"), ("Orlava", "Vesk", "orlava")] {
        on(&speech.replace("NAME", name).replace("OTHER", other), &[], |mentions| {
            let voice = mentions.voice.as_ref().map(|(p, _)| p.as_str());
            assert_eq!(voice, Some(party));
        });
    }
}

/// Invented documents, in the form of `speeches/documents.toml`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Documents {
    document: Vec<Invented>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Invented {
    about: String,
    own: bool,
    #[serde(default)]
    missed: bool,
    text: String,
}

/// Whether a document is read rightly with these names; true where the model is not there to read it.
fn is_right(document: &Invented, (name, other, party): (&str, &str, &str)) -> bool {
    let mut right = !document.missed;
    on(&document.text.replace("NAME", name).replace("OTHER", other), &[], |mentions| {
        right = mentions.voice.as_ref().map(|(p, _)| p.as_str()) == document.own.then_some(party);
    });
    right
}

#[test]
fn invented_documents_are_whose_they_are() {
    let Ok(read) = toml::from_str::<Documents>(include_str!("speeches/documents.toml")) else { panic!("documents") };
    let mut wrong = Vec::new();
    for document in &read.document {
        let right = [("Vesk", "Orlava", "vesk"), ("Orlava", "Vesk", "orlava")].iter().all(|n| is_right(document, *n));
        if right == document.missed {
            wrong.push(&document.about);
        }
    }
    assert!(wrong.is_empty(), "not as noted: {wrong:#?}");
}
