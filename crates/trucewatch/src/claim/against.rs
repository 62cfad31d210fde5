//! What the language itself says against a claim that the weights take: a question puts nothing on record, a truce that
//! enters into force crosses no line, a height is not taken prisoner.

use std::ops::Range;

use syntax::{Dep, Pos};

use super::code::Draft;
use super::page::Page;
use super::role::WORDS;
use super::terms::TERMS;
use super::{Class, Kind, span};
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
        Kind::Incursion => {
            page.behind(at, &["into"]).any(|o| is_state(page.lemma(o)))
                || cannot_march(page, at)
                || is_set_free(page, at)
        }
        Kind::Assault | Kind::Clash => is_weather(page, at),
        Kind::Displacement => is_at_home(page, draft),
        Kind::Casualties => is_no_harm(page, draft),
        Kind::Truce => agrees_to_other(page, draft),
        Kind::Deployment if keeps_captives(page, at) => true,
        Kind::Detention => page.is_verb(at) && object().is_some_and(|o| is_ground(page, o)),
        Kind::Withdrawal if is_only_seen(page, draft) => true,
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
            nothing || (site && &*page.token(at).lower == "firing") || is_exhibit(page, at)
        }
        Kind::Talks => {
            object().is_some_and(|o| is_met_otherwise(page, at, o)) || is_hilltop(page, at) || is_of_one_house(page, at)
        }
        Kind::Access => page.is_verb(at) && page.lemma(at) == "open" && is_fire(page, at),
        Kind::Assistance => {
            let carried = object().or_else(|| (page.token(at).dep == Dep::Acl).then(|| page.token(at).head));
            page.is_verb(at)
                && carried
                    .is_some_and(|o| matches!(page.lemma(o), "letter" | "message" | "note" | "speech" | "verdict"))
        }
        _ => false,
    }
}

/// "Four thousand people live from that road", "has 74 people for the whole line", "sent eleven patients home": nobody fled
/// or came back where no word says so.
fn is_at_home(page: &Page<'_>, draft: &Draft) -> bool {
    let head = page.token(draft.token).head;
    let sentence = page.sentence(draft.token);
    let gone = || {
        sentence.clone().any(|i| TERMS.flight.contains(page.lemma(i)) || TERMS.flight.contains(&*page.token(i).lower))
    };
    let sent = || page.parse.child_by(head, Dep::Dobj).is_some_and(|o| is_sent_home(page.lemma(o)));
    let unsaid = draft.kind.rule.starts_with("weights/");
    let living = matches!(page.lemma(head), "live" | "have" | "depend" | "rely" | "need" | "employ" | "serve" | "feed");
    unsaid && ((living && !gone()) || sent())
}

/// Whom a house sends home for the day.
fn is_sent_home(lemma: &str) -> bool {
    matches!(lemma, "patient" | "worker" | "pupil" | "student" | "employee" | "staff" | "player" | "conscript")
}

/// A drone that "was not recovered", soldiers by whom an attack was made, the loss of a drone: nobody was killed or hurt.
fn is_no_harm(page: &Page<'_>, draft: &Draft) -> bool {
    let at = draft.token;
    let unsaid = draft.kind.rule.starts_with("weights/");
    let token = page.token(at);
    let thing = || page.passive_subject(at).is_some_and(|s| &*page.token(s).lower == "it");
    let by = |preposition: usize| {
        let act = page.lemma(page.token(preposition).head);
        &*page.token(preposition).lower == "by"
            && matches!(act, "attack" | "assault" | "raid" | "offensive" | "advance")
    };
    match page.lemma(at) {
        "recover" | "retrieve" => thing(),
        "loss" => is_loss_of_craft(page, at),
        _ => unsaid && page.is_noun(at) && token.dep == Dep::Pobj && by(token.head),
    }
}

/// "Shot down five drones. Vesk admits to one loss": what was lost is what the words before are of.
fn is_loss_of_craft(page: &Page<'_>, at: usize) -> bool {
    let craft = |l: &str| matches!(l, "drone" | "aircraft" | "plane" | "helicopter" | "jet" | "tank" | "vehicle");
    let people = |l: &str| {
        matches!(l, "man" | "soldier" | "troop" | "civilian" | "people" | "life" | "dead" | "casualty" | "serviceman")
    };
    let lemmas = || with_sentence_before(page, at).map(|i| page.lemma(i));
    lemmas().any(craft) && !lemmas().any(people)
}

/// "Exchanged prisoners on Saturday. Eighteen soldiers walked across the ford": whoever is set free crosses no line by force.
fn is_set_free(page: &Page<'_>, verb: usize) -> bool {
    let free =
        |i: usize| matches!(page.lemma(i), "prisoner" | "captive" | "hostage" | "exchange" | "swap" | "handover");
    let walks = matches!(page.lemma(verb), "walk" | "step" | "come" | "return");
    walks && with_sentence_before(page, verb).any(free)
}

/// The tokens of a word's sentence and of the one before it in the paragraph.
fn with_sentence_before(page: &Page<'_>, at: usize) -> Range<usize> {
    let sentence = page.sentence(at);
    let before = sentence.start.checked_sub(1).map_or(sentence.start, |last| page.sentence(last).start);
    before..sentence.end
}

/// "A cold front advances across the hills", "the frost may launch a last offensive".
fn is_weather(page: &Page<'_>, at: usize) -> bool {
    let verb = span::unit(page, at);
    let weather = |s: usize| match page.lemma(s) {
        "front" => page.parse.children_by(s, &[Dep::Amod]).any(|a| matches!(page.lemma(a), "cold" | "warm" | "polar")),
        lemma => matches!(lemma, "frost" | "winter" | "storm" | "rain" | "snow" | "wind" | "hail" | "sleet" | "fog"),
    };
    page.subject(verb).is_some_and(weather)
}

/// "It is their maps that have crossed the border": what crosses a border only on paper.
fn cannot_march(page: &Page<'_>, verb: usize) -> bool {
    let token = page.token(verb);
    let above = (token.dep == Dep::Relcl).then_some(token.head);
    let marches = page.subject(verb).into_iter().chain(above);
    marches
        .into_iter()
        .any(|s| matches!(page.lemma(s), "map" | "paper" | "document" | "word" | "idea" | "road" | "river"))
}

/// "His government would agree only if …", where nothing speaks of a truce: what is agreed to is something else.
fn agrees_to_other(page: &Page<'_>, draft: &Draft) -> bool {
    let unsaid = draft.kind.rule.starts_with("weights/");
    let peace = |l: &str| {
        TERMS.treaties.contains(l) || matches!(l, "peace" | "fire" | "fight" | "fighting" | "war" | "hostility")
    };
    let spoken = || (0..page.parse.len()).any(|i| peace(page.lemma(i)) || peace(&page.token(i).lower));
    unsaid && matches!(page.lemma(draft.token), "agree" | "consent") && !spoken()
}

/// "Keeps 22 of its soldiers", told beside an exchange of prisoners: they are held, not sent.
fn keeps_captives(page: &Page<'_>, at: usize) -> bool {
    let captive = |i: usize| matches!(page.lemma(i), "prisoner" | "captive" | "exchange" | "swap" | "hostage");
    let keeps = |v: usize| matches!(page.lemma(v), "keep" | "hold" | "retain");
    let verb = page.parse.ancestors(at).find(|&v| page.is_verb(v));
    verb.is_some_and(keeps) && page.sentence(at).any(captive)
}

/// "Showed the patrol fragments of a mortar round": what is shown is no fire.
fn is_exhibit(page: &Page<'_>, at: usize) -> bool {
    let piece = |i: &usize| {
        matches!(
            page.lemma(*i),
            "fragment" | "remnant" | "remains" | "piece" | "part" | "debris" | "wreckage" | "splinter"
        )
    };
    let shown =
        |i: usize| matches!(page.lemma(page.token(i).head), "show" | "display" | "present" | "hand" | "produce");
    page.parse.ancestors(at).find(piece).is_some_and(shown)
}

/// "A meeting of his government": those who meet belong to one house.
fn is_of_one_house(page: &Page<'_>, at: usize) -> bool {
    let house = |o: usize| matches!(page.lemma(o), "government" | "cabinet" | "parliament" | "staff" | "ministry");
    let alone =
        |o: usize| house(o) && page.token(o).tag == syntax::Tag::Nn && page.parse.child_by(o, Dep::Conj).is_none();
    matches!(page.lemma(at), "meeting" | "session" | "sitting") && page.behind(at, &["of"]).any(alone)
}

/// "The flag has been flying on the summit": the top of a hill.
fn is_hilltop(page: &Page<'_>, at: usize) -> bool {
    let token = page.token(at);
    let on = token.dep == Dep::Pobj && matches!(&*page.token(token.head).lower, "on" | "atop" | "from");
    let stands = || {
        matches!(
            page.lemma(page.token(token.head).head),
            "fly" | "stand" | "flag" | "soldier" | "wave" | "plant" | "raise" | "hoist" | "fight" | "position" | "fire"
        )
    };
    page.lemma(at) == "summit" && on && stands()
}

/// "They counted six guns": who sees guns has not seen them leave, where no word says so.
fn is_only_seen(page: &Page<'_>, draft: &Draft) -> bool {
    let unsaid = draft.kind.rule.starts_with("weights/") && page.is_noun(draft.token);
    unsaid && WORDS.observing.contains(page.lemma(span::unit(page, draft.token)))
}

/// "Will meet an answer", "receives us": what is met is no party to talks, or the outlet.
fn is_met_otherwise(page: &Page<'_>, verb: usize, object: usize) -> bool {
    let thing = matches!(
        page.lemma(object),
        "answer"
            | "response"
            | "resistance"
            | "demand"
            | "need"
            | "deadline"
            | "target"
            | "condition"
            | "requirement"
            | "end"
            | "fate"
    );
    let outlet = matches!(&*page.token(object).lower, "us" | "me") && page.mentions.voice.is_none();
    matches!(page.lemma(verb), "meet" | "receive" | "host") && (thing || outlet)
}

/// "Machine guns opened up", "opened fire".
fn is_fire(page: &Page<'_>, verb: usize) -> bool {
    let fire = page.parse.child_by(verb, Dep::Dobj).is_some_and(|o| page.lemma(o) == "fire");
    let guns = |s: usize| matches!(page.lemma(s), "gun" | "artillery" | "battery" | "tank" | "mortar" | "sniper");
    fire || page.parse.child_by(verb, Dep::Nsubj).is_some_and(guns)
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
