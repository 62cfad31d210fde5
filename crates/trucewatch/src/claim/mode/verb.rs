//! What the verbs over the word that carries a claim make of it: negation, auxiliaries, conditions, governing verbs.

use crate::party::Speaking;
use syntax::{Dep, Pos, Tag};

use super::super::modality::MODALITY;
use super::super::terms::TERMS;
use super::super::{Class, Kind, Mode};
use super::{PRECONDITION, Walk};

impl Walk<'_, '_> {
    pub(super) fn at_verb(&mut self, verb: usize, below: Option<usize>) {
        let page = self.page;
        let path = below.map(|b| page.token(b).dep);
        let auxiliaries: Vec<&str> = page.auxiliaries(verb).collect();
        if path == Some(Dep::Advcl) {
            // a purpose shares the modality of what is done for it, not its negation; but who does not go somewhere to
            // do a thing does not mean to do it there
            if page.is_negated(verb) && matches!(page.lemma(verb), "go" | "come" | "travel") {
                self.set(Mode::Rejected, verb, "mode/not-going-to");
            }
            return self.at_auxiliaries(verb, &auxiliaries);
        }
        if path.is_some_and(|dep| matches!(dep, Dep::Relcl | Dep::Acl | Dep::Parataxis)) {
            return;
        }
        let negated = page.is_negated(verb) && !self.goes_on(verb, path);
        if negated && !self.only_mentioned(verb, below) && !self.is_not_let(verb) {
            self.at_negation(verb, path, &auxiliaries);
        }
        self.at_silence(verb, below);
        self.at_yet(verb);
        self.at_none(verb, below, &auxiliaries);
        self.at_precondition(verb);
        self.at_imperative(verb, &auxiliaries);
        self.at_auxiliaries(verb, &auxiliaries);
        match (below, path) {
            (Some(below), Some(Dep::Nsubj | Dep::Nsubjpass)) => self.at_predicate(verb, below),
            (Some(below), _) => self.at_governor(verb, below),
            _ => {}
        }
    }

    /// The claim's own word is a verb of asking or refusing: "called for a meeting", "rejected the truce"; or one of help
    /// that nobody gives: "they defend themselves alone".
    pub(super) fn at_own_verb(&mut self) {
        let page = self.page;
        let verb = self.trigger.token;
        let lemma = page.lemma(verb);
        let sought = || {
            page.behind(verb, &["for", "on", "upon"]).next().is_some()
                || page.parse.children_by(verb, &[Dep::Advcl, Dep::Xcomp]).any(|c| page.is_infinitive(c))
        };
        let alone = || page.parse.children(verb).any(|c| &*page.token(c).lower == "alone");
        let to_do = || page.parse.children_by(verb, &[Dep::Xcomp]).any(|c| page.is_infinitive(c));
        let words = &MODALITY.words;
        let own = match lemma {
            _ if self.trigger.kind == Kind::Assistance && alone() => Mode::Denied,
            "call" | "appeal" | "press" | "push" | "ask" if sought() => Mode::CalledFor,
            "urge" | "demand" | "propose" | "request" | "invoke" => Mode::CalledFor,
            _ if words.offering.contains(lemma) => Mode::CalledFor,
            _ if words.undertaking.contains(lemma) && to_do() => Mode::Planned,
            _ if words.awaited.contains(lemma) && to_do() && page.is_passive(verb) => Mode::Planned,
            _ if words.contesting.contains(lemma) => Mode::Denied,
            "accept" if matches!(self.trigger.kind, Kind::Truce | Kind::Talks) => Mode::Planned,
            "refuse" if self.is_turned_away(verb) => return,
            "reject" | "refuse" | "oppose" | "exclude" => Mode::Rejected,
            _ => return,
        };
        if page.token(verb).pos == Pos::Verb && self.trigger.kind != Kind::Threat {
            self.set(own, verb, "mode/own-verb");
        }
    }

    /// "The raid did not cause losses": a subject's noun happened, whatever its verb denies, unless the verb says that
    /// it happens.
    fn only_mentioned(&self, verb: usize, below: Option<usize>) -> bool {
        let page = self.page;
        let subject = below.is_some_and(|b| matches!(page.token(b).dep, Dep::Nsubj | Dep::Nsubjpass));
        let deeper = below.is_some_and(|b| b != self.trigger.token && page.token(self.trigger.token).dep == Dep::Pobj);
        let transitive = page.parse.child_by(verb, Dep::Dobj).is_some();
        subject && (deeper || transitive) && !MODALITY.words.happening.contains(page.lemma(verb))
    }

    fn at_negation(&mut self, verb: usize, path: Option<Dep>, auxiliaries: &[&str]) {
        let will = auxiliaries.iter().any(|a| matches!(*a, "will" | "would" | "'ll" | "wo" | "shall"));
        let covers = matches!(self.page.lemma(verb), "apply" | "cover" | "include" | "extend");
        if will && covers {
            self.set(Mode::Denied, verb, "mode/does-not-cover");
        } else if will && self.has_exception(verb) {
            self.set(Mode::Conditional, verb, "mode/not-unless");
        } else if will {
            self.set(Mode::Rejected, verb, "mode/will-not");
        } else if path != Some(Dep::Conj) {
            self.negate(verb);
        }
    }

    /// "The fighting has not stopped": it goes on.
    fn goes_on(&self, verb: usize, path: Option<Dep>) -> bool {
        let stops = matches!(self.page.lemma(verb), "stop" | "cease" | "end" | "halt" | "subside" | "abate");
        stops && path == Some(Dep::Nsubj) && self.page.parse.child_by(verb, Dep::Dobj).is_none()
    }

    /// "No shots were fired", "caused no losses": the verb's own noun is none; or nobody will do it.
    fn at_none(&mut self, verb: usize, below: Option<usize>, auxiliaries: &[&str]) {
        let page = self.page;
        let will = auxiliaries.iter().any(|a| matches!(*a, "will" | "shall" | "'ll"));
        if below.is_some() && !will && !self.is_unwanted(verb) {
            return;
        }
        let none = page
            .parse
            .children_by(verb, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Dobj, Dep::Attr])
            .find(|&c| self.is_none(c));
        let never =
            || page.behind(verb, &["at", "on", "under", "in"]).find(|&o| is_occasion(page.lemma(o)) && self.is_none(o));
        if let Some(none) = none.or_else(never) {
            self.negate(none);
        }
    }

    /// "Demands that nobody send arms": a verb of asking over the clause.
    fn is_unwanted(&self, verb: usize) -> bool {
        let page = self.page;
        let asks = MODALITY.verbs.called_for.contains(page.lemma(page.token(verb).head));
        asks && page.token(verb).dep == Dep::Ccomp && page.is_marked(verb, &["that"])
    }

    /// "Return to the table!", "let the mission pass", "do not shoot": a bare verb that begins its sentence or quotation.
    fn at_imperative(&mut self, verb: usize, auxiliaries: &[&str]) {
        let page = self.page;
        let token = page.token(verb);
        let own = |c: usize| matches!(page.token(c).dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Expl | Dep::Mark);
        let bare = token.tag == Tag::Vb && auxiliaries.iter().all(|a| matches!(*a, "do"));
        let begins = || {
            let start = page.sentence(verb).start;
            let opening = |i: usize| page.token(i).pos == Pos::Punct || page.token(i).head == verb;
            (start..verb).all(opening)
        };
        let main = matches!(token.dep, Dep::Root | Dep::Ccomp | Dep::Conj);
        // a communiqué's own verbs are bare as well: "Welcome the return of …"
        let outlet = page.mentions.voice.is_none();
        if outlet && bare && main && !page.parse.children(verb).any(own) && begins() {
            let mode = if page.is_negated(verb) { Mode::Rejected } else { Mode::CalledFor };
            self.set(mode, verb, "mode/imperative");
        }
    }

    /// "No shots", "no one", "nobody".
    fn is_none(&self, i: usize) -> bool {
        let page = self.page;
        let counted = page.is_noun(i) || &*page.token(i).lower == "one";
        let no =
            || page.parse.children(i).any(|d| matches!(&*page.token(d).lower, "no" | "neither")) || self.is_not_one(i);
        matches!(&*page.token(i).lower, "nobody" | "none" | "nothing" | "neither") || (counted && no())
    }

    /// "Not one soldier", "not a single shot".
    pub(super) fn is_not_one(&self, i: usize) -> bool {
        let page = self.page;
        let first = page.token(i).edges.0;
        let word = |k: usize| page.parse.tokens().get(k).map_or("", |t| &*t.lower);
        word(first) == "not" && matches!(word(first + 1), "one" | "a")
    }

    /// "Our batteries were silent": they did not fire.
    fn at_silence(&mut self, verb: usize, below: Option<usize>) {
        let page = self.page;
        let fires = self.trigger.kind.class() == Class::Hostilities && below == Some(self.trigger.token);
        let silent = |c: &usize| matches!(&*page.token(*c).lower, "silent" | "quiet" | "calm");
        let mut states = page.parse.children_by(verb, &[Dep::Acomp, Dep::Oprd, Dep::Attr]);
        if let Some(state) = states.find(silent).filter(|&s| fires && !page.is_negated(verb) && !page.is_negated(s)) {
            self.negate(state);
        }
    }

    /// "Has yet to cross": it did not.
    fn at_yet(&mut self, verb: usize) {
        let page = self.page;
        let governor = page.token(verb).head;
        let to = page.is_infinitive(verb);
        let yet = |v: usize| page.parse.children(v).any(|c| &*page.token(c).lower == "yet" && c < verb);
        if to && page.token(verb).dep == Dep::Xcomp && page.lemma(governor) == "have" && (yet(governor) || yet(verb)) {
            self.negate(governor);
        }
    }

    fn at_auxiliaries(&mut self, verb: usize, auxiliaries: &[&str]) {
        let has = |words: &[&str]| auxiliaries.iter().any(|a| words.contains(a));
        let page = self.page;
        if self.is_inverted(verb) {
            self.set(Mode::Conditional, verb, "mode/should-it");
        } else if has(&["should", "ought"]) && has(&["have"]) && page.token(verb).tag == Tag::Vbn {
            // "should have left by noon": what was due was not done
            self.negate(verb);
        } else if has(&["should", "must", "ought"]) {
            self.set(Mode::CalledFor, verb, "mode/should");
        } else if has(&["might", "could", "may"]) {
            self.set(Mode::Conditional, verb, "mode/might");
        } else if self.is_wanted_condition(verb) {
            self.set(Mode::CalledFor, verb, "mode/unless");
        } else if page.is_marked(verb, &["if", "unless"]) || self.is_condition(verb) {
            // "unless Vesk is ready to leave": what is planned under a condition is the condition
            self.mode = self.mode.filter(|(mode, ..)| *mode != Mode::Planned);
            // what must not fail to be done is no price: "if the blockade is not lifted"
            let is_price = self.is_price(verb) && !page.is_negated(verb);
            // "only if none of them comes from Karsund": that they come is not wanted
            let is_unwanted = || page.subject(verb).is_some_and(|s| self.is_none(s));
            let mode = match is_price {
                true if is_unwanted() => Mode::Rejected,
                true => Mode::CalledFor,
                false => Mode::Conditional,
            };
            self.set(mode, verb, "mode/if");
        } else if has(&["would"]) {
            let open = self.has_condition(verb) || self.is_consequence(verb);
            self.set(if open { Mode::Conditional } else { Mode::Planned }, verb, "mode/would");
        } else if has(&["will", "'ll", "shall"]) {
            let mode = if self.has_condition(verb) { Mode::Conditional } else { Mode::Planned };
            self.set(mode, verb, "mode/will");
        } else if self.is_to_come(verb) {
            self.set(Mode::Planned, verb, "mode/present-to-come");
        } else if has(&["to"]) && page.token(verb).dep == Dep::Root {
            self.set(Mode::Planned, verb, "mode/headline-to");
        } else if has(&["to"]) && self.is_to_be_done(verb) {
            self.set(Mode::Planned, verb, "mode/to-be-done");
        }
    }

    /// "Should the fighting spread, …": an auxiliary before its subject makes a condition.
    fn is_inverted(&self, verb: usize) -> bool {
        let page = self.page;
        let should = page.parse.children_by(verb, &[Dep::Aux]).find(|&a| &*page.token(a).lower == "should");
        let subject = page.parse.children_by(verb, &[Dep::Nsubj, Dep::Nsubjpass]).next();
        let asked = || page.sentence(verb).last().is_some_and(|i| page.parse.word(i).starts_with('?'));
        should.zip(subject).is_some_and(|(aux, subject)| aux < subject) && !asked()
    }

    /// "The envoy comes tomorrow", "they are meeting next week": a present tense with a time to come.
    fn is_to_come(&self, verb: usize) -> bool {
        let page = self.page;
        let progressive = || page.auxiliaries(verb).any(|a| matches!(a, "is" | "are" | "'s" | "'re" | "am"));
        let present =
            matches!(page.token(verb).tag, Tag::Vbz | Tag::Vbp) || (page.token(verb).tag == Tag::Vbg && progressive());
        let beside = page.parse.children_by(verb, &[Dep::Npadvmod, Dep::Advmod]);
        let comes = |t: usize| {
            let next = || page.parse.children_by(t, &[Dep::Amod]).any(|a| &*page.token(a).lower == "next");
            &*page.token(t).lower == "tomorrow" || (page.token(t).dep == Dep::Npadvmod && next())
        };
        present && page.lemma(verb) != "be" && beside.into_iter().any(comes)
    }

    /// "A pact, to be signed in May", "the posts to be closed": a passive infinitive about a noun, behind a comma or with
    /// nothing that puts the noun in a row ("the first village to be taken").
    fn is_to_be_done(&self, verb: usize) -> bool {
        let page = self.page;
        let token = page.token(verb);
        let first = token.edges.0;
        let apart = first > 0 && &*page.token(first - 1).lower == ",";
        let ranked = page.parse.children_by(token.head, &[Dep::Amod]).any(|a| is_rank(page.lemma(a)));
        let about_noun = matches!(token.dep, Dep::Acl | Dep::Relcl) && (apart || !ranked);
        about_noun && page.parse.child_by(verb, Dep::Auxpass).is_some()
    }

    /// "Such a measure would allow demarcation", "a raid would be a mistake": what follows from something supposed.
    fn is_consequence(&self, verb: usize) -> bool {
        let page = self.page;
        let supposed = MODALITY.words.following.contains(page.lemma(verb));
        let subject = page.subject(verb).filter(|&s| s != self.trigger.token);
        supposed && subject.is_none_or(|s| page.mentions.parties(page.index, s, Speaking::NOBODY).is_empty())
    }

    /// "Can begin only after the troops leave": what waits is conditional, what it waits for is wanted.
    fn at_precondition(&mut self, verb: usize) {
        let page = self.page;
        let marked = |c: usize| page.is_marked(c, PRECONDITION);
        let is_only = |i: usize| page.parse.tokens().get(i).is_some_and(|t| &*t.lower == "only");
        let narrow = |c: usize| {
            let first = page.token(c).edges.0;
            is_only(first) || first.checked_sub(1).is_some_and(is_only)
        };
        let waits = |v: usize| {
            let later = |c: usize| page.is_marked(c, &["after", "before", "once"]);
            let clause = |c: usize| page.token(c).dep == Dep::Advcl && later(c) && narrow(c);
            page.parse.children(v).any(|c| is_only(c) || clause(c))
        };
        if waits(verb) && page.parse.children_by(verb, &[Dep::Advcl]).any(marked) {
            self.set(Mode::Conditional, verb, "mode/only-after");
        }
        let only_behind = |c: usize| {
            page.token(c).dep == Dep::Prep && matches!(&*page.token(c).lower, "after" | "upon" | "if") && narrow(c)
        };
        if page.parse.children(verb).any(only_behind) && page.auxiliaries(verb).next().is_some() {
            self.set(Mode::Conditional, verb, "mode/only-after");
        }
        let governor = page.token(verb).head;
        if page.token(verb).dep == Dep::Advcl && marked(verb) && page.is_verb(governor) && waits(governor) {
            self.set(Mode::CalledFor, governor, "mode/precondition");
        }
    }

    /// "Will not negotiate unless the shelling stops": what a refusal waits for is wanted.
    fn is_wanted_condition(&self, verb: usize) -> bool {
        let page = self.page;
        let governor = page.token(verb).head;
        let clause = matches!(page.token(verb).dep, Dep::Advcl | Dep::Ccomp);
        clause && page.is_marked(verb, &["unless", "until"]) && page.is_verb(governor) && page.is_negated(governor)
    }

    /// "Will lift the blockade if the army leaves": what somebody promises, or would stop, for a step of another is wanted
    /// of that other.
    fn is_price(&self, verb: usize) -> bool {
        let step = matches!(
            self.trigger.kind,
            Kind::Withdrawal
                | Kind::Implementation
                | Kind::Access
                | Kind::Verification
                | Kind::Exchange
                | Kind::Deployment
        );
        let page = self.page;
        let bargains = |main: usize| {
            let thing = |s: usize| {
                page.token(s).pos == Pos::Noun && page.mentions.parties(page.index, s, Speaking::NOBODY).is_empty()
            };
            page.subject(main).is_none_or(|s| !thing(s))
        };
        step && page.token(verb).dep == Dep::Advcl && bargains(page.token(verb).head)
    }

    /// Whether a clause is itself a condition: "until the troops leave", "once the talks end".
    fn is_condition(&self, verb: usize) -> bool {
        self.page.token(verb).dep == Dep::Advcl
            && self.page.is_marked(verb, &["until", "once", "unless", "if", "provided"])
    }

    /// "Unless they leave", "until the siege is lifted", beside a verb.
    fn has_exception(&self, verb: usize) -> bool {
        let page = self.page;
        page.parse.children_by(verb, &[Dep::Advcl]).any(|c| page.is_marked(c, &["unless", "until", "if"]))
    }

    /// "If they leave", "in case of a raid", beside a verb.
    fn has_condition(&self, verb: usize) -> bool {
        let page = self.page;
        let clause = page
            .parse
            .children_by(verb, &[Dep::Advcl])
            .any(|c| page.is_marked(c, &["if", "unless", "provided", "providing"]));
        let case = page.behind(verb, &["in"]).any(|o| matches!(page.lemma(o), "case" | "event"));
        clause || case
    }

    /// A verb of which the claim's noun is the subject: "talks are set to resume", "efforts failed".
    fn at_predicate(&mut self, verb: usize, below: usize) {
        let page = self.page;
        let lemma = page.lemma(verb);
        let waits = page.parse.children_by(verb, &[Dep::Acomp, Dep::Oprd, Dep::Attr]).find(|&a| {
            let effects = &MODALITY.adjectives;
            effects.planned.contains(page.lemma(a)) || page.lemma(a) == "due"
        });
        let participle = page.token(verb).tag == Tag::Vbn;
        let predicate = page.parse.children_by(verb, &[Dep::Acomp, Dep::Attr]).next();
        if let Some(adjective) = waits {
            self.set(Mode::Planned, adjective, "mode/due");
        } else if let Some(adjective) = predicate.filter(|_| lemma == "be" || lemma == "seem" || lemma == "remain") {
            self.at_predicative(adjective);
        } else if self.trigger.kind == Kind::Truce && matches!(lemma, "exclude" | "omit") {
            self.set(Mode::Denied, verb, "mode/leaves-out");
        } else if self.trigger.kind == Kind::Talks && self.comes_to_nothing(verb) {
            self.set(Mode::Denied, verb, "mode/called-off");
        } else if lemma == "go" && page.parse.children_by(verb, &[Dep::Xcomp]).any(|c| page.is_infinitive(c)) {
            self.set(Mode::Planned, verb, "mode/going-to");
        } else if participle && MODALITY.words.awaited.contains(lemma) {
            self.set(Mode::Planned, verb, "mode/scheduled");
        } else if participle && matches!(lemma, "need" | "require" | "want" | "demand" | "seek") {
            self.set(Mode::CalledFor, verb, "mode/needed");
        } else if MODALITY.words.falling.contains(lemma) && self.is_attempt(below) {
            self.negate(verb);
        }
    }

    /// "A truce is essential", "talks are possible", "a truce is unrealistic".
    fn at_predicative(&mut self, adjective: usize) {
        let effects = &MODALITY.adjectives;
        let lemma = self.page.lemma(adjective);
        if effects.called_for.contains(lemma) {
            self.set(Mode::CalledFor, adjective, "mode/necessary");
        } else if effects.conditional.contains(lemma) {
            self.set(Mode::Conditional, adjective, "mode/possible");
        } else if effects.rejected.contains(lemma) {
            self.set(Mode::Rejected, adjective, "mode/unacceptable");
        } else if effects.denied.contains(lemma) {
            self.negate(adjective);
        }
    }

    /// "The talks were cancelled", "fell through".
    fn comes_to_nothing(&self, verb: usize) -> bool {
        let page = self.page;
        let particle = |word: &str| page.parse.children(verb).any(|c| &*page.token(c).lower == word);
        match page.lemma(verb) {
            "cancel" | "derail" | "postpone" | "scrap" | "abort" => true,
            "fall" => particle("through") || particle("apart"),
            "call" => particle("off"),
            _ => false,
        }
    }

    /// "The sides are to meet", "the task is to withdraw".
    fn is_to(&mut self, verb: usize, path: Dep) {
        let page = self.page;
        if page.lemma(verb) != "be" || path != Dep::Xcomp {
            return;
        }
        let subject = page.parse.child_by(verb, Dep::Nsubj).map_or("", |s| page.lemma(s));
        let wanted = matches!(subject, "task" | "priority" | "need" | "solution" | "step" | "way" | "demand");
        self.set(if wanted { Mode::CalledFor } else { Mode::Planned }, verb, "mode/is-to");
    }

    /// "Attempts at a truce": a noun of trying over the claim's word.
    fn is_attempt(&self, noun: usize) -> bool {
        noun != self.trigger.token && matches!(self.page.lemma(noun), "attempt" | "effort" | "bid" | "push" | "drive")
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
                | Dep::Pcomp
                | Dep::Appos
        );
        if !complement {
            return;
        }
        self.is_to(verb, path);
        let lemma = page.lemma(verb);
        let preposition = (path == Dep::Prep).then(|| &*page.token(below).lower);
        let effects = &MODALITY.verbs;
        if self.is_hindered(lemma) || self.is_turned_away(verb) {
            return;
        }
        if MODALITY.words.fulfilling.contains(lemma) && matches!(self.mode, Some((Mode::Planned, ..))) {
            // a promise kept is done, and one not kept is not
            self.mode = None;
        } else if self.comes_to_an_end(lemma, path) {
            self.negate(verb);
        } else if effects.denied.contains(lemma) {
            self.set(Mode::Denied, verb, "mode/denying-verb");
        } else if effects.rejected.contains(lemma) && preposition.is_none_or(|p| p == "to") {
            self.set(Mode::Rejected, verb, "mode/refusing-verb");
        } else if matches!(lemma, "tell" | "get" | "direct") && path == Dep::Xcomp && page.is_infinitive(below) {
            self.set(Mode::CalledFor, verb, "mode/told-to");
        } else if lemma == "threaten" && path == Dep::Xcomp {
            self.set(Mode::Conditional, verb, "mode/threatened-to");
        } else if lemma == "warn" && preposition == Some("against") {
            self.set(Mode::Rejected, verb, "mode/warned-against");
        } else if lemma == "be" && path == Dep::Xcomp && self.is_to_do(verb, below) {
            self.set(Mode::Planned, verb, "mode/is-to");
        } else if lemma == "look" && preposition == Some("to") && self.looks_forward(verb) {
            self.set(Mode::CalledFor, verb, "mode/looking-forward");
        } else if MODALITY.words.depending.contains(lemma) && preposition.is_some_and(|p| p == "on" || p == "upon") {
            self.set(Mode::CalledFor, verb, "mode/depends-on");
        } else if effects.called_for.contains(lemma)
            && preposition.is_none_or(|p| matches!(p, "for" | "to" | "on"))
            && !self.is_agreed_to(verb)
            && !(path == Dep::Dobj && matches!(lemma, "order" | "press" | "offer"))
            && !(lemma == "call" && preposition.is_none() && path != Dep::Xcomp)
        {
            self.set(Mode::CalledFor, verb, "mode/asking-verb");
        } else if effects.planned.contains(lemma) && preposition.is_none_or(|p| matches!(p, "for" | "to")) {
            self.at_plan(verb, lemma, path);
        } else if matches!(lemma, "announce" | "order") && path == Dep::Dobj && self.is_step() {
            self.set(Mode::Planned, verb, "mode/announced-step");
        } else if matches!(lemma, "provide" | "stipulate" | "envisage" | "foresee") && self.is_by_paper(verb, path) {
            self.set(Mode::Planned, verb, "mode/provided-for");
        } else if lemma == "accept" && self.is_offered(verb) {
            self.set(Mode::Planned, verb, "mode/accepted-offer");
        } else if self.trigger.kind == Kind::Verification && path == Dep::Dobj && matches!(lemma, "support" | "back") {
            self.set(Mode::CalledFor, verb, "mode/backed");
        } else if path == Dep::Ccomp && matches!(lemma, "be" | "seem" | "remain") {
            let predicate = page.parse.children_by(verb, &[Dep::Acomp, Dep::Attr]).next();
            predicate.into_iter().for_each(|a| self.at_predicative(a));
        } else if effects.conditional.contains(lemma) {
            self.set(Mode::Conditional, verb, "mode/fearing-verb");
        } else if lemma == "make" && page.parse.children(verb).any(|c| page.lemma(c) == "sense") {
            self.set(Mode::CalledFor, verb, "mode/makes-sense");
        } else if lemma == "go" && path == Dep::Xcomp {
            self.set(Mode::Planned, verb, "mode/going-to");
        }
    }

    /// "They are to meet": a form of "be" with nothing but an infinitive.
    fn is_to_do(&self, verb: usize, below: usize) -> bool {
        let page = self.page;
        let predicate = page.parse.children_by(verb, &[Dep::Acomp, Dep::Attr, Dep::Prep]).next().is_some();
        let filler =
            page.subject(verb).is_none_or(|s| matches!(page.lemma(s), "aim" | "goal" | "purpose" | "task" | "it"));
        page.is_infinitive(below) && !predicate && !filler
    }

    /// "The agreement provides for a return": what a paper sets out is to come.
    fn is_by_paper(&self, verb: usize, path: Dep) -> bool {
        let page = self.page;
        let outlined = path != Dep::Dobj || page.lemma(verb) != "provide";
        outlined && page.subject(verb).is_some_and(|s| TERMS.treaties.contains(page.lemma(s)))
    }

    /// "Accepted the proposal for a truce": what was offered is to come.
    fn is_offered(&self, verb: usize) -> bool {
        let object = self.page.parse.child_by(verb, Dep::Dobj);
        object.is_some_and(|o| matches!(self.page.lemma(o), "proposal" | "offer" | "plan" | "call" | "invitation"))
    }

    /// What is announced before it is done.
    fn is_step(&self) -> bool {
        let noun = self.page.is_noun(self.trigger.token);
        noun && matches!(self.trigger.kind, Kind::Withdrawal | Kind::Deployment | Kind::Exchange | Kind::Talks)
    }

    /// "The patrol was not allowed to pass": that is what happened.
    fn is_not_let(&self, verb: usize) -> bool {
        matches!(self.trigger.kind, Kind::Verification | Kind::Access)
            && matches!(self.page.lemma(verb), "allow" | "permit" | "let" | "grant" | "admit")
    }

    /// "Prevented the patrol from passing", "denied it access": that is what happened.
    fn is_hindered(&self, lemma: &str) -> bool {
        matches!(self.trigger.kind, Kind::Verification | Kind::Access)
            && matches!(lemma, "prevent" | "deny" | "block" | "hinder" | "forbid" | "bar" | "ban" | "prohibit")
    }

    /// "Refused passage to a patrol", "was refused entry": that is what happened, and no stand of whoever tells it.
    fn is_turned_away(&self, verb: usize) -> bool {
        let page = self.page;
        let way =
            |o: usize| matches!(page.lemma(o), "passage" | "access" | "entry" | "entrance" | "admission" | "transit");
        let kind = matches!(self.trigger.kind, Kind::Verification | Kind::Access);
        // "refused it passage" is often parsed as a clause
        let what = [Dep::Dobj, Dep::Oprd, Dep::Ccomp, Dep::Xcomp];
        kind && page.lemma(verb) == "refuse" && page.parse.children_by(verb, &what).any(way)
    }

    /// "Failed to leave", "refrained from firing", "halted the air strikes".
    fn comes_to_an_end(&self, lemma: &str, path: Dep) -> bool {
        let failed = MODALITY.verbs.failed.contains(lemma) && matches!(path, Dep::Xcomp | Dep::Prep);
        failed || self.stops_fire(lemma, path)
    }

    /// "Halt the air strikes": fire that is to stop is not wanted, fire that stopped is not there.
    fn stops_fire(&self, lemma: &str, path: Dep) -> bool {
        let fire = self.trigger.kind.class() == Class::Hostilities;
        fire && path == Dep::Dobj && MODALITY.words.stopping.contains(lemma)
    }

    fn looks_forward(&self, verb: usize) -> bool {
        self.page.parse.children(verb).any(|c| &*self.page.token(c).lower == "forward")
    }

    /// "Agreed to seek a truce": the seeking is what is planned.
    fn is_agreed_to(&self, verb: usize) -> bool {
        let page = self.page;
        let above = page.token(verb).head;
        page.token(verb).dep == Dep::Xcomp && matches!(page.lemma(above), "agree" | "plan" | "intend" | "promise")
    }

    /// An agreement reached is asserted; its steps are planned.
    fn at_plan(&mut self, verb: usize, lemma: &str, path: Dep) {
        let proposed = self.mode.is_some_and(|m| m.2 == "mode/asking-noun");
        let reached = matches!(lemma, "agree" | "accept" | "announce" | "consent")
            && self.trigger.kind == Kind::Truce
            && !proposed
            && self.page.is_noun(self.trigger.token);
        let placed = lemma == "set" && path != Dep::Xcomp;
        if proposed && matches!(lemma, "agree" | "accept" | "consent") {
            self.mode = Some((Mode::Planned, verb, "mode/accepted-proposal"));
        } else if !reached && !placed {
            self.set(Mode::Planned, verb, "mode/planning-verb");
        }
    }

    /// One more negation; two make an assertion.
    pub(super) fn negate(&mut self, token: usize) {
        self.negated = if self.negated.is_some_and(|n| n != token) { None } else { Some(token) };
    }

    /// Whether a token is an adjective or participle of a verb.
    pub(super) fn is_adjectival(&self, i: usize) -> bool {
        matches!(self.page.token(i).pos, Pos::Adj | Pos::Verb)
    }
}

/// Nouns that with "no" deny a whole clause: "at no time", "under no circumstances".
fn is_occasion(lemma: &str) -> bool {
    matches!(lemma, "time" | "point" | "stage" | "moment" | "account" | "circumstance" | "way" | "case")
}

/// Adjectives that put one thing in a row with others.
fn is_rank(lemma: &str) -> bool {
    matches!(lemma, "first" | "second" | "third" | "last" | "late" | "latest" | "next" | "only")
}
