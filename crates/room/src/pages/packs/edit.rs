//! The forms by which things of an own pack are put in and changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use desk::packs::edit::Sort;
use desk::packs::{Files, OWN};
use desk::world::at_hand;
use trucewatch::claim::Kind;
use trucewatch::pack::{Pack, Party, PlaceEntry};

use super::super::{Page, html};
use crate::error::Refusal;
use crate::filter::Query;
use crate::frame::Frame;
use crate::room::{Room, aside};
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pack_edit.html")]
struct Edit {
    frame: Frame,
    pack: String,
    sort: Sort,
    /// Whether something that is there is changed.
    is_there: bool,
    values: BTreeMap<&'static str, String>,
    /// Ids and titles of all parties that packs know.
    parties: Vec<(String, String)>,
    /// Ids and names of the pack's own places.
    places: Vec<(String, String)>,
    types: Vec<&'static str>,
}

/// Kinds of parties, as packs write them.
const PARTIES: [&str; 5] = ["state", "authority", "armed-group", "body", "people"];
/// Kinds of places.
const PLACES: [&str; 10] =
    ["settlement", "district", "province", "country", "region", "height", "water", "road", "line", "site"];
/// Precisions of UCDP, in words.
const PRECISIONS: [(&str, &str); 6] = [
    ("1", "exact point"),
    ("2", "within 25 km"),
    ("3", "district"),
    ("4", "province"),
    ("5", "line or region"),
    ("6", "country"),
];
/// What a term does.
const TERMS: [&str; 5] = ["prohibits", "permits", "obliges", "limits", "mechanism"];

impl Edit {
    /// The value of a field as it is; empty where there is none.
    fn v(&self, name: &str) -> &str {
        self.values.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The attribute of the option that is chosen.
    fn chosen(&self, name: &str, option: &str) -> &'static str {
        if self.v(name).lines().any(|l| l == option) { " selected" } else { "" }
    }

    fn party_kinds(&self) -> [&'static str; 5] {
        PARTIES
    }

    fn place_kinds(&self) -> [&'static str; 10] {
        PLACES
    }

    fn precisions(&self) -> [(&'static str, &'static str); 6] {
        PRECISIONS
    }

    fn term_kinds(&self) -> [&'static str; 5] {
        TERMS
    }
}

/// `GET /packs/{id}/edit`: the form of a sort of things (`what`), with one that is there (`one`), or empty.
pub(crate) async fn get(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(pack): Path<String>,
    query: Query,
) -> Page {
    let word = |name: &str| query.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let (what, one) = (word("what"), word("one"));
    let sort = Sort::parse(&what).ok_or_else(|| Refusal::missing(format!("`{what}` is nothing that packs hold")))?;
    let frame = Frame { nav: "/packs", ..Frame::bare(&room, Some(&visitor), "Own pack") };
    let page = aside(move || {
        let files = room.own_packs().packs()?.remove(&pack);
        let none = || Refusal::missing(format!("there is no own pack `{pack}`")).hint("the page Packs lists all");
        let files = if pack == OWN { files.unwrap_or_default() } else { files.ok_or_else(none)? };
        let all = at_hand(&room.options.world)?;
        let own = all.iter().map(|s| &s.pack).find(|p| p.manifest.id == pack);
        let values = values(sort, &one, own, &files)?;
        let title = |p: &Party| (p.id.to_string(), p.title.clone());
        let mut parties: Vec<_> = all.iter().flat_map(|s| &s.pack.parties).map(title).collect();
        parties.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        parties.dedup_by(|a, b| a.0 == b.0);
        let place = |p: &PlaceEntry| (p.id.clone(), p.name.clone());
        let places = own.map(|p| p.places.iter().map(place).collect()).unwrap_or_default();
        let types = Kind::ALL.iter().map(|k| k.as_str()).collect();
        Ok(Edit { frame, is_there: !one.is_empty(), pack, sort, values, parties, places, types })
    });
    html(&page.await?)
}

type Values = BTreeMap<&'static str, String>;

/// The values of something that is there.
fn values(sort: Sort, one: &str, pack: Option<&Pack>, files: &Files) -> Result<Values, Refusal> {
    if one.is_empty() {
        return Ok(Values::from([("zone", "+00:00".to_owned()), ("precision", "1".to_owned())]));
    }
    let found = match sort {
        Sort::Party => pack.and_then(|p| p.parties.iter().find(|x| x.id.as_str() == one)).map(party),
        Sort::Place => pack.and_then(|p| p.places.iter().find(|x| x.id == one)).map(place),
        Sort::Conflict => pack.and_then(|p| p.conflicts.iter().find(|x| x.id == one)).map(|c| {
            let cues: Vec<String> = c.cues.iter().map(ToString::to_string).collect();
            let [a, b] = &c.sides;
            Values::from([
                ("id", c.id.clone()),
                ("side-a", a.to_string()),
                ("side-b", b.to_string()),
                ("cues", cues.join("\n")),
                ("words", c.words.join("\n")),
            ])
        }),
        Sort::Line => pack.and_then(|p| p.lines.iter().find(|x| x.id == one)).map(|l| {
            let parties: Vec<String> = l.parties.iter().map(ToString::to_string).collect();
            let side = |s: &Option<trucewatch::pack::PartyId>| s.as_ref().map(ToString::to_string).unwrap_or_default();
            Values::from([
                ("id", l.id.clone()),
                ("label", l.label.clone()),
                ("names", l.names.join("\n")),
                ("parties", parties.join("\n")),
                ("left", side(&l.left)),
                ("right", side(&l.right)),
                ("accuracy", l.accuracy_km.to_string()),
                ("source", l.source.clone()),
            ])
        }),
        Sort::File | Sort::Agreement => {
            let path = if sort == Sort::File { one.to_owned() } else { format!("agreements/{one}.toml") };
            files.get(&path).map(|content| Values::from([("path", path.clone()), ("content", content.clone())]))
        }
    };
    found.ok_or_else(|| Refusal::missing(format!("the pack has no {} `{one}`", sort.as_str())))
}

fn party(party: &Party) -> Values {
    Values::from([
        ("id", party.id.to_string()),
        ("kind", kind(&format!("{:?}", party.kind))),
        ("title", party.title.clone()),
        ("names", party.names.join("\n")),
        ("demonyms", party.demonyms.join("\n")),
        ("seats", party.seats.join("\n")),
        ("bodies", party.bodies.join("\n")),
        ("exact", party.exact.join("\n")),
    ])
}

fn place(place: &PlaceEntry) -> Values {
    Values::from([
        ("id", place.id.clone()),
        ("name", place.name.clone()),
        ("also", place.also.join("\n")),
        ("kind", kind(&format!("{:?}", place.kind))),
        ("lat", place.lat.to_string()),
        ("lon", place.lon.to_string()),
        ("precision", place.precision.to_string()),
        ("country", place.country.clone()),
        ("within", place.within.clone()),
        ("source", place.source.clone()),
    ])
}

/// The word of a kind as packs write it: `ArmedGroup` is `armed-group`.
fn kind(name: &str) -> String {
    let mut word = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(c.to_lowercase());
    }
    word
}
