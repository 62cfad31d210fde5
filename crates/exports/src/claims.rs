//! Claims as a table.

use std::fmt::Write;

use publish::v1;
use trucewatch::figure::Amount;

use crate::incidents::when;
use crate::matter::{Counted, Matter, Said};
use crate::table::{Cell, Column, Table, day, flag, real, text, whole};

const COLUMNS: &[Column] = &[
    text("id", "#claim+code", "id of the claim"),
    text("incident", "#event+code", "id of its incident"),
    text("document", "#meta+document+code", "id of its document: SHA-256 of the text"),
    text("name", "#meta+document+name", "name of the document"),
    text("outlet", "#meta+source", "who published it"),
    text("published", "#date+published", "when it was published (EDTF)"),
    whole("start", "#indicator+start+num", "first code point of the quote in the document's text"),
    whole("end", "#indicator+end+num", "one past its last code point"),
    whole("sentence", "#indicator+sentence+num", "number of the sentence in which it begins"),
    text("quote", "#description+quote", "the words"),
    text("type", "#event+type", "type, of the codebook"),
    text("mode", "#status+mode", "asserted, denied, planned, called_for, rejected or conditional"),
    text("aspect", "#status+aspect", "begun or ended, of states"),
    text("speaker", "#contact+name+speaker", "who is on record, as named; narrator for the outlet"),
    text("speaker_party", "#org+speaker", "for whom it speaks"),
    text("via", "#meta+via+list", "who carried the words, nearest to the speaker last"),
    text("actors", "#org+actor+list", "who is said to do it"),
    text("targets", "#org+target+list", "to whom"),
    text("place", "#loc+name", "where, as written"),
    real("lat", "#geo+lat", "degrees north (WGS 84)"),
    real("lon", "#geo+lon", "degrees east (WGS 84)"),
    whole("precision", "#geo+precision", "UCDP precision of the place, 1 exact to 6 country"),
    text("date", "#date+event+edtf", "when (EDTF)"),
    day("date_from", "#date+event+start", "first day"),
    day("date_to", "#date+event+end", "last day"),
    flag("date_about", "#date+event+approx", "whether the words only say about"),
    text("figures", "#affected+list", "numbers: what, floor..ceiling, who, of whom"),
    text("agreement", "#description+agreement", "the words that name an agreement"),
    flag("garbled", "#status+garbled", "whether the words are mistranslated or mistyped"),
    real("confidence", "#indicator+confidence", "how sure the reader is, 0 to 1"),
    text("review", "#status+review", "whether somebody accepted or corrected it"),
    whole("credibility", "#status+credibility", "1 confirmed to 6 cannot be judged, where somebody graded it"),
    text("remarks", "#meta+remarks", "remarks of reviewers"),
];

/// The claims of what is shown, a row each.
#[must_use]
pub(crate) fn table(matter: &Matter<'_>) -> Table {
    let mut counted = Counted::default();
    let rows = matter.said().map(|said| row(matter, said, counted.wire(said))).collect();
    Table { name: "claims", says: "Who says what, in which words: a row each", columns: COLUMNS, rows }
}

fn row(matter: &Matter<'_>, said: Said<'_>, wire: v1::Claim) -> Vec<Cell> {
    let Said { incident, claim, source } = said;
    let resolved = claim.place.as_ref().and_then(|p| p.value.resolved.as_ref());
    let mark = matter.marks.get(&claim.id);
    let [date, from, to, about] = when(claim.date.as_ref().map(|d| d.value));
    let is_public = matter.about.is_public;
    let named = |words: &str| if is_public { Cell::Empty } else { words.into() };
    vec![
        named(&claim.id),
        incident.id.as_str().into(),
        named(&source.id),
        named(&source.name),
        source.outlet.as_deref().into(),
        source.published.map(|p| p.to_string()).into(),
        wire.start.into(),
        wire.end.into(),
        source.sentence(claim.span).0.into(),
        wire.quote.into(),
        wire.kind.into(),
        wire.mode.into(),
        wire.aspect.into(),
        wire.speaker.into(),
        wire.speaker_party.into(),
        Cell::list(wire.via),
        Cell::list(wire.actor),
        Cell::list(wire.target),
        wire.place.into(),
        resolved.map(|r| r.lat).into(),
        resolved.map(|r| r.lon).into(),
        resolved.map(|r| r.precision).into(),
        date,
        from,
        to,
        about,
        Cell::list(wire.figures.iter().map(figure)),
        wire.agreement.into(),
        wire.garbled.into(),
        hundredths(wire.confidence).into(),
        matter.review_of(claim).into(),
        mark.and_then(|m| m.credibility).into(),
        Cell::list(mark.into_iter().filter(|_| !is_public).flat_map(|m| &m.notes)),
    ]
}

/// To two digits: more are noise, and would differ between machines.
fn hundredths(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// A figure as decisions write it: `killed 2..2 civilian of vesk`.
fn figure(figure: &v1::Figure) -> String {
    let bound = |n: Option<Amount>| n.map(|n| n.to_string()).unwrap_or_default();
    let mut out = format!("{} {}..{}", figure.what, bound(figure.min), bound(figure.max));
    if figure.who != "any" {
        let _ = write!(out, " {}", figure.who);
    }
    if let Some(side) = &figure.side {
        let _ = write!(out, " of {side}");
    }
    if figure.approx { out + " about" } else { out }
}
