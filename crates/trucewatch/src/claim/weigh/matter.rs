//! What a report is about: its words tell a war from a match, a strike, a trial or a flood, whoever wages it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::page::Page;
use super::evidence::plain_word;

/// Tokens up to which a text is too short to tell what it is about by its words alone.
const SHORT: usize = 100;
/// Sum of the words alone under which a short text is about something else. Set on the constructed texts of `cases/`.
const AGAINST: f32 = -1.0;
/// How far under the bound a report may lie that names both sides, or one and a place, of a conflict that the packs know.
const NAMED: f32 = 0.3;
/// Known words from which on their number stops mattering.
const FEW: usize = 20;

/// Weights of words, from `matter.tsv`.
struct Matter {
    bias: f32,
    words: FxHashMap<&'static str, f32>,
}

static MATTER: LazyLock<Matter> = LazyLock::new(|| Matter::read(include_str!("matter.tsv")));

/// Whether a report is about a conflict, so that it can hold claims: a regression over its words, names left out. The
/// bound under which it is not is such that one in a hundred reports with claims lies under it. A short text must have
/// words that speak against it, and name no conflict that the packs know.
pub(crate) fn is_of_conflict(pages: &[Page<'_>]) -> bool {
    let tokens: usize = pages.iter().map(|p| p.parse.len()).sum();
    let named = pages.iter().any(|p| p.mentions.conflict.is_some());
    let sum = MATTER.sum(&words(pages));
    match (tokens <= SHORT, named) {
        (true, true) => true,
        (true, false) => sum >= AGAINST,
        (false, true) => MATTER.bias + sum >= -NAMED,
        (false, false) => MATTER.bias + sum >= 0.0,
    }
}

fn words(pages: &[Page<'_>]) -> BTreeSet<String> {
    pages.iter().flat_map(|page| (0..page.parse.len()).filter_map(move |i| plain_word(page, i))).collect()
}

impl Matter {
    fn read(table: &'static str) -> Matter {
        let mut words: FxHashMap<&'static str, f32> = table
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(w, x)| Some((w, x.parse().ok()?)))
            .collect();
        Matter { bias: words.remove("<bias>").unwrap_or_default(), words }
    }

    /// The weights of the words, less the more of them there are.
    fn sum(&self, words: &BTreeSet<String>) -> f32 {
        let known: Vec<f32> = words.iter().filter_map(|w| self.words.get(w.as_str()).copied()).collect();
        #[expect(clippy::cast_precision_loss, reason = "far fewer words than a float can count")]
        let length = (known.len().max(FEW) as f32).sqrt();
        known.iter().sum::<f32>() / length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(words: &str) -> f32 {
        MATTER.bias + MATTER.sum(&words.split(' ').map(str::to_owned).collect())
    }

    #[test]
    fn other_matters_score_lower() {
        assert!(MATTER.words.len() > 1000);
        let war = "army spokesman troop ceasefire shell civilian village wound front official government position";
        for other in
            ["match club season goal fight attack captain", "price trader market deal break war", "museum siege book"]
        {
            assert!(score(other) < 0.0, "{other}");
            assert!(score(war) > score(other) + 1.0, "{other}");
        }
        assert!(score(war) > 0.0);
    }
}
