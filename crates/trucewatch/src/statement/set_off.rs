//! Attributions behind a comma whose name the parser hung to the clause before: "the posts were lost, Ana Torv, a
//! spokeswoman for the ministry, told reporters", "… near the town, the press service of the ministry reported".

use std::collections::BTreeSet;
use std::ops::Range;

use syntax::{Dep, Pos, Tag};

use super::Manner;
use super::candidate::{Candidate, Named, Rank};
use super::clause::cue_bytes;
use super::cue::{self, Class};
use super::quoted::ends_clause;
use super::scene::{Scene, Sentence, Verb};
use super::source;
use super::trailing::is_plain_noun;

/// Longest name of a source with its appositions, in tokens.
const LONGEST: usize = 40;
/// Longest name without them.
const NAME: usize = 16;
/// Fewest tokens of what is reported.
const SHORTEST: usize = 4;

/// Proposes attributions for reporting verbs that have no subject of their own in the parse.
pub(super) fn find(scene: &Scene, out: &mut Vec<Candidate>) {
    let taken: BTreeSet<usize> = out.iter().filter(|c| c.rank >= Rank::Clause).map(|c| c.cue_head).collect();
    for sentence in &scene.sentences {
        let verbs = sentence.tokens.clone().rev();
        let verbs =
            verbs.filter(|&i| (scene.is_verb(i) || is_misread(scene, sentence, i)) && is_free(scene, &taken, i));
        let found = verbs.filter_map(|at| attributed(scene, sentence, &scene.verb(at))).next();
        out.extend(found);
    }
}

/// "…, the ministry claims.": a verb in the present that the tagger takes for a noun, at the sentence's end.
fn is_misread(scene: &Scene, sentence: &Sentence, i: usize) -> bool {
    let last = (i + 1..sentence.tokens.end).all(|k| scene.parse.tokens()[k].pos == Pos::Punct);
    last && scene.parse.tokens()[i].tag == Tag::Nns && matches!(scene.lower(i), "claims" | "reports" | "states")
}

/// Whether nothing that is to be trusted as much was proposed for a verb.
fn is_free(scene: &Scene, taken: &BTreeSet<usize>, at: usize) -> bool {
    let own = source::subject(scene, at).is_some_and(|s| s < at && scene.dep(s) == Dep::Nsubj && !is_cut(scene, s, at));
    !own && !taken.contains(&at)
}

/// "The news agency VTA reported", "Brig. Gen. Torv said": the subject is only the end of the name.
fn is_cut(scene: &Scene, subject: usize, at: usize) -> bool {
    let first = scene.parse.tokens()[subject].edges.0;
    let behind_noun = scene.dep(at) == Dep::Relcl && scene.parse.tokens()[at].head + 1 == first;
    behind_noun || (first > 0 && scene.lower(first - 1) == ".")
}

fn attributed(scene: &Scene, sentence: &Sentence, verb: &Verb) -> Option<Candidate> {
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "quote").filter(|_| says(scene, verb))?;
    let (comma, name) = name_before(scene, sentence, verb.group.start)?;
    let head = head_of(scene, &name)?;
    let left = sentence.tokens.start..comma;
    let stated = left.len() >= SHORTEST && left.clone().any(|i| scene.is_finite(i)) && !is_subordinate(scene, &left);
    let speaks = source::can_speak(scene.parse, head) || (is_active(scene, verb) && is_plain_noun(scene, head));
    if !stated || !speaks || !ends_clause(scene.text(end_with_told(scene, verb)?..sentence.bytes.end)) {
        return None;
    }
    let bytes = sentence.bytes.start..scene.from(name.start);
    let quote = scene.quote_before(bytes.end).filter(|q| q.outer.end + 2 >= bytes.end && q.outer.start == bytes.start);
    let manner = if quote.is_some() { Manner::Quoted } else { Manner::Parenthetical };
    Some(
        Candidate::new(scene, Rank::Aside, verb.at, cue_bytes(scene, verb), entry)
            .with_source(Some(Named { run: name.start..clause_of(scene, &name), head }))
            .with_manner(manner)
            .with_content(scene, bytes),
    )
}

/// A verb of saying outside of quotation marks that can be the main verb of its clause.
fn says(scene: &Scene, verb: &Verb) -> bool {
    let lemma = scene.lemma(verb.at);
    let more = matches!(lemma, "report" | "write" | "post" | "confirm" | "inform" | "stress" | "note" | "announce");
    let finite = matches!(scene.parse.tokens()[verb.at].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Vbn | Tag::Nns);
    let passive = scene.parse.children_by(verb.at, &[Dep::Auxpass, Dep::Agent]).any(|_| true);
    finite && !verb.quoted && (more || cue::words().saying.contains(lemma)) && !passive
}

/// Whether the tag is none of a participle, or "has" stands before it.
fn is_active(scene: &Scene, verb: &Verb) -> bool {
    let has = || scene.parse.children_by(verb.at, &[Dep::Aux]).any(|a| scene.lemma(a) == "have");
    !matches!(scene.parse.tokens()[verb.at].tag, Tag::Vbn | Tag::Nns) || has()
}

/// The comma before a name and the name up to its first apposition or clause. Where a comma stands right before the verb,
/// the words behind the one before it say who is named: ", Ana Torv, the mayor, said".
fn name_before(scene: &Scene, sentence: &Sentence, end: usize) -> Option<(usize, Range<usize>)> {
    let from = end.saturating_sub(LONGEST).max(sentence.tokens.start);
    let ends = |i: usize| scene.parse.bytes(i..i + 1).end;
    let closes = |i: usize| scene.quote_before(ends(i)).is_some_and(|q| q.outer.end == ends(i));
    let mut commas = (from..end).rev().filter(|&i| scene.lower(i) == "," || closes(i));
    let last = commas.next()?;
    if last + 1 < end {
        return is_name(scene, &(last + 1..end)).then_some((last, last + 1..end));
    }
    let mut close = commas.next()?;
    loop {
        let open = commas.next()?;
        let is_age = close - open == 2 && scene.parse.tokens()[open + 1].pos == Pos::Num;
        if !is_age {
            return is_name(scene, &(open + 1..close)).then_some((open, open + 1..close));
        }
        close = open;
    }
}

/// Whether tokens are a noun phrase, up to a clause about it: "a senior official who asked not to be named".
fn is_name(scene: &Scene, run: &Range<usize>) -> bool {
    let tokens = scene.parse.tokens();
    let name = run.start..clause_of(scene, run);
    let opens = |i: usize| {
        matches!(tokens[i].pos, Pos::Det | Pos::Propn | Pos::Noun | Pos::Adj | Pos::Num)
            || matches!(scene.lower(i), "his" | "her" | "its" | "their")
    };
    let nominal = |i: usize| {
        use Pos::{Adj, Adp, Adv, Cconj, Det, Noun, Num, Part, Pron, Propn, Punct};
        matches!(tokens[i].pos, Det | Propn | Noun | Adj | Num | Adp | Part | Cconj | Pron | Adv | Punct)
            || tokens[i].tag == Tag::Vbg
    };
    let plain = !name.is_empty() && name.len() <= NAME && opens(name.start) && !is_time(scene, name.start);
    plain && name.clone().all(nominal) && scene.quote_around(scene.from(run.start)).is_none()
}

/// Where the clause about a name begins, or the name's end.
fn clause_of(scene: &Scene, run: &Range<usize>) -> usize {
    run.clone().find(|&i| matches!(scene.parse.tokens()[i].tag, Tag::Wp | Tag::Wdt)).unwrap_or(run.end)
}

/// The last noun of a name before its first preposition or participle.
fn head_of(scene: &Scene, name: &Range<usize>) -> Option<usize> {
    let tokens = scene.parse.tokens();
    let stops = |i: &usize| {
        let opens = matches!(tokens[*i].pos, Pos::Adp) || matches!(tokens[*i].tag, Tag::Wp | Tag::Wdt | Tag::Vbg);
        (opens && *i > name.start) || scene.lower(*i) == "("
    };
    let stop = name.clone().find(stops).unwrap_or(name.end);
    let noun = |i: &usize| matches!(tokens[*i].pos, Pos::Noun | Pos::Propn) && !is_time(scene, *i);
    (name.start..stop).rev().find(noun)
}

/// Where the verb's words end, with the one told: "told reporters". None for "told" without anybody.
fn end_with_told(scene: &Scene, verb: &Verb) -> Option<usize> {
    let told = scene.lemma(verb.at) == "tell";
    let object = scene.parse.children_by(verb.at, &[Dep::Dobj, Dep::Dative]).find(|&o| o > verb.at);
    let end = match object.filter(|_| told) {
        Some(object) => scene.parse.subtree_run(object).end,
        None if told => return None,
        None => verb.group.end,
    };
    Some(scene.parse.bytes(verb.at..end.max(verb.group.end)).end)
}

/// Whether what is reported is no clause of its own: "After the troops left, …".
fn is_subordinate(scene: &Scene, left: &Range<usize>) -> bool {
    scene.dep(left.start) == Dep::Mark || matches!(scene.lower(left.start), "when" | "where")
}

fn is_time(scene: &Scene, i: usize) -> bool {
    scene.parse.is_time(i) || source::is_day(scene.lower(i))
}
