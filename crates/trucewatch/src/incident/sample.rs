//! Claims and documents of an invented conflict, built in a few words for tests.

use crate::claim::{Aspect, Claim, ClaimPlace, Kind, Mode, Speaker, Traced};
use crate::document::Span;
use crate::figure::{Amount, Counted, Figure, Who};
use crate::incident::{Copied, Incident, Record, Source, gather};
use crate::pack::{Knowledge, Pack, PackFile, PartyId};
use crate::place::Resolved;
use crate::when::Interval;

/// A claim as a test tells it.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    document: String,
    published: String,
    words: String,
    claim: Claim,
    agreement: Option<String>,
}

fn traced<T>(value: T) -> Traced<T> {
    Traced::new(value, Vec::new(), "test")
}

fn parties(ids: &[&str]) -> Vec<Traced<PartyId>> {
    ids.iter().map(|id| traced(PartyId::new(id))).collect()
}

impl Told {
    /// Words of a document with its day.
    pub(crate) fn new(document: &str, published: &str, words: &str) -> Told {
        let claim = Claim {
            id: String::new(),
            document: document.to_owned(),
            span: Span::new(0, 0),
            kind: traced(Kind::Position),
            mode: traced(Mode::Asserted),
            aspect: None,
            speaker: traced(Speaker { name: "narrator".to_owned(), party: Some(PartyId::new(PartyId::MEDIA)) }),
            via: Vec::new(),
            actors: Vec::new(),
            targets: Vec::new(),
            place: None,
            date: None,
            figures: Vec::new(),
            agreement: None,
            garbled: None,
            confidence: 1.0,
        };
        Told { document: document.into(), published: published.into(), words: words.into(), claim, agreement: None }
    }

    /// Id of the document that it stands in.
    pub(crate) fn document(&self) -> &str {
        &self.document
    }

    /// The same in another document of that day.
    pub(crate) fn in_document(mut self, document: &str) -> Told {
        document.clone_into(&mut self.document);
        document.clone_into(&mut self.claim.document);
        self
    }

    pub(crate) fn by(mut self, party: &str) -> Told {
        let name = match party {
            PartyId::MEDIA => "narrator".to_owned(),
            "jlm" => "Joint Line Mission".to_owned(),
            other => other.chars().take(1).flat_map(char::to_uppercase).chain(other.chars().skip(1)).collect(),
        };
        self.claim.speaker = traced(Speaker { name, party: Some(PartyId::new(party)) });
        self
    }

    /// As a field report of a mission has it.
    pub(crate) fn in_the_field(mut self) -> Told {
        self.claim.speaker.rule = std::borrow::Cow::Borrowed("field/mission");
        self
    }

    pub(crate) fn kind(mut self, kind: Kind, actors: &[&str], targets: &[&str]) -> Told {
        self.claim.kind = traced(kind);
        self.claim.actors = parties(actors);
        self.claim.targets = parties(targets);
        self
    }

    pub(crate) fn shelling(self, actor: &str, target: &str, date: &str) -> Told {
        self.kind(Kind::Shelling, &[actor], &[target]).on(date)
    }

    pub(crate) fn clash(self, actors: &[&str], date: &str) -> Told {
        self.kind(Kind::Clash, actors, &[]).on(date)
    }

    pub(crate) fn on(mut self, date: &str) -> Told {
        self.claim.date = date.parse::<Interval>().ok().map(traced);
        self
    }

    pub(crate) fn at(mut self, place: &str) -> Told {
        self.claim.place = Some(traced(ClaimPlace { name: place.to_owned(), resolved: None }));
        self
    }

    pub(crate) fn at_point(mut self, place: &str, lat: f64, lon: f64, precision: u8) -> Told {
        let (id, country, why) = (place.to_owned(), String::new(), String::new());
        let resolved = Some(Resolved { id, lat, lon, country, precision, why });
        self.claim.place = Some(traced(ClaimPlace { name: place.to_owned(), resolved }));
        self
    }

    pub(crate) fn mode(mut self, mode: Mode) -> Told {
        self.claim.mode = traced(mode);
        self
    }

    pub(crate) fn its_mode(&self) -> Mode {
        self.claim.mode.value
    }

    pub(crate) fn aspect(mut self, aspect: Aspect) -> Told {
        self.claim.aspect = Some(traced(aspect));
        self
    }

    pub(crate) fn denied(self) -> Told {
        self.mode(Mode::Denied)
    }

    pub(crate) fn of_agreement(mut self, words: &str) -> Told {
        self.agreement = Some(words.to_owned());
        self
    }

    pub(crate) fn figure(self, what: Counted, side: Option<&str>, min: Option<u64>, max: Option<u64>) -> Told {
        self.figure_of(what, Who::Any, side, min, max)
    }

    pub(crate) fn figure_of(
        mut self,
        what: Counted,
        who: Who,
        side: Option<&str>,
        min: Option<u64>,
        max: Option<u64>,
    ) -> Told {
        let side = side.map(PartyId::new);
        self.claim.figures.push(Figure {
            span: Span::new(0, 0),
            what,
            who,
            side,
            min: min.map(Amount::from),
            max: max.map(Amount::from),
            approx: false,
            rule: "figures/words".into(),
        });
        self
    }
}

/// Documents and their claims, sentence by sentence.
#[derive(Debug)]
pub(crate) struct Tale {
    claims: Vec<Claim>,
    sources: Vec<Source>,
    knowledge: Knowledge,
}

impl Tale {
    pub(crate) fn new() -> Tale {
        Tale { claims: Vec::new(), sources: Vec::new(), knowledge: knowledge() }
    }

    /// Nothing told yet, under an agreement whose file has more lines on its time in force, and more terms.
    pub(crate) fn under(in_force: &str, terms: &str) -> Tale {
        Tale { knowledge: knowledge_under(in_force, terms), ..Tale::new() }
    }

    /// What some claims tell.
    pub(crate) fn of(claims: impl IntoIterator<Item = Told>) -> Tale {
        let mut tale = Tale::new();
        claims.into_iter().for_each(|c| tale.tell(c));
        tale
    }

    /// Adds a sentence and the claim that it carries.
    pub(crate) fn tell(&mut self, told: Told) {
        let mut claim = told.claim;
        let source = self.source(&told.document, &told.published);
        let start = source.text.len();
        source.text = format!("{}{}. ", source.text, told.words).into();
        claim.span = Span::new(start, start + told.words.len());
        source.sentences.push(Span::new(start, claim.span.end + 1));
        let within = |words: &str| told.words.find(words).map(|i| Span::new(start + i, start + i + words.len()));
        claim.agreement = told.agreement.as_deref().and_then(within);
        claim.id = format!("{}-{start:03}-{}", claim.document, claim.kind.value);
        self.claims.push(claim);
    }

    /// Adds another claim to the last sentence of a document.
    pub(crate) fn tell_again(&mut self, told: Told) {
        let mut claim = told.claim;
        let source = self.source(&told.document, &told.published);
        let span = source.sentences.last().map_or(Span::new(0, 0), |s| Span::new(s.start, s.end - 1));
        claim.span = span;
        claim.id = format!("{}-{:03}-{}", claim.document, span.start, claim.kind.value);
        self.claims.push(claim);
    }

    fn source(&mut self, name: &str, published: &str) -> &mut Source {
        let at = self.sources.iter().position(|s| s.id == name).unwrap_or_else(|| {
            self.sources.push(Source {
                id: name.to_owned(),
                name: format!("{name}.txt"),
                outlet: None,
                published: published.parse().ok(),
                text: "".into(),
                sentences: Vec::new(),
                notes: Vec::new(),
                copy_of: None,
            });
            self.sources.len() - 1
        });
        &mut self.sources[at]
    }

    /// Makes a document a copy of another.
    pub(crate) fn copied(&mut self, document: &str, first: &str) {
        let copied = Copied { first: first.to_owned(), reason: "has the same words".to_owned() };
        for source in self.sources.iter_mut().filter(|s| s.id == document) {
            source.copy_of = Some(copied.clone());
        }
    }

    /// Takes a document away with its claims.
    pub(crate) fn forget(&mut self, document: &str) {
        self.claims.retain(|c| c.document != document);
        self.sources.retain(|s| s.id != document);
    }

    pub(crate) fn reverse(&mut self) {
        self.claims.reverse();
        self.sources.reverse();
    }

    pub(crate) fn claims(&self) -> &[Claim] {
        &self.claims
    }

    pub(crate) fn record(&self) -> Record<'_> {
        Record::new(&self.claims, &self.sources, &self.knowledge)
    }

    pub(crate) fn gather(&self) -> Vec<Incident> {
        gather(&self.record())
    }
}

/// A small pack of the invented conflict.
pub(crate) fn knowledge() -> Knowledge {
    knowledge_under("", "")
}

/// The same with more lines on its agreement's time in force, and more terms.
fn knowledge_under(in_force: &str, terms: &str) -> Knowledge {
    let zone = "zone = \"-08:00\"\n";
    let agreement = include_str!("sample/agreement.toml").replace(zone, &format!("{zone}{in_force}\n"));
    let agreement = format!("{agreement}{terms}");
    let file = |path: &str, content: &str| PackFile { path: path.into(), content: content.into() };
    let files = [
        file("pack.toml", include_str!("sample/pack.toml")),
        file("parties.toml", include_str!("sample/parties.toml")),
        file("places.csv", include_str!("sample/places.csv")),
        file("lines.geojson", include_str!("sample/lines.geojson")),
        file("agreements/halmora-2031.toml", &agreement),
    ];
    Knowledge::new(vec![Pack::read(&files).unwrap()])
}

/// How a property is tried: on so many sets of claims, or on as many as `PROPTEST_CASES` says.
pub(crate) fn tries(cases: u32) -> proptest::prelude::ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    proptest::prelude::ProptestConfig { cases: asked.unwrap_or(cases), failure_persistence: None, ..Default::default() }
}
