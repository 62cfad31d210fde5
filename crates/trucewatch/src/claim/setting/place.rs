//! Where the event of a claim is, by its own sentence.

use syntax::{Dep, Pos};

use super::super::code::Draft;
use super::super::page::Page;
use super::super::{ClaimPlace, Kind, Traced};
use super::aside;
use crate::place::{Mention, MentionKind};

/// Prepositions that say where.
const WHERE: [&str; 26] = [
    "above",
    "across",
    "along",
    "around",
    "at",
    "beyond",
    "in",
    "inside",
    "into",
    "near",
    "off",
    "on",
    "onto",
    "outside",
    "over",
    "past",
    "throughout",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "upon",
    "within",
    "from",
    "of",
];
/// Verbs whose place is where papers were signed, not where they hold.
const SIGNING: [&str; 9] = ["sign", "reach", "agree", "conclude", "announce", "declare", "negotiate", "broker", "say"];

/// Where the event of a draft is: hung on it, else in its clause, else in its sentence.
pub(in crate::claim) fn place_of(page: &Page<'_>, draft: &Draft) -> Option<Traced<ClaimPlace>> {
    let sentence = page.sentence(draft.token);
    let aside = aside(page, draft.token);
    let near = page.places.iter().filter(|m| m.paragraph == page.index && sentence.contains(&m.tokens.start));
    let near = near.filter(|m| !aside.iter().any(|run| run.contains(&m.tokens.start)));
    let (_, best) = near.filter_map(|m| Some((rank(page, draft, m)?, m))).min_by_key(|(r, m)| (*r, m.tokens.start))?;
    Some(Traced::new(claim_place(best), [best.span], "place/near"))
}

/// A mention as the place of a claim.
pub(super) fn claim_place(mention: &Mention) -> ClaimPlace {
    ClaimPlace { name: trimmed(&mention.name).to_owned(), resolved: mention.choice.best().cloned() }
}

/// Lower is nearer; `None` for what is no place of this event.
fn rank(page: &Page<'_>, draft: &Draft, mention: &Mention) -> Option<(u8, usize)> {
    let site = Site::of(page, mention)?;
    if matches!(draft.kind.value, Kind::Truce | Kind::Violation | Kind::Implementation) && site.is_venue(page) {
        return None;
    }
    let hung = page.parse.ancestors(site.anchor).any(|a| a == draft.token);
    let inside = draft.run.contains(&site.anchor);
    let tier = match (hung, inside, site.says_where) {
        (true, _, true) => 0,
        (true, _, false) => 1,
        (false, true, true) => 1,
        (false, true, false) => 2,
        (false, false, true) => 3,
        (false, false, false) => 4,
    };
    let vague = if is_vague(mention) { 2 } else { 0 };
    Some((tier + vague, site.anchor.abs_diff(draft.token)))
}

/// How a place stands in its sentence.
pub(super) struct Site {
    /// Head of the phrase, of the first of several joined by "and".
    anchor: usize,
    /// Whether a preposition of place leads it.
    says_where: bool,
}

impl Site {
    /// `None` for a name that stands for a government, an origin or a body.
    pub(super) fn of(page: &Page<'_>, mention: &Mention) -> Option<Site> {
        if matches!(mention.kind, MentionKind::Adjective | MentionKind::Embedded) {
            return None;
        }
        let within = |i: &usize| mention.tokens.contains(i);
        let head = mention.core.clone().find(|&i| !within(&page.token(i).head)).unwrap_or(mention.core.start);
        let anchor = first_conjunct(page, head);
        let token = page.token(anchor);
        let preposition = if token.dep == Dep::Pobj { &*page.token(token.head).lower } else { "" };
        let says_where = WHERE.contains(&preposition) && !(preposition == "of" && is_of_a_body(page, token.head));
        let stands_for_a_party = page.mentions.at(mention.paragraph, head).is_some();
        (says_where || !stands_for_a_party || mention.kind == MentionKind::Feature)
            .then_some(Site { anchor, says_where })
    }

    /// Whether it is where something was signed or said.
    fn is_venue(&self, page: &Page<'_>) -> bool {
        let preposition = page.token(self.anchor).head;
        let verb = page.token(preposition).head;
        self.says_where && page.token(verb).pos == Pos::Verb && SIGNING.contains(&page.lemma(verb))
    }
}

/// "The president of X": of whom, not where.
fn is_of_a_body(page: &Page<'_>, of: usize) -> bool {
    let governor = page.token(of).head;
    page.mentions.at(page.index, governor).is_some()
        || matches!(page.lemma(governor), "president" | "minister" | "government" | "ministry" | "army" | "people")
}

fn first_conjunct(page: &Page<'_>, head: usize) -> usize {
    let mut at = head;
    while page.token(at).dep == Dep::Conj && page.token(at).head < at {
        at = page.token(at).head;
    }
    at
}

/// A line or zone without a name of its own: "the border".
fn is_vague(mention: &Mention) -> bool {
    mention.kind == MentionKind::Feature && !mention.name.contains(char::is_uppercase)
}

fn trimmed(name: &str) -> &str {
    name.trim_end_matches(|c: char| matches!(c, '.' | ',' | ';' | ':') || c.is_whitespace())
}
