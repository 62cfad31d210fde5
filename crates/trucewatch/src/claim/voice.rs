//! Who is on record for an event: the source of the innermost statement round it, or the outlet itself.

mod floor;
mod holder;
mod inputs;
mod lands;
mod speaking;
mod stance;
mod weigh;
mod words;

use syntax::{Dep, Tag};

use super::page::Page;
use super::{Speaker, Traced};
use crate::pack::PartyId;
use crate::statement::speaker::{NARRATOR, Source};
use crate::statement::{Manner, Verdict};
pub(super) use floor::Past;
pub(super) use holder::holder;
use holder::reporter;
use speaking::{at_cue, is_told_of, speaks};
pub(super) use weigh::{TOGETHER, settle, unsettled};

/// The rules for "the claim that …", "statements from Vesk that …".
const CLAIMED: &str = "cue/noun/that";

/// Who is on record, and by which word.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    pub(super) speaker: Traced<Speaker>,
    /// Outlets that carried it, nearest to the speaker last.
    pub(super) via: Vec<Traced<String>>,
    /// Token of the reporting word, where it stands in the same paragraph.
    pub(super) cue: Option<usize>,
    /// What the reporting word says of what is reported.
    pub(super) verdict: Verdict,
    /// Token of the one accused, told or asked.
    pub(super) addressee: Option<usize>,
}

/// Everybody on record for the event at a token: one voice, or one for each of several who say it together.
pub(super) fn voices_of(page: &Page<'_>, token: usize) -> Vec<Voice> {
    let round = page.statements.round(page.index, token);
    let mut candidates = at_cue(page, token).into_iter().chain(round);
    let found = candidates.find(|&i| speaks(page, i) && !is_aside(page, i, token) && !is_told_of(page, i));
    let counted = reporter(page, token);
    match (found, counted) {
        (Some(index), Some(reporter))
            if is_below(page, index, &reporter) || is_nearer(page, index, token, &reporter) =>
        {
            voices(page, index)
        }
        (_, Some(reporter)) => vec![reporter],
        (Some(index), None) => voices(page, index),
        (None, None) => vec![narrator(page)],
    }
}

/// Whether a statement stands within what a verb of counting governs: "the agency reported that Torv said …".
fn is_below(page: &Page<'_>, index: usize, reporter: &Voice) -> bool {
    let statement = page.statements.all().get(index).filter(|s| s.paragraph == page.index);
    let cue = statement.and_then(|s| s.cue_head).filter(|&c| c < page.parse.len());
    cue.zip(reporter.cue).is_some_and(|(inner, outer)| inner != outer && page.parse.is_under(inner, outer))
}

/// Whether a subordinate verb of saying stands between a token and the verb of counting above it.
fn is_nearer(page: &Page<'_>, index: usize, token: usize, reporter: &Voice) -> bool {
    let cue = page.statements.all().get(index).filter(|s| s.paragraph == page.index).and_then(|s| s.cue_head);
    let path = page.parse.ancestors(token).take_while(|a| Some(*a) != reporter.cue);
    cue.is_some() && cue != reporter.cue && path.into_iter().any(|a| Some(a) == cue)
}

fn voices(page: &Page<'_>, index: usize) -> Vec<Voice> {
    let (statement, source) = (&page.statements.all()[index], &page.sources[index]);
    let here = statement.paragraph == page.index;
    let one = |party: &PartyId| Voice {
        speaker: Traced::new(speaker(page, source, party), source.spans.clone(), source.rule),
        via: source.via.iter().map(|v| Traced::new(v.clone(), [], "via/outer-source")).collect(),
        cue: statement.cue_head.filter(|_| here),
        verdict: statement.verdict,
        addressee: statement.addressee.filter(|_| here),
    };
    source.parties.iter().map(one).collect()
}

/// A source's name; where several speak together, each under a name of its own.
fn speaker(page: &Page<'_>, source: &Source, party: &PartyId) -> Speaker {
    let own = (source.parties.len() > 1).then(|| page.mentions.of_party(party)).flatten();
    Speaker { name: own.unwrap_or_else(|| source.name.clone()), party: Some(party.clone()) }
}

/// What the outlet slips into somebody's reported words: a relative clause that is not quoted, set off by a comma or
/// about a thing that somebody speaks of ("refused to extend the truce that began on Monday").
fn is_aside(page: &Page<'_>, index: usize, token: usize) -> bool {
    let statement = &page.statements.all()[index];
    if statement.manner != Manner::Reported || statement.paragraph != page.index {
        return false;
    }
    let is_head = |t: &usize| statement.content_heads.contains(t) || Some(*t) == statement.cue_head;
    let path = || std::iter::once(token).chain(page.parse.ancestors(token));
    let head = path().find(is_head);
    let of_thing = head.is_some_and(|h| matches!(page.token(h).dep, Dep::Dobj | Dep::Pobj));
    let is_relative = |t: usize| page.token(t).dep == Dep::Relcl;
    path()
        .take_while(|t| !is_head(t))
        .any(|t| if of_thing { is_relative(t) } else { is_set_off(page, t) && is_timely(page, t) })
}

/// Whether a relative clause tells of now ("which the army denies", "who has led it since May"), as the outlet knows it;
/// what is put back in time is of what was reported: "said the column, which had shelled the town, was gone".
fn is_timely(page: &Page<'_>, clause: usize) -> bool {
    let auxiliary = page.parse.children_by(clause, &[Dep::Aux, Dep::Auxpass]).next();
    let tag = page.token(auxiliary.unwrap_or(clause)).tag;
    matches!(tag, Tag::Vbz | Tag::Vbp)
}

/// A relative clause behind a comma with a pronoun of its own: ", which the army denies".
fn is_set_off(page: &Page<'_>, clause: usize) -> bool {
    let token = page.token(clause);
    let first = token.edges.0;
    let wh = |i: usize| matches!(page.token(i).tag, Tag::Wdt | Tag::Wp | Tag::Wrb);
    token.dep == Dep::Relcl && wh(first) && first > 0 && matches!(&*page.token(first - 1).lower, "," | "—" | "–" | "(")
}

/// The outlet itself, or the party that issued the document.
fn narrator(page: &Page<'_>) -> Voice {
    let (party, rule) = page.mentions.voice.clone().unwrap_or((PartyId::new(PartyId::MEDIA), "speaker/narrator"));
    let speaker = Speaker { name: NARRATOR.to_owned(), party: Some(party) };
    Voice {
        speaker: Traced::new(speaker, [], rule),
        via: Vec::new(),
        cue: None,
        verdict: Verdict::Assert,
        addressee: None,
    }
}
