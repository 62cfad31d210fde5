//! What people decided about the grouping, which the evidence does not overrule.

/// A decision about which claims tell of one happening. Claims that are not on record are passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// The incidents that hold these claims are one.
    Together(Vec<String>),
    /// These claims tell of one incident, and the rest of their incidents do not.
    Apart(Vec<String>),
}

/// Applies rulings in their order to groups of claims. Every claim stays in exactly one group.
pub(super) fn apply(groups: &mut Vec<Vec<&str>>, rulings: &[Ruling]) {
    for ruling in rulings {
        let (Ruling::Together(ids) | Ruling::Apart(ids)) = ruling;
        let named = |id: &&str| ids.iter().any(|named| named == id);
        let takes = |group: &Vec<&str>| matches!(ruling, Ruling::Together(_)) && group.iter().any(named);
        let mut one = Vec::new();
        for group in groups.iter_mut() {
            let whole = takes(group);
            one.extend(group.extract_if(.., |id| whole || named(id)));
        }
        groups.push(one);
        groups.retain(|g| !g.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Tale, Told};
    use super::super::{Incident, gather_with};
    use super::*;

    fn tale() -> Tale {
        let mut tale = Tale::new();
        for (document, day) in [("a", "2031-03-07"), ("b", "2031-03-07"), ("c", "2031-03-02")] {
            tale.tell(
                Told::new(document, "2031-03-08", &format!("Vesk shelled Hollin on {day}, says {document}"))
                    .by("orlava")
                    .shelling("vesk", "orlava", day)
                    .at("Hollin"),
            );
        }
        tale
    }

    fn sizes(incidents: &[Incident]) -> Vec<usize> {
        let mut sizes: Vec<usize> = incidents.iter().map(|i| i.members.len()).collect();
        sizes.sort_unstable();
        sizes
    }

    #[test]
    fn claims_that_are_not_there_change_nothing() {
        let tale = tale();
        let rulings = [Ruling::Together(vec!["x".to_owned()]), Ruling::Apart(vec!["y".to_owned()])];
        assert_eq!(gather_with(&tale.record(), &rulings), tale.gather());
        assert_eq!(sizes(&tale.gather()), [1, 2]);
    }

    #[test]
    fn incidents_are_merged_and_split() {
        let tale = tale();
        let ids: Vec<String> = tale.record().claims().iter().map(|c| c.id.clone()).collect();
        assert_eq!(sizes(&gather_with(&tale.record(), &[Ruling::Together(ids.clone())])), [3]);
        let apart = [Ruling::Apart(ids.iter().take(1).cloned().collect())];
        assert_eq!(sizes(&gather_with(&tale.record(), &apart)), [1, 1, 1]);
    }
}
