//! One request after another, each hop checked: scheme, address, size, time.

use std::time::Duration;

use ureq::Agent;
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::resolver::Resolver;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use super::address::{LOCAL, PublicOnly};
use crate::{Limits, Refusal, unpack};

/// Redirects that are followed, at most.
const HOPS: usize = 5;
/// Bytes of a response's header, at most.
const HEADER: usize = 1 << 16;

/// Why an address could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{url}: {message}")]
pub struct FetchError {
    /// What was asked for, or where it led.
    pub url: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// Seconds after which the server wants to be asked again, where it says so.
    pub retry: Option<u64>,
}

impl FetchError {
    pub(super) fn new(url: &str, message: impl Into<String>, hint: &str) -> FetchError {
        FetchError { url: url.to_owned(), message: message.into(), hint: hint.to_owned(), retry: None }
    }
}

/// What makes a request one for news only: what the server said of its last answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Validators {
    /// The `ETag` of the last answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Fetched {
    /// Where it was found in the end.
    pub(crate) url: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) media: Option<String>,
    pub(crate) charset: Option<String>,
    pub(crate) validators: Validators,
    /// Seconds for which the server says that the answer holds.
    pub(crate) fresh: Option<u64>,
}

/// Fetches over HTTP and HTTPS, from public addresses unless told otherwise. Proxies of the environment are not used:
/// they would look names up again.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    limits: Limits,
}

/// A client of the web that follows no redirects by itself, uses no proxy of the environment, and asks public addresses
/// only, unless local ones are allowed. `time` is for one request, from looking the name up to the last byte.
#[must_use]
pub fn agent(time: Duration, allow_local: bool) -> Agent {
    agent_with(PublicOnly::new(allow_local), time)
}

fn agent_with(resolver: impl Resolver, time: Duration) -> Agent {
    let config = Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .proxy(None)
        .timeout_global(Some(time))
        .max_response_header_size(HEADER)
        .user_agent(concat!("trucewatch/", env!("CARGO_PKG_VERSION")))
        .build();
    Agent::with_parts(config, DefaultConnector::default(), resolver)
}

impl Client {
    pub(crate) fn new(limits: &Limits, time: Duration, allow_local: bool) -> Client {
        Client::with(PublicOnly::new(allow_local), limits, time)
    }

    fn with(resolver: impl Resolver, limits: &Limits, time: Duration) -> Client {
        Client { agent: agent_with(resolver, time), limits: limits.clone() }
    }

    /// What stands at an address; nothing where it has not changed since `known`.
    ///
    /// # Errors
    /// [`FetchError`] for what is no address of the web, leads to a private one, fails, or is over a limit.
    pub(crate) fn get(&self, url: &str, known: &Validators) -> Result<Option<Fetched>, FetchError> {
        let mut at = web_address(url)?;
        for _ in 0..=HOPS {
            let response = self.ask(&at, known)?;
            let status = response.status().as_u16();
            match (status, field(response.headers(), "location")) {
                (304, _) => return Ok(None),
                (200, _) => return self.answer(&at, response).map(Some),
                (301 | 302 | 303 | 307 | 308, Some(to)) => {
                    let next =
                        at.join(&to).map_err(|e| FetchError::new(at.as_str(), format!("leads to `{to}`: {e}"), ""))?;
                    at = web_address(next.as_str())?;
                }
                _ => return Err(refused(&at, status, response.headers())),
            }
        }
        Err(FetchError::new(url, format!("leads on more than {HOPS} times"), "give the address where it ends"))
    }

    fn ask(&self, url: &Url, known: &Validators) -> Result<Response<ureq::Body>, FetchError> {
        let mut request = self.agent.get(url.as_str()).header("accept-encoding", "identity");
        if let Some(etag) = &known.etag {
            request = request.header("if-none-match", etag);
        }
        if let Some(modified) = &known.modified {
            request = request.header("if-modified-since", modified);
        }
        request.call().map_err(|error| failed(url, &error))
    }

    fn answer(&self, url: &Url, response: Response<ureq::Body>) -> Result<Fetched, FetchError> {
        let headers = response.headers();
        let (media, charset) = content_type(headers);
        let validators = Validators { etag: field(headers, "etag"), modified: field(headers, "last-modified") };
        let fresh = field(headers, "cache-control").and_then(|c| max_age(&c));
        let is_text =
            media.as_deref().is_none_or(|m| m.starts_with("text/") || m.contains("xml") || m.contains("html"));
        let (most, limit) = if is_text { (self.limits.bytes, "bytes") } else { (self.limits.file, "file") };
        let body = response.into_body().into_with_config().limit(most.saturating_add(2)).reader();
        let bytes = unpack::all(body, most, "the answer", limit).map_err(|r| of_refusal(url, r))?;
        Ok(Fetched { url: url.to_string(), bytes, media, charset, validators, fresh })
    }
}

fn of_refusal(url: &Url, refusal: Refusal) -> FetchError {
    FetchError::new(url.as_str(), refusal.message, &refusal.hint)
}

/// An address of the web, without a name and password in it.
///
/// # Errors
/// [`FetchError`] for anything else.
pub fn web_address(url: &str) -> Result<Url, FetchError> {
    let wrong = |message: String| FetchError::new(url, message, "give an address such as https://example.org/feed.xml");
    let parsed = Url::parse(url).map_err(|e| wrong(format!("is no address: {e}")))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(wrong(format!("`{}` is not fetched, only http and https", parsed.scheme())));
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(wrong("names and passwords in addresses are not sent".to_owned()));
    }
    Ok(parsed)
}

fn failed(url: &Url, error: &ureq::Error) -> FetchError {
    let local = matches!(error, ureq::Error::Io(e) if e.to_string() == LOCAL);
    let hint = match local {
        true => "if you mean it, allow local addresses with --allow-local",
        false => "it will be tried again later",
    };
    let message = if local { LOCAL.to_owned() } else { format!("cannot be fetched: {error}") };
    FetchError::new(url.as_str(), message, hint)
}

fn refused(url: &Url, status: u16, headers: &HeaderMap) -> FetchError {
    let retry = field(headers, "retry-after").and_then(|v| v.parse().ok());
    let hint = if matches!(status, 404 | 410) { "take it off the list" } else { "it will be tried again later" };
    FetchError { retry, ..FetchError::new(url.as_str(), format!("the server answers with status {status}"), hint) }
}

fn field(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

fn content_type(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    field(headers, "content-type").map(|value| crate::warc::media(&value)).unwrap_or_default()
}

fn max_age(cache: &str) -> Option<u64> {
    cache.split(',').find_map(|part| part.trim().strip_prefix("max-age=")).and_then(|n| n.parse().ok())
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{Ipv4Addr, TcpListener};
    use std::sync::{Arc, Mutex};

    use ureq::config::Config;
    use ureq::http::Uri;
    use ureq::unversioned::resolver::ResolvedSocketAddrs;
    use ureq::unversioned::transport::NextTimeout;

    use super::*;

    #[test]
    fn what_is_not_of_the_web_is_refused() {
        for url in [
            "file:///etc/passwd",
            "gopher://a.example/",
            "ftp://a.example/",
            "a.example",
            "",
            "https://user:pw@a.example/",
        ] {
            assert!(web_address(url).is_err(), "{url}");
        }
        assert_eq!(web_address("HTTP://2130706433/x").unwrap().as_str(), "http://127.0.0.1/x");
    }

    /// A name server that knows one name, whose server may be asked as if it were a public one; all else is checked.
    #[derive(Debug)]
    struct OneName(PublicOnly);

    impl Resolver for OneName {
        fn resolve(
            &self,
            uri: &Uri,
            config: &Config,
            timeout: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, ureq::Error> {
            if uri.host() != Some("public.example") {
                return self.0.resolve(uri, config, timeout);
            }
            let mut found = self.empty();
            found.push((Ipv4Addr::LOCALHOST, uri.port_u16().unwrap_or(80)).into());
            Ok(found)
        }
    }

    /// A server that sends whoever asks on to `to`; its port, and the paths that it was asked for.
    fn sends_on(to: impl Fn(u16) -> String + Send + 'static) -> (u16, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut first = String::new();
                BufReader::new(&stream).read_line(&mut first).ok();
                kept.lock().unwrap().push(first.split(' ').nth(1).unwrap_or_default().to_owned());
                let answer = format!("HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", to(port));
                stream.write_all(answer.as_bytes()).ok();
            }
        });
        (port, asked)
    }

    #[test]
    fn a_redirect_to_a_local_address_is_refused_however_it_is_written() {
        for host in ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "169.254.169.254"]
        {
            let (port, asked) = sends_on(move |port| format!("http://{host}:{port}/secret"));
            let resolver = OneName(PublicOnly::new(false));
            let client = Client::with(resolver, &Limits::default(), Duration::from_secs(5));
            let error = client.get(&format!("http://public.example:{port}/feed"), &Validators::default()).unwrap_err();
            assert_eq!(error.message, LOCAL, "{host}: {error}");
            assert!(error.url.ends_with("/secret"), "{error}");
            assert_eq!(*asked.lock().unwrap(), ["/feed"], "{host}");
        }
    }

    #[test]
    fn freshness_is_read() {
        assert_eq!(max_age("public, max-age=600"), Some(600));
        assert_eq!(max_age("no-cache"), None);
    }
}
