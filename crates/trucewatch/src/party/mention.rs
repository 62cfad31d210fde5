//! Where a document names parties.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use syntax::Parse;

use super::fold::fold;
use super::ledger::{Ledger, Person};
use super::names::{Entry, Kind, Names};
use super::whole::whole;
use super::words::WORDS;
use crate::document::ParsedDocument;
use crate::pack::{Conflict, Knowledge, PartyId, PartyKind};

/// One name of a party in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Tokens of its paragraph.
    pub tokens: Range<usize>,
    /// Which party.
    pub party: PartyId,
    /// How the name stands for it.
    pub kind: Kind,
    /// The pack's entry that matched.
    pub entry: String,
}

/// A name of a place in the text that lies in some party's country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Soil {
    /// Index of its paragraph.
    pub paragraph: usize,
    /// First token of the name.
    pub at: usize,
    /// Country code (ISO 3166-1 alpha-2).
    pub country: String,
}

/// A name of a place, and whose country it lies in.
#[derive(Debug)]
pub(super) struct Land {
    pub(super) paragraph: usize,
    pub(super) at: usize,
    pub(super) parties: Vec<PartyId>,
}

/// What a reader knows at one sentence from what stands before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The person last spoken of as a subject: name as written and party.
    pub person: Option<(String, Option<PartyId>)>,
    /// Party of the last subject that had one.
    pub subject: Option<PartyId>,
}

/// All mentions of a document, and what follows from them for the document as a whole.
#[derive(Debug)]
pub struct Mentions<'a> {
    pub(super) parsed: &'a ParsedDocument<'a>,
    paragraphs: Vec<Vec<Mention>>,
    /// The conflict that the document is about, where the packs know one.
    pub conflict: Option<&'a Conflict>,
    /// The party whose own voice the document is in, and the rule that says so; `None` for an outlet's.
    pub voice: Option<(PartyId, &'static str)>,
    ledger: Ledger,
    standings: Vec<Vec<Standing>>,
    /// Of a conflict between a state and a movement, the movement.
    pub(super) irregular: Option<PartyId>,
    /// Of such a conflict, the state.
    pub(super) regular: Option<PartyId>,
    /// Names that only label who holds a place: "Vesk-held".
    labels: Vec<Vec<Mention>>,
    /// Parties that are bodies to which states belong.
    pub(super) bodies: BTreeSet<PartyId>,
    /// Parties that are armed groups.
    armed: BTreeSet<PartyId>,
    /// Places named, with those whose country they lie in.
    pub(super) lands: Vec<Land>,
    /// Parties that govern a country or a territory.
    governing: BTreeSet<PartyId>,
    /// Those of them that govern the places of a country, by its code.
    countries: BTreeMap<String, Vec<PartyId>>,
    /// What packs know.
    knowledge: &'a Knowledge,
}

impl<'a> Mentions<'a> {
    /// Finds every name of a party; `day` decides between officials of one name, `soil` helps to tell who speaks.
    #[must_use]
    pub fn new(
        parsed: &'a ParsedDocument<'a>,
        names: &Names,
        knowledge: &'a Knowledge,
        day: Option<Date>,
        soil: &[Soil],
    ) -> Mentions<'a> {
        let lost = lost_apostrophes(parsed.document.text());
        let (paragraphs, labels) = parsed.paragraphs.iter().map(|p| find(&p.parse, names, day, lost)).unzip();
        let paragraphs: Vec<_> = paragraphs;
        let conflict = conflict(&paragraphs, &names.cues.counts(parsed.document.text()), knowledge);
        let mut governing = of_kind(knowledge, PartyKind::State);
        governing.extend(of_kind(knowledge, PartyKind::Authority));
        let countries = countries(knowledge, &governing);
        let mut mentions = Mentions {
            parsed,
            paragraphs,
            conflict,
            voice: None,
            ledger: Ledger::default(),
            standings: Vec::new(),
            irregular: conflict.and_then(|c| irregular(c, knowledge)),
            regular: conflict.and_then(|c| regular(c, knowledge)),
            labels,
            bodies: of_kind(knowledge, PartyKind::Body),
            armed: of_kind(knowledge, PartyKind::ArmedGroup),
            lands: Vec::new(),
            governing,
            countries,
            knowledge,
        };
        mentions.lands = soil.iter().map(|s| mentions.land(s)).collect();
        mentions.ledger = Ledger::new(&mentions);
        mentions.standings = mentions.follow();
        mentions.voice = super::issuer::settle(&mentions, super::voice::voice_of(&mentions, names));
        mentions
    }

    /// Whether the people of a party are fighters.
    #[must_use]
    pub fn is_armed_group(&self, party: &PartyId) -> bool {
        self.armed.contains(party)
    }

    /// In whose country the outlet named at a token is at home, where that is a side of the conflict.
    #[must_use]
    pub fn home(&self, paragraph: usize, token: usize) -> Option<&PartyId> {
        let entry = &self.at(paragraph, token).filter(|m| m.kind == Kind::Outlet)?.entry;
        let home = |o: &crate::pack::Outlet| match &self.countries.get(o.country.as_ref()?)?[..] {
            [party] => Some(party),
            _ => None,
        };
        let named = self.knowledge.outlets().filter(|o| o.name == *entry || o.also.contains(entry));
        let is_side = |p: &&PartyId| self.conflict.is_some_and(|c| c.sides.contains(p));
        named.filter_map(home).last().filter(is_side)
    }

    /// Whether a party governs a country or a territory.
    #[must_use]
    pub fn governs(&self, party: &PartyId) -> bool {
        self.governing.contains(party)
    }

    /// Who governs the places of a country; of several that did, the only one that the document names.
    #[must_use]
    pub fn of_country(&self, code: &str) -> Option<PartyId> {
        self.likely(self.owners(code))
    }

    /// Of several parties the only one that the document names; a single one is that one.
    #[must_use]
    pub fn likely(&self, all: &[PartyId]) -> Option<PartyId> {
        let named = |p: &&PartyId| self.paragraphs().any(|m| m.party == **p);
        let mut likely = all.iter().filter(|p| all.len() == 1 || named(p));
        likely.next().filter(|_| likely.next().is_none()).cloned()
    }

    /// Whether a party is a body to which states belong.
    #[must_use]
    pub fn is_body(&self, party: &PartyId) -> bool {
        self.bodies.contains(party)
    }

    /// On whose soil a place lies: the party that its name means too ("Vesk", a seat), where that one governs anything, else
    /// those that govern its country.
    #[must_use]
    pub fn soil_of(&self, paragraph: usize, token: usize, country: &str) -> Vec<PartyId> {
        match self.at(paragraph, token) {
            Some(own) if self.governs(&own.party) => vec![own.party.clone()],
            Some(_) => Vec::new(),
            None => self.owners(country).to_vec(),
        }
    }

    fn land(&self, soil: &Soil) -> Land {
        let parties = self.soil_of(soil.paragraph, soil.at, &soil.country);
        Land { paragraph: soil.paragraph, at: soil.at, parties }
    }

    /// The parties that govern the places of a country, by its code.
    #[must_use]
    pub fn owners(&self, country: &str) -> &[PartyId] {
        self.countries.get(country).map_or(&[], Vec::as_slice)
    }

    /// The document that the mentions are of.
    #[must_use]
    pub fn parsed(&self) -> &'a ParsedDocument<'a> {
        self.parsed
    }

    /// The mention that token `i` of a paragraph stands in.
    #[must_use]
    pub fn at(&self, paragraph: usize, i: usize) -> Option<&Mention> {
        let list = self.paragraphs.get(paragraph)?;
        let index = list.partition_point(|m| m.tokens.end <= i);
        list.get(index).filter(|m| m.tokens.contains(&i))
    }

    /// All mentions of a paragraph, in text order.
    #[must_use]
    pub fn of_paragraph(&self, paragraph: usize) -> &[Mention] {
        self.paragraphs.get(paragraph).map_or(&[], Vec::as_slice)
    }

    /// Who holds what token `i` labels: "Vesk-held", "rebel-controlled".
    #[must_use]
    pub fn holder(&self, paragraph: usize, i: usize) -> Option<PartyId> {
        let parse = &self.parsed.paragraphs.get(paragraph)?.parse;
        let word = |k: usize| parse.tokens().get(k).map_or("", |t| &*t.lower);
        let holds = matches!(word(i + 1), "-" | "–") && WORDS.holding.contains(word(i + 2));
        let label = || self.labels.get(paragraph)?.iter().find(|m| m.tokens.end == i + 1).map(|m| m.party.clone());
        let meant = || self.conflict.and_then(|c| c.generic.get(word(i)).cloned());
        holds.then(|| label().or_else(meant)).flatten()
    }

    /// All mentions of the document, in text order.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = &Mention> {
        self.paragraphs.iter().flatten()
    }

    /// How often each party is named.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<PartyId, usize> {
        counts(&self.paragraphs)
    }

    /// The person of a name, a surname alone included, as the document introduced them.
    #[must_use]
    pub fn person(&self, name: &str) -> Option<&Person> {
        self.ledger.person(name)
    }

    /// What stands before the sentence of token `i`.
    #[must_use]
    pub fn standing(&self, paragraph: usize, i: usize) -> &Standing {
        static NOTHING: Standing = Standing { person: None, subject: None };
        let Some(parse) = self.parsed.paragraphs.get(paragraph).map(|p| &p.parse) else { return &NOTHING };
        let sentence = parse.sentence_index(i);
        self.standings.get(paragraph).and_then(|s| s.get(sentence)).unwrap_or(&NOTHING)
    }

    /// The first name that the document uses for a party.
    #[must_use]
    pub fn of_party(&self, party: &PartyId) -> Option<String> {
        let all = || self.paragraphs.iter().enumerate().flat_map(|(at, list)| list.iter().map(move |m| (at, m)));
        let of_kind = |kind: Kind| all().find(|(_, m)| m.party == *party && m.kind == kind);
        let (at, mention) = [Kind::Name, Kind::Seat, Kind::Body, Kind::Demonym].into_iter().find_map(of_kind)?;
        Some(self.parsed.paragraphs[at].parse.words(mention.tokens.clone()).to_owned())
    }

    /// Walks the document and remembers before each sentence who was last spoken of.
    fn follow(&self) -> Vec<Vec<Standing>> {
        let mut standing = Standing::default();
        let mut out = Vec::new();
        for (index, paragraph) in self.parsed.paragraphs.iter().enumerate() {
            let mut here = Vec::new();
            for sentence in paragraph.parse.sentences() {
                here.push(standing.clone());
                self.advance(index, sentence.clone(), &mut standing);
            }
            out.push(here);
        }
        out
    }

    /// Takes in the subjects of one sentence; the main clause's goes before those of the clauses under it.
    fn advance(&self, index: usize, sentence: Range<usize>, standing: &mut Standing) {
        use syntax::{Dep, EntityKind, Pos};
        let parse = &self.parsed.paragraphs[index].parse;
        let mut main = None;
        for i in sentence {
            let token = &parse.tokens()[i];
            if !matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass) || token.pos == Pos::Pron {
                continue;
            }
            let party = self.parties(index, i, super::Speaking::NOBODY).into_iter().next();
            let is_person = |t: &usize| {
                self.at(index, *t).is_some_and(|m| m.kind == Kind::Person)
                    || parse.entity_at(*t).is_some_and(|e| e.kind == EntityKind::Person)
            };
            // "the minister, Ilan Torv, left": the person goes by the name
            let person = std::iter::once(i).chain(parse.children_by(i, &[Dep::Appos])).find(is_person);
            if let Some(named) = person {
                standing.person = Some((self.name_at(index, named), party.clone()));
            }
            if parse.tokens()[token.head].dep == Dep::Root && party.as_ref().is_some_and(|p| !p.is_bystander()) {
                main = main.or_else(|| party.clone());
            }
            standing.subject = party.or_else(|| standing.subject.take());
        }
        standing.subject = main.or_else(|| standing.subject.take());
    }

    /// The name at a token: the mention or entity that it stands in, else the word.
    #[must_use]
    pub fn name_at(&self, paragraph: usize, i: usize) -> String {
        let parse = &self.parsed.paragraphs[paragraph].parse;
        let run = parse.entity_at(i).map(|e| whole(parse, e.tokens.clone())).filter(|run| run.contains(&i));
        let run = run.or_else(|| self.at(paragraph, i).map(|m| m.tokens.clone())).unwrap_or(i..i + 1);
        parse.words(run).trim_end_matches("'s").trim_end_matches("’s").to_owned()
    }
}

/// The governing parties by the codes of their countries.
fn countries(knowledge: &Knowledge, governing: &BTreeSet<PartyId>) -> BTreeMap<String, Vec<PartyId>> {
    let mut found: BTreeMap<String, Vec<PartyId>> = BTreeMap::new();
    for party in knowledge.parties().filter(|p| governing.contains(&p.id)) {
        for code in &party.countries {
            found.entry(code.clone()).or_default().push(party.id.clone());
        }
    }
    found
}

/// The side that is a movement where the other one is a state.
fn irregular(conflict: &Conflict, knowledge: &Knowledge) -> Option<PartyId> {
    let kind = |id: &PartyId| knowledge.parties().find(|p| p.id == *id).map(|p| p.kind);
    let [a, b] = &conflict.sides;
    match (kind(a)?, kind(b)?) {
        (PartyKind::State, PartyKind::ArmedGroup) => Some(b.clone()),
        (PartyKind::ArmedGroup, PartyKind::State) => Some(a.clone()),
        _ => None,
    }
}

/// The state, of a conflict between a state and a movement.
fn regular(conflict: &Conflict, knowledge: &Knowledge) -> Option<PartyId> {
    let movement = irregular(conflict, knowledge)?;
    conflict.sides.iter().find(|side| **side != movement).cloned()
}

/// Names in one paragraph, longest first, left to right; apart from them those that only label something.
fn find(parse: &Parse, names: &Names, day: Option<Date>, lost: bool) -> (Vec<Mention>, Vec<Mention>) {
    let folded: Vec<String> = (0..parse.len()).map(|i| fold(parse.word(i))).collect();
    let as_written = |k: usize| folded[k].as_str();
    let at = |i: usize| {
        let folded = &folded;
        let without_s = |at: usize| move |k: usize| bare(&folded[k], k == at);
        let own = match_at(parse, &as_written, names, i, day);
        let again = || (i..(i + 3).min(parse.len())).find_map(|k| match_at(parse, &without_s(k), names, i, day));
        own.or_else(|| if lost { again() } else { None })
    };
    let (mut found, mut labels) = (Vec::new(), Vec::new());
    let mut i = 0;
    while i < parse.len() {
        let article = folded[i] == "the" && i + 1 < parse.len();
        let next = || at(i + 1).filter(|_| article);
        let longer = |m: &Mention| !article || next().is_none_or(|n| n.tokens.len() < m.tokens.len());
        match at(i).filter(longer) {
            Some(mention) => {
                let end = mention.tokens.end;
                if is_label(parse, end) {
                    labels.push(mention)
                } else if !is_of_a_meeting(parse, &mention) {
                    found.push(mention)
                }
                i = end;
            }
            None => i += 1,
        }
    }
    (found, labels)
}

/// Shortest text, in bytes, of which the lack of any possessive says that its apostrophes were lost.
const LONG_ENOUGH: usize = 600;

/// Whether a text has lost its apostrophes on the way: "the Veskans army said".
fn lost_apostrophes(text: &str) -> bool {
    text.len() > LONG_ENOUGH && !["'s", "’s", "s'", "s’", "´s", "`s", "' s", "’ s"].iter().any(|p| text.contains(p))
}

/// A word, without the s of a possessive where that is asked for.
fn bare(word: &str, is_possessive: bool) -> &str {
    word.strip_suffix('s').filter(|_| is_possessive).unwrap_or(word)
}

/// The name that begins at token `i`, by the folded word of each token.
fn match_at<'w>(
    parse: &Parse,
    folded: &dyn Fn(usize) -> &'w str,
    names: &Names,
    i: usize,
    day: Option<Date>,
) -> Option<Mention> {
    if folded(i).is_empty() {
        return None;
    }
    let ends: Vec<usize> = (i..parse.len()).filter(|&k| !folded(k).is_empty()).take(names.longest()).collect();
    let words: Vec<&str> = ends.iter().map(|&k| folded(k)).collect();
    let surface = |n: usize| parse.words(i..ends.get(n - 1).map_or(i, |e| e + 1)).to_owned();
    let (n, entry) = names.longest_at(&words, surface, day)?;
    let tokens = i..ends[n - 1] + 1;
    if entry.kind == Kind::Person && is_somebody_else(parse, &tokens, entry) {
        return None;
    }
    if entry.kind == Kind::Demonym && is_of_continent(parse, i) {
        return None;
    }
    if entry.kind == Kind::Body && is_of_another(parse, folded, names, tokens.end, entry, day) {
        return None;
    }
    Some(Mention { tokens, party: entry.party.clone(), kind: entry.kind, entry: entry.name.clone() })
}

/// "Central Veskan", "Latin Veskan": the word before makes a part of the world of a nation's name.
fn is_of_continent(parse: &Parse, i: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |b| parse.word(b));
    matches!(before, "Latin" | "South" | "Central" | "Native") && parse.sentence_of(i).contains(&(i - 1))
}

/// "The Secretary General of the Compact": an office or council that behind "of" names another party is that one's.
fn is_of_another<'w>(
    parse: &Parse,
    folded: &dyn Fn(usize) -> &'w str,
    names: &Names,
    end: usize,
    entry: &Entry,
    day: Option<Date>,
) -> bool {
    if end + 1 >= parse.len() || folded(end) != "of" {
        return false;
    }
    let start = end + 1 + usize::from(folded(end + 1) == "the");
    let whose = (start < parse.len()).then(|| match_at(parse, folded, names, start, day)).flatten();
    // "General" alone is nobody's: whatever body is named behind it has such an office
    let unknown = || start < parse.len() && parse.word(start).starts_with(char::is_uppercase);
    let office = folded(end - 1).ends_with("general");
    whose.map_or_else(|| office && unknown(), |m| m.party != entry.party && m.kind == Kind::Name)
}

/// Whether the words beside a surname make it another person's: a given name that is not the official's.
fn is_somebody_else(parse: &Parse, tokens: &Range<usize>, entry: &Entry) -> bool {
    use syntax::{EntityKind, Pos};
    let Some(entity) = parse.entity_at(tokens.start).filter(|e| e.kind == EntityKind::Person) else { return false };
    let named = |i: &usize| {
        let token = &parse.tokens()[*i];
        token.pos == Pos::Propn && !WORDS.titles.contains(&*token.lower) && !token.lower.ends_with("day")
    };
    let before: Vec<usize> = (entity.tokens.start..tokens.start).filter(named).collect();
    let after: Vec<usize> = (tokens.end..entity.tokens.end).filter(named).collect();
    let beside = if before.is_empty() { after } else { before };
    !beside.is_empty() && beside.iter().all(|&i| entry.is_foreign(parse.word(i)))
}

/// Whether a name that ends before token `end` only labels something: "Vesk-backed".
fn is_label(parse: &Parse, end: usize) -> bool {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &t.lower);
    matches!(word(end), "-" | "–") && WORDS.label_participles.contains(word(end + 1))
}

/// Whether a seat of power only tells where something was agreed or is talked about: "the Halmora Protocol".
fn is_of_a_meeting(parse: &Parse, seat: &Mention) -> bool {
    let next = parse.tokens().get(seat.tokens.end);
    let agreed = |word: &str| WORDS.agreed_at.contains(word) || WORDS.agreed_at.contains(bare(word, true));
    seat.kind == Kind::Seat && next.is_some_and(|t| agreed(&t.lower))
}

fn counts(paragraphs: &[Vec<Mention>]) -> BTreeMap<PartyId, usize> {
    let mut counts = BTreeMap::new();
    for mention in paragraphs.iter().flatten() {
        *counts.entry(mention.party.clone()).or_default() += 1;
    }
    counts
}

/// The conflict whose sides the document names most; both must be named, or one with the conflict's other cues.
fn conflict<'a>(paragraphs: &[Vec<Mention>], words: &[usize], knowledge: &'a Knowledge) -> Option<&'a Conflict> {
    let counts = counts(paragraphs);
    let count = |p: &PartyId| counts.get(p).copied().unwrap_or(0);
    let score = |number: usize, c: &Conflict| {
        let [a, b] = [count(&c.sides[0]), count(&c.sides[1])];
        let cues: usize = c.cues.iter().map(count).sum::<usize>() + words.get(number).copied().unwrap_or(0) * 2;
        match (a.min(b), a + b + cues) {
            (0, all) if cues > 0 && a + b > 0 => all,
            (0, _) => cues.saturating_sub(1),
            (least, all) => least * 2 + all,
        }
    };
    let scored = knowledge.conflicts().enumerate().map(|(number, c)| (score(number, c), c));
    let best = scored.fold(
        None,
        |best: Option<(usize, &Conflict)>, next| {
            if next.0 > best.map_or(1, |b| b.0) { Some(next) } else { best }
        },
    );
    best.map(|(_, c)| c)
}

/// The parties of one kind.
fn of_kind(knowledge: &Knowledge, kind: PartyKind) -> BTreeSet<PartyId> {
    knowledge.parties().filter(|p| p.kind == kind).map(|p| p.id.clone()).collect()
}
