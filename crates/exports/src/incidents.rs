//! Incidents as a table.

use trucewatch::incident::{Incident, Stance};
use trucewatch::when::Interval;

use crate::figures;
use crate::matter::Matter;
use crate::table::{Cell, Column, Table, day, flag, real, text, whole};

const COLUMNS: &[Column] = &[
    text("id", "#event+code", "id of the incident"),
    text("type", "#event+type", "leading type, of the codebook"),
    text("standing", "#status+standing", "what its voices amount to: contested, mutual, one-sided and so on"),
    text("review", "#status+review", "how far people reviewed its claims"),
    text("date", "#date+event+edtf", "when, as precisely as any claim says (EDTF)"),
    day("date_from", "#date+event+start", "first day, empty where open or not known"),
    day("date_to", "#date+event+end", "last day, empty where open or not known"),
    flag("date_about", "#date+event+approx", "whether the words only say about"),
    text("place", "#loc+name", "where, as written"),
    real("lat", "#geo+lat", "degrees north (WGS 84)"),
    real("lon", "#geo+lon", "degrees east (WGS 84)"),
    whole("precision", "#geo+precision", "UCDP precision of the place, 1 exact to 6 country"),
    real("precision_km", "#geo+radius+km", "kilometres round the point within which it may be"),
    text("country", "#country+code+v_iso2", "country code of the point's gazetteer entry"),
    text("parties", "#org+party+list", "who does or suffers it by any of its claims"),
    text("voices", "#description+voices", "who says what: each party with what it does"),
    text("accuse", "#org+accuser+list", "who says that another party did it"),
    text("deny", "#org+denier+list", "who says that it did not happen"),
    whole(
        "dead_low",
        "#affected+killed+min",
        "lowest number of dead, see the rule of figures; empty where none can be given",
    ),
    whole("dead_best", "#affected+killed+best", "number of dead where all voices agree on one exact number"),
    whole("dead_high", "#affected+killed+max", "highest number of dead, empty where it is open"),
    text("terms", "#description+terms", "terms that cover it, if it happened as alleged: agreement:number"),
    whole("origins", "#indicator+origins+num", "separate sources that its claims go back to"),
    text("publishers", "#meta+source+list", "outlets or documents that carry it"),
    whole("claims", "#indicator+claims+num", "number of its claims"),
];

/// The incidents that are shown, a row each.
#[must_use]
pub(crate) fn table(matter: &Matter<'_>) -> Table {
    let rows = matter.incidents.iter().map(|i| row(matter, i)).collect();
    Table { name: "incidents", says: "What happened, by whose account: a row each", columns: COLUMNS, rows }
}

fn row(matter: &Matter<'_>, incident: &Incident) -> Vec<Cell> {
    let resolved = incident.place.as_ref().and_then(|p| p.resolved.as_ref());
    let toll = figures::of(matter, &incident.id);
    let [date, from, to, about] = when(incident.date);
    vec![
        incident.id.as_str().into(),
        incident.kind.as_str().into(),
        incident.standing.as_str().into(),
        matter.review(incident).into(),
        date,
        from,
        to,
        about,
        incident.place.as_ref().map(|p| p.name.as_str()).into(),
        resolved.map(|r| r.lat).into(),
        resolved.map(|r| r.lon).into(),
        resolved.map(|r| r.precision).into(),
        resolved.and_then(|r| publish::reach_km(r.precision)).into(),
        resolved.map(|r| r.country.as_str()).filter(|c| !c.is_empty()).into(),
        Cell::list(&incident.parties),
        Cell::list(incident.voices.iter().map(|v| format!("{} {}", v.party, v.stance.as_str()))),
        who(incident, Stance::Accuses),
        who(incident, Stance::Denies),
        toll.low.into(),
        toll.best.into(),
        toll.high.into(),
        Cell::list(matter.terms(incident)),
        incident.origins.len().into(),
        Cell::list(matter.publishers(incident)),
        incident.members.len().into(),
    ]
}

/// When: as EDTF, first day, last day, whether only about.
pub(crate) fn when(date: Option<Interval>) -> [Cell; 4] {
    [
        date.map(|d| d.to_string()).into(),
        date.and_then(Interval::first_day).into(),
        date.and_then(Interval::last_day).into(),
        date.map(|d| d.approx).into(),
    ]
}

fn who(incident: &Incident, stance: Stance) -> Cell {
    Cell::list(incident.voices.iter().filter(|v| v.stance == stance).map(|v| &v.party))
}
