//! Lists on the wire.

use serde::Serialize;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Id of its last item, after which the next page begins; none on the last page.
    pub next: Option<String>,
}

/// Error for a page that is asked for after an item that is not in the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no item of the list has the id `{0}`")]
pub struct NotListed(pub String);

impl<T> Page<T> {
    /// The items that follow the one of an id, so many at most; without an id, from the first.
    ///
    /// # Errors
    /// [`NotListed`] where no item has the id.
    pub fn of(
        mut items: Vec<T>,
        id: impl Fn(&T) -> &str,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<T>, NotListed> {
        if let Some(after) = after {
            let at = items.iter().position(|item| id(item) == after).ok_or_else(|| NotListed(after.to_owned()))?;
            items.drain(..=at);
        }
        let limit = limit.unwrap_or(usize::MAX).max(1);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|item| id(item).to_owned());
        Ok(Page { items, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(after: Option<&str>, limit: Option<usize>) -> Result<Page<&'static str>, NotListed> {
        Page::of(vec!["a", "b", "c"], |item| item, after, limit)
    }

    #[test]
    fn a_page_after_nothing_known_is_an_error() {
        assert_eq!(page(Some("x"), None), Err(NotListed("x".to_owned())));
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let first = page(None, Some(2)).unwrap();
        assert_eq!((first.items, first.next.as_deref()), (vec!["a", "b"], Some("b")));
        let last = page(Some("b"), Some(2)).unwrap();
        assert_eq!((last.items, last.next), (vec!["c"], None));
        assert_eq!(page(Some("c"), None).unwrap().items, Vec::<&str>::new());
    }
}
