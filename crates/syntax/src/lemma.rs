//! The rule lemmatizer: exceptions, suffix rules checked against a list of words, and what is already a base form.

use std::sync::Arc;

use rmpv::Value;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::chars::is_alpha;
use crate::labels::Pos;
use crate::load::msgpack::{decode, field, list, pairs, text, texts};
use crate::load::{LoadError, Malformed, Package};
use crate::strings::StringIds;

/// Tables by part of speech.
pub(crate) struct Lemmatizer {
    tables: FxHashMap<Pos, Table>,
}

#[derive(Default)]
struct Table {
    /// Suffixes and what replaces them.
    rules: Vec<(String, String)>,
    exceptions: FxHashMap<String, Vec<String>>,
    /// Base forms known of the part of speech.
    words: FxHashSet<Box<str>>,
}

impl Lemmatizer {
    pub(crate) fn load(package: &Package, ids: &StringIds) -> Result<Self, LoadError> {
        package.read("lemmatizer/lookups/lookups.bin", |bytes| {
            let file = decode(bytes)?;
            let (rules, exceptions, words) =
                (field(&file, "lemma_rules")?, field(&file, "lemma_exc")?, field(&file, "lemma_index")?);
            let mut tables = FxHashMap::default();
            for pos in Pos::ALL.iter().copied().filter(|&pos| !matches!(pos, Pos::Unset | Pos::Space)) {
                let id = ids.id(&pos.as_str().to_lowercase());
                let parts = [rules, exceptions, words].map(|table| entry(table, id));
                if parts.iter().any(Option::is_some) {
                    tables.insert(pos, Table::parse(parts)?);
                }
            }
            Ok(Lemmatizer { tables })
        })
    }

    /// The base form of a word.
    pub(crate) fn lemma(&self, word: &Arc<str>, lower: &Arc<str>, pos: Pos, morph: &str) -> Arc<str> {
        if matches!(pos, Pos::Unset | Pos::Space) || is_base_form(pos, morph) {
            return Arc::clone(lower);
        }
        match self.tables.get(&pos) {
            Some(table) => table.lemma(lower).map_or_else(|| Arc::clone(word), Into::into),
            None if pos == Pos::Propn => Arc::clone(word),
            None => Arc::clone(lower),
        }
    }
}

/// The value of a string id in a table.
fn entry(table: &Value, id: u64) -> Option<&Value> {
    table.as_map()?.iter().find(|(key, _)| key.as_u64() == Some(id)).map(|(_, value)| value)
}

impl Table {
    fn parse([rules, exceptions, words]: [Option<&Value>; 3]) -> Result<Self, Malformed> {
        let mut table = Table::default();
        for rule in rules.map_or(Ok(&[][..]), list)? {
            match texts(rule)?[..] {
                [from, to] => table.rules.push((from.to_owned(), to.to_owned())),
                _ => return Err(Malformed::new("a lemma rule that is no pair")),
            }
        }
        for (word, forms) in exceptions.map_or(Ok(&[][..]), pairs)? {
            let forms = texts(forms)?.into_iter().map(str::to_owned).collect();
            table.exceptions.insert(text(word)?.to_owned(), forms);
        }
        table.words = match words {
            Some(Value::Map(map)) => map.iter().map(|(word, _)| Ok(text(word)?.into())).collect::<Result<_, _>>()?,
            Some(words) => texts(words)?.into_iter().map(Into::into).collect(),
            None => FxHashSet::default(),
        };
        Ok(table)
    }

    /// The first form: of the exceptions the last one, then rule forms in the list of words (the last rule's first),
    /// then forms that are not all letters, then all other forms.
    fn lemma(&self, lower: &str) -> Option<String> {
        let (mut forms, unsure) = self.apply_rules(lower);
        for form in self.exceptions.get(lower).into_iter().flatten() {
            if !forms.contains(form) {
                forms.insert(0, form.clone());
            }
        }
        forms.into_iter().chain(unsure).next()
    }

    /// Forms that are in the list or not made of letters, and forms that may or may not exist.
    fn apply_rules(&self, lower: &str) -> (Vec<String>, Vec<String>) {
        let (mut sure, mut unsure) = (Vec::new(), Vec::new());
        for (from, to) in &self.rules {
            let Some(stem) = lower.strip_suffix(from.as_str()) else { continue };
            let form = format!("{stem}{to}");
            if form.is_empty() {
                continue;
            }
            if self.words.contains(form.as_str()) {
                sure.insert(0, form);
            } else if form.chars().all(is_alpha) {
                unsure.push(form);
            } else {
                sure.push(form);
            }
        }
        (sure, unsure)
    }
}

/// Whether morphology says that the word is a base form already.
fn is_base_form(pos: Pos, morph: &str) -> bool {
    let has = |name: &str, value: &str| morph.split('|').any(|f| f.split_once('=') == Some((name, value)));
    let lacks = |name: &str| !morph.split('|').any(|f| f.split_once('=').is_some_and(|(n, _)| n == name));
    (pos == Pos::Noun && has("Number", "Sing"))
        || has("VerbForm", "Inf")
        || has("VerbForm", "None")
        || has("Degree", "Pos")
        || (pos == Pos::Verb && has("VerbForm", "Fin") && has("Tense", "Pres") && lacks("Number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verbs() -> Table {
        let rules = [("s", ""), ("ies", "y"), ("ed", "e"), ("ed", ""), ("ing", "")];
        Table {
            rules: rules.map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec(),
            exceptions: FxHashMap::from_iter([("shot".to_owned(), vec!["shoot".to_owned()])]),
            words: ["deny", "fire", "withdraw"].into_iter().map(Into::into).collect(),
        }
    }

    #[test]
    fn words_of_the_list_come_before_guesses() {
        assert_eq!(verbs().lemma("fired").as_deref(), Some("fire"));
        assert_eq!(verbs().lemma("denies").as_deref(), Some("deny"));
        assert_eq!(verbs().lemma("shelled").as_deref(), Some("shelle"), "no word known: the first rule");
    }

    #[test]
    fn exceptions_win() {
        assert_eq!(verbs().lemma("shot").as_deref(), Some("shoot"));
        assert_eq!(verbs().lemma("xyz"), None);
    }

    #[test]
    fn base_forms_are_told_by_morphology() {
        assert!(!is_base_form(Pos::Noun, "Number=Plur") && !is_base_form(Pos::Propn, "Number=Sing"));
        assert!(!is_base_form(Pos::Verb, "Number=Sing|Tense=Pres|VerbForm=Fin"));
        assert!(is_base_form(Pos::Verb, "Tense=Pres|VerbForm=Fin") && is_base_form(Pos::Aux, "VerbForm=Inf"));
    }
}
