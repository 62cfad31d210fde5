//! What came of a line on some days, by the posts that somebody may see.

use std::collections::BTreeSet;
use std::sync::Arc;

use geo::{Coord, Geometry, LineString, Point};
use jiff::ToSpan;
use jiff::civil::Date;
use line::coverage::{Account, DayOf, Lookout, Observed, place_on};
use line::earth::{self, Track};
use line::nearest::nearest;
use line::shapes;
use line::watch::{Watch, Watches};
use mission::book::Mission;
use mission::consent::{Stage, Subject};
use serde::Serialize;
use serde_json::{Value, json};

use crate::books::{Books, Days, Wanted};
use crate::error::Refusal;
use crate::filter::Filter;
use crate::pages::mission::Looked;
use crate::room::{Room, aside};
use crate::visitor::Visitor;

/// Days that are looked at once, at most, and where nobody says which.
const MOST_DAYS: usize = 31;
const USUAL_DAYS: i32 = 7;
/// Metres of the longest stretch.
const STRETCH_M: f64 = 1_000.0;
/// Metres from the line within which an incident is told.
const NEAR_M: f64 = 10_000.0;
/// Metres above the ground of what has to be seen; counted only with a terrain, which the room has none of.
const TARGET_M: f64 = 2.0;

/// What is looked at: a line, days, those who watch, incidents near.
#[derive(Clone)]
pub(crate) struct Asked {
    /// Lines of the mandate's pack: id and name.
    pub(crate) lines: Vec<(String, String)>,
    /// The one that is looked at.
    pub(crate) line: String,
    pub(crate) title: String,
    pub(crate) vertices: Vec<Coord>,
    pub(crate) from: Date,
    pub(crate) to: Date,
    watches: Watches,
    posts: Vec<Post>,
    incidents: Vec<Near>,
}

/// An incident near a line.
#[derive(Debug, Clone)]
struct Near {
    id: String,
    title: String,
    day: Option<Date>,
    at: Coord,
}

/// What came of a line.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Watched {
    line: Option<String>,
    title: String,
    metres: f64,
    from: String,
    to: String,
    pub(crate) posts: Vec<Post>,
    pub(crate) days: Vec<Day>,
    pub(crate) incidents: Vec<Incident>,
}

/// Who watches, or would.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Post {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) reach_km: f64,
    pub(crate) hours: Vec<String>,
    /// In place, agreed and not in place, lacking a consent, ended.
    pub(crate) state: &'static str,
    /// Parties that have not consented.
    pub(crate) lacks: Vec<String>,
    /// Since when it is in place, by the mission's clock.
    pub(crate) since: Option<String>,
    pub(crate) proposal: String,
}

/// A day of the line.
#[derive(Debug, Serialize)]
pub(crate) struct Day {
    pub(crate) day: String,
    observed_m: f64,
    partly_m: f64,
    not_m: f64,
    pub(crate) runs: Vec<Run>,
}

/// Stretches one after the other of which the same came.
#[derive(Debug, Serialize)]
pub(crate) struct Run {
    from_m: f64,
    to_m: f64,
    pub(crate) observed: Observed,
    hours: f64,
    pub(crate) by: Vec<String>,
}

/// Who could see the place of an incident on its day.
#[derive(Debug, Serialize)]
pub(crate) struct Incident {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) day: Option<String>,
    pub(crate) observed: Option<Observed>,
    hours: Option<f64>,
    pub(crate) by: Vec<String>,
    lat: f64,
    lon: f64,
}

impl Asked {
    /// What an address asks for.
    ///
    /// # Errors
    /// Where the days are none or too many, or the mandate's pack has no such line.
    pub(crate) async fn of(
        room: &Arc<Room>,
        visitor: &Visitor,
        looked: &Looked,
        filter: &Filter,
    ) -> Result<Asked, Refusal> {
        let ground = looked.sight().ground();
        let (lines, line) = lines(room, looked, filter.rest.get("line").map(String::as_str))?;
        let books = room.books(visitor.part(), Wanted::default()).await?;
        let last = last_day(&ground, looked).into_iter().chain(books.today).max();
        let to = filter.to.or(last).unwrap_or_else(|| looked.today());
        let from = filter.from.unwrap_or_else(|| to.checked_sub((USUAL_DAYS - 1).days()).unwrap_or(to));
        if from > to || (to - from).get_days() >= i32::try_from(MOST_DAYS).unwrap_or(i32::MAX) {
            let message = format!("from {from} to {to} are no days, or more than {MOST_DAYS}");
            return Err(Refusal::wrong(message).hint("name the first and the last day"));
        }
        let days = Days::Given(Some(from), Some(to));
        let books = room.books(visitor.part(), Wanted { days, ..Wanted::default() }).await?;
        let (id, title, vertices) = line.unwrap_or_default();
        let incidents = if vertices.len() > 1 { nearby(&books, &vertices) } else { Vec::new() };
        let (watches, posts) = (ground.watches(), posts(&ground, looked));
        Ok(Asked { lines, line: id, title, vertices, from, to, watches, posts, incidents })
    }

    /// What an address of the same ends with.
    pub(crate) fn query(&self, looked: &Looked) -> String {
        let mut query = form_urlencoded::Serializer::new(String::from("?"));
        query.append_pair("line", &self.line);
        query.append_pair("from", &self.from.to_string()).append_pair("to", &self.to.to_string());
        if looked.all.len() > 1 {
            query.append_pair("mission", &looked.id);
        }
        query.finish()
    }

    fn days(&self) -> Vec<Date> {
        self.from.series(1.day()).take_while(|d| *d <= self.to).take(MOST_DAYS).collect()
    }

    /// Who watches today.
    pub(crate) fn watches(&self) -> &[Watch] {
        &self.watches.watch
    }

    /// Where the incidents near the line were.
    pub(crate) fn places(&self) -> Vec<Coord> {
        self.incidents.iter().map(|i| i.at).collect()
    }

    /// Whether this is the line of an id.
    pub(crate) fn is(&self, id: &str) -> bool {
        self.line == id
    }
}

/// Id, name and vertices of a line.
type Line = (String, String, Vec<Coord>);
/// Ids and names of lines.
type Names = Vec<(String, String)>;

/// The lines of the mandate's pack, and the one that is asked for: else one between its parties, else the first.
fn lines(room: &Room, looked: &Looked, wanted: Option<&str>) -> Result<(Names, Option<Line>), Refusal> {
    let Some(mandate) = looked.mandate().filter(|_| looked.sight().mandate()) else { return Ok((Vec::new(), None)) };
    let Ok(known) = room.knowledge(&BTreeSet::from([mandate.pack.as_str()])) else { return Ok((Vec::new(), None)) };
    let drawn = |l: &trucewatch::pack::Line| match &l.geometry {
        Geometry::LineString(drawn) => Some((l.id.clone(), l.label.clone(), drawn.0.clone())),
        _ => None,
    };
    let all: Vec<(Line, bool)> = known
        .lines()
        .filter_map(|l| Some((drawn(l)?, l.parties.iter().any(|p| mandate.parties.iter().any(|m| m == p.as_str())))))
        .collect();
    let names = all.iter().map(|((id, label, _), _)| (id.clone(), label.clone())).collect();
    let found = match wanted {
        Some(id) => {
            let none = || Refusal::missing(format!("line: the mandate’s pack has no line `{id}` in one piece"));
            Some(all.iter().find(|((i, ..), _)| i == id).ok_or_else(none)?)
        }
        None => all.iter().find(|(_, own)| *own).or(all.first()),
    };
    Ok((names, found.map(|(line, _)| line.clone())))
}

/// The last day on which somebody took their place, or left it.
fn last_day(ground: &Mission, looked: &Looked) -> Option<Date> {
    let steps = ground.subjects.iter().flat_map(|s| [&s.executed, &s.ended]).flatten();
    steps.map(|d| looked.offset().to_datetime(d.on).date()).max()
}

/// Incidents with a place near a line.
fn nearby(books: &Books, line: &[Coord]) -> Vec<Near> {
    let track = Track::new(line);
    let near = |i: &trucewatch::incident::Incident| {
        let place = i.place.as_ref()?.resolved.as_ref()?;
        let at = Coord { x: place.lon, y: place.lat };
        nearest(&track, at).filter(|n| n.metres <= NEAR_M)?;
        let day = i.date.and_then(|d| d.first_day().filter(|f| d.last_day() == Some(*f)));
        Some(Near { id: i.id.clone(), title: books.title(i), day, at })
    };
    books.incidents.iter().filter_map(near).collect()
}

fn posts(ground: &Mission, looked: &Looked) -> Vec<Post> {
    let all = ground.watches().watch;
    let of = |w: &Watch| {
        let its = |s: &&Subject| s.stage() != Stage::Dropped && s.proposal.watch.iter().any(|p| p.id == w.id);
        let subject = ground.subjects.iter().rfind(its)?;
        let at = w.eyes().first().copied();
        let since = subject.executed.as_ref().filter(|_| subject.ended.is_none());
        Some(Post {
            id: w.id.clone(),
            kind: w.kind.as_str(),
            lat: at.map(|c| c.y),
            lon: at.map(|c| c.x),
            reach_km: w.reach_km,
            hours: w.hours.iter().map(|h| String::from(*h)).collect(),
            state: state(w, subject),
            lacks: w.lacks().into_iter().map(|p| looked.title(p)).collect(),
            since: since.map(|d| looked.time(d.on)),
            proposal: subject.id.clone(),
        })
    };
    all.iter().filter_map(of).collect()
}

fn state(watch: &Watch, subject: &Subject) -> &'static str {
    match subject.stage() {
        Stage::Ended => "ended",
        _ if !watch.lacks().is_empty() => "lacks consent",
        Stage::Executed => "in place",
        _ => "agreed, not in place",
    }
}

/// Looks who saw what, on a thread that may wait.
pub(crate) async fn watched(asked: &Asked) -> Result<Watched, Refusal> {
    let asked = asked.clone();
    aside(move || Ok(told(&asked))).await
}

/// What came of the line; of no day, where nobody watches whom whoever looks may see: others may have.
fn account(asked: &Asked) -> Account<'_> {
    let lookouts: Vec<Lookout<'_>> = asked.watches.watch.iter().map(|w| Lookout::new(w, None, TARGET_M)).collect();
    let days = if lookouts.is_empty() { Vec::new() } else { asked.days() };
    Account::new(&asked.vertices, STRETCH_M, lookouts, &days)
}

fn told(asked: &Asked) -> Watched {
    let account = account(asked);
    Watched {
        line: Some(asked.line.clone()).filter(|l| !l.is_empty()),
        title: asked.title.clone(),
        metres: earth::length(&asked.vertices),
        from: asked.from.to_string(),
        to: asked.to.to_string(),
        posts: asked.posts.clone(),
        days: if asked.vertices.len() > 1 { days(&account) } else { Vec::new() },
        incidents: incidents(asked, &account),
    }
}

fn days(account: &Account<'_>) -> Vec<Day> {
    let ids = |of: &DayOf| account.ids(of).into_iter().map(str::to_owned).collect();
    let run = |(from_m, to_m, of): (f64, f64, &DayOf)| Run {
        from_m,
        to_m,
        observed: of.observed,
        hours: of.hours,
        by: ids(of),
    };
    let day = |(day, of): (&Date, &Vec<DayOf>)| Day {
        day: day.to_string(),
        observed_m: account.metres(of, Observed::Observed),
        partly_m: account.metres(of, Observed::Partly),
        not_m: account.metres(of, Observed::Not),
        runs: account.runs(of).into_iter().map(run).collect(),
    };
    account.days.iter().map(day).collect()
}

fn incidents(asked: &Asked, account: &Account<'_>) -> Vec<Incident> {
    let one = |i: &Near| {
        let day = i.day.filter(|d| account.days.contains_key(d));
        let of = day.map(|d| place_on(i.at, d, &account.lookouts));
        Incident {
            id: i.id.clone(),
            title: i.title.clone(),
            day: i.day.map(|d| d.to_string()),
            observed: of.as_ref().map(|o| o.observed),
            hours: of.as_ref().map(|o| o.hours),
            by: of.iter().flat_map(|o| account.ids(o)).map(str::to_owned).collect(),
            lat: i.at.y,
            lon: i.at.x,
        }
    };
    asked.incidents.iter().map(one).collect()
}

/// The line, posts and incidents on the map; stretches as they were on the last day.
pub(crate) async fn mapped(asked: &Asked) -> Result<String, Refusal> {
    let asked = asked.clone();
    aside(move || Ok(drawn(&asked))).await
}

fn drawn(asked: &Asked) -> String {
    let account = account(asked);
    let feature = |geometry: Geometry<f64>, told: Value| {
        shapes::feature(&geometry, told.as_object().cloned().unwrap_or_default())
    };
    let mut all = Vec::new();
    let last = account.days.iter().next_back();
    for (day, of) in last.into_iter().filter(|_| asked.vertices.len() > 1) {
        for (from, to, seen) in account.runs(of) {
            let line = LineString::new(earth::unbroken(&Track::new(&asked.vertices).between(from, to)));
            let told = format!("{}, {day}", account.ids(seen).join(", "));
            let name = format!("{}: km {:.1} to {:.1}", seen.observed.as_str(), from / 1000.0, to / 1000.0);
            let properties = json!({"kind": "stretch", "state": seen.observed, "title": name, "told": told});
            all.push(feature(Geometry::LineString(line), properties));
        }
    }
    if all.is_empty() && asked.vertices.len() > 1 {
        let line = LineString::new(earth::unbroken(&asked.vertices));
        let told = json!({"kind": "stretch", "state": "unknown", "title": asked.title, "told": ""});
        all.push(feature(Geometry::LineString(line), told));
    }
    for post in &asked.posts {
        let Some((x, y)) = post.lon.zip(post.lat) else { continue };
        let told = format!("{}, sees {} km, {}", post.kind, post.reach_km, post.state);
        let km = if post.state == "in place" { Some(post.reach_km) } else { None };
        let properties = json!({"kind": "post", "state": post.state, "title": post.id, "told": told, "reach_km": km});
        all.push(feature(Geometry::Point(Point::new(x, y)), properties));
    }
    for incident in incidents(asked, &account) {
        let unseen = incident.observed == Some(Observed::Not);
        let told = if unseen { "nobody could see" } else { "" };
        let state = if unseen { "unseen" } else { "seen" };
        let href = format!("/incidents/{}", incident.id);
        let properties =
            json!({"kind": "incident", "state": state, "title": incident.title, "told": told, "href": href});
        all.push(feature(Geometry::Point(Point::new(incident.lon, incident.lat)), properties));
    }
    shapes::write(all)
}

impl Watched {
    /// Whether anybody watches whom whoever looks may see.
    pub(crate) fn has_posts(&self) -> bool {
        !self.posts.is_empty()
    }

    /// Kilometres of the line.
    pub(crate) fn km(&self) -> String {
        format!("{:.1} km", self.metres / 1000.0)
    }

    /// Incidents of which it can be told whether anybody could see.
    pub(crate) fn told(&self) -> usize {
        self.incidents.iter().filter(|i| i.observed.is_some()).count()
    }

    /// Those where nobody could.
    pub(crate) fn unseen(&self) -> usize {
        self.incidents.iter().filter(|i| i.is_unseen()).count()
    }
}

impl Incident {
    /// Whether nobody could see.
    pub(crate) fn is_unseen(&self) -> bool {
        self.observed == Some(Observed::Not)
    }
}

impl Day {
    /// Kilometres and per cent of what came of the line: observed, partly, not.
    pub(crate) fn parts(&self) -> [String; 3] {
        let all = self.observed_m + self.partly_m + self.not_m;
        let part = |metres: f64| format!("{:.1} km ({:.0} %)", metres / 1000.0, 100.0 * metres / all.max(1.0));
        [self.observed_m, self.partly_m, self.not_m].map(part)
    }
}

impl Run {
    /// Where it is, in kilometres from the line's start.
    pub(crate) fn km(&self) -> String {
        format!("km {:.1} to {:.1}", self.from_m / 1000.0, self.to_m / 1000.0)
    }

    /// For how long somebody saw some of it, where that is not all day.
    pub(crate) fn hours(&self) -> String {
        if self.observed == Observed::Partly { format!("{:.1} h", self.hours) } else { String::new() }
    }
}

impl Post {
    /// The id of its proposal, as it is shown.
    pub(crate) fn short(&self) -> &str {
        mission::book::short(&self.proposal)
    }

    /// Where it is, or begins.
    pub(crate) fn place(&self) -> String {
        let hand = |value: f64, plus, minus| if value < 0.0 { minus } else { plus };
        self.lat.zip(self.lon).map_or_else(String::new, |(lat, lon)| {
            format!("{:.4}° {}, {:.4}° {}", lat.abs(), hand(lat, 'N', 'S'), lon.abs(), hand(lon, 'E', 'W'))
        })
    }
}
