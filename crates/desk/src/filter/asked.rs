//! What a filter asks for, checked against what is known; what is not known is told with what there is.

use jiff::civil::Date;
use trucewatch::pack::{Agreement, Knowledge, Party, PartyId};
use trucewatch::when::{Interval, Point};

use crate::evidence::ordered;
use crate::failure::Failure;

/// The days from one to another, either of which may be open; none where both are.
pub(super) fn days(from: Option<Date>, to: Option<Date>) -> Result<Option<Interval>, Failure> {
    from.zip(to).map(|(from, to)| ordered(from, to)).transpose()?;
    let days = Interval { start: from.map(Point::Day), end: to.map(Point::Day), approx: false };
    Ok((from.is_some() || to.is_some()).then_some(days))
}

/// A party that packs know, by its id or title.
pub(super) fn party(words: &str, knowledge: &Knowledge) -> Result<PartyId, Failure> {
    let id = PartyId::new(words);
    if id.is_bystander() {
        return Ok(id);
    }
    let is_it = |p: &&Party| p.id == id || p.title.eq_ignore_ascii_case(words);
    let found = knowledge.parties().find(is_it).map(|p| p.id.clone());
    found.ok_or_else(|| {
        let ids: Vec<&str> = knowledge.parties().take(10).map(|p| p.id.as_str()).collect();
        let hint = format!("packs name the parties; those in use begin with {}", ids.join(", "));
        Failure::new(format!("no pack in use knows the party `{words}`"), hint)
    })
}

/// That no pack in use has an agreement of that name.
pub(super) fn unknown_agreement(words: &str, knowledge: &Knowledge) -> Failure {
    let ids: Vec<&str> = knowledge.agreements().map(|a| a.id.as_str()).collect();
    Failure::new(format!("no pack in use knows the agreement `{words}`"), format!("known are: {}", ids.join(", ")))
}

/// An agreement that packs know, by its id, title or one of its names.
pub(super) fn agreement<'a>(id: &str, knowledge: &'a Knowledge) -> Result<&'a Agreement, Failure> {
    let named = |a: &&Agreement| a.id == id || a.title == id || a.names.iter().any(|n| n.eq_ignore_ascii_case(id));
    knowledge.agreements().find(named).ok_or_else(|| unknown_agreement(id, knowledge))
}

/// The one of some words that was asked for; `is_no` and `they` word the error: "`kept` is no state", "states are …".
pub(super) fn one_of<T: Copy>(
    word: &str,
    is_no: &str,
    they: &str,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, Failure> {
    let known = || all.iter().map(|t| name(*t)).collect::<Vec<_>>().join(", ");
    let found = all.iter().copied().find(|t| name(*t) == word);
    found.ok_or_else(|| Failure::new(format!("`{word}` is {is_no}"), format!("{they} are {}", known())))
}
