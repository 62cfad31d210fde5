//! What stands round every page: who is logged in, what they may do, how old what is shown is.

use crate::accounts::Role;
use crate::assets;
use crate::books::Books;
use crate::room::Room;
use crate::table::{Need, TABLE};
use crate::visitor::Visitor;

/// The navigation.
const PLACES: &[(&str, &str)] = &[
    ("/public", "Brief"),
    ("/public/incidents", "Incidents"),
    ("/public/export", "Export"),
    ("/", "Today"),
    ("/incidents", "Incidents"),
    ("/documents", "Documents"),
    ("/agreements", "Agreements"),
    ("/promises", "Promises"),
    ("/tolls", "Tolls"),
    ("/coverage", "Coverage"),
    ("/sources", "Sources"),
    ("/mission", "Mission"),
    ("/export", "Export"),
    ("/review", "Review"),
    ("/add", "Add"),
    ("/log", "Log"),
    ("/api", "API"),
    ("/accounts", "Accounts"),
    ("/hooks", "Webhooks"),
    ("/packs", "Packs"),
    ("/watch", "Feeds"),
    ("/backups", "Backups"),
];

/// What stands round a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    /// The page's title.
    pub(crate) title: String,
    /// The address in the navigation under which it stands.
    pub(crate) nav: &'static str,
    /// Who is logged in.
    pub(crate) who: Option<String>,
    pub(crate) role: &'static str,
    /// The word that forms carry.
    pub(crate) csrf: String,
    pub(crate) may_read: bool,
    pub(crate) may_work: bool,
    pub(crate) may_review: bool,
    pub(crate) may_administer: bool,
    /// The part in a mission that whoever looks has, in words.
    pub(crate) part: Option<String>,
    /// Whether the ledger has a mission.
    pub(crate) has_mission: bool,
    /// Whether this is the public view.
    pub(crate) is_public: bool,
    /// When the last entry was made that the page rests on, in words.
    pub(crate) cut_off: Option<String>,
    /// Titles of the packs that it rests on: what is invented says so there.
    pub(crate) packs: Vec<String>,
    /// Whether scripts and styles were built in.
    pub(crate) is_styled: bool,
    /// Whether maps have a background of the operator's own.
    pub(crate) has_tiles: bool,
    /// What was just done, and the entry by which it was.
    pub(crate) notice: Option<String>,
    pub(crate) done: Option<u64>,
}

impl Frame {
    /// Round a page that shows nothing of the books.
    pub(crate) fn bare(room: &Room, visitor: Option<&Visitor>, title: &str) -> Frame {
        let may = |need| visitor.is_some_and(|v| v.may(need));
        let account = visitor.and_then(|v| v.account.as_ref());
        let first = account.is_none() && !room.accounts.is_ready().unwrap_or(true);
        Frame {
            title: title.to_owned(),
            who: account.map(|a| a.name.clone()),
            role: account.map_or("", |a| Role::as_str(a.role)),
            csrf: visitor.map(|v| v.csrf.clone()).unwrap_or_default(),
            may_read: may(Need::Read),
            may_work: may(Need::Work),
            may_review: may(Need::Review),
            may_administer: may(Need::Administer),
            part: visitor.and_then(Visitor::part).map(crate::accounts::Part::in_words),
            has_mission: room.has_mission(),
            is_styled: assets::are_built(),
            has_tiles: room.tiles().is_some(),
            notice: first.then(|| {
                "Nobody has an account yet: the first one is made by the link that was printed at the start.".to_owned()
            }),
            ..Frame::default()
        }
    }

    /// Round a page of the books.
    pub(crate) fn of(room: &Room, visitor: &Visitor, title: &str, nav: &'static str, books: &Books) -> Frame {
        let packs = books.record().knowledge().packs().iter().map(|p| p.manifest.title.clone()).collect();
        Frame { nav, cut_off: Some(books.cut_off_in_words()), packs, ..Frame::bare(room, Some(visitor), title) }
    }

    /// With what was just done.
    #[must_use]
    pub(crate) fn done(self, entry: Option<u64>) -> Frame {
        Frame { done: entry, ..self }
    }

    /// Where the addresses of this view begin.
    pub(crate) fn root(&self) -> &'static str {
        if self.is_public { "/public" } else { "" }
    }

    /// The addresses of the navigation that are there for whoever looks.
    pub(crate) fn places(&self) -> Vec<(&'static str, &'static str)> {
        let there = |path: &str| TABLE.iter().find(|r| r.method == "get" && r.path == path);
        let may = |need: Need| match need {
            Need::Open => self.is_public,
            Need::Read => self.may_read && !self.is_public,
            Need::Account | Need::Part => false,
            Need::Work => self.may_work && !self.is_public,
            Need::Review => self.may_review && !self.is_public,
            Need::Administer => self.may_administer && !self.is_public,
        };
        let known = |path: &str| path != "/mission" || self.has_mission;
        PLACES.iter().copied().filter(|(path, _)| known(path) && there(path).is_some_and(|row| may(row.need))).collect()
    }

    /// The attribute of an address in the navigation that marks the page on which it stands.
    pub(crate) fn here(&self, nav: &str) -> &'static str {
        if self.nav == nav { " aria-current=\"page\"" } else { "" }
    }
}
