//! A small invented record for tests: two villages, three reports, an accusation and its denial.

use std::collections::BTreeMap;

use ledger::decision::Mark;
use publish::v1;
use trucewatch::claim::Claim;
use trucewatch::finding::{self, Finding};
use trucewatch::incident::{Incident, Record, Source, gather};
use trucewatch::pack::{Knowledge, Pack, PackFile};

use crate::about::About;
use crate::matter::Matter;

const FILES: &[(&str, &str)] = &[
    ("pack.toml", "schema = 1\nid = \"p\"\ntitle = \"P\"\nversion = \"1.0\"\nlicence = \"CC0-1.0\"\nsources = []\n"),
    (
        "parties.toml",
        "[[party]]\nid = \"vesk\"\nkind = \"state\"\ntitle = \"Vesk\"\nnames = [\"Vesk\"]\n\
         [[party]]\nid = \"orlava\"\nkind = \"state\"\ntitle = \"Orlava <b>\"\nnames = [\"Orlava\"]\n",
    ),
    (
        "places.csv",
        "id,name,also,kind,lat,lon,precision,country,within,source\n\
         p1,Hollin,,settlement,40.25,46.5,1,,,made up\n\
         p2,قرية النور,,settlement,40.5,46.75,3,,,made up\n",
    ),
];

const REPORTS: &[(&str, &str, &str)] = &[
    (
        "a",
        "The Veskan ministry said Orlavan guns shelled Hollin, killing 2 farmers. Who else fired is not known.",
        r#"{"doc": "a.txt", "published": "2031-03-07", "claims": [
            {"id": "c1", "quote": "Orlavan guns shelled Hollin", "type": "shelling", "mode": "asserted", "speaker": "the ministry",
             "speaker_party": "vesk", "actor": ["orlava"], "target": ["vesk"], "place": "Hollin", "date": "2031-03-07",
             "aspect": null, "agreement": null},
            {"id": "c2", "quote": "killing 2 farmers", "type": "casualties", "mode": "asserted", "speaker": "the ministry",
             "speaker_party": "vesk", "actor": ["orlava"], "target": ["vesk"], "place": "Hollin", "date": "2031-03-07",
             "aspect": null, "agreement": null,
             "figures": [{"what": "killed", "who": "civilian", "side": "vesk", "min": 2, "max": 2}]}]}"#,
    ),
    (
        "b",
        "=cmd|' /C calc'!A0 said Orlava's \"army\" — it did not shell Hollin; <script>alert(1)</script> it said.",
        r#"{"doc": "<b>'); DROP TABLE claims;--.txt", "published": "2031-03-07", "claims": [
            {"id": "c1", "quote": "it did not shell Hollin; <script>alert(1)</script>", "type": "shelling", "mode": "denied",
             "speaker": "=cmd|' /C calc'!A0", "speaker_party": "orlava", "actor": ["orlava"], "target": ["vesk"],
             "place": "Hollin", "date": "2031-03-07", "aspect": null, "agreement": null}]}"#,
    ),
    (
        "c",
        "Shots were heard at قرية النور since March, residents said. Talks went on.",
        r#"{"doc": "c.txt", "published": "2031-03-09", "claims": [
            {"id": "c1", "quote": "Shots were heard at قرية النور since March", "type": "gunfire", "mode": "asserted",
             "speaker": "residents", "place": "قرية النور", "date": "2031-03/..", "speaker_party": null,
             "aspect": null, "agreement": null},
            {"id": "c2", "quote": "Talks went on", "type": "talks", "mode": "asserted", "speaker": "narrator",
             "speaker_party": "media", "actor": ["vesk", "orlava"], "place": null, "date": null, "aspect": null,
             "agreement": null}]}"#,
    ),
];

/// The record with what was judged of it.
pub(crate) struct Sample {
    claims: Vec<Claim>,
    sources: Vec<Source>,
    knowledge: Knowledge,
    marks: BTreeMap<String, Mark>,
    laid: std::sync::OnceLock<(Record<'static>, Vec<Incident>, Vec<Finding>)>,
}

impl Sample {
    pub(crate) fn new() -> Sample {
        let files = FILES.iter().map(|(path, content)| PackFile { path: (*path).into(), content: (*content).into() });
        let knowledge = Knowledge::new(vec![Pack::read(&files.collect::<Vec<_>>()).unwrap()]);
        let (mut claims, mut sources) = (Vec::new(), Vec::new());
        for (stem, text, wire) in REPORTS {
            let coded = v1::Coded::new(stem, text, serde_json::from_str(wire).unwrap(), &knowledge).unwrap();
            claims.extend(coded.claims);
            sources.push(coded.source);
        }
        let marks = BTreeMap::from([("a#c1".to_owned(), Mark { accepted: true, ..Mark::default() })]);
        Sample { claims, sources, knowledge, marks, laid: std::sync::OnceLock::new() }
    }

    /// The same with claims and documents that come from elsewhere.
    pub(crate) fn with(claims: Vec<Claim>, sources: Vec<Source>) -> Sample {
        Sample { claims, sources, ..Sample::new() }
    }

    /// Everything in it. The record is made once and lives as long as the test runs.
    pub(crate) fn matter(&self) -> Matter<'_> {
        let (record, incidents, findings) = self.laid.get_or_init(|| {
            let leak = |s: &Sample| {
                let claims: &'static [Claim] = Box::leak(s.claims.clone().into_boxed_slice());
                let sources: &'static [Source] = Box::leak(s.sources.clone().into_boxed_slice());
                let knowledge: &'static Knowledge = Box::leak(Box::new(s.knowledge.clone()));
                Record::new(claims, sources, knowledge)
            };
            let record = leak(self);
            let incidents = gather(&record);
            let findings = finding::check(&record, &incidents, None);
            (record, incidents, findings)
        });
        let filter = vec![("place".to_owned(), "Hollin' OR 1=1".to_owned())];
        let about = About { filter, cut_off: Some("2031-03-09T12:00:00Z".to_owned()), ..About::with(&self.knowledge) };
        Matter::new(record, incidents.iter().collect(), findings.iter().collect(), &self.marks, about)
    }
}
