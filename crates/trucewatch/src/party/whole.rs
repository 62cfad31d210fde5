//! A name as far as it reaches: the model's entities run over a line's end or a verb, and break off behind an "of".

use std::ops::Range;

use syntax::{Parse, Pos};

/// The run of an entity without what is none of its name, and with what an "of" at its end leads to.
#[must_use]
pub(crate) fn whole(parse: &Parse, run: Range<usize>) -> Range<usize> {
    let tokens = parse.tokens();
    let is_end = |i: usize| {
        let small = parse.word(i).starts_with(char::is_lowercase);
        parse.word(i).contains('\n') || (small && matches!(tokens[i].pos, Pos::Verb | Pos::Aux))
    };
    let end = run.clone().skip(1).find(|&i| is_end(i)).unwrap_or(run.end);
    let last = end.saturating_sub(1);
    let leads_on = run.len() > 1 && end == run.end && matches!(parse.word(last), "of" | "for");
    if leads_on { run.start..tail(parse, last) } else { run.start..end }
}

/// Where the name behind an "of" ends: "of the Republic of Vesk".
fn tail(parse: &Parse, of: usize) -> usize {
    let tokens = parse.tokens();
    let limit = tokens[of].edges.1 + 1;
    let belongs = |i: usize| {
        let word = parse.word(i);
        word.starts_with(char::is_uppercase) || matches!(word, "the" | "of" | "and")
    };
    let reach = (of + 1..limit).find(|&i| !belongs(i)).unwrap_or(limit);
    let named = (of + 1..reach).rev().find(|&i| parse.word(i).starts_with(char::is_uppercase));
    named.map_or(of, |i| i + 1)
}
