//! How the speaker relates the event to reality: a walk from the word that carries it up to the cue.

mod inputs;
mod noun;
mod verb;
mod weights;

use syntax::{Dep, Pos, Tag};

use super::modality::MODALITY;
use super::page::Page;
use super::trigger::Trigger;
use super::voice::Voice;
use super::{Kind, Mode, Traced};
use crate::statement::Verdict;

pub(super) use inputs::Inputs;

/// How far up the tree a mode is looked for.
const HIGHEST: usize = 12;

/// Words between what waits and what it waits for.
const PRECONDITION: &[&str] = &["after", "before", "when", "once", "if"];

/// The mode of a trigger: what the rules make of it, weighed once more. A stand is asserted whatever its grammar.
pub(super) fn mode_of(page: &Page<'_>, trigger: &Trigger, voice: &Voice) -> Decision {
    if trigger.kind == Kind::Position {
        return Decision { mode: Traced::new(Mode::Asserted, [], "mode/stand"), word: None, chance: 1.0 };
    }
    if let Some(word) = taken_back(page, trigger.token) {
        let mode = Traced::new(Mode::Denied, [page.paragraph.span_at(word)], TAKEN_BACK);
        return Decision { mode, word: Some(word), chance: 1.0 };
    }
    let (decision, inputs) = unweighed(page, trigger, voice);
    weights::settle(decision, trigger.kind, &inputs, |i| page.paragraph.span_at(i))
}

/// The rule by which somebody takes back what they had said.
pub(crate) const TAKEN_BACK: &str = "mode/taken-back";

/// "Withdrew its claim that troops had crossed": the verb by which a claim is taken back.
fn taken_back(page: &Page<'_>, at: usize) -> Option<usize> {
    let mut above = page.parse.ancestors(at).take_while(|&a| page.token(a).dep != Dep::Relcl);
    let claim = above.find(|&a| page.is_noun(a) && MODALITY.words.claims.contains(page.lemma(a)))?;
    let verb = page.token(claim).head;
    let takes = match page.lemma(verb) {
        "withdraw" | "retract" | "recant" | "rescind" | "disown" => true,
        "take" => page.parse.children(verb).any(|c| &*page.token(c).lower == "back"),
        _ => false,
    };
    (takes && page.token(claim).dep == Dep::Dobj && !page.is_negated(verb)).then_some(verb)
}

/// What the rules make of a trigger, and what the weights are told of it.
pub(super) fn unweighed(page: &Page<'_>, trigger: &Trigger, voice: &Voice) -> (Decision, Inputs) {
    let decision = ruled(page, trigger, voice);
    let inputs = inputs::inputs(page, trigger, voice, &decision);
    (decision, inputs)
}

/// The mode as the rules have it, read up to the reporting word above a trigger, if there is one.
fn ruled(page: &Page<'_>, trigger: &Trigger, voice: &Voice) -> Decision {
    let cue = voice.cue.filter(|&c| !page.is_noun(c));
    let mut walk = Walk { page, trigger, cue, mode: None, negated: None };
    walk.at_own_verb();
    walk.climb();
    walk.at_list();
    let word = walk.mode.map(|m| m.1);
    let mode = walk.verdict();
    if mode.rule == "mode/plain" && voice.cue.is_none() && voice.verdict == Verdict::CallFor {
        // an item of a list whose introduction asks for it
        return Decision { mode: Traced::new(Mode::CalledFor, [], "mode/asked-list"), word, chance: 1.0 };
    }
    Decision { mode, word, chance: 1.0 }
}

/// A mode and the word that decided it, other than a negation.
pub(super) struct Decision {
    pub(super) mode: Traced<Mode>,
    pub(super) word: Option<usize>,
    /// How likely it is by the weights, 0 to 1.
    pub(super) chance: f32,
}

struct Walk<'p, 'a> {
    page: &'p Page<'a>,
    trigger: &'p Trigger,
    cue: Option<usize>,
    mode: Option<(Mode, usize, &'static str)>,
    negated: Option<usize>,
}

impl Walk<'_, '_> {
    fn climb(&mut self) {
        let page = self.page;
        let mut at = self.trigger.token;
        let mut below = None;
        if page.is_noun(at) {
            if self.waits(at) {
                self.set(Mode::Conditional, at, "mode/no-until");
            }
            self.at_own_noun(at);
        }
        for _ in 0..HIGHEST {
            let token = page.token(at);
            match token.pos {
                Pos::Verb | Pos::Aux => self.at_verb(at, below),
                Pos::Noun | Pos::Propn => self.at_noun(at, below),
                Pos::Adj => self.at_adjective(at, below),
                Pos::Adp | Pos::Sconj if below.is_some() => self.at_preposition(at),
                _ => {}
            }
            let told = below.is_some_and(|b| self.is_told(at, b));
            if told || self.is_asked(at) || self.is_parted(at) || self.is_beside(at) {
                break;
            }
            let infinitive = page.is_infinitive(at);
            if Some(at) == self.cue || token.head == at || (token.dep == Dep::Relcl && !infinitive) {
                break;
            }
            if self.cue == Some(token.head) {
                self.at_cue(token.head, at);
                break;
            }
            if token.dep == Dep::Advcl {
                self.at_purpose(at, token.head);
                if !infinitive {
                    break;
                }
            }
            below = Some(at);
            at = token.head;
        }
    }

    /// "Could not determine who fired": what a question in another clause is about is taken for granted there.
    fn is_asked(&self, clause: usize) -> bool {
        let page = self.page;
        let first = &*page.token(page.token(clause).edges.0).lower;
        let asks = matches!(first, "who" | "whom" | "what" | "where" | "when" | "why" | "how" | "which");
        asks && page.is_verb(clause) && matches!(page.token(clause).dep, Dep::Ccomp | Dep::Pcomp)
    }

    /// "Asked for help during the talks", "will go on despite the raid": what stands behind such a preposition is taken for
    /// granted.
    fn is_beside(&self, at: usize) -> bool {
        let token = self.page.token(at);
        token.dep == Dep::Prep && MODALITY.words.beside.contains(&*token.lower)
    }

    /// "Two were hurt; they are not in danger": behind a semicolon or colon another clause begins, whose verb decides
    /// nothing of the one before, nor the one before of it.
    fn is_parted(&self, clause: usize) -> bool {
        let page = self.page;
        let (dep, head) = (page.token(clause).dep, page.token(clause).head);
        let own = || page.parse.children_by(clause, &[Dep::Nsubj, Dep::Nsubjpass]).next().is_some();
        let parts = |i: usize| matches!(&*page.token(i).lower, ";" | ":");
        let beside = matches!(dep, Dep::Ccomp | Dep::Conj | Dep::Parataxis | Dep::Acl) && Some(head) != self.cue;
        let free = || own() && page.parse.child_by(clause, Dep::Mark).is_none();
        beside && page.is_verb(clause) && free() && (clause.min(head)..clause.max(head)).any(parts)
    }

    /// "Before the artillery leaves, no truce": a noun that is not to be until something else is.
    fn waits(&self, noun: usize) -> bool {
        let page = self.page;
        let none = page.parse.children(noun).any(|c| &*page.token(c).lower == "no");
        let first = page.sentence(noun).find(|&i| page.token(i).pos != Pos::Punct);
        let until = |i: usize| matches!(&*page.token(i).lower, "before" | "until" | "unless" | "without");
        let comma = |from: usize| (from..noun).any(|i| &*page.token(i).lower == ",");
        none && first.is_some_and(|i| until(i) && comma(i))
    }

    fn set(&mut self, mode: Mode, token: usize, rule: &'static str) {
        self.mode.get_or_insert((mode, token, rule));
    }

    fn at_adjective(&mut self, adjective: usize, below: Option<usize>) {
        let Some(below) = below else { return };
        let lemma = self.page.lemma(adjective);
        let complement = matches!(self.page.token(below).dep, Dep::Xcomp | Dep::Prep | Dep::Ccomp);
        let effects = &MODALITY.adjectives;
        if effects.rejected.contains(lemma) {
            self.set(Mode::Rejected, adjective, "mode/unacceptable");
        } else if effects.planned.contains(lemma) && complement {
            self.set(Mode::Planned, adjective, "mode/ready");
        } else if effects.conditional.contains(lemma) {
            // "it is unclear whether they will come": what is in doubt is no plan
            if self.page.token(below).dep == Dep::Ccomp {
                self.mode = self.mode.filter(|(mode, ..)| !matches!(mode, Mode::Planned | Mode::CalledFor));
            }
            self.set(Mode::Conditional, adjective, "mode/possible");
        } else if effects.called_for.contains(lemma) {
            self.set(Mode::CalledFor, adjective, "mode/necessary");
        } else if effects.denied.contains(lemma) {
            self.negate(adjective);
        }
    }

    /// The reporting word itself: "denied that", "called for", "did not promise to".
    fn at_cue(&mut self, cue: usize, below: usize) {
        let page = self.page;
        let lemma = page.lemma(cue);
        let path = page.token(below).dep;
        let effects = &MODALITY.verbs;
        self.at_wish(cue, below, lemma);
        if self.mode.is_none()
            && (matches!(path, Dep::Ccomp | Dep::Xcomp | Dep::Dobj | Dep::Prep | Dep::Pobj)
                || self.is_adverbial_infinitive(below))
        {
            if effects.denied.contains(lemma) {
                self.set(Mode::Denied, cue, "mode/denying-cue");
            } else if effects.rejected.contains(lemma) {
                self.set(Mode::Rejected, cue, "mode/refusing-cue");
            } else if effects.called_for.contains(lemma) && !matches!(lemma, "insist" | "suggest") {
                self.set(Mode::CalledFor, cue, "mode/asking-cue");
            } else if effects.planned.contains(lemma) && matches!(path, Dep::Xcomp | Dep::Ccomp) {
                self.set(Mode::Planned, cue, "mode/planning-cue");
            } else if effects.conditional.contains(lemma) {
                self.set(Mode::Conditional, cue, "mode/fearing-cue");
            }
        }
        if page.is_negated(cue) && (effects.called_for.contains(lemma) || effects.planned.contains(lemma)) {
            self.mode = Some((Mode::Rejected, cue, "mode/negated-cue"));
        }
    }

    /// "Called on Vesk to leave", "called for both to leave": an infinitive, under whatever relation.
    fn is_adverbial_infinitive(&self, clause: usize) -> bool {
        self.page.token(clause).dep == Dep::Advcl && self.page.is_infinitive(clause)
    }

    /// "Hoped that talks would begin", "insists that they halt it", "agreed that they should": the cue decides over the
    /// auxiliary under it.
    fn at_wish(&mut self, cue: usize, below: usize, lemma: &str) {
        let page = self.page;
        let mut auxiliaries = page.auxiliaries(below);
        let bare = auxiliaries.next().is_none_or(|a| a == "be") && auxiliaries.next().is_none();
        let passive = page.token(below).tag == Tag::Vbn && page.auxiliaries(below).any(|a| a == "be");
        let subjunctive = bare && (page.token(below).tag == Tag::Vb || passive);
        let modal = matches!(
            self.mode,
            Some((Mode::Planned | Mode::Conditional, _, "mode/will" | "mode/would" | "mode/might"))
        );
        if page.token(below).dep != Dep::Ccomp {
            return;
        }
        if subjunctive && self.mode.is_none() && MODALITY.verbs.called_for.contains(lemma) {
            self.set(Mode::CalledFor, cue, "mode/subjunctive");
        } else if modal && matches!(lemma, "hope" | "wish" | "want") {
            self.mode = Some((Mode::CalledFor, cue, "mode/wishing-cue"));
        } else if lemma == "agree" && matches!(self.mode, Some((Mode::CalledFor, _, "mode/should"))) {
            self.mode = Some((Mode::Planned, cue, "mode/agreed-that"));
        }
    }

    /// "Called for a halt to the shelling, lifting the siege and …": gerunds that go on with a list of what is asked for,
    /// wherever the parser hangs them.
    fn at_list(&mut self) {
        let page = self.page;
        let gerund = std::iter::once(self.trigger.token)
            .chain(page.parse.ancestors(self.trigger.token))
            .find(|&i| page.is_verb(i))
            .filter(|&v| page.token(v).tag == Tag::Vbg && page.subject_free(v));
        let Some(gerund) = gerund.filter(|_| self.mode.is_none() && self.negated.is_none()) else { return };
        let start = page.parse.sentence_of(gerund).start;
        let asks = |i: usize| {
            let lemma = page.lemma(i);
            let verb = page.is_verb(i) && MODALITY.verbs.called_for.contains(lemma);
            verb || (page.is_noun(i) && MODALITY.nouns.called_for.contains(lemma))
        };
        let finite = |i: usize| matches!(page.token(i).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
        let listed = (start..gerund).rev().take_while(|&i| asks(i) || !finite(i)).find(|&i| asks(i));
        let parted = |from: usize| (from..gerund).any(|i| matches!(&*page.token(i).lower, "," | ";" | "and"));
        if let Some(asking) = listed.filter(|&a| parted(a) && a != gerund) {
            self.set(Mode::CalledFor, asking, "mode/asked-list");
        }
    }

    /// "Urged Vesk to …", "met to discuss": an infinitive beside its verb.
    fn at_purpose(&mut self, clause: usize, governor: usize) {
        let page = self.page;
        if !page.is_infinitive(clause) || !page.is_verb(governor) {
            return;
        }
        let lemma = page.lemma(governor);
        self.at_light_verb(governor);
        if MODALITY.verbs.called_for.contains(lemma) {
            self.set(Mode::CalledFor, governor, "mode/asking-verb");
        } else if MODALITY.verbs.planned.contains(lemma) {
            self.set(Mode::Planned, governor, "mode/planning-verb");
        }
    }

    fn verdict(self) -> Traced<Mode> {
        let span = |i: usize| self.page.paragraph.span_at(i);
        match (self.mode, self.negated) {
            (None, Some(i)) => Traced::new(Mode::Denied, [span(i)], "mode/negation"),
            (Some((Mode::CalledFor | Mode::Planned, i, _)), Some(n)) => {
                Traced::new(Mode::Rejected, [span(i), span(n)], "mode/negated-wish")
            }
            (Some((mode, i, rule)), _) => Traced::new(mode, [span(i)], rule),
            (None, None) => match self.trigger.sense.and_then(|s| s.entry.mode()) {
                Some(mode) => Traced::new(mode, [span(self.trigger.token)], self.trigger.rule()),
                None => Traced::new(Mode::Asserted, [], "mode/plain"),
            },
        }
    }
}
