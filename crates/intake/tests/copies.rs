//! Copies in a generated set of 2,000 documents: how many are found, and how many of those that are found are copies.

#![expect(clippy::print_stdout, clippy::use_debug, reason = "figures are printed")]

mod common;

use common::corpus::{Made, Random, corpus, report};
use intake::copies::{Copies, Sketch, families};

fn measured(made: &[Made]) -> (f64, f64) {
    let texts: Vec<_> = made.iter().map(|m| m.text.clone()).collect();
    let found = families(&texts);
    let (mut right, mut told, mut wanted, mut met) = (0, 0, 0, 0);
    for (i, (made, found)) in made.iter().zip(&found).enumerate() {
        let is_right = found.is_some_and(|f| f.key == made.family as u64);
        told += usize::from(found.is_some());
        right += usize::from(is_right);
        if made.family != i && made.kept >= 0.8 {
            wanted += 1;
            met += usize::from(is_right);
        }
    }
    (f64::from(right as u32) / f64::from(told as u32), f64::from(met as u32) / f64::from(wanted as u32))
}

#[test]
fn copies_of_two_thousand_documents_are_found() {
    for seed in [1, 2] {
        let made = corpus(seed, 2000);
        let (precision, recall) = measured(&made);
        let copies = made.iter().enumerate().filter(|(i, m)| m.family != *i).count();
        println!("seed {seed}: {copies} copies, precision {precision:.4}, recall of those that keep 80 % {recall:.4}");
        assert!(precision >= 0.98 && recall >= 0.95, "seed {seed}: precision {precision}, recall {recall}");
    }
}

#[test]
fn the_order_in_which_texts_are_put_in_changes_nothing() {
    let made = corpus(3, 300);
    let sketches: Vec<Sketch> = made.iter().map(|m| Sketch::of(&m.text)).collect();
    let (mut forwards, mut backwards) = (Copies::new(), Copies::new());
    for (key, sketch) in sketches.iter().enumerate() {
        forwards.insert(key as u64, sketch.clone());
    }
    for (key, sketch) in sketches.iter().enumerate().rev() {
        backwards.insert(key as u64, sketch.clone());
    }
    for (key, sketch) in sketches.iter().enumerate() {
        assert_eq!(forwards.find(key as u64, sketch), backwards.find(key as u64, sketch));
    }
}

/// `cargo test -p intake --release --test copies -- --ignored --nocapture` measures how the index grows.
#[test]
#[ignore = "a measurement"]
fn looking_up_among_a_hundred_thousand_takes_little_longer() {
    let mut random = Random(7);
    let texts: Vec<std::sync::Arc<str>> = (0..100_000).map(|_| report(&mut random, 100).into()).collect();
    for size in [1000, 10_000, 100_000] {
        let start = std::time::Instant::now();
        let found = families(&texts[..size]).iter().flatten().count();
        println!("{size} documents: {:?}, {found} taken for copies", start.elapsed());
    }
}
