//! Promised steps on the wire.

use serde::Serialize;
use trucewatch::figure::Amount;
use trucewatch::pack::PartyId;
use trucewatch::process as library;

use crate::table::Row;

/// One promised step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promise {
    /// Its id.
    pub id: String,
    /// What kind: `truce`, `withdrawal`, `exchange`, `deployment`, `delimitation`, `access`, `help`, `talks` and so on.
    #[serde(rename = "type")]
    pub kind: String,
    /// Who does it, or takes part.
    pub by: Vec<String>,
    /// To or for whom.
    pub to: Vec<String>,
    /// Which force is deployed.
    pub force: Option<String>,
    /// Which road or corridor.
    pub route: Option<String>,
    /// The agreement on record, of a truce.
    pub agreement: Option<String>,
    /// Where it has come to: `named`, `sought`, `agreed`, `under-way`, `restricted`, `done` or `ended`.
    pub state: String,
    /// Who says so first.
    pub said_by: Option<String>,
    /// Who says so too.
    pub confirmed_by: Vec<String>,
    /// Who says that it was not done, or does not hold.
    pub disputed_by: Vec<String>,
    /// Who is against it.
    pub refused_by: Vec<String>,
    /// First day of which its claims speak.
    pub from: Option<String>,
    /// Last day of which its claims speak.
    pub until: Option<String>,
    /// Conditions that were set.
    pub conditions: Vec<Condition>,
    /// What parties say whose word it needs.
    pub consents: Vec<Consent>,
    /// Strengths and counts as claims give them.
    pub counts: Vec<Count>,
    /// Where, as written.
    pub areas: Vec<String>,
    /// Who brings the sides together.
    pub mediators: Vec<String>,
    /// On which level talks are held.
    pub level: Option<String>,
    /// Agreements made on the days of the talks.
    pub outcomes: Vec<String>,
    /// Claims that speak of a joint commission.
    pub commission: Vec<String>,
    /// Claims that speak of the treaty by which help is asked.
    pub treaty: Vec<String>,
    /// What agreements make due.
    pub due: Vec<Due>,
    /// Its claims in order.
    pub steps: Vec<Step>,
    /// Ids of the incidents that they are in.
    pub incidents: Vec<String>,
    /// Ids of its claims.
    pub claims: Vec<String>,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Id of the claim.
    pub claim: String,
    /// Who sets it.
    pub by: Option<String>,
    /// Claims for what must come first.
    pub needs: Vec<String>,
}

/// What a party says to a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consent {
    /// Who.
    pub party: String,
    /// `refuses`, `agrees`, `asks`, `conditional` or `unheard`.
    pub stand: String,
    /// By which claims.
    pub claims: Vec<String>,
}

/// A strength or count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Id of the claim.
    pub claim: String,
    /// What is counted.
    pub what: String,
    /// Whose.
    pub side: Option<String>,
    /// Floor.
    pub min: Option<Amount>,
    /// Ceiling.
    pub max: Option<Amount>,
    /// Whether the words only say "about".
    pub approx: bool,
}

/// What an agreement makes due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Id of the agreement.
    pub agreement: String,
    /// Number of the term.
    pub term: String,
    /// By when.
    pub day: Option<String>,
    /// Who owes it.
    pub by: Vec<String>,
    /// `overdue`, `due`, `open`, `not-done`, `disputed`, `said-done` or `ended`.
    pub owed: String,
}

/// One claim of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Id of the claim.
    pub claim: String,
    /// What it says of the state.
    pub event: String,
    /// The state after it.
    pub state: String,
    /// Who says it.
    pub by: Option<String>,
    /// Of which day.
    pub day: Option<String>,
}

impl Promise {
    /// The wire form.
    #[must_use]
    pub fn new(process: &library::Process) -> Promise {
        let library::Process {
            id,
            topic,
            thing: library::Thing { by, to, force, route, agreement, peace: _, sought: _ },
            state,
            steps,
            said_by,
            disputed_by,
            refused_by,
            conditions,
            details,
            due,
            incidents,
        } = process;
        let library::Details { consents, counts, areas, mediators, level, outcomes, commission, treaty } = details;
        let days = process.days();
        Promise {
            id: id.clone(),
            kind: topic.as_str().to_owned(),
            by: names(by),
            to: names(to),
            force: force.map(|f| f.as_str().to_owned()),
            route: route.clone(),
            agreement: agreement.clone(),
            state: state.as_str().to_owned(),
            said_by: said_by.first().map(PartyId::to_string),
            confirmed_by: names(process.confirmed_by()),
            disputed_by: names(disputed_by),
            refused_by: names(refused_by),
            from: days.map(|(first, _)| first.to_string()),
            until: days.map(|(_, last)| last.to_string()),
            conditions: conditions.iter().map(Condition::new).collect(),
            consents: consents.iter().map(Consent::new).collect(),
            counts: counts.iter().map(Count::new).collect(),
            areas: areas.iter().map(|(name, _)| name.clone()).collect(),
            mediators: mediators.iter().map(|(party, _)| party.to_string()).collect(),
            level: level.as_ref().map(|(level, _)| level.as_str().to_owned()),
            outcomes: outcomes.clone(),
            commission: commission.clone(),
            treaty: treaty.clone(),
            due: due.iter().map(Due::new).collect(),
            steps: steps.iter().map(Step::new).collect(),
            incidents: incidents.clone(),
            claims: process.claims().map(str::to_owned).collect(),
        }
    }
}

fn names(parties: &[PartyId]) -> Vec<String> {
    parties.iter().map(PartyId::to_string).collect()
}

impl Condition {
    fn new(condition: &library::Condition) -> Condition {
        let library::Condition { claim, by, needs } = condition;
        Condition { claim: claim.clone(), by: by.as_ref().map(PartyId::to_string), needs: needs.clone() }
    }
}

impl Consent {
    fn new(consent: &library::Consent) -> Consent {
        let library::Consent { party, stand, claims } = consent;
        Consent { party: party.to_string(), stand: stand.as_str().to_owned(), claims: claims.clone() }
    }
}

impl Count {
    fn new((claim, figure): &(String, trucewatch::figure::Figure)) -> Count {
        let trucewatch::figure::Figure { span: _, what, who: _, side, min, max, approx, rule: _ } = figure;
        Count {
            claim: claim.clone(),
            what: what.as_str().to_owned(),
            side: side.as_ref().map(PartyId::to_string),
            min: *min,
            max: *max,
            approx: *approx,
        }
    }
}

impl Due {
    /// The wire form.
    #[must_use]
    pub fn new(due: &library::Due) -> Due {
        let library::Due { agreement, term, day, by, owed } = due;
        Due {
            agreement: agreement.clone(),
            term: term.clone(),
            day: day.map(|d| d.to_string()),
            by: names(by),
            owed: owed.as_str().to_owned(),
        }
    }
}

impl Step {
    fn new(step: &library::Step) -> Step {
        let library::Step { claim, event, state, by, day } = step;
        Step {
            claim: claim.clone(),
            event: event.as_str().to_owned(),
            state: state.as_str().to_owned(),
            by: by.as_ref().map(PartyId::to_string),
            day: day.map(|d| d.to_string()),
        }
    }
}

impl Row for Promise {
    const HEAD: &'static [&'static str] = &[
        "id",
        "type",
        "by",
        "to",
        "force",
        "route",
        "agreement",
        "state",
        "said_by",
        "confirmed_by",
        "disputed_by",
        "refused_by",
        "from",
        "until",
        "next_due",
        "owed",
        "due_terms",
        "claims",
    ];

    fn cells(&self) -> Vec<String> {
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let next = self.due.first();
        vec![
            self.id.clone(),
            self.kind.clone(),
            self.by.join("; "),
            self.to.join("; "),
            text(&self.force),
            text(&self.route),
            text(&self.agreement),
            self.state.clone(),
            text(&self.said_by),
            self.confirmed_by.join("; "),
            self.disputed_by.join("; "),
            self.refused_by.join("; "),
            text(&self.from),
            text(&self.until),
            next.map(|d| text(&d.day)).unwrap_or_default(),
            next.map(|d| d.owed.clone()).unwrap_or_default(),
            self.due.iter().map(|d| format!("{}:{}", d.agreement, d.term)).collect::<Vec<_>>().join("; "),
            self.claims.join("; "),
        ]
    }
}

/// A page of promised steps, with what agreements make due and no report speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promises {
    /// The steps.
    pub items: Vec<Promise>,
    /// Id of the last one, after which the next page begins; none on the last page.
    pub next: Option<String>,
    /// Obligations with a day, of the agreements in play, of which no report speaks.
    pub unspoken: Vec<Due>,
}
