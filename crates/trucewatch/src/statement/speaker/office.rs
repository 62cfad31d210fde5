//! Offices and bodies without a name, such as "officials" and "police": whose they are where the text says who was called
//! so before, or only where the report is.

use std::ops::Range;

use syntax::{Dep, EntityKind, Parse, Pos};

use super::Source;
use super::known::{At, trimmed};
use super::name::short;
use super::resolve::{Resolver, source};
use crate::document::{ParsedDocument, Span};
use crate::pack::PartyId;
use crate::party::{Mention, Mentions, Speaking};
use crate::place;
use crate::statement::cue::words;

/// Tokens that are looked back through for another office of the same name, in each paragraph.
const BACK: usize = 200;

/// Paragraphs before an office's in which a place still says where it is.
const NEAR: usize = 2;

/// Paragraphs in which a dateline may stand, and tokens before it.
const DATED: usize = 3;
const OPENING: usize = 3;

/// Paragraphs that are looked through for one office; keeps a long list from costing its square.
const FAR: usize = 200;

/// A name by which a report says where it is, and whose that is.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// First token of the name.
    pub(super) start: usize,
    /// Behind its last token.
    pub(super) end: usize,
    pub(super) party: PartyId,
}

/// Where a document is, by paragraph: states that things are "in", and places that lie in their countries.
pub(super) fn grounds(
    parsed: &ParsedDocument<'_>,
    mentions: &Mentions<'_>,
    places: &[place::Mention],
) -> Vec<Vec<Ground>> {
    let of_paragraph = |paragraph: usize| {
        let parse = &parsed.paragraphs[paragraph].parse;
        let named = mentions.of_paragraph(paragraph).iter();
        let says_where = |m: &&Mention| is_located(parse, m) || is_dateline(parse, &m.tokens);
        let states = named.filter(|m| mentions.governs(&m.party)).filter(says_where);
        let held = (0..parse.len())
            .filter_map(|i| Some(Ground { start: i, end: i + 3, party: mentions.holder(paragraph, i)? }));
        states
            .map(|m| Ground { start: m.tokens.start, end: m.tokens.end, party: m.party.clone() })
            .chain(held)
            .collect()
    };
    let mut found: Vec<Vec<Ground>> = (0..parsed.paragraphs.len()).map(of_paragraph).collect();
    let within =
        |m: &&place::Mention| m.kind == place::MentionKind::Name && !is_way(&parsed.paragraphs[m.paragraph].parse, m);
    for place in places.iter().filter(within) {
        let soil = place.inside().map(|c| mentions.soil_of(place.paragraph, place.core.start, c));
        // "Veskan-held Rivna" is whose it is at present
        let (paragraph, start) = (place.paragraph, place.core.start);
        let held = start.checked_sub(3).is_some_and(|i| mentions.holder(paragraph, i).is_some());
        if let Some(party) = soil.filter(|_| !held).and_then(|all| mentions.likely(&all)) {
            found[place.paragraph].push(Ground { start: place.core.start, end: place.core.end, party });
        }
    }
    found.iter_mut().for_each(|list| list.sort_by_key(|g| g.start));
    found
}

/// Whether a place only says where somebody goes to or comes from.
fn is_way(parse: &Parse, place: &place::Mention) -> bool {
    let last = place.core.end - 1;
    let object = parse.tokens()[last].dep == Dep::Pobj;
    object
        && matches!(
            &*parse.tokens()[parse.tokens()[last].head].lower,
            "to" | "from" | "into" | "with" | "by" | "of" | "between"
        )
}

impl Resolver<'_> {
    /// "Officials said", "the police in the town": an office of no named party is theirs who were called so before, or
    /// belongs to the state where the report is.
    pub(super) fn office_here(&self, at: At, span: Span, parties: &[PartyId]) -> Option<Source> {
        if !parties.is_empty() || !is_office(&self.parsed.paragraphs[at.0].parse, at.1) {
            return None;
        }
        let name = trimmed(short(self.parsed.document.slice(span))).to_owned();
        let located = self.state_of_sentence(at).map(|p| (p, "speaker/office-of-place"));
        let (party, rule) = located.or_else(|| self.last_named(at))?;
        Some(source(name, vec![span], vec![party], rule))
    }

    /// "Officials in Rivna", "in neighbouring Vesk, officials said": the state of the place by which the office is
    /// named, or where the sentence sets what is said.
    fn state_of_sentence(&self, at: At) -> Option<PartyId> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let (sentence, (first, last)) = (parse.sentence_of(at.1), parse.tokens()[at.1].edges);
        let own = |g: &&Ground| g.start >= first && g.start <= last;
        let opening = |g: &&Ground| {
            g.end <= at.1 && sentence.contains(&g.start) && opens(parse, g) && !is_dateline(parse, &(g.start..g.end))
        };
        let grounds = || self.grounds[at.0].iter();
        grounds().find(own).or_else(|| grounds().rev().find(opening)).map(|g| g.party.clone())
    }

    /// "Mayor Ilan Torv", "Ilan Torv, the regional governor": the state of a person whose office names none, where the
    /// document introduces the person.
    pub(super) fn office_of_person(&self, at: At, name: &str) -> Option<PartyId> {
        let introduced = self.known.full(name, at).map(|n| (n.at.0, n.head));
        let of = |at: At| {
            self.office_beside(at).and_then(|office| {
                self.state_of_sentence((at.0, office)).or_else(|| self.last_named((at.0, office)).map(|(p, _)| p))
            })
        };
        std::iter::once(at).chain(introduced).find_map(of)
    }

    /// The office of a state in the title of a person or in apposition to the name.
    fn office_beside(&self, at: At) -> Option<usize> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let token = &parse.tokens()[at.1];
        let above = (token.dep == Dep::Appos).then_some(token.head);
        let beside = parse.child_by(at.1, Dep::Appos).into_iter().chain(above);
        beside.into_iter().find(|&i| is_office(parse, i)).or_else(|| self.titled_office(at))
    }

    /// "Defence Minister Ilan Torv": the office of a title, where every word of it leaves it the state's.
    fn titled_office(&self, at: At) -> Option<usize> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let start = parse.entity_at(at.1).map_or(at.1, |e| e.tokens.start);
        let title = parse.tokens()[at.1].edges.0.min(start)..start;
        let list = words();
        let lower = |i: usize| &*parse.tokens()[i].lower;
        let serves = |i: usize| list.serving.contains(lower(i)) || list.topics.contains(lower(i));
        let civil = |i: usize| list.civil.contains(lower(i));
        let plain = |i: usize| {
            serves(i)
                || civil(i)
                || list.ranking.contains(lower(i))
                || list.ranks.contains(lower(i).trim_end_matches('.'))
                || is_place(parse, i)
                || matches!(parse.tokens()[i].dep, Dep::Det | Dep::Punct)
                || lower(i) == "."
        };
        let office = title.clone().rev().find(|&i| civil(i))?;
        let served = !list.served.contains(lower(office)) || title.clone().any(serves);
        (served && title.clone().all(plain)).then_some(office)
    }

    /// Who was called so in the paragraph or the one before; for an office of a place, and if nobody was, in whose country
    /// the last place near is; else whoever was last called so, or the state that the report names first.
    pub(super) fn last_named(&self, at: At) -> Option<(PartyId, &'static str)> {
        let called = self.called_so(at).or_else(|| self.served(at));
        let called = called.map(|(place, party)| (place, party, "speaker/office-again"));
        let told_in = self.dateline().filter(|_| !self.is_nearby(at));
        let fits = |party: &PartyId| told_in.as_ref().is_none_or(|told| told == party);
        let near = self.located(at, at.0.saturating_sub(NEAR)).filter(|(_, party)| fits(party));
        let near = near.map(|(place, party)| (place, party, "speaker/office-of-country"));
        let again = called.as_ref().is_some_and(|((paragraph, _), ..)| paragraph + 1 >= at.0);
        let later = if again && !self.is_nearby(at) {
            called
        } else {
            called.into_iter().chain(near).max_by_key(|(place, ..)| *place)
        };
        let first = || self.first_state(at).or_else(|| self.located(at, 0).map(|(_, party)| party)).filter(fits);
        later.map(|(_, party, rule)| (party, rule)).or_else(|| Some((first()?, "speaker/office-of-country")))
    }

    /// "The Veskan army said … An army spokesman added": whose the service was that an office is named after.
    fn served(&self, at: At) -> Option<(At, PartyId)> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let before = parse.children_by(at.1, &[Dep::Compound, Dep::Amod, Dep::Nmod]);
        let mut services = before.filter(|&c| words().services.contains(&*parse.tokens()[c].lower));
        services.find_map(|c| self.called_so((at.0, c)))
    }

    /// Whose the place is from where the report was sent, where one stands in capitals before it.
    fn dateline(&self) -> Option<PartyId> {
        let first = |paragraph: usize| {
            let parse = &self.parsed.paragraphs[paragraph].parse;
            self.grounds[paragraph].iter().find(|g| is_dateline(parse, &(g.start..g.end))).map(|g| g.party.clone())
        };
        (0..self.grounds.len().min(DATED)).find_map(first)
    }

    /// Whether an office is one of a place: "the governor", "local officials".
    fn is_nearby(&self, at: At) -> bool {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let mut own = parse.children(at.1).chain([at.1]);
        own.any(|i| words().nearby.contains(&*parse.tokens()[i].lower))
    }

    /// "Veskan officials said … Officials added": the party of the last subject of this name.
    fn called_so(&self, at: At) -> Option<(At, PartyId)> {
        let lemma = self.parsed.paragraphs[at.0].parse.tokens()[at.1].lemma.to_lowercase();
        let subject = |paragraph: usize, i: usize| {
            let token = &self.parsed.paragraphs[paragraph].parse.tokens()[i];
            let subject = matches!(token.dep, Dep::Nsubj | Dep::Pobj) || words().services.contains(&*lemma);
            let same = subject && token.lemma.eq_ignore_ascii_case(&lemma);
            let parties = || self.mentions.parties(paragraph, i, Speaking::NOBODY);
            let party = same.then(parties)?.into_iter().next().filter(|p| !p.is_bystander())?;
            Some(((paragraph, i), party))
        };
        let of_paragraph = |paragraph: usize| {
            let end = if paragraph == at.0 { at.1 } else { self.parsed.paragraphs[paragraph].parse.len() };
            (end.saturating_sub(BACK)..end).rev().find_map(|i| subject(paragraph, i))
        };
        (at.0.saturating_sub(FAR)..=at.0).rev().find_map(of_paragraph)
    }

    /// The state of the last place from a paragraph on to the end of an office's sentence.
    fn located(&self, at: At, from: usize) -> Option<(At, PartyId)> {
        let end = self.parsed.paragraphs[at.0].parse.sentence_of(at.1).end;
        let of_paragraph = |paragraph: usize| {
            let before = |g: &&Ground| paragraph < at.0 || g.end <= end;
            let last = self.grounds[paragraph].iter().rev().find(before);
            last.map(|g| ((paragraph, g.start), g.party.clone()))
        };
        (from.max(at.0.saturating_sub(FAR))..=at.0).rev().find_map(of_paragraph)
    }

    /// The state of the first sentence that names any, where it names one only.
    fn first_state(&self, at: At) -> Option<PartyId> {
        let governs = |m: &&Mention| self.mentions.governs(&m.party);
        let tells = |p: usize, m: &Mention| !is_dateline(&self.parsed.paragraphs[p].parse, &m.tokens);
        let states = |p: usize| self.mentions.of_paragraph(p).iter().filter(governs);
        let named = |p: usize| states(p).find(|m| tells(p, m)).map(|m| (p, m));
        let (paragraph, first) = (0..=at.0.min(FAR)).find_map(named)?;
        let sentence = self.parsed.paragraphs[paragraph].parse.sentence_of(first.tokens.start);
        let mut beside = self.mentions.of_paragraph(paragraph).iter().filter(governs);
        let alone = beside.all(|m| m.party == first.party || !sentence.contains(&m.tokens.start));
        alone.then(|| first.party.clone())
    }
}

/// Whether a name of a state says where something is: "in Vesk", "in the Veskan town of Rivna".
fn is_located(parse: &Parse, mention: &Mention) -> bool {
    let last = mention.tokens.end - 1;
    let token = &parse.tokens()[last];
    let inside = matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Poss);
    let place = if inside && token.head > last { token.head } else { last };
    let object = parse.tokens()[place].dep == Dep::Pobj;
    let preposition = &*parse.tokens()[parse.tokens()[place].head].lower;
    let within = matches!(preposition, "in" | "across" | "inside" | "throughout")
        || (place == last && matches!(preposition, "near" | "outside"));
    object && within
}

/// Whether a name stands in an adverbial that opens the clause: no subject stands between the sentence's start and it.
fn opens(parse: &Parse, ground: &Ground) -> bool {
    let start = parse.sentence_of(ground.start).start;
    (start..ground.start).all(|i| !matches!(parse.tokens()[i].dep, Dep::Nsubj | Dep::Nsubjpass))
}

/// Whether a place stands in capitals where a paragraph opens: "RIVNA — …".
fn is_dateline(parse: &Parse, name: &Range<usize>) -> bool {
    let capitals = |i: usize| parse.word(i).len() > 2 && parse.word(i).chars().all(|c| !c.is_lowercase());
    name.start < OPENING && name.clone().all(capitals)
}

/// Whether a noun is an office or a body of some state, by its own words alone.
pub(super) fn is_office(parse: &Parse, at: usize) -> bool {
    let token = &parse.tokens()[at];
    let lemma = token.lemma.to_lowercase();
    let list = words();
    let before: Vec<usize> = parse.children_by(at, &[Dep::Compound, Dep::Amod, Dep::Nmod]).collect();
    let lower = |c: &usize| &*parse.tokens()[*c].lower;
    let serving = |c: &usize| list.serving.contains(lower(c)) || list.topics.contains(lower(c));
    let plain = |c: &usize| serving(c) || list.ranking.contains(lower(c)) || is_place(parse, *c);
    // every ministry and general staff is some state's, whatever it is for
    let states_own = list.staffs.contains(&*lemma) && !before.is_empty();
    let told_apart = !states_own && !before.iter().all(plain);
    let own = parse.children(at).any(|c| is_another(parse, c));
    let served = states_own
        || !list.served.contains(&*lemma)
        || is_plural(parse, at, "official")
        || before.iter().any(serving)
        || (&*lemma == "official" && before.iter().any(|c| list.ranking.contains(lower(c))));
    let noun = matches!(token.pos, Pos::Noun | Pos::Propn);
    noun && list.civil.contains(&*lemma) && served && !told_apart && !own
}

/// A plural of a word: "officials" needs no word for a service.
fn is_plural(parse: &Parse, at: usize, lemma: &str) -> bool {
    let token = &parse.tokens()[at];
    &*token.lemma == lemma && token.lower != token.lemma
}

/// Whether a word before an office is the name of a place: "Rivna police".
fn is_place(parse: &Parse, i: usize) -> bool {
    parse.entity_at(i).is_some_and(|e| matches!(e.kind, EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac))
}

/// Whether what stands under an office says whose it is: an owner, a name behind it, a body "of" which it is, "both".
fn is_another(parse: &Parse, child: usize) -> bool {
    let token = &parse.tokens()[child];
    let word = matches!(&*token.lower, "other" | "both" | "no" | "any" | "former");
    let of_topic = |o: usize| words().topics.contains(&*parse.tokens()[o].lower);
    let of_whom = || parse.child_by(child, Dep::Pobj).is_some_and(|o| !is_place(parse, o) && !of_topic(o));
    let prepositional = token.dep == Dep::Prep && matches!(&*token.lower, "of" | "from" | "with" | "for" | "at");
    let person = || parse.entity_at(child).is_some_and(|e| e.kind == EntityKind::Person);
    let beside = matches!(token.dep, Dep::Poss | Dep::Conj) || (token.dep == Dep::Appos && !person());
    beside || word || (prepositional && of_whom())
}
