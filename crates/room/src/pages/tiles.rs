//! The operator's own background of the maps.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::error::Refusal;
use crate::room::{Room, aside};
use crate::tiles::Tiles;

type Which = Path<(u32, u32, u32)>;

/// `GET /tiles.json`.
pub(crate) async fn about(State(room): State<Arc<Room>>) -> Result<Json<Value>, Refusal> {
    Ok(Json(own(&room)?.about("")))
}

/// `GET /public/tiles.json`.
pub(crate) async fn about_for_all(State(room): State<Arc<Room>>) -> Result<Json<Value>, Refusal> {
    Ok(Json(own(&room)?.about("/public")))
}

/// `GET /tiles/{z}/{x}/{y}` and the same under `/public`; nothing is sent where the file has no such tile.
pub(crate) async fn get(State(room): State<Arc<Room>>, Path((z, x, y)): Which) -> Result<Response, Refusal> {
    let found = aside(move || Ok(own(&room)?.get(z, x, y)));
    Ok(found.await?.unwrap_or_else(|| StatusCode::NO_CONTENT.into_response()))
}

fn own(room: &Room) -> Result<&Tiles, Refusal> {
    let missing =
        || Refusal::missing("this room has no background of its own").hint("`serve --tiles FILE` gives it one");
    room.tiles().ok_or_else(missing)
}
