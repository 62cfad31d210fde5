//! Static word vectors: a matrix of rows and the row of each string id.

use rmp::decode::{read_int, read_map_len};

use crate::load::{LoadError, Malformed, Package, npy};

/// Word vectors, one row a cluster of words.
pub(crate) struct Vectors {
    /// Length of one row.
    pub(crate) width: usize,
    rows: Vec<f32>,
    rows_of: RowsOf,
}

impl std::fmt::Debug for Vectors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} vectors of {}", self.rows.len() / self.width.max(1), self.width)
    }
}

/// The row of each string id, in buckets by the id's upper bits: ids are hashes, so that a bucket holds a handful, and
/// half a million of them are laid out in two passes, which sorting would take four times as long for.
struct RowsOf {
    /// Where each bucket starts, and where the last one ends.
    starts: Vec<u32>,
    entries: Vec<(u64, u32)>,
}

/// Buckets are told apart by this many bits.
const BUCKET_BITS: u32 = 16;

impl Vectors {
    pub(crate) fn load(package: &Package) -> Result<Self, LoadError> {
        let table = package.read("vocab/vectors", npy::parse)?;
        let (count, width) = (table.shape[0], table.shape[1]);
        let pairs = package.read("vocab/key2row", |bytes| read_rows(bytes, count))?;
        Ok(Vectors { width, rows: table.data, rows_of: RowsOf::new(&pairs) })
    }

    /// The row of a string id.
    pub(crate) fn row_of(&self, id: u64) -> Option<u32> {
        self.rows_of.find(id)
    }

    /// The floats of a row that [`Vectors::row_of`] gave.
    pub(crate) fn row(&self, row: u32) -> &[f32] {
        let start = row as usize * self.width;
        &self.rows[start..start + self.width]
    }
}

impl RowsOf {
    fn new(pairs: &[(u64, u32)]) -> RowsOf {
        let mut ends = vec![0u32; (1 << BUCKET_BITS) + 1];
        for (id, _) in pairs {
            ends[bucket(*id)] += 1;
        }
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        let mut entries = vec![(0, 0); pairs.len()];
        for pair in pairs.iter().rev() {
            let next = &mut ends[bucket(pair.0)];
            *next -= 1;
            entries[*next as usize] = *pair;
        }
        RowsOf { starts: ends, entries }
    }

    fn find(&self, id: u64) -> Option<u32> {
        let (start, end) = (self.starts[bucket(id)], self.starts[bucket(id) + 1]);
        let bucket = self.entries.get(start as usize..end as usize)?;
        bucket.iter().find(|(key, _)| *key == id).map(|(_, row)| *row)
    }
}

fn bucket(id: u64) -> usize {
    (id >> (u64::BITS - BUCKET_BITS)) as usize
}

/// Reads the map from string id to row as a stream: half a million entries need no tree of values.
fn read_rows(mut bytes: &[u8], count: usize) -> Result<Vec<(u64, u32)>, Malformed> {
    let length = read_map_len(&mut bytes).map_err(|e| Malformed::new(format!("no map: {e}")))?;
    let mut rows = Vec::with_capacity((length as usize).min(bytes.len() / 2));
    for at in 0..length {
        let entry = read_int(&mut bytes).and_then(|key: u64| Ok((key, read_int(&mut bytes)?)));
        let (key, row): (u64, i64) = entry.map_err(|e| Malformed::new(format!("entry {at}: {e}")))?;
        match u32::try_from(row) {
            Ok(row) if (row as usize) < count => rows.push((key, row)),
            Ok(row) => return Err(Malformed::new(format!("entry {at}: row {row} of {count}"))),
            Err(_) => {} // -1: the word has no vector
        }
    }
    if rows.is_empty() { Err(Malformed::new("no word has a vector")) } else { Ok(rows) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_maps_are_refused() {
        assert!(read_rows(&[], 1).is_err());
        assert!(read_rows(&[0x80], 1).is_err(), "no entries");
        assert!(read_rows(&[0x81, 0x07], 1).is_err(), "no value");
        assert!(read_rows(&[0x81, 0x07, 0x01], 1).is_err(), "row out of the table");
        assert!(read_rows(&[0xdf, 0xff, 0xff, 0xff, 0xff], 1).is_err(), "length without content");
    }

    #[test]
    fn a_row_is_found_by_its_id_alone() {
        let rows = RowsOf::new(&[(u64::MAX, 3), (7, 1), (7 << 50, 2), (0, 4)]);
        let found = [7, 7 << 50, u64::MAX, 0, 8, 6 << 50].map(|id| rows.find(id));
        assert_eq!(found, [Some(1), Some(2), Some(3), Some(4), None, None]);
    }

    #[test]
    fn words_without_a_row_are_left_out() {
        assert_eq!(read_rows(&[0x82, 0x07, 0x01, 0x09, 0xff], 2).unwrap(), [(7, 1)]);
    }
}
