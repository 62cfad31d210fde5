//! Prints what the weights are trained on: `evidence MODEL PACKS GOLD OUT` writes a JSON file of clauses for every
//! coded document of GOLD. `evidence MODEL PACKS GOLD OUT SCORES` writes the claims that follow from the
//! scores in SCORES instead, `[clause, type, score]` by document. With `--blind` before these, documents are read as if
//! the packs knew of no conflict; with `--casts` the claims are written with everybody who may have taken part in them
//! (where SCORES tells who is on record, with those speakers), with `--voices` with everybody who may be on record for
//! them, with `--issuers` whose voice the document may be in, with `--modes` the coded claims with what decides their
//! modes, with `--places` the claims with all places where they may be, with `--figures` the claims with all numbers that
//! may be figures of them. Places are those of the gazetteer that stands beside MODEL; they also say whose an office
//! without a name is, so it must stand there whatever is asked for. See the trainers in `scripts/`.

use std::error::Error;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};
use trucewatch::claim::{Claim, Findings, Kind, Traced, training};
use trucewatch::document::{Document, Meta, ParsedDocument, Positions, Span};
use trucewatch::figure::{self, Quantity};
use trucewatch::pack::{Knowledge, Pack, PackFile, PartyId};
use trucewatch::party::{self, Mentions, Names};
use trucewatch::place::{self, Atlas, Gazetteer};
use trucewatch::prepare;
use trucewatch::statement::{speaker, statements};
use trucewatch::when::{self, Interval};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Files of a pack that bear on names and places.
const FILES: [&str; 7] =
    ["pack.toml", "parties.toml", "officials.toml", "outlets.toml", "conflicts.toml", "places.csv", "lines.geojson"];

fn main() -> Outcome<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut asked = |flag: &str| {
        let at = arguments.iter().position(|a| a == flag);
        at.map(|at| arguments.remove(at)).is_some()
    };
    let blind = asked("--blind");
    let wanted = if asked("--casts") {
        Wanted::Casts
    } else if asked("--voices") {
        Wanted::Voices
    } else if asked("--issuers") {
        Wanted::Issuers
    } else if asked("--modes") {
        Wanted::Modes
    } else if asked("--places") {
        Wanted::Places
    } else if asked("--figures") {
        Wanted::Figures
    } else {
        Wanted::Clauses
    };
    let [folder, packs, gold, out, scores @ ..] = &arguments[..] else {
        return Err(
            "usage: evidence [--blind] [--casts | --voices | --issuers | --modes | --places | --figures] MODEL PACKS GOLD OUT [SCORES]"
                .into(),
        );
    };
    let packs = packs.split(',').map(|p| pack(Path::new(p), blind)).collect::<Outcome<Vec<_>>>()?;
    let mut model = syntax::Model::load(Path::new(folder))?;
    prepare(&mut model, &packs);
    let knowledge = Knowledge::new(packs);
    let names = Names::new(&knowledge);
    let atlas = std::fs::read(Path::new(folder).with_file_name("gazetteer.bin")).ok();
    let gazetteer = Gazetteer::new(&knowledge, atlas.map(Atlas::from_bytes).transpose()?);
    let known = Known { model: &model, knowledge: &knowledge, names: &names, gazetteer: &gazetteer };
    std::fs::create_dir_all(out)?;
    for entry in std::fs::read_dir(gold)? {
        let path = entry?.path();
        let Some(name) = path.file_name().filter(|_| path.extension().is_some_and(|e| e == "json")) else { continue };
        let given = scores.first().map(|folder| given(&Path::new(folder).join(name))).transpose()?;
        let content = read(&path, &known, wanted, given.as_ref())?;
        std::fs::write(Path::new(out).join(name), content)?;
    }
    Ok(())
}

/// What documents are read by.
#[derive(Clone, Copy)]
struct Known<'k> {
    model: &'k syntax::Model,
    knowledge: &'k Knowledge,
    names: &'k Names,
    gazetteer: &'k Gazetteer,
}

/// What is written for each document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Clauses,
    Casts,
    Voices,
    Issuers,
    Modes,
    Places,
    Figures,
}

impl Wanted {
    /// Whether what is written depends on where things are.
    fn is_located(self) -> bool {
        matches!(self, Wanted::Casts | Wanted::Voices | Wanted::Places | Wanted::Figures)
    }
}

/// What the trainer has decided of a document: scores by clause and type, where clauses are given, who issued it, where
/// that is not whom the rules name, who is on record for claims, by their code points and type, and what nets tell that have
/// not seen it.
struct Given {
    scores: Option<Vec<(usize, Kind, f32)>>,
    issuer: Option<String>,
    spoken: Vec<(usize, usize, String, String)>,
    told: Option<Vec<training::Told>>,
}

/// `[[clause, type, score], …]`, or `{"scores": …, "issuer": …, "spoken": [[start, end, type, party], …], "told": [[…], …]}`
/// with any left out; of every clause is told what `scripts/train_net.py` wrote.
fn given(path: &Path) -> Outcome<Given> {
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let rows = if file.is_array() { &file } else { &file["scores"] };
    let rows: Option<Vec<(usize, String, f32)>> = serde_json::from_value(rows.clone())?;
    let known = |(clause, kind, score): (usize, String, f32)| Some((clause, Kind::parse(&kind)?, score));
    let scores = rows.map(|rows| rows.into_iter().filter_map(known).collect());
    let spoken = Option::deserialize(&file["spoken"])?.unwrap_or_default();
    let told = Option::deserialize(&file["told"])?;
    Ok(Given { told, scores, issuer: file["issuer"].as_str().map(str::to_owned), spoken })
}

fn pack(folder: &Path, blind: bool) -> Outcome<Pack> {
    let mut files = Vec::new();
    for path in FILES.into_iter().filter(|&f| !(blind && f == "conflicts.toml")) {
        if let Ok(content) = std::fs::read_to_string(folder.join(path)) {
            files.push(PackFile { path: path.to_owned(), content });
        }
    }
    Ok(Pack::read(&files)?)
}

/// The evidence in one coded document as JSON, or the claims that follow from given scores.
fn read(path: &Path, known: &Known<'_>, wanted: Wanted, given: Option<&Given>) -> Outcome<String> {
    let &Known { model, knowledge, names, gazetteer } = known;
    let record: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let published: Option<Interval> = record["published"].as_str().and_then(|p| p.parse().ok());
    let text = std::fs::read_to_string(path.with_extension("txt"))?;
    let document = Document::new("", text, Meta { published, ..Meta::default() });
    let parsed = ParsedDocument::new(&document, model);
    let day = published.and_then(Interval::last_day);
    let located = place::mentions(&parsed, gazetteer);
    let mut mentions = Mentions::new(&parsed, names, knowledge, day, &place::soil(&located));
    if let Some(given) = given {
        let issuer = given.issuer.as_ref().map(|party| (PartyId::new(party), "voice/weights"));
        mentions.voice = issuer.or_else(|| party::issuers(&mentions, names).0);
    }
    let scores = given.and_then(|g| g.scores.as_deref());
    let statements = statements(&parsed);
    let sources = speaker::sources(&parsed, &mentions, &statements, &located);
    let places = if wanted.is_located() { located } else { Vec::new() };
    let expressions = if wanted.is_located() { when::expressions(&parsed, day) } else { Vec::new() };
    let read = || parsed.paragraphs.iter().map(figure::quantities).collect();
    let quantities: Vec<Vec<Quantity>> = if wanted == Wanted::Figures { read() } else { Vec::new() };
    let found = Findings {
        mentions: &mentions,
        sources: &sources,
        statements: &statements,
        quantities: &quantities,
        expressions: &expressions,
        places: &places,
        day,
        published,
    };
    let content = match (wanted, scores) {
        (Wanted::Voices, _) => {
            let told = given.and_then(|g| g.told.as_deref());
            let read = speakers(&parsed, &found, training::Given { scores, told });
            read.ok_or_else(|| format!("{}: other clauses are told of than it has", path.display()))?
        }
        (_, Some(scores)) => json!({ "doc": record["doc"], "claims": claims(&parsed, &found, scores) }),
        (Wanted::Casts, None) => parties(&parsed, &found, given.map_or(&[], |g| &g.spoken)),
        (Wanted::Issuers, None) => issuers(&mentions, names),
        (Wanted::Clauses, None) => evidence(&parsed, &found),
        (Wanted::Modes, None) => modes(&parsed, &found, &record),
        (Wanted::Places, None) => places_of(&parsed, &found),
        (Wanted::Figures, None) => figures(&parsed, &found),
    };
    Ok(serde_json::to_string(&content)?)
}

/// Where a character stands that is counted in code points.
fn byte_at(text: &str, code_point: usize) -> Option<usize> {
    text.char_indices().nth(code_point).map(|(byte, _)| byte)
}

/// The clauses with their evidence, offsets in code points.
fn evidence(parsed: &ParsedDocument<'_>, found: &Findings<'_>) -> Value {
    let positions = Positions::new(parsed.document.text());
    let token = |span: Span, seen: &[i64; 5]| {
        let mut out = vec![positions.code_point(span.start) as i64, positions.code_point(span.end) as i64];
        out.extend(seen);
        out
    };
    let clause = |c: &training::TrainingClause| {
        json!({
            "start": positions.code_point(c.span.start), "end": positions.code_point(c.span.end),
            "p": c.paragraph, "s": c.sentence, "w": c.words, "f": c.form, "d": c.dense,
            "t": c.tokens.iter().map(|(span, seen)| token(*span, seen)).collect::<Vec<_>>(),
        })
    };
    let clauses: Vec<Value> = training::clauses(parsed, found).iter().map(clause).collect();
    Value::Array(clauses)
}

/// The claims with everybody who may have taken part in them, offsets in code points.
fn parties(parsed: &ParsedDocument<'_>, found: &Findings<'_>, spoken: &[(usize, usize, String, String)]) -> Value {
    let text = parsed.document.text();
    let positions = Positions::new(text);
    let byte = |at: usize| byte_at(text, at).unwrap_or(text.len());
    let held_out = |(start, end, kind, party): &(usize, usize, String, String)| {
        Some((Span { start: byte(*start), end: byte(*end) }, Kind::parse(kind)?, PartyId::new(party)))
    };
    let spoken: Vec<_> = spoken.iter().filter_map(held_out).collect();
    let ids = |list: &[PartyId]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let claim = |c: &training::TrainingCast| {
        let candidates = c.candidates.iter().map(|(party, inputs, keys)| json!([party.to_string(), inputs, keys]));
        json!({
            "start": positions.code_point(c.span.start), "end": positions.code_point(c.span.end),
            "quote": parsed.document.slice(c.span), "type": c.kind.as_str(), "mode": c.mode.as_str(),
            "speaker_party": c.speaker.as_ref().map(ToString::to_string),
            "actor": ids(&c.ruled[0]), "target": ids(&c.ruled[1]),
            "candidates": candidates.collect::<Vec<_>>(),
        })
    };
    json!({ "claims": training::casts(parsed, found, &spoken).iter().map(claim).collect::<Vec<_>>() })
}

/// The claims with all places where they may be, offsets in code points.
fn places_of(parsed: &ParsedDocument<'_>, found: &Findings<'_>) -> Value {
    let positions = Positions::new(parsed.document.text());
    let claim = |c: &training::TrainingPlace| {
        json!({
            "start": positions.code_point(c.span.start), "end": positions.code_point(c.span.end),
            "quote": parsed.document.slice(c.span), "type": c.kind.as_str(), "mode": c.mode.as_str(),
            "speaker_party": c.speaker.as_ref().map(ToString::to_string), "place": c.ruled, "candidates": c.candidates,
        })
    };
    json!({ "claims": training::places(parsed, found).iter().map(claim).collect::<Vec<_>>() })
}

/// The claims with all numbers that may be figures of them, offsets in code points.
fn figures(parsed: &ParsedDocument<'_>, found: &Findings<'_>) -> Value {
    let positions = Positions::new(parsed.document.text());
    let candidate = |c: &training::TrainingFigure| {
        let whats = c.whats.iter().map(|(what, own, whos)| json!([what.as_str(), own, whos]));
        json!({
            "words": parsed.document.slice(c.quantity.span), "at": positions.code_point(c.quantity.span.start),
            "min": c.quantity.min, "max": c.quantity.max,
            "ruled": c.ruled.as_ref().map(|f| [f.what.as_str(), f.who.as_str()]),
            "shared": c.shared, "round": c.surroundings, "whats": whats.collect::<Vec<_>>(),
        })
    };
    let claim = |c: &training::TrainingFigures| {
        json!({
            "start": positions.code_point(c.span.start), "end": positions.code_point(c.span.end),
            "quote": parsed.document.slice(c.span), "type": c.kind.as_str(), "mode": c.mode.as_str(),
            "speaker_party": c.speaker.as_ref().map(ToString::to_string),
            "candidates": c.candidates.iter().map(candidate).collect::<Vec<_>>(),
        })
    };
    json!({ "claims": training::figures(parsed, found).iter().map(claim).collect::<Vec<_>>() })
}

/// The claims with everybody who may be on record for them, offsets in code points, and whose voice the document is in.
fn speakers(parsed: &ParsedDocument<'_>, found: &Findings<'_>, given: training::Given<'_>) -> Option<Value> {
    let positions = Positions::new(parsed.document.text());
    let claim = |c: &training::TrainingVoice| {
        let candidates = c.candidates.iter().map(|(party, inputs)| json!([party.to_string(), inputs]));
        json!({
            "start": positions.code_point(c.span.start), "end": positions.code_point(c.span.end),
            "quote": parsed.document.slice(c.span), "type": c.kind.as_str(), "mode": c.mode.as_str(),
            "speaker": c.speaker.name, "speaker_party": c.speaker.party.as_ref().map(ToString::to_string),
            "rule": c.rule, "whole": c.whole, "weighed": c.mode_words.as_ref().map(|(mode, words)| json!([mode.as_str(), words])),
            "candidates": candidates.collect::<Vec<_>>(),
        })
    };
    let issuer = found.mentions.voice.as_ref().map(|(party, _)| party.to_string());
    let claims = training::voices(parsed, found, given)?.iter().map(claim).collect::<Vec<_>>();
    Some(json!({ "issuer": issuer, "claims": claims }))
}

/// Who may have issued the document, and whom the rules name.
fn issuers(mentions: &Mentions<'_>, names: &Names) -> Value {
    let (ruled, found) = party::issuers(mentions, names);
    let candidates: Vec<Value> = found.iter().map(|c| json!([c.party.to_string(), c.inputs, c.keys])).collect();
    json!({ "ruled": ruled.as_ref().map(|(p, _)| p.to_string()), "rule": ruled.map(|(_, r)| r), "candidates": candidates })
}

/// The coded claims with what decides their modes.
fn modes(parsed: &ParsedDocument<'_>, found: &Findings<'_>, record: &Value) -> Value {
    let text = parsed.document.text();
    let span = |c: &Value| {
        let quote = c["quote"].as_str()?;
        let byte = c["start"].as_u64().and_then(|start| byte_at(text, start as usize));
        let start =
            byte.filter(|&b| text.get(b..).is_some_and(|rest| rest.starts_with(quote))).or_else(|| text.find(quote))?;
        Some((Span { start, end: start + quote.len() }, Kind::parse(c["type"].as_str()?)?))
    };
    let claims: Vec<&Value> = record["claims"].as_array().into_iter().flatten().collect();
    let (places, coded): (Vec<_>, Vec<_>) = claims.iter().enumerate().filter_map(|(i, c)| Some((i, span(c)?))).unzip();
    let row = |m: &training::TrainingMode| {
        json!({
            "i": places[m.index], "found": m.found, "mode": m.mode.as_str(), "rule": m.rule, "w": m.words,
        })
    };
    Value::Array(training::modes(parsed, found, &coded).iter().map(row).collect())
}

/// Claims with the fields that the scorer compares.
fn claims(parsed: &ParsedDocument<'_>, found: &Findings<'_>, scores: &[(usize, Kind, f32)]) -> Vec<Value> {
    let positions = Positions::new(parsed.document.text());
    let ids = |list: &[Traced<PartyId>]| list.iter().map(|p| p.value.to_string()).collect::<Vec<_>>();
    let claim = |c: &Claim| {
        json!({
            "start": positions.code_point(c.span.start), "end": positions.code_point(c.span.end),
            "quote": parsed.document.slice(c.span), "type": c.kind.value.as_str(), "mode": c.mode.value.as_str(),
            "speaker_party": c.speaker.value.party.as_ref().map(ToString::to_string),
            "actor": ids(&c.actors), "target": ids(&c.targets), "confidence": c.confidence, "figures": [],
        })
    };
    training::read_given(parsed, found, scores).iter().map(claim).collect()
}
