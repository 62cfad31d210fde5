//! Incidents, agreements and what is due, in the order of their days.

use std::collections::BTreeMap;

use jiff::civil::Date;
use publish::v1;
use trucewatch::incident::Incident;
use trucewatch::pack::{Agreement, Knowledge};
use trucewatch::when::Interval;

use crate::filter::Incidents;

/// Everything that has a day: some incidents, and days of agreements between the first and the last day: as asked for,
/// else of these incidents.
#[must_use]
pub fn moments(incidents: &[Incident], filter: &Incidents, knowledge: &Knowledge) -> Vec<v1::Moment> {
    let mut moments: Vec<v1::Moment> = incidents.iter().filter_map(moment).collect();
    moments.extend(agreed(knowledge, filter, incidents));
    moments.sort_by(|a, b| (&a.date, &a.what, &a.id).cmp(&(&b.date, &b.what, &b.id)));
    moments
}

fn moment(incident: &Incident) -> Option<v1::Moment> {
    let date = incident.date?;
    date.first_day().or(date.last_day())?;
    let place = incident.place.as_ref().map(|p| p.name.clone());
    let told = place.as_ref().map(|p| format!("{} at {p}", incident.kind)).unwrap_or_else(|| incident.kind.to_string());
    Some(v1::Moment {
        id: incident.id.clone(),
        date: date.to_string(),
        what: "incident".to_owned(),
        told,
        place,
        standing: Some(incident.standing.as_str().to_owned()),
    })
}

/// Days of agreements between the first and the last day: as asked for, else of the incidents that are shown.
fn agreed(knowledge: &Knowledge, filter: &Incidents, incidents: &[Incident]) -> Vec<v1::Moment> {
    let days = || incidents.iter().filter_map(|i| i.date.filter(|d| d.length_in_days() == Some(1))?.first_day());
    let (from, to) = (filter.from.or_else(|| days().min()), filter.to.or_else(|| days().max()));
    let within = |m: &v1::Moment| {
        let day = m.date.parse::<Interval>().ok().and_then(Interval::first_day);
        day.is_some_and(|d| from.is_none_or(|f| f <= d) && to.is_none_or(|t| d <= t))
    };
    let other = filter.place.is_some() || filter.kind.is_some() || filter.standing.is_some();
    let all = knowledge.agreements().filter(|_| !other).flat_map(moments_of);
    all.filter(within).collect()
}

fn moments_of(agreement: &Agreement) -> Vec<v1::Moment> {
    let moment = |what: &str, date: String, told: String| v1::Moment {
        id: format!("{}-{what}-{date}", agreement.id),
        date,
        what: what.to_owned(),
        told,
        place: None,
        standing: None,
    };
    let title = || agreement.title.clone();
    let force = &agreement.in_force;
    let mut all =
        vec![moment("agreed", agreement.agreed.to_string(), title()), moment("in-force", force.from.clone(), title())];
    let end = force.extended.last().map(|e| &e.until).or(force.until.as_ref());
    all.extend(end.map(|until| moment("end", until.clone(), title())));
    for term in &agreement.terms {
        let told = format!("{}, term {}: {}", agreement.title, term.number, term.text);
        all.extend(term.due.map(|due| v1::Moment {
            id: format!("{}-due-{}", agreement.id, term.number.replace([' ', ','], "")),
            ..moment("due", due.to_string(), told)
        }));
    }
    all
}

/// How many incidents are known to be of one day, day by day.
#[must_use]
pub fn a_day(incidents: &[Incident]) -> Vec<(Date, u64)> {
    let mut days: BTreeMap<Date, u64> = BTreeMap::new();
    let exact = |i: &Incident| i.date.filter(|d| d.length_in_days() == Some(1)).and_then(|d| d.first_day());
    for day in incidents.iter().filter_map(exact) {
        *days.entry(day).or_default() += 1;
    }
    days.into_iter().collect()
}
