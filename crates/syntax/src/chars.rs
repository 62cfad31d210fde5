//! Python's character classes, as `str.isspace`, `str.isalpha`, `str.isdigit` have them.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// `str.isspace`: Unicode white space, and the four ASCII separators that Rust leaves out.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// `str.isalpha`: general category L*. Rust's `is_alphabetic` has marks and letter numbers too.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { c.general_category_group() == GeneralCategoryGroup::Letter }
}

/// `str.isdigit`: decimal digits, and what Unicode calls `Numeric_Type=Digit` (superscripts, circled digits …).
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    c.general_category() == GeneralCategory::DecimalNumber || OTHER_DIGITS.iter().any(|&(a, z)| (a..=z).contains(&c))
}

/// `Numeric_Type=Digit` of Unicode 14.
const OTHER_DIGITS: &[(char, char)] = &[
    ('\u{b2}', '\u{b3}'),
    ('\u{b9}', '\u{b9}'),
    ('\u{1369}', '\u{1371}'),
    ('\u{19da}', '\u{19da}'),
    ('\u{2070}', '\u{2070}'),
    ('\u{2074}', '\u{2079}'),
    ('\u{2080}', '\u{2089}'),
    ('\u{2460}', '\u{2468}'),
    ('\u{2474}', '\u{247c}'),
    ('\u{2488}', '\u{2490}'),
    ('\u{24ea}', '\u{24ea}'),
    ('\u{24f5}', '\u{24fd}'),
    ('\u{24ff}', '\u{24ff}'),
    ('\u{2776}', '\u{277e}'),
    ('\u{2780}', '\u{2788}'),
    ('\u{278a}', '\u{2792}'),
    ('\u{10a40}', '\u{10a43}'),
    ('\u{10e60}', '\u{10e68}'),
    ('\u{11052}', '\u{1105a}'),
    ('\u{1f100}', '\u{1f10a}'),
];

/// The word's shape: letters as `X` or `x`, digits as `d`, a run of one sort cut at four; `LONG` from 100 characters on.
pub(crate) fn shape(word: &str) -> String {
    if word.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::new();
    let (mut last, mut run) = (None, 0);
    for sort in word.chars().map(sort) {
        run = if last == Some(sort) { run + 1 } else { 1 };
        last = Some(sort);
        if run <= 4 {
            shape.push(sort);
        }
    }
    shape
}

fn sort(c: char) -> char {
    if is_alpha(c) {
        if c.is_uppercase() { 'X' } else { 'x' }
    } else if is_digit(c) {
        'd'
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_not_marks_or_numerals() {
        assert!(!is_alpha('\u{301}') && !is_alpha('Ⅷ') && !is_alpha('ⓐ') && !is_alpha('7'));
        assert!(is_alpha('é') && is_alpha('ж') && is_alpha('文') && is_alpha('ª'));
    }

    #[test]
    fn digits_are_not_fractions() {
        assert!(!is_digit('½') && !is_digit('Ⅳ') && !is_digit('㊿'));
        assert!(is_digit('7') && is_digit('٣') && is_digit('²') && is_digit('①'));
    }

    #[test]
    fn spaces_are_pythons() {
        assert!(!is_space('\u{200b}') && !is_space('\u{feff}'));
        assert!(is_space('\x1c') && is_space('\u{85}') && is_space('\u{a0}') && is_space('\u{2028}'));
    }

    #[test]
    fn shapes_cut_runs_at_four() {
        assert_eq!(shape("Gyumri"), "Xxxxx");
        assert_eq!(shape("12:30GMT+4"), "dd:ddXXX+d");
        assert_eq!(shape("!!!!!!"), "!!!!");
        assert_eq!(shape(""), "");
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }
}
