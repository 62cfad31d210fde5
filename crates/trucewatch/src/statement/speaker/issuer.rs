//! Who speaks in a document that one party issued, and the labels of transcripts.

use syntax::Pos;

use super::Source;
use super::known::{At, whole_title};
use super::resolve::{Resolver, source};
use crate::document::Span;
use crate::pack::PartyId;
use crate::party::{Speaking, fold};
use crate::statement::Statement;
use crate::statement::cue::words;

impl Resolver<'_> {
    /// The party that issued the document, where it is one.
    fn issuer(&self) -> Option<&PartyId> {
        self.mentions.voice.as_ref().map(|(party, _)| party).filter(|p| !p.is_bystander())
    }

    /// A person with an office whose party the document does not name speaks for the one that issued it.
    pub(super) fn of_issuer(&self, name: &str) -> Option<Vec<PartyId>> {
        let issuer = self.issuer()?;
        self.known.has_title(name).then(|| vec![issuer.clone()])
    }

    /// "The Prime Minister", "the Mission": an office or body of no named party is the issuer's.
    pub(super) fn office_of_issuer(&self, at: At) -> Vec<PartyId> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let token = &parse.tokens()[at.1];
        let office = words().offices.contains(&*token.lemma.to_lowercase());
        let definite = parse.children(at.1).any(|c| &*parse.tokens()[c].lower == "the");
        let noun = matches!(token.pos, Pos::Noun | Pos::Propn);
        self.issuer().filter(|_| office && definite && noun).cloned().into_iter().collect()
    }

    /// The source of a transcript's line: who asks is of the media; a title or initials are somebody's named before;
    /// anybody else without a party speaks for the issuer.
    pub(super) fn label(&self, statement: &Statement) -> Option<Source> {
        let span = *statement.source.first()?;
        let at = (statement.paragraph, statement.source_head?);
        let written = self.parsed.document.slice(span).trim_matches(['"', '“', ' ', '*']);
        let first = written.split_whitespace().next().map(fold)?;
        if words().asking.contains(first.as_str()) {
            let media = vec![PartyId::new(PartyId::MEDIA)];
            return Some(source(written.to_owned(), vec![span], media, "speaker/asking"));
        }
        self.titled_label(written, at, span).or_else(|| self.unknown_label(written, at, span))
    }

    /// "President: …", "R.T.: …".
    fn titled_label(&self, written: &str, at: At, span: Span) -> Option<Source> {
        let title = whole_title(&self.parsed.paragraphs[at.0].parse, at.1);
        let named = self.known.titled(&title, at).or_else(|| self.known.initialled(written, at))?;
        let theirs = self.mentions.parties(named.at.0, named.head, Speaking::NOBODY);
        let person = self.mentions.person(&named.name).and_then(|p| p.party.clone());
        let found: Vec<PartyId> = person.into_iter().chain(theirs).take(1).collect();
        let parties = if found.is_empty() { self.issuer().cloned().into_iter().collect() } else { found };
        Some(source(named.name.clone(), vec![span, named.span], parties, "speaker/label"))
    }

    /// A label that names nobody known: "SENIOR OFFICIAL", "A".
    fn unknown_label(&self, written: &str, at: At, span: Span) -> Option<Source> {
        let known = self.mentions.parties(at.0, at.1, Speaking::NOBODY);
        let name = self.mentions.name_at(at.0, at.1);
        let named = !known.is_empty() || self.mentions.person(&name).is_some_and(|p| p.party.is_some());
        let issuer = self.issuer().filter(|_| !named)?;
        Some(source(written.to_owned(), vec![span], vec![issuer.clone()], "speaker/label"))
    }
}
