//! Sources that are nouns: persons, bodies, papers and what stands for them.

use syntax::{Dep, EntityKind, Parse, Pos};

use super::Source;
use super::known::{At, trimmed, whole_title};
use super::resolve::{Before, Resolver, Word, source};
use crate::document::Span;
use crate::pack::PartyId;
use crate::party::{Kind, Speaking, fold};
use crate::statement::cue::words;
use crate::statement::source::can_speak;

impl Resolver<'_> {
    pub(super) fn name(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        let parties = self.mentions.parties(at.0, at.1, Speaking::NOBODY);
        self.named_behind(at, span)
            .or_else(|| self.person(at, span, &parties))
            .or_else(|| self.possessed(at, span, before))
            .or_else(|| self.press(at, span))
            .or_else(|| self.paper(at, span, before))
            .or_else(|| self.short_form(at, span, &parties))
            .or_else(|| self.same_again(at, span, before))
            .or_else(|| self.bare_body(at, span, &parties, before))
            .or_else(|| self.person_again(at, span, &parties, before))
            .or_else(|| self.office_here(at, span, &parties))
            .or_else(|| self.as_written(at, span, parties))
    }

    /// "the Veskan armed group Dovrel Brigade": the name right behind the noun says which, whatever stands before it.
    fn named_behind(&self, at: At, span: Span) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let behind = self.mentions.at(at.0, at.1 + 1).filter(|m| m.tokens.start == at.1 + 1)?;
        let is_body = parse.tokens()[at.1].pos == Pos::Noun && words().bodies.contains(&*parse.tokens()[at.1].lemma);
        let named = matches!(behind.kind, Kind::Name | Kind::Body) && parse.sentence_of(at.1).contains(&(at.1 + 1));
        let last = behind.tokens.end - 1;
        let acts = |a: usize| parse.tokens()[a].dep == Dep::Relcl && parse.tokens()[a].head == at.1;
        let own_clause = parse.tokens()[last].dep == Dep::Nsubj && acts(parse.tokens()[last].head);
        let name = parse.words(behind.tokens.clone()).to_owned();
        (is_body && named && !own_clause).then(|| source(name, vec![span], vec![behind.party.clone()], "speaker/name"))
    }

    /// "his country", "its army": the party of who reports it.
    fn possessed(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let owner =
            parse.child_by(at.1, Dep::Poss).filter(|&p| matches!(self.word((at.0, p)), Word::Person | Word::Thing))?;
        let other = matches!(
            &*parse.tokens()[at.1].lemma,
            "counterpart" | "rival" | "opponent" | "enemy" | "neighbor" | "neighbour"
        );
        let outer = before.outer.filter(|_| owner < at.1 && !other)?;
        let own = || self.mentions.of_party(outer.parties.first()?);
        let name = own().unwrap_or_else(|| short(self.parsed.document.slice(span)).to_owned());
        Some(Source { name, spans: vec![span], rule: "speaker/possessed", ..outer.clone() })
    }

    /// A person by name, alone or behind a title or before an apposition.
    pub(super) fn person(&self, at: At, span: Span, parties: &[PartyId]) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let joint = parse.child_by(at.1, Dep::Conj).is_some();
        let beside = || parse.child_by(at.1, Dep::Appos).filter(|&a| self.is_person((at.0, a)));
        let head = if self.is_person(at) || self.is_surname(at) { at.1 } else { beside()? };
        if joint {
            return None;
        }
        let named = self.mentions.name_at(at.0, head);
        let written = without_verb(&named, self.parsed.document.slice(span)).to_owned();
        let full = self.known.full(&written, at);
        let name = full.map_or(written, |f| f.name.clone());
        let steps: [&dyn Fn() -> Vec<PartyId>; 3] =
            [&|| parties.to_vec(), &|| self.mentions.parties(at.0, head, Speaking::NOBODY), &|| {
                self.mentions.person(&name).and_then(|p| p.party.clone()).into_iter().collect()
            }];
        let known = steps.iter().map(|step| step()).find(|p| !p.is_empty());
        let placed = || self.office_of_person((at.0, head), &name).map(|p| vec![p]);
        let introduced = full.map(|f| (f.at.0, f.head)).filter(|&i| i != (at.0, head));
        let is = || {
            [Some((at.0, head)), introduced].into_iter().flatten().map(|at| self.described(at)).find(|p| !p.is_empty())
        };
        let parties = known.or_else(is).or_else(|| self.of_issuer(&name)).or_else(placed);
        let round = || [Some((at.0, head)), introduced].into_iter().flatten().map(|at| self.of_surroundings(at));
        let parties = parties.or_else(|| round().find(|p| !p.is_empty())).unwrap_or_default();
        let before = full.map(|f| f.span).filter(|s| !s.meets(span));
        Some(source(name, std::iter::once(span).chain(before).collect(), parties, "speaker/person"))
    }

    /// "Orr is a Veskan army spokesman", "Orr, who is Vesk's envoy", "Orr of the Veskan army": the parties of what a person is said to be.
    fn described(&self, at: At) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let token = &parse.tokens()[at.1];
        let own = (token.dep == Dep::Nsubj).then_some(token.head);
        let is = |&v: &usize| matches!(&*parse.tokens()[v].lower, "is" | "was");
        let verb = own.into_iter().chain(parse.children_by(at.1, &[Dep::Relcl])).find(is);
        let body = |p: usize| {
            let of = matches!(&*parse.tokens()[p].lower, "of" | "from").then(|| parse.child_by(p, Dep::Pobj)).flatten();
            of.filter(|&o| words().bodies.contains(&*parse.tokens()[o].lemma.to_lowercase()))
        };
        let member = || parse.children_by(at.1, &[Dep::Prep]).find_map(body);
        let attribute = verb.and_then(|v| parse.child_by(v, Dep::Attr)).or_else(member);
        attribute.map(|a| self.mentions.parties(at.0, a, Speaking::NOBODY)).unwrap_or_default()
    }

    /// "Deputy Prime Minister Orr told reporters in Vesk": whose office it is where the title names no state: the state
    /// whose seat is named in the sentence, else the one that acted last.
    fn of_surroundings(&self, at: At) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let is_office = |t: usize| words().offices.contains(&*parse.tokens()[t].lower);
        if !parse.children_by(at.1, &[Dep::Compound, Dep::Nmod]).chain([at.1]).any(is_office) {
            return Vec::new();
        }
        let acted = || self.mentions.standing(at.0, at.1).subject.clone().filter(|p| !p.is_bystander());
        self.seat_in_sentence(at).or_else(acted).into_iter().collect()
    }

    /// "In Vesk's capital the ministry said …": the state whose seat the sentence is told in.
    fn seat_in_sentence(&self, at: At) -> Option<PartyId> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let seat = |t: usize| {
            let told_in = parse.tokens()[t].dep == Dep::Pobj && &*parse.tokens()[parse.tokens()[t].head].lower == "in";
            self.mentions.at(at.0, t).filter(|m| told_in && m.kind == Kind::Seat).map(|m| m.party.clone())
        };
        parse.sentence_of(at.1).into_iter().find_map(seat)
    }

    /// A single name that is the last word of a person's named before, whatever the model takes it for here.
    fn is_surname(&self, at: At) -> bool {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let proper = is_capital(parse, at.1) && self.mentions.at(at.0, at.1).is_none();
        proper && self.known.full(parse.word(at.1), at).is_some_and(|full| full.name.contains(' '))
    }

    /// "News reports", "reports from Vesk", "Veskan journalists": media, whatever nation they are of.
    fn press(&self, at: At, span: Span) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let token = &parse.tokens()[at.1];
        let of_media = |c: usize| words().media.contains(&*parse.tokens()[c].lower);
        let told = || parse.children_by(at.1, &[Dep::Amod, Dep::Compound, Dep::Nmod]).any(of_media);
        let bare = || parse.children(at.1).filter(|&c| c < at.1).count() == 0;
        let sent_from = |p: usize| {
            let Some(place) = parse.child_by(p, Dep::Pobj).filter(|_| &*parse.tokens()[p].lower == "from") else {
                return false;
            };
            let country =
                self.mentions.at(at.0, place).is_some_and(|m| m.kind == Kind::Name && self.mentions.governs(&m.party));
            country || parse.entity_at(place).is_some_and(|e| matches!(e.kind, EntityKind::Gpe | EntityKind::Loc))
        };
        let reports =
            &*token.lower == "reports" && (told() || (bare() && parse.children_by(at.1, &[Dep::Prep]).any(sent_from)));
        if !reports && !words().journalists.contains(&*token.lemma) {
            return None;
        }
        let name = trimmed(short(self.parsed.document.slice(span))).to_owned();
        Some(source(name, vec![span], vec![PartyId::new(PartyId::MEDIA)], "speaker/press"))
    }

    /// "the source", "the group": the last source, if it was called so.
    fn same_again(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        let token = &self.parsed.paragraphs[at.0].parse.tokens()[at.1];
        let (_, last) = before.last.filter(|_| self.is_bare(at))?;
        let called = itself(&last.name).any(|w| fold(w) == fold(&token.lower));
        let parse = &self.parsed.paragraphs[at.0].parse;
        let other = |c: usize| self.mentions.at(at.0, c).is_some_and(|m| !last.parties.contains(&m.party));
        let told_apart = parse.children_by(at.1, &[Dep::Amod, Dep::Compound, Dep::Nmod]).any(other);
        (called && !told_apart && !self.is_elsewhere(at, last)).then(|| Source {
            spans: vec![span],
            rule: "speaker/same-again",
            ..last.clone()
        })
    }

    /// "In Vesk's capital the ministry said …": whether the seat of another state opens the sentence.
    fn is_elsewhere(&self, at: At, last: &Source) -> bool {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let body = words().bodies.contains(&*parse.tokens()[at.1].lemma.to_lowercase());
        let opening = parse.sentence_of(at.1).start..at.1;
        let seat = |t: usize| self.mentions.at(at.0, t).filter(|m| m.kind == Kind::Seat).map(|m| m.party.clone());
        let within = |t: &usize| &*parse.tokens()[parse.tokens()[*t].head].lower == "in";
        body && opening.filter(within).filter_map(seat).any(|p| !last.parties.contains(&p))
    }

    /// "Torv said … the diplomat added": the person who spoke last, by what the person is.
    fn person_again(&self, at: At, span: Span, parties: &[PartyId], before: &Before<'_>) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let called = words().callings.contains(&*parse.tokens()[at.1].lower);
        let told_apart = parse.children(at.1).any(|c| c < at.1 && parse.tokens()[c].dep != Dep::Det);
        if !parties.is_empty() || !called || told_apart || !self.is_bare(at) {
            return None;
        }
        let ((paragraph, _), last) = before.last.filter(|(_, last)| last.is_person())?;
        let near = at.0 - paragraph <= 1;
        near.then(|| Source { spans: vec![span], rule: "speaker/title", ..last.clone() })
    }

    /// "the army", "the group": a body without a name belongs to who spoke or acted last; an army to no body of states.
    fn bare_body(&self, at: At, span: Span, parties: &[PartyId], before: &Before<'_>) -> Option<Source> {
        let token = &self.parsed.paragraphs[at.0].parse.tokens()[at.1];
        let parse = &self.parsed.paragraphs[at.0].parse;
        let topic = |c: &usize| words().topics.contains(&*parse.tokens()[*c].lower);
        let left = [Dep::Compound, Dep::Amod, Dep::Relcl, Dep::Acl];
        let told_apart = parse.children_by(at.1, &left).any(|c| !topic(&c));
        let of_topic =
            parse.children_by(at.1, &[Dep::Prep]).all(|p| parse.child_by(p, Dep::Pobj).is_some_and(|o| topic(&o)));
        let body = words().bodies.contains(&*token.lemma.to_lowercase());
        // "the army said … a spokesman added": some body's, as bodies speak by them
        let spoken_by = matches!(&*token.lemma, "spokesman" | "spokeswoman" | "spokesperson");
        let unnamed =
            || spoken_by && parse.children_by(at.1, &[Dep::Det, Dep::Appos]).all(|c| &*parse.tokens()[c].lower == "a");
        if !parties.is_empty() || told_apart || !body || !of_topic || !(self.is_definite(at) || unnamed()) {
            return None;
        }
        let near = before.last.filter(|((paragraph, _), _)| at.0 - paragraph <= 1).map(|(_, source)| &source.parties);
        let of_states = words().state.contains(&*token.lemma.to_lowercase());
        let may_have = |p: &PartyId| !(of_states && self.mentions.is_body(p));
        let somebody = |p: &PartyId| !p.is_bystander() && may_have(p);
        let spoke = near.and_then(|p| p.first()).filter(|p| somebody(p)).cloned();
        let acted = || self.mentions.standing(at.0, at.1).subject.clone().filter(somebody);
        let own = || self.mentions.voice.as_ref().map(|v| v.0.clone()).filter(may_have);
        let party = own().or_else(|| self.seat_in_sentence(at)).or(spoke).or_else(acted)?;
        let name = trimmed(short(self.parsed.document.slice(span))).to_owned();
        Some(source(name, vec![span], vec![party], "speaker/bare-body"))
    }

    /// "the minister", "the ministry": the last one so called, where the phrase names no other party.
    fn short_form(&self, at: At, span: Span, parties: &[PartyId]) -> Option<Source> {
        let token = &self.parsed.paragraphs[at.0].parse.tokens()[at.1];
        if !matches!(token.pos, Pos::Noun | Pos::Propn) || !self.is_bare(at) {
            return None;
        }
        let titled = self.known.titled(&whole_title(&self.parsed.paragraphs[at.0].parse, at.1), at);
        let (named, rule) = match titled {
            Some(person) => (person, "speaker/title"),
            None => (self.known.body(&token.lower, at)?, "speaker/short-form"),
        };
        let theirs = self.mentions.parties(named.at.0, named.head, Speaking::NOBODY);
        let person = self.mentions.person(&named.name).and_then(|p| p.party.clone());
        let theirs = theirs.into_iter().filter(|p| !p.is_bystander());
        let known: Vec<PartyId> = person.into_iter().chain(theirs).take(1).collect();
        let found = if known.is_empty() { self.office_of_issuer(at) } else { known };
        if found.is_empty() && (named.at.0, named.head) == at {
            return None;
        }
        let agrees = parties.is_empty() || parties.iter().any(|p| found.contains(p));
        agrees.then(|| source(named.name.clone(), vec![span, named.span], found, rule))
    }

    /// A noun with an article and nothing that tells it from others but adjectives.
    pub(super) fn is_bare(&self, at: At) -> bool {
        let parse = &self.parsed.paragraphs[at.0].parse;
        self.is_definite(at) && parse.child_by(at.1, Dep::Prep).is_none()
    }

    /// A noun with "the" or "this" before it and nobody's name.
    fn is_definite(&self, at: At) -> bool {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let owned = parse.children(at.1).any(|c| matches!(parse.tokens()[c].dep, Dep::Poss | Dep::Appos));
        let definite = |c: usize| {
            let token = &parse.tokens()[c];
            token.dep == Dep::Det && matches!(&*token.lower, "the" | "this" | "that")
        };
        !owned && parse.children(at.1).any(definite)
    }

    /// The source's own words, and what parties they name; none for a thing that says nothing itself ("figures").
    fn as_written(&self, at: At, span: Span, parties: Vec<PartyId>) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let joint = parse.child_by(at.1, Dep::Conj).is_some();
        let parties = if parties.is_empty() { self.office_of_issuer(at) } else { parties };
        if let Some(named) = self.introduced(at, span).filter(|_| parties.is_empty()) {
            return Some(named);
        }
        let paper = words().papers.contains(&*parse.tokens()[at.1].lemma);
        if parties.is_empty() && !can_speak(parse, at.1) && !paper {
            return None;
        }
        let name = trimmed(short(self.parsed.document.slice(span))).to_owned();
        let rule = match parties.len() {
            0 => "speaker/as-written",
            1 => "speaker/name",
            _ if joint => "speaker/joint",
            _ => "speaker/both-sides",
        };
        Some(source(name, vec![span], parties, rule))
    }

    /// "Torv said", of one whom the model takes for no person: whose the same name was where the document tells it.
    fn introduced(&self, at: At, span: Span) -> Option<Source> {
        let word = |(p, t): At| self.parsed.paragraphs[p].parse.word(t);
        let alone = |(p, t): At| self.parsed.paragraphs[p].parse.tokens()[t].edges == (t, t);
        let proper = |(p, t): At| is_capital(&self.parsed.paragraphs[p].parse, t);
        let acronym = word(at).chars().all(char::is_uppercase);
        if acronym || !proper(at) || !alone(at) || self.mentions.at(at.0, at.1).is_some() {
            return None;
        }
        let same = |i: &At| *i < at && word(*i) == word(at) && proper(*i) && !alone(*i);
        let tokens = |p: usize| (0..self.parsed.paragraphs[p].parse.len()).map(move |t| (p, t));
        let earlier = (at.0.saturating_sub(EARLIER)..=at.0).flat_map(tokens).filter(same);
        let told = |i: At| self.told_of(i).map(|party| (i, party));
        let (i, party) = earlier.into_iter().find_map(told)?;
        let name = self.mentions.name_at(i.0, i.1);
        Some(source(name, vec![span], vec![party], "speaker/person"))
    }

    /// Whose a name is by what stands before it or by the title that it is in apposition to.
    fn told_of(&self, (p, t): At) -> Option<PartyId> {
        let token = &self.parsed.paragraphs[p].parse.tokens()[t];
        let above = (token.dep == Dep::Appos).then_some(token.head);
        let of = |i: usize| self.mentions.parties(p, i, Speaking::NOBODY).into_iter().find(|x| !x.is_bystander());
        of(t).or_else(|| of(above?))
    }
}

/// A name, or a noun with a capital, as the tagger takes names that it does not know for.
fn is_capital(parse: &Parse, i: usize) -> bool {
    let token = &parse.tokens()[i];
    let capital = || parse.word(i).starts_with(char::is_uppercase);
    token.pos == Pos::Propn || (token.pos == Pos::Noun && capital())
}

/// "Said Torv: …": the name without the verb that the model takes for a part of it, where the source is only the rest.
fn without_verb<'n>(name: &'n str, source: &str) -> &'n str {
    match name.split_once(' ') {
        Some(("Said" | "Added", rest)) if !source.contains(name) && source.contains(rest) => rest,
        _ => name,
    }
}

/// Paragraphs that are looked back through for where a name is introduced.
const EARLIER: usize = 60;

/// What opens a clause, a parenthesis or an aside behind a name.
const ASIDES: &[&str] =
    &[" (", " [", " – ", " — ", " -- ", ", who", ", which", ", whose", ", where", " who ", " which ", " whose "];

/// A name without the clause, parenthesis or aside behind it: "the Ministry of Vesk – which nobody recognizes".
pub(super) fn short(name: &str) -> &str {
    let name = name.split('\n').next().unwrap_or(name);
    let end = ASIDES.iter().filter_map(|a| name.find(a)).filter(|&at| at > 0).min().unwrap_or(name.len());
    name.get(..end).unwrap_or(name).trim_end_matches([',', ' '])
}

/// The words of a name up to what stands behind its noun: of "residents who fled from rebels" the first.
fn itself(name: &str) -> impl Iterator<Item = &str> {
    let behind =
        |w: &str| ASIDES.iter().any(|a| a.trim() == w) || BEHIND.contains(&w) || (w.len() > 5 && w.ends_with("ing"));
    name.split_whitespace().enumerate().take_while(move |(i, w)| *i == 0 || !behind(w)).map(|(_, w)| w)
}

/// Words behind which a noun phrase names others.
const BEHIND: &[&str] =
    &["from", "with", "by", "in", "to", "on", "against", "between", "near", "after", "that", "loyal"];

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn names_without_an_aside_stay() {
        assert_eq!(short("the Veskan Ministry of Defence"), "the Veskan Ministry of Defence");
        assert_eq!(short("(VTA)"), "(VTA)");
    }

    #[test]
    fn clauses_and_parentheses_are_cut_off() {
        assert_eq!(short("The Ministry of Vesk – which nobody recognizes"), "The Ministry of Vesk");
        assert_eq!(short("They (through Marta)"), "They");
        assert_eq!(short("MISSION OF THE LINE\nDaily report"), "MISSION OF THE LINE");
        assert_eq!(short("Officials in Rivna, who helped with the talks"), "Officials in Rivna");
    }
}
