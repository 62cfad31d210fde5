//! HTML to plain text: a blank line between blocks, one space for any white space, no words of scripts.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{Html, Node};

/// Elements that stand apart from what is around them.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];
/// Elements whose content nobody reads.
const UNREAD: &[&str] = &[
    "head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "select", "button", "title",
];

/// The words of some HTML, blocks parted by blank lines.
pub(crate) fn words(html: &str) -> String {
    words_of(Html::parse_document(html).tree.root())
}

/// The words within a node. The walk keeps no stack: depth costs nothing.
pub(super) fn words_of(root: NodeRef<'_, Node>) -> String {
    let mut flow = Flow::default();
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) => flow.open(node.value()),
            Edge::Close(node) => flow.close(node.value()),
        }
    }
    flow.text
}

/// Words that stand on one line, such as a title: markup and entities in it are read as such, white space is one space.
pub(crate) fn line(raw: &str) -> String {
    let words = if raw.contains(['<', '&']) { words(raw) } else { raw.to_owned() };
    let clean = words.split(|c: char| c.is_whitespace() || c.is_control());
    clean.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// White space that is due before the next word.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Blank,
}

#[derive(Default)]
struct Flow {
    text: String,
    due: Gap,
    /// Open elements in which line ends count.
    kept: usize,
    /// Open elements whose content is passed over.
    unread: usize,
}

impl Flow {
    fn open(&mut self, node: &Node) {
        match node {
            Node::Text(_) if self.unread > 0 => {}
            Node::Text(words) if self.kept > 0 => self.verbatim(words),
            Node::Text(words) => self.running(words),
            Node::Element(element) => {
                let name = element.name();
                self.kept += usize::from(name == "pre");
                self.unread += usize::from(UNREAD.contains(&name));
                self.part(name);
            }
            _ => {}
        }
    }

    fn close(&mut self, node: &Node) {
        if let Node::Element(element) = node {
            let name = element.name();
            self.kept -= usize::from(name == "pre");
            self.unread -= usize::from(UNREAD.contains(&name));
            self.part(name);
        }
    }

    fn part(&mut self, name: &str) {
        self.due = self.due.max(match name {
            "br" | "tr" => Gap::Line,
            "td" | "th" => Gap::Space,
            _ if BLOCKS.contains(&name) => Gap::Blank,
            _ => Gap::None,
        });
    }

    fn running(&mut self, words: &str) {
        let space = |c: char| c.is_whitespace() && c != '\u{a0}';
        for (i, word) in words.split(space).enumerate() {
            if i > 0 {
                self.due = self.due.max(Gap::Space);
            }
            self.word(word);
        }
    }

    fn verbatim(&mut self, words: &str) {
        for (i, line) in words.split('\n').enumerate() {
            if i > 0 && self.due < Gap::Blank {
                self.due = if self.due == Gap::Line { Gap::Blank } else { Gap::Line };
            }
            self.word(line.trim_end());
        }
    }

    fn word(&mut self, word: &str) {
        let word = word.trim_matches(|c: char| c.is_control());
        if word.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(match self.due {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Blank => "\n\n",
            });
        }
        self.due = Gap::None;
        self.text.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_styles_are_no_words() {
        assert_eq!(words("<style>p{}</style><p>a</p><script>b()</script><template>c</template>"), "a");
    }

    #[test]
    fn blocks_are_parted_by_a_blank_line_and_lines_by_a_line_end() {
        assert_eq!(words("<div><p>a  b\n<i>c</i>d</p>\n<ul><li>e<li>f</ul>g<br>h</div>"), "a b cd\n\ne\n\nf\n\ng\nh");
        assert_eq!(words("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), "a b\nc");
        assert_eq!(words("<pre>a\n b\n\nc</pre>"), "a\n b\n\nc");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("  Shells\n fall &amp; stop  "), "Shells fall & stop");
        assert_eq!(line("<script>alert(1)</script>Quiet <b>day</b>"), "Quiet day");
        assert_eq!(line("a\u{0}b\u{202e}c"), "a b\u{202e}c");
    }
}
