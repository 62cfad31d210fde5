//! The table of cues: which word, with which complement, says what of its content.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What a cue says of its content. The weights of speakers and casts know it by its place here: add at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is so.
    Assert,
    /// The source holds it to be so, without putting it as a fact: believes, expects, hopes, suspects.
    Believe,
    /// Whether it is so, is asked.
    Ask,
    /// It is not so.
    Deny,
    /// The addressee did it, and should not have.
    Accuse,
    /// It is bad: condemns, criticises, opposes a thing done.
    Criticize,
    /// It is good: welcomes, backs, praises.
    Support,
    /// It should be done: demands, urges, proposes, asks for.
    CallFor,
    /// The source will do it: plans, promises, agrees to.
    Plan,
    /// The source will not do it or have it: refuses, rejects.
    Reject,
    /// It may come: fears, warns of, cannot rule out.
    Conditional,
    /// The source will do it as a harm: threatens.
    Threaten,
}

/// What a table entry says: its verdict and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) verdict: Verdict,
    /// `cue/<class>/<frame>/<verdict>`
    pub(super) rule: &'static str,
}

/// The part of speech of a cue word; each has its own frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Class {
    Verb,
    Noun,
    Adjective,
}

/// Frame to verdict to words, separated by spaces.
type Frames = BTreeMap<String, BTreeMap<Verdict, String>>;

#[derive(Debug, Default, Deserialize)]
struct File {
    cues: BTreeMap<Class, Frames>,
    words: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
struct Table {
    /// For each class and word, its frames.
    entries: BTreeMap<Class, FxHashMap<String, Vec<(String, Entry)>>>,
    words: Words,
}

/// Closed lists of words beside the cues.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Abbreviations whose full stop ends no sentence.
    pub(super) abbreviations: BTreeSet<&'static str>,
    /// Verbs whose object is who hears it: tell, warn.
    pub(super) told: BTreeSet<&'static str>,
    /// Verbs whose object is blamed, asked or praised "for" or "of" something.
    pub(super) judging: BTreeSet<&'static str>,
    /// Verbs that count only with somebody who can speak as their subject.
    pub(super) personal: BTreeSet<&'static str>,
    /// Nouns for somebody who can speak.
    pub(super) speakers: BTreeSet<&'static str>,
    /// Reporting verbs before which a content is cut: ", and added".
    pub(super) resuming: BTreeSet<&'static str>,
    /// Participles that begin a remark of their own: ", adding".
    pub(super) participles: BTreeSet<&'static str>,
    /// Words at the start of a line before a colon that name no source: "Breaking", "Analysis".
    pub(super) labels: BTreeSet<&'static str>,
    /// Verbs that nearly always report, even where the parser hangs what they report elsewhere.
    pub(super) reporting: BTreeSet<&'static str>,
    /// Verbs of saying, whose subject speaks whatever it is called.
    pub(super) saying: BTreeSet<&'static str>,
    /// Nouns for what says nothing even as the subject of such a verb.
    pub(super) mute: BTreeSet<&'static str>,
    /// Verbs for a deed or an attitude that need not have been put into words.
    pub(super) deeds: BTreeSet<&'static str>,
    /// Nouns for how somebody tells or counts a thing: "by her account".
    pub(super) accounts: BTreeSet<&'static str>,
    /// Verbs of "as X tells it".
    pub(super) recounting: BTreeSet<&'static str>,
    /// Nouns for papers and messages, which speak for who wrote them.
    pub(super) papers: BTreeSet<&'static str>,
    /// Offices and bodies that, in a document that a party issued, are its own.
    pub(super) offices: BTreeSet<&'static str>,
    /// Offices and bodies that a state has wherever a report is from: officials, police.
    pub(super) civil: BTreeSet<&'static str>,
    /// Those of them that are a state's only where a word for its service stands before: "security sources".
    pub(super) served: BTreeSet<&'static str>,
    /// Words for a service before an office: security, police.
    pub(super) serving: BTreeSet<&'static str>,
    /// Bodies that are a state's whatever word stands before them: ministry.
    pub(super) staffs: BTreeSet<&'static str>,
    /// Services that a spokesman may be named after: army, police.
    pub(super) services: BTreeSet<&'static str>,
    /// Offices and words before one that are of the place where they are: governor, local.
    pub(super) nearby: BTreeSet<&'static str>,
    /// Others that leave an office the state's: local, senior.
    pub(super) ranking: BTreeSet<&'static str>,
    /// Military ranks and their short forms, between an office and a name: "army spokesman Col. Orr".
    pub(super) ranks: BTreeSet<&'static str>,
    /// What offices and bodies of a state are for: defence, health.
    pub(super) topics: BTreeSet<&'static str>,
    /// Words before "reports" that say that media made them.
    pub(super) media: BTreeSet<&'static str>,
    /// Nouns for people of the media.
    pub(super) journalists: BTreeSet<&'static str>,
    /// Nouns for what somebody knows or counts, which speak for whom the words beside them name.
    pub(super) records: BTreeSet<&'static str>,
    /// Adjectives with which somebody has not said what follows: "unable to say".
    pub(super) unspoken: BTreeSet<&'static str>,
    /// Words that begin an adverbial of when, where or how a thing is said.
    pub(super) occasions: BTreeSet<&'static str>,
    /// Verbs by which somebody passes on a paper that another wrote: the daily carried a statement.
    pub(super) carrying: BTreeSet<&'static str>,
    /// What a person who spoke is called again by: the diplomat.
    pub(super) callings: BTreeSet<&'static str>,
    /// Participles that go on with what is said: adding.
    pub(super) remarks: BTreeSet<&'static str>,
    /// Labels of those who ask, in interviews and briefings.
    pub(super) asking: BTreeSet<&'static str>,
    /// Nouns for bodies that, without a name, belong to who spoke or acted last.
    pub(super) bodies: BTreeSet<&'static str>,
    /// Those of them that only states and movements have.
    pub(super) state: BTreeSet<&'static str>,
    /// Adverbs by which the writer leaves a thing to others: allegedly.
    pub(super) hearsay: BTreeSet<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("cues.toml")));

/// The entry for a word with a complement, where there is one.
pub(super) fn entry(class: Class, lemma: &str, frame: &str) -> Option<Entry> {
    let entries = TABLE.entries.get(&class)?.get(lemma)?;
    entries.iter().find(|(f, _)| f == frame).map(|&(_, entry)| entry)
}

/// Whether a word is a cue with any complement.
pub(super) fn is_cue(class: Class, lemma: &str) -> bool {
    TABLE.entries.get(&class).is_some_and(|words| words.contains_key(lemma))
}

/// The closed lists.
pub(super) fn words() -> &'static Words {
    &TABLE.words
}

impl Table {
    /// Reads the table; one that cannot be read has no entries, which a test excludes for the table that ships.
    fn read(text: &'static str) -> Table {
        let file: File = toml::from_str(text).unwrap_or_default();
        let mut table = Table { words: Words::new(file.words), ..Table::default() };
        for (class, frames) in file.cues {
            for (frame, verdicts) in frames {
                for (verdict, words) in verdicts {
                    table.add(class, &frame, verdict, &words);
                }
            }
        }
        table
    }

    fn add(&mut self, class: Class, frame: &str, verdict: Verdict, words: &str) {
        let name = format!("cue/{class:?}/{frame}/{verdict:?}").to_lowercase();
        let rule: &'static str = Box::leak(name.into_boxed_str());
        for word in words.split_whitespace() {
            let entries = self.entries.entry(class).or_default().entry(word.to_owned()).or_default();
            entries.push((frame.to_owned(), Entry { verdict, rule }));
        }
    }
}

impl Words {
    fn new(lists: BTreeMap<String, String>) -> Words {
        let lists: &'static BTreeMap<String, String> = Box::leak(Box::new(lists));
        let list = |name: &str| lists.get(name).map(|words| words.split_whitespace().collect()).unwrap_or_default();
        Words {
            abbreviations: list("abbreviations"),
            told: list("told"),
            judging: list("judging"),
            personal: list("personal"),
            speakers: list("speakers"),
            resuming: list("resuming"),
            participles: list("participles"),
            labels: list("labels"),
            reporting: list("reporting"),
            saying: list("saying"),
            mute: list("mute"),
            deeds: list("deeds"),
            accounts: list("accounts"),
            recounting: list("recounting"),
            papers: list("papers"),
            records: list("records"),
            unspoken: list("unspoken"),
            occasions: list("occasions"),
            offices: list("offices"),
            civil: list("civil"),
            served: list("served"),
            serving: list("serving"),
            staffs: list("staffs"),
            services: list("services"),
            nearby: list("nearby"),
            ranking: list("ranking"),
            ranks: list("ranks"),
            topics: list("topics"),
            media: list("media"),
            journalists: list("journalists"),
            carrying: list("carrying"),
            callings: list("callings"),
            remarks: list("remarks"),
            asking: list("asking"),
            bodies: list("bodies"),
            state: list("state"),
            hearsay: list("hearsay"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_can_be_read() {
        let file: Result<File, _> = toml::from_str(include_str!("cues.toml"));
        assert!(file.is_ok(), "{:?}", file.err());
    }

    #[test]
    fn no_word_has_two_verdicts_in_one_frame() {
        for (word, entries) in TABLE.entries.values().flatten().collect::<BTreeMap<_, _>>() {
            let frames: BTreeSet<_> = entries.iter().map(|(frame, _)| frame).collect();
            assert_eq!(frames.len(), entries.len(), "{word:?}");
        }
    }

    #[test]
    fn entries_are_found_by_word_and_frame() {
        assert_eq!(entry(Class::Verb, "walk", "clause"), None);
        assert_eq!(entry(Class::Verb, "deny", "clause").map(|e| e.rule), Some("cue/verb/clause/deny"));
    }
}
