//! The table of addresses: what each needs of whoever asks. The router and the guard read it, and so do the tests.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware;

use crate::error::Refusal;
use crate::room::Room;
use crate::{api, assets, feeds, guard, pages};

/// What an address needs of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Open,
    /// To read: an account, or on loopback nothing where no login is required.
    Read,
    /// An account.
    Account,
    /// A part in a mission; what it may do there is the mission's own table of roles.
    Part,
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
    let asked = if method == Method::HEAD { "get" } else { method.as_str() };
    TABLE.iter().find(|r| r.path == path && r.method.eq_ignore_ascii_case(asked))
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
    get "/tiles.json" Read Data pages::tiles::about;
    get "/tiles/{z}/{x}/{y}" Read Page pages::tiles::get;
    get "/documents" Read Page pages::documents::get;
    get "/search" Read Page pages::documents::get;
    get "/changes/{entry}" Read Page pages::issued::since;
    get "/issued" Read Page pages::issued::all;
    get "/issued/{sha256}" Read Page pages::issued::get;
    get "/agreements" Read Page pages::agreements::all;
    get "/agreements/{id}" Read Page pages::agreements::one;
    get "/promises" Read Page pages::promises::get;
    get "/tolls" Read Page pages::tolls::get;
    get "/tolls.svg" Read Page pages::tolls::svg;
    get "/coverage" Read Page pages::coverage::get;
    get "/sources" Read Page pages::sources::get;
    get "/log" Read Page pages::log::get;
    get "/log/verify" Account Page pages::log::verify;
    get "/log/{entry}" Read Page pages::log::entry;
    get "/log/{entry}/proof" Read Page pages::log::proof;
    post "/log/checkpoint" Administer Page pages::log::checkpoint;
    get "/mission" Read Page pages::mission::get;
    post "/mission/state" Part Page pages::mission::state;
    post "/mission/draft" Part Page pages::mission::draft;
    post "/mission/draft.txt" Part Page pages::mission::draft_file;
    post "/mission/submit" Part Page pages::mission::submit;
    get "/field-reports" Read Page pages::field::all;
    get "/field-reports/{id}" Read Page pages::field::one;
    get "/field-form.xlsx" Read Page pages::field::form;
    get "/field/" Part Page pages::field_form::get;
    post "/field/" Part Upload pages::field_form::post;
    get "/field/worker.js" Open Asset assets::worker;
    get "/verification" Read Page pages::verification::get;
    get "/verification/report" Read Page pages::verification::report;
    get "/verification/{id}" Read Page pages::verification::one;
    get "/exchanges" Read Page pages::exchanges::get;
    get "/posts" Read Page pages::posts::get;
    get "/plans" Read Page pages::plans::get;
    post "/plans" Part Page pages::plans::make;
    get "/border" Read Page pages::border::get;
    get "/border/compare" Read Page pages::border::compare;
    get "/border/annex" Read Page pages::border::annex;
    post "/border/propose" Part Upload pages::border::propose;
    get "/border.gpkg" Read Page pages::border::package;
    get "/export" Read Page pages::export::get;
    get "/export/zip" Account Page pages::export::bundle;
    get "/export/{format}" Read Page pages::export::file;
    get "/add" Work Page pages::add::get;
    post "/add" Work Upload pages::add::look;
    post "/add/keep" Work Page pages::add::keep;
    get "/review" Work Page pages::review::get;
    post "/review/take" Work Page pages::review::take;
    post "/review/give-back" Work Page pages::review::give_back;
    post "/review/nothing" Work Page pages::review::nothing;
    get "/public" Open Public pages::public::brief;
    get "/public/incidents" Open Public pages::public::list;
    get "/public/incidents/{id}" Open Public pages::public::one;
    get "/public/map.json" Open Public pages::public::map_data;
    get "/public/timeline.json" Open Public pages::public::timeline_data;
    get "/public/tiles.json" Open Public pages::tiles::about_for_all;
    get "/public/tiles/{z}/{x}/{y}" Open Public pages::tiles::get;
    get "/public/export" Open Public pages::export::for_all;
    get "/public/export/{format}" Open Public pages::export::public_file;
    get "/feeds/incidents" Read Data feeds::incidents;
    get "/feeds/briefs" Read Data feeds::briefs;
    get "/api" Read Page api::described;
    get "/api/v1/openapi.json" Read Api api::openapi;
    get "/api/v1/documents" Read Api api::documents;
    post "/api/v1/documents" Work Api api::add_document;
    get "/api/v1/documents/{id}" Read Api api::document;
    get "/api/v1/claims" Read Api api::claims;
    get "/api/v1/incidents" Read Api api::incidents;
    get "/api/v1/incidents.geojson" Read Api api::geojson;
    get "/api/v1/incidents/{id}" Read Api api::incident;
    get "/api/v1/findings" Read Api api::findings;
    get "/api/v1/agreements" Read Api api::agreements;
    get "/api/v1/promises" Read Api api::promises;
    get "/api/v1/tolls" Read Api api::tolls;
    get "/api/v1/coverage" Read Api api::coverage;
    get "/api/v1/timeline" Read Api api::timeline;
    get "/api/v1/brief" Read Api api::brief;
    get "/api/v1/entries" Read Api api::entries;
    get "/api/v1/entries/{entry}" Read Api api::entry;
    get "/api/v1/decisions" Read Api api::decisions;
    post "/api/v1/decisions" Work Api api::decide;
    get "/api/v1/mission" Read Api api::missions;
    get "/api/v1/mission/proposals" Read Api api::proposals;
    get "/api/v1/mission/words" Read Api api::mission_words;
    get "/api/v1/mission/reports" Read Api api::field_reports;
    post "/api/v1/mission/reports" Part Api api::add_field_report;
    get "/api/v1/mission/reports.geojson" Read Api api::field_shapes;
    get "/api/v1/mission/allegations" Read Api api::allegations;
    get "/api/v1/mission/report" Read Api api::mission_report;
    get "/api/v1/mission/exchanges" Read Api api::exchange;
    get "/api/v1/mission/coverage" Read Api api::watched_line;
    get "/api/v1/mission/coverage.geojson" Read Api api::watched_shapes;
    get "/api/v1/mission/plans" Read Api api::post_plans;
    get "/api/v1/mission/plans.geojson" Read Api api::plan_shapes;
    get "/api/v1/mission/border" Read Api api::border_segments;
    get "/api/v1/mission/border.geojson" Read Api api::border_shapes;
    get "/api/v1/mission/border/compare" Read Api api::border_compared;
    get "/api/v1/mission/border/compare.geojson" Read Api api::border_compared_shapes;
    post "/api/v1/mission/statements" Part Api api::make_statement;
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
    get "/hooks" Administer Page pages::hooks::all;
    post "/hooks" Administer Page pages::hooks::make;
    post "/hooks/{id}" Administer Page pages::hooks::change;
    get "/packs" Work Page pages::packs::all;
    post "/packs/look" Administer Upload pages::packs::look;
    post "/packs/keep" Administer Page pages::packs::keep;
    post "/packs/read-again" Administer Page pages::packs::read_again;
    get "/packs/{id}" Work Page pages::packs::one;
    get "/packs/{id}/edit" Administer Page pages::packs::edit::get;
    get "/packs/{id}/zip" Work Page pages::packs::zip;
    get "/watch" Work Page pages::watch::all;
    post "/watch" Administer Page pages::watch::change;
    post "/watch/try" Work Page pages::watch::try_out;
    get "/backups" Administer Page pages::backups::all;
    post "/backups" Administer Page pages::backups::make;
    get "/backups/{name}" Administer Page pages::backups::file;
    post "/backups/{name}" Administer Page pages::backups::change;
    post "/settings" Administer Page pages::accounts::settings;
    post "/decide/accept" Work Page pages::decide::post;
    post "/decide/reject" Work Page pages::decide::post;
    post "/decide/correct" Work Page pages::decide::post;
    post "/decide/add" Work Page pages::decide::post;
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
        .layer(DefaultBodyLimit::max(guard::UPLOAD))
        .layer(middleware::from_fn_with_state(Arc::clone(room), guard::guard))
        .with_state(Arc::clone(room))
}
