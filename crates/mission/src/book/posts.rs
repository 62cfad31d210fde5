//! What is stated of those who watch: plans, and the posts, patrols and cameras of what is proposed.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use line::Course;
use line::watch::{Kind, Span, Watch, Watches};

use super::{Fits, Heard, Mission, allowed, begun, short};
use crate::consent::{Proposal, Stage, Subject};
use crate::role::{Action, Object};
use crate::statement::Statement;
use crate::watch::{Plan, Planned};

impl Mission {
    /// Puts a plan on record.
    pub(super) fn plan(&mut self, heard: &Heard, plan: &Plan) -> Fits {
        allowed(heard, Action::Make, &Object::MissionDraft)?;
        let watches = Watches { watch: plan.watch.clone() };
        watches.check().map_err(|e| e.to_string())?;
        if plan.watch.is_empty() || plan.watch.len() > plan.asked {
            let (given, asked) = (plan.watch.len(), plan.asked);
            return Err(format!(
                "a plan of {asked} posts names at least one and no more than these, and this names {given}"
            ));
        }
        let Statement { by, .. } = heard.statement.clone();
        self.plans.push(Planned { id: heard.id.clone(), entry: heard.entry, at: heard.at, by, plan: plan.clone() });
        Ok(())
    }

    /// The plan of an id of which these are the first characters.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn plan_of(&self, id: &str) -> Fits<&Planned> {
        begun(&self.plans, |p| &p.id, id, "plans")?.ok_or_else(|| format!("there is no plan `{id}`"))
    }

    /// Whether what belongs to one kind of thing only is there, and in order.
    pub(super) fn fits_subject(&self, proposal: &Proposal) -> Fits<Option<Course>> {
        let course = self.fits_border(proposal)?;
        if let Some(plan) = &proposal.plan {
            self.plan_of(plan)?;
        }
        self.fits_watch(proposal)?;
        Ok(course)
    }

    fn fits_watch(&self, proposal: &Proposal) -> Fits {
        let Proposal { subject, watch, instead_of, .. } = proposal;
        let kind = match subject.as_str() {
            "border-segment" | "visit" | "exchange" if !watch.is_empty() => {
                return Err(format!("a {subject} watches nothing"));
            }
            "post" => Some(Kind::Post),
            "camera" => Some(Kind::Camera),
            "patrol-route" => Some(Kind::Patrol),
            _ => None,
        };
        Watches { watch: watch.clone() }.check().map_err(|e| e.to_string())?;
        for one in watch {
            let id = &one.id;
            if kind.is_some_and(|kind| kind != one.kind) {
                return Err(format!("`{id}` is a {}, and a {subject} is proposed", one.kind.as_str()));
            }
            if !one.parties.is_empty() || !one.consents.is_empty() {
                return Err(format!(
                    "`{id}`: the mandate says whose consent it needs, and each party answers for itself"
                ));
            }
            if let Some(other) = self.subjects.iter().find(|s| holds(s, id) && !is_replaced(s, instead_of.as_deref())) {
                return Err(format!("`{id}` is proposed already, by `{}`", short(&other.id)));
            }
        }
        Ok(())
    }

    /// Everybody who watches, or would, with who consents and since when they are in place by the mission's clock.
    #[must_use]
    pub fn watches(&self) -> Watches {
        let zone = self.mandate().and_then(|m| m.offset()).unwrap_or(Offset::UTC);
        let proposed = self.subjects.iter().filter(|s| s.stage() != Stage::Dropped);
        let watch = proposed.flat_map(|s| s.proposal.watch.iter().map(move |w| placed(w, s, zone))).collect();
        Watches { watch }
    }
}

fn holds(subject: &Subject, id: &str) -> bool {
    let is_over = matches!(subject.stage(), Stage::Dropped | Stage::Ended);
    !is_over && subject.proposal.watch.iter().any(|w| w.id == id)
}

fn is_replaced(subject: &Subject, old: Option<&str>) -> bool {
    old.is_some_and(|old| !old.is_empty() && subject.id.starts_with(old))
}

fn placed(watch: &Watch, subject: &Subject, zone: Offset) -> Watch {
    let Proposal { from, until, .. } = &subject.proposal;
    let mut watch = watch.clone();
    watch.parties.clone_from(&subject.needs);
    watch.from = watch.from.max(*from);
    watch.to = [watch.to, *until].into_iter().flatten().min();
    let missing: Vec<String> = subject.missing().iter().filter_map(|m| m.party().map(str::to_owned)).collect();
    subject.needs.iter().filter(|p| !missing.contains(p)).for_each(|p| watch.consent(p));
    watch.set_in_place(spans(subject, zone));
    watch
}

/// When it was carried out with every consent: from the day it began, less the times between a consent withdrawn and given
/// again, until it was ended.
fn spans(subject: &Subject, zone: Offset) -> Vec<Span> {
    let Some(executed) = &subject.executed else { return Vec::new() };
    let clock = |at| zone.to_datetime(at);
    let end = subject.ended.as_ref().map(|e| clock(e.on));
    let mut heard = Subject { answers: Vec::new(), ..subject.clone() };
    let mut spans: Vec<Span> = Vec::new();
    let mut since: Option<DateTime> = Some(clock(executed.on));
    for given in &subject.answers {
        heard.answers.push(given.clone());
        if given.entry < executed.entry {
            continue;
        }
        match (since, heard.missing().is_empty()) {
            (Some(from), false) => {
                spans.push((from, Some(clock(given.at))));
                since = None;
            }
            (None, true) => since = Some(clock(given.at)),
            _ => {}
        }
    }
    spans.extend(since.map(|from| (from, None)));
    let cut = spans.into_iter().map(|(from, until)| (from, [until, end].into_iter().flatten().min()));
    cut.filter(|(from, until)| until.is_none_or(|until| *from < until)).collect()
}
