//! A number with what it counts: the number's bounds, its noun, what and who; or why it is no figure.

use syntax::{Dep, EntityKind, Parse, Pos, Tag};

use super::extent::{self, Extent};
use super::lexicon::{Lexicon, Sort};
use super::{Amount, Counted, Quantity, Who, elliptic, fate, noun, who};
use crate::document::Span;

/// What stands at a token: a quantity, or a number that is none, and where its words end.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) end: usize,
    pub(super) quantity: Option<Quantity>,
}

/// Reads the number at token `at`.
pub(super) fn read(parse: &Parse, at: usize) -> Option<Reading> {
    let extent = extent::read(parse, at)?;
    let end = extent.core.end;
    if is_other(parse, &extent) {
        return Some(Reading { end, quantity: None });
    }
    let noun = noun::counted(parse, &extent.core);
    let quantity = if noun.is_some_and(|n| never(parse, n)) { None } else { quantity(parse, extent, noun) };
    Some(Reading { end, quantity })
}

fn quantity(parse: &Parse, extent: Extent, noun: Option<usize>) -> Option<Quantity> {
    let sort = noun.and_then(|n| noun::sort(parse, n));
    let amount = |value: Option<f64>| value.and_then(|v| amount(v, sort));
    let (what, who) = what_who(parse, &extent, noun, sort);
    // "one" is a pronoun more often than a number.
    let of_them = parse.tokens().get(extent.core.end).is_some_and(|t| &*t.lower == "of");
    let one = extent.core.len() == 1 && &*parse.tokens()[extent.core.start].lower == "one";
    let elsewhere = || elliptic::may_lead_elsewhere(parse, extent.core.start, extent.core.end);
    let pronoun = what.is_none() && one && !of_them && !elsewhere();
    let (min, max) = (amount(extent.min), amount(extent.max));
    (!pronoun && (min.is_some() || max.is_some())).then_some(Quantity {
        tokens: extent.run,
        span: Span::new(0, 0),
        noun,
        min,
        max,
        approx: extent.approx,
        what,
        who,
        part_of: None,
    })
}

/// Lengths and areas in kilometres, to a tenth where their own unit is none of these; all else in whole numbers.
fn amount(value: f64, sort: Option<Sort>) -> Option<Amount> {
    match sort {
        Some(Sort::Length(km) | Sort::Area(km)) => Amount::new(in_kilometres(value, km)),
        _ => Amount::new(value.round()),
    }
}

/// Metres and hectares keep their thousandths; miles and yards were rounded by who wrote them.
fn in_kilometres(value: f64, km: f64) -> f64 {
    let metric = (km.log10().round() - km.log10()).abs() < 1e-9;
    let exact = value * km;
    if metric || exact < 0.1 { exact } else { (exact * 10.0).round() / 10.0 }
}

/// What is counted, by the noun itself or by what befell the people; who they are.
fn what_who(parse: &Parse, extent: &Extent, noun: Option<usize>, sort: Option<Sort>) -> (Option<Counted>, Who) {
    let (what, who) = by_words(parse, extent, noun, sort);
    let people = what.is_some_and(|w| w.is_fate() || w == Counted::Personnel) && who == Who::Any;
    let said = || who::said_to_be(parse, noun::top(parse, &extent.core));
    (what, if people { said().unwrap_or(who) } else { who })
}

fn by_words(parse: &Parse, extent: &Extent, noun: Option<usize>, sort: Option<Sort>) -> (Option<Counted>, Who) {
    let top = noun::top(parse, &extent.core);
    if let Some(who) = strength(parse, extent) {
        return (Some(Counted::Personnel), who);
    }
    match sort {
        Some(Sort::Thing(what, who)) => (Some(what), who),
        Some(Sort::Fate(what)) => {
            let who = noun.map_or(Who::Any, |n| who::of_fate(parse, n));
            // "two hostages were executed"
            let alive = !what.is_harm() && what != Counted::Bodies;
            let harm = noun.filter(|_| alive).and_then(|n| fate::suffered(parse, n));
            // "two of the wounded died"
            let died = || fate::suffered(parse, top).filter(|w| *w == Counted::Killed && what == Counted::Wounded);
            let harm = harm.or_else(died);
            (Some(harm.unwrap_or(what)), default_who(what, who))
        }
        Some(Sort::Length(_)) => (Some(Counted::DistanceKm), Who::Any),
        Some(Sort::Area(_)) => (Some(Counted::AreaKm2), Who::Any),
        Some(Sort::People(who)) => {
            let fate = noun.and_then(|n| fate::of(parse, n)).or_else(|| fate::of(parse, top));
            (Some(fate.unwrap_or(Counted::Personnel)), default_who(fate.unwrap_or(Counted::Personnel), who))
        }
        None if noun.is_none_or(|n| stands_for_people(parse, n) || fate::said_of(parse, n).is_some()) => {
            let behind = fate::said_of(parse, extent.run.end);
            let of_those = || noun::behind(parse, top, "of").and_then(|n| fate::met(parse, n));
            let what = behind.or_else(|| fate::of(parse, top)).or_else(of_those).or_else(|| after_toll(parse, extent));
            let counted = || what.is_none().then(|| numbered(parse, top).or_else(|| numbering(parse, top))).flatten();
            match what.is_none().then(|| group(parse, top)).flatten() {
                Some(who) => (Some(Counted::Personnel), who),
                None if let Some((what, who)) = counted() => (Some(what), who),
                None => (
                    what,
                    fate::counting(parse, top).map_or_else(|| who::of_rest(parse, top), |n| who::of_toll(parse, n)),
                ),
            }
        }
        None => {
            let who = noun.map_or(Who::Any, |n| who::beside(parse, n));
            (said_by_verb(parse, noun).or_else(|| noun.and_then(|n| fate::suffered(parse, n))), who)
        }
    }
}

/// "a 3,000-strong force", "a 60-member team", "1,600 strong": how many a body of people has.
fn strength(parse: &Parse, extent: &Extent) -> Option<Who> {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let joined = word(extent.core.end) == "-";
    let at = extent.core.end + usize::from(joined);
    match word(at) {
        "strong" => {}
        "member" | "man" | "person" | "troop" if joined => {}
        _ => return None,
    }
    let above = parse.ancestors(at).take(3);
    let who = |i: usize| {
        let lemma = parse.tokens()[i].lemma.to_lowercase();
        let people = || match noun::sort(parse, i) {
            Some(Sort::People(who)) => Some(who),
            _ => None,
        };
        Lexicon::get().group(&lemma).or_else(people)
    };
    Some({ above }.find_map(who).unwrap_or_default())
}

/// "a toll as high as 45", "the toll: 45": a bare number a few words behind.
fn after_toll(parse: &Parse, extent: &Extent) -> Option<Counted> {
    let start = extent.run.start;
    let near = parse.tokens().get(start.saturating_sub(4).max(parse.sentence_of(start).start)..start)?;
    near.iter().any(|t| &*t.lower == "toll").then_some(Counted::Killed)
}

/// "a team of 40", "raised its strength to 1,700": a bare number behind a noun that names a group.
fn group(parse: &Parse, top: usize) -> Option<Who> {
    let token = &parse.tokens()[top];
    let preposition = &parse.tokens()[token.head];
    let leads = token.dep == Dep::Pobj && matches!(&*preposition.lower, "of" | "at" | "to" | "from");
    let above = &parse.tokens()[preposition.head];
    let of_noun = Lexicon::get().group(&above.lemma);
    let of_verb = || {
        let deps = &[Dep::Nsubj, Dep::Nsubjpass, Dep::Dobj];
        parse.children_by(preposition.head, deps).find_map(|c| Lexicon::get().group(&parse.tokens()[c].lemma))
    };
    leads.then(|| of_noun.or_else(of_verb)).flatten()
}

/// "the number of observers has reached 164", "the total of violations, 163": what a word for a number says that it counts.
fn numbered(parse: &Parse, top: usize) -> Option<(Counted, Who)> {
    let deps = &[Dep::Nsubj, Dep::Nsubjpass, Dep::Dobj];
    let is_number = |i: &usize| matches!(&*parse.tokens()[*i].lemma, "number" | "total" | "strength");
    let around = |a: usize| std::iter::once(a).chain(parse.children_by(a, deps)).find(is_number);
    let number = parse.ancestors(top).take(4).find_map(around)?;
    match noun::sort(parse, noun::behind(parse, number, "of")?)? {
        Sort::People(who) => Some((Counted::Personnel, who)),
        Sort::Thing(what, who) => Some((what, who)),
        Sort::Fate(what) => Some((what, Who::Any)),
        Sort::Length(_) | Sort::Area(_) => None,
    }
}

/// "extra forces, numbering 10,000", "the mission should number 400": whom a verb of number counts.
fn numbering(parse: &Parse, top: usize) -> Option<(Counted, Who)> {
    let is_verb = |i: &usize| &*parse.tokens()[*i].lemma == "number" && parse.tokens()[*i].pos == Pos::Verb;
    let verb = parse.ancestors(top).take(4).find(is_verb)?;
    let over = parse.tokens()[verb].head;
    let of_clause = || match parse.tokens()[verb].dep {
        Dep::Acl => Some(over),
        Dep::Advcl => parse.child_by(over, Dep::Dobj).or_else(|| parse.child_by(over, Dep::Nsubj)),
        _ => None,
    };
    let counted = parse.child_by(verb, Dep::Nsubj).or_else(of_clause)?;
    match noun::sort(parse, counted) {
        Some(Sort::People(who)) => Some((Counted::Personnel, who)),
        Some(Sort::Thing(what, who)) => Some((what, who)),
        _ => Lexicon::get().group(&parse.tokens()[counted].lemma).map(|who| (Counted::Personnel, who)),
    }
}

/// "violated the truce 264 times".
fn said_by_verb(parse: &Parse, noun: Option<usize>) -> Option<Counted> {
    let times = noun.filter(|&n| &*parse.tokens()[n].lower == "times")?;
    let broken =
        parse.ancestors(times).take(3).any(|a| matches!(&*parse.tokens()[a].lemma, "violate" | "breach" | "break"));
    broken.then_some(Counted::Violations)
}

/// Refugees and the displaced are civilians unless the words say otherwise.
fn default_who(what: Counted, who: Who) -> Who {
    if who == Who::Any && what == Counted::Displaced { Who::Civilian } else { who }
}

/// "three dead", "18 wounded": the word after the number is what befell them.
fn stands_for_people(parse: &Parse, noun: usize) -> bool {
    matches!(parse.tokens()[noun].pos, Pos::Adj | Pos::Verb | Pos::Pron)
        || matches!(parse.tokens()[noun].tag, Tag::Vbn | Tag::Jj)
}

fn never(parse: &Parse, noun: usize) -> bool {
    let token = &parse.tokens()[noun];
    let lexicon = Lexicon::get();
    lexicon.never_counts(&token.lower) || lexicon.never_counts(&token.lemma)
}

/// Whether a number is a name, a date, an amount of money, an age, a clause number or the like.
fn is_other(parse: &Parse, extent: &Extent) -> bool {
    let core = &extent.core;
    let lexicon = Lexicon::get();
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let before = core.start.checked_sub(1).map_or("", word);
    let next = core.end + usize::from(word(core.end) == "-");
    // "four barrel bombs" are bombs: a unit that qualifies another noun counts nothing, unless by a hyphen.
    let qualifies =
        next == core.end && parse.tokens().get(next).is_some_and(|t| t.dep == Dep::Compound && t.head > next);
    let after = if qualifies { "" } else { word(next) };
    let named = lexicon.names_number(before) && !before.is_empty();
    named
        || lexicon.is_unit(word(next))
        || is_location(parse, extent)
        || is_set_aside(parse, extent.run.start)
        || is_clock(parse, extent)
        || lexicon.never_counts(after)
        || is_enumeration(parse, extent)
        || is_dated(parse, extent)
        || is_age(parse, extent)
        || is_year(parse, extent)
}

/// "rather than three", "down from 40", "all but two", "not one", "every one of the ten": a number that is named to be told apart.
fn is_set_aside(parse: &Parse, start: usize) -> bool {
    let word = |n: usize| start.checked_sub(n).map_or("", |i| &*parse.tokens()[i].lower);
    match word(1) {
        "not" | "nor" => true,
        "every" => &*parse.tokens()[start].lower == "one",
        "than" => word(2) == "rather",
        // "missiles with a range of 70 km"
        "of" => matches!(word(2), "instead" | "range"),
        "from" => matches!(word(2), "down" | "up") || goes_to(parse, start),
        "but" => word(2) == "all",
        _ => false,
    }
}

/// "fell from 900 to 175": the number that another takes the place of.
fn goes_to(parse: &Parse, start: usize) -> bool {
    let from = &parse.tokens()[start - 1];
    let changes = Lexicon::get().changes(&parse.tokens()[from.head].lemma);
    let to = (start + 1..start + 4).find(|&i| parse.tokens().get(i).is_some_and(|t| &*t.lower == "to"));
    changes && to.is_some()
}

/// "Hollin (12 km south of Kolvar)", "50 km (30 miles)", "at Hollin, 12 km south of Kolvar": a length in brackets, or one
/// beside a name, says where something lies, or says it again.
fn is_location(parse: &Parse, extent: &Extent) -> bool {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let Some(noun) = noun::counted(parse, &extent.core) else { return false };
    let before = extent
        .run
        .start
        .checked_sub(1)
        .filter(|&b| matches!(word(b), "(" | ",") || parse.tokens()[b].pos == Pos::Propn);
    let bracketed = before.is_some_and(|b| word(b) == "(");
    let aside = before.is_some() && Lexicon::get().is_direction(word(noun + 1)) && word(noun + 2) == "of";
    (bracketed || aside) && matches!(noun::sort(parse, noun), Some(Sort::Length(_) | Sort::Area(_)))
}

/// "2031-03-08", "at 0355", "around 11.15".
fn is_clock(parse: &Parse, extent: &Extent) -> bool {
    let token = &parse.tokens()[extent.core.start];
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
    let dashed = token.lower.split_once('-').is_some_and(|(year, rest)| digits(year, 4) && rest.contains('-'));
    let padded = token.lower.starts_with('0') && digits(&token.lower, 4);
    let pointed = token.lower.split_once('.').is_some_and(|(h, m)| h.len() <= 2 && digits(m, 2));
    let before = extent.core.start.checked_sub(1).map_or("", |i| &*parse.tokens()[i].lower);
    dashed || padded || (pointed && matches!(before, "at" | "around" | "about" | "by" | "until" | "from"))
}

/// "4. As of", "(2)".
fn is_enumeration(parse: &Parse, extent: &Extent) -> bool {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let (start, end) = (extent.core.start, extent.core.end);
    let bracketed = start.checked_sub(1).is_some_and(|b| matches!(word(b), "(" | "#")) && word(end) == ")";
    bracketed || (start == 0 && matches!(word(end), "." | ")"))
}

/// Inside a date, a percentage, a sum of money or the name of a law.
fn is_dated(parse: &Parse, extent: &Extent) -> bool {
    let Some(entity) = parse.entity_at(extent.core.start) else { return false };
    let other = matches!(
        entity.kind,
        EntityKind::Date | EntityKind::Time | EntityKind::Percent | EntityKind::Money | EntityKind::Law
    );
    let counts = noun::counted(parse, &extent.core).and_then(|n| noun::sort(parse, n)).is_some();
    other && !counts && !is_taken_for_day(parse, extent)
}

/// "31 violations in one town, *12 in another*": a small number by itself is no day where a place follows.
fn is_taken_for_day(parse: &Parse, extent: &Extent) -> bool {
    let core = &extent.core;
    let alone = parse.entity_at(core.start).is_some_and(|e| e.kind == EntityKind::Date && e.tokens == *core);
    let small = extent.max.is_some_and(|n| n < 1900.0);
    alone && small && elliptic::may_lead_elsewhere(parse, core.start, core.end)
}

/// "Name, 20, …" and "aged 20".
fn is_age(parse: &Parse, extent: &Extent) -> bool {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let start = extent.core.start;
    let name = start >= 2 && word(start - 1) == "," && parse.tokens()[start - 2].pos == Pos::Propn;
    // "nine soldiers, the youngest 18"
    if matches!(start.checked_sub(1).map_or("", word), "youngest" | "oldest" | "eldest") {
        return true;
    }
    name && matches!(word(extent.core.end), "," | "." | ")") && extent.max.is_some_and(|n| n < 110.0)
}

/// A bare number of four digits that no plural follows.
fn is_year(parse: &Parse, extent: &Extent) -> bool {
    let token = &parse.tokens()[extent.core.start];
    let year =
        extent.core.len() == 1 && token.lower.len() == 4 && extent.max.is_some_and(|n| (1900.0..2100.0).contains(&n));
    let counts =
        noun::counted(parse, &extent.core).is_some_and(|n| parse.tokens()[n].tag == Tag::Nns && extent.core.end <= n);
    let bounded = extent.run.start < extent.core.start;
    year && !counts && !bounded
}
