//! What the trees are told of a number that may be a figure of a claim: the claim, how the number is put, how it stands to
//! the claim's word, who else may count it. Never whose it is.

mod crowd;
mod fates;
mod rivals;
mod who;

use syntax::{Dep, Pos, Tag};

use super::super::code::Draft;
use super::super::inputs::{class, of_draft};
use super::super::page::Page;
use super::super::path::Path;
use super::super::{Traced, span};
use super::readings::{Reading, WHOS, whats};
use super::{counts, is_captor, is_name, is_open, meant, of_whom, takes_part, taking_part};
use crate::document::ParagraphKind;
use crate::figure::{Amount, Counted, Quantity, Sort, Who, sort};
use crate::pack::PartyId;
use crate::trees::{label, number, yes};

pub(in crate::claim) use crowd::Crowd;

/// Words further off than this are all as far.
const FAR: usize = 30;
/// Other claims of a sentence that are looked at, the nearest first.
const RIVALS: usize = 12;

/// A draft with the numbers of its sentence and the other drafts of it.
pub(super) struct Scene<'p, 'a> {
    pub(super) page: &'p Page<'a>,
    pub(super) draft: &'p Draft,
    /// Other drafts of the same sentence, the nearest first.
    pub(super) rivals: Vec<&'p Draft>,
    pub(super) readings: &'p [Reading],
    crowd: &'p Crowd,
    unit: usize,
    /// Who takes part in the claim outside its words.
    part: Vec<usize>,
    paths: Vec<Path>,
    meant: Vec<Option<Counted>>,
    /// Words of the sentence that say what befell somebody.
    fates: Vec<(usize, Counted)>,
}

impl<'p, 'a> Scene<'p, 'a> {
    pub(super) fn new(
        page: &'p Page<'a>,
        draft: &'p Draft,
        all: &'p [Draft],
        readings: &'p [Reading],
        crowd: &'p Crowd,
    ) -> Scene<'p, 'a> {
        let sentence = page.sentence(draft.token);
        let near = |d: &&Draft| !std::ptr::eq(*d, draft) && sentence.contains(&d.token);
        let first = all.partition_point(|d| d.paragraph < page.index);
        let end = all.partition_point(|d| d.paragraph <= page.index);
        let mut rivals: Vec<&Draft> = all[first..end].iter().filter(near).collect();
        rivals.sort_by_key(|d| d.token.abs_diff(draft.token));
        rivals.truncate(RIVALS);
        Scene {
            page,
            draft,
            rivals,
            readings,
            crowd,
            unit: span::unit(page, draft.token),
            part: taking_part(page, draft),
            paths: readings.iter().map(|r| Path::between(page, draft.token, r.quantity.head())).collect(),
            meant: readings.iter().map(|r| meant(page, draft, &r.quantity)).collect(),
            fates: fates::of(page, sentence),
        }
    }

    /// What is told of a reading whatever it may count: first that of the claim.
    pub(super) fn shared(&self, at: usize) -> Vec<f32> {
        let mut inputs = self.of_claim();
        inputs.extend(self.of_number(&self.readings[at]));
        inputs.extend(self.of_noun(&self.readings[at].quantity));
        inputs.extend(self.of_way(at));
        inputs.extend(self.of_rules(at));
        inputs.extend(self.of_rivals(at));
        inputs.extend(self.of_others(at));
        inputs.extend(self.of_fates(at));
        inputs
    }

    /// What a reading may count, each with what is told of that beside [`Scene::shared`].
    pub(super) fn whats(&self, at: usize) -> Vec<(Counted, Vec<f32>)> {
        let (kind, reading) = (self.draft.kind.value, &self.readings[at]);
        let before = at.checked_sub(1).and_then(|b| self.meant[b]);
        let next = self.meant.get(at + 1).copied().flatten();
        let inputs = |what: Counted| {
            let mut inputs = vec![
                place(Some(what)),
                yes(reading.quantity.what == Some(what)),
                yes(self.meant[at] == Some(what)),
                yes(reading.ruled.as_ref().is_some_and(|f| f.what == what)),
                yes(counts::counts(kind, what)),
                yes(counts::befalls(kind) == Some(what)),
                yes(before == Some(what)),
                yes(next == Some(what)),
                yes(what.is_fate()),
            ];
            inputs.extend(self.of_fate(at, what));
            inputs
        };
        whats(kind, reading).into_iter().map(|what| (what, inputs(what))).collect()
    }

    /// What is told of a reading to say who is counted, whoever it may be, beside [`Scene::shared`].
    pub(super) fn surroundings(&self, at: usize) -> Vec<f32> {
        who::surroundings(self, at)
    }

    /// What is told of each of [`WHOS`] if a reading counts `what`, beside the rest.
    pub(super) fn whos(&self, at: usize, what: Counted) -> [Vec<f32>; 3] {
        let reading = &self.readings[at];
        let ruled = self.ruled_who(at, what);
        let own = reading.quantity.who;
        let usual = counts::whose(self.draft.kind.value, what);
        WHOS.map(|who| {
            vec![place(Some(what)), who as u8 as f32, yes(ruled == who), yes(own == who), yes(usual == Some(who))]
        })
    }

    /// Who is counted as the rules have it.
    pub(super) fn ruled_who(&self, at: usize, what: Counted) -> Who {
        super::who(self.page, self.draft, &self.readings[at].quantity, what)
    }

    fn of_claim(&self) -> Vec<f32> {
        let (page, draft) = (self.page, self.draft);
        let inside = self.readings.iter().filter(|r| draft.run.contains(&r.quantity.tokens.start)).count();
        let armed = |list: &[Traced<PartyId>]| yes(list.iter().any(|p| page.mentions.is_armed_group(&p.value)));
        let mut inputs = of_draft(page, draft, self.unit);
        inputs.extend([
            yes(page.is_infinitive(self.unit)),
            class(draft.speaker.value.party.as_ref()),
            draft.run.clone().filter(|&i| !page.is_part(i)).count().min(2 * FAR) as f32,
            yes(page.paragraph.kind == ParagraphKind::Headline),
            yes(page.statements.governing(page.index, draft.token).is_some()),
            draft.actors.len() as f32,
            draft.targets.len() as f32,
            armed(&draft.actors),
            armed(&draft.targets),
            self.readings.len().min(FAR) as f32,
            inside.min(FAR) as f32,
            self.readings.iter().filter(|r| r.ruled.is_some()).count().min(FAR) as f32,
            self.rivals.len().min(FAR) as f32,
            draft.aspect.as_ref().map_or(0.0, |a| a.value as u8 as f32 + 1.0),
        ]);
        inputs
    }

    /// How the number itself is put.
    fn of_number(&self, reading: &Reading) -> Vec<f32> {
        let Quantity { tokens, min, max, approx, what, who, part_of, .. } = &reading.quantity;
        let token = self.page.token(tokens.start);
        let amount = min.or(*max).unwrap_or_default();
        vec![
            yes(reading.alone),
            place(*what),
            *who as u8 as f32,
            amount.value().ln_1p() as f32,
            yes(min.is_some()),
            yes(max.is_some()),
            yes(min == max),
            yes(*approx),
            yes(*max == Some(Amount::ZERO)),
            yes(part_of.is_some()),
            tokens.len().min(6) as f32,
            if token.pos == Pos::Num { 0.0 } else { 1.0 + yes(token.pos == Pos::Det) },
            yes(is_name(self.page, &reading.quantity)),
            label(self.page.token(tokens.end - 1).dep),
        ]
    }

    /// The noun that is counted.
    fn of_noun(&self, quantity: &Quantity) -> Vec<f32> {
        let page = self.page;
        let Some(noun) = quantity.noun else { return vec![0.0; 11] };
        let token = page.token(noun);
        let child = |test: &dyn Fn(usize) -> bool| yes(page.parse.children(noun).any(test));
        let kind = match sort(page.parse, noun) {
            None => 0.0,
            Some(Sort::People(_)) => 1.0,
            Some(Sort::Fate(_)) => 2.0,
            Some(Sort::Thing(..)) => 3.0,
            Some(Sort::Length(_) | Sort::Area(_)) => 4.0,
        };
        vec![
            1.0,
            kind,
            label(token.dep),
            yes(matches!(token.tag, Tag::Nns | Tag::Nnps)),
            yes(token.pos == Pos::Propn) + 2.0 * yes(token.pos == Pos::Pron),
            child(&|c| &*page.token(c).lower == "the"),
            child(&|c| page.token(c).dep == Dep::Poss),
            child(&|c| matches!(&*page.token(c).lower, "other" | "more" | "another")),
            child(&|c| matches!(page.token(c).dep, Dep::Relcl | Dep::Acl)),
            yes(page.mentions.at(page.index, noun).is_some()),
            yes(counts::is_men(page.lemma(noun))),
        ]
    }

    /// How the reading stands to the claim's word.
    fn of_way(&self, at: usize) -> Vec<f32> {
        let (page, draft) = (self.page, self.draft);
        let quantity = &self.readings[at].quantity;
        let head = quantity.head();
        let Path { up, down, top, branch, preposition } = self.paths[at];
        let token = page.token(head);
        let above = page.parse.ancestors(head).take_while(|&a| a != top);
        let verbs = above.filter(|&a| page.is_verb(a)).count();
        let unit = span::unit(page, head);
        let of = |i: usize| page.statements.governing(page.index, i);
        let led = page.token(token.head);
        vec![
            yes(draft.run.contains(&quantity.tokens.start)),
            yes(self.part.contains(&of_whom(page, head))),
            page.steps(draft.token, head, FAR),
            up as f32,
            down as f32,
            label(branch),
            preposition.map_or(0.0, |p| counts::leads(&page.token(p).lower)),
            if token.dep == Dep::Pobj { counts::leads(&led.lower) } else { 0.0 },
            yes(top == draft.token),
            yes(top == self.unit),
            yes(head == draft.token),
            verbs.min(5) as f32,
            yes(unit == self.unit),
            yes(page.parse.is_under(unit, self.unit)) + 2.0 * yes(page.parse.is_under(self.unit, unit)),
            label(page.token(unit).dep),
            yes(of(head) == of(draft.token)),
            if draft.run.start > head { page.steps(head, draft.run.start, FAR) } else { 0.0 },
            if head >= draft.run.end { page.steps(draft.run.end - 1, head, FAR) } else { 0.0 },
        ]
    }

    /// What the rules make of it.
    fn of_rules(&self, at: usize) -> Vec<f32> {
        let (page, draft, reading) = (self.page, self.draft, &self.readings[at]);
        let (kind, meant) = (draft.kind.value, self.meant[at]);
        let counted = |what: Option<Counted>| yes(what.is_some_and(|w| counts::counts(kind, w)));
        let ruled = reading.ruled.as_ref();
        vec![
            yes(ruled.is_some()),
            place(ruled.map(|f| f.what)),
            place(meant),
            counted(meant),
            counted(reading.quantity.what),
            yes(meant.is_some_and(|w| super::counts(page, draft, w))),
            yes(meant.is_some_and(|w| counts::counts_single(kind, w))),
            yes(is_open(page, draft, &reading.quantity)),
            yes(is_captor(page, draft, reading.quantity.head())),
            yes(takes_part(page, draft, reading.quantity.head())),
        ]
    }

    /// The other readings of the sentence.
    fn of_others(&self, at: usize) -> Vec<f32> {
        let reading = &self.readings[at];
        let bounds = |r: &Reading| (r.quantity.min, r.quantity.max);
        let alike = |r: &Reading| bounds(r) == bounds(reading);
        let same = |i: usize| self.meant[i].is_some() && self.meant[i] == self.meant[at];
        let nearer = |i: usize| self.paths[i].length() < self.paths[at].length();
        let count = |test: &dyn Fn(usize) -> bool| {
            (0..self.readings.len()).filter(|&i| i != at && test(i)).count().min(10) as f32
        };
        let ruled = |i: Option<usize>| yes(i.and_then(|i| self.readings.get(i)).is_some_and(|r| r.ruled.is_some()));
        let before = at.checked_sub(1);
        vec![
            at.min(10) as f32,
            count(&|i| alike(&self.readings[i])),
            count(&same),
            count(&|i| same(i) && self.readings[i].ruled.is_some()),
            count(&|i| !self.readings[i].alone),
            count(&nearer),
            count(&|i| nearer(i) && same(i)),
            ruled(before),
            ruled(Some(at + 1)),
            before.map_or(0.0, |b| place(self.meant[b])),
            self.meant.get(at + 1).map_or(0.0, |w| place(*w)),
            yes(before.is_some_and(|b| same(b) && !alike(&self.readings[b]))),
        ]
    }
}

/// Which of the things that figures count it is, from 1 on; 0 for none.
fn place(what: Option<Counted>) -> f32 {
    number(what.map(|w| w as usize))
}
