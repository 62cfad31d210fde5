//! The net gives what its training gave: `net/report.json` holds the scores that `scripts/train_net.py --check` worked
//! out for the clauses of `net/report.txt`, those of the types first, then what is told beside them.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

mod support;

use std::fs;

use serde_json::Value;
use trucewatch::World;
use trucewatch::claim::{Findings, training};
use trucewatch::document::{Document, Meta, ParsedDocument};
use trucewatch::party::Mentions;
use trucewatch::statement::{speaker, statements};

use support::{TestWorld, root};

/// How far apart two scores may lie that were added up in another order.
const APART: f64 = 1e-3;

#[test]
fn scores_are_those_of_the_training_program() {
    let Some(world) = TestWorld::open(&["world", "vesk-orlava"]) else { return };
    let folder = root().join("crates/trucewatch/tests/net");
    let wanted: Value = serde_json::from_str(&fs::read_to_string(folder.join("report.json")).unwrap()).unwrap();
    let found = scores(&world, fs::read_to_string(folder.join("report.txt")).unwrap());
    let wanted = wanted.as_array().unwrap();
    assert_eq!(found.len(), wanted.len());
    for (clause, (found, wanted)) in found.iter().zip(wanted).enumerate() {
        assert_eq!(found.len(), wanted.as_array().unwrap().len());
        for (kind, (found, wanted)) in found.iter().zip(wanted.as_array().unwrap()).enumerate() {
            let (found, wanted) = (f64::from(*found), wanted.as_f64().unwrap());
            assert!((found - wanted).abs() < APART, "clause {clause}, score {kind}: {found}, not {wanted}");
        }
    }
}

fn scores(world: &TestWorld, text: String) -> Vec<Vec<f32>> {
    let document = Document::new("", text, Meta::default());
    let parsed = ParsedDocument::new(&document, world.model());
    let mentions = Mentions::new(&parsed, world.names(), world.knowledge(), None, &[]);
    let statements = statements(&parsed);
    let found = Findings {
        mentions: &mentions,
        sources: &speaker::sources(&parsed, &mentions, &statements, &[]),
        statements: &statements,
        quantities: &[],
        expressions: &[],
        places: &[],
        day: None,
        published: None,
    };
    training::clauses(&parsed, &found).into_iter().map(|c| [c.net.as_slice(), &c.told].concat()).collect()
}
