//! The codebook's closed lists: types, modes, aspects.

macro_rules! closed {
    ($(#[$doc:meta])* $name:ident: $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All values, in the codebook's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The codebook's word for it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value that a codebook word stands for.
            #[must_use]
            pub fn parse(text: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|v| v.as_str() == text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

closed! {
    /// What kind of event, act or state a claim is about.
    Kind:
    /// Two-sided fighting.
    Clash = "clash",
    /// Artillery, mortar, tank, rocket or missile fire.
    Shelling = "shelling",
    /// Small-arms, machine-gun or sniper fire.
    Gunfire = "gunfire",
    /// Strikes by aircraft or drone; shooting one down.
    Airstrike = "airstrike",
    /// One side's ground attack.
    Assault = "assault",
    /// Troops across a line, fighting not being the point.
    Incursion = "incursion",
    /// Territory taken, held, retaken or lost.
    Seizure = "seizure",
    /// Mines and unexploded ordnance.
    Explosion = "explosion",
    /// Mobilisation, massing, arming.
    Buildup = "buildup",
    /// A ceasefire broken, kind not said.
    Violation = "violation",
    /// People killed, wounded, missing.
    Casualties = "casualties",
    /// People captured or held.
    Detention = "detention",
    /// Things hit.
    Damage = "damage",
    /// Flight, evacuation, return.
    Displacement = "displacement",
    /// A ceasefire or peace made, holding, collapsing, sought.
    Truce = "truce",
    /// Terms carried out or not, in general.
    Implementation = "implementation",
    /// Troops or weapons leaving.
    Withdrawal = "withdrawal",
    /// Observers, peacekeepers, border guards sent or stationed.
    Deployment = "deployment",
    /// Investigating, monitoring, inspecting.
    Verification = "verification",
    /// Prisoners, hostages, bodies, maps handed over.
    Exchange = "exchange",
    /// Delimiting or demarcating a border.
    Delimitation = "delimitation",
    /// Roads, corridors, supplies opened, blocked, controlled.
    Access = "access",
    /// Negotiations, meetings, calls.
    Talks = "talks",
    /// Good offices of a third party.
    Mediation = "mediation",
    /// Help to a side.
    Assistance = "assistance",
    /// A threat or stated right to use force.
    Threat = "threat",
    /// A stated stand that is none of the above.
    Position = "position",
}

closed! {
    /// How a speaker relates an event to reality.
    Mode:
    /// It happened, happens or holds.
    Asserted = "asserted",
    /// It did not happen, or was promised and not done.
    Denied = "denied",
    /// The actor will or intends to do it.
    Planned = "planned",
    /// The speaker asks or offers it.
    CalledFor = "called_for",
    /// The speaker is against it or refuses it.
    Rejected = "rejected",
    /// It stands under an if, or is a risk or possibility.
    Conditional = "conditional",
}

closed! {
    /// Whether a state starts or stops.
    Aspect:
    /// It starts.
    Begun = "begun",
    /// It stops.
    Ended = "ended",
}

/// The codebook's classes of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Fighting and what prepares it.
    Hostilities,
    /// What it does to people and things.
    Harm,
    /// The ceasefire itself.
    Truce,
    /// Carrying an agreement out.
    CarryingOut,
    /// Talks, offers, stands.
    Diplomacy,
}

impl Kind {
    /// The class that the codebook puts it in.
    #[must_use]
    pub fn class(self) -> Class {
        match self as usize {
            i if i <= Kind::Violation as usize => Class::Hostilities,
            i if i <= Kind::Displacement as usize => Class::Harm,
            i if i <= Kind::Truce as usize => Class::Truce,
            i if i <= Kind::Access as usize => Class::CarryingOut,
            _ => Class::Diplomacy,
        }
    }

    /// Whether all who take part are actors and nobody is a target.
    #[must_use]
    pub fn is_two_sided(self) -> bool {
        matches!(self, Kind::Clash | Kind::Truce | Kind::Talks | Kind::Exchange | Kind::Delimitation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        assert!(Kind::ALL.iter().all(|k| Kind::parse(k.as_str()) == Some(*k)));
        assert_eq!(Mode::parse("maybe"), None);
    }

    #[test]
    fn classes_follow_the_codebook() {
        assert_eq!(Kind::Buildup.class(), Class::Hostilities);
        assert_eq!(Kind::Detention.class(), Class::Harm);
        assert_eq!(Kind::Access.class(), Class::CarryingOut);
        assert_eq!(Kind::Talks.class(), Class::Diplomacy);
    }
}
