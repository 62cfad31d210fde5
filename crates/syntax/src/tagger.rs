//! The tagger: one linear layer over the encoded tokens.

use crate::gemm::multiply_transposed;
use crate::labels::Tag;
use crate::load::network::Network;
use crate::load::{LoadError, Malformed, Package};
use crate::tok2vec::WIDTH;

/// Trained tagger.
pub(crate) struct Tagger {
    tags: Vec<Tag>,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Tagger {
    pub(crate) fn load(package: &Package) -> Result<Self, LoadError> {
        let tags = package.read("tagger/cfg", parse_tags)?;
        package.read("tagger/model", |bytes| {
            let network = Network::parse(bytes)?;
            let softmax = network.one("softmax")?;
            let weights = softmax.shaped("W", &[tags.len(), WIDTH])?.to_vec();
            let bias = softmax.shaped("b", &[tags.len()])?.to_vec();
            Ok(Tagger { tags, weights, bias })
        })
    }

    /// The best tag of each encoded token.
    pub(crate) fn tag(&self, encoded: &[f32]) -> Vec<Tag> {
        let tokens = encoded.len() / WIDTH;
        let mut scores = vec![0.0; tokens * self.tags.len()];
        multiply_transposed(tokens, WIDTH, encoded, WIDTH, &self.weights, &mut scores);
        scores.chunks_exact(self.tags.len()).map(|row| self.tags[self.best(row)]).collect()
    }

    /// The first of the highest scores.
    fn best(&self, row: &[f32]) -> usize {
        let biased = row.iter().zip(&self.bias).map(|(score, bias)| score + bias).enumerate();
        biased.fold((0, f32::NEG_INFINITY), |top, (at, score)| if score > top.1 { (at, score) } else { top }).0
    }
}

fn parse_tags(bytes: &[u8]) -> Result<Vec<Tag>, Malformed> {
    let cfg: serde_json::Value = serde_json::from_slice(bytes).map_err(|e| Malformed::new(format!("not JSON: {e}")))?;
    let labels = cfg.get("labels").and_then(|l| l.as_array()).filter(|l| !l.is_empty());
    let labels = labels.ok_or_else(|| Malformed::new("no labels"))?;
    let tag = |label: &serde_json::Value| {
        label.as_str().unwrap_or_default().parse().map_err(|e| Malformed::new(format!("{e}")))
    };
    labels.iter().map(tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_missing_tags_are_refused() {
        assert!(parse_tags(b"{}").is_err() && parse_tags(br#"{"labels": []}"#).is_err());
        assert!(parse_tags(br#"{"labels": ["NN", "NOUN"]}"#).is_err());
    }

    #[test]
    fn the_highest_biased_score_wins() {
        let mut weights = vec![0.0; 3 * WIDTH];
        weights[WIDTH] = 1.0;
        let tagger = Tagger { tags: vec![Tag::Nn, Tag::Vb, Tag::Jj], weights, bias: vec![0.5, 0.0, 0.5] };
        let mut encoded = vec![0.0; 2 * WIDTH];
        encoded[WIDTH] = 2.0;
        assert_eq!(tagger.tag(&encoded), [Tag::Nn, Tag::Vb], "of equals the first");
    }
}
