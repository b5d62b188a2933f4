//! Operating a door by hand, and passcodes that need a fob first.

use serde_json::json;
use space::{
    control::Order,
    domain::model::{AccessResult, Reason},
    door::{
        event::{Effect, Event, HeldBy, ScreenLine},
        status::DoorState,
    },
};

use crate::{
    support::{ADA, at, calendar, in_force, index, journaled, lines, slug},
    wired::Rig,
};

fn order(rig: &mut Rig, door: &str, order: Order) -> Vec<Effect> {
    rig.take(Event::Order(slug(door), order, "Ada (ada)".into()))
}

fn state(rig: &Rig, door: &str) -> DoorState {
    let status = rig.machine.status(at(rig.now));
    status.doors.into_iter().find(|it| it.door.as_str() == door).unwrap().state
}

#[test]
fn an_unlock_by_hand_lasts_as_long_as_a_grant_or_as_given_and_names_the_person() {
    let mut rig = Rig::new();
    let effects = order(&mut rig, "frontdoor", Order::Unlock(None));
    let [activity] = journaled(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!((activity.result, activity.reason), (AccessResult::Operated, Reason::ManualUnlock));
    assert_eq!(activity.by.as_deref(), Some("Ada (ada)"));
    assert_eq!(activity.until, Some(at(5)), "how long it lasts is journaled");
    rig.wait(5);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Locked);
    order(&mut rig, "frontdoor", Order::Unlock(Some(60)));
    rig.wait(59);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Unlocked);
    rig.wait(1);
    assert!(rig.open.is_empty());
}

#[test]
fn an_unlock_by_hand_is_bounded_and_a_release_ends_it() {
    let mut rig = Rig::new();
    let unlock = |seconds| Order::Unlock(Some(seconds));
    assert_eq!(rig.machine.refusal(&slug("frontdoor"), unlock(3600), at(0)), None);
    let why = rig.machine.refusal(&slug("frontdoor"), unlock(3601), at(0)).unwrap();
    assert!(why.starts_with("frontdoor may be unlocked for 3600 seconds at the most"), "{why}");
    // What gets past the question ends all the same.
    let effects = order(&mut rig, "frontdoor", unlock(u32::MAX));
    assert_eq!(journaled(&effects)[0].until, Some(at(3600)));
    rig.wait(3599);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Unlocked);
    rig.wait(1);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Locked);
    order(&mut rig, "frontdoor", unlock(3600));
    order(&mut rig, "frontdoor", Order::Release);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Locked, "a release ends what is by hand");
    rig.fob("pins", 1, ADA);
    order(&mut rig, "frontdoor", Order::Release);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Unlocked, "and nothing else");
}

#[test]
fn operating_a_door_by_hand_is_not_an_attempt() {
    let mut rig = Rig::new();
    for (command, reason) in [
        (Order::Unlock(None), Reason::ManualUnlock),
        (Order::Hold(Some(at(60))), Reason::ManualHold),
        (Order::Lock, Reason::ManualLock),
        (Order::Release, Reason::ManualRelease),
    ] {
        let effects = order(&mut rig, "frontdoor", command);
        let [activity] = journaled(&effects)[..] else { panic!("{effects:?}") };
        assert_eq!((activity.result, activity.reason), (AccessResult::Operated, reason));
        assert!(!activity.is_attempt());
    }
}

#[test]
fn a_facility_means_all_of_its_doors_and_is_journaled_once() {
    let mut rig = Rig::new();
    let effects = order(&mut rig, "laser", Order::Hold(None));
    assert_eq!(rig.open, [slug("north"), slug("south")].into());
    assert_eq!(journaled(&effects).len(), 1);
    let effects = order(&mut rig, "north", Order::Release);
    assert_eq!(rig.open, [slug("south")].into());
    assert_eq!(journaled(&effects)[0].reason, Reason::ManualRelease);
    assert!(journaled(&order(&mut rig, "kiln", Order::Hold(None))).is_empty());
}

#[test]
fn a_hold_by_hand_ends_at_the_given_time() {
    let mut rig = Rig::new();
    let effects = order(&mut rig, "frontdoor", Order::Hold(Some(at(100))));
    let held = ScreenLine::Held(slug("frontdoor"), HeldBy::Person("Ada (ada)".into()), at(100));
    assert!(lines(&effects).contains(&&held), "{effects:?}");
    rig.wait(99);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Held);
    rig.wait(1);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Locked);
}

#[test]
fn a_lock_by_hand_ends_an_open_house_and_members_still_get_in() {
    let mut rig = Rig::new();
    let base = ("base", json!({ "priority": 1, "timespec": "always" }));
    let open = ("open", json!({ "priority": -1, "timespec": calendar(&[(0, 1000)]) }));
    rig.take(in_force(&index(2, &[base, open])));
    assert_eq!(state(&rig, "frontdoor"), DoorState::Held);
    order(&mut rig, "frontdoor", Order::Lock);
    assert_eq!((state(&rig, "frontdoor"), rig.open.len()), (DoorState::LockedByHand, 0));
    assert_eq!(rig.fob("pins", 1, ADA)[0].result, AccessResult::Granted);
    assert_eq!(rig.open.len(), 1);
    rig.wait(5);
    assert_eq!(rig.open.len(), 0);
    order(&mut rig, "frontdoor", Order::Release);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Held);
}

#[test]
fn after_the_end_nobody_operates_anything() {
    let mut rig = Rig::new();
    rig.take(Event::Stop);
    assert!(journaled(&order(&mut rig, "frontdoor", Order::Hold(None))).is_empty());
    assert!(rig.open.is_empty());
}

#[test]
fn a_hold_until_a_moment_that_has_passed_is_refused() {
    let rig = Rig::new();
    let refusal = |until| {
        let hold = Order::Hold(Some(at(until)));
        rig.machine.refusal(&slug("frontdoor"), hold, at(10))
    };
    assert!(refusal(9).unwrap().contains("has passed") && refusal(10).is_some());
    assert_eq!(refusal(11), None);
}

/// What shuts a door by hand lasts, whatever restarts; what opens it may end with the program.
#[test]
fn a_door_that_was_locked_by_hand_stays_locked_at_a_restart() {
    let mut rig = Rig::new();
    order(&mut rig, "frontdoor", Order::Lock);
    let locked = rig.machine.locked_by_hand();
    assert_eq!(locked.get(&slug("frontdoor")).map(String::as_str), Some("Ada (ada)"));
    let mut again = Rig::new();
    again.machine.keep_locked(locked.clone());
    again.wait(1);
    assert_eq!(state(&again, "frontdoor"), DoorState::LockedByHand);
    assert_eq!(again.machine.locked_by_hand(), locked);
    order(&mut again, "frontdoor", Order::Release);
    assert!(again.machine.locked_by_hand().is_empty());
    order(&mut again, "frontdoor", Order::Hold(None));
    assert!(again.machine.locked_by_hand().is_empty(), "what opens is not kept");
}
