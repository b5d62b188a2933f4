//! The whole space, played by seeds: what must never happen does not, and what is broken on purpose is found.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{env, thread};

use space::simulation::{Fault, Hand, Plan, Script, Step, Trouble, play, shrink};

/// How many seeds are played; `SPACE_SEEDS` sets another number, as `just simulate` does.
const SEEDS: u64 = 50;

fn plan(seed: u64, days: u32) -> Plan {
    let doors = usize::try_from(1 + seed % 3).unwrap();
    Plan { seed, days, doors, troubles: Trouble::ALL.into() }
}

/// Plays a seed; returns what must not happen, with the shortest script that leads to it.
fn fails(seed: u64, days: u32) -> Option<String> {
    let script = Script::of(&plan(seed, days));
    let broken = play(&script, None).unwrap().broken?;
    let same = |script: &Script| {
        play(script, None).is_ok_and(|it| it.broken.is_some_and(|it| it.rule == broken.rule))
    };
    let short = shrink(&script, 60, same);
    Some(format!("seed {seed}: {broken:?}\n{}", short.text()))
}

#[test]
fn what_must_never_happen_does_not_whatever_the_seed() {
    let seeds = env::var("SPACE_SEEDS").ok().and_then(|it| it.parse().ok()).unwrap_or(SEEDS);
    let days = if seeds > SEEDS { 30 } else { 3 };
    let workers: Vec<_> = (0..2)
        .map(|first| {
            thread::spawn(move || {
                let seeds = (first..seeds).step_by(2);
                seeds.filter_map(|seed| fails(seed, days)).collect::<Vec<_>>()
            })
        })
        .collect();
    let failed: Vec<_> = workers.into_iter().flat_map(|it| it.join().unwrap()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn without_trouble_nothing_is_doubted_and_the_same_seed_is_the_same_story() {
    let quiet = Plan { troubles: vec![], ..plan(7, 3) };
    let play = || play(&Script::of(&quiet), None).unwrap();
    let report = play();
    assert_eq!(report.broken, None);
    assert!(report.checks > 3_000 && report.commits > 10, "{report:?}");
    assert!(report.activities.get("granted priority-suffices").is_some_and(|it| *it > 5));
    assert_eq!((&report.story, &report.activities), (&play().story, &report.activities));
}

const HOUR: i64 = 3600;

/// The rule that a fault breaks in a script, or none.
fn found(fault: Option<Fault>, steps: &[(i64, Step)]) -> Option<&'static str> {
    let script = Script { days: 1, doors: 1, steps: steps.to_vec() };
    play(&script, fault).unwrap().broken.map(|it| it.rule)
}

#[test]
fn what_is_broken_on_purpose_is_found() {
    let lost = [
        (10, Step::Join),
        (HOUR, Step::Fob(0, 0)),
        (2 * HOUR, Step::LoseFob(0)),
        (3 * HOUR, Step::Fob(0, 0)),
    ];
    let locked = [
        (10, Step::OpenHouse(0, 1, 10)),
        (2 * HOUR, Step::Hand(0, Hand::Lock)),
        (3 * HOUR, Step::PowerCut(60, false)),
    ];
    let many: Vec<_> = (0..20).map(|at| (at * 300 + 10, Step::Stranger(77, 0))).collect();
    let joins: Vec<_> = (0..15).map(|at| (at * 300 + 10, Step::Join)).collect();
    for (fault, steps, rule) in [
        (Fault::KeepOldRecords, &lost[..], "in-force"),
        (Fault::DropLocks, &lost, "unlocked"),
        (Fault::AdmitAll, &lost, "grant"),
        (Fault::ForgetLocks, &locked, "locked-by-hand"),
        (Fault::LoseLines, &many, "journal"),
        (Fault::LoseChange, &joins, "lost"),
    ] {
        assert_eq!(found(None, steps), None, "{fault:?} is not needed");
        assert_eq!(found(Some(fault), steps), Some(rule), "{fault:?}");
    }
}

/// While a clock that is a little behind is waited for, time is told at half speed.
#[test]
fn a_clock_that_is_waited_for_keeps_no_door_unlocked() {
    let steps = [
        (10, Step::Join),
        (HOUR, Step::Leap(-200)),
        (HOUR + 60, Step::Fob(0, 0)),
        (HOUR + 80, Step::Button(0)),
    ];
    assert_eq!(found(None, &steps), None);
}

#[test]
fn a_failing_script_is_made_short() {
    let script = Script::of(&Plan { troubles: vec![], ..plan(3, 1) });
    let fails = |script: &Script| {
        let report = play(script, Some(Fault::DropLocks)).unwrap();
        report.broken.is_some_and(|it| it.rule == "unlocked")
    };
    assert!(fails(&script));
    let short = shrink(&script, 40, fails);
    // Somebody presses the button inside, or a member comes in.
    assert!(short.steps.len() <= 2, "{}", short.text());
}
