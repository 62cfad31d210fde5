//! String ids: what the embedding tables and the lookups are keyed by.

use rustc_hash::FxHashMap;

use crate::hash::murmur64;

/// Gives strings their ids: a small integer for spaCy's reserved strings, a hash for all others.
pub(crate) struct StringIds {
    reserved: FxHashMap<String, u64>,
}

impl StringIds {
    /// Reads the reserved strings from the table beside the crate.
    pub(crate) fn new() -> Self {
        StringIds { reserved: embedded(include_str!("../data/symbols.json")) }
    }

    /// The id of a string; 0 for the empty one.
    pub(crate) fn id(&self, text: &str) -> u64 {
        self.reserved.get(text).copied().unwrap_or_else(|| murmur64(text.as_bytes(), 1))
    }
}

/// Parses a JSON object that is part of the program.
#[expect(clippy::expect_used, reason = "a constant of the program; the tests below read it")]
pub(crate) fn embedded<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("embedded table is valid JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_strings_have_small_ids() {
        let ids = StringIds::new();
        assert_eq!(ids.id(""), 0);
        assert_eq!(ids.id("IS_SPACE"), 6);
        assert_eq!(ids.id("PERSON"), 380);
        assert!(ids.id("person") > 1000);
    }
}
