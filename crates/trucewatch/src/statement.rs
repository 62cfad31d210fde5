//! Who said it, through whom, in which words.
//!
//! A statement is a source, a cue and a content: "The ministry (source) denied (cue) that posts were lost (content)".
//! Span conventions follow PolNeAR (Newell, Margolin & Ruths 2018): quotation marks and `that` belong to the content,
//! auxiliaries and negation to the cue, the sentence's full stop to nothing. Unlike there, statements inside the
//! content of others are kept and know what they stand in.
//!
//! Steps, each in a file of its own: quotation marks are paired and sentences cut (`quote`, `sentence`); patterns
//! around quotations, colons and commas and the complements of cue words in the tree propose candidates; of the
//! candidates for one cue the best stays (`select`); wholly quoted text that nobody is named for goes to who spoke
//! last (`carry`). Which words are cues, with which complements and what they say of them is data (`cues.toml`).

pub mod speaker;

mod according;
mod adjective;
mod backward;
mod bracket;
mod candidate;
mod carry;
mod clause;
mod colon;
mod cue;
mod cut;
mod hearsay;
mod label;
mod list;
mod loose;
mod nesting;
mod noun;
mod object;
mod passive;
mod preposition;
mod quoted;
mod scene;
mod select;
mod sentence;
mod set_off;
mod source;
mod spread;
mod tests;
mod trailing;

use crate::document::{ParsedDocument, Span};

pub use cue::Verdict;
pub use nesting::Statements;
pub(crate) use source::says;

/// How the content is put before the reader. The weights of speakers and casts know it by its place here: add at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manner {
    /// The content is (or begins or ends as) a quotation.
    Quoted,
    /// In the reporter's words, as a complement of the cue: "said that …", "denied the attack".
    Reported,
    /// With the cue set off by commas: "…, she said", "according to X, …".
    Parenthetical,
    /// A headline's `X: …` or `… – X`.
    Headline,
    /// A transcript's `NAME: …`.
    Transcript,
    /// "reportedly", "allegedly": nobody is named.
    Hearsay,
    /// Words without a cue that go on with what the last speaker said.
    Continued,
}

/// One source putting some content on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Index of the paragraph among those that are read.
    pub paragraph: usize,
    /// Words that name the source; empty where nobody is named.
    pub source: Vec<Span>,
    /// Words that put the content to the source; empty where a quotation goes on without any.
    pub cue: Vec<Span>,
    /// Words that are put on record, in text order.
    pub content: Vec<Span>,
    /// Head token of the source, in this paragraph.
    pub source_head: Option<usize>,
    /// Token that decides: the reporting verb, noun or adjective, `according`, a colon.
    pub cue_head: Option<usize>,
    /// Heads of the content's clauses or phrases, in text order.
    pub content_heads: Vec<usize>,
    /// Head token of the one accused, told, asked, urged.
    pub addressee: Option<usize>,
    /// What the cue says of its content.
    pub verdict: Verdict,
    /// Whether the cue itself is negated: "did not confirm that …".
    pub negated: bool,
    /// Whether the source put it into words; not so for deeds and attitudes that the reporter gives ("supports").
    pub spoken: bool,
    /// How the content is put before the reader.
    pub manner: Manner,
    /// The rule or table entry that found it, such as `cue/verb/clause/deny`.
    pub rule: &'static str,
    /// Index of the innermost statement in whose content this one stands.
    pub within: Option<usize>,
    /// Index of the statement whose source this one goes on with, where it names none itself.
    pub continues: Option<usize>,
}

/// All statements of a document, nested ones included, in text order.
#[must_use]
pub fn statements(parsed: &ParsedDocument) -> Statements {
    let labels = colon::Labels::of(parsed);
    let mut all = Vec::new();
    for (index, paragraph) in parsed.paragraphs.iter().enumerate() {
        let scene = scene::Scene::new(index, paragraph);
        let found = candidates(&scene, &labels);
        let first = all.len();
        all.extend(select::best(found).into_iter().map(|c| c.settle(&scene)));
        list::continue_list(&scene, first, &mut all);
        carry::continue_quotations(&scene, first, &mut all);
        carry::continue_between(&scene, first, &mut all);
        let above = || index.checked_sub(1).map(|above| scene::Scene::new(above, &parsed.paragraphs[above]));
        backward::refer_back(&scene, above, first, &mut all);
    }
    spread::over_paragraphs(parsed, &mut all);
    Statements::new(parsed, all)
}

/// Everything that may be a statement in one paragraph.
fn candidates(scene: &scene::Scene, labels: &colon::Labels) -> Vec<candidate::Candidate> {
    if let Some(line) = colon::transcript(scene, labels) {
        return vec![line];
    }
    let mut out: Vec<candidate::Candidate> = colon::entry(scene).into_iter().chain(colon::headline(scene)).collect();
    quoted::find(scene, &mut out);
    according::find(scene, &mut out);
    for verb in scene.verbs() {
        clause::find(scene, &verb, &mut out);
        object::find(scene, &verb, &mut out);
        preposition::find(scene, &verb, &mut out);
        adjective::find(scene, &verb, &mut out);
        passive::find(scene, &verb, &mut out);
    }
    noun::find(scene, &mut out);
    label::find(scene, &mut out);
    loose::find(scene, &mut out);
    hearsay::find(scene, &mut out);
    set_off::find(scene, &mut out);
    trailing::find(scene, &mut out);
    bracket::find(scene, &mut out);
    out
}
