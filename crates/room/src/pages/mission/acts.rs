//! What a form of a mission states.

mod ground;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use mission::Act;
use mission::consent::{Answer, Proposal};
use mission::exchange::{Category, Handover};
use mission::verification::{Allegation, Finding, Found, Step};

use crate::error::Refusal;
use crate::form::Fields;

/// What a form states; times without a zone are in the mission's.
///
/// # Errors
/// Where a field is missing, or its value is none.
pub(crate) fn act(fields: &Fields, zone: &str) -> Result<Act, Refusal> {
    let word = |name: &str| word(fields, name);
    let some = |name: &str| Some(word(name)).filter(|w| !w.is_empty());
    let on = time(fields, "on", zone)?;
    let words = word("words");
    Ok(match fields.get("what") {
        "propose" => Act::Propose(Proposal {
            subject: needed(fields, "subject")?,
            title: needed(fields, "title")?,
            words,
            place: some("place"),
            host: some("host"),
            asks: fields.all("asks"),
            strength: some("strength").map(|_| fields.number("strength")).transpose()?,
            from: day(fields, "from")?,
            until: day(fields, "until")?,
            instead_of: some("instead-of"),
            plan: some("plan"),
            watch: ground::watch(fields)?,
            ..Proposal::default()
        }),
        "confirm" | "retract" => Act::Confirm {
            segment: needed(fields, "segment")?,
            precondition: needed(fields, "precondition")?,
            met: fields.get("what") == "confirm",
            on,
            reports: word("reports").split([' ', ',']).filter(|r| !r.is_empty()).map(str::to_owned).collect(),
            words,
        },
        "delimit" => Act::Delimit { proposal: needed(fields, "proposal")?, on, words },
        "pillar" => Act::Pillar {
            proposal: needed(fields, "proposal")?,
            number: fields.number("number")?,
            lat: fields.number("lat")?,
            lon: fields.number("lon")?,
            on,
            words,
        },
        "demarcate" => Act::Demarcate { proposal: needed(fields, "proposal")?, on, words },
        "segment" => Act::Segment(ground::opening(fields)?),
        "answer" => Act::Answer { proposal: needed(fields, "proposal")?, answer: answer(fields)?, words },
        "execute" => Act::Execute { proposal: needed(fields, "proposal")?, on, words },
        "end" => Act::End { proposal: needed(fields, "proposal")?, on, words },
        "drop" => Act::Drop { proposal: needed(fields, "proposal")?, words },
        "note" => Act::Note { words: needed(fields, "words")?, about: some("about") },
        "say" => Act::Say { words: needed(fields, "words")?, about: some("about"), to: fields.all("to") },
        "publish" => Act::Publish { what: fields.all("publish") },
        "allege" => Act::Allege(Allegation {
            words: needed(fields, "words")?,
            incident: some("incident"),
            place: some("place"),
            against: some("against"),
        }),
        "hand-over" => Act::HandOver(handover(fields)?),
        _ => {
            let step = step(fields, zone)?;
            // What was found is said in the finding itself.
            let remark = if matches!(step, Step::Found(_)) { String::new() } else { words };
            Act::Verify { allegation: needed(fields, "allegation")?, step, on, remark }
        }
    })
}

fn step(fields: &Fields, zone: &str) -> Result<Step, Refusal> {
    let some = |name: &str| Some(word(fields, name)).filter(|w| !w.is_empty());
    Ok(match fields.get("what") {
        "assign" => Step::Assigned { to: needed(fields, "to")?, due: time(fields, "due", zone)? },
        "visit" => Step::Visited,
        "deny" => Step::Denied { party: some("denied-by") },
        "suspend" => Step::Suspended,
        "resume" => Step::Resumed,
        "find" => Step::Found(Finding {
            found: found(fields)?,
            words: needed(fields, "words")?,
            reports: fields.all("report"),
            comments_due: time(fields, "comments-due", zone)?,
        }),
        "comment" => Step::Commented,
        "sign-off" => Step::SignedOff,
        other => return Err(Refusal::wrong(format!("what: `{other}` is nothing that is stated here"))),
    })
}

fn handover(fields: &Fields) -> Result<Handover, Refusal> {
    let category = Category::ALL.iter().copied().find(|c| c.as_str() == fields.get("category"));
    let category = category.ok_or_else(|| Refusal::wrong("category: none of held, remains"))?;
    let numbers = fields.get("numbers").split([' ', ',', '\n', '\r']).filter(|n| !n.is_empty()).map(str::to_owned);
    Ok(Handover {
        proposal: needed(fields, "proposal")?,
        side: needed(fields, "side")?,
        category,
        count: fields.number("count")?,
        through: needed(fields, "through")?,
        numbers: numbers.collect(),
    })
}

/// The value of a field. Browsers send lines that end with carriage returns, which nobody means to sign.
fn word(fields: &Fields, name: &str) -> String {
    fields.get(name).replace("\r\n", "\n")
}

pub(super) fn needed(fields: &Fields, name: &str) -> Result<String, Refusal> {
    let value = word(fields, name);
    if value.is_empty() { Err(Refusal::wrong(format!("{name}: is missing"))) } else { Ok(value) }
}

fn answer(fields: &Fields) -> Result<Answer, Refusal> {
    match fields.get("answer") {
        "consents" => Ok(Answer::Consents),
        "refuses" => Ok(Answer::Refuses),
        "on-condition" => Ok(Answer::OnCondition),
        "withdraws" => Ok(Answer::Withdraws),
        other => {
            Err(Refusal::wrong(format!("answer: `{other}` is none of consents, refuses, on-condition, withdraws")))
        }
    }
}

fn found(fields: &Fields) -> Result<Found, Refusal> {
    match fields.get("found") {
        "confirmed" => Ok(Found::Confirmed),
        "in-part" => Ok(Found::InPart),
        "not-confirmed" => Ok(Found::NotConfirmed),
        "undetermined" => Ok(Found::Undetermined),
        other => {
            Err(Refusal::wrong(format!("found: `{other}` is none of confirmed, in-part, not-confirmed, undetermined")))
        }
    }
}

fn day(fields: &Fields, name: &str) -> Result<Option<Date>, Refusal> {
    let value = Some(fields.get(name)).filter(|v| !v.is_empty());
    let wrong = |v| Refusal::wrong(format!("{name}: `{v}` is no day")).hint("write it as 2031-03-08");
    value.map(|v| v.parse().map_err(|_| wrong(v))).transpose()
}

/// A time with its zone, or in the mission's local time.
fn time(fields: &Fields, name: &str, zone: &str) -> Result<Option<Timestamp>, Refusal> {
    let Some(value) = Some(fields.get(name)).filter(|v| !v.is_empty()) else { return Ok(None) };
    let wrong = || Refusal::wrong(format!("{name}: `{value}` is no time")).hint("write it as 2031-03-07T14:10-08:00");
    if let Ok(time) = value.parse::<Timestamp>() {
        return Ok(Some(time));
    }
    let civil: DateTime = value.parse().map_err(|_| wrong())?;
    let offset = mission::mandate::offset(zone).ok_or_else(wrong)?;
    offset.to_timestamp(civil).map(Some).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(pairs: &[(&str, &str)]) -> Result<Act, Refusal> {
        let fields = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        act(&Fields(fields), "-08:00")
    }

    #[test]
    fn a_form_without_what_it_needs_states_nothing() {
        for pairs in [
            &[("what", "open"), ("allegation", "x")][..],
            &[("what", "mandate")],
            &[("what", "list")],
            &[("what", "propose"), ("subject", "post")],
            &[("what", "answer"), ("proposal", "x"), ("answer", "perhaps")],
            &[("what", "assign"), ("allegation", "x"), ("to", "Ann"), ("due", "soon")],
            &[("what", "hand-over"), ("proposal", "x"), ("side", "vesk"), ("category", "held"), ("count", "-1")],
        ] {
            assert!(stated(pairs).is_err(), "{pairs:?}");
        }
    }

    #[test]
    fn no_carriage_return_is_signed() {
        let act = stated(&[("what", "say"), ("words", "One.\r\nTwo.")]).unwrap();
        assert_eq!(act, Act::Say { words: "One.\nTwo.".into(), about: None, to: vec![] });
        let act = stated(&[("what", "answer"), ("proposal", "x"), ("answer", "refuses"), ("words", "No.\r\nNever.")]);
        let Act::Answer { words, .. } = act.unwrap() else { panic!("an answer") };
        assert_eq!(words, "No.\nNever.");
    }

    #[test]
    fn a_post_is_proposed_with_what_it_would_see() {
        let post = [("what", "propose"), ("subject", "post"), ("title", "Post 9"), ("watch-id", "post-9")];
        let placed = |more: &[(&'static str, &'static str)]| stated(&[&post[..], more].concat());
        for more in [&[("at", "here"), ("reach-km", "5")][..], &[("at", "-45.3 -124.9"), ("reach-km", "far")], &[]] {
            assert!(placed(more).is_err(), "{more:?}");
        }
        let act = placed(&[("at", "-45.3, -124.9"), ("reach-km", "5"), ("hours", "06:00-18:00")]).unwrap();
        let Act::Propose(proposal) = act else { panic!("{act:?}") };
        assert_eq!((proposal.watch[0].lat, proposal.watch[0].lon), (Some(-45.3), Some(-124.9)));
        let route = [("what", "propose"), ("subject", "patrol-route"), ("title", "A"), ("watch-id", "patrol-a")];
        let act = stated(&[&route[..], &[("at", "-45.3 -124.9\r\n-45.4 -124.9"), ("reach-km", "2")]].concat()).unwrap();
        let Act::Propose(proposal) = act else { panic!("{act:?}") };
        assert_eq!(proposal.watch[0].route, [[-124.9, -45.3], [-124.9, -45.4]]);
    }

    #[test]
    fn times_without_a_zone_are_the_missions() {
        let act = stated(&[("what", "visit"), ("allegation", "x"), ("on", "2031-03-07T10:00")]).unwrap();
        let Act::Verify { on, step: Step::Visited, .. } = act else { panic!("{act:?}") };
        assert_eq!(on.unwrap().to_string(), "2031-03-07T18:00:00Z");
    }
}
