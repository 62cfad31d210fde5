//! What forms send.

use axum::extract::{Form, FromRequest, Multipart, Request};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::Refusal;

/// The fields of a form, in the order in which they were sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(pub(crate) Vec<(String, String)>);

impl Fields {
    /// The value of a field, without blanks round it; empty where it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    /// All values of a field that was sent more than once, without empty ones.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let of_it = self.0.iter().filter(|(n, v)| n == name && !v.trim().is_empty());
        of_it.map(|(_, v)| v.trim().to_owned()).collect()
    }

    /// The lines of a field, without empty ones.
    pub(crate) fn lines(&self, name: &str) -> Vec<String> {
        self.get(name).lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
    }

    /// Whether a box was ticked.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// The number in a field.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Result<T, Refusal> {
        let value = self.get(name);
        value.parse().map_err(|_| Refusal::wrong(format!("{name}: `{value}` is no number that fits")))
    }

    /// The page to go back to: one of this room, or else the given one.
    pub(crate) fn back(&self, otherwise: &str) -> String {
        own_path(self.get("back")).unwrap_or(otherwise).to_owned()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Fields, Refusal> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        form.map(|Form(fields)| Fields(fields)).map_err(|e| Refusal::wrong(format!("the form cannot be read: {e}")))
    }
}

/// A file that was sent: the field, its name, its bytes.
pub(crate) type Upload = (String, String, Vec<u8>);

/// The fields and files of a form that takes files.
pub(crate) async fn uploaded(mut parts: Multipart) -> Result<(Fields, Vec<Upload>), Refusal> {
    let wrong = |e: axum::extract::multipart::MultipartError| Refusal::wrong(format!("the upload cannot be read: {e}"));
    let (mut fields, mut files) = (Fields::default(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(wrong)? {
        let (name, file) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
        let bytes = part.bytes().await.map_err(wrong)?;
        match file {
            // A form sends its field for files without a name where none was chosen.
            Some(file) if file.is_empty() && bytes.is_empty() => {}
            Some(file) => files.push((name, file, bytes.to_vec())),
            None => fields.0.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok((fields, files))
}

/// A path within this room; none for anything that could lead elsewhere.
pub(crate) fn own_path(path: &str) -> Option<&str> {
    let plain = path.chars().all(|c| !c.is_control() && c != '\\' && c.is_ascii());
    (plain && path.starts_with('/') && !path.starts_with("//")).then_some(path)
}

/// Back to a page, which tells of the entry that was made.
pub(crate) fn done(back: &str, entry: u64) -> Redirect {
    let (path, mark) = back.split_once('#').map_or((back, String::new()), |(path, mark)| (path, format!("#{mark}")));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && !p.starts_with("done=")).collect();
    let query: String = kept.iter().map(|p| format!("{p}&")).collect();
    Redirect::to(&format!("{path}?{query}done={entry}{mark}"))
}

/// An answer that sets a cookie, or takes it away where there is no value.
pub(crate) fn with_cookie(
    answer: impl IntoResponse,
    name: &str,
    value: Option<&str>,
    is_secure: bool,
) -> Result<Response, Refusal> {
    let secure = if is_secure { "; Secure" } else { "" };
    let end = if value.is_none() { "; Max-Age=0" } else { "" };
    let words = format!("{name}={}; Path=/; HttpOnly; SameSite=Lax{secure}{end}", value.unwrap_or_default());
    let words = HeaderValue::from_str(&words).map_err(|e| Refusal::broken(e.to_string()))?;
    let mut response = answer.into_response();
    response.headers_mut().append(header::SET_COOKIE, words);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_of_the_room() {
        for path in ["", "https://example.org", "//example.org", "/\\example.org", "javascript:alert(1)", "/a\r\nb"] {
            assert_eq!(own_path(path), None, "{path}");
        }
        assert_eq!(own_path("/incidents?type=shelling"), Some("/incidents?type=shelling"));
    }

    #[test]
    fn what_was_done_is_told_where_one_comes_from() {
        let to = |back| done(back, 7).into_response().headers()[header::LOCATION].to_str().unwrap().to_owned();
        assert_eq!(to("/documents/a?done=3#claim-b"), "/documents/a?done=7#claim-b");
        assert_eq!(to("/incidents/i-1?days=all"), "/incidents/i-1?days=all&done=7");
    }
}
