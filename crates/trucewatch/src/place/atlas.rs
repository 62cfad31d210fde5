//! The packed world gazetteer: one file, read at once, searched without unpacking.
//!
//! Layout, all numbers little-endian: the magic `TWATLAS1`; the CRC-32 of all that follows it; five section lengths in
//! bytes (`u32`); then the sections `names` (an FST from folded name to a place in `lists`), `lists` (a count, then
//! that many `u32`: place number times two, plus one for a name that is not the usual one), `places` (24 bytes each),
//! `texts` (UTF-8 names) and `codes` (of states and provinces, one a line: the line number stands in `places`).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::entry::{Entry, Origin, precision_of};
use super::fold::fold;
use crate::pack::FeatureKind;

/// First bytes of the file.
pub const MAGIC: &[u8; 8] = b"TWATLAS1";
/// Where the section lengths begin: after the magic and the checksum.
const LENGTHS: usize = MAGIC.len() + 4;
/// Bytes of one record in `places`.
const RECORD: usize = 24;
/// Kinds of places by the number that stands for them in the file.
const KINDS: [FeatureKind; 4] =
    [FeatureKind::Settlement, FeatureKind::District, FeatureKind::Province, FeatureKind::Country];

/// Error for bytes that are no gazetteer of this version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the world gazetteer cannot be read: {reason}")]
pub struct AtlasError {
    /// What is wrong with it.
    pub reason: String,
}

/// The packed world gazetteer. Clones share its bytes.
#[derive(Clone)]
pub struct Atlas {
    names: fst::Map<Section>,
    lists: Section,
    places: Section,
    texts: Section,
    codes: Vec<String>,
}

/// A part of the file; all parts share its bytes.
#[derive(Clone)]
struct Section {
    file: Arc<dyn AsRef<[u8]> + Send + Sync>,
    range: Range<usize>,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        (*self.file).as_ref().get(self.range.clone()).unwrap_or_default()
    }
}

impl Section {
    fn get(&self, range: Range<usize>) -> Option<&[u8]> {
        self.as_ref().get(range)
    }
}

impl std::fmt::Debug for Atlas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Atlas").field("names", &self.names.len()).field("places", &self.len()).finish()
    }
}

impl Atlas {
    /// Takes the bytes of a packed gazetteer, read or mapped.
    ///
    /// # Errors
    /// [`AtlasError`] for a wrong magic, lengths that do not add up, or names that cannot be searched.
    pub fn from_bytes(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Atlas, AtlasError> {
        let [names, lists, places, texts, codes] = split(bytes)?;
        let names = fst::Map::new(names).map_err(|e| wrong(&e.to_string()))?;
        let codes = std::str::from_utf8(codes.as_ref()).map_err(|_| wrong("its codes are not UTF-8"))?;
        let codes = codes.lines().map(str::to_owned).collect();
        Ok(Atlas { names, lists, places, texts, codes })
    }

    /// Number of places.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.as_ref().len() / RECORD
    }

    /// Whether it lists nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.as_ref().is_empty()
    }

    /// Whether a folded name is listed.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.names.contains_key(key)
    }

    /// Places under a folded name, in the order of the file: by falling population.
    #[must_use]
    pub fn find(&self, key: &str) -> Vec<Entry> {
        let Some(list) = self.names.get(key) else { return Vec::new() };
        let start = usize::try_from(list).unwrap_or(usize::MAX);
        let count = u32_at(self.lists.as_ref(), start).unwrap_or(0) as usize;
        let item = |i: usize| u32_at(self.lists.as_ref(), start.saturating_add(4 * (i + 1)));
        (0..count).map_while(item).filter_map(|n| self.entry(n as usize / 2, n % 2 == 0)).collect()
    }

    fn entry(&self, number: usize, usual: bool) -> Option<Entry> {
        let record = self.places.get(number * RECORD..(number + 1) * RECORD)?;
        let (id, text, code) = (u32_at(record, 0)?, u32_at(record, 16)? as usize, u16_at(record, 20)?);
        let kind = kind_of(*record.get(23)?);
        let length = usize::from(*record.get(22)?);
        let code = self.codes.get(usize::from(code)).map(String::as_str).unwrap_or_default();
        Some(Entry {
            id: format!("gn{id}"),
            name: String::from_utf8_lossy(self.texts.get(text..text + length)?).into_owned(),
            kind,
            lat: f64::from(f32::from_bits(u32_at(record, 4)?)),
            lon: f64::from(f32::from_bits(u32_at(record, 8)?)),
            country: code.split('-').next().unwrap_or_default().to_owned(),
            within: code.to_owned(),
            population: u64::from(u32_at(record, 12)?),
            precision: precision_of(kind),
            origin: Origin::Atlas,
            by_usual_name: usual,
        })
    }
}

/// One place as the packing program hands it over.
#[derive(Debug, Clone)]
pub struct Record {
    /// GeoNames number.
    pub id: u32,
    /// The usual name.
    pub name: String,
    /// Names in any spelling and script, the usual one left out.
    pub also: Vec<String>,
    /// What it is.
    pub kind: FeatureKind,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// People who live there; 0 where it is not known.
    pub population: u64,
    /// Country code and code of the state or province, such as `US-OH`.
    pub within: String,
}

/// Packs places into the bytes that [`Atlas::from_bytes`] takes.
///
/// # Errors
/// [`AtlasError`] where the names cannot be indexed or there are too many places for the format.
pub fn pack(mut records: Vec<Record>) -> Result<Vec<u8>, AtlasError> {
    records.sort_by(|a, b| b.population.cmp(&a.population).then(a.id.cmp(&b.id)));
    let codes: Vec<&str> = BTreeSet::from_iter(records.iter().map(|r| r.within.as_str())).into_iter().collect();
    let (mut places, mut texts) = (Vec::new(), Vec::new());
    let mut by_name: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (number, record) in records.iter().enumerate() {
        let number = u32::try_from(number * 2).map_err(|_| wrong("there are too many places"))?;
        write_record(record, &codes, &mut places, &mut texts)?;
        list(&mut by_name, fold(&record.name), number);
        record.also.iter().for_each(|name| list(&mut by_name, fold(name), number + 1));
    }
    let (names, lists) = write_names(&by_name)?;
    Ok(join(&[names, lists, places, texts, codes.join("\n").into_bytes()]))
}

fn list(by_name: &mut BTreeMap<String, Vec<u32>>, key: String, number: u32) {
    if key.is_empty() {
        return;
    }
    let places = by_name.entry(key).or_default();
    if places.last().is_none_or(|last| last / 2 != number / 2) {
        places.push(number);
    }
}

fn write_record(record: &Record, codes: &[&str], places: &mut Vec<u8>, texts: &mut Vec<u8>) -> Result<(), AtlasError> {
    let code = codes.binary_search(&record.within.as_str()).unwrap_or(0);
    let text = u32::try_from(texts.len()).map_err(|_| wrong("the names are too long together"))?;
    let length = record.name.floor_char_boundary(usize::from(u8::MAX));
    texts.extend(record.name.bytes().take(length));
    places.extend(record.id.to_le_bytes());
    #[expect(clippy::cast_possible_truncation, reason = "a metre is exact enough for a town")]
    [record.lat as f32, record.lon as f32].iter().for_each(|x| places.extend(x.to_bits().to_le_bytes()));
    places.extend(u32::try_from(record.population).unwrap_or(u32::MAX).to_le_bytes());
    places.extend(text.to_le_bytes());
    places.extend(u16::try_from(code).map_err(|_| wrong("there are too many provinces"))?.to_le_bytes());
    places.push(u8::try_from(length).unwrap_or(u8::MAX));
    places.push(KINDS.iter().position(|k| *k == record.kind).and_then(|k| u8::try_from(k).ok()).unwrap_or(0));
    Ok(())
}

fn write_names(by_name: &BTreeMap<String, Vec<u32>>) -> Result<(Vec<u8>, Vec<u8>), AtlasError> {
    let (mut builder, mut lists) = (fst::MapBuilder::memory(), Vec::new());
    for (key, places) in by_name {
        builder.insert(key, lists.len() as u64).map_err(|e| wrong(&e.to_string()))?;
        let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
        std::iter::once(&count).chain(places).for_each(|n| lists.extend(n.to_le_bytes()));
    }
    Ok((builder.into_inner().map_err(|e| wrong(&e.to_string()))?, lists))
}

fn join(sections: &[Vec<u8>; 5]) -> Vec<u8> {
    let mut body = Vec::new();
    sections.iter().for_each(|s| body.extend(u32::try_from(s.len()).unwrap_or(u32::MAX).to_le_bytes()));
    sections.iter().for_each(|s| body.extend(s));
    [MAGIC.as_slice(), &crc32fast::hash(&body).to_le_bytes(), &body].concat()
}

fn split(file: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<[Section; 5], AtlasError> {
    let bytes = file.as_ref();
    if !bytes.starts_with(MAGIC) {
        return Err(wrong("it does not begin as one of this version"));
    }
    let body = bytes.get(LENGTHS..).ok_or_else(|| wrong("it is cut short"))?;
    if u32_at(bytes, MAGIC.len()) != Some(crc32fast::hash(body)) {
        return Err(wrong("it is damaged"));
    }
    let lengths: [usize; 5] = std::array::from_fn(|i| u32_at(bytes, LENGTHS + 4 * i).unwrap_or(0) as usize);
    let whole = bytes.len();
    let file: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(file);
    let mut end = LENGTHS + 20;
    let sections = lengths.map(|length| {
        let start = end;
        end = start.saturating_add(length);
        Section { file: Arc::clone(&file), range: start..end }
    });
    match end.cmp(&whole) {
        Ordering::Equal => Ok(sections),
        Ordering::Less => Err(wrong("it is longer than it says")),
        Ordering::Greater => Err(wrong("it is cut short")),
    }
}

fn wrong(reason: &str) -> AtlasError {
    AtlasError { reason: reason.to_owned() }
}

fn kind_of(code: u8) -> FeatureKind {
    KINDS.get(usize::from(code)).copied().unwrap_or(FeatureKind::Settlement)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    four.try_into().ok().map(u32::from_le_bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    two.try_into().ok().map(u16::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town(id: u32, name: &str, also: &[&str], population: u64) -> Record {
        let also = also.iter().map(|s| (*s).to_owned()).collect();
        let kind = FeatureKind::Settlement;
        Record { id, name: name.to_owned(), also, kind, lat: 40.5, lon: -7.25, population, within: "XV-01".to_owned() }
    }

    #[test]
    fn bytes_of_something_else_are_refused() {
        assert!(Atlas::from_bytes(Vec::new()).is_err());
        assert!(Atlas::from_bytes(b"TWATLAS1 and then nothing of use".to_vec()).is_err());
        let mut cut = pack(vec![town(1, "Vesk", &[], 10)]).unwrap();
        cut.pop();
        assert!(Atlas::from_bytes(cut).is_err());
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let whole = pack(vec![town(1, "Vesk", &["Веск"], 10), town(2, "Vesk", &[], 20)]).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0xff;
            assert!(Atlas::from_bytes(damaged).is_err(), "byte {at}");
        }
    }

    #[test]
    fn what_is_packed_is_found_again_largest_first() {
        let atlas =
            Atlas::from_bytes(pack(vec![town(7, "Vésk", &["Веск"], 10), town(8, "Vesk", &[], 900)]).unwrap()).unwrap();
        let found = atlas.find("vesk");
        assert_eq!(found.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["gn8", "gn7"]);
        assert_eq!((found[1].name.as_str(), found[1].lat, found[1].country.as_str()), ("Vésk", 40.5, "XV"));
        assert!(!atlas.find("веск")[0].by_usual_name);
        assert!(atlas.find("moor").is_empty() && !atlas.is_empty());
    }
}
