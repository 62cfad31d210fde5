//! Python's regular expressions in Rust, and what can be proved of them.

use fancy_regex::{Expr, LookAround, Regex, RegexBuilder};

use crate::load::Malformed;

/// Steps that one match may take before it counts as no match.
const STEPS: usize = 5_000_000;

/// Compiles a pattern of Python's `re`.
pub(crate) fn compile(pattern: &str) -> Result<Regex, Malformed> {
    let built = RegexBuilder::new(&translate(pattern)).backtrack_limit(STEPS).build();
    built.map_err(|e| Malformed::new(format!("pattern: {e}")))
}

/// Rewrites a pattern of Python's `re` for fancy-regex.
///
/// Python takes `[`, `&` and `~` inside a class as characters; in Rust they nest, intersect, subtract. `\'` and `\"`
/// are escapes that Rust does not have.
pub(crate) fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut chars = pattern.chars().peekable();
    let mut class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => escape(chars.next(), &mut out),
            '[' if !class => {
                class = true;
                out.push(c);
                out.extend(chars.next_if_eq(&'^'));
                if chars.next_if_eq(&']').is_some() {
                    out.push_str("\\]"); // a class can begin with a literal bracket
                }
            }
            ']' if class => {
                class = false;
                out.push(c);
            }
            '[' | '&' | '~' if class => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

fn escape(next: Option<char>, out: &mut String) {
    match next {
        Some(quote @ ('\'' | '"')) => out.push(quote),
        Some(other) => out.extend(['\\', other]),
        None => out.push('\\'),
    }
}

/// What is known of a pattern by looking at its syntax tree.
pub(crate) struct Analysis {
    tree: Option<Expr>,
}

impl Analysis {
    pub(crate) fn new(pattern: &str) -> Self {
        Analysis { tree: Expr::parse_tree(&translate(pattern)).ok().map(|t| t.expr) }
    }

    /// Whether the pattern might match somewhere in a text that has no other characters than these.
    /// `false` is certain, `true` is not.
    pub(crate) fn may_match_within(&self, alphabet: &str) -> bool {
        self.tree.as_ref().is_none_or(|tree| may_match_within(tree, alphabet))
    }

    /// The ASCII characters that a match may begin with.
    pub(crate) fn first_chars(&self) -> AsciiSet {
        self.tree.as_ref().map_or(AsciiSet::ALL, |tree| edge(tree, End::First).0)
    }

    /// The ASCII characters that a match may end with.
    pub(crate) fn last_chars(&self) -> AsciiSet {
        self.tree.as_ref().map_or(AsciiSet::ALL, |tree| edge(tree, End::Last).0)
    }

    /// The longest match in characters, where a run of one character repeated without end counts by its least length.
    /// None where a match has no such bound.
    pub(crate) fn reach(&self) -> Option<usize> {
        match self.tree.as_ref()? {
            Expr::Alt(branches) => branches.iter().map(branch_reach).try_fold(0, |most, reach| Some(most.max(reach?))),
            whole => branch_reach(whole),
        }
    }
}

/// A set of ASCII characters, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AsciiSet(u128);

impl AsciiSet {
    const NONE: Self = AsciiSet(0);
    const ALL: Self = AsciiSet(u128::MAX);

    fn of(chars: impl Iterator<Item = char>) -> Self {
        AsciiSet(chars.filter(char::is_ascii).fold(0, |set, c| set | 1 << u32::from(c)))
    }

    fn or(self, other: Self) -> Self {
        AsciiSet(self.0 | other.0)
    }

    /// Whether a byte is in the set; those beyond ASCII count as in it.
    pub(crate) fn may_have(self, byte: u8) -> bool {
        !byte.is_ascii() || self.0 >> byte & 1 == 1
    }
}

/// One end of a match.
#[derive(Debug, Clone, Copy)]
enum End {
    First,
    Last,
}

/// The ASCII characters that a match may begin or end with, and whether a match may be empty.
fn edge(expr: &Expr, end: End) -> (AsciiSet, bool) {
    match expr {
        Expr::Empty | Expr::Assertion(_) | Expr::LookAround(..) => (AsciiSet::NONE, true),
        Expr::Literal { val, casei: false } => {
            let c = match end {
                End::First => val.chars().next(),
                End::Last => val.chars().next_back(),
            };
            (AsciiSet::of(c.into_iter()), c.is_none())
        }
        Expr::Delegate { inner, casei: false } => (class_members(inner), false),
        Expr::Group(inner) => edge(inner, end),
        Expr::Repeat { child, lo, .. } => {
            let (set, empty) = edge(child, end);
            (set, empty || *lo == 0)
        }
        Expr::Alt(branches) => branches.iter().fold((AsciiSet::NONE, false), |(set, empty), branch| {
            let (more, nothing) = edge(branch, end);
            (set.or(more), empty || nothing)
        }),
        Expr::Concat(parts) => edge_of_sequence(parts, end),
        _ => (AsciiSet::ALL, true),
    }
}

fn edge_of_sequence(parts: &[Expr], end: End) -> (AsciiSet, bool) {
    let mut set = AsciiSet::NONE;
    for at in 0..parts.len() {
        let part = match end {
            End::First => &parts[at],
            End::Last => &parts[parts.len() - 1 - at],
        };
        let (more, empty) = edge(part, end);
        set = set.or(more);
        if !empty {
            return (set, false);
        }
    }
    (set, true)
}

/// The ASCII characters of a class.
fn class_members(class: &str) -> AsciiSet {
    let Ok(regex) = Regex::new(class) else { return AsciiSet::ALL };
    let is_member = |c: &char| regex.is_match(c.encode_utf8(&mut [0; 4])).unwrap_or(true);
    AsciiSet::of(('\0'..='\x7f').filter(is_member))
}

fn may_match_within(expr: &Expr, alphabet: &str) -> bool {
    match expr {
        Expr::Literal { val, casei: false } => val.chars().all(|c| alphabet.contains(c)),
        Expr::Concat(parts) => parts.iter().all(|p| may_match_within(p, alphabet)),
        Expr::Alt(branches) => branches.iter().any(|b| may_match_within(b, alphabet)),
        Expr::Group(inner) => may_match_within(inner, alphabet),
        Expr::AtomicGroup(inner) | Expr::LookAround(inner, LookAround::LookAhead | LookAround::LookBehind) => {
            may_match_within(inner, alphabet)
        }
        Expr::Repeat { child, lo, .. } => *lo == 0 || may_match_within(child, alphabet),
        Expr::Delegate { inner, casei: false } => class_meets(inner, alphabet),
        _ => true,
    }
}

/// Whether a class of characters has one of the alphabet.
fn class_meets(class: &str, alphabet: &str) -> bool {
    Regex::new(class).map_or(true, |regex| regex.is_match(alphabet).unwrap_or(true))
}

fn branch_reach(branch: &Expr) -> Option<usize> {
    longest(branch).or_else(|| run_of_one_char(branch))
}

/// The longest match in characters.
fn longest(expr: &Expr) -> Option<usize> {
    match expr {
        Expr::Empty | Expr::Assertion(_) => Some(0),
        Expr::Any { .. } | Expr::Delegate { .. } => Some(1),
        Expr::Literal { val, .. } => Some(val.chars().count()),
        Expr::Concat(parts) => parts.iter().map(longest).sum(),
        Expr::Alt(branches) => branches.iter().map(longest).try_fold(0, |most, reach| Some(most.max(reach?))),
        Expr::Group(inner) => longest(inner),
        // What is looked at must lie in the window too.
        Expr::LookAround(inner, _) => longest(inner),
        Expr::Repeat { child, hi, .. } if *hi < usize::MAX => longest(child)?.checked_mul(*hi),
        _ => None,
    }
}

/// The least length of a branch such as `\.\.+`, where everything consumed is one and the same character.
fn run_of_one_char(branch: &Expr) -> Option<usize> {
    let Expr::Concat(parts) = branch else { return None };
    let (mut found, mut least) = (None, 0);
    for part in parts {
        let (literal, times) = match part {
            Expr::Assertion(_) => continue,
            Expr::Literal { val, casei: false } => (val, 1),
            Expr::Repeat { child, lo, .. } => match &**child {
                Expr::Literal { val, casei: false } => (val, *lo),
                _ => return None,
            },
            _ => return None,
        };
        let first = literal.chars().next()?;
        if !literal.chars().all(|c| c == first) || *found.get_or_insert(first) != first {
            return None;
        }
        least += literal.chars().count() * times;
    }
    Some(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_as_python_reads_them() {
        assert_eq!(translate(r"[[&~a]"), r"[\[\&\~a]");
        assert_eq!(translate(r"^[^]x]|\'|\["), r"^[^\]x]|'|\[");
        assert!(compile(r"[:<>=/](?=[a-z])").unwrap().is_match("a:b").unwrap());
    }

    #[test]
    fn a_pattern_that_does_not_compile_is_an_error() {
        assert!(compile("(").is_err());
    }

    #[test]
    fn a_match_within_letters_is_refuted_only_where_it_is_impossible() {
        let may = |pattern: &str| Analysis::new(pattern).may_match_within("abc");
        assert!(!may(r"\.\.+|…|'s$|(?<=[0-9])(?:a|b)$|(?<=[a-c])-(?=[a-c])"));
        assert!(may("a") && may("[a-z]") && may("(?<![0-9])a") && may("x*") && may("x|b"));
        assert!(!may("[^abc]") && !may("d") && !may(r"\S,"));
    }

    #[test]
    fn edges_are_what_a_match_can_begin_or_end_with() {
        let set = |chars: &str| AsciiSet::of(chars.chars());
        let pattern = Analysis::new(r"^US\$|^[+é](?![0-9])|(?<=[0-9])(?:km|m)$|x?y");
        assert_eq!((pattern.first_chars(), pattern.last_chars()), (set("U+kmxy"), set("$+my")));
        assert!(set("a").may_have(b'a') && !set("a").may_have(b'b') && set("").may_have(0xc3));
        assert_eq!(Analysis::new("(").first_chars(), AsciiSet::ALL, "nothing is known of a broken pattern");
    }

    #[test]
    fn reach_counts_characters() {
        assert_eq!(Analysis::new(r"^\$|^US\$|^\.\.+|^(?:km|кПа)(?![0-9])").reach(), Some(4));
        assert_eq!(Analysis::new("a+b").reach(), None);
        assert_eq!(Analysis::new("[ab]+").reach(), None);
    }
}
