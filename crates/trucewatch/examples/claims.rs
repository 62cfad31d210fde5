//! scratch
use std::path::Path;
use trucewatch::{claim, document::*, pack::*, party::*};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let model = syntax::Model::load(Path::new("models/en_core_web_md-3.7.1")).unwrap();
    let mut packs = vec![];
    for p in std::env::var("PACKS").unwrap_or("packs/world".into()).split(',') {
        let mut files = vec![];
        for f in ["pack.toml", "parties.toml", "officials.toml", "outlets.toml", "conflicts.toml"] {
            if let Ok(c) = std::fs::read_to_string(format!("{p}/{f}")) {
                files.push(PackFile { path: f.into(), content: c });
            }
        }
        packs.push(Pack::read(&files).unwrap_or_else(|e| panic!("{p}: {e}")));
    }
    let k = Knowledge::new(packs);
    let names = Names::new(&k);
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
        let published = g["published"].as_str().and_then(|p| p.parse().ok());
        let day = published.and_then(|i: trucewatch::when::Interval| i.first_day());
        let doc = Document::new(f.file_name().unwrap().to_str().unwrap(), text, Meta { published, ..Meta::default() });
        let parsed = ParsedDocument::new(&doc, &model);
        let mentions = Mentions::new(&parsed, &names, &k, day);
        let pos = Positions::new(doc.text());
        if a.len() > 3 {
            let cl: Vec<_> = claim::training::clauses(&parsed, &mentions).iter().map(|c| serde_json::json!({"start": pos.code_point(c.span.start), "end": pos.code_point(c.span.end), "p": c.paragraph, "s": c.sentence, "w": c.words, "f": c.form, "d": c.dense})).collect();
            std::fs::write(format!("{}/{}", a[2], f.file_name().unwrap().to_str().unwrap()), serde_json::to_string(&cl).unwrap()).unwrap();
            continue;
        }
        let claims: Vec<_> = claim::code(&parsed, &mentions).iter().map(|c| serde_json::json!({
            "quote": doc.slice(c.span), "start": pos.code_point(c.span.start), "end": pos.code_point(c.span.end), "type": c.kind.value.as_str(), "mode": c.mode.value.as_str(), "aspect": c.aspect.as_ref().map(|a| a.value.as_str()),
            "speaker": c.speaker.value.name, "speaker_party": c.speaker.value.party.as_ref().map(|p| p.as_str()), "actor": c.actors.iter().map(|p| p.value.as_str()).collect::<Vec<_>>(), "target": c.targets.iter().map(|p| p.value.as_str()).collect::<Vec<_>>(),
            "place": null, "date": null, "figures": [], "rule": c.kind.rule, "mrule": c.mode.rule, "srule": c.speaker.rule,
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
