//! Who asks: an account by its session or token, or nobody.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use std::net::IpAddr;

use crate::accounts::{Account, Part, Role, Scope};
use crate::error::Refusal;
use crate::room::Room;
use crate::table::Need;

/// The name of the cookie of a session, where the connection is not plain.
const SECURE_COOKIE: &str = "__Host-room";
/// The name of the cookie of a session on loopback.
const PLAIN_COOKIE: &str = "room";

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// Whose session or token it is.
    pub(crate) account: Option<Account>,
    /// What the token is good for, where it came by one.
    pub(crate) scopes: Option<Vec<Scope>>,
    /// The word that the visitor's forms must carry; empty where there is no session.
    pub(crate) csrf: String,
    /// The word of the session's cookie.
    pub(crate) session: Option<String>,
    /// Whether reading needs no account, for it comes from this machine.
    pub(crate) is_local: bool,
    /// Where it comes from.
    pub(crate) address: Option<IpAddr>,
}

impl Visitor {
    /// Who asks, by the heads of a request.
    pub(crate) fn of(room: &Room, headers: &HeaderMap, address: Option<IpAddr>) -> Result<Visitor, Refusal> {
        let is_local = !room.options.require_login && room.options.is_loopback() && is_here(headers, address);
        let nobody = Visitor { account: None, scopes: None, csrf: String::new(), session: None, is_local, address };
        let now = jiff::Timestamp::now();
        if let Some(word) = bearer(headers) {
            let Some((account, scopes)) = room.accounts.token(word, now)? else {
                let status = axum::http::StatusCode::UNAUTHORIZED;
                return Err(Refusal::new(status, "no-such-token", "the token is not known, or was ended"));
            };
            return Ok(Visitor { account: Some(account), scopes: Some(scopes), ..nobody });
        }
        let Some(word) = cookie(headers, cookie_name(room)) else { return Ok(nobody) };
        Ok(match room.accounts.session(&word, now)? {
            Some(session) => {
                Visitor { account: Some(session.account), csrf: session.csrf, session: Some(word), ..nobody }
            }
            None => nobody,
        })
    }

    /// Whether the visitor has what something needs.
    pub(crate) fn may(&self, need: Need) -> bool {
        let role = |least: Role| self.account.as_ref().is_some_and(|a| a.role >= least);
        let scope = |scope: Scope| self.scopes.as_ref().is_none_or(|s| s.contains(&scope));
        match need {
            Need::Open => true,
            Need::Read => self.account.as_ref().map_or(self.is_local, |_| scope(Scope::Read)),
            Need::Account => role(Role::Reader) && self.scopes.is_none(),
            Need::Part => self.part().is_some() && scope(Scope::Write),
            Need::Work => role(Role::Analyst) && scope(Scope::Write),
            Need::Review => role(Role::Reviewer) && scope(Scope::Write),
            Need::Administer => role(Role::Administrator) && self.scopes.is_none(),
        }
    }

    /// The part in a mission that whoever asks has.
    pub(crate) fn part(&self) -> Option<&Part> {
        self.account.as_ref()?.part.as_ref()
    }

    /// The account, where something needs one: the guard has seen to it that there is one.
    pub(crate) fn known(&self) -> Result<&Account, Refusal> {
        self.account.as_ref().ok_or_else(|| Refusal::forbidden("this needs an account"))
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visitor, Refusal> {
        let found = parts.extensions.get::<Visitor>().cloned();
        found.ok_or_else(|| Refusal::broken("nobody looked at who asks"))
    }
}

/// The name of the session's cookie.
pub(crate) fn cookie_name(room: &Room) -> &'static str {
    if room.options.is_loopback() { PLAIN_COOKIE } else { SECURE_COOKIE }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let words = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, word) = words.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| word.trim())
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut found = all.flat_map(cookie::Cookie::split_parse).flatten();
    found.find(|c| c.name() == name).map(|c| c.value().to_owned())
}

/// Whether a request comes from this machine, straight and by its own name. One that another server hands on, or that
/// a page elsewhere has sent to this machine under a name of its own, does not.
fn is_here(headers: &HeaderMap, address: Option<IpAddr>) -> bool {
    let handed_on = ["forwarded", "x-forwarded-for", "x-real-ip", "via"].iter().any(|h| headers.contains_key(*h));
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    address.is_some_and(|a| a.is_loopback()) && !handed_on && is_own_name(host)
}

fn is_own_name(host: &str) -> bool {
    let name =
        host.rsplit_once(':').filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit())).map_or(host, |(n, _)| n);
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_own_name;

    #[test]
    fn names_of_this_machine() {
        for other in ["example.org", "localhost.example.org", "127.0.0.1.example.org:80", "10.0.0.1", ""] {
            assert!(!is_own_name(other), "{other}");
        }
        for own in ["localhost", "LOCALHOST:8731", "127.0.0.1:8731", "[::1]:8731"] {
            assert!(is_own_name(own), "{own}");
        }
    }
}
