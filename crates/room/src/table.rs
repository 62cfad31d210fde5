//! The table of addresses: what each needs of whoever asks. The router and the guard read it, and so do the tests.

use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::middleware;

use crate::error::Refusal;
use crate::room::Room;
use crate::{assets, guard, pages};

/// What an address needs of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Open,
    /// To read: an account, or on loopback nothing where no login is required.
    Read,
    /// An account.
    Account,
    /// To change the books: an analyst or more.
    Work,
    /// To judge what others did: a reviewer or more.
    Review,
    /// To run the room: an administrator.
    Administer,
}

/// How an address answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// With a page.
    Page,
    /// With a page that takes files.
    Upload,
    /// With a page or data for everybody, where there is a public view.
    Public,
    /// With data for scripts of pages.
    Data,
    /// As the API does.
    Api,
    /// With a file that was built in.
    Asset,
}

impl Face {
    /// How an address answers that is not in the table.
    pub(crate) fn of_path(path: &str) -> Face {
        if path.starts_with("/api/") { Face::Api } else { Face::Page }
    }
}

/// One address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// `get` or `post`.
    pub method: &'static str,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// What it needs.
    pub need: Need,
    /// How it answers.
    pub face: Face,
}

/// The row of a request.
pub(crate) fn row(method: &Method, path: &str) -> Option<&'static Row> {
    let asked = if method == Method::HEAD {
        "get"
    } else if method == Method::POST {
        "post"
    } else {
        method.as_str()
    };
    TABLE.iter().chain([]).find(|r| r.path == path && r.method.eq_ignore_ascii_case(asked))
}

macro_rules! addresses {
    ($($method:ident $path:literal $need:ident $face:ident $handler:expr;)*) => {
        /// Every address.
        pub const TABLE: &[Row] =
            &[$(Row { method: stringify!($method), path: $path, need: Need::$need, face: Face::$face }),*];

        fn addresses() -> Router<Arc<Room>> {
            Router::new()$(.route($path, axum::routing::$method($handler)))*
        }
    };
}

addresses! {
    get "/healthz" Open Data pages::health;
    get "/static/{*path}" Open Asset assets::get;
    get "/" Read Page pages::today::get;
    get "/incidents" Read Page pages::incidents::get;
    get "/incidents/{id}" Read Page pages::incident::get;
    get "/documents/{id}" Read Page pages::document::get;
    get "/map.json" Read Data pages::map::get;
    get "/timeline.json" Read Data pages::timeline::get;
    get "/documents" Read Page pages::documents::get;
    get "/search" Read Page pages::documents::get;
    get "/changes/{entry}" Read Page pages::issued::since;
    get "/issued/{sha256}" Read Page pages::issued::get;
    get "/login" Open Page pages::login::get;
    post "/login" Open Page pages::login::post;
    post "/logout" Open Page pages::login::out;
    get "/welcome/{link}" Open Page pages::login::welcome;
    post "/welcome/{link}" Open Page pages::login::set;
    get "/account" Account Page pages::accounts::own;
    post "/account/password" Account Page pages::accounts::password;
    post "/account/tokens" Account Page pages::accounts::make_token;
    post "/account/tokens/{id}/end" Account Page pages::accounts::end_token;
    get "/accounts" Administer Page pages::accounts::all;
    post "/accounts" Administer Page pages::accounts::make;
    post "/accounts/{id}" Administer Page pages::accounts::change;
    post "/settings" Administer Page pages::accounts::settings;
    post "/decide/accept" Work Page pages::decide::post;
    post "/decide/reject" Work Page pages::decide::post;
    post "/decide/correct" Work Page pages::decide::post;
    post "/decide/merge" Work Page pages::decide::post;
    post "/decide/split" Work Page pages::decide::post;
    post "/decide/grade-claim" Work Page pages::decide::post;
    post "/decide/note" Work Page pages::decide::post;
    post "/decide/undo" Work Page pages::decide::post;
    post "/decide/grade-source" Review Page pages::decide::post;
    post "/decide/sign-off" Review Page pages::decide::post;
}

/// The addresses of a room with everything round them.
pub fn router(room: &Arc<Room>) -> Router {
    addresses()
        .fallback(|| async { Refusal::missing("there is no such page") })
        .layer(middleware::from_fn_with_state(Arc::clone(room), guard::guard))
        .with_state(Arc::clone(room))
}
