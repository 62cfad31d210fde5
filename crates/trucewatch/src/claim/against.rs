//! What the language itself says against a claim that the weights take: a question puts nothing on record, a truce that
//! enters into force crosses no line, a height is not taken prisoner.

use syntax::{Dep, Pos};

use super::code::Draft;
use super::page::Page;
use super::terms::TERMS;
use super::{Class, Kind};
use crate::document::ParagraphKind;

/// Tokens up to which a sentence without a verb is only a heading within the text.
const HEADING: usize = 5;

/// Whether a draft's own words say that it is no claim, or none of its type.
pub(super) fn speaks_against(page: &Page<'_>, draft: &Draft) -> bool {
    is_question(page, draft)
        || is_heading(page, draft)
        || is_reason(page, draft)
        || is_told(page, draft)
        || is_duty(page, draft)
        || is_term(page, draft)
        || is_other(page, draft)
}

/// "Has his army laid mines?"
fn is_question(page: &Page<'_>, draft: &Draft) -> bool {
    let mut rest = page.sentence(draft.token).rev().map(|i| page.parse.word(i));
    rest.find(|w| w.chars().any(|c| !c.is_whitespace() && !matches!(c, '"' | '”' | '’' | '\'')))
        .is_some_and(|w| w.starts_with('?'))
}

/// "Freedom of movement.": a few words without a verb before what is told.
fn is_heading(page: &Page<'_>, draft: &Draft) -> bool {
    let sentence = page.sentence(draft.token);
    let body = page.paragraph.kind != ParagraphKind::Headline;
    body && sentence.len() <= HEADING && sentence.len() < page.parse.len() && !sentence.clone().any(|i| page.is_verb(i))
}

/// "Refused passage, citing mines": a reason that somebody gives puts nothing on record for who tells it.
fn is_reason(page: &Page<'_>, draft: &Draft) -> bool {
    let token = page.token(draft.token);
    token.dep == Dep::Dobj
        && matches!(page.lemma(token.head), "cite" | "invoke" | "allege")
        && page.token(token.head).dep == Dep::Advcl
}

/// "Residents told the patrol that …": whoever is told something has not yet checked it.
fn is_told(page: &Page<'_>, draft: &Draft) -> bool {
    let token = page.token(draft.token);
    let told =
        matches!(token.dep, Dep::Dobj | Dep::Dative) && matches!(page.lemma(token.head), "tell" | "inform" | "assure");
    draft.kind.value == Kind::Verification && told
}

/// "It does not oblige them to fight": a duty is no fighting.
fn is_duty(page: &Page<'_>, draft: &Draft) -> bool {
    let token = page.token(draft.token);
    let bound = matches!(page.lemma(token.head), "oblige" | "require" | "compel" | "bind" | "entitle");
    draft.kind.value == Kind::Clash && bound && matches!(token.dep, Dep::Xcomp | Dep::Ccomp | Dep::Advcl)
}

/// "The agreement bans artillery fire": a term of a paper is no fire, nor anybody's refusal of it.
fn is_term(page: &Page<'_>, draft: &Draft) -> bool {
    let bans = |v: &usize| matches!(page.lemma(*v), "ban" | "forbid" | "prohibit" | "outlaw");
    let paper = |v: usize| page.subject(v).is_some_and(|s| TERMS.treaties.contains(page.lemma(s)));
    let fires = draft.kind.value.class() == Class::Hostilities && page.is_noun(draft.token);
    fires && page.parse.ancestors(draft.token).find(|&v| page.is_verb(v)).filter(bans).is_some_and(paper)
}

/// Words that mean something else than the type: "entered into force", "captured Height 9", "withdrew its consent",
/// "firing positions".
fn is_other(page: &Page<'_>, draft: &Draft) -> bool {
    let at = draft.token;
    let object = || page.parse.child_by(at, Dep::Dobj).or_else(|| page.passive_subject(at));
    match draft.kind.value {
        Kind::Incursion => page.behind(at, &["into"]).any(|o| is_state(page.lemma(o))),
        Kind::Detention => page.is_verb(at) && object().is_some_and(|o| is_ground(page, o)),
        Kind::Withdrawal | Kind::Deployment => {
            let verb = page.is_verb(at).then_some(at).or_else(|| page.parse.ancestors(at).find(|&v| page.is_verb(v)));
            verb.is_some_and(|v| {
                page.lemma(v) == "withdraw" && page.parse.child_by(v, Dep::Dobj).is_some_and(|o| is_word(page.lemma(o)))
            })
        }
        Kind::Gunfire | Kind::Shelling => {
            let site = page.parse.tokens().get(at + 1).is_some_and(|next| is_site(&next.lemma));
            let nothing =
                page.behind(at, &["at"]).any(|o| matches!(page.lemma(o), "echo" | "shadow" | "ghost" | "phantom"));
            nothing || (site && &*page.token(at).lower == "firing")
        }
        Kind::Assistance => {
            let carried = object().or_else(|| (page.token(at).dep == Dep::Acl).then(|| page.token(at).head));
            page.is_verb(at)
                && carried
                    .is_some_and(|o| matches!(page.lemma(o), "letter" | "message" | "note" | "speech" | "verdict"))
        }
        _ => false,
    }
}

/// What a gun stands in or a soldier trains at: "firing positions".
fn is_site(lemma: &str) -> bool {
    matches!(lemma, "position" | "range" | "point" | "line" | "squad")
}

/// What a paper enters into.
fn is_state(lemma: &str) -> bool {
    matches!(
        lemma,
        "force"
            | "effect"
            | "law"
            | "operation"
            | "talk"
            | "negotiation"
            | "agreement"
            | "office"
            | "contact"
            | "detail"
    )
}

/// A height, a village, a post: what is named, or numbered, and no people.
fn is_ground(page: &Page<'_>, object: usize) -> bool {
    let named = page.token(object).pos == Pos::Propn || page.places.iter().any(|m| m.tokens.contains(&object));
    named && page.parse.entity_at(object).is_none_or(|e| e.kind != syntax::EntityKind::Person)
}

/// What is withdrawn and neither marches nor rolls.
fn is_word(lemma: &str) -> bool {
    matches!(
        lemma,
        "consent"
            | "support"
            | "approval"
            | "recognition"
            | "offer"
            | "proposal"
            | "statement"
            | "claim"
            | "remark"
            | "accusation"
            | "complaint"
            | "objection"
            | "demand"
            | "candidacy"
            | "application"
            | "signature"
            | "invitation"
    )
}
