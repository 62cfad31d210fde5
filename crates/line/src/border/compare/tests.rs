use proptest::prelude::*;

use super::*;

fn line(positions: &[(f64, f64)]) -> Vec<Coord> {
    positions.iter().map(|&(x, y)| Coord { x, y }).collect()
}

fn proposal(positions: &[(f64, f64)]) -> Proposal {
    Proposal { course: Course::new(&line(positions)).unwrap(), enclaves: Vec::new() }
}

fn sides(found: &Comparison) -> Vec<Side> {
    found.changes.iter().map(|c| c.from).collect()
}

/// What is won and lost, less each other, is what the closed way goes round.
fn balance(first: &Proposal, second: &Proposal, found: &Comparison) {
    let (second, _) = aligned(first, second);
    let way: Vec<Coord> =
        first.course.vertices().iter().chain(second.course.vertices().iter().rev()).copied().collect();
    let (net, sum) = (
        found.lost_by(Side::Left) - found.lost_by(Side::Right),
        found.lost_by(Side::Left) + found.lost_by(Side::Right),
    );
    let off = (net - earth::area(&way)).abs();
    assert!(off <= 1e-9 * sum.max(1e6), "off by {off} of {sum}");
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let straight = proposal(&[(10.0, 45.0), (10.0, 46.0)]);
    let apart = compare(&straight, &proposal(&[(10.0, 45.0), (10.1, 46.0)]), 100.0).unwrap_err();
    assert!(matches!(apart, Incomparable::EndsApart { start_m: 0.0, end_m } if end_m > 7_000.0), "{apart}");
    let ring = line(&[(80.0, 45.0), (81.0, 45.0), (81.0, 46.0)]);
    let far = Proposal { enclaves: vec![Enclave { holder: Side::Left, ring }], ..straight.clone() };
    assert_eq!(compare(&far, &straight, 1.0).unwrap_err(), Incomparable::TooFar);
    let ring = line(&[(9.9, 45.4), (10.1, 45.4), (10.1, 45.6), (9.9, 45.6)]);
    let crossed = Proposal { enclaves: vec![Enclave { holder: Side::Left, ring }], ..straight.clone() };
    assert_eq!(compare(&crossed, &straight, 1.0).unwrap_err(), Incomparable::EnclaveMeetsLine(1, "first"));
    let ring = line(&[(9.8, 45.4), (9.9, 45.4), (9.9, 45.6), (9.8, 45.6)]);
    let at_home = Proposal { enclaves: vec![Enclave { holder: Side::Left, ring: ring.clone() }], ..straight.clone() };
    assert_eq!(compare(&straight, &at_home, 1.0).unwrap_err(), Incomparable::EnclaveAtHome(1, "second"));
    let bow = Proposal { enclaves: vec![Enclave { holder: Side::Left, ring: ring[..2].to_vec() }], ..straight.clone() };
    assert!(matches!(compare(&bow, &straight, 1.0).unwrap_err(), Incomparable::EnclaveUnfit(1, Unfit::TooShort(2))));
}

#[test]
fn lines_that_wind_round_each_other_are_refused() {
    let first = proposal(&[(0.0, 0.0), (0.0, 1.0)]);
    let spiral = [
        (0.0, 0.0),
        (1.0, 1.0),
        (0.0, 2.0),
        (-0.8, 1.0),
        (0.01, 0.3),
        (0.6, 1.0),
        (0.0, 1.6),
        (-0.4, 1.0),
        (0.01, 0.7),
        (0.2, 1.0),
        (0.0, 1.0),
    ];
    assert_eq!(compare(&first, &proposal(&spiral), 1.0).unwrap_err(), Incomparable::Winds);
}

#[test]
fn the_same_line_changes_nothing() {
    let first = proposal(&[(10.0, 45.0), (10.1, 45.5), (10.0, 46.0)]);
    let with_more_vertices = {
        let track = Track::new(first.course.vertices());
        let more: Vec<Coord> = track.between(0.0, track.length()).into_iter().chain([]).collect();
        let mut all = vec![more[0], track.at(20_000.0).unwrap()];
        all.extend(&more[1..]);
        Proposal { course: Course::new(&all).unwrap(), enclaves: Vec::new() }
    };
    for other in [&first, &with_more_vertices] {
        let found = compare(&first, other, 1.0).unwrap();
        assert!(found.changes.is_empty(), "{:?}", found.changes);
        assert!(found.deviation.unwrap().max_m < 1e-2);
    }
}

#[test]
fn one_side_then_the_other() {
    let first = proposal(&[(10.0, 45.0), (10.0, 46.0)]);
    let second = proposal(&[(10.0, 45.0), (10.1, 45.25), (9.9, 45.75), (10.0, 46.0)]);
    let found = compare(&first, &second, 1.0).unwrap();
    assert_eq!(sides(&found), [Side::Right, Side::Left], "the second runs on the right first");
    balance(&first, &second, &found);
    let back = compare(&second, &first, 1.0).unwrap();
    assert_eq!(sides(&back), [Side::Left, Side::Right]);
    assert!((back.lost_by(Side::Left) - found.lost_by(Side::Right)).abs() < 1e-3);
}

#[test]
fn drawn_from_the_other_end() {
    let first = proposal(&[(10.0, 45.0), (10.0, 46.0)]);
    let second = proposal(&[(10.0, 46.0), (10.2, 45.5), (10.0, 45.0)]);
    let found = compare(&first, &second, 1.0).unwrap();
    assert!(found.turned);
    assert_eq!(sides(&found), [Side::Right]);
    balance(&first, &second, &found);
}

#[test]
fn lines_that_touch_and_run_together() {
    let first = proposal(&[(10.0, 45.0), (10.0, 45.4), (10.0, 45.6), (10.0, 46.0)]);
    let touching = proposal(&[(10.0, 45.0), (10.1, 45.2), (10.0, 45.4), (10.0, 45.6), (10.1, 45.8), (10.0, 46.0)]);
    let found = compare(&first, &touching, 1.0).unwrap();
    assert_eq!(sides(&found), [Side::Right, Side::Right]);
    balance(&first, &touching, &found);
    let together = found.deviation.unwrap().together_m;
    assert!((together - 22_220.0).abs() < 200.0, "{together}");
}

#[test]
fn over_the_antimeridian_and_in_the_far_north() {
    let first = proposal(&[(179.9, 70.0), (-179.9, 70.5), (179.8, 71.0)]);
    let second = proposal(&[(179.9, 70.0), (179.5, 70.4), (-179.5, 70.6), (179.8, 71.0)]);
    let found = compare(&first, &second, 1.0).unwrap();
    assert_eq!(sides(&found), [Side::Left, Side::Right]);
    balance(&first, &second, &found);
    let shifted: Vec<(f64, f64)> = [(179.9, 70.0), (180.1, 70.5), (179.8, 71.0)].to_vec();
    let shifted = compare(&proposal(&shifted), &second, 1.0).unwrap();
    assert!((shifted.first_m - found.first_m).abs() < 1e-6, "180.1 is -179.9");
}

#[test]
fn ends_that_lie_apart_are_joined_where_asked() {
    let first = proposal(&[(10.0, 45.0), (10.0, 46.0)]);
    let second = proposal(&[(10.001, 45.0), (10.001, 46.0)]);
    assert!(compare(&first, &second, 10.0).is_err());
    let found = compare(&first, &second, 100.0).unwrap();
    assert_eq!(sides(&found), [Side::Right]);
    balance(&first, &second, &found);
}

#[test]
fn enclaves_come_and_go() {
    let ring = line(&[(10.2, 45.4), (10.3, 45.4), (10.3, 45.6), (10.2, 45.6)]);
    let plain = proposal(&[(10.0, 45.0), (10.0, 46.0)]);
    let holds = Proposal { enclaves: vec![Enclave { holder: Side::Left, ring: ring.clone() }], ..plain.clone() };
    let closed: Vec<Coord> = ring.iter().chain(&ring[..1]).copied().collect();
    let near = |a: f64, b: f64| (a - b).abs() < 1e-3;
    let gone = compare(&holds, &plain, 1.0).unwrap();
    assert!(near(gone.lost_by(Side::Left), earth::area(&closed)) && gone.lost_by(Side::Right) == 0.0);
    let made = compare(&plain, &holds, 1.0).unwrap();
    assert!(near(made.lost_by(Side::Right), earth::area(&closed)) && made.lost_by(Side::Left) == 0.0);
    assert!(compare(&holds, &holds, 1.0).unwrap().changes.is_empty());
    let round_it = proposal(&[(10.0, 45.0), (10.4, 45.3), (10.4, 45.7), (10.0, 46.0)]);
    let joined = compare(&holds, &round_it, 1.0).unwrap();
    let whole = compare(&plain, &round_it, 1.0).unwrap();
    assert!(near(joined.lost_by(Side::Right), whole.lost_by(Side::Right) - earth::area(&closed)), "was ours before");
    assert_eq!(joined.changes.iter().map(|c| c.rings.len()).max(), Some(2), "with a hole");
}

/// Lines from one end to the other whose vertices are ahead of each other, and may lie as far aside as they like.
fn square(west: f64, south: f64, side: f64) -> Vec<Coord> {
    line(&[(west, south), (west + side, south), (west + side, south + side), (west, south + side)])
}

#[test]
fn enclaves_that_meet_are_refused() {
    let with = |rings: &[Vec<Coord>]| {
        let enclaves = rings.iter().map(|r| Enclave { holder: Side::Left, ring: r.clone() }).collect();
        check(&Proposal { enclaves, ..proposal(&[(10.0, 45.0), (10.0, 46.0)]) })
    };
    let apart = [square(10.2, 45.2, 0.1), square(10.4, 45.2, 0.1)];
    assert_eq!(with(&apart), Ok(()));
    let refused = Err(Incomparable::EnclavesMeet(1, 2, "first"));
    assert_eq!(with(&[square(10.2, 45.2, 0.1), square(10.25, 45.25, 0.1)]), refused, "they cross");
    assert_eq!(with(&[square(10.2, 45.2, 0.1), square(10.22, 45.22, 0.02)]), refused, "one in the other");
    assert_eq!(with(&[square(10.2, 45.2, 0.1), square(10.2 + 0.1, 45.2, 0.1)]), refused, "they touch");
}

#[test]
fn an_enclave_over_the_antimeridian() {
    let there = proposal(&[(179.5, 45.0), (179.5, 46.0)]);
    let enclave = |west: f64| Enclave { holder: Side::Left, ring: square(west, 45.4, 0.2) };
    let with = |west: f64| Proposal { enclaves: vec![enclave(west)], ..there.clone() };
    let found = compare(&there, &with(179.9), 100.0).unwrap();
    assert_eq!(sides(&found), [Side::Right], "land of the right passes to the left");
    let elsewhere = compare(
        &proposal(&[(10.0, 45.0), (10.0, 46.0)]),
        &Proposal { enclaves: vec![enclave(10.4)], ..proposal(&[(10.0, 45.0), (10.0, 46.0)]) },
        100.0,
    )
    .unwrap();
    let off = found.changes[0].area_m2 - elsewhere.changes[0].area_m2;
    assert!(off.abs() < 1.0, "as large as anywhere on its parallel: {off}");
    let across =
        Proposal { enclaves: vec![Enclave { holder: Side::Left, ring: square(-180.1, 45.4, 0.2) }], ..there.clone() };
    assert_eq!(compare(&there, &across, 100.0).unwrap().changes.len(), 1, "written from the other side");
}

fn zigzag() -> impl Strategy<Value = Proposal> {
    prop::collection::vec(-0.3..0.3f64, 1..12).prop_map(|aside| {
        let step = 1.0 / (aside.len() + 1) as f64;
        let inner = (1..).zip(&aside).map(|(i, x)| (10.0 + x, 45.0 + step * f64::from(i)));
        proposal(&[(10.0, 45.0)].into_iter().chain(inner).chain([(10.0, 46.0)]).collect::<Vec<_>>())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn neither_order_nor_direction_makes_a_difference(first in zigzag(), second in zigzag()) {
        let turned = |p: &Proposal| Proposal { course: p.course.reversed(), enclaves: Vec::new() };
        let near = |a: f64, b: f64| (a - b).abs() < 1.0;
        let found = compare(&first, &second, 1.0).unwrap();
        balance(&first, &second, &found);
        let back = compare(&second, &first, 1.0).unwrap();
        let upside_down = compare(&turned(&first), &second, 1.0).unwrap();
        prop_assert!(upside_down.turned);
        for side in [Side::Left, Side::Right] {
            prop_assert!(near(found.lost_by(side), back.lost_by(side.other())), "what one loses the other wins");
            prop_assert!(near(found.lost_by(side), upside_down.lost_by(side.other())), "left is right the other way about");
        }
    }
}
