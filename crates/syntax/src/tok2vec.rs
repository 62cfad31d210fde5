//! The encoder: hash embeddings of a word's attributes, then four convolutions over a window of three tokens.

use crate::gemm::multiply_transposed;
use crate::hash::embedding_keys;
use crate::lexeme::{Lexeme, Vocabulary};
use crate::load::Malformed;
use crate::load::msgpack::{texts, unsigned};
use crate::load::network::{Network, Node};

/// Floats a token: the width of every layer between embedding and output.
pub(crate) const WIDTH: usize = 96;
/// Pieces of a maxout.
const PIECES: usize = 3;
/// Tokens to each side that four windows of three reach: as many zero rows keep documents apart.
const REACH: usize = 4;

/// A word type as the embedding sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TypeKey {
    pub(crate) lexeme: u32,
    pub(crate) norm: u64,
    pub(crate) space_after: bool,
}

/// Trained embedding and encoder.
pub(crate) struct Tok2Vec {
    tables: Vec<HashTable>,
    /// Projection of the static vectors, [`WIDTH`] rows.
    static_vectors: Vec<f32>,
    embed: Maxout,
    layers: Vec<Maxout>,
}

/// An embedding table addressed by hashes of one attribute.
struct HashTable {
    attribute: Attribute,
    rows: Vec<f32>,
    count: u32,
    seed: u32,
}

#[derive(Debug, Clone, Copy)]
enum Attribute {
    Norm,
    Prefix,
    Suffix,
    Shape,
    SpaceAfter,
    IsSpace,
}

/// Maxout and layer normalisation.
struct Maxout {
    inputs: usize,
    /// Rows piece by piece: piece `p` of output `o` is row `p * WIDTH + o`.
    weights: Vec<f32>,
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Tok2Vec {
    pub(crate) fn parse(network: &Network, vector_width: usize) -> Result<Self, Malformed> {
        let tables = HashTable::parse_all(network)?;
        let static_vectors = network.one("static_vectors")?.shaped("W", &[WIDTH, vector_width])?.to_vec();
        let inputs = WIDTH * (tables.len() + 1);
        let mut layers = network.all("maxout").zip(network.all("layernorm"));
        let (maxout, norm) = layers.next().ok_or_else(|| Malformed::new("no maxout layer"))?;
        let embed = Maxout::parse(maxout, norm, inputs)?;
        let layers: Vec<_> = layers.map(|(m, n)| Maxout::parse(m, n, 3 * WIDTH)).collect::<Result<_, _>>()?;
        if layers.len() != REACH {
            return Err(Malformed::new(format!("{} encoder layers, not {REACH}", layers.len())));
        }
        Ok(Tok2Vec { tables, static_vectors, embed, layers })
    }

    /// Embeds word types: appends [`WIDTH`] floats a type to `out`.
    pub(crate) fn embed(&self, vocabulary: &Vocabulary, types: &[(TypeKey, &Lexeme)], out: &mut Vec<f32>) {
        let (count, inputs, vectors) = (types.len(), self.embed.inputs, &vocabulary.vectors);
        let mut rows = vec![0.0; count * vectors.width];
        for (row, (_, lexeme)) in rows.chunks_exact_mut(vectors.width).zip(types) {
            if let Some(found) = lexeme.row {
                row.copy_from_slice(vectors.row(found));
            }
        }
        let mut projected = vec![0.0; count * WIDTH];
        multiply_transposed(count, vectors.width, &rows, vectors.width, &self.static_vectors, &mut projected);

        let mut input = vec![0.0; count * inputs];
        for ((row, (key, lexeme)), vector) in
            input.chunks_exact_mut(inputs).zip(types).zip(projected.chunks_exact(WIDTH))
        {
            let (hashed, last) = row.split_at_mut(inputs - WIDTH);
            for (part, table) in hashed.chunks_exact_mut(WIDTH).zip(&self.tables) {
                table.add_to(part, table.attribute.of(key, lexeme));
            }
            last.copy_from_slice(vector);
        }
        let mut pieces = vec![0.0; count * PIECES * WIDTH];
        multiply_transposed(count, inputs, &input, inputs, &self.embed.weights, &mut pieces);
        let start = out.len();
        out.resize(start + count * WIDTH, 0.0);
        self.embed.finish(&pieces, &mut out[start..], |out, value| *out = value);
    }

    /// Encodes documents, given as the embeddings' indices of their tokens. Gives [`WIDTH`] floats a token, document
    /// after document. What is computed for one document does not depend on the others.
    pub(crate) fn encode(&self, embeddings: &[f32], docs: &[&[u32]]) -> Vec<f32> {
        let tokens: usize = docs.iter().map(|d| d.len()).sum();
        let rows = tokens + REACH * (docs.len() + 1);
        // One more row at each end for the windows of the first and the last.
        let mut states = vec![0.0; (rows + 2) * WIDTH];
        for (doc, start) in docs.iter().zip(starts(docs)) {
            for (row, &kind) in states[start * WIDTH..].chunks_exact_mut(WIDTH).zip(*doc) {
                let at = kind as usize * WIDTH;
                row.copy_from_slice(&embeddings[at..at + WIDTH]);
            }
        }
        let mut pieces = vec![0.0; rows * PIECES * WIDTH];
        for layer in &self.layers {
            // A window is three rows in succession: the same memory read with the stride of one row.
            multiply_transposed(rows, 3 * WIDTH, &states, WIDTH, &layer.weights, &mut pieces);
            layer.finish(&pieces, &mut states[WIDTH..], |state, value| *state += value);
        }
        let mut out = Vec::with_capacity(tokens * WIDTH);
        for (doc, start) in docs.iter().zip(starts(docs)) {
            out.extend_from_slice(&states[start * WIDTH..(start + doc.len()) * WIDTH]);
        }
        out
    }
}

/// First row of each document among the packed rows.
fn starts(docs: &[&[u32]]) -> impl Iterator<Item = usize> {
    docs.iter().scan(1 + REACH, |next, doc| {
        let start = *next;
        *next += doc.len() + REACH;
        Some(start)
    })
}

impl HashTable {
    /// The tables of a network, in the order of the columns that they embed.
    fn parse_all(network: &Network) -> Result<Vec<HashTable>, Malformed> {
        let columns = texts(network.one("extract_features")?.attr("columns")?)?;
        let mut tables = Vec::new();
        for (at, column) in columns.into_iter().enumerate() {
            let node =
                network.all("hashembed").find(|n| n.attr("column").and_then(unsigned).is_ok_and(|c| c == at as u64));
            let node = node.ok_or_else(|| Malformed::new(format!("no embedding table for {column}")))?;
            tables.push(HashTable::parse(node, Attribute::parse(column)?)?);
        }
        Ok(tables)
    }

    fn parse(node: &Node, attribute: Attribute) -> Result<Self, Malformed> {
        let count = node.param("E")?.shape.first().copied().unwrap_or(0);
        let rows = node.shaped("E", &[count, WIDTH])?.to_vec();
        let seed = unsigned(node.attr("seed")?)? as u32;
        match u32::try_from(count) {
            Ok(count) if count > 0 => Ok(HashTable { attribute, rows, count, seed }),
            _ => Err(Malformed::new(format!("embedding table of {count} rows"))),
        }
    }

    /// Adds the four rows that a value hashes to.
    fn add_to(&self, sum: &mut [f32], value: u64) {
        for key in embedding_keys(value, self.seed) {
            let at = (key % self.count) as usize * WIDTH;
            for (s, e) in sum.iter_mut().zip(&self.rows[at..at + WIDTH]) {
                *s += e;
            }
        }
    }
}

impl Attribute {
    fn parse(column: &str) -> Result<Self, Malformed> {
        Ok(match column {
            "NORM" => Attribute::Norm,
            "PREFIX" => Attribute::Prefix,
            "SUFFIX" => Attribute::Suffix,
            "SHAPE" => Attribute::Shape,
            "SPACY" => Attribute::SpaceAfter,
            "IS_SPACE" => Attribute::IsSpace,
            other => return Err(Malformed::new(format!("embeds unknown attribute {other}"))),
        })
    }

    fn of(self, key: &TypeKey, lexeme: &Lexeme) -> u64 {
        match self {
            Attribute::Norm if key.norm != 0 => key.norm,
            Attribute::Norm => lexeme.norm,
            Attribute::Prefix => lexeme.prefix,
            Attribute::Suffix => lexeme.suffix,
            Attribute::Shape => lexeme.shape,
            Attribute::SpaceAfter => u64::from(key.space_after),
            Attribute::IsSpace => u64::from(lexeme.is_space),
        }
    }
}

impl Maxout {
    fn parse(maxout: &Node, norm: &Node, inputs: usize) -> Result<Self, Malformed> {
        let weights = maxout.shaped("W", &[WIDTH, PIECES, inputs])?;
        let bias = maxout.shaped("b", &[WIDTH, PIECES])?;
        Ok(Maxout {
            inputs,
            weights: by_piece(weights, WIDTH, PIECES, inputs),
            bias: by_piece(bias, WIDTH, PIECES, 1),
            gain: norm.shaped("G", &[WIDTH])?.to_vec(),
            shift: norm.shaped("b", &[WIDTH])?.to_vec(),
        })
    }

    /// From the linear pieces to the layer's output, row by row; `put` stores a value.
    fn finish(&self, pieces: &[f32], out: &mut [f32], put: impl Fn(&mut f32, f32)) {
        for (pieces, out) in pieces.as_chunks::<{ PIECES * WIDTH }>().0.iter().zip(out.as_chunks_mut::<WIDTH>().0) {
            self.finish_row(pieces, out, &put);
        }
    }

    #[inline]
    fn finish_row(&self, pieces: &[f32; PIECES * WIDTH], out: &mut [f32; WIDTH], put: impl Fn(&mut f32, f32)) {
        let mut best = [0.0f32; WIDTH];
        let biased = |at: usize| pieces[at] + self.bias[at];
        for (o, best) in best.iter_mut().enumerate() {
            *best = biased(o).max(biased(WIDTH + o)).max(biased(2 * WIDTH + o));
        }
        let mean = sum(&best, |v| v) / WIDTH as f32;
        let variance = sum(&best, |v| (v - mean) * (v - mean)) / WIDTH as f32 + 1e-8;
        let scale = 1.0 / variance.sqrt();
        for o in 0..WIDTH {
            put(&mut out[o], (best[o] - mean) * scale * self.gain[o] + self.shift[o]);
        }
    }
}

/// Sum in eight lanes, which the compiler turns into vector additions; the order is fixed, and so the result.
#[inline]
fn sum(values: &[f32; WIDTH], each: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; 8];
    for chunk in values.as_chunks::<8>().0 {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane += each(value);
        }
    }
    lanes.iter().sum()
}

/// Reorders blocks of `size` floats from output-major to piece-major.
pub(crate) fn by_piece(from: &[f32], outputs: usize, pieces: usize, size: usize) -> Vec<f32> {
    let blocks = (0..pieces).flat_map(|p| (0..outputs).map(move |o| (o * pieces + p) * size));
    blocks.flat_map(|at| from[at..at + size].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_reordered_by_piece() {
        assert_eq!(by_piece(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3, 2, 1), [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
        assert_eq!(by_piece(&[1.0, 2.0, 3.0, 4.0], 1, 2, 2), [1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn documents_are_kept_apart() {
        let docs: [&[u32]; 3] = [&[1, 2], &[], &[3]];
        assert_eq!(starts(&docs).collect::<Vec<_>>(), [5, 11, 15]);
    }
}
