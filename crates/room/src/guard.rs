//! What every request passes: who asks and whether they may, forms' own words against requests forged elsewhere,
//! headers, refusals as pages or envelopes, and one line of the log.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::books::tag;
use crate::error::Refusal;
use crate::frame::Frame;
use crate::pages;
use crate::room::Room;
use crate::table::{Face, Need, Row, row};
use crate::visitor::{Visitor, cookie};

/// Bytes of the largest form or document of JSON.
const FORM: usize = 1 << 20;
/// Bytes of the largest upload.
pub(crate) const UPLOAD: usize = 32 << 20;
/// The cookie by which a form is known again that is shown to somebody who has not logged in.
pub(crate) const FORM_COOKIE: &str = "room-form";
/// The field of forms that holds their word.
pub(crate) const FORM_FIELD: &str = "csrf";

/// What pages may load: what this server gives, and nothing written into the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Lets a request pass, or not.
pub(crate) async fn guard(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map(|p| p.as_str().to_owned());
    let row = path.as_deref().and_then(|p| row(&method, p));
    let face = row.map_or_else(|| Face::of_path(request.uri().path()), |r| r.face);
    let target = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let etag = request.headers().get(header::IF_NONE_MATCH).cloned();
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    let visitor = Visitor::of(&room, request.headers(), address);
    let passed = match &visitor {
        Ok(visitor) => pass(&room, visitor, row, request, next).await,
        Err(refusal) => Err(refusal.clone()),
    };
    let response = passed.unwrap_or_else(IntoResponse::into_response);
    let who = visitor.as_ref().ok().and_then(|v| v.account.as_ref()).map(|a| a.name.clone());
    let mut response = rendered(&room, visitor.ok(), face, &target, response);
    let has_tag = response.headers().contains_key(header::ETAG) && face != Face::Asset;
    if method == Method::GET && (has_tag || matches!(face, Face::Api | Face::Data)) {
        response = tagged(response, etag.as_ref()).await;
    }
    dress(&mut response, face);
    let spent = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (status, path) = (response.status().as_u16(), path.unwrap_or_else(|| "(none)".to_owned()));
    tracing::info!(method = method.as_str(), path, status, ms = spent, who, "request");
    response
}

async fn pass(
    room: &Arc<Room>,
    visitor: &Visitor,
    row: Option<&'static Row>,
    mut request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let Some(row) = row else {
        request.extensions_mut().insert(visitor.clone());
        return Ok(next.run(request).await);
    };
    if !visitor.may(row.need) {
        return Err(barred(visitor, row));
    }
    if row.face == Face::Public && !room.accounts.settings()?.is_public {
        return Err(Refusal::missing("there is no public view here").hint("an administrator can open one"));
    }
    if request.method() != Method::GET {
        let by_token = visitor.scopes.is_some();
        request = if by_token { request } else { own(visitor, row, request).await? };
    }
    request.extensions_mut().insert(visitor.clone());
    Ok(next.run(request).await)
}

/// Why somebody is not let through.
fn barred(visitor: &Visitor, row: &Row) -> Refusal {
    if visitor.account.is_none() {
        return Refusal::new(StatusCode::UNAUTHORIZED, "login-needed", "this needs an account").hint("log in first");
    }
    let needs = match row.need {
        Need::Part => "this is for those who have a part in the mission",
        Need::Work => "this is for analysts, reviewers and administrators",
        Need::Review => "this is for reviewers and administrators",
        Need::Administer => "this is for administrators, who have logged in",
        _ => "this is not what the token is good for",
    };
    Refusal::forbidden(needs)
}

/// A request that changes something and comes from a page of ours: by its origin, and by the word of its form.
async fn own(visitor: &Visitor, row: &Row, request: Request) -> Result<Request, Refusal> {
    let (parts, body) = request.into_parts();
    if !is_same_origin(&parts.headers) {
        return Err(Refusal::forbidden("the request comes from a page elsewhere"));
    }
    let most = if row.face == Face::Upload { UPLOAD } else { FORM };
    let too_much = |_| {
        let message = format!("what was sent is larger than {} MiB", most >> 20);
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message).hint("send it in parts")
    };
    let bytes = to_bytes(body, most).await.map_err(too_much)?;
    let expected = match visitor.csrf.as_str() {
        "" => cookie(&parts.headers, FORM_COOKIE).unwrap_or_default(),
        word => word.to_owned(),
    };
    let given = given(&parts.headers, &bytes).await.unwrap_or_default();
    if expected.is_empty() || !bool::from(given.as_bytes().ct_eq(expected.as_bytes())) {
        let hint = "go back, load the page again and send the form once more";
        return Err(Refusal::forbidden("the form is not of this session").hint(hint));
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let word = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let site = word(HeaderName::from_static("sec-fetch-site"));
    let same_site = site.is_none_or(|s| s == "same-origin" || s == "none");
    let host = word(header::HOST).unwrap_or_default();
    let same_host = word(header::ORIGIN).is_none_or(|o| o.split_once("://").is_some_and(|(_, rest)| rest == host));
    same_site && same_host
}

/// The word that a form, or the head of a request of JSON, carries.
async fn given(headers: &HeaderMap, body: &Bytes) -> Option<String> {
    if let Some(word) = headers.get("x-csrf-token") {
        return word.to_str().ok().map(str::to_owned);
    }
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    if let Ok(boundary) = multer::parse_boundary(kind) {
        return in_multipart(boundary, body.clone()).await;
    }
    let is_form = kind.starts_with("application/x-www-form-urlencoded");
    let mut pairs = form_urlencoded::parse(if is_form { body } else { &[] });
    pairs.find(|(name, _)| name == FORM_FIELD).map(|(_, value)| value.into_owned())
}

async fn in_multipart(boundary: String, body: Bytes) -> Option<String> {
    let stream = axum::body::Body::from(body).into_data_stream();
    let mut parts = multer::Multipart::new(stream, boundary);
    while let Ok(Some(field)) = parts.next_field().await {
        if field.name() == Some(FORM_FIELD) {
            return field.text().await.ok();
        }
    }
    None
}

/// A refusal as whoever asked can read it; anything else as it is.
fn rendered(room: &Room, visitor: Option<Visitor>, face: Face, target: &str, mut response: Response) -> Response {
    let Some(refusal) = response.extensions_mut().remove::<Refusal>() else {
        return if response.status() == StatusCode::METHOD_NOT_ALLOWED || response.status().is_client_error() {
            bare(room, visitor, face, response)
        } else {
            response
        };
    };
    if refusal.status.is_server_error() {
        tracing::error!(code = refusal.code, message = refusal.message, "refused");
    }
    written(room, visitor, face, target, &refusal)
}

/// What the framework itself refuses, with no body of ours.
fn bare(room: &Room, visitor: Option<Visitor>, face: Face, response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if kind == "application/json" || kind.starts_with("text/html") {
        return response;
    }
    let status = response.status();
    let reason = status.canonical_reason().unwrap_or("refused").to_lowercase();
    written(room, visitor, face, "/", &Refusal::new(status, "refused", reason))
}

fn written(room: &Room, visitor: Option<Visitor>, face: Face, target: &str, refusal: &Refusal) -> Response {
    let Refusal { status, code, message, hint, fields } = refusal;
    match face {
        Face::Api | Face::Data => {
            let mut error = json!({"code": code, "message": message, "hint": hint});
            if !fields.is_empty() {
                error["fields"] = fields.iter().map(|(f, problem)| json!({"field": f, "problem": problem})).collect();
            }
            let mut response = (*status, axum::Json(json!({ "error": error }))).into_response();
            if *status == StatusCode::UNAUTHORIZED {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            response
        }
        _ if *code == "login-needed" => {
            let next: String = form_urlencoded::byte_serialize(target.as_bytes()).collect();
            Redirect::to(&format!("/login?next={next}")).into_response()
        }
        _ => {
            let frame = Frame::bare(room, visitor.as_ref(), "Not possible");
            (*status, pages::refused(frame, refusal)).into_response()
        }
    }
}

/// With the hash of what it holds, where it has none yet, by which a client need not load it again.
async fn tagged(response: Response, known: Option<&HeaderValue>) -> Response {
    if response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, mut body) = response.into_parts();
    if !parts.headers.contains_key(header::ETAG) {
        let Ok(bytes) = to_bytes(body, usize::MAX).await else {
            return Refusal::broken("the answer broke off").into_response();
        };
        if let Ok(value) = HeaderValue::from_str(&tag(&bytes)) {
            parts.headers.insert(header::ETAG, value);
        }
        body = Body::from(bytes);
    }
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, private"));
    let own = parts.headers.get(header::ETAG).and_then(|t| t.to_str().ok()).unwrap_or_default();
    let is_known =
        known.and_then(|k| k.to_str().ok()).is_some_and(|k| k.split(',').any(|k| k.trim() == own || k.trim() == "*"));
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, body)
}

fn dress(response: &mut Response, face: Face) {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if face != Face::Asset && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
