//! Who is on record for an event: the innermost statement round it, or the outlet itself.

use syntax::{Dep, Pos};

use super::Speaker;
use super::modality::MODALITY;
use super::page::Page;
use crate::pack::PartyId;

/// Who is on record, and by which word.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    pub(super) speaker: Speaker,
    /// Token that names the speaker.
    pub(super) source: Option<usize>,
    /// Token of the reporting word.
    pub(super) cue: Option<usize>,
    pub(super) rule: &'static str,
}

const SAY: &[&str] = &[
    "say",
    "tell",
    "add",
    "announce",
    "state",
    "claim",
    "declare",
    "report",
    "confirm",
    "stress",
    "warn",
    "insist",
    "accuse",
    "note",
    "write",
    "tweet",
    "allege",
    "argue",
    "emphasize",
    "believe",
    "acknowledge",
    "describe",
    "explain",
    "call",
    "blame",
];

pub(super) fn voice_of(page: &Page<'_>, token: usize) -> Voice {
    climb(page, token).or_else(|| according(page, token)).unwrap_or_else(|| narrator(page))
}

fn climb(page: &Page<'_>, token: usize) -> Option<Voice> {
    let mut below = token;
    for above in page.parse.ancestors(token) {
        let path = page.token(below).dep;
        if path == Dep::Relcl {
            return None;
        }
        let lemma = page.lemma(above);
        let effects = &MODALITY.verbs;
        let cue = SAY.contains(&lemma)
            || effects.denied.contains(lemma)
            || effects.called_for.contains(lemma)
            || effects.rejected.contains(lemma);
        if page.token(above).pos == Pos::Verb && cue && matches!(path, Dep::Ccomp | Dep::Xcomp | Dep::Dobj | Dep::Prep)
        {
            let subject = page.subject(above)?;
            let parties = page.mentions.parties(page.index, subject, None);
            let name = page.mentions.name_at(page.index, subject);
            let party = parties.into_iter().next().unwrap_or_else(|| PartyId::new(PartyId::OTHER));
            return Some(Voice {
                speaker: Speaker { name, party: Some(party) },
                source: Some(subject),
                cue: Some(above),
                rule: "speaker/verb",
            });
        }
        below = above;
    }
    None
}

fn according(page: &Page<'_>, token: usize) -> Option<Voice> {
    let sentence = page.sentence(token);
    let at = sentence.into_iter().find(|&i| &*page.token(i).lower == "according")?;
    let to = page.parse.children(at).find(|&c| &*page.token(c).lower == "to")?;
    let object = page.parse.child_by(to, Dep::Pobj)?;
    let party = page.mentions.parties(page.index, object, None).into_iter().next();
    let name = page.mentions.name_at(page.index, object);
    let party = party.unwrap_or_else(|| PartyId::new(PartyId::OTHER));
    Some(Voice {
        speaker: Speaker { name, party: Some(party) },
        source: Some(object),
        cue: Some(at),
        rule: "speaker/according",
    })
}

/// The outlet itself, or the party that issued the document.
fn narrator(page: &Page<'_>) -> Voice {
    let (party, rule) = page.mentions.voice.clone().unwrap_or((PartyId::new(PartyId::MEDIA), "speaker/narrator"));
    Voice { speaker: Speaker { name: "narrator".to_owned(), party: Some(party) }, source: None, cue: None, rule }
}
