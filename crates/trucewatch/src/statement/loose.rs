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
    let parted: Vec<Candidate> = scene.verbs().filter_map(|v| parted(scene, &v)).collect();
    out.extend(parted);
    out.extend(scene.verbs().filter_map(|v| so(scene, &v)).collect::<Vec<_>>());
    out.extend(scene.verbs().filter_map(|v| made_clear(scene, &v)).collect::<Vec<_>>());
    let taken: BTreeSet<usize> = out.iter().map(|c| c.cue_head).collect();
    let reports = |v: &Verb| cue::words().reporting.contains(scene.lemma(v.at)) && !taken.contains(&v.at);
    let loose: Vec<Candidate> = scene.verbs().filter(reports).filter_map(|v| followed(scene, &v)).collect();
    out.extend(loose);
}

/// "The army said so on Monday", "the mayor told the agency about this", "so says the army".
fn so(scene: &Scene, verb: &Verb) -> Option<Candidate> {
    let tells = matches!(scene.lemma(verb.at), "say" | "tell" | "report" | "announce") && !verb.quoted;
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "clause").filter(|_| tells)?;
    let so = so_behind(scene, verb).or_else(|| so_before(scene, verb))?;
    let source = source::subject(scene, verb.at).filter(|&s| (s < verb.at) == (so > verb.at))?;
    let so = scene.parse.bytes(so..so + 1);
    let candidate = Candidate::new(scene, Rank::Loose, verb.at, cue_bytes(scene, verb), entry);
    Some(candidate.with_source(Some(source::named(scene, source))).with_content(scene, so))
}

/// Furthest that "this" stands behind "told", in tokens.
pub(super) const TOLD: usize = 10;

/// The word behind a verb of saying that stands for what was said.
fn so_behind(scene: &Scene, verb: &Verb) -> Option<usize> {
    let end = (verb.group.end + TOLD).min(scene.parse.len());
    let at = (verb.group.end..end).find(|&i| matches!(scene.lower(i), "so" | "this"))?;
    let own = scene.parse.tokens()[at].head;
    let about = scene.lower(own) == "about" && scene.parse.tokens()[own].head == verb.at;
    // "said this week", "told this story": the word tells of another
    let alone = own == verb.at && (at == verb.group.end || scene.lower(at) == "this");
    (alone || about).then_some(at)
}

/// "So says the army": what was said, before the verb that opens the sentence with it.
fn so_before(scene: &Scene, verb: &Verb) -> Option<usize> {
    let start = scene.sentence_at(scene.from(verb.at))?.tokens.start;
    (scene.lower(start) == "so" && verb.at == start + 1).then_some(start)
}

/// "The army made clear that …", "made it known that …".
fn made_clear(scene: &Scene, verb: &Verb) -> Option<Candidate> {
    let makes = scene.lemma(verb.at) == "make" && !verb.quoted && !source::is_passive(scene, verb.at);
    let it = usize::from(scene.lower(verb.group.end) == "it");
    let clear = verb.group.end + it;
    let known = matches!(scene.lower(clear), "clear" | "plain" | "known") && scene.lower(clear + 1) == "that";
    let entry = cue::entry(Class::Verb, "say", "clause").filter(|_| makes && known)?;
    let subject = source::subject(scene, verb.at).filter(|&s| s < verb.at && source::can_speak(scene.parse, s))?;
    let cue = scene.parse.bytes(verb.group.start..clear + 1);
    Some(
        Candidate::new(scene, Rank::Clause, verb.at, cue, entry)
            .with_source(Some(source::named(scene, subject)))
            .with_content(scene, cut(scene, scene.from(clear + 1)..verb.limit, Shape::Clause)),
    )
}

fn followed(scene: &Scene, verb: &Verb) -> Option<Candidate> {
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "clause")?;
    let subject = source::subject(scene, verb.at).filter(|&s| s < verb.at)?;
    let from = verb.group.end;
    if source::is_passive(scene, verb.at) || !begins_clause(scene, from) || !source::can_speak(scene.parse, subject) {
        return None;
    }
    let end = scene.tokens_in(&(scene.from(from)..verb.limit)).end.min(from + REACH);
    // headlines leave out the auxiliary: "army says two soldiers killed"
    let headline = scene.kind == crate::document::ParagraphKind::Headline;
    let finite = |i: usize| scene.is_finite(i) || (headline && scene.parse.tokens()[i].tag == Tag::Vbn);
    let at = (from..end).find(|&i| finite(i))?;
    Some(
        Candidate::new(scene, Rank::Loose, verb.at, cue_bytes(scene, verb), entry)
            .with_source(speaking(scene, verb.at)?)
            .with_content(scene, cut(scene, scene.from(from)..verb.limit, Shape::Clause))
            .with_head(at),
    )
}

/// "The agency reported on Monday, citing officials, that …": a clause behind an aside, which the parser hangs to the aside.
fn parted(scene: &Scene, verb: &Verb) -> Option<Candidate> {
    let reports = cue::words().recounting.contains(scene.lemma(verb.at)) && !source::is_passive(scene, verb.at);
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "clause").filter(|_| reports && !verb.quoted)?;
    let own = scene.parse.children(verb.at).any(|c| c > verb.at && matches!(scene.dep(c), Dep::Ccomp | Dep::Xcomp));
    let subject = source::subject(scene, verb.at).filter(|&s| s < verb.at && !own)?;
    let end = scene.tokens_in(&(scene.from(verb.group.end)..verb.limit)).end;
    let opens = |&i: &usize| scene.lower(i) == "that" && scene.lower(i - 1) == ",";
    let that = (verb.group.end + 1..end.min(verb.group.end + REACH)).find(opens)?;
    let clause = (that + 1..end).find(|&i| scene.is_finite(i))?;
    let aside = !(verb.group.end..that).any(|i| scene.is_finite(i)) && source::can_speak(scene.parse, subject);
    let content = cut(scene, scene.from(that)..verb.limit, Shape::Clause);
    aside.then_some(
        Candidate::new(scene, Rank::Clause, verb.at, cue_bytes(scene, verb), entry)
            .with_source(speaking(scene, verb.at)?)
            .with_content(scene, content)
            .with_head(clause),
    )
}

/// Whether a clause can begin at a token: no punctuation, no preposition but "that", no "so".
fn begins_clause(scene: &Scene, at: usize) -> bool {
    let Some(token) = scene.parse.tokens().get(at) else { return false };
    let that = matches!(&*token.lower, "that" | "there");
    let closed = matches!(token.pos, Pos::Punct | Pos::Adp | Pos::Part | Pos::Cconj | Pos::Sym | Pos::Adv);
    that || !(closed || token.dep == Dep::Prep || &*token.lower == "so")
}
