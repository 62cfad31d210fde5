//! Scripts and styles, as they were built into the program. Where none were built, pages work without.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::error::Refusal;

#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Built;

/// Whether scripts and styles were built in.
pub(crate) fn are_built() -> bool {
    Built::get("room.css").is_some()
}

/// `GET /field/worker.js`: the script that keeps the form for reports from the field at hand where there is no network.
/// It stands at this address because a worker answers for what lies below its own.
pub(crate) async fn worker(headers: HeaderMap) -> Result<Response, Refusal> {
    get(Path("field-worker.js".to_owned()), headers).await
}

/// `GET /static/{*path}`.
pub(crate) async fn get(Path(path): Path<String>, headers: HeaderMap) -> Result<Response, Refusal> {
    let file = Built::get(&path).ok_or_else(|| Refusal::missing(format!("there is no file `{path}`")))?;
    let tag: String = file.metadata.sha256_hash().iter().take(12).map(|b| format!("{b:02x}")).collect();
    let tag = HeaderValue::from_str(&format!("\"{tag}\"")).map_err(|e| Refusal::broken(e.to_string()))?;
    let known = headers.get(header::IF_NONE_MATCH) == Some(&tag);
    let fixed = [(header::CONTENT_TYPE, media(&path)), (header::CACHE_CONTROL, "no-cache")];
    let tag = [(header::ETAG, tag)];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, fixed, tag).into_response());
    }
    Ok((fixed, tag, file.data.into_owned()).into_response())
}

fn media(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "geojson" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    }
}
