//! Every state with everything that can be seen in it, against the demands one by one.

use crate::domain::guard::{Fault, Phase, Reason, Seen, Temperature, is_closed, next};

fn phases() -> Vec<Phase> {
    let cut = Reason::ALL.into_iter().map(Phase::Cut);
    [Phase::Starting, Phase::Allowed].into_iter().chain(cut).collect()
}

/// Everything that can be seen: 3 × 5 × 16 combinations.
fn sights() -> Vec<Seen> {
    let mut all = Vec::new();
    for temperature in [Temperature::TooWarm, Temperature::Warm, Temperature::Cool] {
        for fault in Fault::ALL.into_iter().map(Some).chain([None]) {
            for bits in 0..16_u8 {
                let [settled, rested, overrun, asked] = [1, 2, 4, 8].map(|bit| bits & bit != 0);
                all.push(Seen { temperature, fault, settled, rested, overrun, asked });
            }
        }
    }
    all
}

/// What has to be true for heat to be possible, each line a demand.
fn demands(before: Phase, seen: Seen) -> Vec<(&'static str, bool)> {
    let was_allowed = before == Phase::Allowed;
    vec![
        ("no reading is at or above the limit", seen.temperature != Temperature::TooWarm),
        ("the thermometers can be believed", seen.fault.is_none()),
        ("it was not on for too long", !(was_allowed && seen.overrun)),
        ("enough good readings were seen, unless it is on already", was_allowed || seen.settled),
        ("the minimum time off is over, unless it is on already", was_allowed || seen.rested),
        (
            "it is cooler by the hysteresis, unless it is on already",
            was_allowed || seen.temperature == Temperature::Cool,
        ),
    ]
}

/// What it says when heat is not possible.
fn said(before: Phase, seen: Seen) -> Phase {
    if seen.temperature == Temperature::TooWarm {
        return Phase::Cut(Reason::TooWarm); // the most important reason
    }
    if before == Phase::Starting && matches!(seen.fault, None | Some(Fault::NoReading)) {
        return Phase::Starting; // until it has seen readings, it is not a fault
    }
    match (seen.fault, before) {
        (Some(fault), _) => Phase::Cut(Reason::Sensor(fault)),
        (None, Phase::Allowed) => Phase::Cut(Reason::OnTooLong),
        (None, cut) => cut, // it stays cut, for the reason that it was cut for
    }
}

#[test]
fn every_state_with_everything_seen_leads_where_the_demands_say() {
    let (mut tried, mut allowed) = (0, 0);
    for before in phases() {
        for seen in sights() {
            let after = next(before, seen);
            let demands = demands(before, seen);
            let possible = demands.iter().all(|(_, met)| *met);
            let expected = if possible { Phase::Allowed } else { said(before, seen) };
            assert_eq!(after, expected, "{before:?} {seen:?} {demands:?}");
            tried += 1;
            allowed += u32::from(possible);
        }
    }
    assert_eq!(tried, 8 * 3 * 5 * 16);
    assert!(allowed > 0 && allowed < tried / 10, "{allowed} of {tried}");
}

#[test]
fn the_relay_is_closed_only_where_heat_is_allowed_asked_for_and_rested() {
    for phase in phases() {
        for seen in sights() {
            for closed in [false, true] {
                let expected = phase == Phase::Allowed && seen.asked && (seen.rested || closed);
                assert_eq!(is_closed(phase, seen, closed), expected, "{phase:?} {seen:?} {closed}");
            }
        }
    }
}

/// Whatever happened, good circumstances lead back to heat.
#[test]
fn no_state_is_a_dead_end() {
    let good = Seen {
        temperature: Temperature::Cool,
        fault: None,
        settled: true,
        rested: true,
        overrun: false,
        asked: true,
    };
    for phase in phases() {
        let after = next(phase, good);
        assert!(is_closed(after, good, false), "{phase:?} is a dead end");
    }
}
