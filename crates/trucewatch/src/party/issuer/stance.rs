//! How the words of a document take a party's part: on whose soil the narrator stands, whom it thanks, urges or accuses, and
//! whom it names by the bare name that one's own diplomats use. Each name of a party is judged once, with the phrase that it stands in.

use std::collections::{BTreeMap, BTreeSet};

use syntax::{Dep, Parse, Pos, Tag};

use super::super::mention::{Land, Mention, Mentions};
use super::super::names::Kind;
use super::super::voice::TABLE;
use crate::document::{Quote, is_quoted, quotations};
use crate::pack::PartyId;

/// Steps from a name to the noun that its phrase is about, at most.
const STEPS: usize = 4;
/// Words of a line that only greets, at most.
const GREETING: usize = 6;

/// How often a document takes a party's part, or another's against it.
#[derive(Debug, Default, Clone)]
pub(super) struct Stance {
    /// Places in its country, and those of them in sentences in the first person.
    pub(super) soil: usize,
    our_soil: usize,
    /// In a phrase to which harm is done, and in one that does it.
    struck: usize,
    striking: usize,
    /// Fought against, or called by a word of judgement: "the Veskan dictatorship".
    opposed: usize,
    branded: usize,
    /// "Brotherly Vesk", "neighbouring Vesk".
    neighbour: usize,
    /// Subject of a sentence that goes on in the first person.
    carried_on: usize,
    /// In a phrase of which something is asked, or to which thanks go.
    urged: usize,
    thanked: usize,
    /// Behind "with": whoever one has relations and borders with.
    beside: usize,
    /// Subject of how one takes a stand: "believes", "attaches"; of what one is: "is committed".
    standing: usize,
    moved: usize,
    /// The bare name as the subject of anything but harm.
    bare: usize,
    /// "The Government of Vesk", "the Veskan people" as such a subject.
    governing: usize,
    /// "As President of Vesk", "on behalf of all Veskans", "we Veskans", "here in Vesk".
    spoken_for: usize,
    /// In a sentence with "my country" or "our people", and in one behind which such a one stands.
    home: usize,
    before_home: usize,
    /// Greeted in a line of its own: "Veskans!"
    greeted: usize,
    /// Persons in office whose country their sentence does not name.
    own_persons: usize,
}

impl Stance {
    /// The counts, in the order of the inputs.
    pub(super) fn counts(&self) -> [usize; 20] {
        let Stance { soil, our_soil, struck, striking, urged, thanked, beside, standing, .. } = *self;
        let Stance { moved, bare, governing, spoken_for, home, before_home, greeted, own_persons, .. } = *self;
        let Stance { opposed, branded, neighbour, carried_on, .. } = *self;
        [
            soil,
            our_soil,
            struck,
            striking,
            urged,
            thanked,
            beside,
            standing,
            moved,
            bare,
            governing,
            spoken_for,
            home,
            before_home,
            greeted,
            own_persons,
            opposed,
            branded,
            neighbour,
            carried_on,
        ]
    }
}

/// How a document takes the part of each party that it names, or whose soil it names, outside quotation marks.
pub(super) fn stances(mentions: &Mentions<'_>) -> BTreeMap<PartyId, Stance> {
    let mut found: BTreeMap<PartyId, Stance> = BTreeMap::new();
    for (index, paragraph) in mentions.parsed.paragraphs.iter().enumerate() {
        let scene = Scene::of(mentions, index, &paragraph.parse);
        for mention in mentions.of_paragraph(index).iter().filter(|m| scene.is_open(m.tokens.start)) {
            scene.count(mention, found.entry(mention.party.clone()).or_default());
        }
        let lands = &mentions.lands;
        let here = |end| lands.partition_point(|l| l.paragraph < end);
        for land in lands[here(index)..here(index + 1)].iter().filter(|l| scene.is_open(l.at)) {
            scene.stands_on(land, &mut found);
        }
    }
    found
}

/// The first person; a reader of print takes the letter for a bar.
pub(super) fn is_first(parse: &Parse, i: usize) -> bool {
    let next = || parse.tokens().get(i + 1).is_some_and(|t| matches!(t.tag, Tag::Vbp | Tag::Vbd | Tag::Md | Tag::Rb));
    match &*parse.tokens()[i].lower {
        "i" | "we" | "our" | "us" | "my" | "ours" => true,
        "|" => next(),
        _ => false,
    }
}

/// Whether a token is "my" or "our" before a noun by which one speaks of one's own side.
pub(super) fn is_home(parse: &Parse, i: usize) -> bool {
    is_before(parse, i, &TABLE.homes)
}

/// Whether a token is "my" or "our" before one of some nouns.
pub(in crate::party) fn is_before(parse: &Parse, i: usize, nouns: &BTreeSet<String>) -> bool {
    let token = &parse.tokens()[i];
    token.dep == Dep::Poss
        && matches!(&*token.lower, "our" | "my")
        && nouns.contains(&*parse.tokens()[token.head].lemma)
}

/// The noun that a phrase is about in which a name stands: "forces" of "the armed forces of Vesk".
pub(super) fn phrase_head(parse: &Parse, from: usize) -> usize {
    let is_noun = |i: usize| matches!(parse.tokens()[i].pos, Pos::Noun | Pos::Propn);
    let up = |&i: &usize| {
        let token = &parse.tokens()[i];
        let above = &parse.tokens()[token.head];
        match token.dep {
            Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod => Some(token.head),
            Dep::Pobj if &*above.lower == "of" && is_noun(above.head) => Some(above.head),
            _ => None,
        }
    };
    std::iter::successors(Some(from), up).take(STEPS).last().unwrap_or(from)
}

/// A paragraph, and what is said in the first person in each of its sentences.
struct Scene<'m> {
    mentions: &'m Mentions<'m>,
    index: usize,
    parse: &'m Parse,
    quotes: Vec<Quote>,
    ours: Vec<bool>,
    homes: Vec<bool>,
}

impl<'m> Scene<'m> {
    fn of(mentions: &'m Mentions<'m>, index: usize, parse: &'m Parse) -> Scene<'m> {
        let quotes = quotations(parse.text());
        let open = |i: usize| !is_quoted(&quotes, parse.tokens()[i].span.start);
        let any = |says: &dyn Fn(usize) -> bool| -> Vec<bool> {
            parse.sentences().iter().map(|s| s.clone().any(|i| open(i) && says(i))).collect()
        };
        let (ours, homes) = (any(&|i| is_first(parse, i)), any(&|i| is_home(parse, i)));
        Scene { mentions, index, parse, quotes, ours, homes }
    }

    fn is_open(&self, i: usize) -> bool {
        self.parse.tokens().get(i).is_some_and(|t| !is_quoted(&self.quotes, t.span.start))
    }

    fn lemma(&self, i: usize) -> &str {
        &self.parse.tokens()[i].lemma
    }

    fn harms(&self, i: usize) -> bool {
        TABLE.harming.contains(self.lemma(i))
    }

    fn stands_on(&self, land: &Land, found: &mut BTreeMap<PartyId, Stance>) {
        let ours = self.ours.get(self.parse.sentence_index(land.at)).copied().unwrap_or(false);
        for party in &land.parties {
            let stance = found.entry(party.clone()).or_default();
            stance.soil += 1;
            stance.our_soil += usize::from(ours);
        }
    }

    fn count(&self, mention: &Mention, stance: &mut Stance) {
        let Some(last) = mention.tokens.clone().next_back() else { return };
        let head = phrase_head(self.parse, last);
        let sentence = self.parse.sentence_index(last);
        let at = |list: &[bool], n: usize| usize::from(list.get(n).copied().unwrap_or(false));
        stance.home += at(&self.homes, sentence);
        stance.before_home += at(&self.homes, sentence + 1);
        stance.branded += usize::from(self.is_called(head, &TABLE.judging));
        stance.neighbour += usize::from(self.is_called(head, &TABLE.neighbouring));
        let subject = matches!(self.parse.tokens()[head].dep, Dep::Nsubj | Dep::Nsubjpass);
        stance.carried_on += usize::from(subject && self.says_first(last, sentence));
        stance.spoken_for += usize::from(self.is_spoken_for(mention, head));
        stance.greeted += usize::from(self.is_greeted());
        stance.own_persons += usize::from(mention.kind == Kind::Person && self.is_alone(mention, sentence));
        self.count_role(head, stance);
        let token = &self.parse.tokens()[head];
        if token.dep == Dep::Nsubj && !self.harms(token.head) && !self.harms(head) {
            let names = matches!(mention.kind, Kind::Name | Kind::Seat);
            stance.bare += usize::from(names && head == last);
            stance.governing += usize::from(head != last && TABLE.homes.contains(self.lemma(head)));
            self.count_stand(token.head, stance);
        }
    }

    /// Whether a phrase is about a word of a list, or such a word stands before its noun.
    fn is_called(&self, head: usize, words: &BTreeSet<String>) -> bool {
        let before = || self.parse.children_by(head, &[Dep::Amod, Dep::Compound]);
        words.contains(self.lemma(head)) || before().any(|c| words.contains(self.lemma(c)))
    }

    /// Whether behind a token its sentence goes on in the first person.
    fn says_first(&self, from: usize, sentence: usize) -> bool {
        let end = self.parse.sentences().get(sentence).map_or(from, |s| s.end);
        (from + 1..end).any(|i| self.is_open(i) && is_first(self.parse, i))
    }

    /// What is done to whom a phrase names, and what it does.
    fn count_role(&self, head: usize, stance: &mut Stance) {
        let token = &self.parse.tokens()[head];
        let above = token.head;
        let harmed = matches!(token.dep, Dep::Dobj | Dep::Nsubjpass) && self.harms(above);
        let (preposition, governor) = match token.dep {
            Dep::Pobj => (&*self.parse.tokens()[above].lower, self.parse.tokens()[above].head),
            _ => ("", above),
        };
        let under_harm = matches!(preposition, "on" | "of" | "upon" | "in") && self.harms(governor);
        let against = preposition == "against";
        stance.struck += usize::from(harmed || under_harm || (against && self.harms(governor)));
        stance.opposed += usize::from(against && !self.harms(governor));
        let does = token.dep == Dep::Nsubj && self.harms(above);
        let by = preposition == "by" && self.harms(governor);
        stance.striking += usize::from(does || by || self.harms(head));
        let is_object = token.dep == Dep::Dobj || matches!(preposition, "on" | "upon" | "to");
        stance.urged += usize::from(is_object && TABLE.urging.contains(self.lemma(governor)));
        let chain = || self.parse.ancestors(head).take(STEPS);
        let is_given = token.dep != Dep::Nsubj && chain().any(|a| TABLE.thanking.contains(self.lemma(a)));
        stance.thanked += usize::from(is_given);
        stance.beside += usize::from(preposition == "with");
    }

    /// How a verb takes a stand.
    fn count_stand(&self, verb: usize, stance: &mut Stance) {
        let token = &self.parse.tokens()[verb];
        let present = matches!(token.tag, Tag::Vbz | Tag::Vbp)
            || self.parse.children_by(verb, &[Dep::Aux]).any(|a| self.parse.tokens()[a].tag == Tag::Vbz);
        stance.standing += usize::from(present && TABLE.standing.contains(self.lemma(verb)));
        let is_moved = |i: usize| TABLE.moved.contains(&*self.parse.tokens()[i].lower);
        let complement = self.parse.children_by(verb, &[Dep::Acomp, Dep::Attr]).any(is_moved);
        stance.moved += usize::from(complement || is_moved(verb));
    }

    /// "On behalf of Vesk", "as President of Vesk", "we Veskans", "here in Vesk".
    fn is_spoken_for(&self, mention: &Mention, head: usize) -> bool {
        let word = |back: usize| mention.tokens.start.checked_sub(back).map_or("", |i| &*self.parse.tokens()[i].lower);
        let above = || std::iter::once(head).chain(self.parse.ancestors(head)).take(STEPS + 1);
        let behalf = above().any(|a| self.lemma(a) == "behalf");
        let office = self.parse.tokens()[head].dep == Dep::Pobj
            && &*self.parse.tokens()[self.parse.tokens()[head].head].lower == "as"
            && self.ours.get(self.parse.sentence_index(head)).copied().unwrap_or(false);
        behalf || office || matches!(word(1), "we" | "us") || (word(1) == "in" && matches!(word(2), "here" | "we"))
    }

    /// A paragraph that is a line of greeting.
    fn is_greeted(&self) -> bool {
        let text = self.parse.text().trim();
        let short = text.split_whitespace().nth(GREETING).is_none();
        short && (text.ends_with(['!', ',']) || text.starts_with("Dear ") || text.starts_with("Fellow "))
    }

    /// Whether the sentence names a person's party in no other way.
    fn is_alone(&self, person: &Mention, sentence: usize) -> bool {
        let other = |m: &&Mention| m.party == person.party && m.tokens != person.tokens;
        let beside = |m: &Mention| self.parse.sentence_index(m.tokens.start) == sentence;
        !self.mentions.of_paragraph(self.index).iter().filter(other).any(beside)
    }
}
