//! Operating a door by hand, and passcodes that need a fob first.

use serde_json::json;
use space::{
    control::Order,
    domain::{
        access::Side,
        model::{Code, Outcome, Reason},
    },
    door::{
        event::{Effect, Event, Holder, Line},
        status::DoorState,
    },
};

use crate::{
    support::{
        ADA, GRACE, at, calendar, enter, in_force, index, index_where, journaled, lines, read_at,
        slug,
    },
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
fn an_unlock_by_hand_lasts_as_long_as_a_grant_or_as_was_said_and_names_who() {
    let mut rig = Rig::new();
    let effects = order(&mut rig, "frontdoor", Order::Unlock(None));
    let [activity] = journaled(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!((activity.result, activity.reason), (Outcome::Granted, Reason::ManualUnlock));
    assert_eq!(activity.by.as_deref(), Some("Ada (ada)"));
    rig.wait(5);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Locked);
    order(&mut rig, "frontdoor", Order::Unlock(Some(60)));
    rig.wait(59);
    assert_eq!(state(&rig, "frontdoor"), DoorState::Unlocked);
    rig.wait(1);
    assert!(rig.open.is_empty());
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
fn a_hold_by_hand_ends_when_it_was_said_to() {
    let mut rig = Rig::new();
    let effects = order(&mut rig, "frontdoor", Order::Hold(Some(at(100))));
    let held = Line::Held(slug("frontdoor"), Holder::Person("Ada (ada)".into()), at(100));
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
    assert_eq!(rig.fob("pins", 1, ADA)[0].result, Outcome::Granted);
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
fn where_a_fob_comes_first_a_passcode_counts_only_after_one_of_the_same_member() {
    let mut rig = Rig::new();
    // a fob has priority 1 as well, but here the requirement is one that a passcode alone would
    // meet
    let base = json!({ "priority": 1, "timespec": "always" });
    rig.take(in_force(&index_where(2, &[("base", base)], true)));
    let passcode = || read_at("frontdoor", Side::Entry, Code::passcode("4455661").unwrap());
    let reason = |effects: &[Effect]| journaled(effects)[0].reason;
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
    let elsewhere = read_at("laser", Side::Entry, Code::passcode("4455661").unwrap());
    assert_eq!(reason(&rig.take(elsewhere)), Reason::PrioritySuffices);
}
