//! A number as the text bounds it: "more than 1,250", "10 to 15", "dozens", "about 2,000", "five or more".

use std::ops::Range;

use syntax::{Dep, Parse, Pos, Tag};

use super::lexicon::{Bound, Lexicon};
use super::noun;
use crate::when::number;

/// A number with its quantifier.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Extent {
    /// Tokens of the number with its quantifier.
    pub(super) run: Range<usize>,
    /// Tokens of the number alone.
    pub(super) core: Range<usize>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) approx: bool,
}

/// Reads the number that begins at token `at`.
pub(super) fn read(parse: &Parse, at: usize) -> Option<Extent> {
    // Most tokens are none of a number's; this spares their look-ups.
    if matches!(
        parse.tokens().get(at)?.pos,
        Pos::Verb | Pos::Aux | Pos::Punct | Pos::Adp | Pos::Cconj | Pos::Sconj | Pos::Part
    ) {
        return None;
    }
    let base = floor_word(parse, at).or_else(|| several_of_scale(parse, at)).or_else(|| plain(parse, at))?;
    let ranged = range(parse, base);
    Some(bounded(parse, ranged))
}

fn lower(parse: &Parse, at: usize) -> &str {
    parse.tokens().get(at).map_or("", |t| &t.lower)
}

/// The word `n` places before `at`, 0 being next to it; spaces too many count for none.
fn left(parse: &Parse, at: usize, n: usize) -> &str {
    words_before(parse, at).nth(n).map_or("", |i| lower(parse, i))
}

/// Where the `n` words before `at` begin.
fn start_of(parse: &Parse, at: usize, n: usize) -> usize {
    words_before(parse, at).take(n).last().unwrap_or(at)
}

fn words_before(parse: &Parse, at: usize) -> impl Iterator<Item = usize> + '_ {
    (0..at.min(parse.len())).rev().filter(|&i| parse.tokens()[i].pos != Pos::Space)
}

fn plain(parse: &Parse, at: usize) -> Option<Extent> {
    if let Some((min, max)) = dashed(lower(parse, at)) {
        return Some(Extent { run: at..at + 1, core: at..at + 1, min: Some(min), max: Some(max), approx: false });
    }
    let number = number::read(parse, at)?;
    let (grouped, value) = in_groups(parse, at).unwrap_or((number.run.end, number.value));
    let end = after_plus(parse, grouped);
    let max = (end == grouped).then_some(value);
    Some(Extent { run: at..end, core: at..end, min: Some(value), max, approx: false })
}

/// "10–15" in one word; not two years.
fn dashed(word: &str) -> Option<(f64, f64)> {
    let (first, last) = word.split_once(['–', '—', '-'])?;
    let (min, max) = (number::in_figures(first)?, number::in_figures(last)?);
    let years = first.len() == 4 && (1900.0..2100.0).contains(&min);
    (min < max && !years).then_some((min, max))
}

/// "12 000", "1 250 300": thousands told apart by spaces; not a number beside a calibre or behind a name ("Post 12 300 men").
fn in_groups(parse: &Parse, at: usize) -> Option<(usize, f64)> {
    let digits = |i: usize| Some(lower(parse, i)).filter(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit()));
    let named = at > 0 && parse.tokens()[at - 1].pos == Pos::Propn;
    let mut word = digits(at).filter(|w| w.len() < 4 && !w.starts_with('0') && !named)?.to_owned();
    let mut end = at + 1;
    while let Some(group) = digits(end).filter(|w| w.len() == 3) {
        word.push_str(group);
        end += 1;
    }
    let measured = lower(parse, end) == "-" || Lexicon::get().is_unit(lower(parse, end));
    if end == at + 1 || measured { None } else { Some((end, word.parse().ok()?)) }
}

/// The end of "+" or "-plus" behind a number.
fn after_plus(parse: &Parse, end: usize) -> usize {
    match (lower(parse, end), lower(parse, end + 1)) {
        ("+", _) => end + 1,
        ("-", "plus") => end + 2,
        _ => end,
    }
}

/// "dozens", "tens of thousands", "hundreds of thousands".
fn floor_word(parse: &Parse, at: usize) -> Option<Extent> {
    let lexicon = Lexicon::get();
    let first = lexicon.floor(lower(parse, at))?;
    let scale = if lower(parse, at + 1) == "of" { lexicon.floor(lower(parse, at + 2)) } else { None };
    let (min, end) = match scale.filter(|s| *s >= 200.0) {
        // "hundreds of thousands" is two hundred thousand, not two hundred times two thousand.
        Some(scale) => (first.min(200.0) * scale / 2.0, at + 3),
        None => (first, at + 1),
    };
    Some(Extent { run: at..end, core: at..end, min: Some(min), max: None, approx: false })
}

/// "several thousand", "a few hundred", "many thousands": at least two of them.
fn several_of_scale(parse: &Parse, at: usize) -> Option<Extent> {
    if !number::is_vague(lower(parse, at)) || lower(parse, at) == "some" {
        return None;
    }
    let end = at + 1;
    if let Some(floor) = floor_word(parse, end) {
        return Some(Extent { run: at..floor.run.end, core: at..floor.run.end, ..floor });
    }
    let scale = number::read(parse, end).filter(|n| !n.figures && n.value >= 12.0 && n.run.len() == 1)?;
    Some(Extent { run: at..end + 1, core: at..end + 1, min: Some(scale.value * 2.0), max: None, approx: false })
}

/// "10 to 15", "from 10 to 15", "10-15", "between 5 and 7", "five or six".
fn range(parse: &Parse, first: Extent) -> Extent {
    let joint = lower(parse, first.core.end);
    let before = left(parse, first.core.start, 0);
    let joined = match joint {
        "to" => before != "from" || is_subject_or_object(parse, first.core.end + 1),
        "-" | "–" | "or" => true,
        "and" => before == "between",
        _ => false,
    };
    let second = if joined { number::read(parse, first.core.end + 1) } else { None };
    match second {
        Some(second) if first.min < Some(second.value) && first.max.is_some() => {
            let led = joint == "and" || before == "from";
            let start = if led { first.core.start - 1 } else { first.run.start };
            let core = first.core.start..second.run.end;
            Extent { run: start..second.run.end, core, max: Some(second.value), ..first }
        }
        _ => first,
    }
}

/// "from 10 to 15 soldiers were killed": a noun that does or suffers something; what grew "from 10 to 15" is counted twice.
fn is_subject_or_object(parse: &Parse, number: usize) -> bool {
    let Some(noun) = noun::counted(parse, &(number..number + 1)) else { return false };
    matches!(parse.tokens()[noun].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj)
}

/// Takes in the words round a number that make it a floor, a ceiling or an estimate.
fn bounded(parse: &Parse, mut extent: Extent) -> Extent {
    let lexicon = Lexicon::get();
    let mut at = extent.run.start;
    for _ in 0..3 {
        let gap = lexicon.between(|n| left(parse, at, n));
        let direct = lexicon.bound_before(|n| left(parse, at, n)).map(|b| (b, 0));
        let over_gap = || lexicon.bound_before(|n| left(parse, at, n + gap)).filter(|_| gap > 0).map(|b| (b, gap));
        let Some(((bound, length), gap)) = direct.or_else(over_gap) else { break };
        if is_over_something(parse, start_of(parse, at, length + gap)) {
            break;
        }
        at = start_of(parse, at, length + gap);
        apply(&mut extent, bound);
        extent.run.start = at;
    }
    after(parse, with_ceiling(parse, extent))
}

/// "at least 300 and perhaps as many as 400": a floor and a ceiling of one number.
fn with_ceiling(parse: &Parse, extent: Extent) -> Extent {
    let word = |i: usize| lower(parse, i);
    let end = extent.core.end;
    let joined = matches!(word(end), "and" | "but" | "or") && extent.min.is_some() && extent.max.is_none();
    let unsure = matches!(word(end + 1), "perhaps" | "possibly" | "maybe" | "probably");
    let from = end + 1 + usize::from(unsure);
    let ceiling = |at: usize| {
        let bound = Lexicon::get().bound_before(|n| left(parse, at, n));
        bound == Some((Bound::Ceiling, at - from))
    };
    let second = (from + 1..from + 5).filter(|&at| joined && ceiling(at)).find_map(|at| number::read(parse, at));
    match second.filter(|n| extent.min < Some(n.value)) {
        Some(n) => Extent {
            run: extent.run.start..n.run.end,
            core: extent.core.start..n.run.end,
            max: Some(n.value),
            ..extent
        },
        None => extent,
    }
}

/// "handed over 390 men", "control over 400 hamlets": an "over" of the verb or noun before it bounds no number.
fn is_over_something(parse: &Parse, at: usize) -> bool {
    let token = &parse.tokens()[at];
    let before = at.checked_sub(1).map_or("", |i| &*parse.tokens()[i].lemma);
    if &*token.lower == "over" && token.tag == Tag::Rp && matches!(before, "hand" | "turn" | "give") {
        return true;
    }
    let above = &parse.tokens()[token.head];
    let of_noun = token.dep == Dep::Prep && token.head + 1 == at && matches!(above.pos, Pos::Noun);
    let of_verb = token.head < at && matches!(&*above.lemma, "hand" | "turn" | "take" | "give" | "send");
    &*token.lower == "over" && (token.dep == Dep::Prt || of_noun || of_verb)
}

/// "50 or more", "125 soldiers at least": right behind the number, or one word further.
fn after(parse: &Parse, mut extent: Extent) -> Extent {
    let end = extent.run.end;
    for at in [end, end + 1] {
        let found = Lexicon::get().bound_after(|n| lower(parse, at + n));
        if let Some((bound, length)) = found.filter(|(_, length)| !opens_number(parse, at + length)) {
            apply(&mut extent, bound);
            if at == end {
                extent.run.end += length;
            }
            break;
        }
        if parse.tokens().get(at).is_none_or(|t| t.pos == Pos::Punct) {
            break;
        }
    }
    extent
}

/// Whether the words before `at` bound another number that begins there.
fn opens_number(parse: &Parse, at: usize) -> bool {
    number::read(parse, at).is_some() || Lexicon::get().floor(lower(parse, at)).is_some()
}

fn apply(extent: &mut Extent, bound: Bound) {
    match bound {
        Bound::Floor if extent.min == extent.max => extent.max = None,
        Bound::Ceiling => extent.min = None,
        Bound::About => extent.approx = true,
        Bound::Floor => {}
    }
}
