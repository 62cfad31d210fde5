//! A field report from a row of named fields: those of the form (`survey.csv`), as a command, a table or an export of
//! KoboToolbox or ODK gives them. Every field that is wrong is named.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::xlsform::fields;
use super::{
    Access, Attachment, Bearing, Content, Hindrance, How, Observation, Position, Range, Report, THINGS, Thing, Training,
};
use crate::mandate::Mandate;

/// Values by the names of their fields.
pub type Row = BTreeMap<String, String>;

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Which field.
    pub field: String,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

/// Fields that stand for several others, or that exports add, beside those of the form.
const ALSO: &[&str] =
    &["count", "bearing", "distance_km", "latitude", "longitude", "accuracy", "_uuid", "instanceid", "key"];

/// Fields that no form has.
#[must_use]
pub fn strays(row: &Row) -> Vec<Wrong> {
    let known = |name: &String| ALSO.contains(&name.as_str()) || fields().any(|f| f == name.as_str());
    let wrong = |name: &String| Wrong { field: name.clone(), problem: "is no field of a report".to_owned() };
    row.keys().filter(|name| !known(name)).map(wrong).collect()
}

/// The report that a row holds.
///
/// # Errors
/// Every field that is missing or wrong.
pub fn read(row: &Row, mandate: &Mandate) -> Result<Report, Vec<Wrong>> {
    let mut reader = Reader { row, mandate, wrong: Vec::new() };
    let report = reader.report();
    match (report, reader.wrong) {
        (Some(report), wrong) if wrong.is_empty() => Ok(report),
        (_, wrong) => Err(wrong),
    }
}

struct Reader<'a> {
    row: &'a Row,
    mandate: &'a Mandate,
    wrong: Vec<Wrong>,
}

impl<'a> Reader<'a> {
    fn report(&mut self) -> Option<Report> {
        let (observer, position) = (self.needed("observer"), self.position());
        let times = self.times();
        let content = self.content();
        let number = self.number();
        let (from, until) = times?;
        let remarks = self.text("remarks").unwrap_or_default().to_owned();
        Some(Report {
            id: self.id(),
            number: number?,
            observer: observer?,
            position: position?,
            from,
            until,
            zone: self.mandate.zone.clone(),
            content: content?,
            remarks,
            attachments: self.attachments(),
        })
    }

    /// A value; none where the field is not there or empty.
    fn text(&self, field: &str) -> Option<&'a str> {
        self.row.get(field).map(|v| v.trim()).filter(|v| !v.is_empty())
    }

    fn fail(&mut self, field: &str, problem: impl Into<String>) {
        self.wrong.push(Wrong { field: field.to_owned(), problem: problem.into() });
    }

    fn needed(&mut self, field: &str) -> Option<String> {
        let value = self.text(field).map(str::to_owned);
        if value.is_none() {
            self.fail(field, "is missing");
        }
        value
    }

    /// A value by some rule; none, and noted, where it does not fit.
    fn parsed<T>(&mut self, field: &str, rule: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        match rule(self.text(field)?) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.fail(field, problem);
                None
            }
        }
    }

    fn number(&mut self) -> Option<String> {
        let given = self.text("number").map(str::to_owned).or_else(|| self.id());
        if given.is_none() {
            self.fail("number", "is missing: give the report a number of your own, such as P9-12");
        }
        given
    }

    /// The id that a device gave the report.
    fn id(&self) -> Option<String> {
        let given = ["instanceid", "_uuid", "key"].iter().find_map(|f| self.text(f));
        given.map(|n| n.strip_prefix("uuid:").unwrap_or(n).to_owned())
    }

    fn position(&mut self) -> Option<Position> {
        let name = self.needed("position_name");
        let (point, accuracy) = match self.text("position") {
            Some(_) => self.parsed("position", geopoint).map_or((None, None), |(p, a)| (Some(p), a)),
            None => (self.two_degrees(), None),
        };
        let given = self.parsed("accuracy", |t| Range::parse(t).map(|r| r.max.unwrap_or(0.0)));
        let controlled_by = self.party("controlled_by");
        Some(Position { name: name?, point, uncertainty_m: given.or(accuracy).unwrap_or(0.0), controlled_by })
    }

    fn two_degrees(&mut self) -> Option<[f64; 2]> {
        let lat = self.parsed("latitude", |t| degrees(t, 90.0));
        let lon = self.parsed("longitude", |t| degrees(t, 180.0));
        Some([lat?, lon?])
    }

    /// The id of a party of the mandate.
    fn party(&mut self, field: &str) -> Option<String> {
        let parties = &self.mandate.parties;
        let unknown = |p: &str| format!("`{p}` is no party of the mandate; {} are", parties.join(", "));
        if matches!(self.text(field), Some("none" | "unknown")) {
            return None;
        }
        self.parsed(field, |p| if parties.iter().any(|known| known == p) { Ok(p.to_owned()) } else { Err(unknown(p)) })
    }

    fn times(&mut self) -> Option<(Timestamp, Timestamp)> {
        let zone = self.mandate.zone.clone();
        if self.text("at").is_none() {
            self.fail("at", "is missing");
        }
        let from = self.parsed("at", |t| time(t, &zone))?;
        let until = self.parsed("until", |t| time(t, &zone)).unwrap_or(from);
        if until < from {
            self.fail("until", "lies before `at`");
        }
        Some((from, until))
    }

    fn content(&mut self) -> Option<Content> {
        match self.text("kind").unwrap_or("observation") {
            "observation" => self.observation().map(|o| Content::Observation(Box::new(o))),
            "nil" => self.nil(),
            "access" => self.access().map(Content::Access),
            other => {
                self.fail("kind", format!("`{other}` is none of observation, nil, access"));
                None
            }
        }
    }

    /// A report of nothing says nothing else: what was seen after all is not to be lost.
    fn nil(&mut self) -> Option<Content> {
        let said = ["thing", "count", "count_min", "count_max", "killed", "wounded"]
            .into_iter()
            .find(|f| self.text(f).is_some());
        if let Some(field) = said {
            self.fail(field, "is given in a report that nothing was observed");
            return None;
        }
        Some(Content::Nil)
    }

    fn observation(&mut self) -> Option<Observation> {
        let how = self.choice(
            "how",
            &[("heard", How::Heard), ("saw", How::Saw), ("camera", How::Camera), ("sensor", How::Sensor)],
        );
        let thing = self.thing();
        let count = self.range("count");
        if count.is_some_and(|c| !c.is_whole()) {
            self.fail("count", "things are counted in whole numbers");
        }
        let assessed = self.yes("assessed");
        let doer = self.party("doer");
        let training = self.text("training").map_or(Some(Training::Unknown), |_| {
            self.choice("training", &[("yes", Training::Yes), ("no", Training::No), ("unknown", Training::Unknown)])
        });
        if doer.is_some() && how == Some(How::Heard) {
            self.fail("doer", "whoever is only heard was not seen doing it");
        }
        Some(Observation {
            count,
            bearing: self.bearing(),
            distance_km: self.range("distance_km"),
            place: self.text("place").map(str::to_owned),
            weapon: self.text("weapon").map(str::to_owned),
            direction: self.parsed("direction", Bearing::parse),
            assessed,
            doer,
            killed: self.range("killed"),
            wounded: self.range("wounded"),
            training: training?,
            how: how?,
            thing: thing?,
        })
    }

    fn thing(&mut self) -> Option<String> {
        self.needed("thing")?;
        let ids = || THINGS.iter().map(|t| t.id.as_str()).collect::<Vec<_>>().join(", ");
        let known = |t: &str| Thing::of(t).map(|t| t.id.clone()).ok_or_else(|| format!("`{t}` is none of {}", ids()));
        self.parsed("thing", known)
    }

    fn choice<T: Copy>(&mut self, field: &str, choices: &[(&str, T)]) -> Option<T> {
        self.needed(field)?;
        let names = || choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        self.parsed(field, |value| {
            let found = choices.iter().find(|(name, _)| *name == value);
            found.map(|(_, choice)| *choice).ok_or_else(|| format!("`{value}` is none of {}", names()))
        })
    }

    fn yes(&mut self, field: &str) -> bool {
        self.text(field).is_some() && self.choice(field, &[("yes", true), ("no", false)]).unwrap_or(false)
    }

    /// A range in one field, or in two for its bounds.
    fn range(&mut self, field: &str) -> Option<Range> {
        if self.text(field).is_some() {
            return self.parsed(field, Range::parse);
        }
        let (least, most) = (format!("{field}_min"), format!("{field}_max"));
        match Range::between(self.text(&least), self.text(&most)) {
            Ok(range) => range,
            Err(problem) => {
                self.fail(&least, problem);
                None
            }
        }
    }

    fn bearing(&mut self) -> Option<Bearing> {
        if self.text("bearing").is_some() {
            return self.parsed("bearing", Bearing::parse);
        }
        let first = self.parsed("bearing_from", Bearing::parse);
        let last = self.parsed("bearing_to", Bearing::parse);
        let first = first?;
        Some(Bearing { from: first.from, to: last.map_or(first.to, |last| last.to) })
    }

    fn access(&mut self) -> Option<Access> {
        let what = self.choice("access_what", &[("denied", Hindrance::Denied), ("delayed", Hindrance::Delayed)]);
        let place = self.needed("access_place");
        let minutes = |t: &str| t.parse().map_err(|_| format!("`{t}` is no whole number of minutes"));
        Some(Access {
            by: self.party("access_by"),
            minutes: self.parsed("access_minutes", minutes),
            reason: self.text("access_reason").map(str::to_owned),
            what: what?,
            place: place?,
        })
    }

    fn attachments(&self) -> Vec<Attachment> {
        let names = self.text("attachment").into_iter().flat_map(|all| all.split([';', '\n']));
        let attachment = |name: &str| Attachment { name: name.trim().to_owned(), sha256: None, bytes: None };
        names.map(attachment).filter(|a| !a.name.is_empty()).collect()
    }
}

/// A place as forms give it: degrees north and east, and perhaps metres of height and of doubt.
fn geopoint(text: &str) -> Result<([f64; 2], Option<f64>), String> {
    let parts: Vec<&str> = text.split([' ', ',']).filter(|p| !p.is_empty()).collect();
    let (Some(lat), Some(lon)) = (parts.first(), parts.get(1)) else {
        return Err(format!("`{text}` is no place: give degrees north and east, such as `-44.8 -124.96`"));
    };
    let accuracy = parts.get(3).and_then(|a| a.parse().ok()).filter(|a: &f64| a.is_finite() && *a >= 0.0);
    Ok(([degrees(lat, 90.0)?, degrees(lon, 180.0)?], accuracy))
}

fn degrees(text: &str, most: f64) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|d| d.abs() <= most);
    number.ok_or_else(|| format!("`{text}` is no number of degrees between -{most} and {most}"))
}

/// A time with its zone, or in the mission's local time.
fn time(text: &str, zone: &str) -> Result<Timestamp, String> {
    let wrong = || format!("`{text}` is no time: give one such as 2031-03-07T14:10-08:00");
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    let civil: DateTime = text.parse().map_err(|_| wrong())?;
    let offset = crate::mandate::offset(zone).ok_or_else(wrong)?;
    offset.to_timestamp(civil).map_err(|_| wrong())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::mandate::tests::MANDATE;

    /// A row of some values.
    pub(crate) fn row(values: &[(&str, &str)]) -> Row {
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    pub(crate) const HEARD: &[(&str, &str)] = &[
        ("number", "P3-61"),
        ("observer", "Post 3"),
        ("position_name", "Post 3, Hollin"),
        ("position", "-44.8 -124.96 310 50"),
        ("controlled_by", "orlava"),
        ("at", "2031-03-03T19:12"),
        ("until", "2031-03-03T19:50-08:00"),
        ("how", "heard"),
        ("thing", "explosion"),
        ("count", "14"),
        ("bearing", "NE"),
        ("distance_km", "7-9"),
    ];

    /// The report of the row above, with some values changed.
    pub(crate) fn changed(values: &[(&str, &str)]) -> Result<Report, Vec<Wrong>> {
        let mut row = row(HEARD);
        row.extend(self::row(values));
        read(&row, &Mandate::parse(MANDATE).unwrap())
    }

    fn told(values: &[(&str, &str)]) -> String {
        changed(values).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn every_wrong_field_is_named() {
        assert_eq!(
            told(&[("observer", ""), ("at", "noon")]),
            "observer: is missing; at: `noon` is no time: give one such as 2031-03-07T14:10-08:00"
        );
        assert!(told(&[("thing", "parade")]).starts_with("thing: `parade` is none of explosion, "));
        assert_eq!(told(&[("count", "9-7")]), "count: the least, 9, is more than the most, 7");
        assert_eq!(told(&[("count", "1.5")]), "count: things are counted in whole numbers");
        assert!(told(&[("bearing", "up")]).starts_with("bearing: `up` is no direction"));
        assert!(told(&[("position", "95 10")]).starts_with("position: `95` is no number of degrees"));
        assert!(told(&[("controlled_by", "ilmeria")]).contains("no party of the mandate; vesk, orlava are"));
        assert_eq!(told(&[("until", "2031-03-03T19:00")]), "until: lies before `at`");
        assert_eq!(told(&[("doer", "vesk")]), "doer: whoever is only heard was not seen doing it");
        assert_eq!(told(&[("kind", "nil")]), "thing: is given in a report that nothing was observed");
        assert_eq!(told(&[("kind", "access")]), "access_what: is missing; access_place: is missing");
        assert_eq!(strays(&row(&[("colour", "red")]))[0].to_string(), "colour: is no field of a report");
        assert!(strays(&row(HEARD)).is_empty());
    }

    #[test]
    fn a_row_gives_a_report() {
        let report = changed(&[]).unwrap();
        assert_eq!(report.from.to_string(), "2031-03-04T03:12:00Z");
        assert_eq!(report.position.point, Some([-44.8, -124.96]));
        assert_eq!(report.position.uncertainty_m, 50.0);
        let seen = report.observation().unwrap();
        assert_eq!((seen.how, seen.thing.as_str(), seen.assessed), (How::Heard, "explosion", false));
        let bounds = changed(&[
            ("count", ""),
            ("count_min", "10"),
            ("bearing", ""),
            ("bearing_from", "20"),
            ("bearing_to", "40"),
        ]);
        let seen = bounds.unwrap().observation().unwrap().clone();
        assert_eq!(seen.count.unwrap().words(), "at least 10");
        assert_eq!(seen.bearing, Some(Bearing { from: 20.0, to: 40.0 }));
    }
}
