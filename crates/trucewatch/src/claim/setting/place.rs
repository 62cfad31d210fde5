//! Where the event of a claim is, by its own sentence.

mod words;

use syntax::Dep;

use super::super::code::Draft;
use super::super::page::Page;
use super::super::{ClaimPlace, Kind, Traced};
use super::aside;
use super::theatre::Theatre;
use crate::party::Kind as Named;
use crate::place::{Mention, MentionKind};
use words::WORDS;

/// A place found in the claim's own sentence.
#[derive(Debug)]
pub(in crate::claim) struct Near {
    /// The place.
    pub(super) place: Traced<ClaimPlace>,
    /// Whether it is where people met or signed.
    pub(super) is_venue: bool,
}

/// Where the event of a draft is: hung on it, else in its clause, else in its sentence.
pub(in crate::claim) fn place_of(page: &Page<'_>, draft: &Draft, theatre: &Theatre) -> Option<Near> {
    let sentence = page.sentence(draft.token);
    let aside = aside(page, draft.token);
    let near = page.places.iter().filter(|m| sentence.contains(&m.tokens.start));
    let near = near.filter(|m| !aside.iter().any(|run| run.contains(&m.tokens.start)));
    let bound = !is_of_speech(draft.kind.value);
    let own = |m: &Mention| Site::of_claim(page, draft, m).is_some_and(|s| s.is_own(page, draft, m));
    let near = near.filter(|m| !bound || theatre.holds(m) || own(m)).filter(|m| !is_excluded(page, m));
    let near: Vec<&Mention> = near.collect();
    let sited =
        near.iter().filter(|m| !is_round(page, m, &near)).filter_map(|m| Some((Site::of_claim(page, draft, m)?, *m)));
    let ranked = sited.filter_map(|(site, m)| Some((rank(page, draft, &site, m)?, site, m)));
    let (_, site, best) = ranked.min_by_key(|(r, _, m)| (*r, m.tokens.start))?;
    let place = Traced::new(claim_place(best), [best.span], "place/near");
    Some(Near { place, is_venue: site.is_venue(page) })
}

/// Whether a place is only named to say where another is: Y in "X in Y".
pub(super) fn is_round(page: &Page<'_>, outer: &Mention, all: &[&Mention]) -> bool {
    let head = head_of(page, outer);
    let up: Vec<usize> = page
        .parse
        .ancestors(head)
        .take_while(|&a| page.is_noun(a) || is_preposition(page, a) || lies(page, a))
        .collect();
    let is_name = |m: &Mention| matches!(m.kind, MentionKind::Name | MentionKind::Feature);
    all.iter().any(|m| is_name(m) && m.tokens != outer.tokens && m.core.clone().any(|t| up.contains(&t)))
}

/// "On the border, but beyond X", "not in X": where it was not.
pub(super) fn is_excluded(page: &Page<'_>, mention: &Mention) -> bool {
    let word = |back: usize| mention.tokens.start.checked_sub(back).map_or("", |i| &*page.token(i).lower);
    let leads = usize::from(word(1) == "the") + 1;
    match word(leads) {
        "beyond" | "outside" => word(leads + 1) == "but",
        "in" | "at" | "on" => word(leads + 1) == "not",
        _ => false,
    }
}

/// "A camp located in Vesk": a word that only says where a thing lies.
fn lies(page: &Page<'_>, i: usize) -> bool {
    page.token(i).dep == Dep::Acl && WORDS.lying.contains(page.lemma(i))
}

fn is_preposition(page: &Page<'_>, i: usize) -> bool {
    page.token(i).dep == Dep::Prep
}

/// The token of a mention that the rest of it hangs on.
pub(super) fn head_of(page: &Page<'_>, mention: &Mention) -> usize {
    let outside = |i: &usize| !mention.tokens.contains(&page.token(*i).head) || page.token(*i).head == *i;
    mention.core.clone().find(outside).unwrap_or(mention.core.start)
}

/// A mention as the place of a claim.
pub(super) fn claim_place(mention: &Mention) -> ClaimPlace {
    ClaimPlace { name: trimmed(&mention.name).to_owned(), resolved: mention.choice.best().cloned() }
}

/// Lower is nearer; `None` for what is no place of this event.
pub(super) fn rank(page: &Page<'_>, draft: &Draft, site: &Site, mention: &Mention) -> Option<(u8, usize)> {
    if matches!(draft.kind.value, Kind::Truce | Kind::Violation | Kind::Implementation) && site.is_venue(page) {
        return None;
    }
    if site.fires_from(page) {
        return None;
    }
    if !is_of_speech(draft.kind.value) && site.is_of_telling(page) && site.governor != draft.token {
        return None;
    }
    let hung = page.parse.ancestors(site.anchor).any(|a| a == draft.token) || is_antecedent(page, site.anchor, draft);
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
    let origin = if site.is_origin && !leaves(draft.kind.value) { 2 } else { 0 };
    Some((tier + vague + origin, site.anchor.abs_diff(draft.token)))
}

/// Types that are said rather than done.
pub(super) fn is_of_speech(kind: Kind) -> bool {
    matches!(kind, Kind::Talks | Kind::Mediation | Kind::Position | Kind::Threat)
}

/// Types whose place is what is left behind.
fn leaves(kind: Kind) -> bool {
    matches!(kind, Kind::Withdrawal | Kind::Displacement | Kind::Exchange)
}

/// Types that are done to a place as well as to whoever holds it: "attacked Vesk", "left Vesk".
fn is_on_ground(kind: Kind) -> bool {
    use Kind::{Airstrike, Assault, Displacement, Incursion, Seizure, Shelling, Withdrawal};
    matches!(kind, Airstrike | Assault | Displacement | Incursion | Seizure | Shelling | Withdrawal)
}

/// The place that a relative clause is about: "X, which was shelled".
pub(super) fn is_antecedent(page: &Page<'_>, place: usize, draft: &Draft) -> bool {
    let clause = page.clause(draft.token);
    let token = page.token(clause);
    token.dep == Dep::Relcl && token.head == place
}

/// How a place stands in its sentence.
pub(super) struct Site {
    /// Head of the phrase, of the first of several joined by "and".
    pub(super) anchor: usize,
    /// Whether a preposition of place leads it.
    pub(super) says_where: bool,
    /// What that preposition hangs on.
    pub(super) governor: usize,
    /// Whether something comes from there.
    pub(super) is_origin: bool,
}

impl Site {
    /// `None` for a name that stands for a government, an origin or a body.
    pub(super) fn of(page: &Page<'_>, mention: &Mention) -> Option<Site> {
        if matches!(mention.kind, MentionKind::Adjective | MentionKind::Embedded) {
            return None;
        }
        let head = head_of(page, mention);
        let anchor = first_conjunct(page, head);
        let token = page.token(anchor);
        let preposition = if token.dep == Dep::Pobj { &*page.token(token.head).lower } else { "" };
        let governor = if token.dep == Dep::Pobj { page.token(token.head).head } else { token.head };
        let party = page.mentions.at(mention.paragraph, head);
        // "The guns of Vesk" are Vesk's; "the guns of Kolvar" may stand there.
        let owned = preposition == "of" && party.is_some() && page.is_noun(governor);
        let owns = owned && !WORDS.ground.contains(page.lemma(governor));
        let part = matches!(preposition, "of" | "from") && is_part(page, governor);
        let says_where = WORDS.places.contains(preposition) && !owns;
        if party.is_some_and(|p| !matches!(p.kind, Named::Name | Named::Seat)) {
            return None;
        }
        let stands_for_a_party = party.is_some();
        let is_origin = preposition == "from";
        let site = Site { anchor, says_where: says_where || part, governor, is_origin };
        let names_event = token.dep == Dep::Compound && WORDS.events.contains(page.lemma(token.head));
        let stands = site.says_where || !stands_for_a_party || names_event || mention.kind == MentionKind::Feature;
        stands.then_some(site)
    }

    /// Whether somebody only spoke there: "ten shells fell on the village, she told the press in Marn".
    pub(super) fn is_of_telling(&self, page: &Page<'_>) -> bool {
        self.says_where && WORDS.telling.contains(page.lemma(self.governor))
    }

    /// "The fire came from the direction of Marn, on the other bank", "fired from behind Height 9": what hit somewhere came
    /// from there.
    pub(super) fn fires_from(&self, page: &Page<'_>) -> bool {
        let word = |back: usize| self.anchor.checked_sub(back).map_or("", |i| &*page.token(i).lower);
        let over = usize::from(matches!(word(1), "the" | "Height" | "height" | "hill" | "mount" | "village"));
        if word(over + 1) == "behind" && word(over + 2) == "from" {
            return true;
        }
        let Some(verb) = page.parse.ancestors(self.anchor).find(|&a| page.is_verb(a)) else { return false };
        let from = |o: usize| page.lemma(o) == "direction" && o < self.anchor;
        page.behind(verb, &["from"]).any(from)
    }

    /// As `of`, for a claim: what is attacked, taken or left is a place too, and so is what a stand is about.
    pub(super) fn of_claim(page: &Page<'_>, draft: &Draft, mention: &Mention) -> Option<Site> {
        Site::of(page, mention).or_else(|| {
            let head = head_of(page, mention);
            let token = page.token(head);
            let acted_on = token.dep == Dep::Dobj && token.head == draft.token && is_on_ground(draft.kind.value);
            let about = token.dep == Dep::Poss && draft.kind.value == Kind::Position && draft.run.contains(&head);
            let about = about && !page.places.iter().any(|m| m.core.contains(&token.head));
            let site = Site { anchor: head, says_where: acted_on, governor: token.head, is_origin: false };
            (mention.kind == MentionKind::Name && (acted_on || about)).then_some(site)
        })
    }

    /// Whether a claim's own words put something there, though it lies outside the conflict's countries. A country or a
    /// line that things are only near or on the way to does not count.
    pub(super) fn is_own(&self, page: &Page<'_>, draft: &Draft, mention: &Mention) -> bool {
        let above = page.token(self.anchor);
        let preposition = if above.dep == Dep::Pobj { &*page.token(above.head).lower } else { "" };
        let of_noun = preposition == "on" && page.is_noun(self.governor);
        let within = above.dep == Dep::Dobj || WORDS.within.contains(preposition) || of_noun;
        let named = mention.kind == MentionKind::Name && page.mentions.at(mention.paragraph, self.anchor).is_none();
        self.says_where && !self.is_origin && (within || named) && draft.run.contains(&self.anchor)
    }

    /// Whether papers were signed or people met there.
    pub(super) fn is_venue(&self, page: &Page<'_>) -> bool {
        self.says_where && WORDS.venue.contains(page.lemma(self.governor))
    }
}

/// "The south of X", "the village of X": a part of it or its class, not its government or people.
fn is_part(page: &Page<'_>, noun: usize) -> bool {
    let token = page.token(noun);
    crate::place::is_part_noun(&token.lower) || crate::place::is_part_noun(&token.lemma)
}

fn first_conjunct(page: &Page<'_>, head: usize) -> usize {
    let mut at = head;
    while page.token(at).dep == Dep::Conj && page.token(at).head < at {
        at = page.token(at).head;
    }
    at
}

/// A line or zone without a name of its own: "the border".
pub(super) fn is_vague(mention: &Mention) -> bool {
    mention.kind == MentionKind::Feature && !mention.name.contains(char::is_uppercase)
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '-') || c.is_whitespace())
}
