//! Claims of one happening: which belong together and why, each side's voice, standing, independent origins.
//!
//! Grouping is reversible: an incident holds ids of claims and the reason each is in it, and changes no claim.

mod affinity;
mod cluster;
mod context;
mod copies;
mod evidence;
mod gathered;
mod help;
mod likeness;
mod names;
mod near;
mod observed;
mod odds;
mod origin;
mod place;
mod record;
mod ruling;
mod settled;
mod standing;
mod summary;
mod time;
pub mod training;
mod traits;
mod voice;
mod within;
mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod scale;

pub use gathered::{Changes, Gathered};
pub use observed::{Lack, Observed, Unseen};
pub use origin::{Copied, Origin};
pub use record::{Record, Source};
pub use ruling::Ruling;
pub use standing::Standing;
pub(crate) use voice::is_accusation;
pub use voice::{Stance, Voice};

use sha2::{Digest, Sha256};

use crate::claim::{Claim, ClaimPlace, Kind};
use crate::pack::PartyId;
use crate::when::Interval;

/// One happening as the record has it: its claims, and what follows from reading them side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// From its earliest claim: the same while that claim leads the group.
    pub id: String,
    /// The most telling type among its claims.
    pub kind: Kind,
    /// Its claims, by day of the document and place in it.
    pub members: Vec<Member>,
    /// When, as precisely as any of its claims says.
    pub date: Option<Interval>,
    /// Where, as precisely as any of its claims says.
    pub place: Option<ClaimPlace>,
    /// Who does or suffers it, by any of its claims.
    pub parties: Vec<PartyId>,
    /// What each party says of it; those that are named and say nothing are silent.
    pub voices: Vec<Voice>,
    /// What the voices amount to.
    pub standing: Standing,
    /// What of it a mission's own observers saw, where their field reports are among its claims.
    pub observed: Option<Observed>,
    /// The separate sources that the claims go back to.
    pub origins: Vec<Origin>,
}

/// A claim's place in an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Id of the claim.
    pub claim: String,
    /// Why it is here: what it shares with another claim of the incident; none for the first.
    pub why: Option<Tie>,
}

/// What ties a claim to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Id of the other claim.
    pub with: String,
    /// What the two share, in words.
    pub shares: Vec<&'static str>,
}

/// Groups claims into incidents, across documents. Every claim is in exactly one; the order of the claims and of
/// the documents does not matter.
#[must_use]
pub fn gather(record: &Record<'_>) -> Vec<Incident> {
    gather_with(record, &[])
}

/// Groups claims into incidents as [`gather`] does, but for what people decided.
#[must_use]
pub fn gather_with(record: &Record<'_>, rulings: &[Ruling]) -> Vec<Incident> {
    Gathered::of(record).decided(record, rulings)
}

fn build(record: &Record<'_>, members: Vec<Member>, origins: &origin::Origins<'_>) -> Incident {
    let claims: Vec<&Claim> = members.iter().filter_map(|m| record.claim(&m.claim)).collect();
    let kind = summary::kind(&claims);
    Incident {
        id: id_of(&members),
        kind,
        date: summary::date(&claims, kind),
        place: summary::place(&claims, kind),
        parties: voice::named(&claims),
        voices: voice::of(&claims),
        standing: standing::of(&claims, record),
        observed: observed::of(&claims),
        origins: origins.behind(&claims),
        members,
    }
}

fn id_of(members: &[Member]) -> String {
    id_led_by(members.first().map_or("", |m| m.claim.as_str()))
}

/// The id of the incident that a claim leads, should it lead one.
#[must_use]
pub fn id_led_by(first: &str) -> String {
    let hash: String = Sha256::digest(first.as_bytes()).iter().take(6).map(|b| format!("{b:02x}")).collect();
    format!("i-{hash}")
}

#[cfg(test)]
mod tests {
    use super::sample::{Tale, Told};
    use super::*;

    #[test]
    fn nothing_gathers_to_nothing() {
        assert!(Tale::new().gather().is_empty());
    }

    #[test]
    fn two_shellings_of_one_village_on_two_days_stay_apart() {
        let mut tale = Tale::new();
        tale.tell(
            Told::new("a", "2031-03-08", "Vesk shelled Hollin at dawn")
                .by("orlava")
                .shelling("vesk", "orlava", "2031-03-07")
                .at("Hollin"),
        );
        tale.tell(
            Told::new("b", "2031-03-10", "Vesk shelled Hollin in the evening")
                .by("orlava")
                .shelling("vesk", "orlava", "2031-03-09")
                .at("Hollin"),
        );
        assert_eq!(tale.gather().len(), 2);
    }

    #[test]
    fn particulars_are_not_swallowed_by_the_war_as_a_whole() {
        let mut tale = Tale::new();
        tale.tell(
            Told::new("a", "2031-03-08", "clashes have continued since February")
                .by("media")
                .clash(&["vesk", "orlava"], "2031-02-20/.."),
        );
        tale.tell(
            Told::new("b", "2031-03-08", "the two sides fought for Height 612")
                .by("media")
                .clash(&["vesk", "orlava"], "2031-03-07")
                .at("Height 612"),
        );
        assert_eq!(tale.gather().len(), 2);
    }

    #[test]
    fn an_accusation_meets_its_denial_in_another_document() {
        let mut tale = Tale::new();
        tale.tell(
            Told::new("a", "2031-03-08", "Vesk shelled Hollin")
                .by("orlava")
                .shelling("vesk", "orlava", "2031-03-07")
                .at("Hollin"),
        );
        tale.tell(
            Told::new("b", "2031-03-08", "its guns did not fire on Hollin")
                .by("vesk")
                .shelling("vesk", "orlava", "2031-03-07")
                .at("Hollin")
                .denied(),
        );
        let found = tale.gather();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].standing, Standing::Contested);
        assert!(found[0].members[1].why.as_ref().is_some_and(|t| t.shares.contains(&"one denies what the other says")));
    }

    #[test]
    fn a_denial_in_other_words_meets_what_it_answers() {
        let mut tale = Tale::new();
        let told =
            Told::new("a", "2031-03-04", "Veskan artillery shelled the village of Hollin late on Sunday").by("orlava");
        tale.tell(told.shelling("vesk", "orlava", "2031-03-02").at("Hollin"));
        tale.tell_again(Told::new("a", "2031-03-04", "").by("orlava").kind(Kind::Casualties, &["vesk"], &["orlava"]));
        let denial = Told::new("a", "2031-03-04", "Vesk denied that its guns had fired").by("vesk");
        tale.tell(denial.kind(Kind::Gunfire, &["vesk"], &[]).on("2031-03-02/2031-03-03").at("Hollin").denied());
        assert!(tale.gather().iter().any(|i| i.kind == Kind::Shelling && i.standing == Standing::Contested));
    }

    #[test]
    fn a_copy_changes_no_standing_and_adds_no_origin() {
        let said = "Vesk shelled Hollin with heavy guns before dawn on Friday and nobody in the village was hurt by it";
        let mut tale = Tale::new();
        let told = |name: &str| {
            Told::new(name, "2031-03-08", said).by("media").shelling("vesk", "orlava", "2031-03-07").at("Hollin")
        };
        tale.tell(told("a"));
        let once = tale.gather();
        tale.tell(told("b"));
        assert_eq!(tale.gather()[0].origins.len(), 2, "nobody has found that it is a copy");
        tale.copied("b", "a");
        let twice = tale.gather();
        assert_eq!((twice.len(), twice[0].standing), (1, once[0].standing));
        let origin = &twice[0].origins[0];
        assert_eq!((twice[0].origins.len(), origin.who.as_str()), (1, "a.txt"));
        assert_eq!(origin.why, ["its own words", "a copy of a.txt: has the same words"]);
    }

    #[test]
    fn texts_that_quote_one_voice_share_an_origin() {
        let mut tale = Tale::new();
        for name in ["a", "b"] {
            let words = format!("Vesk shelled Hollin, as {name} has it");
            let told = Told::new(name, "2031-03-08", &words);
            tale.tell(told.by("orlava").shelling("vesk", "orlava", "2031-03-07").at("Hollin"));
        }
        let found = tale.gather();
        assert_eq!((found[0].origins.len(), found[0].origins[0].who.as_str()), (1, "orlava"));
        assert!(found[0].origins[0].why.iter().all(|w| w.starts_with("quotes ")));
    }

    #[test]
    fn the_order_of_claims_does_not_matter() {
        let mut tale = Tale::new();
        for (name, day) in [("a", "2031-03-07"), ("b", "2031-03-08"), ("c", "2031-03-07")] {
            tale.tell(
                Told::new(name, "2031-03-09", "Vesk shelled Hollin")
                    .by("orlava")
                    .shelling("vesk", "orlava", day)
                    .at("Hollin"),
            );
        }
        let forward = tale.gather();
        tale.reverse();
        assert_eq!(forward, tale.gather());
    }
}
