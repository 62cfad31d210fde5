//! Bounds the depth of HTML before it is parsed: parsers take time that grows with the square of the depth.

/// Elements that hold nothing, or that the next of their kind closes: unclosed ones are common and do not nest.
const FLAT: &[&str] = &[
    "a", "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link",
    "meta", "option", "p", "param", "source", "td", "th", "tr", "track", "wbr",
];
/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "noscript"];

/// The HTML with no more than `depth` open elements within one another, and whether anything was taken away for it.
pub(super) fn flatten(html: String, depth: usize) -> (String, bool) {
    let mut scan = Scan { html: &html, at: 0, open: 0, depth, kept: None };
    while scan.step() {}
    match scan.kept {
        Some((mut kept, from)) => {
            kept.push_str(html.get(from..).unwrap_or_default());
            (kept, true)
        }
        None => (html, false),
    }
}

struct Scan<'a> {
    html: &'a str,
    at: usize,
    open: usize,
    depth: usize,
    /// What is kept once something was left out, and up to where it was copied.
    kept: Option<(String, usize)>,
}

impl Scan<'_> {
    /// Goes past the next tag; `false` at the end.
    fn step(&mut self) -> bool {
        let Some(found) = self.rest().find('<') else { return false };
        let start = self.at + found;
        self.at = start + 1;
        let rest = self.rest();
        if rest.starts_with("!--") {
            self.pass("-->");
        } else if let Some(name) = rest.strip_prefix('/').map(name) {
            let known = !name.is_empty() && !FLAT.contains(&name.as_str());
            self.pass(">");
            if known {
                self.close(start);
            }
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = name(rest);
            self.pass(">");
            self.enter(start, &name);
        }
        true
    }

    fn enter(&mut self, start: usize, name: &str) {
        if RAW.contains(&name) {
            self.pass_raw(name);
        } else if !FLAT.contains(&name) {
            self.open += 1;
            if self.open > self.depth {
                self.drop_from(start);
            }
        }
    }

    fn close(&mut self, start: usize) {
        if self.open > self.depth {
            self.drop_from(start);
        }
        self.open = self.open.saturating_sub(1);
    }

    /// Leaves out what lies between `start` and here; a space stands in for it.
    fn drop_from(&mut self, start: usize) {
        let html = self.html;
        let (kept, from) = self.kept.get_or_insert_with(|| (String::with_capacity(html.len()), 0));
        kept.push_str(html.get(*from..start).unwrap_or_default());
        kept.push(' ');
        *from = self.at;
    }

    fn rest(&self) -> &str {
        self.html.get(self.at..).unwrap_or_default()
    }

    fn pass(&mut self, end: &str) {
        self.at = self.rest().find(end).map_or(self.html.len(), |i| self.at + i + end.len());
    }

    /// Goes to the end tag of an element whose content is no markup.
    fn pass_raw(&mut self, of: &str) {
        while let Some(found) = self.rest().find("</") {
            self.at += found + 2;
            if name(self.rest()) == of {
                return self.pass(">");
            }
        }
        self.at = self.html.len();
    }
}

/// The name of the tag that begins here, in lower case.
fn name(rest: &str) -> String {
    rest.chars().take_while(char::is_ascii_alphanumeric).take(16).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(html: &str, depth: usize) -> (String, bool) {
        flatten(html.to_owned(), depth)
    }

    #[test]
    fn what_is_shallow_stays_as_it_is() {
        let html = "<div><p>a<p>b<p>c<br><ul><li>d<li>e</ul></div><script>if (a<b) '<div><div><div>'</script><!-- <div><div> -->";
        assert_eq!(flat(html, 2), (html.to_owned(), false));
    }

    #[test]
    fn deeper_tags_go_and_their_words_stay() {
        let (kept, deep) = flat("<div><div><b>x</b></div>y</div>z", 1);
        assert!(deep);
        assert_eq!(kept, "<div>  x  y</div>z");
    }

    #[test]
    fn unclosed_things_end_with_the_text() {
        for html in ["<", "<!--", "<script>", "<div", "</", "<script></scrip", "<é"] {
            assert_eq!(flat(html, 1), (html.to_owned(), false));
        }
    }
}
