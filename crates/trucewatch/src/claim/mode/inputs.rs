//! What the trees are told of a claim whose mode is weighed once more: how its verb and those above it are formed, what
//! stands round it, what the rules made of it. Never who speaks or acts: names are not among the words.

use syntax::{Dep, Tag};

use super::super::page::Page;
use super::super::trigger::Trigger;
use super::super::voice::Voice;
use super::super::weigh::plain_word;
use super::super::{Kind, Mode};
use super::{Decision, HIGHEST};
use crate::document::ParagraphKind;
use crate::pack::PartyId;
use crate::party::Speaking;
use crate::statement::Verdict;

/// A claim as the weights see it.
#[derive(Debug, Clone, Default)]
pub(in crate::claim) struct Inputs {
    /// Word features in order, each once, with the token it comes from.
    pub(in crate::claim) words: Vec<(String, usize)>,
    /// Its form, in the order of `scripts/train_mode.py`.
    pub(in crate::claim) form: Vec<f32>,
}

/// Words of little meaning that bear on a mode wherever they stand.
const FUNCTION: &[&str] = &[
    "if", "unless", "until", "when", "after", "before", "once", "not", "n't", "no", "without", "never", "will", "would", "'ll",
    "'d", "should", "could", "may", "might", "must", "can", "to", "so", "that", "let", "while", "as", "whether", "only", "yet",
    "nor", "neither", "any", "instead", "or", "in", "for", "by", "on", "against",
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
    Inputs { words: scene.words(), form: scene.form() }
}

impl Scene<'_, '_> {
    fn words(&self) -> Vec<(String, usize)> {
        let mut out = Vec::new();
        self.of_rule(&mut out);
        self.of_own(&mut out);
        self.of_verb(&mut out);
        self.of_above(&mut out);
        self.of_sentence(&mut out);
        out.sort_unstable();
        out.dedup_by(|a, b| a.0 == b.0);
        out
    }

    fn of_rule(&self, out: &mut Vec<(String, usize)>) {
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

    fn of_own(&self, out: &mut Vec<(String, usize)>) {
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

    fn of_verb(&self, out: &mut Vec<(String, usize)>) {
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
    fn of_condition(&self, clause: usize, out: &mut Vec<(String, usize)>) {
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

    fn of_above(&self, out: &mut Vec<(String, usize)>) {
        let page = self.page;
        let over = self.path.iter().copied().skip_while(|&i| i != self.verb).skip(1);
        let mut below = self.verb;
        let mut level = 0;
        for at in over {
            let word = self.lemma(at);
            let dep = page.token(below).dep;
            out.push((format!("g:{word}"), at));
            if level < LEVELS {
                out.push((format!("gd:{level}:{dep}>{word}"), at));
                out.push((format!("gl:{dep}>{word}"), at));
            }
            if page.is_verb(at) {
                out.push((format!("gf:{}", self.verb_form(at)), at));
                out.extend(page.auxiliaries(at).map(|a| (format!("ga:{a}"), at)));
                let marks = page.parse.children_by(at, &[Dep::Mark, Dep::Neg]);
                out.extend(marks.map(|m| (format!("gm:{}", page.token(m).lower), m)));
            }
            below = at;
            level += 1;
        }
        for pair in self.path.windows(2) {
            out.push((format!("p:{}>{}>{}", self.lemma(pair[0]), page.token(pair[0]).dep, self.lemma(pair[1])), pair[1]));
        }
        let way = self.path.iter().take(3).map(|&i| page.token(i).dep.to_string()).collect::<Vec<_>>().join(">");
        out.push((format!("w:{way}"), self.trigger.token));
    }

    fn of_sentence(&self, out: &mut Vec<(String, usize)>) {
        let (page, token) = (self.page, self.trigger.token);
        let sentence = page.sentence(token);
        let mut first = true;
        for i in sentence.clone() {
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
            if i.abs_diff(token) <= NEAR && i != token {
                let side = if i < token { "b" } else { "a" };
                out.push((format!("{side}:{word}"), i));
            }
            let own = page.parse.is_under(i, self.verb);
            out.push((format!("{}:{word}", if own { "l" } else { "s" }), i));
        }
    }

    fn form(&self) -> Vec<f32> {
        let (page, verb) = (self.page, self.verb);
        let mut form = self.of_claim();
        form.extend(self.of_form(verb));
        let next = self.path.iter().copied().skip_while(|&i| i != verb).skip(1).find(|&i| page.is_verb(i));
        form.extend(next.map_or_else(|| vec![0.0; 9], |v| self.of_form(v)));
        let last = next.and_then(|n| {
            self.path.iter().copied().skip_while(|&i| i != n).skip(1).find(|&i| page.is_verb(i))
        });
        form.extend(last.map_or_else(|| vec![0.0; 9], |v| self.of_form(v)));
        form.extend(self.of_setting());
        form
    }

    fn of_claim(&self) -> Vec<f32> {
        let (page, trigger) = (self.page, self.trigger);
        let kind = Kind::ALL.iter().position(|k| *k == trigger.kind);
        let mode = Mode::ALL.iter().position(|m| *m == self.decision.mode.value);
        vec![
            number(kind),
            number(mode),
            yes(self.rule() == "mode/plain"),
            yes(page.is_noun(trigger.token)),
            label(page.token(trigger.token).dep),
            self.path.iter().position(|&i| i == self.verb).map_or(0.0, |at| at as f32),
            self.path.len() as f32,
            trigger.fit as f32,
            yes(page.is_negated(trigger.token)),
        ]
    }

    /// How a verb is formed.
    fn of_form(&self, verb: usize) -> Vec<f32> {
        let page = self.page;
        let auxiliaries: Vec<&str> = page.auxiliaries(verb).collect();
        let has = |words: &[&str]| auxiliaries.iter().any(|a| words.contains(a));
        let modal = [
            has(&["will", "'ll", "shall", "wo"]),
            has(&["would", "'d"]),
            has(&["should", "must", "ought"]),
            has(&["may", "might", "could"]),
            has(&["can", "ca"]),
            has(&["to"]),
            has(&["have", "has", "had", "'ve"]),
            has(&["be", "is", "are", "was", "were", "been", "being"]),
            has(&["do", "did", "does"]),
        ];
        let marks = ["if", "unless", "until", "when", "once", "after", "before", "that", "as", "because", "whether"];
        let opening = page.parse.children_by(verb, &[Dep::Mark, Dep::Advmod]);
        let mark = opening.filter_map(|m| marks.iter().position(|w| *w == &*page.token(m).lower)).next();
        vec![
            number(modal.iter().position(|m| *m)),
            tense(page.token(verb).tag),
            label(page.token(verb).dep),
            yes(page.is_negated(verb)),
            yes(page.is_passive(verb)),
            yes(page.parse.child_by(verb, Dep::Nsubj).is_some()),
            number(mark),
            yes(page.parse.children_by(verb, &[Dep::Advcl]).any(|c| page.is_marked(c, &["if", "unless", "until", "once"]))),
            yes(has(&["not", "n't"])),
        ]
    }

    /// What stands round the claim, and whose words it is in.
    fn of_setting(&self) -> Vec<f32> {
        let (page, token, voice) = (self.page, self.trigger.token, self.voice);
        let sentence = page.sentence(token);
        let quote = |i: usize| matches!(page.token(i).tag, Tag::OpenQuote | Tag::CloseQuote);
        let quotes = (sentence.start..token).filter(|&i| quote(i)).count();
        let speaker = voice.speaker.value.party.as_ref();
        let own = speaker.filter(|s| !s.is_bystander());
        let subject = page.subject(self.verb);
        let doers = subject.map(|s| page.mentions.parties(page.index, s, Speaking { we: own, they: None }));
        let verdict = verdicts().iter().position(|v| *v == voice.verdict);
        let near = |words: &[&str]| {
            (token.saturating_sub(4).max(sentence.start)..token).any(|i| words.contains(&&*page.token(i).lower))
        };
        let asked = sentence.clone().last().is_some_and(|i| page.parse.word(i).starts_with('?'));
        vec![
            number(verdict),
            yes(voice.cue.is_some()),
            match speaker {
                None => 0.0,
                Some(s) if s.as_str() == PartyId::MEDIA => 1.0,
                Some(s) if s.is_bystander() => 2.0,
                Some(_) => 3.0,
            },
            yes(voice.addressee.is_some()),
            yes(own.zip(doers.as_ref()).is_some_and(|(s, d)| d.contains(s))),
            yes(doers.is_some_and(|d| !d.is_empty())),
            yes(quotes % 2 == 1),
            yes(page.paragraph.kind == ParagraphKind::Headline),
            yes(asked),
            yes(sentence.clone().any(|i| matches!(&*page.token(i).lower, "we" | "our" | "i" | "us"))),
            yes(near(&["no", "not", "n't", "never", "without", "nor"])),
            yes(near(&["to"])),
            yes(near(&["will", "would", "should", "must", "may", "might", "could"])),
            sentence.len() as f32,
            (token - sentence.start) as f32,
            page.index as f32,
        ]
    }
}

fn verdicts() -> [Verdict; 12] {
    use Verdict::{Accuse, Ask, Assert, Believe, CallFor, Conditional, Criticize, Deny, Plan, Reject, Support, Threaten};
    [Assert, Believe, Ask, Deny, Accuse, Criticize, Support, CallFor, Plan, Reject, Conditional, Threaten]
}

fn tense(tag: Tag) -> f32 {
    match tag {
        Tag::Vb => 1.0,
        Tag::Vbd => 2.0,
        Tag::Vbg => 3.0,
        Tag::Vbn => 4.0,
        Tag::Vbp => 5.0,
        Tag::Vbz => 6.0,
        _ => 0.0,
    }
}

/// The place of a value in its list, from 1 on; 0 for none.
fn number(place: Option<usize>) -> f32 {
    place.map_or(0.0, |at| at as f32 + 1.0)
}

fn label(dep: Dep) -> f32 {
    number(Dep::ALL.iter().position(|d| *d == dep))
}

fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}
