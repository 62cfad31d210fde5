//! Arbitrary bytes, read as text, into `parse`; the result's shape is checked.
//!
//! `TRUCEWATCH_MODEL=FOLDER cargo +nightly fuzz run parse --fuzz-dir crates/syntax/fuzz`

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use syntax::Model;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let folder = std::env::var("TRUCEWATCH_MODEL").expect("TRUCEWATCH_MODEL names the model's folder");
    Model::load(Path::new(&folder)).expect("the model loads")
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let parse = MODEL.parse(&[&text]).remove(0);
    let mut at = 0;
    for (i, token) in parse.tokens().iter().enumerate() {
        assert_eq!(token.span.start, at);
        at = token.span.end + usize::from(token.space_after);
        assert!(!parse.word(i).is_empty());
        assert!(parse.sentence_of(i).contains(&token.head));
    }
    assert!(at == text.len() || parse.is_truncated());
});
