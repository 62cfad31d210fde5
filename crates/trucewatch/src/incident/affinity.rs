//! How two types of claims stand to each other when both may tell of one happening.

use crate::claim::{Class, Kind};
use Kind::{
    Access, Airstrike, Assault, Assistance, Buildup, Casualties, Clash, Damage, Delimitation, Deployment, Detention,
    Displacement, Exchange, Explosion, Gunfire, Implementation, Incursion, Mediation, Position, Seizure, Shelling,
    Talks, Threat, Truce, Verification, Violation, Withdrawal,
};

/// How two types stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// One type.
    Same,
    /// Two stands.
    Stands,
    /// Two kinds of fire, or fire and the fighting that it is part of.
    Fire,
    /// A breach whose kind is not said, and one whose kind is.
    Vague,
    /// Two kinds of moves on the ground.
    Ground,
    /// An act and the harm that it did, or two kinds of harm.
    Harm,
    /// A truce and its making, keeping or breach.
    Truce,
    /// Two kinds of dealings.
    Dealings,
    /// Troops that come, stay and go.
    Troops,
    /// Help, and what it is for.
    Help,
    /// A stand, and what it is on.
    Stand,
    /// A threat, and what is threatened.
    Warning,
    /// Access, and what it is part of.
    Aid,
    /// None of these.
    Apart,
}

const FIRE: &[Kind] = &[Clash, Shelling, Gunfire, Airstrike, Assault, Violation, Explosion];
const GROUND: &[Kind] = &[Clash, Assault, Incursion, Seizure];

/// Relations of unlike types: those of the first list with those of the second, in either order; the first row
/// that fits counts.
const TABLE: &[(Relation, &[Kind], &[Kind])] = &[
    (Relation::Vague, &[Violation], &[Incursion, Seizure, Buildup]),
    (Relation::Vague, &[Violation], FIRE),
    (Relation::Ground, GROUND, GROUND),
    (Relation::Fire, FIRE, FIRE),
    (Relation::Harm, FIRE, &[Casualties, Damage]),
    (Relation::Harm, &[Casualties], &[Damage, Detention, Displacement]),
    (Relation::Harm, &[Damage], &[Displacement]),
    (Relation::Harm, &[Assault], &[Detention]),
    (Relation::Truce, &[Truce], &[Mediation, Implementation, Violation, Clash]),
    (Relation::Truce, &[Implementation], &[Violation, Mediation]),
    (Relation::Dealings, &[Talks], &[Mediation, Truce, Delimitation, Position, Implementation]),
    (Relation::Dealings, &[Delimitation], &[Mediation]),
    (Relation::Troops, &[Deployment], &[Withdrawal, Buildup, Assistance, Verification, Seizure, Incursion]),
    (Relation::Troops, &[Withdrawal], &[Incursion, Seizure, Buildup, Implementation]),
    (Relation::Troops, &[Buildup], &[Incursion, Assistance]),
    (Relation::Help, &[Assistance], &[Clash, Position, Airstrike]),
    (
        Relation::Stand,
        &[Position],
        &[Truce, Incursion, Delimitation, Threat, Violation, Airstrike, Implementation, Access, Assault, Casualties],
    ),
    (Relation::Warning, &[Threat], &[Assault, Clash, Gunfire, Shelling, Truce, Buildup, Verification, Violation]),
    (Relation::Aid, &[Access], &[Truce, Implementation, Verification, Displacement, Talks, Assistance, Exchange]),
];

/// How two types stand to each other; the order does not matter.
pub(super) fn between(a: Kind, b: Kind) -> Relation {
    let holds = |x: Kind, y: Kind, (_, p, q): &(Relation, &[Kind], &[Kind])| p.contains(&x) && q.contains(&y);
    match (a, b) {
        (Position, Position) => Relation::Stands,
        (a, b) if a == b => Relation::Same,
        (a, b) => TABLE
            .iter()
            .find(|row| holds(a, b, row) || holds(b, a, row))
            .map_or(Relation::Apart, |(relation, ..)| *relation),
    }
}

/// Whether a claim of one type can answer one of another: deny a shelling that is called a breach.
pub(super) fn answers(a: Kind, b: Kind) -> bool {
    matches!(between(a, b), Relation::Same | Relation::Fire | Relation::Vague | Relation::Ground | Relation::Harm)
}

/// Whether a type is a happening at a time and place, rather than a step, a state or a stand.
pub(super) fn is_local(kind: Kind) -> bool {
    matches!(kind.class(), Class::Hostilities | Class::Harm)
}

/// Whether one claim of the type by one party about another is an accusation.
pub(super) fn is_hostile(kind: Kind) -> bool {
    is_local(kind) && kind != Displacement || kind == Threat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unlike_types_stand_apart() {
        assert_eq!(between(Shelling, Talks), Relation::Apart);
        assert_eq!(between(Exchange, Airstrike), Relation::Apart);
        assert!(!answers(Truce, Talks));
    }

    #[test]
    fn the_order_does_not_matter() {
        for a in Kind::ALL {
            assert!(Kind::ALL.iter().all(|b| between(*a, *b) == between(*b, *a)), "{a}");
        }
    }

    #[test]
    fn a_breach_and_its_kind() {
        assert_eq!(between(Violation, Shelling), Relation::Vague);
        assert_eq!(between(Assault, Seizure), Relation::Ground);
        assert!(answers(Violation, Shelling));
    }
}
