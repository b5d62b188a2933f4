//! Whoever tries codes has to wait, and keeps nobody else waiting; what has to come first is valid.

use std::path::Path;

use serde_json::{Value, json};
use space::{
    config::Config,
    domain::{
        access::{Reading, Side},
        model::{AccessResult, Activity, Code, CredentialType, Reason},
    },
    door::{
        Machine,
        event::{Effect, Event},
        layout::MachineLayout,
    },
    hardware::DeviceReport,
};

use crate::{
    support::{
        ADA, GRACE, at, enter, in_force, index, index_where, index_with, journaled, lines, read_at,
        slug,
    },
    wired::Rig,
};

const PASSCODE: &str = "4455661";

fn types(rig: &mut Rig, code: &str) -> Vec<Effect> {
    let code = Code::passcode(code).unwrap();
    rig.says("board", DeviceReport::Read { reader: 1, code })
}

fn reason(effects: &[Effect]) -> Reason {
    journaled(effects)[0].reason
}

fn pauses(rig: &Rig) -> Vec<(String, CredentialType)> {
    let pauses = rig.machine.status(at(rig.now)).pauses;
    pauses.into_iter().map(|it| (it.reader, it.kind)).collect()
}

#[test]
fn too_many_wrong_codes_slow_that_reader_down_and_no_other() {
    let mut rig = Rig::new();
    for wrong in 0..5 {
        let activities = rig.fob("board", 1, &format!("99{wrong}"));
        let reasons: Vec<Reason> = activities.iter().map(|it| it.reason).collect();
        let expected: &[_] = match wrong {
            4 => &[Reason::UnknownCredential, Reason::LockedOut],
            _ => &[Reason::UnknownCredential],
        };
        assert_eq!(reasons, expected);
    }
    assert_eq!(pauses(&rig), [("board:1".to_owned(), CredentialType::Fob)]);
    let denied = &rig.fob("board", 1, ADA)[0];
    assert_eq!((denied.result, denied.reason), (AccessResult::Denied, Reason::LockedOut));
    assert!(rig.open.is_empty(), "not even who may");
    rig.fob("board", 2, ADA);
    assert!(rig.open.contains("south"));
    rig.now = 10;
    rig.fob("board", 1, ADA);
    assert!(rig.open.contains("north"));
}

/// The number keys of a reader are no way to keep those with a fob out.
#[test]
fn wrong_passcodes_lock_no_fob_out_and_a_member_who_has_to_wait_leaves_a_trace() {
    let mut rig = Rig::new();
    (0..5).for_each(|wrong| drop(types(&mut rig, &format!("{wrong}0000"))));
    assert_eq!(pauses(&rig), [("board:1".to_owned(), CredentialType::Passcode)]);
    let granted = &rig.fob("board", 1, ADA)[0];
    assert_eq!((granted.result, granted.reason), (AccessResult::Granted, Reason::PrioritySuffices));
    for _ in 0..2 {
        let effects = types(&mut rig, PASSCODE);
        let [denied] = journaled(&effects)[..] else { panic!("{effects:?}") };
        assert_eq!((denied.result, denied.reason), (AccessResult::Denied, Reason::LockedOut));
        assert_eq!(denied.member.map(|it| it.to_string()).as_deref(), Some("0001"));
    }
    // Strangers are told once a minute: the journal is not for them to fill.
    let denied: usize =
        (0..100).map(|it| journaled(&types(&mut rig, &format!("{it}1111"))).len()).sum();
    assert_eq!(denied, 0, "the first was the member");
}

#[test]
fn a_valid_code_in_between_does_not_reset_the_count() {
    let mut rig = Rig::new();
    for wrong in 0..4 {
        types(&mut rig, &format!("{wrong}0000"));
    }
    rig.fob("board", 1, ADA);
    assert_eq!(reason(&types(&mut rig, PASSCODE)), Reason::PrioritySuffices);
    types(&mut rig, "90000");
    assert_eq!(reason(&types(&mut rig, PASSCODE)), Reason::LockedOut);
}

#[test]
fn wrong_codes_are_remembered_through_a_restart() {
    let mut rig = Rig::new();
    let mut journal: Vec<Activity> = Vec::new();
    for wrong in 0..4 {
        journal.extend(journaled(&types(&mut rig, &format!("{wrong}0000"))).into_iter().cloned());
    }
    let mut rig = Rig::new();
    journal.iter().for_each(|it| rig.machine.remember(it));
    types(&mut rig, "90000");
    assert_eq!(reason(&types(&mut rig, PASSCODE)), Reason::LockedOut);
    let mut rig = Rig::new();
    rig.now = 16 * 60;
    journal.iter().for_each(|it| rig.machine.remember(it));
    types(&mut rig, "90000");
    assert_eq!(reason(&types(&mut rig, PASSCODE)), Reason::PrioritySuffices, "long ago");
}

/// A reading without a reader counts at the first door of its facility, before and after a restart.
#[test]
fn wrong_codes_without_a_reader_are_remembered_where_they_counted() {
    let doors = ["east", "west"].map(|name| format!("[doors.{name}]\nfacility = 'frontdoor'\n"));
    let config = Config::parse(Path::new("door.toml"), &doors.concat()).unwrap();
    let fresh = || {
        let mut machine = Machine::new(MachineLayout::new(&config, &[], 5));
        machine.handle(in_force(&index(1, &[])), at(0));
        machine
    };
    let wrong = |machine: &mut Machine, number: i64| {
        let code = Code::passcode(&format!("{number}0000")).unwrap();
        let scan = Reading { facility: slug("frontdoor"), side: Side::Entry, code };
        machine.handle(Event::Reading(scan), at(number))
    };
    let mut machine = fresh();
    let mut journal: Vec<Activity> = Vec::new();
    for number in 0..4 {
        journal.extend(journaled(&wrong(&mut machine, number)).into_iter().cloned());
    }
    assert_eq!(journal.len(), 4);
    let mut machine = fresh();
    journal.iter().for_each(|it| machine.remember(it));
    let fifth = wrong(&mut machine, 4);
    let reasons: Vec<Reason> = journaled(&fifth).iter().map(|it| it.reason).collect();
    assert_eq!(reasons, [Reason::UnknownCredential, Reason::LockedOut]);
}

fn asks(machine: &mut Machine, code: &str, now: i64) -> (Option<Reason>, Option<Activity>) {
    let code = Code::passcode(code).unwrap();
    let scan = Reading { facility: slug("laser"), side: Side::Entry, code };
    let (answer, note) = machine.try_reading(&scan, "ada", at(now));
    (answer.ok().map(|it| it.reason), note)
}

#[test]
fn questions_by_the_socket_are_journaled_without_the_code_and_slowed_down_too() {
    let mut rig = Rig::new();
    let (answer, note) = asks(&mut rig.machine, PASSCODE, 0);
    assert_eq!(answer, Some(Reason::PrioritySuffices));
    let note = note.unwrap();
    assert_eq!((note.result, note.reason), (AccessResult::Operated, Reason::Tried));
    assert_eq!((note.by.as_deref(), note.fob.as_ref()), (Some("ada"), None));
    assert!(!serde_json::to_string(&note).unwrap().contains(PASSCODE));
    let answered = (0..10_000)
        .filter(|code| asks(&mut rig.machine, &format!("{code:04}"), 1).0.is_some())
        .count();
    assert_eq!(answered, 5);
    assert_eq!(asks(&mut rig.machine, PASSCODE, 2).0, None, "no answer at all");
    assert_eq!(asks(&mut rig.machine, PASSCODE, 11).0, Some(Reason::PrioritySuffices));
    assert!(rig.open.is_empty() && pauses(&rig).is_empty(), "the doors know nothing of it");
}

fn passcode() -> space::door::event::Event {
    read_at("frontdoor", Side::Entry, Code::passcode(PASSCODE).unwrap())
}

#[test]
fn where_a_fob_comes_first_a_passcode_counts_only_after_one_of_the_same_member() {
    let mut rig = Rig::new();
    // a fob has priority 1 as well, but the requirement here is one that a passcode alone would
    // meet
    let base = json!({ "priority": 1, "timespec": "always" });
    rig.take(in_force(&index_where(2, &[("base", base)], true)));
    let effects = rig.take(passcode());
    assert_eq!(reason(&effects), Reason::FobFirst);
    assert!(rig.open.is_empty());
    rig.take(enter(GRACE));
    rig.wait(5);
    assert_eq!(reason(&rig.take(passcode())), Reason::FobFirst, "that was somebody else's fob");
    rig.take(enter(ADA));
    rig.wait(5);
    assert_eq!(reason(&rig.take(passcode())), Reason::PrioritySuffices);
    rig.wait(6);
    assert_eq!(reason(&rig.take(passcode())), Reason::FobFirst, "that was too long ago");
    let elsewhere = read_at("laser", Side::Entry, Code::passcode(PASSCODE).unwrap());
    assert_eq!(reason(&rig.take(elsewhere)), Reason::PrioritySuffices);
}

/// A fob that opens nothing here and now is no first factor; one whose priority is too low is.
#[test]
fn the_fob_that_comes_first_has_to_be_valid_here_and_now() {
    let now = ("2020-01-01T00:00:00Z", Value::Null);
    for (fob, facility, priority, counts) in [
        (now.clone(), "frontdoor", 1, true),
        (now.clone(), "frontdoor", 0, true),
        (("2020-01-01T00:00:00Z", json!("2021-01-01T00:00:00Z")), "frontdoor", 1, false),
        (("2027-01-01T00:00:00Z", Value::Null), "frontdoor", 1, false),
        (now, "laser", 1, false),
    ] {
        let mut rig = Rig::new();
        let base = json!({ "priority": 1, "timespec": "always" });
        let grant = json!({ "facility": facility, "priority": priority,
            "effective": fob.0, "expiration": fob.1 });
        rig.take(in_force(&index_with(3, &[("base", base)], true, &grant)));
        rig.take(enter(ADA));
        let expected = if counts { Reason::PrioritySuffices } else { Reason::FobFirst };
        assert_eq!(reason(&rig.take(passcode())), expected, "{grant}");
    }
}

#[test]
fn a_reading_that_is_only_simulated_is_answered_in_a_pause_too() {
    let mut rig = Rig::new();
    rig.take(in_force(&index(2, &[("base", json!({ "priority": 1, "timespec": "always" }))])));
    for wrong in 0..9 {
        let effects = rig.take(enter(&format!("88{wrong}")));
        assert!(
            lines(&effects)
                .iter()
                .any(|it| matches!(it, space::door::event::ScreenLine::Reading(_)))
        );
    }
}
