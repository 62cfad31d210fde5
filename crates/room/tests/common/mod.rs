//! A room over a small ledger that is made by hand: no model is needed.

#![allow(dead_code, reason = "each test uses a part")]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use jiff::Timestamp;
use ledger::Ledger;
use ledger::entry::{DocumentDraft, DocumentRecord, PackUsed, Reader, ReadingRecord};
use room::{Accounts, Options, Role, Room, router};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tower::ServiceExt;

/// A word for forms of somebody who has not logged in.
pub(crate) const FORM: &str = "0123456789012345678901234567890123456789012";
/// The mission of the invented conflict.
pub(crate) const MISSION: &str = "line-mission-2031";
pub(crate) const PASSWORD: &str = "a password of some length";

/// A room in a folder of its own.
pub(crate) struct Place {
    folder: TempDir,
    pub(crate) room: Arc<Room>,
    pub(crate) router: Router,
    pub(crate) options: Options,
    is_open: bool,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// Nobody, from this machine.
    Local,
    /// Nobody, from elsewhere.
    Stranger,
    /// An account of a role.
    Some(Role),
    /// A reader with a part in the mission; a liaison speaks for Vesk.
    Part(mission::Role),
}

/// What was answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    /// The value of a cookie that is set.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap());
        let mut found = all.filter_map(|c| c.strip_prefix(name)?.strip_prefix('='));
        found.next().map(|rest| rest.split(';').next().unwrap().to_owned())
    }
}

/// A report that tells of one shelling.
pub(crate) struct Told {
    pub(crate) name: String,
    pub(crate) outlet: String,
    pub(crate) title: String,
    pub(crate) speaker: String,
    pub(crate) party: Option<&'static str>,
    pub(crate) place: String,
    pub(crate) text: String,
    pub(crate) mode: &'static str,
    /// Which of several happenings it is, far from each other and on days of their own.
    pub(crate) spot: u8,
}

impl Default for Told {
    fn default() -> Told {
        Told {
            name: "a.txt".into(),
            outlet: "Ternwire".into(),
            title: "Shells fell".into(),
            speaker: "the ministry".into(),
            party: Some("orlava"),
            place: "Dubrel".into(),
            text: "The ministry said that Vesk shelled Dubrel on Friday. Nobody was hurt.".into(),
            mode: "asserted",
            spot: 0,
        }
    }
}

impl Told {
    fn id(&self) -> String {
        Sha256::digest(self.text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
    }

    fn both(&self) -> (DocumentDraft, ReadingRecord) {
        let record = DocumentRecord {
            id: self.id(),
            name: self.name.clone(),
            outlet: Some(self.outlet.clone()),
            title: Some(self.title.clone()),
            published: Some("2031-03-08".into()),
            readable: true,
            ..DocumentRecord::default()
        };
        let pack = |id: &str| PackUsed { id: id.into(), version: "1".into(), fingerprint: String::new() };
        let reader = Reader {
            version: env!("CARGO_PKG_VERSION").into(),
            packs: vec![pack("vesk-orlava"), pack("world")],
            ..Reader::default()
        };
        let end = self.text.find('.').map_or(self.text.len(), |i| i + 1);
        let traced = |value: Value| json!({"value": value, "spans": [[0, 3]], "rule": "test/rule"});
        let claim = json!({
            "id": claim_id(&self.id()),
            "span": [0, end],
            "type": traced(json!(trucewatch::claim::Kind::ALL[usize::from(self.spot) * 4 % 27].as_str())),
            "mode": traced(json!(self.mode)),
            "speaker": traced(json!({"name": self.speaker, "party": self.party})),
            "actors": [traced(json!("vesk"))],
            "targets": [traced(json!("orlava"))],
            "place": traced(json!({"name": self.place, "resolved": {"id": format!("x{}", self.spot), "lat": -44.5678 + f64::from(self.spot), "lon": -125.1234, "country": "", "precision": 1, "why": "the only one"}})),
            "date": traced(json!(if self.spot == 0 { "2031-03-07".to_owned() } else { format!("2031-02-{:02}", 10 + self.spot) })),
            "confidence": 0.3,
        });
        let reading = json!({
            "reader": reader, "published": "2031-03-08", "dated_by": "given", "sentences": [[0, end]], "notes": [], "claims": [claim],
        });
        (DocumentDraft { record, text: self.text.clone(), original: None }, serde_json::from_value(reading).unwrap())
    }
}

/// The id of the claim of a document.
pub(crate) fn claim_id(document: &str) -> String {
    document.chars().take(16).collect()
}

impl Place {
    /// Over two reports that contradict each other, on loopback.
    pub(crate) fn new() -> Place {
        let denial = Told {
            name: "b.txt".into(),
            outlet: "Evening Post".into(),
            speaker: "the army".into(),
            party: Some("vesk"),
            text: "The army denied on Saturday that it shelled Dubrel. It named no witness.".into(),
            mode: "denied",
            ..Told::default()
        };
        Place::over(&[Told::default(), denial], false, false)
    }

    /// Over some reports; open to other machines, or asking for an account on this one too.
    pub(crate) fn over(reports: &[Told], is_open: bool, require_login: bool) -> Place {
        Place::with(reports, |options| {
            options.require_login = require_login;
            if is_open {
                options.listen = "0.0.0.0:8731".parse().unwrap();
            }
        })
    }

    /// Over some reports, with other options.
    pub(crate) fn with(reports: &[Told], change: impl FnOnce(&mut Options)) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("books.ledger");
        let mut ledger = Ledger::open_or_make(&path).unwrap();
        ledger.add("2026-01-01T12:00Z".parse().unwrap(), reports.iter().map(Told::both).collect()).unwrap();
        let mut options = Options::over(path);
        options.world.packs_dir = Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs"));
        change(&mut options);
        let is_open = !options.listen.ip().is_loopback();
        let room = Room::with(options.clone(), Accounts::in_memory().unwrap());
        let router = router(&room);
        Place { folder, room, router, options, is_open }
    }

    /// Another room over the same ledger and with the same settings, that has not looked at it yet.
    pub(crate) fn afresh(&self) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let room = Room::with(self.options.clone(), Accounts::in_memory().unwrap());
        room.accounts().set(&self.room.accounts().settings().unwrap()).unwrap();
        let (router, options) = (router(&room), self.options.clone());
        Place { folder, room, router, options, is_open: self.is_open }
    }

    /// Adds reports to the ledger, as another program would.
    pub(crate) fn add(&self, reports: &[Told]) {
        let mut ledger = Ledger::open_or_make(&self.options.ledger).unwrap();
        ledger.add("2026-01-02T12:00Z".parse().unwrap(), reports.iter().map(Told::both).collect()).unwrap();
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open(&self.options.ledger).unwrap()
    }

    /// Makes an account of a role, called by its word, and logs it in: the cookie and the word for forms.
    pub(crate) fn session(&self, role: Role) -> (String, String) {
        let (accounts, now) = (self.room.accounts(), Timestamp::now());
        let known = accounts.all().unwrap().into_iter().find(|a| a.name == role.as_str());
        let id = known.map_or_else(
            || {
                let link = accounts.make(role.as_str(), role, now).unwrap();
                accounts.accept(link.reveal(), "", PASSWORD, now).unwrap().id
            },
            |a| a.id,
        );
        let word = accounts.begin(id, now).unwrap();
        let csrf = accounts.session(word.reveal(), now).unwrap().unwrap().csrf;
        let name = if self.is_open { "__Host-room" } else { "room" };
        (format!("{name}={}", word.reveal()), csrf)
    }

    /// Makes an account with a part in the mission, called by it, and logs it in.
    pub(crate) fn session_of(&self, part: &str) -> (String, String) {
        let (accounts, now) = (self.room.accounts(), Timestamp::now());
        let known = accounts.all().unwrap().into_iter().find(|a| a.name == part);
        let id = known.map_or_else(
            || {
                let link = accounts.make(part, Role::Reader, now).unwrap();
                let id = accounts.accept(link.reveal(), "", PASSWORD, now).unwrap().id;
                let part = room::accounts::Part::parse(&format!("{part}@{MISSION}")).unwrap();
                accounts.set_part(id, Some(&part)).unwrap();
                id
            },
            |a| a.id,
        );
        let word = accounts.begin(id, now).unwrap();
        let csrf = accounts.session(word.reveal(), now).unwrap().unwrap().csrf;
        let name = if self.is_open { "__Host-room" } else { "room" };
        (format!("{name}={}", word.reveal()), csrf)
    }

    /// A page, as somebody with a part in the mission sees it.
    pub(crate) async fn get_in(&self, part: &str, path: &str) -> Answer {
        let (cookie, _) = self.session_of(part);
        let request = self.request("GET", path).header(header::COOKIE, cookie);
        self.send(Who::Local, request.body(Body::empty()).unwrap()).await
    }

    /// A form, as somebody with a part in the mission sends it.
    pub(crate) async fn post_in(&self, part: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let (cookie, csrf) = self.session_of(part);
        let request = self.request("POST", path).header(header::COOKIE, cookie);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(Who::Local, request.body(Body::from(form(fields, &csrf))).unwrap()).await
    }

    /// A body of JSON, as somebody with a part in the mission sends it.
    pub(crate) async fn json_in(&self, part: &str, path: &str, body: &Value) -> Answer {
        let (cookie, csrf) = self.session_of(part);
        let request = self.request("POST", path).header(header::COOKIE, cookie).header("x-csrf-token", csrf);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.send(Who::Local, request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// A request as somebody sends it.
    pub(crate) fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:8731")
    }

    pub(crate) async fn send(&self, who: Who, mut request: Request<Body>) -> Answer {
        let from = if who == Who::Stranger { "192.0.2.7:4000" } else { "127.0.0.1:4000" };
        request.extensions_mut().insert(ConnectInfo(from.parse::<SocketAddr>().unwrap()));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8_lossy(&body.collect().await.unwrap().to_bytes()).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// A page, as nobody on this machine sees it.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Who::Local, self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// A page, as somebody of a role sees it.
    pub(crate) async fn get_as(&self, role: Role, path: &str) -> Answer {
        let (cookie, _) = self.session(role);
        self.send(
            Who::Some(role),
            self.request("GET", path).header(header::COOKIE, cookie).body(Body::empty()).unwrap(),
        )
        .await
    }

    /// A form, as somebody of a role sends it.
    pub(crate) async fn post_as(&self, role: Role, path: &str, fields: &[(&str, &str)]) -> Answer {
        let (cookie, csrf) = self.session(role);
        let body = form(fields, &csrf);
        let request = self.request("POST", path).header(header::COOKIE, cookie);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(Who::Some(role), request.body(Body::from(body)).unwrap()).await
    }

    /// A form that takes files, as somebody of a role sends it: fields, and files by field, name and content.
    pub(crate) async fn upload_as(
        &self,
        role: Role,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let (cookie, csrf) = self.session(role);
        let mut body = Vec::new();
        for (name, value) in fields.iter().chain(&[("csrf", csrf.as_str())]) {
            let part = format!("--x1y2\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        for (name, file, content) in files {
            let head =
                format!("--x1y2\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n");
            body.extend(head.into_bytes());
            body.extend(*content);
            body.extend(b"\r\n");
        }
        body.extend(b"--x1y2--\r\n");
        let request = self.request("POST", path).header(header::COOKIE, cookie);
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x1y2");
        self.send(Who::Some(role), request.body(Body::from(body)).unwrap()).await
    }

    /// A form, as somebody without an account sends it from a page of ours.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request("POST", path).header(header::COOKIE, format!("room-form={FORM}"));
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(Who::Local, request.body(Body::from(form(fields, FORM))).unwrap()).await
    }
}

/// A form with its word.
pub(crate) fn form(fields: &[(&str, &str)], csrf: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).append_pair("csrf", csrf).finish()
}

/// The first incident that a list of the API has.
pub(crate) async fn first_incident(place: &Place) -> String {
    place.get("/api/v1/incidents").await.json()["items"][0]["id"].as_str().unwrap().to_owned()
}

/// Whether a value has the form of a schema: the part of JSON Schema that the description uses.
pub(crate) fn fits(value: &Value, schema: &Value, described: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return fits(value, &described["components"]["schemas"][name], described, &format!("{at} {name}"));
    }
    if let Some(any) = schema["anyOf"].as_array() {
        if value.is_null() {
            return;
        }
        return fits(value, &any[0], described, at);
    }
    match schema["type"].as_str() {
        Some("object") => {
            let object = value.as_object().unwrap_or_else(|| panic!("{at}: no object: {value}"));
            for name in schema["required"].as_array().into_iter().flatten() {
                assert!(object.contains_key(name.as_str().unwrap()), "{at}: {name} is missing in {value}");
            }
            for (name, value) in object.iter().filter(|_| schema["properties"].is_object()) {
                let known = &schema["properties"][name];
                assert!(!known.is_null(), "{at}: {name} is not described");
                fits(value, known, described, &format!("{at}.{name}"));
            }
        }
        Some("array") => value.as_array().unwrap().iter().for_each(|v| fits(v, &schema["items"], described, at)),
        Some("string") => assert!(value.is_string(), "{at}: {value}"),
        Some("integer") => assert!(value.is_u64() || value.is_i64(), "{at}: {value}"),
        Some("number") => assert!(value.is_number(), "{at}: {value}"),
        Some("boolean") => assert!(value.is_boolean(), "{at}: {value}"),
        _ => {}
    }
}
