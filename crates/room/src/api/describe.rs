//! The API described: as an OpenAPI 3.1 document, and as a page made of the same words.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};

use crate::frame::Frame;
use crate::pages::{Page, html};
use crate::room::Room;
use crate::table::{Need, Row, TABLE};
use crate::visitor::Visitor;

/// What is said of an address: method, path, what it gives, which parameters it takes, what its body and its answer are.
struct Told {
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    params: &'static [&'static str],
    body: Option<&'static str>,
    answer: &'static str,
}

const fn get(path: &'static str, summary: &'static str, params: &'static [&'static str], answer: &'static str) -> Told {
    Told { method: "get", path, summary, params, body: None, answer }
}

const FILTER: &[&str] = &[
    "from", "to", "days", "place", "party", "type", "standing", "term", "source", "review", "as_of", "after", "limit",
];
/// Those of [`FILTER`] of which the answer is whole.
const SHAPES: &[&str] =
    &["from", "to", "days", "place", "party", "type", "standing", "term", "source", "review", "as_of"];
const SPAN: &[&str] = &["from", "to", "days", "as_of"];
const DAYS: &[&str] = &["from", "to", "days", "as_of", "after", "limit"];

const TOLD: &[Told] = &[
    get("/api/v1/openapi.json", "This description", &[], "object"),
    get("/api/v1/documents", "Documents, the newest first", &["as_of", "after", "limit"], "Page<Report>"),
    Told {
        method: "post",
        path: "/api/v1/documents",
        summary: "Reads a report and keeps it; one whose text is there already is not added again",
        params: &[],
        body: Some("SentReport"),
        answer: "Kept",
    },
    get("/api/v1/documents/{id}", "A document with its claims, as people decided them", &["as_of"], "Document"),
    get("/api/v1/claims", "Claims of the incidents that a filter lets through", FILTER, "Page<Said>"),
    get("/api/v1/incidents", "Incidents", FILTER, "Page<Incident>"),
    get("/api/v1/incidents.geojson", "Incidents with a place on the map", SHAPES, "GeoJson"),
    get("/api/v1/incidents/{id}", "An incident with its claims in full and the findings on it", SPAN, "IncidentInFull"),
    get("/api/v1/findings", "Incidents set against terms of agreements", FINDINGS, "Page<Finding>"),
    get("/api/v1/agreements", "Agreements, and what was found under each term", DAYS, "Page<Agreement>"),
    get("/api/v1/promises", "Promised steps", PROMISES, "Promises"),
    get("/api/v1/tolls", "Figures by who says them; nothing is added up", TOLLS, "Page<Toll>"),
    get("/api/v1/coverage", "What was read of which days and areas", DAYS, "Page<Covered>"),
    get("/api/v1/timeline", "Incidents and days of agreements in the order of their days", FILTER, "Page<Moment>"),
    get("/api/v1/brief", "The brief", &["from", "to", "as_of"], "BriefAsOf"),
    get("/api/v1/entries", "Entries of the log, the first first", &["after", "limit"], "Page<Entry>"),
    get("/api/v1/entries/{entry}", "An entry with its record", &[], "Entry"),
    get("/api/v1/decisions", "Decisions, the first first", &["as_of", "after", "limit"], "Page<Decision>"),
    Told {
        method: "post",
        path: "/api/v1/decisions",
        summary: "Records a decision; what it changes, `undo` takes back by another",
        params: &[],
        body: Some("AskedDecision"),
        answer: "Entered",
    },
    get("/api/v1/mission", "Missions, with the mandates that may be seen", &["after", "limit"], "Page<Mission>"),
    get("/api/v1/mission/proposals", "What was proposed, and what every party says to it", MISSION, "Page<Proposal>"),
    get("/api/v1/mission/words", "What parties put on record, and notes of the mission", MISSION, "Page<Word>"),
    get("/api/v1/mission/reports", "Field reports, the newest first", MISSION, "Page<FieldReport>"),
    Told {
        method: "post",
        path: "/api/v1/mission/reports",
        summary: "Takes a field report; one that was sent before under the same id is not taken again",
        params: &[],
        body: Some("SentFieldReport"),
        answer: "Taken",
    },
    get(
        "/api/v1/mission/reports.geojson",
        "Field reports on the map: sectors, or where observers stood",
        &["mission", "document"],
        "GeoJson",
    ),
    get("/api/v1/mission/allegations", "Allegations, and what was found of them", MISSION, "Page<Allegation>"),
    get(
        "/api/v1/mission/report",
        "The mission's daily or weekly report, for those who see all field reports",
        &["mission", "day", "weekly"],
        "MissionReport",
    ),
    get("/api/v1/mission/exchanges", "Counts of lists and handovers", &["mission"], "Exchanges"),
    get(
        "/api/v1/mission/coverage",
        "Who watched which stretch of a line on which day, and where nobody could see, by the posts that may be seen",
        WATCHED,
        "WatchedLine",
    ),
    get("/api/v1/mission/coverage.geojson", "The same on the map, as it was on the last day", WATCHED, "GeoJson"),
    get("/api/v1/mission/plans", "Plans of where posts should stand, the newest first", MISSION, "Page<PostPlan>"),
    get("/api/v1/mission/plans.geojson", "Posts of plans, and those in place", &["mission"], "GeoJson"),
    get("/api/v1/mission/border", "Segments of the border, and progress by state", &["mission"], "Border"),
    get("/api/v1/mission/border.geojson", "Every line that was proposed, and pillars", &["mission"], "GeoJson"),
    get("/api/v1/mission/border/compare", "Two lines side by side", COMPARED, "TwoLines"),
    get("/api/v1/mission/border/compare.geojson", "The same on the map", COMPARED, "GeoJson"),
    Told {
        method: "post",
        path: "/api/v1/mission/statements",
        summary: "States something in one's part (an act, its fields those of a statement), or hands a signed note in",
        params: &[],
        body: Some("SentStatement"),
        answer: "Taken",
    },
];

const MISSION: &[&str] = &["mission", "after", "limit"];
const WATCHED: &[&str] = &["mission", "line", "from", "to"];
const COMPARED: &[&str] = &["mission", "first", "second"];

const FINDINGS: &[&str] = &[
    "from", "to", "days", "place", "party", "type", "standing", "term", "source", "review", "answer", "as_of", "after",
    "limit",
];
const PROMISES: &[&str] = &["from", "to", "days", "party", "promise_type", "state", "owed", "as_of", "after", "limit"];
const TOLLS: &[&str] =
    &["from", "to", "days", "party", "place", "since", "category", "family", "as_of", "after", "limit"];

/// Parameters: the name by which they are listed, the name in the address, the form, and what they mean.
const PARAMS: &[(&str, &str, &str, &str)] = &[
    ("from", "from", "date", "First day"),
    ("to", "to", "date", "Last day"),
    ("days", "days", "all", "`all` for all days; without any days, the last 30 of which there are reports"),
    ("place", "place", "text", "At a place or within it, by its name or id"),
    ("party", "party", "text", "Where a party takes part or is on record, by its id or title"),
    ("type", "type", "text", "Of a type of the codebook, such as shelling"),
    ("standing", "standing", "text", "Of a standing, such as contested"),
    ("term", "term", "text", "Under a term, or may be: AGREEMENT or AGREEMENT:NUMBER"),
    ("source", "source", "text", "That rests on an outlet, or on a document of that name"),
    ("review", "review", "review", "How far people have reviewed its claims"),
    ("answer", "answer", "answer", "What the finding answers"),
    ("promise_type", "type", "text", "Of a kind, such as exchange"),
    ("state", "state", "text", "In a state, such as agreed"),
    ("owed", "owed", "text", "Of which an agreement makes something due that stands so, such as overdue"),
    ("since", "since", "text", "Since an agreement entered into force, by its id"),
    ("category", "category", "text", "Of what is counted, such as dead"),
    ("family", "family", "text", "Of a kind of thing: people, fire or things"),
    (
        "mission",
        "mission",
        "text",
        "Of a mission, by its id; without it, of the one in which one has a part, or the first",
    ),
    ("line", "line", "text", "A line of the mandate's pack, by its id; without it, one between its parties"),
    ("first", "first", "text", "A line by segment and version, such as south/1"),
    ("second", "second", "text", "Another; without both, the first two that are proposed for one segment"),
    ("document", "document", "text", "The one that a document tells, by its id"),
    ("day", "day", "date", "The day on whose cut-off it ends; without it, the last of which there are reports"),
    ("weekly", "weekly", "text", "Anything, for seven days rather than one"),
    ("as_of", "as_of", "text", "As it was known at this time (2031-03-08T12:00Z) or at the end of this day"),
    ("after", "after", "text", "The `next` of the page before"),
    ("limit", "limit", "limit", "Items of a page"),
];

/// Types by their fields: `s` text, `i` whole number, `n` number, `b` yes or no, `o` anything, `[x]` a list, a name
/// another type; `?` may be null, `~` may be left out. They are those of `publish::v1`.
const TYPES: &[(&str, &str)] = &[
    ("Report", "entry:i id:s name:s outlet:s? published:s? claims:i"),
    ("SentReport", "name:s text:s published:s?~ outlet:s?~ url:s?~ title:s?~"),
    ("Kept", "id:s entry:i? is_new:b claims:i copy_of:s?"),
    ("Note", "start:i? end:i? code:s message:s"),
    ("Figure", "what:s who:s side:s? min:n? max:n? approx:b~"),
    (
        "Claim",
        "id:s start:i~ end:i~ quote:s type:s mode:s aspect:s? speaker:s speaker_party:s? via:[s] actor:[s] target:[s] \
         place:s? date:s? figures:[Figure] agreement:s? garbled:b confidence:n rules:o~",
    ),
    ("Document", "id:s doc:s published:s? notes:[Note] statements:[o] dates:[o] places:[o] claims:[Claim]"),
    (
        "Said",
        "document:s name:s id:s start:i~ end:i~ quote:s type:s mode:s aspect:s? speaker:s speaker_party:s? via:[s] \
         actor:[s] target:[s] place:s? date:s? figures:[Figure] agreement:s? garbled:b confidence:n rules:o~",
    ),
    ("Voice", "party:s stance:s claims:[s]"),
    ("Origin", "who:s documents:[s] why:[s]"),
    ("Unseen", "claim:s lacks:[s]"),
    ("Observed", "claims:[s] rest:[Unseen]"),
    (
        "Incident",
        "id:s type:s standing:s observed:Observed?~ date:s? place:s? lat:n? lon:n? precision:i? parties:[s] voices:[Voice] origins:[Origin] \
         claims:[s] why:[s]",
    ),
    (
        "IncidentInFull",
        "id:s type:s standing:s observed:Observed?~ date:s? place:s? lat:n? lon:n? precision:i? parties:[s] voices:[Voice] origins:[Origin] \
         claims:[s] why:[s] said:[Said] findings:[Finding]",
    ),
    ("Accused", "party:s answers:s"),
    (
        "Finding",
        "id:s incident:s agreement:s term:s check:s answer:s reason:s? missing:[s] state:s? facts:[s] confirmed_by:[s] \
         disputed_by:[s] alleged_by:[s] accused:[Accused] standing:s claims:[s]",
    ),
    ("Term", "number:s kind:s text:s binds:[s] due:s? in_scope:i undetermined:i out_of_scope:i"),
    ("AgreementParty", "party:s part:s on:s?"),
    (
        "Agreement",
        "id:s title:s agreed:s agreed_at:s? parties:[AgreementParty] brokers:[s] from:s until:s? zone:s force:s? ended:s? \
         recommits_to:[s] terms:[Term] source:s note:s?",
    ),
    ("Promises", "items:[o] next:s? unspoken:[Due]"),
    ("Due", "agreement:s term:s day:s? by:[s] owed:s"),
    (
        "Toll",
        "id:s category:s family:s who:s side:s? min:i? max:i? approx:b denied:b reporter_party:s? reporter:s window:s \
         time:s? since:s? incident:s? place:s? known:s? superseded:b parts:[s] parts_fit:[s] words:s claims:[s]",
    ),
    ("Covered", "id:s what:s name:s state:s? documents:i by_side:o incidents:i"),
    ("Moment", "id:s date:s what:s told:s place:s? standing:s?"),
    ("BriefAsOf", "cut_off:s? entries:i brief:o"),
    ("Part", "name:s sha256:s bytes:i"),
    ("Entry", "number:i at:s kind:s subject:s prev:s parts:[Part] record:o~"),
    ("Decision", "id:s entry:i at:s by:s why:s act:s told:s claims:[s] undone_by:i?"),
    ("Entered", "entry:i"),
    ("Mission", "id:s mandated:b mandate:o? part:s?"),
    ("Lacking", "party:s? why:s"),
    ("PartyAnswer", "entry:i at:s party:s answer:s words:s signed:s?"),
    ("Done", "entry:i on:s by:s words:s"),
    (
        "Proposal",
        "id:s entry:i at:s by:s party:s? proposal:o needs:[s] stage:s published:b missing:[Lacking] stands_without_consent:b \
         answers:[PartyAnswer] executed:Done? ended:Done? dropped:Done?",
    ),
    ("Word", "id:s entry:i at:s by:s party:s? to:[s] about:s? words:s"),
    ("FieldReport", "id:s entry:i at:s by:s kind:s published:b report:o sector:o?"),
    ("Attachment", "name:s sha256:s?~ bytes:i?~"),
    ("SentFieldReport", "id:s?~ fields:o attachments:[Attachment]~"),
    ("SentStatement", "note:s~ statement:s~"),
    ("Taken", "id:s entry:i is_new:b"),
    ("Step", "step:s entry:i on:s by:s party:s? told:s"),
    (
        "Allegation",
        "id:s entry:i at:s by:s party:s? allegation:o state:s steps:[Step] finding:o? waits:[s] published:b",
    ),
    ("GivenList", "entry:i at:s side:s counts:[s]"),
    ("Handover", "entry:i at:s side:s what:s count:i through:s exchange:s"),
    ("Exchanges", "lists:[GivenList] handovers:[Handover] held_left:o remains_left:o"),
    ("WatchedPost", "id:s kind:s lat:n? lon:n? reach_km:n hours:[s] state:s lacks:[s] since:s? proposal:s"),
    ("WatchedRun", "from_m:n to_m:n observed:s hours:n by:[s]"),
    ("WatchedDay", "day:s observed_m:n partly_m:n not_m:n runs:[WatchedRun]"),
    ("WatchedIncident", "id:s title:s day:s? observed:s? hours:n? by:[s] lat:n lon:n"),
    (
        "WatchedLine",
        "line:s? title:s metres:n from:s to:s posts:[WatchedPost] days:[WatchedDay] incidents:[WatchedIncident]",
    ),
    ("PostPlan", "id:s entry:i at:s by:s proven_best:b plan:o"),
    ("Border", "crs:s segments:[o] progress:[o]"),
    (
        "TwoLines",
        "crs:s first:o second:o turned:b gaps_m:[n] left:s right:s between:o? areas:[o] totals:[o] ways:[o] sites:[o]",
    ),
    ("MissionReport", "day:s title:s span:s sections:[o]"),
    ("GeoJson", "type:s features:[o]"),
    ("WrongField", "field:s problem:s"),
    ("Fault", "code:s message:s hint:s? fields:[WrongField]~"),
    ("Error", "error:Fault"),
];

/// What each decision says beside `act` and `why`.
const ACTS: &[(&str, &str)] = &[
    ("accept", "claim:s"),
    ("reject", "claim:s"),
    ("add", "document:s words:s~ start:i?~ end:i?~ type:s mode:s speaker:s~ fields:o~"),
    ("correct", "claim:s field:s value:s"),
    ("merge", "incidents:[s]"),
    ("split", "claims:[s]"),
    ("grade-source", "source:s grade:s"),
    ("grade-claim", "claim:s grade:s"),
    ("note", "on:s words:s"),
    ("sign-off", "from:s to:s replaces:s?~"),
    ("undo", "entry:i"),
];

/// A body of each type that is sent, as it may be.
const SAMPLES: &[(&str, &str)] = &[
    (
        "SentReport",
        r#"{"name": "note.txt", "published": "2031-03-04", "outlet": "Ternwire",
            "text": "Orlavan forces shelled Hollin on Monday, the Veskan Defence Ministry said."}"#,
    ),
    ("AskedDecision", r#"{"act": "grade-source", "source": "Ternwire", "grade": "B", "why": "it names its sources"}"#),
    (
        "SentFieldReport",
        r#"{"fields": {"number": "A-4", "observer": "Patrol A", "position_name": "Kelmet road", "kind": "nil",
            "at": "2031-03-08T10:20", "until": "2031-03-08T12:00"}, "attachments": []}"#,
    ),
    ("SentStatement", r#"{"statement": "propose", "subject": "deployment", "title": "Third observers"}"#),
];

/// `GET /api/v1/openapi.json`.
pub(crate) async fn json() -> Json<Value> {
    Json(document())
}

/// The OpenAPI document.
fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for told in TOLD {
        let entry = paths.entry(told.path.to_owned()).or_insert_with(|| json!({}));
        if let Some(methods) = entry.as_object_mut() {
            methods.insert(told.method.to_owned(), operation(told));
        }
    }
    let mut types: Map<String, Value> =
        TYPES.iter().map(|(name, fields)| ((*name).to_owned(), object(fields))).collect();
    types.insert(
        "AskedDecision".to_owned(),
        json!({"oneOf": ACTS.iter().map(|(act, fields)| asked(act, fields)).collect::<Vec<_>>()}),
    );
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Trucewatch",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The books of a ceasefire. Read by machine, not reviewed by people unless marked. Offsets count code points; days are civil days (EDTF).",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {}],
        "paths": paths,
        "components": {
            "schemas": types,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "A token of an account, made on its page; reading on loopback needs none unless the room asks for it"}},
        },
    })
}

fn operation(told: &Told) -> Value {
    let Told { method, path, summary, params, body, answer } = told;
    let row = TABLE.iter().find(|r| r.method == *method && r.path == *path);
    let good = if *method == "post" { "201" } else { "200" };
    let mut answers = json!({
        good: {"description": "Done", "content": {"application/json": {"schema": schema(answer)}}},
        "400": fault("The address is not in its form"),
        "401": fault("No account, or a token that is not known"),
        "403": fault("The account or the token may not do this"),
        "404": fault("There is no such thing"),
        "422": fault("A value makes no sense"),
        "503": fault("Somebody else is writing; try again"),
    });
    if *answer == "GeoJson" {
        answers[good]["content"] = json!({"application/geo+json": {"schema": schema(answer)}});
    }
    if *method == "post" {
        answers["200"] =
            json!({"description": "There already", "content": {"application/json": {"schema": schema(answer)}}});
        answers["413"] = fault("Too large");
    } else {
        answers["304"] = json!({"description": "As it was: the `If-None-Match` fits"});
    }
    let name = path.trim_start_matches("/api/v1/").replace(['/', '{', '}', '.'], "-");
    let mut operation = json!({
        "operationId": format!("{method}-{name}"),
        "summary": summary,
        "description": row.map(needs).unwrap_or_default(),
        "parameters": in_path(path).chain(params.iter().filter_map(parameter)).collect::<Vec<_>>(),
        "responses": answers,
    });
    if let Some(body) = body {
        let sample = SAMPLES.iter().find(|(name, _)| name == body).and_then(|(_, s)| serde_json::from_str(s).ok());
        let content = json!({"schema": schema(body), "example": sample.unwrap_or_else(|| json!({}))});
        operation["requestBody"] = json!({"required": true, "content": {"application/json": content}});
    }
    operation
}

fn needs(row: &Row) -> &'static str {
    match row.need {
        Need::Part => "For those who have a part in the mission, as far as it goes, with a token that may write.",
        Need::Work | Need::Review => "For analysts and above, with a token that may write.",
        _ => "For readers and above, with a token that may read.",
    }
}

fn fault(what: &str) -> Value {
    json!({"description": what, "content": {"application/json": {"schema": schema("Error")}}})
}

fn in_path(path: &str) -> impl Iterator<Item = Value> + '_ {
    let names = path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| {
        let form = if name == "entry" {
            json!({"type": "integer", "minimum": 0})
        } else {
            json!({"type": "string", "minLength": 1})
        };
        json!({"name": name, "in": "path", "required": true, "schema": form})
    })
}

fn parameter(listed: &&str) -> Option<Value> {
    let (_, name, form, means) = PARAMS.iter().find(|(known, ..)| known == listed)?;
    let form = match *form {
        "date" => json!({"type": "string", "format": "date"}),
        "all" => json!({"type": "string", "enum": ["all"]}),
        "review" => json!({"type": "string", "enum": ["unreviewed", "partly", "reviewed"]}),
        "answer" => json!({"type": "string", "enum": ["in-scope", "out-of-scope", "undetermined"]}),
        "limit" => json!({"type": "integer", "minimum": 1, "maximum": super::MOST, "default": super::USUAL}),
        _ => return Some(in_query(name, means, json!({"type": "string"}))),
    };
    // A form sends fields that nobody filled in: what is empty counts as not given.
    Some(in_query(name, means, json!({"anyOf": [form, {"const": ""}]})))
}

fn in_query(name: &str, means: &str, form: Value) -> Value {
    json!({"name": name, "in": "query", "required": false, "description": means, "schema": form})
}

/// A type by its word.
fn schema(word: &str) -> Value {
    if let Some(inner) = word.strip_prefix('[').and_then(|w| w.strip_suffix(']')) {
        return json!({"type": "array", "items": schema(inner)});
    }
    if let Some(item) = word.strip_prefix("Page<").and_then(|w| w.strip_suffix('>')) {
        let fields = json!({"items": {"type": "array", "items": schema(item)}, "next": {"type": ["string", "null"]}});
        return json!({"type": "object", "required": ["items", "next"], "properties": fields});
    }
    match word {
        "s" => json!({"type": "string"}),
        "i" => json!({"type": "integer"}),
        "n" => json!({"type": "number"}),
        "b" => json!({"type": "boolean"}),
        "o" => json!({}),
        "object" => json!({"type": "object"}),
        name => json!({"$ref": format!("#/components/schemas/{name}")}),
    }
}

fn object(fields: &str) -> Value {
    let (mut required, mut properties) = (Vec::new(), Map::new());
    for (name, form) in fields.split_whitespace().filter_map(|f| f.split_once(':')) {
        let (form, is_free) = form.strip_suffix('~').map_or((form, false), |f| (f, true));
        let (form, may_be_null) = form.strip_suffix('?').map_or((form, false), |f| (f, true));
        let mut form = schema(form);
        if may_be_null {
            form = json!({"anyOf": [form, {"type": "null"}]});
        }
        properties.insert(name.to_owned(), form);
        required.extend((!is_free).then(|| name.to_owned()));
    }
    json!({"type": "object", "required": required, "properties": properties})
}

fn asked(act: &str, fields: &str) -> Value {
    let mut form = object(fields);
    form["title"] = json!(act);
    form["properties"]["act"] = json!({"const": act});
    form["properties"]["why"] = json!({"type": "string"});
    if let Some(required) = form["required"].as_array_mut() {
        required.push(json!("act"));
    }
    form
}

#[derive(Template)]
#[template(path = "api.html")]
struct Described {
    frame: Frame,
    all: Vec<Line>,
    params: Vec<(&'static str, &'static str)>,
    types: Vec<(&'static str, String)>,
    acts: Vec<(&'static str, &'static str)>,
}

struct Line {
    method: String,
    path: &'static str,
    summary: &'static str,
    params: String,
    body: &'static str,
    answer: &'static str,
}

/// `GET /api`.
pub(crate) async fn page(State(room): State<Arc<Room>>, visitor: Visitor) -> Page {
    let name = |listed: &&str| PARAMS.iter().find(|(known, ..)| known == listed).map(|(_, name, ..)| *name);
    let line = |t: &Told| Line {
        method: t.method.to_uppercase(),
        path: t.path,
        summary: t.summary,
        params: t.params.iter().filter_map(name).collect::<Vec<_>>().join(", "),
        body: t.body.unwrap_or_default(),
        answer: t.answer,
    };
    html(&Described {
        frame: Frame { nav: "/api", ..Frame::bare(&room, Some(&visitor), "API") },
        all: TOLD.iter().map(line).collect(),
        params: PARAMS.iter().map(|(_, name, _, means)| (*name, *means)).collect(),
        types: TYPES
            .iter()
            .map(|(name, fields)| (*name, fields.split_whitespace().collect::<Vec<_>>().join(" ")))
            .collect(),
        acts: ACTS.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Face;

    #[test]
    fn everything_is_described_and_nothing_else() {
        for row in TABLE.iter().filter(|r| r.face == Face::Api) {
            assert!(TOLD.iter().any(|t| t.method == row.method && t.path == row.path), "{} {}", row.method, row.path);
        }
        for told in TOLD {
            assert!(
                TABLE.iter().any(|r| r.face == Face::Api && r.path == told.path && r.method == told.method),
                "{}",
                told.path
            );
            assert!(told.params.iter().all(|p| PARAMS.iter().any(|(known, ..)| known == p)), "{}", told.path);
        }
    }

    #[test]
    fn every_body_has_a_sample() {
        for body in TOLD.iter().filter_map(|t| t.body) {
            let (_, sample) = SAMPLES.iter().find(|(name, _)| *name == body).unwrap();
            assert!(serde_json::from_str::<Value>(sample).unwrap().is_object(), "{body}");
        }
    }

    #[test]
    fn every_type_that_is_named_is_there() {
        let document = document();
        let words = document.to_string();
        for part in words.split("#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
        }
    }
}
