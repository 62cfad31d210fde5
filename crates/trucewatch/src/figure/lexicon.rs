//! The words of figures: what nouns count, what befalls people, what bounds a number.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{Counted, Who};

/// What a noun counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sort {
    /// People, of whom something else says what befell them.
    People(Who),
    /// People whose name says it: prisoners, refugees, bodies.
    Fate(Counted),
    /// Things.
    Thing(Counted, Who),
    /// Kilometres in one unit.
    Length(f64),
    /// Square kilometres in one unit.
    Area(f64),
}

/// How a word says what befalls somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Saying {
    /// It befalls the verb's object, or its subject in the passive.
    Object,
    /// It befalls the verb's subject.
    Subject,
    /// An adjective or participle of the noun.
    Adjective,
    /// A noun that governs the people by "of".
    Noun,
    /// It befalls the verb's object where that is people.
    People,
}

/// What words round a number make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Floor,
    Ceiling,
    About,
}

/// What verbs say together with words.
type Pairs = FxHashMap<String, FxHashMap<String, Counted>>;

/// A phrase by its words, in the order in which they are met walking away from the number.
type Phrase = (Vec<String>, Bound);

pub(super) struct Lexicon {
    nouns: FxHashMap<String, Sort>,
    beside: FxHashMap<String, Who>,
    never: FxHashSet<String>,
    units: FxHashSet<String>,
    never_after: FxHashSet<String>,
    misleading: FxHashSet<String>,
    uniformed: FxHashSet<String>,
    /// Who those are whose name says what befell them.
    fated: FxHashMap<String, Who>,
    belonging: FxHashSet<String>,
    either: FxHashSet<String>,
    chiefly: FxHashSet<String>,
    change: FxHashSet<String>,
    directions: FxHashSet<String>,
    companions: FxHashSet<String>,
    measures: FxHashSet<String>,
    members: BTreeMap<String, u64>,
    single: FxHashSet<String>,
    single_subjects: FxHashSet<String>,
    single_things: FxHashSet<String>,
    single_never: FxHashSet<String>,
    /// What a word says, for each way of saying it.
    states: FxHashMap<String, [Option<Counted>; 5]>,
    /// What a verb says of its subject together with its object.
    light: Pairs,
    /// What a verb says of its people together with a word beside it.
    together: Pairs,
    groups: FxHashMap<String, Who>,
    before: FxHashMap<String, Vec<Phrase>>,
    after: FxHashMap<String, Vec<Phrase>>,
    between: FxHashMap<String, Vec<Phrase>>,
    floors: FxHashMap<String, f64>,
}

#[expect(clippy::unwrap_used, reason = "the files are part of the program and read by a test")]
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        toml::from_str(include_str!("nouns.toml")).unwrap(),
        toml::from_str(include_str!("states.toml")).unwrap(),
        toml::from_str(include_str!("quantifiers.toml")).unwrap(),
    )
});

#[derive(Deserialize, Default)]
#[serde(default)]
struct ByWho {
    military: Vec<String>,
    civilian: Vec<String>,
    any: Vec<String>,
}

impl ByWho {
    fn each(&self) -> impl Iterator<Item = (&String, Who)> {
        let any = self.any.iter().map(|w| (w, Who::Any));
        let civilian = self.civilian.iter().map(|w| (w, Who::Civilian));
        any.chain(civilian).chain(self.military.iter().map(|w| (w, Who::Military)))
    }
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Single {
    words: Vec<String>,
    subjects: Vec<String>,
    things: Vec<String>,
    never: Vec<String>,
}

#[derive(Deserialize)]
struct Never {
    words: Vec<String>,
    units: Vec<String>,
    before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Nouns {
    people: ByWho,
    people_as: BTreeMap<String, Vec<String>>,
    people_as_who: ByWho,
    belonging: Words,
    either: Words,
    chiefly: Words,
    groups: ByWho,
    things: BTreeMap<String, ByWho>,
    not: BTreeMap<String, Vec<String>>,
    members: BTreeMap<String, u64>,
    kilometres: BTreeMap<String, f64>,
    square_kilometres: BTreeMap<String, f64>,
    beside: ByWho,
    uniformed: Words,
    change: Words,
    directions: Words,
    companions: Words,
    measures: Words,
    single: Single,
    never: Never,
}

#[derive(Deserialize)]
struct State {
    object: Vec<String>,
    subject: Vec<String>,
    adjective: Vec<String>,
    noun: Vec<String>,
    #[serde(default)]
    people: Vec<String>,
}

#[derive(Deserialize)]
struct States {
    /// Verbs that say it only together with their object.
    light: Vec<Light>,
    /// Verbs that say it only together with a word beside them.
    beside: Vec<Beside>,
    #[serde(flatten)]
    words: BTreeMap<String, State>,
}

#[derive(Deserialize)]
struct Light {
    what: String,
    verbs: Vec<String>,
    objects: Vec<String>,
}

#[derive(Deserialize)]
struct Beside {
    what: String,
    verbs: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Phrases {
    floor: Vec<String>,
    ceiling: Vec<String>,
    about: Vec<String>,
}

#[derive(Deserialize)]
struct Between {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Quantifiers {
    before: Phrases,
    between: Between,
    after: Phrases,
    floors: BTreeMap<String, u32>,
}

impl Lexicon {
    /// The one lexicon.
    pub(super) fn get() -> &'static Lexicon {
        &LEXICON
    }

    fn new(nouns: Nouns, states: States, quantifiers: Quantifiers) -> Lexicon {
        let between: Vec<(String, Bound)> = quantifiers.between.words.into_iter().map(|w| (w, Bound::About)).collect();
        Lexicon {
            nouns: sorts(&nouns),
            beside: nouns.beside.each().map(|(w, who)| (w.clone(), who)).collect(),
            never: nouns.never.words.into_iter().collect(),
            units: nouns.never.units.into_iter().collect(),
            never_after: nouns.never.before.into_iter().collect(),
            misleading: nouns.not.into_values().flatten().collect(),
            uniformed: nouns.uniformed.words.into_iter().collect(),
            fated: nouns.people_as_who.each().map(|(w, who)| (w.clone(), who)).collect(),
            belonging: nouns.belonging.words.into_iter().collect(),
            either: nouns.either.words.into_iter().collect(),
            chiefly: nouns.chiefly.words.into_iter().collect(),
            companions: nouns.companions.words.into_iter().collect(),
            members: nouns.members,
            measures: nouns.measures.words.into_iter().collect(),
            directions: nouns.directions.words.into_iter().collect(),
            change: nouns.change.words.into_iter().collect(),
            single: nouns.single.words.into_iter().collect(),
            single_subjects: nouns.single.subjects.into_iter().collect(),
            single_things: nouns.single.things.into_iter().collect(),
            single_never: nouns.single.never.into_iter().collect(),
            states: sayings(&states.words),
            light: pairs(states.light.iter().map(|l| (&l.what, &l.verbs, &l.objects))),
            together: pairs(states.beside.iter().map(|b| (&b.what, &b.verbs, &b.words))),
            groups: nouns.groups.each().map(|(w, who)| (w.clone(), who)).collect(),
            before: phrases(listed(&quantifiers.before), true),
            after: phrases(listed(&quantifiers.after), false),
            between: phrases(between, true),
            floors: quantifiers.floors.into_iter().map(|(w, n)| (w, f64::from(n))).collect(),
        }
    }

    /// What a noun in lower case counts.
    pub(super) fn sort(&self, noun: &str) -> Option<Sort> {
        self.nouns.get(noun).copied()
    }

    /// Whether a word beside a noun makes it military or civilian.
    pub(super) fn beside(&self, word: &str) -> Option<Who> {
        self.beside.get(word).copied()
    }

    /// Whether what this noun counts is no figure.
    pub(super) fn never_counts(&self, noun: &str) -> bool {
        self.never.contains(noun)
    }

    /// Whether what this word measures is no figure, whatever noun follows.
    pub(super) fn is_unit(&self, word: &str) -> bool {
        self.units.contains(word)
    }

    /// Whether a number after this word is a name, an amount of money or the like.
    pub(super) fn names_number(&self, word: &str) -> bool {
        self.never_after.contains(word)
    }

    /// Whether this word before a noun makes it another thing than it seems.
    pub(super) fn misleads(&self, word: &str) -> bool {
        self.misleading.contains(word)
    }

    /// Whether a word names a service in uniform, whose members are military whatever their trade.
    pub(super) fn is_uniformed(&self, word: &str) -> bool {
        self.uniformed.contains(word)
    }

    /// Who those are whose name says what befell them: hostages, prisoners of war.
    pub(super) fn fated(&self, noun: &str) -> Option<Who> {
        self.fated.get(noun).copied()
    }

    /// Whether a noun stands for whoever belongs to something: "members", "staffers".
    pub(super) fn belongs(&self, noun: &str) -> bool {
        self.belonging.contains(noun)
    }

    /// Whether a noun that else is military names members of any body: "personnel".
    pub(super) fn is_either(&self, noun: &str) -> bool {
        self.either.contains(noun)
    }

    /// Whether a word tells who most of a number are: "mostly".
    pub(super) fn tells_most(&self, word: &str) -> bool {
        self.chiefly.contains(word)
    }

    /// Whether a word says that a number changed.
    pub(super) fn changes(&self, lemma: &str) -> bool {
        self.change.contains(lemma)
    }

    /// Whether a noun names people who are somebody's: "aides".
    pub(super) fn is_companion(&self, noun: &str) -> bool {
        self.companions.contains(noun)
    }

    /// Whether a noun says how many there are of others: "a total".
    pub(super) fn measures(&self, noun: &str) -> bool {
        self.measures.contains(noun)
    }

    /// How many a noun in the singular means: "a couple".
    pub(super) fn members(&self, noun: &str) -> Option<u64> {
        self.members.get(noun).copied()
    }

    /// Whether a word says in which direction something lies.
    pub(super) fn is_direction(&self, word: &str) -> bool {
        self.directions.contains(word)
    }

    /// Whether a single vehicle or aircraft counts under this verb, as its object or its subject.
    pub(super) fn counts_single(&self, verb: &str, is_subject: bool) -> bool {
        if is_subject { self.single_subjects.contains(verb) } else { self.single.contains(verb) }
    }

    /// Whether a thing does not count under an article.
    pub(super) fn never_alone(&self, noun: &str) -> bool {
        self.single_never.contains(noun)
    }

    /// Whether a thing counts under an article whatever befalls it.
    pub(super) fn counts_alone(&self, noun: &str) -> bool {
        self.single_things.contains(noun)
    }

    /// What a word says befalls somebody, said in this way.
    pub(super) fn state(&self, word: &str, saying: Saying) -> Option<Counted> {
        self.states.get(word)?.get(saying as usize).copied().flatten()
    }

    /// What a verb says befalls its subject together with its object: "lost their lives".
    pub(super) fn light(&self, verb: &str, object: &str) -> Option<Counted> {
        self.light.get(verb)?.get(object).copied()
    }

    /// What a verb says befalls its people together with a word beside it, by that word: "took hostage", "came home".
    pub(super) fn together(&self, verb: &str) -> Option<&FxHashMap<String, Counted>> {
        self.together.get(verb)
    }

    /// Who the people of a group are, where a noun names one: "a team of 40".
    pub(super) fn group(&self, noun: &str) -> Option<Who> {
        self.groups.get(noun).copied()
    }

    /// The number for which a plural such as "dozens" stands as a floor.
    pub(super) fn floor(&self, word: &str) -> Option<f64> {
        self.floors.get(word).copied()
    }

    /// The bound that ends just before a number: `word(n)` is the n-th word to the left. Returns its length.
    pub(super) fn bound_before<'a>(&self, word: impl Fn(usize) -> &'a str) -> Option<(Bound, usize)> {
        longest(&self.before, word)
    }

    /// The bound that begins just after a number: `word(n)` is the n-th word to the right.
    pub(super) fn bound_after<'a>(&self, word: impl Fn(usize) -> &'a str) -> Option<(Bound, usize)> {
        longest(&self.after, word)
    }

    /// Length of words that may stand between a bound and its number.
    pub(super) fn between<'a>(&self, word: impl Fn(usize) -> &'a str) -> usize {
        longest(&self.between, word).map_or(0, |(_, length)| length)
    }
}

/// Every verb with every word, and what they say together.
fn pairs<'a>(lists: impl Iterator<Item = (&'a String, &'a Vec<String>, &'a Vec<String>)>) -> Pairs {
    let mut pairs = Pairs::default();
    for (what, verbs, words) in lists {
        let Some(what) = Counted::parse(what) else { continue };
        for verb in verbs {
            pairs.entry(verb.clone()).or_default().extend(words.iter().map(|w| (w.clone(), what)));
        }
    }
    pairs
}

fn longest<'a>(phrases: &FxHashMap<String, Vec<Phrase>>, word: impl Fn(usize) -> &'a str) -> Option<(Bound, usize)> {
    let starting = phrases.get(word(0))?;
    let fits = |rest: &[String]| rest.iter().enumerate().all(|(n, w)| w == word(n + 1));
    starting.iter().find(|(rest, _)| fits(rest)).map(|(rest, bound)| (*bound, rest.len() + 1))
}

fn listed(phrases: &Phrases) -> Vec<(String, Bound)> {
    let lists = [(&phrases.floor, Bound::Floor), (&phrases.ceiling, Bound::Ceiling), (&phrases.about, Bound::About)];
    lists.into_iter().flat_map(|(list, bound)| list.iter().map(move |p| (p.clone(), bound))).collect()
}

/// Phrases by the word that is next to the number, the longest first.
fn phrases(list: Vec<(String, Bound)>, leftwards: bool) -> FxHashMap<String, Vec<Phrase>> {
    let mut by_word: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
    for (phrase, bound) in list {
        let mut words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
        if leftwards {
            words.reverse();
        }
        let first = words.remove(0);
        by_word.entry(first).or_default().push((words, bound));
    }
    let mut keys: Vec<String> = by_word.keys().cloned().collect();
    keys.sort_unstable();
    for key in keys {
        by_word.entry(key).or_default().sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    by_word
}

fn sorts(nouns: &Nouns) -> FxHashMap<String, Sort> {
    let mut sorts = FxHashMap::default();
    for (kind, by_who) in &nouns.things {
        let counted = Counted::parse(kind);
        sorts.extend(by_who.each().filter_map(|(w, who)| Some((w.clone(), Sort::Thing(counted?, who)))));
    }
    sorts.extend(nouns.people.each().map(|(w, who)| (w.clone(), Sort::People(who))));
    for (kind, words) in &nouns.people_as {
        sorts.extend(words.iter().filter_map(|w| Some((w.clone(), Sort::Fate(Counted::parse(kind)?)))));
    }
    sorts.extend(nouns.kilometres.iter().map(|(w, &km)| (w.clone(), Sort::Length(km))));
    sorts.extend(nouns.square_kilometres.iter().map(|(w, &km2)| (w.clone(), Sort::Area(km2))));
    sorts
}

fn sayings(states: &BTreeMap<String, State>) -> FxHashMap<String, [Option<Counted>; 5]> {
    let mut sayings: FxHashMap<String, [Option<Counted>; 5]> = FxHashMap::default();
    for (kind, state) in states {
        let lists = [
            (&state.object, Saying::Object),
            (&state.subject, Saying::Subject),
            (&state.adjective, Saying::Adjective),
            (&state.noun, Saying::Noun),
            (&state.people, Saying::People),
        ];
        for (word, saying) in lists.into_iter().flat_map(|(words, saying)| words.iter().map(move |w| (w, saying))) {
            sayings.entry(word.clone()).or_default()[saying as usize] = Counted::parse(kind);
        }
    }
    sayings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read_and_knows_its_kinds() {
        let lexicon = Lexicon::get();
        assert_eq!(lexicon.sort("soldier"), Some(Sort::People(Who::Military)));
        assert_eq!(lexicon.sort("drone"), Some(Sort::Thing(Counted::Aircraft, Who::Military)));
        assert_eq!(lexicon.state("kill", Saying::Object), Some(Counted::Killed));
        assert_eq!(lexicon.state("kill", Saying::Subject), None);
    }

    #[test]
    fn the_longest_bound_wins() {
        let words = ["than", "more", "no"];
        let found = Lexicon::get().bound_before(|n| words.get(n).copied().unwrap_or(""));
        assert_eq!(found, Some((Bound::Ceiling, 3)));
    }
}
