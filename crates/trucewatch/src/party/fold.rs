//! Spellings made comparable: lower case, no accents, no dots.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word in lower case with letters and digits only; accents are dropped, so that `Pashinián` meets `Pashinian`.
#[must_use]
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(plain).collect()
}

/// Letters that no decomposition reduces, as the Latin spellings of names use them.
fn plain(c: char) -> impl Iterator<Item = char> {
    let c = match c {
        'ı' | 'İ' => 'i',
        'ə' | 'Ə' => 'e',
        'ø' | 'Ø' => 'o',
        'ł' | 'Ł' => 'l',
        'đ' | 'Đ' => 'd',
        c => c,
    };
    c.is_alphanumeric().then_some(c).into_iter().flat_map(char::to_lowercase)
}

/// The folded words of a name: cut at white space and hyphens, empty ones left out.
pub(super) fn fold_words(name: &str) -> Vec<String> {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/'))
        .map(fold)
        .filter(|w| !w.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_words_stay_different() {
        assert_ne!(fold("Vesk"), fold("Vesko"));
    }

    #[test]
    fn spellings_meet() {
        assert_eq!(fold("Pashinián"), fold("pashinian"));
        assert_eq!(fold("U.S."), "us");
        assert_eq!(fold("Əliyev"), "eliyev");
        assert_eq!(fold_words("al-Nusra  Front"), ["al", "nusra", "front"]);
    }
}
