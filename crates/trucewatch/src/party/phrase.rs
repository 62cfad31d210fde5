//! Which parties a noun phrase stands for.

use std::collections::BTreeSet;

use syntax::{Dep, Parse, Pos, Tag, Token};

use super::mention::{Mention, Mentions};
use super::names::Kind;
use super::words::WORDS;
use crate::document::{is_quoted, quotations};
use crate::pack::PartyId;

/// How many prepositions deep a phrase is followed.
const DEEPEST: usize = 4;
/// Words in the longest phrase to which a conflict gives a meaning.
const LONGEST_GENERIC: usize = 4;

/// Whom pronouns stand for in somebody's words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Speaking<'a> {
    /// Who says "we".
    pub we: Option<&'a PartyId>,
    /// Who is "they" in words that are reported and not quoted, where no subject of the sentence is meant.
    pub they: Option<&'a PartyId>,
}

/// Words by which a plural is one of the two that fight.
const SEVERAL: &[&str] = &["two", "both", "warring", "opposing", "rival", "conflicting"];

impl Speaking<'_> {
    /// In nobody's words, or in words whose pronouns do not matter.
    pub const NOBODY: Speaking<'static> = Speaking { we: None, they: None };
}

impl Mentions<'_> {
    /// The parties that the noun phrase headed by token `i` stands for, in the order named, conjuncts included.
    /// Empty where it stands for none that is known.
    #[must_use]
    pub fn parties(&self, paragraph: usize, i: usize, speaking: Speaking<'_>) -> Vec<PartyId> {
        let mut found = Vec::new();
        self.collect(paragraph, i, speaking, 0, &mut found);
        found
    }

    fn collect(&self, at: usize, i: usize, speaking: Speaking<'_>, depth: usize, found: &mut Vec<PartyId>) {
        let parse = &self.parsed.paragraphs[at].parse;
        if depth > DEEPEST {
            return;
        }
        for party in self.of_head(at, i, speaking, depth) {
            if !found.contains(&party) {
                found.push(party);
            }
        }
        for conjunct in parse.children_by(i, &[Dep::Conj]) {
            self.collect(at, conjunct, speaking, depth, found);
        }
    }

    /// The parties of one conjunct.
    fn of_head(&self, at: usize, i: usize, speaking: Speaking<'_>, depth: usize) -> Vec<PartyId> {
        let token = &self.parsed.paragraphs[at].parse.tokens()[i];
        let steps: [&dyn Fn() -> Vec<PartyId>; 18] = [
            &|| self.pronoun(at, i, speaking),
            &|| self.private(at, i),
            &|| self.related(at, i, speaking, depth),
            &|| self.whole(at, i),
            &|| self.opposed(token),
            &|| self.generic_phrase(at, i),
            &|| self.press(at, i),
            &|| self.rebels(at, i),
            &|| self.sides_of_a_land(at, i),
            &|| self.named(at, i, speaking),
            &|| self.sides(at, i),
            &|| self.known_person(at, i),
            &|| self.exemplified(at, i),
            &|| self.generic(token),
            &|| self.generic_modifier(at, i),
            &|| self.irregular(at, i),
            &|| self.behind(at, i, speaking, depth),
            &|| self.state_body(at, i),
        ];
        steps.iter().map(|step| step()).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// A name of several words goes before any meaning of its last ones: "Revolutionary Armed Forces of Vesk".
    fn whole(&self, at: usize, i: usize) -> Vec<PartyId> {
        let own = self.at(at, i).filter(|m| m.tokens.len() > 2 && matches!(m.kind, Kind::Name | Kind::Body));
        own.filter(|m| !WORDS.common_bodies.contains(&m.entry.to_lowercase()))
            .map(|m| m.party.clone())
            .into_iter()
            .collect()
    }

    /// "Veskan state television": whatever nation it is of, media speak as media, unless a pack says for whom.
    fn press(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let word = |t: usize| &*parse.tokens()[t].lower;
        let agency = word(i) == "agency" && parse.children(i).any(|c| word(c) == "news");
        // somebody's own page is no outlet: "the army's Telegram channel"
        let own =
            || parse.children(i).any(|c| matches!(word(c), "telegram" | "facebook" | "twitter" | "youtube" | "social"));
        let meant = (agency || WORDS.press.contains(word(i))) && self.at(at, i).is_none() && !own();
        if meant { vec![PartyId::new(PartyId::MEDIA)] } else { Vec::new() }
    }

    /// "Vesk's UN ambassador", "the Veskan U.N. observer Ilan Torv": whom a state sends to a body speaks for the state.
    pub(super) fn sent(&self, at: usize, i: usize) -> Option<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let inside = [Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Poss];
        let office = |t: usize| WORDS.sent.contains(&*parse.tokens()[t].lower);
        if !office(i) && !parse.children_by(i, &inside).any(office) {
            return None;
        }
        let first = parse.tokens()[i].edges.0;
        let named = |t: usize| self.at(at, t).filter(|m| !m.party.is_bystander());
        let body = (first..=i).find(|&t| named(t).is_some_and(|m| self.bodies.contains(&m.party)))?;
        let of_state = |m: &&Mention| {
            let owns = m.tokens.clone().any(|t| parse.tokens()[t].dep == Dep::Poss);
            !self.bodies.contains(&m.party) && (owns || m.kind == Kind::Demonym)
        };
        (first..body).filter_map(named).find(of_state).map(|m| m.party.clone())
    }

    /// The name at the token, or the names that modify it ("the Vesk army", "Vesk's forces").
    fn named(&self, at: usize, i: usize, speaking: Speaking<'_>) -> Vec<PartyId> {
        if let Some(state) = self.sent(at, i) {
            return vec![state];
        }
        let own = self.at(at, i);
        let modifiers = self.modifiers(at, i, speaking);
        match own {
            Some(m) if m.kind == Kind::Person || modifiers.is_empty() => vec![m.party.clone()],
            Some(m) if m.party.is_bystander() => vec![m.party.clone()],
            // "Vesk's security council": whose the common body is
            Some(m) if WORDS.common_bodies.contains(&m.entry.to_lowercase()) => modifiers,
            Some(m) if m.kind != Kind::Demonym => vec![m.party.clone()],
            _ => modifiers,
        }
    }

    /// Parties named in what modifies the noun `i`, in text order; outlets and bystanders last.
    pub(super) fn modifiers(&self, at: usize, i: usize, speaking: Speaking<'_>) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let mut found: Vec<(Kind, PartyId)> = Vec::new();
        // "his Veskan counterpart": whose counterpart it is does not matter
        let related = WORDS.relational.contains(&*parse.tokens()[i].lemma);
        let inside = parse.children_by(i, &[Dep::Amod, Dep::Compound, Dep::Poss, Dep::Nmod, Dep::Npadvmod]);
        for child in inside.filter(|&c| !(related && parse.tokens()[c].dep == Dep::Poss)) {
            for token in parse.subtree(child).filter(|&t| parse.tokens()[t].dep != Dep::Pobj) {
                if let Some(m) = self.at(at, token).filter(|m| !m.tokens.contains(&i))
                    && !found.iter().any(|(_, p)| *p == m.party)
                {
                    found.push((m.kind, m.party.clone()));
                }
            }
            if found.is_empty() && parse.tokens()[child].dep == Dep::Poss {
                found.extend(self.pronoun(at, child, speaking).into_iter().map(|p| (Kind::Name, p)));
            }
        }
        // "the Veskan NMF militia": the people's word only tells where the named group is from
        if found.last().is_some_and(|(kind, p)| *kind == Kind::Name && !p.is_bystander()) {
            found.retain(|(kind, _)| *kind != Kind::Demonym);
        }
        let mut parties: Vec<PartyId> = found.into_iter().map(|(_, p)| p).collect();
        parties.sort_by_key(PartyId::is_bystander);
        parties
    }

    fn pronoun(&self, at: usize, i: usize, speaking: Speaking<'_>) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let standing = self.standing(at, i);
        let they = || speaking.they.cloned();
        let person = || standing.person.as_ref().and_then(|p| p.1.clone());
        let party = match &*parse.tokens()[i].lower {
            "we" | "us" | "our" | "ours" | "i" | "my" | "me" => speaking.we.cloned(),
            "he" | "she" | "him" | "his" | "her" => self.subject_before(at, i).or_else(they).or_else(person),
            "it" | "its" | "they" | "their" | "them" => {
                self.subject_before(at, i).or_else(they).or_else(|| standing.subject.clone())
            }
            "who" | "which" | "that" => return self.antecedent(at, i),
            _ => None,
        };
        party.into_iter().collect()
    }

    /// Party of a subject that stands before token `i` in its own sentence; right behind a quotation of none in it, for
    /// whoever is quoted does not speak of itself as another.
    fn subject_before(&self, at: usize, i: usize) -> Option<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let start = parse.sentence_of(i).start;
        let is_mark = |t: usize| matches!(&*parse.tokens()[t].lower, "\"" | "”" | "''" | "»");
        let quotes = if i > start && is_mark(i - 1) { quotations(parse.text()) } else { Vec::new() };
        let behind = !is_quoted(&quotes, parse.tokens()[i].span.start);
        let subject = |t: &usize| {
            let token = &parse.tokens()[*t];
            matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass)
                && token.pos != Pos::Pron
                && !(behind && is_quoted(&quotes, token.span.start))
        };
        (start..i)
            .rev()
            .filter(subject)
            .find_map(|t| self.named(at, t, Speaking::NOBODY).into_iter().find(|p| !p.is_bystander()))
    }

    /// "Groups such as the Dovrel Brigade", "countries including Vesk": those of them who are named.
    fn exemplified(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let gives = |p: &usize| {
            let word = &*parse.tokens()[*p].lower;
            matches!(word, "including" | "like") || (word == "as" && *p > 0 && &*parse.tokens()[*p - 1].lower == "such")
        };
        let plural = parse.tokens()[i].tag == Tag::Nns;
        let first = parse.children_by(i, &[Dep::Prep]).filter(|_| plural).find(gives);
        let Some(first) = first.and_then(|p| parse.child_by(p, Dep::Pobj)) else { return Vec::new() };
        let all = parse.subtree(first).filter_map(|t| self.at(at, t)).filter(|m| !m.party.is_bystander());
        let mut found: Vec<PartyId> = Vec::new();
        all.map(|m| m.party.clone()).for_each(|p| {
            if !found.contains(&p) {
                found.push(p)
            }
        });
        found
    }

    /// What a relative pronoun stands for.
    fn antecedent(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let clause = std::iter::once(i).chain(parse.ancestors(i)).find(|&a| parse.tokens()[a].dep == Dep::Relcl);
        clause.map(|c| self.of_head(at, parse.tokens()[c].head, Speaking::NOBODY, DEEPEST)).unwrap_or_default()
    }

    /// "Rebels" and their like, where the conflict gives the word a meaning, whatever adjective stands before it.
    fn opposed(&self, token: &Token) -> Vec<PartyId> {
        if WORDS.opposed.contains(&*token.lemma) { self.generic(token) } else { Vec::new() }
    }

    /// "Veskan rebels" fight Vesk's government: the movement, where the conflict is one with it, or else no known party.
    fn rebels(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        if !WORDS.rebellious.contains(&*parse.tokens()[i].lemma) || self.at(at, i).is_some() {
            return Vec::new();
        }
        let [state] = &self.modifiers(at, i, Speaking::NOBODY)[..] else { return Vec::new() };
        let people = |c: usize| self.at(at, c).is_some_and(|m| m.kind == Kind::Demonym);
        let by_people = parse.children_by(i, &[Dep::Amod, Dep::Compound, Dep::Nmod]).any(people);
        if !by_people || !self.governs(state) {
            return Vec::new();
        }
        let own = self.conflict.filter(|c| c.sides.contains(state)).and(self.irregular.clone());
        vec![own.unwrap_or_else(|| PartyId::new(PartyId::OTHER))]
    }

    /// "The Veskan parties", "all Veskan sides": both sides, where the conflict is one of Vesk with a movement.
    fn sides_of_a_land(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let side = matches!(&*parse.tokens()[i].lemma, "side" | "party" | "belligerent" | "combatant");
        let Some(conflict) = self.conflict.filter(|_| side && is_plural_of_two(parse, i)) else { return Vec::new() };
        let plain = |c: usize| SEVERAL.contains(&&*parse.tokens()[c].lower) || self.at(at, c).is_some();
        let alone = parse.children_by(i, &[Dep::Amod, Dep::Compound, Dep::Nmod]).all(plain);
        match &self.modifiers(at, i, Speaking::NOBODY)[..] {
            [land] if alone && self.regular.as_ref() == Some(land) => conflict.sides.to_vec(),
            _ => Vec::new(),
        }
    }

    /// "Both sides", "the two countries": the sides of the conflict.
    fn sides(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let token = &parse.tokens()[i];
        let both = &*token.lower == "both" || (WORDS.both_sides.contains(&*token.lemma) && is_plural_of_two(parse, i));
        match self.conflict {
            Some(conflict) if both => conflict.sides.to_vec(),
            _ => Vec::new(),
        }
    }

    /// The names at a proper noun that is no party's name: a person whom the document introduced.
    fn known_person(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        if parse.tokens()[i].pos != Pos::Propn {
            return Vec::new();
        }
        self.person(&self.name_at(at, i)).and_then(|p| p.party.clone()).into_iter().collect()
    }

    /// "A Veskan analyst", "a retired Veskan general": whatever the nation, they speak for no party.
    fn private(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let official = self.at(at, i).is_some_and(|m| m.kind == Kind::Person);
        let says = |set: &BTreeSet<String>, t: usize| {
            let token = &parse.tokens()[t];
            set.contains(&*token.lemma) || set.contains(&*token.lower)
        };
        let inside = [Dep::Amod, Dep::Compound, Dep::Nmod];
        let beside = || parse.child_by(i, Dep::Appos).filter(|_| parse.tokens()[i].pos == Pos::Propn);
        let is_private = |head: usize| {
            let left = || parse.children_by(head, &inside);
            let former =
                left().any(|c| says(&WORDS.former, c) || parse.children_by(c, &inside).any(|d| says(&WORDS.former, d)));
            let titled = parse.tokens()[head].pos == Pos::Propn && left().any(|c| says(&WORDS.private, c));
            says(&WORDS.private, head) || titled || (former && self.speaks_for(at, head))
        };
        let found = !official && (is_private(i) || beside().is_some_and(is_private));
        if found { vec![PartyId::new(PartyId::OTHER)] } else { Vec::new() }
    }

    /// Whether a noun is a person's office or name, so that "former" ends it.
    fn speaks_for(&self, at: usize, i: usize) -> bool {
        let token = &self.parsed.paragraphs[at].parse.tokens()[i];
        token.pos == Pos::Propn || WORDS.titles.contains(&*token.lemma) || WORDS.carriers.contains(&*token.lemma)
    }

    /// "The regime's ally Ilmeria": the one who stands to a party is who is named behind.
    fn related(&self, at: usize, i: usize, speaking: Speaking<'_>, depth: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        if !WORDS.relational.contains(&*parse.tokens()[i].lemma) || parse.tokens()[i].pos != Pos::Noun {
            return Vec::new();
        }
        let mut found = Vec::new();
        let named = parse.children_by(i, &[Dep::Appos]).next();
        if let Some(named) = named {
            self.collect(at, named, speaking, depth + 1, &mut found);
        }
        found
    }

    /// A common noun to which the conflict gives a meaning.
    fn generic(&self, token: &Token) -> Vec<PartyId> {
        let generic = self.conflict.map(|c| &c.generic);
        let found = generic.and_then(|g| g.get(&*token.lower));
        found.cloned().into_iter().collect()
    }

    /// Several words that end with token `i` and to which the conflict gives a meaning together: "government forces".
    fn generic_phrase(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let Some(generic) = self.conflict.map(|c| &c.generic) else { return Vec::new() };
        let from = i.saturating_sub(LONGEST_GENERIC - 1);
        let phrase = |start: usize| (start..=i).map(|t| &*parse.tokens()[t].lower).collect::<Vec<_>>().join(" ");
        let found = (from..i).find_map(|start| generic.get(&phrase(start)));
        found.cloned().into_iter().collect()
    }

    /// "Terrorist groups", "militants": the movement, where a state fights one.
    fn irregular(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let means = |t: usize| WORDS.irregular.contains(&*parse.tokens()[t].lower);
        let labelled = || parse.children_by(i, &[Dep::Amod, Dep::Compound]).any(means);
        let body = matches!(&*parse.tokens()[i].lemma, "group" | "organization" | "organisation" | "fighter" | "force");
        let meant = means(i) || (body && labelled());
        self.irregular.iter().filter(|_| meant).cloned().collect()
    }

    /// "The army", "the interior minister", of no named state: the state's, where it fights a movement.
    fn state_body(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let lemma = |t: usize| &*parse.tokens()[t].lemma;
        let foreign = || parse.children(i).any(|c| WORDS.foreign.contains(lemma(c)));
        let office = || parse.children(i).any(|c| WORDS.state_offices.contains(lemma(c)));
        let official = matches!(lemma(i), "official" | "authority" | "officer") && office();
        let meant =
            (official || WORDS.state_bodies.contains(lemma(i))) && parse.tokens()[i].pos == Pos::Noun && !foreign();
        self.regular.iter().filter(|_| meant).cloned().collect()
    }

    /// "Separatist officials", "a rebel commander": a common noun that the conflict gives a meaning, before a title.
    fn generic_modifier(&self, at: usize, i: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let inside = [Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Poss];
        let before = parse.children_by(i, &inside).flat_map(|c| parse.children_by(c, &inside).chain([c]));
        let meant = |c: usize| {
            let whole = self.generic_phrase(at, c);
            if whole.is_empty() { self.generic(&parse.tokens()[c]) } else { whole }
        };
        before.map(meant).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// "Mediators in Vesk", "opposition leaders in Vesk": where they are does not tell for whom they speak.
    fn is_elsewhere(&self, at: usize, i: usize) -> bool {
        let parse = &self.parsed.paragraphs[at].parse;
        let apart = |c: usize| {
            let token = &parse.tokens()[c];
            WORDS.opposed.contains(&*token.lower) || WORDS.foreign.contains(&*token.lower)
        };
        WORDS.visiting.contains(&*parse.tokens()[i].lemma)
            || parse.children_by(i, &[Dep::Amod, Dep::Compound, Dep::Nmod]).any(apart)
    }

    /// "The president of Vesk", "forces from Vesk"; or the apposition behind a title.
    fn behind(&self, at: usize, i: usize, speaking: Speaking<'_>, depth: usize) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at].parse;
        let mut found = Vec::new();
        let token = &parse.tokens()[i];
        // "Governor Ilan Torv of Vesk": a name with a title
        let titled = || {
            let title = |c: usize| WORDS.carriers.contains(&*parse.tokens()[c].lower);
            token.pos == Pos::Propn && parse.children_by(i, &[Dep::Compound, Dep::Nmod]).any(title)
        };
        if WORDS.carriers.contains(&*token.lemma) || WORDS.carriers.contains(&*token.lower) || titled() {
            let serves = WORDS.serving.contains(&*token.lemma);
            let prepositions = parse
                .children_by(i, &[Dep::Prep])
                .filter(|&p| is_of(&parse.tokens()[p].lower) || (serves && &*parse.tokens()[p].lower == "to"))
                .filter(|&p| !(self.is_elsewhere(at, i) && matches!(&*parse.tokens()[p].lower, "in" | "at")));
            for object in prepositions.filter_map(|p| parse.child_by(p, Dep::Pobj)) {
                self.collect(at, object, speaking, depth + 1, &mut found);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        if let Some(apposition) = parse.child_by(i, Dep::Appos) {
            self.collect(at, apposition, speaking, depth + 1, &mut found);
        }
        found
    }
}

/// Prepositions behind which stands for whom somebody speaks.
fn is_of(word: &str) -> bool {
    matches!(word, "of" | "from" | "in" | "for" | "at" | "with" | "by")
}

/// Whether a plural is one of two by its words: "the two sides", "both countries", "the sides".
fn is_plural_of_two(parse: &Parse, i: usize) -> bool {
    let token = &parse.tokens()[i];
    if token.lower == token.lemma && &*token.lower != "sides" {
        return false;
    }
    let words: Vec<&str> = parse.children(i).map(|c| &*parse.tokens()[c].lower).collect();
    let side = matches!(&*token.lemma, "side" | "party" | "neighbor" | "neighbour" | "rival" | "foe" | "belligerent");
    let all = side || &*token.lemma == "combatant";
    words.iter().any(|w| SEVERAL.contains(w)) || (side && words.contains(&"the")) || (all && words.contains(&"all"))
}
