//! Single cases: the values of bad thermometers, lies, the clock, the ranges of the limits.

use crate::domain::guard::{
    BOUNDS, Fault, Guard, Limits, Output, Phase, Reading, Readings, Reason, Verdict,
};

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;

fn guard(thermometers: usize) -> Guard {
    Guard::new(Limits::DEFAULT, thermometers).unwrap()
}

/// Lets seconds pass, with the value of the only thermometer at each of them.
fn run(
    guard: &mut Guard,
    from: u64,
    seconds: u64,
    mut value: impl FnMut(u64) -> Option<i32>,
) -> (u64, Output) {
    let mut latest: Readings = [None; 4];
    let mut output = None;
    for second in 1..=seconds {
        let now = from + second * SECOND;
        if let Some(value) = value(second) {
            latest[0] = Some(Reading { value, at: now });
        }
        output = Some(guard.step(now, &latest, true));
    }
    (from + seconds * SECOND, output.unwrap())
}

/// A real thermometer's last bits move.
fn wobble(value: i32) -> impl FnMut(u64) -> Option<i32> {
    move |second| Some(value + if second % 7 < 3 { 62 } else { 0 })
}

/// Heats at 20 °C.
fn heating(guard: &mut Guard) -> u64 {
    let (now, output) = run(guard, 0, 200, wobble(20_000));
    assert!(output.relay, "{output:?}");
    now
}

#[test]
fn at_the_start_it_is_cut_for_the_minimum_time_and_until_readings_were_good_for_long_enough() {
    let mut it = guard(1);
    let (now, output) = run(&mut it, 0, 180, wobble(20_000));
    assert_eq!((output.relay, output.phase), (false, Phase::Starting));
    let (_, output) = run(&mut it, now, 1, wobble(20_000));
    assert_eq!((output.relay, output.phase), (true, Phase::Allowed));
    // Without a thermometer, the time passes in vain.
    let mut it = guard(1);
    let (now, output) = run(&mut it, 0, 500, |_| None);
    assert_eq!((output.relay, output.phase), (false, Phase::Starting));
    assert_eq!(output.verdicts[0], Verdict::Silent);
    let (now, output) = run(&mut it, now, 30, wobble(20_000));
    assert!(!output.relay);
    assert!(run(&mut it, now, 1, wobble(20_000)).1.relay);
}

#[test]
fn at_the_limit_it_cuts_within_one_step_and_allows_again_only_below_the_hysteresis() {
    let mut it = guard(1);
    let mut now = heating(&mut it);
    let mut value = 20_000;
    while value < 26_990 {
        value += 30;
        let output;
        (now, output) = run(&mut it, now, 1, |_| Some(value));
        assert!(output.relay, "at {value}: {output:?}");
    }
    let (mut now, output) = run(&mut it, now, 1, |_| Some(27_000));
    assert_eq!((output.relay, output.phase), (false, Phase::Cut(Reason::TooWarm)));
    while value > 25_010 {
        value -= 10;
        let output;
        (now, output) = run(&mut it, now, 1, |_| Some(value));
        assert_eq!(output.phase, Phase::Cut(Reason::TooWarm), "at {value}");
    }
    let (_, output) = run(&mut it, now, 1, |_| Some(25_000));
    assert!(output.relay, "{output:?}");
}

#[test]
fn what_no_thermometer_can_have_measured_is_not_believed() {
    for odd in [85_000, -127_000, 127_937, i32::MAX, i32::MIN] {
        let mut it = guard(1);
        let now = heating(&mut it);
        let (_, output) = run(&mut it, now, 1, |_| Some(odd));
        assert_eq!(output.phase, Phase::Cut(Reason::Sensor(Fault::NoReading)), "{odd}");
        assert_eq!(output.verdicts[0], Verdict::Implausible);
        assert!(!output.relay);
    }
}

#[test]
fn a_thermometer_that_stops_cuts_within_the_time_that_a_reading_counts() {
    let mut it = guard(1);
    let now = heating(&mut it);
    let latest = [Some(Reading { value: 20_000, at: now }), None, None, None];
    let fresh = Limits::DEFAULT.fresh;
    assert!(it.step(now + fresh, &latest, true).relay);
    let output = it.step(now + fresh + SECOND, &latest, true);
    assert_eq!(output.phase, Phase::Cut(Reason::Sensor(Fault::NoReading)));
    assert!(!output.relay);
}

#[test]
fn a_frozen_value_is_not_believed_until_it_moves() {
    let mut it = guard(1);
    let now = heating(&mut it);
    let (now, output) = run(&mut it, now, 30 * 60, |_| Some(20_500));
    assert!(output.relay);
    let (now, output) = run(&mut it, now, 1, |_| Some(20_500));
    assert_eq!(output.phase, Phase::Cut(Reason::Sensor(Fault::Frozen)));
    let (now, output) = run(&mut it, now, 3_600, |_| Some(20_500));
    assert!(!output.relay);
    let (_, output) = run(&mut it, now, 40, wobble(20_500));
    assert!(output.relay, "{output:?}");
}

/// Both ways: down, to be heated without end, and up.
#[test]
fn a_lie_of_three_degrees_a_minute_is_believed_for_a_minute_and_a_half_at_most() {
    for slope in [-3_000, 3_000] {
        let mut it = guard(1);
        let now = heating(&mut it);
        let lie = |second: u64| Some(20_000 + slope * i32::try_from(second).unwrap() / 60);
        let (now, output) = run(&mut it, now, 91, lie);
        assert_eq!(output.phase, Phase::Cut(Reason::Sensor(Fault::TooFast)), "{slope}");
        if slope < 0 {
            let (_, output) = run(&mut it, now, 600, |second| lie(second + 91));
            assert!(!output.relay, "and it stays so");
        }
    }
}

/// Nor does any configuration allow it.
#[test]
fn the_ranges_leave_no_room_for_that_lie() {
    let most = |name| BOUNDS.iter().find(|it| it.name == name).unwrap().most;
    assert!(most("slope") + most("noise") < 3_000);
    assert_eq!(most("limit"), 35_000);
}

#[test]
fn a_jump_is_believed_once_a_room_could_have_come_there() {
    let mut it = guard(1);
    let now = heating(&mut it);
    let (now, output) = run(&mut it, now, 5, wobble(10_000));
    assert_eq!(output.phase, Phase::Cut(Reason::Sensor(Fault::TooFast)));
    let (now, output) = run(&mut it, now, 4 * 60, wobble(10_000));
    assert!(!output.relay, "{output:?}");
    let (_, output) = run(&mut it, now, 90, wobble(10_000));
    assert!(output.relay, "{output:?}");
}

#[test]
fn thermometers_have_to_agree_and_a_warm_one_counts() {
    let step = |it: &mut Guard, now: u64, values: [Option<i32>; 2]| {
        let reading = |value: Option<i32>| {
            value.map(|value| Reading { value: value + (now / SECOND % 2 * 60) as i32, at: now })
        };
        it.step(now, &[reading(values[0]), reading(values[1]), None, None], true)
    };
    let cases = [
        ([Some(20_000), Some(24_000)], Some(Reason::Sensor(Fault::Disagree))),
        ([Some(26_000), Some(28_000)], Some(Reason::TooWarm)),
        ([Some(10_000), Some(70_000)], Some(Reason::TooWarm)),
        ([Some(20_000), Some(85_000)], None),
        ([Some(20_000), None], None),
        ([None, None], None),
    ];
    for (values, reason) in cases {
        let mut it = guard(2);
        let mut output = None;
        for second in 1..300 {
            output = Some(step(&mut it, second * SECOND, values));
        }
        let output = output.unwrap();
        assert_eq!(output.phase.reason(), reason, "{values:?}");
        let heats = reason.is_none() && values[0].is_some();
        assert_eq!(output.relay, heats, "{values:?}");
    }
}

#[test]
fn after_the_maximum_time_on_it_rests_for_the_minimum_time() {
    let limits = Limits { most_on: 10 * MINUTE, ..Limits::DEFAULT };
    let mut it = Guard::new(limits, 1).unwrap();
    let now = heating(&mut it);
    // It closed in the 180th of 200 seconds.
    let (now, output) = run(&mut it, now, 580, wobble(20_000));
    assert!(output.relay);
    let (now, output) = run(&mut it, now, 1, wobble(20_000));
    assert_eq!((output.relay, output.phase.reason()), (false, Some(Reason::OnTooLong)));
    let (now, output) = run(&mut it, now, 179, wobble(20_000));
    assert!(!output.relay);
    assert!(run(&mut it, now, 1, wobble(20_000)).1.relay);
}

#[test]
fn a_few_readings_are_not_enough_however_much_time_passes() {
    let limits = Limits { fresh: 30 * SECOND, settle: 10 * SECOND, ..Limits::DEFAULT };
    let mut it = Guard::new(limits, 1).unwrap();
    let slow = |second: u64| second.is_multiple_of(20).then_some(20_000 + second as i32 % 3 * 62);
    let (now, _) = run(&mut it, 0, 179, |_| None);
    let (now, output) = run(&mut it, now, 99, slow);
    assert_eq!((output.relay, output.phase), (false, Phase::Starting), "the fourth is lately");
    assert!(run(&mut it, now, 1, |_| Some(20_062)).1.relay);
}

/// A thermostat that is turned on and off does not wear the furnace out.
#[test]
fn the_minimum_time_off_counts_also_when_the_thermostat_opened_the_relay() {
    let mut it = guard(1);
    let now = heating(&mut it);
    let at = |now| [Some(Reading { value: 20_000, at: now }), None, None, None];
    assert!(!it.step(now + SECOND, &at(now + SECOND), false).relay);
    for second in 2..181 {
        let now = now + second * SECOND;
        assert!(!it.step(now, &at(now), true).relay, "after {second}");
    }
    assert!(it.step(now + 181 * SECOND, &at(now + 181 * SECOND), true).relay);
}

#[test]
fn time_that_goes_back_is_a_start() {
    let mut it = guard(1);
    let now = heating(&mut it);
    let latest = [Some(Reading { value: 20_000, at: now }), None, None, None];
    let output = it.step(now - 1, &latest, true);
    assert_eq!((output.relay, output.phase), (false, Phase::Starting));
    assert_eq!(output.verdicts[0], Verdict::Silent, "a reading from the future is none");
}

#[test]
fn no_number_makes_it_panic() {
    for now in [0, 1, u64::MAX - 1, u64::MAX] {
        for value in [i32::MIN, -1, 0, 26_999, i32::MAX] {
            let mut it = guard(1);
            for at in [0, now, u64::MAX] {
                let latest = [Some(Reading { value, at }), None, None, None];
                assert!(!it.step(now, &latest, true).relay);
            }
        }
    }
}

#[test]
fn limits_outside_of_their_ranges_make_no_guard() {
    let refused = |change: fn(&mut Limits)| {
        let mut limits = Limits::DEFAULT;
        change(&mut limits);
        Guard::new(limits, 4).unwrap_err().name
    };
    assert_eq!(refused(|it| it.limit = 35_001), "limit");
    assert_eq!(refused(|it| it.limit = -1), "limit");
    assert_eq!(refused(|it| it.hysteresis = 499), "hysteresis");
    assert_eq!(refused(|it| it.tolerance = i32::MIN), "tolerance");
    assert_eq!(refused(|it| it.quorum = 0), "quorum");
    assert_eq!(refused(|it| it.fresh = 30_001), "fresh");
    assert_eq!(refused(|it| it.slope = 2_001), "slope");
    assert_eq!(refused(|it| it.noise = 0), "noise");
    assert_eq!(refused(|it| it.frozen = u64::MAX), "frozen");
    assert_eq!(refused(|it| it.settle = 0), "settle");
    assert_eq!(refused(|it| it.least_off = 59_999), "least_off");
    assert_eq!(refused(|it| it.most_on = 0), "most_on");
    assert_eq!(Guard::new(Limits::DEFAULT, 0).unwrap_err().name, "thermometers");
    assert_eq!(Guard::new(Limits::DEFAULT, 5).unwrap_err().name, "thermometers");
    assert!(Guard::new(Limits { limit: 35_000, ..Limits::DEFAULT }, 4).is_ok());
}
