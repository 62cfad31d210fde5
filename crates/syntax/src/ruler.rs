//! The attribute ruler: patterns over tags, labels and words that set part of speech, morphology and some lemmas.

use std::sync::Arc;

use fancy_regex::Regex;
use rmpv::Value;
use rustc_hash::FxHashMap;

use crate::labels::{Dep, Pos, Tag, UnknownLabel};
use crate::load::msgpack::{decode, field, list, pairs, text, texts};
use crate::load::{LoadError, Malformed, Package};

/// The rules, and which of them can begin at a token.
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    /// Patterns whose first word is named, by that word in lower case.
    by_word: FxHashMap<String, Vec<PatternId>>,
    /// All other patterns, by the tag of their first token (in the order of [`Tag::ALL`]).
    by_tag: Vec<Vec<PatternId>>,
    /// All values of morphology that the rules set; the first is empty.
    morphs: Vec<Arc<str>>,
}

/// A rule and one of its patterns.
type PatternId = (usize, usize);

struct Rule {
    patterns: Vec<Vec<TokenPattern>>,
    /// Which token of the match is changed, from the end where negative.
    index: isize,
    change: Change,
}

/// What a rule sets.
#[derive(Default)]
struct Change {
    tag: Option<Tag>,
    pos: Option<Pos>,
    dep: Option<Dep>,
    morph: Option<u16>,
    lemma: Option<Arc<str>>,
}

/// What one token must be.
#[derive(Default)]
struct TokenPattern {
    word: Option<Word>,
    tag: Option<Choice<Tag>>,
    dep: Option<Choice<Dep>>,
    is_space: Option<bool>,
}

enum Word {
    Among(Vec<String>),
    NotAmong(Vec<String>),
    Matches(Regex),
}

enum Choice<T> {
    Among(Vec<T>),
    NotAmong(Vec<T>),
}

/// A document as the ruler reads and changes it.
pub(crate) struct Annotations<'a> {
    /// Words in lower case.
    pub(crate) words: Vec<&'a str>,
    pub(crate) is_space: &'a [bool],
    pub(crate) tags: Vec<Tag>,
    pub(crate) deps: Vec<Dep>,
    pub(crate) pos: Vec<Pos>,
    /// Numbers of morphologies, see [`Ruler::morph`].
    pub(crate) morphs: Vec<u16>,
    /// Lemmas that a rule names.
    pub(crate) lemmas: Vec<Option<Arc<str>>>,
}

impl Ruler {
    pub(crate) fn load(package: &Package) -> Result<Self, LoadError> {
        package.read("attribute_ruler/patterns", |bytes| Self::parse(&decode(bytes)?))
    }

    fn parse(file: &Value) -> Result<Self, Malformed> {
        let mut ruler = Ruler {
            rules: Vec::new(),
            by_word: FxHashMap::default(),
            by_tag: vec![Vec::new(); Tag::ALL.len()],
            morphs: vec!["".into()],
        };
        for (number, rule) in list(file)?.iter().enumerate() {
            let rule = ruler.parse_rule(rule).map_err(|e| Malformed::new(format!("rule {number}: {e}")))?;
            for (at, pattern) in rule.patterns.iter().enumerate() {
                ruler.index((number, at), &pattern[0]);
            }
            ruler.rules.push(rule);
        }
        Ok(ruler)
    }

    fn parse_rule(&mut self, rule: &Value) -> Result<Rule, Malformed> {
        let tokens = |p: &Value| list(p)?.iter().map(TokenPattern::parse).collect::<Result<Vec<_>, _>>();
        let patterns: Vec<Vec<_>> = list(field(rule, "patterns")?)?.iter().map(tokens).collect::<Result<_, _>>()?;
        let index = field(rule, "index")?.as_i64().unwrap_or(i64::MAX) as isize;
        if patterns.iter().any(|p| p.is_empty() || place(index, p.len()).is_none()) {
            return Err(Malformed::new("an empty pattern, or none at the index"));
        }
        let mut change = Change::default();
        for (attribute, value) in pairs(field(rule, "attrs")?)? {
            self.parse_change(&mut change, text(attribute)?, text(value)?)?;
        }
        Ok(Rule { patterns, index, change })
    }

    fn parse_change(&mut self, change: &mut Change, attribute: &str, value: &str) -> Result<(), Malformed> {
        let unknown = |e: UnknownLabel| Malformed::new(e.to_string());
        match attribute {
            "TAG" => change.tag = Some(value.parse().map_err(unknown)?),
            "POS" => change.pos = Some(value.parse().map_err(unknown)?),
            "DEP" => change.dep = Some(value.parse().map_err(unknown)?),
            "MORPH" => change.morph = Some(self.number(&sorted(value))),
            "LEMMA" => change.lemma = Some(value.into()),
            other => return Err(Malformed::new(format!("sets unknown attribute {other}"))),
        }
        Ok(())
    }

    fn number(&mut self, morph: &str) -> u16 {
        let found = self.morphs.iter().position(|m| &**m == morph);
        found.unwrap_or_else(|| {
            self.morphs.push(morph.into());
            self.morphs.len() - 1
        }) as u16
    }

    fn index(&mut self, id: PatternId, first: &TokenPattern) {
        if let Some(Word::Among(words)) = &first.word {
            for word in words {
                self.by_word.entry(word.clone()).or_default().push(id);
            }
            return;
        }
        for (tag, patterns) in Tag::ALL.iter().zip(&mut self.by_tag) {
            if first.tag.as_ref().is_none_or(|t| t.allows(*tag)) {
                patterns.push(id);
            }
        }
    }

    /// The morphology of a number.
    pub(crate) fn morph(&self, number: u16) -> &Arc<str> {
        &self.morphs[usize::from(number)]
    }

    /// Finds all matches, then makes the changes in the order of the rules; a later rule overrides.
    pub(crate) fn apply(&self, doc: &mut Annotations) {
        let mut matches = Vec::new();
        for start in 0..doc.words.len() {
            let by_word = self.by_word.get(doc.words[start]).into_iter().flatten();
            let by_tag = &self.by_tag[doc.tags[start] as usize];
            for &(rule, pattern) in by_word.chain(by_tag) {
                let pattern = &self.rules[rule].patterns[pattern];
                if doc.matches(pattern, start) {
                    matches.push((rule, start, pattern.len()));
                }
            }
        }
        matches.sort_unstable();
        for (rule, start, length) in matches {
            let rule = &self.rules[rule];
            if let Some(at) = place(rule.index, length) {
                doc.change(start + at, &rule.change);
            }
        }
    }
}

/// The token that an index means in a match of some length.
fn place(index: isize, length: usize) -> Option<usize> {
    let at = if index < 0 { length.checked_sub(index.unsigned_abs())? } else { index.unsigned_abs() };
    (at < length).then_some(at)
}

/// Features in the order that spaCy keeps; `_` for none.
fn sorted(morph: &str) -> String {
    if morph == "_" {
        return String::new();
    }
    let mut features: Vec<&str> = morph.split('|').collect();
    features.sort_by_key(|f| f.to_lowercase());
    features.join("|")
}

impl TokenPattern {
    fn parse(value: &Value) -> Result<Self, Malformed> {
        let mut pattern = TokenPattern::default();
        for (attribute, condition) in pairs(value)? {
            match text(attribute)? {
                "LOWER" => pattern.word = Some(Word::parse(condition)?),
                "TAG" => pattern.tag = Some(Choice::parse(condition)?),
                "DEP" => pattern.dep = Some(Choice::parse(condition)?),
                "IS_SPACE" => pattern.is_space = condition.as_bool(),
                other => return Err(Malformed::new(format!("asks for unknown attribute {other}"))),
            }
        }
        Ok(pattern)
    }
}

/// A condition: one string, or a map with one operator.
fn operator(condition: &Value) -> Result<(&str, &Value), Malformed> {
    match condition.as_map().map(Vec::as_slice) {
        Some([(operator, operand)]) => Ok((text(operator)?, operand)),
        Some(_) => Err(Malformed::new("a condition with more than one operator")),
        None => Ok(("==", condition)),
    }
}

impl Word {
    fn parse(condition: &Value) -> Result<Self, Malformed> {
        let owned = |v| Ok(texts(v)?.into_iter().map(str::to_owned).collect());
        match operator(condition)? {
            ("==", word) => Ok(Word::Among(vec![text(word)?.to_owned()])),
            ("IN", words) => Ok(Word::Among(owned(words)?)),
            ("NOT_IN", words) => Ok(Word::NotAmong(owned(words)?)),
            ("REGEX", pattern) => {
                let regex = Regex::new(text(pattern)?).map_err(|e| Malformed::new(format!("pattern: {e}")))?;
                Ok(Word::Matches(regex))
            }
            (other, _) => Err(Malformed::new(format!("unknown operator {other}"))),
        }
    }

    fn allows(&self, word: &str) -> bool {
        match self {
            Word::Among(words) => words.iter().any(|w| w == word),
            Word::NotAmong(words) => !words.iter().any(|w| w == word),
            Word::Matches(regex) => regex.is_match(word).unwrap_or(false),
        }
    }
}

impl<T: std::str::FromStr + PartialEq> Choice<T> {
    /// Labels that the pipeline does not have never occur, so that they drop out of either kind of list.
    fn parse(condition: &Value) -> Result<Self, Malformed> {
        let known = |v| Ok(texts(v)?.into_iter().filter_map(|t| t.parse().ok()).collect());
        match operator(condition)? {
            ("==", label) => Ok(Choice::Among(text(label)?.parse().ok().into_iter().collect())),
            ("IN", labels) => Ok(Choice::Among(known(labels)?)),
            ("NOT_IN", labels) => Ok(Choice::NotAmong(known(labels)?)),
            (other, _) => Err(Malformed::new(format!("unknown operator {other}"))),
        }
    }

    fn allows(&self, label: T) -> bool {
        match self {
            Choice::Among(labels) => labels.contains(&label),
            Choice::NotAmong(labels) => !labels.contains(&label),
        }
    }
}

impl Annotations<'_> {
    fn matches(&self, pattern: &[TokenPattern], start: usize) -> bool {
        start + pattern.len() <= self.words.len()
            && pattern.iter().zip(start..).all(|(token, at)| self.matches_token(token, at))
    }

    fn matches_token(&self, pattern: &TokenPattern, at: usize) -> bool {
        pattern.tag.as_ref().is_none_or(|t| t.allows(self.tags[at]))
            && pattern.dep.as_ref().is_none_or(|d| d.allows(self.deps[at]))
            && pattern.is_space.is_none_or(|s| s == self.is_space[at])
            && pattern.word.as_ref().is_none_or(|w| w.allows(self.words[at]))
    }

    fn change(&mut self, at: usize, change: &Change) {
        if let Some(tag) = change.tag {
            self.tags[at] = tag;
        }
        if let Some(pos) = change.pos {
            self.pos[at] = pos;
        }
        if let Some(dep) = change.dep {
            self.deps[at] = dep;
        }
        if let Some(morph) = change.morph {
            self.morphs[at] = morph;
        }
        if let Some(lemma) = &change.lemma {
            self.lemmas[at] = Some(Arc::clone(lemma));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(json: &str) -> Result<Ruler, Malformed> {
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        Ruler::parse(&convert(&json))
    }

    fn convert(json: &serde_json::Value) -> Value {
        match json {
            serde_json::Value::Array(items) => Value::Array(items.iter().map(convert).collect()),
            serde_json::Value::Object(map) => {
                Value::Map(map.iter().map(|(k, v)| (k.as_str().into(), convert(v))).collect())
            }
            serde_json::Value::String(s) => s.as_str().into(),
            serde_json::Value::Bool(b) => (*b).into(),
            other => other.as_i64().unwrap_or(0).into(),
        }
    }

    fn doc<'a>(words: &[&'a str], tags: &[Tag], is_space: &'a [bool]) -> Annotations<'a> {
        let n = words.len();
        Annotations {
            words: words.to_vec(),
            is_space,
            tags: tags.to_vec(),
            deps: vec![Dep::Root; n],
            pos: vec![Pos::Unset; n],
            morphs: vec![0; n],
            lemmas: vec![None; n],
        }
    }

    #[test]
    fn broken_rules_are_refused_with_their_number() {
        let error = rules(r#"[{"patterns": [[]], "attrs": {}, "index": 0}]"#).err().unwrap().to_string();
        assert!(error.starts_with("rule 0: "), "{error}");
        assert!(rules(r#"[{"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUNS"}, "index": 0}]"#).is_err());
        assert!(rules(r#"[{"patterns": [[{"TAG": "NN"}]], "attrs": {}, "index": 1}]"#).is_err());
        assert!(rules(r#"[{"patterns": [[{"SHAPE": "x"}]], "attrs": {}, "index": 0}]"#).is_err());
    }

    #[test]
    fn later_rules_override_and_all_match_before_any_changes() {
        let ruler = rules(
            r#"[{"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUN", "TAG": "NNP"}, "index": 0},
                {"patterns": [[{"TAG": "NNP"}]], "attrs": {"POS": "PROPN"}, "index": 0},
                {"patterns": [[{"LOWER": {"IN": ["let"]}}, {"LOWER": "'s"}]], "attrs": {"LEMMA": "us"}, "index": -1}]"#,
        )
        .unwrap();
        let mut doc = doc(&["let", "'s"], &[Tag::Nn, Tag::Prp], &[false; 2]);
        ruler.apply(&mut doc);
        assert_eq!((doc.tags[0], doc.pos[0]), (Tag::Nnp, Pos::Noun));
        assert_eq!(doc.lemmas, [None, Some("us".into())]);
    }

    #[test]
    fn features_are_sorted_without_regard_to_case() {
        assert_eq!(sorted("Tense=Past|Number=Sing"), "Number=Sing|Tense=Past");
        assert_eq!(sorted("_"), "");
    }
}
