//! Which numbers of a paragraph belong to a claim, and whose people or things they count.

use super::code::Draft;
use super::page::Page;
use super::{Kind, Mode};
use crate::figure::{Counted, Figure, Quantity};
use crate::pack::PartyId;
use crate::party::Speaking;

/// The figures of a draft: numbers within its words that count what its type counts.
pub(super) fn figures_of(page: &Page<'_>, draft: &Draft) -> Vec<Figure> {
    let inside = |q: &&Quantity| draft.run.contains(&q.tokens.start);
    let fits = |q: &Quantity| q.what.filter(|w| counts(draft, *w) && q.max != Some(0));
    page.quantities.iter().filter(inside).filter_map(|q| Some(figure(page, draft, q, fits(q)?))).collect()
}

fn figure(page: &Page<'_>, draft: &Draft, quantity: &Quantity, what: Counted) -> Figure {
    Figure {
        span: quantity.span,
        what,
        who: quantity.who,
        side: side_of(page, draft, quantity),
        min: quantity.min,
        max: quantity.max,
        approx: quantity.approx,
    }
}

/// Whose: named at the counted noun, else the only side that the claim says is harmed.
fn side_of(page: &Page<'_>, draft: &Draft, quantity: &Quantity) -> Option<PartyId> {
    let named = quantity.noun.and_then(|n| page.mentions.parties(page.index, n, Speaking::NOBODY).into_iter().next());
    named.filter(|p| !p.is_bystander()).or_else(|| match &draft.targets[..] {
        [only] if draft.kind.value == Kind::Casualties => Some(only.value.clone()),
        _ => None,
    })
}

/// Whether a type of claim counts such things.
fn counts(draft: &Draft, what: Counted) -> bool {
    use Counted::{
        Aircraft, AreaKm2, Bodies, Captured, Casualties, Displaced, DistanceKm, Killed, Missing, Munitions, Personnel,
        Posts, Returned, Settlements, Vehicles, Violations, Weapons, Wounded,
    };
    let kind = draft.kind.value;
    match what {
        Killed | Wounded | Casualties | Missing => kind == Kind::Casualties,
        Captured => matches!(kind, Kind::Detention | Kind::Exchange),
        Bodies => matches!(kind, Kind::Exchange | Kind::Casualties),
        Displaced | Returned => kind == Kind::Displacement,
        Personnel => {
            matches!(
                kind,
                Kind::Deployment
                    | Kind::Buildup
                    | Kind::Withdrawal
                    | Kind::Assistance
                    | Kind::Incursion
                    | Kind::Gunfire
                    | Kind::Access
                    | Kind::Assault
            )
        }
        Posts => matches!(kind, Kind::Deployment | Kind::Seizure | Kind::Withdrawal | Kind::Incursion),
        Vehicles => matches!(
            kind,
            Kind::Damage
                | Kind::Buildup
                | Kind::Deployment
                | Kind::Access
                | Kind::Withdrawal
                | Kind::Assistance
                | Kind::Incursion
        ),
        Aircraft => matches!(kind, Kind::Damage | Kind::Airstrike | Kind::Buildup | Kind::Assistance),
        Weapons => {
            matches!(kind, Kind::Damage | Kind::Buildup | Kind::Withdrawal | Kind::Assistance | Kind::Implementation)
        }
        Munitions => {
            matches!(kind, Kind::Shelling | Kind::Airstrike | Kind::Explosion | Kind::Gunfire | Kind::Implementation)
        }
        Violations => matches!(kind, Kind::Violation | Kind::Buildup | Kind::Incursion | Kind::Gunfire),
        Settlements => matches!(kind, Kind::Seizure | Kind::Damage | Kind::Withdrawal),
        AreaKm2 => kind == Kind::Seizure,
        DistanceKm => {
            matches!(kind, Kind::Incursion | Kind::Assault | Kind::Withdrawal | Kind::Access | Kind::Deployment)
                && draft.mode.value != Mode::Denied
        }
    }
}
