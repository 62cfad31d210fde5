//! Static word vectors: a matrix of rows and the row of each string id.

use rmp::decode::{read_int, read_map_len};

use crate::load::{LoadError, Malformed, Package, npy};

/// Word vectors, one row a cluster of words.
pub(crate) struct Vectors {
    /// Length of one row.
    pub(crate) width: usize,
    rows: Vec<f32>,
    /// String ids in ascending order, and the row of each.
    keys: Vec<u64>,
    row_of: Vec<u32>,
}

impl Vectors {
    pub(crate) fn load(package: &Package) -> Result<Self, LoadError> {
        let table = package.read("vocab/vectors", npy::parse)?;
        let (count, width) = (table.shape[0], table.shape[1]);
        let mut pairs = package.read("vocab/key2row", |bytes| read_rows(bytes, count))?;
        pairs.sort_unstable();
        let (keys, row_of) = pairs.into_iter().unzip();
        Ok(Vectors { width, rows: table.data, keys, row_of })
    }

    /// The row of a string id.
    pub(crate) fn row_of(&self, id: u64) -> Option<u32> {
        self.keys.binary_search(&id).ok().and_then(|at| self.row_of.get(at).copied())
    }

    /// The floats of a row that [`Vectors::row_of`] gave.
    pub(crate) fn row(&self, row: u32) -> &[f32] {
        let start = row as usize * self.width;
        &self.rows[start..start + self.width]
    }
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
    fn words_without_a_row_are_left_out() {
        assert_eq!(read_rows(&[0x82, 0x07, 0x01, 0x09, 0xff], 2).unwrap(), [(7, 1)]);
    }
}
