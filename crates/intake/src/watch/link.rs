//! The page at one address, fetched as a watch fetches those that feeds lead to.

use trucewatch::document::Meta;

use super::fetch::{Client, FetchError, Fetched, Validators};
use super::{Manner, completed};
use crate::content::Taken;
use crate::open::{Parcel, single};
use crate::{Limits, Received};

/// Fetches the document at an address, under the guards of a watch: only the web, no private or local address unless
/// `manner` allows it, redirects checked one by one, limits on size and time. What the page says of itself goes before
/// `told`, but for the outlet.
///
/// # Errors
/// [`FetchError`] for what cannot be fetched, is over a limit, or holds no document.
pub fn link(url: &str, told: Meta, manner: &Manner) -> Result<Received, FetchError> {
    let client = Client::new(&manner.limits, manner.request, manner.allow_local);
    let taken = page(&client, url, &manner.limits)?;
    let at = taken.content.meta.url.clone().unwrap_or_else(|| url.to_owned());
    Ok(Received::new(&at, taken, |own| completed(own, Meta { url: Some(url.to_owned()), ..told })))
}

/// The document of a page.
pub(super) fn page(client: &Client, url: &str, limits: &Limits) -> Result<Taken, FetchError> {
    let wrong = |url: &str, message: String| FetchError::new(url, message, "check that it is the page that you mean");
    let fetched = client.get(url, &Validators::default())?;
    let Fetched { url, bytes, media, charset, .. } = fetched.ok_or_else(|| wrong(url, "holds nothing".to_owned()))?;
    let name = url.split(['?', '#']).next().unwrap_or_default().to_owned();
    let parcel = Parcel { name, bytes, charset, media, url: Some(url.clone()) };
    if !parcel.is_readable() {
        return Err(wrong(&url, format!("is no text but {}", parcel.media.unwrap_or_default())));
    }
    match single(parcel, limits, 0).into_iter().next() {
        Some(Ok(taken)) => Ok(taken),
        Some(Err(bad)) => Err(wrong(&url, bad.refusal.to_string())),
        None => Err(wrong(&url, "holds no document".to_owned())),
    }
}
