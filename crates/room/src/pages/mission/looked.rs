//! What a page of a mission looks at: which mission, as whom, and the names of its parties.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::Offset;
use mission::book::Mission;
use mission::{Mandate, Object, Viewer, may_see};
use trucewatch::pack::PartyId;

use crate::error::Refusal;
use crate::filter::Query;
use crate::frame::Frame;
use crate::missions::Missions;
use crate::room::Room;
use crate::visitor::Visitor;

/// A mission as somebody looks at it.
pub(crate) struct Looked {
    pub(crate) missions: Arc<Missions>,
    /// Its id.
    pub(crate) id: String,
    /// Whoever looks, as its table of roles knows them.
    pub(crate) viewer: Viewer,
    /// All missions that there are, by id.
    pub(crate) all: Vec<String>,
    titles: BTreeMap<String, String>,
}

/// Something that waits for somebody.
pub(crate) struct Wait {
    pub(crate) href: String,
    pub(crate) on: String,
    pub(crate) words: String,
    pub(crate) is_late: bool,
}

impl Looked {
    /// The mission that an address names, or that of whoever looks, or the first.
    ///
    /// # Errors
    /// Where there is none.
    pub(crate) async fn at(room: &Arc<Room>, visitor: &Visitor, query: &Query) -> Result<Looked, Refusal> {
        let named = query.iter().find(|(name, value)| name == "mission" && !value.is_empty());
        Looked::of(room, visitor, named.map(|(_, value)| value.as_str())).await
    }

    /// The mission of an id, or that of whoever looks, or the first.
    ///
    /// # Errors
    /// Where there is none.
    pub(crate) async fn of(room: &Arc<Room>, visitor: &Visitor, named: Option<&str>) -> Result<Looked, Refusal> {
        let missions = room.missions().await?;
        let (id, _) = missions.chosen(named, visitor.part())?;
        let id = id.to_owned();
        let viewer = visitor.part().filter(|p| p.mission == id).map_or(Viewer::Public, |p| p.viewer());
        let all = missions.book.missions.keys().cloned().collect();
        let looked = Looked { missions, id, viewer, all, titles: BTreeMap::new() };
        let titles = titles(room, looked.mandate());
        Ok(Looked { titles, ..looked })
    }

    /// The mission.
    pub(crate) fn mission(&self) -> &Mission {
        static NONE: std::sync::LazyLock<Mission> = std::sync::LazyLock::new(Mission::default);
        self.missions.book.missions.get(&self.id).unwrap_or(&NONE)
    }

    /// What whoever looks may see of it.
    pub(crate) fn sight(&self) -> mission::Sight<'_> {
        self.mission().sight(&self.viewer)
    }

    /// Its mandate.
    pub(crate) fn mandate(&self) -> Option<&Mandate> {
        self.mission().mandate()
    }

    /// The title of a mandate that whoever looks may know of; else the id.
    pub(crate) fn name(&self) -> String {
        let known = self.mandate().filter(|_| self.is_inside() || self.mission().is_mandated());
        known.map_or_else(|| self.id.clone(), |m| m.title.clone())
    }

    /// The parties between whom it stands.
    pub(crate) fn parties(&self) -> Vec<String> {
        self.mandate().map(|m| m.parties.clone()).unwrap_or_default()
    }

    /// Whether whoever looks has a part in it.
    pub(crate) fn is_inside(&self) -> bool {
        self.viewer != Viewer::Public
    }

    /// Whether whoever looks speaks for a party.
    pub(crate) fn is_liaison(&self) -> bool {
        matches!(self.viewer, Viewer::Liaison(_))
    }

    /// The party for which whoever looks speaks.
    pub(crate) fn party(&self) -> Option<&str> {
        match &self.viewer {
            Viewer::Liaison(party) => Some(party),
            _ => None,
        }
    }

    /// Whether whoever looks may hand in what was signed elsewhere.
    pub(crate) fn may_submit(&self) -> bool {
        use mission::Role::{Chief, Mediator};
        self.is_liaison() || matches!(self.viewer, Viewer::Staff(Chief | Mediator))
    }

    /// The pages that are for whoever looks: plans are the mission's own.
    pub(crate) fn sees_plans(&self) -> bool {
        may_see(&self.viewer, &Object::MissionDraft)
    }

    /// The page to which a form of the page of this title leads back.
    pub(crate) fn here(&self, title: &str) -> &'static str {
        match title {
            "Verification" => "/verification",
            "Exchanges" => "/exchanges",
            "Posts and line" => "/posts",
            "Plans" => "/plans",
            "Border" => "/border",
            _ => "/mission",
        }
    }

    /// Whether whoever looks may see field reports that are not published.
    pub(crate) fn sees_reports(&self) -> bool {
        may_see(&self.viewer, &Object::FieldReport)
    }

    /// Whether whoever looks may see allegations while they are looked into.
    pub(crate) fn sees_verification(&self) -> bool {
        may_see(&self.viewer, &Object::OpenVerification)
    }

    /// Whether whoever looks may see all that the mission's own reports tell: field reports, allegations, findings.
    pub(crate) fn sees_all(&self) -> bool {
        let findings = may_see(&self.viewer, &Object::Finding(self.parties()));
        self.sees_reports() && self.sees_verification() && findings
    }

    /// The name of a party.
    pub(crate) fn title(&self, party: &str) -> String {
        self.titles.get(party).cloned().unwrap_or_else(|| party.to_owned())
    }

    /// Words that begin with the id of a party, or name it after `for`, with its name in place.
    pub(crate) fn with_titles(&self, words: &str) -> String {
        let named = |word: &str| self.titles.get(word).cloned().unwrap_or_else(|| word.to_owned());
        match words.split_once(' ') {
            Some((first, rest)) if self.titles.contains_key(first) => format!("{} {rest}", named(first)),
            Some(("waits", rest)) => {
                let parts: Vec<String> = rest.split(' ').map(named).collect();
                format!("waits {}", parts.join(" "))
            }
            _ => words.to_owned(),
        }
    }

    /// Parties by their ids and names, for choices in forms.
    pub(crate) fn choices(&self) -> Vec<(String, String)> {
        self.parties().into_iter().map(|p| (p.clone(), self.title(&p))).collect()
    }

    /// The hours from universal time of its local time.
    pub(crate) fn zone(&self) -> &str {
        self.mandate().map_or("Z", |m| m.zone.as_str())
    }

    /// Its local time, as an offset.
    pub(crate) fn offset(&self) -> Offset {
        self.mandate().and_then(Mandate::offset).unwrap_or(Offset::UTC)
    }

    /// A time in its local time, to the minute.
    pub(crate) fn time(&self, at: Timestamp) -> String {
        at.to_zoned(self.offset().to_time_zone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The day by its local time.
    pub(crate) fn today(&self) -> jiff::civil::Date {
        self.offset().to_datetime(Timestamp::now()).date()
    }

    /// What stands round one of its pages.
    pub(crate) fn frame(&self, room: &Room, visitor: &Visitor, title: &str) -> Frame {
        Frame { nav: "/mission", ..Frame::bare(room, Some(visitor), title) }
    }

    /// Its pages: their addresses, their names, and whether this is the one.
    pub(crate) fn places(&self, title: &str) -> Vec<(&'static str, &'static str, bool)> {
        let pages = [
            ("/mission", "Mission"),
            ("/field-reports", "Field reports"),
            ("/verification", "Verification"),
            ("/posts", "Posts and line"),
            ("/plans", "Plans"),
            ("/border", "Border"),
            ("/exchanges", "Exchanges"),
        ];
        let shown = |(href, _): &(&str, &str)| *href != "/plans" || self.sees_plans();
        pages.into_iter().filter(shown).map(|(href, words)| (href, words, words == title)).collect()
    }

    /// Whether this is the mission of an id.
    pub(crate) fn is(&self, id: &str) -> bool {
        self.id == id
    }

    /// What an address of its pages ends with: the mission, where there are several.
    pub(crate) fn tail(&self) -> String {
        if self.all.len() < 2 {
            return String::new();
        }
        self.tail_of(&self.id)
    }

    /// What an address of a page of a mission ends with.
    pub(crate) fn tail_of(&self, id: &str) -> String {
        format!("?mission={}", form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>())
    }
}

/// The names of a mandate's parties, where its pack is at hand.
fn titles(room: &Room, mandate: Option<&Mandate>) -> BTreeMap<String, String> {
    let Some(mandate) = mandate else { return BTreeMap::new() };
    let known = room.knowledge(&BTreeSet::from([mandate.pack.as_str()])).ok();
    let title = |p: &String| {
        let found = known.as_ref().map(|k| k.title(&PartyId::new(p)).to_owned());
        (p.clone(), found.filter(|t| !t.is_empty()).unwrap_or_else(|| p.clone()))
    };
    mandate.parties.iter().map(title).collect()
}
