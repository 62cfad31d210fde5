//! The brief on the wire.

use serde::Serialize;
use trucewatch::brief as library;
use trucewatch::brief::{Basis, Nil};

/// A brief.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Brief {
    /// Its title.
    pub title: String,
    /// First day that it covers.
    pub from: String,
    /// Last day that it covers.
    pub to: String,
    /// What matters most.
    pub lead: Vec<Line>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Its footnotes.
    pub footnotes: Vec<Footnote>,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// What it is about.
    pub heading: Option<String>,
    /// Id of the incident that it tells.
    pub incident: Option<String>,
    /// The incident's standing.
    pub standing: Option<String>,
    /// Whether its lines are a list.
    pub listed: bool,
    /// What is said.
    pub told: Vec<Line>,
    /// What follows from it.
    pub weighed: Vec<Line>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// Ids of the claims that it rests on.
    pub claims: Vec<String>,
    /// Id of the agreement on whose record it rests.
    pub agreement: Option<String>,
    /// `nothing-reported`, `not-covered` or `unknown`, where it rests on an absence.
    pub nil: Option<String>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// The brief's own words.
    Text(String),
    /// Words of a document.
    Quote(String),
    /// A footnote by number.
    Note(usize),
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Footnote {
    /// Its number.
    pub number: usize,
    /// Id of the document.
    pub document: String,
    /// The document's name.
    pub name: String,
    /// Number of the sentence.
    pub sentence: usize,
    /// The sentence.
    pub words: String,
    /// Ids of the claims there.
    pub claims: Vec<String>,
}

impl Brief {
    /// The wire form.
    #[must_use]
    pub fn new(brief: &library::Brief) -> Brief {
        let library::Brief { title, period, lead, sections, footnotes } = brief;
        let library::Period { from, to } = period;
        Brief {
            title: title.clone(),
            from: from.to_string(),
            to: to.to_string(),
            lead: lead.iter().map(Line::new).collect(),
            sections: sections.iter().map(Section::new).collect(),
            footnotes: footnotes.iter().map(Footnote::new).collect(),
        }
    }
}

impl Section {
    fn new(section: &library::Section) -> Section {
        let library::Section { title, entries } = section;
        Section { title: (*title).to_owned(), entries: entries.iter().map(Entry::new).collect() }
    }
}

impl Entry {
    fn new(entry: &library::Entry) -> Entry {
        let library::Entry { heading, incident, standing, listed, told, weighed } = entry;
        Entry {
            heading: heading.clone(),
            incident: incident.clone(),
            standing: standing.map(|s| s.as_str().to_owned()),
            listed: *listed,
            told: told.iter().map(Line::new).collect(),
            weighed: weighed.iter().map(Line::new).collect(),
        }
    }
}

impl Line {
    fn new(line: &library::Line) -> Line {
        let library::Line { pieces, basis } = line;
        let (mut claims, mut agreement, mut nil) = (Vec::new(), None, None);
        match basis {
            Basis::Claims(ids) => claims.clone_from(ids),
            Basis::Agreement(id) => agreement = Some(id.clone()),
            Basis::Nil(Nil::NothingReported) => nil = Some("nothing-reported".to_owned()),
            Basis::Nil(Nil::NotCovered) => nil = Some("not-covered".to_owned()),
            Basis::Nil(Nil::Unknown) => nil = Some("unknown".to_owned()),
        }
        Line { pieces: pieces.iter().map(Piece::new).collect(), claims, agreement, nil }
    }
}

impl Piece {
    fn new(piece: &library::Piece) -> Piece {
        match piece {
            library::Piece::Text(words) => Piece::Text(words.clone()),
            library::Piece::Quote(words) => Piece::Quote(words.clone()),
            library::Piece::Note(number) => Piece::Note(*number),
        }
    }
}

impl Footnote {
    fn new(note: &library::Footnote) -> Footnote {
        let library::Footnote { number, document, name, sentence, words, claims } = note;
        Footnote {
            number: *number,
            document: document.clone(),
            name: name.clone(),
            sentence: *sentence,
            words: words.clone(),
            claims: claims.clone(),
        }
    }
}
