//! How the speaker relates the event to reality: a walk from the word that carries it up to the cue.

use syntax::{Dep, Pos};

use super::modality::MODALITY;
use super::page::Page;
use super::trigger::Trigger;
use super::voice::Voice;
use super::{Kind, Mode, Traced};

/// How far up the tree a mode is looked for.
const HIGHEST: usize = 12;

/// Words between what waits and what it waits for.
const PRECONDITION: &[&str] = &["after", "before", "when", "once", "if"];

/// The mode of a trigger, read up to the reporting word above it, if there is one. A stand is asserted whatever its
/// grammar.
pub(super) fn mode_of(page: &Page<'_>, trigger: &Trigger, voice: &Voice) -> Decision {
    if trigger.kind == Kind::Position {
        return Decision { mode: Traced::new(Mode::Asserted, [], "mode/stand"), word: None };
    }
    let mut walk = Walk { page, trigger, cue: voice.cue, mode: None, negated: None };
    walk.climb();
    let word = walk.mode.map(|m| m.1);
    Decision { mode: walk.verdict(), word }
}

/// A mode and the word that decided it, other than a negation.
pub(super) struct Decision {
    pub(super) mode: Traced<Mode>,
    pub(super) word: Option<usize>,
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
        if page.is_noun(at) && page.is_negated(at) {
            self.negated = Some(at);
        }
        for _ in 0..HIGHEST {
            let token = page.token(at);
            match token.pos {
                Pos::Verb | Pos::Aux => self.at_verb(at, below),
                Pos::Noun | Pos::Propn => self.at_noun(at, below),
                Pos::Adj => self.at_adjective(at, below),
                _ => {}
            }
            if Some(at) == self.cue || token.head == at || token.dep == Dep::Relcl {
                break;
            }
            if self.cue == Some(token.head) {
                self.at_cue(token.head, at);
                break;
            }
            if token.dep == Dep::Advcl {
                self.at_purpose(at, token.head);
                break;
            }
            below = Some(at);
            at = token.head;
        }
    }

    fn set(&mut self, mode: Mode, token: usize, rule: &'static str) {
        self.mode.get_or_insert((mode, token, rule));
    }

    fn at_verb(&mut self, verb: usize, below: Option<usize>) {
        let page = self.page;
        let path = below.map(|b| page.token(b).dep);
        if path.is_some_and(|dep| matches!(dep, Dep::Advcl | Dep::Relcl | Dep::Acl | Dep::Parataxis)) {
            return;
        }
        let auxiliaries: Vec<&str> = page.auxiliaries(verb).collect();
        if page.is_negated(verb) {
            self.at_negation(verb, path, &auxiliaries);
        }
        self.at_precondition(verb);
        self.at_auxiliaries(verb, &auxiliaries);
        if let Some(below) = below {
            self.at_governor(verb, below);
        }
    }

    fn at_negation(&mut self, verb: usize, path: Option<Dep>, auxiliaries: &[&str]) {
        if auxiliaries.iter().any(|a| matches!(*a, "will" | "would" | "'ll" | "wo" | "shall")) {
            self.set(Mode::Rejected, verb, "mode/will-not");
        } else if path != Some(Dep::Conj) {
            self.negated = self.negated.or(Some(verb));
        }
    }

    fn at_auxiliaries(&mut self, verb: usize, auxiliaries: &[&str]) {
        let has = |words: &[&str]| auxiliaries.iter().any(|a| words.contains(a));
        let page = self.page;
        if has(&["should", "must", "ought"]) {
            self.set(Mode::CalledFor, verb, "mode/should");
        } else if has(&["might", "could", "may"]) {
            self.set(Mode::Conditional, verb, "mode/might");
        } else if page.is_marked(verb, &["if", "unless"]) || self.is_condition(verb) {
            self.set(Mode::Conditional, verb, "mode/if");
        } else if has(&["would"]) {
            let mode = if self.cue.is_none() || self.has_condition(verb) { Mode::Conditional } else { Mode::Planned };
            self.set(mode, verb, "mode/would");
        } else if has(&["will", "'ll", "shall"]) {
            self.set(Mode::Planned, verb, "mode/will");
        } else if has(&["to"]) && page.token(verb).dep == Dep::Root {
            self.set(Mode::Planned, verb, "mode/headline-to");
        }
    }

    /// "Can begin only after the troops leave": what waits is conditional, what it waits for is wanted.
    fn at_precondition(&mut self, verb: usize) {
        let page = self.page;
        let waits = |v: usize| page.parse.children(v).any(|c| &*page.token(c).lower == "only");
        let marked = |c: usize| page.is_marked(c, PRECONDITION);
        if waits(verb) && page.parse.children_by(verb, &[Dep::Advcl]).any(marked) {
            self.set(Mode::Conditional, verb, "mode/only-after");
        }
        let governor = page.token(verb).head;
        if page.token(verb).dep == Dep::Advcl && marked(verb) && page.is_verb(governor) && waits(governor) {
            self.set(Mode::CalledFor, governor, "mode/precondition");
        }
    }

    /// Whether a clause is itself a condition: "until the troops leave", "once the talks end".
    fn is_condition(&self, verb: usize) -> bool {
        self.page.token(verb).dep == Dep::Advcl && self.page.is_marked(verb, &["until", "once", "unless", "if"])
    }

    fn has_condition(&self, verb: usize) -> bool {
        let page = self.page;
        page.parse.children_by(verb, &[Dep::Advcl]).any(|c| page.is_marked(c, &["if", "unless", "once", "until"]))
    }

    /// A verb above the one that carries the event: "refused to withdraw", "called for talks".
    fn at_governor(&mut self, verb: usize, below: usize) {
        let page = self.page;
        let path = page.token(below).dep;
        let complement = matches!(
            path,
            Dep::Dobj
                | Dep::Xcomp
                | Dep::Ccomp
                | Dep::Prep
                | Dep::Oprd
                | Dep::Acomp
                | Dep::Pobj
                | Dep::Nsubjpass
                | Dep::Pcomp
        );
        if !complement {
            return;
        }
        let lemma = page.lemma(verb);
        let preposition = (path == Dep::Prep).then(|| &*page.token(below).lower);
        let effects = &MODALITY.verbs;
        if MODALITY.words.fulfilling.contains(lemma) && matches!(self.mode, Some((Mode::Planned, ..))) {
            // a promise kept is done, and one not kept is not
            self.mode = None;
        } else if effects.failed.contains(lemma) && matches!(path, Dep::Xcomp | Dep::Prep) {
            self.negated = Some(verb);
        } else if effects.denied.contains(lemma) {
            self.set(Mode::Denied, verb, "mode/denying-verb");
        } else if effects.rejected.contains(lemma) && preposition.is_none_or(|p| p == "to") {
            self.set(Mode::Rejected, verb, "mode/refusing-verb");
        } else if effects.called_for.contains(lemma) && preposition.is_none_or(|p| matches!(p, "for" | "to" | "on")) {
            self.set(Mode::CalledFor, verb, "mode/asking-verb");
        } else if effects.planned.contains(lemma) && preposition.is_none_or(|p| matches!(p, "for" | "to")) {
            self.at_plan(verb, lemma);
        } else if effects.conditional.contains(lemma) {
            self.set(Mode::Conditional, verb, "mode/fearing-verb");
        } else if lemma == "go" && path == Dep::Xcomp {
            self.set(Mode::Planned, verb, "mode/going-to");
        }
    }

    /// An agreement reached is asserted; its steps are planned.
    fn at_plan(&mut self, verb: usize, lemma: &str) {
        let reached = matches!(lemma, "agree" | "accept" | "announce" | "consent")
            && self.trigger.kind == Kind::Truce
            && self.page.is_noun(self.trigger.token);
        if !reached {
            self.set(Mode::Planned, verb, "mode/planning-verb");
        }
    }

    fn at_noun(&mut self, noun: usize, below: Option<usize>) {
        let Some(below) = below else { return };
        let page = self.page;
        let path = page.token(below).dep;
        if !matches!(path, Dep::Prep | Dep::Acl | Dep::Pcomp | Dep::Ccomp | Dep::Pobj | Dep::Relcl)
            || path == Dep::Relcl
        {
            return;
        }
        let lemma = page.lemma(noun);
        let effects = &MODALITY.nouns;
        if effects.called_for.contains(lemma) {
            self.set(Mode::CalledFor, noun, "mode/asking-noun");
        } else if effects.planned.contains(lemma) {
            self.set(Mode::Planned, noun, "mode/planning-noun");
        } else if effects.conditional.contains(lemma) {
            self.set(Mode::Conditional, noun, "mode/risk-noun");
        } else if effects.rejected.contains(lemma) {
            self.set(Mode::Rejected, noun, "mode/refusing-noun");
        } else if effects.denied.contains(lemma) {
            self.negated = Some(noun);
        }
        if path == Dep::Prep && page.is_negated(noun) {
            self.negated = Some(noun);
        }
    }

    fn at_adjective(&mut self, adjective: usize, below: Option<usize>) {
        let Some(below) = below else { return };
        let lemma = self.page.lemma(adjective);
        let complement = matches!(self.page.token(below).dep, Dep::Xcomp | Dep::Prep | Dep::Ccomp);
        let effects = &MODALITY.adjectives;
        if effects.planned.contains(lemma) && complement {
            self.set(Mode::Planned, adjective, "mode/ready");
        } else if effects.conditional.contains(lemma) {
            self.set(Mode::Conditional, adjective, "mode/possible");
        } else if effects.called_for.contains(lemma) {
            self.set(Mode::CalledFor, adjective, "mode/necessary");
        } else if effects.denied.contains(lemma) {
            self.negated = Some(adjective);
        }
    }

    /// The reporting word itself: "denied that", "called for", "did not promise to".
    fn at_cue(&mut self, cue: usize, below: usize) {
        let page = self.page;
        let lemma = page.lemma(cue);
        let path = page.token(below).dep;
        let effects = &MODALITY.verbs;
        if self.mode.is_none() && matches!(path, Dep::Ccomp | Dep::Xcomp | Dep::Dobj | Dep::Prep | Dep::Pobj) {
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

    /// "Urged Vesk to …", "met to discuss": an infinitive beside its verb.
    fn at_purpose(&mut self, clause: usize, governor: usize) {
        let page = self.page;
        let infinitive = page.auxiliaries(clause).any(|a| a == "to");
        if !infinitive || !page.is_verb(governor) {
            return;
        }
        let lemma = page.lemma(governor);
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
