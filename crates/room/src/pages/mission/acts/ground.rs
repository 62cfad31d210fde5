//! What forms state of the ground: who would watch from where, which segments a border has.

use mission::border::{Opening, Precondition, State};
use serde_json::json;

use super::needed;
use crate::error::Refusal;
use crate::form::Fields;

/// The post, patrol or camera that a form proposes; none where it names none.
pub(super) fn watch(fields: &Fields) -> Result<Vec<line::watch::Watch>, Refusal> {
    if fields.get("watch-id").is_empty() {
        return Ok(Vec::new());
    }
    let kind = match fields.get("subject") {
        "patrol-route" => "patrol",
        "camera" => "camera",
        _ => "post",
    };
    let hours: Vec<&str> = fields.get("hours").split([',', ' ']).filter(|h| !h.is_empty()).collect();
    let eye: f64 = if fields.get("eye-m").is_empty() { 2.0 } else { fields.number("eye-m")? };
    let reach: f64 = fields.number("reach-km")?;
    let mut told = json!({"id": fields.get("watch-id"), "kind": kind, "reach-km": reach, "eye-m": eye, "hours": hours});
    let places = positions(fields.get("at"))?;
    match (kind, places.as_slice()) {
        ("patrol", route) => told["route"] = json!(route),
        (_, [[lon, lat]]) => (told["lat"], told["lon"]) = (json!(lat), json!(lon)),
        (_, several) => {
            return Err(Refusal::wrong(format!("at: a {kind} stands at one place, not at {}", several.len())));
        }
    }
    let wrong = |e: serde_json::Error| Refusal::wrong(format!("hours: {e}"));
    Ok(vec![serde_json::from_value(told).map_err(wrong)?])
}

/// Positions a line each, degrees north and degrees east; given back as degrees east and north.
fn positions(text: &str) -> Result<Vec<[f64; 2]>, Refusal> {
    let one = |line: &str| {
        let numbers: Vec<Option<f64>> =
            line.split([',', ' ']).filter(|n| !n.is_empty()).map(|n| n.parse().ok()).collect();
        match numbers.as_slice() {
            [Some(lat), Some(lon)] => Ok([*lon, *lat]),
            _ => Err(Refusal::wrong(format!("at: `{line}` is no position"))
                .hint("write degrees north and east: -44.8 -124.96")),
        }
    };
    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(one).collect()
}

/// The segment that a form opens, with at most one thing that has to be done first.
pub(super) fn opening(fields: &Fields) -> Result<Opening, Refusal> {
    let what = fields.get("waits-for").to_owned();
    let before = State::ALL.into_iter().find(|s| s.as_str() == fields.get("before")).unwrap_or(State::Delimited);
    let first = Precondition { id: "first".to_owned(), what, confirmed_by: fields.all("confirmed-by"), before };
    Ok(Opening {
        segment: needed(fields, "segment")?,
        title: needed(fields, "title")?,
        asks: fields.all("asks"),
        reference: None,
        preconditions: if first.what.is_empty() { Vec::new() } else { vec![first] },
    })
}
