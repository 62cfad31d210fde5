//! Which places may be that of a claim, and what the trees are told of each: how it is named, how its name stands to the
//! claim's word, what kind of place it is, and what else the report says of it. Never which one it is.

mod earlier;
mod near;
mod rivals;

use std::cell::OnceCell;

use syntax::Dep;

use super::super::super::code::Draft;
use super::super::super::inputs::{class, of_draft};
use super::super::super::page::Page;
use super::super::super::{Traced, span};
use super::super::theatre::Theatre;
use super::Offers;
use super::survey::{Place, Spot, Survey, is_outright};
use super::words;
use crate::document::{ParagraphKind, Span};
use crate::pack::PartyId;
use crate::place::Mention;
use crate::trees::yes;
use near::Local;

pub(in crate::claim) use earlier::{Earlier, Past};

/// A place that a claim may be at.
#[derive(Debug, Clone)]
pub(in crate::claim) struct Candidate<'a> {
    /// The mention that names it: in the claim's sentence, else by its usual name.
    pub(in crate::claim) mention: &'a Mention,
    /// Its number in the survey.
    pub(in crate::claim) place: usize,
    /// Whether it is what the rules settle on.
    pub(in crate::claim) is_ruled: bool,
    /// What the trees are told, in the order of `scripts/train_place.py`.
    pub(in crate::claim) inputs: Vec<f32>,
}

/// Candidates that a claim has at most.
const MOST: usize = 14;
/// Sentences before that offer candidates.
const BEFORE: usize = 8;
/// How many of these do.
const RECENT: usize = 5;
/// Sentences after which what was said of a place counts little more than a third.
const FADE: f32 = 6.0;
/// Sentences after which it counts nothing.
const FORGOTTEN: usize = 60;
/// Claims before that are looked at.
const RECALLED: usize = 60;
/// Sentences that open a report.
const LEAD: usize = 4;
/// Distances further than this are all as far.
const FAR: f32 = 30.0;

/// Everything that all candidates of a claim share.
struct Scene<'p, 'a> {
    page: &'p Page<'a>,
    draft: &'p Draft,
    survey: &'p Survey<'a>,
    past: &'p [Earlier],
    /// What the rules offer: near, charged, before, about, venue, and what they settle on.
    offered: [Option<usize>; 6],
    ruled: u8,
    is_venue: bool,
    unit: usize,
    /// What the report is about.
    centre: Option<usize>,
    /// Countries of the conflict.
    countries: usize,
    /// The number of the claim's sentence in the document.
    sentence: usize,
    locals: Vec<Local<'a>>,
    top: OnceCell<f32>,
}

/// The candidates of a draft with their inputs: those of its sentence in text order, then the others.
pub(in crate::claim::setting) fn candidates<'a>(
    page: &Page<'a>,
    draft: &Draft,
    survey: &Survey<'a>,
    offers: &Offers,
    past: &Past,
    theatre: &Theatre,
) -> Vec<Candidate<'a>> {
    let scene = Scene::new(page, draft, survey, offers, past, theatre);
    let places = scene.places();
    let shared = scene.of_claim(places.len());
    places.iter().map(|&p| scene.candidate(p, &places, shared.clone())).collect()
}

/// The places that the rules' offers name.
fn offered(survey: &Survey<'_>, offers: &Offers) -> [Option<usize>; 6] {
    let at = |place: Option<&Traced<_>>| place.and_then(|p: &Traced<super::ClaimPlace>| survey.at(*p.spans.first()?));
    let near = at(offers.near.as_ref().map(|n| &n.place));
    let charged = at(offers.charged.as_ref());
    let before = at(offers.before.as_ref());
    let about = offers.about.as_ref().and(offers.centre).and_then(|span: Span| survey.at(span));
    let venue = at(offers.venue.as_ref());
    [near, charged, before, about, venue, near.or(charged).or(before).or(about).or(venue)]
}

impl<'p, 'a> Scene<'p, 'a> {
    fn new(
        page: &'p Page<'a>,
        draft: &'p Draft,
        survey: &'p Survey<'a>,
        offers: &Offers,
        past: &'p Past,
        theatre: &Theatre,
    ) -> Scene<'p, 'a> {
        let offered = offered(survey, offers);
        let unit = span::unit(page, draft.token);
        Scene {
            page,
            draft,
            survey,
            past: &past[past.len().saturating_sub(RECALLED)..],
            ruled: offered[..5].iter().position(Option::is_some).map_or(0, |at| at as u8 + 1),
            offered,
            is_venue: offers.near.as_ref().is_some_and(|n| n.is_venue),
            unit,
            centre: theatre.centre.as_ref().and_then(|(_, span)| survey.at(*span)),
            countries: theatre.countries.len(),
            sentence: survey.sentence(page, draft.token),
            locals: near::locals(page, draft, survey, unit, theatre),
            top: OnceCell::new(),
        }
    }

    /// The places at hand: of the sentence, of the rules, of the sentences before, of the headlines, the most frequent.
    fn places(&self) -> Vec<usize> {
        let places = &self.survey.places;
        let mut all: Vec<usize> = Vec::new();
        let mut add = |place: usize| {
            let is_place = !places[place].named.is_empty() && !self.only_hears(place);
            if is_place && !all.contains(&place) && all.len() < MOST {
                all.push(place);
            }
        };
        self.locals.iter().for_each(|l| add(l.place));
        self.offered.iter().chain([&self.centre]).flatten().for_each(|&p| add(p));
        let since = |p: usize| self.since(&places[p]).unwrap_or(usize::MAX);
        let mut before: Vec<usize> = (0..places.len()).filter(|&p| since(p) <= BEFORE).collect();
        before.sort_by_key(|&p| since(p));
        before.into_iter().take(RECENT).for_each(&mut add);
        self.survey.by_weight.iter().take(2 * MOST).for_each(|&p| add(p));
        all
    }

    /// Whether the sentence names it only as where somebody spoke: "ten shells fell, she told the press in Marn".
    fn only_hears(&self, place: usize) -> bool {
        let told = |l: &Local<'_>| l.is_of_telling(self.page, self.draft);
        let mut here = self.locals.iter().filter(|l| l.place == place).peekable();
        here.peek().is_some() && here.all(told)
    }

    /// Sentences since it was last named outright.
    fn since(&self, place: &Place<'a>) -> Option<usize> {
        Some(self.sentence.saturating_sub(self.last(place)?.sentence))
    }

    fn candidate(&self, at: usize, rivals: &[usize], shared: Vec<f32>) -> Candidate<'a> {
        let place = &self.survey.places[at];
        let mut inputs = shared;
        inputs.extend(self.of_rules(at));
        inputs.extend(self.of_place(place));
        inputs.extend(self.of_report(at, place));
        let local = self.local(at);
        inputs.extend(local.map_or_else(|| vec![0.0; near::INPUTS], |l| self.of_name(l)));
        inputs.extend(self.of_rivals(at, rivals));
        Candidate { mention: self.name(at, place), place: at, is_ruled: self.offered[5] == Some(at), inputs }
    }

    /// The mention that names a place outright: in the claim's sentence, else by its usual name.
    fn name(&self, at: usize, place: &Place<'a>) -> &'a Mention {
        let here = self.local(at).map(|l| l.mention).filter(|m| is_outright(m));
        here.or(place.usual).unwrap_or(place.mentions[0])
    }

    /// The last outright mention before the claim's word.
    fn last<'s>(&self, place: &'s Place<'a>) -> Option<&'s Spot<'a>> {
        place.before((self.page.index, self.draft.token)).checked_sub(1).map(|i| &place.named[i])
    }

    /// Where the sentence names a place next to the claim's word.
    fn local(&self, at: usize) -> Option<&Local<'a>> {
        let names = self.locals.iter().filter(|l| l.place == at);
        names.min_by_key(|l| (!is_outright(l.mention), l.path.length(), l.head.abs_diff(self.draft.token)))
    }

    /// What all candidates of the claim are told alike.
    fn of_claim(&self, count: usize) -> Vec<f32> {
        let (page, draft) = (self.page, self.draft);
        let sited = self.locals.iter().filter(|l| l.says_where()).count();
        let outright = self.locals.iter().filter(|l| is_outright(l.mention)).count();
        let mut inputs = of_draft(page, draft, self.unit);
        inputs.extend([
            class(draft.speaker.value.party.as_ref()),
            count as f32,
            outright as f32,
            sited as f32,
            draft.run.len() as f32,
            yes(page.paragraph.kind == ParagraphKind::Headline),
            yes(page.statements.governing(page.index, draft.token).is_some()),
            yes(page.is_infinitive(self.unit)),
            f32::from(self.ruled),
            yes(self.is_venue),
            draft.actors.len() as f32,
            draft.targets.len() as f32,
            yes(page.mentions.conflict.is_some()),
            self.sentence.min(60) as f32,
            self.countries.min(5) as f32,
            self.past.len().min(30) as f32,
            draft.aspect.as_ref().map_or(0.0, |a| a.value as u8 as f32 + 1.0),
            yes(page.mentions.voice.is_some()),
            self.meant(1),
            self.meant(2),
            self.meant(3),
            self.meant(4),
            self.there(),
        ]);
        inputs
    }

    /// Whether a noun of a list means a place that was named before: 2 within the claim's words, 1 in its sentence.
    fn meant(&self, list: usize) -> f32 {
        let page = self.page;
        let leads = |i: usize| matches!(&*page.token(i).lower, "the" | "this" | "that" | "its" | "their");
        let is_meant =
            |&i: &usize| words::meant(page.lemma(i)) == list && page.parse.children(i).any(|c| c < i && leads(c));
        self.nearest(&is_meant)
    }

    /// Whether "there" or "here" means a place.
    fn there(&self) -> f32 {
        let page = self.page;
        let is_there = |&i: &usize| matches!(&*page.token(i).lower, "there" | "here") && page.token(i).dep != Dep::Expl;
        self.nearest(&is_there)
    }

    /// 2 if a word of the claim fits, 1 if one of its sentence does.
    fn nearest(&self, fits: &dyn Fn(&usize) -> bool) -> f32 {
        let within = |mut run: std::ops::Range<usize>| run.any(|i| fits(&i));
        match within(self.draft.run.clone()) {
            true => 2.0,
            false => yes(within(self.page.sentence(self.draft.token))),
        }
    }

    /// What the rules made of it.
    fn of_rules(&self, at: usize) -> Vec<f32> {
        self.offered.iter().map(|o| yes(*o == Some(at))).collect()
    }

    /// What it is, and whose.
    fn of_place(&self, place: &Place<'_>) -> Vec<f32> {
        let (draft, country) = (self.draft, place.country());
        let is = |p: &PartyId| place.party.as_ref() == Some(p);
        let lies_in = |p: &PartyId| self.survey.is_land_of(country, p);
        let any = |list: &[Traced<PartyId>], test: &dyn Fn(&PartyId) -> bool| yes(list.iter().any(|t| test(&t.value)));
        let speaker = draft.speaker.value.party.as_ref();
        let sides = self.page.mentions.conflict.map_or(&[][..], |c| &c.sides);
        vec![
            f32::from(place.precision()),
            place.kind().map_or(0.0, |k| k as u8 as f32 + 1.0),
            yes(place.is_feature()),
            any(&draft.actors, &is),
            any(&draft.targets, &is),
            yes(speaker.is_some_and(is)),
            any(&draft.actors, &lies_in),
            any(&draft.targets, &lies_in),
            yes(speaker.is_some_and(lies_in)),
            yes(place.party.is_some()),
            yes(sides.iter().any(is)),
            yes(sides.iter().any(lies_in)),
            yes(place.kind().is_some()),
            self.taken(place, place.as_place),
            self.taken(place, place.as_somebody),
            place.named.iter().filter(|s| s.sentence < LEAD).count().min(5) as f32,
        ]
    }

    /// The share of its names that the parse takes for something; that of a party's is not told.
    fn taken(&self, place: &Place<'_>, names: usize) -> f32 {
        if place.party.is_some() { -1.0 } else { names as f32 / place.named.len().max(1) as f32 }
    }

    /// What the report says of it elsewhere.
    fn of_report(&self, at: usize, place: &Place<'a>) -> Vec<f32> {
        let here = (self.page.index, self.draft.token);
        let next = place.named.get(place.before(here));
        let there = |e: &&Earlier| e.place == Some(at);
        let earlier = self.past.iter().filter(there).count();
        let alike = self.past.iter().rev().find(|e| e.kind == self.draft.kind.value);
        let named = place.named.len();
        let among = |reach: usize| place.among(self.sentence, reach);
        let mut inputs = self.of_last(place);
        inputs.extend([
            next.map_or(-1.0, |s| (s.at().0 - here.0).min(20) as f32),
            next.map_or(-1.0, |s| s.sentence.saturating_sub(self.sentence).min(40) as f32),
            (named as f32).min(FAR),
            named as f32 / self.survey.most.max(1) as f32,
            place.outdone.min(20) as f32,
            (place.sited as f32).min(FAR),
            (place.mentions.len() - named).min(20) as f32,
            yes(place.in_headline),
            yes(place.heads),
            place.named.first().map_or(-1.0, |s| s.sentence.min(40) as f32),
            earlier.min(20) as f32,
            yes(self.past.last().is_some_and(|e| there(&e))),
            yes(alike.is_some_and(|e| there(&e))),
            among(0).min(5) as f32,
            among(3).min(10) as f32,
            among(10).min(20) as f32,
            yes(place.is_fought_over),
            yes(self.centre == Some(at)),
            self.survey.share_of_country(place),
            self.salience(place),
            self.salience(place) / self.greatest().max(1e-3),
        ]);
        inputs.extend(self.of_earlier(at));
        inputs
    }

    /// How much the report talks of something there before the claim, the nearer the more.
    fn salience(&self, place: &Place<'a>) -> f32 {
        let here = (self.page.index, self.draft.token);
        let before = place.named[..place.before(here)].iter().rev();
        let near = before.take_while(|s| s.sentence + FORGOTTEN >= self.sentence);
        let sited = near.filter(|s| s.is_site && !s.is_venue);
        sited.map(|s| (-(self.sentence.saturating_sub(s.sentence) as f32) / FADE).exp()).sum()
    }

    /// The salience of the place that the report talks of most.
    fn greatest(&self) -> f32 {
        *self.top.get_or_init(|| self.survey.places.iter().map(|p| self.salience(p)).fold(0.0, f32::max))
    }

    /// How it was last named before the claim.
    fn of_last(&self, place: &Place<'a>) -> Vec<f32> {
        let Some(last) = self.last(place) else { return vec![-1.0; 7] };
        let (index, token) = (self.page.index, self.draft.token);
        let (paragraph, _) = last.at();
        let since = |p: &Place<'a>| p.named.partition_point(|s| s.at() <= last.at());
        let others = |test: &dyn Fn(&Spot<'_>) -> bool| {
            let named =
                |p: &&Place<'a>| p.named.get(since(p)..p.before((index, token))).is_some_and(|r| r.iter().any(test));
            self.survey.places.iter().filter(named).count().min(10) as f32
        };
        vec![
            (index - paragraph).min(20) as f32,
            self.sentence.saturating_sub(last.sentence).min(40) as f32,
            yes(last.says_where),
            yes(last.is_venue),
            yes(last.is_site),
            others(&|_| true),
            others(&|s| s.says_where && !s.is_venue),
        ]
    }

    /// How it is named in the claim's sentence, and how its name stands to the claim's word.
    fn of_name(&self, local: &Local<'a>) -> Vec<f32> {
        local.inputs(self.page, self.draft, self.unit)
    }
}
