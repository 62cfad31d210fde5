//! Plans of where posts should stand: those on record, how far each may be from the best, and working one out.

use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;
use desk::highs::Highs;
use geo::{Geometry, LineString, Point};
use line::earth;
use line::plan::Solver;
use line::plan::siting::{Ground, Wish, site};
use line::shapes;
use line::watch::{Watch, Watches};
use mission::book::short;
use mission::consent::Stage;
use mission::watch::{Plan, Planned, judge};
use mission::{Act, Action, Object, may};
use serde_json::json;

use super::incident::done as just_done;
use super::mission::{Looked, known, stated};
use super::posts::Asked;
use super::{Page, html};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::form::{Fields, done};
use crate::frame::Frame;
use crate::room::{Room, aside};
use crate::visitor::Visitor;

/// Sites, and posts, of a plan that the room works out, at most.
const SITES: usize = 2_000;
const POSTS: usize = 100;
/// Pieces into which a line is cut, at most, and their usual length in metres.
const PIECES: f64 = 5_000.0;
const PIECE_M: f64 = 1_000.0;
/// Seconds that the solver has.
const SECONDS: u64 = 60;
/// Metres above the ground of what has to be seen; counted only with a terrain.
const TARGET_M: f64 = 2.0;

/// One plan is worked out at a time.
static BUSY: Mutex<()> = Mutex::new(());

#[derive(Template)]
#[template(path = "plans.html")]
struct Plans {
    frame: Frame,
    looked: Looked,
    plans: Vec<Shown>,
    lines: Vec<(String, String)>,
    has_solver: bool,
    may_plan: bool,
    may_propose: bool,
    strength: Option<u32>,
}

/// A plan as a page shows it.
struct Shown {
    id: String,
    short: String,
    entry: u64,
    at: String,
    by: String,
    line: String,
    asked: usize,
    today: String,
    with_plan: String,
    proof: String,
    posts: Vec<Post>,
    /// What was proposed of it: id, title, how far it has come.
    proposed: Vec<(String, String, &'static str)>,
}

struct Post {
    id: String,
    place: String,
    reach_km: f64,
    /// Kilometres to the nearest of today's posts, with its id.
    nearest: Option<(String, String)>,
}

/// Plans that somebody may see, the newest first.
pub(crate) fn plans(looked: &Looked) -> Vec<&Planned> {
    let mut all: Vec<&Planned> = looked.sight().plans().collect();
    all.reverse();
    all
}

/// `GET /plans`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let (filter, looked) = (Filter::parse(&query)?, Looked::at(&room, &visitor, &query).await?);
    if !looked.sees_plans() {
        let hint = "what is proposed of a plan stands among posts";
        return Err(Refusal::forbidden("plans are the mission’s own").hint(hint));
    }
    let frame = looked.frame(&room, &visitor, "Plans").done(just_done(&filter));
    let asked = Asked::of(&room, &visitor, &looked, &Filter::default()).await?;
    let plans = plans(&looked).into_iter().map(|p| shown(&looked, p)).collect();
    html(&Plans {
        plans,
        lines: asked.lines,
        has_solver: Highs::find(None, SECONDS).is_some(),
        may_plan: may(&looked.viewer, Action::Make, &Object::MissionDraft),
        may_propose: may(&looked.viewer, Action::Make, &Object::Proposal(looked.parties())),
        strength: looked.mandate().and_then(|m| m.strength),
        frame,
        looked,
    })
}

fn shown(looked: &Looked, planned: &Planned) -> Shown {
    let Planned { id, entry, at, by, plan } = planned;
    let share = |metres: u64| {
        let percent = 100.0 * metres as f64 / plan.metres.max(1) as f64;
        format!("{:.1} of {:.1} km ({percent:.0} %)", metres as f64 / 1000.0, plan.metres as f64 / 1000.0)
    };
    let of =
        |s: &&mission::Subject| s.proposal.plan.as_ref().is_some_and(|p| !p.is_empty() && id.starts_with(p.as_str()));
    let told =
        |s: &mission::Subject| (short(&s.id).to_owned(), s.proposal.title.clone(), looked.mission().stage(s).as_str());
    Shown {
        id: id.clone(),
        short: short(id).to_owned(),
        entry: *entry,
        at: looked.time(*at),
        by: by.clone(),
        line: plan.line.clone(),
        asked: plan.asked,
        today: share(plan.today),
        with_plan: share(plan.with_plan),
        proof: proof(plan),
        posts: posts(looked, plan),
        proposed: looked.sight().subjects().filter(of).map(told).collect(),
    }
}

/// How far a plan may be from the best.
fn proof(plan: &Plan) -> String {
    if plan.is_best() {
        return format!("proven best (found by {})", plan.found_by);
    }
    let gap = 100.0 * plan.at_most.saturating_sub(plan.worth) as f64 / plan.worth.max(1) as f64;
    format!("found by {}; a better plan could add at most {gap:.2} % more than this one adds", plan.found_by)
}

fn posts(looked: &Looked, plan: &Plan) -> Vec<Post> {
    let ground = looked.sight().ground();
    let standing: Vec<Watch> = ground.watches().watch.into_iter().filter(|w| w.stands()).collect();
    let post = |w: &Watch| {
        let at = w.eyes().first().copied();
        let away = |other: &Watch| Some((earth::metres(at?, *other.eyes().first()?), other.id.clone()));
        let others = standing.iter().filter(|o| o.id != w.id).filter_map(away);
        let near = others.min_by(|a, b| a.0.total_cmp(&b.0));
        Post {
            id: w.id.clone(),
            place: at.map(|c| format!("{:.5}, {:.5}", c.y, c.x)).unwrap_or_default(),
            reach_km: w.reach_km,
            nearest: near.map(|(metres, id)| (format!("{:.1} km", metres / 1000.0), id)),
        }
    };
    plan.watch.iter().map(post).collect()
}

/// The posts of plans, those of today and the line that they watch on the map; of one plan, where its id is given.
pub(crate) fn mapped(looked: &Looked, asked: &Asked, wanted: Option<&str>) -> String {
    let feature = |geometry: Geometry<f64>, told: serde_json::Value| {
        shapes::feature(&geometry, told.as_object().cloned().unwrap_or_default())
    };
    let point = |w: &Watch, state: &str, told: String| {
        let told = json!({"kind": "post", "state": state, "title": w.id, "told": told, "reach_km": w.reach_km});
        Some(feature(Geometry::Point(Point::from(*w.eyes().first()?)), told))
    };
    let standing: Vec<&Watch> = asked.watches().iter().filter(|w| w.stands()).collect();
    let all = plans(looked).into_iter().filter(|p| wanted.is_none_or(|id| p.id == id));
    let open = all.flat_map(|p| p.plan.watch.iter().map(move |w| (short(&p.id), w)));
    let open = open.filter(|(_, w)| standing.iter().all(|s| s.id != w.id));
    let planned = open.filter_map(|(id, w)| point(w, "planned", format!("plan {id}, sees {} km", w.reach_km)));
    let today = standing.iter().filter_map(|w| point(w, "in place", format!("in place, sees {} km", w.reach_km)));
    let line = (asked.vertices.len() > 1).then(|| {
        let drawn = LineString::new(earth::unbroken(&asked.vertices));
        let told = json!({"kind": "stretch", "state": "unknown", "title": asked.title, "told": ""});
        feature(Geometry::LineString(drawn), told)
    });
    shapes::write(line.into_iter().chain(today).chain(planned).collect())
}

/// `POST /plans`: works a plan out and puts it on record.
pub(crate) async fn make(State(room): State<Arc<Room>>, visitor: Visitor, fields: Fields) -> Result<Redirect, Refusal> {
    let (by, part) = known(&visitor)?;
    if !may(&part.viewer(), Action::Make, &Object::MissionDraft) {
        return Err(Refusal::forbidden("plans are made by observers, verifiers and the chief of a mission"));
    }
    let looked = Looked::of(&room, &visitor, Some(&part.mission)).await?;
    let mut filter = Filter::default();
    filter.rest.extend(Some(fields.get("line")).filter(|l| !l.is_empty()).map(|l| ("line".to_owned(), l.to_owned())));
    let asked = Asked::of(&room, &visitor, &looked, &filter).await?;
    if asked.vertices.len() < 2 {
        return Err(Refusal::wrong("line: the mandate’s pack has no line that could be watched"));
    }
    let (sites, wish) = (sites(&fields)?, wish(&fields, earth::length(&asked.vertices))?);
    let plan = aside(move || found(&asked, &sites, &wish)).await?;
    let entered = stated(&room, &by, &part, Act::Plan(plan)).await?;
    Ok(done(&fields.back("/plans"), entered.entry))
}

fn sites(fields: &Fields) -> Result<Watches, Refusal> {
    let hint = "give entries [[watch]] with id, lat, lon and reach-km, as docs/line.md shows them";
    let wrong = |e: String| Refusal::wrong(format!("sites: {e}")).hint(hint);
    let text = fields.get("sites").replace("\r\n", "\n");
    let mut sites: Watches = Watches::parse(&text).map_err(wrong)?;
    if sites.watch.is_empty() || sites.watch.len() > SITES {
        return Err(wrong(format!("{} are given, and from 1 to {SITES} are needed", sites.watch.len())));
    }
    sites.check().map_err(|e| wrong(e.to_string()))?;
    judge(&mut sites).map_err(wrong)?;
    Ok(sites)
}

fn wish(fields: &Fields, length_m: f64) -> Result<Wish, Refusal> {
    let km = |name: &str, usual: f64| -> Result<f64, Refusal> {
        let value: f64 = if fields.get(name).is_empty() { usual } else { fields.number(name)? };
        let fits = value.is_finite() && (0.0..=1_000.0).contains(&value);
        fits.then_some(value * 1000.0).ok_or_else(|| Refusal::wrong(format!("{name}: from 0 to 1000 km")))
    };
    let posts: usize = fields.number("count")?;
    if !(1..=POSTS).contains(&posts) {
        return Err(Refusal::wrong(format!("count: from 1 to {POSTS} posts")));
    }
    Ok(Wish {
        posts,
        apart_m: km("apart-km", 0.0)?,
        stretch_m: (length_m / PIECES).max(PIECE_M),
        incident_m: km("incident-km", 1.0)?,
        target_m: TARGET_M,
        as_if_agreed: fields.is_ticked("as-if-agreed"),
    })
}

fn found(asked: &Asked, sites: &Watches, wish: &Wish) -> Result<Plan, Refusal> {
    let busy = |_| Refusal::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, "busy", "a plan is being worked out");
    let _alone = match BUSY.try_lock() {
        Ok(held) => held,
        Err(std::sync::TryLockError::Poisoned(e)) => PoisonError::into_inner(e),
        Err(std::sync::TryLockError::WouldBlock) => return Err(busy(()).hint("try again in a minute")),
    };
    let highs = Highs::find(None, SECONDS);
    let ground = Ground { line: &asked.vertices, terrain: None, today: asked.watches() };
    let solver = highs.as_ref().map(|h| h as &dyn Solver);
    let siting = site(&ground, &asked.places(), &sites.watch, wish, solver)
        .map_err(|left_out| Refusal::wrong(format!("sites: none is left to choose from: {}", left_out.join("; "))))?;
    if siting.plan.sites.is_empty() {
        return Err(Refusal::wrong("sites: none of them sees anything of the line that is not seen today"));
    }
    Ok(Plan::new(&asked.title, &siting))
}

impl Shown {
    /// Whether something of it is proposed and not dropped.
    fn is_proposed(&self) -> bool {
        self.proposed.iter().any(|(.., stage)| *stage != Stage::Dropped.as_str())
    }
}
