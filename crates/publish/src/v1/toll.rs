//! Tolls on the wire.

use std::collections::BTreeSet;

use serde::Serialize;
use trucewatch::incident::Record;
use trucewatch::toll::{self as library, Reporter, Sum, Window};

use crate::table::Row;

/// One figure as one voice gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Toll {
    /// Its id.
    pub id: String,
    /// What is counted: `dead`, `wounded`, `dead-or-missing`, `violations` and so on.
    pub category: String,
    /// `people`, `fire` or `things`.
    pub family: String,
    /// `military`, `civilian` or `any`.
    pub who: String,
    /// Whose people or things; of fire and breaches, who is said to be behind them.
    pub side: Option<String>,
    /// Floor.
    pub min: Option<u64>,
    /// Ceiling.
    pub max: Option<u64>,
    /// Whether the words only say "about".
    pub approx: bool,
    /// Whether the voice denies the figure.
    pub denied: bool,
    /// The party that reports it, where it is one.
    pub reporter_party: Option<String>,
    /// Who reports it, by name.
    pub reporter: String,
    /// `incident`, `day`, `stretch`, `since-truce`, `war` or `unsaid`.
    pub window: String,
    /// First and last day that it covers (EDTF).
    pub time: Option<String>,
    /// The agreement since which it counts.
    pub since: Option<String>,
    /// The incident that it is of.
    pub incident: Option<String>,
    /// Where, as written.
    pub place: Option<String>,
    /// The day for which it was said to hold.
    pub known: Option<String>,
    /// Whether the same voice has since given another figure for the same scope.
    pub superseded: bool,
    /// Ids of the figures that are stated as its parts.
    pub parts: Vec<String>,
    /// How stated parts lie to it; empty where there are none.
    pub parts_fit: Vec<String>,
    /// The number in the words of the document.
    pub words: String,
    /// Ids of the claims that hold it.
    pub claims: Vec<String>,
}

impl Toll {
    /// The wire form of some tolls, with what supersedes what, and how parts lie to totals.
    #[must_use]
    pub fn all(record: &Record<'_>, tolls: &[library::Toll]) -> Vec<Toll> {
        let series = library::series(tolls);
        let gone: BTreeSet<String> = series.iter().flat_map(|s| s.superseded()).map(|t| t.id()).collect();
        let sums = library::sums(tolls);
        tolls.iter().map(|t| Toll::new(record, t, gone.contains(&t.id()), &sums)).collect()
    }

    fn new(record: &Record<'_>, toll: &library::Toll, superseded: bool, sums: &[Sum<'_>]) -> Toll {
        let Reporter { party, name } = &toll.reporter;
        let (since, incident) = match &toll.window {
            Window::SinceTruce { agreement, .. } => (agreement.clone(), None),
            Window::Incident { id, .. } => (None, Some(id.clone())),
            _ => (None, None),
        };
        let own = || sums.iter().filter(|s| std::ptr::eq(s.total, toll));
        let claim = toll.claims.first().and_then(|id| record.claim(id));
        let words = claim.and_then(|c| record.source(c)).map_or("", |s| s.words(toll.words));
        Toll {
            id: toll.id(),
            category: toll.category.as_str().to_owned(),
            family: toll.category.family().as_str().to_owned(),
            who: toll.who.as_str().to_owned(),
            side: toll.side.as_ref().map(ToString::to_string),
            min: toll.min,
            max: toll.max,
            approx: toll.approx,
            denied: toll.denied,
            reporter_party: party.as_ref().map(ToString::to_string),
            reporter: name.clone(),
            window: toll.window.as_str().to_owned(),
            time: toll.window.interval(toll.known).map(|i| i.to_string()),
            since,
            incident,
            place: toll.place.clone(),
            known: toll.known.map(|d| d.to_string()),
            superseded,
            parts: own().flat_map(|s| &s.parts).map(|p| p.id()).collect(),
            parts_fit: own().map(|s| s.fit.as_str().to_owned()).collect(),
            words: words.split_whitespace().collect::<Vec<_>>().join(" "),
            claims: toll.claims.clone(),
        }
    }
}

impl Row for Toll {
    const HEAD: &'static [&'static str] = &[
        "id",
        "reporter_party",
        "reporter",
        "category",
        "who",
        "side",
        "min",
        "max",
        "approx",
        "denied",
        "window",
        "time",
        "since",
        "incident",
        "place",
        "known",
        "superseded",
        "parts",
        "parts_fit",
        "words",
        "claims",
    ];

    fn cells(&self) -> Vec<String> {
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        vec![
            self.id.clone(),
            text(&self.reporter_party),
            self.reporter.clone(),
            self.category.clone(),
            self.who.clone(),
            text(&self.side),
            number(self.min),
            number(self.max),
            self.approx.to_string(),
            self.denied.to_string(),
            self.window.clone(),
            text(&self.time),
            text(&self.since),
            text(&self.incident),
            text(&self.place),
            text(&self.known),
            self.superseded.to_string(),
            self.parts.join("; "),
            self.parts_fit.join("; "),
            self.words.clone(),
            self.claims.join("; "),
        ]
    }
}
