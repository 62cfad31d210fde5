//! The filter of lists, map, timeline, feeds and the API: what stands in the address, and what it lets through.

use std::collections::BTreeMap;

use desk::filter::{IncidentFilter, Incidents};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use trucewatch::finding::Finding;
use trucewatch::incident::Incident;
use trucewatch::when::Interval;

use crate::accounts::Settings;
use crate::books::{Books, Days, Reviewed, Wanted};
use crate::error::Refusal;

/// What stands after the question mark, by name.
pub(crate) type Query = axum::extract::Query<Vec<(String, String)>>;

/// What somebody wants to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    /// All days, rather than the last 30.
    pub(crate) is_all: bool,
    pub(crate) place: Option<String>,
    pub(crate) party: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) standing: Option<String>,
    pub(crate) term: Option<String>,
    /// An outlet, or a document's name.
    pub(crate) source: Option<String>,
    pub(crate) review: Option<Reviewed>,
    /// As it was written: a time, or a day that means its end.
    pub(crate) as_of: Option<String>,
    /// After which item a page begins.
    pub(crate) after: Option<String>,
    /// Everything else that stood there, by name.
    pub(crate) rest: BTreeMap<String, String>,
}

/// What a filter lets through.
pub(crate) struct Shown<'a> {
    /// Incidents with a day.
    pub(crate) dated: Vec<&'a Incident>,
    /// Incidents of which no day is known.
    pub(crate) undated: Vec<&'a Incident>,
    /// Findings on them.
    pub(crate) findings: Vec<&'a Finding>,
}

impl<'a> Shown<'a> {
    /// All incidents, those with a day first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'a Incident> + '_ {
        self.dated.iter().chain(&self.undated).copied()
    }

    /// All incidents as lists have them: the newest first, those without a day last.
    pub(crate) fn newest(&self) -> impl Iterator<Item = &'a Incident> + '_ {
        self.dated.iter().rev().chain(&self.undated).copied()
    }
}

impl Filter {
    /// The filter of an address.
    pub(crate) fn parse(query: &[(String, String)]) -> Result<Filter, Refusal> {
        let mut filter = Filter::default();
        for (name, value) in query.iter().filter(|(_, value)| !value.trim().is_empty()) {
            filter.set(name, value.trim())?;
        }
        Ok(filter)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        let word = || Some(value.to_owned());
        match name {
            "from" => self.from = Some(day(name, value)?),
            "to" => self.to = Some(day(name, value)?),
            "days" if value == "all" => self.is_all = true,
            "days" => return Err(Refusal::wrong(format!("days: `{value}` is not `all`"))),
            "place" => self.place = word(),
            "party" => self.party = word(),
            "type" => self.kind = word(),
            "standing" => self.standing = word(),
            "term" => self.term = word(),
            "source" => self.source = word(),
            "review" => self.review = Some(review(value)?),
            "as_of" => {
                as_of(value)?;
                self.as_of = word();
            }
            "after" => self.after = word(),
            _ => _ = self.rest.insert(name.to_owned(), value.to_owned()),
        }
        Ok(())
    }

    /// What has to be recalled for it.
    pub(crate) fn wanted(&self, hidden: Option<Settings>) -> Result<Wanted, Refusal> {
        let days = match (self.is_all, self.from, self.to) {
            (true, ..) => Days::All,
            (false, None, None) => Days::Usual,
            (false, from, to) => Days::Given(from, to),
        };
        Ok(Wanted { days, as_of: self.as_of.as_deref().map(as_of).transpose()?, hidden })
    }

    /// What it lets through of the books.
    pub(crate) fn show<'a>(&self, books: &'a Books) -> Result<Shown<'a>, Refusal> {
        let asked = self.asked();
        let checked = IncidentFilter::new(&asked, books.record().knowledge())?;
        let days = books.period.filter(|_| !self.is_all).map(|p| Interval::days(p.from, p.to));
        let passes = |i: &&Incident| {
            let in_time = i.date.is_none_or(|d| days.is_none_or(|days| d.meets(days)));
            in_time
                && checked.admits(i)
                && self.is_of_source(i, books)
                && self.review.is_none_or(|r| books.reviewed(i) == r)
        };
        let mut kept: Vec<&Incident> = books.incidents.iter().filter(passes).collect();
        let mut findings: Vec<&Finding> = books.findings.iter().collect();
        checked.narrow(&mut kept, &mut findings);
        let (dated, undated) = kept.into_iter().partition(|i| i.date.is_some());
        Ok(Shown { dated, undated, findings })
    }

    fn asked(&self) -> Incidents {
        let Filter { place, party, kind, standing, term, .. } = self.clone();
        Incidents { from: None, to: None, place, party, kind, standing, term }
    }

    fn is_of_source(&self, incident: &Incident, books: &Books) -> bool {
        let Some(wanted) = &self.source else { return true };
        books.publishers(incident).iter().any(|p| p.eq_ignore_ascii_case(wanted))
    }

    pub(crate) fn is_kind(&self, word: &str) -> bool {
        self.kind.as_deref() == Some(word)
    }

    pub(crate) fn is_party(&self, word: &str) -> bool {
        self.party.as_deref() == Some(word)
    }

    pub(crate) fn is_standing(&self, word: &str) -> bool {
        self.standing.as_deref() == Some(word)
    }

    pub(crate) fn is_term(&self, word: &str) -> bool {
        self.term.as_deref() == Some(word)
    }

    pub(crate) fn is_review(&self, word: &str) -> bool {
        self.review.is_some_and(|r| r.as_str() == word)
    }

    /// As it stands in an address, without the page.
    pub(crate) fn query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        let day = |d: Option<Date>| d.map(|d| d.to_string());
        let all = [
            ("from", day(self.from)),
            ("to", day(self.to)),
            ("days", self.is_all.then(|| "all".to_owned())),
            ("place", self.place.clone()),
            ("party", self.party.clone()),
            ("type", self.kind.clone()),
            ("standing", self.standing.clone()),
            ("term", self.term.clone()),
            ("source", self.source.clone()),
            ("review", self.review.map(|r| r.as_str().to_owned())),
            ("as_of", self.as_of.clone()),
        ];
        for (name, value) in all {
            value.iter().for_each(|v| _ = out.append_pair(name, v));
        }
        out.finish()
    }

    /// As it stands in an address, the question mark included; nothing where nothing is asked.
    pub(crate) fn tail(&self) -> String {
        let query = self.query();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// In words, for a heading.
    pub(crate) fn in_words(&self) -> String {
        let days = match (self.is_all, self.from, self.to) {
            (true, ..) => "all days".to_owned(),
            (_, Some(from), Some(to)) => format!("{from} to {to}"),
            (_, Some(from), None) => format!("from {from}"),
            (_, None, Some(to)) => format!("to {to}"),
            _ => "the last days of which there are reports, up to 30".to_owned(),
        };
        let said = [&self.kind, &self.place, &self.party, &self.standing, &self.term, &self.source];
        let mut parts = vec![days];
        parts.extend(said.into_iter().flatten().cloned());
        parts.extend(self.review.map(|r| r.in_words().to_owned()));
        parts.extend(self.as_of.as_ref().map(|t| format!("as of {t}")));
        parts.join(", ")
    }
}

fn day(name: &str, value: &str) -> Result<Date, Refusal> {
    let wrong = |_| Refusal::wrong(format!("{name}: `{value}` is no day")).hint("write it as 2031-03-08");
    value.parse::<Date>().map_err(wrong).and_then(|day| match day.to_string() == value {
        true => Ok(day),
        false => Err(Refusal::wrong(format!("{name}: `{value}` is no day")).hint("write it as 2031-03-08")),
    })
}

fn review(value: &str) -> Result<Reviewed, Refusal> {
    let found = Reviewed::ALL.into_iter().find(|r| r.as_str() == value);
    let words = Reviewed::ALL.map(Reviewed::as_str).join(", ");
    found.ok_or_else(|| Refusal::wrong(format!("review: `{value}` is no state")).hint(format!("states are {words}")))
}

/// A time, or the end of a day in universal time.
pub(crate) fn as_of(value: &str) -> Result<Timestamp, Refusal> {
    let wrong = || {
        let hint = "write a time as 2031-03-08T12:00Z, a day as 2031-03-08";
        Refusal::wrong(format!("as_of: `{value}` is neither a time nor a day")).hint(hint)
    };
    if let Ok(time) = value.parse::<Timestamp>() {
        return Ok(time);
    }
    let day: Date = value.parse().map_err(|_| wrong())?;
    let last = day.at(23, 59, 59, 999_999_999).to_zoned(TimeZone::UTC).map_err(|_| wrong())?;
    Ok(last.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pairs: &[(&str, &str)]) -> Result<Filter, Refusal> {
        let pairs: Vec<(String, String)> = pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Filter::parse(&pairs)
    }

    #[test]
    fn what_is_no_day_time_or_state_is_refused() {
        for (name, value) in
            [("from", "soon"), ("to", "2031-03-08T10:00"), ("as_of", "noon"), ("review", "x"), ("days", "9")]
        {
            assert!(parsed(&[(name, value)]).is_err(), "{name}={value}");
        }
    }

    #[test]
    fn empty_fields_ask_for_nothing_and_the_rest_comes_back() {
        let filter =
            parsed(&[("from", ""), ("place", " "), ("type", "shelling"), ("as_of", "2031-03-08"), ("after", "i-1")])
                .unwrap();
        assert_eq!(filter.query(), "type=shelling&as_of=2031-03-08");
        assert_eq!(filter.after.as_deref(), Some("i-1"));
    }

    #[test]
    fn what_stands_in_the_address_is_escaped() {
        let filter = parsed(&[("place", "A&b=\"<c>")]).unwrap();
        assert_eq!(filter.tail(), "?place=A%26b%3D%22%3Cc%3E");
    }
}
