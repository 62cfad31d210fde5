//! The machines: which state a claim's event leads to.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::Topic;
use crate::claim::{Aspect, Claim, Mode};
use crate::incident::Record;

/// How far a promised step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Spoken of: conditions, refusals, denials, nothing more.
    Named,
    /// Proposed, offered, asked for.
    Sought,
    /// Promised or agreed.
    Agreed,
    /// Begun, in place, open, in force.
    Underway,
    /// In place or open, but hindered.
    Restricted,
    /// Done.
    Done,
    /// Ended, closed, broken off, collapsed.
    Ended,
}

impl State {
    /// Every state.
    pub const ALL: [State; 7] =
        [State::Named, State::Sought, State::Agreed, State::Underway, State::Restricted, State::Done, State::Ended];

    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Named => "named",
            State::Sought => "sought",
            State::Agreed => "agreed",
            State::Underway => "under-way",
            State::Restricted => "restricted",
            State::Done => "done",
            State::Ended => "ended",
        }
    }
}

/// What a claim says of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// Tells of it without saying that it began, goes on or ended.
    Mention,
    /// Sets a condition.
    Condition,
    /// Is against it.
    Refusal,
    /// Says that it was not done or does not hold.
    Denial,
    /// Asks for it or offers it.
    Request,
    /// Promises it.
    Promise,
    /// Says that it begins or holds.
    Start,
    /// Says that it is hindered.
    Restriction,
    /// Says that it is done.
    Finish,
    /// Says that it ended.
    Stop,
}

impl Event {
    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Event::Mention => "mention",
            Event::Condition => "condition",
            Event::Refusal => "refusal",
            Event::Denial => "denial",
            Event::Request => "request",
            Event::Promise => "promise",
            Event::Start => "start",
            Event::Restriction => "restriction",
            Event::Finish => "finish",
            Event::Stop => "stop",
        }
    }

    /// The state that it says holds, of a kind of step; none where it says nothing of it.
    #[must_use]
    pub fn leads_to(self, topic: Topic) -> Option<State> {
        match self {
            Event::Mention | Event::Condition | Event::Refusal | Event::Denial => None,
            Event::Request => Some(State::Sought),
            Event::Promise => Some(State::Agreed),
            Event::Start => Some(State::Underway),
            Event::Restriction => Some(State::Restricted),
            Event::Finish if topic.lasts() => Some(State::Underway),
            Event::Finish => Some(State::Done),
            Event::Stop => Some(State::Ended),
        }
    }
}

/// The state after an event. Requests and promises move only what has not begun; what is said to have happened moves
/// whatever was before; denials, refusals, conditions and mentions move nothing.
#[must_use]
pub fn next(topic: Topic, state: State, event: Event) -> State {
    match (event.leads_to(topic), event) {
        (None, _) => state,
        (Some(to), Event::Request | Event::Promise) => state.max(to),
        (Some(State::Underway), _) if state == State::Done && topic == Topic::Exchange => State::Done,
        (Some(to), _) => to,
    }
}

/// What a claim says of the state of its process.
pub(super) fn event(record: &Record<'_>, topic: Topic, claim: &Claim) -> Event {
    match claim.mode.value {
        Mode::Conditional => Event::Condition,
        Mode::Rejected => Event::Refusal,
        Mode::Denied => Event::Denial,
        Mode::CalledFor => Event::Request,
        Mode::Planned => Event::Promise,
        Mode::Asserted => not_yet(topic, record.quote(claim)).unwrap_or_else(|| of_fact(record, topic, claim)),
    }
}

/// What a claim says of a deed that its words only intend or weigh: a plan is not a deed, whatever a reader took it
/// for.
fn not_yet(topic: Topic, quote: &str) -> Option<Event> {
    let deed =
        matches!(topic, Topic::Exchange | Topic::Withdrawal | Topic::Delimitation | Topic::Deployment | Topic::Access);
    let words = WORDS.as_ref().filter(|_| deed)?;
    let before =
        |at: usize| quote.get(..at).and_then(|b| b.split_whitespace().next_back()).unwrap_or("").to_lowercase();
    let intends = words.intended.find(quote).is_some_and(|m| !words.done_by.contains(&before(m.start())));
    if words.mooted.is_match(quote) { Some(Event::Request) } else { intends.then_some(Event::Promise) }
}

fn of_fact(record: &Record<'_>, topic: Topic, claim: &Claim) -> Event {
    let aspect = claim.aspect.as_ref().map(|a| a.value);
    let says = |pattern: fn(&Words) -> &Regex| WORDS.as_ref().is_some_and(|w| pattern(w).is_match(record.quote(claim)));
    match (topic, aspect) {
        (Topic::Talks | Topic::Mediation, Some(Aspect::Ended)) if !says(|w| &w.broken_off) => Event::Finish,
        (Topic::Withdrawal | Topic::Delimitation, Some(Aspect::Ended)) => Event::Finish,
        (Topic::Monitoring, Some(Aspect::Ended)) => Event::Restriction,
        (Topic::Deployment | Topic::Access | Topic::Monitoring, _) if says(|w| &w.restricted) => Event::Restriction,
        (Topic::Delimitation, _) if says(|w| &w.finished) => Event::Finish,
        (Topic::Delimitation, None) if says(|w| &w.altered) => Event::Mention,
        (_, Some(Aspect::Ended)) => Event::Stop,
        (_, Some(Aspect::Begun)) => begins(topic),
        (Topic::Exchange | Topic::Withdrawal, None) => Event::Finish,
        (Topic::Talks, None) if is_over(record, claim) => Event::Finish,
        (_, None) => Event::Start,
    }
}

/// An exchange that is said to begin is one that takes place; all else has begun and is not yet done.
fn begins(topic: Topic) -> Event {
    if topic == Topic::Exchange { Event::Finish } else { Event::Start }
}

/// Days up to which a dated meeting is one that was held.
const MEETING_DAYS: i32 = 35;

/// Whether talks are told of as held: on days that are known, and not as going on.
fn is_over(record: &Record<'_>, claim: &Claim) -> bool {
    let dated = claim.date.as_ref().and_then(|d| d.value.length_in_days());
    let goes_on = WORDS.as_ref().is_some_and(|w| w.going_on.is_match(record.quote(claim)));
    dated.is_some_and(|days| days <= MEETING_DAYS) && !goes_on
}

/// Whether a claim speaks of several truces at once, so that it tells of none of them.
pub(super) fn speaks_of_several(record: &Record<'_>, claim: &Claim) -> bool {
    WORDS.as_ref().is_some_and(|w| w.several.is_match(record.quote(claim)))
}

/// Whether some words make one thing hang on another.
pub(super) fn is_precondition(words: &str) -> bool {
    WORDS.as_ref().is_some_and(|w| w.precondition.is_match(words))
}

/// Words that say how a state changes, where type and aspect do not.
struct Words {
    broken_off: Regex,
    restricted: Regex,
    going_on: Regex,
    finished: Regex,
    altered: Regex,
    several: Regex,
    precondition: Regex,
    intended: Regex,
    mooted: Regex,
    done_by: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    broken_off: Vec<String>,
    restricted: Vec<String>,
    going_on: Vec<String>,
    finished: Vec<String>,
    altered: Vec<String>,
    several: Vec<String>,
    precondition: Vec<String>,
    intended: Vec<String>,
    mooted: Vec<String>,
    done_by: Vec<String>,
}

static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| {
    let lists: Lists = toml::from_str(include_str!("changes.toml")).ok()?;
    let any = |list: &[String]| Regex::new(&format!(r"(?i)\b({})", list.join("|"))).ok();
    Some(Words {
        broken_off: any(&lists.broken_off)?,
        restricted: any(&lists.restricted)?,
        going_on: any(&lists.going_on)?,
        finished: any(&lists.finished)?,
        altered: any(&lists.altered)?,
        several: any(&lists.several)?,
        precondition: any(&lists.precondition)?,
        intended: any(&lists.intended)?,
        mooted: any(&lists.mooted)?,
        done_by: lists.done_by,
    })
});

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [Event; 10] = [
        Event::Mention,
        Event::Condition,
        Event::Refusal,
        Event::Denial,
        Event::Request,
        Event::Promise,
        Event::Start,
        Event::Restriction,
        Event::Finish,
        Event::Stop,
    ];

    #[test]
    fn only_what_is_said_to_happen_leads_beyond_a_promise() {
        for topic in Topic::ALL {
            for state in State::ALL {
                for event in EVENTS {
                    let after = next(topic, state, event);
                    match event {
                        Event::Mention | Event::Condition | Event::Refusal | Event::Denial => assert_eq!(after, state),
                        Event::Request | Event::Promise => {
                            assert!(after >= state && (after == state || after <= State::Agreed));
                        }
                        _ => assert!(after >= State::Underway),
                    }
                }
            }
        }
    }

    #[test]
    fn what_was_closed_can_open_again() {
        assert_eq!(next(Topic::Access, State::Ended, Event::Start), State::Underway);
        assert_eq!(next(Topic::Access, State::Underway, Event::Restriction), State::Restricted);
        assert_eq!(next(Topic::Access, State::Ended, Event::Request), State::Ended, "asked to open, still closed");
    }

    #[test]
    fn a_deed_in_the_infinitive_is_none_yet() {
        assert_eq!(not_yet(Topic::Exchange, "Vesk handed over ten prisoners"), None);
        assert_eq!(not_yet(Topic::Withdrawal, "the brigade was forced to withdraw"), None);
        assert_eq!(not_yet(Topic::Talks, "they met to exchange views"), None);
        assert_eq!(not_yet(Topic::Exchange, "a pause from noon to exchange prisoners"), Some(Event::Promise));
        assert_eq!(not_yet(Topic::Deployment, "to consider the issue of sending guards"), Some(Event::Request));
    }

    #[test]
    fn the_words_are_patterns() {
        let words = WORDS.as_ref().unwrap();
        assert!(words.broken_off.is_match("Vesk broke off the talks"));
        assert!(!words.broken_off.is_match("the end of ten hours of talks"));
        assert!(words.restricted.is_match("passage was restricted to ambulances"));
        assert!(!words.restricted.is_match("the road was opened"));
    }
}
