//! Which language a text is in, so that what is not English is not read as English.

use whatlang::{Lang, Script};

/// Bytes at the start of a text that are looked at.
const SAMPLE: usize = 1 << 16;
/// Letters under which nothing is said of a text in Latin script.
const LETTERS: usize = 60;
/// Words of English grammar; running English has one in three or four of these.
const GRAMMAR: &[&str] = &[
    "the", "of", "and", "to", "in", "a", "that", "is", "was", "were", "on", "for", "with", "by", "from", "at", "said",
    "has", "have", "had", "its", "their", "it", "he", "she", "they", "not", "be", "been", "are", "an", "as",
];
/// A text with at least one such word in so many is English, whatever its names look like.
const GRAMMAR_SHARE: usize = 8;

/// What the text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Another language or script, by its English name.
    Other(&'static str),
    /// Too short or too mixed to tell.
    Unclear,
}

/// Tells the language of a text by its script, its grammatical words and its trigrams.
#[must_use]
pub fn language(text: &str) -> Language {
    let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
    if is_english(sample) {
        return Language::English;
    }
    let Some(found) = whatlang::detect(sample) else { return Language::Unclear };
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    match (found.script(), found.lang()) {
        (Script::Latin, Lang::Eng) => Language::English,
        (Script::Latin, _) if !found.is_reliable() || letters < LETTERS => Language::Unclear,
        (Script::Latin, lang) => Language::Other(lang.eng_name()),
        (_, lang) if found.is_reliable() => Language::Other(lang.eng_name()),
        (script, _) => Language::Other(name_of(script)),
    }
}

fn is_english(sample: &str) -> bool {
    let (mut words, mut grammar) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        words += 1;
        grammar += usize::from(GRAMMAR.iter().any(|g| word.eq_ignore_ascii_case(g)));
    }
    words >= GRAMMAR_SHARE && grammar * GRAMMAR_SHARE >= words
}

fn name_of(script: Script) -> &'static str {
    match script {
        Script::Arabic => "Arabic script",
        Script::Armenian => "Armenian script",
        Script::Cyrillic => "Cyrillic script",
        Script::Georgian => "Georgian script",
        Script::Hebrew => "Hebrew script",
        Script::Devanagari => "Devanagari script",
        Script::Mandarin => "Chinese script",
        _ => "a script other than Latin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_with_foreign_names_is_english() {
        let names = "Şuşa, Ağdam və Füzuli are among the districts that the ministry named; shells fell on \
                     Hünərli and on Çəmənli, it said, and villagers have left for Kəlbəcər.";
        assert_eq!(language(names), Language::English);
        let headline = "Prishtina: Kosovo police arrest five in Mitrovica";
        assert!(matches!(language(headline), Language::English | Language::Unclear));
    }

    #[test]
    fn other_languages_are_named() {
        let named = |text| match language(text) {
            Language::Other(name) => name,
            other => panic!("{other:?}"),
        };
        let german = "Das Ministerium teilte mit, dass in der Nacht mehrere Granaten auf das Dorf gefallen seien, wobei niemand verletzt wurde.";
        assert_eq!(named(german), "German");
        let french = "Le ministère a déclaré que des obus étaient tombés sur le village pendant la nuit, sans faire de victimes.";
        assert_eq!(named(french), "French");
        let arabic = "قالت الوزارة إن قذائف سقطت على القرية خلال الليل ولم يصب أحد بأذى. وأضافت أن السكان أمضوا الليل في الأقبية ثم عادوا إلى بيوتهم في الصباح.";
        assert_eq!(named(arabic), "Arabic");
        assert_eq!(named("פגזים נפלו על הכפר במהלך הלילה ואיש לא נפגע, מסר המשרד."), "Hebrew");
    }

    #[test]
    fn next_to_nothing_is_unclear() {
        assert_eq!(language(""), Language::Unclear);
        assert_eq!(language("123 :: ---"), Language::Unclear);
        assert!(matches!(language("Rivna, 4 marzo"), Language::Unclear | Language::English));
    }
}
