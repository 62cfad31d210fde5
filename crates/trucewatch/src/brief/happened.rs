//! What is said to have happened: incidents of fighting and harm by day, each with its voices, standing and terms.

use crate::claim::{Claim, Class, Kind, Mode};
use crate::finding::{Answer, Finding};
use crate::incident::{Incident, Lack, Record, Stance, Standing};
use crate::process::Topic;
use crate::when::Interval;

use super::line::{Basis, Line, LineBuilder, Nil, Page};
use super::telling::{claims_of, tell};
use super::{Entry, speaker, words};

/// Days from which on a stretch of time is no single happening but a background.
const BACKGROUND_DAYS: i32 = 15;

/// Whether an incident is told under its day.
pub(super) fn is_happening(incident: &Incident) -> bool {
    matches!(incident.kind.class(), Class::Hostilities | Class::Harm)
}

/// Whether an incident is a background: a war, a campaign, a toll of months.
pub(super) fn is_background(date: Option<Interval>) -> bool {
    date.is_some_and(|d| d.length_in_days().is_none_or(|n| n >= BACKGROUND_DAYS))
}

/// Entries of incidents, in the order given.
pub(super) fn entries(page: &mut Page<'_>, incidents: &[&Incident], findings: &[Finding]) -> Vec<Entry> {
    incidents.iter().map(|incident| entry(page, incident, findings)).collect()
}

fn entry(page: &mut Page<'_>, incident: &Incident, findings: &[Finding]) -> Entry {
    let claims = own_claims(page.record, incident);
    let mut told = tell(page, &claims);
    told.extend(silence(page.record, incident, &claims));
    let mut weighed: Vec<Line> = standing(page.record, incident, &claims).into_iter().collect();
    weighed.extend(observed(page.record, incident));
    let denied = is_denied_only(&claims);
    let calm = denied && is_calm(&claims);
    if !calm {
        weighed.extend(terms(page.record, incident, findings));
    }
    Entry {
        heading: Some(match denied {
            true if calm => titled("Calm", incident),
            true => format!("{} ({DENIED})", heading(incident)),
            false => heading(incident),
        }),
        incident: Some(incident.id.clone()),
        standing: Some(incident.standing),
        listed: false,
        told,
        weighed,
    }
}

/// Whether all that is told is that the guns were silent, by whom nobody accuses.
fn is_calm(claims: &[&Claim]) -> bool {
    let mut denials = claims.iter().filter(|c| c.mode.value == Mode::Denied);
    denials.all(|c| {
        c.kind.value == Kind::Clash && c.actors.iter().all(|a| Some(&a.value) != c.speaker.value.party.as_ref())
    })
}

/// What is added to the heading of what nobody says to have happened.
const DENIED: &str = "said not to have happened";

/// The claims that tell of an incident itself: truces, talks and other steps that are spoken of because of it stand among
/// the steps.
fn own_claims<'a>(record: &Record<'a>, incident: &Incident) -> Vec<&'a Claim> {
    claims_of(record, incident).into_iter().filter(|c| Topic::of(c.kind.value).is_none()).collect()
}

/// Whether nobody says that an incident happened, and somebody that it did not: a denial alone, or calm.
pub(super) fn is_only_denied(record: &Record<'_>, incident: &Incident) -> bool {
    is_denied_only(&own_claims(record, incident))
}

/// "Shelling, Hollin, 7 March 2031".
pub(super) fn heading(incident: &Incident) -> String {
    titled(&words::phrase(incident.kind).title, incident)
}

/// A title with the place and time of an incident.
fn titled(title: &str, incident: &Incident) -> String {
    let place = incident.place.as_ref().map(|p| words::unshouted(&p.name));
    let when = incident.date.map(Interval::in_words);
    let parts: Vec<String> = std::iter::once(title.to_owned()).chain(place).chain(when).collect();
    parts.join(", ")
}

/// Who is accused and does not answer in what was read.
fn silence(record: &Record<'_>, incident: &Incident, claims: &[&Claim]) -> Option<Line> {
    let accused = |p: &crate::pack::PartyId| {
        claims.iter().any(|c| crate::incident::is_accusation(c) && c.actors.iter().any(|a| a.value == *p))
    };
    let silent = incident.voices.iter().filter(|v| v.stance == Stance::Silent && accused(&v.party));
    let names: Vec<String> = silent.map(|v| speaker::party(record.knowledge(), &v.party)).collect();
    let line = LineBuilder::new(format!("No answer by {} was found in the reports read.", words::list(&names)));
    (!names.is_empty()).then(|| line.by(Basis::Nil(Nil::NothingReported)).build().ok()).flatten()
}

/// Whether a claim stands in the speaker's own report, in which nobody else needs to be named.
fn is_own_report(record: &Record<'_>, claim: &Claim) -> bool {
    let speaker = |c: &Claim| c.speaker.value.party.clone();
    let own = |c: &&Claim| c.document == claim.document && c.speaker.value.name == "narrator";
    claim.speaker.rule.starts_with("field/") || record.claims().iter().any(|c| own(c) && speaker(c) == speaker(claim))
}

fn standing(record: &Record<'_>, incident: &Incident, claims: &[&Claim]) -> Option<Line> {
    let meaning = match incident.standing {
        Standing::Contested => "Contested: what one side says, another denies",
        Standing::Mutual => "Mutual: each side blames the other",
        Standing::OneSided if is_denied_only(claims) => "One-sided: only a denial is on record",
        Standing::OneSided => "One-sided: only a side with a stake says so",
        Standing::Uncontested if is_denied_only(claims) => {
            "Uncontested: outlets or observers alone speak of it, and say that it did not happen"
        }
        Standing::Verified if is_denied_only(claims) => "Verified: a monitor's own report says that it did not happen",
        Standing::Uncontested => "Uncontested: outlets or observers alone say so, and no side answers",
        Standing::Corroborated => "Corroborated: more than one kind of source has it",
        Standing::Verified if !claims.iter().any(|c| is_own_report(record, c)) => {
            "Verified: a monitor says so, as others report"
        }
        Standing::Verified => "Verified: a monitor's own report has it",
    };
    let origins = words::count(incident.origins.len(), "separate origin", "separate origins");
    let documents: std::collections::BTreeSet<&str> = claims.iter().map(|c| c.document.as_str()).collect();
    let documents = words::count(documents.len(), "document", "documents");
    let line = LineBuilder::new(format!("{meaning}; {origins} in {documents}."));
    line.resting_on(claims.iter().map(|c| c.id.clone())).build().ok()
}

/// What the mission's own observers saw of it and what they did not, where that is not all that is said.
fn observed(record: &Record<'_>, incident: &Incident) -> Option<Line> {
    let observed = incident.observed.as_ref().filter(|o| !o.rest.is_empty())?;
    let seen: std::collections::BTreeSet<Kind> =
        observed.claims.iter().filter_map(|id| Some(record.claim(id)?.kind.value)).collect();
    let seen: Vec<String> = seen.into_iter().map(|k| words::phrase(k).title.to_lowercase()).collect();
    let unseen = observed.rest.iter().filter_map(|rest| Some((record.claim(&rest.claim)?, &rest.lacks)));
    let unseen: std::collections::BTreeSet<String> =
        unseen.flat_map(|(claim, lacks)| lacks.iter().map(|lack| not_seen(claim, *lack))).collect();
    let unseen: Vec<String> = unseen.into_iter().collect();
    let text = format!(
        "Observed in part by the mission itself: {}; not observed: {}.",
        words::list(&seen),
        words::list(&unseen)
    );
    let rest = observed.rest.iter().map(|r| r.claim.clone());
    LineBuilder::new(text).resting_on(observed.claims.iter().cloned().chain(rest)).build().ok()
}

fn not_seen(claim: &Claim, lack: Lack) -> String {
    match lack {
        Lack::Kind => words::phrase(claim.kind.value).title.to_lowercase(),
        Lack::Doer => "who did it".to_owned(),
        Lack::Figures => "how many".to_owned(),
    }
}

/// Whether nobody among some claims says that it happened, and somebody that it did not.
fn is_denied_only(claims: &[&Claim]) -> bool {
    let says = |mode: Mode| claims.iter().any(|c| c.mode.value == mode);
    says(Mode::Denied) && !says(Mode::Asserted)
}

/// The terms that an incident was set against: one sentence an answer, terms with one answer together.
pub(super) fn terms(record: &Record<'_>, incident: &Incident, findings: &[Finding]) -> Vec<Line> {
    let mut by_answer: Vec<(String, Vec<String>, Vec<String>)> = Vec::new();
    for finding in findings.iter().filter(|f| f.incident == incident.id).rev() {
        let claims: Vec<&Claim> = finding.claims.iter().filter_map(|id| record.claim(id)).collect();
        let answer = answer(&finding.answer, is_denied_only(&claims));
        let term = term(record, finding);
        match by_answer.iter_mut().find(|(a, ..)| *a == answer) {
            Some((_, terms, claims)) => {
                terms.push(term);
                claims.extend(finding.claims.clone());
            }
            None => by_answer.push((answer, vec![term], finding.claims.clone())),
        }
    }
    let line = |(answer, terms, claims): (String, Vec<String>, Vec<String>)| {
        LineBuilder::new(format!("Set against {}: {answer}.", words::list(&terms))).resting_on(claims).build().ok()
    };
    by_answer.into_iter().filter_map(line).collect()
}

fn answer(answer: &Answer, denied: bool) -> String {
    match answer {
        Answer::InScope if denied => "in scope, had it happened; only a denial is on record".to_owned(),
        Answer::InScope => "in scope, if it happened as alleged".to_owned(),
        Answer::OutOfScope(why) => format!("out of scope, because {why}"),
        Answer::Undetermined(missing) if missing.iter().any(|m| m.contains(',')) => {
            format!("undetermined, because {}", missing.join("; "))
        }
        Answer::Undetermined(missing) => format!("undetermined, because {}", words::list(missing)),
    }
}

/// "term 1 of the Halmora Protocol of 5 March 2031".
pub(super) fn term(record: &Record<'_>, finding: &Finding) -> String {
    let title = title(record, &finding.agreement);
    if finding.term.starts_with(|c: char| c.is_ascii_digit()) {
        format!("term {} of the {title}", finding.term)
    } else {
        format!("the {title} ({})", finding.term)
    }
}

/// Title of an agreement, ready to stand after "the".
pub(super) fn title(record: &Record<'_>, id: &str) -> String {
    let found = record.knowledge().agreements().find(|a| a.id == id);
    found.map_or_else(|| id.to_owned(), |a| a.title.clone())
}
