//! What the nouns over the word that carries a claim make of it: "calls for a truce", "a planned withdrawal".

use std::collections::BTreeSet;

use syntax::Dep;

use super::super::modality::MODALITY;
use super::super::{Class, Mode};
use super::Walk;

impl Walk<'_, '_> {
    /// The claim's own noun: "no talks", "planned talks", "a possible withdrawal", "a deal due to take effect".
    pub(super) fn at_own_noun(&mut self, noun: usize) {
        let page = self.page;
        let joined = page.token(noun).dep == Dep::Conj && page.is_negated(page.token(noun).head);
        if page.is_negated(noun) || joined || self.is_not_one(noun) {
            self.negated = Some(noun);
        }
        let before = page.parse.children_by(noun, &[Dep::Amod]).filter(|&c| c < noun);
        for adjective in before {
            let word = &*page.token(adjective).lower;
            let words = &MODALITY.words;
            if words.coming.contains(word) {
                self.set(Mode::Planned, adjective, "mode/planned-noun");
            } else if words.eventual.contains(word) {
                self.set(Mode::Conditional, adjective, "mode/possible-noun");
            } else if words.proposed.contains(word) {
                self.set(Mode::CalledFor, adjective, "mode/proposed-noun");
            }
        }
        let behind = page.parse.children_by(noun, &[Dep::Acl, Dep::Amod, Dep::Relcl]).filter(|&c| c > noun);
        if let Some(due) = behind.into_iter().find(|&c| self.is_adjectival(c) && self.is_awaited(c)) {
            self.set(Mode::Planned, due, "mode/due-noun");
        }
    }

    /// "Due to begin", "set to resume", "scheduled for", "that is supposed to".
    fn is_awaited(&self, i: usize) -> bool {
        let page = self.page;
        let lemma = page.lemma(i);
        let waits = page.parse.children(i).any(|c| {
            (page.token(c).dep == Dep::Xcomp)
                || (page.token(c).dep == Dep::Prep && matches!(&*page.token(c).lower, "for" | "to"))
        });
        let active = page.parse.child_by(i, Dep::Nsubj).is_some() && page.parse.child_by(i, Dep::Auxpass).is_none();
        waits && !active && (lemma == "due" || MODALITY.words.awaited.contains(lemma))
    }

    pub(super) fn at_noun(&mut self, noun: usize, below: Option<usize>) {
        let Some(below) = below else { return };
        let page = self.page;
        let path = page.token(below).dep;
        let infinitive = page.is_infinitive(below);
        if !(matches!(path, Dep::Prep | Dep::Acl | Dep::Pcomp | Dep::Ccomp | Dep::Pobj) || infinitive) {
            return;
        }
        let lemma = page.lemma(noun);
        let effects = &MODALITY.nouns;
        if let Some(verb) = self.turned_down(noun, &MODALITY.words.claims, &MODALITY.words.rebuffing) {
            self.set(Mode::Denied, verb, "mode/claim-turned-down");
        } else if let Some(verb) = self.turned_down(noun, &MODALITY.words.offered, &MODALITY.words.declining) {
            self.set(Mode::Rejected, verb, "mode/offer-turned-down");
        } else if let Some(word) = self.said_to_be_untrue(noun) {
            self.set(Mode::Denied, word, "mode/said-to-be-untrue");
        } else if effects.called_for.contains(lemma) {
            self.set(Mode::CalledFor, noun, "mode/asking-noun");
        } else if effects.planned.contains(lemma) {
            self.set(Mode::Planned, noun, "mode/planning-noun");
        } else if effects.conditional.contains(lemma) || self.is_case(noun) || self.is_way(noun) {
            self.set(Mode::Conditional, noun, "mode/risk-noun");
        } else if effects.rejected.contains(lemma) {
            self.set(Mode::Rejected, noun, "mode/refusing-noun");
        } else if effects.denied.contains(lemma) || self.ends_fire(lemma, below) {
            self.negate(noun);
        }
        let unable = path == Dep::Acl && matches!(lemma, "position" | "way" | "plan" | "intention" | "reason");
        if (path == Dep::Prep || unable) && page.is_negated(noun) {
            self.negate(noun);
        }
    }

    /// Whether a noun tells what stands in the clause below it: "the claim that it fired", so that what is said of the
    /// claim ("could not be checked") says nothing of the firing.
    pub(super) fn is_told(&self, noun: usize, below: usize) -> bool {
        let page = self.page;
        let clause = matches!(page.token(below).dep, Dep::Acl | Dep::Ccomp | Dep::Relcl);
        clause && self.is_claim(noun) && matches!(page.token(noun).dep, Dep::Nsubj | Dep::Nsubjpass)
    }

    fn is_claim(&self, noun: usize) -> bool {
        self.page.is_noun(noun) && MODALITY.words.claims.contains(self.page.lemma(noun))
    }

    /// "Rejected claims that its troops fired", "dismissed the report of a raid": what was said is denied; "spurned the
    /// offer of talks": what was offered is refused.
    fn turned_down(&self, noun: usize, nouns: &BTreeSet<String>, verbs: &BTreeSet<String>) -> Option<usize> {
        let page = self.page;
        let verb = page.token(noun).head;
        let object = matches!(page.token(noun).dep, Dep::Dobj | Dep::Nsubjpass) && page.is_verb(verb);
        let named = page.is_noun(noun) && nouns.contains(page.lemma(noun));
        (object && named && verbs.contains(page.lemma(verb)) && !page.is_negated(verb)).then_some(verb)
    }

    /// "A decision was taken to meet", "made a proposal to send observers": the noun beside a verb decides over the
    /// infinitive that the parser hangs under the verb.
    pub(super) fn at_light_verb(&mut self, verb: usize) {
        let page = self.page;
        let beside = page.parse.children_by(verb, &[Dep::Nsubjpass, Dep::Dobj]);
        let light = matches!(
            page.lemma(verb),
            "take" | "make" | "reach" | "issue" | "give" | "put" | "receive" | "voice" | "adopt"
        );
        for noun in beside.filter(|_| light) {
            let lemma = page.lemma(noun);
            if MODALITY.nouns.called_for.contains(lemma) {
                self.set(Mode::CalledFor, noun, "mode/asking-noun");
            } else if MODALITY.nouns.planned.contains(lemma) || matches!(lemma, "agreement" | "arrangement") {
                self.set(Mode::Planned, noun, "mode/planning-noun");
            }
        }
    }

    /// "The allegation that it shelled the village is false", "called the report of a raid an invention".
    fn said_to_be_untrue(&self, noun: usize) -> Option<usize> {
        let page = self.page;
        let verb = page.token(noun).head;
        let told = matches!(page.token(noun).dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj) && page.is_verb(verb);
        let said = |&c: &usize| MODALITY.words.untrue.contains(page.lemma(c)) && c != noun;
        let predicate = || page.parse.children_by(verb, &[Dep::Acomp, Dep::Attr, Dep::Oprd, Dep::Dobj]).find(said);
        let dismissed = || {
            let as_ = page.parse.children_by(verb, &[Dep::Prep]).find(|&p| &*page.token(p).lower == "as")?;
            page.parse.children(as_).find(said)
        };
        (told && !page.is_negated(verb)).then(|| predicate().or_else(dismissed)).flatten()
    }

    /// "In case of a raid", "in the event of a raid".
    fn is_case(&self, noun: usize) -> bool {
        let page = self.page;
        matches!(page.lemma(noun), "case" | "event") && &*page.token(page.token(noun).head).lower == "in"
    }

    /// "Paves the way for talks".
    fn is_way(&self, noun: usize) -> bool {
        let page = self.page;
        page.lemma(noun) == "way" && matches!(page.lemma(page.token(noun).head), "pave" | "clear" | "open" | "prepare")
    }

    /// "A halt to the bombing", "a pause in the fighting".
    fn ends_fire(&self, lemma: &str, below: usize) -> bool {
        let fire = self.trigger.kind.class() == Class::Hostilities;
        fire && self.page.token(self.trigger.token).head == below && MODALITY.words.ending.contains(lemma)
    }

    /// "Instead of leaving", "without firing".
    pub(super) fn at_preposition(&mut self, preposition: usize) {
        let page = self.page;
        let word = &*page.token(preposition).lower;
        let above = &*page.token(page.token(preposition).head).lower;
        let manner = || {
            page.parse.child_by(preposition, Dep::Pobj).is_some_and(|o| MODALITY.words.manner.contains(page.lemma(o)))
        };
        if (word == "without" && !manner())
            || (word == "of" && above == "instead")
            || (word == "than" && above == "rather")
        {
            self.negate(preposition);
        }
    }
}
