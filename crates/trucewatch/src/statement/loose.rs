//! Reporting verbs whose complement the parser hung elsewhere: what follows them in the sentence is the content.

use std::collections::BTreeSet;

use syntax::{Dep, Pos, Tag};

use super::candidate::{Candidate, Rank};
use super::clause::{cue_bytes, speaking};
use super::cue::{self, Class};
use super::cut::{Shape, cut};
use super::scene::{Scene, Verb};
use super::source;

/// Tokens within which a finite verb must follow.
const REACH: usize = 40;

/// Proposes what follows a reporting verb that no other finder has proposed anything for.
pub(super) fn find(scene: &Scene, out: &mut Vec<Candidate>) {
    let taken: BTreeSet<usize> = out.iter().map(|c| c.cue_head).collect();
    let reports = |v: &Verb| cue::words().reporting.contains(scene.lemma(v.at)) && !taken.contains(&v.at);
    let loose: Vec<Candidate> = scene.verbs().filter(reports).filter_map(|v| followed(scene, &v)).collect();
    out.extend(loose);
}

fn followed(scene: &Scene, verb: &Verb) -> Option<Candidate> {
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "clause")?;
    let subject = source::subject(scene, verb.at).filter(|&s| s < verb.at)?;
    let from = verb.group.end;
    if source::is_passive(scene, verb.at) || !begins_clause(scene, from) || !source::can_speak(scene.parse, subject) {
        return None;
    }
    let end = scene.tokens_in(&(scene.from(from)..verb.limit)).end.min(from + REACH);
    let finite = |i: usize| matches!(scene.parse.tokens()[i].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
    let at = (from..end).find(|&i| finite(i))?;
    Some(
        Candidate::new(scene, Rank::Loose, verb.at, cue_bytes(scene, verb), entry)
            .with_source(speaking(scene, verb.at)?)
            .with_content(scene, cut(scene, scene.from(from)..verb.limit, Shape::Clause))
            .with_head(at),
    )
}

/// Whether a clause can begin at a token: no punctuation, no preposition but "that", no "so".
fn begins_clause(scene: &Scene, at: usize) -> bool {
    let Some(token) = scene.parse.tokens().get(at) else { return false };
    let that = matches!(&*token.lower, "that" | "there");
    let closed = matches!(token.pos, Pos::Punct | Pos::Adp | Pos::Part | Pos::Cconj | Pos::Sym | Pos::Adv);
    that || !(closed || token.dep == Dep::Prep || &*token.lower == "so")
}
