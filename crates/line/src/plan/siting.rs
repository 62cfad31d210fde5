//! From a line, posts of today and candidate sites to a covering problem, and from its plan back to posts.

use geo::Coord;

use super::{Plan, Problem, Solver, plan};
use crate::coverage::Lookout;
use crate::earth::{self, Track};
use crate::terrain::Terrain;
use crate::watch::Watch;

/// What is watched, and by whom today.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The line's vertices.
    pub line: &'a [Coord],
    /// Heights, where they are known.
    pub terrain: Option<&'a Terrain>,
    /// Who watches today, or would.
    pub today: &'a [Watch],
}

/// What is asked of a plan.
#[derive(Debug, Clone)]
pub struct Wish {
    /// How many new posts.
    pub posts: usize,
    /// Metres between any two, those of today included.
    pub apart_m: f64,
    /// Metres of the longest stretch that counts as one.
    pub stretch_m: f64,
    /// Metres of line that seeing an incident's place is worth.
    pub incident_m: f64,
    /// Metres above the ground of what has to be seen.
    pub target_m: f64,
    /// Whether all consents of the sites are taken as given.
    pub as_if_agreed: bool,
}

/// A piece of the line or an incident, what seeing it is worth, and who sees it today.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its middle.
    pub at: Coord,
    /// Metres of line that it stands for; nought of an incident.
    pub metres: u64,
    /// Metres of line that it is worth as an incident.
    pub incident: u64,
    /// Whether somebody sees it today.
    pub seen_today: bool,
}

/// Metres of line and incidents that are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Metres.
    pub metres: u64,
    /// Incidents.
    pub incidents: usize,
}

/// Where new posts should stand, and what that adds.
pub struct Siting<'a> {
    /// Those of today.
    pub today: Vec<Lookout<'a>>,
    /// Pieces of the line, then incidents.
    pub places: Vec<Place>,
    /// Sites that could be chosen.
    pub sites: Vec<&'a Watch>,
    /// What each of them sees.
    pub lookouts: Vec<Lookout<'a>>,
    /// Which of them.
    pub plan: Plan,
    /// Sites that lack a consent, and whose; and those too near to posts of today.
    pub left_out: Vec<String>,
    /// How many posts were asked for.
    pub asked: usize,
    /// What went wrong with the solver, where something did.
    pub trouble: Option<String>,
}

/// Finds which of some sites should get posts, to see most of a line and of the places of some incidents.
///
/// # Errors
/// Why each site was left out, where none is left.
pub fn site<'a>(
    ground: &Ground<'a>,
    incidents: &[Coord],
    sites: &'a [Watch],
    wish: &Wish,
    solver: Option<&dyn Solver>,
) -> Result<Siting<'a>, Vec<String>> {
    let look = |w: &'a Watch| Lookout::new(w, ground.terrain, wish.target_m);
    let today: Vec<Lookout<'_>> = ground.today.iter().map(look).collect();
    let standing: Vec<&Lookout<'_>> = today.iter().filter(|l| l.watch.stands()).collect();
    let (sites, left_out) = allowed(wish, &standing, sites);
    if sites.is_empty() {
        return Err(left_out);
    }
    let places = places(ground.line, incidents, wish, &standing);
    let lookouts: Vec<Lookout<'_>> = sites.iter().map(|w| look(w)).collect();
    let (plan, trouble) = plan(&problem(wish, &places, &lookouts), solver);
    Ok(Siting { today, places, sites, lookouts, plan, left_out, asked: wish.posts, trouble })
}

/// Sites that may be chosen, and why the others may not.
fn allowed<'a>(wish: &Wish, standing: &[&Lookout<'_>], sites: &'a [Watch]) -> (Vec<&'a Watch>, Vec<String>) {
    let (mut allowed, mut left_out) = (Vec::new(), Vec::new());
    for site in sites {
        let lacks = site.lacks();
        let too_near = standing.iter().find(|l| apart(l.watch, site) < wish.apart_m);
        if !lacks.is_empty() && !wish.as_if_agreed {
            left_out.push(format!("{} lacks the consent of {}", site.id, lacks.join(" and ")));
        } else if let Some(post) = too_near {
            left_out.push(format!("{} is too near to {}", site.id, post.watch.id));
        } else {
            allowed.push(site);
        }
    }
    (allowed, left_out)
}

/// Metres between the nearest places from which two look.
fn apart(a: &Watch, b: &Watch) -> f64 {
    let eyes = b.eyes();
    let ways = a.eyes().into_iter().flat_map(|from| eyes.iter().map(move |to| earth::metres(from, *to)));
    ways.fold(f64::INFINITY, f64::min)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "metres of a line are few and not negative"
)]
fn whole(metres: f64) -> u64 {
    metres.max(0.0).round() as u64
}

fn places(line: &[Coord], incidents: &[Coord], wish: &Wish, standing: &[&Lookout<'_>]) -> Vec<Place> {
    let seen_today = |at: Coord| standing.iter().any(|l| l.sees(at));
    let track = Track::new(line);
    let of_line = track.stretches(wish.stretch_m).into_iter().filter_map(|(from, to)| {
        let at = track.at(f64::midpoint(from, to))?;
        Some(Place { at, metres: whole(to - from), incident: 0, seen_today: seen_today(at) })
    });
    let incident = whole(wish.incident_m);
    let of_incidents = incidents.iter().map(|&at| Place { at, metres: 0, incident, seen_today: seen_today(at) });
    of_line.chain(of_incidents).collect()
}

fn problem(wish: &Wish, places: &[Place], lookouts: &[Lookout<'_>]) -> Problem {
    let open = || (0u32..).zip(places).filter(|(_, p)| !p.seen_today);
    let sees = lookouts.iter().map(|l| open().filter(|(_, p)| l.sees(p.at)).map(|(i, _)| i).collect()).collect();
    let weights = places.iter().map(|p| if p.seen_today { 0 } else { p.metres + p.incident }).collect();
    Problem { sees, weights, too_near: too_near(wish.apart_m, lookouts), posts: wish.posts }
}

fn too_near(metres: f64, lookouts: &[Lookout<'_>]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    if metres <= 0.0 {
        return pairs;
    }
    let near = |a: &Lookout<'_>, b: &Lookout<'_>| {
        let lat = |w: &Watch| w.lat.unwrap_or(f64::NAN);
        // A degree of latitude is at least 110.5 km; patrols have no latitude of their own and are always measured.
        let far = (lat(a.watch) - lat(b.watch)).abs() * 110_500.0 > metres;
        !far && apart(a.watch, b.watch) < metres
    };
    for (i, a) in (0u32..).zip(lookouts) {
        let later = (i + 1..).zip(lookouts.iter().skip(i as usize + 1));
        pairs.extend(later.filter(|(_, b)| near(a, b)).map(|(j, _)| (i, j)));
    }
    pairs
}

impl Siting<'_> {
    fn sum(&self, seen: impl Fn(&Place) -> bool) -> Sum {
        let met = || self.places.iter().filter(|p| seen(p));
        Sum { metres: met().map(|p| p.metres).sum(), incidents: met().filter(|p| p.metres == 0).count() }
    }

    /// The sites that were chosen, with what they see.
    pub fn chosen(&self) -> impl Iterator<Item = (&Watch, &Lookout<'_>)> {
        let both = |&i: &u32| Some((*self.sites.get(i as usize)?, self.lookouts.get(i as usize)?));
        self.plan.sites.iter().filter_map(both)
    }

    /// Whether one of the chosen sites sees a place.
    #[must_use]
    pub fn planned(&self, at: Coord) -> bool {
        self.chosen().any(|(_, l)| l.sees(at))
    }

    /// What is seen today.
    #[must_use]
    pub fn today(&self) -> Sum {
        self.sum(|p| p.seen_today)
    }

    /// What is seen with the new posts, too.
    #[must_use]
    pub fn then(&self) -> Sum {
        self.sum(|p| p.seen_today || self.planned(p.at))
    }

    /// All that there is to see.
    #[must_use]
    pub fn all(&self) -> Sum {
        self.sum(|_| true)
    }
}
