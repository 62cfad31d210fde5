//! The words of time expressions: what each means by itself, looked up once a token.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::shape;

/// Lengths of time that have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Seasons, as on the northern half of the earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Parts of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    /// From the evening of one day to the morning of the next.
    Overnight,
}

/// Words for no certain time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Moment {
    Past,
    Present,
    Future,
}

/// Which of several like times is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Shift {
    /// The one before the day of speaking: "last week".
    Last,
    /// The one of the day of speaking.
    This,
    /// The one after the day of speaking.
    Next,
    /// The one before a time that was named: "the previous day".
    Before,
    /// The one after a time that was named.
    After,
    /// The time that was named.
    Same,
    /// A stretch up to the day of speaking.
    Recent,
}

impl Shift {
    /// How many of them on.
    pub(super) fn steps(self) -> i8 {
        match self {
            Shift::Last | Shift::Before | Shift::Recent => -1,
            Shift::Next | Shift::After => 1,
            Shift::This | Shift::Same => 0,
        }
    }

    /// Whether it is told from a time that was named, and not from the day of speaking.
    pub(super) fn is_from_named(self) -> bool {
        matches!(self, Shift::Before | Shift::After | Shift::Same)
    }
}

/// A part of a longer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Edge {
    Early,
    Middle,
    Late,
}

/// What one token can mean in a time expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Month(i8),
    /// Monday is 1.
    Weekday(i8),
    Unit(Unit),
    Season(Season),
    Part(Part),
    /// Days from the day of speaking.
    Day(i32),
    Moment(Moment),
    Shift(Shift),
    Edge(Edge),
    /// A time that comes round again, by its TIMEX value.
    Habit(&'static str),
    /// Full hour that has a name.
    Hour(i8),
    Zone,
    Every,
    /// "am" (false) or "pm" (true).
    Meridiem(bool),
    /// Written in figures.
    Figures(shape::Figures),
    /// Twenty, third, several …: left to the reader of numbers.
    Counting,
    /// First word of a day that has a name.
    Named,
}

#[derive(Deserialize)]
struct File {
    month: BTreeMap<String, i8>,
    weekday: BTreeMap<String, i8>,
    unit: BTreeMap<String, Unit>,
    season: BTreeMap<String, Season>,
    part: BTreeMap<String, Part>,
    day: BTreeMap<String, i32>,
    moment: BTreeMap<String, Moment>,
    shift: BTreeMap<String, Shift>,
    edge: BTreeMap<String, Edge>,
    habit: BTreeMap<String, String>,
    hour: BTreeMap<String, i8>,
    holiday: BTreeMap<String, (i8, i8)>,
    zone: BTreeMap<String, i32>,
    hedge: BTreeMap<String, i32>,
    ahead: BTreeMap<String, i32>,
    timetable: BTreeMap<String, i32>,
    happened: BTreeMap<String, i32>,
    reaching: BTreeMap<String, i32>,
}

/// The lexicon of time words.
pub(super) struct Words {
    senses: FxHashMap<String, Sense>,
    /// First word of a holiday, its other words, month and day; longest first.
    holidays: FxHashMap<String, Vec<(Vec<String>, i8, i8)>>,
    hedges: FxHashMap<String, i32>,
    ahead: FxHashMap<String, i32>,
    timetable: FxHashMap<String, i32>,
    happened: FxHashMap<String, i32>,
    reaching: FxHashMap<String, i32>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(toml::from_str(include_str!("words.toml")).unwrap()));

impl Words {
    /// The one lexicon.
    pub(super) fn get() -> &'static Words {
        &WORDS
    }

    fn new(file: File) -> Words {
        let mut senses = FxHashMap::default();
        // A later sense of a word takes the place of an earlier one.
        let mut add = |word: &str, sense| {
            senses.insert(word.to_owned(), sense);
        };
        file.part.iter().for_each(|(w, &p)| add(w, Sense::Part(p)));
        file.unit.iter().for_each(|(w, &u)| add(w, Sense::Unit(u)));
        file.month.iter().for_each(|(w, &m)| add(w, Sense::Month(m)));
        file.weekday.iter().for_each(|(w, &d)| add(w, Sense::Weekday(d)));
        file.season.iter().for_each(|(w, &s)| add(w, Sense::Season(s)));
        file.day.iter().for_each(|(w, &d)| add(w, Sense::Day(d)));
        file.moment.iter().for_each(|(w, &m)| add(w, Sense::Moment(m)));
        file.shift.iter().for_each(|(w, &s)| add(w, Sense::Shift(s)));
        file.edge.iter().for_each(|(w, &e)| add(w, Sense::Edge(e)));
        file.hour.iter().for_each(|(w, &h)| add(w, Sense::Hour(h)));
        file.zone.keys().for_each(|w| add(w, Sense::Zone));
        for name in file.holiday.keys() {
            add(name.split([' ', '\'']).next().unwrap_or(name), Sense::Named);
        }
        for word in ["every", "each"] {
            add(word, Sense::Every);
        }
        for (word, pm) in [("am", false), ("a.m.", false), ("a.m", false), ("pm", true), ("p.m.", true), ("p.m", true)]
        {
            add(word, Sense::Meridiem(pm));
        }
        for (word, value) in file.habit {
            senses.insert(word, Sense::Habit(value.leak()));
        }
        Words {
            senses,
            holidays: holidays(&file.holiday),
            hedges: file.hedge.into_iter().collect(),
            ahead: file.ahead.into_iter().collect(),
            timetable: file.timetable.into_iter().collect(),
            happened: file.happened.into_iter().collect(),
            reaching: file.reaching.into_iter().collect(),
        }
    }

    /// What a token in lower case can mean.
    pub(super) fn sense(&self, lower: &str) -> Option<Sense> {
        if lower.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            return shape::figures(lower).map(Sense::Figures);
        }
        self.senses.get(lower).copied().or_else(|| super::number::is_word(lower).then_some(Sense::Counting))
    }

    /// Names of days that begin with a word: the words after it, month and day.
    pub(super) fn holidays(&self, first: &str) -> &[(Vec<String>, i8, i8)] {
        self.holidays.get(first).map_or(&[], Vec::as_slice)
    }

    /// Whether a word before an amount leaves it as it is.
    pub(super) fn is_hedge(&self, lower: &str) -> bool {
        self.hedges.contains_key(lower)
    }

    /// Whether the verb tells a timetable in the present tense.
    pub(super) fn tells_timetable(&self, lemma: &str) -> bool {
        self.timetable.contains_key(lemma)
    }

    /// Whether a noun is for what nobody fixes beforehand: an attack, a blast.
    pub(super) fn has_happened(&self, lemma: &str) -> bool {
        self.happened.contains_key(lemma)
    }

    /// Whether an infinitive behind the word shares its time: "were able to sign".
    pub(super) fn reaches(&self, lemma: &str) -> bool {
        self.reaching.contains_key(lemma)
    }

    /// Whether what the verb says lies ahead, whatever its own tense.
    pub(super) fn looks_ahead(&self, lemma: &str) -> bool {
        self.ahead.contains_key(lemma)
    }
}

fn holidays(names: &BTreeMap<String, (i8, i8)>) -> FxHashMap<String, Vec<(Vec<String>, i8, i8)>> {
    let mut by_first: FxHashMap<String, Vec<(Vec<String>, i8, i8)>> = FxHashMap::default();
    let mut names: Vec<_> = names.iter().collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, &(month, day)) in names {
        // The model cuts "year's" in two.
        let spaced = name.replace("'s", " 's").replace('’', "'");
        let mut words = spaced.split(' ').map(str::to_owned);
        if let Some(first) = words.next() {
            by_first.entry(first).or_default().push((words.collect(), month, day));
        }
    }
    by_first
}
