//! "According to X, …", "…, according to X", "A, according to X, did B", "…, per X", "in the words of X", "in her words",
//! "by X's account", "as X tells it".

use std::ops::Range;

use syntax::{Dep, Tag};

use super::Manner;
use super::candidate::{Candidate, Named, Rank};
use super::cue::{self, Entry, Verdict};
use super::cut::{Shape, cut};
use super::scene::{Scene, Sentence};
use super::source;

const RULE: &str = "statement/according-to";
/// Furthest that the comma after "According to X" is looked for, in bytes behind X.
const COMMA: usize = 60;

/// Proposes every "according to" that stands outside of quotations.
pub(super) fn find(scene: &Scene, out: &mut Vec<Candidate>) {
    for at in 0..scene.parse.len() {
        if scene.quote_around(scene.from(at)).is_some() {
            continue;
        }
        if let Some(cue) = cue_at(scene, at) {
            out.extend(stated(scene, cue));
        } else if let Some((cue, source)) = account_at(scene, at).or_else(|| telling_at(scene, at)) {
            out.extend(stated_by(scene, cue, source));
        }
    }
}

/// "By X's account", "in X's version of events", "in the view of X": the whole phrase is the cue.
fn account_at(scene: &Scene, at: usize) -> Option<(Range<usize>, Named)> {
    let opens = scene.dep(at) == Dep::Prep && matches!(scene.lower(at), "by" | "in" | "on") && is_apart(scene, at);
    let noun = opens.then(|| scene.parse.child_by(at, Dep::Pobj)).flatten()?;
    let of = || {
        let of = scene.parse.children_by(noun, &[Dep::Prep]).find(|&p| scene.lower(p) == "of")?;
        scene.parse.child_by(of, Dep::Pobj).filter(|&o| source::can_speak(scene.parse, o))
    };
    let account = cue::words().accounts.contains(scene.lemma(noun));
    let owner = account.then(|| scene.parse.child_by(noun, Dep::Poss).or_else(of)).flatten()?;
    let end = scene.parse.subtree_run(noun).end.max(noun + 1);
    let closed = matches!(scene.lower(end), "," | "." | "") || scene.parse.tokens().get(end).is_none();
    closed.then(|| (at..end, source::named(scene, owner)))
}

/// "As X tells it", "as the ministry said on Monday", "as reported by the ministry": a clause that says nothing itself.
fn telling_at(scene: &Scene, at: usize) -> Option<(Range<usize>, Named)> {
    let tokens = scene.parse.tokens();
    let verb = (scene.lower(at) == "as" && is_apart(scene, at)).then_some(tokens[at].head)?;
    let tells = cue::words().recounting.contains(scene.lemma(verb)) && verb > at;
    let aside = tells && matches!(scene.dep(verb), Dep::Advcl | Dep::Ccomp | Dep::Parataxis | Dep::Conj);
    let heard = |c: usize| scene.lower(c) == "it" || scene.lemma(verb) == "tell";
    let own = |c: usize| matches!(scene.dep(c), Dep::Ccomp | Dep::Xcomp) || (scene.dep(c) == Dep::Dobj && !heard(c));
    let says_more = scene.parse.children(verb).any(|c| c > verb && own(c));
    let subject = source::subject(scene, verb).filter(|&s| s > at && s < verb && !says_more);
    let agent = || source::agent(scene, verb).filter(|_| tokens[verb].tag == Tag::Vbn);
    let source = subject.or_else(agent).filter(|_| aside)?;
    let end = scene.parse.subtree_run(verb).end;
    let stop = (verb + 1..end).find(|&i| scene.lower(i) == ",").unwrap_or(end);
    source::can_speak(scene.parse, source).then(|| (at..stop, source::named(scene, source)))
}

/// Whether a phrase begins its sentence or stands behind a comma.
fn is_apart(scene: &Scene, at: usize) -> bool {
    let first = scene.sentence_at(scene.from(at)).is_some_and(|s| s.tokens.start == at);
    first || (at > 0 && matches!(scene.lower(at - 1), "," | "—" | "–" | ";"))
}

/// The cue's tokens where one begins at `at`.
fn cue_at(scene: &Scene, at: usize) -> Option<Range<usize>> {
    let next = |k: usize| scene.lower(at + k);
    match scene.lower(at) {
        "according" if next(1) == "to" => Some(at..at + 2),
        "in" if next(1) == "the" && next(2) == "words" && next(3) == "of" => Some(at..at + 4),
        "in" if is_whose(next(1)) && matches!(next(2), "words" | "view" | "opinion") => Some(at..at + 3),
        "per" if is_per(scene, at) => Some(at..at + 1),
        _ => None,
    }
}

fn is_whose(word: &str) -> bool {
    matches!(word, "his" | "her" | "its" | "their")
}

/// ", per the ministry": after a comma or at the start, with somebody who speaks; not "per day".
fn is_per(scene: &Scene, at: usize) -> bool {
    let apart = at == 0 || matches!(scene.lower(at - 1), "," | "(" | "." | "as");
    apart && scene.parse.child_by(at, Dep::Pobj).is_some_and(|o| source::can_speak(scene.parse, o))
}

fn stated(scene: &Scene, cue: Range<usize>) -> Option<Candidate> {
    let sentence = scene.sentence_at(scene.from(cue.start))?;
    let source = named_after(scene, &cue, sentence)?;
    stated_by(scene, cue, source)
}

fn stated_by(scene: &Scene, cue: Range<usize>, source: Named) -> Option<Candidate> {
    let start = scene.from(cue.start);
    let sentence = scene.sentence_at(start)?;
    let source_end = scene.parse.bytes(source.run.start..source.run.end.max(cue.end)).end;
    let left = scene.text(sentence.bytes.start..start);
    let leads = left.split_whitespace().count() <= 1;
    let content = if leads { after(scene, sentence, source_end) } else { before(scene, sentence, cue.start) };
    let rest = beyond(scene, sentence, cue.start, source.run.end.max(cue.end)).filter(|_| !leads);
    let entry = Entry { verdict: Verdict::Assert, rule: RULE };
    let candidate = Candidate::new(scene, Rank::According, cue.start, scene.parse.bytes(cue), entry)
        .with_manner(Manner::Parenthetical)
        .with_source(Some(source))
        .with_content(scene, content);
    Some(match rest {
        Some(rest) => candidate.with_content(scene, rest),
        None => candidate,
    })
}

fn named_after(scene: &Scene, cue: &Range<usize>, sentence: &Sentence) -> Option<Named> {
    if is_whose(scene.lower(cue.start + 1)) {
        return Some(Named { run: cue.start + 1..cue.start + 2, head: cue.start + 1 });
    }
    let preposition = cue.end - 1;
    if let Some(object) = scene.parse.child_by(preposition, Dep::Pobj) {
        return Some(source::named(scene, object));
    }
    let stops = |&i: &usize| matches!(scene.lower(i), "," | "." | ";");
    let end = (cue.end..sentence.tokens.end.min(cue.end + 12)).find(stops).unwrap_or(cue.end + 1);
    (cue.end < sentence.tokens.end).then(|| Named { run: cue.end..end, head: end - 1 })
}

/// What follows "According to X,".
fn after(scene: &Scene, sentence: &Sentence, from: usize) -> Range<usize> {
    let rest = scene.text(from..sentence.bytes.end);
    let comma = rest.find(',').filter(|&c| c < COMMA).map_or(from, |c| from + c + 1);
    cut(scene, comma..sentence.bytes.end, Shape::Clause)
}

/// What goes on with the same clause behind ", according to X,": its verb, or more of what stands under its verb.
fn beyond(scene: &Scene, sentence: &Sentence, cue: usize, named: usize) -> Option<Range<usize>> {
    let run = named + 1..sentence.tokens.end;
    let apart = ["and", "but", "while", "whereas", "although", "though", "as", "who", "which"];
    if !matches!(scene.lower(named), "," | ")" | "-" | "–" | "—")
        || run.is_empty()
        || apart.contains(&scene.lower(run.start))
    {
        return None;
    }
    let left = sentence.tokens.start..cue;
    let head = |i: usize| scene.parse.tokens().get(i).map_or(i, |t| t.head);
    let is_loose = |&i: &usize| matches!(scene.dep(i), Dep::Punct | Dep::Conj | Dep::Cc | Dep::Parataxis);
    let goes_on = left.clone().any(|i| run.contains(&head(i)) && !is_loose(&i))
        || run.clone().any(|i| left.contains(&head(i)) && !is_loose(&i));
    let bytes = scene.from(run.start)..sentence.bytes.end;
    (goes_on || scene.dep(run.start) == Dep::Prep).then(|| cut(scene, bytes, Shape::Clause))
}

/// What stands before ", according to X": the last clause of the sentence.
fn before(scene: &Scene, sentence: &Sentence, cue: usize) -> Range<usize> {
    let end = scene.from(cue);
    let run = sentence.tokens.start..cue;
    let opens = |&i: &usize| {
        let comma = scene.lower(i) == ","
            && matches!(scene.lower(i + 1), "but" | "and" | "while" | "with" | "although" | "though" | "as");
        comma || matches!(scene.lower(i), ";" | "—" | "--") || scene.is_dash(i)
    };
    let border = run.clone().rev().find(opens).map(|i| if scene.lower(i) == "," { i + 2 } else { i + 1 });
    let clause = border.filter(|&b| cue.saturating_sub(b) >= 4 && (b..cue).any(|i| scene.is_finite(i)));
    scene.from(clause.unwrap_or(sentence.tokens.start)).max(sentence.bytes.start)..end
}
