//! Which types of claims can tell of one happening, and how readily.

use crate::claim::{Class, Kind};
use Kind::{
    Access, Airstrike, Assault, Assistance, Buildup, Casualties, Clash, Damage, Delimitation, Deployment, Detention,
    Displacement, Exchange, Explosion, Gunfire, Implementation, Incursion, Mediation, Position, Seizure, Shelling,
    Talks, Threat, Truce, Verification, Violation, Withdrawal,
};

/// Different types that may tell of one happening: 1 as readily as one type twice, 0 and less only if all else
/// speaks for it.
/// Both orders are meant; what is not listed never meets.
const TABLE: &[(Kind, &[(Kind, f32)])] = &[
    (
        Violation,
        &[
            (Shelling, 0.7),
            (Gunfire, 0.7),
            (Clash, 0.5),
            (Airstrike, 0.6),
            (Assault, 0.6),
            (Explosion, 0.4),
            (Incursion, 0.4),
            (Seizure, 0.3),
            (Buildup, 0.2),
        ],
    ),
    (Clash, &[(Assault, 0.5), (Gunfire, 0.6), (Shelling, 0.4), (Seizure, 0.3), (Airstrike, 0.2)]),
    (Assault, &[(Seizure, 0.5), (Gunfire, 0.4), (Shelling, 0.3), (Airstrike, 0.3), (Incursion, 0.5), (Detention, 0.3)]),
    (Shelling, &[(Gunfire, 0.4), (Airstrike, 0.3), (Explosion, 0.4)]),
    (Incursion, &[(Seizure, 0.4), (Verification, 0.1)]),
    (
        Casualties,
        &[
            (Clash, 0.3),
            (Assault, 0.4),
            (Shelling, 0.5),
            (Gunfire, 0.5),
            (Airstrike, 0.5),
            (Explosion, 0.5),
            (Violation, 0.3),
            (Damage, 0.4),
            (Detention, 0.2),
            (Displacement, 0.1),
        ],
    ),
    (
        Damage,
        &[
            (Shelling, 0.5),
            (Airstrike, 0.5),
            (Assault, 0.3),
            (Explosion, 0.5),
            (Clash, 0.1),
            (Gunfire, 0.2),
            (Violation, 0.2),
        ],
    ),
    (Detention, &[(Exchange, 0.2), (Gunfire, 0.1), (Clash, 0.1)]),
    (Truce, &[(Violation, 0.2), (Implementation, 0.3), (Mediation, 0.5), (Clash, -0.2), (Talks, 0.1), (Access, 0.0)]),
    (Implementation, &[(Violation, 0.2), (Withdrawal, 0.2), (Exchange, 0.1), (Mediation, 0.2), (Access, 0.2)]),
    (Deployment, &[(Verification, 0.5), (Assistance, 0.4), (Buildup, 0.2)]),
    (Verification, &[(Violation, 0.1), (Implementation, 0.1)]),
    (Delimitation, &[(Mediation, 0.4), (Talks, 0.2)]),
    (Talks, &[(Mediation, 0.4), (Assistance, 0.2)]),
    (Assistance, &[(Buildup, 0.2), (Clash, 0.1)]),
    (Threat, &[(Assault, 0.1), (Clash, 0.1)]),
    (
        Position,
        &[(Incursion, 0.0), (Assistance, 0.0), (Talks, 0.0), (Delimitation, 0.0), (Threat, 0.1), (Violation, 0.0)],
    ),
];

/// How readily two types tell of one happening, 0 to 1; `None` where they never do.
pub(super) fn between(a: Kind, b: Kind) -> Option<f32> {
    match (a, b) {
        (Position, Position) => Some(-0.4),
        (a, b) if a == b => Some(1.0),
        (a, b) => listed(a, b).or_else(|| listed(b, a)),
    }
}

fn listed(a: Kind, b: Kind) -> Option<f32> {
    let (_, row) = TABLE.iter().find(|(kind, _)| *kind == a)?;
    row.iter().find(|(kind, _)| *kind == b).map(|(_, readily)| *readily)
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
    fn unlike_types_never_meet() {
        assert_eq!(between(Shelling, Talks), None);
        assert_eq!(between(Exchange, Airstrike), None);
    }

    #[test]
    fn the_order_does_not_matter() {
        for a in Kind::ALL {
            assert!(Kind::ALL.iter().all(|b| between(*a, *b) == between(*b, *a)), "{a}");
        }
    }
}
