//! Two lines side by side: lengths, areas that would change hands, how far they are from each other, what lies near.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use geo::Coord;
use line::Side;
use line::border::layers::Site;
use line::border::{Near, SideBySide};
use mission::book::Mission;
use mission::border::Version;
use trucewatch::pack::FeatureKind;

use crate::books::{Books, Wanted};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::pages::mission::Looked;
use crate::pages::{Page, html};
use crate::room::{Room, aside};
use crate::visitor::Visitor;

/// How near a settlement, a post or an incident has to be to either line, where it does not change hands.
const NEAR_KM: f64 = 5.0;
/// How far apart ends may be that are joined, in metres.
const JOIN_M: f64 = 100.0;

#[derive(Template)]
#[template(path = "compare.html")]
struct Compared {
    frame: Frame,
    looked: Looked,
    names: [String; 2],
    lines: [[String; 3]; 2],
    told: Vec<String>,
    areas: Vec<[String; 3]>,
    totals: [[String; 3]; 2],
    sites: Vec<Sited>,
    near_km: f64,
    query: String,
}

struct Sited {
    name: String,
    kind: String,
    side: String,
    changes: bool,
    away: [String; 2],
}

/// Two lines that an address names, set side by side; without names, the first two that are proposed for one segment.
///
/// # Errors
/// Where there are none that whoever looks may see, or they are not two answers to one question.
pub(crate) async fn beside(
    room: &Arc<Room>,
    visitor: &Visitor,
    looked: &Looked,
    filter: &Filter,
) -> Result<([String; 2], SideBySide), Refusal> {
    let ground = looked.sight().ground();
    let names = names(&ground, filter)?;
    let named = |name: &String| {
        let version = version(&ground, name)?;
        let mut named = ground.named(version);
        named.title = looked.title(&named.title);
        named.sides = named.sides.map(|s| s.map(|p| looked.title(&p)));
        Ok::<_, Refusal>(named)
    };
    let [first, second] = &names;
    let (first, second) = (named(first)?, named(second)?);
    let books = room.books(visitor.part(), Wanted::default()).await?;
    let sites = [settlements(room, looked), posts(&ground), incidents(&books)].concat();
    let near = Near { sites, roads: Vec::new(), km: NEAR_KM, join_m: JOIN_M };
    let found =
        aside(move || SideBySide::new(first, second, &near).map_err(|e| Refusal::wrong(e.to_string()).hint(e.hint())));
    Ok((names, found.await?))
}

fn names(ground: &Mission, filter: &Filter) -> Result<[String; 2], Refusal> {
    let asked = ["first", "second"].map(|n| filter.rest.get(n).cloned());
    if let [Some(first), Some(second)] = asked {
        return Ok([first, second]);
    }
    let two = ground.segments.values().find_map(|s| match s.versions.as_slice() {
        [a, b, ..] => Some([a, b].map(|v| format!("{}/{}", s.id, v.number))),
        _ => None,
    });
    let hint = "name two as first=south/1&second=south/2";
    two.ok_or_else(|| Refusal::missing("there are no two lines for one segment that you may see").hint(hint))
}

fn version<'a>(ground: &'a Mission, name: &str) -> Result<&'a Version, Refusal> {
    let found =
        name.rsplit_once('/').and_then(|(segment, number)| ground.segments.get(segment)?.version(number.parse().ok()?));
    found.ok_or_else(|| Refusal::missing(format!("there is no line `{name}` that you may see")))
}

fn settlements(room: &Room, looked: &Looked) -> Vec<Site> {
    let Some(mandate) = looked.mandate() else { return Vec::new() };
    let Ok(known) = room.knowledge(&BTreeSet::from([mandate.pack.as_str()])) else { return Vec::new() };
    let all = known.places().filter(|p| p.kind == FeatureKind::Settlement);
    let site = |name: &str, lat: f64, lon: f64| Site {
        name: name.to_owned(),
        kind: "settlement".to_owned(),
        at: Coord { x: lon, y: lat },
    };
    all.map(|p| site(&p.name, p.lat, p.lon)).collect()
}

fn posts(ground: &Mission) -> Vec<Site> {
    let post = |w: &line::watch::Watch| {
        Some(Site { name: w.id.clone(), kind: w.kind.as_str().to_owned(), at: *w.eyes().first()? })
    };
    ground.watches().watch.iter().filter_map(post).collect()
}

fn incidents(books: &Books) -> Vec<Site> {
    let one = |i: &trucewatch::incident::Incident| {
        let place = i.place.as_ref()?.resolved.as_ref()?;
        let date = i.date.map(|d| format!(", {}", d.in_words())).unwrap_or_default();
        let at = Coord { x: place.lon, y: place.lat };
        Some(Site { name: format!("{}{date}", books.title(i)), kind: "incident".to_owned(), at })
    };
    books.incidents.iter().filter_map(one).collect()
}

/// `GET /border/compare`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let (filter, looked) = (Filter::parse(&query)?, Looked::at(&room, &visitor, &query).await?);
    let (names, report) = beside(&room, &visitor, &looked, &filter).await?;
    let frame = looked.frame(&room, &visitor, "Two lines side by side");
    let mut query = form_urlencoded::Serializer::new(String::from("?"));
    query.append_pair("first", &names[0]).append_pair("second", &names[1]);
    if looked.all.len() > 1 {
        query.append_pair("mission", &looked.id);
    }
    html(&Compared {
        lines: lines(&report),
        told: told(&report),
        areas: report.found.changes.iter().map(|c| area(&report, c.from, c.area_m2)).collect(),
        totals: [Side::Left, Side::Right].map(|side| area(&report, side, report.found.lost_by(side))),
        sites: report.sited.iter().map(|s| sited(&report, s)).collect(),
        near_km: report.near_km,
        query: query.finish(),
        names,
        frame,
        looked,
    })
}

fn km(metres: f64) -> String {
    format!("{:.1} km", metres / 1000.0)
}

fn lines(report: &SideBySide) -> [[String; 3]; 2] {
    let line = |n: &line::border::Named, metres: f64| {
        let enclaves = match n.proposal.enclaves.len() {
            0 => String::new(),
            1 => ", 1 enclave".to_owned(),
            n => format!(", {n} enclaves"),
        };
        [n.title.clone(), n.map.clone().unwrap_or_default(), format!("{:.3} km{enclaves}", metres / 1000.0)]
    };
    [line(&report.first, report.found.first_m), line(&report.second, report.found.second_m)]
}

fn told(report: &SideBySide) -> Vec<String> {
    let found = &report.found;
    let mut told = Vec::new();
    if found.turned {
        told.push("The second was drawn from the other end, and is turned round.".to_owned());
    }
    let gap = found.gaps_m.0.max(found.gaps_m.1);
    if gap > 0.5 {
        told.push(format!("Their ends lie up to {gap:.0} m apart, and are joined."));
    }
    let (left, right) = (report.whose(Side::Left), report.whose(Side::Right));
    told.push(format!("The first has {left} on its left and {right} on its right."));
    if let Some(d) = &found.deviation {
        let together =
            if d.together_m >= 50.0 { format!("; they run together for {}", km(d.together_m)) } else { String::new() };
        told.push(format!("They are {} from each other on the way, {} at most{together}.", km(d.mean_m), km(d.max_m)));
    }
    told
}

fn area(report: &SideBySide, from: Side, m2: f64) -> [String; 3] {
    [format!("{:.4} km²", m2 / 1e6), report.whose(from), report.whose(from.other())]
}

fn sited(report: &SideBySide, sited: &line::border::layers::Sited) -> Sited {
    let (first, second) = (report.whose_or_neither(sited.first), report.whose_or_neither(sited.second));
    Sited {
        name: sited.site.name.clone(),
        kind: sited.site.kind.clone(),
        side: if sited.changes() { format!("{first}, then {second}") } else { first },
        changes: sited.changes(),
        away: [km(sited.to_first_m), km(sited.to_second_m)],
    }
}
