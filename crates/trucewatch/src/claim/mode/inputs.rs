//! What the weights are told of a claim whose mode is weighed once more: how its verb and those above it are formed, what
//! stands round it, what the rules made of it. Never who speaks or acts: names are not among the words.

use syntax::{Dep, Tag};

use super::super::page::Page;
use super::super::trigger::Trigger;
use super::super::voice::Voice;
use super::super::weigh::plain_word;
use super::{Decision, HIGHEST};
use crate::document::ParagraphKind;
use crate::pack::PartyId;
use crate::party::Speaking;

/// Features of a claim in order, each once, with the token it comes from.
pub(in crate::claim) type Inputs = Vec<(String, usize)>;

/// Words of little meaning that bear on a mode wherever they stand.
const FUNCTION: &[&str] = &[
    "if", "unless", "until", "when", "after", "before", "once", "not", "n't", "no", "without", "never", "will",
    "would", "'ll", "'d", "should", "could", "may", "might", "must", "can", "to", "so", "that", "let", "while", "as",
    "whether", "only", "yet", "nor", "neither", "any", "instead", "or", "in", "for", "by", "on", "against",
];

/// Words before and behind the claim's own that are taken as they stand.
const NEAR: usize = 3;

/// Levels of verbs and nouns above the claim's word that count one by one.
const LEVELS: usize = 4;

/// One claim with the way up from its word.
struct Scene<'p, 'a> {
    page: &'p Page<'a>,
    trigger: &'p Trigger,
    voice: &'p Voice,
    decision: &'p Decision,
    /// From the claim's word up to the sentence's root.
    path: Vec<usize>,
    /// The nearest verb on the way, or the root.
    verb: usize,
}

/// The inputs of a claim.
pub(super) fn inputs(page: &Page<'_>, trigger: &Trigger, voice: &Voice, decision: &Decision) -> Inputs {
    let above = page.parse.ancestors(trigger.token).take(HIGHEST);
    let path: Vec<usize> = std::iter::once(trigger.token).chain(above).collect();
    let top = path.last().copied().unwrap_or(trigger.token);
    let verb = path.iter().copied().find(|&i| page.is_verb(i)).unwrap_or(top);
    let scene = Scene { page, trigger, voice, decision, path, verb };
    scene.words()
}

impl Scene<'_, '_> {
    fn words(&self) -> Inputs {
        let mut out = Vec::new();
        self.of_rule(&mut out);
        self.of_own(&mut out);
        self.of_verb(&mut out);
        self.of_above(&mut out);
        self.of_way(&mut out);
        self.of_sentence(&mut out);
        self.of_setting(&mut out);
        out.sort_unstable();
        out.dedup_by(|a, b| a.0 == b.0);
        out
    }

    fn of_rule(&self, out: &mut Inputs) {
        let (kind, token) = (self.trigger.kind, self.trigger.token);
        let rule = self.rule();
        out.push((format!("r:{rule}"), token));
        out.push((format!("k:{kind}"), token));
        out.push((format!("kr:{kind}:{rule}"), token));
        out.push((format!("km:{kind}:{}", self.decision.mode.value), token));
        if let Some(cue) = self.voice.cue.filter(|&c| c < self.page.parse.len()) {
            out.push((format!("c:{}", self.lemma(cue)), cue));
        }
    }

    /// The rule's name; of a lexicon's entry only that it is one.
    fn rule(&self) -> &str {
        let rule = &*self.decision.mode.rule;
        if rule.starts_with("mode/") { rule } else { "lexicon" }
    }

    /// A word's lemma, or what kind of name it is.
    fn lemma(&self, i: usize) -> String {
        plain_word(self.page, i).unwrap_or_else(|| match self.page.is_noun(i) {
            true => "<name>".to_owned(),
            false => self.page.token(i).lower.to_string(),
        })
    }

    fn of_own(&self, out: &mut Inputs) {
        let (page, token) = (self.page, self.trigger.token);
        let own = page.token(token);
        let lemma = self.lemma(token);
        out.push((format!("o:{lemma}"), token));
        out.push((format!("od:{}", own.dep), token));
        out.push((format!("ot:{:?}", own.tag), token));
        if token != self.verb {
            out.push((format!("ov:{}>{}", own.dep, self.lemma(self.verb)), self.verb));
            out.push((format!("ok:{}>{}", self.trigger.kind, self.lemma(self.verb)), self.verb));
        }
        for child in page.parse.children(token) {
            let dep = page.token(child).dep;
            if matches!(dep, Dep::Amod | Dep::Det | Dep::Neg | Dep::Compound | Dep::Acl | Dep::Relcl | Dep::Advmod) {
                out.push((format!("oc:{}", self.lemma(child)), child));
            }
        }
    }

    fn of_verb(&self, out: &mut Inputs) {
        let (page, verb, kind) = (self.page, self.verb, self.trigger.kind);
        let form = self.verb_form(verb);
        out.push((format!("v:{}", self.lemma(verb)), verb));
        out.push((format!("vd:{}", page.token(verb).dep), verb));
        out.push((format!("vk:{kind}:{form}"), verb));
        out.push((format!("vr:{}:{form}", self.rule()), verb));
        out.push((format!("vf:{form}"), verb));
        for child in page.parse.children(verb) {
            let token = page.token(child);
            match token.dep {
                Dep::Aux | Dep::Auxpass => out.push((format!("va:{}", token.lower), child)),
                Dep::Mark | Dep::Neg => out.push((format!("vm:{}", token.lower), child)),
                Dep::Nsubj | Dep::Nsubjpass => out.push((format!("vs:{}", self.lemma(child)), child)),
                Dep::Dobj => out.push((format!("vo:{}", self.lemma(child)), child)),
                Dep::Advcl => self.of_condition(child, out),
                _ => out.push((format!("vc:{}:{}", token.dep, self.lemma(child)), child)),
            }
        }
    }

    /// A clause beside the verb, by the word that opens it.
    fn of_condition(&self, clause: usize, out: &mut Inputs) {
        let opening = self.page.parse.children_by(clause, &[Dep::Mark, Dep::Advmod]).next();
        let word = opening.map_or("", |o| &*self.page.token(o).lower);
        out.push((format!("va:clause:{word}"), opening.unwrap_or(clause)));
    }

    /// Auxiliaries, negation and tag of a verb in one word: "will+not+Vb".
    fn verb_form(&self, verb: usize) -> String {
        let page = self.page;
        let mut form: Vec<&str> = page.auxiliaries(verb).collect();
        if page.is_negated(verb) {
            form.push("not");
        }
        format!("{}+{:?}", form.join("+"), page.token(verb).tag)
    }

    /// The words over the claim's verb.
    fn of_above(&self, out: &mut Inputs) {
        let page = self.page;
        let over = self.path.iter().copied().skip_while(|&i| i != self.verb).skip(1);
        let mut below = self.verb;
        for (level, at) in over.enumerate() {
            let word = self.lemma(at);
            let dep = page.token(below).dep;
            out.push((format!("g:{word}"), at));
            if level < LEVELS {
                out.push((format!("gd:{level}:{dep}>{word}"), at));
                out.push((format!("gl:{dep}>{word}"), at));
            }
            if page.is_verb(at) {
                self.of_verb_above(at, dep, out);
            }
            below = at;
        }
    }

    /// A verb over the claim's own, by which its word hangs there.
    fn of_verb_above(&self, verb: usize, dep: Dep, out: &mut Inputs) {
        let page = self.page;
        let next = self.path.iter().copied().filter(|&i| page.is_verb(i)).nth(1);
        if next.is_none_or(|n| n == verb) {
            out.push((format!("gv:{}>{dep}>{}", self.verb_form(self.verb), self.verb_form(verb)), verb));
        }
        out.push((format!("gf:{}", self.verb_form(verb)), verb));
        out.extend(page.auxiliaries(verb).map(|a| (format!("ga:{a}"), verb)));
        let marks = page.parse.children_by(verb, &[Dep::Mark, Dep::Neg]);
        out.extend(marks.map(|m| (format!("gm:{}", page.token(m).lower), m)));
    }

    /// Each step of the way up, and its first three relations together.
    fn of_way(&self, out: &mut Inputs) {
        let page = self.page;
        for pair in self.path.windows(2) {
            out.push((
                format!("p:{}>{}>{}", self.lemma(pair[0]), page.token(pair[0]).dep, self.lemma(pair[1])),
                pair[1],
            ));
        }
        let way = self.path.iter().take(3).map(|&i| page.token(i).dep.to_string()).collect::<Vec<_>>().join(">");
        out.push((format!("w:{way}"), self.trigger.token));
    }

    fn of_sentence(&self, out: &mut Inputs) {
        let (page, token) = (self.page, self.trigger.token);
        let sentence = page.sentence(token);
        let mut first = true;
        for i in sentence.filter(|&i| !page.is_part(i)) {
            let lower = &*page.token(i).lower;
            let word = match FUNCTION.contains(&lower) {
                true => Some(lower.to_owned()),
                false => plain_word(page, i),
            };
            let Some(word) = word else { continue };
            if first {
                out.push((format!("f:{word}"), i));
                first = false;
            }
            if i != token && page.steps(token, i, NEAR + 1).abs() <= NEAR as f32 {
                let side = if i < token { "b" } else { "a" };
                out.push((format!("{side}:{word}"), i));
            }
            let own = page.parse.is_under(i, self.verb);
            out.push((format!("{}:{word}", if own { "l" } else { "s" }), i));
        }
    }

    /// Whose words the claim is in, and how they are put.
    fn of_setting(&self, out: &mut Inputs) {
        let (page, token, voice) = (self.page, self.trigger.token, self.voice);
        let (kind, mode) = (self.trigger.kind, self.decision.mode.value);
        let mut say = |word: String| out.push((word, token));
        say(format!("xv:{:?}", voice.verdict));
        say(format!("xv:{:?}:{mode}", voice.verdict));
        say(format!("xk:{:?}:{kind}", voice.verdict));
        say(format!("xs:{}:{mode}", self.speaker()));
        say(format!("xs:{}:{kind}", self.speaker()));
        let sentence = page.sentence(token);
        let quote = |i: usize| matches!(page.token(i).tag, Tag::OpenQuote | Tag::CloseQuote);
        let any = |words: &[&str]| sentence.clone().any(|i| words.contains(&&*page.token(i).lower));
        let said = [
            ("quoted", (sentence.start..token).filter(|&i| quote(i)).count() % 2 == 1),
            ("headline", page.paragraph.kind == ParagraphKind::Headline),
            ("asked", sentence.clone().last().is_some_and(|i| page.parse.word(i).starts_with('?'))),
            ("we", any(&["we", "our", "i", "us"])),
            ("you", any(&["you", "your"])),
            ("own", self.is_own_step()),
            ("told", voice.addressee.is_some()),
        ];
        for (name, _) in said.iter().filter(|(_, is)| *is) {
            say(format!("x:{name}"));
            say(format!("x:{name}:{mode}"));
        }
    }

    /// What kind of speaker is on record.
    fn speaker(&self) -> &'static str {
        match &self.voice.speaker.value.party {
            None => "nobody",
            Some(s) if s.as_str() == PartyId::MEDIA => "outlet",
            Some(s) if s.is_bystander() => "bystander",
            Some(_) => "party",
        }
    }

    /// Whether the speaker is the subject of the claim's verb.
    fn is_own_step(&self) -> bool {
        let page = self.page;
        let own = self.voice.speaker.value.party.as_ref().filter(|s| !s.is_bystander());
        let subject = page.subject(self.verb);
        own.zip(subject).is_some_and(|(we, subject)| {
            page.mentions.parties(page.index, subject, Speaking { we: Some(we), they: None }).contains(we)
        })
    }
}
