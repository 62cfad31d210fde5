//! scratch
use std::path::Path;
use trucewatch::{World, claim, document::*, figure, pack::*, party::*, place, statement, when};
struct W {
    m: syntax::Model,
    k: Knowledge,
    n: Names,
    g: place::Gazetteer,
}
impl World for W {
    fn today(&self) -> jiff::civil::Date {
        jiff::civil::date(2026, 1, 1)
    }
    fn model(&self) -> &syntax::Model {
        &self.m
    }
    fn knowledge(&self) -> &Knowledge {
        &self.k
    }
    fn names(&self) -> &Names {
        &self.n
    }
    fn gazetteer(&self) -> &place::Gazetteer {
        &self.g
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let model = syntax::Model::load(Path::new("models/en_core_web_md-3.7.1")).unwrap();
    let mut packs = vec![];
    for p in std::env::var("PACKS").unwrap_or("packs/world".into()).split(',') {
        let mut files = vec![];
        for f in [
            "pack.toml",
            "parties.toml",
            "officials.toml",
            "outlets.toml",
            "conflicts.toml",
            "places.csv",
            "lines.geojson",
        ] {
            if let Ok(c) = std::fs::read_to_string(format!("{p}/{f}")) {
                files.push(PackFile { path: f.into(), content: c });
            }
        }
        packs.push(Pack::read(&files).unwrap_or_else(|e| panic!("{p}: {e}")));
    }
    let k = Knowledge::new(packs);
    let n = Names::new(&k);
    let atlas = std::env::var("ATLAS").ok().map(|p| place::Atlas::from_bytes(std::fs::read(p).unwrap()).unwrap());
    let g = place::Gazetteer::new(&k, atlas);
    let w = W { m: model, k, n, g };
    let mut fs: Vec<_> = std::fs::read_dir(&a[1])
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    fs.sort();
    std::fs::create_dir_all(&a[2]).unwrap();
    for f in fs {
        let g: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&f).unwrap()).unwrap();
        let text = std::fs::read_to_string(f.with_extension("txt")).unwrap();
        let published: Option<when::Interval> = g["published"].as_str().and_then(|p| p.parse().ok());
        let doc = Document::new(f.file_name().unwrap().to_str().unwrap(), text, Meta { published, ..Meta::default() });
        let pos = Positions::new(doc.text());
        if a.len() > 3 {
            let parsed = ParsedDocument::new(&doc, &w.m);
            let day = published.and_then(|i| i.last_day());
            let mentions = Mentions::new(&parsed, &w.n, &w.k, day);
            let statements = statement::statements(&parsed);
            let q: Vec<_> = parsed.paragraphs.iter().map(figure::quantities).collect();
            let fd = claim::Findings {
                mentions: &mentions,
                statements: &statements,
                sources: &[],
                quantities: &q,
                expressions: &[],
                places: &[],
                day,
                published,
            };
            let cl: Vec<_> = claim::training::clauses(&parsed, &fd).iter().map(|c| serde_json::json!({"start": pos.code_point(c.span.start), "end": pos.code_point(c.span.end), "p": c.paragraph, "s": c.sentence, "w": c.words, "f": c.form, "d": c.dense})).collect();
            std::fs::write(
                format!("{}/{}", a[2], f.file_name().unwrap().to_str().unwrap()),
                serde_json::to_string(&cl).unwrap(),
            )
            .unwrap();
            continue;
        }
        let claims: Vec<_> = trucewatch::read(&doc, &w).value.claims.iter().map(|c| serde_json::json!({
            "quote": doc.slice(c.span), "start": pos.code_point(c.span.start), "end": pos.code_point(c.span.end), "type": c.kind.value.as_str(), "mode": c.mode.value.as_str(), "aspect": c.aspect.as_ref().map(|a| a.value.as_str()),
            "speaker": c.speaker.value.name, "speaker_party": c.speaker.value.party.as_ref().map(|p| p.as_str()), "actor": c.actors.iter().map(|p| p.value.as_str()).collect::<Vec<_>>(), "target": c.targets.iter().map(|p| p.value.as_str()).collect::<Vec<_>>(),
            "place": c.place.as_ref().map(|p| &p.value.name), "date": c.date.as_ref().map(|d| d.value.to_string()), "figures": c.figures.iter().map(|f| serde_json::json!({"what": f.what.as_str(), "who": f.who.as_str(), "min": f.min, "max": f.max})).collect::<Vec<_>>(), "via": c.via.iter().map(|v| &v.value).collect::<Vec<_>>(),
            "rule": c.kind.rule, "mrule": c.mode.rule, "srule": c.speaker.rule, "conf": c.confidence,
        })).collect();
        std::fs::write(
            format!("{}/{}", a[2], f.file_name().unwrap().to_str().unwrap()),
            serde_json::to_string_pretty(
                &serde_json::json!({"doc": f.with_extension("txt").file_name().unwrap().to_str(), "claims": claims}),
            )
            .unwrap(),
        )
        .unwrap();
    }
}
