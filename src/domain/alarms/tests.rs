//! Each alarm once, with an end; and what counts as wrong.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{Alarm, AlarmChange, AlarmId, Board, Conditions, DoorSeen, GuardSeen, MeterSeen, Seen};
use super::{ZoneSeen, conditions};
use crate::domain::model::{AlarmKind, AlarmRules, Quantity, Slug};

fn at(minutes: i64) -> Timestamp {
    "2026-01-15T12:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

fn slug(name: &str) -> Slug {
    name.parse().unwrap()
}

fn one(kind: AlarmKind) -> Conditions {
    Conditions::from([(AlarmId { kind, subject: Some(slug("x")) }, "it is wrong".into())])
}

/// Takes a step and sends every letter; returns what was told.
fn step(board: &mut Board, minute: i64, wrong: &Conditions, quiet: bool) -> Vec<String> {
    let rules = AlarmRules::default();
    let mut told: Vec<String> = board
        .step(at(minute), wrong.clone())
        .iter()
        .map(|change| match change {
            AlarmChange::Raised(it) => format!("raised {}", it.id.kind),
            AlarmChange::Ended(it) => format!("ended {}", it.id.kind),
        })
        .collect();
    for letter in board.letters(quiet, &rules) {
        told.push(format!("letter{}", if letter.end { " end" } else { "" }));
        board.written(&letter);
    }
    told
}

#[test]
fn an_alarm_waits_is_told_once_and_ends() {
    let (mut board, wrong, well) = (Board::default(), one(AlarmKind::MeterHigh), Conditions::new());
    for (minute, conditions, told) in [
        (0, &wrong, vec![]),
        (9, &wrong, vec![]),
        (10, &wrong, vec!["raised meter-high", "letter"]),
        (11, &wrong, vec![]),
        (12, &well, vec![]),
        (15, &wrong, vec![]),
        (20, &well, vec![]),
        (29, &well, vec![]),
        (30, &well, vec!["ended meter-high", "letter end"]),
        (31, &well, vec![]),
        (32, &wrong, vec![]),
        (33, &well, vec![]),
        (41, &wrong, vec![]),
        (52, &wrong, vec!["raised meter-high", "letter"]),
    ] {
        assert_eq!(step(&mut board, minute, conditions, false), told, "minute {minute}");
    }
    assert_eq!(board.raised().count(), 1);
}

#[test]
fn at_night_only_the_urgent_is_written_and_the_rest_waits() {
    let (mut board, well) = (Board::default(), Conditions::new());
    let forced = one(AlarmKind::DoorForced);
    assert_eq!(step(&mut board, 0, &forced, true), ["raised door-forced", "letter"]);
    assert_eq!(step(&mut board, 1, &well, true), ["ended door-forced", "letter end"]);

    // What is still wrong in the morning is written then; what passed in the night is not.
    let held = one(AlarmKind::DoorHeldOpen);
    assert_eq!(step(&mut board, 2, &held, true), ["raised door-held-open"]);
    assert_eq!(step(&mut board, 3, &well, true), ["ended door-held-open"]);
    assert_eq!(step(&mut board, 4, &held, true), ["raised door-held-open"]);
    assert_eq!(step(&mut board, 5, &held, false), ["letter"]);

    // The end waits as well; if it is wrong again before, it is the same alarm.
    assert_eq!(step(&mut board, 6, &well, true), ["ended door-held-open"]);
    assert_eq!(step(&mut board, 7, &held, true), ["raised door-held-open"]);
    assert_eq!(step(&mut board, 8, &held, false), [""; 0]);
    assert_eq!(step(&mut board, 9, &well, true), ["ended door-held-open"]);
    assert_eq!(step(&mut board, 10, &well, false), ["letter end"]);
    assert_eq!(board, Board::default());
}

#[test]
fn a_board_is_read_as_it_was_written() {
    let mut board = Board::default();
    let mut both = one(AlarmKind::DoorForced);
    step(&mut board, 0, &both, false);
    both.extend(one(AlarmKind::GuardCut));
    step(&mut board, 0, &both, true);
    let text = serde_json::to_string(&board).unwrap();
    let again: Board = serde_json::from_str(&text).unwrap();
    assert_eq!(again, board);
    let alarms: Vec<Alarm> = serde_json::from_str(&text).unwrap();
    assert_eq!(alarms.len(), 2);
}

fn meter(name: &str, measures: Quantity, value: Option<f64>, minute: i64) -> MeterSeen {
    MeterSeen {
        name: slug(name),
        measures,
        latest: value.map(|value| (value, at(minute))),
        since: at(-1_000),
        above: None,
        below: None,
        silent_after: None,
        zone: Some(slug("hall")),
        write: |value| format!("{value:.1}"),
    }
}

fn seen() -> Seen {
    Seen {
        now: at(0),
        month: 1,
        guard: None,
        meters: vec![],
        zones: vec![],
        doors: vec![],
        nobody_in: false,
    }
}

fn found(seen: &Seen) -> Vec<String> {
    let all = conditions(seen, &AlarmRules::default());
    all.into_iter().map(|(id, words)| format!("{id}: {words}")).collect()
}

#[test]
fn what_is_wrong_is_found() {
    assert_eq!(found(&seen()), [""; 0]);
    let guard = |alive, cut: Option<&str>, asked| {
        Some(GuardSeen { alive, cut: cut.map(str::to_owned), asked })
    };
    let hall = |wanted, temperature, heated| {
        vec![ZoneSeen { name: slug("hall"), wanted, temperature, heated }]
    };
    let freezer = |value| {
        let freezer = meter("freezer", Quantity::Temperature, Some(value), 0);
        vec![MeterSeen { above: Some(-15.0), below: Some(-30.0), ..freezer }]
    };
    let silent = |minute, minutes| {
        let one = meter("hall-power", Quantity::Power, Some(1.0), minute);
        vec![MeterSeen { silent_after: Some(SignedDuration::from_mins(minutes)), ..one }]
    };
    let window = |value| vec![meter("skylight", Quantity::Window, Some(value), -500)];
    let power = |value, minute| vec![meter("mains", Quantity::Power, Some(value), minute)];
    let never = MeterSeen {
        silent_after: Some(SignedDuration::from_mins(60)),
        ..meter("never", Quantity::Power, None, 0)
    };
    let door = |forced, held_open| vec![DoorSeen { name: slug("front"), forced, held_open }];
    let it = seen();
    for (seen, expected) in [
        (Seen { guard: guard(true, None, true), ..it.clone() }, ""),
        (Seen { guard: guard(true, None, true), month: 7, ..it.clone() }, "heat-in-summer"),
        (Seen { guard: guard(true, None, false), month: 7, ..it.clone() }, ""),
        (Seen { guard: guard(true, Some("cut: hot"), false), ..it.clone() }, "guard-cut"),
        (Seen { guard: guard(false, Some("cut: hot"), true), ..it.clone() }, "guard-silent"),
        (Seen { zones: hall(Some(20.0), Some(15.0), true), month: 7, ..it.clone() }, "heat-in"),
        (Seen { zones: hall(Some(20.0), Some(25.0), true), month: 7, ..it.clone() }, ""),
        (Seen { zones: hall(Some(5.0), Some(4.0), false), month: 7, ..it.clone() }, ""),
        (
            Seen { zones: hall(Some(20.0), None, true), meters: window(1.0), ..it.clone() },
            "window-open hall: skylight is open",
        ),
        (Seen { zones: hall(Some(20.0), None, true), meters: window(0.0), ..it.clone() }, ""),
        (Seen { zones: hall(Some(5.0), None, false), meters: window(1.0), ..it.clone() }, ""),
        (Seen { meters: freezer(-10.0), ..it.clone() }, "meter-high freezer: freezer says -10.0"),
        (Seen { meters: freezer(-31.0), ..it.clone() }, "meter-low"),
        (Seen { meters: freezer(-20.0), ..it.clone() }, ""),
        (Seen { meters: silent(-61, 60), ..it.clone() }, "meter-silent"),
        (Seen { meters: silent(-60, 60), ..it.clone() }, ""),
        (Seen { meters: vec![never], ..it.clone() }, "meter-silent never"),
        (Seen { meters: power(900.0, 0), nobody_in: true, ..it.clone() }, "power-unused mains"),
        (Seen { meters: power(900.0, 0), ..it.clone() }, ""),
        (Seen { meters: power(500.0, 0), nobody_in: true, ..it.clone() }, ""),
        (Seen { meters: power(900.0, -31), nobody_in: true, ..it.clone() }, ""),
        (Seen { doors: door(true, false), ..it.clone() }, "door-forced front"),
        (Seen { doors: door(false, true), ..it.clone() }, "door-held-open front"),
    ] {
        let found = found(&seen);
        match expected {
            "" => assert_eq!(found, [""; 0], "{seen:?}"),
            words => {
                assert!(found.len() == 1 && found[0].starts_with(words), "{found:?} {words}");
            }
        }
    }
}

#[test]
fn what_is_switched_off_is_not_watched_for() {
    let doors = vec![DoorSeen { name: slug("front"), forced: true, held_open: false }];
    let seen = Seen { doors, ..seen() };
    let rules = AlarmRules { off: [AlarmKind::DoorForced].into(), ..AlarmRules::default() };
    assert!(conditions(&seen, &rules).is_empty());
}

proptest! {
    /// Whatever comes and goes, beginnings and ends alternate, and so do their letters; once all is
    /// well and everything was sent, nothing is remembered.
    #[test]
    fn beginnings_and_ends_alternate(
        steps in proptest::collection::vec((0_i64..40, any::<bool>(), any::<bool>(), any::<bool>()), 1..200),
        kind in proptest::sample::select(AlarmKind::ALL.to_vec()),
    ) {
        let (mut board, mut minute) = (Board::default(), 0);
        let (mut on, mut written) = (false, false);
        let rules = AlarmRules::default();
        for (minutes, wrong, quiet, mail_works) in steps {
            minute += minutes;
            let conditions = if wrong { one(kind) } else { Conditions::new() };
            for change in board.step(at(minute), conditions) {
                let raised = matches!(change, AlarmChange::Raised(_));
                prop_assert_ne!(on, raised);
                on = raised;
            }
            prop_assert_eq!(board.raised().count(), usize::from(on));
            for letter in board.letters(quiet, &rules) {
                prop_assert!(!quiet || rules.urgent.contains(&kind));
                prop_assert_eq!(letter.end, written);
                if mail_works {
                    written = !letter.end;
                    board.written(&letter);
                }
            }
        }
        for minute in [minute, minute + 60] {
            step(&mut board, minute, &Conditions::new(), false);
        }
        prop_assert_eq!(board, Board::default());
    }
}
