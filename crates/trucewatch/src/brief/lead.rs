//! The first lines: what was read, and the few things that matter most, without quotations.

use crate::incident::{Incident, Stance, Standing};
use crate::pack::Knowledge;

use super::line::{Line, LineBuilder, Page};
use super::telling::claims_of;
use super::{Shown, speaker, words};

/// Happenings that the lead names, at most.
const NAMED: usize = 4;

/// The lines of the lead; none where nothing is on record.
pub(super) fn lines(page: &mut Page<'_>, shown: &Shown<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = rests_on(page, shown).into_iter().collect();
    let mut weighty: Vec<&&Incident> = shown.happenings.iter().filter(|i| is_weighty(i)).collect();
    weighty.sort_by_key(|i| (std::cmp::Reverse(i.members.len()), i.standing, i.id.clone()));
    weighty.truncate(NAMED);
    weighty.sort_by_key(|i| (i.date.and_then(|d| d.first_day()), i.id.clone()));
    lines.extend(weighty.into_iter().filter_map(|i| one(page, i)));
    lines
}

/// Whether the sides disagree on it, or somebody without a stake has it.
fn is_weighty(incident: &Incident) -> bool {
    matches!(incident.standing, Standing::Contested | Standing::Mutual | Standing::Verified)
        && incident.members.len() > 1
}

fn rests_on(page: &Page<'_>, shown: &Shown<'_>) -> Option<Line> {
    let documents = page.record.sources().count();
    let ids: Vec<String> = shown.claims.iter().map(|c| c.id.clone()).collect();
    let contested = shown.happenings.iter().filter(|i| i.standing == Standing::Contested).count();
    let mutual = shown.happenings.iter().filter(|i| i.standing == Standing::Mutual).count();
    let denied = shown.happenings.iter().filter(|i| super::happened::is_only_denied(page.record, i)).count();
    let mut text = format!(
        "This brief rests on {} and {}.",
        words::count(documents, "report", "reports"),
        words::count(ids.len(), "claim", "claims"),
    );
    let happened = shown.happenings.len();
    if happened > 0 {
        let on_record = words::count(happened, "incident of fighting or harm is", "incidents of fighting or harm are");
        text.push_str(&format!(" {} on record", words::capital(&on_record)));
        let disputed = [
            disputed(happened, contested, "contested"),
            disputed(happened, mutual, "blamed by each side on the other"),
            disputed(happened, denied, "said only not to have happened"),
        ];
        let disputed: Vec<String> = disputed.into_iter().flatten().collect();
        if !disputed.is_empty() {
            text.push_str(&format!(", {}", words::list(&disputed)));
        }
        text.push('.');
    }
    LineBuilder::new(text).resting_on(ids).build().ok()
}

/// "two of them contested"; of one incident, "contested".
fn disputed(all: usize, some: usize, how: &str) -> Option<String> {
    match (all, some) {
        (_, 0) => None,
        (1, _) => Some(how.to_owned()),
        (_, some) => Some(format!("{} of them {how}", words::number(some as u64))),
    }
}

/// "Troops across the line, Hollin, 7 March 2031: Orlava accuses, Vesk denies."
fn one(page: &mut Page<'_>, incident: &Incident) -> Option<Line> {
    let knowledge = page.record.knowledge();
    let claims = claims_of(page.record, incident);
    let text = format!("{}: {}.", super::happened::heading(incident), stances(knowledge, incident));
    LineBuilder::new(text).resting_on(claims.iter().map(|c| c.id.clone())).build().ok()
}

fn stances(knowledge: &Knowledge, incident: &Incident) -> String {
    let accusers: Vec<String> = incident
        .voices
        .iter()
        .filter(|v| v.stance == Stance::Accuses)
        .map(|v| speaker::party(knowledge, &v.party))
        .collect();
    if incident.standing == Standing::Mutual && accusers.len() > 1 {
        return format!("{} accused each other", words::list(&accusers));
    }
    let mut voices: Vec<_> = incident.voices.iter().filter(|v| !v.party.is_bystander()).collect();
    voices.sort_by_key(|v| v.stance);
    let accused = |party: &crate::pack::PartyId| {
        let others: Vec<String> = incident
            .parties
            .iter()
            .filter(|p| *p != party && !p.is_bystander())
            .map(|p| speaker::party(knowledge, p))
            .collect();
        words::list(&others)
    };
    let said = voices.iter().filter_map(|v| {
        let title = speaker::party(knowledge, &v.party);
        match v.stance {
            Stance::Accuses => Some(format!("{title} accused {}", accused(&v.party))),
            Stance::Denies => Some(format!("{title} denied it")),
            Stance::Refuses => Some(format!("{title} was against it")),
            Stance::Asserts => Some(format!("{title} said so")),
            Stance::Asks => None,
            Stance::Silent => None,
        }
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { "only outlets speak of it".to_owned() } else { said.join("; ") }
}
