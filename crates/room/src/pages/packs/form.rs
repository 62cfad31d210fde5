//! From what a form of a pack sent to a change of the own packs.

use desk::Failure;
use desk::packs::edit::{Edit, Sort, dated, slug, whole};
use desk::packs::{Files, OWN, OwnPacks, Proposal, sent, unpacked};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use toml::{Table, Value};

use crate::error::Refusal;
use crate::form::{Fields, Upload};

/// The change that a form asks for.
pub(super) fn proposal(
    own: &OwnPacks,
    fields: &Fields,
    files: Vec<Upload>,
    now: Timestamp,
) -> Result<Proposal, Refusal> {
    match fields.get("what") {
        "back" => Ok(Proposal::back_to(own, fields.number("number")?)?),
        "upload" => upload(own, fields, files),
        what => {
            let edit = edit(what, fields, files)?;
            let is_manifest = matches!(&edit, Edit::Files(f) if f.contains_key("pack.toml"));
            let mut proposal = Proposal::on(own, "")?;
            let (id, pack) = pack_of(&mut proposal, fields)?;
            let done = edit.apply(pack)?;
            if id == OWN && !is_manifest {
                dated(pack, now.to_zoned(TimeZone::UTC).date());
            }
            proposal.what = format!("{done} in {id}");
            Ok(proposal)
        }
    }
}

/// The pack that a form is about: one that is there, or that of the forms.
fn pack_of<'a>(proposal: &'a mut Proposal, fields: &Fields) -> Result<(String, &'a mut Files), Refusal> {
    let id = Some(fields.get("pack")).filter(|p| !p.is_empty()).unwrap_or(OWN).to_owned();
    if id != OWN && !proposal.packs.contains_key(&id) {
        return Err(
            Refusal::missing(format!("there is no own pack `{id}`")).hint("packs that came with the program stay")
        );
    }
    let pack = proposal.packs.entry(id.clone()).or_default();
    Ok((id, pack))
}

/// Whole packs, each as a ZIP, or files of one.
fn upload(own: &OwnPacks, fields: &Fields, files: Vec<Upload>) -> Result<Proposal, Refusal> {
    if files.is_empty() {
        return Err(Refusal::wrong("nothing was sent").hint("choose a ZIP of a pack, or some of its files"));
    }
    let mut proposal = Proposal::on(own, "")?;
    let (zips, single): (Vec<Upload>, Vec<Upload>) =
        files.into_iter().partition(|(_, _, b)| b.starts_with(b"PK\x03\x04"));
    let mut done = Vec::new();
    for (_, _, bytes) in zips {
        let (id, files) = whole(unpacked(&bytes)?);
        done.push(format!("pack {id} sent"));
        proposal.packs.insert(id, files);
    }
    if !single.is_empty() {
        let new = sent(single.into_iter().map(|(_, name, bytes)| (name, bytes)).collect())?;
        let (id, pack) = pack_of(&mut proposal, fields)?;
        done.push(format!("{} in {id}", Edit::Files(new).apply(pack)?));
        if !pack.contains_key("pack.toml") {
            dated(pack, Timestamp::now().to_zoned(TimeZone::UTC).date());
        }
    }
    proposal.what = done.join("; ");
    Ok(proposal)
}

fn edit(what: &str, fields: &Fields, files: Vec<Upload>) -> Result<Edit, Refusal> {
    let needed = match what {
        "party" | "agreement" => "title",
        "place" => "name",
        "line" => "label",
        _ => "what",
    };
    if fields.get(needed).is_empty() {
        return Err(Refusal::wrong(format!("{needed}: nothing was written")).hint("fill the field in"));
    }
    Ok(match what {
        "party" => Edit::Party(party(fields)),
        "conflict" => Edit::Conflict(conflict(fields)),
        "place" => Edit::Place(place(fields)?),
        "line" => Edit::Line(Box::new(line(fields, files)?)),
        "agreement" => Edit::Agreement(agreement(fields)),
        "file" => Edit::Files([(fields.get("path").to_owned(), content(fields))].into()),
        "gone" => {
            let sort = Sort::parse(fields.get("sort"));
            let wrong = || Refusal::wrong(format!("sort: `{}` is none", fields.get("sort")));
            Edit::Gone(sort.ok_or_else(wrong)?, fields.get("one").to_owned())
        }
        other => return Err(Refusal::wrong(format!("what: `{other}` is nothing that is done to packs"))),
    })
}

/// A text as a file holds it, whatever ends lines in a form.
fn content(fields: &Fields) -> String {
    format!("{}\n", fields.get("content").replace("\r\n", "\n"))
}

fn id(fields: &Fields, name: &str) -> Value {
    slug(fields.get("id"), fields.get(name)).into()
}

fn texts(all: Vec<String>) -> Value {
    Value::Array(all.into_iter().map(Value::String).collect())
}

fn party(fields: &Fields) -> Table {
    let mut table = Table::new();
    table.insert("id".to_owned(), id(fields, "title"));
    for key in ["kind", "title"] {
        table.insert(key.to_owned(), fields.get(key).into());
    }
    for key in ["names", "demonyms", "seats", "bodies", "exact"] {
        table.insert(key.to_owned(), texts(fields.lines(key)));
    }
    table
}

fn conflict(fields: &Fields) -> Table {
    let mut table = Table::new();
    table.insert("id".to_owned(), id(fields, "name"));
    table.insert("sides".to_owned(), texts(vec![fields.get("side-a").to_owned(), fields.get("side-b").to_owned()]));
    table.insert("cues".to_owned(), texts(fields.all("cues")));
    table.insert("words".to_owned(), texts(fields.lines("words")));
    table
}

fn place(fields: &Fields) -> Result<Vec<String>, Refusal> {
    let degrees = |name: &str, most: f64| -> Result<String, Refusal> {
        let value: f64 = fields.number(name)?;
        let fits = value.is_finite() && value.abs() <= most;
        let wrong =
            || Refusal::wrong(format!("{name}: {value} is no place on earth")).hint("write degrees, such as 39.82");
        fits.then(|| value.to_string()).ok_or_else(wrong)
    };
    let word = |name: &str| fields.get(name).to_owned();
    let source = if fields.get("source").is_empty() { "own".to_owned() } else { word("source") };
    Ok(vec![
        slug(fields.get("id"), fields.get("name")),
        word("name"),
        fields.lines("also").join("|"),
        word("kind"),
        degrees("lat", 90.0)?,
        degrees("lon", 180.0)?,
        word("precision"),
        word("country").to_uppercase(),
        word("within"),
        source,
    ])
}

/// Properties of a line, and its drawing: pasted, or from a file.
fn line(fields: &Fields, files: Vec<Upload>) -> Result<(serde_json::Value, String), Refusal> {
    let word = |name: &str| Some(fields.get(name).to_owned()).filter(|w| !w.is_empty());
    let mut properties = json!({
        "id": slug(fields.get("id"), fields.get("label")),
        "label": fields.get("label"),
        "names": fields.lines("names"),
        "parties": fields.all("parties"),
        "accuracy_km": fields.number::<f64>("accuracy")?,
        "source": word("source").unwrap_or_else(|| "own".to_owned()),
    });
    for side in ["left", "right"] {
        if let Some(party) = word(side) {
            properties[side] = json!(party);
        }
    }
    let file = files.into_iter().next().map(|(_, name, bytes)| {
        String::from_utf8(bytes).map_err(|_| Failure::new(format!("{name} is no text"), "send GeoJSON in UTF-8"))
    });
    Ok((properties, file.transpose()?.unwrap_or_else(|| fields.get("drawing").to_owned())))
}

/// The essentials of an agreement, with its first term; the rest is written into its file.
fn agreement(fields: &Fields) -> Table {
    let mut table = Table::new();
    let mut text = |key: &str, name: &str| {
        if !fields.get(name).is_empty() {
            table.insert(key.to_owned(), fields.get(name).into());
        }
    };
    text("title", "title");
    text("agreed", "agreed");
    text("agreed-at", "agreed-at");
    text("source", "source");
    text("note", "note");
    table.insert("id".to_owned(), id(fields, "title"));
    table.insert("names".to_owned(), texts(fields.lines("names")));
    let part = |party: String| {
        let both = [("party", party), ("part", fields.get("part").to_owned())];
        Value::Table(both.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect())
    };
    table.insert("parties".to_owned(), Value::Array(fields.all("parties").into_iter().map(part).collect()));
    let force = ["from", "until", "zone"].into_iter().filter(|n| !fields.get(n).is_empty());
    let force: Table = force.map(|n| (n.to_owned(), fields.get(n).into())).collect();
    table.insert("in-force".to_owned(), Value::Table(force));
    let mut term = Table::new();
    for (key, name) in [("number", "term-number"), ("kind", "term-kind"), ("text", "term-text")] {
        term.insert(key.to_owned(), fields.get(name).into());
    }
    term.insert("claims".to_owned(), texts(fields.all("claims")));
    table.insert("terms".to_owned(), Value::Array(vec![Value::Table(term)]));
    table
}
