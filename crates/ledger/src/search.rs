//! Finding documents by their words and by where their claims are.

use rusqlite::types::Value;

use crate::as_of::Moment;
use crate::error::Result;
use crate::ledger::Ledger;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Words that must all be there, in any form; several words in one string in this order.
    pub phrases: Vec<String>,
    /// Degrees north and east, and kilometres: only documents with a claim within.
    pub near: Option<[f64; 3]>,
    /// Only documents published on this day or later (`2031-03-08`).
    pub from: Option<String>,
    /// Only documents published on this day or earlier.
    pub to: Option<String>,
    /// Most documents to return.
    pub limit: u32,
}

/// A document that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its entry.
    pub entry: u64,
    /// Its id.
    pub document: String,
    /// Its name.
    pub name: String,
    /// First day on which it may have been published; empty where it is undated.
    pub day: String,
    /// Words round what was found, which stands between `\u{2}` and `\u{3}`; empty where no words were looked for.
    pub words: String,
}

/// Kilometres of a degree north.
const DEGREE_KM: f64 = 111.2;

impl Ledger {
    /// Documents with all of the words, the most fitting first; without words, the newest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn search(&self, query: &Query, moment: Moment) -> Result<Vec<Hit>> {
        let mut sql = Sql::new(moment);
        sql.words(&query.phrases);
        if let Some(near) = query.near {
            sql.near(near);
        }
        sql.days(query.from.as_deref(), query.to.as_deref());
        let (text, values) = sql.finish(query.limit);
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Hit {
                entry: row.get(0)?,
                document: row.get(1)?,
                name: row.get(2)?,
                day: row.get(3)?,
                words: row.get(4)?,
            })
        };
        self.rows(&text, rusqlite::params_from_iter(values), read)
    }
}

/// A query as it grows: its conditions, and their values in order.
struct Sql {
    conditions: Vec<String>,
    values: Vec<Value>,
    has_words: bool,
}

impl Sql {
    fn new(moment: Moment) -> Sql {
        let held = "r.entry < ?1 AND coalesce(r.until, ?1) >= ?1".to_owned();
        let size = Value::Integer(i64::try_from(moment.0).unwrap_or(i64::MAX));
        Sql { conditions: vec![held], values: vec![size], has_words: false }
    }

    /// The placeholder of a value.
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn words(&mut self, phrases: &[String]) {
        if phrases.is_empty() {
            return;
        }
        let quoted: Vec<String> = phrases.iter().map(|p| format!("\"{}\"", p.replace('"', "\"\""))).collect();
        let words = self.value(quoted.join(" "));
        self.conditions.push(format!("search MATCH {words}"));
        self.has_words = true;
    }

    /// Claims within a box round the circle, and of these those within the circle.
    fn near(&mut self, [lat, lon, km]: [f64; 3]) {
        let (high, wide) = (km / DEGREE_KM, km / (DEGREE_KM * lat.to_radians().cos().max(0.01)));
        let bounds = [lat - high, lat + high, lon - wide, lon + wide].map(|b| self.value(b));
        let [south, north, west, east] = bounds;
        let (lat, lon, shrink) = (self.value(lat), self.value(lon), self.value(lat.to_radians().cos().powi(2)));
        let reach = self.value(high * high);
        self.conditions.push(format!(
            "r.entry IN (SELECT c.reading FROM place p JOIN claim c ON c.number = p.claim
             WHERE p.south >= {south} AND p.north <= {north} AND p.west >= {west} AND p.east <= {east}
             AND (p.south - {lat}) * (p.south - {lat}) + (p.west - {lon}) * (p.west - {lon}) * {shrink} <= {reach})"
        ));
    }

    fn days(&mut self, from: Option<&str>, to: Option<&str>) {
        if let Some(from) = from {
            let from = self.value(from.to_owned());
            self.conditions.push(format!("r.last_day >= {from} AND r.first_day <> ''"));
        }
        if let Some(to) = to {
            let to = self.value(to.to_owned());
            self.conditions.push(format!("r.first_day <= {to} AND r.first_day <> ''"));
        }
    }

    fn finish(mut self, limit: u32) -> (String, Vec<Value>) {
        let limit = self.value(i64::from(limit));
        let (words, table, order) = if self.has_words {
            (
                "snippet(search, 1, char(2), char(3), '…', 24)",
                "search s CROSS JOIN document d ON d.entry = s.rowid",
                "rank",
            )
        } else {
            ("''", "document d", "r.first_day DESC, d.entry DESC")
        };
        let conditions = self.conditions.join(" AND ");
        let text = format!(
            "SELECT d.entry, d.id, d.name, r.first_day, {words} FROM {table} JOIN reading r ON r.document = d.id
             WHERE {conditions} ORDER BY {order} LIMIT {limit}"
        );
        (text, self.values)
    }
}
