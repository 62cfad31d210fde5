//! Who holds a stand, asks, counts or refuses where the outlet tells it in its own words.

use syntax::{Dep, Pos, Tag};

use super::super::modality::MODALITY;
use super::super::mode::Decision;
use super::super::page::Page;
use super::super::terms::TERMS;
use super::super::trigger::Trigger;
use super::super::{Kind, Mode, Speaker, Traced};
use super::Voice;
use super::speaking::{at_cue, is_nobody, speaks, takes_lives};
use super::words::WORDS;
use crate::pack::PartyId;
use crate::party::Speaking;
use crate::statement::Verdict;
use crate::statement::speaker::NARRATOR;

/// How far above the claim's word the verb of a stand is looked for.
const HIGHEST: usize = 5;

/// Who holds a stand, asks, denies or refuses in the outlet's own words: "Vesk welcomed the plan and urged Orlava to
/// withdraw". That one is on record, not the outlet.
pub(in crate::claim) fn holder(page: &Page<'_>, trigger: &Trigger, decision: &Decision, voice: Voice) -> Voice {
    if voice.speaker.value.name != NARRATOR {
        return voice;
    }
    let verb = holding_verb(page, trigger, decision).or_else(|| telling_verb(page, trigger.token));
    if verb.is_some_and(|verb| is_supposed(page, verb)) {
        return voice;
    }
    let said = verb.and_then(|verb| stated_by(page, verb));
    let asked = || decision.word.filter(|&w| asks(decision) && page.is_noun(w)).and_then(|noun| owner(page, noun));
    let held = said.or_else(|| held_by(page, taker(page, verb?)?)).or_else(|| held_by(page, asked()?));
    let held = held.or_else(|| held_by(page, stand_taker(page, trigger)?));
    held.map_or_else(|| voice.clone(), |speaker| Voice { speaker, ..voice.clone() })
}

/// "Vesk might reject the plan", "who may be threatened by Vesk": nobody has said so yet; the outlet thinks it possible.
fn is_supposed(page: &Page<'_>, verb: usize) -> bool {
    page.auxiliaries(verb).any(|word| matches!(word, "might" | "may" | "could"))
}

/// "The town was shelled, it added, and two houses burned": whom a pronoun stands for is known best as the source of the
/// verb's own statement.
fn stated_by(page: &Page<'_>, verb: usize) -> Option<Traced<Speaker>> {
    taker(page, verb).filter(|&s| page.token(s).pos == Pos::Pron)?;
    let index = at_cue(page, verb).filter(|&i| speaks(page, i))?;
    let party = page.sources[index].parties.first().filter(|p| !p.is_bystander()).cloned();
    let speaker = Speaker { name: page.sources[index].name.clone(), party: Some(party?) };
    Some(Traced::new(speaker, page.sources[index].spans.clone(), "speaker/holder"))
}

/// Who takes the stand that a verb tells: its subject, of a passive the agent.
fn taker(page: &Page<'_>, verb: usize) -> Option<usize> {
    if page.is_passive(verb) { page.agent(verb) } else { page.subject(verb) }
}

/// Who takes the stand that a noun names: "criticism from Vesk", "the president's warning".
fn stand_taker(page: &Page<'_>, trigger: &Trigger) -> Option<usize> {
    let noun = Some(trigger.token).filter(|&t| page.is_noun(t) && WORDS.stands.contains(page.lemma(t)))?;
    let stands = matches!(trigger.kind, Kind::Position | Kind::Threat);
    stands.then(|| owner(page, noun)).flatten()
}

fn asks(decision: &Decision) -> bool {
    matches!(decision.mode.value, Mode::CalledFor | Mode::Rejected | Mode::Denied)
}

/// Whose a wish, a refusal or a plan is: "Torv's offer", "Veskan calls for", "pleas by Vesk", "the plan laid out by Torv".
fn owner(page: &Page<'_>, noun: usize) -> Option<usize> {
    let drawn_up = || page.parse.children_by(noun, &[Dep::Acl]).find_map(|made| page.agent(made));
    page.possessor(noun).or_else(|| page.behind(noun, &["by", "from"]).next()).or_else(drawn_up)
}

/// The verb by which somebody takes a stand in words, asks or refuses, over the word that carries the claim.
fn holding_verb(page: &Page<'_>, trigger: &Trigger, decision: &Decision) -> Option<usize> {
    let word = match (trigger.kind, decision.mode.value) {
        (Kind::Position | Kind::Threat, _) => Some(trigger.token),
        _ if asks(decision) => decision.word.filter(|&w| page.is_verb(w)),
        _ => None,
    }?;
    let holds = |&v: &usize| page.is_verb(v) && WORDS.holding.contains(page.lemma(v));
    std::iter::once(word).chain(page.parse.ancestors(word).take(HIGHEST)).find(holds)
}

/// A verb of saying or promising over a word, where the word stands in no clause about a noun, a time or a reason, and
/// behind no semicolon: those are the outlet's.
fn telling_verb(page: &Page<'_>, token: usize) -> Option<usize> {
    let path = std::iter::once(token).chain(page.parse.ancestors(token).take(HIGHEST));
    let charges = |v: usize| {
        WORDS.charging.contains(page.lemma(v)) && is_participle_of(page, token, v) || is_harm_of(page, token, v)
    };
    let names = |v: usize| page.lemma(v) == "call" && page.parse.child_by(v, Dep::Oprd).is_some();
    let unsaid = |v: usize| WORDS.unsaid.contains(page.lemma(v)) && page.is_negated(v);
    let puts = |v: usize| WORDS.telling.contains(page.lemma(v)) || charges(v) || names(v);
    let tells = |&v: &usize| page.is_verb(v) && puts(v) && !unsaid(v);
    let mut inside = true;
    let leaves = |v: usize| page.token(v).dep == Dep::Relcl || is_timed(page, v) || is_occasion(page, v);
    let mut within = |v: usize| std::mem::replace(&mut inside, !leaves(v));
    let verb = path.take_while(|&v| within(v)).find(tells)?;
    let parted = |i: usize| matches!(&*page.token(i).lower, ";" | ":");
    (!(token.min(verb)..token.max(verb)).any(parted)).then_some(verb)
}

/// Whether a token stands in a participle's clause directly under a verb: "accused Vesk of a raid, killing two".
fn is_participle_of(page: &Page<'_>, token: usize, verb: usize) -> bool {
    let mut path = std::iter::once(token).chain(page.parse.ancestors(token));
    let clause = path.find(|&c| page.token(c).head == verb);
    clause.is_some_and(|c| page.token(c).dep == Dep::Advcl && page.token(c).tag == Tag::Vbg)
}

/// "Confirmed a raid, killing two": what a deed that somebody confirms has done.
fn is_harm_of(page: &Page<'_>, token: usize, verb: usize) -> bool {
    let harms = matches!(page.lemma(token), "kill" | "wound" | "injure" | "damage" | "destroy");
    harms && page.lemma(verb) == "confirm" && is_participle_of(page, token, verb)
}

/// Whether a clause says when or why in the outlet's words: "as the troops withdrew", "after the truce ended".
fn is_timed(page: &Page<'_>, clause: usize) -> bool {
    let opens = |c: usize| page.token(c).dep == Dep::Mark && matches!(&*page.token(c).lower, "as" | "after" | "since");
    page.token(clause).dep == Dep::Advcl && page.parse.children(clause).any(opens)
}

/// "After a meeting with the envoy, Torv said …": on what occasion somebody says something, in the outlet's words.
fn is_occasion(page: &Page<'_>, preposition: usize) -> bool {
    let token = page.token(preposition);
    let opens = WORDS.occasions.contains(&*token.lower);
    // "in anticipation of clashes" is why
    let noun = page.parse.child_by(preposition, Dep::Pobj).map_or("", |o| page.lemma(o));
    let why = matches!(noun, "anticipation" | "protest" | "response" | "retaliation" | "return");
    token.dep == Dep::Prep && opens && !why && WORDS.telling_plainly.contains(page.lemma(token.head))
}

/// The speaker that a subject names: the party of a pronoun goes under the name of whom it stands for. A paper's
/// writer is who passes, sends or issues it.
fn held_by(page: &Page<'_>, subject: usize) -> Option<Traced<Speaker>> {
    let word = page.lemma(subject);
    if (WORDS.silent.contains(word) && !WORDS.papers.contains(word)) || is_nobody(page.parse, subject) {
        return None;
    }
    let issuer = || page.subject(page.token(subject).head);
    let is_issued = WORDS.papers.contains(page.lemma(subject)) && page.token(subject).dep == Dep::Dobj;
    let drafted = || WORDS.papers.contains(page.lemma(subject)).then(|| owner(page, subject)).flatten();
    let subject = if is_issued { issuer() } else { drafted() }.unwrap_or(subject);
    let party = holder_party(page, subject)?;
    let written = page.mentions.name_at(page.index, subject);
    let pronoun = page.token(subject).pos == Pos::Pron;
    let own = pronoun.then(|| page.mentions.of_party(&party)).flatten();
    let person = page.mentions.person(&written).map(|p| p.name.clone());
    let name = own.or(person).unwrap_or(written);
    let spans = [page.paragraph.span_at(subject)];
    Some(Traced::new(Speaker { name, party: Some(party) }, spans, "speaker/holder"))
}

/// The party of a subject: the one it names; that of the last source for "the group"; nobody's for people who speak.
fn holder_party(page: &Page<'_>, subject: usize) -> Option<PartyId> {
    let known = page.mentions.parties(page.index, subject, Speaking::NOBODY).into_iter().find(|p| !p.is_bystander());
    let again = WORDS.again.contains(page.lemma(subject)) && is_definite(page, subject);
    let last = || again.then(|| last_source(page, subject)).flatten();
    known.or_else(last).or_else(|| is_somebody(page, subject).then(|| PartyId::new(PartyId::OTHER)))
}

/// The party of the last source before a token.
fn last_source(page: &Page<'_>, token: usize) -> Option<PartyId> {
    let all = page.statements.all();
    let before = |i: &usize| all.get(*i).is_some_and(|s| (s.paragraph, s.cue_head) < (page.index, Some(token)));
    let last = (0..all.len()).rev().find(before)?;
    page.sources.get(last)?.parties.first().filter(|p| !p.is_bystander()).cloned()
}

/// Whether a noun has an article or "its" and no other word that tells it from others.
fn is_definite(page: &Page<'_>, noun: usize) -> bool {
    let mut before = page.parse.children(noun).filter(|&c| c < noun);
    before.next().is_some_and(|c| matches!(&*page.token(c).lower, "the" | "this")) && before.next().is_none()
}

/// Whether a subject is a person or a noun for people who speak, such as "aid agencies".
fn is_somebody(page: &Page<'_>, subject: usize) -> bool {
    let noun = page.token(subject).pos == Pos::Noun && TERMS.speakers.contains(page.lemma(subject));
    let person = || page.parse.entity_at(subject).is_some_and(|e| e.kind == syntax::EntityKind::Person);
    noun || person()
}

/// "Vesk reports three dead": who counts, where the count is the object of a verb of counting.
pub(super) fn reporter(page: &Page<'_>, token: usize) -> Option<Voice> {
    let under_object = |verb: usize| {
        page.parse.children_by(verb, &[Dep::Dobj, Dep::Ccomp, Dep::Oprd]).any(|o| page.parse.is_under(token, o))
    };
    let puts = |v: usize| {
        matches!(page.lemma(v), "put" | "give") && page.parse.child_by(v, Dep::Dobj).is_some_and(|o| is_count(page, o))
    };
    let counts =
        |v: &usize| page.is_verb(*v) && (TERMS.counting.contains(page.lemma(*v)) || puts(*v)) && under_object(*v);
    // who is asked to count has not counted yet: "demanded that the mission count the dead"
    let asked = |v: usize| MODALITY.verbs.called_for.contains(page.lemma(page.token(v).head));
    let said = |v: usize| !page.is_negated(v) && !takes_lives(page.parse, v);
    let counted = |v: &usize| counts(v) && page.token(*v).tag != Tag::Vb && !asked(*v) && said(*v);
    let verb = page.parse.ancestors(token).take(4).find(counted)?;
    let subject = page.parse.child_by(verb, Dep::Nsubj).or_else(|| quoted_as(page, verb))?;
    if is_nobody(page.parse, subject) {
        return None;
    }
    let stated = at_cue(page, verb).and_then(|i| page.sources.get(i)).filter(|s| s.name != NARRATOR);
    // what the noun stands for in the text is known better as the source of a statement: "the ministry reported"
    let known = stated.and_then(|s| s.parties.first()).filter(|p| !p.is_bystander()).cloned();
    let known = known.or_else(|| page.mentions.parties(page.index, subject, Speaking::NOBODY).into_iter().next());
    let known = known.or_else(|| stated?.parties.first().cloned());
    let party = known.or_else(|| is_somebody(page, subject).then(|| PartyId::new(PartyId::OTHER)))?;
    let source = stated.filter(|s| s.parties.contains(&party));
    let written = page.mentions.name_at(page.index, subject);
    let person = page.mentions.person(&written).map(|p| p.name.clone());
    let unnamed = written.starts_with(char::is_lowercase) && !party.is_bystander();
    let own = || unnamed.then(|| page.mentions.of_party(&party)).flatten();
    let name = source.map(|s| s.name.clone()).or(person).or_else(own).unwrap_or(written);
    let spans = [page.paragraph.span_at(subject)];
    let speaker = Traced::new(Speaker { name, party: Some(party) }, spans, "speaker/counting");
    Some(Voice { speaker, via: Vec::new(), cue: Some(verb), verdict: Verdict::Assert, addressee: None })
}

/// "The agency quoted officials as giving a toll of ten": who is quoted.
fn quoted_as(page: &Page<'_>, verb: usize) -> Option<usize> {
    let preposition = page.token(verb).head;
    let above = page.token(preposition).head;
    let quotes = &*page.token(preposition).lower == "as" && matches!(page.lemma(above), "quote" | "cite");
    page.parse.child_by(above, Dep::Dobj).filter(|&o| quotes && o < preposition)
}

/// "Puts the toll at ten": whether an object is a count.
fn is_count(page: &Page<'_>, object: usize) -> bool {
    matches!(page.lemma(object), "toll" | "number" | "figure" | "count" | "loss" | "death")
}
