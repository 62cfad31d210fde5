//! Binding, listening, and stopping without breaking anything off.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::http::Uri;
use desk::Failure;
use tokio::net::TcpListener;

use crate::books::{Days, Wanted};
use crate::room::{Room, aside};
use crate::table::router;

/// What is told once a room can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// Its address, such as `http://127.0.0.1:8731/`.
    pub address: String,
    /// The link by which the first account is made, where there is none yet. Good once.
    pub first: Option<String>,
}

/// Listens until the program is told to stop; `tell` is told once it does. Requests that are under way then are
/// answered.
///
/// # Errors
/// Where the address cannot be bound, or listening breaks off.
pub fn serve(room: &Arc<Room>, tell: impl FnOnce(&Listening)) -> Result<(), Failure> {
    let listen = room.options.listen;
    let wrong = |e: io::Error| {
        let hint = "another program may listen there; --listen 127.0.0.1:0 takes a free port";
        Failure::new(format!("{listen}: {e}"), hint)
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(32).build();
    runtime.map_err(wrong)?.block_on(listening(room, tell)).map_err(wrong)
}

async fn listening(room: &Arc<Room>, tell: impl FnOnce(&Listening)) -> io::Result<()> {
    let listener = TcpListener::bind(room.options.listen).await?;
    let bound = listener.local_addr()?;
    tell(&Listening { address: address(bound, "/"), first: first(room, bound)? });
    let hooks = tokio::spawn(crate::hooks::run(Arc::clone(room)));
    let feeds = tokio::spawn(crate::follow::run(Arc::clone(room)));
    tokio::spawn(looked_ahead(Arc::clone(room)));
    let service = router(room).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await;
    hooks.abort();
    room.following.stop();
    room.rereading.stop();
    feeds.abort();
    served
}

/// Judges what most look at first, the brief and the usual days, so that whoever comes finds it or waits for less. What
/// goes wrong here is told to whoever asks for it.
async fn looked_ahead(room: Arc<Room>) {
    for days in [Days::Brief, Days::Usual] {
        let Ok(books) = room.books(None, Wanted { days, ..Wanted::default() }).await else { return };
        if days == Days::Brief {
            let drawn = move || {
                books.brief();
                Ok(())
            };
            aside(drawn).await.ok();
        }
    }
}

/// The link of the first account, where nobody can log in yet.
fn first(room: &Room, bound: SocketAddr) -> io::Result<Option<String>> {
    if room.accounts.is_ready().map_err(io::Error::other)? {
        return Ok(None);
    }
    let link = room.accounts.first_link(jiff::Timestamp::now()).map_err(io::Error::other)?;
    Ok(Some(address(bound, &format!("/welcome/{}", link.reveal()))))
}

fn address(bound: SocketAddr, path: &str) -> String {
    Uri::builder()
        .scheme("http")
        .authority(bound.to_string())
        .path_and_query(path)
        .build()
        .map_or_else(|_| format!("http://{bound}{path}"), |uri| uri.to_string())
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = ended.recv() => {}
            }
            return;
        }
    }
    interrupted.await.ok();
}
